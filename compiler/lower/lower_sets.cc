// Sets: who takes part in what, after groups are expanded to their members; written entries as objects; series of targets.
#include "compiler/lower/lowering.h"

namespace ordo {

void Lowering::AddPair(ir::RelationId id, EntityId owner, EntityId member, Span span) { AddPair(id, CellOf(owner), CellOf(member), span); }

void Lowering::AddPair(ir::RelationId id, ir::Cell owner, ir::Cell member, Span span) {
  ir::Relation& relation = program_.relations[id];
  if (relation.data.empty()) relation.data.resize(2);
  relation.data[0].push_back(owner);
  relation.data[1].push_back(member);
  relation.spans.push_back(span);
}

// A class as issued stands for its members; an open part of a class («có liên quan») and a class without a list stand for themselves.
void Lowering::Expand(const ir::Entry& entry, std::vector<EntityId>& out) const {
  out.clear();
  if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) return;
  const auto object = static_cast<EntityId>(entry.value);
  const ir::Entity& party = program_.entity(object);
  const bool post = entry.member != ir::kNoWord;
  if (WordOfKind(party.kind) == W::kind_group && entry.mode != static_cast<ir::WordId>(W::word_concerned)) {
    for (const EntityId member : model_.members[party.row]) {
      if (!post) {
        out.push_back(member);
        continue;
      }
      const auto at = static_cast<uint32_t>(member);
      if (at < model_.head_post.size() && model_.head_post[at] != EntityId::kNone) out.push_back(model_.head_post[at]);
    }
    if (!out.empty()) return;
  }
  out.push_back(post && entry.resolved != EntityId::kNone ? entry.resolved : object);
}

EntityId Lowering::AddEntryObject(EntityId owner, uint32_t entry) {
  const auto id = static_cast<EntityId>(program_.entities.size());
  ir::Entity object;
  object.kind = KindOf(W::type_entry);
  object.row = static_cast<uint32_t>(entry_of_.size());
  object.parent = owner;
  object.span = program_.entries[entry].span;
  program_.entities.push_back(object);
  model_.by_kind[object.kind].push_back(id);
  entry_of_.push_back(entry);
  entry_owners_.push_back(owner);
  program_.entries[entry].object = id;
  return id;
}

void Lowering::FillSets() {
  struct Wanted {
    ir::RelationId members = ir::kNone, entries = ir::kNone;
  };
  std::vector<Wanted> wanted(program_.words.size());
  ir::RelationId targets = ir::kNone, times = ir::kNone, results = ir::kNone;
  for (const Facts::Set& set : model_.facts.sets()) {
    if (program_.relations[set.relation].data.empty()) program_.relations[set.relation].data.resize(2);
    Wanted& slot = wanted[static_cast<size_t>(set.member)];
    (set.entries ? slot.entries : slot.members) = set.relation;
    if (set.member == W::member_targets) targets = set.relation;
    if (set.member == W::member_times) times = set.relation;
    if (set.member == W::member_results && program_.plan != EntityId::kNone) {
      results = set.relation;
      for (const ir::SeriesRow& row : program_.series) AddPair(results, program_.plan, row.object, program_.entity(row.object).span);
    }
    if (set.member == W::member_steps) {
      for (const auto& [of, step] : steps_of_) AddPair(set.relation, of, step, program_.entity(step).span);
    }
    if (set.member == W::member_statements) {
      for (const auto& [of, statement] : statements_of_) AddPair(set.relation, of, statement, program_.entity(statement).span);
    }
    if (set.member == W::member_counterparts) AddCounterparts(set.relation);
    if (set.member == W::member_names_targets) AddNamedTargets(set.relation);
    if (set.member == W::member_unmet) AddUnmet(set.relation);
    if (set.member == W::key_carries_out && !set.entries) {
      for (const Worded& row : model_.worded) AddPair(set.relation, row.target, row.clause, row.span);
    }
    if (set.member == W::member_series || set.member == W::member_numeric) {
      for (const ir::SeriesRow& row : program_.series) {
        if (set.member == W::member_numeric && row.least == ir::kAbsent && row.most == ir::kAbsent) continue;
        const ir::Entity& object = program_.entity(row.object);
        AddPair(set.relation, object.parent, row.object, object.span);
      }
    }
  }
  const size_t objects = program_.entities.size();
  std::vector<EntityId> parties;
  for (size_t i = 0; i < objects; ++i) {
    const auto id = static_cast<EntityId>(i);
    const uint32_t first = program_.entities[i].first_field, count = program_.entities[i].field_count;
    const W kind_of_owner = WordOfKind(program_.entities[i].kind);
    for (uint32_t f = first; f < first + count; ++f) {
      const ir::Field field = program_.fields[f];
      const Wanted slot = wanted[field.word];
      const bool product = field.word == static_cast<ir::WordId>(W::key_product);
      const bool timed = times != ir::kNone && (field.word == static_cast<ir::WordId>(W::key_due) || field.word == static_cast<ir::WordId>(W::key_rhythm)) &&
                         (kind_of_owner == W::kind_task || kind_of_owner == W::kind_milestone || kind_of_owner == W::kind_reporting);
      for (uint32_t e = field.first_entry; timed && e < field.first_entry + field.entry_count; ++e) {
        if (program_.entries[e].type == ir::Type::kEntity) AddPair(times, CellOf(id), program_.entries[e].value, program_.entries[e].span);
      }
      const bool result = product && results != ir::kNone;
      if (slot.members == ir::kNone && slot.entries == ir::kNone && !result && !(product && targets != ir::kNone)) continue;
      for (uint32_t e = field.first_entry; e < field.first_entry + field.entry_count; ++e) {
        if (slot.members != ir::kNone && program_.entries[e].type == ir::Type::kWord &&
            program_.relations[slot.members].columns[1].type == ir::Type::kWord) {
          AddPair(slot.members, CellOf(id), program_.entries[e].value, program_.entries[e].span);
          continue;
        }
        if (slot.members != ir::kNone || (product && targets != ir::kNone)) {
          Expand(program_.entries[e], parties);
          for (const EntityId party : parties) {
            if (slot.members != ir::kNone) AddPair(slot.members, id, party, program_.entries[e].span);
            const W kind = WordOfKind(program_.entity(party).kind);
            if (product && targets != ir::kNone && (kind == W::kind_target || kind == W::kind_indicator)) {
              AddPair(targets, id, party, program_.entries[e].span);
            }
          }
        }
        if (slot.entries != ir::kNone || result) {
          const bool first = program_.entries[e].object == EntityId::kNone;   // what a block shares is one result
          const EntityId entry = AddEntryObject(id, e);
          if (slot.entries != ir::kNone) AddPair(slot.entries, id, entry, program_.entries[e].span);
          if (result && first) AddPair(results, program_.plan, entry, program_.entries[e].span);
        }
      }
    }
  }
}

// Which targets a condition, or the acceptance of a task, is about.
void Lowering::AddNamedTargets(ir::RelationId relation) {
  for (const ir::Condition& condition : program_.conditions) {
    std::vector<uint32_t> open{condition.root};
    while (!open.empty()) {
      const ir::ConditionNode& node = program_.condition_nodes[open.back()];
      open.pop_back();
      for (const ir::LinearTerm& term : node.terms) AddPair(relation, condition.object, term.series, condition.span);
      open.insert(open.end(), node.children.begin(), node.children.end());
    }
  }
}

}  // namespace ordo

// What the plan's prose speaks of, as rules see it.
#include "compiler/lower/lowering.h"

namespace ordo {

ir::Cell Lowering::ProseCell(W kind, W member, uint32_t row) const {
  if (kind == W::type_resemblance) {
    const Likeness& likeness = model_.likenesses[row];
    switch (member) {
      case W::member_owner: return CellOf(program_.entity(likeness.object).parent);
      case W::member_repeats: return CellOf(likeness.repeats);
      case W::member_reference: return CellOf(likeness.reference);
      case W::member_share: return likeness.share;
      case W::member_word_count: return Number(static_cast<int64_t>(likeness.words));
      default: return ir::kAbsent;
    }
  }
  const Mention& mention = model_.mentions[row];
  switch (member) {
    case W::member_class: return CellOf(mention.kind);
    case W::member_words: return CellOf(mention.words);
    case W::member_meant: return CellOf(mention.meant);
    case W::member_normal_form: return CellOf(mention.form);
    case W::key_tier: return mention.tier == W::kNone ? ir::kAbsent : CellOf(mention.tier);
    case W::key_scope: return CellOf(mention.scope);
    case W::key_party: return CellOf(mention.party);
    case W::member_is_defined: return mention.is_defined ? 1 : 0;
    case W::member_last_day: return CellOf(mention.last_day);
    case W::member_ordinal: return Number(row + 1);
    case W::member_owner: return CellOf(program_.entity(mention.object).parent);
    default: return ir::kAbsent;
  }
}

// Tasks that lack something that a requirement of the plan asks of each.
void Lowering::AddUnmet(ir::RelationId relation) {
  for (const EntityId requirement : Objects(W::kind_requirement)) {
    const ir::Field* asked = program_.FindField(requirement, static_cast<ir::WordId>(W::key_each_task_has));
    if (!asked) continue;
    std::vector<bool> parent(program_.entities.size(), false);
    for (const EntityId task : Objects(W::kind_task)) {
      const EntityId up = program_.entity(task).parent;
      if (up != EntityId::kNone) parent[static_cast<uint32_t>(up)] = true;
    }
    for (const EntityId task : Objects(W::kind_task)) {
      if (parent[static_cast<uint32_t>(task)]) continue;   // its rows answer for it
      bool lacks = false;
      for (uint32_t e = asked->first_entry; e < asked->first_entry + asked->entry_count && !lacks; ++e) {
        const ir::Entry& entry = program_.entries[e];
        if (entry.type != ir::Type::kWord) continue;
        const auto word = static_cast<W>(entry.value);
        if (word == W::member_title || word == W::member_name) continue;
        const ir::Field* field = program_.FindField(task, static_cast<ir::WordId>(entry.value));
        lacks = !field || (field->entry_count == 0 && field->written == Symbol::kEmpty);
      }
      if (lacks) AddPair(relation, requirement, task, program_.entity(task).span);
    }
  }
}

}  // namespace ordo

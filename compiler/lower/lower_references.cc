// Reference plans as rules see them: what they ask, and which objects of the plan answer. An answer is what the plan itself says
// it fulfils; where it says nothing, the same indicator of a shared register or the same title in the same measure.
#include "compiler/lower/lowering.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"

namespace ordo {

void Lowering::AddCounterparts(ir::RelationId relation) {
  absl::flat_hash_set<EntityId> stated;  // of the plan: what says itself what it fulfils
  for (const W kind : {W::kind_target, W::kind_task, W::kind_clause}) {
    for (const EntityId id : Objects(kind)) {
      const ir::Field* field = program_.FindField(id, static_cast<ir::WordId>(W::key_fulfils));
      if (!field) continue;
      stated.insert(id);
      for (uint32_t i = 0; i < field->entry_count; ++i) {
        const ir::Entry& entry = program_.entries[field->first_entry + i];
        if (entry.type == ir::Type::kEntity) AddPair(relation, entry.value, CellOf(id), entry.span);
      }
    }
  }
  absl::flat_hash_map<std::string, std::vector<EntityId>> by_title;
  absl::flat_hash_map<Symbol, std::vector<EntityId>> by_indicator;
  const auto title_of = [&](EntityId id, W kind) {
    return fmt::format("{} {}", static_cast<int>(kind), FoldName(program_.text(program_.entity(id).title)));
  };
  for (const W kind : {W::kind_target, W::kind_task}) {
    for (const EntityId id : Objects(kind)) {
      if (stated.contains(id)) continue;
      if (program_.entity(id).title != Symbol::kEmpty) by_title[title_of(id, kind)].push_back(id);
      const ir::Cell indicator = kind == W::kind_target ? FieldCell(id, W::key_indicator, ir::Type::kEntity) : ir::kAbsent;
      if (indicator != ir::kAbsent) by_indicator[program_.entity(static_cast<EntityId>(indicator)).name].push_back(id);
    }
  }
  for (const auto& [reference, own] :
       {std::pair(W::type_reference_target, W::kind_target), std::pair(W::type_reference_task, W::kind_task)}) {
    for (const EntityId id : Objects(reference)) {
      const Span span = program_.entity(id).span;
      absl::flat_hash_set<EntityId> taken;
      if (reference == W::type_reference_target) {
        const Symbol indicator = model_.reference_targets[program_.entity(id).row].indicator;
        const auto same = indicator == Symbol::kEmpty ? by_indicator.end() : by_indicator.find(indicator);
        for (size_t i = 0; same != by_indicator.end() && i < same->second.size(); ++i) {
          if (taken.insert(same->second[i]).second) AddPair(relation, id, same->second[i], span);
        }
      }
      const auto same = program_.entity(id).title == Symbol::kEmpty ? by_title.end() : by_title.find(title_of(id, own));
      for (size_t i = 0; same != by_title.end() && i < same->second.size(); ++i) {
        if (taken.insert(same->second[i]).second) AddPair(relation, id, same->second[i], span);
      }
    }
  }
}

ir::Cell Lowering::ReferenceCell(W kind, W member, EntityId id, uint32_t row) const {
  switch (kind) {
    case W::kind_reference: {
      if (const auto plan = model_.reference_plans.find(id); member == W::member_common_share || member == W::member_report_months) {
        if (plan == model_.reference_plans.end()) return ir::kAbsent;
        return member == W::member_common_share ? plan->second.common_share : plan->second.report_months;
      }
      const auto hash = model_.reference_hashes.find(id);
      if (hash == model_.reference_hashes.end()) return ir::kAbsent;
      if (member == W::member_content_hash) return CellOf(hash->second);
      const ir::Cell lock = FieldCell(id, W::key_lock, ir::Type::kText);
      return lock == ir::kAbsent ? ir::kAbsent : lock == CellOf(hash->second) ? 0 : 1;
    }
    case W::type_reference_target:
      return member == W::member_reference ? CellOf(program_.entity(id).parent) : model_.reference_targets[row].addressed ? 1 : 0;
    case W::type_reference_task:
      switch (member) {
        case W::member_reference: return CellOf(program_.entity(id).parent);
        case W::member_is_addressed: return model_.reference_tasks[row].addressed ? 1 : 0;
        case W::member_last_day: return model_.reference_tasks[row].last_day;
        case W::member_lead_words: return CellOf(model_.reference_tasks[row].lead_words);
        default: return ir::kAbsent;
      }
    case W::type_reference_section:
      return member == W::member_reference ? CellOf(program_.entity(id).parent) : Number(model_.reference_groups[row]);
    default: break;
  }
  const ir::SeriesRow& asked = program_.reference_series[row];
  switch (member) {
    case W::member_target: return CellOf(program_.entity(id).parent);
    case W::member_horizon: return asked.horizon;
    case W::member_least: return asked.least;
    case W::member_most: return asked.most;
    case W::member_verb: return ir::Cell{asked.verb};
    case W::member_comparator: return asked.comparator == ir::kNoWord ? ir::kAbsent : ir::Cell{asked.comparator};
    case W::member_is_per_period: return asked.per != ir::kNoWord || asked.per_object != EntityId::kNone;
    case W::member_is_change: return asked.is_change;
    default: return ir::kAbsent;
  }
}

}  // namespace ordo

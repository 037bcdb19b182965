// Rows of series as rules see them, and what a target takes from more than one field: the words and the size of its population,
// the day of its baseline.
#include <algorithm>
#include <tuple>

#include "absl/container/flat_hash_set.h"
#include "compiler/lower/lowering.h"

namespace ordo {

// The unit or group in `out of` of a target; kNone if that is only words.
EntityId Lowering::PopulationOf(EntityId id) const {
  const ir::Field* field = program_.FindField(id, static_cast<ir::WordId>(W::key_out_of));
  if (!field || field->entry_count == 0) return EntityId::kNone;
  const ir::Entry& entry = program_.entries[field->first_entry];
  return entry.type == ir::Type::kEntity && entry.value != ir::kAbsent ? static_cast<EntityId>(entry.value) : EntityId::kNone;
}

ir::Cell Lowering::OutOfCell(EntityId id) const {
  const EntityId population = PopulationOf(id);
  if (population == EntityId::kNone) return FieldCell(id, W::key_out_of, ir::Type::kText);
  const ir::Entity& object = program_.entity(population);
  return CellOf(object.title != Symbol::kEmpty ? object.title : object.name);
}

// How many there are to be measured: one unit, as many as a group states or lists. Absent for an open group and for mere words.
ir::Cell Lowering::SizeCell(EntityId population) const {
  if (population == EntityId::kNone) return ir::kAbsent;
  const ir::Entity& object = program_.entity(population);
  if (WordOfKind(object.kind) != W::kind_group) return Number(1);
  const ir::Cell stated = FieldCell(population, W::key_size, ir::Type::kNumber);
  if (stated != ir::kAbsent) return stated;
  const ir::Field* members = program_.FindField(population, static_cast<ir::WordId>(W::key_members));
  if (members && members->none) return Number(0);
  const auto& listed = model_.members[object.row];
  return listed.empty() ? ir::kAbsent : Number(static_cast<int64_t>(listed.size()));
}

ir::Cell Lowering::BaselineDayCell(EntityId target) const {
  const ir::Field* field = program_.FindField(target, static_cast<ir::WordId>(W::key_baseline));
  if (!field || field->entry_count < 2) return ir::kAbsent;
  const ir::Entry& entry = program_.entries[field->first_entry + 1];
  return CellOf(times_[program_.entity(static_cast<EntityId>(entry.value)).row].last);
}

// Of each row: the one before it in the text that asks the same thing (same population, scope and sort of value), the last one of
// the horizon before its own, whether it stands at the last horizon, and alone. One pass over each target.
void Lowering::OrderRows() {
  order_.resize(program_.series.size());
  std::vector<uint32_t> by_day;
  for (uint32_t begin = 0, end = 0; begin < program_.series.size(); begin = end) {
    const EntityId target = program_.entity(program_.series[begin].object).parent;
    absl::flat_hash_map<std::tuple<Symbol, Symbol, bool>, ir::Cell> last;
    by_day.clear();
    for (; end < program_.series.size() && program_.entity(program_.series[end].object).parent == target; ++end) {
      const ir::SeriesRow& row = program_.series[end];
      ir::Cell& before = last.try_emplace({row.out_of, row.scope, row.is_change}, ir::kAbsent).first->second;
      order_[end].previous = before;
      before = CellOf(row.object);
      if (row.horizon != ir::kAbsent) by_day.push_back(end);
    }
    order_[begin].is_only = end - begin == 1;
    std::stable_sort(by_day.begin(), by_day.end(),
                     [&](uint32_t a, uint32_t b) { return program_.series[a].horizon < program_.series[b].horizon; });
    ir::Cell earlier = ir::kAbsent;
    for (size_t first = 0, next = 0; first < by_day.size(); first = next) {
      while (next < by_day.size() && program_.series[by_day[next]].horizon == program_.series[by_day[first]].horizon) {
        order_[by_day[next]].earlier = earlier;
        ++next;
      }
      for (size_t i = first; i < next; ++i) order_[by_day[i]].is_last = next == by_day.size();
      earlier = CellOf(program_.series[by_day[next - 1]].object);
    }
  }
}

ir::Cell Lowering::RowCell(W member, uint32_t index) const {
  const ir::SeriesRow& row = program_.series[index];
  const EntityId target = program_.entity(row.object).parent;
  const auto word = [](ir::WordId id) { return id == ir::kNoWord ? ir::kAbsent : ir::Cell{id}; };
  // What a row does not say for itself is what its target says.
  const EntityId population = row.out_of != Symbol::kEmpty ? row.population : PopulationOf(target);
  switch (member) {
    case W::member_target: return CellOf(target);
    case W::member_horizon: return row.horizon;
    case W::member_verb: return word(row.verb);
    case W::member_comparator: return word(row.comparator);
    case W::key_out_of: return row.out_of != Symbol::kEmpty ? CellOf(row.out_of) : OutOfCell(target);
    case W::key_scope: return row.scope != Symbol::kEmpty ? CellOf(row.scope) : FieldCell(target, member, ir::Type::kText);
    case W::member_population: return CellOf(population);
    case W::member_population_size: return SizeCell(population);
    case W::member_words: return CellOf(row.text);
    case W::key_wording: return CellOf(RowWording(row));
    case W::member_is_per_period: return row.per != ir::kNoWord || row.per_object != EntityId::kNone;
    case W::member_is_cumulative: return row.in_all;
    case W::member_is_change: return row.is_change;
    case W::member_is_kept: return row.verb == static_cast<ir::WordId>(W::word_keep);
    case W::member_horizons_before:
    case W::member_horizons_after: {
      if (row.horizon == ir::kAbsent) return ir::kAbsent;
      const auto first = std::lower_bound(horizons_.begin(), horizons_.end(), row.horizon);
      if (member == W::member_horizons_before) return Number(first - horizons_.begin());
      return Number(horizons_.end() - first - (first != horizons_.end() && *first == row.horizon ? 1 : 0));
    }
    case W::member_is_share: return row.type == ir::Type::kPercent && row.comparator != ir::kNoWord && !row.is_change;
    case W::member_bound:
      return row.horizon == ir::kAbsent ? ir::kAbsent : CellOf(row.by ? W::word_bound_included : W::word_bound_bare);
    case W::member_least: return row.least;
    case W::member_most: return row.most;
    case W::member_previous: return order_[index].previous;
    case W::member_earlier: return order_[index].earlier;
    case W::member_is_last: return order_[index].is_last;
    case W::member_is_only: return order_[index].is_only;
    default: return ir::kAbsent;
  }
}

bool Lowering::IsStandingColumn(W kind, W member) {
  if (kind == W::kind_target) {
    return member == W::member_last_measured || member == W::member_measured_on || member == W::member_required_now ||
           member == W::member_state;
  }
  return (kind == W::kind_condition && member == W::member_state) || (kind == W::kind_task && member == W::member_acceptance);
}

// Where the targets stand on the day for which the plan is looked at; without a day nothing is known.
void Lowering::ReadStandings() {
  bool asked = false;
  for (const Facts::Column& column : model_.facts.columns()) asked |= IsStandingColumn(WordOfKind(column.kind), column.member);
  if (!asked || !as_of_) return;
  if (!journal_) journal_ = std::make_unique<ir::Journal>(program_);
  standings_ = ir::StandingsOf(program_, *journal_, *as_of_);
  const W words[] = {W::word_condition_missed, W::word_condition_met};
  const std::vector<std::optional<bool>> all = ir::ConditionsByMeasured(program_, standings_);
  for (size_t i = 0; i < all.size(); ++i) {
    const ir::Condition& condition = program_.conditions[i];
    const std::optional<bool> holds = all[i];
    const ir::Cell word = CellOf(holds ? words[*holds] : W::word_condition_open);
    ir::Cell& told = conditions_hold_.try_emplace(condition.object, CellOf(W::word_condition_met)).first->second;
    // Several in one field: all of them must hold.
    if (told != CellOf(W::word_condition_missed) && word != CellOf(W::word_condition_met)) told = word;
  }
}

ir::Cell Lowering::StandingCell(W kind, W member, EntityId id) const {
  if (kind != W::kind_target) {
    const auto found = conditions_hold_.find(id);
    return found == conditions_hold_.end() ? ir::kAbsent : found->second;
  }
  const auto at = std::lower_bound(standings_.begin(), standings_.end(), id,
                                   [](const ir::TargetStanding& a, EntityId b) { return a.target < b; });
  if (at == standings_.end() || at->target != id) return ir::kAbsent;
  const ir::MeasuredValue* last = nullptr;
  for (const ir::MeasuredValue& value : at->measured) last = value.value != ir::kAbsent ? &value : last;
  switch (member) {
    case W::member_last_measured: return last ? last->value : ir::kAbsent;
    case W::member_measured_on: return last ? last->day : ir::kAbsent;
    case W::member_required_now: return at->required;
    default: {
      constexpr W kWords[ir::kTargetStates] = {W::word_state_reached, W::word_state_on_path, W::word_state_behind,
                                               W::word_state_unmeasured, W::word_state_not_yet};
      return CellOf(kWords[static_cast<size_t>(at->state)]);
    }
  }
}

// The days that the plan uses as its horizons: named by at least two targets and a tenth of those that name any.
void Lowering::FindHorizons() {
  std::vector<std::pair<ir::Cell, EntityId>> named;
  for (const ir::SeriesRow& row : program_.series) {
    if (row.horizon != ir::kAbsent) named.push_back({row.horizon, program_.entity(row.object).parent});
  }
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  absl::flat_hash_set<EntityId> targets;
  for (const auto& [day, target] : named) targets.insert(target);
  for (size_t begin = 0, end = 0; begin < named.size(); begin = end) {
    while (end < named.size() && named[end].first == named[begin].first) ++end;
    if (end - begin >= 2 && (end - begin) * 10 >= targets.size()) horizons_.push_back(named[begin].first);
  }
}

// Solved once, and only where something asks for conflicts.
void Lowering::SolveTargets() {
  bool asked = false;
  for (const Facts::Column& column : model_.facts.columns()) {
    const W kind = WordOfKind(column.kind);
    asked |= kind == W::type_conflict || kind == W::type_statement || column.member == W::member_is_decided;
  }
  if (!asked && program_.kinds[KindOf(W::type_conflict)].relation == ir::kNone) return;
  const solve::TargetAnswer answer = solve::ConflictsOfTargets(program_);
  targets_decided_ = answer.decided;
  for (const solve::TargetConflict& conflict : answer.conflicts) {
    // The finding stands at the last thing that the plan itself says.
    const EntityId object = AddScheduleObject(W::type_conflict, conflict.statements.back().owner, conflict.spans.back());
    for (size_t i = 0; i < conflict.statements.size(); ++i) {
      statements_of_.push_back({object, AddScheduleObject(W::type_statement, conflict.statements[i].owner, conflict.spans[i])});
      program_.statements.push_back(conflict.statements[i]);
    }
    last_statements_.push_back(statements_of_.back().second);
  }
}

ir::Cell Lowering::StatementCell(W kind, W member, uint32_t row) const {
  if (kind == W::type_conflict) return CellOf(last_statements_[row]);
  return member == W::member_owner ? CellOf(program_.statements[row].owner) : ir::kAbsent;
}

}  // namespace ordo

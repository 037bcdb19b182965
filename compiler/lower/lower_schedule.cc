// The schedule as rules see it: days and slack of tasks, conflicts and their steps as objects, how late awaited things may come.
// The temporal network is solved once, and only where something asks for one of these.
#include "compiler/lower/lowering.h"

namespace ordo {
namespace {

bool OfSchedule(W member) {
  switch (member) {
    case W::member_earliest_start: case W::member_earliest_end: case W::member_latest_end: case W::member_slack:
    case W::member_is_critical: case W::member_latest_day: case W::member_last_safe_day: case W::member_is_safe:
    case W::member_last_step: case W::member_shortfall: return true;
    default: return false;
  }
}

}  // namespace

void Lowering::SolveSchedule() {
  bool days = false, clashes = false;
  for (const Facts::Column& column : model_.facts.columns()) {
    const W kind = WordOfKind(column.kind);
    days |= OfSchedule(column.member) && (kind == W::kind_task || kind == W::kind_milestone);
  }
  for (const Facts::Set& set : model_.facts.sets()) clashes |= set.member == W::member_steps;
  for (const W kind : {W::type_clash, W::type_awaited}) clashes |= program_.kinds[KindOf(kind)].relation != ir::kNone;
  if (!days && !((clashes || AsksForAlarms()) && solve::HasLinks(program_))) return;
  schedule_ = solve::ScheduleOf(program_);
  for (const solve::Clash& clash : schedule_->clashes) {
    if (clash.steps.empty()) continue;
    // What is decided elsewhere cannot be what has to give way: the finding stands at the last clause that is the plan's own.
    size_t last = clash.steps.size() - 1;
    while (last > 0 && clash.steps[last].kind == ir::Step::Kind::kExpected) --last;
    const EntityId object = AddScheduleObject(W::type_clash, clash.steps[last].owner, clash.spans[last]);
    const std::vector<EntityId> steps = AddSteps(clash, object);
    clash_objects_.push_back({steps[last], clash.shortfall});
  }
  for (const solve::Awaited& awaited : schedule_->awaited) {
    const EntityId object = AddScheduleObject(W::type_awaited, awaited.object, awaited.span);
    if (awaited.clash) AddSteps(*awaited.clash, object);
  }
}

EntityId Lowering::AddScheduleObject(W kind, EntityId parent, Span span) {
  const auto id = static_cast<EntityId>(program_.entities.size());
  ir::Entity object;
  object.kind = KindOf(kind);
  object.row = static_cast<uint32_t>(model_.by_kind[object.kind].size());
  object.parent = parent;
  object.span = span;
  program_.entities.push_back(object);
  model_.by_kind[object.kind].push_back(id);
  return id;
}

std::vector<EntityId> Lowering::AddSteps(const solve::Clash& clash, EntityId of) {
  std::vector<EntityId> steps;
  for (size_t i = 0; i < clash.steps.size(); ++i) {
    steps.push_back(AddScheduleObject(W::type_step, clash.steps[i].owner, clash.spans[i]));
    program_.steps.push_back(clash.steps[i]);
    steps_of_.push_back({of, steps.back()});
  }
  return steps;
}

ir::Cell Lowering::ScheduleCell(W kind, W member, EntityId id, uint32_t row) const {
  const auto days = [](std::optional<int> count) { return count ? Decimal::FromInt(*count).cell() : ir::kAbsent; };
  switch (kind) {
    case W::kind_task:
    case W::kind_milestone: {
      if (!schedule_->decided) return member == W::member_is_critical ? 0 : ir::kAbsent;
      const solve::ObjectDays& object = schedule_->objects[static_cast<uint32_t>(id)];
      switch (member) {
        case W::member_earliest_start: return CellOf(object.earliest_start);
        case W::member_earliest_end: return CellOf(object.earliest_end);
        case W::member_latest_end: return CellOf(object.latest_end);
        case W::member_slack: return days(object.slack);
        case W::member_is_critical: return object.critical ? 1 : 0;
        default: return ir::kAbsent;
      }
    }
    case W::type_clash:
      return member == W::member_last_step ? CellOf(clash_objects_[row].last) : days(clash_objects_[row].shortfall);
    case W::type_step: return CellOf(program_.steps[row].owner);
    case W::type_awaited: {
      const solve::Awaited& awaited = schedule_->awaited[row];
      switch (member) {
        case W::member_owner: return CellOf(awaited.object);
        case W::member_latest_day: return awaited.last.days();
        // Unsafe from its first day: it would have to come before it is expected.
        case W::member_last_safe_day: return awaited.last_safe.value_or(awaited.first.PlusDays(-1)).days();
        default: return awaited.safe || awaited.in_clash ? 1 : 0;   // told with the clash
      }
    }
    default: return ir::kAbsent;
  }
}

bool Lowering::IsScheduleColumn(W kind, W member) const {
  return OfSchedule(member) || ((kind == W::type_step || kind == W::type_awaited) && member == W::member_owner);
}

}  // namespace ordo

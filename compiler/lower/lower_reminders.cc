// Alarms as rules see them: one object for each reminder before or after the due of what is done once. Only those of reminders that
// the plan declares: nobody has asked for the others. What comes round is left out, since its next time is reminded.
#include "compiler/lower/lowering.h"
#include "runtime/ir/reminders.h"

namespace ordo {

bool Lowering::AsksForAlarms() const {
  return program_.kinds[KindOf(W::type_alarm)].relation != ir::kNone && !Objects(W::kind_reminder).empty();
}

void Lowering::AddAlarms() {
  if (!AsksForAlarms()) return;
  const ir::Reminders reminders(program_);
  std::vector<bool> has_tasks(program_.entities.size(), false);
  for (const EntityId id : Objects(W::kind_task)) {
    const EntityId up = program_.entity(id).parent;
    if (up != EntityId::kNone) has_tasks[static_cast<uint32_t>(up)] = true;
  }
  for (const W kind : {W::kind_task, W::kind_milestone, W::kind_reporting}) {
    for (const EntityId id : Objects(kind)) {
      if (has_tasks[static_cast<uint32_t>(id)]) continue;
      const ir::Cell cell = FieldCell(id, kind == W::kind_reporting ? W::key_rhythm : W::key_due, ir::Type::kEntity);
      if (cell == ir::kAbsent) continue;
      const uint32_t row = program_.entity(static_cast<EntityId>(cell)).row;
      const ResolvedTime& due = times_[row];
      const Time::Form form = program_.times[row].form;
      if (!due.last || due.cls == TimeClass::kRecurring || form == Time::Form::kOngoing || form == Time::Form::kFrom) continue;
      bool tight = false;
      if (schedule_ && schedule_->decided) {
        const solve::ObjectDays& days = schedule_->objects[static_cast<uint32_t>(id)];
        tight = days.linked && ir::Reminders::IsTight(reminders.SlackOf(days.earliest_end, days.latest_end), days.critical);
      }
      const Date aim = reminders.AimOf(*due.last, due.effective.value_or(*due.last));
      for (const ir::AlarmDay& alarm : reminders.AlarmsOf(KindOf(kind), aim, *due.last, tight)) {
        if (alarm.kind == ir::AlarmKind::kEscalation) continue;
        const EntityId reminder = reminders.rules()[alarm.rule].object;
        AddScheduleObject(W::type_alarm, id, program_.entity(reminder).span);
        alarms_.push_back({id, reminder, alarm.on, aim});
      }
    }
  }
}

ir::Cell Lowering::AlarmCell(W member, uint32_t row) const {
  const AlarmObject& alarm = alarms_[row];
  switch (member) {
    case W::member_owner: return CellOf(alarm.owner);
    case W::key_of: return CellOf(alarm.reminder);
    case W::key_on: return alarm.on.days();
    case W::member_last_day: return alarm.aim.days();
    default: return ir::kAbsent;
  }
}

}  // namespace ordo

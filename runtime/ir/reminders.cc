#include "runtime/ir/reminders.h"

#include <algorithm>

namespace ordo::ir {
namespace {

Length WorkingDays(int64_t count) { return {Decimal::FromInt(count), TimeUnit::kWorkingDay}; }

const Field* FieldOf(const Program& program, EntityId id, std::string_view key) {
  const Entity& object = program.entity(id);
  for (uint32_t i = 0; i < object.field_count; ++i) {
    const Field& field = program.fields[object.first_field + i];
    if (field.word < program.words.size() && program.words[field.word].id == key) return &field;
  }
  return nullptr;
}

template <typename Take>
void EachEntry(const Program& program, const Field* field, const Take& take) {
  for (uint32_t i = 0; field != nullptr && i < field->entry_count; ++i) {
    const Entry& entry = program.entries[field->first_entry + i];
    if (entry.value != kAbsent) take(entry);
  }
}

std::vector<Recipient> RecipientsOf(const Program& program, const Field* field) {
  std::vector<Recipient> out;
  EachEntry(program, field, [&](const Entry& entry) {
    if (entry.type == Type::kWord) out.push_back({static_cast<WordId>(entry.value), EntityId::kNone});
    else if (entry.type == Type::kEntity) out.push_back({kNoWord, entry.resolved != EntityId::kNone ? entry.resolved : static_cast<EntityId>(entry.value)});
  });
  return out;
}

std::vector<Length> LengthsOf(const Program& program, const Field* field) {
  std::vector<Length> out;
  EachEntry(program, field, [&](const Entry& entry) {
    const TimeUnit unit = entry.type == Type::kWorkingDays ? TimeUnit::kWorkingDay
                          : entry.type == Type::kDays      ? TimeUnit::kDay
                          : entry.type == Type::kMonths    ? TimeUnit::kMonth
                                                           : TimeUnit::kNone;
    if (unit != TimeUnit::kNone) out.push_back({Decimal::FromCell(entry.value), unit});
  });
  return out;
}

}  // namespace

Reminders::Reminders(const Program& program) : program_(program) {
  ReminderRule standard;
  for (const char* role : {"lead", "accountable"}) standard.to.push_back({program.FindWord(role), EntityId::kNone});
  standard.before = {WorkingDays(5), WorkingDays(1)};
  standard.tight = {WorkingDays(10), WorkingDays(1)};
  standard.overdue = {WorkingDays(1)};
  standard.escalate_after = WorkingDays(3);
  KindId reminder = kNoKind;
  for (KindId kind = 0; kind < program.kinds.size(); ++kind) {
    const WordId word = program.kinds[kind].word;
    if (word < program.words.size() && program.words[word].id == "reminder") reminder = kind;
  }
  for (size_t i = 0; i < program.entities.size() && reminder != kNoKind; ++i) {
    if (program.entities[i].kind != reminder) continue;
    const auto id = static_cast<EntityId>(i);
    ReminderRule rule = standard;   // what a declaration does not state is as without one
    rule.object = id;
    EachEntry(program, FieldOf(program, id, "applies_to"), [&](const Entry& entry) {
      if (entry.type != Type::kWord) return;
      for (KindId kind = 0; kind < program.kinds.size(); ++kind) {
        if (program.kinds[kind].word == static_cast<WordId>(entry.value)) rule.kinds.push_back(kind);
      }
    });
    if (const Field* to = FieldOf(program, id, "to")) rule.to = RecipientsOf(program, to);
    if (const Field* before = FieldOf(program, id, "before_due")) rule.before = rule.tight = LengthsOf(program, before);
    if (const Field* overdue = FieldOf(program, id, "overdue")) {
      rule.overdue = LengthsOf(program, overdue);
      if (!rule.overdue.empty()) rule.escalate_after = rule.overdue.back();
    }
    if (const Field* above = FieldOf(program, id, "escalate_to")) {
      rule.escalate_to = RecipientsOf(program, above);
      if (above->none) rule.escalate_after = {};
    }
    rules_.push_back(std::move(rule));
  }
  stated_ = !rules_.empty();
  if (!stated_) rules_.push_back(std::move(standard));
}

Date Reminders::AimOf(Date computed, Date effective) const {
  return program_.calendar.PreviousWorking(std::min(computed, effective));
}

std::optional<int> Reminders::SlackOf(const std::optional<Date>& earliest_end, const std::optional<Date>& latest_end) const {
  if (!earliest_end || !latest_end) return std::nullopt;
  return program_.calendar.WorkingDays(*earliest_end, *latest_end);
}

Date Reminders::Counted(Date from, const Length& length, int sign) const {
  const int count = static_cast<int>(length.count.ToInt().value_or(0)) * sign;
  switch (length.unit) {
    case TimeUnit::kWorkingDay: return program_.calendar.PlusWorkingDays(from, count);
    case TimeUnit::kMonth: return from.PlusMonths(count);
    default: return from.PlusDays(count);
  }
}

std::vector<AlarmDay> Reminders::AlarmsOf(KindId kind, Date aim, Date missed_after, bool tight) const {
  std::vector<AlarmDay> alarms;
  const OfficeCalendar& calendar = program_.calendar;
  for (uint32_t i = 0; i < rules_.size(); ++i) {
    const ReminderRule& rule = rules_[i];
    if (!rule.kinds.empty() && std::find(rule.kinds.begin(), rule.kinds.end(), kind) == rule.kinds.end()) continue;
    for (const Length& length : tight ? rule.tight : rule.before) {
      const Date counted = Counted(aim, length, -1);
      alarms.push_back({AlarmKind::kBefore, length, counted, calendar.PreviousWorking(counted), i});
    }
    const auto after = [&](AlarmKind sort, const Length& length) {
      const Date counted = Counted(missed_after, length, 1);
      Date on = calendar.PreviousWorking(counted);
      if (on <= missed_after) on = calendar.NextWorking(std::max(counted, missed_after.PlusDays(1)));
      alarms.push_back({sort, length, counted, on, i});
    };
    for (const Length& length : rule.overdue) after(AlarmKind::kOverdue, length);
    if (rule.escalate_after.unit != TimeUnit::kNone) after(AlarmKind::kEscalation, rule.escalate_after);
  }
  std::stable_sort(alarms.begin(), alarms.end(), [](const AlarmDay& a, const AlarmDay& b) { return a.on < b.on; });
  return alarms;
}

}  // namespace ordo::ir

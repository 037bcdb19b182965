#include <algorithm>

#include "stdlib/natives/families.h"

namespace ordo::natives {
namespace {

using ir::Cell;
using Arguments = std::span<const Cell>;

Date DateOf(Cell cell) { return Date(static_cast<int32_t>(cell)); }
Cell Number(int value) { return Decimal::FromInt(value).cell(); }

Cell YearOf(const ir::Program&, Arguments a) { return Number(DateOf(a[0]).ymd().year); }
Cell MonthOf(const ir::Program&, Arguments a) { return Number(DateOf(a[0]).ymd().month); }
Cell QuarterOf(const ir::Program&, Arguments a) { return Number((DateOf(a[0]).ymd().month + 2) / 3); }
Cell WeekdayOf(const ir::Program&, Arguments a) { return Number(DateOf(a[0]).weekday() + 1); }

// What the office calendar says; absent for years that it does not know.
Cell WorkingDays(const ir::Program& program, Arguments a) {
  const Date from = DateOf(a[0]), to = DateOf(a[1]);
  if (!program.CalendarKnows(from) || !program.CalendarKnows(to)) return ir::kAbsent;
  return Number(program.calendar.WorkingDays(from, to));
}
Cell IsWorkingDay(const ir::Program& program, Arguments a) {
  return program.CalendarKnows(DateOf(a[0])) ? program.calendar.IsWorking(DateOf(a[0])) : ir::kAbsent;
}
Cell NextWorkingDay(const ir::Program& program, Arguments a) {
  if (!program.CalendarKnows(DateOf(a[0]))) return ir::kAbsent;
  const Date day = program.calendar.NextWorking(DateOf(a[0]));
  return program.CalendarKnows(day) ? day.days() : ir::kAbsent;
}
Cell PreviousWorkingDay(const ir::Program& program, Arguments a) {
  if (!program.CalendarKnows(DateOf(a[0]))) return ir::kAbsent;
  const Date day = program.calendar.PreviousWorking(DateOf(a[0]));
  return program.CalendarKnows(day) ? day.days() : ir::kAbsent;
}

// Mondays to Fridays in (from, to] that are no working days; a Saturday that is worked makes up for one.
Cell WeekdaysOff(const ir::Program& program, Arguments a) {
  const Date from = DateOf(a[0]), to = DateOf(a[1]);
  if (to < from || !program.CalendarKnows(from) || !program.CalendarKnows(to)) return ir::kAbsent;
  const int span = to.days() - from.days();
  int weekdays = span / 7 * 5;
  for (int i = 1; i <= span % 7; ++i) weekdays += from.PlusDays(i).weekday() < 5 ? 1 : 0;
  return Number(std::max(weekdays - program.calendar.WorkingDays(from, to), 0));
}
// Whether the days off of its year are announced or computed from the law; absent for years that the calendar does not know.
Cell CalendarStatus(const ir::Program& program, Arguments a) {
  if (!program.CalendarKnows(DateOf(a[0]))) return ir::kAbsent;
  const bool provisional = program.calendar.IsProvisional(DateOf(a[0]).ymd().year);
  const ir::WordId word = provisional ? program.calendar_words.computed : program.calendar_words.announced;
  return word == ir::kNoWord ? ir::kAbsent : Cell{word};
}

// Whether the first is the second taken a whole number of times: 60 of 30, not of 24.
Cell IsMultiple(const ir::Program&, Arguments a) {
  if (Decimal::FromCell(a[1]).is_zero()) return ir::kAbsent;
  const auto times = Decimal::FromCell(a[0]).DividedBy(Decimal::FromCell(a[1]));
  return times && times->is_integer() ? 1 : 0;
}

}  // namespace

void RegisterDate(std::vector<eval::Native>& all) {
  using ir::Type;
  all.push_back({"year_of", {Type::kDate}, Type::kNumber, YearOf});
  all.push_back({"month_of", {Type::kDate}, Type::kNumber, MonthOf});
  all.push_back({"quarter_of", {Type::kDate}, Type::kNumber, QuarterOf});
  all.push_back({"weekday_of", {Type::kDate}, Type::kNumber, WeekdayOf});
  all.push_back({"working_days", {Type::kDate, Type::kDate}, Type::kWorkingDays, WorkingDays});
  all.push_back({"is_working_day", {Type::kDate}, Type::kBool, IsWorkingDay});
  all.push_back({"next_working_day", {Type::kDate}, Type::kDate, NextWorkingDay});
  all.push_back({"previous_working_day", {Type::kDate}, Type::kDate, PreviousWorkingDay});
  all.push_back({"weekdays_off", {Type::kDate, Type::kDate}, Type::kWorkingDays, WeekdaysOff});
  all.push_back({"calendar_status", {Type::kDate}, Type::kWord, CalendarStatus});
  all.push_back({"is_multiple", {Type::kNumber, Type::kNumber}, Type::kBool, IsMultiple});
}

}  // namespace ordo::natives

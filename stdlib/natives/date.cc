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
Cell DayOf(const ir::Program&, Arguments a) { return Number(DateOf(a[0]).ymd().day); }

Cell CellOf(std::optional<Date> date) { return date ? date->days() : ir::kAbsent; }

// A whole number that a year, a month or a count of months can be; kNotWhole for any other.
constexpr int kNotWhole = -1'000'000;
int Whole(Cell cell) {
  const Decimal number = Decimal::FromCell(cell);
  return number.is_integer() && number.mantissa() > kNotWhole && number.mantissa() < -kNotWhole ? static_cast<int>(number.mantissa()) : kNotWhole;
}
// Absent where there is no such day.
Cell DateOfParts(const ir::Program&, Arguments a) {
  const int year = Whole(a[0]), month = Whole(a[1]), day = Whole(a[2]);
  return year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 ? ir::kAbsent : CellOf(Date::FromYmd(year, month, day));
}
// The first or last day of the span of `months` months (1, 3 or 12) that the day lies in.
template <int kMonths, bool kLast>
Cell EdgeOf(const ir::Program&, Arguments a) {
  const Ymd day = DateOf(a[0]).ymd();
  const int first = (day.month - 1) / kMonths * kMonths + 1;
  return kLast ? Date::MonthEnd(day.year, first + kMonths - 1).days() : CellOf(Date::FromYmd(day.year, first, 1));
}
// Same day of the month n months later, or that month's last day (Civil Code 2015, art. 148.3).
Cell PlusMonths(const ir::Program&, Arguments a) {
  const int months = Whole(a[1]);
  const Ymd from = DateOf(a[0]).ymd();
  const int64_t at = from.year * int64_t{12} + from.month - 1 + months;
  return months == kNotWhole || at < 12 || at >= 10000 * 12 ? ir::kAbsent : DateOf(a[0]).PlusMonths(months).days();
}
Cell PlusWorkingDays(const ir::Program& program, Arguments a) {
  const int days = Whole(a[1]);
  if (days < -100000 || days > 100000 || !program.CalendarKnows(DateOf(a[0]))) return ir::kAbsent;
  const Date day = program.calendar.PlusWorkingDays(DateOf(a[0]), days);
  return program.CalendarKnows(day) ? day.days() : ir::kAbsent;
}
// Days that [a, b] and [c, d] share; a span that ends before it begins has none.
Cell CommonDays(const ir::Program&, Arguments a) {
  const Cell from = std::max(a[0], a[2]), to = std::min(a[1], a[3]);
  return Decimal::FromInt(a[0] > a[1] || a[2] > a[3] || to < from ? 0 : to - from + 1).cell();
}

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
  all.push_back({"day_of", {Type::kDate}, Type::kNumber, DayOf});
  all.push_back({"date_of", {Type::kNumber, Type::kNumber, Type::kNumber}, Type::kDate, DateOfParts});
  all.push_back({"first_of_month", {Type::kDate}, Type::kDate, EdgeOf<1, false>});
  all.push_back({"last_of_month", {Type::kDate}, Type::kDate, EdgeOf<1, true>});
  all.push_back({"first_of_quarter", {Type::kDate}, Type::kDate, EdgeOf<3, false>});
  all.push_back({"last_of_quarter", {Type::kDate}, Type::kDate, EdgeOf<3, true>});
  all.push_back({"first_of_year", {Type::kDate}, Type::kDate, EdgeOf<12, false>});
  all.push_back({"last_of_year", {Type::kDate}, Type::kDate, EdgeOf<12, true>});
  all.push_back({"plus_months", {Type::kDate, Type::kMonths}, Type::kDate, PlusMonths});
  all.push_back({"plus_working_days", {Type::kDate, Type::kWorkingDays}, Type::kDate, PlusWorkingDays});
  all.push_back({"common_days", {Type::kDate, Type::kDate, Type::kDate, Type::kDate}, Type::kDays, CommonDays});
  all.push_back({"working_days", {Type::kDate, Type::kDate}, Type::kWorkingDays, WorkingDays});
  all.push_back({"is_working_day", {Type::kDate}, Type::kBool, IsWorkingDay});
  all.push_back({"next_working_day", {Type::kDate}, Type::kDate, NextWorkingDay});
  all.push_back({"previous_working_day", {Type::kDate}, Type::kDate, PreviousWorkingDay});
  all.push_back({"weekdays_off", {Type::kDate, Type::kDate}, Type::kWorkingDays, WeekdaysOff});
  all.push_back({"calendar_status", {Type::kDate}, Type::kWord, CalendarStatus});
  all.push_back({"is_multiple", {Type::kNumber, Type::kNumber}, Type::kBool, IsMultiple});
}

}  // namespace ordo::natives

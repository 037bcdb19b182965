#include "runtime/time/report_period.h"

#include <algorithm>

namespace ordo {

namespace {

using Days = std::pair<Date, Date>;
using Form = Time::Form;

constexpr int kDecreeDay = 14;   // art. 12.1: the last day of the data

// Number of months of a stretch of whole calendar months; 0 for any other.
int WholeMonths(Date first, Date last) {
  const Ymd a = first.ymd(), b = last.ymd();
  if (first > last || a.day != 1 || last != Date::MonthEnd(b.year, b.month)) return 0;
  return (b.year - a.year) * 12 + b.month - a.month + 1;
}

// That day of the month in which `in` lies, or the month's last day.
Date DayOfMonth(Date in, int day) {
  const Ymd ymd = in.ymd();
  const Date end = Date::MonthEnd(ymd.year, ymd.month);
  return day >= end.ymd().day ? end : Date::FromYmd(ymd.year, ymd.month, 1)->PlusDays(day - 1);
}

// Day 0 is the end of the month before, as `before day 1` has it.
std::optional<Days> Between(Date first, Date last, int day) {
  const Date before = first.PlusDays(-1);
  if (before < *Date::FromYmd(1, 1, 1)) return std::nullopt;
  return Days(DayOfMonth(before, day).PlusDays(1), DayOfMonth(last, day));
}

}  // namespace

std::optional<Days> DecreeDataOf(Date first, Date last) {
  const int months = WholeMonths(first, last);
  if (months != 1 && months != 3 && months != 6 && months != 12) return std::nullopt;
  if ((first.ymd().month - 1) % months != 0) return std::nullopt;
  return Between(first, last, kDecreeDay);
}

std::optional<Days> DataOf(const Time& cutoff, Date first, Date last) {
  if (cutoff.form == Form::kByDecree) return DecreeDataOf(first, last);
  const bool day = cutoff.to.kind == Point::Kind::kMonthDay &&
                   (cutoff.form == Form::kIn || cutoff.form == Form::kOn || cutoff.form == Form::kBy || cutoff.form == Form::kBefore);
  if (!day || WholeMonths(first, last) == 0) return std::nullopt;
  if (cutoff.form != Form::kBefore) return Between(first, last, cutoff.to.day);
  // The day before that day, in a month that may be too short for it.
  const std::optional<Days> on = Between(first, last, cutoff.to.day);
  if (!on) return std::nullopt;
  return Days(on->first.PlusDays(-1), on->second.PlusDays(-1));
}

}  // namespace ordo

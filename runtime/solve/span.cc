#include "runtime/solve/span.h"

#include <algorithm>

namespace ordo::solve {

namespace {

constexpr int32_t kMostDays = 4'000'000;     // more than the years 1 to 9999 have
constexpr int32_t kMostMonths = 120'000;

int32_t Cut(int32_t count, int32_t most) { return std::clamp(count, -most, most); }

// Least y with W(y) >= W(x) + n.
int32_t WorkEnd(int32_t x, int32_t n, const OfficeCalendar& calendar) {
  return (n > 0 ? calendar.PlusWorkingDays(Date(x - 1), n) : calendar.PlusWorkingDays(Date(x), n - 1)).days() + 1;
}
// Greatest y with W(y) <= W(x) + n.
int32_t WorkGap(int32_t x, int32_t n, const OfficeCalendar& calendar) { return WorkEnd(x, n + 1, calendar) - 1; }

int32_t Roll(int32_t x, const OfficeCalendar& calendar) { return calendar.NextWorking(Date(x - 1)).days() + 1; }
// Roll(x) <= y holds up to the last end of a working day that is not after y.
int32_t RollGreatest(int32_t y, const OfficeCalendar& calendar) { return calendar.PreviousWorking(Date(y - 1)).days() + 1; }
int32_t RollLeast(int32_t y, const OfficeCalendar& calendar) { return RollGreatest(y - 1, calendar) + 1; }

int32_t Months(int32_t x, int32_t n) { return Date(x - 1).PlusMonths(n).days() + 1; }

// Let d be y moved back n months, cut to its month. Then f(d) lies in the month of y, not after y, and d + 4 either stands in a
// later month or is uncut, so that f(d + 4) > y. All answers lie within [d - 3, d + 4].
int32_t MonthsGreatest(int32_t y, int32_t n) {
  int32_t x = Months(y, -n) + 4;
  while (Months(x, n) > y) --x;
  return x;
}
int32_t MonthsLeast(int32_t y, int32_t n) {
  int32_t x = Months(y, -n) - 3;
  while (Months(x, n) < y) ++x;
  return x;
}

Shift OfDaysOrMonths(const Span& span) {
  if (span.unit == SpanUnit::kDays) {
    return {Cut(span.count, kMostDays), span.rolls ? Shift::Kind::kDaysRolled : Shift::Kind::kDays};
  }
  if (span.from_start) return {Cut(span.count, kMostMonths), Shift::Kind::kMonthsOfWork};
  return {Cut(span.count, kMostMonths), span.rolls ? Shift::Kind::kMonthsRolled : Shift::Kind::kMonths};
}

}  // namespace

Shift Shift::OfLeast(const Span& span) {
  if (span.unit != SpanUnit::kWorkingDays) return OfDaysOrMonths(span);
  return {Cut(span.count, kMostDays), span.count == 0 ? Kind::kDays : Kind::kWorkEnd};
}

Shift Shift::OfMost(const Span& span) {
  if (span.unit != SpanUnit::kWorkingDays) return OfDaysOrMonths(span);
  return {Cut(span.count, kMostDays), span.count == 0 ? Kind::kDays : span.by_end ? Kind::kWorkEnd : Kind::kWorkGap};
}

int32_t Shift::Apply(int32_t x, const OfficeCalendar& calendar) const {
  switch (kind) {
    case Kind::kDays: return x + count;
    case Kind::kDaysRolled: return Roll(x + count, calendar);
    case Kind::kWorkEnd: return WorkEnd(x, count, calendar);
    case Kind::kWorkGap: return WorkGap(x, count, calendar);
    case Kind::kMonths: return Months(x, count);
    case Kind::kMonthsRolled: return Roll(Months(x, count), calendar);
    case Kind::kMonthsOfWork: return Months(x + 1, count) - 1;
  }
  return x;
}

int32_t Shift::GreatestBelow(int32_t y, const OfficeCalendar& calendar) const {
  switch (kind) {
    case Kind::kDays: return y - count;
    case Kind::kDaysRolled: return RollGreatest(y, calendar) - count;
    case Kind::kWorkEnd: return WorkGap(y, -count, calendar);           // W(x) + n <= W(y)
    case Kind::kWorkGap: return WorkGap(y + 1, -count - 1, calendar);   // W(x) + n < W(y + 1)
    case Kind::kMonths: return MonthsGreatest(y, count);
    case Kind::kMonthsRolled: return MonthsGreatest(RollGreatest(y, calendar), count);
    case Kind::kMonthsOfWork: return MonthsGreatest(y + 1, count) - 1;
  }
  return y;
}

int32_t Shift::LeastAbove(int32_t y, const OfficeCalendar& calendar) const {
  switch (kind) {
    case Kind::kDays: return y - count;
    case Kind::kDaysRolled: return RollLeast(y, calendar) - count;
    case Kind::kWorkEnd: return WorkEnd(y - 1, 1 - count, calendar);    // W(x) + n > W(y - 1)
    case Kind::kWorkGap: return WorkEnd(y, -count, calendar);           // W(x) + n >= W(y)
    case Kind::kMonths: return MonthsLeast(y, count);
    case Kind::kMonthsRolled: return MonthsLeast(RollLeast(y, calendar), count);
    case Kind::kMonthsOfWork: return MonthsLeast(y + 1, count) - 1;
  }
  return y;
}

// A month is 28 to 31 days, also where the last day of a shorter month cuts it.
Gain GainOfApply(const Shift& shift) {
  const int64_t n = shift.count;
  switch (shift.kind) {
    case Shift::Kind::kDays:
    case Shift::Kind::kDaysRolled: return {n, std::min<int64_t>(n, 0)};
    case Shift::Kind::kWorkEnd: return {n > 0 ? n : Gain::kUnknown, n};
    case Shift::Kind::kWorkGap: return {n >= 0 ? n : Gain::kUnknown, n};
    case Shift::Kind::kMonths:
    case Shift::Kind::kMonthsOfWork:
    case Shift::Kind::kMonthsRolled: return {n >= 0 ? 28 * n : 31 * n, std::min<int64_t>(31 * n, 0)};
  }
  return {};
}

Gain GainOfLeastAbove(const Shift& shift) {
  const int64_t n = shift.count;
  switch (shift.kind) {
    case Shift::Kind::kDays: return {-n, std::min<int64_t>(-n, 0)};
    case Shift::Kind::kDaysRolled: return {Gain::kUnknown, std::min<int64_t>(-n, 0) - 1};
    case Shift::Kind::kWorkEnd:
    case Shift::Kind::kWorkGap: return {n < 0 ? -n : Gain::kUnknown, -n};
    case Shift::Kind::kMonths:
    case Shift::Kind::kMonthsOfWork: return {n >= 0 ? -31 * n : -28 * n, std::min<int64_t>(-31 * n, 0)};
    case Shift::Kind::kMonthsRolled: return {Gain::kUnknown, std::min<int64_t>(-31 * n, 0) - 1};
  }
  return {};
}

}  // namespace ordo::solve

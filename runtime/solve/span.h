// Spans between instants as monotone functions. In: a span as a plan means it, an office calendar, an instant. Out: where the
// span leads to, and the two adjoints of that function, which carry bounds the other way. An instant is a boundary between days:
// the beginning of day d is d.days(), its end d.days() + 1. Absurd counts are cut to what no calendar reaches: nothing overflows
// for instants of the years 1 to 9999. Law: Civil Code 2015, art. 148.3 (months), 148.5 (an end on a rest day). Never fails.
#pragma once

#include <cstdint>

#include "runtime/time/office_calendar.h"

namespace ordo::solve {

enum class SpanUnit : uint8_t { kDays, kWorkingDays, kMonths };

struct Span {
  int32_t count = 0;             // negative: a lead
  SpanUnit unit = SpanUnit::kDays;
  bool rolls = false;            // an end on a rest day moves to the end of the next working day; working days end on none
  bool by_end = false;           // at most n working days: by the end of the n-th, not through the rest days behind it
  bool from_start = false;       // months counted from the day that begins at the instant, not from the one that ends: a length of work
  friend bool operator==(const Span&, const Span&) = default;
};

// f of one constraint `to >= f(from)` or `to <= f(from)`. W(x) is the number of working days before x.
//   kDays      x + n
//   kWorkEnd   least y with W(y) >= W(x) + n: the end of the n-th working day
//   kWorkGap   greatest y with W(y) <= W(x) + n: the beginning of the working day behind it
//   kMonths    from the day whose end x is, the same day number n months on, or the last day of that month; its end
//   kMonthsOfWork  from the day whose beginning x is, the same day number n months on; its beginning (1 to 31 March is a month)
// Zero working days lead nowhere: the instant itself, though a count alone would let `to` slip over rest days before `from`.
struct Shift {
  enum class Kind : uint8_t { kDays, kDaysRolled, kWorkEnd, kWorkGap, kMonths, kMonthsRolled, kMonthsOfWork };
  int32_t count = 0;
  Kind kind = Kind::kDays;

  static Shift OfLeast(const Span& span);
  static Shift OfMost(const Span& span);
  int32_t Apply(int32_t x, const OfficeCalendar& calendar) const;
  int32_t GreatestBelow(int32_t y, const OfficeCalendar& calendar) const;   // greatest x with f(x) <= y
  int32_t LeastAbove(int32_t y, const OfficeCalendar& calendar) const;      // least x with f(x) >= y
};

// What a bound is sure to gain when it passes, at any instant: `days` on x, `working` on W(x). Both may be far below the truth.
struct Gain {
  static constexpr int64_t kUnknown = -(int64_t{1} << 40);   // so low that no ring makes it good
  int64_t days = 0, working = 0;
};
Gain GainOfApply(const Shift& shift);
Gain GainOfLeastAbove(const Shift& shift);

}  // namespace ordo::solve

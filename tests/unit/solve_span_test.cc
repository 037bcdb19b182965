// Spans and their adjoints against a walk over every instant, on calendars with long holidays, worked weekends and none.
#include <gtest/gtest.h>

#include <climits>
#include <random>

#include "runtime/solve/span.h"

namespace ordo::solve {
namespace {

std::vector<OfficeCalendar> OddCalendars(int32_t first, int32_t last) {
  std::vector<OfficeCalendar> calendars = {OfficeCalendar()};
  std::mt19937 random(7);
  for (const uint32_t kind : {0u, 1u, 2u}) {
    std::vector<SpecialDay> days;
    for (int32_t day = first; day <= last; ++day) {
      const uint32_t throw_of = random() % 100;
      if (kind == 0 && throw_of < 12) days.push_back({Date(day), throw_of < 6 ? DayKind::kStatutory : DayKind::kSwapWork});
      if (kind == 1 && day % 31 < 13) days.push_back({Date(day), DayKind::kOwnOff});
      if (kind == 2 && day % 40 < 22) days.push_back({Date(day), DayKind::kOwnWork});
    }
    calendars.emplace_back(std::move(days));
  }
  return calendars;
}

std::vector<Shift> Shifts() {
  std::vector<Shift> shifts;
  for (const SpanUnit unit : {SpanUnit::kDays, SpanUnit::kWorkingDays, SpanUnit::kMonths}) {
    for (const int32_t count : {-40, -13, -6, -5, -2, -1, 0, 1, 2, 3, 5, 6, 11, 12, 27, 48}) {
      for (const int flags : {0, 1, 2, 3, 4}) {
        const Span span{count, unit, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0};
        shifts.push_back(Shift::OfLeast(span));
        shifts.push_back(Shift::OfMost(span));
      }
    }
  }
  return shifts;
}

constexpr int32_t kFirst = 20000, kLast = 20560;   // over a leap day

TEST(Span, MonotoneWithBothAdjointsOnOddCalendars) {
  size_t seen = 0;
  for (const OfficeCalendar& calendar : OddCalendars(kFirst + 100, kLast - 100)) {
    for (const Shift& shift : Shifts()) {
      for (int32_t x = kFirst; x < kLast; ++x) {
        ASSERT_LE(shift.Apply(x, calendar), shift.Apply(x + 1, calendar));
        // Galois connections: what a walk over all x would find.
        const int32_t greatest = shift.GreatestBelow(x, calendar), least = shift.LeastAbove(x, calendar);
        ASSERT_LE(shift.Apply(greatest, calendar), x) << int(shift.kind) << ' ' << shift.count << ' ' << x;
        ASSERT_GT(shift.Apply(greatest + 1, calendar), x) << int(shift.kind) << ' ' << shift.count << ' ' << x;
        ASSERT_GE(shift.Apply(least, calendar), x) << int(shift.kind) << ' ' << shift.count << ' ' << x;
        ASSERT_LT(shift.Apply(least - 1, calendar), x) << int(shift.kind) << ' ' << shift.count << ' ' << x;
        ++seen;
      }
    }
  }
  EXPECT_GT(seen, 500'000u);
}

TEST(Span, WorkingDaysCountTheDaysBetween) {
  for (const OfficeCalendar& calendar : OddCalendars(kFirst + 20, kFirst + 100)) {
    const auto count = [&](int32_t from, int32_t to) {
      int32_t days = 0;
      for (int32_t day = std::min(from, to); day < std::max(from, to); ++day) days += calendar.IsWorking(Date(day));
      return from <= to ? days : -days;
    };
    for (int32_t x = kFirst + 30; x < kFirst + 90; ++x) {
      for (const int32_t n : {-9, -1, 1, 4, 10}) {
        const int32_t end = Shift::OfLeast({n, SpanUnit::kWorkingDays}).Apply(x, calendar);
        const int32_t gap = Shift::OfMost({n, SpanUnit::kWorkingDays}).Apply(x, calendar);
        for (int32_t y = x - 60; y < x + 60; ++y) {
          EXPECT_EQ(y >= end, count(x, y) >= n) << x << ' ' << y << ' ' << n;
          EXPECT_EQ(y <= gap, count(x, y) <= n) << x << ' ' << y << ' ' << n;
        }
        EXPECT_EQ(Shift::OfMost({n, SpanUnit::kWorkingDays, false, true}).Apply(x, calendar), end);
      }
      EXPECT_EQ(Shift::OfLeast({0, SpanUnit::kWorkingDays}).Apply(x, calendar), x);
    }
  }
}

TEST(Span, KnownEnds) {
  const OfficeCalendar plain;
  const auto day = [](int year, int month, int number) { return Date::FromYmd(year, month, number)->days(); };
  // The end of 31/01/2026 and one month: the end of 28/02, a Saturday; rolled: the end of Monday 02/03.
  EXPECT_EQ(Shift::OfLeast({1, SpanUnit::kMonths}).Apply(day(2026, 1, 31) + 1, plain), day(2026, 2, 28) + 1);
  EXPECT_EQ(Shift::OfLeast({1, SpanUnit::kMonths, true}).Apply(day(2026, 1, 31) + 1, plain), day(2026, 3, 2) + 1);
  // From the end of Thursday 26/02/2026: two working days end with Monday.
  EXPECT_EQ(Shift::OfLeast({2, SpanUnit::kWorkingDays}).Apply(day(2026, 2, 26) + 1, plain), day(2026, 3, 2) + 1);
  EXPECT_EQ(Shift::OfMost({1, SpanUnit::kWorkingDays}).Apply(day(2026, 2, 26) + 1, plain), day(2026, 3, 2));
}

TEST(Span, SureGainsAreNeverAboveTheTruth) {
  for (const OfficeCalendar& calendar : OddCalendars(kFirst + 100, kLast - 100)) {
    const auto work = [&](int32_t x) { return int64_t{calendar.WorkingDays(Date(kFirst), Date(x - 1))}; };
    for (const Shift& shift : Shifts()) {
      const Gain apply = GainOfApply(shift), least = GainOfLeastAbove(shift);
      for (int32_t x = kFirst; x < kLast; ++x) {
        const int32_t up = shift.Apply(x, calendar), back = shift.LeastAbove(x, calendar);
        ASSERT_GE(up - x, apply.days) << int(shift.kind) << ' ' << shift.count;
        ASSERT_GE(work(up) - work(x), apply.working) << int(shift.kind) << ' ' << shift.count;
        ASSERT_GE(back - x, least.days) << int(shift.kind) << ' ' << shift.count;
        ASSERT_GE(work(back) - work(x), least.working) << int(shift.kind) << ' ' << shift.count;
      }
    }
  }
}

TEST(Span, AbsurdCountsDoNotOverflow) {
  const OfficeCalendar plain;
  const int32_t ends[] = {Date::FromYmd(1, 1, 1)->days(), Date::FromYmd(9999, 12, 31)->days() + 1};
  for (const SpanUnit unit : {SpanUnit::kDays, SpanUnit::kWorkingDays, SpanUnit::kMonths}) {
    for (const int32_t count : {INT_MIN, INT_MAX}) {
      const Shift shift = Shift::OfLeast({count, unit, true});
      for (const int32_t x : ends) {
        EXPECT_EQ(shift.Apply(x, plain) > ends[1], count > 0);
        EXPECT_EQ(shift.GreatestBelow(x, plain) < ends[0], count > 0);
        EXPECT_EQ(shift.LeastAbove(x, plain) > ends[1], count < 0);
      }
    }
  }
}

}  // namespace
}  // namespace ordo::solve

// Ends of limits by the Civil Code, art. 144 to 148.
#include "runtime/time/limit.h"

#include <gtest/gtest.h>

#include "support/calendar_vectors.h"

namespace ordo {
namespace {

using testing::CalendarVectors;

Date Day(int year, int month, int day) { return Date::FromYmd(year, month, day).value(); }
Length Of(int count, TimeUnit unit) { return {Decimal::FromInt(count), unit}; }

TEST(Limit, TheVectors) {
  const OfficeCalendar calendar = testing::CalendarOfVectors();
  size_t seen = 0;
  for (const auto& [kind, unit] : {std::pair<const char*, TimeUnit>{"days-after", TimeUnit::kDay},
                                   {"weeks-after", TimeUnit::kWeek},
                                   {"months-after", TimeUnit::kMonth},
                                   {"years-after", TimeUnit::kYear},
                                   {"workdays-after", TimeUnit::kWorkingDay}}) {
    for (const auto& vector : CalendarVectors(kind)) {
      const size_t plus = vector.input.find(" +");
      const Date event = *ParseIsoDate(vector.input.substr(0, plus));
      const auto end = EndOfLimit(event, Of(std::stoi(vector.input.substr(plus + 2)), unit), &calendar);
      ASSERT_TRUE(end) << kind << " " << vector.input;
      EXPECT_EQ(end->last.Iso(), vector.expected) << kind << " " << vector.input;
      const std::string raw = vector.note.starts_with("raw ") ? vector.note.substr(4) : vector.expected;
      EXPECT_EQ(end->raw.Iso(), raw) << kind << " " << vector.input;
      ++seen;
    }
  }
  EXPECT_EQ(seen, 24u);
}

TEST(Limit, WithoutACalendarNothingRollsAndWorkingDaysHaveNoEnd) {
  const auto end = EndOfLimit(Day(2026, 2, 6), Of(10, TimeUnit::kDay), nullptr);
  ASSERT_TRUE(end);
  EXPECT_EQ(end->raw, Day(2026, 2, 16));
  EXPECT_EQ(end->last, end->raw);
  EXPECT_FALSE(EndOfLimit(Day(2026, 2, 6), Of(10, TimeUnit::kWorkingDay), nullptr));
}

TEST(Limit, MonthsEndOnTheSameNumberOrTheLastDay) {
  const OfficeCalendar weekends;
  EXPECT_EQ(EndOfLimit(Day(2026, 1, 30), Of(1, TimeUnit::kMonth), &weekends)->raw, Day(2026, 2, 28));
  EXPECT_EQ(EndOfLimit(Day(2026, 1, 30), Of(1, TimeUnit::kMonth), &weekends)->last, Day(2026, 3, 2));
  EXPECT_EQ(EndOfLimit(Day(2024, 2, 29), Of(4, TimeUnit::kYear), nullptr)->raw, Day(2028, 2, 29));
  EXPECT_EQ(EndOfLimit(Day(2026, 5, 31), Of(1, TimeUnit::kQuarter), nullptr)->raw, Day(2026, 8, 31));
  EXPECT_EQ(EndOfLimit(Day(2026, 5, 31), Of(1, TimeUnit::kHalfYear), nullptr)->raw, Day(2026, 11, 30));
}

TEST(Limit, HalvesAreThoseOfTheLaw) {
  const auto half = [](int tenths, TimeUnit unit) { return Length{*Decimal::Make(tenths, 1), unit}; };
  EXPECT_EQ(EndOfLimit(Day(2026, 3, 1), half(5, TimeUnit::kMonth), nullptr)->raw, Day(2026, 3, 16));    // 15 days
  EXPECT_EQ(EndOfLimit(Day(2026, 1, 31), half(15, TimeUnit::kMonth), nullptr)->raw, Day(2026, 3, 15));  // 28/2, then 15 days
  EXPECT_EQ(EndOfLimit(Day(2026, 3, 1), half(5, TimeUnit::kYear), nullptr)->raw, Day(2026, 9, 1));      // 6 months
  EXPECT_EQ(EndOfLimit(Day(2026, 3, 1), half(25, TimeUnit::kYear), nullptr)->raw, Day(2028, 9, 1));
  EXPECT_FALSE(EndOfLimit(Day(2026, 3, 1), half(5, TimeUnit::kDay), nullptr));
  EXPECT_FALSE(EndOfLimit(Day(2026, 3, 1), half(3, TimeUnit::kMonth), nullptr));
}

TEST(Limit, WhatHasNoEnd) {
  const OfficeCalendar weekends;
  EXPECT_FALSE(EndOfLimit(Day(2026, 3, 1), Of(48, TimeUnit::kHour), &weekends));
  EXPECT_FALSE(EndOfLimit(Day(2026, 3, 1), Of(1, TimeUnit::kNone), &weekends));
  EXPECT_FALSE(EndOfLimit(Day(2026, 3, 1), Of(-1, TimeUnit::kDay), &weekends));
  EXPECT_FALSE(EndOfLimit(Day(9999, 12, 30), Of(5, TimeUnit::kDay), &weekends));
  EXPECT_FALSE(EndOfLimit(Day(9999, 12, 30), Of(8000, TimeUnit::kYear), &weekends));
  EXPECT_FALSE(EndOfLimit(Day(9999, 12, 30), Of(1'000'000, TimeUnit::kWorkingDay), &weekends));
}

TEST(Limit, TheDayOfTheEventIsNotCounted) {
  const OfficeCalendar weekends;
  EXPECT_EQ(EndOfLimit(Day(2026, 3, 2), Of(0, TimeUnit::kDay), &weekends)->last, Day(2026, 3, 2));
  EXPECT_EQ(EndOfLimit(Day(2026, 3, 7), Of(0, TimeUnit::kDay), &weekends)->last, Day(2026, 3, 9));   // a Saturday
  EXPECT_EQ(EndOfLimit(Day(2026, 3, 7), Of(1, TimeUnit::kWorkingDay), &weekends)->last, Day(2026, 3, 9));
}

}  // namespace
}  // namespace ordo

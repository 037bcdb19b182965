// Date arithmetic against a walk over every day of the calendar that knows only the lengths of months and the leap rule.
#include <gtest/gtest.h>

#include "runtime/time/civil.h"

namespace ordo {
namespace {

Date Day(int year, int month, int day) { return Date::FromYmd(year, month, day).value(); }

bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int LengthOf(int year, int month) {
  constexpr int kLengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kLengths[month - 1];
}

TEST(Civil, EveryDayOfTheCalendarRoundTripsAndFollowsTheOneBefore) {
  Date expected = Day(1, 1, 1);
  int weekday = 0;  // 1 January of the year 1 was a Monday
  for (int year = 1; year <= 9999; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= LengthOf(year, month); ++day) {
        const std::optional<Date> date = Date::FromYmd(year, month, day);
        ASSERT_EQ(date, expected) << year << '-' << month << '-' << day;
        const Ymd back = date->ymd();
        ASSERT_TRUE(back.year == year && back.month == month && back.day == day) << date->Iso();
        ASSERT_EQ(date->weekday(), weekday) << date->Iso();
        expected = expected.PlusDays(1);
        weekday = (weekday + 1) % 7;
      }
      ASSERT_EQ(Date::MonthEnd(year, month), expected.PlusDays(-1));
      ASSERT_FALSE(Date::FromYmd(year, month, LengthOf(year, month) + 1));
    }
  }
}

TEST(Civil, KnownDays) {
  EXPECT_EQ(Day(1970, 1, 1).days(), 0);
  EXPECT_EQ(Day(1970, 1, 1).weekday(), 3);   // Thursday
  EXPECT_EQ(Day(2000, 3, 1).days(), 11017);
  EXPECT_EQ(Day(2026, 1, 28).weekday(), 2);  // Wednesday
  EXPECT_EQ(Day(2026, 1, 31).weekday(), 5);  // Saturday
  EXPECT_EQ(Day(2026, 3, 15).weekday(), 6);  // Sunday
  EXPECT_EQ(Day(1969, 12, 31).days(), -1);
}

TEST(Civil, DaysThatNoCalendarHas) {
  EXPECT_TRUE(Date::FromYmd(2024, 2, 29));
  EXPECT_TRUE(Date::FromYmd(2000, 2, 29));
  EXPECT_FALSE(Date::FromYmd(2026, 2, 29));
  EXPECT_FALSE(Date::FromYmd(1900, 2, 29));
  EXPECT_FALSE(Date::FromYmd(2026, 2, 31));
  EXPECT_FALSE(Date::FromYmd(2026, 4, 31));
  EXPECT_FALSE(Date::FromYmd(2026, 13, 1));
  EXPECT_FALSE(Date::FromYmd(2026, 0, 1));
  EXPECT_FALSE(Date::FromYmd(2026, 1, 0));
  EXPECT_FALSE(Date::FromYmd(2026, -1, 1));
  EXPECT_FALSE(Date::FromYmd(2026, 257, 1));        // 1 in eight bits
  EXPECT_FALSE(Date::FromYmd(2026, 1, 257));
  EXPECT_FALSE(Date::FromYmd(2026 + 65536, 1, 1));  // 2026 in sixteen bits
  EXPECT_FALSE(Date::FromYmd(0, 1, 1));
  EXPECT_FALSE(Date::FromYmd(10000, 1, 1));
}

TEST(Civil, MonthsKeepTheDayOrTakeTheEndOfTheMonth) {
  EXPECT_EQ(Day(2026, 1, 31).PlusMonths(1).Iso(), "2026-02-28");
  EXPECT_EQ(Day(2024, 1, 31).PlusMonths(1).Iso(), "2024-02-29");
  EXPECT_EQ(Day(2026, 3, 31).PlusMonths(1).Iso(), "2026-04-30");
  EXPECT_EQ(Day(2026, 11, 30).PlusMonths(3).Iso(), "2027-02-28");
  EXPECT_EQ(Day(2024, 2, 29).PlusMonths(12).Iso(), "2025-02-28");
  EXPECT_EQ(Day(2024, 2, 29).PlusMonths(48).Iso(), "2028-02-29");
  EXPECT_EQ(Day(2026, 3, 31).PlusMonths(-1).Iso(), "2026-02-28");
  EXPECT_EQ(Day(2026, 1, 15).PlusMonths(-13).Iso(), "2024-12-15");
  EXPECT_EQ(Day(2026, 1, 15).PlusMonths(0).Iso(), "2026-01-15");
}

TEST(Civil, PrintsAndReads) {
  EXPECT_EQ(Day(2026, 1, 28).ToString(Language::kVietnamese), "28/01/2026");
  EXPECT_EQ(Day(2026, 1, 28).ToString(Language::kEnglish), "2026-01-28");
  EXPECT_EQ(Day(33, 4, 3).Iso(), "0033-04-03");
  EXPECT_EQ(ParseIsoDate("2026-01-28"), Day(2026, 1, 28));
  for (const std::string_view bad : {"", "2026-02-29", "2026-1-28", "28/01/2026", "2026-01-28 ", "2026-01-2x", "+026-01-28",
                                     "2026-+1-28", "2026/01/28", "0000-01-01", "2026-00-10", "20260128"}) {
    EXPECT_FALSE(ParseIsoDate(bad)) << bad;
  }
}

TEST(Civil, Order) {
  EXPECT_LT(Day(2026, 1, 31), Day(2026, 2, 1));
  EXPECT_GT(Day(2026, 1, 1), Day(2025, 12, 31));
  EXPECT_EQ(Date(), Day(1970, 1, 1));
}

}  // namespace
}  // namespace ordo

// The lunar table: its laws, and the dates that are known. Nothing is computed from the sky here.
#include "runtime/time/lunar.h"

#include <gtest/gtest.h>

#include "fmt/format.h"
#include "support/calendar_vectors.h"

namespace ordo {
namespace {

using testing::CalendarVectors;

std::string Shown(const LunarDate& date) { return fmt::format("{}/{}{}", date.day, date.month, date.leap ? " leap" : ""); }

TEST(Lunar, TheVectors) {
  size_t seen = 0;
  for (const auto& [kind, month, day] : {std::tuple<const char*, int, int>{"tet", 1, 1}, {"gio-to", 3, 10}}) {
    for (const auto& vector : CalendarVectors(kind)) {
      const auto date = DayOf({std::stoi(vector.input), month, day});
      ASSERT_TRUE(date) << kind << vector.input;
      EXPECT_EQ(date->Iso(), vector.expected) << kind;
      ++seen;
    }
  }
  for (const char* kind : {"leap-month", "lunar"}) {
    for (const auto& vector : CalendarVectors(kind)) {
      const auto lunar = LunarOf(*ParseIsoDate(vector.input));
      ASSERT_TRUE(lunar) << vector.input;
      EXPECT_EQ(Shown(*lunar), vector.expected) << vector.input;
      ++seen;
    }
  }
  EXPECT_EQ(seen, 61u + 61u + 23u + 16u);
}

// Every day from the first to the last of the table has one lunar date, follows the one before, and comes back as itself.
TEST(Lunar, DaysFollowOneAnother) {
  const Date first = *DayOf({kFirstLunarYear, 1, 1});
  LunarDate before;
  size_t days = 0;
  for (Date day = first;; day = day.PlusDays(1)) {
    const auto lunar = LunarOf(day);
    if (!lunar) break;
    ASSERT_EQ(DayOf(*lunar), day) << day.Iso();
    if (days++ > 0) {
      if (lunar->day == 1) {
        ASSERT_TRUE(before.day == 29 || before.day == 30) << day.Iso();
        const bool leap = lunar->leap && lunar->month == before.month && !before.leap;
        const bool next = !lunar->leap && lunar->month == before.month % 12 + 1;
        ASSERT_TRUE(leap || next) << day.Iso();
        ASSERT_EQ(lunar->year, before.year + (next && lunar->month == 1 ? 1 : 0)) << day.Iso();
      } else {
        ASSERT_EQ(lunar->day, before.day + 1) << day.Iso();
        ASSERT_EQ(lunar->month, before.month);
        ASSERT_EQ(lunar->leap, before.leap);
      }
    }
    before = *lunar;
  }
  EXPECT_EQ(before.year, kLastLunarYear);
  EXPECT_EQ(before.month, 12);
  EXPECT_GT(days, 62u * 354u);
}

// Laws that any lunisolar calendar of this kind keeps: new years between 20 January and 21 February, seven leap months in
// nineteen years give or take one, no three long months of one kind too many, months of one mean length.
TEST(Lunar, TheTableKeepsItsLaws) {
  int leaps = 0;
  for (int year = kFirstLunarYear; year <= kLastLunarYear; ++year) {
    const Ymd tet = DayOf({year, 1, 1})->ymd();
    EXPECT_EQ(tet.year, year);
    EXPECT_TRUE((tet.month == 1 && tet.day >= 20) || (tet.month == 2 && tet.day <= 21)) << year;
    const int leap = *LeapMonthOf(year);
    EXPECT_TRUE(leap >= 0 && leap <= 11) << year;
    leaps += leap != 0;
    // The solstice of 21 or 22 December lies in month 11.
    const Date solstice = *Date::FromYmd(year, 12, 22);
    const auto lunar = LunarOf(solstice);
    ASSERT_TRUE(lunar) << year;
    EXPECT_TRUE(lunar->month == 11 || (lunar->month == 11 && lunar->leap) || LunarOf(solstice.PlusDays(-1))->month == 11) << year;
  }
  EXPECT_NEAR(leaps, (kLastLunarYear - kFirstLunarYear + 1) * 7.0 / 19.0, 1.0);
  const Date first = *DayOf({kFirstLunarYear, 1, 1});
  const Date last = *DayOf({kLastLunarYear, 12, 1});
  const int months = 12 * (kLastLunarYear - kFirstLunarYear) + 11 + leaps;
  EXPECT_NEAR((last.days() - first.days()) / 29.530588853, months, 0.05);
}

TEST(Lunar, NothingOutsideTheTable) {
  EXPECT_FALSE(LunarOf(*Date::FromYmd(1989, 2, 5)));
  EXPECT_TRUE(LunarOf(*Date::FromYmd(1989, 2, 6)));
  EXPECT_FALSE(LunarOf(*Date::FromYmd(2051, 3, 1)));
  EXPECT_FALSE(DayOf({1988, 1, 1}));
  EXPECT_FALSE(DayOf({2051, 1, 1}));
  EXPECT_FALSE(DayOf({2026, 0, 1}));
  EXPECT_FALSE(DayOf({2026, 13, 1}));
  EXPECT_FALSE(DayOf({2026, 1, 31}));
  EXPECT_FALSE(DayOf({2026, 1, 0}));
  EXPECT_FALSE(DayOf({2026, 6, 1, true}));   // 2026 has no leap month
  EXPECT_FALSE(LeapMonthOf(2051));
}

}  // namespace
}  // namespace ordo

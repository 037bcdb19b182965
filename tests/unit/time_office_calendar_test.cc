// The office calendar against a walk over the days that knows nothing but the list of special days.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "support/calendar_vectors.h"

namespace ordo {
namespace {

using testing::CalendarVectors;

Date Day(int year, int month, int day) { return Date::FromYmd(year, month, day).value(); }

// Which special day holds, by the rule of the header, told naively.
int Rank(const SpecialDay& day) {
  if (day.status == DayStatus::kProposed) return 0;
  if (day.kind == DayKind::kOwnOff || day.kind == DayKind::kOwnWork) return 3;
  return day.status == DayStatus::kAnnounced ? 2 : 1;
}

struct Naive {
  std::map<Date, SpecialDay> holds;
  explicit Naive(const std::vector<SpecialDay>& days) {
    for (const SpecialDay& day : days) {
      if (Rank(day) == 0) continue;
      const auto [at, fresh] = holds.emplace(day.date, day);
      if (!fresh && Rank(day) >= Rank(at->second)) at->second = day;
    }
  }
  bool Works(Date day) const {
    const auto at = holds.find(day);
    return at == holds.end() ? day.weekday() < 5 : at->second.works();
  }
  Date Step(Date day, int n) const {   // the n-th working day after, or before
    for (int left = n; left != 0;) {
      day = day.PlusDays(n > 0 ? 1 : -1);
      if (Works(day)) left -= n > 0 ? 1 : -1;
    }
    return day;
  }
  int Count(Date after, Date until) const {
    int count = 0;
    for (Date day = after; day < until;) {
      day = day.PlusDays(1);
      count += Works(day);
    }
    return count;
  }
};

TEST(OfficeCalendar, AgreesWithAWalkOverRandomSpecialDays) {
  std::mt19937 random(20260117);
  for (int round = 0; round < 200; ++round) {
    const Date begin = Day(1960 + round / 2, 1 + round % 12, 1 + round % 28);
    std::vector<SpecialDay> days;
    const int span = 1 + static_cast<int>(random() % 120);
    for (int n = static_cast<int>(random() % 40); n > 0; --n) {
      SpecialDay day;
      day.date = begin.PlusDays(static_cast<int>(random() % span));
      day.kind = static_cast<DayKind>(random() % 6);
      day.status = static_cast<DayStatus>(random() % 3);
      days.push_back(day);
    }
    const OfficeCalendar calendar(days);
    const Naive naive(days);
    for (int i = -20; i < span + 20; ++i) {
      const Date day = begin.PlusDays(i);
      ASSERT_EQ(calendar.IsWorking(day), naive.Works(day)) << round << " " << day.Iso();
      ASSERT_EQ(calendar.Find(day) != nullptr, naive.holds.contains(day));
      ASSERT_EQ(calendar.NextWorking(day), naive.Works(day) ? day : naive.Step(day, 1)) << day.Iso();
      ASSERT_EQ(calendar.PreviousWorking(day), naive.Works(day) ? day : naive.Step(day, -1)) << day.Iso();
      const int n = static_cast<int>(random() % 60) - 30;
      ASSERT_EQ(calendar.PlusWorkingDays(day, n), n == 0 ? day : naive.Step(day, n)) << day.Iso() << " " << n;
      const Date other = day.PlusDays(static_cast<int>(random() % 90));
      ASSERT_EQ(calendar.WorkingDays(day, other), naive.Count(day, other));
      ASSERT_EQ(calendar.WorkingDays(other, day), -naive.Count(day, other));
    }
  }
}

TEST(OfficeCalendar, OnlyWeekendsRestWithoutSpecialDays) {
  const OfficeCalendar calendar;
  EXPECT_TRUE(calendar.IsWorking(Day(2026, 2, 17)));
  EXPECT_FALSE(calendar.IsWorking(Day(2026, 2, 15)));
  EXPECT_EQ(calendar.WorkingDays(Day(2025, 12, 31), Day(2026, 12, 31)), 261);
  EXPECT_EQ(calendar.WorkingDays(Day(1959, 12, 31), Day(1960, 12, 31)), 261);   // before the day that is counted from
  EXPECT_TRUE(calendar.days().empty());
}

TEST(OfficeCalendar, ProposedDaysAreKeptAndNeverCount) {
  const OfficeCalendar calendar({{Day(2026, 11, 23), DayKind::kSwapOff, DayScope::kCivilService, DayStatus::kProposed},
                                 {Day(2026, 11, 28), DayKind::kSwapWork, DayScope::kCivilService, DayStatus::kProposed}});
  EXPECT_EQ(calendar.days().size(), 2u);
  EXPECT_TRUE(calendar.IsWorking(Day(2026, 11, 23)));
  EXPECT_FALSE(calendar.IsWorking(Day(2026, 11, 28)));
  EXPECT_EQ(calendar.Find(Day(2026, 11, 23)), nullptr);
  EXPECT_FALSE(calendar.IsProvisional(2026));
}

TEST(OfficeCalendar, AYearWithAComputedDayIsProvisional) {
  const OfficeCalendar calendar({{Day(2027, 1, 1), DayKind::kStatutory, DayScope::kAllWorkers, DayStatus::kComputed},
                                 {Day(2026, 1, 1), DayKind::kStatutory}});
  EXPECT_TRUE(calendar.IsProvisional(2027));
  EXPECT_FALSE(calendar.IsProvisional(2026));
}

TEST(OfficeCalendar, TheVectorsOf2025And2026) {
  const OfficeCalendar calendar = testing::CalendarOfVectors();
  size_t seen = 0;
  for (const auto& vector : CalendarVectors("off")) {
    const Date day = *ParseIsoDate(vector.input);
    EXPECT_FALSE(calendar.IsWorking(day)) << vector.input;
    EXPECT_LT(day.weekday(), 5) << vector.input;
    ++seen;
  }
  for (const auto& vector : CalendarVectors("work")) {
    const Date day = *ParseIsoDate(vector.input);
    EXPECT_TRUE(calendar.IsWorking(day)) << vector.input;
    EXPECT_EQ(day.weekday(), 5) << vector.input;
    ++seen;
  }
  for (const auto& vector : CalendarVectors("workdays-after")) {
    const size_t plus = vector.input.find(" +");
    EXPECT_EQ(calendar.PlusWorkingDays(*ParseIsoDate(vector.input.substr(0, plus)), std::stoi(vector.input.substr(plus + 2))),
              *ParseIsoDate(vector.expected))
        << vector.input;
    ++seen;
  }
  EXPECT_GE(seen, 35u);
  // Working days a month as the offices count them (2.2 of the facts).
  constexpr int kMonths[2][12] = {{17, 20, 21, 21, 20, 21, 23, 21, 20, 23, 20, 23}, {21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23}};
  for (const int year : {2025, 2026}) {
    for (int month = 1; month <= 12; ++month) {
      EXPECT_EQ(calendar.WorkingDays(Day(year, month, 1).PlusDays(-1), Date::MonthEnd(year, month)), kMonths[year - 2025][month - 1])
          << year << "-" << month;
    }
  }
}

}  // namespace
}  // namespace ordo

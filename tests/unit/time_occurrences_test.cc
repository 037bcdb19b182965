// When times come round: by hand, against the recurrence rules of libical wherever one says the same, and against a walk over the
// days of the stretch where none does.
#include <gtest/gtest.h>
#include <libical/ical.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "runtime/time/occurrences.h"

namespace ordo {
namespace {

using Bound = Rhythm::Bound;
using Form = Time::Form;
using Kind = Point::Kind;

Date Iso(std::string_view text) { return ParseIsoDate(text).value(); }
Point DayPoint(Date day) {
  const Ymd ymd = day.ymd();
  return {.kind = Kind::kDay, .year = int16_t(ymd.year), .month = int8_t(ymd.month), .day = int8_t(ymd.day)};
}
Point Yearly(int month, int day) { return {.kind = Kind::kYearlyDay, .month = int8_t(month), .day = int8_t(day)}; }
Point Monthly(int day) { return {.kind = Kind::kMonthDay, .day = int8_t(day)}; }
Point Part(Kind kind, int part, int year = 0) { return {.kind = kind, .year = int16_t(year), .month = int8_t(part)}; }
Rhythm Every(int count, TimeUnit unit) { return {.count = Decimal::FromInt(count), .unit = unit}; }
Time On(Rhythm rhythm) { return {.form = Form::kEvery, .rhythm = std::move(rhythm)}; }
Time To(Form form, Point to) { return {.form = form, .to = to}; }

TimeContext Plan2026() {
  TimeContext context;
  context.issue_date = Iso("2026-01-28");
  context.plan_first = Iso("2026-01-01");
  context.plan_last = Iso("2026-12-31");
  return context;
}

// "2026-01-01..2026-03-31 2026-03-31; ..."
std::string Show(const Time& time, const TimeContext& context, std::string_view from = "2020-01-01", std::string_view to = "2035-12-31") {
  std::string text;
  for (const Occurrence& at : Occurrences(time, context, Iso(from), Iso(to))) {
    text += fmt::format("{}{}..{} {}", text.empty() ? "" : "; ", at.first.Iso(), at.last.Iso(), at.due.Iso());
    if (at.hour >= 0) text += fmt::format(" {}:{:02}", at.hour, at.minute);
    if (at.effective != at.due) text += " -> " + at.effective.Iso();
  }
  return text;
}

TEST(Occurrences, OfAFixedTimeIsOne) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(Show(To(Form::kIn, Part(Kind::kQuarter, 2, 2026)), plan), "2026-04-01..2026-06-30 2026-06-30");
  EXPECT_EQ(Show(To(Form::kBefore, DayPoint(Iso("2026-03-15"))), plan), "2026-01-01..2026-03-14 2026-03-14");
  EXPECT_EQ(Show({.form = Form::kWithin, .length = {Decimal::FromInt(100), TimeUnit::kDay}}, plan), "2026-01-28..2026-05-08 2026-05-08");
  EXPECT_EQ(Show(To(Form::kIn, Part(Kind::kQuarter, 2, 2026)), plan, "2026-07-01"), "");
  EXPECT_EQ(Show({.form = Form::kFromTo, .from = Part(Kind::kYear, 0, 2030), .to = Part(Kind::kYear, 0, 2025)}, plan),
            "2025-12-31..2025-12-31 2025-12-31");
}

TEST(Occurrences, OfWhatHasNoDayAreNone) {
  const TimeContext plan = Plan2026();
  for (const Form form : {Form::kNone, Form::kOngoing, Form::kGuided, Form::kOnRequest, Form::kWhen, Form::kIf, Form::kAsBelow, Form::kText,
                          Form::kLength, Form::kByDecree}) {
    EXPECT_EQ(Show({.form = form}, plan), "");
  }
  EXPECT_EQ(Show({.form = Form::kFrom, .from = Part(Kind::kYear, 0, 2026)}, plan), "");
  EXPECT_EQ(Show({.form = Form::kIn, .stance = Stance::kVision, .to = Part(Kind::kYear, 0, 2030)}, plan), "");
  EXPECT_EQ(Show(On({.unit = TimeUnit::kYear, .by = {{.kind = Kind::kImpossible, .month = 2, .day = 31}}}), plan), "");
  EXPECT_EQ(Show({.form = Form::kGuided, .limit = DayPoint(Iso("2026-06-30"))}, plan), "2026-06-30..2026-06-30 2026-06-30");
  // Counted from nowhere.
  EXPECT_EQ(Show(On(Every(2, TimeUnit::kWeek)), TimeContext()), "");
  EXPECT_EQ(Show(On(Every(6, TimeUnit::kMonth)), TimeContext()), "");
}

TEST(Occurrences, OfOnePeriodAreTheCalendarsOwn) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(Show(On(Every(1, TimeUnit::kQuarter)), plan),
            "2026-01-01..2026-03-31 2026-03-31; 2026-04-01..2026-06-30 2026-06-30; 2026-07-01..2026-09-30 2026-09-30; "
            "2026-10-01..2026-12-31 2026-12-31");
  EXPECT_EQ(Show(On(Every(1, TimeUnit::kHalfYear)), plan), "2026-01-01..2026-06-30 2026-06-30; 2026-07-01..2026-12-31 2026-12-31");
  EXPECT_EQ(Show(On(Every(1, TimeUnit::kYear)), plan), "2026-01-01..2026-12-31 2026-12-31");
  EXPECT_EQ(Show(On(Every(1, TimeUnit::kMonth)), plan, "2026-02-01", "2026-03-30"), "2026-02-01..2026-02-28 2026-02-28");
  EXPECT_EQ(Show(On(Every(1, TimeUnit::kWeek)), plan, "2026-01-20", "2026-01-27"), "2026-01-19..2026-01-25 2026-01-25");
  EXPECT_EQ(Show({.form = Form::kCountPer, .length = {Decimal::FromInt(2), TimeUnit::kHalfYear}}, plan),
            "2026-01-01..2026-06-30 2026-06-30; 2026-07-01..2026-12-31 2026-12-31");
  EXPECT_EQ(Show({.form = Form::kOngoing, .evidence = Every(1, TimeUnit::kHalfYear)}, plan),
            "2026-01-01..2026-06-30 2026-06-30; 2026-07-01..2026-12-31 2026-12-31");
}

TEST(Occurrences, OfSeveralPeriodsAreCountedFromTheDayOfIssue) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(Show(On(Every(6, TimeUnit::kMonth)), plan), "2026-01-29..2026-07-28 2026-07-28");
  EXPECT_EQ(Show(On(Every(2, TimeUnit::kWeek)), plan, "2026-01-01", "2026-03-01"),
            "2026-01-29..2026-02-11 2026-02-11; 2026-02-12..2026-02-25 2026-02-25");
  Time bounded = On(Every(30, TimeUnit::kMonth));
  bounded.since = Part(Kind::kYear, 0, 2026);
  bounded.limit = Part(Kind::kYear, 0, 2031);
  EXPECT_EQ(Show(bounded, plan), "2026-01-01..2028-06-30 2028-06-30; 2028-07-01..2030-12-31 2030-12-31");
  bounded.rhythm = {.count = Decimal::Make(25, 1).value(), .unit = TimeUnit::kYear};   // 2,5 năm
  EXPECT_EQ(Show(bounded, plan), "2026-01-01..2028-06-30 2028-06-30; 2028-07-01..2030-12-31 2030-12-31");
  Rhythm fridays = Every(2, TimeUnit::kWeek);
  fridays.weekday = 4;
  fridays.hour = 16;
  EXPECT_EQ(Show(On(fridays), plan, "2026-01-01", "2026-02-20"),
            "2026-01-17..2026-01-30 2026-01-30 16:00; 2026-01-31..2026-02-13 2026-02-13 16:00");
}

TEST(Occurrences, OnPlacesOfThePeriod) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(Show(On({.unit = TimeUnit::kYear, .by = {Part(Kind::kMonth, 6), Part(Kind::kMonth, 12)}}), plan),
            "2026-06-01..2026-06-30 2026-06-30; 2026-12-01..2026-12-31 2026-12-31");
  EXPECT_EQ(Show(On({.unit = TimeUnit::kYear, .by = {Yearly(12, 15), Yearly(6, 15)}, .bound = Bound::kBefore}), plan),
            "2026-01-01..2026-12-31 2026-06-14; 2026-01-01..2026-12-31 2026-12-14");
  EXPECT_EQ(Show(On({.unit = TimeUnit::kHalfYear, .by = {Yearly(6, 15), Yearly(12, 15)}, .bound = Bound::kBefore}), plan),
            "2026-01-01..2026-06-30 2026-06-14; 2026-07-01..2026-12-31 2026-12-14");
  EXPECT_EQ(Show(On({.unit = TimeUnit::kMonth, .by = {Monthly(18)}, .bound = Bound::kBefore}), plan, "2026-05-01", "2026-06-30"),
            "2026-05-01..2026-05-31 2026-05-17; 2026-06-01..2026-06-30 2026-06-17");
  EXPECT_EQ(Show(On({.unit = TimeUnit::kMonth, .by = {Monthly(30), Monthly(31)}}), plan, "2026-01-01", "2026-02-28"),
            "2026-01-01..2026-01-31 2026-01-30; 2026-01-01..2026-01-31 2026-01-31; 2026-02-01..2026-02-28 2026-02-28");
  EXPECT_EQ(Show(On({.unit = TimeUnit::kQuarter, .by = {Monthly(6)}, .bound = Bound::kBy}), plan, "2026-01-01", "2026-06-30"),
            "2026-01-01..2026-03-31 2026-03-06; 2026-04-01..2026-06-30 2026-06-06");
  EXPECT_EQ(Show(To(Form::kBefore, Yearly(11, 30)), plan), "2026-01-01..2026-12-31 2026-11-29");
  EXPECT_EQ(Show(To(Form::kIn, Yearly(11, 30)), plan), "2026-11-30..2026-11-30 2026-11-30");
  EXPECT_EQ(Show({.form = Form::kFromTo, .from = Yearly(12, 15), .to = Yearly(1, 15)}, TimeContext(), "2026-01-01", "2027-12-31"),
            "2025-12-15..2026-01-15 2026-01-15; 2026-12-15..2027-01-15 2027-01-15");
}

TEST(Occurrences, ShowWhatThePolicyForRestDaysMakesOfThem) {
  TimeContext plan = Plan2026();
  const OfficeCalendar calendar;   // weekends
  plan.calendar = &calendar;
  const Time monthly = On(Every(1, TimeUnit::kMonth));
  EXPECT_EQ(Show(monthly, plan, "2026-05-31", "2026-05-31"), "2026-05-01..2026-05-31 2026-05-31");
  plan.rest_days = RestDayPolicy::kBefore;
  EXPECT_EQ(Show(monthly, plan, "2026-05-31", "2026-05-31"), "2026-05-01..2026-05-31 2026-05-31 -> 2026-05-29");
  plan.rest_days = RestDayPolicy::kAfter;
  EXPECT_EQ(Show(monthly, plan, "2026-05-31", "2026-05-31"), "2026-05-01..2026-05-31 2026-05-31 -> 2026-06-01");
  // Counting working days needs a calendar.
  EXPECT_EQ(Show(On(Every(5, TimeUnit::kWorkingDay)), plan, "2026-01-28", "2026-02-12"),
            "2026-01-29..2026-02-04 2026-02-04; 2026-02-05..2026-02-11 2026-02-11");
  plan.calendar = nullptr;
  EXPECT_EQ(Show(On(Every(5, TimeUnit::kWorkingDay)), plan), "");
}

TEST(Occurrences, AreBoundedAtTheEndsOfTheCalendar) {
  const Date first = *Date::FromYmd(1, 1, 1), last = Date::MonthEnd(9999, 12);
  const OfficeCalendar calendar;
  TimeContext context;
  context.calendar = &calendar;
  for (const TimeUnit unit : {TimeUnit::kDay, TimeUnit::kWorkingDay, TimeUnit::kWeek, TimeUnit::kMonth, TimeUnit::kQuarter, TimeUnit::kHalfYear,
                              TimeUnit::kYear}) {
    const auto all = Occurrences(On(Every(1, unit)), context, Date(INT32_MIN), Date(INT32_MAX));
    EXPECT_EQ(all.size(), unit == TimeUnit::kYear ? 9999u : kMaxOccurrences);
    EXPECT_GE(all.front().due, first);
    EXPECT_LE(all.back().due, last);
    for (const int count : {999999, 2000000000}) {
      Time wide = On(Every(count, unit));
      wide.since = Part(Kind::kYear, 0, 1900);
      EXPECT_LE(Occurrences(wide, context, first, last).size(), 4u);
      wide.rhythm.count = Decimal::Make(25, 2).value();   // a quarter of a day has no days
      (void)Occurrences(wide, context, first, last);
    }
    EXPECT_TRUE(Occurrences(On(Every(1, unit)), context, last, first).empty());
  }
}

// ---- libical
std::vector<Date> ByRule(const std::string& rule, Date start, Date from, Date to) {
  icalrecurrencetype recurrence = icalrecurrencetype_from_string(rule.c_str());
  const Ymd ymd = start.ymd();
  const icaltimetype begin = icaltime_from_string(fmt::format("{:04}{:02}{:02}", ymd.year, ymd.month, ymd.day).c_str());
  icalrecur_iterator* iterator = icalrecur_iterator_new(recurrence, begin);
  EXPECT_NE(iterator, nullptr) << rule;
  std::vector<Date> days;
  if (!iterator) return days;
  for (icaltimetype at = icalrecur_iterator_next(iterator); !icaltime_is_null_time(at); at = icalrecur_iterator_next(iterator)) {
    const Date day = *Date::FromYmd(at.year, at.month, at.day);
    if (day > to) break;
    if (day >= from) days.push_back(day);
  }
  icalrecur_iterator_free(iterator);
  return days;
}

// A day of the month, or the month's last day where it has no such day.
std::string MonthDayRule(int day) {
  if (day <= 28) return fmt::format("BYMONTHDAY={}", day);
  std::string days = "BYMONTHDAY=28";
  for (int d = 29; d <= day; ++d) days += fmt::format(",{}", d);
  return days + ";BYSETPOS=-1";
}

TEST(Occurrences, AgreeWithRecurrenceRules) {
  std::mt19937 random(20260128);
  const auto up_to = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
  const char* const kDays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  size_t compared = 0, days = 0;
  for (int round = 0; round < 2500; ++round) {
    const Date since = Iso("2020-01-01").PlusDays(up_to(0, 3000));
    const Date from = since.PlusDays(up_to(-400, 1500)), to = from.PlusDays(up_to(0, 2500));
    const int n = up_to(1, 7), weekday = up_to(0, 6);
    Time time{.form = Form::kEvery};
    time.since = DayPoint(since);
    TimeContext context;
    std::string rule;
    Date start = since;
    int shift = 0;
    Rhythm& rhythm = time.rhythm;
    switch (up_to(0, 9)) {
      case 0:
        rhythm = Every(n, TimeUnit::kDay);
        rule = fmt::format("FREQ=DAILY;INTERVAL={}", n);
        start = since.PlusDays(n - 1);
        break;
      case 1:
        rhythm = Every(n, TimeUnit::kWeek);
        rhythm.weekday = static_cast<int8_t>(weekday);
        while (start.weekday() != weekday) start = start.PlusDays(1);
        rule = fmt::format("FREQ=WEEKLY;INTERVAL={};BYDAY={}", n, kDays[weekday]);
        break;
      case 2:
        rhythm = Every(n, TimeUnit::kWeek);
        rule = n == 1 ? "FREQ=WEEKLY;BYDAY=SU" : fmt::format("FREQ=WEEKLY;INTERVAL={}", n);
        if (n > 1) start = since.PlusDays(7 * n - 1);
        break;
      case 3: {
        const TimeUnit units[] = {TimeUnit::kMonth, TimeUnit::kQuarter, TimeUnit::kHalfYear, TimeUnit::kYear};
        const int which = up_to(0, 3);
        rhythm = Every(1, units[which]);
        start = Date::MonthEnd(2019, 12);
        const int months[] = {1, 3, 6, 12};
        rule = fmt::format("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY=-1", months[which]);
        if (up_to(0, 1) == 1) {
          rhythm.weekday = static_cast<int8_t>(weekday);
          while (start.weekday() != weekday) start = start.PlusDays(-1);
          rule = fmt::format("FREQ=MONTHLY;INTERVAL={};BYDAY=-1{}", months[which], kDays[weekday]);
        }
        break;
      }
      case 4:
      case 5: {
        const int day = up_to(1, 31), interval = up_to(0, 1) ? 1 : 3;
        rhythm = {.unit = interval == 1 ? TimeUnit::kMonth : TimeUnit::kQuarter, .by = {Monthly(day)}, .bound = Bound(up_to(0, 2))};
        shift = rhythm.bound == Bound::kBefore ? 1 : 0;
        start = *Date::FromYmd(2019, 12, day);
        rule = fmt::format("FREQ=MONTHLY;INTERVAL={};{}", interval, MonthDayRule(day));
        break;
      }
      case 6: {
        const int month = up_to(1, 12), day = up_to(1, month == 2 ? 29 : 30);
        rhythm = {.count = Decimal::FromInt(n), .unit = TimeUnit::kYear, .by = {Yearly(month, day)}, .bound = Bound(up_to(0, 2))};
        shift = rhythm.bound == Bound::kBefore ? 1 : 0;
        start = *Date::FromYmd(since.ymd().year - (n == 1 ? 1 : 0), 1, 1);
        rule = fmt::format("FREQ=YEARLY;INTERVAL={};BYMONTH={};BYMONTHDAY={}", n, month, day);
        break;
      }
      case 7: {
        const int a = up_to(1, 12), b = up_to(1, 12);
        rhythm = {.unit = TimeUnit::kYear, .by = {Part(Kind::kMonth, a)}};
        rule = fmt::format("FREQ=YEARLY;BYMONTH={}", a);
        if (b != a) {
          rhythm.by.push_back(Part(Kind::kMonth, b));
          rule += fmt::format(",{}", b);
        }
        rule += ";BYMONTHDAY=-1";
        start = *Date::FromYmd(2019, 1, 1);
        break;
      }
      case 8: {   // counted from a start
        if (since.ymd().day > 28) continue;
        rhythm = Every(n + 1, TimeUnit::kMonth);
        start = since.PlusMonths(n + 1).PlusDays(-1);
        rule = fmt::format("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}", n + 1, since.ymd().day == 1 ? -1 : since.ymd().day - 1);
        break;
      }
      default:   // counted from the day of issue
        rhythm = Every(n + 1, TimeUnit::kMonth);
        time.since = {};
        context.issue_date = since;
        start = since.PlusMonths(n + 1);
        rule = fmt::format("FREQ=MONTHLY;INTERVAL={};{}", n + 1, MonthDayRule(since.ymd().day));
        break;
    }
    std::vector<Date> expected = ByRule(rule, start, std::max(from, since).PlusDays(shift), to.PlusDays(shift));
    for (Date& day : expected) day = day.PlusDays(-shift);
    std::vector<Date> found;
    for (const Occurrence& at : Occurrences(time, context, from, to)) {
      found.push_back(at.due);
      EXPECT_LE(at.first, at.last);
      EXPECT_LE(at.first.PlusDays(-1), at.due);
      EXPECT_LE(at.due, at.last);
      EXPECT_EQ(at.effective, at.due);
    }
    ASSERT_EQ(found, expected) << rule << " from " << start.Iso() << ", since " << since.Iso() << " in " << from.Iso() << ".." << to.Iso()
                               << " round " << round;
    ++compared;
    days += found.size();
  }
  EXPECT_GT(compared, 2000u);
  EXPECT_GT(days, 30000u);
}

// Periods of several months counted from a day of issue at the end of a month, and from the first of one: one by one.
TEST(Occurrences, OfSeveralMonthsEndByTheCivilCode) {
  for (int months = 2; months <= 30; ++months) {
    for (Date day = Iso("2023-12-27"); day <= Iso("2024-03-02"); day = day.PlusDays(1)) {
      TimeContext issued;
      issued.issue_date = day;
      Time since = On(Every(months, TimeUnit::kMonth));
      const auto counted = Occurrences(since, issued, day, day.PlusMonths(10 * months));
      since.since = DayPoint(day);
      const auto started = Occurrences(since, TimeContext(), day, day.PlusMonths(10 * months));
      ASSERT_EQ(counted.size(), 10u) << months << " from " << day.Iso();
      ASSERT_EQ(started.size(), 10u) << months << " from " << day.Iso();
      for (int k = 0; k < 10; ++k) {
        EXPECT_EQ(counted[k].due, day.PlusMonths((k + 1) * months));            // art. 148.3
        EXPECT_EQ(started[k].due, day.PlusMonths((k + 1) * months).PlusDays(-1));
        if (k > 0) EXPECT_EQ(counted[k].first, counted[k - 1].last.PlusDays(1));
        if (k > 0) EXPECT_EQ(started[k].first, started[k - 1].last.PlusDays(1));
      }
    }
  }
}

// ---- a walk over the days, for what no rule says: several places with `before`, parts of the year, working days
TEST(Occurrences, AgreeWithAWalkOverTheDays) {
  std::mt19937 random(9102019);
  const auto up_to = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
  for (int round = 0; round < 1500; ++round) {
    const Date from = Iso("2022-01-01").PlusDays(up_to(0, 2000)), to = from.PlusDays(up_to(0, 1200));
    std::vector<SpecialDay> special;
    for (int i = up_to(0, 30); i > 0; --i) {
      const Date day = from.PlusDays(up_to(-200, 1400));
      special.push_back({.date = day, .kind = day.weekday() < 5 ? DayKind::kStatutory : DayKind::kSwapWork});
    }
    const OfficeCalendar calendar(special);
    TimeContext context;
    context.calendar = &calendar;
    context.rest_days = RestDayPolicy(up_to(0, 2));
    context.before_includes_day = up_to(0, 1) == 1;
    Time time{.form = Form::kEvery};
    std::vector<Date> expected;
    if (up_to(0, 2) == 0) {
      const int n = up_to(1, 12);
      time.rhythm = Every(n, TimeUnit::kWorkingDay);
      const Date since = from.PlusDays(up_to(-100, 100));
      time.since = DayPoint(since);
      int count = 0;
      for (Date day = since; day <= to; day = day.PlusDays(1)) {
        if (!calendar.IsWorking(day) || ++count % n != 0) continue;
        if (day >= from && day >= since) expected.push_back(day);
      }
    } else {
      const Kind kind = std::vector{Kind::kMonth, Kind::kQuarter, Kind::kHalf, Kind::kYearlyDay, Kind::kMonthDay}[up_to(0, 4)];
      time.rhythm.unit = kind == Kind::kMonthDay ? TimeUnit::kMonth : up_to(0, 1) ? TimeUnit::kYear : TimeUnit::kHalfYear;
      time.rhythm.bound = Bound(up_to(0, 2));
      for (int i = up_to(1, 4); i > 0; --i) {
        time.rhythm.by.push_back(kind == Kind::kYearlyDay   ? Yearly(up_to(1, 12), up_to(1, 28))
                                 : kind == Kind::kMonthDay ? Monthly(up_to(1, 31))
                                 : Part(kind, up_to(1, kind == Kind::kMonth ? 12 : kind == Kind::kQuarter ? 4 : 2)));
      }
      for (Date day = from; day <= to; day = day.PlusDays(1)) {
        const bool before = time.rhythm.bound == Bound::kBefore;
        const bool one_day = kind == Kind::kYearlyDay || kind == Kind::kMonthDay;
        const Date at = before && !(one_day && context.before_includes_day) ? day.PlusDays(1) : day;
        const Ymd ymd = at.ymd();
        const int month_end = Date::MonthEnd(ymd.year, ymd.month).ymd().day;
        const int width = kind == Kind::kMonth ? 1 : kind == Kind::kQuarter ? 3 : 6;
        const bool due = std::any_of(time.rhythm.by.begin(), time.rhythm.by.end(), [&](const Point& point) {
          if (kind == Kind::kYearlyDay) return point.month == ymd.month && point.day == ymd.day;
          if (kind == Kind::kMonthDay) return std::min<int>(point.day, month_end) == ymd.day;
          const int first = (point.month - 1) * width + 1;
          return before ? ymd.month == first && ymd.day == 1 : ymd.month == first + width - 1 && ymd.day == month_end;
        });
        if (due) expected.push_back(day);
      }
    }
    std::vector<Date> found;
    for (const Occurrence& at : Occurrences(time, context, from, to)) {
      if (found.empty() || found.back() != at.due) found.push_back(at.due);
      Date effective = at.due;
      const int move = context.rest_days == RestDayPolicy::kBefore ? -1 : 1;
      while (context.rest_days != RestDayPolicy::kKeep && !calendar.IsWorking(effective)) effective = effective.PlusDays(move);
      EXPECT_EQ(at.effective, effective);
    }
    ASSERT_EQ(found, expected) << "round " << round << " from " << from.Iso() << " to " << to.Iso();
  }
}

}  // namespace
}  // namespace ordo

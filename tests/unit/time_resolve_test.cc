// What a written time means inside a plan: its class and its days.
#include <gtest/gtest.h>

#include <string>

#include "runtime/time/time_value.h"

namespace ordo {
namespace {

using Form = Time::Form;
using Kind = Point::Kind;
using Edge = Point::Edge;

constexpr EntityId kTerm = static_cast<EntityId>(7);
constexpr EntityId kEvent = static_cast<EntityId>(8);

Date Day(int year, int month, int day) { return Date::FromYmd(year, month, day).value(); }
std::optional<Date> Iso(std::string_view text) { return ParseIsoDate(text); }

TimeContext Plan2026() {
  TimeContext context;
  context.issue_date = Day(2026, 1, 28);
  context.plan_first = Day(2026, 1, 1);
  context.plan_last = Day(2026, 12, 31);
  context.named_period = [](EntityId id) -> std::optional<std::pair<Date, Date>> {
    if (id != kTerm) return std::nullopt;
    return std::pair(Day(2025, 1, 1), Day(2030, 12, 31));
  };
  return context;
}
TimeContext Plan2026To2030() {
  TimeContext context = Plan2026();
  context.plan_last = Day(2030, 12, 31);
  return context;
}

Point DayPoint(int year, int month, int day) {
  return {.kind = Kind::kDay, .year = int16_t(year), .month = int8_t(month), .day = int8_t(day)};
}
Point Yearly(int month, int day) { return {.kind = Kind::kYearlyDay, .month = int8_t(month), .day = int8_t(day)}; }
Point Part(Kind kind, int part, int year) { return {.kind = kind, .year = int16_t(year), .month = int8_t(part)}; }
Point Year(int year) { return {.kind = Kind::kYear, .year = int16_t(year)}; }
Point Issue() { return {.kind = Kind::kIssueDate}; }
Point Named() { return {.kind = Kind::kNamed, .named = kTerm}; }
Point At(Edge edge, Point point) {
  point.edge = edge;
  return point;
}
Length Of(int count, TimeUnit unit) { return {Decimal::FromInt(count), unit}; }

Time To(Form form, Point to) {
  Time time;
  time.form = form;
  time.to = to;
  return time;
}
Time FromTo(Point from, Point to) {
  Time time = To(Form::kFromTo, to);
  time.from = from;
  return time;
}
Time Just(Form form) {
  Time time;
  time.form = form;
  return time;
}
Time Within(Length length) {
  Time time = Just(Form::kWithin);
  time.length = length;
  return time;
}

// "fixed 2026-01-01 2026-03-31", with "-" for a day that is not known.
std::string Show(const Time& time, const TimeContext& context) {
  static constexpr const char* kClasses[] = {"none", "fixed", "recurring", "waiting", "open", "impossible"};
  const ResolvedTime resolved = Resolve(time, context);
  return std::string(kClasses[static_cast<size_t>(resolved.cls)]) + " " + (resolved.first ? resolved.first->Iso() : "-") + " " +
         (resolved.last ? resolved.last->Iso() : "-");
}

std::string ShowDays(const Point& point, const TimeContext& context) {
  const auto days = DaysOf(point, context);
  return days ? days->first.Iso() + " " + days->second.Iso() : "none";
}

TEST(DaysOf, Periods) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(ShowDays(DayPoint(2026, 7, 31), plan), "2026-07-31 2026-07-31");
  EXPECT_EQ(ShowDays(Part(Kind::kMonth, 2, 2028), plan), "2028-02-01 2028-02-29");
  EXPECT_EQ(ShowDays(Part(Kind::kQuarter, 1, 2026), plan), "2026-01-01 2026-03-31");
  EXPECT_EQ(ShowDays(Part(Kind::kQuarter, 4, 2026), plan), "2026-10-01 2026-12-31");
  EXPECT_EQ(ShowDays(Part(Kind::kHalf, 1, 2026), plan), "2026-01-01 2026-06-30");
  EXPECT_EQ(ShowDays(Part(Kind::kHalf, 2, 2026), plan), "2026-07-01 2026-12-31");
  EXPECT_EQ(ShowDays(Year(2030), plan), "2030-01-01 2030-12-31");
  EXPECT_EQ(ShowDays(Issue(), plan), "2026-01-28 2026-01-28");
  EXPECT_EQ(ShowDays(Named(), plan), "2025-01-01 2030-12-31");
  EXPECT_EQ(ShowDays({}, plan), "none");
}

TEST(DaysOf, NonsenseHasNoDays) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(ShowDays(Part(Kind::kQuarter, 5, 2026), plan), "none");
  EXPECT_EQ(ShowDays(Part(Kind::kQuarter, 0, 2026), plan), "none");
  EXPECT_EQ(ShowDays(Part(Kind::kHalf, 3, 2026), plan), "none");
  EXPECT_EQ(ShowDays(Part(Kind::kMonth, 13, 2026), plan), "none");
  EXPECT_EQ(ShowDays(DayPoint(2026, 2, 30), plan), "none");
  EXPECT_EQ(ShowDays({.kind = Kind::kNamed, .named = kEvent}, plan), "none");
  EXPECT_EQ(ShowDays(Named(), TimeContext()), "none");
  EXPECT_EQ(ShowDays(Issue(), TimeContext()), "none");
}

TEST(DaysOf, WithoutYearTakesTheYearOfAPlanOfOneYear) {
  EXPECT_EQ(ShowDays(Part(Kind::kQuarter, 2, 0), Plan2026()), "2026-04-01 2026-06-30");
  EXPECT_EQ(ShowDays(Part(Kind::kHalf, 2, 0), Plan2026()), "2026-07-01 2026-12-31");
  EXPECT_EQ(ShowDays(Part(Kind::kMonth, 5, 0), Plan2026()), "2026-05-01 2026-05-31");
  EXPECT_EQ(ShowDays(Yearly(11, 30), Plan2026()), "2026-11-30 2026-11-30");
  EXPECT_EQ(ShowDays(Yearly(2, 29), Plan2026()), "none");
  for (const Point& point : {Part(Kind::kQuarter, 2, 0), Part(Kind::kHalf, 2, 0), Part(Kind::kMonth, 5, 0), Yearly(11, 30)}) {
    EXPECT_EQ(ShowDays(point, Plan2026To2030()), "none");
    EXPECT_EQ(ShowDays(point, TimeContext()), "none");
  }
  TimeContext from_march = Plan2026();
  from_march.plan_first = Day(2026, 3, 1);
  EXPECT_EQ(ShowDays(Yearly(1, 15), from_march), "none");
  EXPECT_EQ(ShowDays(Yearly(3, 1), from_march), "2026-03-01 2026-03-01");
}

TEST(DaysOf, EdgesByTheCivilCode) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(ShowDays(At(Edge::kStart, Part(Kind::kMonth, 2, 2026)), plan), "2026-02-01 2026-02-01");
  EXPECT_EQ(ShowDays(At(Edge::kMiddle, Part(Kind::kMonth, 2, 2026)), plan), "2026-02-15 2026-02-15");
  EXPECT_EQ(ShowDays(At(Edge::kMiddle, Part(Kind::kMonth, 1, 2026)), plan), "2026-01-15 2026-01-15");
  EXPECT_EQ(ShowDays(At(Edge::kEnd, Part(Kind::kMonth, 2, 2026)), plan), "2026-02-28 2026-02-28");
  EXPECT_EQ(ShowDays(At(Edge::kStart, Year(2026)), plan), "2026-01-01 2026-01-01");
  EXPECT_EQ(ShowDays(At(Edge::kMiddle, Year(2026)), plan), "2026-06-30 2026-06-30");
  EXPECT_EQ(ShowDays(At(Edge::kEnd, Year(2026)), plan), "2026-12-31 2026-12-31");
  EXPECT_EQ(ShowDays(At(Edge::kMiddle, Part(Kind::kQuarter, 1, 2026)), plan), "2026-02-14 2026-02-14");  // 45th of 90
  EXPECT_EQ(ShowDays(At(Edge::kMiddle, Part(Kind::kQuarter, 2, 2026)), plan), "2026-05-16 2026-05-16");  // 46th of 91
  EXPECT_EQ(ShowDays(At(Edge::kMiddle, Named()), plan), "2028-01-01 2028-01-01");
  EXPECT_EQ(ShowDays(At(Edge::kEnd, Named()), plan), "2030-12-31 2030-12-31");
}

TEST(Resolve, PointsAreFixed) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(Show(To(Form::kIn, Part(Kind::kQuarter, 1, 2026)), plan), "fixed 2026-01-01 2026-03-31");
  EXPECT_EQ(Show(To(Form::kIn, DayPoint(2026, 7, 31)), plan), "fixed 2026-07-31 2026-07-31");
  EXPECT_EQ(Show(To(Form::kOn, DayPoint(2026, 7, 31)), plan), "fixed 2026-07-31 2026-07-31");
  EXPECT_EQ(Show(To(Form::kIn, At(Edge::kMiddle, Named())), plan), "fixed 2028-01-01 2028-01-01");
  EXPECT_EQ(Show(To(Form::kBy, DayPoint(2026, 3, 31)), plan), "fixed 2026-01-01 2026-03-31");
  EXPECT_EQ(Show(To(Form::kBy, Year(2030)), plan), "fixed 2026-01-01 2030-12-31");
  EXPECT_EQ(Show(To(Form::kIn, Part(Kind::kQuarter, 1, 0)), Plan2026To2030()), "fixed - -");
  EXPECT_EQ(Show(To(Form::kBy, DayPoint(2026, 3, 31)), TimeContext()), "fixed - 2026-03-31");
  // A deadline before the plan begins leaves no window inside it.
  EXPECT_EQ(Show(To(Form::kBy, DayPoint(2025, 3, 31)), plan), "fixed - 2025-03-31");
}

TEST(Resolve, BeforeEndsTheDayBefore) {
  TimeContext plan = Plan2026();
  EXPECT_EQ(Show(To(Form::kBefore, DayPoint(2026, 3, 15)), plan), "fixed 2026-01-01 2026-03-14");
  EXPECT_EQ(Show(To(Form::kBefore, Year(2030)), plan), "fixed 2026-01-01 2029-12-31");
  EXPECT_EQ(Show(To(Form::kBefore, Part(Kind::kQuarter, 2, 2026)), plan), "fixed 2026-01-01 2026-03-31");
  plan.before_includes_day = true;
  EXPECT_EQ(Show(To(Form::kBefore, DayPoint(2026, 3, 15)), plan), "fixed 2026-01-01 2026-03-15");
  EXPECT_EQ(Show(To(Form::kBefore, Year(2030)), plan), "fixed 2026-01-01 2029-12-31");
}

TEST(Resolve, DayWithoutYearRepeats) {
  EXPECT_EQ(Show(To(Form::kBefore, Yearly(11, 30)), Plan2026()), "recurring 2026-01-01 2026-11-29");
  EXPECT_EQ(Show(To(Form::kBy, Yearly(11, 30)), Plan2026()), "recurring 2026-01-01 2026-11-30");
  EXPECT_EQ(Show(To(Form::kIn, Yearly(11, 30)), Plan2026()), "recurring 2026-11-30 2026-11-30");
  EXPECT_EQ(Show(To(Form::kBefore, Yearly(11, 30)), Plan2026To2030()), "recurring 2026-01-01 -");
}

TEST(Resolve, Windows) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(Show(FromTo(Part(Kind::kQuarter, 4, 2026), Part(Kind::kQuarter, 2, 2027)), plan), "fixed 2026-10-01 2027-06-30");
  EXPECT_EQ(Show(FromTo(DayPoint(2026, 6, 28), DayPoint(2026, 7, 5)), plan), "fixed 2026-06-28 2026-07-05");
  EXPECT_EQ(Show(FromTo(Part(Kind::kMonth, 1, 0), Part(Kind::kMonth, 4, 2027)), plan), "fixed 2027-01-01 2027-04-30");
  EXPECT_EQ(Show(FromTo(Yearly(6, 28), DayPoint(2027, 7, 5)), plan), "fixed 2027-06-28 2027-07-05");
  EXPECT_EQ(Show(FromTo(Yearly(6, 1), Yearly(8, 30)), plan), "recurring 2026-06-01 2026-08-30");
  EXPECT_EQ(Show(FromTo(Yearly(12, 15), Yearly(1, 15)), plan), "recurring 2026-12-15 -");
  // Written the wrong way round: kept, so that a check can say so.
  EXPECT_EQ(Show(FromTo(Year(2030), Year(2025)), plan), "fixed 2030-01-01 2025-12-31");
  Time from = Just(Form::kFrom);
  from.from = Issue();
  EXPECT_EQ(Show(from, plan), "recurring 2026-01-28 2026-12-31");
  from.from = DayPoint(2027, 1, 1);
  EXPECT_EQ(Show(from, plan), "recurring 2027-01-01 -");
}

struct LimitVector {
  int count;
  TimeUnit unit;
  const char* event;
  const char* end;
};

TEST(Resolve, LimitsFromTheDayOfIssueByTheCivilCode) {
  constexpr LimitVector kVectors[] = {
      {100, TimeUnit::kDay, "2026-07-14", "2026-10-22"}, {15, TimeUnit::kDay, "2026-07-14", "2026-07-29"},
      {30, TimeUnit::kDay, "2026-01-28", "2026-02-27"},  {10, TimeUnit::kDay, "2026-02-06", "2026-02-16"},
      {7, TimeUnit::kDay, "2026-04-20", "2026-04-27"},   {10, TimeUnit::kDay, "2026-04-20", "2026-04-30"},
      {1, TimeUnit::kWeek, "2025-12-25", "2026-01-01"},  {2, TimeUnit::kWeek, "2026-08-18", "2026-09-01"},
      {4, TimeUnit::kDay, "2026-08-18", "2026-08-22"},   {2, TimeUnit::kDay, "2025-04-24", "2025-04-26"},
      {3, TimeUnit::kDay, "2026-11-21", "2026-11-24"},   {1, TimeUnit::kMonth, "2026-01-31", "2026-02-28"},
      {1, TimeUnit::kMonth, "2026-03-31", "2026-04-30"}, {3, TimeUnit::kMonth, "2026-11-30", "2027-02-28"},
      {6, TimeUnit::kMonth, "2026-08-31", "2027-02-28"}, {6, TimeUnit::kMonth, "2026-02-24", "2026-08-24"},
      {1, TimeUnit::kYear, "2024-02-29", "2025-02-28"},  {2, TimeUnit::kQuarter, "2026-08-31", "2027-02-28"},
      {1, TimeUnit::kHalfYear, "2026-02-24", "2026-08-24"},
  };
  for (const LimitVector& vector : kVectors) {
    TimeContext context;
    context.issue_date = Iso(vector.event);
    const ResolvedTime resolved = Resolve(Within(Of(vector.count, vector.unit)), context);
    EXPECT_EQ(resolved.cls, TimeClass::kFixed);
    EXPECT_EQ(resolved.first, context.issue_date);
    EXPECT_EQ(resolved.last, Iso(vector.end)) << vector.count << " from " << vector.event;
  }
}

TEST(Resolve, LimitsOfFractions) {
  const Decimal two_and_a_half = Decimal::Make(25, 1).value();
  EXPECT_EQ(Show(Within({two_and_a_half, TimeUnit::kYear}), Plan2026()), "fixed 2026-01-28 2028-07-28");
  EXPECT_EQ(Show(Within({two_and_a_half, TimeUnit::kDay}), Plan2026()), "waiting - -");
}

TEST(Resolve, LimitsThatWait) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(Show(Within(Of(10, TimeUnit::kWorkingDay)), plan), "waiting - -");
  EXPECT_EQ(Show(Within(Of(24, TimeUnit::kHour)), plan), "waiting - -");
  EXPECT_EQ(Show(Within(Of(10, TimeUnit::kDay)), TimeContext()), "waiting - -");
  EXPECT_EQ(Show(Within(Of(4000000, TimeUnit::kDay)), plan), "waiting - -");
  EXPECT_EQ(Show(Within(Of(8000, TimeUnit::kYear)), plan), "waiting - -");
  EXPECT_EQ(Show(Within({Decimal::FromInt(-3), TimeUnit::kDay}), plan), "waiting - -");
  Time after_event = Within(Of(10, TimeUnit::kDay));
  after_event.anchor = kEvent;
  EXPECT_EQ(Show(after_event, plan), "waiting - -");
  after_event.limit = DayPoint(2026, 6, 30);
  EXPECT_EQ(Show(after_event, plan), "waiting - 2026-06-30");
  Time after_words = Within(Of(10, TimeUnit::kDay));
  after_words.words = static_cast<Symbol>(1);
  EXPECT_EQ(Show(after_words, plan), "waiting - -");
  Time after_day = Within(Of(10, TimeUnit::kDay));
  after_day.from = DayPoint(2026, 5, 1);
  EXPECT_EQ(Show(after_day, plan), "fixed 2026-05-01 2026-05-11");
}

TEST(Resolve, Recurring) {
  const TimeContext plan = Plan2026();
  for (const Form form : {Form::kEvery, Form::kOngoing, Form::kCountPer}) {
    EXPECT_EQ(Show(Just(form), plan), "recurring 2026-01-01 2026-12-31");
    EXPECT_EQ(Show(Just(form), TimeContext()), "recurring - -");
    Time bounded = Just(form);
    bounded.since = Part(Kind::kQuarter, 2, 2026);
    bounded.limit = Year(2030);
    EXPECT_EQ(Show(bounded, plan), "recurring 2026-04-01 2030-12-31");
    bounded.since = Year(2031);
    bounded.limit = {};
    EXPECT_EQ(Show(bounded, plan), "recurring 2031-01-01 -");
  }
  Time yearly = Just(Form::kEvery);
  yearly.rhythm = {.unit = TimeUnit::kYear, .by = {Yearly(11, 30)}, .bound = Rhythm::Bound::kBefore};
  EXPECT_EQ(Show(yearly, plan), "recurring 2026-01-01 2026-11-29");
  EXPECT_EQ(Show(yearly, Plan2026To2030()), "recurring 2026-01-01 2030-12-31");
}

TEST(Resolve, OpenAndWaitingKeepTheirClassBesideALimit) {
  const TimeContext plan = Plan2026();
  const auto check = [&](Form form, const std::string& cls) {
    Time time = Just(form);
    time.anchor = kEvent;
    time.expected = Part(Kind::kQuarter, 2, 2026);
    EXPECT_EQ(Show(time, plan), cls + " - -");
    time.limit = DayPoint(2026, 6, 30);
    EXPECT_EQ(Show(time, plan), cls + " - 2026-06-30");
    time.limit_before = true;
    EXPECT_EQ(Show(time, plan), cls + " - 2026-06-29");
  };
  for (const Form form : {Form::kGuided, Form::kFollowing}) check(form, "open");
  for (const Form form : {Form::kOnRequest, Form::kWhen, Form::kIf}) check(form, "waiting");
}

TEST(Resolve, WithoutDays) {
  const TimeContext plan = Plan2026();
  EXPECT_EQ(Show(Just(Form::kAsBelow), plan), "fixed - -");
  EXPECT_EQ(Show(Just(Form::kNone), plan), "none - -");
  EXPECT_EQ(Show(Just(Form::kText), plan), "none - -");
  Time length = Just(Form::kLength);
  length.length = Of(12, TimeUnit::kMonth);
  EXPECT_EQ(Show(length, plan), "none - -");
}

TEST(Resolve, ADateThatDoesNotExistMakesTheTimeImpossible) {
  const TimeContext plan = Plan2026();
  const Point bad = {.kind = Kind::kImpossible, .year = 2026, .month = 2, .day = 31};
  EXPECT_EQ(ShowDays(bad, plan), "none");
  for (const Form form : {Form::kIn, Form::kBy, Form::kBefore, Form::kOn}) EXPECT_EQ(Show(To(form, bad), plan), "impossible - -");
  EXPECT_EQ(Show(FromTo(bad, Year(2026)), plan), "impossible - -");
  Time time = Just(Form::kGuided);
  time.limit = bad;
  EXPECT_EQ(Show(time, plan), "impossible - -");
  time = Just(Form::kGuided);
  time.expected = bad;
  EXPECT_EQ(Show(time, plan), "impossible - -");
  time = Just(Form::kEvery);
  time.since = bad;
  EXPECT_EQ(Show(time, plan), "impossible - -");
  time = Just(Form::kEvery);
  time.rhythm.by = {bad};
  EXPECT_EQ(Show(time, plan), "impossible - -");
  time = Just(Form::kOngoing);
  time.evidence.by = {bad};
  EXPECT_EQ(Show(time, plan), "impossible - -");
}

TEST(MonthsOf, Exact) {
  const auto months = [](Decimal count, TimeUnit unit) { return MonthsOf({.count = count, .unit = unit}); };
  EXPECT_EQ(months(Decimal::FromInt(1), TimeUnit::kMonth), Decimal::FromInt(1));
  EXPECT_EQ(months(Decimal::FromInt(1), TimeUnit::kQuarter), Decimal::FromInt(3));
  EXPECT_EQ(months(Decimal::FromInt(1), TimeUnit::kHalfYear), Decimal::FromInt(6));
  EXPECT_EQ(months(Decimal::Make(25, 1).value(), TimeUnit::kYear), Decimal::FromInt(30));
  for (const TimeUnit unit : {TimeUnit::kNone, TimeUnit::kHour, TimeUnit::kDay, TimeUnit::kWorkingDay, TimeUnit::kWeek}) {
    EXPECT_FALSE(months(Decimal::FromInt(2), unit));
  }
}

}  // namespace
}  // namespace ordo

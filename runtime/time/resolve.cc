#include <algorithm>
#include <utility>

#include "runtime/time/limit.h"
#include "runtime/time/lunar.h"
#include "runtime/time/time_value.h"

namespace ordo {

namespace {

using Days = std::pair<Date, Date>;  // first and last day, both included
using Form = Time::Form;
using Kind = Point::Kind;

// The year of a plan whose period lies inside one civil year, else 0, a year that no date accepts.
int PlanYear(const TimeContext& context) {
  if (!context.plan_first || !context.plan_last) return 0;
  const int year = context.plan_first->ymd().year;
  return year == context.plan_last->ymd().year ? year : 0;
}

std::optional<Days> OneDay(std::optional<Date> day) {
  if (!day) return std::nullopt;
  return Days(*day, *day);
}

std::optional<Days> Months(int year, int first_month, int count) {
  const std::optional<Date> first = Date::FromYmd(year, first_month, 1);
  if (!first) return std::nullopt;
  return Days(*first, Date::MonthEnd(year, first_month + count - 1));
}

// A plan that runs from March to December has no 15 January.
bool OutsidePlan(Date day, const TimeContext& context) {
  return (context.plan_first && day < *context.plan_first) || (context.plan_last && day > *context.plan_last);
}

// The lunar day of a lunar year, or of the plan's civil year: the twelfth month mostly falls into the year after its own.
std::optional<Date> LunarDayOf(const Point& point, const TimeContext& context) {
  if (point.year != 0) return DayOf({point.year, point.month, point.day});
  const int year = PlanYear(context);
  for (const int lunar : {year - 1, year}) {
    const std::optional<Date> day = DayOf({lunar, point.month, point.day});
    if (day && day->ymd().year == year && !OutsidePlan(*day, context)) return day;
  }
  return std::nullopt;
}

std::optional<Days> WholeDaysOf(const Point& point, const TimeContext& context) {
  const int year = point.year != 0 ? point.year : PlanYear(context);
  switch (point.kind) {
    case Kind::kDay:
      return OneDay(Date::FromYmd(year, point.month, point.day));
    case Kind::kYearlyDay: {
      const std::optional<Date> day = Date::FromYmd(year, point.month, point.day);
      return day && !OutsidePlan(*day, context) ? OneDay(day) : std::nullopt;
    }
    case Kind::kLunarDay:
      return OneDay(LunarDayOf(point, context));
    case Kind::kMonth:
      return Months(year, point.month, 1);
    case Kind::kQuarter:
      return Months(year, 3 * point.month - 2, 3);
    case Kind::kHalf:
      return Months(year, 6 * point.month - 5, 6);
    case Kind::kYear:
      return Months(year, 1, 12);
    case Kind::kIssueDate:
      return OneDay(context.issue_date);
    case Kind::kNamed:
      return context.named_period ? context.named_period(point.named) : std::nullopt;
    case Kind::kNone:
    case Kind::kMonthDay:
    case Kind::kImpossible:
      return std::nullopt;
  }
  return std::nullopt;
}

// Civil Code 2015, art. 146.2 and 146.3, names the middle of a month and of a year; other periods have their middle day,
// rounded down.
Date MiddleOf(Kind kind, const Days& days) {
  if (kind == Kind::kMonth) return days.first.PlusDays(14);
  if (kind == Kind::kYear) return Date::MonthEnd(days.first.ymd().year, 6);
  return days.first.PlusDays((days.second.days() - days.first.days()) / 2);
}

std::optional<Date> FirstOf(const Point& point, const TimeContext& context) {
  const std::optional<Days> days = DaysOf(point, context);
  return days ? std::optional(days->first) : std::nullopt;
}

// The day by whose end something due by, or before, a point must be done.
std::optional<Date> Deadline(const Point& point, bool before, const TimeContext& context) {
  const std::optional<Days> days = DaysOf(point, context);
  if (!days) return std::nullopt;
  if (!before) return days->second;
  // Offices read "before 15/3" both ways, hence the policy; nobody reads "before 2030" as 2030.
  const bool one_day = days->first == days->second;
  return one_day && context.before_includes_day ? days->first : days->first.PlusDays(-1);
}

TimeClass ClassOf(const Point& point) {
  switch (point.kind) {
    case Kind::kNone: return TimeClass::kNone;
    case Kind::kYearlyDay:
    case Kind::kMonthDay: return TimeClass::kRecurring;
    case Kind::kLunarDay: return point.year == 0 ? TimeClass::kRecurring : TimeClass::kFixed;
    case Kind::kImpossible: return TimeClass::kImpossible;
    default: return TimeClass::kFixed;
  }
}

// "from Q2 to Q3/2026", "from 28/6 to 5/7/2026": the year stands once, at the end.
Point WithYearOf(Point point, const Point& other) {
  if (point.year != 0 || other.year == 0) return point;
  point.year = other.year;
  if (point.kind == Kind::kYearlyDay) point.kind = Kind::kDay;
  return point;
}

bool IsImpossible(const Point& point) {
  if (point.kind == Kind::kLunarDay) return point.month < 1 || point.month > 12 || point.day < 1 || point.day > 30;
  return point.kind == Kind::kImpossible;
}

bool HasImpossible(const Time& time) {
  for (const Point* point : {&time.from, &time.to, &time.expected_from, &time.expected, &time.limit, &time.since}) {
    if (IsImpossible(*point)) return true;
  }
  return std::any_of(time.rhythm.by.begin(), time.rhythm.by.end(), IsImpossible) ||
         std::any_of(time.evidence.by.begin(), time.evidence.by.end(), IsImpossible);
}

// The last of the days of a rhythm inside a plan of one year.
std::optional<Date> LastOf(const Rhythm& rhythm, const TimeContext& context) {
  std::optional<Date> last;
  for (const Point& point : rhythm.by) last = std::max(last, Deadline(point, rhythm.bound == Rhythm::Bound::kBefore, context));
  return last;
}

// What was written, before the plan's own bounds come in.
ResolvedTime AsWritten(const Time& time, const TimeContext& context) {
  switch (time.form) {
    case Form::kNone:
    case Form::kText:
    case Form::kLength:
    case Form::kByDecree:
      return {};
    case Form::kIn:
    case Form::kOn:
      return {ClassOf(time.to), FirstOf(time.to, context), Deadline(time.to, false, context)};
    case Form::kBy:
    case Form::kBefore:
      if (time.form == Form::kBefore && time.to.kind == Kind::kNone) return {TimeClass::kWaiting, std::nullopt, std::nullopt};
      return {ClassOf(time.to), std::nullopt, Deadline(time.to, time.form == Form::kBefore, context)};
    case Form::kFromTo: {
      const Point from = WithYearOf(time.from, time.to);
      ResolvedTime window{ClassOf(time.to), FirstOf(from, context), Deadline(time.to, false, context)};
      // "from 15/12 to 15/01" every year ends in the year after, outside a plan of one year.
      const bool yearly = window.cls == TimeClass::kRecurring;
      if (yearly && window.first && window.last && *window.last < *window.first) window.last.reset();
      return window;
    }
    case Form::kFrom:
      return {TimeClass::kRecurring, FirstOf(time.from, context), std::nullopt};
    case Form::kWithin: {
      const bool awaits = time.anchor != EntityId::kNone || time.words != Symbol::kEmpty;
      const std::optional<Date> event = awaits                          ? std::nullopt
                                        : time.from.kind == Kind::kNone ? context.issue_date
                                                                        : Deadline(time.from, false, context);
      const std::optional<LimitEnd> end = event ? EndOfLimit(*event, time.length, context.calendar) : std::nullopt;
      if (!end) return {TimeClass::kWaiting, std::nullopt, std::nullopt};
      return {TimeClass::kFixed, event, end->last, end->raw};
    }
    case Form::kEvery:
    case Form::kOngoing:
    case Form::kCountPer:
      return {TimeClass::kRecurring, FirstOf(time.since, context), LastOf(time.rhythm, context)};
    case Form::kGuided:
    case Form::kFollowing:
      return {TimeClass::kOpen, std::nullopt, std::nullopt};
    case Form::kOnRequest:
    case Form::kWhen:
    case Form::kIf:
      return {TimeClass::kWaiting, std::nullopt, std::nullopt};
    case Form::kAsBelow:
      return {TimeClass::kFixed, std::nullopt, std::nullopt};
  }
  return {};
}

Date AfterPolicy(Date day, const TimeContext& context) {
  if (!context.calendar || context.rest_days == RestDayPolicy::kKeep) return day;
  return context.rest_days == RestDayPolicy::kBefore ? context.calendar->PreviousWorking(day) : context.calendar->NextWorking(day);
}

bool StartsWithPlan(Form form) {
  return form == Form::kBy || form == Form::kBefore || form == Form::kEvery || form == Form::kOngoing ||
         form == Form::kCountPer;
}

bool EndsWithPlan(Form form) {
  return form == Form::kFrom || form == Form::kEvery || form == Form::kOngoing || form == Form::kCountPer;
}

}  // namespace

std::optional<Days> DaysOf(const Point& point, const TimeContext& context) {
  const std::optional<Days> days = WholeDaysOf(point, context);
  if (!days) return std::nullopt;
  switch (point.edge) {
    case Point::Edge::kWhole: return days;
    case Point::Edge::kStart: return OneDay(days->first);
    case Point::Edge::kMiddle: return OneDay(MiddleOf(point.kind, *days));
    case Point::Edge::kEnd: return OneDay(days->second);
  }
  return std::nullopt;
}

ResolvedTime Resolve(const Time& time, const TimeContext& context) {
  if (HasImpossible(time)) return {TimeClass::kImpossible, std::nullopt, std::nullopt};
  ResolvedTime resolved = AsWritten(time, context);
  // A horizon binds nobody to a day.
  if (time.stance == Stance::kVision || time.stance == Stance::kOrientation) return {resolved.cls, std::nullopt, std::nullopt};
  if (time.limit.kind != Kind::kNone && resolved.cls != TimeClass::kFixed && resolved.cls != TimeClass::kNone) {
    resolved.last = Deadline(time.limit, time.limit_before, context);
  }
  // A limit has its raw end already and is never moved again; a named day is moved by the policy alone.
  if (resolved.raw) {
    resolved.effective = resolved.last;
  } else if (resolved.last) {
    resolved.effective = AfterPolicy(*resolved.last, context);
  }
  // The plan's bounds stand in where none is written, unless they contradict the one that is.
  const std::optional<Date>&plan_first = context.plan_first, &plan_last = context.plan_last;
  const bool waits = resolved.cls == TimeClass::kWaiting;
  if (!resolved.first && !waits && StartsWithPlan(time.form) && plan_first && (!resolved.last || *plan_first <= *resolved.last)) {
    resolved.first = plan_first;
  }
  if (!resolved.last && EndsWithPlan(time.form) && plan_last && (!resolved.first || *resolved.first <= *plan_last)) {
    resolved.last = resolved.effective = plan_last;
  }
  if (!resolved.raw) resolved.raw = resolved.last;
  return resolved;
}

std::optional<std::pair<Date, Date>> ExpectedDays(const Time& time, const TimeContext& context) {
  const auto last = DaysOf(time.expected, context);
  if (!last || time.expected_from.kind == Kind::kNone) return last;
  const auto first = DaysOf(WithYearOf(time.expected_from, time.expected), context);
  if (!first || first->first > last->second) return std::nullopt;
  return std::pair(first->first, last->second);
}

std::optional<Decimal> MonthsOf(const Rhythm& rhythm) {
  switch (rhythm.unit) {
    case TimeUnit::kMonth: return rhythm.count;
    case TimeUnit::kQuarter: return rhythm.count.Times(Decimal::FromInt(3));
    case TimeUnit::kHalfYear: return rhythm.count.Times(Decimal::FromInt(6));
    case TimeUnit::kYear: return rhythm.count.Times(Decimal::FromInt(12));
    case TimeUnit::kNone:
    case TimeUnit::kHour:
    case TimeUnit::kDay:
    case TimeUnit::kWorkingDay:
    case TimeUnit::kWeek: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace ordo

#include "runtime/time/occurrences.h"

#include <algorithm>
#include <cstdlib>

namespace ordo {

namespace {

using Bound = Rhythm::Bound;
using Days = std::pair<Date, Date>;
using Form = Time::Form;
using Kind = Point::Kind;

constexpr int kMostMonths = 12 * 9999, kMostDays = 366 * 9999;
const Date kFirstDay = Date::FromYmd(1, 1, 1).value(), kLastDay = Date::MonthEnd(9999, 12);

int MonthNumber(Date day) {
  const Ymd ymd = day.ymd();
  return ymd.year * 12 + ymd.month - 1;
}
Date MonthStart(int number) { return Date::FromYmd(number / 12, number % 12 + 1, 1).value(); }
Date MonthLast(int number) { return Date::MonthEnd(number / 12, number % 12 + 1); }
constexpr int kFirstMonth = 12, kLastMonth = 9999 * 12 + 11;

// Whole number of months or days in one period; 0 where it has none.
struct Step {
  int months = 0, days = 0, working_days = 0;
};
int Whole(const std::optional<Decimal>& count, int most) {
  const std::optional<int64_t> value = count ? count->ToInt() : std::nullopt;
  return value && *value > 0 && *value <= most ? static_cast<int>(*value) : 0;
}
Step StepOf(const Rhythm& rhythm) {
  switch (rhythm.unit) {
    case TimeUnit::kDay: return {.days = Whole(rhythm.count, kMostDays)};
    case TimeUnit::kWeek: return {.days = Whole(rhythm.count.Times(Decimal::FromInt(7)), kMostDays)};
    case TimeUnit::kWorkingDay: return {.working_days = Whole(rhythm.count, kMostDays)};
    default: return {.months = Whole(MonthsOf(rhythm), kMostMonths)};
  }
}

class Expansion {
 public:
  Expansion(const TimeContext& context, Date from, Date to) : context_(context), lo_(from), hi_(to) {}

  // Narrows the stretch to what was written, and to the plan where that does not contradict it.
  void Narrow(std::optional<Date> since, std::optional<Date> until) {
    if (!since && context_.plan_first && (!until || *context_.plan_first <= *until)) since = context_.plan_first;
    if (!until && context_.plan_last && (!since || *since <= *context_.plan_last)) until = context_.plan_last;
    if (since) lo_ = std::max(lo_, *since);
    if (until) hi_ = std::min(hi_, *until);
  }

  void Add(Date first, Date last, Date due, const Rhythm* rhythm = nullptr) {
    if (due < lo_ || due > hi_) return;
    Date effective = due;
    if (context_.calendar && context_.rest_days == RestDayPolicy::kBefore) effective = context_.calendar->PreviousWorking(due);
    if (context_.calendar && context_.rest_days == RestDayPolicy::kAfter) effective = context_.calendar->NextWorking(due);
    Occurrence next{std::max(first, kFirstDay), std::max(last, first), due, effective};
    if (rhythm) next.hour = rhythm->hour, next.minute = rhythm->minute;
    if (found_.empty() || found_.back() != next) found_.push_back(next);
  }

  // The day by which a place is kept: its last day, or the day before its first.
  Date Due(const Days& days, Bound bound) const {
    if (bound != Bound::kBefore) return days.second;
    return days.first == days.second && context_.before_includes_day ? days.first : days.first.PlusDays(-1);
  }

  void Every(const Rhythm& rhythm, std::optional<Date> since) {
    if (lo_ > hi_) return;
    const Step step = StepOf(rhythm);
    const bool one = rhythm.count == Decimal::FromInt(1);
    if (!rhythm.by.empty() && rhythm.by.front().kind != Kind::kMonthDay) return YearlyPlaces(rhythm, step, since);
    if (step.working_days > 0) return WorkingDays(rhythm, step.working_days, since);
    if (step.days > 0 && one && rhythm.unit == TimeUnit::kDay) return DayPeriods(rhythm, kFirstDay, 1);
    if (step.days > 0 && one) return DayPeriods(rhythm, Date(-3), 7);   // Monday 1969-12-29
    // The first day that is counted.
    std::optional<Date> start = since;
    if (!start && context_.issue_date) start = context_.issue_date->PlusDays(1);
    if (!start) start = context_.plan_first;
    if (step.days > 0 && start) {
      if (rhythm.weekday >= 0) start = start->PlusDays((rhythm.weekday - start->weekday() + 7) % 7 - step.days + 1);
      return DayPeriods(rhythm, *start, step.days, true);
    }
    if (step.months > 0 && one) return MonthPeriods(rhythm, step.months, [&](int64_t k) { return CalendarPeriod(k, step.months); }, false);
    if (step.months == 0 || !start) return;
    // Counted from a day of issue each end has its day number, else each start: «6 tháng kể từ 31/08» ends on 28/02.
    const bool event = !since && context_.issue_date;
    const Date anchor = event ? *context_.issue_date : *start;
    const int head = event ? 1 : 0;
    MonthPeriods(rhythm, step.months, [&](int64_t k) -> std::optional<Days> {
      const int64_t months = k * step.months, next = months + step.months;
      if (next > kMostMonths) return std::nullopt;
      return Days(anchor.PlusMonths(static_cast<int>(months)).PlusDays(head),
                  anchor.PlusMonths(static_cast<int>(next)).PlusDays(head - 1));
    }, true, anchor);
  }

  void YearlyPoint(const Point& point, Bound bound, bool whole_year) {
    Rhythm yearly{.unit = TimeUnit::kYear, .by = {point}, .bound = bound};
    if (point.kind == Kind::kMonthDay) yearly.unit = TimeUnit::kMonth;
    if (lo_ > hi_) return;
    if (point.kind == Kind::kMonthDay) {
      MonthPeriods(yearly, 1, [&](int64_t k) { return CalendarPeriod(k, 1); }, false, {}, !whole_year);
    } else {
      YearlyPlaces(yearly, {.months = 12}, std::nullopt, !whole_year);
    }
  }

  // from 15/12 to 15/01, every year
  void YearlyWindow(const Point& from, const Point& to) {
    if (lo_ > hi_) return;
    for (int year = std::max(1, lo_.ymd().year); year <= hi_.ymd().year; ++year) {
      const std::optional<Date> last = DayIn(to, year);
      std::optional<Date> first = DayIn(from, year);
      if (first && last && *first > *last) first = DayIn(from, year - 1);
      if (first && last) Add(*first, *last, *last);
      if (found_.size() >= kMaxOccurrences) return;
    }
  }

  std::vector<Occurrence> Take() {
    // Places of one year may have been written in any order.
    std::stable_sort(found_.begin(), found_.end(), [](const Occurrence& a, const Occurrence& b) { return a.due < b.due; });
    if (found_.size() > kMaxOccurrences) found_.resize(kMaxOccurrences);
    return std::move(found_);
  }

 private:
  static std::optional<Date> DayIn(const Point& point, int year) {
    return point.kind == Kind::kYearlyDay ? Date::FromYmd(year, point.month, point.day) : std::nullopt;
  }

  static std::optional<Days> CalendarPeriod(int64_t k, int months) {
    const int64_t first = kFirstMonth + k * months;
    if (first < kFirstMonth || first + months - 1 > kLastMonth) return std::nullopt;
    return Days(MonthStart(static_cast<int>(first)), MonthLast(static_cast<int>(first) + months - 1));
  }

  // Periods of `days` days; the first one begins on `start` or, `bounded`, none does before it.
  void DayPeriods(const Rhythm& rhythm, Date start, int days, bool bounded = false) {
    int64_t k = (int64_t{lo_.days()} - start.days()) / days - 1;
    if (bounded) k = std::max<int64_t>(k, 0);
    for (;; ++k) {
      const int64_t begin = start.days() + k * days, end = begin + days - 1;
      if (begin > hi_.days() || end > kLastDay.days() || found_.size() >= kMaxOccurrences) return;
      const Date first(static_cast<int32_t>(begin)), last(static_cast<int32_t>(end));
      // Counted from a start, periods of several weeks were laid so that they end on the day of the week.
      const Date due = rhythm.weekday >= 0 ? last.PlusDays(-((last.weekday() - rhythm.weekday + 7) % 7)) : last;
      Add(first, last, due, &rhythm);
    }
  }

  void WorkingDays(const Rhythm& rhythm, int n, std::optional<Date> since) {
    const OfficeCalendar* calendar = context_.calendar;
    if (!calendar) return;
    std::optional<Date> event;   // not counted
    if (since) event = since->PlusDays(-1);
    else if (n == 1) event = std::max(lo_, kFirstDay.PlusDays(7)).PlusDays(-1);
    else if (context_.issue_date) event = context_.issue_date;
    else if (context_.plan_first) event = context_.plan_first->PlusDays(-1);
    if (!event) return;
    int64_t k = std::max<int64_t>(0, calendar->WorkingDays(*event, std::max(lo_, *event)) / n - 1);
    Date before = calendar->PlusWorkingDays(*event, static_cast<int>(k * n));
    while (found_.size() < kMaxOccurrences) {
      // A step beyond the calendar is one no stretch holds.
      if (n > calendar->WorkingDays(before, kLastDay)) return;
      const Date due = calendar->PlusWorkingDays(before, n);
      if (due > hi_) return;
      Add(before.PlusDays(1), due, due, &rhythm);
      before = due;
    }
  }

  template <class PeriodAt>
  void MonthPeriods(const Rhythm& rhythm, int months, const PeriodAt& period_at, bool bounded, Date anchor = {}, bool day_alone = false) {
    const int origin = bounded ? MonthNumber(anchor) : kFirstMonth;
    int64_t k = (MonthNumber(lo_) - origin) / months - 2;
    for (k = std::max<int64_t>(k, 0); found_.size() < kMaxOccurrences; ++k) {
      const std::optional<Days> period = period_at(k);
      if (!period || period->first.PlusDays(-31) > hi_ || period->second > kLastDay) return;
      const auto [first, last] = *period;
      if (rhythm.weekday >= 0) {
        const Date due = last.PlusDays(-((last.weekday() - rhythm.weekday + 7) % 7));
        Add(first, last, due, &rhythm);
      } else if (rhythm.by.empty()) {
        Add(first, last, last, &rhythm);
      } else {
        const size_t begin = found_.size();
        for (const Point& point : rhythm.by) {
          const Ymd end = last.ymd();
          const Date month_end = Date::MonthEnd(end.year, end.month);
          const Date day = std::min(month_end.PlusDays(point.day - Date::MonthEnd(end.year, end.month).ymd().day), month_end);
          const Date due = Due({day, day}, rhythm.bound);
          Add(day_alone ? due : first, day_alone ? due : last, due, &rhythm);
        }
        Settle(begin);
      }
    }
  }

  // Places of a year: one each, in the years that count.
  void YearlyPlaces(const Rhythm& rhythm, const Step& step, std::optional<Date> since, bool place_alone = false) {
    const int unit = rhythm.unit == TimeUnit::kYear ? 12 : step.months;
    int every = 1, origin = 1;
    if (step.months == 0) return;
    if (step.months > 12) {
      if (step.months % 12 != 0) return;
      every = step.months / 12;
      const std::optional<Date> start = since ? since : context_.issue_date ? context_.issue_date : context_.plan_first;
      if (!start) return;
      origin = start->ymd().year;
    }
    // `before 1 January` is due in the year before.
    int year = std::max(origin, lo_.ymd().year - 1);
    year += (every - (year - origin) % every) % every;
    for (; year <= std::min(9999, hi_.ymd().year + 1) && found_.size() < kMaxOccurrences; year += every) {
      const size_t begin = found_.size();
      TimeContext inside;   // a year for points that have none
      inside.plan_first = MonthStart(year * 12);
      inside.plan_last = MonthLast(year * 12 + 11);
      for (const Point& point : rhythm.by) {
        const std::optional<Days> days = DaysOf(point, inside);
        if (!days) continue;   // 29 February
        const Date due = Due(*days, rhythm.bound);
        if (due < kFirstDay) continue;
        if (place_alone || (rhythm.bound == Bound::kIn && days->first != days->second)) {
          Add(place_alone && rhythm.bound != Bound::kIn ? due : days->first, place_alone && rhythm.bound != Bound::kIn ? due : days->second,
              due, &rhythm);
          continue;
        }
        const int number = MonthNumber(due), width = std::min(unit, 12);
        const int first = number - number % 12 % width;
        Add(MonthStart(first), MonthLast(std::min(first + width - 1, kLastMonth)), due, &rhythm);
      }
      Settle(begin);
    }
  }

  // Places of one period in order, each day once («ngày 30, ngày 31» in February).
  void Settle(size_t begin) {
    const auto tail = found_.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(tail, found_.end(), [](const Occurrence& a, const Occurrence& b) { return a.due < b.due; });
    found_.erase(std::unique(tail, found_.end()), found_.end());
  }

  const TimeContext& context_;
  Date lo_, hi_;
  std::vector<Occurrence> found_;
};

std::optional<Date> FirstOf(const Point& point, const TimeContext& context) {
  const std::optional<Days> days = DaysOf(point, context);
  return days ? std::optional(days->first) : std::nullopt;
}

// The last day of a rhythm: the fall-back day of Resolve.
std::optional<Date> UntilOf(const Time& time, const Expansion& expansion, const TimeContext& context) {
  const std::optional<Days> days = DaysOf(time.limit, context);
  if (!days) return std::nullopt;
  return expansion.Due(*days, time.limit_before ? Bound::kBefore : Bound::kBy);
}

bool Yearless(const Point& point) { return point.kind == Kind::kYearlyDay || point.kind == Kind::kMonthDay; }

}  // namespace

std::vector<Occurrence> Occurrences(const Time& time, const TimeContext& context, Date from, Date to) {
  Expansion expansion(context, std::max(from, kFirstDay), std::min(to, kLastDay));
  const ResolvedTime resolved = Resolve(time, context);
  if (resolved.cls == TimeClass::kImpossible || time.stance == Stance::kVision || time.stance == Stance::kOrientation) return {};
  switch (time.form) {
    case Form::kEvery:
    case Form::kOngoing:
    case Form::kCountPer: {
      const Rhythm rhythm = time.form == Form::kEvery     ? time.rhythm
                            : time.form == Form::kOngoing ? time.evidence
                                                          : Rhythm{.unit = time.length.unit};
      if (rhythm.unit == TimeUnit::kNone) return {};
      const std::optional<Date> since = FirstOf(time.since, context);
      expansion.Narrow(since, UntilOf(time, expansion, context));
      expansion.Every(rhythm, since);
      return expansion.Take();
    }
    case Form::kIn:
    case Form::kOn:
    case Form::kBy:
    case Form::kBefore:
      if (!Yearless(time.to)) break;
      expansion.Narrow(std::nullopt, std::nullopt);
      expansion.YearlyPoint(time.to,
                            time.form == Form::kBefore ? Bound::kBefore
                            : time.form == Form::kBy   ? Bound::kBy
                                                       : Bound::kIn,
                            time.form == Form::kBy || time.form == Form::kBefore);
      return expansion.Take();
    case Form::kFromTo:
      if (time.from.kind != Kind::kYearlyDay || time.to.kind != Kind::kYearlyDay) break;
      expansion.Narrow(std::nullopt, std::nullopt);
      expansion.YearlyWindow(time.from, time.to);
      return expansion.Take();
    case Form::kFrom:
      return {};   // work without an end
    default: break;
  }
  if (!resolved.last) return {};
  const Date first = resolved.first && *resolved.first <= *resolved.last ? *resolved.first : *resolved.last;
  expansion.Add(first, *resolved.last, *resolved.last);
  return expansion.Take();
}

}  // namespace ordo

// Times as rules see them: class, days, rhythm, what they wait for.
#include "compiler/lower/lowering.h"

namespace ordo {
namespace {

using Form = Time::Form;

// How the last place of a time is meant: with its day, without it, on it.
ir::Cell BoundOf(const Time& time) {
  const auto word = [](W bound) { return static_cast<ir::Cell>(bound); };
  switch (time.form) {
    case Form::kIn: return word(W::word_bound_bare);
    case Form::kBy: return word(W::word_bound_included);
    case Form::kBefore: return time.to.kind == Point::Kind::kNone ? ir::kAbsent : word(W::word_bound_excluded);
    case Form::kOn: return word(W::word_bound_exact);
    case Form::kFromTo: case Form::kFrom: return word(W::word_bound_window);
    case Form::kWithin: return word(W::word_bound_counted);
    case Form::kEvery:
      if (time.rhythm.by.empty()) return ir::kAbsent;
      switch (time.rhythm.bound) {
        case Rhythm::Bound::kIn: return word(W::word_bound_bare);
        case Rhythm::Bound::kBy: return word(W::word_bound_included);
        case Rhythm::Bound::kBefore: return word(W::word_bound_excluded);
      }
      return ir::kAbsent;
    default: return ir::kAbsent;
  }
}

// Something is due on a day that the words name: of what comes round, a place inside each period and not only its end.
bool HasDay(const Time& time, const ResolvedTime& resolved) {
  const auto rhythm = [](const Rhythm& r) { return !r.by.empty() || r.weekday >= 0 || r.unit == TimeUnit::kDay || r.unit == TimeUnit::kWorkingDay; };
  if (resolved.cls == TimeClass::kFixed) return resolved.last.has_value();
  if (resolved.cls != TimeClass::kRecurring) return false;
  switch (time.form) {
    case Form::kEvery: return rhythm(time.rhythm);
    case Form::kOngoing: return rhythm(time.evidence);
    case Form::kIn: case Form::kBy: case Form::kBefore: case Form::kOn: case Form::kFromTo: return true;
    default: return false;
  }
}

// Of what comes round once a year on a named place: days from its last day to the end of the year.
ir::Cell DaysBeforeEnd(const Time& time, const ir::Program& program) {
  const bool yearly = time.form == Form::kEvery && time.rhythm.unit == TimeUnit::kYear && time.rhythm.count == Decimal::FromInt(1);
  const bool point = (time.form == Form::kIn || time.form == Form::kBy || time.form == Form::kBefore || time.form == Form::kOn) &&
                     time.to.kind == Point::Kind::kYearlyDay;
  if (!yearly && !point) return ir::kAbsent;
  TimeContext context = program.Context();
  const int year = context.plan_first ? context.plan_first->ymd().year : 2025;   // any year: its February decides nothing
  context.plan_first = Date::FromYmd(year, 1, 1);
  context.plan_last = Date::MonthEnd(year, 12);
  const bool before = point ? time.form == Form::kBefore : time.rhythm.bound == Rhythm::Bound::kBefore;
  std::optional<Date> last;
  const auto take = [&](const Point& place) {
    const auto days = DaysOf(place, context);
    if (days) last = std::max(last, std::optional(before ? days->first.PlusDays(-1) : days->second));
  };
  if (point) take(time.to);
  else for (const Point& place : time.rhythm.by) take(place);
  return last ? Decimal::FromInt(context.plan_last->days() - last->days()).cell() : ir::kAbsent;
}

// From when on there is time for it: the beginning of a window, else the day of issue or the plan's first day; nothing begins
// before the plan is issued.
std::optional<Date> OpensOn(const Time& time, const ResolvedTime& resolved, const ir::Frame& frame) {
  if (time.form == Form::kOn || !resolved.last) return resolved.last;
  const ir::Cell begin = frame.issue_date != ir::kAbsent ? frame.issue_date : frame.first_day;
  const std::optional<Date> plan = begin == ir::kAbsent ? std::nullopt : std::optional(Date(static_cast<int32_t>(begin)));
  const bool window = time.form == Form::kFromTo || time.form == Form::kFrom || time.form == Form::kWithin || time.since.kind != Point::Kind::kNone;
  return window && resolved.first ? std::max(plan, resolved.first) : plan;
}

}  // namespace

void Lowering::ResolveTimes() {
  const TimeContext context = program_.Context();
  times_.reserve(program_.times.size());
  for (const Time& time : program_.times) times_.push_back(Resolve(time, context));
}

ir::Cell Lowering::TimeCell(W member, uint32_t row) const {
  const Time& time = program_.times[row];
  const ResolvedTime& resolved = times_[row];
  const bool event = time.form == Form::kWhen || time.form == Form::kIf || time.form == Form::kOnRequest ||
                     (time.form == Form::kWithin && time.anchor != EntityId::kNone);
  switch (member) {
    case W::member_class:
      switch (resolved.cls) {
        case TimeClass::kFixed: return CellOf(W::word_fixed);
        case TimeClass::kRecurring: return CellOf(W::word_recurring);
        case TimeClass::kWaiting: return CellOf(W::word_waiting);
        case TimeClass::kOpen: return CellOf(W::word_guided_class);
        case TimeClass::kImpossible: return CellOf(W::word_impossible);
        case TimeClass::kNone: return CellOf(W::word_wordless);
      }
      return ir::kAbsent;
    case W::member_grain: {
      const bool rhythm = time.form == Form::kEvery && !time.rhythm.by.empty();
      if (!rhythm && time.form != Form::kIn && time.form != Form::kBy && time.form != Form::kBefore && time.form != Form::kOn) return ir::kAbsent;
      const Point& to = rhythm ? time.rhythm.by.front() : time.to;
      if (to.edge != Point::Edge::kWhole) return CellOf(W::word_grain_day);
      switch (to.kind) {
        case Point::Kind::kDay: case Point::Kind::kYearlyDay: case Point::Kind::kMonthDay: case Point::Kind::kLunarDay:
        case Point::Kind::kIssueDate: return CellOf(W::word_grain_day);
        case Point::Kind::kMonth: return CellOf(W::word_grain_month);
        case Point::Kind::kQuarter: return CellOf(W::word_grain_quarter);
        case Point::Kind::kHalf: return CellOf(W::word_grain_half);
        case Point::Kind::kYear: return CellOf(W::word_grain_year);
        default: return ir::kAbsent;
      }
    }
    case W::member_bound: return BoundOf(time);
    case W::member_has_day: return HasDay(time, resolved) ? 1 : 0;
    case W::member_days_before_end: return DaysBeforeEnd(time, program_);
    case W::member_effective_day: return CellOf(resolved.effective);
    case W::member_opens: return CellOf(OpensOn(time, resolved, program_.frame));
    case W::member_first_day: return CellOf(resolved.first);
    case W::member_last_day: return CellOf(resolved.last);
    case W::member_months: {
      const auto months = MonthsOf(time.rhythm);
      return months ? months->cell() : ir::kAbsent;
    }
    case W::key_evidence: return time.evidence.unit == TimeUnit::kNone ? ir::kAbsent : ir::Cell{1};
    case W::member_lag: return time.lag.unit != TimeUnit::kNone || (time.form == Form::kWithin && time.length.unit != TimeUnit::kNone) ? ir::Cell{1} : ir::kAbsent;
    case W::member_limit: {
      const auto days = time.limit.kind == Point::Kind::kNone ? std::nullopt : DaysOf(time.limit, program_.Context());
      if (!days) return ir::kAbsent;
      return time.limit_before ? days->second.PlusDays(-1).days() : days->second.days();
    }
    case W::member_event: return CellOf(time.anchor);
    case W::member_words: return CellOf(time.words);
    case W::member_owner: return CellOf(model_.time_owners[row]);
    case W::member_is_pinned:
      return resolved.cls == TimeClass::kFixed && time.form != Form::kWithin && time.form != Form::kAsBelow && time.stance != Stance::kVision &&
                     time.stance != Stance::kOrientation
                 ? 1
                 : 0;
    case W::member_is_ongoing: return time.form == Form::kOngoing ? 1 : 0;
    case W::member_is_event_bound: return event ? 1 : 0;
    default: return ir::kAbsent;
  }
}

}  // namespace ordo

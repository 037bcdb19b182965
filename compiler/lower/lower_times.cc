// Times as rules see them: class, days, rhythm, what they wait for.
#include "compiler/lower/lowering.h"

namespace ordo {

void Lowering::ResolveTimes() {
  const TimeContext context = program_.Context();
  times_.reserve(program_.times.size());
  for (const Time& time : program_.times) times_.push_back(Resolve(time, context));
}

ir::Cell Lowering::TimeCell(W member, uint32_t row) const {
  const Time& time = program_.times[row];
  const ResolvedTime& resolved = times_[row];
  using Form = Time::Form;
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
      if (time.form != Form::kIn && time.form != Form::kBy && time.form != Form::kBefore && time.form != Form::kOn) return ir::kAbsent;
      if (time.to.edge != Point::Edge::kWhole) return CellOf(W::word_grain_day);
      switch (time.to.kind) {
        case Point::Kind::kDay: case Point::Kind::kYearlyDay: case Point::Kind::kMonthDay: case Point::Kind::kLunarDay:
        case Point::Kind::kIssueDate: return CellOf(W::word_grain_day);
        case Point::Kind::kMonth: return CellOf(W::word_grain_month);
        case Point::Kind::kQuarter: return CellOf(W::word_grain_quarter);
        case Point::Kind::kHalf: return CellOf(W::word_grain_half);
        case Point::Kind::kYear: return CellOf(W::word_grain_year);
        default: return ir::kAbsent;
      }
    }
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

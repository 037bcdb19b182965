#include "runtime/solve/plan_network.h"

#include <algorithm>

#include "runtime/solve/temporal_network.h"

namespace ordo::solve {

namespace {

using Form = Time::Form;
using StepKind = ir::Step::Kind;

constexpr int32_t kYearsBehind = 50;   // what runs further than this behind the plan's own days has no day

int32_t BeginOf(Date day) { return day.days(); }
int32_t EndOf(Date day) { return day.days() + 1; }

// A length of a plan as a span; nullopt for hours and what is no whole number.
std::optional<Span> SpanOf(const Length& length) {
  const auto whole = [&](int factor) -> std::optional<int32_t> {
    const auto product = length.count.Times(Decimal::FromInt(factor));
    const auto count = product ? product->ToInt() : std::nullopt;
    if (!count || *count > 1'000'000 || *count < -1'000'000) return std::nullopt;
    return static_cast<int32_t>(*count);
  };
  Span span;
  std::optional<int32_t> count;
  switch (length.unit) {
    case TimeUnit::kDay: count = whole(1); break;
    case TimeUnit::kWeek: count = whole(7); break;
    case TimeUnit::kWorkingDay: count = whole(1), span.unit = SpanUnit::kWorkingDays; break;
    case TimeUnit::kMonth: count = whole(1), span.unit = SpanUnit::kMonths; break;
    case TimeUnit::kQuarter: count = whole(3), span.unit = SpanUnit::kMonths; break;
    case TimeUnit::kHalfYear: count = whole(6), span.unit = SpanUnit::kMonths; break;
    case TimeUnit::kYear: count = whole(12), span.unit = SpanUnit::kMonths; break;
    case TimeUnit::kHour:
    case TimeUnit::kNone: return std::nullopt;
  }
  if (!count) return std::nullopt;
  span.count = *count;
  return span;
}

// What a field says to the schedule. A field's word is a key, so its id alone decides, even where another family shares the id.
enum class Role : uint8_t { kNone, kDue, kStarts, kDuration, kAfter, kAfterStart, kEndsAfter, kEndsAfterStart, kIssueDate, kPeriod };

std::vector<Role> RolesOf(const ir::Program& program) {
  constexpr std::pair<std::string_view, Role> kRoles[] = {
      {"due", Role::kDue},          {"starts", Role::kStarts},          {"duration", Role::kDuration},
      {"after", Role::kAfter},      {"after_start", Role::kAfterStart}, {"ends_after", Role::kEndsAfter},
      {"ends_after_start", Role::kEndsAfterStart}, {"issue_date", Role::kIssueDate}, {"period", Role::kPeriod}};
  std::vector<Role> roles(program.words.size(), Role::kNone);
  for (size_t i = 0; i < roles.size(); ++i) {
    for (const auto& [id, role] : kRoles) {
      if (program.words[i].id == id) roles[i] = role;
    }
  }
  return roles;
}

std::optional<Date> DayOf(ir::Cell cell) {
  return cell == ir::kAbsent ? std::nullopt : std::optional(Date(static_cast<int32_t>(cell)));
}

class PlanNetwork {
 public:
  explicit PlanNetwork(const ir::Program& program)
      : program_(program), context_(program.Context()), roles_(RolesOf(program)), horizon_(HorizonOf(program)),
        network_(horizon_, program.calendar) {
    for (size_t i = 0; i < program.kinds.size(); ++i) {
      const std::string& id = program.words[program.kinds[i].word].id;
      const auto kind = static_cast<ir::KindId>(i);
      if (id == "task") task_ = kind;
      if (id == "milestone") milestone_ = kind;
      if (id == "document") document_ = kind;
      if (id == "event") event_ = kind;
      if (id == "time") time_ = kind;
    }
    at_most_ = program.FindWord("at_most");
  }

  Schedule Solve() {
    nodes_.assign(program_.entities.size(), kNoNode);
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const ir::KindId kind = program_.entities[i].kind;
      if (kind == task_ || kind == milestone_) nodes_[i] = network_.AddTask();
      else if (kind == document_ || kind == event_) nodes_[i] = network_.AddNode();
    }
    is_work_.assign(network_.nodes(), 0);
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      if (nodes_[i] != kNoNode && IsWork(static_cast<EntityId>(i))) is_work_[nodes_[i]] = kStart, is_work_[nodes_[i] + 1] = kEnd;
    }
    linked_.assign(program_.entities.size(), false);
    in_working_days_.assign(program_.entities.size(), false);
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const ir::KindId kind = program_.entities[i].kind;
      if (kind == task_ || kind == milestone_) AddWork(static_cast<EntityId>(i));
      else if (kind == document_ || kind == event_) AddAwaited(static_cast<EntityId>(i));
    }
    return Told(network_.Solve());
  }

 private:
  struct Origin {
    ir::Step step;
    ordo::Span span;
    bool end = false;   // the node that the step reaches is an end: its day is the one before the instant
    std::pair<Date, Date> days;   // of a window
  };

  // From the plan's own days; a plan that states none is read against the days of its times.
  static Horizon HorizonOf(const ir::Program& program) {
    std::optional<Date> first, last;
    const auto take = [&](std::optional<Date> day) {
      if (!day) return;
      if (!first || *day < *first) first = day;
      if (!last || *day > *last) last = day;
    };
    take(DayOf(program.frame.issue_date)), take(DayOf(program.frame.first_day)), take(DayOf(program.frame.last_day));
    const TimeContext context = program.Context();
    for (const Time& time : program.times) {
      const ResolvedTime days = Resolve(time, context);
      take(days.first), take(days.last);
    }
    if (!first) return {0, 0};
    return {first->PlusDays(-366 * kYearsBehind).days(), last->PlusDays(366 * kYearsBehind).days()};
  }

  NodeId StartOf(EntityId id) const { return nodes_[static_cast<uint32_t>(id)]; }
  NodeId FinishOf(EntityId id) const {
    const NodeId node = nodes_[static_cast<uint32_t>(id)];
    return node == kNoNode || !IsWork(id) ? node : node + 1;
  }
  bool IsWork(EntityId id) const {
    const ir::KindId kind = program_.entity(id).kind;
    return kind == task_ || kind == milestone_;
  }

  uint32_t Say(StepKind kind, EntityId owner, ordo::Span span, bool end, EntityId other = EntityId::kNone, const Length& length = {}) {
    origins_.push_back({{kind, owner, other, length, ir::kAbsent}, span, end});
    return static_cast<uint32_t>(origins_.size() - 1);
  }

  const Time* TimeOf(const ir::Entry& entry) const {
    if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) return nullptr;
    const ir::Entity& object = program_.entity(static_cast<EntityId>(entry.value));
    return object.kind == time_ && object.row < program_.times.size() ? &program_.times[object.row] : nullptr;
  }

  template <class F>
  void EachField(EntityId id, F&& f) const {
    const ir::Entity& object = program_.entity(id);
    for (uint32_t i = 0; i < object.field_count; ++i) f(program_.fields[object.first_field + i]);
  }

  void AddWork(EntityId id) {
    const ir::Entity& object = program_.entity(id);
    const NodeId start = StartOf(id), end = FinishOf(id);
    bool bounded = false, open_ended = false;
    ordo::Span heading = object.span;
    network_.AtLeast(start, end, {}, Say(StepKind::kLasts, id, heading, true, EntityId::kNone, {Decimal(), TimeUnit::kDay}));
    if (const auto issued = DayOf(program_.frame.issue_date)) {
      if (issued_origin_ == UINT32_MAX) {
        issued_origin_ = Say(StepKind::kIssued, program_.plan, PlanSpan(Role::kIssueDate), false);
        issued_end_origin_ = Say(StepKind::kIssued, program_.plan, PlanSpan(Role::kIssueDate), true);
      }
      network_.Least(start, BeginOf(*issued), issued_origin_);
      network_.Least(end, EndOf(*issued), issued_end_origin_);
    }
    // A group row spans its rows, a task its steps.
    if (object.parent != EntityId::kNone && IsWork(object.parent)) {
      const StepKind kind = StepKind::kPart;
      network_.AtLeast(StartOf(object.parent), start, {}, Say(kind, id, heading, false, object.parent));
      network_.AtLeast(end, FinishOf(object.parent), {}, Say(kind, object.parent, heading, true, id));
    }
    EachField(id, [&](const ir::Field& field) {
      const Role role = roles_[field.word];
      if (role == Role::kNone) return;
      for (uint32_t e = field.first_entry; e < field.first_entry + field.entry_count; ++e) {
        const ir::Entry& entry = program_.entries[e];
        switch (role) {
          case Role::kStarts:
            if (const Time* time = TimeOf(entry)) AddStart(id, *time, entry.span);
            break;
          case Role::kDuration: AddDuration(id, entry); break;
          case Role::kAfter: AddLink(id, entry, false, false); break;
          case Role::kAfterStart: AddLink(id, entry, true, false); break;
          case Role::kEndsAfter: AddLink(id, entry, false, true); break;
          case Role::kEndsAfterStart: AddLink(id, entry, true, true); break;
          default: break;
        }
      }
      if (role == Role::kDue) AddDue(id, field, bounded, open_ended);
    });
    // What has no day of its own ends with the plan.
    const auto last = DayOf(program_.frame.last_day);
    if (!bounded && !open_ended && last) {
      network_.Most(end, EndOf(*last), Say(StepKind::kDue, program_.plan, PlanSpan(Role::kPeriod), true));
    }
  }

  ordo::Span PlanSpan(Role role) const {
    if (program_.plan == EntityId::kNone) return {};
    ordo::Span span = program_.entity(program_.plan).span;
    EachField(program_.plan, [&](const ir::Field& field) {
      if (roles_[field.word] == role) span = field.span;
    });
    return span;
  }

  void AddStart(EntityId id, const Time& time, ordo::Span span) {
    linked_[static_cast<uint32_t>(id)] = true;
    const NodeId start = StartOf(id);
    const ResolvedTime days = Resolve(time, context_);
    const bool upper = time.form != Form::kFrom;
    if (days.first && time.form != Form::kBy && time.form != Form::kBefore) {
      NotBefore(id, *days.first, span);
    }
    const auto issued = DayOf(program_.frame.issue_date);
    if (upper && days.last && (!issued || *days.last >= *issued)) network_.Most(start, BeginOf(*days.last), Say(StepKind::kDue, id, span, false));
    if (time.anchor != EntityId::kNone && FinishOf(time.anchor) != kNoNode) Anchor(id, time, span, start, false);
  }

  // Work begins no earlier than on a day, so it ends no earlier than at the end of that day, whatever its length.
  void NotBefore(EntityId id, Date day, ordo::Span span) {
    network_.Least(StartOf(id), BeginOf(day), Say(StepKind::kNotBefore, id, span, false));
    network_.Least(FinishOf(id), EndOf(day), Say(StepKind::kNotBefore, id, span, true));
  }

  void AddDuration(EntityId id, const ir::Entry& entry) {
    if (!ir::IsDecimal(entry.type) || entry.value == ir::kAbsent) return;
    linked_[static_cast<uint32_t>(id)] = true;
    in_working_days_[static_cast<uint32_t>(id)] = entry.type == ir::Type::kWorkingDays;
    const TimeUnit unit = entry.type == ir::Type::kWorkingDays ? TimeUnit::kWorkingDay
                          : entry.type == ir::Type::kMonths    ? TimeUnit::kMonth
                                                               : TimeUnit::kDay;
    const Length length{Decimal::FromCell(entry.value), unit};
    auto span = SpanOf(length);
    if (!span) return;
    span->from_start = span->unit == SpanUnit::kMonths;   // 1 to 31 March is a month
    if (entry.mode == at_most_) {
      span->by_end = true;
      network_.AtMost(StartOf(id), FinishOf(id), *span, Say(StepKind::kNotLonger, id, entry.span, false, EntityId::kNone, length));
    } else {
      network_.AtLeast(StartOf(id), FinishOf(id), *span, Say(StepKind::kLasts, id, entry.span, true, EntityId::kNone, length));
    }
  }

  void AddLink(EntityId id, const ir::Entry& entry, bool from_start, bool to_end) {
    if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) return;
    const auto other = entry.resolved != EntityId::kNone ? entry.resolved : static_cast<EntityId>(entry.value);
    const NodeId from = from_start ? StartOf(other) : FinishOf(other);
    if (from == kNoNode) return;
    linked_[static_cast<uint32_t>(id)] = true;
    const NodeId to = to_end ? FinishOf(id) : StartOf(id);
    const ir::Lag lag = entry.lag == ir::kNone ? ir::Lag() : program_.lags[entry.lag];
    const auto least = lag.least.unit == TimeUnit::kNone ? std::optional(Span()) : SpanOf(lag.least);
    if (least) network_.AtLeast(from, to, *least, Say(StepKind::kFollows, id, entry.span, to_end, other, lag.least));
    if (lag.most.unit == TimeUnit::kNone) return;
    if (const auto most = SpanOf(lag.most)) {
      network_.AtMost(from, to, *most, Say(StepKind::kNotBehind, other, entry.span, !from_start && IsWork(other), id, lag.most));
    }
  }

  // Several times in one cell: the one that ends last is the task's own; the others are its steps' affair.
  void AddDue(EntityId id, const ir::Field& field, bool& bounded, bool& open_ended) {
    std::optional<Date> due;
    ordo::Span due_span;
    for (uint32_t e = field.first_entry; e < field.first_entry + field.entry_count; ++e) {
      const ir::Entry& entry = program_.entries[e];
      const Time* time = TimeOf(entry);
      if (!time) continue;
      const ResolvedTime days = Resolve(*time, context_);
      if (days.cls == TimeClass::kRecurring) open_ended = true;
      // A window that runs backwards (SCH28) or lies behind the plan (SCH30) is a finding of its own.
      const auto plan_last = DayOf(program_.frame.last_day);
      if (time->form == Form::kFromTo && days.first && days.last && *days.first <= *days.last && (!plan_last || *days.first <= *plan_last)) {
        NotBefore(id, *days.first, entry.span);
      }
      if (time->form == Form::kFrom && days.first) NotBefore(id, *days.first, entry.span);
      if (time->form == Form::kOn && days.first) network_.Least(FinishOf(id), EndOf(*days.first), Say(StepKind::kNotBefore, id, entry.span, true));
      const bool after_a_day = time->form == Form::kWithin && time->from.kind != Point::Kind::kNone && time->from.kind != Point::Kind::kIssueDate;
      if (after_a_day && days.first) NotBefore(id, days.first->PlusDays(1), entry.span);
      if (time->anchor != EntityId::kNone && FinishOf(time->anchor) != kNoNode) {
        linked_[static_cast<uint32_t>(id)] = true;
        Anchor(id, *time, entry.span, FinishOf(id), true);
      }
      if (days.cls == TimeClass::kOpen && time->expected.kind != Point::Kind::kNone) {
        if (const auto expected = ExpectedDays(*time, context_)) {
          const auto object = static_cast<EntityId>(entry.value);
          const NodeId node = network_.AddNode();
          AddWindow(object, node, *expected, entry.span);
          linked_[static_cast<uint32_t>(id)] = true;
          network_.AtLeast(node, StartOf(id), {}, Say(StepKind::kFollows, id, entry.span, false, object));
        }
      }
      const bool firm = time->stance == Stance::kFirm && (days.cls == TimeClass::kFixed || days.cls == TimeClass::kWaiting || days.cls == TimeClass::kOpen);
      // A named day on a rest day is read by the plan's own policy.
      const std::optional<Date> last = days.effective ? days.effective : days.last;
      if (firm && last && (!due || *last > *due)) due = last, due_span = entry.span;
    }
    if (!due) return;
    bounded = true;
    // A day that is over when the plan is issued is a finding of its own (SCH08), not a conflict of the schedule.
    const auto issued = DayOf(program_.frame.issue_date);
    if (issued && *due < *issued) return;
    network_.Most(FinishOf(id), EndOf(*due), Say(StepKind::kDue, id, due_span, true));
  }

  // A time counted from another thing. `node` is what the time bounds from above.
  void Anchor(EntityId id, const Time& time, ordo::Span span, NodeId node, bool end) {
    const NodeId from = FinishOf(time.anchor);
    switch (time.form) {
      case Form::kWithin:
      case Form::kWhen:
      case Form::kIf: {
        network_.AtLeast(from, StartOf(id), {}, Say(StepKind::kFollows, id, span, false, time.anchor));
        const Length& length = time.form == Form::kWithin ? time.length : time.lag;
        auto limit = SpanOf(length);
        if (!limit) return;
        limit->by_end = true;
        limit->rolls = limit->unit != SpanUnit::kWorkingDays;   // Civil Code, art. 148.5
        if (!end) {   // a beginning is bounded by the end of its own day
          const NodeId day = network_.AddNode();
          network_.AtLeast(node, day, Span{1}, Say(StepKind::kLasts, id, span, true));
          node = day;
        }
        network_.AtMost(from, node, *limit, Say(StepKind::kWithin, time.anchor, span, IsWork(time.anchor), id, length));
        return;
      }
      case Form::kFollowing:
        network_.AtLeast(StartOf(time.anchor), StartOf(id), {}, Say(StepKind::kFollows, id, span, false, time.anchor));
        return;
      case Form::kBefore:
        // The only node of a document or an event is the end of its day.
        network_.AtLeast(FinishOf(id), StartOf(time.anchor), Span{IsWork(time.anchor) ? 0 : 1}, Say(StepKind::kFollows, time.anchor, span, false, id));
        return;
      default: return;
    }
  }

  // When a document is issued or an event happens: a day that is known, or the window in which another body decides.
  void AddAwaited(EntityId id) {
    EachField(id, [&](const ir::Field& field) {
      if (roles_[field.word] != Role::kIssueDate) return;
      for (uint32_t e = field.first_entry; e < field.first_entry + field.entry_count; ++e) {
        const Time* time = TimeOf(program_.entries[e]);
        if (!time) continue;
        const bool expected = time->expected.kind != Point::Kind::kNone;
        const auto days = expected ? ExpectedDays(*time, context_) : DaysOf(time->to, context_);
        if (!days) continue;
        AddWindow(id, StartOf(id), *days, program_.entries[e].span);
      }
    });
  }

  void AddWindow(EntityId id, NodeId node, const std::pair<Date, Date>& days, ordo::Span span) {
    const uint32_t origin = Say(StepKind::kExpected, id, span, true);
    origins_[origin].days = days;
    if (days.first == days.second) {
      network_.Least(node, EndOf(days.first), origin);
      network_.Most(node, EndOf(days.first), origin);
      return;
    }
    network_.Window(node, EndOf(days.first), EndOf(days.second), origin);
  }

  std::optional<Date> DateOf(int32_t instant, bool end) const {
    // What lies outside the days that the plan knows comes from the horizon alone.
    if (instant < horizon_.first + 366 * kYearsBehind || instant > horizon_.last - 366 * kYearsBehind + 1) return std::nullopt;
    return Date(end ? instant - 1 : instant);
  }

  // The network sees the bounds that lead furthest; people want the fewest clauses. Every task may begin, and one without a length
  // end, on the day of issue: where the rest of a chain is too long from there, what comes before it is left out. And an end is not
  // before its start even without a length: lengths that the conflict does not need are left out too.
  std::vector<Step> Shortened(const Conflict& conflict, int& excess) const {
    const std::vector<Step>& steps = conflict.steps;
    if (conflict.kind != Conflict::Kind::kDeadline || steps.size() < 3 || steps[0].kind != Constraint::Kind::kLeast) return steps;
    const auto issued = DayOf(program_.frame.issue_date);
    const size_t last = steps.size() - 1;
    for (size_t i = 1; i < last; ++i) {
      if (steps[i].kind != Constraint::Kind::kAtLeast) return steps;
    }
    std::vector<bool> dropped(steps.size(), false);
    std::vector<Step> chain;
    const auto violates = [&](size_t first, Step begin) {
      int32_t at = begin.after;
      chain = {begin};
      for (size_t i = first; i < last; ++i) {
        if (dropped[i]) {   // what has no length ends no earlier than the day of issue
          if (issued) at = std::max(at, EndOf(*issued));
          continue;
        }
        Step step = steps[i];
        step.before = at;
        step.after = at = Shift::OfLeast(network_.constraints()[step.constraint].span).Apply(at, program_.calendar);
        chain.push_back(step);
      }
      chain.push_back(steps[last]);
      chain.back().before = at;
      excess = at - steps[last].after;
      return excess > 0;
    };
    size_t first = 1;
    Step begin = steps[0];
    if (issued) {
      for (size_t i = last; i-- > 1;) {
        const uint8_t work = steps[i].from < is_work_.size() ? is_work_[steps[i].from] : 0;
        const int32_t at = work == kEnd ? EndOf(*issued) : BeginOf(*issued);
        const Step from_issue{kNoConstraint, work == kEnd ? issued_end_origin_ : issued_origin_, Constraint::Kind::kLeast, kNoNode, steps[i].from, at, at};
        if (work == 0 || !violates(i, from_issue)) continue;
        first = i, begin = from_issue;
        break;
      }
    }
    for (size_t i = first; i < last; ++i) {
      if (origins_[steps[i].origin].step.kind != StepKind::kLasts) continue;
      dropped[i] = true;
      dropped[i] = violates(first, begin);
    }
    violates(first, begin);
    return chain;
  }

  Clash TellClash(const Conflict& conflict) const {
    Clash clash;
    clash.shortfall = conflict.excess;
    for (const Step& step : Shortened(conflict, clash.shortfall)) {
      const Origin& origin = origins_[step.origin];
      ir::Step told = origin.step;
      // That an end is not before its own start is no clause of the plan.
      if (told.kind == StepKind::kLasts && told.length.count.mantissa() == 0) continue;
      told.day = Date(origin.end ? step.after - 1 : step.after).days();
      clash.steps.push_back(told);
      clash.spans.push_back(origin.span);
    }
    return clash;
  }

  Schedule Told(const Solution& solution) const {
    Schedule schedule;
    schedule.decided = solution.decided;
    schedule.objects.resize(program_.entities.size());
    if (!solution.decided) return schedule;
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const auto id = static_cast<EntityId>(i);
      if (nodes_[i] == kNoNode || !IsWork(id)) continue;
      ObjectDays& days = schedule.objects[i];
      const NodeTimes& start = solution.nodes[StartOf(id)];
      const NodeTimes& end = solution.nodes[FinishOf(id)];
      days.earliest_start = DateOf(start.earliest, false);
      if (days.earliest_start && in_working_days_[i]) days.earliest_start = program_.calendar.NextWorking(*days.earliest_start);
      days.earliest_end = DateOf(end.earliest, true);
      days.latest_start = DateOf(start.latest, false);
      days.latest_end = DateOf(end.latest, true);
      if (days.earliest_end && days.earliest_start && *days.earliest_end < *days.earliest_start) {
        days.earliest_start = days.earliest_end;   // no length is stated: it may be done on the day on which what it waits for is done
      }
      if (days.latest_start && days.latest_end && *days.latest_end < *days.latest_start) days.latest_start = days.latest_end;
      if (days.earliest_end && days.latest_end) {
        days.slack = end.total_slack;
        days.free_slack = end.free_slack;
      }
      days.linked = linked_[i];
      days.critical = days.linked && days.slack == 0;
    }
    for (const Conflict& conflict : solution.conflicts) schedule.clashes.push_back(TellClash(conflict));
    schedule.untold = solution.untold;
    for (const WindowAnswer& answer : solution.windows) {
      const Origin& origin = origins_[answer.origin];
      Awaited awaited;
      awaited.object = origin.step.owner;
      awaited.span = origin.span;
      awaited.first = origin.days.first;
      awaited.last = origin.days.second;
      awaited.safe = answer.joint.holds;
      for (const Clash& clash : schedule.clashes) {
        for (const ir::Step& step : clash.steps) awaited.in_clash |= step.owner == awaited.object || step.other == awaited.object;
      }
      if (answer.joint.last_safe) awaited.last_safe = DateOf(*answer.joint.last_safe, true);
      if (answer.joint.conflict) awaited.clash = TellClash(*answer.joint.conflict);
      schedule.awaited.push_back(std::move(awaited));
    }
    for (const Step& step : solution.CriticalChain()) {
      const EntityId owner = origins_[step.origin].step.owner;
      if (owner == EntityId::kNone || !IsWork(owner)) continue;
      auto& chain = schedule.critical_chain;   // the steps of one owner follow each other
      if (chain.empty() || chain.back() != owner) chain.push_back(owner);
    }
    return schedule;
  }

  const ir::Program& program_;
  const TimeContext context_;
  const std::vector<Role> roles_;
  const Horizon horizon_;
  TemporalNetwork network_;
  ir::KindId task_ = ir::kNoKind, milestone_ = ir::kNoKind, document_ = ir::kNoKind, event_ = ir::kNoKind, time_ = ir::kNoKind;
  ir::WordId at_most_ = ir::kNoWord;
  std::vector<NodeId> nodes_;        // by entity: the start, or the only one
  std::vector<bool> linked_;
  std::vector<bool> in_working_days_;   // its length: it begins on a working day
  static constexpr uint8_t kStart = 1, kEnd = 2;
  std::vector<uint8_t> is_work_;       // by node: of what it is the start or the end; 0: neither, or made for one clause
  uint32_t issued_origin_ = UINT32_MAX, issued_end_origin_ = UINT32_MAX;
  std::vector<Origin> origins_;
};

}  // namespace

bool HasLinks(const ir::Program& program) {
  for (const Time& time : program.times) {
    if (time.anchor != EntityId::kNone || time.expected.kind != Point::Kind::kNone) return true;
  }
  const std::vector<Role> roles = RolesOf(program);
  for (const ir::Field& field : program.fields) {
    const Role role = roles[field.word];
    if (role >= Role::kStarts && role <= Role::kEndsAfterStart) return true;
  }
  return false;
}

Schedule ScheduleOf(const ir::Program& program) { return PlanNetwork(program).Solve(); }

}  // namespace ordo::solve

// Which rows a timeline has and which days they mean. Rows stand as the plan's own annex orders and numbers them.
#include "runtime/report/timeline.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "runtime/diag/emitter.h"
#include "runtime/report/build.h"
#include "runtime/report/outline.h"
#include "runtime/report/print.h"
#include "runtime/report/roles.h"
#include "runtime/report/text.h"
#include "runtime/time/occurrences.h"

namespace ordo::report {
namespace {

constexpr int kMostRestDays = 400;   // a longer timeline never shows single days

// The days on which a rhythm comes round. Only the day that the rhythm itself names is known here («hằng năm, trước 30/11»).
std::vector<Date> TicksOf(const Time& time, const TimeContext& context) {
  const bool recurs = Resolve(time, context).cls == TimeClass::kRecurring;
  if (!recurs || !context.plan_first || !context.plan_last) return {};
  std::vector<Date> ticks;
  for (const Occurrence& occurrence : Occurrences(time, context, *context.plan_first, *context.plan_last)) ticks.push_back(occurrence.due);
  return ticks;
}

TimelineClass ClassOf(const Time& time, const ResolvedTime& resolved) {
  switch (resolved.cls) {
    case TimeClass::kFixed: return TimelineClass::kFixed;
    case TimeClass::kRecurring:
      return time.form == Time::Form::kOngoing || time.form == Time::Form::kFrom ? TimelineClass::kOngoing
                                                                                 : TimelineClass::kRecurring;
    case TimeClass::kWaiting: return TimelineClass::kWaiting;
    case TimeClass::kOpen: return TimelineClass::kOpen;
    case TimeClass::kNone:
    case TimeClass::kImpossible: break;
  }
  return TimelineClass::kUndated;
}

bool StartIsWritten(const Time& time) {
  switch (time.form) {
    case Time::Form::kIn:
    case Time::Form::kOn:
    case Time::Form::kFromTo:
    case Time::Form::kFrom:
    case Time::Form::kWithin: return true;
    default: return time.since.kind != Point::Kind::kNone;
  }
}

void Widen(std::optional<Date>& first, std::optional<Date>& last, std::optional<Date> day) {
  if (!day) return;
  first = first ? std::min(*first, *day) : day;
  last = last ? std::max(*last, *day) : day;
}

class TimelineBuilder {
 public:
  TimelineBuilder(const eval::Evaluation& evaluation, Language language, const TimelineRequest& request)
      : evaluation_(evaluation),
        program_(evaluation.program()),
        request_(request),
        language_(language),
        words_(program_),
        printer_(program_, language),
        context_(program_.Context()) {
    // Occurrences and members of a group have items of their own: the row is done when all of it is, so they are left out.
    if (request.progress != nullptr) {
      for (const ProgressItem& item : request.progress->items) {
        if (item.first_day == ir::kAbsent && item.party == EntityId::kNone) progress_.try_emplace(item.object, &item);
      }
    }
    if (words_.milestone_kind == ir::kNoKind) return;
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const ir::Entity& entity = program_.entities[i];
      if (entity.kind == words_.milestone_kind) milestones_[entity.parent].push_back(EntityId{static_cast<uint32_t>(i)});
    }
  }

  Timeline Build() {
    timeline_.as_of = request_.as_of;
    timeline_.subtitle = AttachedTo(program_, words_, printer_);
    if (program_.plan != EntityId::kNone) timeline_.title = program_.text(program_.entity(program_.plan).title);
    if (request_.unit != EntityId::kNone) timeline_.unit = printer_.Object(request_.unit);
    Rows();
    Bounds();
    RestDays();
    return std::move(timeline_);
  }

 private:
  void Rows() {
    NumberingStyle style = StyleOfTasks(program_, words_.task_kind);
    const Outline outline(evaluation_, words_, words_.task_kind, ir::kNone, style);
    std::vector<Role> roles;
    std::vector<EntityId> wanted;
    if (request_.unit != EntityId::kNone) {
      roles = RolesOf(evaluation_, words_);
      for (Role& role : roles) role.letter = "x";
      wanted.push_back(request_.unit);
    }
    const Letters takes_part(evaluation_, words_, std::move(roles), wanted);
    std::vector<EntityId> order;
    const std::vector<Group> groups =
        outline.Groups([&](EntityId id, const std::string&, Row&) { order.push_back(id); });   // in the order of the walk below
    size_t next = 0;
    for (const Group& group : groups) {
      const size_t heading = timeline_.rows.size();
      // Rows outside any section that follow one are set apart by a heading without words.
      if (!group.number.empty() || !group.title.empty() || heading > 0) {
        TimelineRow& row = timeline_.rows.emplace_back();
        row.id = group.id;
        row.number = row.label = group.number;
        row.title = group.title;
        row.is_group = true;
        row.at = group.at;
      }
      const size_t first = timeline_.rows.size();
      for (const Row& row : group.rows) Add(row, 0, order, next, takes_part);
      if (request_.unit != EntityId::kNone && timeline_.rows.size() == first) timeline_.rows.resize(heading);
    }
  }

  // A row, then what lies below it; gives back whether the row stays.
  bool Add(const Row& shown, int level, const std::vector<EntityId>& order, size_t& next, const Letters& takes_part) {
    const EntityId id = order[next++];
    const size_t at = timeline_.rows.size();
    const size_t note = timeline_.notes.size();
    timeline_.rows.push_back(RowOf(id, shown, level));
    bool stays = request_.unit == EntityId::kNone || !takes_part.Cell(id, 0).empty();
    for (const Row& sub : shown.rows) stays |= Add(sub, level + 1, order, next, takes_part);
    if (!stays) {
      timeline_.rows.resize(at);
      timeline_.notes.resize(note);
      return false;
    }
    TimelineRow& row = timeline_.rows[at];
    if (!shown.rows.empty() && row.words.empty()) row.words = Say(Phrase::kTimelineAsParts, language_);
    if (row.first || row.last || row.due || row.expected) return true;
    // No time of its own: it spans its milestones and what lies below.
    std::optional<Date> first, last;
    for (const TimelineMilestone& milestone : row.milestones) Widen(first, last, milestone.day);
    for (size_t i = at + 1; i < timeline_.rows.size(); ++i) {
      if (timeline_.rows[i].level != level + 1) continue;
      Widen(first, last, timeline_.rows[i].first);
      Widen(first, last, timeline_.rows[i].last);
      Widen(first, last, timeline_.rows[i].due);
    }
    if (first && (row.cls == TimelineClass::kUndated || row.cls == TimelineClass::kFixed)) {
      row.cls = TimelineClass::kSummary;
      row.first = first;
      row.last = last;
    }
    return true;
  }

  TimelineRow RowOf(EntityId id, const Row& shown, int level) {
    const ir::Entity& entity = program_.entity(id);
    TimelineRow row;
    row.id = shown.id;
    row.number = shown.number;
    row.label = printer_.Object(id);
    row.title = program_.text(entity.title != Symbol::kEmpty ? entity.title : entity.name);
    row.level = level;
    row.at = shown.at;
    const bool parts = !shown.rows.empty();
    if (const ir::Field* lead = program_.FindField(id, words_.lead); lead != nullptr && !(lead->shared && parts)) {
      row.owner = OwnerOf(*lead);
      row.owner_title = printer_.FieldCell(id, words_.lead);
    }
    const ir::Field* due = program_.FindField(id, words_.due);
    if (due == nullptr || !(due->shared && parts)) row.words = printer_.FieldCell(id, words_.due);
    if (due != nullptr && !(due->shared && parts)) Times(*due, row);
    if (const auto found = milestones_.find(id); found != milestones_.end()) {
      for (const EntityId milestone : found->second) AddMilestone(milestone, row);
    }
    if (request_.schedule != nullptr && request_.schedule->decided) {
      const solve::ObjectDays& days = request_.schedule->objects[static_cast<uint32_t>(id)];
      // What waits for an event that has no day has all the room of the plan: nothing to draw.
      const bool waits = row.cls == TimelineClass::kWaiting || row.cls == TimelineClass::kOpen;
      if (days.linked && !waits) {
        row.earliest = days.earliest_start;
        row.latest = days.latest_end;
        row.slack_days = days.slack;
        row.critical = days.critical;
        // No window is written: the bar is the earliest one.
        if ((!row.starts_as_written || row.first == row.last) && days.earliest_start && days.earliest_end && *days.earliest_start < *days.earliest_end) {
          row.first = days.earliest_start;
          row.last = days.earliest_end;
          row.starts_as_written = true;
          if (row.cls == TimelineClass::kUndated) row.cls = TimelineClass::kFixed;
        }
      }
    }
    if (const auto found = progress_.find(id); found != progress_.end()) {
      const ProgressItem& item = *found->second;
      if (item.done != ir::kAbsent) row.done = Date(static_cast<int32_t>(item.done));
      row.late = item.state == State::kLate || item.state == State::kDoneLate;
    }
    std::stable_sort(row.milestones.begin(), row.milestones.end(),
                     [](const TimelineMilestone& a, const TimelineMilestone& b) { return a.day < b.day; });
    return row;
  }

  template <typename Take>
  void EachTime(const ir::Field& field, const Take& take) const {
    for (uint32_t i = 0; i < field.entry_count; ++i) {
      const ir::Entry& entry = program_.entries[field.first_entry + i];
      if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) continue;
      const EntityId id = static_cast<EntityId>(entry.value);
      if (IsKind(program_, id, words_.time_kind)) take(entry, program_.times[program_.entity(id).row]);
    }
  }

  // Several times in one cell: the window covers them all, the last is the day by which everything is done, earlier ones are
  // milestones.
  void Times(const ir::Field& field, TimelineRow& row) const {
    std::string due_words;   // of the time that is due last
    EachTime(field, [&](const ir::Entry& entry, const Time& time) {
      const ResolvedTime resolved = Resolve(time, context_);
      const TimelineClass cls = ClassOf(time, resolved);
      if (row.cls == TimelineClass::kUndated) row.cls = cls;
      if (time.expected.kind != Point::Kind::kNone && !row.expected) row.expected = ExpectedDays(time, context_);
      for (const Date tick : TicksOf(time, context_)) row.occurrences.push_back(tick);
      if (resolved.first && (!row.first || *resolved.first < *row.first)) {
        row.first = resolved.first;
        row.starts_as_written = StartIsWritten(time);
      }
      if (resolved.last && (!row.last || *resolved.last > *row.last)) row.last = resolved.last;
      if (!resolved.last || cls == TimelineClass::kOngoing || cls == TimelineClass::kRecurring) return;
      std::optional<Date> earlier = resolved.last;
      std::string words = printer_.EntryText(entry);
      if (!row.due || *row.due < *earlier) std::swap(row.due, earlier), std::swap(due_words, words);
      if (earlier && earlier != row.due) row.milestones.push_back({*earlier, words});
    });
  }

  void AddMilestone(EntityId id, TimelineRow& row) {
    std::string label(program_.text(program_.entity(id).title != Symbol::kEmpty ? program_.entity(id).title
                                                                                : program_.entity(id).name));
    const ir::Field* lead = program_.FindField(id, words_.lead);
    const std::string owner = lead != nullptr ? OwnerOf(*lead) : std::string();
    std::optional<Date> day;
    if (const ir::Field* due = program_.FindField(id, words_.due)) {
      EachTime(*due, [&](const ir::Entry&, const Time& time) {
        const ResolvedTime resolved = Resolve(time, context_);
        if (resolved.last && (!day || *day < *resolved.last)) day = resolved.last;
      });
    }
    if (day) {
      if (!owner.empty()) label += " (" + owner + ")";
      row.milestones.push_back({*day, std::move(label)});
    } else {
      timeline_.notes.push_back({row.label, std::move(label), owner, printer_.FieldCell(id, words_.due)});
    }
  }

  // A register may know a name in few letters («UBND thành phố Hải Phòng»); a spelling that saves little is only a variant.
  std::string ShortName(EntityId party) {
    const auto known = short_names_.find(party);
    if (known != short_names_.end()) return known->second;
    std::string name = printer_.Object(party);
    const size_t most = name.size() * 3 / 4;
    if (const ir::Field* also = FieldNamed(program_, party, "also_written")) {
      std::string_view best = name;
      for (uint32_t i = 0; i < also->entry_count; ++i) {
        const ir::Entry& entry = program_.entries[also->first_entry + i];
        if (entry.type != ir::Type::kText || entry.value == ir::kAbsent) continue;
        const std::string_view text = program_.text(static_cast<Symbol>(entry.value));
        if (!text.empty() && text.size() <= most && text.size() < best.size()) best = text;
      }
      name = std::string(best);
    }
    short_names_[party] = name;
    return name;
  }

  std::string OwnerOf(const ir::Field& lead) {
    std::string owner;
    for (uint32_t i = 0; i < lead.entry_count; ++i) {
      const ir::Entry& entry = program_.entries[lead.first_entry + i];
      const bool plain = entry.type == ir::Type::kEntity && entry.value != ir::kAbsent && entry.mode == ir::kNoWord &&
                         entry.member == ir::kNoWord && entry.wording == Symbol::kEmpty;
      Append(owner, "; ", plain ? ShortName(static_cast<EntityId>(entry.value)) : printer_.EntryText(entry));
    }
    return owner;
  }

  void Bounds() {
    const auto day = [](ir::Cell cell) { return cell == ir::kAbsent ? std::nullopt : std::optional(Date(static_cast<int32_t>(cell))); };
    std::optional<Date>&first = timeline_.first, &last = timeline_.last;
    for (const TimelineRow& row : timeline_.rows) {
      for (const std::optional<Date>& each : {row.first, row.last, row.due}) Widen(first, last, each);
      if (row.expected) {
        Widen(first, last, row.expected->first);
        Widen(first, last, row.expected->second);
      }
      for (const TimelineMilestone& milestone : row.milestones) Widen(first, last, milestone.day);
      for (const Date tick : row.occurrences) Widen(first, last, tick);
    }
    const bool waits = std::any_of(timeline_.rows.begin(), timeline_.rows.end(),
                                   [](const TimelineRow& row) { return row.cls == TimelineClass::kWaiting; });
    if (!first && !waits) return;
    Widen(first, last, day(program_.frame.first_day));
    Widen(first, last, day(program_.frame.last_day));
    // An event may come from the day of issue on.
    const std::optional<Date> from = day(program_.frame.issue_date) ? day(program_.frame.issue_date) : day(program_.frame.first_day);
    if (!from || !first || first == last) return;
    for (TimelineRow& row : timeline_.rows) {
      if (row.cls == TimelineClass::kWaiting && !row.first && !row.last && *from >= *first && *from < *last) row.first = from;
    }
  }

  void RestDays() {
    if (!timeline_.first) return;
    const Date first = *timeline_.first, last = *timeline_.last;
    const auto extend = [](std::vector<TimelineRest>& rests, Date day, std::string_view title) {
      if (!rests.empty() && rests.back().last.PlusDays(1) == day && rests.back().title == title) rests.back().last = day;
      else rests.push_back({day, day, std::string(title)});
    };
    for (const SpecialDay& special : program_.calendar.days()) {
      if (special.date < first || special.date > last || !special.counts() || special.works()) continue;
      if (program_.calendar.IsWorking(special.date)) continue;
      if (timeline_.holidays.empty() || timeline_.holidays.back().last != special.date) {
        extend(timeline_.holidays, special.date, program_.text(special.title));
      }
    }
    if (last.days() - first.days() > kMostRestDays) return;
    for (Date day = first; day <= last; day = day.PlusDays(1)) {
      if (!program_.calendar.IsWorking(day)) extend(timeline_.rests, day, "");
    }
  }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const TimelineRequest request_;
  const Language language_;
  const Words words_;
  const Printer printer_;
  const TimeContext context_;
  absl::flat_hash_map<EntityId, std::vector<EntityId>> milestones_;
  absl::flat_hash_map<EntityId, std::string> short_names_;
  absl::flat_hash_map<EntityId, const ProgressItem*> progress_;
  Timeline timeline_;
};

}  // namespace

std::string_view NameOf(TimelineClass cls) {
  switch (cls) {
    case TimelineClass::kFixed: return "fixed";
    case TimelineClass::kOngoing: return "ongoing";
    case TimelineClass::kRecurring: return "recurring";
    case TimelineClass::kWaiting: return "waiting";
    case TimelineClass::kOpen: return "open";
    case TimelineClass::kUndated: return "undated";
    case TimelineClass::kSummary: return "summary";
  }
  return {};
}

bool IsDrawn(const Timeline& timeline, const TimelineRow& row) {
  return timeline.first && (row.first || row.last || row.due || row.expected || row.done || row.earliest || row.latest ||
                            !row.milestones.empty() || !row.occurrences.empty());
}

Timeline BuildTimeline(const eval::Evaluation& evaluation, Language language, const TimelineRequest& request) {
  return TimelineBuilder(evaluation, language, request).Build();
}

}  // namespace ordo::report

#include "runtime/report/progress.h"

#include <algorithm>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/report/words.h"
#include "runtime/time/occurrences.h"

namespace ordo::report {
namespace {

using ir::Cell;
using ir::kAbsent;

class Reckoning {
 public:
  Reckoning(const eval::Evaluation& evaluation, Date as_of, Date until)
      : program_(evaluation.program()), words_(program_), journal_(program_), as_of_(as_of), until_(until) {
    out_.as_of = as_of;
    const ir::RelationId members = program_.FindRelation("group.members");
    for (uint32_t i = 0; members != ir::kNone && i < evaluation.rows(members); ++i) {
      members_[static_cast<EntityId>(evaluation.cell(members, i, 0))].push_back(static_cast<EntityId>(evaluation.cell(members, i, 1)));
    }
    ReadEntries();
  }

  Progress Run() {
    const size_t count = program_.entities.size();
    std::vector<bool> has_tasks(count, false);
    for (const ir::Entity& entity : program_.entities) {
      if (entity.parent == EntityId::kNone) continue;
      if (entity.kind == words_.task_kind) has_tasks[static_cast<uint32_t>(entity.parent)] = true;
      if (entity.kind == words_.milestone_kind) milestones_[entity.parent].push_back(static_cast<EntityId>(&entity - program_.entities.data()));
    }
    const ir::WordId reporting = KindWord("reporting");
    for (size_t i = 0; i < count; ++i) {
      const auto id = static_cast<EntityId>(i);
      const ir::Entity& entity = program_.entities[i];
      const ir::WordId word = entity.kind < program_.kinds.size() ? program_.kinds[entity.kind].word : ir::kNoWord;
      if (entity.kind == words_.task_kind) {
        if (!has_tasks[i]) AddItems(id, "lead");
      } else if (entity.kind == words_.milestone_kind) {
        AddItems(id, "lead");
      } else if (word != ir::kNoWord && word == reporting) {
        AddItems(id, "from");
      }
    }
    out_.standings = ir::StandingsOf(program_, journal_, as_of_);
    return std::move(out_);
  }

 private:
  using Key = std::tuple<EntityId, EntityId, Cell, Cell>;   // thing, party, occurrence
  struct Told {
    EntityId start_entry = EntityId::kNone, done_entry = EntityId::kNone;
    Cell started = kAbsent, done = kAbsent;
  };
  struct Due {
    Cell day = kAbsent;
    Cell late_after = kAbsent;   // as the policy for rest days reads it; kAbsent: day
    TimeClass cls = TimeClass::kNone;
    bool ongoing = false;
    bool waits = false;
  };

  ir::WordId KindWord(std::string_view id) const {
    for (const ir::Kind& kind : program_.kinds) {
      if (kind.word < program_.words.size() && program_.words[kind.word].id == id) return kind.word;
    }
    return ir::kNoWord;
  }

  void ReadEntries() {
    for (const ir::JournalEntry& entry : journal_.entries()) {
      if (entry.on == kAbsent || entry.on > as_of_.days()) {
        ++out_.later_entries;
        continue;
      }
      ++out_.entries;
      switch (entry.event) {
        case ir::Event::kStarted: case ir::Event::kDone: {
          Told& told = told_[Key{entry.subject, entry.party, entry.first_day, entry.last_day}];
          const bool done = entry.event == ir::Event::kDone;
          Cell& day = done ? told.done : told.started;
          if (day != kAbsent) break;   // the first one counts; JRN02 tells of the second
          day = entry.on;
          (done ? told.done_entry : told.start_entry) = entry.object;
          break;
        }
        case ir::Event::kMeasured: break;   // with the standings of targets
        case ir::Event::kHappened: happened_.try_emplace(entry.subject, entry.on); break;
        case ir::Event::kMoved: break;   // among the changes of its due
      }
    }
  }

  Cell DayOfDate(EntityId id, std::string_view key) const {
    const ir::Field* field = FieldNamed(program_, id, key);
    if (field == nullptr || field->entry_count == 0) return kAbsent;
    const ir::Entry& entry = program_.entries[field->first_entry];
    if (entry.type != ir::Type::kEntity || entry.value == kAbsent) return kAbsent;
    const Time& time = journal_.TimeOf(static_cast<EntityId>(entry.value));
    if (time.expected.kind != Point::Kind::kNone) return kAbsent;   // only expected: it has not happened
    const ResolvedTime days = Resolve(time, journal_.context());
    return days.last ? days.last->days() : kAbsent;
  }

  // The day on which what a time waits for came about, if it has by now.
  Cell DayOfAnchor(EntityId anchor) const {
    if (anchor == EntityId::kNone) return kAbsent;
    if (const auto found = happened_.find(anchor); found != happened_.end()) return found->second;
    if (const auto told = told_.find(Key{anchor, EntityId::kNone, kAbsent, kAbsent}); told != told_.end()) return told->second.done;
    const Cell day = DayOfDate(anchor, "issue_date");
    return day <= as_of_.days() ? day : kAbsent;
  }

  Due DueOf(EntityId id) const {
    Due due;
    if (id == EntityId::kNone) return due;
    const Time& time = journal_.TimeOf(id);
    const ResolvedTime days = Resolve(time, journal_.context());
    using Form = Time::Form;
    due.cls = days.cls;
    due.ongoing = time.form == Form::kOngoing || time.form == Form::kFrom;
    due.waits = days.cls == TimeClass::kWaiting || days.cls == TimeClass::kOpen;
    if (days.last && !due.ongoing) due.day = days.last->days();
    if (due.day != kAbsent && days.effective) due.late_after = days.effective->days();
    if (!due.waits || (time.form != Form::kWhen && time.form != Form::kIf && time.form != Form::kWithin)) return due;
    const Cell since = DayOfAnchor(time.anchor);
    if (since == kAbsent) return due;
    due.waits = false;
    const Length& length = time.form == Form::kWithin ? time.length : time.lag;
    if (length.unit == TimeUnit::kNone) return due;
    // The limit runs from the day of the event, which is not counted (Civil Code 2015, art. 147).
    const Ymd day = Date(static_cast<int32_t>(since)).ymd();
    Time limit;
    limit.form = Form::kWithin;
    limit.length = length;
    limit.from.kind = Point::Kind::kDay;
    limit.from.year = static_cast<int16_t>(day.year);
    limit.from.month = static_cast<int8_t>(day.month);
    limit.from.day = static_cast<int8_t>(day.day);
    const ResolvedTime end = Resolve(limit, journal_.context());
    if (end.last && (due.day == kAbsent || end.last->days() < due.day)) due.day = end.last->days(), due.late_after = kAbsent;
    due.waits = !end.last;   // working days without a calendar: still no day
    return due;
  }

  // A member of an `each` group has a duty of its own; what is named beside it another.
  std::vector<EntityId> PartiesOf(EntityId id, std::string_view role) const {
    std::vector<EntityId> parties;
    bool each = false;
    const ir::Field* field = FieldNamed(program_, id, role);
    for (uint32_t i = 0; field != nullptr && i < field->entry_count; ++i) {
      const ir::Entry& entry = program_.entries[field->first_entry + i];
      if (entry.type != ir::Type::kEntity || entry.value == kAbsent) continue;
      const auto party = static_cast<EntityId>(entry.value);
      const bool many = entry.mode < program_.words.size() && program_.words[entry.mode].id == "each";
      const auto members = members_.find(party);
      if (many && members != members_.end()) parties.insert(parties.end(), members->second.begin(), members->second.end());
      else parties.push_back(party);
      each |= many;
    }
    if (!each || parties.empty()) return {EntityId::kNone};
    absl::flat_hash_set<EntityId> seen;
    std::erase_if(parties, [&](EntityId party) { return !seen.insert(party).second; });
    return parties;
  }

  // The dues of a thing, or of one occurrence of it, up to a day.
  std::vector<DueStep> StepsOf(EntityId id, EntityId stated, Cell stated_day, Cell first_day, Cell last_day, Cell until) const {
    std::vector<DueStep> steps{{stated, EntityId::kNone, kAbsent, stated_day}};
    for (const ir::DueChange& change : journal_.ChangesOf(id)) {
      if (change.on != kAbsent && change.on > until) break;
      const bool occurrence = change.first_day != kAbsent;
      if (occurrence != (first_day != kAbsent) || (occurrence && (change.first_day != first_day || change.last_day != last_day))) continue;
      steps.push_back({change.due, change.source, change.on, DueOf(change.due).day});
    }
    return steps;
  }

  const Told* ToldOf(EntityId id, EntityId party, Cell first_day, Cell last_day) const {
    auto found = told_.find(Key{id, party, first_day, last_day});
    if (found == told_.end() && party != EntityId::kNone) found = told_.find(Key{id, EntityId::kNone, first_day, last_day});
    return found == told_.end() ? nullptr : &found->second;
  }

  void Judge(ProgressItem& item, const Due& due, const Told* told) {
    if (told != nullptr) {
      item.start_entry = told->start_entry;
      item.started = told->started;
      item.done_entry = told->done_entry;
      item.done = told->done;
    }
    item.due = due.day;
    if (item.computed == kAbsent || item.moves() > 0) item.computed = due.day;
    const Cell today = as_of_.days();
    // A named day on a rest day counts as the plan's policy reads it.
    const Cell limit = due.late_after != kAbsent ? due.late_after : due.day;
    const auto late_by = [&](Cell day) { return limit != kAbsent && day > limit ? static_cast<int>(day - limit) : 0; };
    if (item.done != kAbsent) {
      item.days_late = late_by(item.done);
      item.state = item.days_late > 0 ? State::kDoneLate : State::kDoneOnTime;
    } else if (late_by(today) > 0) {
      item.days_late = late_by(today);
      item.state = State::kLate;
    } else if (due.ongoing && due.day == kAbsent) {
      item.state = State::kOngoing;
    } else if (item.started != kAbsent) {
      item.state = State::kInProgress;
    } else if (due.waits) {
      item.state = State::kWaiting;
    } else {
      item.state = due.day != kAbsent ? State::kDueLater : State::kUndated;
    }
    out_.items.push_back(std::move(item));
  }

  void AddItems(EntityId id, std::string_view role) {
    std::vector<EntityId> times = journal_.StatedTimes(id);
    EntityId whole = journal_.StatedDue(id);
    for (const ir::DueChange& change : journal_.ChangesOf(id)) {   // a change of the whole puts one time in the place of all
      if (change.first_day != kAbsent || (change.on != kAbsent && change.on > as_of_.days())) continue;
      whole = change.due;
      times = {whole};
    }
    std::vector<Occurrence> rounds = RoundsOf(times);
    for (const EntityId party : PartiesOf(id, role)) {
      if (rounds.empty()) {
        AddOnce(id, party);
        continue;
      }
      for (const Occurrence& round : rounds) {
        ProgressItem item;
        item.object = id;
        item.party = party;
        item.first_day = round.first.days();
        item.last_day = round.last.days();
        item.computed = round.due.days();
        const Told* told = ToldOf(id, party, item.first_day, item.last_day);
        // One occurrence in the whole plan needs no name.
        if (told == nullptr && only_round_) told = ToldOf(id, party, kAbsent, kAbsent);
        const Cell until = told != nullptr && told->done != kAbsent ? told->done : as_of_.days();
        item.dues = StepsOf(id, whole, round.effective.days(), item.first_day, item.last_day, until);
        Due due;
        due.cls = TimeClass::kRecurring;
        due.day = item.dues.back().day;
        Judge(item, due, told);
      }
    }
  }

  void AddOnce(EntityId id, EntityId party) {
    ProgressItem item;
    item.object = id;
    item.party = party;
    const Told* told = ToldOf(id, party, kAbsent, kAbsent);
    const Cell until = told != nullptr && told->done != kAbsent ? told->done : as_of_.days();
    const EntityId stated = journal_.StatedDue(id);
    Due due = DueOf(stated);
    if (due.day == kAbsent && !due.waits && !due.ongoing) {   // «theo từng mốc dưới đây», or nothing: its last step
      for (const EntityId milestone : FindMilestones(id)) {
        const auto steps = StepsOf(milestone, journal_.StatedDue(milestone), DueOf(journal_.StatedDue(milestone)).day, kAbsent, kAbsent, until);
        due.day = std::max(due.day, steps.back().day);
      }
    }
    item.dues = StepsOf(id, stated, due.day, kAbsent, kAbsent, until);
    if (item.moves() > 0) due = DueOf(item.dues.back().time);
    Judge(item, due, told);
  }

  const std::vector<EntityId>& FindMilestones(EntityId id) const {
    static const std::vector<EntityId> kNone;
    const auto found = milestones_.find(id);
    return found == milestones_.end() ? kNone : found->second;
  }

  // The occurrences that have fallen due by the day that is asked for, and the next one.
  std::vector<Occurrence> RoundsOf(const std::vector<EntityId>& times) {
    std::vector<Occurrence> all;
    const TimeContext& context = journal_.context();
    only_round_ = false;
    if (!context.plan_first || !context.plan_last) return all;
    for (const EntityId time : times) {
      const auto recurring = ir::Journal::RecurringOf(journal_.TimeOf(time));
      if (!recurring) continue;
      const auto some = Occurrences(*recurring, context, *context.plan_first, context.plan_last->PlusMonths(12));
      all.insert(all.end(), some.begin(), some.end());
    }
    // What came round before the plan was issued was nobody's duty.
    if (context.issue_date) std::erase_if(all, [&](const Occurrence& one) { return one.effective < *context.issue_date; });
    std::stable_sort(all.begin(), all.end(), [](const Occurrence& a, const Occurrence& b) { return a.effective < b.effective; });
    only_round_ = all.size() == 1;
    size_t shown = 0;
    while (shown < all.size() && all[shown].effective <= until_) ++shown;
    if (shown < all.size()) ++shown;
    all.resize(shown);
    return all;
  }

  const ir::Program& program_;
  const Words words_;
  const ir::Journal journal_;
  const Date as_of_, until_;
  Progress out_;
  bool only_round_ = false;
  absl::flat_hash_map<EntityId, std::vector<EntityId>> members_, milestones_;
  absl::flat_hash_map<Key, Told> told_;
  absl::flat_hash_map<EntityId, Cell> happened_;
};

}  // namespace

std::string_view IdOf(State state) {
  constexpr std::string_view kIds[kStates] = {"done_on_time", "done_late", "in_progress", "late", "due_later", "waiting", "ongoing", "undated"};
  return kIds[static_cast<size_t>(state)];
}

Progress ProgressOf(const eval::Evaluation& evaluation, Date as_of, std::optional<Date> until) {
  return Reckoning(evaluation, as_of, std::max(as_of, until.value_or(as_of))).Run();
}

}  // namespace ordo::report

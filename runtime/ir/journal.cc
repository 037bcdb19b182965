#include "runtime/ir/journal.h"

#include <algorithm>

#include "runtime/time/occurrences.h"

namespace ordo::ir {
namespace {

std::optional<Event> EventOf(const Program& program, KindId kind) {
  if (kind >= program.kinds.size() || program.kinds[kind].word >= program.words.size()) return std::nullopt;
  const std::string& id = program.words[program.kinds[kind].word].id;
  if (id == "started") return Event::kStarted;
  if (id == "done") return Event::kDone;
  if (id == "moved") return Event::kMoved;
  if (id == "measured") return Event::kMeasured;
  if (id == "happened") return Event::kHappened;
  return std::nullopt;
}

bool IsWord(const Program& program, WordId word, std::string_view id) {
  return word < program.words.size() && program.words[word].id == id;
}

}  // namespace

Journal::Journal(const Program& program) : program_(program), context_(program.Context()) {
  // What each kind is, asked once; objects are many.
  std::vector<std::optional<Event>> events(program.kinds.size());
  KindId amendment = kNoKind;
  for (KindId kind = 0; kind < program.kinds.size(); ++kind) {
    events[kind] = EventOf(program, kind);
    if (IsWord(program, program.kinds[kind].word, "amendment")) amendment = kind;
  }
  for (size_t i = 0; i < program.entities.size(); ++i) {
    const KindId kind = program.entities[i].kind;
    if (kind >= events.size()) continue;
    if (events[kind]) ReadEntry(static_cast<EntityId>(i), *events[kind]);
    else if (kind == amendment) ReadAmendment(static_cast<EntityId>(i));
  }
  // kAbsent is the least cell: an undated amendment comes first.
  std::stable_sort(changes_.begin(), changes_.end(), [](const DueChange& a, const DueChange& b) {
    if (a.subject != b.subject) return a.subject < b.subject;
    if (a.on != b.on) return a.on < b.on;
    return a.amended > b.amended;
  });
  for (uint32_t i = 0; i < changes_.size(); ++i) {
    changes_of_.try_emplace(changes_[i].subject, i, i).first->second.second = i + 1;
  }
}

const Field* Journal::Find(EntityId id, std::string_view key) const {
  const Entity& object = program_.entity(id);
  for (uint32_t i = 0; i < object.field_count; ++i) {
    const Field& field = program_.fields[object.first_field + i];
    if (IsWord(program_, field.word, key)) return &field;
  }
  return nullptr;
}

EntityId Journal::FirstObject(const Field* field) const {
  if (field == nullptr || field->entry_count == 0) return EntityId::kNone;
  const Entry& entry = program_.entries[field->first_entry];
  if (entry.type != Type::kEntity || entry.value == kAbsent) return EntityId::kNone;
  return entry.resolved != EntityId::kNone ? entry.resolved : static_cast<EntityId>(entry.value);
}

void Journal::ReadPeriod(EntityId time, Cell& first_day, Cell& last_day) const {
  if (time == EntityId::kNone) return;
  const ResolvedTime days = Resolve(TimeOf(time), context_);
  if (days.first) first_day = days.first->days();
  if (days.last) last_day = days.last->days();
}

void Journal::ReadDue(EntityId id, DueChange& change) const {
  const Field* field = Find(id, "due");
  std::optional<Date> last;
  for (uint32_t i = 0; field != nullptr && i < field->entry_count; ++i) {
    const Entry& entry = program_.entries[field->first_entry + i];
    if (entry.type != Type::kEntity || entry.value == kAbsent) continue;
    const auto time = static_cast<EntityId>(entry.value);
    if (IsWord(program_, entry.mode, "instead_of")) {
      change.replaced = time;
      continue;
    }
    const ResolvedTime days = Resolve(TimeOf(time), context_);
    if (change.due != EntityId::kNone && (!days.last || (last && *days.last <= *last))) continue;
    change.due = time;
    last = days.last;
  }
}

void Journal::ReadEntry(EntityId id, Event event) {
  JournalEntry entry;
  entry.event = event;
  entry.object = id;
  entry.subject = program_.entity(id).parent;
  entry.day = FirstObject(Find(id, "on"));
  if (entry.day != EntityId::kNone) {
    const Time& time = TimeOf(entry.day);
    const bool one_day = time.form == Time::Form::kIn && (time.to.kind == Point::Kind::kDay || time.to.kind == Point::Kind::kIssueDate);
    const auto days = one_day ? DaysOf(time.to, context_) : std::nullopt;
    if (days) entry.on = days->second.days();
  }
  entry.period = FirstObject(Find(id, "period"));
  ReadPeriod(entry.period, entry.first_day, entry.last_day);
  entry.party = FirstObject(Find(id, "party"));
  entries_.push_back(entry);
  if (event != Event::kMoved || entry.subject == EntityId::kNone) return;
  DueChange change;
  change.source = id;
  change.subject = entry.subject;
  change.on = entry.on;
  change.first_day = entry.first_day;
  change.last_day = entry.last_day;
  ReadDue(id, change);
  // A move without a day or without a new due moves nothing; rules say so.
  if (change.due != EntityId::kNone && change.on != kAbsent) changes_.push_back(change);
}

void Journal::ReadAmendment(EntityId id) {
  const Field* status = Find(id, "status");
  if (status == nullptr || status->entry_count == 0 || program_.entries[status->first_entry].type != Type::kWord) return;
  if (!IsWord(program_, static_cast<WordId>(program_.entries[status->first_entry].value), "decided")) return;
  DueChange change;
  change.source = id;
  change.amended = true;
  if (const EntityId day = FirstObject(Find(id, "on")); day != EntityId::kNone) {
    const ResolvedTime days = Resolve(TimeOf(day), context_);
    if (days.last) change.on = days.last->days();
  }
  ReadDue(id, change);
  const Field* subjects = Find(id, "applies_to");
  if (change.due == EntityId::kNone || subjects == nullptr) return;
  for (uint32_t i = 0; i < subjects->entry_count; ++i) {
    const Entry& entry = program_.entries[subjects->first_entry + i];
    if (entry.type != Type::kEntity || entry.value == kAbsent) continue;
    change.subject = static_cast<EntityId>(entry.value);
    changes_.push_back(change);
  }
}

std::span<const DueChange> Journal::ChangesOf(EntityId subject) const {
  const auto found = changes_of_.find(subject);
  if (found == changes_of_.end()) return {};
  return std::span(changes_).subspan(found->second.first, found->second.second - found->second.first);
}

std::vector<EntityId> Journal::StatedTimes(EntityId subject) const {
  std::vector<EntityId> times;
  const Field* field = Find(subject, "due");
  if (field == nullptr) field = Find(subject, "rhythm");
  for (uint32_t i = 0; field != nullptr && i < field->entry_count; ++i) {
    const Entry& entry = program_.entries[field->first_entry + i];
    if (entry.type != Type::kEntity || entry.value == kAbsent || IsWord(program_, entry.mode, "instead_of")) continue;
    times.push_back(static_cast<EntityId>(entry.value));
  }
  return times;
}

EntityId Journal::StatedDue(EntityId subject) const {
  EntityId best = EntityId::kNone;
  std::optional<Date> last;
  for (const EntityId time : StatedTimes(subject)) {
    const ResolvedTime days = Resolve(TimeOf(time), context_);
    if (best != EntityId::kNone && (!days.last || (last && *days.last <= *last))) continue;
    best = time;
    last = days.last;
  }
  return best;
}

EntityId Journal::DueBefore(const DueChange& change) const {
  for (const DueChange* before = &change; before != changes_.data() && (--before)->subject == change.subject;) {
    if (before->first_day == kAbsent || (before->first_day == change.first_day && before->last_day == change.last_day)) return before->due;
  }
  return StatedDue(change.subject);
}

bool Journal::SameTime(EntityId a, EntityId b) const {
  if (a == EntityId::kNone || b == EntityId::kNone) return a == b;
  const ResolvedTime x = Resolve(TimeOf(a), context_), y = Resolve(TimeOf(b), context_);
  if (x.cls != y.cls) return false;
  // Of fixed times the last day is what counts: «quý I» and «đến hết 31/03» are one due.
  if (x.cls == TimeClass::kFixed) return x.last == y.last;
  Time left = TimeOf(a), right = TimeOf(b);
  for (Time* time : {&left, &right}) {   // how a point was written means nothing
    for (Point* point : {&time->from, &time->to, &time->limit, &time->since}) point->digits = point->roman = false;
    time->stance = Stance::kFirm;
    time->expected = {};
  }
  return left == right;
}

std::optional<Time> Journal::RecurringOf(const Time& time) {
  using Form = Time::Form;
  if (time.form == Form::kEvery || time.form == Form::kCountPer) return time;
  if ((time.form == Form::kOngoing || time.form == Form::kFrom) && time.evidence.unit != TimeUnit::kNone) {
    Time every;
    every.form = Form::kEvery;
    every.rhythm = time.evidence;
    every.since = time.form == Form::kFrom ? time.from : time.since;
    return every;
  }
  return std::nullopt;
}

bool Journal::Recurs(EntityId subject) const {
  for (const EntityId time : StatedTimes(subject)) {
    if (RecurringOf(TimeOf(time))) return true;
  }
  return false;
}

std::optional<bool> Journal::IsOccurrence(EntityId subject, Cell first_day, Cell last_day) const {
  if (!context_.plan_first || !context_.plan_last) return std::nullopt;
  const auto [at, fresh] = occurrences_.try_emplace(subject);
  if (fresh) {
    std::vector<EntityId> times = StatedTimes(subject);
    for (const DueChange& change : ChangesOf(subject)) {
      if (change.first_day == kAbsent) times.push_back(change.due);
    }
    for (const EntityId time : times) {
      const auto recurring = RecurringOf(TimeOf(time));
      if (!recurring) continue;
      // What is reported on may fall due after the plan has ended.
      for (const Occurrence& one : Occurrences(*recurring, context_, *context_.plan_first, context_.plan_last->PlusMonths(12))) {
        at->second.push_back({one.first.days(), one.last.days()});
      }
    }
  }
  // The first and the last one may be cut by the bounds of the plan.
  return std::any_of(at->second.begin(), at->second.end(), [&](const std::pair<Cell, Cell>& one) {
    const bool first = one.first == first_day || (one.first > first_day && one.first == context_.plan_first->days());
    const bool last = one.second == last_day || (one.second < last_day && one.second == context_.plan_last->days());
    return first && last;
  });
}

}  // namespace ordo::ir

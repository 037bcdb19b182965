// What has happened to a plan: the entries of its journal in the order of the text, and the changes of each due time, by decided
// amendments and by entries that moved it, in the order of their days. A pure reading of a Program: nothing is judged, nothing is
// dropped, entries without a real day keep none. Days are Date::days(); kAbsent where not told. Linear in the program.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/ir/ir.h"

namespace ordo::ir {

enum class Event : uint8_t { kStarted, kDone, kMoved, kMeasured, kHappened };

struct JournalEntry {
  Event event = Event::kStarted;
  EntityId object = EntityId::kNone;    // the block
  EntityId subject = EntityId::kNone;   // what it is about
  EntityId day = EntityId::kNone;       // the time in `on`
  Cell on = kAbsent;                    // its day, where it is one real day
  EntityId period = EntityId::kNone;    // the occurrence that it names, as a time
  Cell first_day = kAbsent, last_day = kAbsent;   // of that occurrence
  EntityId party = EntityId::kNone;     // the member of an `each` group
};

// A due time that was put in the place of another.
struct DueChange {
  EntityId source = EntityId::kNone;    // the amendment, or the block `moved`
  EntityId subject = EntityId::kNone;
  bool amended = false;
  Cell on = kAbsent;                    // day of the decision; an undated amendment holds from the beginning
  Cell first_day = kAbsent, last_day = kAbsent;   // the occurrence, if only that was moved
  EntityId due = EntityId::kNone;       // the new time
  EntityId replaced = EntityId::kNone;  // `instead of`, as told
};

class Journal {
 public:
  explicit Journal(const Program& program);

  const std::vector<JournalEntry>& entries() const { return entries_; }
  // Changes of a thing in the order in which they came into force; of one day the amendment first.
  std::span<const DueChange> ChangesOf(EntityId subject) const;
  const std::vector<DueChange>& changes() const { return changes_; }   // by subject

  // The time that the plan itself states: of several the one that ends last; kNone if it states none.
  EntityId StatedDue(EntityId subject) const;
  // Every time of the field that says when (`due`, of reporting duties `rhythm`), in the order written.
  std::vector<EntityId> StatedTimes(EntityId subject) const;
  // The time in force just before one of changes(), for the same occurrence or for all of them.
  EntityId DueBefore(const DueChange& change) const;

  // Do two times mean the same days?
  bool SameTime(EntityId a, EntityId b) const;
  const Time& TimeOf(EntityId time) const { return program_.times[program_.entity(time).row]; }
  const TimeContext& context() const { return context_; }

  // The rhythm in which a time comes round: its own, or that of the evidence of ongoing work; nullopt if it does not.
  static std::optional<Time> RecurringOf(const Time& time);
  // Does this stretch of days name one occurrence of a recurring time? nullopt where the plan has no bounds to count in.
  std::optional<bool> IsOccurrence(EntityId subject, Cell first_day, Cell last_day) const;
  bool Recurs(EntityId subject) const;

 private:
  void ReadEntry(EntityId id, Event event);
  void ReadAmendment(EntityId id);
  const Field* Find(EntityId id, std::string_view key) const;
  EntityId FirstObject(const Field* field) const;
  void ReadDue(EntityId id, DueChange& change) const;
  void ReadPeriod(EntityId time, Cell& first_day, Cell& last_day) const;

  const Program& program_;
  TimeContext context_;
  std::vector<JournalEntry> entries_;
  std::vector<DueChange> changes_;
  absl::flat_hash_map<EntityId, std::pair<uint32_t, uint32_t>> changes_of_;   // first and end in changes_
  mutable absl::flat_hash_map<EntityId, std::vector<std::pair<Cell, Cell>>> occurrences_;   // asked for once a thing
};

}  // namespace ordo::ir

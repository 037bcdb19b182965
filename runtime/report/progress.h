// Where a plan stands on a day. In: an evaluated program with its journal, the as-of day. Out: one item for each leaf task, milestone
// and reporting duty, for each occurrence of what comes round and each member of an `each` group; the last measured value of each
// target. A pure function: no clock, nothing is done because time has passed, entries after the day do not count. Days are
// Date::days(), kAbsent where unknown; the due that is in force on the day (or on the day on which it was done) decides.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/eval/engine.h"
#include "runtime/ir/journal.h"
#include "runtime/ir/target_standing.h"

namespace ordo::report {

enum class State : uint8_t { kDoneOnTime, kDoneLate, kInProgress, kLate, kDueLater, kWaiting, kOngoing, kUndated };
inline constexpr size_t kStates = 8;
std::string_view IdOf(State state);   // "done_on_time", ...

// A due that held and was replaced, or holds: what the plan states comes first and has no source.
struct DueStep {
  EntityId time = EntityId::kNone;
  EntityId source = EntityId::kNone;   // amendment or `moved`
  ir::Cell on = ir::kAbsent;           // since when it holds
  ir::Cell day = ir::kAbsent;          // its last day
};

struct ProgressItem {
  EntityId object = EntityId::kNone;
  EntityId party = EntityId::kNone;                          // the member of an `each` group; kNone: whoever leads
  ir::Cell first_day = ir::kAbsent, last_day = ir::kAbsent;  // the occurrence; kAbsent: it is done once
  State state = State::kUndated;
  ir::Cell due = ir::kAbsent;
  ir::Cell computed = ir::kAbsent;       // `due` before the policy for rest days
  std::vector<DueStep> dues;             // in order; more than one where it was moved
  EntityId start_entry = EntityId::kNone, done_entry = EntityId::kNone;   // blocks of the journal
  ir::Cell started = ir::kAbsent, done = ir::kAbsent;
  int days_late = 0;                     // of what is done late or late
  size_t moves() const { return dues.empty() ? 0 : dues.size() - 1; }
};

struct Progress {
  Date as_of;
  size_t entries = 0;                    // of the journal, up to the day
  size_t later_entries = 0;              // after it, or without a day
  std::vector<ProgressItem> items;       // in plan order
  std::vector<ir::TargetStanding> standings;   // of targets, in plan order
};

// Of what comes round: the occurrences that have fallen due by `until` (the day itself, if none is given), and the next one.
Progress ProgressOf(const eval::Evaluation& evaluation, Date as_of, std::optional<Date> until = std::nullopt);

}  // namespace ordo::report

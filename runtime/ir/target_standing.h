// Where the value of each target stands on a day, by the entries of the journal and the path that the plan requires. In: a
// program and a day. Out: one standing for each target with a number at a horizon, in plan order. Entries after the day do not
// count, nothing is forecast, nothing is rounded but `required` of a straight line (to a millionth, to the stricter side). Linear
// in the program.
//
// Readings.  On the path `step` the value of a horizon is required from its last day on; on `linear` a straight line runs from
// the baseline, if it has a day, through the horizons. Values for each year are required in every year since the horizon before
// theirs; a first one in its own year. Rows that change the population or the scope are other quantities and do not count. A
// change (`increase by`) counts from the baseline: in percentage points where the target is measured in percent, else as a share
// of it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/ir/journal.h"

namespace ordo::ir {

enum class TargetState : uint8_t { kReached, kOnPath, kBehind, kUnmeasured, kNotYet };
inline constexpr size_t kTargetStates = 5;
std::string_view IdOf(TargetState state);  // "reached", "on_path", "behind", "unmeasured", "not_yet"

enum class RequiredPath : uint8_t { kStep, kLinear };
RequiredPath PathOf(const Program& program);  // as the plan says; step if it says nothing

// A level that a row asks: a change has been added to its baseline.
struct RequiredLevel {
  EntityId row = EntityId::kNone;
  Cell day = kAbsent;
  Cell value = kAbsent;
  bool at_most = false;
  bool strict = false;
  bool yearly = false;
};

struct MeasuredValue {
  EntityId entry = EntityId::kNone;  // the block of the journal
  Cell day = kAbsent;
  Cell value = kAbsent;  // kAbsent: told in another measure than the target's
};

struct TargetStanding {
  EntityId target = EntityId::kNone;
  EntityId indicator = EntityId::kNone;  // that it names
  Type type = Type::kNumber;
  Cell baseline = kAbsent, baseline_day = kAbsent;
  std::vector<RequiredLevel> levels;    // by day
  std::vector<MeasuredValue> measured;  // up to the day, by day; of one day the last one told holds
  Cell required = kAbsent;              // on the day; kAbsent: nothing yet
  bool required_at_most = false;
  EntityId required_row = EntityId::kNone, next_row = EntityId::kNone;
  TargetState state = TargetState::kUnmeasured;
};

std::vector<TargetStanding> StandingsOf(const Program& program, const Journal& journal, Date as_of);

// Whether each condition holds by the last measured values; nullopt while one that decides it is not known. Terms of a year take
// what was last measured in it.
std::vector<std::optional<bool>> ConditionsByMeasured(const Program& program, const std::vector<TargetStanding>& standings);

}  // namespace ordo::ir

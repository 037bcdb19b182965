// What an evaluation consists of. Private to engine.cc, which fills it, and reevaluate.cc, which fills one from another.
#pragma once

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/eval/compile.h"
#include "runtime/eval/derivations.h"
#include "runtime/eval/engine.h"
#include "runtime/eval/facts.h"
#include "runtime/ir/analysis.h"

namespace ordo::eval {

// By function of the program.
absl::StatusOr<std::vector<const Native*>> ResolveNatives(const ir::Program& program, const std::vector<Native>& natives);

struct Evaluation::State {
  // What an evaluation takes over from another is counted by the same memory.
  State(const ir::Program& program, const Limits& limits, std::shared_ptr<Memory> shared);

  std::shared_ptr<Memory> memory;
  Facts facts;
  Derivations derivations;
  Limits limits;
  uint64_t steps = 0;
  uint32_t at_rule = 0;                                // compiled or run last
  std::vector<uint64_t> rule_steps;
  Calls* calls = nullptr;
  std::vector<std::vector<ir::RelationId>> premises;   // relations of the premises, by rule
  std::vector<std::vector<uint32_t>> rules_of;         // by relation
  std::vector<bool> read;                              // by relation: some rule reads it
  ir::Strata strata;
  std::vector<uint64_t> identities;                    // of objects, see Renumbering; empty until asked for

  bool IsRecursive(const std::vector<ir::RelationId>& group) const;
  // Notes what is kept of a rule besides its rows.
  void Prepare(RuleCode& code, uint32_t rule);
  // Runs the rules of a stratum.
  absl::Status Fill(const std::vector<ir::RelationId>& group, const std::vector<const Native*>& natives);
  absl::Status RunRoutine(Routine& routine);
  absl::Status Stopped(const Stop& stop) const;
};

}  // namespace ordo::eval

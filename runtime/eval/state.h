// What an evaluation consists of. Private to engine.cc, which fills it, and reevaluate.cc, which fills one from another.
#pragma once

#include <string_view>
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
  State(const ir::Program& program, const Limits& limits);

  Facts facts;
  Derivations derivations;
  Limits limits;
  uint64_t steps = 0;
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
  // `rule`: in which the limit was reached, by name.
  absl::Status TooManyRows(std::string_view rule) const;
};

}  // namespace ordo::eval

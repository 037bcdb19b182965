// The rules engine: stratified Datalog with aggregates over the facts of an IR program. Semi-naive, set at a time per stratum,
// index nested loops inside a rule with an order of joins chosen from the sizes of the relations; inner bodies are memoised by
// the outer variables that they use, so that a count over all tasks is done once, not once a unit. Deterministic: same program,
// same rows in the same order. Total: every program that Verify accepts ends; limits are stated and reported, never silent.
//
// Each derived row keeps the first reason found for it: the rule and the rows it came from.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "runtime/eval/calls.h"
#include "runtime/eval/natives.h"
#include "runtime/ir/ir.h"

namespace ordo::eval {

struct RowId {
  ir::RelationId relation = ir::kNone;
  uint32_t row = 0;
};

struct Reason {
  uint32_t rule = ir::kNone;      // index in Program::rules; kNone: a stored fact
  // In the order of the rule's literals: scans, kHas and kExists (with what its body scans) that stand alone or under kAnd.
  // Aggregates and absences have none.
  std::vector<RowId> premises;
};

struct Limits {
  uint64_t derived_rows = 50'000'000;   // over all relations
  uint64_t steps = 5'000'000'000;       // instructions; look-ups, new rows and functions count for several
  uint64_t memory = uint64_t{3} << 30;  // bytes in tables, indexes, memos and reasons; a table that grows is there twice for a moment
};

// What has ended an evaluation.
struct Stop {
  enum class Limit : uint8_t { kRows, kSteps, kMemory };
  Limit limit = Limit::kRows;
  uint64_t value = 0;             // of the limit
  uint32_t rule = ir::kNone;      // in which it was reached; index in Program::rules
};

// Progress: strata done, strata in all. Called from the evaluating thread.
using Progress = std::function<void(size_t done, size_t all)>;

class Evaluation {
 public:
  ~Evaluation();
  Evaluation(Evaluation&&) noexcept;
  Evaluation& operator=(Evaluation&&) noexcept;

  const ir::Program& program() const;
  // Stored or derived rows. Derived relations are sets: no row twice. Those that no rule reads (checks, tables) are in ascending
  // order of their cells, so that their order tells nothing about the order of joins.
  uint32_t rows(ir::RelationId relation) const;
  ir::Cell cell(ir::RelationId relation, uint32_t row, uint32_t column) const;
  Reason reason(RowId row) const;
  // Values of the rule's variables for the binding that first gave this derived row; kAbsent where not recorded.
  std::vector<ir::Cell> binding(RowId row) const;
  uint64_t steps() const;
  // Bytes held, as the limit counts them.
  uint64_t memory() const;
  uint64_t steps_of(uint32_t rule) const;   // of these

 private:
  friend absl::StatusOr<Evaluation> Evaluate(const ir::Program&, const Limits&, const Progress&, const std::vector<Native>&,
                                             Calls*);
  friend absl::StatusOr<Evaluation> Reevaluate(const Evaluation&, const ir::Program&, const Limits&, const Progress&,
                                               const std::vector<Native>&);
  friend class Reevaluation;
  struct State;
  explicit Evaluation(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// `program` must outlive the result and be one that Verify accepts. Fails on a limit (ResourceExhausted, naming the limit and the
// rule; StopOf tells them apart) and when the program calls a function that `natives` lacks or has with other types (InvalidArgument). The functions are
// an argument, with the caller's library as default, because this room knows none of them. `calls`, if given, receives
// what the functions were asked and what they answered.
absl::StatusOr<Evaluation> Evaluate(const ir::Program& program, const Limits& limits = {}, const Progress& progress = {},
                                    const std::vector<Native>& natives = Natives(), Calls* calls = nullptr);
// The limit that ended an evaluation with this status; nullopt if it was none.
std::optional<Stop> StopOf(const absl::Status& status);

// The same result as Evaluate(program, ...), by way of one of another program, as a rule the same plan before an edit: what the
// difference between the two does not touch is taken over, the rest is evaluated. Rows, their order, reasons and bindings are
// those of Evaluate to the last cell; steps() counts the rows looked at this time alone, and so does the limit on them. Any two
// programs will do, the more alike the faster. `before` and its program must live until the call returns, no longer; `before` is
// good for further use, by one call at a time. Of natives it is taken that they look at nothing but what natives.h says.
absl::StatusOr<Evaluation> Reevaluate(const Evaluation& before, const ir::Program& program, const Limits& limits = {},
                                      const Progress& progress = {}, const std::vector<Native>& natives = Natives());

}  // namespace ordo::eval

// Plans to code. Takes a planned body and the facts of complete strata; gives a Routine. Makes the indexes that the code needs.
#pragma once

#include <vector>

#include "runtime/eval/code.h"
#include "runtime/eval/plan.h"

namespace ordo::eval {

// The plans of one rule, and the routines that are made of them.
class RuleCode {
 public:
  // `natives[f]` is function f of the program. With `calls`, calls are kept there.
  RuleCode(const ir::Program& program, uint32_t rule, Facts& facts, const std::vector<const Native*>& natives, Calls* calls = nullptr);

  const std::vector<ir::RelationId>& premises() const { return planner_.premises(); }
  const std::vector<Plan>& plans() const { return plans_; }
  const Planner& planner() const { return planner_; }
  std::vector<uint32_t> Signature();
  // `only`: rows, ascending, to which the loop of that step is held; they outlive the routine.
  std::vector<Routine> Compile(const std::vector<uint32_t>* only = nullptr, uint32_t step = ir::kNone);

 private:
  const ir::Program& program_;
  uint32_t rule_;
  Facts& facts_;
  const std::vector<const Native*>& natives_;
  Calls* calls_;
  Planner planner_;
  bool whole_ = false;
  std::vector<Plan> plans_;
};

}  // namespace ordo::eval

// Plans to code. Takes a planned body and the facts of complete strata; gives a Routine. Makes the indexes that the code needs.
#pragma once

#include <vector>

#include "runtime/eval/code.h"
#include "runtime/eval/plan.h"

namespace ordo::eval {

// The routines of one rule. `natives[f]` is function f of the program. With `calls`, calls are kept there. *premises receives the relations of the rule's premises.
std::vector<Routine> CompileRule(const ir::Program& program, uint32_t rule, Facts& facts,
                                 const std::vector<const Native*>& natives, std::vector<ir::RelationId>* premises,
                                 Calls* calls = nullptr);

}  // namespace ordo::eval

// Fixes for what rules found: the repair that a rule declares, as a change of the text. Offered only where one change can be meant:
// all cases of the finding agree on it, the value stands where the rule saw it (not in a `shared` block, not under a printed cell),
// and the file is one of the plan's own.
#pragma once

#include <deque>
#include <vector>

#include "compiler/ast/ast.h"
#include "runtime/report/findings.h"

namespace ordo {

// `findings` in the order of `rows`.
void OfferRepairs(const eval::Evaluation& evaluation, const std::vector<report::FindingRows>& rows, const std::deque<Ast>& asts,
                  Language language, std::vector<Finding>& findings);

}  // namespace ordo

// Fixes for what rules found: the repair that a rule declares, as a change of the text. Offered only where one change can be meant:
// all cases of the finding agree on it, no cell is left empty, the value stands where the rule saw it (not in a `shared` block, not under a printed cell),
// and the file is one of the plan's own.
#pragma once

#include <vector>

#include "compiler/ast/ast.h"
#include "runtime/report/findings.h"

namespace ordo {

// `findings` in the order of `rows`; `files` are those that may be changed.
void OfferRepairs(const eval::Evaluation& evaluation, const std::vector<report::FindingRows>& rows, const std::vector<const Ast*>& files,
                  Language language, std::vector<Finding>& findings);

}  // namespace ordo

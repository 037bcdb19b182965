// In what order findings are told, and which of them are told under another. Source order: file, line, column, then code;
// findings without a place first. By rank: the first ten are the ones to act on.
#pragma once

#include <vector>

#include "runtime/diag/finding.h"

namespace ordo {

// Source order.
void SortFindings(std::vector<Finding>& findings);

// For each finding the index of the one that it is told under: itself, or the root of its chain of causes. A cause that is not
// there or is waived hides nothing, and neither do causes that form a loop. Linear.
std::vector<size_t> FindRoots(const std::vector<Finding>& findings);

// Gives ranks from 1 to what is neither folded nor waived: the severest first (of a cause and what follows from it), then what has
// most cases and consequences, then what can be mended by machine, what is a fault at any size, what rests on a limit; then the
// order of the list, which is that of the source.
void RankFindings(std::vector<Finding>& findings);
// By rank, consequences behind their cause, what is waived last. If the text is broken, source order: what stands first there
// often is the reason for what comes after.
void SortByRank(std::vector<Finding>& findings);

}  // namespace ordo

// Two editions of a plan by meaning. In: their programs, lowered for reports, and the language in which values are to be printed. Out:
// the differences as data. What is told, and what is not, stands in README.md. Pure: the same editions give the same differences.
#pragma once

#include <span>

#include "runtime/diff/differences.h"
#include "runtime/ir/ir.h"

namespace ordo::diff {

// `parts`: only these; empty: all.
Differences Compare(const ir::Program& was, const ir::Program& now, Language language, std::span<const Part> parts = {});

}  // namespace ordo::diff

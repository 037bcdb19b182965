// Fields of targets that more than one reader of a program needs: the solver and the standings. A program in, words and days out.
#pragma once

#include <string_view>

#include "runtime/ir/ir.h"

namespace ordo::ir {

// The word of a key. A kind may have the same id («indicator»): fields carry the key.
WordId KeyOf(const Program& program, std::string_view id);
// The last day of the time in the baseline of a target or an indicator; kAbsent without one. `baseline`: the word of the key.
Cell BaselineDayOf(const Program& program, EntityId target, WordId baseline);

}  // namespace ordo::ir

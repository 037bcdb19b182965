// The conditions of a rule as text with variables numbered in the order in which they are met: two rules with one shape ask the same
// thing, whatever their authors called it. What they point to and say is no part of it.
#pragma once

#include <string>

#include "runtime/ir/ir.h"

namespace ordo {

std::string ShapeOf(const ir::Program& program, const ir::Rule& rule);

}  // namespace ordo

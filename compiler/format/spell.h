// One token in one skin, and the gap between two tokens. Words by the table, numbers and dates by the skin, names and texts by
// their own bytes.
#pragma once

#include <string>

#include "compiler/ast/ast.h"

namespace ordo {

// Tokens [first, end) of one statement, heading or block as one line; END and virtual tokens are left out.
std::string SpellLine(const Ast& ast, uint32_t first, uint32_t end, Skin skin);
std::string SpellToken(const Ast& ast, uint32_t token, Skin skin);
// Is there a blank between a token and the one before it?
bool HasGap(const Ast& ast, uint32_t before, uint32_t token);

}  // namespace ordo

// The canonical text of a plan, in either skin. In: the tree of a file without syntax errors (the driver refuses others). Out:
// the same tokens, each spelt as the skin spells it, one field a line. Comments, names and the content of texts stay as they are.
// Never changes what a plan says: the tree of the result is the tree that came in; formatting twice changes nothing.
#pragma once

#include <string>

#include "compiler/ast/ast.h"

namespace ordo {

std::string Format(const Ast& ast, Skin skin);

}  // namespace ordo

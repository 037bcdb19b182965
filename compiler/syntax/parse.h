// Source text to syntax tree. The only room that sees ANTLR. Always gives an Ast; what is wrong with the text goes to the
// emitter.
#pragma once

#include "compiler/ast/ast.h"
#include "compiler/syntax/token_source.h"
#include "runtime/base/source.h"
#include "runtime/diag/emitter.h"

namespace ordo {

// Checks size and encoding, makes tokens, parses. After a text that cannot be read at all (encoding, no edition line) the tree
// holds one empty file node.
Ast Parse(const SourceFile& source, FileId file, const SyntaxLimits& limits, Emitter& emitter);

}  // namespace ordo

// Raw tokens to the tokens of the grammar: the one place that knows where a word stands. Makes keys, words of both skins, dates,
// one END a statement, and braces that always balance; so the parser never guesses and a broken line costs one finding.
#pragma once

#include "compiler/ast/ast.h"
#include "runtime/diag/emitter.h"

namespace ordo {

struct SyntaxLimits {
  size_t max_bytes = 64u << 20;  // of one file
  uint32_t max_depth = 200;      // nested blocks, and brackets of one expression
};

// Fills ast.skin, edition, tokens and comments from ast.source. False if there is no usable edition line: then no tokens.
bool MakeTokens(Ast& ast, const SyntaxLimits& limits, Emitter& emitter);

}  // namespace ordo

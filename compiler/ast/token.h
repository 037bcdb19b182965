// The tokens of the grammar, in the order of grammar/OrdoParser.g4 (a static assertion in syntax/ holds the two together). A
// token is a byte range of its file and what the token source found it to be.
#pragma once

#include <cstdint>

#include "compiler/ast/words.h"

namespace ordo {

// clang-format off
enum class TokenKind : uint8_t {
  EOF_ = 0,
  KIND, TYPE, ID, MEMBER, TEXT, NUMBER, DATE, UNIT, WORD,
  KEY, EXPR_KEY, IMPORT, SERIES, PARAMETER, EXPECT, FOR_EACH, LET, CONDITION, TOP, BY,
  AND, OR, NOT, AMONG, STATED, AGGREGATE, DISTINCT, WITH, MEASURE, TO, IN,
  COMPARE, SIGN, DOT, COMMA, LB, RB, LP, RP, END, STRAY,
};
// clang-format on

struct Token {
  enum Flag : uint8_t {
    kVirtual = 1,     // made by the token source; no bytes
    kSemicolon = 2,   // a COMMA written as ;
    kDecomposed = 4,  // holds combining marks: compose before comparing
    kOpenText = 8,    // a text that was never closed
  };
  TokenKind kind = TokenKind::EOF_;
  uint8_t flags = 0;
  W word = W::kNone;  // KIND, TYPE, MEMBER, UNIT, WORD, KEY and clause tokens
  uint32_t begin = 0;
  uint32_t end = 0;
};

}  // namespace ordo

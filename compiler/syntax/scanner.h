// Bytes to raw tokens: the shapes of grammar/OrdoLexer.g4 and nothing more. Proved equal to that lexer token for token by test
// and fuzzer. Blanks are dropped, comments and line ends are tokens. Input is valid UTF-8 (the driver has checked).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ordo {

enum class RawKind : uint8_t { kEnd, kWord, kNumberish, kText, kOpenText, kCompare, kPunctuation, kComment, kNewline, kOther };

struct Raw {
  RawKind kind = RawKind::kEnd;
  bool decomposed = false;  // a word with combining marks
  char sign = 0;            // kPunctuation: its ASCII sign (dashes are '-'); kCompare: = ! > < with the next flag
  bool or_equal = false;    // kCompare: >= <= (!= is '!')
  uint32_t begin = 0;
  uint32_t end = 0;
};

// All raw tokens from `begin` on; the last is kEnd.
std::vector<Raw> Scan(std::string_view text, uint32_t begin = 0);

}  // namespace ordo

// Where something stands in a source file: a half-open byte range. Lines and columns are computed from it on demand by
// SourceFile; nothing else in the house stores a line number.
#pragma once

#include <cstdint>

namespace ordo {

using FileId = uint32_t;
inline constexpr FileId kNoFile = UINT32_MAX;

struct Span {
  FileId file = kNoFile;
  uint32_t begin = 0;  // byte offset of the first byte
  uint32_t end = 0;    // byte offset past the last byte

  bool known() const { return file != kNoFile; }
  friend bool operator==(const Span&, const Span&) = default;
  friend auto operator<=>(const Span&, const Span&) = default;
};

}  // namespace ordo

#include "runtime/office/marks.h"

#include "runtime/base/unicode.h"

namespace ordo::office {

std::string EvenedOut(std::string_view text) {
  const std::string composed = ToNfc(text);
  std::string out;
  out.reserve(composed.size());
  bool blank = false;
  for (size_t i = 0; i < composed.size(); ++i) {
    const bool no_break = composed.compare(i, 2, "\xC2\xA0") == 0;
    if (no_break || std::string_view(" \t\r\n\v\f").find(composed[i]) != std::string_view::npos) {
      blank = true;
      i += no_break;
      continue;
    }
    if (blank && !out.empty()) out += ' ';
    blank = false;
    out += composed[i];
  }
  return out;
}

uint64_t CellMark(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : EvenedOut(text)) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace ordo::office

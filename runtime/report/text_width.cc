#include "runtime/report/text_width.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include "runtime/base/unicode.h"

namespace ordo::report {
namespace {

// Thousandths of an em, from the blank to the tilde.
constexpr std::array<uint16_t, 95> kAscii = {
    286, 360, 414, 754, 572, 889, 702, 247, 351, 351, 450, 754, 286, 333, 286, 303,
    572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 303, 303, 754, 754, 754, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 616, 351, 303, 351, 754, 556,
    450, 556, 571, 500, 571, 556, 316, 571, 570, 250, 250, 521, 250, 876, 570, 556,
    571, 571, 370, 500, 353, 570, 532, 736, 532, 532, 500, 572, 303, 572, 754
};
constexpr double kBold = 1.12;

uint16_t Units(UChar32 c) {
  if (c < 0x20) return kAscii[0];
  if (c < 0x7f) return kAscii[static_cast<size_t>(c) - 0x20];
  switch (c) {
    case 0x0110: return 722;                 // Đ
    case 0x0111: return 571;                 // đ
    case 0x2013: return 556;                 // –
    case 0x2014: case 0x2026: return 1000;   // — …
  }
  if (u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH) == U_EA_WIDE) return 1000;
  const int8_t type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&status);
  UChar parts[8];
  const int32_t length = U_SUCCESS(status) ? unorm2_getDecomposition(nfd, c, parts, 8, &status) : -1;
  if (U_SUCCESS(status) && length > 1 && parts[0] >= 0x20 && parts[0] < 0x7f) {
    uint16_t base = kAscii[parts[0] - 0x20];
    for (int32_t i = 1; i < length; ++i) {
      if (parts[i] == 0x031b) base = static_cast<uint16_t>(base + 110);   // the horn of ơ and ư stands beside the letter
    }
    return base;
  }
  return 640;
}

// Bytes of the longest beginning that is at most `width` wide; whole clusters only, may be 0.
size_t Fitting(std::string_view text, double width, double size, bool bold) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const double limit = width * 1000 / (bold ? size * kBold : size);
  double used = 0;
  for (int32_t i = 0, length = static_cast<int32_t>(text.size()); i < length;) {
    const int32_t start = i;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, length, c);
    used += Units(c);
    if (used > limit) return FindGrapheme(text, static_cast<size_t>(start)).begin;
  }
  return text.size();
}

void Shorten(std::string& line, double width, double size, bool bold) {
  line.resize(Fitting(line, width - TextWidth("…", size, bold), size, bold));
  while (!line.empty() && (line.back() == ' ' || line.back() == ',' || line.back() == ';')) line.pop_back();
  line += "…";
}

}  // namespace

double TextWidth(std::string_view text, double size, bool bold) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  uint64_t units = 0;
  for (int32_t i = 0, length = static_cast<int32_t>(text.size()); i < length;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, length, c);
    units += Units(c);
  }
  return static_cast<double>(units) / 1000 * (bold ? size * kBold : size);
}

std::vector<std::string> LinesWithin(std::string_view text, double width, double size, bool bold, size_t most) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const double blank = TextWidth(" ", size, bold);
  std::vector<std::string> lines(1);
  double used = 0;
  for (size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos; at = text.find_first_not_of(kBlanks, at)) {
    const size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    std::string_view word = text.substr(at, end - at);
    at = end;
    double wide = TextWidth(word, size, bold);
    while (true) {
      const bool first = lines.back().empty();
      if (used + (first ? 0 : blank) + wide <= width) {
        if (!first) lines.back() += ' ';
        lines.back() += word;
        used += (first ? 0 : blank) + wide;
        break;
      }
      if (most != 0 && lines.size() == most) {   // no line is left: the rest is told by the dots
        if (!first) lines.back() += ' ';
        lines.back() += word;
        Shorten(lines.back(), width, size, bold);
        return lines;
      }
      if (first) {   // longer than a line
        size_t cut = Fitting(word, width, size, bold);
        if (cut == 0) cut = word.size();
        lines.back() += word.substr(0, cut);
        word.remove_prefix(cut);
        if (word.empty()) {
          used = width;
          break;
        }
        wide = TextWidth(word, size, bold);
      }
      lines.emplace_back();
      used = 0;
    }
  }
  return lines;
}

}  // namespace ordo::report

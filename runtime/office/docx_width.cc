#include "runtime/office/docx_width.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

namespace ordo::office {
namespace {

// From the blank to the tilde: widths of Times, which all its metric twins share.
constexpr std::array<uint16_t, 95> kRegular = {
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500,
    500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541};
constexpr std::array<uint16_t, 95> kBold = {
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
    611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500,
    556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520};

uint16_t Measured(UChar32 c, bool bold) {
  const auto& ascii = bold ? kBold : kRegular;
  if (c < 0x20) return ascii[0];
  if (c < 0x7f) return ascii[static_cast<size_t>(c) - 0x20];
  if (c == 0x0111) return ascii['d' - 0x20];
  if (c == 0x0110) return ascii['D' - 0x20];
  if (c == 0x00A0) return ascii[0];
  if (c == 0x2014 || c == 0x2026) return 1000;
  const int32_t wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  if (wide == U_EA_WIDE || wide == U_EA_FULLWIDTH) return 1000;
  const int8_t type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&status);
  UChar parts[8];
  const int32_t length = U_SUCCESS(status) ? unorm2_getDecomposition(nfd, c, parts, 8, &status) : -1;
  if (U_SUCCESS(status) && length > 1 && parts[0] >= 0x20 && parts[0] < 0x7f) {
    const bool horn = std::find(parts + 1, parts + length, UChar(0x031b)) != parts + length;
    // A face that has to borrow the Vietnamese letters borrows wider ones.
    return static_cast<uint16_t>(ascii[parts[0] - 0x20] + (horn || c >= 0x1E00 ? bold ? 140 : 110 : 0));
  }
  return 560;
}

// Letters up to the end of the Vietnamese ones, measured once.
constexpr UChar32 kKept = 0x1F00;
const std::array<std::array<uint16_t, kKept>, 2>& Kept() {
  static const auto* kept = [] {
    auto* widths = new std::array<std::array<uint16_t, kKept>, 2>;
    for (UChar32 c = 0; c < kKept; ++c) {
      (*widths)[0][static_cast<size_t>(c)] = Measured(c, false);
      (*widths)[1][static_cast<size_t>(c)] = Measured(c, true);
    }
    return widths;
  }();
  return *kept;
}

}  // namespace

TextSize SizeOf(std::string_view text, bool bold) {
  const std::array<uint16_t, kKept>& widths = Kept()[bold];
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int64_t>(text.size());
  TextSize size;
  uint32_t word = 0, line = 0;
  for (int64_t i = 0; i < length;) {
    UChar32 c = bytes[i];
    if (c < 0x80) ++i;
    else U8_NEXT_OR_FFFD(bytes, i, length, c);
    const uint32_t units = c < kKept ? widths[static_cast<size_t>(c)] : Measured(c, bold);
    if (c == '\n') {
      size.word = std::max(size.word, word);
      size.line = std::max(size.line, line);
      size.total += line;
      ++size.breaks;
      word = line = 0;
      continue;
    }
    line += units;
    if (c == ' ' || c == '\t') {
      size.word = std::max(size.word, word);
      word = 0;
    } else {
      word += units;
      if (c == '-' || units >= 1000) {   // a line may end after a hyphen and beside a wide sign
        size.word = std::max(size.word, word);
        word = 0;
      }
    }
  }
  size.word = std::max(size.word, word);
  size.line = std::max(size.line, line);
  size.total += line;
  return size;
}

}  // namespace ordo::office

// How wide a text stands in Times, regular or bold. In: UTF-8. Out: thousandths of the size of the letters. Vietnamese letters are as
// wide as their base letter. For columns and lines under a heading: an estimate that is never far off, no layout. Never fails.
#pragma once

#include <cstdint>
#include <string_view>

namespace ordo::office {

struct TextSize {
  uint32_t word = 0;     // longest part that no line break can cut
  uint32_t line = 0;     // longest line
  uint32_t total = 0;    // all lines, one after the other
  uint32_t breaks = 0;   // line breaks written
};

TextSize SizeOf(std::string_view text, bool bold);
// In twips at a size in half points: of a thousandth times a size.
constexpr uint32_t InTwips(uint64_t units, uint32_t half_points) { return static_cast<uint32_t>(units * half_points / 100); }

}  // namespace ordo::office

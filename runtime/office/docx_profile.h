// What a layout fixes: margins, sizes, words that every document of the family has. Decree 30/2020/NĐ-CP, Annex I for state documents,
// Guideline 36-HD/VPTW for those of the Party; a plain one has neither national name nor numbered symbol. Lengths in twips (1/20 point),
// sizes of letters in half points, as the file has them.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/report/document.h"

namespace ordo::office {

constexpr uint32_t Twips(double millimetres) { return static_cast<uint32_t>(millimetres * 1440 / 25.4 + 0.5); }

struct Margins {
  uint32_t top = 0, bottom = 0, left = 0, right = 0;
};

inline constexpr uint32_t kPageShort = 11906, kPageLong = 16838;   // A4

struct Profile {
  report::Layout layout = report::Layout::kState;
  Language language = Language::kVietnamese;
  Margins portrait, landscape;
  uint32_t header = Twips(9);     // from the edge to the page number
  bool roman = true;              // annexes are «Phụ lục I», else «Phụ lục 1»

  // Sizes of letters.
  uint32_t body = 28, page_number = 28;
  uint32_t national = 24, motto = 26, parent = 24, agency = 24, number = 26, place = 26, kind = 28, subject = 28;
  uint32_t annex = 28, annex_title = 28, reference = 28;
  uint32_t recipients_head = 24, recipients = 22, signature = 28;

  std::string_view national_name, motto_text;   // «Cộng hòa …» and its motto; Party: the name alone; plain: neither
  std::string_view number_word;                 // «Số: »
  std::string_view annex_word, recipients_word;
  std::string_view open_date;                   // place and day when the document does not know them
  std::string_view end_mark;                    // «./.»
  std::string_view locale;                      // of the spell checker

  uint32_t TextWidth(bool wide) const {
    const Margins& margins = wide ? landscape : portrait;
    return (wide ? kPageLong : kPageShort) - margins.left - margins.right;
  }
  uint32_t TextHeight(bool wide) const {
    const Margins& margins = wide ? landscape : portrait;
    return (wide ? kPageShort : kPageLong) - margins.top - margins.bottom;
  }
};

Profile ProfileOf(report::Layout layout, Language language);

}  // namespace ordo::office

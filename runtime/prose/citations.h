// Citations of official documents in Vietnamese prose. In: a passage in UTF-8, composed (NFC). Out: each citation with its bytes,
// symbol, day, issuer and the short name that the passage gives it. Pure, linear in the passage; any bytes may come in.
//
//   citation  = [kind] ["số"] symbol [[","] "ngày" day] ["của" issuer] [subject] ["(" "sau đây" ("viết" | "gọi") "tắt là" name ")"]
//   symbol    = number ["/" year] "/" kind "-" issuer {"-" issuer}      state:    24/KH-UBND, 02/2025/TT-BGDĐT, 586/QĐ-TTg
//             | number "-" kind "/" issuer                              Party:    57-NQ/TW, 23-CTr/ĐU
//             | number "/" year "/" ("QH" | "UBTVQH" | "L-CTN") digits  assembly: 193/2025/QH15
//             | number "/" issuer {"-" issuer}                          letters and old symbols: 6582/SYT-NVY, 06/CP
// Kinds and issuers: document_kinds.def, document_issuers.def (Decree 30/2020/NĐ-CP, annex III; Guideline 36-HD/VPTW).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/time/civil.h"

namespace ordo::prose {

enum Line : uint8_t { kNoLine = 0, kState = 1, kParty = 2, kAssembly = 4 };

struct Symbol {
  std::string text;          // without blanks: «57-NQ/TW»
  std::string number;        // digits as written
  std::string year;          // of symbols that carry one
  std::string kind;          // code: «NQ»; empty for letters
  std::string issuer;        // code: «TW», «UBND»; the rest of it after another hyphen included
  Line line = kNoLine;       // told by the issuer, else by the order of the parts
  // What it should read where that is certain: blanks inside, a stray letter before the kind («57- oNQ/TW»), the order of the other
  // line («71-NQ/CP»). Empty if the symbol is sound.
  std::string proper;
};

struct Citation {
  size_t begin = 0, end = 0;         // bytes: from the kind word, or the symbol, to the end of the day
  size_t symbol_begin = 0, symbol_end = 0;
  std::string kind_word;             // «Nghị quyết» as written; may be empty
  bool with_so = false;              // «số» stands before the symbol
  Symbol symbol;
  std::string text;                  // from the symbol to the day as written, blanks evened out
  std::optional<Date> date;
  std::string issuer;                // «Bộ Chính trị»; may be empty
  std::string title;                 // what it is about, as written behind «về» or in quotation marks; may be empty
  bool names_another = false;        // another symbol stands in the title
  std::string short_name;            // as defined behind the citation: «Nghị quyết số 57-NQ/TW»; may be empty
};

std::vector<Citation> FindCitations(std::string_view prose);

// A whole text that is one symbol, «24/KH-UBND»; nullopt else.
std::optional<Symbol> ReadSymbol(std::string_view text);

}  // namespace ordo::prose

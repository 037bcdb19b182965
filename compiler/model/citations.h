// Citations of official documents in a passage of Vietnamese prose: number and symbol («358/KH-UBND», «57-NQ/TW», «193/2025/QH15»),
// the day if one follows, and who issued it. Facts of their own: the same symbol may be cited with two dates. The symbol grammar is
// that of Decree 30/2020/NĐ-CP, annex III, and of Party documents; its full form comes with a later issue.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/time/civil.h"

namespace ordo {

struct CitationText {
  size_t begin = 0, end = 0;     // bytes of the passage: from the symbol to the date
  std::string symbol;            // without blanks
  std::string text;              // as written, runs of blanks as one
  std::optional<Date> date;
  std::string issuer;            // may be empty
};

std::vector<CitationText> FindCitations(std::string_view prose);

}  // namespace ordo

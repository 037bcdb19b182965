// The fixed words of a document's head and foot, by layout: what Decree 30/2020/NĐ-CP and Guideline 36-HD/VPTW want around the text.
// In: names out of the registers. Out: lines as printed. Knows no plan.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/decimal.h"
#include "runtime/report/document.h"
#include "runtime/time/time_value.h"

namespace ordo::report {

// «Ủy ban nhân dân» of «UBND phường Hải Dương»: the collective body on whose behalf its chair signs; empty for an office with one head.
std::string_view CollectiveOf(std::string_view unit);
// True of people's committees and councils: no agency stands above them in the head of a document.
bool StandsAlone(std::string_view unit);
// «Chủ tịch» of «Chủ tịch UBND phường Hải Dương»; the whole title when it is of no usual kind.
std::string_view PositionOf(std::string_view post);

// The lines above a signature. Nothing stated is nullopt, stated as none is empty.
struct Authority {
  std::string unit;                          // that issues the document
  std::string position;                      // of the signer, as printed
  std::optional<std::string> on_behalf_of;   // «Ủy ban nhân dân», or with its prefix «TM. Ủy ban nhân dân»
  std::optional<std::string> signing_for;    // «Chủ tịch»
};
std::vector<std::string> AuthorityLines(const Authority& authority, Layout layout);

// «ngày 05 tháng 02 năm 2026» (days below 10 and January, February with a nought); what is not known or only expected is «…».
std::string DayInWords(std::optional<Point> day, bool expected, Language language);
// «- X;», and the last line «- Lưu: VT.».
std::string RecipientLine(std::string_view text, Layout layout);
std::string ArchiveLine(std::string_view text, Layout layout, Language language);

}  // namespace ordo::report

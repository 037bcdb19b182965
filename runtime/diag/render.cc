#include "runtime/diag/render.h"

#include <algorithm>
#include <tuple>

namespace ordo {

void SortFindings(std::vector<Finding>& findings) {
  const auto key = [](const Finding& f) {
    const Span at = f.at.known() ? f.at : Span{};
    return std::tuple(f.at.known(), at.file, at.begin, std::string_view(f.path), std::string_view(f.code), at.end,
                      std::string_view(f.subject), std::string_view(f.message));
  };
  std::stable_sort(findings.begin(), findings.end(), [&key](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

Summary Summarise(const std::vector<Finding>& findings, size_t rules_run) {
  Summary summary;
  summary.rules_run = rules_run;
  for (const Finding& finding : findings) {
    if (finding.waiver) {
      ++summary.waived;
    } else if (finding.severity == Severity::kError) {
      ++summary.error;
    } else if (finding.severity == Severity::kWarning) {
      ++summary.warning;
    } else {
      ++summary.information;
    }
  }
  return summary;
}

}  // namespace ordo

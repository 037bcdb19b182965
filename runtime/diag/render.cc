#include "runtime/diag/render.h"

namespace ordo {

Summary Summarise(const std::vector<Finding>& findings, size_t rules_run) {
  Summary summary;
  summary.rules_run = rules_run;
  const std::vector<size_t> roots = FindRoots(findings);
  for (size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    if (finding.waiver) {
      ++summary.waived;
      continue;
    }
    if (roots[i] != i) ++summary.folded;
    if (finding.severity == Severity::kError) {
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

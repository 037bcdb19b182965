// A baseline: what was already known of a plan, so that a later run tells only what is new. A file holds several plans, by a key
// that the caller gives. Waived findings are not in it: when the waiver ends they are news. What is broken in a text is never
// known. The shape is `ordo/baseline/1`; what cannot be read as that is refused with the reason.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "runtime/diag/finding.h"

namespace ordo {

struct BaselineEntry {
  std::string fingerprint, code, subject, title;
  friend auto operator<=>(const BaselineEntry&, const BaselineEntry&) = default;
};
struct Baseline {
  std::map<std::string, std::vector<BaselineEntry>> plans;
};

// Sorted by code, so that two editions of the file differ only where the findings do.
std::vector<BaselineEntry> EntriesOf(const std::vector<Finding>& findings);
std::string RenderBaseline(const Baseline& baseline);
// InvalidArgument with what is wrong, in English, for the detail of a message.
absl::StatusOr<Baseline> ParseBaseline(std::string_view text);

struct Comparison {
  std::vector<Finding> known;        // in the order in which they were found
  std::vector<BaselineEntry> gone;   // no longer found
};
// Takes what is known out of the findings.
Comparison TakeKnown(std::vector<Finding>& findings, const std::vector<BaselineEntry>& entries);

}  // namespace ordo

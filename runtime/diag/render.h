// Findings as text for a terminal, as JSON (ordo/findings/1) and as SARIF 2.1.0, in the order that they are given; order.h has the
// orders. A run is one plan; JSON and SARIF hold one or several.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/source.h"
#include "runtime/diag/baseline.h"
#include "runtime/diag/finding.h"
#include "runtime/diag/order.h"

namespace ordo {

struct Summary {
  size_t error = 0, warning = 0, information = 0, waived = 0, rules_run = 0;
  size_t folded = 0;   // of the first three: told under their cause
};
Summary Summarise(const std::vector<Finding>& findings, size_t rules_run);

struct TextStyle {
  bool color = false;
  bool quote_source = true;   // source line and caret
  Language language = Language::kVietnamese;
  size_t first = 0;           // only so many, each with what follows from it, and how many more there are; 0: all
  bool alike_together = false;   // findings of one code stand as lines under the first of them and count as one for `first`
  const Comparison* comparison = nullptr;   // with a baseline: how much is known, what is gone
};
// «lỗi OWN07 plan.ordo:41:5 ...» then the quoted line with a caret right under the text as the eye counts it (wide and combining
// characters included), the other sides quoted too, what to do; then one line of counts.
std::string RenderText(const std::vector<Finding>& findings, const Summary& summary, const SourceSet& sources,
                       const TextStyle& style);

// What was found in one plan.
struct PlanRun {
  std::string plan;                       // its path, as given
  std::vector<Finding> findings;
  Summary summary;
  const SourceSet* sources = nullptr;
  std::optional<Comparison> comparison;   // with a baseline
  int exit_code = 0;
};
std::string RenderJson(const std::vector<Finding>& findings, const Summary& summary, const SourceSet& sources,
                       const Comparison* comparison = nullptr);
// `ordo/findings-of-plans/1`: a list of documents of `ordo/findings/1`, each with its plan.
std::string RenderJson(const std::vector<PlanRun>& runs);

// The page of a code, for viewers.
struct RuleText {
  std::string full, help;
  Severity severity = Severity::kWarning;
};
using RuleTexts = std::map<std::string, RuleText, std::less<>>;
// One run a plan. SARIF has no columns in grapheme clusters; its columns here count code points and its `columnKind` says so.
std::string RenderSarif(const std::vector<PlanRun>& runs, const RuleTexts& rules, std::string_view tool_version = "");

}  // namespace ordo

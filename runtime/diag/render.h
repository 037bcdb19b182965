// Findings as text for a terminal, as JSON (ordo/findings/1) and as SARIF 2.1.0. Sort decides the one order of output: source
// order (file, line, column), then code; findings without a place first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/source.h"
#include "runtime/diag/finding.h"

namespace ordo {

void SortFindings(std::vector<Finding>& findings);

struct Summary {
  size_t error = 0, warning = 0, information = 0, waived = 0, rules_run = 0;
};
Summary Summarise(const std::vector<Finding>& findings, size_t rules_run);

struct TextStyle {
  bool color = false;
  bool quote_source = true;   // source line and caret
  Language language = Language::kVietnamese;
};
// «lỗi OWN07 plan.ordo:41:5 ...» then the quoted line with a caret right under the text as the eye counts it (wide and combining
// characters included), the other sides quoted too, what to do; then one line of counts.
std::string RenderText(const std::vector<Finding>& findings, const Summary& summary, const SourceSet& sources,
                       const TextStyle& style);
std::string RenderJson(const std::vector<Finding>& findings, const Summary& summary, const SourceSet& sources);
// SARIF has no columns in grapheme clusters; its columns here count code points and its `columnKind` says so.
std::string RenderSarif(const std::vector<Finding>& findings, const SourceSet& sources, std::string_view tool_version = "");

}  // namespace ordo

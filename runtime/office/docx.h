// Word documents (ECMA-376, transitional): tables and whole plans, laid out by a profile. In: report tables and documents. Out: the
// bytes of a .docx. Equal input gives equal bytes. Every table carries marks (marks.h) that let `ordo compare` find its cells again.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "runtime/report/document.h"

namespace ordo::office {

struct DocxOptions {
  report::Layout layout = report::Layout::kState;
  Language language = Language::kVietnamese;   // marked for the spell checker
  std::string plan;                            // name of the plan, kept in the marks
};

// Each table is an annex of its own section.
absl::StatusOr<std::string> TablesAsDocx(std::span<const report::Table> tables, const DocxOptions& options);
absl::StatusOr<std::string> DocumentAsDocx(const report::Document& document, const DocxOptions& options);

}  // namespace ordo::office

// The one place where tables become the bytes of a file, whatever its format: runtime/report renders text, runtime/office makes Word
// and Excel files, a PDF is the Word file printed. In: finished tables. Out: bytes, or why there are none. Never looks at a plan.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "runtime/diag/finding.h"
#include "runtime/report/document.h"
#include "runtime/report/table.h"

namespace ordo {

inline constexpr std::string_view kTableFormats = "text, md, csv, html, json, docx, xlsx, pdf";

struct TableFileOptions {
  report::RenderOptions render;
  report::Layout layout = report::Layout::kState;   // of Word files
  std::string plan;                                 // name of the plan, kept in Word files
};

// Several tables are one file; as JSON only one can be. NotFound: LibreOffice is not installed. Errors of runtime/office as they are.
absl::StatusOr<std::string> TablesAs(std::span<const report::Table> tables, report::Format format, const SourceSet& sources,
                                     const TableFileOptions& options);
// A whole plan: docx or pdf.
absl::StatusOr<std::string> DocumentAs(const report::Document& document, report::Format format, const TableFileOptions& options);

// Why there are no bytes, as a finding of the family RUN.
Finding FileFault(const absl::Status& status, report::Format format, Language language);
bool IsFileFault(const Finding& fault);   // one of those, or «not for a terminal»: the tool failed, not the plan

}  // namespace ordo

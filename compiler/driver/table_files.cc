#include "compiler/driver/table_files.h"

#include "absl/status/status.h"
#include "compiler/driver/outputs.h"
#include "runtime/office/docx.h"
#include "runtime/office/pdf.h"
#include "runtime/office/xlsx.h"

namespace ordo {
namespace {

office::DocxOptions DocxOf(const TableFileOptions& options) {
  office::DocxOptions docx;
  docx.layout = options.layout;
  docx.language = options.render.language;
  docx.plan = options.plan;
  return docx;
}

absl::StatusOr<std::string> Printed(absl::StatusOr<std::string> docx, report::Format format) {
  if (!docx.ok() || format == report::Format::kDocx) return docx;
  return office::PdfOf(*docx);
}

}  // namespace

absl::StatusOr<std::string> TablesAs(std::span<const report::Table> tables, report::Format format, const SourceSet& sources,
                                     const TableFileOptions& options) {
  switch (format) {
    case report::Format::kDocx: case report::Format::kPdf: return Printed(office::TablesAsDocx(tables, DocxOf(options)), format);
    case report::Format::kXlsx: return office::TablesAsXlsx(tables, options.render.language);
    case report::Format::kText: case report::Format::kMarkdown: case report::Format::kCsv: case report::Format::kHtml:
    case report::Format::kJson: break;
  }
  return tables.size() == 1 ? report::Render(tables.front(), format, sources, options.render)
                            : report::RenderAll(tables, format, sources, options.render);
}

absl::StatusOr<std::string> DocumentAs(const report::Document& document, report::Format format, const TableFileOptions& options) {
  return Printed(office::DocumentAsDocx(document, DocxOf(options)), format);
}

Finding FileFault(const absl::Status& status, report::Format format, Language language) {
  const std::string_view extension = report::ExtensionOf(format);
  const std::string reason(status.message());
  if (format == report::Format::kPdf && absl::IsNotFound(status)) return Fault(language, Code::kRunNoConverter, {});
  if (format == report::Format::kPdf && (absl::IsDeadlineExceeded(status) || absl::IsAborted(status))) return Fault(language, Code::kRunNoPdf, {reason});
  return Fault(language, Code::kRunNotMade, {extension, reason});
}

bool IsFileFault(const Finding& fault) {
  for (const Code code : {Code::kRunNoConverter, Code::kRunNoPdf, Code::kRunToTerminal, Code::kRunNotMade}) {
    if (fault.code == TextOf(code).code) return true;
  }
  return false;
}

}  // namespace ordo

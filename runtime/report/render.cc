#include "runtime/report/render.h"

#include <fmt/format.h>

namespace ordo::report {

std::optional<Format> ParseFormat(std::string_view name) {
  if (name == "text" || name == "txt") return Format::kText;
  if (name == "md" || name == "markdown") return Format::kMarkdown;
  if (name == "csv") return Format::kCsv;
  if (name == "html") return Format::kHtml;
  if (name == "json") return Format::kJson;
  if (name == "docx") return Format::kDocx;
  if (name == "xlsx") return Format::kXlsx;
  if (name == "pdf") return Format::kPdf;
  return std::nullopt;
}

std::string_view ExtensionOf(Format format) {
  switch (format) {
    case Format::kText: return "txt";
    case Format::kMarkdown: return "md";
    case Format::kCsv: return "csv";
    case Format::kHtml: return "html";
    case Format::kJson: return "json";
    case Format::kDocx: return "docx";
    case Format::kXlsx: return "xlsx";
    case Format::kPdf: return "pdf";
  }
  return {};
}

std::string Render(const Table& table, Format format, const SourceSet& sources, const RenderOptions& options) {
  switch (format) {
    case Format::kText: return TableAsText(table, options);
    case Format::kMarkdown: return TableAsMarkdown(table);
    case Format::kCsv: return TableAsCsv(table);
    case Format::kHtml: return TableAsHtml(table, sources, options);
    case Format::kJson: return TableAsJson(table, sources);
    case Format::kDocx: case Format::kXlsx: case Format::kPdf: break;   // not text
  }
  return {};
}

std::string RenderAll(std::span<const Table> tables, Format format, const SourceSet& sources, const RenderOptions& options) {
  if (format == Format::kHtml) return TablesAsHtml(tables, sources, options);
  constexpr std::string_view kMark = "\xEF\xBB\xBF";   // once, at the beginning of the file
  std::string out;
  for (const Table& table : tables) {
    const std::string one = Render(table, format, sources, options);
    std::string_view text = one;
    if (!out.empty()) {
      out += format == Format::kCsv ? "\r\n" : "\n";
      if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
    }
    out += text;
  }
  return out;
}

std::vector<Cell> GroupCells(const Table& table, const Group& group) {
  std::vector<Cell> cells(table.columns.size());
  if (cells.empty()) return cells;
  if (cells.size() > 1 && table.columns[0].id == "number") {
    cells[0] = group.number;
    cells[1] = group.title;
  } else {
    cells[0] = GroupLine(group);
  }
  return cells;
}

std::string GroupLine(const Group& group) {
  if (group.number.empty()) return group.title;
  if (group.title.empty()) return group.number;
  return fmt::format("{}. {}", group.number, group.title);
}

}  // namespace ordo::report

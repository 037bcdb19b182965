// One page that needs nothing else: no script, no font, no address. Everything out of the plan is escaped. Headers carry a scope
// so that a screen reader can say where a cell stands; the print style follows Decree 30/2020 (A4, 20 mm, a landscape annex).
#include <fmt/format.h>

#include "runtime/base/markup.h"
#include "runtime/report/render.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

constexpr std::string_view kStyle = R"css(
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --line: #8a8a8a; --head: #eef1f4; --group: #f6f7f9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e8; --paper: #16181b; --line: #6b7077; --head: #262a2f; --group: #1e2125; }
}
body { margin: 1.5rem; color: var(--ink); background: var(--paper); font: 1rem/1.45 "Times New Roman", Times, serif; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { padding-bottom: 1rem; text-align: center; }
caption strong { display: block; font-size: 1.15rem; }
caption em { display: block; }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; }
thead th { background: var(--head); text-align: center; vertical-align: middle; }
tbody th { font-weight: normal; }
tr.group th { background: var(--group); font-weight: bold; }
tr.totals th, tr.totals td { font-weight: bold; }
.number { text-align: center; white-space: nowrap; }
.amount { text-align: right; }
tr.sub th[scope=row] { padding-left: 1.5rem; }
)css";

constexpr std::string_view kPrintStyle = R"css(
@media print {
  :root { --ink: #000000; --paper: #ffffff; --line: #000000; --head: #ffffff; --group: #ffffff; }
  body { margin: 0; font-size: 13pt; }
  table { font-size: 11pt; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  tr.group { break-after: avoid; }
}
)css";

std::string Escaped(std::string_view text, bool attribute = false) { return EscapedMarkup(text, attribute ? " " : "<br>"); }

class Page {
 public:
  Page(const Table& table, const SourceSet& sources) : table_(table), sources_(sources) {
    // The header of a row is what it is about: its title, or its first cell.
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].id == "title") head_ = i;
    }
  }

  void Head(std::string& out) const {
    out += "<thead>\n<tr>";
    for (const TableColumnText& column : table_.columns) out += fmt::format("<th scope=\"col\">{}</th>", Escaped(column.title));
    out += "</tr>\n</thead>\n";
  }

  void Body(const Group& group, std::string& out) const {
    out += "<tbody>\n";
    const size_t columns = table_.columns.size();
    if (HasHeading(group) && columns > 0) {
      out += fmt::format("<tr class=\"group\"{}>", Source(group.id, group.at));
      if (columns > 1 && table_.columns[0].id == "number") {
        out += fmt::format("<td class=\"number\"><strong>{}</strong></td><th scope=\"rowgroup\" colspan=\"{}\">{}</th>",
                           Escaped(group.number), columns - 1, Escaped(group.title));
      } else {
        out += fmt::format("<th scope=\"rowgroup\" colspan=\"{}\">{}</th>", columns, Escaped(GroupLine(group)));
      }
      out += "</tr>\n";
    }
    for (const Row& row : group.rows) Line(row, "", out);
    out += "</tbody>\n";
  }

  void Line(const Row& row, std::string_view style, std::string& out) const {
    const std::string source = Source(row.id, row.at);
    out += style.empty() ? fmt::format("<tr{}>", source) : fmt::format("<tr class=\"{}\"{}>", style, source);
    for (size_t i = 0; i < row.cells.size() && i < table_.columns.size(); ++i) {
      const std::string_view class_name =
          table_.columns[i].id == "number" ? " class=\"number\"" : table_.columns[i].numeric ? " class=\"amount\"" : "";
      const std::string text = Escaped(row.cells[i].text);
      if (i == head_) out += fmt::format("<th scope=\"row\"{}>{}</th>", class_name, text);
      else out += fmt::format("<td{}>{}</td>", class_name, text);
    }
    out += "</tr>\n";
    for (const Row& sub : row.rows) Line(sub, "sub", out);
  }

 private:
  std::string Source(std::string_view id, Span at) const {
    std::string attributes;
    if (!id.empty()) attributes += fmt::format(" data-id=\"{}\"", Escaped(id, true));
    const std::string place = Escaped(Location(sources_, at), true);
    if (!place.empty()) attributes += fmt::format(" data-source=\"{}\" title=\"{}\"", place, place);
    return attributes;
  }

  const Table& table_;
  const SourceSet& sources_;
  size_t head_ = 0;
};

void Section(const Table& table, const SourceSet& sources, std::string& out) {
  const Page page(table, sources);
  out += "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"";
  out += Escaped(table.title.empty() ? table.id : table.title, true) + "\">\n<table>\n<caption><strong>" + Escaped(table.title) + "</strong>";
  if (!table.subtitle.empty()) out += "<em>" + Escaped(table.subtitle) + "</em>";
  out += "</caption>\n";
  page.Head(out);
  for (const Group& group : table.groups) page.Body(group, out);
  if (table.totals) {
    out += "<tfoot>\n";
    page.Line(*table.totals, "totals", out);
    out += "</tfoot>\n";
  }
  out += "</table>\n</div>\n";
}

}  // namespace

std::string TableAsHtml(const Table& table, const SourceSet& sources, const RenderOptions& options) {
  return TablesAsHtml({&table, 1}, sources, options);
}

std::string TablesAsHtml(std::span<const Table> tables, const SourceSet& sources, const RenderOptions& options) {
  if (tables.empty()) return {};
  const Table& first = tables.front();
  const std::string title = Escaped(first.title.empty() ? first.id : first.title, true);
  std::string out = fmt::format("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
                                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                                "<title>{}</title>\n<style>", options.language == Language::kVietnamese ? "vi" : "en", title);
  out += kStyle;
  out += first.landscape ? "@page { size: A4 landscape; margin: 20mm; }" : "@page { size: A4 portrait; margin: 20mm; }";
  out += kPrintStyle;
  out += "</style>\n</head>\n<body>\n<main>\n";
  for (const Table& table : tables) Section(table, sources, out);
  out += "</main>\n</body>\n</html>\n";
  return out;
}

}  // namespace ordo::report

// Tables of GitHub-flavoured Markdown. A cell is text: nothing in it may start markup or raw HTML.
#include "runtime/report/render.h"

namespace ordo::report {
namespace {

std::string Escaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n' || c == '\r') {
      if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
      out += "<br>";
      continue;
    }
    if (std::string_view("\\`*_[]|<>&~").find(c) != std::string_view::npos) out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

void AppendRecord(const std::vector<Cell>& cells, bool bold, std::string& out) {
  out += '|';
  for (const Cell& cell : cells) {
    const std::string text = Escaped(cell.text);
    if (text.empty()) out += "  |";
    else out += bold ? " **" + text + "** |" : " " + text + " |";
  }
  out += '\n';
}

void AppendRow(const Row& row, std::string& out) {
  AppendRecord(row.cells, false, out);
  for (const Row& sub : row.rows) AppendRow(sub, out);
}

}  // namespace

std::string TableAsMarkdown(const Table& table) {
  std::string out;
  if (!table.title.empty()) out += "# " + Escaped(table.title) + "\n\n";
  if (!table.subtitle.empty()) out += "*" + Escaped(table.subtitle) + "*\n\n";
  std::vector<Cell> titles;
  std::string rule = "|";
  for (const TableColumnText& column : table.columns) {
    titles.push_back(column.title);
    rule += column.numeric ? " ---: |" : " --- |";
  }
  AppendRecord(titles, false, out);
  out += rule + "\n";
  for (const Group& group : table.groups) {
    if (HasHeading(group)) AppendRecord(GroupCells(table, group), true, out);
    for (const Row& row : group.rows) AppendRow(row, out);
  }
  if (table.totals) AppendRecord(table.totals->cells, true, out);
  return out;
}

}  // namespace ordo::report

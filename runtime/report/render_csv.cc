// RFC 4180 for spreadsheets: CRLF, quotes where needed, a byte-order mark, and no cell that a spreadsheet would run.
#include "runtime/report/render.h"

namespace ordo::report {
namespace {

void AppendCell(std::string_view cell, std::string& out) {
  const bool formula = !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    if (formula) out += '\'';
    out += cell;
    return;
  }
  out += formula ? "\"'" : "\"";
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void AppendRecord(const std::vector<Cell>& cells, std::string& out) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    AppendCell(cells[i].text, out);
  }
  out += "\r\n";
}

void AppendRow(const Row& row, std::string& out) {
  AppendRecord(row.cells, out);
  for (const Row& sub : row.rows) AppendRow(sub, out);
}

}  // namespace

std::string TableAsCsv(const Table& table) {
  std::string out = "\xEF\xBB\xBF";
  std::vector<Cell> titles;
  for (const TableColumnText& column : table.columns) titles.push_back(column.title);
  AppendRecord(titles, out);
  for (const Group& group : table.groups) {
    if (HasHeading(group)) AppendRecord(GroupCells(table, group), out);
    for (const Row& row : group.rows) AppendRow(row, out);
  }
  if (table.totals) AppendRecord(table.totals->cells, out);
  return out;
}

}  // namespace ordo::report

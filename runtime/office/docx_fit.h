// How wide the columns of a table stand on a page. In: a table and the width to fill. Out: widths in twips that add up to it, the size
// of the letters, and what of the head and the cells follows from them. The longest word is the least that a column gets, the rest is
// shared by what the cells hold; a column of numbers never breaks. Cost: linear in the text of the table.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/office/docx_profile.h"
#include "runtime/report/table.h"

namespace ordo::office {

// The rows of a group as printed: rows below rows follow their row.
struct PrintedRow {
  const report::Row* row = nullptr;
  uint32_t depth = 0;
};
std::vector<PrintedRow> PrintedRows(const std::vector<report::Row>& rows);

bool IsNumberColumn(const report::Table& table, size_t column);

struct Fit {
  uint32_t size = 0;                  // of letters, half points
  uint32_t margin = 0;                // left and right in each cell, twips
  std::vector<uint32_t> widths;       // twips
  std::vector<bool> centred;          // short cells stand in the middle: marks of a matrix, years
  bool upright = false;               // heads of the short columns are turned, reading upwards
  uint32_t head_height = 0;           // twips, when they are
  std::vector<uint32_t> cells;        // total width of each cell in thousandths of the size, a row of the table after the other

  bool Turned(size_t column) const { return upright && centred[column]; }
  // Lines that a cell of this total width takes, by estimate.
  uint32_t Lines(size_t column, uint32_t total) const;
  uint32_t LineHeight() const { return size * 10 * 6 / 5; }
};

Fit FitColumns(const report::Table& table, uint32_t width);

}  // namespace ordo::office

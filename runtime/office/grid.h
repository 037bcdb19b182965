// What a Word, Excel or CSV file holds, as grids of text: the common ground of `ordo import` and `ordo compare`. Reading decides
// nothing about plans. Any bytes may come in; limits and errors are those of package.h. Formulas are never computed: their kept value
// is taken and the cell says so. Text that Word struck out or deleted under track changes is not read; inserted text is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "runtime/base/decimal.h"
#include "runtime/office/marks.h"
#include "runtime/office/package.h"
#include "runtime/time/civil.h"

namespace ordo::office {

struct GridCell {
  std::string text;                  // paragraphs joined by '\n'; as shown for numbers and dates where the format is known
  uint32_t column_span = 1;
  uint32_t row_span = 1;             // of the first cell of a vertical merge
  bool covered = false;              // stands under a merge: its text is that of the cell that covers it
  bool formula = false;
  std::optional<Date> day;           // a spreadsheet cell formatted as a date
  std::optional<Decimal> number;     // a spreadsheet cell that holds a number
};

struct GridRow {
  std::vector<GridCell> cells;       // one a column of the grid, covered ones too
  std::string bookmark;              // first «_Ordo…» bookmark in it, "" if none
  bool header = false;               // marked as repeated on each page, or frozen
  std::string place;                 // «bảng 1, hàng 3», «Sheet1!A3», «dòng 3»
  size_t table = 0;                  // in Word: which table of the file, from 1
  size_t line = 0;                   // in Word: the row of the table; in CSV: the line of the file; from 1
};

struct Grid {
  std::string name;                  // sheet name; "" in Word
  std::vector<std::string> before;   // text between this grid and the one before: headings, captions
  size_t columns = 0;
  std::vector<GridRow> rows;
};

struct GridFile {
  enum class Kind { kWord, kExcel, kCsv };
  Kind kind = Kind::kCsv;
  std::vector<Grid> grids;
  std::vector<std::string> after;    // text after the last grid
  std::optional<Marks> marks;        // of a document that Ordo wrote
  std::vector<std::string> skipped;  // hidden sheets: not read
};

// The kind is told by the bytes, not by the name: a ZIP with word/document.xml, with xl/workbook.xml, else text. InvalidArgument:
// neither, or broken; ResourceExhausted: beyond the limits. Text in a legacy encoding is refused with its name.
absl::StatusOr<GridFile> ReadGrids(std::string_view bytes, const ReadLimits& limits = {});

}  // namespace ordo::office

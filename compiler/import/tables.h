// The tables of a file: which grids hold tasks or targets, where their headings are, which field each column is. Grids that go on
// over pages are one table. In: grids. Out: tables as rows of evened texts, each with the place it came from. Never reads a register.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/office/grid.h"

namespace ordo::import {

enum class Column : uint8_t {
  kNumber, kCode, kSection, kTitle, kIndicator,
  kAccountable, kSponsor, kLead, kSupport, kExtraHands, kDrafting, kAppraisal, kSubmitTo, kApproval, kMonitor,
  kBothRoles,   // «Chủ trì: …; Phối hợp: …» in one cell
  kRole,        // «Chủ trì» or «Phối hợp»: what the office that made the table is in this row
  kProduct, kDue, kStarts, kDuration, kAfter, kCost, kNote,
  kMeasure, kBaseline, kValue, kSource, kHorizon,
  kOther,       // no field of the language
};
inline bool IsParty(Column column) { return column >= Column::kAccountable && column <= Column::kMonitor; }

// The field of a heading; nullopt if no wording of columns.def stands in it.
std::optional<Column> ColumnOf(std::string_view heading);
// The one year from 1990 to 2099 that a text names last; 0 if none.
int YearIn(std::string_view text);

struct TableColumn {
  Column field = Column::kOther;
  std::string heading;     // evened out
  size_t grid_column = 0;
  int year = 0;            // of kHorizon and kValue; 0: not named
};

struct RawCell {
  std::string text;        // evened out
  std::string lines;       // as in the file: lines may be parts
  bool merged_above = false;   // the cell above goes on here
  bool formula = false;
  std::optional<Date> day;
};

struct RawRow {
  std::vector<RawCell> cells;   // one a column of the table
  bool across = false;          // one text over most columns
  std::string place;
  bool after_break = false;     // first row of a grid that goes on: a row may have been cut
};

enum class Kind : uint8_t { kTasks, kTargets, kMatrix, kOther };

struct FoundTable {
  Kind kind = Kind::kOther;
  size_t grid = 0;                    // index in the file
  std::vector<size_t> grids;          // those that are parts of it, the first too
  std::string title, caption;         // from the text before it
  std::vector<std::string> before;    // that text
  std::vector<TableColumn> columns;
  std::vector<RawRow> rows;
  std::vector<std::string> headings;  // of a table of another sort: its first row
};

// All grids in order; parts of one table joined. `forced`: 1 is the first grid; it is a table of tasks whatever its headings say, as
// long as one column can be the text.
std::vector<FoundTable> FindTables(const office::GridFile& file, int forced = 0);

}  // namespace ordo::import

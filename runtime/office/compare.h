// What came back beside what the plan says now, cell by cell. Three ways where the document carries marks: the text that came back, the
// fingerprint of what was issued, the text of the plan now. In: grids, tables of the plan. Out: differences. Decides nothing about
// what should be done with them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/office/grid.h"
#include "runtime/report/table.h"

namespace ordo::office {

struct Difference {
  enum class Kind {
    kCell,            // changed in the document
    kBoth,            // there, and in the plan since it was issued
    kPlanOnly,        // in the plan since, not in the document
    kGroupTitle,      // a heading across the table
    kColumnTitle, kColumnAdded, kColumnRemoved,
    kRowRemoved, kRowAdded, kRowMoved,
    kRowNew,          // of the plan; was not issued
    kRowGone,         // was issued; the plan has it no longer
    kTableRemoved,
    kTableCopy,       // of the file: the columns of a table of the plan, but another one has its rows
  };
  Kind kind = Kind::kCell;
  size_t table = 0;            // in the tables given
  std::string row;             // Row::id, Group::id
  std::string number, title;   // of the row, as the plan prints them
  std::string column;          // TableColumnText::id
  std::string heading;
  std::string plan;            // text of the plan now
  std::string returned;        // text that came back; of a moved row: the title of the row in front, "" if none
  std::string place;           // in the file that came back: GridRow::place, and its numbers
  size_t place_table = 0, place_line = 0;
  Span at;                     // where the plan writes it
};

struct Comparison {
  bool marked = false;
  size_t tables = 0;           // of the plan's that were found in the file
  std::vector<Difference> differences;   // by table, in the order of the plan; rows added at the end
};

Comparison Compare(const GridFile& returned, std::span<const report::Table> tables);
// Equal but for what has no meaning: white space, composition, soft hyphens, no-break blanks and hyphens.
bool ReadsAlike(std::string_view a, std::string_view b);

}  // namespace ordo::office

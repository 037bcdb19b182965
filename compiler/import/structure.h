// Rows as they hang together: groups with rows, rows with rows below, rows that a page break cut in two put together again. In: a
// table. Out: a tree in the order of the table. Never looks at what cells mean, only at where they stand and how they are numbered.
#pragma once

#include <string>
#include <vector>

#include "compiler/import/tables.h"

namespace ordo::import {

struct Item {
  enum class Kind : uint8_t { kGroup, kRow };
  Kind kind = Kind::kRow;
  std::string number;            // as issued, evened out; «a)», «1.1», «IV»
  std::string title;
  size_t row = 0;                // of FoundTable::rows: its cells
  std::vector<std::string> joined;   // places of rows that went on with it
  bool shared_number = false;    // the number is a merged cell of several rows
  std::vector<Item> items;
};

struct Structure {
  std::vector<Item> items;
  bool grouped = false;          // some group stands in it
  bool running = false;          // numbers go on through the groups
  bool sub_numbered = false;     // rows below rows are numbered «1.1»
  size_t rows = 0;               // without groups
};

// «IV» -> 4; 0: no Roman numeral of capitals.
int RomanValue(std::string_view text);
// Joins rows that were cut (their cells go into `table`), then builds the tree.
Structure StructureOf(FoundTable& table);

}  // namespace ordo::import

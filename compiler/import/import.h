// A draft of a plan out of the tables of a file. Pure: grids and trees in, text out. The draft is in canonical form; beside it stands
// what its tables should print, so that a caller who has printed them can say which cells came out otherwise and draft again.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "compiler/ast/ast.h"
#include "compiler/import/tables.h"
#include "runtime/office/grid.h"

namespace ordo::import {

inline constexpr size_t kTargetColumns = size_t{1} << 20;   // added to columns of the table of targets

// What another round has to do differently. Keys: «name.field», the field by its id in words.def, «name.series_2030» of a value.
struct Feedback {
  absl::flat_hash_set<std::string> worded;          // printed otherwise: the cell is written out
  absl::flat_hash_set<std::string> plain;           // not accepted: the cell is kept as words; «*»: every cell
  absl::flat_hash_set<size_t> plain_columns;        // as in ExpectedCell: a field without wording that prints otherwise
};

struct Options {
  Skin skin = Skin::kVietnamese;
  int year = 0;                                     // of the plan; 0: what the file says
  std::string file;                                 // shown in the draft
  std::vector<std::string> imports;                 // paths for `nhập`
  std::vector<const Ast*> registers;                // all that is known, imports of registers too
  bool copy_registers = false;                      // into the draft instead of importing them
};

struct ExpectedCell {
  std::string text, key;      // key of Feedback; "" if nothing can be done about it
  size_t column = 0;          // of FoundTable::columns, those of targets kTargetColumns more
  bool read = false;          // a value that is printed as it was read: told, no difference
};
struct ExpectedRow {
  std::string name, place;
  std::vector<ExpectedCell> cells;   // one a printed column
};
struct ExpectedTable {
  std::string name;                  // of the declaration
  bool targets = false;
  std::vector<std::string> headings;
  std::vector<ExpectedRow> rows;     // without groups, in order
};

struct Count {
  size_t cells = 0, unsure = 0;
};

struct Draft {
  std::string text;                  // canonical; «ordo 1 vi» or «en» is its first line
  std::vector<ExpectedTable> tables;
  size_t remarks = 0;                // places to look at
  size_t rows = 0;
  Count parties, times, products, values;
};

// `tasks` and `targets` may be null, not both. InternalError: the text does not parse, which is a fault of this room.
absl::StatusOr<Draft> WriteDraft(const FoundTable* tasks, const FoundTable* targets, const Options& options, const Feedback& feedback = {});

// Skin that the headings of a table are in.
Skin SkinOf(const FoundTable& table);

}  // namespace ordo::import

// What differs between the rows of a relation before and after an edit, with numbers read by a Renumbering. Rows are paired in
// their order; a row without a pair is gone or fresh. Of a keyed relation rows are paired as their objects are, and cells of a
// pair that differ are told by column, so that a rule is touched only by columns that it reads. Linear in the rows.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/eval/facts.h"
#include "runtime/eval/renumbering.h"

namespace ordo::eval {

// As seen in one of the programs: row numbers are its own.
struct Changes {
  bool all = true;                             // nothing is known
  std::vector<uint32_t> rows;                  // without a pair
  std::vector<std::vector<uint32_t>> cells;    // keyed, by column: rows of pairs whose cell differs
  bool none() const;
};

struct RowPairs {
  Changes before, after;
  bool stay = false;                           // every row of before has its own number in after as well
  std::vector<uint32_t> to;                    // row of before -> row of after or kNone; empty if they stay
  uint32_t To(uint32_t row) const { return stay ? row : to[row]; }
  // No row is gone or fresh, no cell differs.
  bool same() const { return before.none() && after.none(); }
};

RowPairs PairRows(const Renumbering& numbers, const Table& before, const Table& after);

}  // namespace ordo::eval

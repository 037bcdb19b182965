#include "runtime/eval/changes.h"

#include <algorithm>

namespace ordo::eval {

using ir::Cell;
using ir::kNone;

bool Changes::none() const {
  return !all && rows.empty() && std::all_of(cells.begin(), cells.end(), [](const auto& column) { return column.empty(); });
}

namespace {

// A column of two tables, cell by cell.
class ColumnPair {
 public:
  ColumnPair(const Renumbering& numbers, const Table& before, const Table& after, uint32_t column)
      : numbers_(numbers),
        type_(before.relation->columns[column].type),
        plain_(type_ == ir::Type::kEntity ? numbers.objects_stay() : type_ != ir::Type::kText || numbers.texts_stay()),
        from_(before.Base(column)),
        to_(after.Base(column)),
        from_stride_(before.stride()),
        to_stride_(after.stride()) {}

  bool Same(uint32_t a, uint32_t b) const {
    Cell cell = From(a);
    return (plain_ || numbers_.Map(type_, cell)) && cell == To(b);
  }
  // All cells at once, where numbers stay: as most columns are after most edits.
  bool Equal(uint32_t rows) const {
    if (!plain_) return false;
    if (from_ == to_) return true;
    if (from_stride_ == 1 && to_stride_ == 1) return std::equal(from_, from_ + rows, to_);
    for (uint32_t row = 0; row < rows; ++row) {
      if (From(row) != To(row)) return false;
    }
    return true;
  }
  bool Gone(uint32_t a) const {
    Cell cell = From(a);
    return !plain_ && !numbers_.Map(type_, cell);
  }
  bool Fresh(uint32_t b) const { return type_ == ir::Type::kEntity && !plain_ && To(b) != ir::kAbsent && numbers_.IsFresh(To(b)); }

 private:
  Cell From(uint32_t row) const { return from_[size_t{row} * from_stride_]; }
  Cell To(uint32_t row) const { return to_[size_t{row} * to_stride_]; }

  const Renumbering& numbers_;
  ir::Type type_;
  bool plain_;
  const Cell *from_, *to_;
  uint32_t from_stride_, to_stride_;
};

// By the first `compared` columns.
void PairInOrder(const std::vector<ColumnPair>& columns, size_t compared, uint32_t from, uint32_t to, RowPairs& pairs) {
  const auto any = [&](auto&& is) { return std::any_of(columns.begin(), columns.begin() + static_cast<ptrdiff_t>(compared), is); };
  pairs.to = Align(
      from, to, [&](uint32_t a, uint32_t b) { return !any([&](const ColumnPair& column) { return !column.Same(a, b); }); },
      [&](uint32_t a) { return any([&](const ColumnPair& column) { return column.Gone(a); }); },
      [&](uint32_t b) { return any([&](const ColumnPair& column) { return column.Fresh(b); }); });
  std::vector<bool> paired(to);
  pairs.stay = true;
  for (uint32_t row = 0; row < from; ++row) {
    pairs.stay = pairs.stay && pairs.to[row] == row;
    if (pairs.to[row] == kNone) pairs.before.rows.push_back(row);
    else paired[pairs.to[row]] = true;
  }
  for (uint32_t row = 0; row < to; ++row) {
    if (!paired[row]) pairs.after.rows.push_back(row);
  }
  if (pairs.stay) pairs.to = {};
}

}  // namespace

RowPairs PairRows(const Renumbering& numbers, const Table& before, const Table& after) {
  RowPairs pairs;
  const uint32_t from = before.rows(), to = after.rows();
  pairs.before.all = pairs.after.all = false;
  std::vector<ColumnPair> columns;
  for (uint32_t c = 0; c < before.width(); ++c) columns.emplace_back(numbers, before, after, c);
  const bool keyed = before.relation->keyed;
  const size_t compared = keyed ? 1 : columns.size();
  const bool equal = from == to && std::all_of(columns.begin(), columns.begin() + static_cast<ptrdiff_t>(compared),
                                               [&](const ColumnPair& column) { return column.Equal(from); });
  if (equal) pairs.stay = true;
  else PairInOrder(columns, compared, from, to, pairs);
  if (!keyed) return pairs;
  pairs.before.cells.resize(columns.size());
  pairs.after.cells.resize(columns.size());
  for (size_t c = 1; c < columns.size(); ++c) {
    if (equal && columns[c].Equal(from)) continue;
    for (uint32_t row = 0; row < from; ++row) {
      const uint32_t other = pairs.To(row);
      if (other == kNone || columns[c].Same(row, other)) continue;
      pairs.before.cells[c].push_back(row);
      pairs.after.cells[c].push_back(other);
    }
  }
  return pairs;
}

}  // namespace ordo::eval

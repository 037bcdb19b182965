// What operators do to cells: kAbsent in, kAbsent out; so is what does not fit, does not end, or lies outside the years 1 to 9999.
// Shared by the engine's loop and by the probe, so that the two cannot disagree.
#pragma once

#include <array>
#include <optional>

#include "runtime/ir/ir.h"

namespace ordo::eval {

using ir::Cell;
using ir::kAbsent;

inline constexpr Cell kFirstDay = -719162;   // 0001-01-01
inline constexpr Cell kLastDay = 2932896;    // 9999-12-31

// Decimals without places are most of what plans count with. Their cells are the number times 256: sums, differences and order of
// cells are those of the numbers, and what overflows 64 bits is just what has no cell.
inline bool BothWhole(Cell a, Cell b) { return ((a | b) & 0xFF) == 0; }
inline Cell CellOf(const std::optional<Decimal>& value) { return value ? value->cell() : kAbsent; }

inline Cell Add(Cell a, Cell b) {
  if (a == kAbsent || b == kAbsent) return kAbsent;
  Cell sum;
  if (BothWhole(a, b)) return __builtin_add_overflow(a, b, &sum) ? kAbsent : sum;
  return CellOf(Decimal::FromCell(a).Plus(Decimal::FromCell(b)));
}

inline Cell Subtract(Cell a, Cell b) {
  if (a == kAbsent || b == kAbsent) return kAbsent;
  Cell difference;
  if (BothWhole(a, b)) return __builtin_sub_overflow(a, b, &difference) ? kAbsent : difference;
  return CellOf(Decimal::FromCell(a).Minus(Decimal::FromCell(b)));
}

inline Cell Multiply(Cell a, Cell b) {
  if (a == kAbsent || b == kAbsent) return kAbsent;
  Cell product;
  if (BothWhole(a, b)) return __builtin_mul_overflow(a >> 8, b, &product) ? kAbsent : product;
  return CellOf(Decimal::FromCell(a).Times(Decimal::FromCell(b)));
}

inline Cell Divide(Cell a, Cell b) {
  if (a == kAbsent || b == kAbsent) return kAbsent;
  return CellOf(Decimal::FromCell(a).DividedBy(Decimal::FromCell(b)));
}

inline Cell PlusDays(Cell date, Cell days, int sign) {
  if (date == kAbsent || days == kAbsent || (days & 0xFF) != 0) return kAbsent;
  const Cell moved = date + sign * (days >> 8);
  return moved < kFirstDay || moved > kLastDay ? kAbsent : moved;
}

inline bool Stated(Cell a, Cell b) { return a != kAbsent && b != kAbsent; }
inline bool LessDecimal(Cell a, Cell b) {
  if (((a ^ b) & 0xFF) == 0) return a < b;  // as many places
  return Decimal::FromCell(a) < Decimal::FromCell(b);
}

// Totals of decimals are formed at 15 places and cut once, so that they do not depend on the order of the summands.
__extension__ using WideTotal = __int128;
// False when the total overflows.
inline bool AddAtFifteen(WideTotal& total, Cell value) {
  static constexpr std::array<int64_t, 16> kPowers = [] {
    std::array<int64_t, 16> powers{1};
    for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
  }();
  const Decimal decimal = Decimal::FromCell(value);
  return !__builtin_add_overflow(total, WideTotal{decimal.mantissa()} * kPowers[15 - decimal.scale()], &total);
}
inline Cell FromFifteen(WideTotal total) {
  int scale = 15;
  for (; scale > 0 && total % 10 == 0; --scale) total /= 10;
  const auto mantissa = static_cast<int64_t>(total);
  return mantissa == total ? CellOf(Decimal::Make(mantissa, scale)) : kAbsent;
}

// Whether `a op b` holds for two cells of one type; kEqual to kGreaterEqual. Absent on either side: false.
inline bool Compare(ir::Op op, bool decimal, Cell a, Cell b) {
  if (!Stated(a, b)) return false;
  const auto less = [decimal](Cell x, Cell y) { return decimal ? LessDecimal(x, y) : x < y; };
  switch (op) {
    case ir::Op::kEqual: return a == b;
    case ir::Op::kNotEqual: return a != b;
    case ir::Op::kLess: return less(a, b);
    case ir::Op::kLessEqual: return !less(b, a);
    case ir::Op::kGreater: return less(b, a);
    default: return !less(a, b);
  }
}

}  // namespace ordo::eval

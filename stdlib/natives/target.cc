#include "runtime/ir/alignment.h"
#include "stdlib/natives/families.h"

namespace ordo::natives {
namespace {

using ir::Cell;
using Arguments = std::span<const Cell>;

// A row of the plan and one of a reference plan; nullptr where an object is something else.
const ir::SeriesRow* RowIn(const ir::Program& program, const std::vector<ir::SeriesRow>& rows, Cell cell) {
  const auto id = static_cast<EntityId>(cell);
  const uint32_t row = program.entity(id).row;
  return row < rows.size() && rows[row].object == id ? &rows[row] : nullptr;
}

template <class F>
Cell Compared(const ir::Program& program, Arguments a, const F& compare) {
  const ir::SeriesRow* own = RowIn(program, program.series, a[0]);
  const ir::SeriesRow* other = RowIn(program, program.reference_series, a[1]);
  return own != nullptr && other != nullptr && compare(*own, *other) ? 1 : 0;
}

Cell IsComparable(const ir::Program& program, Arguments a) { return Compared(program, a, ir::Comparable); }
Cell AsksLess(const ir::Program& program, Arguments a) {
  return Compared(program, a, [&](const ir::SeriesRow& own, const ir::SeriesRow& other) {
    return ir::Align(program, own, other) == ir::Alignment::kLoosened;
  });
}
Cell AsksAnother(const ir::Program& program, Arguments a) { return Compared(program, a, ir::Differ); }

}  // namespace

void RegisterTarget(std::vector<eval::Native>& all) {
  using ir::Type;
  all.push_back({"is_comparable", {Type::kEntity, Type::kEntity}, Type::kBool, IsComparable});
  all.push_back({"asks_less", {Type::kEntity, Type::kEntity}, Type::kBool, AsksLess});
  all.push_back({"asks_another", {Type::kEntity, Type::kEntity}, Type::kBool, AsksAnother});
}

}  // namespace ordo::natives

// Of two values of one type, the one that comes first or last; the share of one in the other.
#include "stdlib/natives/families.h"

namespace ordo::natives {
namespace {

using ir::Cell;
using Arguments = std::span<const Cell>;

template <bool kGreater>
Cell OfDates(const ir::Program&, Arguments a) {
  return (a[0] < a[1]) == kGreater ? a[1] : a[0];
}
template <bool kGreater>
Cell OfDecimals(const ir::Program&, Arguments a) {
  return (Decimal::FromCell(a[0]) < Decimal::FromCell(a[1])) == kGreater ? a[1] : a[0];
}

// Down to a hundredth of a percent: a third does not end. Absent where the whole is nothing.
Cell ShareOf(const ir::Program&, Arguments a) {
  const Decimal part = Decimal::FromCell(a[0]), whole = Decimal::FromCell(a[1]);
  if (whole.is_zero()) return ir::kAbsent;
  __extension__ using Wide = __int128;
  // Mantissas have 56 bits and at most 15 places: nothing here passes 2^127.
  Wide above = Wide{part.mantissa()} * 10000, below = whole.mantissa();
  for (int scale = part.scale(); scale < whole.scale(); ++scale) above *= 10;
  for (int scale = whole.scale(); scale < part.scale(); ++scale) below *= 10;
  Wide share = above / below;
  if (share * below != above && (above < 0) != (below < 0)) --share;
  if (share > INT64_MAX || share < INT64_MIN) return ir::kAbsent;
  const auto cut = Decimal::Make(static_cast<int64_t>(share), 4);
  return cut ? cut->cell() : ir::kAbsent;
}

}  // namespace

void RegisterOrder(std::vector<eval::Native>& all) {
  using ir::Type;
  all.push_back({"lesser_date", {Type::kDate, Type::kDate}, Type::kDate, OfDates<false>});
  all.push_back({"greater_date", {Type::kDate, Type::kDate}, Type::kDate, OfDates<true>});
  for (const auto& [lesser, greater, type] :
       {std::tuple{"lesser_number", "greater_number", Type::kNumber}, {"lesser_percent", "greater_percent", Type::kPercent},
        {"lesser_days", "greater_days", Type::kDays}, {"lesser_working_days", "greater_working_days", Type::kWorkingDays},
        {"lesser_months", "greater_months", Type::kMonths}, {"lesser_money", "greater_money", Type::kMoney}}) {
    all.push_back({lesser, {type, type}, type, OfDecimals<false>});
    all.push_back({greater, {type, type}, type, OfDecimals<true>});
  }
  all.push_back({"share_of", {Type::kNumber, Type::kNumber}, Type::kPercent, ShareOf});
}

}  // namespace ordo::natives

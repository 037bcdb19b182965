#include "stdlib/natives/families.h"

namespace ordo::natives {
namespace {

using ir::Cell;
using Arguments = std::span<const Cell>;

Date DateOf(Cell cell) { return Date(static_cast<int32_t>(cell)); }
Cell Number(int value) { return Decimal::FromInt(value).cell(); }

Cell YearOf(const ir::Program&, Arguments a) { return Number(DateOf(a[0]).ymd().year); }
Cell MonthOf(const ir::Program&, Arguments a) { return Number(DateOf(a[0]).ymd().month); }
Cell QuarterOf(const ir::Program&, Arguments a) { return Number((DateOf(a[0]).ymd().month + 2) / 3); }
Cell WeekdayOf(const ir::Program&, Arguments a) { return Number(DateOf(a[0]).weekday() + 1); }

}  // namespace

void RegisterDate(std::vector<eval::Native>& all) {
  using ir::Type;
  all.push_back({"year_of", {Type::kDate}, Type::kNumber, YearOf});
  all.push_back({"month_of", {Type::kDate}, Type::kNumber, MonthOf});
  all.push_back({"quarter_of", {Type::kDate}, Type::kNumber, QuarterOf});
  all.push_back({"weekday_of", {Type::kDate}, Type::kNumber, WeekdayOf});
}

}  // namespace ordo::natives

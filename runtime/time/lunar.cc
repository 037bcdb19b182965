#include "runtime/time/lunar.h"

#include <array>
#include <string_view>

namespace ordo {

namespace {

struct Year {
  int year, first_month, first_day, leap;   // civil day of 1/1; leap month or 0
  std::string_view months;                  // L 30 days, s 29
};

constexpr Year kYears[] = {
#define ORDO_LUNAR_YEAR(year, month, day, leap, months) {year, month, day, leap, months},
#include "runtime/time/lunar_table.def"
#undef ORDO_LUNAR_YEAR
};
static_assert(kYears[0].year == kFirstLunarYear && kYears[std::size(kYears) - 1].year == kLastLunarYear);

const Year* Find(int year) {
  return year < kFirstLunarYear || year > kLastLunarYear ? nullptr : &kYears[year - kFirstLunarYear];
}

Date FirstDay(const Year& year) { return *Date::FromYmd(year.year, year.first_month, year.first_day); }
int LengthOf(const Year& year, size_t month) { return year.months[month] == 'L' ? 30 : 29; }

}  // namespace

std::optional<LunarDate> LunarOf(Date day) {
  const int civil = day.ymd().year;
  const Year* year = Find(civil);
  if (!year || day < FirstDay(*year)) year = Find(civil - 1);
  if (!year || day < FirstDay(*year)) return std::nullopt;
  int left = day.days() - FirstDay(*year).days();
  for (size_t i = 0; i < year->months.size(); ++i) {
    if (left >= LengthOf(*year, i)) {
      left -= LengthOf(*year, i);
      continue;
    }
    const int number = static_cast<int>(i) + 1;   // months from the leap one on are one place further
    const bool behind = year->leap != 0 && number > year->leap;
    return LunarDate{year->year, behind ? number - 1 : number, left + 1, behind && number == year->leap + 1};
  }
  return std::nullopt;
}

std::optional<Date> DayOf(const LunarDate& lunar) {
  const Year* year = Find(lunar.year);
  if (!year || lunar.month < 1 || lunar.month > 12 || (lunar.leap && lunar.month != year->leap)) return std::nullopt;
  const size_t index = lunar.month - 1 + (year->leap != 0 && (lunar.leap || lunar.month > year->leap) ? 1 : 0);
  if (lunar.day < 1 || lunar.day > LengthOf(*year, index)) return std::nullopt;
  int days = lunar.day - 1;
  for (size_t i = 0; i < index; ++i) days += LengthOf(*year, i);
  return FirstDay(*year).PlusDays(days);
}

std::optional<int> LeapMonthOf(int lunar_year) {
  const Year* year = Find(lunar_year);
  return year ? std::optional(year->leap) : std::nullopt;
}

}  // namespace ordo

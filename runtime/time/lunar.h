// The Vietnamese lunar calendar (UTC+7) for lunar years 1989 to 2050: a civil day in, its lunar date out, and back. The months
// are a table (lunar_table.def, from an ephemeris by lunar_table.py); nothing astronomical is computed here. Outside the table,
// and for days that a month does not have, the answer is nullopt; no day is ever guessed. Law of the meridian: Decision 121-CP of
// 1967; a leap month takes the number of the month before it.
#pragma once

#include <optional>

#include "runtime/time/civil.h"

namespace ordo {

inline constexpr int kFirstLunarYear = 1989;
inline constexpr int kLastLunarYear = 2050;

struct LunarDate {
  int year = 0;
  int month = 0;   // 1 to 12
  int day = 0;     // 1 to 30
  bool leap = false;
  friend bool operator==(const LunarDate&, const LunarDate&) = default;
};

std::optional<LunarDate> LunarOf(Date day);
std::optional<Date> DayOf(const LunarDate& lunar);
// Leap month of a lunar year, 0 if it has none; nullopt outside the table.
std::optional<int> LeapMonthOf(int lunar_year);

}  // namespace ordo

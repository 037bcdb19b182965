// Civil dates of the proleptic Gregorian calendar as a day count from 1970-01-01. All dates are local to the plan; a day ends
// at 24:00 (Civil Code 2015, art. 148). No clock is ever read.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "runtime/base/decimal.h"  // Language

namespace ordo {

struct Ymd {
  int year = 1970;
  int month = 1;
  int day = 1;
};

class Date {
 public:
  constexpr Date() = default;
  explicit constexpr Date(int32_t days) : days_(days) {}
  static std::optional<Date> FromYmd(int year, int month, int day);  // nullopt: no such day; years 1 to 9999
  static Date MonthEnd(int year, int month);
  constexpr int32_t days() const { return days_; }
  Ymd ymd() const;
  int weekday() const;  // 0 = Monday ... 6 = Sunday
  Date PlusDays(int32_t n) const { return Date(days_ + n); }
  // Same day number in the month n later, or that month's last day (Civil Code art. 148.3).
  Date PlusMonths(int n) const;
  std::string Iso() const;                   // 2026-01-28
  std::string ToString(Language) const;      // 28/01/2026 | 2026-01-28
  friend constexpr auto operator<=>(const Date&, const Date&) = default;

 private:
  int32_t days_ = 0;
};

// Reads YYYY-MM-DD; nullopt if it is not a real day.
std::optional<Date> ParseIsoDate(std::string_view text);

}  // namespace ordo

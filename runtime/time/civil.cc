#include "runtime/time/civil.h"

#include <chrono>

#include "fmt/format.h"

namespace ordo {

namespace {

namespace chrono = std::chrono;

chrono::sys_days SysDays(Date date) { return chrono::sys_days(chrono::days(date.days())); }
Date FromSysDays(chrono::sys_days days) { return Date(static_cast<int32_t>(days.time_since_epoch().count())); }

chrono::year_month_day Calendar(int year, int month, int day) {
  return {chrono::year(year), chrono::month(static_cast<unsigned>(month)), chrono::day(static_cast<unsigned>(day))};
}

// Digits alone: std::from_chars would also take a sign.
std::optional<int> ReadDigits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> Date::FromYmd(int year, int month, int day) {
  // Bounds first: the types of chrono keep only the low bits of what they are given.
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const chrono::year_month_day ymd = Calendar(year, month, day);
  if (!ymd.ok()) return std::nullopt;
  return FromSysDays(ymd);
}

Date Date::MonthEnd(int year, int month) {
  return FromSysDays(chrono::year(year) / month / chrono::last);
}

Ymd Date::ymd() const {
  const chrono::year_month_day ymd(SysDays(*this));
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

int Date::weekday() const { return static_cast<int>(chrono::weekday(SysDays(*this)).iso_encoding()) - 1; }

Date Date::PlusMonths(int n) const {
  const chrono::year_month_day moved = chrono::year_month_day(SysDays(*this)) + chrono::months(n);
  if (moved.ok()) return FromSysDays(moved);
  return FromSysDays(moved.year() / moved.month() / chrono::last);
}

std::string Date::Iso() const {
  const Ymd at = ymd();
  return fmt::format("{:04}-{:02}-{:02}", at.year, at.month, at.day);
}

std::string Date::ToString(Language language) const {
  if (language == Language::kEnglish) return Iso();
  const Ymd at = ymd();
  return fmt::format("{:02}/{:02}/{:04}", at.day, at.month, at.year);
}

std::optional<Date> ParseIsoDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = ReadDigits(text.substr(0, 4)), month = ReadDigits(text.substr(5, 2)), day = ReadDigits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return Date::FromYmd(*year, *month, *day);
}

}  // namespace ordo

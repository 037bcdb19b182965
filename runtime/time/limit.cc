#include "runtime/time/limit.h"

namespace ordo {

namespace {

constexpr int kMaxMonths = 12 * 9999, kMaxDays = 366 * 9999;

// A whole number of steps of `per_unit` each; nullopt when it is none, or too large for the calendar.
std::optional<int> Steps(const Decimal& count, int per_unit, int most) {
  const std::optional<Decimal> product = count.Times(Decimal::FromInt(per_unit));
  const std::optional<int64_t> total = product ? product->ToInt() : std::nullopt;
  if (!total || *total < 0 || *total > most) return std::nullopt;
  return static_cast<int>(*total);
}

std::optional<Date> InCalendar(Date day) {
  return day <= Date::MonthEnd(9999, 12) ? std::optional(day) : std::nullopt;
}

std::optional<Date> AfterMonths(Date event, const Decimal& count, int months_of_unit) {
  if (const auto months = Steps(count, months_of_unit, kMaxMonths)) return InCalendar(event.PlusMonths(*months));
  if (months_of_unit != 1) return std::nullopt;
  // «Một tháng rưỡi»: whole months by the same day number, then half a month of 15 days (art. 146).
  const auto halves = Steps(count, 2, kMaxMonths);
  return halves ? InCalendar(event.PlusMonths(*halves / 2).PlusDays(15)) : std::nullopt;
}

std::optional<Date> AfterDays(Date event, const Decimal& count, int days_of_unit) {
  const auto days = Steps(count, days_of_unit, kMaxDays);
  return days ? InCalendar(event.PlusDays(*days)) : std::nullopt;
}

}  // namespace

std::optional<LimitEnd> EndOfLimit(Date event, const Length& length, const OfficeCalendar* calendar) {
  std::optional<Date> raw;
  switch (length.unit) {
    case TimeUnit::kDay: raw = AfterDays(event, length.count, 1); break;
    case TimeUnit::kWeek: raw = AfterDays(event, length.count, 7); break;
    case TimeUnit::kMonth: raw = AfterMonths(event, length.count, 1); break;
    case TimeUnit::kQuarter: raw = AfterMonths(event, length.count, 3); break;
    case TimeUnit::kHalfYear: raw = AfterMonths(event, length.count, 6); break;
    case TimeUnit::kYear: raw = AfterMonths(event, length.count, 12); break;
    case TimeUnit::kWorkingDay: {
      const auto days = calendar ? Steps(length.count, 1, kMaxDays / 2) : std::nullopt;
      if (days) raw = InCalendar(calendar->PlusWorkingDays(event, *days));
      break;
    }
    case TimeUnit::kNone:
    case TimeUnit::kHour: break;
  }
  if (!raw) return std::nullopt;
  const std::optional<Date> last = calendar ? InCalendar(calendar->NextWorking(*raw)) : raw;
  if (!last) return std::nullopt;
  return LimitEnd{*raw, *last};
}

}  // namespace ordo

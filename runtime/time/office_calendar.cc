#include "runtime/time/office_calendar.h"

#include <algorithm>

namespace ordo {

namespace {

// Working days of plain weeks in (-infinity, day], counted from Monday 1970-01-05 (day 4): five a week.
int64_t PlainOrdinal(int64_t day) {
  const int64_t since = day - 4;                       // Monday is 0 modulo 7
  const int64_t week = since >= 0 ? since / 7 : -((-since + 6) / 7);
  return week * 5 + std::min<int64_t>(since - week * 7 + 1, 5);
}

int64_t PlainDay(int64_t ordinal) {                    // inverse on working days
  const int64_t before = ordinal - 1;
  const int64_t week = before >= 0 ? before / 5 : -((-before + 4) / 5);
  return 4 + week * 7 + (before - week * 5);
}

int Rank(const SpecialDay& day) {
  if (!day.counts()) return 0;
  if (day.kind == DayKind::kOwnOff || day.kind == DayKind::kOwnWork) return 3;
  return day.status == DayStatus::kAnnounced ? 2 : 1;
}

}  // namespace

// Days [first, last] are numbered in `ordinals`; working days of that stretch stand in `workdays` in order.
struct OfficeCalendar::Index {
  std::vector<SpecialDay> days;        // all
  std::vector<SpecialDay> effective;   // one a date, counted ones only
  std::vector<int> provisional;        // years
  int32_t first = 0, last = -1;
  int64_t before = 0;                  // PlainOrdinal(first - 1)
  int64_t shift = 0;                   // what the stretch adds to plain counting behind it
  std::vector<int32_t> ordinals;       // of first + i, relative to `before`
  std::vector<int32_t> workdays;
};

OfficeCalendar::OfficeCalendar() : OfficeCalendar(std::vector<SpecialDay>{}) {}

OfficeCalendar::OfficeCalendar(std::vector<SpecialDay> days) {
  auto index = std::make_shared<Index>();
  std::stable_sort(days.begin(), days.end(), [](const SpecialDay& a, const SpecialDay& b) { return a.date < b.date; });
  for (const SpecialDay& day : days) {
    if (!day.counts()) continue;
    auto& all = index->effective;
    if (!all.empty() && all.back().date == day.date) {
      if (Rank(day) >= Rank(all.back())) all.back() = day;
    } else {
      all.push_back(day);
    }
  }
  for (const SpecialDay& day : index->effective) {
    const int year = day.date.ymd().year;
    if (day.status == DayStatus::kComputed && (index->provisional.empty() || index->provisional.back() != year)) {
      index->provisional.push_back(year);
    }
  }
  index->days = std::move(days);
  if (!index->effective.empty()) {
    index->first = index->effective.front().date.days();
    index->last = index->effective.back().date.days();
    index->before = PlainOrdinal(index->first - 1);
    int32_t count = 0;
    size_t next = 0;
    for (int32_t day = index->first; day <= index->last; ++day) {
      bool works = Date(day).weekday() < 5;
      if (next < index->effective.size() && index->effective[next].date.days() == day) works = index->effective[next++].works();
      if (works) {
        ++count;
        index->workdays.push_back(day);
      }
      index->ordinals.push_back(count);
    }
    index->shift = index->before + count - PlainOrdinal(index->last);
  }
  index_ = std::move(index);
}

int64_t OfficeCalendar::Ordinal(Date day) const {
  const Index& at = *index_;
  if (at.last < at.first || day.days() < at.first) return PlainOrdinal(day.days());
  if (day.days() > at.last) return PlainOrdinal(day.days()) + at.shift;
  return at.before + at.ordinals[day.days() - at.first];
}

Date OfficeCalendar::DayOfOrdinal(int64_t ordinal) const {
  const Index& at = *index_;
  if (at.last < at.first || ordinal <= at.before) return Date(static_cast<int32_t>(PlainDay(ordinal)));
  const int64_t inside = ordinal - at.before;
  if (inside <= static_cast<int64_t>(at.workdays.size())) return Date(at.workdays[inside - 1]);
  return Date(static_cast<int32_t>(PlainDay(ordinal - at.shift)));
}

bool OfficeCalendar::IsWorking(Date day) const {
  const SpecialDay* special = Find(day);
  return special ? special->works() : day.weekday() < 5;
}

const SpecialDay* OfficeCalendar::Find(Date day) const {
  const auto& all = index_->effective;
  const auto at = std::lower_bound(all.begin(), all.end(), day, [](const SpecialDay& a, Date b) { return a.date < b; });
  return at != all.end() && at->date == day ? &*at : nullptr;
}

Date OfficeCalendar::NextWorking(Date day) const { return PlusWorkingDays(day.PlusDays(-1), 1); }
Date OfficeCalendar::PreviousWorking(Date day) const { return DayOfOrdinal(Ordinal(day)); }

int OfficeCalendar::WorkingDays(Date after, Date until) const { return static_cast<int>(Ordinal(until) - Ordinal(after)); }

Date OfficeCalendar::PlusWorkingDays(Date after, int n) const {
  if (n == 0) return after;
  // The n-th before a rest day is counted from the working day before it, which is the first.
  return n > 0 ? DayOfOrdinal(Ordinal(after) + n) : DayOfOrdinal(Ordinal(after.PlusDays(-1)) + n + 1);
}

bool OfficeCalendar::IsProvisional(int year) const {
  return std::binary_search(index_->provisional.begin(), index_->provisional.end(), year);
}

std::span<const SpecialDay> OfficeCalendar::days() const { return index_->days; }

bool operator==(const OfficeCalendar& a, const OfficeCalendar& b) {
  return a.index_ == b.index_ || a.index_->days == b.index_->days;
}

}  // namespace ordo

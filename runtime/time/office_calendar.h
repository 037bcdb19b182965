// The working days of an office: weekdays from Monday to Friday, less the days off, plus the days worked instead. Which days
// those are is data with a source (stdlib/calendars, or a plan's own register), never a formula of this class. Counting and
// stepping cost a lookup, not a walk: the days from the first special day to the last are numbered once. Outside them only
// weekends rest. There is no clock here and no text of a law.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "runtime/base/strings.h"
#include "runtime/time/civil.h"

namespace ordo {

enum class DayKind : uint8_t {
  kStatutory,   // a holiday of the law
  kMakeUp,      // off because a holiday fell on a rest day (Labour Code 2019, art. 111.3)
  kSwapOff,     // a weekday off that is worked on another day
  kSwapWork,    // a rest day worked instead
  kOwnOff,      // an authority's own day off
  kOwnWork,     // an authority's own working day
};
enum class DayScope : uint8_t { kAllWorkers, kCivilService };
enum class DayStatus : uint8_t { kAnnounced, kProposed, kComputed };   // kProposed is shown and never counted

struct SpecialDay {
  Date date;
  DayKind kind = DayKind::kStatutory;
  DayScope scope = DayScope::kAllWorkers;
  DayStatus status = DayStatus::kAnnounced;
  Symbol title = Symbol::kEmpty;    // «Tết Âm lịch»
  Symbol source = Symbol::kEmpty;   // «9441/TB-BNV ngày 16/10/2025»
  bool works() const { return kind == DayKind::kSwapWork || kind == DayKind::kOwnWork; }
  bool counts() const { return status != DayStatus::kProposed; }
  friend bool operator==(const SpecialDay&, const SpecialDay&) = default;
};

class OfficeCalendar {
 public:
  OfficeCalendar();   // weekends only
  // Any order. Several of one day: an authority's own first, then announced, then computed; of equals the later in the list.
  explicit OfficeCalendar(std::vector<SpecialDay> days);

  bool IsWorking(Date day) const;
  const SpecialDay* Find(Date day) const;        // the one that holds for this day; nullptr: an ordinary weekday or weekend
  Date NextWorking(Date day) const;              // the day itself or the first working day after it
  Date PreviousWorking(Date day) const;          // the day itself or the last working day before it
  int WorkingDays(Date after, Date until) const; // in (after, until]; negative when until is before after
  // n >= 1: the n-th working day after `after`; 0: `after` itself; n < 0: the n-th working day before it.
  Date PlusWorkingDays(Date after, int n) const;
  // A computed day of this year counts: no notice has fixed the year yet.
  bool IsProvisional(int year) const;
  std::span<const SpecialDay> days() const;      // ascending by date, proposed ones included
  friend bool operator==(const OfficeCalendar& a, const OfficeCalendar& b);

 private:
  struct Index;
  // Number of working days in (-infinity, day], up to a constant.
  int64_t Ordinal(Date day) const;
  Date DayOfOrdinal(int64_t ordinal) const;      // the working day with this number
  std::shared_ptr<const Index> index_;           // shared by copies; never changed
};

}  // namespace ordo

// Where a limit ends: the day of the event and a length in, the last day out, as counted and after rolling over rest days.
// Civil Code 2015, art. 147 (the day of the event is not counted) and 148 (days, weeks, months, years; 148.5: a last day that is a
// rest day gives way to the next working day). Working days are counted one by one and never end on a rest day. Lengths are in
// units of TimeUnit; halves are read as art. 146 has them: half a month 15 days, half a year 6 months. nullopt: hours, working
// days without a calendar, lengths that are no whole number of days or months, ends past the year 9999. Named days never come here.
#pragma once

#include <optional>

#include "runtime/time/time_value.h"

namespace ordo {

struct LimitEnd {
  Date raw;    // as counted
  Date last;   // by the end of this day
  friend bool operator==(const LimitEnd&, const LimitEnd&) = default;
};

// Without a calendar both ends are the same.
std::optional<LimitEnd> EndOfLimit(Date event, const Length& length, const OfficeCalendar* calendar);

}  // namespace ordo

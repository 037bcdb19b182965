// When a time comes round inside a stretch of days: a Time and its context in, the occurrences out, in order of their due days.
// A fixed time has one; a rhythm, the rhythm of evidence of an ongoing duty and a count per period one a period; a day without a
// year one a year, without a month one a month. Waiting and open times have their fall-back day, all others none: ongoing work
// without evidence is a state, a vision or an orientation no due day. The period of an occurrence is what it covers («quý I»);
// `due` is the day by whose end it must be done. Never moves a day in silence: `due` is the day as computed, and what the policy
// for rest days makes of it stands beside it.
//
// Periods: one week is a civil week from Monday; one month, quarter, half-year or year is the calendar's own. Several of them
// (and several days) are counted from `since`, else from the plan's date of issue, which itself is not counted (Civil Code 2015,
// art. 147), else from the plan's first day. Without all three such a rhythm has no day. Due is the last day of the period, unless
// - a day of the week is given: the last one inside the period; of several weeks the first one on or behind their start, and so on;
// - places are given: a day of the month is taken in the last month of the period, a place of the year once a year, and `before`
//   ends the day before. Places of every n-th year are counted from the year in which counting starts.
// Nothing comes round before `since` or the plan's first day, nor behind the end of the rhythm or the plan's last day; the plan's
// bound is left out where it contradicts what is written.
#pragma once

#include <vector>

#include "runtime/time/time_value.h"

namespace ordo {

struct Occurrence {
  Date first, last;   // the period covered
  Date due;           // as computed
  Date effective;     // after the policy for rest days; equal to due under `keep`
  int8_t hour = -1;   // before this hour of the day of `due`; -1: by its end
  int8_t minute = 0;
  friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

inline constexpr size_t kMaxOccurrences = 10000;

// Those whose due day lies in [from, to], the earliest kMaxOccurrences. Cost: linear in their number, whatever the stretch.
std::vector<Occurrence> Occurrences(const Time& time, const TimeContext& context, Date from, Date to);

}  // namespace ordo

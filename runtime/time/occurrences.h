// When a time comes round inside a stretch of days: a Time and its context in, the occurrences out, in order. A fixed time has
// one, a rhythm one a period, waiting and open times none (or their fall-back day), words none. The period of an occurrence is
// what it covers («quý I»); `due` is the day by whose end it must be done. Never moves a day in silence: `due` is the day as
// computed, and what the policy for rest days makes of it stands beside it.
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

// Those whose due day lies in [from, to]; at most kMaxOccurrences.
std::vector<Occurrence> Occurrences(const Time& time, const TimeContext& context, Date from, Date to);

}  // namespace ordo

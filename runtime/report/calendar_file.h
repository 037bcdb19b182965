// A calendar file (iCalendar, RFC 5545): all-day events in, the bytes of a VCALENDAR out, for any calendar program. Events keep
// their order; a UID is given by who makes the event and stays the same from run to run; DTSTAMP is the event's own day at 00:00Z,
// so the same data give the same bytes on any day. Texts are plain; the library escapes and folds them. No clock, no zone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/time/civil.h"

namespace ordo::report {

struct CalendarEvent {
  std::string uid;               // stable: «2026-09-02.statutory@ordo»
  Date first, last;              // whole days, both included
  std::string summary;
  std::string description;       // "": none
  std::vector<std::string> categories;
  bool busy = false;             // TRANSP: a working day takes time, a day off does not
  bool tentative = false;        // STATUS: proposed or computed
};

std::string CalendarFile(std::string_view name, const std::vector<CalendarEvent>& events);

}  // namespace ordo::report

// A calendar file (iCalendar, RFC 5545): all-day events or dated to-dos in, the bytes of a VCALENDAR out, for any calendar program.
// They keep their order; a UID is given by who makes them and stays the same from run to run; DTSTAMP is the event's own day, of
// to-dos the day as of which they were told, at 00:00Z, so the same data give the same bytes on any day. Texts are plain; the
// library escapes and folds them, so that no text becomes a property. Alarms are instants (UTC). No clock, no zone.
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

struct CalendarAlarm {
  Date day;
  int utc_hour = 0;
  std::string text;
};

// Something that has to be done by the end of a day.
struct CalendarTodo {
  enum class State : uint8_t { kNeedsAction, kInProcess, kCompleted };
  std::string uid, summary, description;
  std::vector<std::string> categories;
  Date due;
  int priority = 5;                // 1 highest, 9 lowest
  State state = State::kNeedsAction;
  Date completed;                  // of kCompleted
  int sequence = 0;                // how often the due was moved
  std::vector<CalendarAlarm> alarms;
  bool as_event = false;           // an all-day VEVENT of the same day instead of a VTODO
};

std::string TodoFile(std::string_view name, std::string_view description, Date as_of, const std::vector<CalendarTodo>& todos);
std::string CalendarFile(std::string_view name, const std::vector<CalendarEvent>& events);

}  // namespace ordo::report

// One year of an office calendar as people and tools read it: an OfficeCalendar that holds the year comes in, text, JSON
// (ordo/calendar/1) or a calendar file comes out, with kind, scope, status and source of every special day, proposed ones
// included and marked, and the working days of each month. Sentences come from the catalogue, titles and sources are those of the
// data. Nothing is counted that the calendar does not count; no clock is read.
#pragma once

#include <string>

#include "runtime/base/strings.h"
#include "runtime/time/office_calendar.h"

namespace ordo::report {

struct CalendarYear {
  int year = 0;
  DayScope scope = DayScope::kCivilService;
  bool none = false;               // the plan wants no days off
  const OfficeCalendar* calendar = nullptr;
  const StringPool* strings = nullptr;   // of titles and sources
};

std::string CalendarAsText(const CalendarYear& year, Language language);
std::string CalendarAsJson(const CalendarYear& year);
std::string CalendarAsFile(const CalendarYear& year, Language language);

}  // namespace ordo::report

// The library's own days off and worked (stdlib/calendars), compiled once a run in a model of their own and kept as data. Comes
// in: nothing. Goes out: the book that BuildModel merges into a plan's calendar. Never touches a plan, a disk or a clock.
#pragma once

#include "compiler/model/calendar.h"

namespace ordo {

// Aborts the program when the embedded calendar cannot be read: that is a fault of the build, which a test sees.
const DayBook& LibraryCalendar();

}  // namespace ordo

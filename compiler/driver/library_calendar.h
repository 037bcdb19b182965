// The library's own days off and worked (stdlib/calendars), compiled once a run in a model of their own and kept as data. Comes
// in: nothing, or the calendars of another rule set. Goes out: the book that BuildModel merges into a plan's calendar. Never touches a
// plan, a disk or a clock.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/library.h"
#include "compiler/model/calendar.h"
#include "runtime/base/decimal.h"

namespace ordo {

// Aborts the program when the embedded calendar cannot be read: that is a fault of the build, which a test sees.
const DayBook& LibraryCalendar();
// That of other files; false when they cannot be read.
bool CompileCalendar(const std::vector<LibraryFile>& files, Language language, DayBook* book, std::string* faults = nullptr);

}  // namespace ordo

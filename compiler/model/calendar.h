// The days off and worked that blocks declare, as data: a model with `day off` and `day worked` blocks comes in, rules of days go
// out, and from rules and a range of years an office calendar. The library's rules are read once a run from a model of their own
// (compiler/driver/library_calendar.h), so that no plan holds their objects. Computed days hold only in years for which nothing is
// announced; a holiday that falls on a rest day is made up as its block says (Labour Code 2019, art. 111.3). Years are civil years.
// Nothing is guessed: a lunar day outside its table is left out, and the years that the rules know stand beside them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo {

struct DayRule {
  bool worked = false;         // a day worked
  bool made_up = false;        // on a rest day: the next working day is off too
  DayKind kind = DayKind::kStatutory;
  DayScope scope = DayScope::kAllWorkers;
  DayStatus status = DayStatus::kAnnounced;
  std::vector<Time> days;      // days and windows, with a year or repeating yearly
  std::optional<Date> valid_first, valid_last;
  std::string title, source;
};

struct DayBook {
  std::vector<DayRule> rules;
  int first_year = 0, last_year = 0;             // known: the law is written down for them
  int first_announced = 0, last_announced = 0;
};

// Can a block of days use this form? Days and windows only.
bool IsFormOfDays(const Time& time);
// The rules of a program. `own`: an authority's own days (kOwnOff, kOwnWork), else the library's.
std::vector<DayRule> ReadDayRules(const ir::Program& program, bool own);
// The library's book of a program that holds nothing else.
DayBook MakeDayBook(const ir::Program& program);

// The days of the years from `first` to `last` for offices (`kCivilService`: days of both scopes) or for all workers.
OfficeCalendar MakeCalendar(std::span<const DayRule> library, std::span<const DayRule> own, DayScope scope, int first, int last,
                            StringPool& strings);

}  // namespace ordo

// The schedule of a plan. In: a program whose objects, fields and times are complete (relations may be missing), its frame and its
// calendar. Out: for each task and milestone the earliest and latest days and the slack, the critical chain, the conflicts as
// clauses of the plan with the day that each leads to, and how late what another body decides may come. Days are civil days: a
// start is the first day of work, an end the day by whose end it is done. Never prints, never fails, never looks at a clock.
//
// What counts.  Work begins no earlier than the plan is issued. `duration` is the least (and most) length. `after` and its kin
// bind start or end to the start or end of another thing; a lag counts from the day after it. A time counted from an event or a
// task is an upper bound. A fixed due day, and the last day of the plan for what has none, are limits; what is striven for is
// none. A group row spans its children. What is ongoing or recurring has a beginning and no end.
#pragma once

#include <optional>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::solve {

struct ObjectDays {
  std::optional<Date> earliest_start, earliest_end;
  std::optional<Date> latest_start, latest_end;   // nullopt: nothing bounds it
  std::optional<int> slack, free_slack;           // days that the end may move; negative slack does not occur: see clashes
  bool critical = false;                          // it has a slack, and the slack is none
  bool linked = false;                            // it has a duration, a link, or a time counted from something else
};

// A smallest set of clauses that cannot hold together, in the order in which one leads to the next.
struct Clash {
  std::vector<ir::Step> steps;
  std::vector<ordo::Span> spans;                  // of each step: its clause in the text
  int shortfall = 0;                              // days that are missing
};

// A document, an event or a time whose day another body decides.
struct Awaited {
  EntityId object = EntityId::kNone;
  ordo::Span span;                                // the clause that says when it is expected
  Date first, last;                               // when it is expected
  bool safe = true;                               // the plan holds whatever day it comes
  bool in_clash = false;                          // a clash already says that no day of the window is early enough
  std::optional<Date> last_safe;                  // the plan holds if it comes by this day; nullopt: on no day of the window
  std::optional<Clash> clash;                     // of the first unsafe day
};

struct Schedule {
  bool decided = true;                            // false: too knotted for the bound on work; nothing else is said
  std::vector<ObjectDays> objects;                // by entity id; empty values for what is no task or milestone
  std::vector<Clash> clashes;
  uint32_t untold = 0;                            // clashes beyond those told
  std::vector<Awaited> awaited;
  std::vector<EntityId> critical_chain;           // tasks and milestones that lead to the last end, each once, in order
};

Schedule ScheduleOf(const ir::Program& program);
// False: no task states a duration, a beginning, a link or a time counted from another thing, so that nothing can clash and nothing
// is awaited. One look at the fields, for callers that want only that.
bool HasLinks(const ir::Program& program);

}  // namespace ordo::solve

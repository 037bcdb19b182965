// The schedule of a plan for people and for tools: when each task can begin and end at the earliest and at the latest, its slack,
// the chain that fixes the end of the plan, and what is awaited with the last day on which it may come. Takes an evaluation and the
// schedule that runtime/solve has found in the same program; looks at nothing else. Days as given; nothing is moved.
#pragma once

#include <string>

#include "runtime/report/table.h"
#include "runtime/solve/plan_network.h"

namespace ordo::report {

// Groups: the plan's own sections, then the critical chain, then what is awaited. The line under the title says which policy holds
// for days that fall on a rest day, and how many conflicts there are.
Table BuildSchedule(const eval::Evaluation& evaluation, const solve::Schedule& schedule, Language language);
// {"schema": "ordo/schedule/1", "decided", "rest_days", "tasks": [{id, number, earliest_start, earliest_end, latest_end, slack,
// critical}], "critical_chain": [ids], "awaited": [{id, first, last, safe, last_safe}], "conflicts": [{shortfall, steps: [...]}]}
std::string ScheduleAsJson(const eval::Evaluation& evaluation, const solve::Schedule& schedule, const SourceSet& sources, Language language);

}  // namespace ordo::report

// The wording of a plan beside its declarations, both ways: which clauses a task, target, reporting duty, requirement or anything else with
// `carries out` stands for, which clauses and sentences nothing stands for, which lines of the text file no clause quotes, which rows have no
// clause, which targets no task. In: a session that has run with all relations. Out: counts, tables, JSON `ordo/coverage/1`. Not to be taken
// for coverage.h, which counts the conditions of rules that tests have shown. Linear in the plan; prints nothing.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/session.h"
#include "runtime/report/table.h"

namespace ordo {

struct ClauseCoverage {
  size_t could = 0;      // clauses that a declaration could carry out: all but those declared to be no duty
  size_t backed = 0;     // of these, those that one does
  size_t no_duty = 0;    // `purpose: basis` or `kind: none`
  std::vector<report::Table> tables;   // the counts, then what is missing, then both maps; none without rows
  std::string json;
};

ClauseCoverage CoverageOfClauses(const Session& session);

// «85%», «84,6%» | «84.6%»: rounded down to a tenth, so that no share reads as one that it does not reach.
std::string ShareText(size_t part, size_t whole, Language language);

}  // namespace ordo

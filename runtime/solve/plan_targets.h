// Can all that a plan asks of its targets hold together? In: a program whose objects, fields, series and conditions are complete.
// Out: the smallest sets of statements that cannot, each with its clause in the text. Only series that a condition names, that
// are part of another or that several targets share are looked at: what one series says against itself is for the rules on
// series.
//
// What counts.  A quantity is one series on one day, for one population and scope. Rows bind it at their horizon; a row for each
// year binds every year since the horizon before it. A share lies between nothing and the whole unless a row itself asks for
// more; that is given, and no conflict blames a row where it alone is the fault. A part is no more than what it is included in,
// if both have one measure; the baseline holds on its day. An increase is reckoned from its `against`: in a target measured in
// percent in percentage points, else as a share of what there was. What is striven for counts as well. A condition holds in each
// of its years; `done when` is asked of values of its own, bound by nothing but their nature. Never prints, never fails, never
// looks at a clock. Bounds on work: linear_system.h.
#pragma once

#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::solve {

struct TargetConflict {
  std::vector<ir::Statement> statements;  // the last is the one that cannot hold with the others
  std::vector<ordo::Span> spans;          // of each: its clause in the text
};

struct TargetAnswer {
  std::vector<TargetConflict> conflicts;
  bool decided = true;  // false: too knotted for the bound on work; what is told holds
  uint32_t untold = 0;  // conflicts beyond those told
};

TargetAnswer ConflictsOfTargets(const ir::Program& program);
// False: nothing is there that could clash, as far as ConflictsOfTargets looks.
bool HasTargetConditions(const ir::Program& program);

}  // namespace ordo::solve

// Which turns of a rule's outermost loop an edit can touch. From each place where the rule looks at a relation, the rows that
// changed there are followed through the rule, variable by variable, to the variables of the outermost loop: a binding that
// comes, goes or gives another value has to agree with one of them in all that it passes. Everything else that the rule asks is
// left out, so that rather too many turns are found. Each program is asked for its own side: what goes can be seen before the
// edit, what comes after it.
//
// Why that is enough.  If a binding holds on one side only, one of its conjuncts differs. A pattern that differs stands at a
// changed row of that side, and all other conjuncts of the binding hold there, so the way through them leads to its turn. If
// only values of conditions and bodies inside differ, then the patterns of the binding hold on both sides, so that a way that
// begins inside can go on through them on whichever side it began; what is inside is the same case again.
#pragma once

#include <optional>
#include <vector>

#include "runtime/eval/changes.h"
#include "runtime/eval/facts.h"
#include "runtime/eval/plan.h"
#include "runtime/ir/ir.h"

namespace ordo::eval {

// One side of an edit.
struct Side {
  const ir::Program& program;
  const Facts& facts;
  const std::vector<const Changes*>& changes;     // by relation; nullptr: nothing is known
  const std::vector<ir::Cell>& changed_objects;   // as functions see them
  const std::vector<uint32_t>& pair_of;           // by object, kNone: the other side has it not
  bool same_calendar;
};

// Whether the rule looks at anything that differs; when not, nothing of it does.
bool LooksAtChanges(const Side& side, const ir::Rule& rule);

// Rows of the pattern `outer` of the rule, ascending; nullopt if it cannot be told or they are more than `most`. `joined`: bodies
// of groups that are joined with the rule's body.
std::optional<std::vector<uint32_t>> TouchedRows(const Side& side, const ir::Rule& rule, const Conjunct& outer,
                                                 const std::vector<ir::BodyId>& joined, size_t most);

}  // namespace ordo::eval

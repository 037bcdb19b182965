// Why something does not hold: of all bindings of a rule at the object asked about, those that come furthest, the condition that
// each fails with its values, and what would have to change. In: a probe over a finished evaluation. Out: steps (explanation.h).
#pragma once

#include <vector>

#include "runtime/report/why.h"

namespace ordo::report {

// `fires`: set when a binding at the object, or at a time or entry of it, fulfils the whole rule.
ExplanationStep WhyNotFires(eval::Probe& probe, const RuleWords& words, size_t check, EntityId subject, const WhyLimits& limits, bool* fires);
// `holds`: set when the fact is there. One step a rule that could derive it.
ExplanationStep WhyNotHolds(eval::Probe& probe, const RuleWords& words, ir::RelationId relation, const std::vector<ir::Cell>& cells,
                            const WhyLimits& limits, bool* holds);

}  // namespace ordo::report

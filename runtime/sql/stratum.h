// The views of one stratum: a relation by itself, or relations that need each other. In: its rules; out: their SELECTs, put into
// a Design in which all earlier strata stand already.
//
// Recursion. Where each rule of the stratum reads it at most once, and there where a join can be, the stratum is one recursive
// query over rows with a tag that says whose they are. SQL allows no more than that. Any other stratum is a recursive query over
// one value, an array of all rows found so far: each round reads the array as often as its rules like and writes the next one;
// UNION ends it when a round finds what the round before has found. Rows only ever grow, so the longest array is the last one.
#pragma once

#include <vector>

#include "runtime/sql/design.h"

namespace ordo::sql {

// `rules`: of each member, indexes into Program::rules.
void DesignStratum(const ir::Program& program, const std::vector<ir::RelationId>& members,
                   const std::vector<std::vector<uint32_t>>& rules_of, Design& design);

}  // namespace ordo::sql

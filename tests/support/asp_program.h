// A random program of whole numbers as an answer set program, for another solver to run. Every name begins with a prefix, so that
// many programs fit into one run. Absent cells are left out: a property is a predicate of its own (object, value), and what is neither
// true nor false has a predicate for either. Aggregates, existence and alternatives become predicates over their free variables, each
// of which ranges over a domain; so every rule is safe whatever order the engine would choose. Nothing of the engine is used.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/random_program.h"

namespace ordo::testing {

// The facts and rules, and a directive that shows the derived relations.
std::string AspText(const RandomProgram& random, std::string_view prefix);

// Rows by relation; numbers as whole numbers.
using AspRows = std::map<RelationId, std::set<std::vector<int64_t>>>;

// An atom of an answer, `prefix` + what AspText made of a relation and its cells: the row goes into `rows`. False if it is none.
bool TakeAtom(std::string_view atom, std::string_view prefix, AspRows& rows);

// A cell of a whole program as the answer tells it.
int64_t AspCell(Type type, Cell cell);

}  // namespace ordo::testing

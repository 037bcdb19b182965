// What the builders of tables share among themselves. Not for other rooms.
#pragma once

#include <string>

#include "runtime/report/print.h"
#include "runtime/report/table.h"
#include "runtime/report/words.h"

namespace ordo::report {

// The line under the title of an annex that says to which plan it belongs.
std::string AttachedTo(const ir::Program& program, const Words& words, const Printer& printer);
// A declared sheet of duties: the units that it names, or every unit with a role.
Table BuildDeclaredDuties(const eval::Evaluation& evaluation, const ir::TableDeclaration& declaration, Language language);

// A declared table of rows of series: one row a value, by horizon and section.
Table BuildTargetList(const eval::Evaluation& evaluation, const ir::TableDeclaration& declaration, Language language);

}  // namespace ordo::report

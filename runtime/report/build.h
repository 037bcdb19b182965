// What the builders of tables share among themselves. Not for other rooms.
#pragma once

#include <optional>
#include <string>

#include "runtime/report/print.h"
#include "runtime/report/table.h"
#include "runtime/report/words.h"

namespace ordo::report {

// The day of issue when it is certain, or the one that is only expected.
struct IssueDay {
  std::optional<Point> day;
  bool expected = false;
};
IssueDay IssueDayOf(const ir::Program& program, const Words& words);

// «Kế hoạch» unless the plan says otherwise: «Kế hoạch hành động».
std::string DocumentKind(const ir::Program& program, Language language);
// The line under the title of an annex that says to which plan it belongs.
std::string AttachedTo(const ir::Program& program, const Words& words, const Printer& printer);
// A declared sheet of duties: the units that it names, or every unit with a role.
Table BuildDeclaredDuties(const eval::Evaluation& evaluation, const ir::TableDeclaration& declaration, Language language);

// A declared table of rows of series: one row a value, by horizon and section.
Table BuildTargetList(const eval::Evaluation& evaluation, const ir::TableDeclaration& declaration, Language language);

}  // namespace ordo::report

// Where a cell of a table comes from: fields and values with their lines, shared blocks, members of groups, posts of units; for a
// total the tasks that it counts; for an empty cell what is not stated.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/report/explanation.h"
#include "runtime/report/rule_words.h"
#include "runtime/report/table.h"

namespace ordo::report {

struct CellName {
  std::string_view row;      // number as printed («II.3»), name of the declaration, or `totals`
  std::string_view column;   // id, heading, or the word of a field in either skin
};
// `table` is what was built of `letters` (those of its declaration, empty for the customary ones). nullopt: no such row or column.
std::optional<ExplanationStep> WhyCell(const eval::Evaluation& evaluation, const RuleWords& words, const Table& table,
                                       const std::vector<std::pair<ir::WordId, Symbol>>& letters, CellName cell, size_t most);

}  // namespace ordo::report

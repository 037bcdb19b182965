// From derived rows to findings, and from findings to what a user or a tool reads. Findings of rules and of the compiler are
// the same type and go through the same renderers; their order is decided once, in Sort.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/source.h"
#include "runtime/diag/finding.h"
#include "runtime/eval/engine.h"

namespace ordo::report {

// One finding a place and check (rows with the same `at` fold; slots become lists). Waivers are applied at the as-of date: a
// finding whose code and subject (or an ancestor of it) are waived up to that day or later carries the waiver's name.
std::vector<Finding> CollectFindings(const eval::Evaluation& evaluation, Language language, std::optional<Date> as_of);
// The rows behind a finding: check index and rows of its relation, for `ordo why`.
struct FindingRows {
  size_t check = 0;
  std::vector<uint32_t> rows;
};
std::vector<FindingRows> CollectRows(const eval::Evaluation& evaluation);   // same order as CollectFindings

// The derivation of a finding down to stored facts, each with its line of source, as indented text.
std::string Why(const eval::Evaluation& evaluation, const FindingRows& finding, const SourceSet& sources, Language language);

}  // namespace ordo::report

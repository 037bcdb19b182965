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
std::vector<Finding> CollectFindings(const eval::Evaluation& evaluation, const std::vector<FindingRows>& rows, Language language,
                                     std::optional<Date> as_of);
// Waivers that had ended before the as-of date (RUL43), and waivers whose rule was run and found nothing that they excuse (RUL44).
std::vector<Finding> WaiverFindings(const eval::Evaluation& evaluation, const std::vector<FindingRows>& rows, Language language,
                                    std::optional<Date> as_of);
// Sets `caused_by` and `cause` where a rule says what it follows from and such a finding stands at the same object or text, or
// speaks of that object. `findings` in the order of `rows`, fingerprints settled. Linear in the rows.
void LinkCauses(const eval::Evaluation& evaluation, const std::vector<FindingRows>& rows, std::vector<Finding>& findings);

// The derivation of a finding down to stored facts, each with its line of source, as indented text.
std::string Why(const eval::Evaluation& evaluation, const FindingRows& finding, const SourceSet& sources, Language language);

}  // namespace ordo::report

// Which finding follows from which. A rule names the codes that it may follow from; that it does so here is only taken as certain
// where the two findings cannot be about different things.
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/report/findings.h"

namespace ordo::report {

void LinkCauses(const eval::Evaluation& evaluation, const std::vector<FindingRows>& rows, std::vector<Finding>& findings) {
  const ir::Program& program = evaluation.program();
  absl::flat_hash_set<Symbol> causes;
  for (const ir::Check& check : program.checks) causes.insert(check.follows.begin(), check.follows.end());
  if (causes.empty()) return;
  const auto object_of = [&](size_t i) {
    const ir::Check& check = program.checks[rows[i].check];
    return evaluation.cell(check.relation, rows[i].rows.front(), check.at.column);
  };
  absl::flat_hash_map<std::pair<Symbol, ir::Cell>, size_t> at_object, seen;
  absl::flat_hash_map<std::tuple<Symbol, FileId, uint32_t, uint32_t>, size_t> at_text;
  const auto text_of = [&](Symbol code, size_t i) {
    return std::tuple(code, findings[i].at.file, findings[i].at.begin, findings[i].at.end);
  };
  for (size_t i = 0; i < rows.size(); ++i) {
    const ir::Check& check = program.checks[rows[i].check];
    if (!causes.contains(check.code) || findings[i].waiver) continue;   // what is excused is no cause of anything
    at_object.try_emplace({check.code, object_of(i)}, i);
    if (findings[i].at.known()) at_text.try_emplace(text_of(check.code, i), i);
    for (const ir::Place& place : check.see) {
      for (const uint32_t row : rows[i].rows) seen.try_emplace({check.code, evaluation.cell(check.relation, row, place.column)}, i);
    }
  }
  // The same object; the same text; an object that the cause speaks of; the one object of which a finding with one case speaks.
  const auto cause_in = [&](Symbol code, size_t i) -> std::optional<size_t> {
    const ir::Check& check = program.checks[rows[i].check];
    if (const auto found = at_object.find({code, object_of(i)}); found != at_object.end()) return found->second;
    if (const auto found = at_text.find(text_of(code, i)); found != at_text.end()) return found->second;
    if (const auto found = seen.find({code, object_of(i)}); found != seen.end()) return found->second;
    if (rows[i].rows.size() > 1) return std::nullopt;
    for (const ir::Place& place : check.see) {
      const auto found = at_object.find({code, evaluation.cell(check.relation, rows[i].rows.front(), place.column)});
      if (found != at_object.end()) return found->second;
    }
    return std::nullopt;
  };
  for (size_t i = 0; i < rows.size(); ++i) {
    for (const Symbol code : program.checks[rows[i].check].follows) {
      const auto cause = cause_in(code, i);
      if (!cause) continue;
      findings[i].caused_by = program.text(code);
      findings[i].cause = findings[*cause].fingerprint;
      break;
    }
  }
}

}  // namespace ordo::report

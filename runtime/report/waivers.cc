#include "runtime/report/waivers.h"

#include "absl/container/flat_hash_set.h"
#include "runtime/diag/emitter.h"
#include "runtime/diag/fingerprint.h"
#include "runtime/report/finding_key.h"
#include "runtime/report/findings.h"
#include "runtime/report/print.h"

namespace ordo::report {

bool HasEnded(const ir::Waiver& waiver, std::optional<Date> as_of) {
  return as_of && waiver.until != ir::kAbsent && Date(static_cast<int32_t>(waiver.until)) < *as_of;
}

Waivers::Waivers(const ir::Program& program, std::optional<Date> as_of) : program_(program) {
  for (const ir::Waiver& waiver : program.waivers) {
    if (waiver.subject == EntityId::kNone || HasEnded(waiver, as_of)) continue;
    held_.try_emplace({waiver.code, waiver.subject}, &waiver);
  }
}

std::optional<std::string> Waivers::Covering(Symbol code, EntityId subject) const {
  std::optional<std::string> name;
  if (held_.empty()) return name;
  ForEachCover(code, subject, [&](Symbol of, EntityId at) {
    if (!name) name = NameOf(*held_.at({of, at}));
  });
  return name;
}

std::string Waivers::NameOf(const ir::Waiver& waiver) const {
  const Symbol name = waiver.object == EntityId::kNone ? Symbol::kEmpty : program_.entity(waiver.object).name;
  return std::string(program_.text(name == Symbol::kEmpty ? waiver.code : name));
}

std::vector<Finding> WaiverFindings(const eval::Evaluation& evaluation, const std::vector<FindingRows>& rows, Language language,
                                    std::optional<Date> as_of) {
  const ir::Program& program = evaluation.program();
  std::vector<Finding> findings;
  if (program.waivers.empty()) return findings;
  const Waivers waivers(program, as_of);
  const FindingKeys keys(program);
  const Printer printer(program, language);
  // A rule that was not run has found nothing, which says nothing about its waivers.
  absl::flat_hash_set<Symbol> run;
  for (const ir::Check& check : program.checks) {
    if (check.relation != ir::kNone) run.insert(check.code);
  }
  absl::flat_hash_set<std::pair<Symbol, EntityId>> used;
  for (const FindingRows& found : rows) {
    const ir::Check& check = program.checks[found.check];
    const auto at = static_cast<EntityId>(evaluation.cell(check.relation, found.rows.front(), check.at.column));
    waivers.ForEachCover(check.code, at, [&](Symbol code, EntityId subject) { used.insert({code, subject}); });
  }
  Emitter emitter(language, program.waivers.size());
  const auto complete = [&](Finding& finding, std::string_view code, const ir::Waiver& waiver) {
    finding.subject = program.text(waiver.code);
    finding.fingerprint =
        Fingerprint().Add(finding.code).Add(code).Add(keys.PathOf(waiver.subject)).Add(waiver.until).Hex();
  };
  // The subjects of one block stand side by side.
  for (size_t begin = 0, end = 0; begin < program.waivers.size(); begin = end) {
    const ir::Waiver& first = program.waivers[begin];
    while (end < program.waivers.size() && program.waivers[end].object == first.object) ++end;
    if (!run.contains(first.code)) continue;
    const std::string code(program.text(first.code));
    const Span at = first.object == EntityId::kNone ? Span{} : program.entity(first.object).span;
    if (HasEnded(first, as_of)) {
      const std::string until = Date(static_cast<int32_t>(first.until)).ToString(language);
      complete(emitter.Emit(Code::kWaiverExpired, at, {code, until, as_of->ToString(language)}), code, first);
      continue;
    }
    std::vector<std::string> idle;
    for (size_t i = begin; i < end; ++i) {
      const ir::Waiver& waiver = program.waivers[i];
      if (waiver.subject != EntityId::kNone && !used.contains({waiver.code, waiver.subject})) {
        idle.push_back(printer.Object(waiver.subject));
      }
    }
    if (!idle.empty()) complete(emitter.Emit(Code::kWaiverUnused, at, {code, printer.List(idle)}), code, first);
  }
  return emitter.Take();
}

}  // namespace ordo::report

#include "compiler/driver/plan_page.h"

#include "runtime/page/page.h"
#include "runtime/report/print.h"
#include "runtime/report/roles.h"
#include "runtime/report/target_status.h"
#include "runtime/report/timeline.h"

namespace ordo {
namespace {

// Who has which role in what: every unit of the plan, also those that its own matrix leaves out. A post counts for its unit.
void AddAssignments(const eval::Evaluation& evaluation, Language language, page::PageInput& input) {
  const ir::Program& program = evaluation.program();
  const report::Words words(program);
  const report::Printer printer(program, language);
  const std::vector<report::Role> roles = report::LetteredRoles(evaluation, {});
  absl::flat_hash_map<EntityId, uint32_t> unit_of;
  for (const EntityId unit : report::PartiesWith(evaluation, words, roles, /*posts=*/false)) {
    if (!unit_of.try_emplace(unit, static_cast<uint32_t>(input.units.size())).second) continue;
    input.units.push_back({std::string(program.text(program.entity(unit).name)), printer.Object(unit)});
  }
  for (const report::Role& role : roles) {
    const uint32_t index = static_cast<uint32_t>(input.roles.size());
    const size_t before = input.assignments.size();
    for (uint32_t i = 0; i < evaluation.rows(role.relation); ++i) {
      const EntityId object = static_cast<EntityId>(evaluation.cell(role.relation, i, 0));
      const EntityId party = static_cast<EntityId>(evaluation.cell(role.relation, i, 1));
      const auto unit = unit_of.find(report::UnitOf(program, words, party));
      if (unit == unit_of.end() || program.entity(object).name == Symbol::kEmpty) continue;
      input.assignments.push_back({std::string(program.text(program.entity(object).name)), unit->second, index});
    }
    if (input.assignments.size() > before) input.roles.push_back({program.word(role.word).id, std::string(printer.Spelling(role.word))});
  }
}

}  // namespace

std::string PlanPageOf(const Session& session) {
  const eval::Evaluation& evaluation = session.evaluation();
  const ir::Program& program = session.program();
  const Language language = session.language();
  page::PageInput input;
  input.language = language;

  report::Document document = report::BuildDocument(evaluation, language);
  if (document.subject.empty() && program.plan != EntityId::kNone) document.subject = program.text(program.entity(program.plan).title);
  input.document = &document;

  // Sheets of duties are left to files of their own: the filter by unit shows the same rows. The plan's first matrix has a part.
  bool has_matrix = false;
  for (size_t i = 0; i < program.tables.size(); ++i) {
    if (program.tables[i].form == ir::TableDeclaration::Form::kDuties) continue;
    report::Table table = report::BuildTable(evaluation, i, language);
    if (program.tables[i].form == ir::TableDeclaration::Form::kMatrix && !has_matrix) {
      input.matrix = std::move(table);
      has_matrix = true;
    } else {
      input.tables.push_back(std::move(table));
    }
  }
  if (!has_matrix) input.matrix = report::BuildMatrix(evaluation, language, /*by_post=*/false);
  AddAssignments(evaluation, language, input);

  const report::Timeline timeline = report::BuildTimeline(evaluation, language, {});
  if (timeline.first) input.timeline_svg = report::TimelineAsSvg(timeline, language);
  const report::Trajectories trajectories = report::BuildTrajectories(evaluation, std::nullopt, EntityId::kNone, language);
  if (!trajectories.all.empty()) input.targets_svg = report::TrajectoriesAsSvg(trajectories, language);

  std::vector<Finding> findings = session.findings();
  SortByRank(findings);
  input.findings = &findings;
  input.sources = &session.sources();
  input.first_file = session.loaded().library_end;
  return page::PlanPage(input);
}

}  // namespace ordo

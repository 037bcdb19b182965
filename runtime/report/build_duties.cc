// What one unit has to do, role by role, in plan order.
#include <algorithm>

#include <fmt/format.h>

#include "absl/container/flat_hash_set.h"
#include "runtime/report/build.h"
#include "runtime/report/cell_values.h"
#include "runtime/report/print.h"
#include "runtime/report/roles.h"
#include "runtime/report/table.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

class DutiesBuilder {
 public:
  DutiesBuilder(const eval::Evaluation& evaluation, Language language)
      : evaluation_(evaluation),
        program_(evaluation.program()),
        words_(program_),
        printer_(program_, language),
        vietnamese_(language == Language::kVietnamese),
        roles_(RolesOf(evaluation, words_)) {
    // Who holds which role, read once for all units.
    for (size_t role = 0; role < roles_.size(); ++role) {
      for (uint32_t i = 0; i < evaluation.rows(roles_[role].relation); ++i) {
        const EntityId task = static_cast<EntityId>(evaluation.cell(roles_[role].relation, i, 0));
        const EntityId party = static_cast<EntityId>(evaluation.cell(roles_[role].relation, i, 1));
        if (!IsKind(program_, task, words_.task_kind) && !IsKind(program_, task, words_.milestone_kind) &&
            !IsKind(program_, task, words_.target_kind)) {
          continue;   // the plan and its reporting have their own pages
        }
        held_[{UnitOf(program_, words_, party), role}].push_back(task);
        if (IsKind(program_, party, words_.post_kind)) held_[{party, role}].push_back(task);
      }
    }
  }

  const Printer& printer() const { return printer_; }
  const std::vector<Role>& roles() const { return roles_; }
  const Words& words() const { return words_; }

  void AddColumns(Table& table) const {
    const auto heading = [&](ir::WordId word) { return Capitalised(printer_.Spelling(word)); };
    table.columns = {{"number", vietnamese_ ? "TT" : "No.", false},
                     {"title", vietnamese_ ? "Nhiệm vụ" : "Task", false},
                     {"due", heading(words_.due), false},
                     {"product", heading(words_.product), false},
                     {"others", vietnamese_ ? "Cùng thực hiện" : "Together with", false}};
  }

  void AddGroups(EntityId unit, std::string_view prefix, Table& table) const {
    absl::flat_hash_set<EntityId> led;
    for (size_t role = 0; role < roles_.size(); ++role) {
      const auto found = held_.find({unit, role});
      if (found == held_.end()) continue;
      std::vector<EntityId> tasks = found->second;
      std::sort(tasks.begin(), tasks.end());   // ids are in plan order
      tasks.erase(std::unique(tasks.begin(), tasks.end()), tasks.end());
      const ir::WordId word = roles_[role].word;
      if (word == words_.lead) led.insert(tasks.begin(), tasks.end());
      // Its head answers for what the unit leads: said once.
      if (word == words_.accountable) std::erase_if(tasks, [&](EntityId task) { return led.contains(task); });
      if (tasks.empty()) continue;
      Group& group = table.groups.emplace_back();
      group.id = program_.word(word).id;
      group.title = fmt::format("{}{}", prefix, RoleTitle(word));
      if (!prefix.empty()) {
        group.id = fmt::format("{}.{}", program_.text(program_.entity(unit).name), group.id);
        group.at = program_.entity(unit).span;
      }
      for (const EntityId task : tasks) group.rows.push_back(DutyRow(task, word));
    }
  }

 private:
  std::string RoleTitle(ir::WordId word) const {
    if (!vietnamese_) {
      if (word == words_.lead) return "Leads";
      if (word == words_.support) return "Supports";
      if (word == words_.monitor) return "Watches";
    }
    return Capitalised(printer_.Spelling(word));
  }

  Row DutyRow(EntityId task, ir::WordId own_role) const {
    const ir::Entity& entity = program_.entity(task);
    Row row;
    row.id = program_.text(entity.name);
    std::string title(program_.text(entity.title));
    if (entity.kind == words_.task_kind) row.number = printer_.Object(task);
    if (entity.kind == words_.milestone_kind) {   // a step of a task: its number, and the task's title after its own
      row.number = printer_.Object(entity.parent);
      title += fmt::format(" ({})", program_.text(program_.entity(entity.parent).title));
    }
    row.at = entity.span;
    std::string others;
    for (const Role& role : roles_) {
      if (role.word == own_role) continue;
      const std::string cell = printer_.FieldCell(task, role.word);
      if (!cell.empty()) Append(others, "\n", fmt::format("{}: {}", Capitalised(printer_.Spelling(role.word)), cell));
    }
    row.cells = {row.number, std::move(title), FieldCellOf(program_, printer_, task, words_.due),
                 FieldCellOf(program_, printer_, task, words_.product), std::move(others)};
    return row;
  }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const Words words_;
  const Printer printer_;
  const bool vietnamese_;
  const std::vector<Role> roles_;
  absl::flat_hash_map<std::pair<EntityId, size_t>, std::vector<EntityId>> held_;   // party and role -> tasks
};

}  // namespace

Table BuildDuties(const eval::Evaluation& evaluation, EntityId unit, Language language) {
  const DutiesBuilder builder(evaluation, language);
  const ir::Entity& entity = evaluation.program().entity(unit);
  Table table;
  table.id = evaluation.program().text(entity.name);
  table.title = language == Language::kVietnamese ? "Nhiệm vụ của " : "Duties of ";
  table.title += builder.printer().Object(unit);
  builder.AddColumns(table);
  builder.AddGroups(unit, "", table);
  return table;
}

Table BuildDeclaredDuties(const eval::Evaluation& evaluation, const ir::TableDeclaration& declaration, Language language) {
  const ir::Program& program = evaluation.program();
  const DutiesBuilder builder(evaluation, language);
  Table table;
  if (declaration.object != EntityId::kNone) {
    table.id = program.text(program.entity(declaration.object).name);
    table.title = program.text(program.entity(declaration.object).title);
  }
  table.subtitle = program.text(declaration.caption);
  table.landscape = declaration.landscape;
  builder.AddColumns(table);
  std::vector<EntityId> units;
  for (const ir::TableColumn& column : declaration.columns) {
    if (column.party == EntityId::kNone) continue;
    const std::vector<EntityId> members = MembersOf(evaluation, column.party);
    if (members.empty()) units.push_back(column.party);
    units.insert(units.end(), members.begin(), members.end());
  }
  if (units.empty()) units = PartiesWith(evaluation, builder.words(), builder.roles(), /*posts=*/false);
  for (const EntityId unit : units) builder.AddGroups(unit, builder.printer().Object(unit) + ": ", table);
  return table;
}

}  // namespace ordo::report

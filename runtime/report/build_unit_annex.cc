// What each unit leads and supports, by its last day: one annex a unit. Roles and days are read once for all units, so that the whole
// costs what the plan and its assignments cost.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "runtime/diag/emitter.h"
#include "runtime/ir/journal.h"
#include "runtime/report/cell_values.h"
#include "runtime/report/print.h"
#include "runtime/report/roles.h"
#include "runtime/report/table.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

class UnitAnnexBuilder {
 public:
  UnitAnnexBuilder(const eval::Evaluation& evaluation, Language language)
      : evaluation_(evaluation), program_(evaluation.program()), language_(language), words_(program_), printer_(program_, language),
        journal_(program_) {
    for (const Role& role : RolesOf(evaluation, words_)) {
      if (role.word == words_.lead || role.word == words_.support) roles_.push_back(role);
    }
    for (size_t role = 0; role < roles_.size(); ++role) {
      for (uint32_t i = 0; i < evaluation.rows(roles_[role].relation); ++i) {
        const auto thing = static_cast<EntityId>(evaluation.cell(roles_[role].relation, i, 0));
        const auto party = UnitOf(program_, words_, static_cast<EntityId>(evaluation.cell(roles_[role].relation, i, 1)));
        if (!IsKind(program_, thing, words_.task_kind) && !IsKind(program_, thing, words_.milestone_kind) &&
            !IsKind(program_, thing, words_.target_kind)) {
          continue;   // the plan and its reporting have their own pages
        }
        Unit& unit = units_[party];
        unit.held.push_back({thing, uint32_t{1} << role});
        unit.first = std::min(unit.first, {thing, role});
      }
    }
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const ir::Entity& entity = program_.entities[i];
      if (entity.kind == words_.milestone_kind) milestones_[entity.parent].push_back(static_cast<EntityId>(i));
    }
  }

  UnitAnnexes Build() {
    std::vector<EntityId> order;
    for (const auto& [unit, unused] : units_) order.push_back(unit);
    const auto name = [&](EntityId id) { return program_.text(program_.entity(id).name); };
    std::sort(order.begin(), order.end(), [&](EntityId a, EntityId b) {
      const auto &x = units_.at(a).first, &y = units_.at(b).first;
      if (x != y) return x < y;
      if (name(a) != name(b)) return name(a) < name(b);
      return a < b;
    });
    UnitAnnexes out;
    out.index.id = "units";
    out.index.title = Say(Phrase::kUnitIndexTitle);
    if (program_.plan != EntityId::kNone) out.index.subtitle = program_.text(program_.entity(program_.plan).title);
    out.index.columns = {{"number", Say(Phrase::kColumnNumber), true},          {"title", Say(Phrase::kColumnUnit), false},
                         {"leads", Say(Phrase::kColumnLeads), true},            {"supports", Say(Phrase::kColumnSupports), true},
                         {"undated", Say(Phrase::kColumnNoDay), true},          {"first_due", Say(Phrase::kColumnFirstDue), false}};
    Group& index = out.index.groups.emplace_back();
    for (const EntityId unit : order) out.units.push_back(Annex(unit, index));
    return out;
  }

 private:
  struct Held {
    EntityId thing;
    uint32_t roles;   // a bit a role
  };
  struct Unit {
    std::pair<EntityId, size_t> first{EntityId::kNone, 0};   // where it comes up first, and as what
    std::vector<Held> held;
  };
  struct Due {
    ir::Cell day = INT64_MAX;   // without one
    Cell cell;
  };

  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const { return ordo::Say(phrase, language_, arguments); }

  Table Annex(EntityId unit, Group& index) {
    std::vector<Held>& held = units_.at(unit).held;
    std::sort(held.begin(), held.end(), [](const Held& a, const Held& b) { return a.thing < b.thing; });
    size_t kept = 0;   // one row a thing, whatever the roles
    for (const Held& one : held) {
      if (kept > 0 && held[kept - 1].thing == one.thing) held[kept - 1].roles |= one.roles;
      else held[kept++] = one;
    }
    held.resize(kept);
    std::stable_sort(held.begin(), held.end(), [&](const Held& a, const Held& b) { return DueOf(a.thing).day < DueOf(b.thing).day; });

    Table table;
    table.id = program_.text(program_.entity(unit).name);
    table.title = Say(Phrase::kUnitAnnexTitle, {printer_.Object(unit)});
    if (program_.plan != EntityId::kNone) table.subtitle = program_.text(program_.entity(program_.plan).title);
    table.landscape = true;
    table.columns = {{"number", Say(Phrase::kColumnNumber), false},
                     {"title", Say(Phrase::kColumnTask), false},
                     {"role", Say(Phrase::kColumnRole), false},
                     {"due", Capitalised(printer_.Spelling(words_.due)), false},
                     {"product", Capitalised(printer_.Spelling(words_.product)), false},
                     {"others", Say(Phrase::kColumnTogether), false}};
    Group dated, undated;
    dated.id = "dated", undated.id = "undated";
    dated.title = Say(Phrase::kUnitDated), undated.title = Say(Phrase::kUnitUndated);
    std::array<size_t, 2> counts{};   // lead, support
    for (const Held& one : held) {
      const Due& due = DueOf(one.thing);
      (due.day == INT64_MAX ? undated : dated).rows.push_back(RowOf(one, unit, due));
      for (size_t role = 0; role < roles_.size(); ++role) counts[roles_[role].word == words_.lead ? 0 : 1] += one.roles >> role & 1;
    }
    Row& entry = index.rows.emplace_back();
    entry.id = table.id;
    entry.number = fmt::to_string(index.rows.size());
    entry.at = program_.entity(unit).span;
    entry.cells = {CountCell(index.rows.size()), {printer_.Object(unit), entry.at}, CountCell(counts[0], true), CountCell(counts[1], true),
                   CountCell(undated.rows.size(), true), {}};
    if (!dated.rows.empty()) {
      const Date first(static_cast<int32_t>(DueOf(held.front().thing).day));
      entry.cells.back().text = first.ToString(language_);
      entry.cells.back().day = first;
    }
    for (Group* group : {&dated, &undated}) {
      if (!group->rows.empty()) table.groups.push_back(std::move(*group));
    }
    if (table.groups.size() == 1) table.groups.front().title.clear();   // nothing to tell apart
    return table;
  }

  Row RowOf(const Held& held, EntityId unit, const Due& due) const {
    const ir::Entity& entity = program_.entity(held.thing);
    Row row;
    row.id = program_.text(entity.name);
    row.at = entity.span;
    std::string title = program_.entity(held.thing).title != Symbol::kEmpty ? std::string(program_.text(entity.title)) : printer_.Object(held.thing);
    if (entity.kind == words_.task_kind) row.number = printer_.Object(held.thing);
    if (entity.kind == words_.milestone_kind) {   // a step of a task: its number, and the task's title after its own
      row.number = printer_.Object(entity.parent);
      title += fmt::format(" ({})", program_.text(program_.entity(entity.parent).title));
    }
    std::string mine, others;
    for (size_t role = 0; role < roles_.size(); ++role) {
      const std::string word = Capitalised(printer_.Spelling(roles_[role].word));
      if (held.roles >> role & 1) Append(mine, ", ", word);
      const std::string parties = printer_.FieldCell(held.thing, roles_[role].word);
      // Who leads alone need not be told who leads.
      if (!parties.empty() && parties != printer_.Object(unit)) Append(others, "\n", fmt::format("{}: {}", word, parties));
    }
    Cell product = FieldCellOf(program_, printer_, held.thing, words_.product);
    if (entity.kind == words_.target_kind && product.text.empty()) {
      for (const ir::SeriesRow& value : program_.SeriesOf(held.thing)) Append(product.text, "; ", printer_.Object(value.object));
    }
    row.cells = {row.number, {std::move(title), entity.span}, std::move(mine), due.cell, std::move(product), std::move(others)};
    return row;
  }

  // The day by whose end the thing is done: the one that it states, else that of its last step; of a target its first horizon.
  const Due& DueOf(EntityId thing) {
    const auto [place, fresh] = dues_.try_emplace(thing);
    if (!fresh) return *place->second;
    auto due = std::make_unique<Due>();
    due->cell = FieldCellOf(program_, printer_, thing, words_.due);
    if (IsKind(program_, thing, words_.target_kind)) {
      for (const ir::SeriesRow& row : program_.SeriesOf(thing)) {
        if (row.horizon != ir::kAbsent) due->day = std::min(due->day, row.horizon);
      }
      if (due->day != INT64_MAX && due->cell.text.empty()) {
        const Date day(static_cast<int32_t>(due->day));
        due->cell.text = day.ToString(language_);
        due->cell.day = day;
      }
    } else {
      ir::Cell last = StatedDay(thing);
      if (last == ir::kAbsent) {
        const auto steps = milestones_.find(thing);
        if (steps != milestones_.end()) {
          for (const EntityId step : steps->second) last = std::max(last, StatedDay(step));   // kAbsent is the least cell
        }
      }
      if (last != ir::kAbsent) due->day = last;
    }
    return *(dues_[thing] = std::move(due));
  }

  ir::Cell StatedDay(EntityId thing) const {
    const EntityId time = journal_.StatedDue(thing);
    if (time == EntityId::kNone) return ir::kAbsent;
    const ResolvedTime resolved = Resolve(journal_.TimeOf(time), journal_.context());
    return resolved.cls == TimeClass::kFixed && resolved.last ? resolved.last->days() : ir::kAbsent;
  }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const Language language_;
  const Words words_;
  const Printer printer_;
  const ir::Journal journal_;
  std::vector<Role> roles_;
  absl::flat_hash_map<EntityId, Unit> units_;
  absl::flat_hash_map<EntityId, std::vector<EntityId>> milestones_;
  absl::flat_hash_map<EntityId, std::unique_ptr<Due>> dues_;   // of things, whatever unit asks
};

}  // namespace

UnitAnnexes BuildUnitAnnexes(const eval::Evaluation& evaluation, Language language) { return UnitAnnexBuilder(evaluation, language).Build(); }

}  // namespace ordo::report

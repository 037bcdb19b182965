#include "runtime/report/why_cell.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/diag/emitter.h"
#include "runtime/report/roles.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

using Kind = ExplanationStep::Kind;

class CellSearch {
 public:
  CellSearch(const eval::Evaluation& evaluation, const RuleWords& words, const Table& table,
             const std::vector<std::pair<ir::WordId, Symbol>>& letters, size_t most)
      : evaluation_(evaluation), program_(evaluation.program()), words_(words), table_(table), roles_(LetteredRoles(evaluation, letters)), most_(most) {}

  std::optional<ExplanationStep> Find(CellName cell) {
    const std::optional<size_t> column = ColumnOf(cell.column);
    if (!column || cell.row.empty()) return std::nullopt;
    for (const Group& group : table_.groups) {
      for (const Row& row : group.rows) Visit(row);
    }
    const TableColumnText& heading = table_.columns[*column];
    if (table_.totals && (cell.row == table_.totals->id || std::find(table_.totals->cells.begin(), table_.totals->cells.end(), cell.row) != table_.totals->cells.end())) {
      ExplanationStep step = Heading(*table_.totals, cell.row, *column);
      Total(heading, step);
      return step;
    }
    for (const auto& [row, object] : rows_) {
      if (row->id != cell.row && words_.printer().Object(object) != cell.row && row->number != cell.row) continue;
      ExplanationStep step = Heading(*row, words_.Named(object), *column);
      step.at = row->at;
      Explain(heading, object, *row, step);
      return step;
    }
    return std::nullopt;
  }

 private:
  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const {
    return ordo::Say(phrase, words_.printer().language(), arguments);
  }

  // Rows with their objects, found by the place of the heading: not every row has a name.
  void Visit(const Row& row) {
    if (by_place_.empty()) {
      for (size_t i = 0; i < program_.entities.size(); ++i) {
        const Span span = program_.entities[i].span;
        if (span.known()) by_place_.try_emplace(uint64_t{span.file} << 32 | span.begin, EntityId{static_cast<uint32_t>(i)});
      }
    }
    const auto found = by_place_.find(uint64_t{row.at.file} << 32 | row.at.begin);
    if (found != by_place_.end()) {
      rows_.push_back({&row, found->second});
      if (row.rows.empty()) leaves_.push_back(found->second);
    }
    for (const Row& below : row.rows) Visit(below);
  }

  std::optional<size_t> ColumnOf(std::string_view name) const {
    for (size_t i = 0; i < table_.columns.size(); ++i) {
      if (table_.columns[i].id == name || table_.columns[i].title == name) return i;
    }
    for (size_t i = 0; i < table_.columns.size(); ++i) {
      const ir::WordId word = program_.FindWord(table_.columns[i].id);
      if (word != ir::kNoWord && (program_.words[word].vi == name || program_.words[word].en == name)) return i;
    }
    return std::nullopt;
  }

  ExplanationStep Heading(const Row& row, std::string_view name, size_t column) const {
    ExplanationStep step;
    step.kind = Kind::kCell;
    const std::string& text = row.cells[column].text;
    step.text = Say(text.empty() ? Phrase::kCellEmpty : Phrase::kCellOf, {name, table_.columns[column].title, text});
    return step;
  }

  void Explain(const TableColumnText& column, EntityId object, const Row& row, ExplanationStep& step) {
    if (const EntityId party = PartyOf(column); party != EntityId::kNone) return Letters(object, party, step);
    if (column.id == "number" && FieldNamed(program_, object, "number") == nullptr) {
      step.Add(Kind::kNote, Say(Phrase::kCellNumber));
      return;
    }
    if (column.id == "title") {
      step.Add(Kind::kField, words_.Named(object), program_.entity(object).span);
      return;
    }
    if (column.id == "section") {
      const EntityId section = program_.entity(object).parent;
      if (section != EntityId::kNone) step.Add(Kind::kField, words_.Named(section), program_.entity(section).span);
      return;
    }
    if (SeriesOfYear(column.id, object, step)) return;
    const ir::WordId word = program_.FindWord(column.id.substr(0, column.id.find_last_not_of("_0123456789") + 1));
    if (Field(object, word, !row.rows.empty(), step)) return;
    if (const ir::Field* indicator = FieldNamed(program_, object, "indicator"); indicator != nullptr && indicator->entry_count > 0) {
      const ir::Entry& entry = program_.entries[indicator->first_entry];
      if (entry.type == ir::Type::kEntity && entry.value != ir::kAbsent && Field(static_cast<EntityId>(entry.value), word, false, step)) return;
    }
    step.Add(Kind::kNothing, Say(Phrase::kCellUnstated, {words_.printer().Spelling(word), words_.Named(object)}), program_.entity(object).span);
  }

  // The values of a field as written; false if it is not stated.
  bool Field(EntityId object, ir::WordId word, bool rows_below, ExplanationStep& step) {
    const ir::Field* field = program_.FindField(object, word);
    bool any = field != nullptr;
    if (field != nullptr) {
      const std::string_view spelling = words_.printer().Spelling(word);
      if (field->none) step.Add(Kind::kField, Say(Phrase::kCellNone), field->span);
      if (field->written != Symbol::kEmpty) step.Add(Kind::kField, Say(Phrase::kCellWritten, {program_.text(field->written)}), field->span);
      for (uint32_t i = 0; i < field->entry_count; ++i) {
        const ir::Entry& entry = program_.entries[field->first_entry + i];
        step.Add(Kind::kField, fmt::format("{}: {}", spelling, words_.printer().EntryText(entry)), entry.span.known() ? entry.span : field->span);
      }
      if (field->shared) step.Add(Kind::kNote, Say(Phrase::kCellShared, {words_.Named(SharedBy(object, *field))}), field->span);
      if (field->shared && rows_below) step.Add(Kind::kNote, Say(Phrase::kCellBelow));
    }
    if (word != words_.words().due) return any;
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const EntityId milestone{static_cast<uint32_t>(i)};
      if (program_.entities[i].parent != object || !IsKind(program_, milestone, words_.words().milestone_kind)) continue;
      step.Add(Kind::kField, fmt::format("{}: {}", words_.Named(milestone), words_.printer().FieldCell(milestone, word)), program_.entities[i].span);
      any = true;
    }
    return any;
  }

  // Whose shared block it is: above the last of those that take it.
  EntityId SharedBy(EntityId object, const ir::Field& field) const {
    EntityId up = program_.entity(object).parent;
    while (up != EntityId::kNone) {
      const ir::Field* same = program_.FindField(up, field.word);
      if (same == nullptr || !same->shared || same->span.begin != field.span.begin) break;
      up = program_.entity(up).parent;
    }
    return up;
  }

  bool SeriesOfYear(std::string_view year, EntityId target, ExplanationStep& step) {
    bool any = false;
    for (const ir::SeriesRow& row : program_.SeriesOf(target)) {
      if (row.horizon == ir::kAbsent || fmt::to_string(Date(static_cast<int32_t>(row.horizon)).ymd().year) != year) continue;
      step.Add(Kind::kField, words_.printer().SeriesCell(row.object), program_.entity(row.object).span);
      any = true;
    }
    return any;
  }

  // ---- matrices

  EntityId PartyOf(const TableColumnText& column) const {
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const EntityId id{static_cast<uint32_t>(i)};
      const Words& kinds = words_.words();
      if (!IsKind(program_, id, kinds.unit_kind) && !IsKind(program_, id, kinds.post_kind) && !IsKind(program_, id, kinds.group_kind)) continue;
      const std::string_view name = program_.text(program_.entities[i].name);
      if (name.empty() ? words_.printer().Object(id) == column.id : name == column.id) return id;
    }
    return EntityId::kNone;
  }

  // Calls `f` for the rows of a role in which the party stands, itself or by one of its posts, for each task once.
  template <class F>
  void ForEachRow(const Role& role, EntityId party, const F& f) const {
    if (role.relation == ir::kNone) return;
    for (uint32_t row = 0; row < evaluation_.rows(role.relation); ++row) {
      const auto who = static_cast<EntityId>(evaluation_.cell(role.relation, row, 1));
      if (who == party || UnitOf(program_, words_.words(), who) == party) f(static_cast<EntityId>(evaluation_.cell(role.relation, row, 0)), who, row);
    }
  }

  void Letters(EntityId task, EntityId party, ExplanationStep& step) {
    for (const Role& role : roles_) {
      ForEachRow(role, party, [&](EntityId of, EntityId who, uint32_t row) {
        if (of != task) return;
        const std::string text = fmt::format("{}: {}", role.letter, words_.Fact(evaluation_, {role.relation, row}));
        ExplanationStep& one = step.Add(Kind::kField, text, words_.PlaceOf(evaluation_, {role.relation, row}));
        if (who != party) one.Add(Kind::kNote, Say(Phrase::kCellPost, {words_.Named(party), words_.Named(who)}));
        Membership(task, role, who, one);
      });
    }
    if (step.steps.empty()) step.Add(Kind::kNothing, Say(Phrase::kCellNoRole, {words_.Named(party), words_.Named(task)}), program_.entity(task).span);
  }

  // The group that was written where the party is only one of its members.
  void Membership(EntityId task, const Role& role, EntityId who, ExplanationStep& step) {
    const ir::Field* field = program_.FindField(task, role.word);
    if (field == nullptr) return;
    EntityId through = EntityId::kNone;
    for (uint32_t i = 0; i < field->entry_count; ++i) {
      const ir::Entry& entry = program_.entries[field->first_entry + i];
      if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) continue;
      const auto written = static_cast<EntityId>(entry.value);
      if (written == who || entry.resolved == who) return;
      if (!IsKind(program_, written, words_.words().group_kind)) continue;
      const std::vector<EntityId> members = MembersOf(evaluation_, written);
      if (std::find(members.begin(), members.end(), who) != members.end()) through = written;
    }
    if (through != EntityId::kNone) step.Add(Kind::kNote, Say(Phrase::kCellGroup, {words_.Named(who), words_.Named(through)}), program_.entity(through).span);
    if (field->shared) step.Add(Kind::kNote, Say(Phrase::kCellShared, {words_.Named(SharedBy(task, *field))}), field->span);
  }

  void Total(const TableColumnText& column, ExplanationStep& step) {
    const EntityId party = PartyOf(column);
    if (party == EntityId::kNone) return;
    for (const Role& role : roles_) {
      std::vector<EntityId> tasks;
      ForEachRow(role, party, [&](EntityId task, EntityId, uint32_t) { tasks.push_back(task); });
      std::sort(tasks.begin(), tasks.end());
      std::vector<EntityId> counted;
      for (const EntityId leaf : leaves_) {
        if (std::binary_search(tasks.begin(), tasks.end(), leaf)) counted.push_back(leaf);
      }
      if (counted.empty()) continue;
      const std::string what = fmt::format("{} ({})", role.letter, words_.printer().Spelling(role.word));
      ExplanationStep& one = step.Add(Kind::kAggregate, Say(Phrase::kCellTotal, {what, fmt::to_string(counted.size())}));
      one.total = counted.size();
      for (size_t i = 0; i < counted.size() && i < most_; ++i) one.Add(Kind::kFact, words_.Named(counted[i]), program_.entity(counted[i]).span);
    }
  }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const RuleWords& words_;
  const Table& table_;
  const std::vector<Role> roles_;
  const size_t most_;
  std::vector<std::pair<const Row*, EntityId>> rows_;
  std::vector<EntityId> leaves_;
  absl::flat_hash_map<uint64_t, EntityId> by_place_;
};

}  // namespace

std::optional<ExplanationStep> WhyCell(const eval::Evaluation& evaluation, const RuleWords& words, const Table& table,
                                       const std::vector<std::pair<ir::WordId, Symbol>>& letters, CellName cell, size_t most) {
  return CellSearch(evaluation, words, table, letters, most).Find(cell);
}

}  // namespace ordo::report

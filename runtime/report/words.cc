#include "runtime/report/words.h"

#include <algorithm>

namespace ordo::report {
namespace {

ir::KindId FindKind(const ir::Program& program, std::string_view id) {
  for (size_t i = 0; i < program.kinds.size(); ++i) {
    const ir::WordId word = program.kinds[i].word;
    if (word < program.words.size() && program.words[word].id == id) return static_cast<ir::KindId>(i);
  }
  return ir::kNoKind;
}

}  // namespace

Words::Words(const ir::Program& program)
    : number(program.FindWord("number")),
      title(program.FindWord("title")),
      section(program.FindWord("section")),
      product(program.FindWord("product")),
      due(program.FindWord("due")),
      lead(program.FindWord("lead")),
      support(program.FindWord("support")),
      accountable(program.FindWord("accountable")),
      monitor(program.FindWord("monitor")),
      issue_date(program.FindWord("issue_date")),
      issued_by(program.FindWord("issued_by")),
      concerned(program.FindWord("concerned")),
      head(program.FindWord("head")),
      at_most(program.FindWord("at_most")),
      plus(program.FindWord("plus")),
      overlap(program.FindWord("overlap")),
      duration(program.FindWord("duration")),
      baseline(program.FindWord("baseline")),
      unit_kind(FindKind(program, "unit")),
      post_kind(FindKind(program, "post")),
      group_kind(FindKind(program, "group")),
      section_kind(FindKind(program, "section")),
      task_kind(FindKind(program, "task")),
      target_kind(FindKind(program, "target")),
      clause_kind(FindKind(program, "clause")),
      milestone_kind(FindKind(program, "milestone")),
      row_kind(FindKind(program, "row")),
      time_kind(FindKind(program, "time")),
      entry_kind(FindKind(program, "entry")),
      plan_kind(FindKind(program, "plan")),
      step_kind(FindKind(program, "step")),
      statement_kind(FindKind(program, "statement")),
      indicator_kind(FindKind(program, "indicator")),
      reference_row_kind(FindKind(program, "reference_row")),
      reporting_kind(FindKind(program, "reporting")),
      table_kind(FindKind(program, "table")) {}

std::vector<uint32_t> ObjectsPerKind(const ir::Program& program) {
  std::vector<uint32_t> counts(program.kinds.size(), 0);
  for (const ir::Entity& entity : program.entities) {
    if (entity.kind < counts.size()) counts[entity.kind] = std::max(counts[entity.kind], entity.row + 1);
  }
  return counts;
}

EntityId HolderOf(const ir::Program& program, EntityId id, ir::KindId one, ir::KindId other) {
  for (id = program.entity(id).parent; id != EntityId::kNone; id = program.entity(id).parent) {
    if (IsKind(program, id, one) || IsKind(program, id, other)) return id;
  }
  return EntityId::kNone;
}

const ir::Field* FieldNamed(const ir::Program& program, EntityId id, std::string_view key) {
  const ir::Entity& entity = program.entity(id);
  for (uint32_t i = 0; i < entity.field_count; ++i) {
    const ir::Field& field = program.fields[entity.first_field + i];
    if (field.word < program.words.size() && program.words[field.word].id == key) return &field;
  }
  return nullptr;
}

std::string_view TextNamed(const ir::Program& program, EntityId id, std::string_view key) {
  const ir::Field* field = FieldNamed(program, id, key);
  if (field == nullptr || field->entry_count == 0) return {};
  const ir::Entry& entry = program.entries[field->first_entry];
  if (entry.type != ir::Type::kText || entry.value == ir::kAbsent) return {};
  return program.text(static_cast<Symbol>(entry.value));
}

std::optional<uint32_t> ColumnOf(const ir::Program& program, ir::KindId kind, std::string_view name) {
  if (kind == ir::kNoKind || program.kinds[kind].relation == ir::kNone) return std::nullopt;
  const Symbol symbol = program.strings->Find(name);
  if (symbol == Symbol::kEmpty) return std::nullopt;
  const auto& columns = program.relations[program.kinds[kind].relation].columns;
  for (uint32_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == symbol) return i;
  }
  return std::nullopt;
}

ir::Cell PropertyOf(const ir::Program& program, EntityId id, std::string_view name) {
  const ir::Entity& entity = program.entity(id);
  const auto column = ColumnOf(program, entity.kind, name);
  if (!column) return ir::kAbsent;
  const ir::Relation& relation = program.relations[program.kinds[entity.kind].relation];
  return entity.row < relation.rows() ? relation.data[*column][entity.row] : ir::kAbsent;
}

std::optional<int64_t> HorizonOf(const ir::Program& program, EntityId row) {
  const ir::Entity& entity = program.entity(row);
  const auto column = ColumnOf(program, entity.kind, "horizon");
  if (!column) return std::nullopt;
  const ir::Relation& relation = program.relations[program.kinds[entity.kind].relation];
  const ir::Cell cell = relation.data[*column][entity.row];
  if (cell == ir::kAbsent) return std::nullopt;
  if (relation.columns[*column].type == ir::Type::kDate) return Date(static_cast<int32_t>(cell)).ymd().year;
  return ir::IsDecimal(relation.columns[*column].type) ? Decimal::FromCell(cell).ToInt() : std::nullopt;
}

Span SpanOf(const ir::Program& program, EntityId id, ir::WordId field) {
  if (id == EntityId::kNone) return {};
  if (field != ir::kNoWord) {
    const ir::Field* stated = program.FindField(id, field);
    if (stated != nullptr && stated->span.known()) return stated->span;
  }
  return program.entity(id).span;
}

std::string_view SubjectOf(const ir::Program& program, EntityId id) {
  while (id != EntityId::kNone && program.entity(id).name == Symbol::kEmpty) id = program.entity(id).parent;
  return id == EntityId::kNone ? std::string_view() : program.text(program.entity(id).name);
}

}  // namespace ordo::report

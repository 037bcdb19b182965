// The words and kinds that reports ask for, found once in a program by their ids. A program that lacks one has kNoWord or
// kNoKind here, which equals nothing that the program holds. Also the two look-ups of columns and places that need names.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::report {

struct Words {
  explicit Words(const ir::Program& program);

  ir::WordId number, title, section, product, due, lead, support, accountable, monitor, issue_date, issued_by;
  ir::WordId concerned, head, at_most, plus, overlap, duration, baseline;
  ir::KindId unit_kind, post_kind, group_kind, section_kind, task_kind, target_kind, clause_kind, milestone_kind, row_kind,
      time_kind, entry_kind, plan_kind, step_kind, statement_kind, indicator_kind, reference_row_kind, reporting_kind, table_kind;
};

// How many objects a program has of each kind. Keyed relations are made only where a rule asks for one, so they cannot tell.
std::vector<uint32_t> ObjectsPerKind(const ir::Program& program);
// The nearest object above that is of one of two kinds; kNone if there is none.
EntityId HolderOf(const ir::Program& program, EntityId id, ir::KindId one, ir::KindId other);
// A field by the id of its key. A kind and a key may share an id («indicator»), so the id alone does not give the word.
const ir::Field* FieldNamed(const ir::Program& program, EntityId id, std::string_view key);
// Its first value as text; empty if it is not stated or no text.
std::string_view TextNamed(const ir::Program& program, EntityId id, std::string_view key);
// Column of the keyed relation of a kind; nullopt if there is none of that name.
std::optional<uint32_t> ColumnOf(const ir::Program& program, ir::KindId kind, std::string_view name);
// The cell of an object's own row, kAbsent if there is no such column.
ir::Cell PropertyOf(const ir::Program& program, EntityId id, std::string_view name);
// The year that a row of a target's series is for: its property `horizon`, a number or a date.
std::optional<int64_t> HorizonOf(const ir::Program& program, EntityId row);
// Where a place points to: the field as stated on the object, else the object's heading.
Span SpanOf(const ir::Program& program, EntityId id, ir::WordId field);
// Name of the object or of its nearest named ancestor.
std::string_view SubjectOf(const ir::Program& program, EntityId id);

inline bool IsKind(const ir::Program& program, EntityId id, ir::KindId kind) {
  return id != EntityId::kNone && kind != ir::kNoKind && program.entity(id).kind == kind;
}

}  // namespace ordo::report

// The schema of facts, made on demand: a rule, table or report that asks for a property gets the relation or column that will hold
// it; lowering fills exactly those. So a plan pays for the properties that its rules use and for no others.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/model/schema.h"
#include "runtime/ir/ir.h"

namespace ordo {

enum class PropertyForm : uint8_t { kColumn, kSet, kEntries };

struct Property {
  W member = W::kNone;
  KindSet kinds = 0;            // of what
  PropertyForm form = PropertyForm::kColumn;
  ir::Type type = ir::Type::kText;
  KindSet result = 0;           // kEntity: of which kinds
  bool always = false;          // never absent
};

// The property of a member for an object that may be of these kinds; nullptr if none of them has it. Fields that are sets answer
// with their set; their written entries are asked for with FindEntries.
const Property* FindProperty(KindSet kinds, W member);
// All members of a kind, for "did you mean".
std::vector<W> MembersOf(KindSet kinds);

class Facts {
 public:
  struct Column {
    ir::RelationId relation;
    uint32_t column;
    ir::KindId kind;
    W member;
    bool stated = false;       // holds 1 where the field is stated, else absent
  };
  struct Set {
    ir::RelationId relation;
    W member;
    bool entries = false;
  };

  ir::RelationId Keyed(ir::Program& program, ir::KindId kind);
  Column ColumnOf(ir::Program& program, ir::KindId kind, const Property& property);
  Column StatedOf(ir::Program& program, ir::KindId kind, W member);
  ir::RelationId SetOf(ir::Program& program, W member, bool entries, ir::Type type = ir::Type::kEntity);

  const std::vector<Column>& columns() const { return columns_; }
  const std::vector<Set>& sets() const { return sets_; }

 private:
  std::vector<Column> columns_;
  std::vector<Set> sets_;
};

}  // namespace ordo

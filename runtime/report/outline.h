// Which objects of one kind a table shows and how they stand: sections, rows under them, rows under rows, with their numbers.
// Takes a program and a selection, gives groups whose cells the caller fills. Linear in the number of objects.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "runtime/eval/engine.h"
#include "runtime/report/numbering.h"
#include "runtime/report/table.h"
#include "runtime/report/words.h"

namespace ordo::report {

class Outline {
 public:
  // `only` is a derived relation of one column, kNone for all. A row that is shown brings the rows above it.
  Outline(const eval::Evaluation& evaluation, const Words& words, ir::KindId rows, ir::RelationId only, NumberingStyle style);

  const std::vector<EntityId>& shown() const { return order_; }   // in source order
  bool HasRowsBelow(EntityId id) const { return !below_[program_.entity(id).row].empty(); }

  // fill(id, number, row) puts the cells into `row`.
  template <typename Fill>
  std::vector<Group> Groups(const Fill& fill) const {
    std::vector<Group> groups;
    groups.reserve(blocks_.size());
    for (const Block& block : blocks_) {
      Group& group = groups.emplace_back(Heading(block.section));
      for (const EntityId id : block.rows) FillRow(id, fill, group.rows.emplace_back());
    }
    return groups;
  }

 private:
  struct Block {
    EntityId section = EntityId::kNone;
    std::vector<EntityId> rows;
  };
  Group Heading(EntityId section) const;

  template <typename Fill>
  void FillRow(EntityId id, const Fill& fill, Row& row) const {
    const ir::Entity& entity = program_.entity(id);
    row.id = program_.text(entity.name);
    row.number = numbers_.Own(id);
    row.at = entity.span;
    fill(id, std::as_const(row.number), row);
    for (const EntityId sub : below_[entity.row]) FillRow(sub, fill, row.rows.emplace_back());
  }

  const ir::Program& program_;
  Numbering numbers_;
  std::vector<EntityId> order_;
  std::vector<std::vector<EntityId>> below_;   // by row of the kind
  std::vector<Block> blocks_;
};

}  // namespace ordo::report

// The rows that rules read: stored relations as they lie in the program, derived ones as they grow; indexes and counts over them,
// made when first asked for. A keyed relation is found by its object through one array. Never derives anything.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "runtime/eval/memory.h"
#include "runtime/eval/tuple_table.h"
#include "runtime/ir/ir.h"

namespace ordo::eval {

// Rows by the object in one column, side by side: rows[begin[object]] to rows[begin[object + 1]], ascending.
struct ObjectIndex {
  explicit ObjectIndex(Memory* memory) : begin(memory), rows(memory) {}
  uint32_t column = 0;
  CountedVector<uint32_t> begin;
  CountedVector<uint32_t> rows;
};

// Rows by the cells of some columns, as chains; the only index over a relation that is still growing. Rows with an absent key are
// in no chain.
class ChainIndex {
 public:
  ChainIndex(std::vector<uint32_t> columns, Memory* memory)
      : columns_(std::move(columns)),
        keys_(static_cast<uint32_t>(columns_.size()), memory),
        heads_(memory),
        next_(memory) {}
  const std::vector<uint32_t>& columns() const { return columns_; }
  uint32_t First(const ir::Cell* key) const {
    const uint32_t id = keys_.Find(key);
    return id == ir::kNone ? ir::kNone : heads_[id];
  }
  uint32_t Next(uint32_t row) const { return next_[row]; }
  // Puts the row before all others of its key.
  void Add(uint32_t row, const ir::Cell* key);

 private:
  std::vector<uint32_t> columns_;
  TupleTable keys_;
  CountedVector<uint32_t> heads_;
  CountedVector<uint32_t> next_;
};

// One relation. Cell (row, column) is at Base(column)[row * stride].
struct Table {
  const ir::Relation* relation = nullptr;
  std::shared_ptr<TupleTable> derived;    // nullptr: stored. Of a complete stratum it is shared with evaluations that take it over
  bool unique = false;                    // derived: rows are looked up by all their cells
  bool growing = false;                   // its stratum is being evaluated
  uint32_t delta_begin = 0, delta_end = 0;
  uint32_t rows() const { return derived ? derived->size() : relation->rows(); }
  uint32_t width() const { return static_cast<uint32_t>(relation->columns.size()); }
  uint32_t stride() const { return derived ? derived->width() : 1; }
  const ir::Cell* Base(uint32_t column) const { return derived ? derived->data() + column : relation->data[column].data(); }
  ir::Cell At(uint32_t row, uint32_t column) const { return Base(column)[size_t{row} * stride()]; }

  std::vector<std::shared_ptr<const ObjectIndex>> object_indexes;
  std::vector<std::shared_ptr<ChainIndex>> chain_indexes;
  std::vector<double> distinct;           // by column; below zero: not counted yet
};

class Facts {
 public:
  // `memory` counts what is held here; it outlives the facts.
  Facts(const ir::Program& program, Memory* memory);

  const ir::Program& program() const { return program_; }
  Memory* memory() const { return memory_; }
  Table& table(ir::RelationId id) { return tables_[id]; }
  const Table& table(ir::RelationId id) const { return tables_[id]; }
  uint32_t object_count() const { return static_cast<uint32_t>(places_.size()); }
  // Of each object: its kind's keyed relation in the high half, its row there in the low half.
  const uint64_t* places() const { return places_.data(); }

  const ObjectIndex* IndexByObject(ir::RelationId relation, uint32_t column);
  const ChainIndex* IndexByCells(ir::RelationId relation, const std::vector<uint32_t>& columns);
  // Called for each row that joins a derived relation.
  void RowAdded(Table& table, uint32_t row);

  // Estimates for the planner. A growing relation is taken to be as large as the plan.
  double RowsOf(ir::RelationId relation) const;
  double DistinctOf(ir::RelationId relation, uint32_t column);

 private:
  const ir::Program& program_;
  Memory* memory_;
  std::vector<Table> tables_;
  std::vector<uint64_t> places_;
  std::vector<ir::Cell> key_;
};

}  // namespace ordo::eval

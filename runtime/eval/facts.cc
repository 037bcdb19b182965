#include "runtime/eval/facts.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace ordo::eval {

void ChainIndex::Add(uint32_t row, const ir::Cell* key) {
  if (next_.size() <= row) next_.resize(row + 1, ir::kNone);
  if (std::find(key, key + columns_.size(), ir::kAbsent) != key + columns_.size()) return;
  const auto [id, fresh] = keys_.Insert(key);
  if (fresh) heads_.push_back(ir::kNone);
  next_[row] = heads_[id];
  heads_[id] = row;
}

Facts::Facts(const ir::Program& program, Memory* memory) : program_(program), memory_(memory), tables_(program.relations.size()) {
  for (size_t i = 0; i < tables_.size(); ++i) {
    Table& table = tables_[i];
    table.relation = &program.relations[i];
    if (table.relation->derived) table.derived = std::make_shared<TupleTable>(table.width(), memory);
    table.distinct.assign(table.width(), -1);
  }
  places_.reserve(program.entities.size());
  for (const ir::Entity& entity : program.entities) {
    places_.push_back(uint64_t{program.kinds[entity.kind].relation} << 32 | entity.row);
  }
}

const ObjectIndex* Facts::IndexByObject(ir::RelationId relation, uint32_t column) {
  Table& table = tables_[relation];
  for (const auto& index : table.object_indexes) {
    if (index->column == column) return index.get();
  }
  auto index = std::make_shared<ObjectIndex>(memory_);
  index->column = column;
  index->begin.assign(places_.size() + 1, 0);
  const uint32_t rows = table.rows();
  uint32_t stated = 0;
  for (uint32_t row = 0; row < rows; ++row) {
    const ir::Cell cell = table.At(row, column);
    if (cell == ir::kAbsent) continue;
    ++index->begin[static_cast<size_t>(cell) + 1];
    ++stated;
  }
  for (size_t i = 1; i < index->begin.size(); ++i) index->begin[i] += index->begin[i - 1];
  index->rows.resize(stated);
  std::vector<uint32_t> at(index->begin.begin(), index->begin.end() - 1);
  for (uint32_t row = 0; row < rows; ++row) {
    const ir::Cell cell = table.At(row, column);
    if (cell != ir::kAbsent) index->rows[at[static_cast<size_t>(cell)]++] = row;
  }
  return table.object_indexes.emplace_back(std::move(index)).get();
}

const ChainIndex* Facts::IndexByCells(ir::RelationId relation, const std::vector<uint32_t>& columns) {
  Table& table = tables_[relation];
  for (const auto& index : table.chain_indexes) {
    if (index->columns() == columns) return index.get();
  }
  auto index = std::make_shared<ChainIndex>(columns, memory_);
  key_.resize(columns.size());
  // From the last row on: chains run upwards. Rows that are added later come before them; that order is as fixed as any.
  for (uint32_t row = table.rows(); row-- > 0;) {
    for (size_t i = 0; i < columns.size(); ++i) key_[i] = table.At(row, columns[i]);
    index->Add(row, key_.data());
  }
  return table.chain_indexes.emplace_back(std::move(index)).get();
}

void Facts::RowAdded(Table& table, uint32_t row) {
  for (const auto& index : table.chain_indexes) {
    key_.resize(index->columns().size());
    for (size_t i = 0; i < key_.size(); ++i) key_[i] = table.At(row, index->columns()[i]);
    index->Add(row, key_.data());
  }
}

double Facts::RowsOf(ir::RelationId relation) const {
  const Table& table = tables_[relation];
  return table.growing ? std::max<double>(places_.size(), table.rows()) + 1 : table.rows();
}

// Objects and texts are counted, so that the same facts under other numbers give the same plans. For the rest linear counting:
// cells hashed into a bitmap of twice the size; the share of empty places tells how many were different.
double Facts::DistinctOf(ir::RelationId relation, uint32_t column) {
  Table& table = tables_[relation];
  if (table.growing) return RowsOf(relation) / 4 + 1;
  if (table.relation->keyed && column == 0) return std::max<double>(table.rows(), 1);
  double& distinct = table.distinct[column];
  if (distinct >= 0) return distinct;
  const uint32_t rows = table.rows();
  const ir::Type type = table.relation->columns[column].type;
  if (type == ir::Type::kEntity || type == ir::Type::kText) {
    std::vector<uint64_t> seen((type == ir::Type::kEntity ? places_.size() : program_.strings->size()) / 64 + 1);
    uint64_t different = 0;
    for (uint32_t row = 0; row < rows; ++row) {
      const ir::Cell cell = table.At(row, column);
      if (cell == ir::kAbsent) continue;
      uint64_t& word = seen[static_cast<size_t>(cell) / 64];
      different += !(word >> (cell % 64) & 1);
      word |= uint64_t{1} << (cell % 64);
    }
    distinct = std::max<double>(static_cast<double>(different), 1);
    return distinct;
  }
  const uint64_t places = std::bit_ceil(uint64_t{std::max<uint32_t>(rows, 32)} * 2);
  std::vector<uint64_t> bits(places / 64);
  const int shift = 64 - std::countr_zero(places);
  uint64_t taken = 0;
  for (uint32_t row = 0; row < rows; ++row) {
    uint64_t at = static_cast<uint64_t>(table.At(row, column)) * 0x9E3779B97F4A7C15;
    at = ((at ^ at >> 32) * 0xD6E8FEB86659FD93) >> shift;
    taken += !(bits[at / 64] >> (at % 64) & 1);
    bits[at / 64] |= uint64_t{1} << (at % 64);
  }
  const auto size = static_cast<double>(places);
  distinct = std::clamp(-size * std::log1p(-static_cast<double>(taken) / size), 1.0, std::max<double>(rows, 1));
  return distinct;
}

}  // namespace ordo::eval

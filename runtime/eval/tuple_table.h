// A set of tuples of equal width, numbered in the order in which they came. It is the store of derived relations, the keys of
// indexes and of memos, and the "seen already" of aggregates. Cells lie side by side, so comparing a tuple touches one place.
// Tuples go in as pointers to `width` cells; numbers come out. Never forgets one tuple alone.
#pragma once

#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "runtime/eval/memory.h"
#include "runtime/ir/ir.h"

namespace ordo::eval {

class TupleTable {
 public:
  TupleTable(uint32_t width, Memory* memory)
      : width_(width), cells_(memory), ids_(0, Hash{this}, Equal{this}, memory) {}
  TupleTable(const TupleTable&) = delete;
  TupleTable& operator=(const TupleTable&) = delete;

  uint32_t width() const { return width_; }
  uint32_t size() const { return size_; }
  const ir::Cell* data() const { return cells_.data(); }
  const ir::Cell* operator[](uint32_t id) const { return cells_.data() + size_t{id} * width_; }

  // The tuple's number, and whether it is new.
  std::pair<uint32_t, bool> Insert(const ir::Cell* tuple) {
    bool fresh = false;
    const auto at = ids_.lazy_emplace(tuple, [&](const auto& construct) {
      fresh = true;
      construct(Append(tuple));
    });
    return {*at, fresh};
  }
  // For a tuple that is known to be new. Find and Insert may be asked only after Index.
  uint32_t Append(const ir::Cell* tuple) {
    cells_.insert(cells_.end(), tuple, tuple + width_);
    return size_++;
  }
  // Makes tuples that were appended findable.
  void Index() {
    if (ids_.size() == size_) return;
    ids_.reserve(size_);
    for (uint32_t id = 0; id < size_; ++id) ids_.insert(id);
  }
  uint32_t Find(const ir::Cell* tuple) const {
    const auto at = ids_.find(tuple);
    return at == ids_.end() ? ir::kNone : *at;
  }
  void Clear() {
    cells_.clear();
    ids_.clear();
    size_ = 0;
  }
  // Puts tuple order[i] at number i. Find and Insert may be asked only after Index.
  void Reorder(const std::vector<uint32_t>& order) {
    CountedVector<ir::Cell> cells(cells_.get_allocator());
    cells.reserve(cells_.size());
    for (const uint32_t id : order) cells.insert(cells.end(), (*this)[id], (*this)[id] + width_);
    cells_ = std::move(cells);
    ids_ = Ids(0, Hash{this}, Equal{this}, ids_.get_allocator());
  }

 private:
  struct Hash {
    using is_transparent = void;
    const TupleTable* table;
    size_t operator()(const ir::Cell* tuple) const {
      uint64_t hash = 0x9E3779B97F4A7C15;
      for (uint32_t i = 0; i < table->width_; ++i) {
        __extension__ using Wide = unsigned __int128;
        const Wide product = Wide{hash ^ static_cast<uint64_t>(tuple[i])} * 0xD6E8FEB86659FD93;
        hash = static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
      }
      return hash;
    }
    size_t operator()(uint32_t id) const { return (*this)((*table)[id]); }
  };
  struct Equal {
    using is_transparent = void;
    const TupleTable* table;
    bool Same(const ir::Cell* a, const ir::Cell* b) const {
      for (uint32_t i = 0; i < table->width_; ++i) {
        if (a[i] != b[i]) return false;
      }
      return true;
    }
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t a, const ir::Cell* b) const { return Same((*table)[a], b); }
    bool operator()(const ir::Cell* a, uint32_t b) const { return Same(a, (*table)[b]); }
  };
  using Ids = absl::flat_hash_set<uint32_t, Hash, Equal, Counted<uint32_t, false>>;

  uint32_t width_;
  uint32_t size_ = 0;
  CountedVector<ir::Cell> cells_;
  Ids ids_;
};

}  // namespace ordo::eval

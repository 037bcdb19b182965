// What one evaluation holds, in bytes: tables, indexes, memos, what aggregates have seen, reasons. Everything of that size is kept in
// containers with a counting allocator; whoever adds to one asks afterwards whether there is room. A container that grows is there
// twice for a moment, and is counted so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ordo::eval {

struct Memory {
  uint64_t limit = UINT64_MAX;
  uint64_t used = 0;
  bool full() const { return used > limit; }
};

template <class T>
class Counted {
 public:
  using value_type = T;
  using propagate_on_container_move_assignment = std::true_type;
  using propagate_on_container_swap = std::true_type;

  explicit Counted(Memory* memory) : memory_(memory) {}
  template <class U>
  Counted(const Counted<U>& other) : memory_(other.memory()) {}

  T* allocate(size_t count) {
    memory_->used += count * sizeof(T);
    return std::allocator<T>().allocate(count);
  }
  void deallocate(T* at, size_t count) {
    memory_->used -= count * sizeof(T);
    std::allocator<T>().deallocate(at, count);
  }
  Memory* memory() const { return memory_; }
  template <class U>
  friend bool operator==(const Counted& a, const Counted<U>& b) {
    return a.memory() == b.memory();
  }

 private:
  Memory* memory_;
};

template <class T>
using CountedVector = std::vector<T, Counted<T>>;

}  // namespace ordo::eval

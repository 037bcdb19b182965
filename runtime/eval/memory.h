// What one evaluation holds, in bytes: tables, indexes, memos, what aggregates have seen, reasons. Everything of that size is kept in
// containers with a counting allocator. A container that grows is there twice for a moment, and is counted so. A vector for which
// there is no room is refused (std::bad_alloc, which the engine turns into its status); the hash sets, a small part, cannot be and
// are only counted: whoever adds to one asks afterwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace ordo::eval {

struct Memory {
  uint64_t limit = UINT64_MAX;
  uint64_t used = 0;
  bool full() const { return used > limit; }
};

template <class T, bool kRefuses>
class Counted {
 public:
  using value_type = T;
  using propagate_on_container_move_assignment = std::true_type;
  using propagate_on_container_swap = std::true_type;
  template <class U>
  struct rebind {
    using other = Counted<U, kRefuses>;
  };

  Counted(Memory* memory) : memory_(memory) {}   // NOLINT: a container is made of what counts it
  template <class U>
  Counted(const Counted<U, kRefuses>& other) : memory_(other.memory()) {}

  T* allocate(size_t count) {
    if (kRefuses && memory_->used + count * sizeof(T) > memory_->limit) throw std::bad_alloc();
    T* const at = std::allocator<T>().allocate(count);
    memory_->used += count * sizeof(T);
    return at;
  }
  void deallocate(T* at, size_t count) {
    memory_->used -= count * sizeof(T);
    std::allocator<T>().deallocate(at, count);
  }
  Memory* memory() const { return memory_; }
  template <class U>
  friend bool operator==(const Counted& a, const Counted<U, kRefuses>& b) {
    return a.memory() == b.memory();
  }

 private:
  Memory* memory_;
};

template <class T>
using CountedVector = std::vector<T, Counted<T, true>>;

}  // namespace ordo::eval

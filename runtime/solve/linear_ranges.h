// Clauses that bound one quantity alone. In: clauses as comparisons with a number, in order. Out: the first clause that cannot hold
// with those before it, and the smallest conflict that ends in it (linear_system.h). Inside this room only. Exact: a bound over a
// factor stays a fraction and is compared as products of 128 bits. No errors.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/solve/linear_system.h"

namespace ordo::solve {

// quantity <sign> bound / factor, factor > 0.
struct RangeLiteral {
  Decimal factor, bound;
  Sign sign = Sign::kLessEqual;
};

// The literals of clause c: [offsets[c], offsets[c + 1]). A clause of one quantity has some unless it is false without one.
struct RangeLiterals {
  std::vector<RangeLiteral> all;
  std::vector<uint32_t> offsets;
};

RangeLiteral MakeRangeLiteral(const Comparison& comparison, bool negated);   // one term
Sign NegatedSign(Sign sign);
// Whether bound / factor of a is below, at or above that of b: -1, 0, 1.
int CompareBounds(const RangeLiteral& a, const RangeLiteral& b);

class RangeSearch {
 public:
  // All must outlive it. `clauses`: of one quantity, ascending; or one clause that is false. `work`: visits beyond one pass.
  RangeSearch(const RangeLiterals& literals, std::span<const uint32_t> clauses, const std::vector<uint8_t>& dropped, uint64_t work)
      : literals_(literals), clauses_(clauses), dropped_(dropped), work_(work + clauses.size()) {}
  // The first clause that is not dropped and clashes with earlier ones. Goes on where it was; what is dropped stays dropped.
  std::optional<uint32_t> First();
  std::vector<uint32_t> Smallest(uint32_t last) const;   // ascending
  bool decided() const { return decided_; }              // false: out of work

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Bound { uint32_t literal = kNone, clause = kNone; };
  struct Range {
    Bound least, most;
    std::vector<Bound> excluded;
  };
  bool Absorb(uint32_t clause, Range& range, uint64_t* work) const;   // false: it cannot hold too; the range stays as it was
  bool Tighten(Bound bound, bool least, Bound& kept) const;
  bool IsExcluded(const Range& range, size_t first, uint64_t* work) const;

  const RangeLiterals& literals_;
  std::span<const uint32_t> clauses_;
  const std::vector<uint8_t>& dropped_;
  uint64_t work_;
  bool decided_ = true;
  size_t at_ = 0;                     // clauses before it are in the range or dropped
  Range range_;
};

}  // namespace ordo::solve

// Clauses that bind several quantities, or say `or`. In: the clauses of one component, in order. Out: the first clause that cannot
// hold with those before it, and the smallest conflict that ends in it (linear_system.h). Inside this room only. The search is Z3's
// for linear real arithmetic; which of its answers is told hangs only on what can hold and what not, never on how it searches.
// Its errors never leave: they count as too much work. No clock: work is counted in its steps.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "runtime/solve/linear_system.h"

namespace ordo::solve {

// What is known of one component between two openings.
struct TheoryState {
  uint64_t work = 0;                  // left
  size_t holds = 0;                   // so many first clauses, without those dropped, hold together
  bool decided = true;                // false: out of work, nothing more is asked
};

class LinearTheory {
 public:
  explicit LinearTheory(const LinearSystem& system);   // nothing is set up before the first opening
  ~LinearTheory();
  // From here on questions are about this component; `clauses` are ascending and must outlive the questions.
  void Open(std::span<const uint32_t> clauses);
  std::optional<uint32_t> First(const std::vector<uint8_t>& dropped, TheoryState& state);
  // Empty: out of work.
  std::vector<uint32_t> Smallest(uint32_t last, const std::vector<uint8_t>& dropped, TheoryState& state);

 private:
  enum class Verdict : uint8_t { kHolds, kClashes, kUnknown };
  struct Machine;
  Verdict Ask(std::span<const uint32_t> places, TheoryState& state);

  const LinearSystem& system_;
  std::span<const uint32_t> clauses_;
  uint64_t weight_ = 1;               // work of one step, in thousandths: more where numbers grow long
  std::vector<uint32_t> core_;        // places of clauses that clash, ascending: of the last question
  std::unique_ptr<Machine> machine_;
};

}  // namespace ordo::solve

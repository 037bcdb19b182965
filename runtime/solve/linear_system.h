// Can statements over real quantities hold together, and if not, which smallest sets of them clash. In: clauses over comparisons
// of sums of exact decimals, with the number of the statement that each comes from. Out: conflicts, each a smallest set, and
// whether all of the system was decided. Nothing is rounded; the same system always gives the same answer. Never throws, never
// reads a clock, knows nothing of plans and words.
//
// Which conflicts are told is laid down, whatever the means of finding them. Clauses are taken in their order. The first one
// that cannot hold with those before it is the last of a conflict; then, again and again, the first clause is added up to which
// the clauses before cannot hold together with the members so far, until the members alone clash. So blame falls on what comes
// late, and a conflict reaches back to what came first. Thereafter the statement of its last clause is not asked any more, in no
// clause.
//
// Cost. Clauses are split by shared quantities. What bounds one quantity alone is compared as it comes: linear, 100,000
// quantities in some 30 ms. All else goes to a search in exact linear arithmetic, a millisecond to begin with, bounded by
// `most_work`. Measured with the default: 10,000 clauses of two terms in one component end within 3 s, mostly undecided. A ring of
// 500, a sum of 1,000 parts, a growth along 200 quantities, a net of 300 clauses on targets over years are decided within 1 s;
// above some 1,000 clauses in one component it depends. Rows of many terms with factors all different may take 10 s.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/base/decimal.h"

namespace ordo::solve {

enum class Sign : uint8_t { kLess, kLessEqual, kEqual, kNotEqual, kGreaterEqual, kGreater };

struct LinearTerm {
  uint32_t quantity = 0;
  Decimal factor;
};

struct Comparison {   // sum of terms <sign> bound; no terms: the sum is zero
  std::vector<LinearTerm> terms;
  Sign sign = Sign::kLessEqual;
  Decimal bound;
};

struct Formula {
  enum class Kind : uint8_t { kCompare, kAnd, kOr, kNot };   // an empty `and` holds, an empty `or` does not; `not` has one child
  Kind kind = Kind::kCompare;
  uint32_t comparison = 0;            // kCompare
  std::vector<uint32_t> children;     // else; added before their parent
};

struct Clause {
  uint32_t formula = 0;
  uint32_t origin = 0;                // clauses of one origin are one statement, asked for several years
};

enum class Truth : uint8_t { kFalse, kTrue, kOpen };

class LinearSystem {
 public:
  // All give the number of what was added. What they name must exist; a formula may be shared by many.
  uint32_t AddQuantity() { return quantities_++; }
  uint32_t AddComparison(Comparison comparison);   // terms of one quantity are summed, those with the factor zero left out
  uint32_t AddFormula(Formula formula);
  uint32_t AddClause(Clause clause);
  uint32_t Compare(Comparison comparison);         // the formula of a new comparison

  uint32_t quantities() const { return quantities_; }
  const Comparison& comparison(uint32_t at) const { return comparisons_[at]; }
  const Formula& formula(uint32_t at) const { return formulas_[at]; }
  size_t formulas() const { return formulas_.size(); }
  const std::vector<Clause>& clauses() const { return clauses_; }
  Truth truth(uint32_t formula) const { return truths_[formula]; }   // kOpen: it hangs on quantities

 private:
  Truth TruthOf(const Formula& formula) const;

  uint32_t quantities_ = 0;
  std::vector<Comparison> comparisons_;
  std::vector<Formula> formulas_;
  std::vector<Truth> truths_;
  std::vector<Clause> clauses_;
};

struct LinearConflict {
  std::vector<uint32_t> clauses;      // ascending; without any one of them the rest can hold
};

struct LinearAnswer {
  std::vector<LinearConflict> conflicts;   // by their last clauses, ascending
  bool decided = true;                // false: some component was too knotted; what it told stands, it gives no more
  uint32_t untold = 0;                // conflicts found beyond the limit
};

struct LinearOptions {
  uint32_t most_conflicts = 100;
  uint32_t most_work = 10'000'000;    // steps of the search, a component
};

LinearAnswer Solve(const LinearSystem& system, const LinearOptions& options = {});

}  // namespace ordo::solve

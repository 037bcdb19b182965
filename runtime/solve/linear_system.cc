#include "runtime/solve/linear_system.h"

#include <algorithm>
#include <queue>
#include <span>

#include "absl/container/flat_hash_map.h"
#include "runtime/solve/linear_ranges.h"
#include "runtime/solve/linear_theory.h"

namespace ordo::solve {

namespace {

constexpr uint32_t kNone = UINT32_MAX;

bool HoldsForZero(Sign sign, Decimal bound) {
  switch (sign) {
    case Sign::kLess: return bound.mantissa() > 0;
    case Sign::kLessEqual: return bound.mantissa() >= 0;
    case Sign::kEqual: return bound.is_zero();
    case Sign::kNotEqual: return !bound.is_zero();
    case Sign::kGreaterEqual: return bound.mantissa() <= 0;
    case Sign::kGreater: return bound.mantissa() < 0;
  }
  return false;
}

Truth Opposite(Truth truth) { return truth == Truth::kOpen ? truth : truth == Truth::kTrue ? Truth::kFalse : Truth::kTrue; }

}  // namespace

uint32_t LinearSystem::AddComparison(Comparison comparison) {
  std::vector<LinearTerm>& terms = comparison.terms;
  if (terms.size() > 1) {
    std::stable_sort(terms.begin(), terms.end(), [](const LinearTerm& a, const LinearTerm& b) { return a.quantity < b.quantity; });
  }
  size_t kept = 0;
  for (const LinearTerm& term : terms) {
    // A sum that does not fit stays in two terms, for the search.
    const bool same = kept > 0 && terms[kept - 1].quantity == term.quantity;
    if (const auto sum = same ? terms[kept - 1].factor.Plus(term.factor) : std::nullopt) {
      terms[kept - 1].factor = *sum;
      if (sum->is_zero()) --kept;
    } else if (!term.factor.is_zero()) {
      terms[kept++] = term;
    }
  }
  terms.resize(kept);
  comparisons_.push_back(std::move(comparison));
  return static_cast<uint32_t>(comparisons_.size() - 1);
}

Truth LinearSystem::TruthOf(const Formula& formula) const {
  if (formula.kind == Formula::Kind::kCompare) {
    const Comparison& comparison = comparisons_[formula.comparison];
    if (!comparison.terms.empty()) return Truth::kOpen;
    return HoldsForZero(comparison.sign, comparison.bound) ? Truth::kTrue : Truth::kFalse;
  }
  if (formula.kind == Formula::Kind::kNot) return Opposite(truths_[formula.children[0]]);
  const Truth strong = formula.kind == Formula::Kind::kAnd ? Truth::kFalse : Truth::kTrue;
  Truth truth = Opposite(strong);
  for (const uint32_t child : formula.children) {
    if (truths_[child] == strong) return strong;
    if (truths_[child] == Truth::kOpen) truth = Truth::kOpen;
  }
  return truth;
}

uint32_t LinearSystem::AddFormula(Formula formula) {
  truths_.push_back(TruthOf(formula));
  formulas_.push_back(std::move(formula));
  return static_cast<uint32_t>(formulas_.size() - 1);
}

uint32_t LinearSystem::AddClause(Clause clause) {
  clauses_.push_back(clause);
  return static_cast<uint32_t>(clauses_.size() - 1);
}

uint32_t LinearSystem::Compare(Comparison comparison) {
  return AddFormula({.kind = Formula::Kind::kCompare, .comparison = AddComparison(std::move(comparison))});
}

namespace {

class Solver {
 public:
  Solver(const LinearSystem& system, const LinearOptions& options)
      : system_(system), options_(options), theory_(system), dropped_(system.clauses().size()) {}
  LinearAnswer Run();

 private:
  void Split();
  uint32_t AnchorOf(uint32_t formula);
  uint32_t Root(uint32_t quantity);
  void ReadRanges();
  bool ReadRange(uint32_t formula);                   // appends the clause's comparisons; false: it says `or`
  std::span<const uint32_t> ClausesOf(uint32_t part) const {
    return std::span(clauses_).subspan(offsets_[part], offsets_[part + 1] - offsets_[part]);
  }
  void Look(uint32_t part);                           // for its first clash
  std::vector<uint32_t> Smallest(uint32_t last, uint32_t part);
  void Drop(uint32_t origin);

  const LinearSystem& system_;
  const LinearOptions& options_;
  LinearAnswer answer_;
  LinearTheory theory_;
  std::vector<uint8_t> dropped_;                      // by clause
  std::vector<uint32_t> parent_, anchors_;            // by quantity; by formula: one of its quantities
  std::vector<uint32_t> part_of_;                     // by clause; kNone: always true
  std::vector<uint32_t> offsets_, clauses_;           // by part
  std::vector<uint8_t> ranged_, stale_;               // by part; stale: a clause was dropped since it was looked at
  RangeLiterals literals_;
  std::vector<uint32_t> seen_;                        // of ReadRange, by formula and whether negated: the last clause
  absl::flat_hash_map<uint32_t, RangeSearch> ranges_; // by part: those that clash
  absl::flat_hash_map<uint32_t, TheoryState> states_; // by part
  std::vector<uint32_t> by_origin_;                   // clauses; made at the first conflict
  using Entry = std::pair<uint32_t, uint32_t>;        // clause, part
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> clashes_;
};

uint32_t Solver::Root(uint32_t quantity) {
  while (parent_[quantity] != quantity) quantity = parent_[quantity] = parent_[parent_[quantity]];
  return quantity;
}

// Components: quantities that stand in one clause are one. What is decided without them binds nothing; nor does a formula that no
// clause hangs on.
void Solver::Split() {
  const std::vector<Clause>& clauses = system_.clauses();
  parent_.resize(system_.quantities());
  for (uint32_t i = 0; i < parent_.size(); ++i) parent_[i] = i;
  std::vector<uint8_t> used(system_.formulas());
  for (const Clause& clause : clauses) used[clause.formula] = system_.truth(clause.formula) == Truth::kOpen;
  for (size_t at = used.size(); at-- > 0;) {          // parents before children
    if (!used[at]) continue;
    for (const uint32_t child : system_.formula(at).children) used[child] |= system_.truth(child) == Truth::kOpen;
  }
  anchors_.assign(used.size(), kNone);
  std::vector<uint32_t> sizes(parent_.size(), 1);
  const auto unite = [&](uint32_t& anchor, uint32_t quantity) {
    if (anchor == kNone) anchor = quantity;
    uint32_t a = Root(anchor), b = Root(quantity);
    if (a == b) return;
    if (sizes[a] < sizes[b]) std::swap(a, b);
    sizes[a] += sizes[b];
    parent_[b] = a;
  };
  for (size_t at = 0; at < used.size(); ++at) {
    if (!used[at]) continue;
    const Formula& formula = system_.formula(at);
    if (formula.kind == Formula::Kind::kCompare) {
      for (const LinearTerm& term : system_.comparison(formula.comparison).terms) unite(anchors_[at], term.quantity);
    } else {
      for (const uint32_t child : formula.children) {
        if (anchors_[child] != kNone) unite(anchors_[at], anchors_[child]);
      }
    }
  }
  // Parts in the order of their first clauses; a clause that is false without a quantity is one of its own.
  std::vector<uint32_t> part_of_root(parent_.size(), kNone);
  part_of_.assign(clauses.size(), kNone);
  for (uint32_t clause = 0; clause < clauses.size(); ++clause) {
    const uint32_t formula = clauses[clause].formula;
    const Truth truth = system_.truth(formula);
    if (truth == Truth::kTrue) continue;
    uint32_t part = static_cast<uint32_t>(ranged_.size());
    if (truth == Truth::kOpen) {
      const uint32_t root = Root(anchors_[formula]);
      if (part_of_root[root] == kNone) part_of_root[root] = part;
      part = part_of_root[root];
      if (part == ranged_.size()) ranged_.push_back(sizes[root] == 1);
    } else {
      ranged_.push_back(1);
    }
    part_of_[clause] = part;
  }
  stale_.assign(ranged_.size(), 0);
  offsets_.assign(ranged_.size() + 1, 0);
  for (const uint32_t part : part_of_) {
    if (part != kNone) ++offsets_[part + 1];
  }
  for (size_t part = 1; part < offsets_.size(); ++part) offsets_[part] += offsets_[part - 1];
  clauses_.resize(offsets_.back());
  std::vector<uint32_t> next(offsets_.begin(), offsets_.end() - 1);
  for (uint32_t clause = 0; clause < clauses.size(); ++clause) {
    if (part_of_[clause] != kNone) clauses_[next[part_of_[clause]]++] = clause;
  }
}

// All that one clause says of its quantity, `and` and `not` taken apart; each formula once, however often it is shared.
bool Solver::ReadRange(uint32_t root) {
  const uint32_t now = static_cast<uint32_t>(literals_.offsets.size());
  std::vector<std::pair<uint32_t, bool>> open{{root, false}};
  while (!open.empty()) {
    const auto [at, negated] = open.back();
    open.pop_back();
    if (system_.truth(at) != Truth::kOpen || std::exchange(seen_[2 * at + negated], now) == now) continue;
    const Formula& formula = system_.formula(at);
    switch (formula.kind) {
      case Formula::Kind::kCompare: {
        const Comparison& comparison = system_.comparison(formula.comparison);
        if (comparison.terms.size() != 1) return false;   // factors whose sum does not fit
        literals_.all.push_back(MakeRangeLiteral(comparison, negated));
        break;
      }
      case Formula::Kind::kNot: open.emplace_back(formula.children[0], !negated); break;
      default:
        if ((formula.kind == Formula::Kind::kOr) != negated) return false;
        for (const uint32_t child : formula.children) open.emplace_back(child, negated);
    }
  }
  return true;
}

void Solver::ReadRanges() {
  seen_.assign(2 * system_.formulas(), 0);
  literals_.offsets.assign(1, 0);
  for (uint32_t clause = 0; clause < part_of_.size(); ++clause) {
    const uint32_t part = part_of_[clause];
    if (part != kNone && ranged_[part] && !ReadRange(system_.clauses()[clause].formula)) ranged_[part] = 0;
    literals_.offsets.push_back(static_cast<uint32_t>(literals_.all.size()));
  }
}

void Solver::Look(uint32_t part) {
  stale_[part] = 0;
  std::optional<uint32_t> first;
  bool decided = true;
  if (ranged_[part]) {
    auto known = ranges_.find(part);
    if (known != ranges_.end()) {
      first = known->second.First();
      decided = known->second.decided();
    } else {
      RangeSearch search(literals_, ClausesOf(part), dropped_, options_.most_work);
      first = search.First();
      decided = search.decided();
      if (first) ranges_.emplace(part, std::move(search));
    }
  } else {
    TheoryState& state = states_.try_emplace(part, TheoryState{.work = options_.most_work}).first->second;
    if (state.decided) {
      theory_.Open(ClausesOf(part));
      first = theory_.First(dropped_, state);
      decided = state.decided;
    }
  }
  answer_.decided &= decided;
  if (first) clashes_.emplace(*first, part);
}

std::vector<uint32_t> Solver::Smallest(uint32_t last, uint32_t part) {
  if (ranged_[part]) return ranges_.at(part).Smallest(last);
  theory_.Open(ClausesOf(part));
  return theory_.Smallest(last, dropped_, states_.at(part));
}

void Solver::Drop(uint32_t origin) {
  const std::vector<Clause>& clauses = system_.clauses();
  if (by_origin_.empty()) {
    by_origin_.resize(clauses.size());
    for (uint32_t i = 0; i < by_origin_.size(); ++i) by_origin_[i] = i;
    std::stable_sort(by_origin_.begin(), by_origin_.end(),
                     [&](uint32_t a, uint32_t b) { return clauses[a].origin < clauses[b].origin; });
  }
  const auto first = std::partition_point(by_origin_.begin(), by_origin_.end(),
                                          [&](uint32_t clause) { return clauses[clause].origin < origin; });
  for (auto at = first; at != by_origin_.end() && clauses[*at].origin == origin; ++at) {
    dropped_[*at] = 1;
    if (part_of_[*at] != kNone) stale_[part_of_[*at]] = 1;
  }
}

LinearAnswer Solver::Run() {
  Split();
  ReadRanges();
  for (uint32_t part = 0; part < ranged_.size(); ++part) Look(part);
  while (!clashes_.empty()) {
    const auto [last, part] = clashes_.top();
    clashes_.pop();
    if (stale_[part]) {
      Look(part);
      continue;
    }
    if (answer_.conflicts.size() < options_.most_conflicts) {
      std::vector<uint32_t> members = Smallest(last, part);
      if (members.empty()) {   // its clauses stay, for they were not told
        answer_.decided = false;
        continue;
      }
      answer_.conflicts.push_back({std::move(members)});
    } else {
      ++answer_.untold;
    }
    Drop(system_.clauses()[last].origin);
    Look(part);
  }
  return std::move(answer_);
}

}  // namespace

LinearAnswer Solve(const LinearSystem& system, const LinearOptions& options) { return Solver(system, options).Run(); }

}  // namespace ordo::solve

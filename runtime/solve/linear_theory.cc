#include "runtime/solve/linear_theory.h"

#include <z3++.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "fmt/format.h"

namespace ordo::solve {

namespace {

__extension__ using Wide = __int128;

// Numbers in the search are quotients of products of factors. Up to this many bits a step costs about the same; beyond it grows
// with the square.
constexpr uint64_t kShortBits = 700;

std::string Fraction(Decimal value) { return fmt::format("{}/1{:0>{}}", value.mantissa(), "", value.scale()); }

// Bits of the largest factor of a row of integers without a common divisor: none for plain sums and differences.
uint32_t BitsOf(const Comparison& comparison) {
  if (comparison.terms.size() < 2) return 0;
  int scale = 0;
  for (const LinearTerm& term : comparison.terms) scale = std::max(scale, term.factor.scale());
  Wide divisor = 0, largest = 0;
  for (const LinearTerm& term : comparison.terms) {
    Wide value = term.factor.mantissa() < 0 ? -Wide{term.factor.mantissa()} : Wide{term.factor.mantissa()};
    for (int places = scale - term.factor.scale(); places > 0; --places) value *= 10;
    largest = std::max(largest, value);
    for (Wide rest = value; rest != 0;) divisor = std::exchange(rest, divisor % rest);
  }
  uint32_t bits = 0;
  for (largest /= divisor; largest > 1; largest /= 2) ++bits;
  return bits;
}

// The most bits that numbers may come to: factors multiply along rows that share quantities, at worst as many rows as there are
// quantities, the longest. Plain sums pass factors on without adding to them, so that they join nothing here.
uint64_t MostBits(std::span<const Comparison* const> comparisons) {
  absl::flat_hash_map<uint32_t, uint32_t> parent;
  const auto root = [&](uint32_t quantity) {
    while (parent.try_emplace(quantity, quantity).first->second != quantity) quantity = parent[quantity] = parent[parent[quantity]];
    return quantity;
  };
  std::vector<std::pair<uint32_t, uint32_t>> rows;   // bits, quantity
  for (const Comparison* comparison : comparisons) {
    const uint32_t bits = BitsOf(*comparison);
    if (bits == 0) continue;
    rows.emplace_back(bits, comparison->terms[0].quantity);
    for (const LinearTerm& term : comparison->terms) {
      const uint32_t a = root(rows.back().second), b = root(term.quantity);
      parent[std::max(a, b)] = std::min(a, b);
    }
  }
  struct Block { uint64_t quantities = 0, bits = 0; };
  absl::flat_hash_map<uint32_t, Block> blocks;
  std::vector<uint32_t> quantities;
  for (const auto& [quantity, above] : parent) quantities.push_back(quantity);
  for (const uint32_t quantity : quantities) ++blocks[root(quantity)].quantities;
  std::sort(rows.begin(), rows.end(), std::greater<>());
  uint64_t most = 0;
  for (const auto& [bits, quantity] : rows) {
    Block& block = blocks[root(quantity)];
    if (block.quantities == 0) continue;
    --block.quantities;
    most = std::max(most, block.bits += bits);
  }
  return most;
}

}  // namespace

// Without exceptions a failed call gives null; what is built with it is thrown away and the component left undecided.
struct LinearTheory::Machine {
  z3::context context;
  std::unique_ptr<z3::solver> solver;
  std::vector<z3::expr> tracks;                                // by place
  absl::flat_hash_map<unsigned, uint32_t> place_of;            // of a track's number
  absl::flat_hash_map<uint32_t, z3::expr> quantities, formulas;
  std::vector<const Comparison*> comparisons;                   // of the clauses
  bool broken = false;

  Machine() { context.set_enable_exceptions(false); }
  z3::expr Sound(z3::expr expr) {
    broken |= static_cast<Z3_ast>(expr) == nullptr;
    return broken ? context.bool_val(true) : expr;
  }
  z3::expr Quantity(uint32_t quantity) {
    const auto at = quantities.find(quantity);
    if (at != quantities.end()) return at->second;
    // Named by the order in which they come, so that a component is the same wherever its quantities stand in the system.
    return quantities.emplace(quantity, context.real_const(fmt::format("q{}", quantities.size()).c_str())).first->second;
  }
  z3::expr Real(Decimal value) { return context.real_val(Fraction(value).c_str()); }
  z3::expr Meaning(const Comparison& comparison);
  z3::expr Meaning(const LinearSystem& system, uint32_t formula);
  z3::expr Build(const LinearSystem& system, uint32_t formula);
  void Start(const LinearSystem& system, std::span<const uint32_t> clauses);
  unsigned Steps() const;
};

z3::expr LinearTheory::Machine::Meaning(const Comparison& comparison) {
  comparisons.push_back(&comparison);
  z3::expr_vector terms(context);
  for (const LinearTerm& term : comparison.terms) terms.push_back(Real(term.factor) * Quantity(term.quantity));
  const z3::expr sum = z3::sum(terms), bound = Real(comparison.bound);
  switch (comparison.sign) {   // in halves: one row serves both, and no case is left for the arithmetic to split
    case Sign::kLess: return sum < bound;
    case Sign::kLessEqual: return sum <= bound;
    case Sign::kEqual: return sum <= bound && sum >= bound;
    case Sign::kNotEqual: return sum < bound || sum > bound;
    case Sign::kGreaterEqual: return sum >= bound;
    case Sign::kGreater: return sum > bound;
  }
  return context.bool_val(true);
}

// Its children are built.
z3::expr LinearTheory::Machine::Meaning(const LinearSystem& system, uint32_t at) {
  const Formula& formula = system.formula(at);
  if (system.truth(at) != Truth::kOpen) return context.bool_val(system.truth(at) == Truth::kTrue);
  if (formula.kind == Formula::Kind::kCompare) return Meaning(system.comparison(formula.comparison));
  z3::expr_vector children(context);
  for (const uint32_t child : formula.children) children.push_back(formulas.at(child));
  if (formula.kind == Formula::Kind::kNot) return !children[0];
  return formula.kind == Formula::Kind::kAnd ? z3::mk_and(children) : z3::mk_or(children);
}

// Without recursion: formulas may be deep.
z3::expr LinearTheory::Machine::Build(const LinearSystem& system, uint32_t root) {
  std::vector<uint32_t> open{root};
  while (!open.empty()) {
    const uint32_t at = open.back();
    const size_t before = open.size();
    if (!formulas.contains(at) && system.truth(at) == Truth::kOpen) {
      for (const uint32_t child : system.formula(at).children) {
        if (!formulas.contains(child)) open.push_back(child);
      }
    }
    if (open.size() > before) continue;
    open.pop_back();
    if (!formulas.contains(at)) formulas.emplace(at, Sound(Meaning(system, at)));
  }
  return formulas.at(root);
}

void LinearTheory::Machine::Start(const LinearSystem& system, std::span<const uint32_t> clauses) {
  tracks.clear();
  place_of.clear();
  quantities.clear();
  formulas.clear();
  comparisons.clear();
  broken = false;
  solver = std::make_unique<z3::solver>(context, z3::solver::simple());
  for (size_t place = 0; place < clauses.size() && !broken; ++place) {
    const z3::expr track = context.bool_const(fmt::format("t{}", place).c_str());
    const z3::expr meaning = Build(system, system.clauses()[clauses[place]].formula);
    if (broken) return;
    solver->add(z3::implies(track, meaning));
    tracks.push_back(track);
    place_of.emplace(track.id(), static_cast<uint32_t>(place));
  }
}

unsigned LinearTheory::Machine::Steps() const {
  const z3::stats statistics = solver->statistics();
  for (unsigned i = 0; i < statistics.size(); ++i) {
    if (statistics.key(i) == "rlimit count") return statistics.uint_value(i);
  }
  return 0;
}

LinearTheory::LinearTheory(const LinearSystem& system) : system_(system) {}
LinearTheory::~LinearTheory() = default;

void LinearTheory::Open(std::span<const uint32_t> clauses) {
  if (machine_ && clauses_.data() == clauses.data()) return;
  if (!machine_) machine_ = std::make_unique<Machine>();
  clauses_ = clauses;
  machine_->Start(system_, clauses);
  const uint64_t bits = MostBits(machine_->comparisons);
  weight_ = std::max<uint64_t>(1000, bits * bits * 1000 / (kShortBits * kShortBits));
}

LinearTheory::Verdict LinearTheory::Ask(std::span<const uint32_t> places, TheoryState& state) {
  Machine& machine = *machine_;
  const uint64_t limit = std::min<uint64_t>(state.work * 1000 / weight_, UINT32_MAX);
  if (limit == 0 || machine.broken) {   // a limit of zero would be none
    state.decided = false;
    return Verdict::kUnknown;
  }
  z3::params settings(machine.context);
  settings.set("random_seed", 0u);
  settings.set("ctrl_c", false);        // a stop from outside is the program's affair
  settings.set("arith.solver", 2u);     // of the two, the one that counts all its steps
  settings.set("rlimit", static_cast<unsigned>(limit));
  machine.solver->set(settings);
  z3::expr_vector assumed(machine.context);
  for (const uint32_t place : places) assumed.push_back(machine.tracks[place]);
  const unsigned before = machine.Steps();
  const z3::check_result result = machine.solver->check(assumed);
  const unsigned steps = machine.Steps() - before;   // counts of 32 bits: the difference is right past their end
  state.work -= std::min<uint64_t>(state.work, steps * weight_ / 1000 + 1);
  if (result == z3::sat) return Verdict::kHolds;
  const Z3_ast_vector core = result == z3::unsat ? Z3_solver_get_unsat_core(machine.context, *machine.solver) : nullptr;
  if (core == nullptr) {
    state.decided = false;
    return Verdict::kUnknown;
  }
  core_.clear();
  for (const z3::expr& track : z3::expr_vector(machine.context, core)) core_.push_back(machine.place_of.at(track.id()));
  std::sort(core_.begin(), core_.end());
  return Verdict::kClashes;
}

// Halves of the clauses from the front; what clashes often does so long before the middle.
std::optional<uint32_t> LinearTheory::First(const std::vector<uint8_t>& dropped, TheoryState& state) {
  std::vector<uint32_t> places;
  size_t low = 0;                       // so many first places hold together
  for (uint32_t place = 0; place < clauses_.size(); ++place) {
    if (!dropped[clauses_[place]]) places.push_back(place);
    if (place + 1 == state.holds) low = places.size();
  }
  const auto prefix = [&](size_t count) { return std::span<const uint32_t>(places).first(count); };
  const auto count_to = [&](uint32_t place) { return std::lower_bound(places.begin(), places.end(), place) - places.begin() + 1; };
  Verdict verdict = Ask(places, state);
  if (verdict != Verdict::kClashes) {
    state.holds = clauses_.size();
    return std::nullopt;
  }
  size_t high = count_to(core_.back());   // so many do not
  while (high - low > 1) {
    const size_t middle = low + (high - low) / 2;
    verdict = Ask(prefix(middle), state);
    if (verdict == Verdict::kUnknown) return std::nullopt;
    if (verdict == Verdict::kHolds) {
      low = middle;
    } else {
      high = count_to(core_.back());
    }
  }
  const uint32_t last = places[high - 1];
  state.holds = last;
  return clauses_[last];
}

// From the back: a clause without which the rest still clashes is left out. Once more clash than are known, all behind the last one
// of the core can go at once. Where many are left out in a row, more and more are tried at a time.
std::vector<uint32_t> LinearTheory::Smallest(uint32_t last, const std::vector<uint8_t>& dropped, TheoryState& state) {
  std::vector<uint32_t> places, members;   // members: found, descending
  for (uint32_t place = 0; place < clauses_.size() && clauses_[place] < last; ++place) {
    if (!dropped[clauses_[place]]) places.push_back(place);
  }
  members.push_back(static_cast<uint32_t>(std::lower_bound(clauses_.begin(), clauses_.end(), last) - clauses_.begin()));
  for (size_t step = 1; !places.empty();) {
    step = std::min(step, places.size());
    std::vector<uint32_t> asked(places.begin(), places.end() - step);
    asked.insert(asked.end(), members.rbegin(), members.rend());
    const Verdict verdict = Ask(asked, state);
    if (verdict == Verdict::kUnknown) return {};
    if (verdict == Verdict::kClashes) {
      size_t left = places.size() - step;
      while (left > 0 && !std::binary_search(core_.begin(), core_.end(), places[left - 1])) --left;
      places.resize(left);
      step *= 2;
    } else if (step > 1) {
      step /= 2;
    } else {
      members.push_back(places.back());
      places.pop_back();
    }
  }
  std::vector<uint32_t> clauses;
  for (auto place = members.rbegin(); place != members.rend(); ++place) clauses.push_back(clauses_[*place]);
  return clauses;
}

}  // namespace ordo::solve

// What systems of comparisons come to, said once more without runtime/solve. Clauses are written as alternatives of plain
// inequalities; then one quantity after the other is taken out of them (Fourier and Motzkin), on whole numbers. For small systems
// with small numbers, decimals of two places at most. For tests only.
#pragma once

#include <algorithm>
#include <compare>
#include <set>
#include <utility>
#include <vector>

#include "runtime/solve/linear_system.h"

namespace ordo::testing {

using solve::Comparison;
using solve::Formula;
using solve::LinearSystem;
using solve::LinearTerm;
using solve::Sign;
using Conflicts = std::vector<std::vector<uint32_t>>;
__extension__ using Wide = __int128;

// Whether clauses can hold together.
class LinearOracle {
 public:
  explicit LinearOracle(const LinearSystem& system) : system_(system) {}
  bool Holds(const std::vector<uint32_t>& clauses) {
    std::vector<std::pair<uint32_t, bool>> open;
    for (const uint32_t clause : clauses) open.emplace_back(system_.clauses()[clause].formula, false);
    std::vector<Row> rows;
    return Some(open, rows);
  }

 private:
  struct Row {   // sum of factors <= bound, or < bound
    std::vector<Wide> factors;
    Wide bound = 0;
    bool strict = false;
    auto operator<=>(const Row&) const = default;
  };
  static Wide Whole(Decimal value) {
    Wide whole = value.mantissa();
    for (int scale = value.scale(); scale < 2; ++scale) whole *= 10;
    return whole;
  }
  static void Shorten(Row& row) {
    Wide divisor = row.bound < 0 ? -row.bound : row.bound;
    for (Wide factor : row.factors) {
      for (Wide rest = factor < 0 ? -factor : factor; rest != 0;) divisor = std::exchange(rest, divisor % rest);
    }
    if (divisor == 0) return;
    for (Wide& factor : row.factors) factor /= divisor;
    row.bound /= divisor;
  }
  Row RowOf(const Comparison& comparison, bool turned, bool strict) const {
    Row row{std::vector<Wide>(system_.quantities()), Whole(comparison.bound), strict};
    for (const LinearTerm& term : comparison.terms) row.factors[term.quantity] += Whole(term.factor);
    if (turned) {
      for (Wide& factor : row.factors) factor = -factor;
      row.bound = -row.bound;
    }
    Shorten(row);
    return row;
  }
  bool Some(std::vector<std::pair<uint32_t, bool>> open, std::vector<Row> rows) const {
    while (!open.empty()) {
      const auto [at, negated] = open.back();
      open.pop_back();
      const Formula& formula = system_.formula(at);
      if (formula.kind == Formula::Kind::kNot) {
        open.emplace_back(formula.children[0], !negated);
      } else if (formula.kind != Formula::Kind::kCompare) {
        if ((formula.kind == Formula::Kind::kAnd) != negated) {
          for (const uint32_t child : formula.children) open.emplace_back(child, negated);
          continue;
        }
        for (const uint32_t child : formula.children) {
          auto one = open;
          one.emplace_back(child, negated);
          if (Some(std::move(one), rows)) return true;
        }
        return false;
      } else {
        const Comparison& comparison = system_.comparison(formula.comparison);
        const Row less = RowOf(comparison, false, true), more = RowOf(comparison, true, true);
        Row most = less, least = more;
        most.strict = least.strict = false;
        const std::vector<std::vector<Row>> alternatives[2] = {
            {{less}, {most}, {most, least}, {less, more}, {least}, {more}},
            {{least}, {more}, {less, more}, {most, least}, {less}, {most}}};
        const std::vector<Row>& chosen = alternatives[negated][static_cast<size_t>(comparison.sign)];
        if (comparison.sign == (negated ? Sign::kEqual : Sign::kNotEqual)) {   // one of the two
          for (const Row& row : chosen) {
            auto one = rows;
            one.push_back(row);
            if (Some(open, std::move(one))) return true;
          }
          return false;
        }
        rows.insert(rows.end(), chosen.begin(), chosen.end());
      }
    }
    return Eliminate(std::set<Row>(rows.begin(), rows.end()));
  }
  bool Eliminate(std::set<Row> rows) const {
    for (uint32_t round = 0; round < system_.quantities(); ++round) {
      uint32_t best = 0;
      size_t least = SIZE_MAX;
      for (uint32_t quantity = 0; quantity < system_.quantities(); ++quantity) {
        size_t up = 0, down = 0;
        for (const Row& row : rows) (row.factors[quantity] > 0 ? up : down) += row.factors[quantity] != 0;
        if (up + down > 0 && up * down < least) least = up * down, best = quantity;
      }
      std::set<Row> next;
      for (const Row& a : rows) {
        if (a.factors[best] == 0) next.insert(a);
        for (const Row& b : rows) {
          if (!(a.factors[best] > 0 && b.factors[best] < 0)) continue;
          Row sum{a.factors, a.bound * -b.factors[best] + b.bound * a.factors[best], a.strict || b.strict};
          for (size_t i = 0; i < sum.factors.size(); ++i) {
            sum.factors[i] = a.factors[i] * -b.factors[best] + b.factors[i] * a.factors[best];
          }
          Shorten(sum);
          next.insert(std::move(sum));
        }
      }
      rows = std::move(next);
    }
    return std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.bound > 0 || (row.bound == 0 && !row.strict); });
  }

  const LinearSystem& system_;
};

// What the header lays down, word by word.
inline Conflicts Expected(const LinearSystem& system, LinearOracle& oracle) {
  Conflicts conflicts;
  std::set<uint32_t> dropped;
  const auto with = [&](const std::vector<uint32_t>& members, uint32_t end) {
    std::vector<uint32_t> clauses = members;
    for (uint32_t i = 0; i < end; ++i) {
      if (!dropped.contains(system.clauses()[i].origin)) clauses.push_back(i);
    }
    return clauses;
  };
  for (uint32_t last = 0; last < system.clauses().size(); ++last) {
    if (dropped.contains(system.clauses()[last].origin) || oracle.Holds(with({}, last + 1))) continue;
    std::vector<uint32_t> members{last};
    while (oracle.Holds(members)) {
      uint32_t next = 0;
      while (oracle.Holds(with(members, next + 1))) ++next;
      members.push_back(next);
    }
    std::sort(members.begin(), members.end());
    conflicts.push_back(members);
    dropped.insert(system.clauses()[last].origin);
  }
  return conflicts;
}

}  // namespace ordo::testing

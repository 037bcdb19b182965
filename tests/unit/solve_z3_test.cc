// The temporal network against an SMT solver: random networks as linear arithmetic, working days through a function W whose values
// are given point by point. Feasibility, and each node's earliest and latest instant, are asked of it; nothing is shared but the
// meaning of the constraints.
#include <gtest/gtest.h>
#include <z3++.h>

#include "support/random_network.h"

namespace ordo::solve {
namespace {

using namespace ordo::testing;
using Kind = Constraint::Kind;

class Theory {
 public:
  explicit Theory(const RandomNetwork& network) : network_(network), solver_(context_), work_(context_) {
    const z3::sort number = context_.int_sort();
    work_ = context_.function("W", number, number);
    const auto& [first, last] = network.horizon;
    bool uses_work = false;
    for (const Constraint& c : network.constraints) uses_work |= c.span.unit == SpanUnit::kWorkingDays && c.span.count != 0;
    for (int32_t x = first, days = 0; uses_work && x <= last; ++x) {
      solver_.add(work_(context_.int_val(x)) == days);
      days += network.calendar.IsWorking(Date(x));
    }
    for (NodeId node = 0; node < network.nodes; ++node) {
      at_.push_back(context_.int_const(("x" + std::to_string(node)).c_str()));
      solver_.add(at_[node] >= first && at_[node] <= last);
    }
    for (const Constraint& c : network.constraints) solver_.add(Meaning(c));
  }
  bool Feasible() { return solver_.check() == z3::sat; }
  bool FeasibleWith(NodeId node, bool at_least, int32_t instant) {
    solver_.push();
    solver_.add(at_least ? at_[node] >= instant : at_[node] <= instant);
    const bool feasible = Feasible();
    solver_.pop();
    return feasible;
  }

 private:
  z3::expr Meaning(const Constraint& c) {
    const z3::expr& to = at_[c.to];
    if (c.kind == Kind::kLeast) return to >= c.instant;
    if (c.kind == Kind::kMost) return to <= c.instant;
    const bool work = c.span.unit == SpanUnit::kWorkingDays && c.span.count != 0;
    const z3::expr between = work ? work_(to) - work_(at_[c.from]) : to - at_[c.from];
    return c.kind == Kind::kAtLeast ? between >= c.span.count : between <= c.span.count;
  }

  const RandomNetwork& network_;
  z3::context context_;
  z3::solver solver_;
  z3::func_decl work_;
  std::vector<z3::expr> at_;
};

void Compare(uint32_t seed, int rounds, uint32_t nodes, uint32_t units, int32_t days, size_t* feasible, size_t* infeasible) {
  std::mt19937 random(seed);
  for (int round = 0; round < rounds; ++round) {
    NetworkShape shape{.nodes = nodes, .constraints = nodes + static_cast<uint32_t>(random() % (nodes + nodes / 2)), .days = days,
                       .units = units, .rolls = false};
    RandomNetwork network = MakeRandomNetwork(random, shape);
    for (Constraint& c : network.constraints) c.span.by_end = false;
    const Solution solution = network.Build().Solve();
    Theory theory(network);
    ASSERT_EQ(solution.feasible, theory.Feasible()) << "round " << round;
    ++*(solution.feasible ? feasible : infeasible);
    for (NodeId node = 0; solution.feasible && node < nodes; ++node) {
      const NodeTimes& times = solution.nodes[node];
      EXPECT_TRUE(theory.FeasibleWith(node, false, times.earliest)) << "round " << round;
      EXPECT_FALSE(theory.FeasibleWith(node, false, times.earliest - 1)) << "round " << round;
      EXPECT_TRUE(theory.FeasibleWith(node, true, times.latest)) << "round " << round;
      EXPECT_FALSE(theory.FeasibleWith(node, true, times.latest + 1)) << "round " << round;
    }
  }
}

TEST(TemporalNetworkTheory, DaySpans) {
  size_t feasible = 0, infeasible = 0;
  Compare(21, 80, 14, 1, 120, &feasible, &infeasible);
  EXPECT_GT(feasible, 20u);
  EXPECT_GT(infeasible, 20u);
}

TEST(TemporalNetworkTheory, WorkingDaySpans) {
  size_t feasible = 0, infeasible = 0;
  Compare(22, 36, 5, 2, 30, &feasible, &infeasible);
  EXPECT_GT(feasible, 10u);
  EXPECT_GT(infeasible, 10u);
}

}  // namespace
}  // namespace ordo::solve

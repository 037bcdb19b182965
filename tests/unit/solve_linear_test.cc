// Systems of comparisons: cases by hand, then random systems against an oracle that shares nothing but the meaning of clauses and
// answers all that the header lays down, so that conflicts are compared as they are told; and sizes.
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "support/linear_oracle.h"

namespace ordo::solve {
namespace {

using namespace ordo::testing;
using Kind = Formula::Kind;

Decimal D(int64_t mantissa, int scale = 0) { return Decimal::Make(mantissa, scale).value(); }
Conflicts Told(const LinearAnswer& answer) {
  Conflicts conflicts;
  for (const LinearConflict& conflict : answer.conflicts) conflicts.push_back(conflict.clauses);
  return conflicts;
}

class Builder {
 public:
  explicit Builder(uint32_t quantities) {
    for (uint32_t i = 0; i < quantities; ++i) system.AddQuantity();
  }
  uint32_t Of(std::vector<LinearTerm> terms, Sign sign, Decimal bound) { return system.Compare({std::move(terms), sign, bound}); }
  uint32_t Of(uint32_t quantity, Sign sign, Decimal bound) { return Of({{quantity, D(1)}}, sign, bound); }
  uint32_t Constant(Sign sign, Decimal bound) { return Of(std::vector<LinearTerm>{}, sign, bound); }   // zero against it
  uint32_t All(std::vector<uint32_t> children) { return system.AddFormula({Kind::kAnd, 0, std::move(children)}); }
  uint32_t Any(std::vector<uint32_t> children) { return system.AddFormula({Kind::kOr, 0, std::move(children)}); }
  uint32_t Not(uint32_t child) { return system.AddFormula({Kind::kNot, 0, {child}}); }
  Builder& Say(uint32_t formula) { return Say(formula, 1000 + static_cast<uint32_t>(system.clauses().size())); }
  Builder& Say(uint32_t formula, uint32_t origin) {
    system.AddClause({formula, origin});
    return *this;
  }
  Conflicts Clashes() const { return Told(Solve(system)); }
  LinearSystem system;
};

TEST(LinearSystem, NothingAndConstants) {
  EXPECT_TRUE(Told(Solve(LinearSystem{})).empty());
  Builder b(1);
  b.Say(b.Constant(Sign::kGreaterEqual, D(1))).Say(b.Constant(Sign::kGreaterEqual, D(0))).Say(b.Any({})).Say(b.All({}));
  b.Say(b.Of({{0, D(1)}, {0, D(-1)}}, Sign::kGreater, D(0)));                              // x - x > 0
  b.Say(b.All({b.Of(0, Sign::kEqual, D(1)), b.Of({{0, D(0)}}, Sign::kNotEqual, D(0))}));   // x = 1 and 0 /= 0
  b.Say(b.Any({b.Of(0, Sign::kEqual, D(1)), b.Constant(Sign::kEqual, D(0))})).Say(b.Of(0, Sign::kEqual, D(2)));
  EXPECT_EQ(b.Clashes(), (Conflicts{{0}, {2}, {4}, {5}}));
}

TEST(LinearSystem, SumOverItsBound) {
  Builder b(3);
  b.Say(b.Of(0, Sign::kGreaterEqual, D(6, 1))).Say(b.Of(2, Sign::kGreaterEqual, D(9))).Say(b.Of(1, Sign::kGreaterEqual, D(5, 1)));
  b.Say(b.Of({{0, D(1)}, {1, D(1)}}, Sign::kLessEqual, D(1)));
  EXPECT_EQ(b.Clashes(), (Conflicts{{0, 2, 3}}));
  Builder exact(2);   // thirds, which no decimal holds
  exact.Say(exact.Of({{0, D(3)}, {1, D(3)}}, Sign::kLessEqual, D(2)));
  exact.Say(exact.Of({{0, D(3)}}, Sign::kGreaterEqual, D(1))).Say(exact.Of({{1, D(3)}}, Sign::kGreaterEqual, D(1)));
  EXPECT_TRUE(exact.Clashes().empty());
  exact.Say(exact.Of({{1, D(3)}}, Sign::kGreater, D(1)));
  EXPECT_EQ(exact.Clashes(), (Conflicts{{0, 1, 3}}));
}

TEST(LinearSystem, OneQuantity) {
  Builder b(6);
  b.Say(b.Of(0, Sign::kGreaterEqual, D(3))).Say(b.Of(0, Sign::kLessEqual, D(3)));              // holds: one point
  b.Say(b.Of(1, Sign::kGreaterEqual, D(3))).Say(b.Of(1, Sign::kLess, D(3)));                   // 2, 3
  b.Say(b.All({b.Of(2, Sign::kGreaterEqual, D(5)), b.Of(2, Sign::kLessEqual, D(4))}));         // 4: a range with its ends exchanged
  b.Say(b.Of(3, Sign::kGreaterEqual, D(1))).Say(b.Of(3, Sign::kNotEqual, D(1))).Say(b.Of(3, Sign::kLessEqual, D(1)));   // 5, 6, 7
  b.Say(b.Of({{4, D(-2)}}, Sign::kGreater, D(1))).Say(b.Of(4, Sign::kGreaterEqual, D(-5, 1))); // 8, 9
  b.Say(b.Not(b.Of(5, Sign::kNotEqual, D(7)))).Say(b.Not(b.Of(5, Sign::kEqual, D(7))));        // 10, 11
  EXPECT_EQ(b.Clashes(), (Conflicts{{2, 3}, {4}, {5, 6, 7}, {8, 9}, {10, 11}}));
}

TEST(LinearSystem, DisjunctionsAndNegation) {
  Builder b(2);
  b.Say(b.Any({b.Of(0, Sign::kLess, D(1)), b.Of(0, Sign::kGreater, D(2))}));
  b.Say(b.Not(b.Any({b.Of(0, Sign::kLess, D(1)), b.Of(1, Sign::kLess, D(0))})));   // x >= 1 and y >= 0
  b.Say(b.Of({{0, D(1)}, {1, D(1)}}, Sign::kLessEqual, D(2)));
  EXPECT_EQ(b.Clashes(), (Conflicts{{0, 1, 2}}));
}

TEST(LinearSystem, BlameFallsOnWhatComesLate) {
  Builder b(2);   // two ways to clash with the last clause: the one that reaches less far is told
  b.Say(b.Of(0, Sign::kGreaterEqual, D(5))).Say(b.Of(1, Sign::kGreaterEqual, D(5))).Say(b.Of(0, Sign::kGreaterEqual, D(20)));
  b.Say(b.Of({{0, D(1)}, {1, D(1)}}, Sign::kLess, D(10)));
  EXPECT_EQ(b.Clashes(), (Conflicts{{0, 1, 3}}));
}

TEST(LinearSystem, OriginsAreToldOnce) {
  Builder b(3);   // the same condition in three years, each in another component; then one that clashes apart from it
  for (uint32_t year = 0; year < 3; ++year) b.Say(b.Of(year, Sign::kEqual, D(1)), year);
  for (uint32_t year = 0; year < 3; ++year) b.Say(b.Of(year, Sign::kGreaterEqual, D(2)), 77);
  b.Say(b.Of({{1, D(1)}, {2, D(1)}}, Sign::kLess, D(2)), 78);
  EXPECT_EQ(b.Clashes(), (Conflicts{{0, 3}, {1, 2, 6}}));
}

TEST(LinearSystem, IndependentConflictsAndTheLimit) {
  Builder b(60);
  for (uint32_t i = 0; i < 60; i += 2) {
    b.Say(b.Of(i, Sign::kGreaterEqual, D(1)));
    b.Say(i % 4 == 0 ? b.Of(i, Sign::kLess, D(1)) : b.Any({b.Of(i, Sign::kLess, D(1)), b.Of(i, Sign::kEqual, D(0))}));
  }
  const LinearAnswer all = Solve(b.system), some = Solve(b.system, {.most_conflicts = 7});
  ASSERT_EQ(all.conflicts.size(), 30u);
  for (uint32_t i = 0; i < 30; ++i) EXPECT_EQ(all.conflicts[i].clauses, (std::vector<uint32_t>{2 * i, 2 * i + 1}));
  EXPECT_EQ(all.untold, 0u);
  EXPECT_EQ(some.conflicts.size(), 7u);
  EXPECT_EQ(some.untold, 23u);
}

TEST(LinearSystem, GivesUpRatherThanGuess) {
  Builder b(3);
  b.Say(b.Of(0, Sign::kGreaterEqual, D(1))).Say(b.Of({{0, D(1)}, {1, D(1)}}, Sign::kLess, D(0))).Say(b.Of(1, Sign::kGreater, D(0)));
  b.Say(b.Of(2, Sign::kGreater, D(1))).Say(b.Of(2, Sign::kLess, D(1)));
  const LinearAnswer answer = Solve(b.system, {.most_work = 3});
  EXPECT_FALSE(answer.decided);
  EXPECT_EQ(Told(answer), (Conflicts{{3, 4}}));   // what needs no search is told all the same
  EXPECT_TRUE(Solve(b.system).decided);
}

// Numbers as far apart as decimals allow: what is compared by hand against what the search says of the same clauses.
TEST(LinearSystem, FarNumbersCompareExactly) {
  std::mt19937_64 random(5);
  const int64_t limit = (int64_t{1} << 55) - 1;
  const auto far = [&] {
    const int64_t mantissa = random() % 3 == 0 ? static_cast<int64_t>(random() % 3) : limit - static_cast<int64_t>(random() % 4);
    return D(random() % 4 == 0 ? -mantissa : mantissa, static_cast<int>(random() % 2 == 0 ? 15 : random() % 16));
  };
  size_t clashes = 0;
  for (int round = 0; round < 400; ++round) {
    Builder alone(1), tied(2);
    for (int i = 0; i < 4; ++i) {
      Decimal factor = far();
      if (factor.is_zero()) factor = D(1);
      const Sign sign = static_cast<Sign>(random() % 6);
      const Decimal bound = far();
      alone.Say(alone.Of({{0, factor}}, sign, bound));
      tied.Say(tied.Of({{0, factor}}, sign, bound));
    }
    tied.Say(tied.Of({{0, D(1)}, {1, D(-1)}}, Sign::kLess, D(0)));
    EXPECT_EQ(alone.Clashes(), tied.Clashes()) << "round " << round;
    clashes += alone.Clashes().size();
  }
  EXPECT_GT(clashes, 100u);
  Builder sum(1);   // factors whose sum is no decimal
  sum.Say(sum.Of({{0, D(limit)}, {0, D(1, 15)}}, Sign::kGreater, D(0))).Say(sum.Of(0, Sign::kLess, D(0)));
  EXPECT_EQ(sum.Clashes(), (Conflicts{{0, 1}}));
}

class RandomSystem {
 public:
  explicit RandomSystem(uint32_t seed) : random_(seed), quantities_(1 + Below(4)), builder_(quantities_) {
    const uint32_t clauses = 2 + Below(8);
    const uint32_t trees = Below(3);
    for (uint32_t i = 0; i < clauses; ++i) {
      const uint32_t formula = Below(4) < trees ? Tree(2) : Leaf();
      builder_.Say(formula, Below(3) == 0 ? Below(3) : 10 + i);
    }
  }
  const LinearSystem& system() const { return builder_.system; }

 private:
  uint32_t Below(uint32_t end) { return static_cast<uint32_t>(random_() % end); }
  uint32_t Leaf() {
    static constexpr int kFactors[] = {10, 10, 10, -10, -10, 20, -20, 5, 15, 30, -7, 0};
    std::vector<LinearTerm> terms;
    const uint32_t count = Below(30) == 0 ? 0 : 1 + Below(3);
    for (uint32_t i = 0; i < count; ++i) terms.push_back({Below(quantities_), D(kFactors[Below(12)], 1)});
    return builder_.Of(std::move(terms), static_cast<Sign>(Below(6)), D(static_cast<int>(Below(13)) - 5, static_cast<int>(Below(2))));
  }
  uint32_t Tree(int depth) {
    if (depth == 0 || Below(3) == 0) return Leaf();
    const uint32_t kind = Below(3);
    if (kind == 0) return builder_.Not(Tree(depth - 1));
    std::vector<uint32_t> children{Tree(depth - 1), Tree(depth - 1)};
    return kind == 1 ? builder_.All(std::move(children)) : builder_.Any(std::move(children));
  }

  std::mt19937 random_;
  uint32_t quantities_;
  Builder builder_;
};

TEST(LinearSystem, RandomSystemsAgainstTheOracle) {
  size_t holding = 0, clashing = 0, long_ones = 0, several = 0;
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    const RandomSystem random(seed);
    const LinearSystem& system = random.system();
    LinearOracle oracle(system);
    const LinearAnswer answer = Solve(system);
    ASSERT_TRUE(answer.decided);
    ASSERT_EQ(Told(answer), Expected(system, oracle)) << "seed " << seed;
    ASSERT_EQ(Told(answer), Told(Solve(system))) << "seed " << seed;
    ++(answer.conflicts.empty() ? holding : clashing);
    several += answer.conflicts.size() > 1;
    for (const LinearConflict& conflict : answer.conflicts) {
      EXPECT_FALSE(oracle.Holds(conflict.clauses)) << "seed " << seed;
      long_ones += conflict.clauses.size() > 2;
      for (size_t i = 0; i < conflict.clauses.size(); ++i) {
        std::vector<uint32_t> rest = conflict.clauses;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_TRUE(oracle.Holds(rest)) << "seed " << seed;
      }
    }
  }
  EXPECT_GT(holding, 800u);
  EXPECT_GT(clashing, 800u);
  EXPECT_GT(long_ones, 300u);
  EXPECT_GT(several, 200u);
}

double Seconds(const LinearSystem& system, LinearAnswer& answer) {
  const auto begin = std::chrono::steady_clock::now();
  answer = Solve(system);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%zu clauses: %.3f s, %zu conflicts%s\n", system.clauses().size(), seconds, answer.conflicts.size(),
              answer.decided ? "" : ", undecided");
  return seconds;
}

TEST(LinearSystem, ManyQuantitiesAlone) {
  LinearAnswer answer;
  Builder b(100'000);
  for (uint32_t i = 0; i < 100'000; ++i) {
    b.Say(b.Of({{i, D(3)}}, Sign::kGreaterEqual, D(i % 50))).Say(b.Of(i, Sign::kLessEqual, D(17)));
  }
  EXPECT_LT(Seconds(b.system, answer), 5);
  EXPECT_TRUE(answer.decided);
  EXPECT_EQ(answer.conflicts.size(), 0u);
  for (uint32_t i = 0; i < 100'000; i += 4) b.Say(b.Of(i, Sign::kGreater, D(17)));
  EXPECT_LT(Seconds(b.system, answer), 5);
  EXPECT_EQ(answer.conflicts.size(), 100u);
  EXPECT_EQ(answer.untold, 24'900u);
  Builder one(1);   // all on one quantity
  one.Say(one.Of(0, Sign::kEqual, D(0)));
  for (uint32_t i = 0; i < 100'000; ++i) one.Say(one.Of(0, i % 2 == 0 ? Sign::kNotEqual : Sign::kGreaterEqual, D(i % 3)));
  EXPECT_LT(Seconds(one.system, answer), 5);
  EXPECT_TRUE(answer.decided);
}

TEST(LinearSystem, LargeComponentsEnd) {
  constexpr uint32_t kCount = 10'000;
  std::mt19937 random(3);
  const auto below = [&](uint32_t end) { return static_cast<uint32_t>(random() % end); };
  LinearAnswer answer;
  Builder ring(kCount), growth(kCount), loose(kCount / 2), tight(kCount / 5), either(kCount / 4), tree(kCount), parts(401);
  const auto number = [&](int first, int last) { return D(first + static_cast<int>(random() % (last - first + 1))); };
  for (uint32_t i = 0; i < kCount; ++i) {
    ring.Say(ring.Of({{i, D(1)}, {(i + 1) % kCount, D(-1)}}, Sign::kLessEqual, D(i == kCount - 1 ? -1 : 0)));
    if (i > 0) growth.Say(growth.Of({{i, D(1)}, {i - 1, D(-11, 1)}}, Sign::kGreaterEqual, D(0)));
    const uint32_t a = below(kCount), b = below(kCount);
    loose.Say(loose.Of({{a / 2, number(1, 9)}, {b / 2, number(1, 9)}}, Sign::kGreater, number(0, 9)));
    tight.Say(tight.Of({{a / 5, number(1, 9)}, {b / 5, number(-9, -1)}}, Sign::kLessEqual, number(-3, 7)));
    std::vector<uint32_t> steps;
    for (int way = 0; way < 3; ++way) {
      steps.push_back(either.Of({{below(kCount / 4), D(1)}, {below(kCount / 4), D(-1)}}, Sign::kLess, number(-15, 4)));
    }
    either.Say(either.Any(std::move(steps)));
    if (i > 0) tree.Say(tree.Of({{i, number(1, 9)}, {below(i), D(-1)}}, Sign::kEqual, number(0, 49)));
  }
  growth.Say(growth.Of(0, Sign::kGreaterEqual, D(1))).Say(growth.Of(kCount - 1, Sign::kLessEqual, D(2)));
  for (const Builder* builder : {&ring, &growth, &loose, &tight, &either, &tree}) EXPECT_LT(Seconds(builder->system, answer), 60);
  std::vector<LinearTerm> all;   // a whole of 400 parts, one too small for them: a conflict with all of them
  for (uint32_t i = 0; i < 400; ++i) {
    parts.Say(parts.Of(i, Sign::kGreaterEqual, D(1 + i % 7)));
    all.push_back({i, D(1)});
  }
  all.push_back({400, D(-1)});
  parts.Say(parts.Of(all, Sign::kEqual, D(0))).Say(parts.Of(400, Sign::kLess, D(1594)));
  EXPECT_LT(Seconds(parts.system, answer), 60);
  ASSERT_TRUE(answer.decided);
  ASSERT_EQ(answer.conflicts.size(), 1u);
  EXPECT_EQ(answer.conflicts[0].clauses.size(), 402u);
  Builder many(20'000);   // many small ones
  for (uint32_t i = 0; i < 20'000; i += 2) {
    many.Say(many.Of({{i, D(1)}, {i + 1, D(1)}}, Sign::kLessEqual, D(10))).Say(many.Of(i, Sign::kGreaterEqual, D(i % 12)));
    many.Say(many.Of(i + 1, Sign::kGreaterEqual, D(0)));
  }
  EXPECT_LT(Seconds(many.system, answer), 60);
  EXPECT_TRUE(answer.decided);
}

}  // namespace
}  // namespace ordo::solve

// The probe means what the engine means: on random programs the bindings that it finds, in both orders and from bound heads, give
// just the rows that the engine derived; aggregates list what they counted; work is bounded.
#include <set>

#include <gtest/gtest.h>

#include "runtime/eval/probe.h"
#include "support/random_program.h"

namespace ordo::eval {
namespace {

using namespace ordo::testing;
using ir::kAbsent;
using ir::kNone;
using Cells = std::vector<Cell>;

std::set<Cells> HeadsOf(Probe& probe, uint32_t rule, Frame frame, Order order) {
  const ir::Program& program = probe.evaluation().program();
  std::set<Cells> heads;
  EXPECT_TRUE(probe.ForEach(program.rules[rule].body, frame, order, [&] {
    Cells head;
    for (const ExprId argument : program.rules[rule].head_arguments) head.push_back(probe.Value(argument, frame));
    if (std::find(head.begin(), head.end(), kAbsent) == head.end()) heads.insert(head);
    return true;
  }));
  return heads;
}

TEST(Probe, AgreesWithTheEngineOnRandomPrograms) {
  size_t programs = 0, rows = 0;
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    const RandomProgram random(seed);
    if (!ir::Verify(random.program).empty()) continue;
    const auto evaluation = Evaluate(random.program, {}, {}, {});
    ASSERT_TRUE(evaluation.ok()) << evaluation.status();
    ++programs;
    Probe probe(*evaluation, 50'000'000, {});
    for (const auto& layer : random.layers) {
      for (const RelationId relation : layer) {
        std::set<Cells> engine;
        const auto width = static_cast<uint32_t>(random.program.relations[relation].columns.size());
        for (uint32_t row = 0; row < evaluation->rows(relation); ++row) {
          Cells cells;
          for (uint32_t column = 0; column < width; ++column) cells.push_back(evaluation->cell(relation, row, column));
          engine.insert(cells);
          EXPECT_EQ(probe.FindRow(relation, cells), row);
        }
        for (const Order order : {Order::kWritten, Order::kQuick}) {
          std::set<Cells> probed;
          for (uint32_t rule = 0; rule < random.program.rules.size(); ++rule) {
            if (random.program.rules[rule].head != relation) continue;
            const std::set<Cells> heads = HeadsOf(probe, rule, probe.NewFrame(rule), order);
            probed.insert(heads.begin(), heads.end());
          }
          EXPECT_EQ(probed, engine) << "seed " << seed << " relation " << relation;
        }
        rows += engine.size();
      }
    }
    ASSERT_FALSE(probe.exhausted());
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(programs, 1000u);
  EXPECT_GT(rows, 5000u);
}

TEST(Probe, BoundHeadsFindTheirOwnRows) {
  size_t asked = 0;
  for (uint32_t seed = 0; seed < 600; ++seed) {
    const RandomProgram random(seed);
    if (!ir::Verify(random.program).empty()) continue;
    const auto evaluation = Evaluate(random.program, {}, {}, {});
    ASSERT_TRUE(evaluation.ok());
    Probe probe(*evaluation, 50'000'000, {});
    for (const auto& layer : random.layers) {
      for (const RelationId relation : layer) {
        for (uint32_t row = 0; row < evaluation->rows(relation) && row < 5; ++row) {
          const uint32_t rule = evaluation->reason({relation, row}).rule;
          Frame frame = probe.NewFrame(rule);
          Cells want;
          for (uint32_t column = 0; column < random.program.rules[rule].head_arguments.size(); ++column) {
            const ir::Expr& argument = random.program.exprs[random.program.rules[rule].head_arguments[column]];
            want.push_back(evaluation->cell(relation, row, column));
            if (argument.op == Op::kVar) frame.cells[argument.a] = want.back();
          }
          for (const Order order : {Order::kWritten, Order::kQuick}) {
            EXPECT_TRUE(HeadsOf(probe, rule, frame, order).contains(want)) << "seed " << seed;
            ++asked;
          }
        }
      }
    }
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(asked, 1000u);
}

// Two kinds of objects, `leads`(unit, task), and a rule that counts.
class SmallProgram : public ::testing::Test, public RuleBuilder {
 protected:
  void SetUp() override {
    units = Kind("unit", 2);
    tasks = Kind("task", 5, {Type::kNumber});
    leads = Stored("leads", {Type::kEntity, Type::kEntity});
    for (uint32_t i = 0; i < 4; ++i) Row(leads, {Object(units, i % 2), Object(tasks, i)});
    for (uint32_t i = 0; i < 5; ++i) {
      if (i != 3) Set(tasks, i, 1, Num(i));
    }
  }
  // head(u) holds if what `make` gives over the tasks that u leads is there.
  template <class F>
  RelationId Aggregated(F make) {
    const VarId u = NewVar(Type::kEntity, "u"), t = NewVar(Type::kEntity, "t"), n = NewVar(Type::kNumber, "n");
    const ir::BodyId inner = Body({Scan(tasks, {t}), Filter(Has(leads, {Var(u), Var(t)}))});
    aggregate = make(inner, t);
    const RelationId head = Derived("head", {Type::kEntity, Type::kNumber});
    const ir::BodyId body = Body({Scan(units, {u}), Let(n, aggregate)});
    Rule("r", head, {Var(u), Var(n)}, body);
    unit = u;
    return head;
  }

  RelationId units = kNone, tasks = kNone, leads = kNone;
  ExprId aggregate = kNone;
  VarId unit = kNone;
};

TEST_F(SmallProgram, ListsWhatWasCounted) {
  Aggregated([&](ir::BodyId body, VarId t) { return Count(body, {Var(t)}); });
  const auto evaluation = Evaluate(program, {}, {}, {});
  ASSERT_TRUE(evaluation.ok());
  Probe probe(*evaluation, 1'000'000, {});
  Frame frame = probe.NewFrame(0);
  frame.cells[unit] = Object(units, 0);
  EXPECT_EQ(probe.Value(aggregate, frame), Num(2));
  const Probe::Members all = probe.MembersOf(aggregate, frame, 10);
  ASSERT_EQ(all.total, 2u);
  ASSERT_EQ(all.some.size(), 2u);
  EXPECT_EQ(all.some[0].cells[1], Object(tasks, 0));
  EXPECT_EQ(all.some[1].cells[1], Object(tasks, 2));
  const Probe::Members some = probe.MembersOf(aggregate, frame, 1);
  EXPECT_EQ(some.total, 2u);
  EXPECT_EQ(some.some.size(), 1u);
  EXPECT_EQ(frame.cells[1], kAbsent) << "the frame is as before";
}

TEST_F(SmallProgram, ListsSummandsAndLeavesAbsentOnesOut) {
  Aggregated([&](ir::BodyId body, VarId t) { return Sum(body, Column(Var(t), tasks, 1), {Var(t)}); });
  const auto evaluation = Evaluate(program, {}, {}, {});
  ASSERT_TRUE(evaluation.ok());
  Probe probe(*evaluation, 1'000'000, {});
  Frame frame = probe.NewFrame(0);
  frame.cells[unit] = Object(units, 1);   // leads tasks 1 and 3; 3 has no number
  EXPECT_EQ(probe.Value(aggregate, frame), Num(1));
  const Probe::Members members = probe.MembersOf(aggregate, frame, 10);
  ASSERT_EQ(members.total, 1u);
  EXPECT_EQ(members.some[0].value, Num(1));
}

TEST_F(SmallProgram, TheNthOfAnOrder) {
  Aggregated([&](ir::BodyId body, VarId t) {
    ir::Expr nth{Op::kNthGreatest, Type::kNumber, body, Column(Var(t), tasks, 1), 2};
    return Add(nth, {Var(t)});
  });
  const auto evaluation = Evaluate(program, {}, {}, {});
  ASSERT_TRUE(evaluation.ok());
  Probe probe(*evaluation, 1'000'000, {});
  Frame frame = probe.NewFrame(0);
  frame.cells[unit] = Object(units, 0);   // 0 and 2
  EXPECT_EQ(probe.Value(aggregate, frame), Num(0));
}

class Misses : public Watcher {
 public:
  void Failed(ir::BodyId, const Goal& goal, size_t passed, const Frame&) override { seen.push_back({passed, goal.literal}); }
  void Truth(ExprId, Cell value) override { ++truths[value == kAbsent ? 2 : value]; }
  std::vector<std::pair<size_t, uint32_t>> seen;
  size_t truths[3] = {};
};

TEST_F(SmallProgram, AWatcherHearsOfEachFailure) {
  const RelationId head = Derived("idle", {Type::kEntity});
  const VarId u = NewVar(Type::kEntity, "u"), t = NewVar(Type::kEntity, "t");
  const ir::BodyId inner = Body({Scan(tasks, {t}), Filter(Has(leads, {Var(u), Var(t)})), Filter(Binary(Op::kGreater, Column(Var(t), tasks, 1), Number(9)))});
  const ExprId some = Exists(inner);
  Rule("idle", head, {Var(u)}, Body({Scan(units, {u}), Filter(Not(some))}));
  const auto evaluation = Evaluate(program, {}, {}, {});
  ASSERT_TRUE(evaluation.ok());
  EXPECT_EQ(evaluation->rows(head), 2u);
  Probe probe(*evaluation, 1'000'000, {});
  Frame frame = probe.NewFrame(0);
  frame.cells[u] = Object(units, 0);
  Misses misses;
  probe.Watch(&misses);
  EXPECT_TRUE(probe.ForEach(inner, frame, Order::kWritten, [] { return true; }));
  // Three tasks are not led by it, two are and have no such number.
  size_t not_led = 0, too_small = 0;
  for (const auto& [passed, literal] : misses.seen) (literal == 1 ? not_led : too_small) += 1;
  EXPECT_EQ(not_led, 3u);
  EXPECT_EQ(too_small, 2u);
  EXPECT_EQ(misses.truths[1], 2u);
  EXPECT_EQ(misses.truths[0], 5u);
}

TEST_F(SmallProgram, StopsWhenTheStepsRunOut) {
  const RelationId head = Derived("pairs", {Type::kEntity});
  const VarId a = NewVar(Type::kEntity, "a"), b = NewVar(Type::kEntity, "b"), c = NewVar(Type::kEntity, "c");
  Rule("pairs", head, {Var(a)}, Body({Scan(tasks, {a}), Scan(tasks, {b}), Scan(tasks, {c})}));
  const auto evaluation = Evaluate(program, {}, {}, {});
  ASSERT_TRUE(evaluation.ok());
  Probe probe(*evaluation, 50, {});
  Frame frame = probe.NewFrame(0);
  size_t found = 0;
  EXPECT_FALSE(probe.ForEach(program.rules[0].body, frame, Order::kWritten, [&] {
    ++found;
    return true;
  }));
  EXPECT_TRUE(probe.exhausted());
  EXPECT_LT(found, 50u);
  probe.Refill(10'000);
  found = 0;
  EXPECT_TRUE(probe.ForEach(program.rules[0].body, frame, Order::kWritten, [&] {
    ++found;
    return true;
  }));
  EXPECT_EQ(found, 125u);
}

}  // namespace
}  // namespace ordo::eval

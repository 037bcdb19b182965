#include "runtime/eval/engine.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "support/rule_builder.h"

namespace ordo::eval {
namespace {

using namespace ordo::testing;
using Rows = std::set<std::vector<Cell>>;

Rows RowsOf(const Evaluation& evaluation, RelationId relation) {
  Rows rows;
  const size_t width = evaluation.program().relations[relation].columns.size();
  for (uint32_t row = 0; row < evaluation.rows(relation); ++row) {
    std::vector<Cell> cells;
    for (uint32_t column = 0; column < width; ++column) cells.push_back(evaluation.cell(relation, row, column));
    EXPECT_TRUE(rows.insert(cells).second) << "row " << row << " stands there twice";
  }
  return rows;
}

Evaluation Evaluated(const RuleBuilder& b, const Limits& limits = {}, const std::vector<Native>& natives = {}) {
  const std::vector<std::string> faults = ir::Verify(b.program);
  EXPECT_TRUE(faults.empty()) << faults[0];
  absl::StatusOr<Evaluation> evaluation = Evaluate(b.program, limits, {}, natives);
  EXPECT_TRUE(evaluation.ok()) << evaluation.status();
  return *std::move(evaluation);
}

// Units lead tasks, as in check WRK01 of the library.
struct Plan : RuleBuilder {
  RelationId unit, task, lead;
  explicit Plan(uint32_t units = 3, uint32_t tasks = 6) {
    unit = Kind("unit", units, {Type::kText});
    task = Kind("task", tasks, {Type::kBool, Type::kNumber, Type::kDate, Type::kEntity});
    lead = Stored("task.lead", {Type::kEntity, Type::kEntity});
  }
  Cell U(uint32_t i) const { return Object(unit, i); }
  Cell T(uint32_t i) const { return Object(task, i); }
};

TEST(Engine, CountsTheTasksThatEachUnitLeads) {
  Plan b(3, 6);
  for (uint32_t i = 0; i < 6; ++i) b.Set(b.task, i, 1, i != 5);
  for (const auto& [t, u] : std::vector<std::pair<int, int>>{{0, 0}, {1, 0}, {1, 0}, {2, 0}, {5, 0}, {3, 1}})
    b.Row(b.lead, {b.T(t), b.U(u)});
  const RelationId head = b.Derived("check WRK01", {Type::kEntity, Type::kNumber, Type::kNumber});
  const VarId u = b.NewVar(Type::kEntity), led = b.NewVar(Type::kNumber), every = b.NewVar(Type::kNumber),
              t = b.NewVar(Type::kEntity), t2 = b.NewVar(Type::kEntity);
  const ir::BodyId leads =
      b.Body({b.Scan(b.task, {t}), b.Filter(b.And(b.Column(b.Var(t), b.task, 1), b.HasVars(b.lead, {t, u})))});
  const ir::BodyId all = b.Body({b.Scan(b.task, {t2}), b.Filter(b.Column(b.Var(t2), b.task, 1))});
  const ExprId limit = b.Binary(Op::kMultiply, b.Const(Type::kPercent, Num(1, 1)), b.Var(every), Type::kNumber);
  b.RuleOfVars("WRK01", head, {u, led, every},
               b.Body({b.Scan(b.unit, {u}), b.Let(led, b.Count(leads, {b.Var(t)})), b.Let(every, b.Count(all, {b.Var(t2)})),
                       b.Filter(b.Binary(Op::kGreaterEqual, b.Var(led), limit))}));
  const Evaluation evaluation = Evaluated(b);
  EXPECT_EQ(RowsOf(evaluation, head), (Rows{{b.U(0), Num(3), Num(5)}, {b.U(1), Num(1), Num(5)}}));
}

TEST(Engine, EmptyAggregates) {
  Plan b(1, 0);
  const RelationId head = b.Derived("h", {Type::kEntity, Type::kNumber, Type::kNumber});
  const RelationId none = b.Derived("none", {Type::kEntity});
  for (const Op op : {Op::kCount, Op::kMin, Op::kMax}) {
    const VarId u = b.NewVar(Type::kEntity), t = b.NewVar(Type::kEntity), n = b.NewVar(Type::kNumber),
                s = b.NewVar(Type::kNumber), t2 = b.NewVar(Type::kEntity);
    const ir::BodyId tasks = b.Body({b.Scan(b.task, {t})}), more = b.Body({b.Scan(b.task, {t2})});
    const ExprId value = b.Column(b.Var(t), b.task, 2);
    const ExprId sum = b.Sum(more, b.Column(b.Var(t2), b.task, 2), {b.Var(t2)});
    const ExprId first = op == Op::kCount ? b.Count(tasks, {b.Var(t)}) : b.Best(op, tasks, value);
    const ir::BodyId body = b.Body({b.Scan(b.unit, {u}), b.Let(n, first), b.Let(s, sum)});
    if (op == Op::kCount) b.RuleOfVars("count", head, {u, n, s}, body);
    else b.RuleOfVars("best", none, {u}, body);
  }
  const Evaluation evaluation = Evaluated(b);
  EXPECT_EQ(RowsOf(evaluation, head), (Rows{{b.U(0), Num(0), Num(0)}}));
  EXPECT_EQ(RowsOf(evaluation, none), Rows{}) << "the least of nothing is absent, and an absent let binds nothing";
}

TEST(Engine, SumsOneSummandForEachTuple) {
  Plan b(2, 4);
  for (uint32_t i = 0; i < 3; ++i) b.Set(b.task, i, 2, Num(15 + i, 1));
  for (const auto& [t, u] : std::vector<std::pair<int, int>>{{0, 0}, {0, 0}, {1, 0}, {3, 0}, {2, 1}})
    b.Row(b.lead, {b.T(t), b.U(u)});
  const RelationId head = b.Derived("h", {Type::kEntity, Type::kNumber, Type::kNumber, Type::kNumber});
  const VarId u = b.NewVar(Type::kEntity), s = b.NewVar(Type::kNumber), low = b.NewVar(Type::kNumber),
              high = b.NewVar(Type::kNumber);
  std::vector<ExprId> values;
  for (int i = 0; i < 3; ++i) {
    const VarId t = b.NewVar(Type::kEntity);
    const ir::BodyId body = b.Body({b.Scan(b.lead, {t, u})});
    const ExprId value = b.Column(b.Var(t), b.task, 2);
    values.push_back(i == 0 ? b.Sum(body, value, {b.Var(t)}) : b.Best(i == 1 ? Op::kMin : Op::kMax, body, value));
  }
  b.RuleOfVars("sum", head, {u, s, low, high},
               b.Body({b.Scan(b.unit, {u}), b.Let(s, values[0]), b.Let(low, values[1]), b.Let(high, values[2])}));
  EXPECT_EQ(RowsOf(Evaluated(b), head),
            (Rows{{b.U(0), Num(31, 1), Num(15, 1), Num(16, 1)}, {b.U(1), Num(17, 1), Num(17, 1), Num(17, 1)}}));
}

// Values 5, 7, 7, none by task; the pair of a task and a unit stands twice.
TEST(Engine, NthCountsEqualValuesEach) {
  Plan b(1, 4);
  const int64_t numbers[] = {5, 7, 7};
  for (uint32_t i = 0; i < 3; ++i) b.Set(b.task, i, 2, Num(numbers[i]));
  for (const int t : {0, 0, 1, 2, 3}) b.Row(b.lead, {b.T(t), b.U(0)});
  const RelationId head = b.Derived("h", {Type::kNumber, Type::kNumber, Type::kNumber});
  for (uint32_t n = 1; n <= 4; ++n) {
    const VarId rank = b.NewVar(Type::kNumber), u = b.NewVar(Type::kEntity), high = b.NewVar(Type::kNumber), low = b.NewVar(Type::kNumber);
    std::vector<ExprId> nth;
    for (const Op op : {Op::kNthGreatest, Op::kNthLeast}) {
      const VarId t = b.NewVar(Type::kEntity);
      nth.push_back(b.Nth(op, n, b.Body({b.Scan(b.lead, {t, u})}), b.Column(b.Var(t), b.task, 2), {b.Var(t)}));
    }
    b.RuleOfVars("nth", head, {rank, high, low},
                 b.Body({b.Scan(b.unit, {u}), b.Let(rank, b.Number(n)), b.Let(high, nth[0]), b.Let(low, nth[1])}));
  }
  EXPECT_EQ(RowsOf(Evaluated(b), head), (Rows{{Num(1), Num(7), Num(5)}, {Num(2), Num(7), Num(7)}, {Num(3), Num(5), Num(7)},
                                              {Num(4), Num(5), Num(7)}}));
  const RelationId none = b.Derived("none", {Type::kEntity});
  const VarId u = b.NewVar(Type::kEntity), t = b.NewVar(Type::kEntity), value = b.NewVar(Type::kNumber);
  const ir::BodyId unled = b.Body({b.Scan(b.task, {t}), b.Filter(b.Not(b.HasVars(b.lead, {t, u})))});
  b.RuleOfVars("none", none, {u}, b.Body({b.Scan(b.unit, {u}), b.Let(value, b.Nth(Op::kNthLeast, 1, unled, b.Column(b.Var(t), b.task, 2), {b.Var(t)}))}));
  EXPECT_EQ(RowsOf(Evaluated(b), none), Rows{}) << "of nothing there is no n-th";
}

TEST(Engine, AbsentIsNeverFalse) {
  Plan b(0, 3);
  b.Set(b.task, 0, 1, 1);
  b.Set(b.task, 1, 1, 0);
  const RelationId yes = b.Derived("yes", {Type::kEntity}), no = b.Derived("no", {Type::kEntity}),
                   either = b.Derived("either", {Type::kEntity});
  const RelationId unstated = b.Derived("unstated", {Type::kEntity});
  for (int i = 0; i < 4; ++i) {
    const VarId t = b.NewVar(Type::kEntity);
    const auto flag = [&] { return b.Column(b.Var(t), b.task, 1); };
    const ExprId filter = i == 0   ? flag()
                          : i == 1 ? b.Not(flag())
                          : i == 2 ? b.Or(flag(), b.Not(flag()))
                                   : b.Not(b.Stated(flag()));
    b.RuleOfVars("r",
                 i == 0   ? yes
                 : i == 1 ? no
                 : i == 2 ? either
                          : unstated,
                 {t}, b.Body({b.Scan(b.task, {t}), b.Filter(filter)}));
  }
  const Evaluation evaluation = Evaluated(b);
  EXPECT_EQ(RowsOf(evaluation, yes), (Rows{{b.T(0)}}));
  EXPECT_EQ(RowsOf(evaluation, no), (Rows{{b.T(1)}}));
  EXPECT_EQ(RowsOf(evaluation, either), (Rows{{b.T(0)}, {b.T(1)}}));
  EXPECT_EQ(RowsOf(evaluation, unstated), (Rows{{b.T(2)}}));
}

TEST(Engine, ArithmeticOfDatesAndDecimals) {
  RuleBuilder b;
  const RelationId one = b.Kind("plan", 1, {Type::kDate});
  const Cell day = Date::FromYmd(2026, 1, 28)->days();
  b.Set(one, 0, 1, day);
  const auto date = [&] { return b.Const(Type::kDate, day); };
  const auto days = [&](int64_t n, int scale = 0) { return b.Const(Type::kDays, Num(n, scale)); };
  struct Case {
    ExprId expr;
    Cell want;
  };
  const std::vector<Case> cases = {
      {b.Binary(Op::kAdd, date(), days(10), Type::kDate), day + 10},
      {b.Binary(Op::kAdd, days(10), date(), Type::kDate), day + 10},
      {b.Binary(Op::kSubtract, date(), days(10), Type::kDate), day - 10},
      {b.Binary(Op::kSubtract, date(), b.Const(Type::kDate, day - 5), Type::kDays), Num(5)},
      {b.Binary(Op::kAdd, date(), days(5, 1), Type::kDate), ir::kAbsent},
      {b.Binary(Op::kAdd, date(), days(5'000'000), Type::kDate), ir::kAbsent},
      {b.Binary(Op::kMultiply, b.Const(Type::kPercent, Num(4, 1)), b.Number(12), Type::kNumber), Num(48, 1)},
      {b.Binary(Op::kDivide, b.Number(1), b.Number(3), Type::kNumber), ir::kAbsent},
      {b.Binary(Op::kDivide, b.Number(1), b.Number(8), Type::kNumber), Num(125, 3)},
      {b.Binary(Op::kDivide, b.Number(1), b.Number(0), Type::kNumber), ir::kAbsent},
      {b.Binary(Op::kAdd, b.Number((int64_t{1} << 55) - 1), b.Number(1), Type::kNumber), ir::kAbsent},
      {b.Binary(Op::kSubtract, b.Number(-(int64_t{1} << 55) + 1), b.Number(1), Type::kNumber), ir::kAbsent},
      {b.Binary(Op::kMultiply, b.Number(int64_t{1} << 30), b.Number(int64_t{1} << 30), Type::kNumber), ir::kAbsent},
      {b.Binary(Op::kMultiply, b.Number(-(int64_t{1} << 30)), b.Number(int64_t{1} << 24), Type::kNumber),
       Num(-(int64_t{1} << 54))},
      {b.Binary(Op::kAdd, b.Number(15, 1), b.Number(5, 1), Type::kNumber), Num(2)},
      {b.Binary(Op::kSubtract, b.Number(1), b.Number(25, 2), Type::kNumber), Num(75, 2)},
      {b.Add({Op::kNegate, Type::kNumber, b.Number(25, 2)}), Num(-25, 2)},
  };
  std::vector<RelationId> heads;
  for (const Case& c : cases) {
    heads.push_back(b.Derived("h", {b.program.exprs[c.expr].type}));
    const VarId p = b.NewVar(Type::kEntity), x = b.NewVar(b.program.exprs[c.expr].type);
    b.RuleOfVars("r", heads.back(), {x}, b.Body({b.Scan(one, {p}), b.Let(x, c.expr)}));
  }
  const Evaluation evaluation = Evaluated(b);
  for (size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(RowsOf(evaluation, heads[i]), cases[i].want == ir::kAbsent ? Rows{} : Rows{{cases[i].want}}) << "case " << i;
  }
}

TEST(Engine, ComparesDecimalsOfDifferentScale) {
  RuleBuilder b;
  const RelationId kind = b.Kind("x", 6, {Type::kNumber});
  const std::vector<Cell> values = {Num(2), Num(15, 1), Num(149, 2), Num(-3), Num(-25, 1), ir::kAbsent};
  for (uint32_t i = 0; i < values.size(); ++i) b.Set(kind, i, 1, values[i]);
  std::map<Op, RelationId> heads;
  for (const Op op : {Op::kLess, Op::kLessEqual, Op::kGreater, Op::kGreaterEqual, Op::kEqual, Op::kNotEqual}) {
    heads[op] = b.Derived("h", {Type::kEntity, Type::kEntity});
    const VarId x = b.NewVar(Type::kEntity), y = b.NewVar(Type::kEntity);
    b.RuleOfVars("r", heads[op], {x, y},
                 b.Body({b.Scan(kind, {x}), b.Scan(kind, {y}),
                         b.Filter(b.Binary(op, b.Column(b.Var(x), kind, 1), b.Column(b.Var(y), kind, 1)))}));
  }
  const Evaluation evaluation = Evaluated(b);
  for (const auto& [op, head] : heads) {
    Rows want;
    for (uint32_t i = 0; i < 5; ++i) {
      for (uint32_t j = 0; j < 5; ++j) {
        const Decimal x = Decimal::FromCell(values[i]), y = Decimal::FromCell(values[j]);
        const bool holds = op == Op::kLess           ? x < y
                           : op == Op::kLessEqual    ? x <= y
                           : op == Op::kGreater      ? x > y
                           : op == Op::kGreaterEqual ? x >= y
                           : op == Op::kEqual        ? x == y
                                                     : x != y;
        if (holds) want.insert({b.Object(kind, i), b.Object(kind, j)});
      }
    }
    EXPECT_EQ(RowsOf(evaluation, head), want) << static_cast<int>(op);
  }
}

// One document, two dates: a join on equal texts must not look at all pairs.
TEST(Engine, JoinsOnEqualColumnsByIndex) {
  RuleBuilder b;
  constexpr uint32_t kSize = 2000;
  const RelationId citation = b.Kind("citation", kSize, {Type::kText, Type::kDate});
  for (uint32_t i = 0; i < kSize; ++i) {
    b.Set(citation, i, 1, static_cast<Cell>(b.strings.Intern("s" + std::to_string(i % (kSize / 2)))));
    b.Set(citation, i, 2, i);
  }
  const RelationId head = b.Derived("check DOC02", {Type::kEntity, Type::kEntity});
  const VarId x = b.NewVar(Type::kEntity), y = b.NewVar(Type::kEntity);
  const ExprId same = b.Equal(b.Column(b.Var(x), citation, 1), b.Column(b.Var(y), citation, 1));
  const ExprId earlier = b.Binary(Op::kLess, b.Column(b.Var(x), citation, 2), b.Column(b.Var(y), citation, 2));
  b.RuleOfVars("DOC02", head, {x, y}, b.Body({b.Scan(citation, {x}), b.Scan(citation, {y}), b.Filter(b.And(same, earlier))}));
  const Evaluation evaluation = Evaluated(b);
  EXPECT_EQ(evaluation.rows(head), kSize / 2);
  EXPECT_LT(evaluation.steps(), 6 * kSize);
}

// The unit is known, the task is not: the set has to be asked from its other side.
TEST(Engine, FindsTasksOfAUnitThroughTheSet) {
  constexpr uint32_t kUnits = 300, kTasks = 3000;
  Plan b(kUnits, kTasks);
  for (uint32_t i = 0; i < kTasks; ++i) {
    b.Set(b.task, i, 1, 1);
    b.Row(b.lead, {b.T(i), b.U(i % kUnits)});
  }
  const RelationId head = b.Derived("led", {Type::kEntity, Type::kNumber});
  const VarId u = b.NewVar(Type::kEntity), n = b.NewVar(Type::kNumber), t = b.NewVar(Type::kEntity);
  const ir::BodyId leads =
      b.Body({b.Scan(b.task, {t}), b.Filter(b.Column(b.Var(t), b.task, 1)), b.Filter(b.HasVars(b.lead, {t, u}))});
  b.RuleOfVars("led", head, {u, n}, b.Body({b.Scan(b.unit, {u}), b.Let(n, b.Count(leads, {b.Var(t)}))}));
  const Evaluation evaluation = Evaluated(b);
  EXPECT_EQ(evaluation.rows(head), kUnits);
  EXPECT_EQ(evaluation.cell(head, 0, 1), Num(kTasks / kUnits));
  EXPECT_LT(evaluation.steps(), 4 * kTasks);
}

// ---- recursion ----

struct Graph : RuleBuilder {
  RelationId node, edge, path;
  explicit Graph(uint32_t nodes) {
    node = Kind("node", nodes);
    edge = Stored("edge", {Type::kEntity, Type::kEntity});
    path = Derived("path", {Type::kEntity, Type::kEntity});
  }
  enum class Form { kRight, kLeft, kBoth, kSome, kOr };
  // path(a, b) holds if edge(a, b); holds if a step and a path.
  void Close(Form form) {
    VarId x = NewVar(Type::kEntity), y = NewVar(Type::kEntity), m;
    if (form == Form::kOr) {
      // One rule with both alternatives: no pattern stands alone.
      m = NewVar(Type::kEntity);
      const ir::BodyId step = Body({Scan(node, {m}), Filter(HasVars(path, {x, m})), Filter(HasVars(edge, {m, y}))});
      RuleOfVars("path", path, {x, y}, Body({Scan(node, {x}), Scan(node, {y}), Filter(Or(HasVars(edge, {x, y}), Exists(step)))}));
      return;
    }
    RuleOfVars("path by edge", path, {x, y}, Body({Scan(edge, {x, y})}));
    x = NewVar(Type::kEntity), y = NewVar(Type::kEntity), m = NewVar(Type::kEntity);
    const RelationId first = form == Form::kRight ? edge : path, second = form == Form::kLeft ? edge : path;
    if (form == Form::kSome) {
      const ir::BodyId step = Body({Scan(node, {m}), Filter(And(HasVars(path, {x, m}), HasVars(edge, {m, y})))});
      RuleOfVars("path by path", path, {x, y}, Body({Scan(node, {x}), Scan(node, {y}), Filter(Exists(step))}));
    } else {
      RuleOfVars("path by path", path, {x, y}, Body({Scan(first, {x, m}), Scan(second, {m, y})}));
    }
  }
  Rows Closure() const {
    const auto& data = program.relations[edge].data;
    const size_t nodes = program.relations[node].rows();
    std::vector<std::vector<bool>> reach(nodes, std::vector<bool>(nodes));
    for (size_t i = 0; i < data[0].size(); ++i) reach[static_cast<size_t>(data[0][i])][static_cast<size_t>(data[1][i])] = true;
    for (size_t k = 0; k < nodes; ++k) {
      for (size_t i = 0; i < nodes; ++i) {
        for (size_t j = 0; j < nodes; ++j) reach[i][j] = reach[i][j] || (reach[i][k] && reach[k][j]);
      }
    }
    Rows rows;
    for (size_t i = 0; i < nodes; ++i) {
      for (size_t j = 0; j < nodes; ++j) {
        if (reach[i][j]) rows.insert({static_cast<Cell>(i), static_cast<Cell>(j)});
      }
    }
    return rows;
  }
};

// Every chain of reasons ends in stored rows.
void ExpectWellFounded(const Evaluation& evaluation) {
  const ir::Program& program = evaluation.program();
  std::map<std::pair<RelationId, uint32_t>, int> state;   // 1: open, 2: done
  const std::function<bool(RowId)> visit = [&](RowId row) {
    EXPECT_LT(row.row, evaluation.rows(row.relation));
    if (!program.relations[row.relation].derived) return true;
    int& mine = state[{row.relation, row.row}];
    if (mine != 0) return mine == 2;
    mine = 1;
    const Reason reason = evaluation.reason(row);
    EXPECT_EQ(program.rules[reason.rule].head, row.relation);
    for (const RowId premise : reason.premises) {
      if (!visit(premise)) return false;
    }
    state[{row.relation, row.row}] = 2;
    return true;
  };
  for (RelationId relation = 0; relation < program.relations.size(); ++relation) {
    if (!program.relations[relation].derived) continue;
    for (uint32_t row = 0; row < evaluation.rows(relation); ++row) {
      EXPECT_TRUE(visit({relation, row})) << "a row that is its own reason";
    }
  }
}

TEST(Engine, TransitiveClosure) {
  std::mt19937 random(7);
  for (const Graph::Form form :
       {Graph::Form::kRight, Graph::Form::kLeft, Graph::Form::kBoth, Graph::Form::kSome, Graph::Form::kOr}) {
    for (int shape = 0; shape < 8; ++shape) {
      constexpr uint32_t kNodes = 24;
      Graph b(kNodes);
      if (shape < 2) {
        for (uint32_t i = 0; i + 1 < kNodes; ++i) b.Row(b.edge, {i, i + 1});
        if (shape == 1) b.Row(b.edge, {kNodes - 1, 0});
      } else {
        for (int i = 0; i < shape * 8; ++i) b.Row(b.edge, {Cell(random() % kNodes), Cell(random() % kNodes)});
      }
      b.Close(form);
      const Evaluation evaluation = Evaluated(b);
      EXPECT_EQ(RowsOf(evaluation, b.path), b.Closure()) << "form " << static_cast<int>(form) << " shape " << shape;
      ExpectWellFounded(evaluation);
    }
  }
}

TEST(Engine, RecursionDoesNotStartAnewEachRound) {
  constexpr uint32_t kNodes = 400;
  Graph b(kNodes);
  for (uint32_t i = 0; i + 1 < kNodes; ++i) b.Row(b.edge, {i, i + 1});
  b.Close(Graph::Form::kSome);
  const Evaluation evaluation = Evaluated(b);
  EXPECT_EQ(evaluation.rows(b.path), kNodes * (kNodes - 1) / 2);
  EXPECT_LT(evaluation.steps(), uint64_t{8} * kNodes * kNodes);
}

TEST(Engine, MutualRecursionAndNegationAbove) {
  RuleBuilder b;
  constexpr uint32_t kNodes = 11;
  const RelationId node = b.Kind("node", kNodes), edge = b.Stored("edge", {Type::kEntity, Type::kEntity});
  for (uint32_t i = 0; i + 1 < kNodes; ++i) b.Row(edge, {i, i + 1});
  // Given the other way round, so that the order of strata is not the order of rules.
  const RelationId neither = b.Derived("not even", {Type::kEntity}), even = b.Derived("even", {Type::kEntity}),
                   odd = b.Derived("odd", {Type::kEntity});
  VarId x = b.NewVar(Type::kEntity), y;
  b.RuleOfVars("not even", neither, {x}, b.Body({b.Scan(node, {x}), b.Filter(b.Not(b.HasVars(even, {x})))}));
  x = b.NewVar(Type::kEntity), y = b.NewVar(Type::kEntity);
  b.RuleOfVars("odd", odd, {y}, b.Body({b.Scan(even, {x}), b.Scan(edge, {x, y})}));
  x = b.NewVar(Type::kEntity), y = b.NewVar(Type::kEntity);
  b.RuleOfVars("even", even, {y}, b.Body({b.Scan(odd, {x}), b.Scan(edge, {x, y})}));
  x = b.NewVar(Type::kEntity);
  b.RuleOfVars("zero", even, {x}, b.Body({b.Filter(b.Equal(b.Var(x), b.Const(Type::kEntity, 0)))}));
  const Evaluation evaluation = Evaluated(b);
  for (uint32_t i = 0; i < kNodes; ++i) {
    const std::vector<Cell> row = {i};
    EXPECT_EQ(RowsOf(evaluation, even).contains(row), i % 2 == 0);
    EXPECT_EQ(RowsOf(evaluation, odd).contains(row), i % 2 == 1);
    EXPECT_EQ(RowsOf(evaluation, neither).contains(row), i % 2 == 1);
  }
  ExpectWellFounded(evaluation);
}

// ---- reasons ----

TEST(Engine, ReasonsNameTheRowsAndTheValues) {
  Plan b(2, 3);
  b.Row(b.lead, {b.T(2), b.U(1)});
  b.Row(b.lead, {b.T(0), b.U(0)});
  b.Set(b.task, 2, 2, Num(7));
  const RelationId head = b.Derived("h", {Type::kEntity});
  const VarId t = b.NewVar(Type::kEntity), u = b.NewVar(Type::kEntity), n = b.NewVar(Type::kNumber),
              inner = b.NewVar(Type::kEntity);
  const ir::BodyId other =
      b.Body({b.Scan(b.lead, {ir::kNone, inner}), b.Filter(b.Binary(Op::kNotEqual, b.Var(inner), b.Var(u)))});
  const uint32_t rule = b.RuleOfVars("r", head, {t},
                                     b.Body({b.Scan(b.task, {t}), b.Let(n, b.Column(b.Var(t), b.task, 2)), b.Scan(b.unit, {u}),
                                             b.Filter(b.And(b.Exists(other), b.HasVars(b.lead, {t, u})))}));
  const Evaluation evaluation = Evaluated(b);
  ASSERT_EQ(RowsOf(evaluation, head), (Rows{{b.T(2)}}));
  const Reason reason = evaluation.reason({head, 0});
  EXPECT_EQ(reason.rule, rule);
  std::vector<std::pair<RelationId, uint32_t>> premises;
  for (const RowId premise : reason.premises) premises.emplace_back(premise.relation, premise.row);
  EXPECT_EQ(premises, (std::vector<std::pair<RelationId, uint32_t>>{{b.task, 2}, {b.unit, 1}, {b.lead, 1}, {b.lead, 0}}));
  EXPECT_EQ(evaluation.binding({head, 0}), (std::vector<Cell>{b.T(2), b.U(1), Num(7), b.U(0)}));
  EXPECT_EQ(evaluation.reason({b.lead, 0}).rule, ir::kNone);
}

TEST(Engine, RowsThatNobodyReadsAreSorted) {
  Plan b(5, 5);
  for (uint32_t i = 0; i < 5; ++i) b.Row(b.lead, {b.T((i * 2) % 5), b.U(4 - i)});
  const RelationId head = b.Derived("check", {Type::kEntity, Type::kEntity});
  const VarId t = b.NewVar(Type::kEntity), u = b.NewVar(Type::kEntity);
  b.RuleOfVars("r", head, {u, t}, b.Body({b.Scan(b.lead, {t, u})}));
  const Evaluation evaluation = Evaluated(b);
  for (uint32_t i = 0; i < 5; ++i) {
    EXPECT_EQ(evaluation.cell(head, i, 0), b.U(i));
    const RowId premise = evaluation.reason({head, i}).premises.at(0);
    EXPECT_EQ(evaluation.cell(premise.relation, premise.row, 1), b.U(i));
  }
}

// ---- limits, functions, progress ----

TEST(Engine, LimitsAreReported) {
  Graph b(100);
  for (uint32_t i = 0; i + 1 < 100; ++i) b.Row(b.edge, {i, i + 1});
  b.Close(Graph::Form::kRight);
  const auto rows = Evaluate(b.program, {.derived_rows = 1000}, {}, {});
  EXPECT_TRUE(absl::IsResourceExhausted(rows.status()));
  EXPECT_NE(rows.status().message().find("1000"), std::string::npos) << rows.status();
  EXPECT_NE(rows.status().message().find("path by path"), std::string::npos) << rows.status();
  const auto steps = Evaluate(b.program, {.steps = 50}, {}, {});
  EXPECT_TRUE(absl::IsResourceExhausted(steps.status()));
  EXPECT_NE(steps.status().message().find("path by edge"), std::string::npos) << steps.status();
  EXPECT_TRUE(Evaluate(b.program, {.derived_rows = 4950}, {}, {}).ok());
}

TEST(Engine, CallsNatives) {
  Plan b(0, 4);
  for (uint32_t i = 0; i < 3; ++i) b.Set(b.task, i, 2, Num(i));
  const std::vector<Native> natives = {
      {"twice", {Type::kNumber}, Type::kNumber, [](const ir::Program&, std::span<const Cell> cells) {
         EXPECT_NE(cells[0], ir::kAbsent);
         return cells[0] == Num(2) ? ir::kAbsent : cells[0] * 2;
       }}};
  b.program.functions = {"twice"};
  const RelationId head = b.Derived("h", {Type::kEntity, Type::kNumber});
  const VarId t = b.NewVar(Type::kEntity);
  const ExprId call = b.Add({Op::kCall, Type::kNumber, 0}, {b.Column(b.Var(t), b.task, 2)});
  b.Rule("r", head, {b.Var(t), call}, b.Body({b.Scan(b.task, {t})}));
  EXPECT_EQ(RowsOf(Evaluated(b, {}, natives), head), (Rows{{b.T(0), Num(0)}, {b.T(1), Num(2)}}));
  EXPECT_TRUE(absl::IsInvalidArgument(Evaluate(b.program, {}, {}, {}).status()));
  std::vector<Native> other = natives;
  other[0].parameters = {Type::kText};
  EXPECT_TRUE(absl::IsInvalidArgument(Evaluate(b.program, {}, {}, other).status()));
}

TEST(Engine, TellsProgressByStratum) {
  Graph b(3);
  b.Close(Graph::Form::kRight);
  b.Derived("empty", {});
  std::vector<std::pair<size_t, size_t>> seen;
  ASSERT_TRUE(Evaluate(b.program, {}, [&](size_t done, size_t all) { seen.emplace_back(done, all); }, {}).ok());
  EXPECT_EQ(seen, (std::vector<std::pair<size_t, size_t>>{{1, 2}, {2, 2}}));
}

TEST(Engine, ARelationWithoutColumns) {
  Plan b(0, 2);
  const RelationId any = b.Derived("any", {}), more = b.Derived("more", {Type::kEntity});
  VarId t = b.NewVar(Type::kEntity);
  b.Rule("any", any, {}, b.Body({b.Scan(b.task, {t})}));
  t = b.NewVar(Type::kEntity);
  b.RuleOfVars("more", more, {t}, b.Body({b.Scan(any, {}), b.Scan(b.task, {t})}));
  const Evaluation evaluation = Evaluated(b);
  EXPECT_EQ(evaluation.rows(any), 1u);
  EXPECT_EQ(evaluation.rows(more), 2u);
}

}  // namespace
}  // namespace ordo::eval

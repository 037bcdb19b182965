// What a database does not take, and what no view can know: rules too large for SQLite, functions that were never asked, values
// beyond 64 bits, facts that change after the export.
#include <string>

#include <gtest/gtest.h>

#include "runtime/sql/write_sqlite.h"
#include "support/rule_builder.h"
#include "support/sql_rows.h"

namespace ordo::sql {
namespace {

using namespace ordo::testing;
using ir::kAbsent;
using ir::kNone;

Cell Twice(const ir::Program&, std::span<const Cell> a) { return Decimal::FromCell(a[0]).Plus(Decimal::FromCell(a[0]))->cell(); }
Cell Positive(const ir::Program&, std::span<const Cell> a) {
  return Decimal::FromCell(a[0]).is_zero() ? kAbsent : Decimal::FromCell(a[0]) > Decimal();
}
const std::vector<eval::Native>& Functions() {
  static const std::vector<eval::Native> functions = {{"twice", {Type::kNumber}, Type::kNumber, Twice},
                                                      {"positive", {Type::kNumber}, Type::kBool, Positive}};
  return functions;
}

class Exported {
 public:
  explicit Exported(const RuleBuilder& of) : of_(of) {
    const std::vector<std::string> faults = ir::Verify(of.program);
    EXPECT_TRUE(faults.empty()) << faults[0];
    auto result = eval::Evaluate(of.program, {}, {}, Functions(), &calls_);
    EXPECT_TRUE(result.ok()) << result.status();
    evaluation_.emplace(std::move(*result));
    Contents contents;
    contents.evaluation = &*evaluation_;
    contents.calls = &calls_;
    EXPECT_EQ(sqlite3_open(":memory:", &database_), SQLITE_OK);
    const absl::Status status = WriteSqlite(database_, contents, &design_);
    EXPECT_TRUE(status.ok()) << status;
  }
  ~Exported() { sqlite3_close(database_); }

  void ExpectTheEngines(RelationId id) {
    std::string error;
    EXPECT_EQ(SqliteRows(database_, of_.program, design_, id, &error), EngineRows(*evaluation_, id))
        << design_.relations[id].view;
    EXPECT_EQ(error, "") << design_.relations[id].view;
  }
  Rows Ask(RelationId id, std::string* error) { return SqliteRows(database_, of_.program, design_, id, error); }
  void Run(const std::string& text) {
    EXPECT_EQ(sqlite3_exec(database_, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << text;
  }
  const Relation& shape(RelationId id) const { return design_.relations[id]; }
  const eval::Calls& calls() const { return calls_; }

 private:
  const RuleBuilder& of_;
  eval::Calls calls_;
  std::optional<eval::Evaluation> evaluation_;
  sqlite3* database_ = nullptr;
  Design design_;
};

// Objects of a kind with one number each.
RelationId Numbers(RuleBuilder& b, const std::vector<Cell>& numbers) {
  const RelationId kind = b.Kind("thing", static_cast<uint32_t>(numbers.size()), {Type::kNumber});
  for (uint32_t i = 0; i < numbers.size(); ++i) b.Set(kind, i, 1, numbers[i]);
  return kind;
}

TEST(SqlLimits, TenThousandConditionsAreAView) {
  RuleBuilder b;
  const RelationId kind = Numbers(b, {Num(1), Num(2), Num(3)});
  const RelationId head = b.Derived("many", {Type::kEntity});
  const VarId x = b.NewVar(Type::kEntity);
  std::vector<ir::Literal> literals = {b.Scan(kind, {x})};
  for (int i = 0; i < 10000; ++i) {
    literals.push_back(b.Filter(b.Binary(Op::kNotEqual, b.Column(b.Var(x), kind, 1), b.Number(i == 5000 ? 2 : i + 10))));
  }
  b.RuleOfVars("many", head, {x}, b.Body(literals));
  Exported exported(b);
  EXPECT_EQ(exported.shape(head).problem, "");
  exported.ExpectTheEngines(head);
}

TEST(SqlLimits, WhatSqliteRefusesIsATableOfTheEnginesRows) {
  RuleBuilder b;
  const RelationId kind = Numbers(b, {Num(1), Num(2)});
  const RelationId head = b.Derived("wide", {Type::kEntity}), after = b.Derived("after", {Type::kEntity});
  std::vector<ir::Literal> literals;
  const VarId x = b.NewVar(Type::kEntity), number = b.NewVar(Type::kNumber);
  for (int i = 0; i < 80; ++i) literals.push_back(b.ScanWith(kind, {{0, x, 0}, {1, number, 0}}));
  b.RuleOfVars("wide", head, {x}, b.Body(literals));
  const VarId y = b.NewVar(Type::kEntity);
  b.RuleOfVars("after", after, {y}, b.Body({b.Scan(head, {y})}));
  Exported exported(b);
  EXPECT_NE(exported.shape(head).problem.find("64 tables"), std::string::npos) << exported.shape(head).problem;
  EXPECT_EQ(exported.shape(after).problem, "");
  exported.ExpectTheEngines(head);
  exported.ExpectTheEngines(after);
}

TEST(SqlLimits, FunctionsAreWhatTheEngineAsked) {
  RuleBuilder b;
  const RelationId kind = Numbers(b, {Num(1), Num(0), Num(-15, 1), kAbsent});
  b.program.functions = {"twice", "positive"};
  const RelationId head = b.Derived("doubled", {Type::kEntity, Type::kNumber});
  const VarId x = b.NewVar(Type::kEntity);
  const auto call = [&](uint32_t f, ExprId argument) {
    return b.Add({Op::kCall, Functions()[f].result, f}, std::vector<ExprId>{argument});
  };
  // Where the first side decides, the second is not asked; where the function says nothing, neither side of «not» is true.
  const ExprId number = b.Column(b.Var(x), kind, 1);
  const ExprId small = b.Binary(Op::kLess, number, b.Number(0));
  b.Rule("doubled", head, {b.Var(x), call(0, b.Column(b.Var(x), kind, 1))},
         b.Body({b.Scan(kind, {x}), b.Filter(b.Or(small, call(1, b.Column(b.Var(x), kind, 1))))}));
  const RelationId others = b.Derived("others", {Type::kEntity});
  const VarId y = b.NewVar(Type::kEntity);
  b.RuleOfVars("others", others, {y}, b.Body({b.Scan(kind, {y}), b.Filter(b.Not(call(1, b.Column(b.Var(y), kind, 1))))}));
  Exported exported(b);
  exported.ExpectTheEngines(head);
  exported.ExpectTheEngines(others);
  EXPECT_EQ(exported.calls()[0]->arguments.size(), 2u);  // 1 and -1.5
  EXPECT_EQ(exported.calls()[1]->arguments.size(), 3u);  // the absent number is never asked
}

TEST(SqlLimits, AnswersAreExactOrNone) {
  RuleBuilder b;
  const Cell large = Num((int64_t{1} << 55) - 1);
  Numbers(b, {large, Num(2), Num(1, 15)});
  // The column holds 15 places and 16 digits before them: no 64 bits hold both, and the export says so.
  eval::Calls calls;
  auto evaluation = eval::Evaluate(b.program, {}, {}, {}, &calls);
  ASSERT_TRUE(evaluation.ok());
  Contents contents;
  contents.evaluation = &*evaluation;
  contents.calls = &calls;
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(":memory:", &database), SQLITE_OK);
  Design design;
  EXPECT_EQ(WriteSqlite(database, contents, &design).code(), absl::StatusCode::kOutOfRange);
  sqlite3_close(database);
}

TEST(SqlLimits, SumsBeyondTheEngineAreAbsentInBoth) {
  RuleBuilder b;
  const Cell large = Num((int64_t{1} << 55) - 1);
  const RelationId kind = Numbers(b, {large, large, Num(5)});
  const RelationId head = b.Derived("more", {Type::kEntity, Type::kNumber}),
                   times = b.Derived("times", {Type::kEntity, Type::kNumber});
  const VarId x = b.NewVar(Type::kEntity);
  const ExprId add = b.Binary(Op::kAdd, b.Column(b.Var(x), kind, 1), b.Number(7), Type::kNumber);
  b.Rule("more", head, {b.Var(x), add}, b.Body({b.Scan(kind, {x})}));
  const VarId y = b.NewVar(Type::kEntity);
  const ExprId product = b.Binary(Op::kMultiply, b.Column(b.Var(y), kind, 1), b.Column(b.Var(y), kind, 1), Type::kNumber);
  b.Rule("times", times, {b.Var(y), product}, b.Body({b.Scan(kind, {y})}));
  Exported exported(b);
  exported.ExpectTheEngines(head);
  exported.ExpectTheEngines(times);
}

TEST(SqlLimits, FindingsFollowTheFacts) {
  RuleBuilder b;
  const RelationId kind = Numbers(b, {Num(1), Num(2), Num(3)});
  const RelationId edge = b.Stored("edge", {Type::kEntity, Type::kEntity});
  b.Row(edge, {b.Object(kind, 0), b.Object(kind, 1)});
  const RelationId reach = b.Derived("reach", {Type::kEntity, Type::kEntity});
  const VarId x = b.NewVar(Type::kEntity), y = b.NewVar(Type::kEntity);
  b.RuleOfVars("edge", reach, {x, y}, b.Body({b.Scan(edge, {x, y})}));
  const VarId u = b.NewVar(Type::kEntity), v = b.NewVar(Type::kEntity), w = b.NewVar(Type::kEntity);
  b.RuleOfVars("step", reach, {u, w}, b.Body({b.Scan(reach, {u, v}), b.Scan(reach, {v, w})}));  // read twice: in rounds
  Exported exported(b);
  exported.ExpectTheEngines(reach);
  exported.Run("INSERT INTO edge VALUES (1, 2), (2, 0)");
  std::string error;
  EXPECT_EQ(exported.Ask(reach, &error).size(), 9u);  // a ring
  EXPECT_EQ(error, "");
}

}  // namespace
}  // namespace ordo::sql

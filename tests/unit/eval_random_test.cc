// Small random programs, run by the engine and by an evaluator that tries all assignments of values to variables. Every derived
// row's reason is checked too: the premises are the rows that the rule asks for, and the values make its body true.
#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "runtime/eval/engine.h"
#include "runtime/ir/analysis.h"
#include "support/random_program.h"

namespace ordo::eval {
namespace {

using namespace ordo::testing;
using ir::BodyId;
using ir::kAbsent;
using ir::kNone;
using Row = std::vector<Cell>;

// The meaning of a program, as the comments of ir.h tell it.
class Oracle {
 public:
  explicit Oracle(const RandomProgram& random) : random_(random), program_(random.program), facts_(program_.relations.size()) {
    for (RelationId id = 0; id < program_.relations.size(); ++id) {
      const ir::Relation& relation = program_.relations[id];
      for (uint32_t row = 0; row < relation.rows(); ++row) {
        Row cells;
        for (const auto& column : relation.data) cells.push_back(column[row]);
        facts_[id].insert(cells);
        AddNumbers(id, cells);
      }
    }
    for (const Cell cell : {Num(0), Num(1), Num(2), Num(15, 1), Num(5, 1), Num(-1)}) numbers_.insert(cell);
    for (const std::vector<RelationId>& layer : random.layers) {
      for (bool again = true; again;) {
        again = false;
        for (const ir::Rule& rule : program_.rules) {
          if (std::find(layer.begin(), layer.end(), rule.head) == layer.end()) continue;
          types_ = &rule.variables;
          env_.assign(rule.variables.size(), kAbsent);
          known_.assign(rule.variables.size(), false);
          std::vector<Row> found;
          ForEach(rule.body, 0, [&] {
            Row row;
            for (const ExprId argument : rule.head_arguments) row.push_back(Value(argument));
            if (std::find(row.begin(), row.end(), kAbsent) == row.end()) found.push_back(row);
            return true;
          });
          for (const Row& row : found) {
            if (!facts_[rule.head].insert(row).second) continue;
            AddNumbers(rule.head, row);
            again = true;
          }
        }
      }
    }
  }

  const std::set<Row>& rows(RelationId id) const { return facts_[id]; }

  // Whether the kept values make the rule's body true and its head this row.
  void CheckReason(const Evaluation& evaluation, RowId id) {
    const Reason reason = evaluation.reason(id);
    const ir::Rule& rule = program_.rules[reason.rule];
    types_ = &rule.variables;
    env_ = evaluation.binding(id);
    known_.assign(env_.size(), true);
    size_t next = 0;
    CheckPremises(evaluation, rule.body, reason, &next);
    EXPECT_EQ(next, reason.premises.size());
    for (const ir::Literal& literal : program_.bodies[rule.body].literals) EXPECT_TRUE(Holds(literal));
    for (uint32_t i = 0; i < rule.head_arguments.size(); ++i) {
      EXPECT_EQ(Value(rule.head_arguments[i]), evaluation.cell(id.relation, id.row, i));
    }
  }

 private:
  void AddNumbers(RelationId id, const Row& row) {
    for (size_t i = 0; i < row.size(); ++i) {
      if (row[i] != kAbsent && program_.relations[id].columns[i].type == Type::kNumber) numbers_.insert(row[i]);
    }
  }

  void CheckPremises(const Evaluation& evaluation, BodyId body, const Reason& reason, size_t* next) {
    const auto check = [&](RelationId relation, uint32_t column, Cell want) {
      ASSERT_LT(*next, reason.premises.size());
      const RowId premise = reason.premises[*next];
      EXPECT_EQ(premise.relation, relation);
      EXPECT_EQ(evaluation.cell(premise.relation, premise.row, column), want);
    };
    for (const ir::Literal& literal : program_.bodies[body].literals) {
      if (literal.kind == ir::Literal::Kind::kScan) {
        for (const ir::Match& match : literal.matches) {
          check(literal.relation, match.column, match.var == kNone ? match.constant : env_[match.var]);
        }
        ++*next;
      } else if (literal.kind == ir::Literal::Kind::kFilter) {
        const std::function<void(ExprId)> conjunct = [&](ExprId id) {
          const ir::Expr& expr = program_.exprs[id];
          if (expr.op == Op::kAnd) {
            conjunct(expr.a);
            conjunct(expr.b);
          } else if (expr.op == Op::kHas) {
            for (uint32_t i = 0; i < expr.argument_count; ++i)
              check(expr.b, i, Value(program_.arguments[expr.first_argument + i]));
            ++*next;
          } else if (expr.op == Op::kExists) {
            CheckPremises(evaluation, expr.a, reason, next);
          }
        };
        conjunct(literal.expr);
      }
    }
  }

  // Calls `found` for each assignment of the body's variables that makes all literals true, until it says no.
  bool ForEach(BodyId body, size_t at, const std::function<bool()>& found) {
    const std::vector<RandomProgram::Local>& locals = random_.locals.at(body);
    // A literal without an open variable decides at once.
    for (const ir::Literal& literal : program_.bodies[body].literals) {
      if (Closed(literal) && !Holds(literal)) return true;
    }
    if (at == locals.size()) return found();
    const auto [var, let] = locals[at];
    bool go_on = true;
    const auto try_value = [&](Cell value) {
      if (!go_on || value == kAbsent) return;
      env_[var] = value;
      known_[var] = true;
      go_on = ForEach(body, at + 1, found);
      known_[var] = false;
    };
    if (let != kNone) {
      try_value(Value(let));
    } else if ((*types_)[var].type == Type::kEntity) {
      for (size_t i = 0; i < program_.entities.size(); ++i) try_value(static_cast<Cell>(i));
    } else {
      const std::vector<Cell> numbers(numbers_.begin(), numbers_.end());
      for (const Cell number : numbers) try_value(number);
    }
    return go_on;
  }

  bool Closed(const ir::Literal& literal) {
    if (literal.kind == ir::Literal::Kind::kLet) return known_[literal.var] && ClosedExpr(literal.expr);
    if (literal.kind == ir::Literal::Kind::kFilter) return ClosedExpr(literal.expr);
    return std::all_of(literal.matches.begin(), literal.matches.end(),
                       [&](const ir::Match& match) { return match.var == kNone || known_[match.var]; });
  }
  bool ClosedExpr(ExprId id) {
    const ir::Expr& expr = program_.exprs[id];
    const bool aggregate = ir::HoldsBody(expr.op);
    if (expr.op == Op::kVar) return known_[expr.a];
    bool closed = true;
    std::vector<VarId> mine;
    if (aggregate) {
      for (const auto& local : random_.locals.at(expr.a)) {
        if (!known_[local.var]) mine.push_back(local.var);
        known_[local.var] = true;
      }
      for (const ir::Literal& literal : program_.bodies[expr.a].literals) closed = closed && Closed(literal);
    }
    const bool unary = expr.op == Op::kColumn || expr.op == Op::kStated || expr.op == Op::kNot || expr.op == Op::kNegate;
    const bool binary = expr.op >= Op::kAnd && expr.op <= Op::kDivide;
    if (unary || binary) closed = closed && ClosedExpr(expr.a);
    if (binary || (ir::HoldsBody(expr.op) && expr.b != kNone)) closed = closed && ClosedExpr(expr.b);
    for (uint32_t i = 0; i < expr.argument_count; ++i) closed = closed && ClosedExpr(program_.arguments[expr.first_argument + i]);
    for (const VarId var : mine) known_[var] = false;
    return closed;
  }

  bool Holds(const ir::Literal& literal) {
    if (literal.kind == ir::Literal::Kind::kLet) return Value(literal.expr) == env_[literal.var];
    if (literal.kind == ir::Literal::Kind::kFilter) return Value(literal.expr) == 1;
    return std::any_of(facts_[literal.relation].begin(), facts_[literal.relation].end(), [&](const Row& row) {
      return std::all_of(literal.matches.begin(), literal.matches.end(), [&](const ir::Match& match) {
        const Cell want = match.var == kNone ? match.constant : env_[match.var];
        return row[match.column] == want && want != kAbsent;
      });
    });
  }

  std::vector<Cell> Arguments(const ir::Expr& expr) {
    std::vector<Cell> values;
    for (uint32_t i = 0; i < expr.argument_count; ++i) values.push_back(Value(program_.arguments[expr.first_argument + i]));
    return values;
  }

  Cell Value(ExprId id) {
    const ir::Expr& expr = program_.exprs[id];
    const auto truth = [](bool value) { return static_cast<Cell>(value); };
    const auto decimal = [](std::optional<Decimal> value) { return value ? value->cell() : kAbsent; };
    switch (expr.op) {
      case Op::kVar: return env_[expr.a];
      case Op::kConst: return expr.constant;
      case Op::kColumn: {
        const Cell object = Value(expr.a);
        if (object == kAbsent) return kAbsent;
        for (const Row& row : facts_[expr.b]) {
          if (row[0] == object) return row[expr.c];
        }
        return kAbsent;
      }
      case Op::kHas: {
        const std::vector<Cell> row = Arguments(expr);
        return truth(std::find(row.begin(), row.end(), kAbsent) == row.end() && facts_[expr.b].contains(row));
      }
      case Op::kStated: return truth(Value(expr.a) != kAbsent);
      case Op::kNot: {
        const Cell value = Value(expr.a);
        return value == kAbsent ? kAbsent : 1 - value;
      }
      case Op::kAnd: {
        const Cell a = Value(expr.a), b = Value(expr.b);
        if (a == 0 || b == 0) return 0;
        return a == kAbsent || b == kAbsent ? kAbsent : 1;
      }
      case Op::kOr: {
        const Cell a = Value(expr.a), b = Value(expr.b);
        if (a == 1 || b == 1) return 1;
        return a == kAbsent || b == kAbsent ? kAbsent : 0;
      }
      case Op::kExists: {
        bool any = false;
        Inside([&] { ForEach(expr.a, 0, [&] { return !(any = true); }); }, expr.a);
        return truth(any);
      }
      case Op::kCount: {
        std::set<std::vector<Cell>> seen;
        Inside([&] { ForEach(expr.a, 0, [&] {
                       const std::vector<Cell> tuple = Arguments(expr);
                       if (std::find(tuple.begin(), tuple.end(), kAbsent) == tuple.end()) seen.insert(tuple);
                       return true;
                     }); }, expr.a);
        return Num(static_cast<int64_t>(seen.size()));
      }
      case Op::kSum:
      case Op::kNthGreatest:
      case Op::kNthLeast: {
        std::map<std::vector<Cell>, Decimal> values;   // the least of each tuple
        Inside([&] { ForEach(expr.a, 0, [&] {
                       const std::vector<Cell> tuple = Arguments(expr);
                       const Cell value = Value(expr.b);
                       if (value == kAbsent || std::find(tuple.begin(), tuple.end(), kAbsent) != tuple.end()) return true;
                       const Decimal number = Decimal::FromCell(value);
                       const auto [it, fresh] = values.emplace(tuple, number);
                       if (!fresh && number < it->second) it->second = number;
                       return true;
                     }); }, expr.a);
        if (expr.op == Op::kSum) {
          Decimal sum;
          for (const auto& [tuple, value] : values) sum = *sum.Plus(value);
          return sum.cell();
        }
        std::vector<Decimal> order;
        for (const auto& [tuple, value] : values) order.push_back(value);
        std::sort(order.begin(), order.end());
        if (expr.op == Op::kNthGreatest) std::reverse(order.begin(), order.end());
        return order.empty() ? kAbsent : order[std::min<size_t>(expr.c, order.size()) - 1].cell();
      }
      case Op::kMin:
      case Op::kMax: {
        std::optional<Decimal> best;
        Inside([&] { ForEach(expr.a, 0, [&] {
                       const Cell value = Value(expr.b);
                       if (value == kAbsent) return true;
                       const Decimal number = Decimal::FromCell(value);
                       if (!best || (expr.op == Op::kMin ? number < *best : number > *best)) best = number;
                       return true;
                     }); }, expr.a);
        return decimal(best);
      }
      case Op::kNegate: {
        const Cell value = Value(expr.a);
        return value == kAbsent ? kAbsent : Decimal::FromCell(value).Negated().cell();
      }
      default: break;
    }
    const Cell a = Value(expr.a), b = Value(expr.b);
    const bool comparison = expr.op >= Op::kEqual && expr.op <= Op::kGreaterEqual;
    if (a == kAbsent || b == kAbsent) return comparison ? 0 : kAbsent;
    const Decimal x = Decimal::FromCell(a), y = Decimal::FromCell(b);
    switch (expr.op) {
      case Op::kEqual: return truth(a == b);
      case Op::kNotEqual: return truth(a != b);
      case Op::kLess: return truth(x < y);
      case Op::kLessEqual: return truth(x <= y);
      case Op::kGreater: return truth(x > y);
      case Op::kGreaterEqual: return truth(x >= y);
      case Op::kAdd: return decimal(x.Plus(y));
      case Op::kSubtract: return decimal(x.Minus(y));
      case Op::kMultiply: return decimal(x.Times(y));
      default: return decimal(x.DividedBy(y));
    }
  }

  // The variables of a body inside are its own: whatever they held is put back.
  void Inside(const std::function<void()>& run, BodyId body) {
    const std::vector<Cell> env = env_;
    const std::vector<bool> known = known_;
    for (const auto& local : random_.locals.at(body)) known_[local.var] = false;
    run();
    env_ = env;
    known_ = known;
  }

  const RandomProgram& random_;
  const ir::Program& program_;
  std::vector<std::set<Row>> facts_;
  std::set<Cell> numbers_;
  std::vector<Cell> env_;
  std::vector<bool> known_;
  const std::vector<ir::Variable>* types_ = nullptr;   // of the rule at hand
};

TEST(Random, AgreesWithTryingEverything) {
  constexpr uint32_t kPrograms = 2000;
  uint32_t sound = 0, rows = 0, recursive = 0;
  for (uint32_t seed = 0; seed < kPrograms; ++seed) {
    const RandomProgram random(seed);
    const std::vector<std::string> faults = ir::Verify(random.program);
    if (!faults.empty()) continue;   // a few bind nothing, or read themselves in a strict way
    ++sound;
    const absl::StatusOr<Evaluation> evaluation = Evaluate(random.program, {}, {}, {});
    ASSERT_TRUE(evaluation.ok()) << evaluation.status();
    Oracle oracle(random);
    for (const RelationId layer : random.derived()) {
      std::set<Row> got;
      for (uint32_t row = 0; row < evaluation->rows(layer); ++row) {
        Row cells;
        for (uint32_t i = 0; i < random.program.relations[layer].columns.size(); ++i)
          cells.push_back(evaluation->cell(layer, row, i));
        ASSERT_TRUE(got.insert(cells).second) << "seed " << seed << ": a row twice";
        oracle.CheckReason(*evaluation, {layer, row});
        for (const RowId premise : evaluation->reason({layer, row}).premises) {
          if (premise.relation == layer) {
            ++recursive;
            EXPECT_LT(premise.row, row) << "a premise that came later";
          }
        }
      }
      ASSERT_EQ(got, oracle.rows(layer)) << "seed " << seed << " relation " << layer << "\n" << ir::Dump(random.program);
      rows += static_cast<uint32_t>(got.size());
      ASSERT_FALSE(HasFailure()) << "seed " << seed << " relation " << layer << "\n" << ir::Dump(random.program);
    }
    // The same again, to the last row.
    const absl::StatusOr<Evaluation> again = Evaluate(random.program, {}, {}, {});
    for (const RelationId layer : random.derived()) {
      for (uint32_t row = 0; row < evaluation->rows(layer); ++row) {
        for (uint32_t i = 0; i < random.program.relations[layer].columns.size(); ++i) {
          ASSERT_EQ(evaluation->cell(layer, row, i), again->cell(layer, row, i));
        }
        ASSERT_EQ(evaluation->binding({layer, row}), again->binding({layer, row}));
      }
    }
  }
  EXPECT_GT(sound, kPrograms / 2);
  EXPECT_GT(rows, kPrograms);
  EXPECT_GT(recursive, 50u);
}

}  // namespace
}  // namespace ordo::eval

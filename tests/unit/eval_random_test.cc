// Small random programs, run by the engine and by an evaluator that tries all assignments of values to variables. Every derived
// row's reason is checked too: the premises are the rows that the rule asks for, and the values make its body true.
#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "runtime/eval/engine.h"
#include "support/rule_builder.h"

namespace ordo::eval {
namespace {

using namespace ordo::testing;
using ir::BodyId;
using ir::kAbsent;
using ir::kNone;
using Row = std::vector<Cell>;

class RandomProgram : public RuleBuilder {
 public:
  // A variable in the order in which it can be given a value: out of all values of its type, or by a let.
  struct Local {
    VarId var;
    ExprId let = kNone;
  };
  std::map<BodyId, std::vector<Local>> locals;
  std::vector<RelationId> layers;   // derived, each reading earlier ones and, in a growing way, itself

  explicit RandomProgram(uint32_t seed) : random_(seed) {
    const std::vector<Type> properties = {Type::kNumber, Type::kEntity, Type::kBool, Type::kText};
    for (const char* name : {"a", "b"}) kinds_.push_back(Kind(name, 2 + Pick(4), properties));
    for (const RelationId kind : kinds_) {
      for (uint32_t row = 0; row < program.relations[kind].rows(); ++row) {
        if (Chance(80)) Set(kind, row, 1, SomeNumber());
        if (Chance(70)) Set(kind, row, 2, SomeObject());
        if (Chance(80)) Set(kind, row, 3, Pick(2));
        if (Chance(80)) Set(kind, row, 4, static_cast<Cell>(strings.Intern(Chance(50) ? "x" : "y")));
      }
    }
    for (const Type second : {Type::kEntity, Type::kEntity, Type::kNumber}) {
      const RelationId id = Stored("s", {Type::kEntity, second});
      // Many rows over few objects: there memos pay.
      for (uint32_t n = Pick(Chance(30) ? 90 : 25); n > 0; --n)
        Row(id, {SomeObject(), second == Type::kEntity ? SomeObject() : SomeNumber()});
      readable_.push_back(id);
    }
    const uint32_t count = 2 + Pick(4);
    for (uint32_t i = 0; i < count; ++i) {
      const std::vector<std::vector<Type>> shapes = {
          {Type::kEntity}, {Type::kEntity, Type::kEntity}, {Type::kEntity, Type::kNumber}};
      const RelationId head = Derived("d", shapes[Pick(3)]);
      self_ = program.relations[head].columns.back().type == Type::kEntity ? head : kNone;   // numbers could grow without end
      for (uint32_t rules = 1 + Pick(3); rules > 0; --rules) MakeRule(head);
      layers.push_back(head);
      readable_.push_back(head);
    }
  }

 private:
  struct Scope {
    std::vector<VarId> objects, numbers;
    std::vector<Local> locals;      // of the innermost body
    std::vector<ir::Literal> literals;
    int depth = 0;
    bool grows = true;              // more rows below mean more rows here: the relation itself may be read
  };

  uint32_t Pick(uint32_t n) { return static_cast<uint32_t>(random_() % n); }
  bool Chance(uint32_t percent) { return Pick(100) < percent; }
  Cell SomeNumber() { return std::vector<Cell>{Num(0), Num(1), Num(2), Num(15, 1), Num(5, 1), Num(-1)}[Pick(6)]; }
  Cell SomeObject() { return Pick(static_cast<uint32_t>(program.entities.size())); }

  VarId Fresh(Scope& scope, Type type, ExprId let = kNone) {
    const VarId var = NewVar(type);
    scope.locals.push_back({var, let});
    (type == Type::kEntity ? scope.objects : scope.numbers).push_back(var);
    return var;
  }
  VarId Object(Scope& scope, uint32_t fresh_percent) {
    if (scope.objects.empty() || (Free(scope) && Chance(fresh_percent))) return Fresh(scope, Type::kEntity);
    return scope.objects[Pick(static_cast<uint32_t>(scope.objects.size()))];
  }
  // Keeps the number of assignments small.
  bool Free(const Scope& scope) const { return scope.locals.size() < (scope.depth == 0 ? 4 : 2); }

  RelationId Readable(const Scope& scope) {
    if (scope.grows && self_ != kNone && Chance(25)) return self_;
    return readable_[Pick(static_cast<uint32_t>(readable_.size()))];
  }

  ir::Literal SomeScan(Scope& scope) {
    if (Chance(40)) {
      const RelationId kind = kinds_[Pick(2)];
      ir::Literal scan = Scan(kind, {Object(scope, 70)});
      if (Chance(20)) scan.matches.push_back({3, kNone, static_cast<Cell>(Pick(2))});
      else if (Chance(20)) scan.matches.push_back({2, Object(scope, 30), 0});
      else if (Chance(15) && Free(scope)) scan.matches.push_back({1, Fresh(scope, Type::kNumber), 0});
      return scan;
    }
    const RelationId relation = Readable(scope);
    std::vector<ir::Match> matches;
    for (uint32_t column = 0; column < program.relations[relation].columns.size(); ++column) {
      if (Chance(12)) continue;
      const bool number = program.relations[relation].columns[column].type == Type::kNumber;
      if (Chance(8)) matches.push_back({column, kNone, number ? SomeNumber() : SomeObject()});
      else if (!number) matches.push_back({column, Object(scope, 50), 0});
      else if (Free(scope)) matches.push_back({column, Fresh(scope, Type::kNumber), 0});
    }
    return ScanWith(relation, std::move(matches));
  }

  ExprId ObjectExpr(Scope& scope) {
    const ExprId var = Var(Object(scope, 0));
    return Chance(25) ? Column(var, kinds_[Pick(2)], 2) : var;
  }
  ExprId NumberExpr(Scope& scope, int depth = 0) {
    switch (Pick(depth < 2 ? 6 : 3)) {
      case 0: return Const(Type::kNumber, SomeNumber());
      case 1:
        if (!scope.numbers.empty()) return Var(scope.numbers[Pick(static_cast<uint32_t>(scope.numbers.size()))]);
        [[fallthrough]];
      case 2:
      case 3: return Column(ObjectExpr(scope), kinds_[Pick(2)], 1);
      case 4: {
        const Op op = std::vector<Op>{Op::kAdd, Op::kSubtract, Op::kMultiply, Op::kDivide}[Pick(4)];
        const ExprId a = NumberExpr(scope, depth + 1);
        return Binary(op, a, NumberExpr(scope, depth + 1), Type::kNumber);
      }
      default: return scope.depth < 2 ? Aggregate(scope) : Add({Op::kNegate, Type::kNumber, NumberExpr(scope, depth + 1)});
    }
  }

  ExprId Aggregate(Scope& scope) {
    Scope inner = Inside(scope, false);
    FillBody(inner, 1 + Pick(2));
    const auto results = [&] {
      std::vector<ExprId> exprs = {ObjectExpr(inner)};
      if (Chance(30)) exprs.push_back(ObjectExpr(inner));
      return exprs;
    };
    const uint32_t what = Pick(4);
    const std::vector<ExprId> counted = results();
    const ExprId value = Column(Var(inner.objects.back()), kinds_[Pick(2)], 1);
    const BodyId body = Close(inner);
    if (what == 0) return Count(body, counted);
    if (what == 1) return Sum(body, value, counted);
    return Best(what == 2 ? Op::kMin : Op::kMax, body, value);
  }

  Scope Inside(const Scope& scope, bool grows) {
    Scope inner;
    inner.objects = scope.objects;
    inner.numbers = scope.numbers;
    inner.depth = scope.depth + 1;
    inner.grows = grows;
    return inner;
  }
  BodyId Close(Scope& scope) {
    std::shuffle(scope.literals.begin(), scope.literals.end(), random_);
    const BodyId body = Body(scope.literals);
    locals[body] = scope.locals;
    return body;
  }

  ExprId SomeHas(Scope& scope, bool binds) {
    const RelationId relation = Readable(scope);
    std::vector<ExprId> arguments;
    for (const ir::Column& column : program.relations[relation].columns) {
      if (column.type == Type::kNumber) {
        if (binds && Free(scope) && Chance(40)) arguments.push_back(Var(Fresh(scope, Type::kNumber)));
        else arguments.push_back(Column(ObjectExpr(scope), kinds_[Pick(2)], 1));
      } else {
        arguments.push_back(binds && Chance(40) ? Var(Object(scope, 100)) : ObjectExpr(scope));
      }
    }
    return Has(relation, arguments);
  }

  ExprId Condition(Scope& scope, int depth = 0) {
    const bool grows = scope.grows;
    switch (Pick(depth < 2 ? 11 : 6)) {
      case 0: return Column(ObjectExpr(scope), kinds_[Pick(2)], 3);
      case 1: {
        const Op op =
            std::vector<Op>{Op::kEqual, Op::kNotEqual, Op::kLess, Op::kLessEqual, Op::kGreater, Op::kGreaterEqual}[Pick(6)];
        scope.grows = false;
        const ExprId a = NumberExpr(scope);
        const ExprId result = Binary(op, a, NumberExpr(scope));
        scope.grows = grows;
        return result;
      }
      case 2: {
        const ExprId a = ObjectExpr(scope);
        return Binary(Chance(50) ? Op::kEqual : Op::kNotEqual, a, ObjectExpr(scope));
      }
      case 3: {
        const ExprId a = Column(ObjectExpr(scope), kinds_[Pick(2)], 4);
        return Equal(a, Column(ObjectExpr(scope), kinds_[Pick(2)], 4));
      }
      case 4: return Stated(Column(ObjectExpr(scope), kinds_[Pick(2)], 1 + Pick(4)));
      case 5: return SomeHas(scope, false);
      case 6: {
        const ExprId a = Condition(scope, depth + 1);
        return Or(a, Condition(scope, depth + 1));
      }
      case 7: {
        const ExprId a = Condition(scope, depth + 1);
        return And(a, Condition(scope, depth + 1));
      }
      case 8: {
        scope.grows = false;
        const ExprId inner = Condition(scope, depth + 1);
        scope.grows = grows;
        return Not(inner);
      }
      case 9: {
        // A condition as a value, which may be absent.
        scope.grows = false;
        const ExprId a = Condition(scope, depth + 1);
        const ExprId result = Chance(30) ? Stated(a) : Binary(Op::kNotEqual, a, Condition(scope, depth + 1));
        scope.grows = grows;
        return result;
      }
      default: {
        if (scope.depth >= 2) return SomeHas(scope, false);
        Scope inner = Inside(scope, scope.grows);
        FillBody(inner, 1 + Pick(3));
        return Exists(Close(inner));
      }
    }
  }

  void FillBody(Scope& scope, uint32_t literals) {
    scope.literals.push_back(SomeScan(scope));
    if (scope.objects.empty()) scope.literals.push_back(Scan(kinds_[0], {Object(scope, 100)}));
    while (literals-- > 0) {
      const uint32_t what = Pick(12);
      if (what < 4) {
        scope.literals.push_back(SomeScan(scope));
      } else if (what < 5 && Free(scope)) {
        const bool grows = std::exchange(scope.grows, false);
        const ExprId value = NumberExpr(scope);
        scope.grows = grows;
        scope.literals.push_back(Let(Fresh(scope, Type::kNumber, value), value));
      } else if (what < 6) {
        scope.literals.push_back(Filter(SomeHas(scope, true)));
      } else if (what < 7 && Free(scope)) {
        // x = ..., and ... = x.column: both bind x.
        const ExprId other = ObjectExpr(scope);
        const VarId x = Fresh(scope, Type::kEntity);
        const ExprId side = Chance(50) ? Var(x) : Column(Var(x), kinds_[Pick(2)], 2);
        scope.literals.push_back(Filter(Chance(50) ? Equal(side, other) : Equal(other, side)));
      } else {
        scope.literals.push_back(Filter(Condition(scope)));
      }
    }
  }

  void MakeRule(RelationId head) {
    Scope scope;
    FillBody(scope, 1 + Pick(4));
    std::vector<ExprId> arguments;
    for (const ir::Column& column : program.relations[head].columns) {
      scope.grows = false;
      arguments.push_back(column.type == Type::kEntity ? ObjectExpr(scope) : NumberExpr(scope));
    }
    const BodyId body = Close(scope);
    Rule("r", head, std::move(arguments), body);
  }

  std::mt19937 random_;
  std::vector<RelationId> kinds_;
  std::vector<RelationId> readable_;
  RelationId self_ = kNone;
};

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
    for (const RelationId layer : random.layers) {
      for (bool again = true; again;) {
        again = false;
        for (const ir::Rule& rule : program_.rules) {
          if (rule.head != layer) continue;
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
            if (!facts_[layer].insert(row).second) continue;
            AddNumbers(layer, row);
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
    const bool aggregate = expr.op >= Op::kExists && expr.op <= Op::kMax;
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
    if (binary || (expr.op >= Op::kSum && expr.op <= Op::kMax)) closed = closed && ClosedExpr(expr.b);
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
      case Op::kSum: {
        std::map<std::vector<Cell>, Decimal> values;
        Inside([&] { ForEach(expr.a, 0, [&] {
                       const std::vector<Cell> tuple = Arguments(expr);
                       const Cell value = Value(expr.b);
                       if (value == kAbsent || std::find(tuple.begin(), tuple.end(), kAbsent) != tuple.end()) return true;
                       const Decimal number = Decimal::FromCell(value);
                       const auto [it, fresh] = values.emplace(tuple, number);
                       if (!fresh && number < it->second) it->second = number;
                       return true;
                     }); }, expr.a);
        Decimal sum;
        for (const auto& [tuple, value] : values) sum = *sum.Plus(value);
        return sum.cell();
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
    for (const RelationId layer : random.layers) {
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
    for (const RelationId layer : random.layers) {
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

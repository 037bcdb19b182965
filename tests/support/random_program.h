// Small random programs for the engine: two kinds with properties that may be absent, stored relations, layers of derived ones with
// recursion (linear, non-linear, mutual), stratified negation, conditions in three values, lets, aggregates in aggregates. Same seed,
// same program. A few bind nothing or read themselves in a strict way: whoever uses one asks Verify first.
#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "support/rule_builder.h"

namespace ordo::testing {

// kWhole: whole numbers only, no quotients, products by a constant only.
enum class Numbers : uint8_t { kDecimal, kWhole };

class RandomProgram : public RuleBuilder {
 public:
  // A variable in the order in which it can be given a value: out of all values of its type, or by a let.
  struct Local {
    VarId var;
    ExprId let = ir::kNone;
  };
  std::map<ir::BodyId, std::vector<Local>> locals;
  // Derived relations, each layer reading earlier ones and, in a growing way, itself.
  std::vector<std::vector<RelationId>> layers;

  // `size`: times as many objects and rows.
  explicit RandomProgram(uint32_t seed, Numbers numbers = Numbers::kDecimal, uint32_t size = 1) : random_(seed), numbers_(numbers) {
    recursive_ = Chance(50);
    const std::vector<Type> properties = {Type::kNumber, Type::kEntity, Type::kBool, Type::kText};
    for (const char* name : {"a", "b"}) kinds_.push_back(Kind(name, (2 + Pick(4)) * size, properties));
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
      for (uint32_t n = Pick(Chance(30) ? 90 : 25) * size; n > 0; --n)
        Row(id, {SomeObject(), second == Type::kEntity ? SomeObject() : SomeNumber()});
      readable_.push_back(id);
    }
    const uint32_t count = 2 + Pick(4);
    for (uint32_t i = 0; i < count; ++i) {
      const std::vector<std::vector<Type>> shapes = {
          {Type::kEntity}, {Type::kEntity, Type::kEntity}, {Type::kEntity, Type::kNumber}};
      // Two relations in one layer may read each other. Numbers could grow without end: what has them reads no layer of its own.
      std::vector<RelationId>& layer = layers.emplace_back();
      const bool mutual = Chance(30);
      for (int n = mutual ? 2 : 1; n > 0; --n) layer.push_back(Derived("d", shapes[Pick(mutual ? 2 : 3)]));
      growing_.clear();
      for (const RelationId head : layer) {
        if (program.relations[head].columns.back().type == Type::kEntity) growing_.push_back(head);
      }
      for (const RelationId head : layer) {
        for (uint32_t rules = 1 + Pick(3); rules > 0; --rules) MakeRule(head);
      }
      readable_.insert(readable_.end(), layer.begin(), layer.end());
    }
  }

  std::vector<RelationId> derived() const {
    std::vector<RelationId> all;
    for (const std::vector<RelationId>& layer : layers) all.insert(all.end(), layer.begin(), layer.end());
    return all;
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
  bool Whole() const { return numbers_ == Numbers::kWhole; }
  Cell SomeNumber() {
    if (Whole()) return Num(static_cast<int>(Pick(6)) - 1);
    return std::vector<Cell>{Num(0), Num(1), Num(2), Num(15, 1), Num(5, 1), Num(-1)}[Pick(6)];
  }
  Cell SomeObject() { return Pick(static_cast<uint32_t>(program.entities.size())); }

  VarId Fresh(Scope& scope, Type type, ExprId let = ir::kNone) {
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
    if (scope.grows && !growing_.empty() && Chance(recursive_ ? 50 : 25)) return growing_[Pick(static_cast<uint32_t>(growing_.size()))];
    return readable_[Pick(static_cast<uint32_t>(readable_.size()))];
  }

  ir::Literal SomeScan(Scope& scope) {
    if (Chance(40)) {
      const RelationId kind = kinds_[Pick(2)];
      ir::Literal scan = Scan(kind, {Object(scope, 70)});
      if (Chance(20)) scan.matches.push_back({3, ir::kNone, static_cast<Cell>(Pick(2))});
      else if (Chance(20)) scan.matches.push_back({2, Object(scope, 30), 0});
      else if (Chance(15) && Free(scope)) scan.matches.push_back({1, Fresh(scope, Type::kNumber), 0});
      return scan;
    }
    const RelationId relation = Readable(scope);
    std::vector<ir::Match> matches;
    for (uint32_t column = 0; column < program.relations[relation].columns.size(); ++column) {
      if (Chance(12)) continue;
      const bool number = program.relations[relation].columns[column].type == Type::kNumber;
      if (Chance(8)) matches.push_back({column, ir::kNone, number ? SomeNumber() : SomeObject()});
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
        const Op op = std::vector<Op>{Op::kAdd, Op::kSubtract, Op::kMultiply, Op::kDivide}[Pick(Whole() ? 3 : 4)];
        const ExprId a = NumberExpr(scope, depth + 1);
        // Products of what was derived before would soon be too large for a solver's integers.
        if (Whole() && op == Op::kMultiply) return Binary(op, a, Const(Type::kNumber, SomeNumber()), Type::kNumber);
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
    const uint32_t what = Pick(Whole() ? 4 : 6);   // an answer set solver has no n-th
    const std::vector<ExprId> counted = results();
    const ExprId value = Column(Var(inner.objects.back()), kinds_[Pick(2)], 1);
    const ir::BodyId body = Close(inner);
    if (what == 0) return Count(body, counted);
    if (what == 1) return Sum(body, value, counted);
    if (what >= 4) return Nth(what == 4 ? Op::kNthGreatest : Op::kNthLeast, 1 + Pick(3), body, value, counted);
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
  ir::BodyId Close(Scope& scope) {
    std::shuffle(scope.literals.begin(), scope.literals.end(), random_);
    const ir::BodyId body = Body(scope.literals);
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
    FillBody(scope, 1 + Pick(recursive_ ? 2 : 4));
    std::vector<ExprId> arguments;
    for (const ir::Column& column : program.relations[head].columns) {
      scope.grows = false;
      arguments.push_back(column.type == Type::kEntity ? ObjectExpr(scope) : NumberExpr(scope));
    }
    const ir::BodyId body = Close(scope);
    Rule("r", head, std::move(arguments), body);
  }

  std::mt19937 random_;
  Numbers numbers_;
  bool recursive_;                    // short rules that often read their own layer, so that more of them have rows
  std::vector<RelationId> kinds_;
  std::vector<RelationId> readable_;
  std::vector<RelationId> growing_;   // of the layer at hand
};

}  // namespace ordo::testing

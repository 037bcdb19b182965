// What a program's rules say about themselves, for Verify and for the engine: which body a variable belongs to, what an expr or a
// body needs from outside, which relations a rule reads and in what order relations can be filled. Takes programs whose ids are
// in range and whose exprs and bodies do not contain themselves (the first part of Verify); gives plain lists in a fixed order;
// never looks at a fact.
#pragma once

#include <functional>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::ir {

// The expr's conjuncts: itself, or the leaves of a tree of kAnd, left to right.
void CollectConjuncts(const Program& program, ExprId expr, std::vector<ExprId>& conjuncts);

class Scopes {
 public:
  Scopes(const Program& program, const Rule& rule);

  // The body that binds the variable, kNone if none does.
  BodyId owner(VarId var) const { return owners_[var]; }
  // Variables that must be bound from outside, ascending. Those of a body inside the expr are not among them.
  std::vector<VarId> NeedsOfExpr(ExprId expr) const;
  // The same of a body together with the exprs that are evaluated for its bindings.
  std::vector<VarId> NeedsOfBody(BodyId body, const std::vector<ExprId>& results) const;
  // All bodies of the rule, each after those around it; one that stands in two places is listed twice.
  const std::vector<BodyId>& bodies() const { return bodies_; }
  // Variables that two bodies bind, neither inside the other.
  const std::vector<VarId>& contested() const { return contested_; }

 private:
  void Assign(BodyId body, const std::vector<ExprId>& results, std::vector<BodyId>& around);
  void Descend(ExprId expr, std::vector<BodyId>& around);
  void UsesOfExpr(ExprId expr, std::vector<VarId>& uses, std::vector<BodyId>& inner) const;
  void UsesOfBody(BodyId body, std::vector<VarId>& uses, std::vector<BodyId>& inner) const;
  std::vector<VarId> Free(std::vector<VarId> uses, const std::vector<BodyId>& inner) const;

  const Program& program_;
  std::vector<BodyId> owners_;
  std::vector<BodyId> bodies_;
  std::vector<VarId> contested_;
};

// Exprs evaluated for each binding of the body that an aggregate holds: what is counted, then the value.
std::vector<ExprId> ResultsOf(const Program& program, const Expr& aggregate);
bool HoldsBody(Op op);
// Calls `f` for the operands in the expr's own scope: not for what an aggregate evaluates inside its body.
template <class F>
void ForEachOperand(const Program& program, const Expr& expr, F&& f) {
  if (HoldsBody(expr.op)) return;
  switch (expr.op) {
    case Op::kVar:
    case Op::kConst:
      return;
    case Op::kHas:
    case Op::kCall:
      for (uint32_t i = 0; i < expr.argument_count; ++i) f(program.arguments[expr.first_argument + i]);
      return;
    case Op::kColumn:
    case Op::kStated:
    case Op::kNot:
    case Op::kNegate:
      f(expr.a);
      return;
    default:
      f(expr.a);
      f(expr.b);
  }
}

// Calls `visit(relation, strict)` for every relation that the rule scans or asks with kHas. Strict: more rows there may take rows
// away here, so the relation has to be complete first.
void ForEachRead(const Program& program, const Rule& rule, const std::function<void(RelationId, bool strict)>& visit);

struct Strata {
  std::vector<std::vector<RelationId>> groups;   // derived relations, in the order in which they can be filled
  std::vector<uint32_t> group_of;                // by relation; kNone for stored ones
  std::vector<uint32_t> unsound;                 // rules that read their own stratum in a strict way
};
Strata FindStrata(const Program& program);

}  // namespace ordo::ir

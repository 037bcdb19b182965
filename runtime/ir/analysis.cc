#include "runtime/ir/analysis.h"

#include <algorithm>

namespace ordo::ir {

namespace {

// Variables that a body binds if nobody around it does.
void CollectBinders(const Program& program, BodyId body, std::vector<VarId>& binders) {
  const auto add_var = [&](ExprId id) {
    if (program.exprs[id].op == Op::kVar) binders.push_back(program.exprs[id].a);
  };
  std::vector<ExprId> conjuncts;
  for (const Literal& literal : program.bodies[body].literals) {
    if (literal.kind == Literal::Kind::kScan) {
      for (const Match& match : literal.matches) {
        if (match.var != kNone) binders.push_back(match.var);
      }
    } else if (literal.kind == Literal::Kind::kLet) {
      binders.push_back(literal.var);
    } else {
      CollectConjuncts(program, literal.expr, conjuncts);
    }
  }
  for (const ExprId id : conjuncts) {
    const Expr& expr = program.exprs[id];
    if (expr.op == Op::kHas) {
      for (uint32_t i = 0; i < expr.argument_count; ++i) add_var(program.arguments[expr.first_argument + i]);
    } else if (expr.op == Op::kEqual) {
      for (const ExprId side : {expr.a, expr.b}) {
        add_var(side);
        if (program.exprs[side].op == Op::kColumn) add_var(program.exprs[side].a);
      }
    }
  }
}

void SortUnique(std::vector<VarId>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

void CollectConjuncts(const Program& program, ExprId expr, std::vector<ExprId>& conjuncts) {
  if (program.exprs[expr].op != Op::kAnd) {
    conjuncts.push_back(expr);
    return;
  }
  CollectConjuncts(program, program.exprs[expr].a, conjuncts);
  CollectConjuncts(program, program.exprs[expr].b, conjuncts);
}

bool HoldsBody(Op op) { return op >= Op::kExists && op <= Op::kNthLeast; }

std::vector<ExprId> ResultsOf(const Program& program, const Expr& aggregate) {
  const auto first = program.arguments.begin() + (aggregate.argument_count == 0 ? 0 : aggregate.first_argument);
  std::vector<ExprId> results(first, first + aggregate.argument_count);
  if (aggregate.op >= Op::kSum && aggregate.op <= Op::kNthLeast) results.push_back(aggregate.b);
  return results;
}

Scopes::Scopes(const Program& program, const Rule& rule) : program_(program), owners_(rule.variables.size(), kNone) {
  std::vector<BodyId> around;
  Assign(rule.body, rule.head_arguments, around);
  SortUnique(contested_);
}

void Scopes::Assign(BodyId body, const std::vector<ExprId>& results, std::vector<BodyId>& around) {
  bodies_.push_back(body);
  std::vector<VarId> binders;
  CollectBinders(program_, body, binders);
  for (const VarId var : binders) {
    if (owners_[var] == kNone) {
      owners_[var] = body;
    } else if (owners_[var] != body && std::find(around.begin(), around.end(), owners_[var]) == around.end()) {
      contested_.push_back(var);
    }
  }
  around.push_back(body);
  for (const Literal& literal : program_.bodies[body].literals) {
    if (literal.kind != Literal::Kind::kScan) Descend(literal.expr, around);
  }
  for (const ExprId result : results) Descend(result, around);
  around.pop_back();
}

void Scopes::Descend(ExprId id, std::vector<BodyId>& around) {
  const Expr& expr = program_.exprs[id];
  if (HoldsBody(expr.op)) Assign(expr.a, ResultsOf(program_, expr), around);
  ForEachOperand(program_, expr, [&](ExprId operand) { Descend(operand, around); });
}

void Scopes::UsesOfExpr(ExprId id, std::vector<VarId>& uses, std::vector<BodyId>& inner) const {
  const Expr& expr = program_.exprs[id];
  if (expr.op == Op::kVar) uses.push_back(expr.a);
  if (HoldsBody(expr.op)) {
    UsesOfBody(expr.a, uses, inner);
    for (const ExprId result : ResultsOf(program_, expr)) UsesOfExpr(result, uses, inner);
  }
  ForEachOperand(program_, expr, [&](ExprId operand) { UsesOfExpr(operand, uses, inner); });
}

void Scopes::UsesOfBody(BodyId body, std::vector<VarId>& uses, std::vector<BodyId>& inner) const {
  inner.push_back(body);
  for (const Literal& literal : program_.bodies[body].literals) {
    if (literal.kind == Literal::Kind::kScan) {
      for (const Match& match : literal.matches) {
        if (match.var != kNone) uses.push_back(match.var);
      }
    } else {
      if (literal.kind == Literal::Kind::kLet) uses.push_back(literal.var);
      UsesOfExpr(literal.expr, uses, inner);
    }
  }
}

std::vector<VarId> Scopes::Free(std::vector<VarId> uses, const std::vector<BodyId>& inner) const {
  SortUnique(uses);
  std::erase_if(uses, [&](VarId var) { return std::find(inner.begin(), inner.end(), owners_[var]) != inner.end(); });
  return uses;
}

std::vector<VarId> Scopes::NeedsOfExpr(ExprId expr) const {
  std::vector<VarId> uses;
  std::vector<BodyId> inner;
  UsesOfExpr(expr, uses, inner);
  return Free(std::move(uses), inner);
}

std::vector<VarId> Scopes::NeedsOfBody(BodyId body, const std::vector<ExprId>& results) const {
  std::vector<VarId> uses;
  std::vector<BodyId> inner;
  UsesOfBody(body, uses, inner);
  for (const ExprId result : results) UsesOfExpr(result, uses, inner);
  return Free(std::move(uses), inner);
}

namespace {

class Reads {
 public:
  Reads(const Program& program, const std::function<void(RelationId, bool)>& visit) : program_(program), visit_(visit) {}

  void OfBody(BodyId body, bool strict) {
    for (const Literal& literal : program_.bodies[body].literals) {
      if (literal.kind == Literal::Kind::kScan) visit_(literal.relation, strict);
      if (literal.kind == Literal::Kind::kLet) OfExpr(literal.expr, true);
      if (literal.kind == Literal::Kind::kFilter) OfExpr(literal.expr, strict);
    }
  }

  // Only what is under kAnd, kOr and kExists alone grows when its relations grow.
  void OfExpr(ExprId id, bool strict) {
    const Expr& expr = program_.exprs[id];
    if (expr.op == Op::kHas) visit_(expr.b, strict);
    if (HoldsBody(expr.op)) {
      OfBody(expr.a, strict || expr.op != Op::kExists);
      for (const ExprId result : ResultsOf(program_, expr)) OfExpr(result, true);
    }
    const bool grows = expr.op == Op::kAnd || expr.op == Op::kOr;
    ForEachOperand(program_, expr, [&](ExprId operand) { OfExpr(operand, strict || !grows); });
  }

 private:
  const Program& program_;
  const std::function<void(RelationId, bool)>& visit_;
};

// Tarjan's components by an explicit stack; a component comes out after all that it leads to.
class Components {
 public:
  explicit Components(const std::vector<std::vector<uint32_t>>& edges)
      : edges_(edges), index_(edges.size(), kNone), low_(edges.size()), open_(edges.size()) {}

  void From(uint32_t root, const std::function<void(std::vector<uint32_t>)>& give) {
    if (index_[root] != kNone) return;
    std::vector<std::pair<uint32_t, size_t>> path;
    const auto enter = [&](uint32_t node) {
      index_[node] = low_[node] = next_++;
      open_[node] = true;
      stack_.push_back(node);
      path.emplace_back(node, 0);
    };
    enter(root);
    while (!path.empty()) {
      auto& [node, at] = path.back();
      if (at < edges_[node].size()) {
        const uint32_t to = edges_[node][at++];
        if (index_[to] == kNone) enter(to);
        else if (open_[to]) low_[node] = std::min(low_[node], index_[to]);
        continue;
      }
      const uint32_t done = node;
      path.pop_back();
      if (!path.empty()) low_[path.back().first] = std::min(low_[path.back().first], low_[done]);
      if (low_[done] != index_[done]) continue;
      std::vector<uint32_t> component;
      do {
        component.push_back(stack_.back());
        open_[stack_.back()] = false;
        stack_.pop_back();
      } while (component.back() != done);
      std::sort(component.begin(), component.end());
      give(std::move(component));
    }
  }

 private:
  const std::vector<std::vector<uint32_t>>& edges_;
  std::vector<uint32_t> index_, low_, stack_;
  std::vector<bool> open_;
  uint32_t next_ = 0;
};

}  // namespace

void ForEachRead(const Program& program, const Rule& rule, const std::function<void(RelationId, bool strict)>& visit) {
  Reads reads(program, visit);
  reads.OfBody(rule.body, false);
  for (const ExprId argument : rule.head_arguments) reads.OfExpr(argument, true);
}

Strata FindStrata(const Program& program) {
  std::vector<std::vector<uint32_t>> edges(program.relations.size());
  for (const Rule& rule : program.rules) {
    ForEachRead(program, rule, [&](RelationId relation, bool) {
      if (program.relations[relation].derived) edges[rule.head].push_back(relation);
    });
  }
  Strata strata;
  strata.group_of.assign(program.relations.size(), kNone);
  Components components(edges);
  for (RelationId relation = 0; relation < program.relations.size(); ++relation) {
    if (!program.relations[relation].derived) continue;
    components.From(relation, [&](std::vector<uint32_t> component) {
      for (const RelationId member : component) strata.group_of[member] = static_cast<uint32_t>(strata.groups.size());
      strata.groups.push_back(std::move(component));
    });
  }
  for (uint32_t i = 0; i < program.rules.size(); ++i) {
    bool sound = true;
    const uint32_t group = strata.group_of[program.rules[i].head];
    ForEachRead(program, program.rules[i], [&](RelationId relation, bool strict) {
      sound = sound && !(strict && strata.group_of[relation] == group);
    });
    if (!sound) strata.unsound.push_back(i);
  }
  return strata;
}

}  // namespace ordo::ir

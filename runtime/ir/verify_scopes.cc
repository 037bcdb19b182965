#include <algorithm>

#include "runtime/ir/analysis.h"
#include "runtime/ir/verify_parts.h"

namespace ordo::ir {

namespace {

class Bindings : Inspector {
 public:
  Bindings(const Program& program, Faults& faults) : Inspector(program, faults) {}

  void Run() {
    std::vector<uint32_t> places(program_.bodies.size());
    for (size_t i = 0; i < program_.rules.size(); ++i) {
      const Rule& rule = program_.rules[i];
      At("rule {} «{}»", i, program_.text(rule.name));
      const Scopes scopes(program_, rule);
      for (const BodyId body : scopes.bodies()) {
        if (++places[body] == 2) Fault("body {} stands in two places", body);
      }
      for (const VarId var : scopes.contested()) Fault("variable {} «{}» is bound in two bodies", var, NameOfVar(rule, var));
      if (!faults_.empty()) continue;
      bound_.assign(rule.variables.size(), false);
      Bind(rule, scopes, rule.body, rule.head_arguments);
    }
    if (!faults_.empty()) return;
    for (const uint32_t rule : FindStrata(program_).unsound) {
      At("rule {} «{}»", rule, program_.text(program_.rules[rule].name));
      Fault("negates or counts what depends on its own head");
    }
  }

 private:
  std::string_view NameOfVar(const Rule& rule, VarId var) const { return program_.text(rule.variables[var].name); }

  bool AllBound(const std::vector<VarId>& vars) const {
    return std::all_of(vars.begin(), vars.end(), [this](VarId var) { return bound_[var]; });
  }

  // Places literals as the engine may, until none can be placed. Then everything must have been, here and in the bodies inside,
  // which see all variables bound around them.
  void Bind(const Rule& rule, const Scopes& scopes, BodyId body, const std::vector<ExprId>& results) {
    std::vector<ExprId> open;
    std::vector<const Literal*> lets;
    for (const Literal& literal : program_.bodies[body].literals) {
      if (literal.kind == Literal::Kind::kFilter) CollectConjuncts(program_, literal.expr, open);
      if (literal.kind == Literal::Kind::kLet) lets.push_back(&literal);
      for (const Match& match : literal.matches) {
        if (match.var != kNone) bound_[match.var] = true;
      }
    }
    for (bool again = true; again;) {
      const size_t placed = std::erase_if(lets, [&](const Literal* let) {
        if (!AllBound(scopes.NeedsOfExpr(let->expr))) return false;
        bound_[let->var] = true;
        return true;
      });
      again = placed + std::erase_if(open, [&](ExprId filter) { return TryFilter(scopes, filter); }) > 0;
    }
    const auto complain = [&](const std::vector<VarId>& needs) {
      for (const VarId var : needs) {
        if (!bound_[var]) Fault("variable {} «{}» of body {} is never bound", var, NameOfVar(rule, var), body);
      }
    };
    for (const ExprId filter : open) complain(scopes.NeedsOfExpr(filter));
    for (const Literal* let : lets) complain(scopes.NeedsOfExpr(let->expr));
    for (const ExprId result : results) complain(scopes.NeedsOfExpr(result));
    for (const Literal& literal : program_.bodies[body].literals) {
      if (literal.kind != Literal::Kind::kScan) BindInside(rule, scopes, literal.expr);
    }
    for (const ExprId result : results) BindInside(rule, scopes, result);
  }

  void BindInside(const Rule& rule, const Scopes& scopes, ExprId id) {
    const Expr& expr = program_.exprs[id];
    if (HoldsBody(expr.op)) Bind(rule, scopes, expr.a, ResultsOf(program_, expr));
    ForEachOperand(program_, expr, [&](ExprId operand) { BindInside(rule, scopes, operand); });
  }

  bool TryFilter(const Scopes& scopes, ExprId filter) {
    const Expr& expr = program_.exprs[filter];
    if (AllBound(scopes.NeedsOfExpr(filter))) return true;
    if (expr.op == Op::kHas) {
      for (uint32_t i = 0; i < expr.argument_count; ++i) {
        const ExprId argument = program_.arguments[expr.first_argument + i];
        if (program_.exprs[argument].op != Op::kVar && !AllBound(scopes.NeedsOfExpr(argument))) return false;
      }
      for (uint32_t i = 0; i < expr.argument_count; ++i) {
        const Expr& argument = program_.exprs[program_.arguments[expr.first_argument + i]];
        if (argument.op == Op::kVar) bound_[argument.a] = true;
      }
      return true;
    }
    if (expr.op != Op::kEqual) return false;
    for (const auto& [side, other] : {std::pair(expr.a, expr.b), std::pair(expr.b, expr.a)}) {
      if (!AllBound(scopes.NeedsOfExpr(other))) continue;
      const Expr* target = &program_.exprs[side];
      if (target->op == Op::kColumn) target = &program_.exprs[target->a];
      if (target->op != Op::kVar) continue;
      bound_[target->a] = true;
      return true;
    }
    return false;
  }

  std::vector<bool> bound_;
};

}  // namespace

void VerifyScopes(const Program& program, Faults& faults) { Bindings(program, faults).Run(); }

}  // namespace ordo::ir

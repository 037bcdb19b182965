#include "runtime/ir/analysis.h"
#include "runtime/ir/verify_parts.h"

namespace ordo::ir {

namespace {

bool IsPlain(Type type) { return type == Type::kNumber || type == Type::kPercent; }  // without a dimension
bool IsOrdered(Type type) { return type == Type::kDate || IsDecimal(type); }
bool Agree(Type a, Type b) { return a == b || (IsPlain(a) && IsPlain(b)); }

class Types : Inspector {
 public:
  Types(const Program& program, Faults& faults) : Inspector(program, faults) {}

  void Run() {
    for (size_t i = 0; i < program_.exprs.size(); ++i) ExprTypes(i);
    for (size_t i = 0; i < program_.bodies.size(); ++i) {
      for (const Literal& literal : program_.bodies[i].literals) {
        At("body {}", i);
        if (literal.kind == Literal::Kind::kFilter) Want(literal.expr, Type::kBool);
      }
    }
    for (size_t i = 0; i < program_.rules.size(); ++i) RuleTypes(i);
  }

 private:
  Type TypeOf(ExprId id) const { return program_.exprs[id].type; }
  void Want(ExprId id, Type type) {
    if (TypeOf(id) != type) Fault("expr {} is {}, not {}", id, NameOf(TypeOf(id)), NameOf(type));
  }
  void Give(const Expr& expr, Type type) {
    if (expr.type != type) Fault("gives {}, not {}", NameOf(type), NameOf(expr.type));
  }

  void ExprTypes(size_t i) {
    const Expr& expr = program_.exprs[i];
    At("expr {}", i);
    const auto argument = [&](uint32_t n) { return program_.arguments[expr.first_argument + n]; };
    const bool takes_arguments = expr.op == Op::kHas || expr.op == Op::kCount || expr.op == Op::kSum || expr.op == Op::kNthGreatest ||
                                 expr.op == Op::kNthLeast || expr.op == Op::kCall;
    if (!takes_arguments && expr.argument_count > 0) Fault("arguments that nobody reads");
    switch (expr.op) {
      case Op::kVar:
      case Op::kConst:
      case Op::kCall:
        break;
      case Op::kColumn: {
        const Relation& relation = program_.relations[expr.b];
        Want(expr.a, Type::kEntity);
        if (!relation.keyed) Fault("a column of relation {}, which is not keyed", expr.b);
        Give(expr, relation.columns[expr.c].type);
        break;
      }
      case Op::kHas: {
        const Relation& relation = program_.relations[expr.b];
        Give(expr, Type::kBool);
        if (expr.argument_count != relation.columns.size()) {
          Fault("{} arguments for {} columns", expr.argument_count, relation.columns.size());
        } else {
          for (uint32_t n = 0; n < expr.argument_count; ++n) {
            if (!Agree(TypeOf(argument(n)), relation.columns[n].type)) Want(argument(n), relation.columns[n].type);
          }
        }
        break;
      }
      case Op::kStated:
        Give(expr, Type::kBool);
        break;
      case Op::kNot:
        Give(expr, Type::kBool);
        Want(expr.a, Type::kBool);
        break;
      case Op::kAnd:
      case Op::kOr:
        Give(expr, Type::kBool);
        Want(expr.a, Type::kBool);
        Want(expr.b, Type::kBool);
        break;
      case Op::kEqual:
      case Op::kNotEqual:
      case Op::kLess:
      case Op::kLessEqual:
      case Op::kGreater:
      case Op::kGreaterEqual:
        Give(expr, Type::kBool);
        if (!Agree(TypeOf(expr.a), TypeOf(expr.b))) Fault("{} with {}", NameOf(TypeOf(expr.a)), NameOf(TypeOf(expr.b)));
        if (expr.op > Op::kNotEqual && !IsOrdered(TypeOf(expr.a))) Fault("{} has no order", NameOf(TypeOf(expr.a)));
        break;
      case Op::kAdd:
      case Op::kSubtract:
      case Op::kMultiply:
      case Op::kDivide:
        Arithmetic(expr);
        break;
      case Op::kNegate:
        if (!IsDecimal(expr.type)) Fault("{} cannot be negated", NameOf(expr.type));
        Want(expr.a, expr.type);
        break;
      case Op::kExists:
        Give(expr, Type::kBool);
        break;
      case Op::kCount:
        Give(expr, Type::kNumber);
        if (expr.argument_count == 0) Fault("nothing is counted");
        break;
      case Op::kSum:
        if (expr.argument_count == 0) Fault("a sum over nothing");
        if (!IsDecimal(expr.type)) Fault("{} cannot be summed", NameOf(expr.type));
        Want(expr.b, expr.type);
        break;
      case Op::kMin:
      case Op::kMax:
        if (!IsOrdered(expr.type)) Fault("{} has no order", NameOf(expr.type));
        Want(expr.b, expr.type);
        break;
      case Op::kNthGreatest:
      case Op::kNthLeast:
        if (expr.argument_count == 0) Fault("an order of nothing");
        if (expr.c == 0 || expr.c == kNone) Fault("the place in an order counts from 1");
        if (!IsOrdered(expr.type)) Fault("{} has no order", NameOf(expr.type));
        Want(expr.b, expr.type);
        break;
    }
  }

  void Arithmetic(const Expr& expr) {
    const Type a = TypeOf(expr.a), b = TypeOf(expr.b);
    bool good = false;
    switch (expr.op) {
      case Op::kAdd:
        good = (a == Type::kDate && b == Type::kDays) || (a == Type::kDays && b == Type::kDate)
                   ? expr.type == Type::kDate
                   : IsDecimal(a) && Agree(a, b) && Agree(a, expr.type);
        break;
      case Op::kSubtract:
        if (a == Type::kDate)
          good = (b == Type::kDate && expr.type == Type::kDays) || (b == Type::kDays && expr.type == Type::kDate);
        else good = IsDecimal(a) && Agree(a, b) && Agree(a, expr.type);
        break;
      case Op::kMultiply:
        good = (IsPlain(a) && IsDecimal(b) && Agree(expr.type, b)) || (IsPlain(b) && IsDecimal(a) && Agree(expr.type, a));
        break;
      default:
        good = (IsPlain(b) && IsDecimal(a) && Agree(expr.type, a)) || (IsDecimal(a) && a == b && IsPlain(expr.type));
    }
    if (!good) Fault("no such arithmetic of {} and {} giving {}", NameOf(a), NameOf(b), NameOf(expr.type));
  }

  void RuleTypes(size_t i) {
    const Rule& rule = program_.rules[i];
    const Relation& head = program_.relations[rule.head];
    At("rule {} «{}»", i, program_.text(rule.name));
    if (!head.derived) Fault("its head is not derived");
    if (rule.head_arguments.size() != head.columns.size()) {
      Fault("{} head arguments for {} columns", rule.head_arguments.size(), head.columns.size());
    } else {
      for (size_t n = 0; n < head.columns.size(); ++n) {
        if (!Agree(TypeOf(rule.head_arguments[n]), head.columns[n].type)) Want(rule.head_arguments[n], head.columns[n].type);
      }
    }
    seen_exprs_.assign(program_.exprs.size(), false);
    seen_bodies_.assign(program_.bodies.size(), false);
    BodyVariables(rule, rule.body);
    for (const ExprId argument : rule.head_arguments) ExprVariables(rule, argument);
  }

  bool VariableOk(const Rule& rule, VarId var, Type type) {
    if (var >= rule.variables.size()) {
      Fault("variable {} is out of range", var);
      return false;
    }
    if (!Agree(rule.variables[var].type, type)) {
      Fault("variable {} is {}, not {}", var, NameOf(rule.variables[var].type), NameOf(type));
    }
    return true;
  }
  void BodyVariables(const Rule& rule, BodyId id) {
    if (seen_bodies_[id]) return;
    seen_bodies_[id] = true;
    for (const Literal& literal : program_.bodies[id].literals) {
      if (literal.kind == Literal::Kind::kScan) {
        for (const Match& match : literal.matches) {
          if (match.var != kNone) VariableOk(rule, match.var, program_.relations[literal.relation].columns[match.column].type);
        }
        continue;
      }
      if (literal.kind == Literal::Kind::kLet) VariableOk(rule, literal.var, TypeOf(literal.expr));
      ExprVariables(rule, literal.expr);
    }
  }
  void ExprVariables(const Rule& rule, ExprId id) {
    if (seen_exprs_[id]) return;
    seen_exprs_[id] = true;
    const Expr& expr = program_.exprs[id];
    if (expr.op == Op::kVar) VariableOk(rule, expr.a, expr.type);
    if (HoldsBody(expr.op)) {
      BodyVariables(rule, expr.a);
      for (const ExprId result : ResultsOf(program_, expr)) ExprVariables(rule, result);
    }
    ForEachOperand(program_, expr, [&](ExprId operand) { ExprVariables(rule, operand); });
  }

  std::vector<bool> seen_exprs_, seen_bodies_;
};

}  // namespace

void VerifyTypes(const Program& program, Faults& faults) { Types(program, faults).Run(); }

}  // namespace ordo::ir

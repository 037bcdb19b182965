#include "compiler/driver/rule_shape.h"

#include <vector>

#include "fmt/format.h"
#include "runtime/ir/analysis.h"

namespace ordo {
namespace {

class Shape {
 public:
  Shape(const ir::Program& program, const ir::Rule& rule) : program_(program), numbers_(rule.variables.size(), ir::kNone) {}

  void Body(ir::BodyId body) {
    text += '{';
    for (const ir::Literal& literal : program_.bodies[body].literals) {
      text += fmt::format("{}:", static_cast<int>(literal.kind));
      if (literal.kind == ir::Literal::Kind::kScan) {
        text += fmt::format("r{}", literal.relation);
        for (const ir::Match& match : literal.matches) {
          text += fmt::format(",{}=", match.column);
          if (match.var != ir::kNone) Variable(match.var);
          else text += fmt::format("c{}", match.constant);
        }
      } else {
        Expr(literal.expr);
        if (literal.kind == ir::Literal::Kind::kLet) Variable(literal.var);
      }
      text += ';';
    }
    text += '}';
  }

  std::string text;

 private:
  void Variable(ir::VarId var) {
    if (numbers_[var] == ir::kNone) numbers_[var] = next_++;
    text += fmt::format("v{}", numbers_[var]);
  }

  void Expr(ir::ExprId id) {
    const ir::Expr& expr = program_.exprs[id];
    text += fmt::format("({}", static_cast<int>(expr.op));
    switch (expr.op) {
      case ir::Op::kVar: Variable(expr.a); break;
      case ir::Op::kConst: text += fmt::format(" {} {}", static_cast<int>(expr.type), expr.constant); break;
      case ir::Op::kColumn: text += fmt::format(" r{}.{}", expr.b, expr.c); break;
      case ir::Op::kHas: text += fmt::format(" r{}", expr.b); break;
      case ir::Op::kCall: text += fmt::format(" f{}", expr.a); break;
      default: break;
    }
    if (ir::HoldsBody(expr.op)) {
      Body(expr.a);
      if (expr.op == ir::Op::kNthGreatest || expr.op == ir::Op::kNthLeast) text += fmt::format(" n{}", expr.c);
      for (const ir::ExprId result : ir::ResultsOf(program_, expr)) Expr(result);
    } else {
      ir::ForEachOperand(program_, expr, [&](ir::ExprId operand) { Expr(operand); });
    }
    text += ')';
  }

  const ir::Program& program_;
  std::vector<uint32_t> numbers_;
  uint32_t next_ = 0;
};

}  // namespace

std::string ShapeOf(const ir::Program& program, const ir::Rule& rule) {
  Shape shape(program, rule);
  shape.Body(rule.body);
  return std::move(shape.text);
}

}  // namespace ordo

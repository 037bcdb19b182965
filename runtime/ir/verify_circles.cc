#include "runtime/ir/analysis.h"
#include "runtime/ir/verify_parts.h"

namespace ordo::ir {

namespace {

class Circles : Inspector {
 public:
  Circles(const Program& program, Faults& faults) : Inspector(program, faults) {}

  void Run() {
    const size_t exprs = program_.exprs.size();
    std::vector<char> state(exprs + program_.bodies.size());   // 0 new, 1 open, 2 done
    std::vector<std::pair<size_t, size_t>> path;
    std::vector<std::vector<size_t>> children;
    const auto enter = [&](size_t node) {
      state[node] = 1;
      path.emplace_back(node, 0);
      children.emplace_back();
      if (node < exprs) {
        const Expr& expr = program_.exprs[node];
        ForEachOperand(program_, expr, [&](ExprId operand) { children.back().push_back(operand); });
        if (!HoldsBody(expr.op)) return;
        children.back().push_back(exprs + expr.a);
        for (const ExprId result : ResultsOf(program_, expr)) children.back().push_back(result);
      } else {
        for (const Literal& literal : program_.bodies[node - exprs].literals) {
          if (literal.kind != Literal::Kind::kScan) children.back().push_back(literal.expr);
        }
      }
    };
    for (size_t root = 0; root < state.size(); ++root) {
      if (state[root] == 0) enter(root);
      while (!path.empty()) {
        auto& [node, at] = path.back();
        if (at == children.back().size()) {
          state[node] = 2;
          path.pop_back();
          children.pop_back();
          continue;
        }
        const size_t next = children.back()[at++];
        if (state[next] == 1) {
          if (next < exprs) At("expr {}", next);
          else At("body {}", next - exprs);
          return Fault("contains itself");
        }
        if (state[next] == 0) enter(next);
      }
    }
  }
};

}  // namespace

void VerifyCircles(const Program& program, Faults& faults) { Circles(program, faults).Run(); }

}  // namespace ordo::ir

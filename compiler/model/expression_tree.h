// Expressions as trees: the grammar gives flat lists of operands and operators, precedence is climbed here. In: an expression of
// the AST. Out: nodes by index; -1 is nothing. Knows no types. Internal to compiler/model.
#pragma once

#include <utility>
#include <vector>

#include "compiler/ast/ast.h"

namespace ordo {

struct Operand {
  NodeId unary = 0;  // a leaf, when there is no operator
  const Token* op = nullptr;
  int left = -1, right = -1;
};

class ExpressionTrees {
 public:
  // Trees are walked by recursion: an expression that nobody could read is refused.
  static constexpr uint32_t kLongest = 1000;  // tokens
  static bool TooLong(const Ast& ast, NodeId expr) { return ast.nodes[expr].token_end - ast.nodes[expr].first_token > kLongest; }

  void Clear() { nodes_.clear(); }
  int Build(const Ast& ast, NodeId expr);
  const Operand& operator[](int tree) const { return nodes_[static_cast<size_t>(tree)]; }

 private:
  using Items = std::vector<std::pair<NodeId, const Token*>>;
  int Climb(const Ast& ast, const Items& items, size_t& at, int level);

  std::vector<Operand> nodes_;
};

}  // namespace ordo

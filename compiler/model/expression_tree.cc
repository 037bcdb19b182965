#include "compiler/model/expression_tree.h"

namespace ordo {
namespace {

int LevelOf(const Token& op, std::string_view text) {
  switch (op.kind) {
    case TokenKind::OR: return 0;
    case TokenKind::AND: return 1;
    case TokenKind::COMPARE:
    case TokenKind::AMONG: return 2;
    default: return text == "*" || text == "/" ? 4 : 3;
  }
}

}  // namespace

int ExpressionTrees::Build(const Ast& ast, NodeId expr) {
  const Node& node = ast.nodes[expr];
  Items items;
  for (NodeId child = ast.first(expr); child != node.end; child = ast.nodes[child].end) {
    const uint32_t after = ast.nodes[child].token_end;
    items.push_back({child, after < node.token_end ? &ast.tokens[after] : nullptr});
  }
  if (items.empty()) return -1;
  size_t at = 0;
  return Climb(ast, items, at, 0);
}

int ExpressionTrees::Climb(const Ast& ast, const Items& items, size_t& at, int level) {
  nodes_.push_back({items[at].first, nullptr, -1, -1});
  int left = static_cast<int>(nodes_.size()) - 1;
  while (items[at].second && LevelOf(*items[at].second, ast.text(*items[at].second)) >= level && at + 1 < items.size()) {
    const Token* op = items[at].second;
    const int op_level = LevelOf(*op, ast.text(*op));
    ++at;
    const int right = Climb(ast, items, at, op_level + 1);
    nodes_.push_back({0, op, left, right});
    left = static_cast<int>(nodes_.size()) - 1;
  }
  return left;
}

}  // namespace ordo

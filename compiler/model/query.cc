// A query: the lines of a rule, and what is to be shown instead of a message.
#include "compiler/model/rules.h"

#include "fmt/format.h"

namespace ordo {

using ir::Type;
using Form = ir::QuestionColumn::Form;

bool RuleCompiler::QueryLines(const Ast& ast, NodeId block, std::vector<NodeId>* shown) {
  Begin(ast, "query", ast.SpanOf(block));
  bool sound = true;
  for (NodeId line = HeadingOf(ast, block).body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    const Token& token = ast.tokens[node.first_token];
    sound &= !node.error && !failed_;
    failed_ = false;   // one finding a line
    if (node.error) continue;
    const bool lines = node.kind == NodeKind::kClause &&
                       (token.word == W::clause_for_each || token.word == W::clause_let || token.word == W::clause_where);
    if (lines && Line(line, root_)) continue;
    if (node.kind == NodeKind::kField && token.word == W::key_show) {
      for (NodeId child = ast.first(line); child != node.end; child = ast.nodes[child].end) shown->push_back(child);
    } else {
      Fail(TokenSpan(token), Code::kQueryForm, {ShownText(ast.text(token))});
    }
  }
  return sound && !failed_;
}

// `waits_on(a, b)` with names that nobody has declared asks for all a and b.
bool RuleCompiler::BindUnknowns(NodeId expr, std::vector<std::string>* names) {
  const int tree = BuildTree(expr);
  if (tree < 0 || trees_[tree].op) return false;
  const NodeId unary = trees_[tree].unary, primary = ast_->first(unary), path = ast_->first(primary);
  const Node& node = ast_->nodes[path];
  if (node.kind != NodeKind::kPath || node.token_end != ast_->nodes[unary].token_end || node.first_token != ast_->nodes[unary].first_token)
    return false;
  const auto found = shared_->relations.find(b_.NameSymbol(*ast_, ast_->tokens[node.first_token]));
  if (found == shared_->relations.end()) return false;
  const std::vector<StaticType>& parameters = found->second.parameters;
  size_t at = 0;
  for (NodeId child = ast_->first(path); child != node.end; child = ast_->nodes[child].end, ++at) {
    const Token& token = ast_->tokens[ast_->nodes[child].first_token];
    const std::string name = ast_->NameOf(token);
    const bool bare = token.kind == TokenKind::ID && token.word == W::kNone && ast_->nodes[child].token_end == ast_->nodes[child].first_token + 1;
    if (!bare || at >= parameters.size() || Find(name) || b_.model_->names.contains(b_.NameSymbol(*ast_, token))) continue;
    Binding binding;
    binding.var = NewVar(name, parameters[at].type);
    binding.value.ok = true;
    binding.value.type = parameters[at];
    binding.value.expr = VarExpr(binding.var);
    binding.value.key = name;
    Bind(token, binding);
    names->push_back(name);
  }
  if (!names->empty()) Condition(tree, root_);
  return !names->empty();
}

// The variables that tell one row from another.
std::vector<ir::ExprId> RuleCompiler::RowKeys() {
  std::vector<ir::ExprId> keys;
  for (const auto& [name, binding] : scope_) {
    if (binding.kind == Binding::kVar) keys.push_back(VarExpr(binding.var));
  }
  return keys;
}

ir::RelationId RuleCompiler::AddDerived(std::string_view name, std::vector<ir::ExprId> arguments) {
  ir::Relation relation;
  relation.name = b_.Intern(name);
  relation.derived = true;
  for (size_t i = 0; i < arguments.size(); ++i) {
    relation.columns.push_back({b_.Intern(fmt::format("{}", i + 1)), program_.exprs[arguments[i]].type});
  }
  rule_.head = static_cast<ir::RelationId>(program_.relations.size());
  rule_.head_arguments = std::move(arguments);
  rule_.body = root_;
  program_.relations.push_back(std::move(relation));
  program_.rules.push_back(std::move(rule_));
  return program_.relations.size() - 1;
}

void RuleCompiler::CompileQuery(const Ast& ast, NodeId block) {
  ir::Question question;
  std::vector<NodeId> shown;
  if (!QueryLines(ast, block, &shown)) return;
  const bool pure = shown.size() == 1 && scope_.empty();
  std::vector<std::string> unknowns;
  const bool asks_relation = pure && BindUnknowns(shown[0], &unknowns);
  // What a row shows: without `show:` every name of the lines.
  std::vector<ir::ExprId> arguments;
  bool sound = !failed_;
  const auto add = [&](const Value& value, std::string_view text) {
    ir::QuestionColumn column;
    column.text = text;
    column.type = value.is_set ? value.set.element.type : value.type.type;
    const ir::Op op = value.is_set ? ir::Op::kConst : program_.exprs[value.expr].op;
    const bool always = op == ir::Op::kVar || op == ir::Op::kConst || op == ir::Op::kCount || op == ir::Op::kExists || op == ir::Op::kStated;
    column.form = value.is_set ? Form::kMany : always && !value.type.optional ? Form::kOne : Form::kMaybe;
    if (column.form == Form::kOne) {
      column.column = static_cast<uint32_t>(arguments.size());
      arguments.push_back(value.expr);
    }
    question.columns.push_back(std::move(column));
  };
  const auto column_value = [&](size_t i) -> Value {   // the same again in each rule that needs it
    if (asks_relation || shown.empty()) return {};
    Value value = CompileTree(BuildTree(shown[i]));
    if (value.ok && value.is_word) return Fail(value.span, Code::kRuleUnknown, {value.text});
    return value;
  };
  if (asks_relation || shown.empty()) {
    for (const auto& [name, binding] : scope_) {
      if (binding.kind == Binding::kVar) add(binding.value, name);
    }
    if (question.columns.empty()) Fail(ast.SpanOf(block), Code::kQueryForm, {"…"});
  } else {
    for (size_t i = 0; i < shown.size(); ++i) {
      const Value value = column_value(i);
      sound &= value.ok && !failed_;
      failed_ = false;
      if (value.ok) add(value, Text(ast.SpanOf(shown[i])));
    }
  }
  if (!sound || failed_) return;
  bool joined = false;
  for (const ir::QuestionColumn& column : question.columns) joined |= column.form != Form::kOne;
  const std::vector<ir::ExprId> keys = RowKeys();
  question.single = pure && !asks_relation;
  question.first_key = static_cast<uint32_t>(arguments.size());
  if (joined) {
    question.key_count = static_cast<uint32_t>(keys.size());
    arguments.insert(arguments.end(), keys.begin(), keys.end());
  }
  if (arguments.empty()) arguments.push_back(ConstExpr(Type::kBool, 1));   // a row there is, if the lines hold
  question.rows = AddDerived("query", std::move(arguments));
  for (size_t i = 0; i < question.columns.size(); ++i) {
    ir::QuestionColumn& column = question.columns[i];
    column.relation = question.rows;
    if (column.form == Form::kOne) continue;
    std::vector<NodeId> again;
    QueryLines(ast, block, &again);
    std::vector<ir::ExprId> cells = RowKeys();
    const Value value = column_value(i);
    ir::ExprId cell = value.expr;
    if (value.is_set) {
      const ir::VarId member = NewVar("", value.set.element.type);
      EmitMembers(value.set, member, root_);
      cell = VarExpr(member);
    }
    column.column = static_cast<uint32_t>(cells.size());
    cells.push_back(cell);
    column.relation = AddDerived(fmt::format("query {}", i + 1), std::move(cells));
  }
  b_.model_->question = std::move(question);
}

}  // namespace ordo

// Which values of a rule become columns of a table of WITH, and how.
#include "runtime/sql/rule_select.h"

#include <algorithm>

#include "fmt/format.h"

namespace ordo::sql {

using ir::BodyId;
using ir::ExprId;
using ir::kNone;
using ir::Literal;
using ir::Op;
using ir::RelationId;
using ir::VarId;

// What has been joined so far becomes one table, with the value of `expr` as a further column. It stands in a WITH, not inside
// the next SELECT: parsers take only so many brackets. A value of an inner body is worked out once for all rows that agree in
// what the body uses, as the engine remembers it: a count over all tasks of a quarter is done once a quarter, not once a task.
void RuleSelect::Stage(Block& block, VarId var, ExprId expr) {
  const bool with_plan = !block.plan.empty() && block.outer == nullptr;
  std::vector<VarId> keys;
  if (ir::HoldsBody(program_.exprs[expr].op)) {
    for (const VarId need : scopes_.NeedsOfExpr(expr)) {
      if (std::find(block.bound.begin(), block.bound.end(), need) != block.bound.end()) keys.push_back(need);
    }
  }
  // One that uses nothing from here is worked out once a plan; a database with one plan sees that for itself.
  const bool apart = ir::HoldsBody(program_.exprs[expr].op) && keys.size() < block.bound.size() && (with_plan || !keys.empty());
  Value value;
  if (!apart) value = ValueOf(block, expr);
  const std::string alias = fmt::format("s{}_{}", ordinal_, aliases_++);
  std::vector<std::string> columns;
  if (with_plan) columns.push_back(block.plan + " AS plan");
  for (const VarId bound : block.bound) {
    columns.push_back(fmt::format("{} AS v{}", vars_[bound].text, bound));
    vars_[bound].text = fmt::format("{}.v{}", alias, bound);
  }
  if (!apart)
    columns.push_back(fmt::format("{} AS v{}", value.text, var));
  else if (columns.empty())
    columns.push_back("1 AS x");
  std::string select = fmt::format("SELECT {}", fmt::join(columns, ", "));
  if (!block.from.empty()) select += fmt::format(" FROM {}", fmt::join(block.from, ", "));
  if (!block.where.empty()) select += " WHERE " + Joined(block.where, " AND ", "TRUE");
  block.tables.push_back(fmt::format("{} AS MATERIALIZED ({})", alias, select));
  block.from = {alias};
  block.where.clear();
  block.known.clear();
  if (with_plan) block.plan = alias + ".plan";
  std::string from = alias;
  if (apart) {
    from = fmt::format("m{}_{}", ordinal_, aliases_++);
    const std::string key_row = fmt::format("k{}", aliases_++);
    std::vector<std::string> distinct;
    if (with_plan) distinct.push_back("plan");
    for (const VarId key : keys) distinct.push_back(fmt::format("v{}", key));
    std::vector<std::string> told, same;
    for (const std::string& name : distinct) {
      told.push_back(fmt::format("{0}.{1} AS {1}", key_row, name));
      same.push_back(fmt::format("{}.{} = {}.{}", from, name, alias, name));
    }
    // The same names, of other rows, while the value is written.
    const std::string plan = block.plan;
    for (const VarId key : keys) vars_[key].text = fmt::format("{}.v{}", key_row, key);
    if (with_plan) block.plan = key_row + ".plan";
    value = ValueOf(block, expr);
    for (const VarId key : keys) vars_[key].text = fmt::format("{}.v{}", alias, key);
    block.plan = plan;
    told.push_back(fmt::format("{} AS v{}", value.text, var));
    block.tables.push_back(fmt::format("{} AS MATERIALIZED (SELECT {} FROM (SELECT DISTINCT {} FROM {}) AS {})", from,
                                       fmt::join(told, ", "), fmt::join(distinct, ", "), alias, key_row));
    block.from.push_back(from);
    block.where = std::move(same);
  }
  vars_[var] = {fmt::format("{}.v{}", from, var), value.places, value.nullable};
  block.bound.push_back(var);
}

// How many brackets deep a parser will be in the text of this, roughly.
int RuleSelect::DepthOf(ExprId id) const {
  const ir::Expr& expr = program_.exprs[id];
  if (names_.contains(id)) return 1;
  int depth = 0;
  ir::ForEachOperand(program_, expr, [&](ExprId operand) { depth = std::max(depth, DepthOf(operand)); });
  switch (expr.op) {
    case Op::kVar:
    case Op::kConst: return 1;
    case Op::kColumn:
    case Op::kCall: return depth + 10;
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply: return depth + 12;
    case Op::kDivide: return depth + 16;
    default: break;
  }
  if (!ir::HoldsBody(expr.op)) return depth + 3;
  for (const ExprId result : ir::ResultsOf(program_, expr)) depth = std::max(depth, DepthOf(result));
  return std::max(depth, DepthOfBody(expr.a)) + 16;
}

int RuleSelect::DepthOfBody(BodyId body) const {
  int depth = 0;
  for (const Literal& literal : program_.bodies[body].literals) {
    if (literal.kind != Literal::Kind::kScan) depth = std::max(depth, DepthOf(literal.expr));
  }
  return depth;
}

bool RuleSelect::IsNamed(ExprId id) const {
  constexpr int kDeep = 22;
  const ir::Expr& expr = program_.exprs[id];
  if (expr.op == Op::kExists) return IsLooseExists(id);
  if (ir::HoldsBody(expr.op)) return true;
  return expr.type != ir::Type::kBool && DepthOf(id) > kDeep;
}

// Whether what is around the body is only compared with what is inside, so that each asking looks at all rows.
bool RuleSelect::IsLooseExists(ExprId id) const {
  const ir::Expr& expr = program_.exprs[id];
  const std::vector<VarId> needs = scopes_.NeedsOfExpr(id);
  if (needs.empty() || growing_.how == Growing::How::kLinear) return false;
  std::vector<BodyId> bodies = {expr.a};
  const auto outer = [&](ExprId side) {
    const ir::Expr& at = program_.exprs[side];
    return at.op == Op::kVar && std::find(needs.begin(), needs.end(), at.a) != needs.end();
  };
  for (const Literal& literal : program_.bodies[expr.a].literals) {
    for (const ir::Match& match : literal.matches) {
      if (match.var != kNone && std::find(needs.begin(), needs.end(), match.var) != needs.end()) return false;
    }
    if (literal.kind != Literal::Kind::kFilter) continue;
    std::vector<ExprId> conjuncts;
    ir::CollectConjuncts(program_, literal.expr, conjuncts);
    for (const ExprId conjunct : conjuncts) {
      const ir::Expr& filter = program_.exprs[conjunct];
      if (filter.op == Op::kEqual && (outer(filter.a) || outer(filter.b))) return false;
      if (filter.op == Op::kExists) return false;
      for (uint32_t i = 0; filter.op == Op::kHas && i < filter.argument_count; ++i) {
        if (outer(program_.arguments[filter.first_argument + i])) return false;
      }
    }
  }
  return true;
}

// Values deep inside the expr become columns, the innermost first; so do those of inner bodies that can be remembered.
void RuleSelect::NameDeep(Block& block, ExprId id) {
  if (!block.may_stage || names_.contains(id)) return;
  const auto name = [&](ExprId operand) {
    NameDeep(block, operand);
    if (names_.contains(operand) || !IsNamed(operand)) return;
    const VarId var = static_cast<VarId>(vars_.size());
    vars_.emplace_back();
    Stage(block, var, operand);
    names_[operand] = var;
    block.named.push_back(operand);
  };
  ir::ForEachOperand(program_, program_.exprs[id], name);
}

bool RuleSelect::HoldsNamed(ExprId id) const {
  bool holds = false;
  ir::ForEachOperand(program_, program_.exprs[id], [&](ExprId operand) {
    holds = holds || (ir::HoldsBody(program_.exprs[operand].op) && IsNamed(operand)) || HoldsNamed(operand);
  });
  return holds;
}

bool RuleSelect::IsHeavy(ExprId id) const {
  const ir::Expr& expr = program_.exprs[id];
  if (ir::HoldsBody(expr.op) || expr.op == Op::kCall) return true;
  bool heavy = false;
  ir::ForEachOperand(program_, expr, [&](ExprId operand) { heavy = heavy || IsHeavy(operand); });
  return heavy;
}

}  // namespace ordo::sql

// Exprs as texts: values, conditions, aggregates.
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

Value RuleSelect::Constant(ir::Type type, ir::Cell cell) const {
  switch (type) {
    case ir::Type::kText: return {TextLiteral(program_.text(static_cast<Symbol>(cell))), 0, false};
    case ir::Type::kWord: return {TextLiteral(design_.words[static_cast<size_t>(cell)]), 0, false};
    case ir::Type::kEntity: return {fmt::format("{}", cell), 0, false};
    case ir::Type::kBool:
      if (design_.dialect == Dialect::kPostgres) return {cell != 0 ? "TRUE" : "FALSE", 0, false};
      return {fmt::format("{}", cell), 0, false};
    default: return arithmetic_.Constant(type, cell);
  }
}

Value RuleSelect::ValueOf(Block& block, ExprId id) {
  if (const auto name = names_.find(id); name != names_.end() && !vars_[name->second].text.empty()) return vars_[name->second];
  const ir::Expr& expr = program_.exprs[id];
  switch (expr.op) {
    case Op::kVar:
      if (vars_[expr.a].text.empty()) problem_ = "a variable is used before it is bound";
      return vars_[expr.a];
    case Op::kConst: return Constant(expr.type, expr.constant);
    case Op::kColumn: {
      const Value object = ValueOf(block, expr.a);
      if (const std::string* alias = KnownRow(block, object.text, expr.b)) return Field(*alias, expr.b, expr.c);
      const std::string alias = fmt::format("t{}", aliases_++);
      const std::string plan = block.plan.empty() ? "" : fmt::format(" AND {}.plan = {}", alias, block.plan);
      const Value field = Field(alias, expr.b, expr.c), key = Field(alias, expr.b, 0);
      return {fmt::format("(SELECT {} FROM {} AS {} WHERE {} = {}{})", field.text, SourceOf(expr.b), alias, key.text, object.text,
                          plan),
              field.places, true};
    }
    case Op::kAdd:
      if (expr.type == ir::Type::kDate) {
        const bool first = program_.exprs[expr.a].type == ir::Type::kDate;
        return arithmetic_.PlusDays(ValueOf(block, first ? expr.a : expr.b), ValueOf(block, first ? expr.b : expr.a), false);
      }
      return arithmetic_.Add(ValueOf(block, expr.a), ValueOf(block, expr.b), false);
    case Op::kSubtract: {
      const Value a = ValueOf(block, expr.a), b = ValueOf(block, expr.b);
      if (program_.exprs[expr.a].type != ir::Type::kDate) return arithmetic_.Add(a, b, true);
      return program_.exprs[expr.b].type == ir::Type::kDate ? arithmetic_.DaysBetween(a, b) : arithmetic_.PlusDays(a, b, true);
    }
    case Op::kMultiply: return arithmetic_.Multiply(ValueOf(block, expr.a), ValueOf(block, expr.b));
    case Op::kDivide: {
      const ir::Expr& divisor = program_.exprs[expr.b];
      return arithmetic_.Divide(ValueOf(block, expr.a), ValueOf(block, expr.b),
                                divisor.op == Op::kConst ? divisor.constant : ir::kAbsent);
    }
    case Op::kNegate: return arithmetic_.Negate(ValueOf(block, expr.a));
    case Op::kCount:
    case Op::kSum:
    case Op::kMin:
    case Op::kMax:
    case Op::kNthGreatest:
    case Op::kNthLeast: return Aggregate(block, expr);
    case Op::kCall: {
      const Function& function = design_.functions[expr.a];
      const std::string alias = fmt::format("t{}", aliases_++);
      std::vector<std::string> where;
      if (!block.plan.empty()) where.push_back(fmt::format("{}.plan = {}", alias, block.plan));
      for (uint32_t i = 0; i < expr.argument_count; ++i) {
        const Value asked{fmt::format("{}.{}", alias, Quoted(function.parameters[i].name)), function.parameters[i].places, false};
        const auto [a, b] = arithmetic_.Aligned(asked, ValueOf(block, program_.arguments[expr.first_argument + i]));
        where.push_back(fmt::format("{} = {}", a, b));
      }
      return {fmt::format("(SELECT {}.result FROM {} AS {}{}{})", alias, function.source, alias, where.empty() ? "" : " WHERE ",
                          fmt::join(where, " AND ")),
              function.result.places, true};
    }
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr: return {Condition(block, id, true), 0, true};
    case Op::kHas:
    case Op::kStated:
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
    case Op::kExists: return {Condition(block, id, true), 0, false};
  }
  problem_ = fmt::format("operation {} has no SQL yet", static_cast<int>(expr.op));
  return {"NULL", 0, true};
}

std::string RuleSelect::Condition(Block& block, ExprId id, bool exact) {
  if (const auto name = names_.find(id); name != names_.end() && !vars_[name->second].text.empty())
    return vars_[name->second].text;
  const ir::Expr& expr = program_.exprs[id];
  switch (expr.op) {
    case Op::kNot: return fmt::format("(NOT {})", Condition(block, expr.a, true));
    case Op::kAnd:
    case Op::kOr:
      return fmt::format("({} {} {})", Condition(block, expr.a, exact), expr.op == Op::kAnd ? "AND" : "OR",
                         Condition(block, expr.b, exact));
    case Op::kStated: return fmt::format("({} IS NOT NULL)", ValueOf(block, expr.a).text);
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual: {
      static constexpr std::string_view kSigns[] = {"=", "<>", "<", "<=", ">", ">="};
      const Value left = ValueOf(block, expr.a), right = ValueOf(block, expr.b);
      const auto [a, b] = arithmetic_.Aligned(left, right);
      const std::string_view sign = kSigns[static_cast<size_t>(expr.op) - static_cast<size_t>(Op::kEqual)];
      if (exact && (left.nullable || right.nullable)) return fmt::format("COALESCE({} {} {}, FALSE)", a, sign, b);
      return fmt::format("({} {} {})", a, sign, b);
    }
    case Op::kHas: {
      Block inner;
      inner.outer = &block;
      inner.plan = block.plan;
      const std::string alias = AddTable(inner, expr.b);
      for (uint32_t i = 0; i < expr.argument_count; ++i) {
        Match(inner, expr.b, alias, i, ValueOf(block, program_.arguments[expr.first_argument + i]));
      }
      return fmt::format("EXISTS ({})", SelectOf(inner, "1"));
    }
    case Op::kExists: return Exists(block, expr.a);
    default: return ValueOf(block, id).text;
  }
}

std::string RuleSelect::Exists(Block& outer, BodyId body) {
  Block block;
  block.outer = &outer;
  block.plan = outer.plan;
  FillBlock(block, body);
  const std::string text = SelectOf(block, "1");
  Leave(block);
  return fmt::format("EXISTS ({})", text);
}

void RuleSelect::Leave(const Block& block) {
  for (const VarId var : block.bound) vars_[var] = {};
  for (const ExprId name : block.named) names_.erase(name);
}

// Values come from a table of their own: an aggregate over columns of an outer query would be taken for one of that query. The
// tables stand side by side in a WITH.
Value RuleSelect::Aggregate(Block& outer, const ir::Expr& expr) {
  Block block;
  block.outer = &outer;
  block.plan = outer.plan;
  FillBlock(block, expr.a);
  const std::vector<ExprId> results = ir::ResultsOf(program_, expr);
  for (const ExprId result : results) NameDeep(block, result);
  std::vector<std::string> columns, stated, keys;
  int places = 0;
  for (const ExprId result : results) {
    const Value value = ValueOf(block, result);
    places = value.places;
    const std::string name = fmt::format("x{}", columns.size());
    columns.push_back(fmt::format("{} AS {}", value.text, name));
    if (keys.size() == expr.argument_count) continue;
    keys.push_back(name);
    if (value.nullable) stated.push_back(name + " IS NOT NULL");
  }
  if (columns.empty()) columns.push_back("1 AS x0");
  const uint32_t number = aliases_++;
  const auto table = [&](char kind) { return fmt::format("{}{}_{}", kind, ordinal_, number); };
  std::vector<std::string> tables = std::exchange(block.tables, {});
  tables.push_back(
      fmt::format("{} AS ({})", table('x'),
                  SelectOf(block, fmt::format("{}{}", expr.op == Op::kCount ? "DISTINCT " : "", fmt::join(columns, ", ")))));
  Leave(block);
  const std::string where = stated.empty() ? "" : fmt::format(" WHERE {}", fmt::join(stated, " AND "));
  std::string select;
  if (expr.op == Op::kCount) {
    select =
        fmt::format("SELECT COUNT(*){} FROM {}{}", design_.dialect == Dialect::kPostgres ? "::numeric" : "", table('x'), where);
  } else if (expr.op == Op::kSum || expr.op == Op::kNthGreatest || expr.op == Op::kNthLeast) {
    const std::string group = keys.empty() ? "" : fmt::format(" GROUP BY {}", fmt::join(keys, ", "));
    tables.push_back(
        fmt::format("{} AS (SELECT MIN(x{}) AS v FROM {}{}{})", table('v'), results.size() - 1, table('x'), where, group));
  }
  if (expr.op == Op::kNthGreatest || expr.op == Op::kNthLeast) {
    // The last of the first n; values that are absent are in no order.
    const bool greatest = expr.op == Op::kNthGreatest;
    tables.push_back(fmt::format("{} AS (SELECT v FROM {} WHERE v IS NOT NULL ORDER BY v{} LIMIT {})", table('w'), table('v'),
                                 greatest ? " DESC" : "", expr.c));
    select = fmt::format("SELECT {}(v) FROM {}", greatest ? "MIN" : "MAX", table('w'));
  } else if (expr.op == Op::kSum) {
    tables.push_back(fmt::format("{} AS (SELECT COALESCE(SUM(v), 0) AS x FROM {})", table('w'), table('v')));
    select = arithmetic_.SelectFitting(table('w'), places);
  } else if (expr.op != Op::kCount) {
    select = fmt::format("SELECT {}(x{}) FROM {}", expr.op == Op::kMin ? "MIN" : "MAX", results.size() - 1, table('x'));
  }
  const bool counted = expr.op == Op::kCount;
  return {fmt::format("(WITH {} {})", fmt::join(tables, ", "), select), counted ? 0 : places, !counted};
}

}  // namespace ordo::sql

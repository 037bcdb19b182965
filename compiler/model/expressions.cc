// Expressions: precedence, operators, guards and narrowing; what an expression is worth in the IR.
#include "compiler/model/rules.h"

#include <algorithm>
#include <utility>

#include "compiler/ast/literals.h"
#include "fmt/format.h"

namespace ordo {

using ir::Type;

// ---- expression trees

int RuleCompiler::BuildTree(NodeId expr) {
  if (ExpressionTrees::TooLong(*ast_, expr)) {
    Fail(TokenSpan(ast_->tokens[ast_->nodes[expr].first_token]), Code::kRuleTooLong, {fmt::format("{}", ExpressionTrees::kLongest)});
    return -1;
  }
  return trees_.Build(*ast_, expr);
}

Value RuleCompiler::CompileTree(int tree) {
  if (tree < 0) return {};
  const Operand node = trees_[tree];
  if (!node.op) return CompileUnary(node.unary);
  Value out;
  switch (node.op->kind) {
    case TokenKind::AND: case TokenKind::OR: {
      const auto before = narrowed_;
      const ir::ExprId left = Bool(node.left);
      narrowed_ = before;
      Narrow(node.left, node.op->kind == TokenKind::AND);
      const ir::ExprId right = Bool(node.right);
      narrowed_ = before;
      if (left == ir::kNone || right == ir::kNone) return {};
      out.expr = Binary(node.op->kind == TokenKind::AND ? ir::Op::kAnd : ir::Op::kOr, Type::kBool, left, right);
      out.ok = true;
      return out;
    }
    case TokenKind::AMONG: return Membership(node);
    case TokenKind::COMPARE: return Compare(node);
    default: return Arithmetic(node);
  }
}

ir::ExprId RuleCompiler::Bool(int tree) {
  const Value value = CompileTree(tree);
  if (!value.ok || !Single(value)) return ir::kNone;
  if (value.type.type != Type::kBool) {
    Fail(value.span, Code::kRuleCondition, {value.text});
    return ir::kNone;
  }
  return value.expr;
}

void RuleCompiler::NarrowPath(std::string key) {
  while (!key.empty()) {  // what it is a part of is there too
    narrowed_.insert(key);
    const size_t dot = key.rfind('.');
    key = dot == std::string::npos ? std::string() : key.substr(0, dot);
  }
}

void RuleCompiler::Narrow(int tree, bool holds) {
  if (tree < 0) return;
  const Operand node = trees_[tree];
  if (node.op) {
    if (node.op->kind != (holds ? TokenKind::AND : TokenKind::OR)) return;
    Narrow(node.left, holds);
    Narrow(node.right, holds);
    return;
  }
  const Node& unary = ast_->nodes[node.unary];
  if (unary.error || ast_->tokens[unary.first_token].kind == TokenKind::NOT) return;
  const Token& last = ast_->tokens[unary.token_end - 1];
  if (last.kind == TokenKind::STATED) {
    if ((last.word == W::op_is_stated) == holds) NarrowPath(CompilePrimary(ast_->first(node.unary)).key);
    return;
  }
  const NodeId primary = ast_->first(node.unary);
  if (ast_->tokens[ast_->nodes[primary].first_token].kind == TokenKind::LP) Narrow(BuildTree(ast_->first(primary)), holds);
}

Span RuleCompiler::SpanOfTree(int tree) const {
  int left = tree, right = tree;
  while (trees_[left].op) left = trees_[left].left;
  while (trees_[right].op) right = trees_[right].right;
  return {ast_->file, ast_->SpanOf(trees_[left].unary).begin, ast_->SpanOf(trees_[right].unary).end};
}

// A condition of a body: conjunctions become literals of their own, so that the engine may order and index them.
void RuleCompiler::Condition(int tree, ir::BodyId body) {
  if (tree < 0) return;
  const Operand node = trees_[tree];
  if (node.op && node.op->kind == TokenKind::AND) {
    Condition(node.left, body);
    Condition(node.right, body);
    return;
  }
  const Span own = SpanOfTree(tree);
  line_ = own;
  if (node.op && BindOpen(node, body)) return;
  if (node.op && node.op->kind == TokenKind::AMONG && node.op->word == W::op_among) {
    const Value element = CompileTree(node.left);
    const Value set = CompileTree(node.right);
    if (!Guarded(element) || !set.ok) return;
    if (!set.is_set) {
      Fail(set.span, Code::kRuleNotSet, {set.text});
      return;
    }
    line_ = own;
    if (set.set.IsPlain()) {
      Filter(body, HasExpr(element, set.set));
    } else {
      const ir::VarId member = NewVar("", set.set.element.type);
      EmitMembers(set.set, member, body);
      Filter(body, Binary(ir::Op::kEqual, Type::kBool, VarExpr(member), element.expr));
    }
    return;
  }
  if (!node.op) {
    // `x is stated` narrows what follows.
    const Node& unary = ast_->nodes[node.unary];
    const Token& last = ast_->tokens[unary.token_end - 1];
    const bool negated = ast_->tokens[unary.first_token].kind == TokenKind::NOT;
    // `some(…)` that stands alone may give an open parameter its value: what it looks through stands in the body itself.
    const bool open = std::any_of(scope_.begin(), scope_.end(), [](const auto& named) { return named.second.kind == Binding::kOpen; });
    if (open && ast_->tokens[unary.first_token].word == W::op_some && last.kind != TokenKind::STATED) {
      const NodeId aggregate = ast_->first(ast_->first(node.unary));
      if (aggregate != ast_->nodes[node.unary].end && !ast_->nodes[aggregate].error) {
        const size_t scope_size = scope_.size();
        const auto narrowed = narrowed_;
        AggregateBody(aggregate, body, nullptr);
        scope_.resize(scope_size);
        narrowed_ = narrowed;
        return;
      }
    }
    if (last.kind == TokenKind::STATED && last.word == W::op_is_stated && !negated) {
      const Value value = CompilePrimary(ast_->first(node.unary));
      line_ = own;
      // A named value that is asked for: from here on it is a variable, bound where it is there.
      if (Binding* named = Find(value.key); named && named->kind == Binding::kAlias && value.ok) {
        named->kind = Binding::kVar;
        named->var = NewVar(value.key, value.type.type);
        Let(body, named->var, value.expr);
        named->value.expr = VarExpr(named->var);
        named->value.type.optional = false;
        return;
      }
      const Value stated = Stated(value, true);
      if (!stated.ok) return;
      Filter(body, stated.expr);
      NarrowPath(value.key);
      return;
    }
  }
  const ir::ExprId expr = Bool(tree);
  line_ = own;
  if (expr != ir::kNone) Filter(body, expr);
}

Value RuleCompiler::Stated(const Value& value, bool stated) {
  if (!value.ok) return {};
  Value out;
  out.ok = true;
  out.span = value.span;
  out.text = value.text;
  if (value.is_set) {
    if (value.set.field == W::kNone || !value.set.IsPlain()) return Fail(value.span, Code::kRuleSet, {value.text});
    // The field is written at all, `none` included. Asked of every kind that may have it.
    ir::ExprId any = ir::kNone;
    for (ir::KindId kind = 0; kind < kKindCount; ++kind) {
      if (!Has(value.set.base_kinds, kind) || !FindField(kind, value.set.field)) continue;
      const Facts::Column column = b_.model_->facts.StatedOf(program_, kind, value.set.field);
      const ir::ExprId cell = Add({ir::Op::kColumn, Type::kBool, value.set.base, column.relation, column.column});
      const ir::ExprId test = Add({ir::Op::kStated, Type::kBool, cell});
      any = any == ir::kNone ? test : Binary(ir::Op::kOr, Type::kBool, any, test);
    }
    if (any == ir::kNone) return Fail(value.span, Code::kRuleSet, {value.text});
    out.expr = any;
  } else {
    if (value.is_word) return Fail(value.span, Code::kRuleUnknown, {value.text});
    out.expr = Add({ir::Op::kStated, Type::kBool, value.expr});
  }
  if (!stated) out.expr = Add({ir::Op::kNot, Type::kBool, out.expr});
  return out;
}

Value RuleCompiler::CompileUnary(NodeId unary) {
  const Node& node = ast_->nodes[unary];
  if (node.error || node.end == unary + 1) return {};
  const NodeId child = ast_->first(unary);
  Value value = CompilePrimary(child);
  const uint32_t after = ast_->nodes[child].token_end;
  if (after < node.token_end && ast_->tokens[after].kind == TokenKind::STATED) {
    value = Stated(value, ast_->tokens[after].word == W::op_is_stated);
  }
  for (uint32_t i = ast_->nodes[child].first_token; i > node.first_token; --i) {
    const Token& sign = ast_->tokens[i - 1];
    if (!Single(value)) return {};
    if (sign.kind == TokenKind::NOT) {
      if (value.type.type != Type::kBool || (value.type.optional && !narrowed_.contains(value.key))) {
        return value.type.type != Type::kBool ? Fail(value.span, Code::kRuleCondition, {value.text})
                                              : Fail(value.span, Code::kRuleAbsent, {value.text});
      }
      value.expr = Add({ir::Op::kNot, Type::kBool, value.expr});
    } else {
      if (!Guarded(value)) return {};
      if (!ir::IsDecimal(value.type.type) || ast_->text(sign) != "-") {
        return Fail(TokenSpan(sign), Code::kRuleTypes, {ast_->text(sign), TypeName(value.type)});
      }
      value.expr = Add({ir::Op::kNegate, value.type.type, value.expr});
    }
    value.key.clear();
    value.type.optional = false;
  }
  value.span = ast_->SpanOf(unary);
  value.text = Text(value.span);
  return value;
}

Value RuleCompiler::CompilePrimary(NodeId primary) {
  const Node& node = ast_->nodes[primary];
  if (node.error || node.first_token >= node.token_end) return {};
  const Token& token = ast_->tokens[node.first_token];
  Value value;
  value.span = ast_->SpanOf(primary);
  value.text = Text(value.span);
  switch (token.kind) {
    case TokenKind::ID: return CompilePath(ast_->first(primary));
    case TokenKind::NUMBER: {
      const auto quantity = b_.ReadQuantity(*ast_, {&token, node.token_end - node.first_token}, 0);
      if (!quantity) {
        failed_ = true;
        return {};
      }
      if (quantity->tokens < node.token_end - node.first_token) return Fail(value.span, Code::kUnitNotHere, {value.text});
      value.type.type = quantity->type;
      value.expr = ConstExpr(quantity->type, quantity->value.cell());
      value.ok = true;
      return value;
    }
    case TokenKind::DATE: {
      const auto date = ReadDate(ast_->text(token), ast_->skin);
      const auto days = date ? DaysOf(date->point, TimeContext{}) : std::nullopt;
      if (!days) return Fail(value.span, Code::kDateNeeded, {value.text});
      value.type.type = Type::kDate;
      value.expr = ConstExpr(Type::kDate, days->second.days());
      value.ok = true;
      return value;
    }
    case TokenKind::TEXT:
      value.type.type = Type::kText;
      value.expr = ConstExpr(Type::kText, Builder::CellOf(b_.Intern(ast_->TextOf(token))));
      value.ok = true;
      return value;
    case TokenKind::WORD:
      value.type.type = Type::kWord;
      value.is_word = true;
      value.expr = ConstExpr(Type::kWord, static_cast<ir::Cell>(Builder::WordId(token.word)));
      value.ok = true;
      return value;
    case TokenKind::LP: return CompileTree(BuildTree(ast_->first(primary)));
    case TokenKind::MEASURE: {
      const NodeId first = ast_->first(primary);
      const Value from = CompilePrimary(first);
      const Value to = CompilePrimary(ast_->nodes[first].end);
      if (!Guarded(from) || !Guarded(to)) return {};
      if (from.type.type != Type::kDate || to.type.type != Type::kDate) {
        return Fail(value.span, Code::kRuleTypes, {TypeName(from.type), TypeName(to.type)});
      }
      if (token.word == W::op_working_days_from) return Native("working_days", {from, to}, value.span);
      value.type.type = Type::kDays;
      value.expr = Binary(ir::Op::kSubtract, Type::kDays, to.expr, from.expr);
      value.ok = true;
      return value;
    }
    case TokenKind::AGGREGATE: return CompileAggregate(primary);
    default: return Fail(value.span, Code::kUnexpected, {value.text});
  }
}

// A word behind `=` belongs to the list of the property on the other side.
Value RuleCompiler::ResolveWordAgainst(Value word, const Value& other) {
  uint32_t positions = kAtEnum;
  if (other.member == W::key_kind) positions = kAtKind | kAtType;
  if (other.member == W::member_is_product) positions = kAtProducts;
  const W found = FindWord(word.text, ast_->skin, positions);
  if (found == W::kNone) return Fail(word.span, Code::kRuleUnknown, {word.text});
  word.expr = ConstExpr(Type::kWord, static_cast<ir::Cell>(Builder::WordId(found)));
  word.is_word = false;
  word.type = {Type::kWord};
  word.key.clear();
  return word;
}

bool RuleCompiler::IsBarePlan(int tree) const {
  if (tree < 0 || trees_[tree].op) return false;
  const Node& unary = ast_->nodes[trees_[tree].unary];
  return unary.token_end == unary.first_token + 1 && ast_->tokens[unary.first_token].word == W::op_this_plan;
}

// `plan` is the plan being checked: a variable over the kind, so that a rule says nothing where there is none.
Value RuleCompiler::ThePlan(Span span) {
  if (plan_ == ir::kNone) {
    plan_ = NewVar("plan", Type::kEntity);
    const Span line = std::exchange(line_, Span());
    Scan(root_, b_.model_->facts.Keyed(program_, KindOf(W::kind_plan)), {{0, plan_, 0}});
    line_ = line;
  }
  Value value;
  value.ok = true;
  value.type = {Type::kEntity, Only(W::kind_plan), false};
  value.expr = VarExpr(plan_);
  value.key = "plan";
  value.span = span;
  value.text = Text(span);
  return value;
}

Value RuleCompiler::Compare(const Operand& node) {
  // `plan` beside a word of a list is the kind, not the plan itself.
  const auto side = [&](int tree, const Value* other) {
    if (!other || other->type.type != Type::kWord || !IsBarePlan(tree)) return CompileTree(tree);
    Value word;
    word.ok = word.is_word = true;
    word.span = ast_->SpanOf(trees_[tree].unary);
    word.text = Text(word.span);
    word.type.type = Type::kWord;
    return word;
  };
  Value left = IsBarePlan(node.left) ? Value{} : CompileTree(node.left);
  Value right = side(node.right, left.ok ? &left : nullptr);
  if (IsBarePlan(node.left)) left = side(node.left, right.ok ? &right : nullptr);
  if (!left.ok || !right.ok) return {};
  if (left.is_word && !right.is_word) left = ResolveWordAgainst(left, right);
  else if (right.is_word && !left.is_word) right = ResolveWordAgainst(right, left);
  if (!Guarded(left) || !Guarded(right)) return {};
  const std::string_view sign = ast_->text(*node.op);
  ir::Op op = ir::Op::kEqual;
  if (sign == "!=" || sign == "≠") op = ir::Op::kNotEqual;
  else if (sign == "<") op = ir::Op::kLess;
  else if (sign == "<=" || sign == "≤") op = ir::Op::kLessEqual;
  else if (sign == ">") op = ir::Op::kGreater;
  else if (sign == ">=" || sign == "≥") op = ir::Op::kGreaterEqual;
  const bool ordered = ir::IsDecimal(left.type.type) || left.type.type == Type::kDate;
  const bool equality = op == ir::Op::kEqual || op == ir::Op::kNotEqual;
  const Span span{ast_->file, left.span.begin, right.span.end};
  if (left.type.type != right.type.type || (!ordered && !equality)) {
    return Fail(span, Code::kRuleTypes, {TypeName(left.type), TypeName(right.type)});
  }
  Value value;
  value.ok = true;
  value.span = span;
  value.text = Text(span);
  value.expr = Binary(op, Type::kBool, left.expr, right.expr);
  return value;
}

Value RuleCompiler::Arithmetic(const Operand& node) {
  const Value left = CompileTree(node.left);
  const Value right = CompileTree(node.right);
  if (!Guarded(left) || !Guarded(right)) return {};
  const std::string_view sign = ast_->text(*node.op);
  const Type a = left.type.type, b = right.type.type;
  Value value;
  value.span = {ast_->file, left.span.begin, right.span.end};
  value.text = Text(value.span);
  std::optional<Type> type;
  ir::Op op = ir::Op::kAdd;
  // Months and working days are steps in a calendar.
  if (a == Type::kDate && (b == Type::kMonths || b == Type::kWorkingDays) && sign != "*" && sign != "/") {
    Value steps = right;
    if (sign != "+") steps.expr = Add({ir::Op::kNegate, b, steps.expr});
    return Native(b == Type::kMonths ? "plus_months" : "plus_working_days", {left, steps}, value.span);
  }
  if (sign == "+" || sign == "-" || sign == "–") {
    op = sign == "+" ? ir::Op::kAdd : ir::Op::kSubtract;
    if (a == b && ir::IsDecimal(a)) type = a;
    else if (a == Type::kDate && b == Type::kDays) type = Type::kDate;
    else if (a == Type::kDate && b == Type::kDate && op == ir::Op::kSubtract) type = Type::kDays;
  } else if (sign == "*") {
    op = ir::Op::kMultiply;
    if (ir::IsDecimal(a) && (b == Type::kNumber || b == Type::kPercent)) type = a == Type::kPercent && b == Type::kNumber ? b : a;
    else if (ir::IsDecimal(b) && (a == Type::kNumber || a == Type::kPercent)) type = b;
  }
  if (!type) return Fail(value.span, Code::kRuleTypes, {TypeName(left.type), TypeName(right.type)});
  value.type.type = *type;
  value.expr = Binary(op, *type, left.expr, right.expr);
  value.ok = true;
  return value;
}

Value RuleCompiler::Membership(const Operand& node) {
  const Value element = CompileTree(node.left);
  const Value set = CompileTree(node.right);
  if (!Guarded(element) || !set.ok) return {};
  if (!set.is_set) return Fail(set.span, Code::kRuleNotSet, {set.text});
  if (element.type.type != set.set.element.type ||
      (element.type.type == Type::kEntity && !(element.type.kinds & set.set.element.kinds))) {
    return Fail({ast_->file, element.span.begin, set.span.end}, Code::kRuleTypes, {TypeName(element.type), TypeName(set.set.element)});
  }
  Value value;
  value.ok = true;
  value.span = {ast_->file, element.span.begin, set.span.end};
  value.text = Text(value.span);
  value.expr = HasExpr(element, set.set);
  if (node.op->word == W::op_not_among) value.expr = Add({ir::Op::kNot, Type::kBool, value.expr});
  return value;
}

}  // namespace ordo

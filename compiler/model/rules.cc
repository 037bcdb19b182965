#include "compiler/model/rules.h"

#include <algorithm>

#include "compiler/ast/literals.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/eval/natives.h"
#include "runtime/ir/analysis.h"

namespace ordo {

using ir::Type;

// ---- IR pieces

ir::ExprId RuleCompiler::WithArguments(ir::Expr expr, const std::vector<ir::ExprId>& arguments) {
  expr.first_argument = static_cast<uint32_t>(program_.arguments.size());
  expr.argument_count = static_cast<uint32_t>(arguments.size());
  program_.arguments.insert(program_.arguments.end(), arguments.begin(), arguments.end());
  return Add(expr);
}

ir::VarId RuleCompiler::NewVar(std::string_view name, Type type) {
  rule_.variables.push_back({b_.Intern(name), type});
  return static_cast<ir::VarId>(rule_.variables.size() - 1);
}

void RuleCompiler::Filter(ir::BodyId body, ir::ExprId expr) {
  ir::Literal literal;
  literal.kind = ir::Literal::Kind::kFilter;
  literal.expr = expr;
  program_.bodies[body].literals.push_back(std::move(literal));
}

void RuleCompiler::Let(ir::BodyId body, ir::VarId var, ir::ExprId expr) {
  ir::Literal literal;
  literal.kind = ir::Literal::Kind::kLet;
  literal.var = var;
  literal.expr = expr;
  program_.bodies[body].literals.push_back(std::move(literal));
}

void RuleCompiler::Scan(ir::BodyId body, ir::RelationId relation, std::vector<ir::Match> matches) {
  ir::Literal literal;
  literal.kind = ir::Literal::Kind::kScan;
  literal.relation = relation;
  literal.matches = std::move(matches);
  program_.bodies[body].literals.push_back(std::move(literal));
}

ir::VarId RuleCompiler::AsVar(ir::BodyId body, ir::ExprId expr) {
  if (program_.exprs[expr].op == ir::Op::kVar) return program_.exprs[expr].a;
  const ir::VarId var = NewVar("", program_.exprs[expr].type);
  Let(body, var, expr);
  return var;
}

void RuleCompiler::EmitMembers(const SetPath& set, ir::VarId out, ir::BodyId body) {
  ir::ExprId current = set.base;
  for (size_t i = 0; i < set.steps.size(); ++i) {
    const SetPath::Step& step = set.steps[i];
    const bool last = i + 1 == set.steps.size();
    if (step.column == ir::kNone) {
      const ir::VarId owner = AsVar(body, current);
      const ir::VarId member = last ? out : NewVar("", step.type);
      Scan(body, step.relation, {{0, owner, 0}, {1, member, 0}});
      if (!last) current = VarExpr(member);
    } else {
      ir::Expr expr{ir::Op::kColumn, step.type, current, step.relation, step.column};
      const ir::ExprId column = Add(expr);
      if (last) Let(body, out, column);
      else current = column;
    }
  }
}

ir::ExprId RuleCompiler::HasExpr(const Value& element, const SetPath& set) {
  if (set.steps.size() == 1) {
    ir::Expr has{ir::Op::kHas, Type::kBool};
    has.b = set.steps[0].relation;
    return WithArguments(has, {set.base, element.expr});
  }
  const ir::BodyId body = NewBody();
  const ir::VarId member = NewVar("", set.element.type);
  EmitMembers(set, member, body);
  Filter(body, Binary(ir::Op::kEqual, Type::kBool, VarExpr(member), element.expr));
  return Add({ir::Op::kExists, Type::kBool, body});
}

// ---- findings

Value RuleCompiler::Fail(Span span, Code code, std::initializer_list<std::string_view> arguments) {
  if (!failed_) b_.emitter_.Emit(code, span, arguments);
  failed_ = true;  // one finding a line of a rule: what follows from it is silent
  return {};
}

std::string RuleCompiler::TypeName(const StaticType& type) const {
  const bool vi = b_.emitter_.language() == Language::kVietnamese;
  switch (type.type) {
    case Type::kEntity: {
      std::string out;
      size_t count = 0;
      for (ir::KindId kind = 0; kind < kKindCount; ++kind) {
        if (Has(type.kinds, kind) && ++count <= 3) out += (out.empty() ? "" : "/") + std::string(b_.Spell(WordOfKind(kind)));
      }
      return out.empty() ? std::string(b_.Spell(W::type_object)) : out;
    }
    case Type::kText: return vi ? "chữ" : "a text";
    case Type::kWord: return vi ? "một từ trong danh sách" : "a word of a list";
    case Type::kBool: return vi ? "điều kiện" : "a condition";
    case Type::kDate: return vi ? "ngày" : "a date";
    case Type::kNumber: return vi ? "số" : "a number";
    case Type::kPercent: return vi ? "tỷ lệ phần trăm" : "a percentage";
    case Type::kDays: return vi ? "số ngày" : "days";
    case Type::kWorkingDays: return vi ? "số ngày làm việc" : "working days";
    case Type::kMonths: return vi ? "số tháng" : "months";
    case Type::kMoney: return vi ? "tiền" : "money";
  }
  return {};
}

bool RuleCompiler::Single(const Value& value) {
  if (!value.ok) return false;
  if (value.is_set) {
    Fail(value.span, Code::kRuleSet, {value.text});
    return false;
  }
  if (value.is_word) {
    Fail(value.span, Code::kRuleUnknown, {value.text});
    return false;
  }
  return true;
}

bool RuleCompiler::Guarded(const Value& value) {
  if (!Single(value)) return false;
  if (value.type.optional && !narrowed_.contains(value.key)) {
    Fail(value.span, Code::kRuleAbsent, {value.text});
    return false;
  }
  return true;
}

// ---- scope

RuleCompiler::Binding* RuleCompiler::Find(std::string_view name) {
  for (auto it = scope_.rbegin(); it != scope_.rend(); ++it) {
    if (it->first == name) return &it->second;
  }
  return nullptr;
}

bool RuleCompiler::Bind(const Token& token, Binding binding) {
  const std::string name = ast_->NameOf(token);
  if (Find(name)) {
    Fail(TokenSpan(token), Code::kRuleShadow, {name});
    return false;
  }
  scope_.emplace_back(name, std::move(binding));
  return true;
}

Value RuleCompiler::ValueOf(const Binding& binding) const { return binding.value; }

// ---- expression trees

int RuleCompiler::BuildTree(NodeId expr) {
  // Trees are walked by recursion, here and in the engine: an expression that nobody could read is refused.
  constexpr uint32_t kLongest = 1000;   // tokens
  const Node& node = ast_->nodes[expr];
  if (node.token_end - node.first_token > kLongest) {
    Fail(TokenSpan(ast_->tokens[node.first_token]), Code::kRuleTooLong, {fmt::format("{}", kLongest)});
    return -1;
  }
  std::vector<std::pair<NodeId, const Token*>> items;
  for (NodeId child = ast_->first(expr); child != node.end; child = ast_->nodes[child].end) {
    const uint32_t after = ast_->nodes[child].token_end;
    items.push_back({child, after < node.token_end ? &ast_->tokens[after] : nullptr});
  }
  if (items.empty()) return -1;
  size_t at = 0;
  return Climb(items, at, 0);
}

namespace {
int LevelOf(const Token& op, std::string_view text) {
  switch (op.kind) {
    case TokenKind::OR: return 0;
    case TokenKind::AND: return 1;
    case TokenKind::COMPARE: case TokenKind::AMONG: return 2;
    default: return text == "*" || text == "/" ? 4 : 3;
  }
}
}  // namespace

int RuleCompiler::Climb(const std::vector<std::pair<NodeId, const Token*>>& items, size_t& at, int level) {
  trees_.push_back({items[at].first, nullptr, -1, -1});
  int left = static_cast<int>(trees_.size()) - 1;
  while (items[at].second && LevelOf(*items[at].second, ast_->text(*items[at].second)) >= level && at + 1 < items.size()) {
    const Token* op = items[at].second;
    const int op_level = LevelOf(*op, ast_->text(*op));
    ++at;
    const int right = Climb(items, at, op_level + 1);
    trees_.push_back({0, op, left, right});
    left = static_cast<int>(trees_.size()) - 1;
  }
  return left;
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

// A condition of a body: conjunctions become literals of their own, so that the engine may order and index them.
void RuleCompiler::Condition(int tree, ir::BodyId body) {
  if (tree < 0) return;
  const Operand node = trees_[tree];
  if (node.op && node.op->kind == TokenKind::AND) {
    Condition(node.left, body);
    Condition(node.right, body);
    return;
  }
  if (node.op && node.op->kind == TokenKind::AMONG && node.op->word == W::op_among) {
    const Value element = CompileTree(node.left);
    const Value set = CompileTree(node.right);
    if (!Guarded(element) || !set.ok) return;
    if (!set.is_set) {
      Fail(set.span, Code::kRuleNotSet, {set.text});
      return;
    }
    if (set.set.steps.size() == 1) {
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
    if (last.kind == TokenKind::STATED && last.word == W::op_is_stated && !negated) {
      const Value value = CompilePrimary(ast_->first(node.unary));
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
  if (expr != ir::kNone) Filter(body, expr);
}

Value RuleCompiler::Stated(const Value& value, bool stated) {
  if (!value.ok) return {};
  Value out;
  out.ok = true;
  out.span = value.span;
  out.text = value.text;
  if (value.is_set) {
    if (value.set.field == W::kNone || value.set.steps.size() != 1) return Fail(value.span, Code::kRuleSet, {value.text});
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
      auto number = b_.ReadNumber(*ast_, token);
      if (!number) {
        failed_ = true;
        return {};
      }
      value.type.type = Type::kNumber;
      if (node.token_end > node.first_token + 1) {
        const W unit = ast_->tokens[node.first_token + 1].word;
        std::optional<Decimal> scaled = number;
        switch (unit) {
          case W::unit_percent: value.type.type = Type::kPercent; scaled = number->Times(*Decimal::Make(1, 2)); break;
          case W::unit_days: value.type.type = Type::kDays; break;
          case W::unit_working_days: value.type.type = Type::kWorkingDays; break;
          case W::unit_months: value.type.type = Type::kMonths; break;
          case W::unit_vnd: value.type.type = Type::kMoney; break;
          case W::unit_million_vnd: value.type.type = Type::kMoney; scaled = number->Times(Decimal::FromInt(1'000'000)); break;
          case W::unit_billion_vnd: value.type.type = Type::kMoney; scaled = number->Times(Decimal::FromInt(1'000'000'000)); break;
          default: return Fail(value.span, Code::kRuleTypes, {value.text, value.text});
        }
        if (!scaled) return Fail(value.span, Code::kBadNumber, {value.text});
        number = scaled;
      }
      value.expr = ConstExpr(value.type.type, number->cell());
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
      value.type.type = Type::kDays;
      value.expr = Binary(ir::Op::kSubtract, Type::kDays, to.expr, from.expr);
      value.ok = true;
      return value;
    }
    case TokenKind::AGGREGATE: return CompileAggregate(primary);
    default: return Fail(value.span, Code::kUnexpected, {value.text});
  }
}

Value RuleCompiler::Native(std::string_view id, const std::vector<Value>& arguments, Span span) {
  const eval::Native* native = eval::FindNative(id);
  if (!native) return Fail(span, Code::kRuleUnknown, {id});
  if (native->parameters.size() != arguments.size()) {
    return Fail(span, Code::kRuleArguments, {Text(span), fmt::format("{}", native->parameters.size())});
  }
  std::vector<ir::ExprId> exprs;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!Guarded(arguments[i])) return {};
    if (arguments[i].type.type != native->parameters[i]) {
      return Fail(arguments[i].span, Code::kRuleTypes, {TypeName(arguments[i].type), TypeName({native->parameters[i]})});
    }
    exprs.push_back(arguments[i].expr);
  }
  uint32_t function = 0;
  while (function < program_.functions.size() && program_.functions[function] != id) ++function;
  if (function == program_.functions.size()) program_.functions.emplace_back(id);
  Value value;
  value.type.type = native->result;
  value.expr = WithArguments({ir::Op::kCall, native->result, function}, exprs);
  value.ok = true;
  value.span = span;
  value.text = Text(span);
  return value;
}

Value RuleCompiler::Member(Value base, const Token& token) {
  const bool is_member = token.kind == TokenKind::MEMBER;
  const W word = is_member ? token.word : W::kNone;
  const StaticType& owner = base.is_set ? base.set.element : base.type;
  Value out;
  out.span = {ast_->file, base.span.begin, token.end};
  out.text = Text(out.span);
  out.key = base.key.empty() ? std::string() : fmt::format("{}.{}", base.key, is_member ? std::string(RowOf(word).id) : ast_->NameOf(token));
  out.member = word;
  if (owner.type != Type::kEntity) return Fail(TokenSpan(token), Code::kRuleMember, {TypeName(owner), ast_->text(token)});
  // The written values of a field that is a set.
  if (word == W::member_entries) {
    if (!base.is_set || base.set.field == W::kNone || base.set.steps.size() != 1) {
      return Fail(TokenSpan(token), Code::kRuleMember, {base.text, ast_->text(token)});
    }
    out = base;
    out.span.end = token.end;
    out.text = Text(out.span);
    out.set.steps[0].relation = b_.model_->facts.SetOf(program_, base.set.field, true);
    out.set.element = {Type::kEntity, Only(W::type_entry), false};
    out.set.field = W::kNone;
    return out;
  }
  // What every object has.
  const char* native = word == W::member_title ? "title_of" : word == W::member_name ? "name_of" : word == W::key_kind ? "kind_of"
                       : word == W::member_parent ? "parent_of" : nullptr;
  if (native && !base.is_set && !FindProperty(owner.kinds, word)) {
    if (base.type.optional && !narrowed_.contains(base.key)) base.type.optional = true;
    Value object = base;
    const bool optional = base.type.optional && !narrowed_.contains(base.key);
    object.type.optional = false;
    Value called = Native(native, {object}, out.span);
    called.key = out.key;
    called.member = word;
    called.type.optional = optional || word == W::member_parent || word == W::member_title;
    if (word == W::member_title && !optional) called.type.optional = false;
    if (called.type.type == Type::kEntity) called.type.kinds = ~KindSet{0} >> (64 - kKindCount);
    return called;
  }
  const Property* property = word == W::kNone ? nullptr : FindProperty(owner.kinds, word);
  if (!property) {
    Value failed = Fail(TokenSpan(token), Code::kRuleMember, {TypeName(owner), ast_->text(token)});
    return failed;
  }
  if (property->form != PropertyForm::kColumn) {
    SetPath::Step step{b_.model_->facts.SetOf(program_, word, false, property->type), ir::kNone, property->type};
    out.is_set = true;
    out.ok = true;
    if (base.is_set) {
      out.set = base.set;
      out.set.field = W::kNone;
    } else {
      out.set.base = base.expr;
      out.set.base_kinds = owner.kinds;
      out.set.field = word;
    }
    out.set.steps.push_back(step);
    out.set.element = {property->type, property->result, false};
    return out;
  }
  ir::KindId kind = 0;
  while (!Has(property->kinds & owner.kinds, kind)) ++kind;
  const Facts::Column column = b_.model_->facts.ColumnOf(program_, kind, *property);
  out.ok = true;
  if (base.is_set) {
    out.is_set = true;
    out.set = base.set;
    out.set.field = W::kNone;
    out.set.steps.push_back({column.relation, column.column, property->type});
    out.set.element = {property->type, property->result, false};
    return out;
  }
  out.type = {property->type, property->result, !property->always || (base.type.optional && !narrowed_.contains(base.key)) ||
                                                    (owner.kinds & ~property->kinds) != 0};
  if (narrowed_.contains(out.key)) out.type.optional = false;
  out.expr = Add({ir::Op::kColumn, property->type, base.expr, column.relation, column.column});
  return out;
}

Value RuleCompiler::CompileCall(NodeId path, const Token& name, uint32_t& at, NodeId& child) {
  std::vector<Value> arguments;
  const Node& node = ast_->nodes[path];
  while (child != node.end) {
    arguments.push_back(CompileTree(BuildTree(child)));
    child = ast_->nodes[child].end;
  }
  while (at < node.token_end && ast_->tokens[at].kind != TokenKind::RP) {
    // Tokens of arguments lie inside the children; step over them.
    ++at;
  }
  uint32_t last_argument = 0;
  for (NodeId c = ast_->first(path); c != node.end; c = ast_->nodes[c].end) last_argument = ast_->nodes[c].token_end;
  at = std::max(at, last_argument);
  if (at < node.token_end && ast_->tokens[at].kind == TokenKind::RP) ++at;
  const Span span{ast_->file, name.begin, ast_->tokens[at - 1].end};
  for (const Value& argument : arguments) {
    if (!argument.ok) return {};
  }
  if (name.word != W::kNone) return Native(RowOf(name.word).id, arguments, span);
  const auto found = relations_.find(b_.NameSymbol(*ast_, name));
  if (found == relations_.end()) return Fail(TokenSpan(name), Code::kRuleUnknown, {ast_->text(name)});
  const UserRelation& relation = found->second;
  if (relation.parameters.size() != arguments.size()) {
    return Fail(span, Code::kRuleArguments, {ast_->text(name), fmt::format("{}", relation.parameters.size())});
  }
  std::vector<ir::ExprId> exprs;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!Guarded(arguments[i])) return {};
    if (arguments[i].type.type != Type::kEntity || !(arguments[i].type.kinds & relation.parameters[i].kinds)) {
      return Fail(arguments[i].span, Code::kRuleTypes, {TypeName(arguments[i].type), TypeName(relation.parameters[i])});
    }
    exprs.push_back(arguments[i].expr);
  }
  Value value;
  value.ok = true;
  ir::Expr has{ir::Op::kHas, Type::kBool};
  has.b = relation.relation;
  value.expr = WithArguments(has, exprs);
  value.span = span;
  value.text = Text(span);
  return value;
}

Value RuleCompiler::CompilePath(NodeId path) {
  const Node& node = ast_->nodes[path];
  if (node.error) return {};
  const Token& name = ast_->tokens[node.first_token];
  uint32_t at = node.first_token + 1;
  NodeId child = ast_->first(path);
  Value value;
  if (at < node.token_end && ast_->tokens[at].kind == TokenKind::LP) {
    value = CompileCall(path, name, at, child);
    if (!value.ok) return {};
  } else {
    value.span = TokenSpan(name);
    value.text = Text(value.span);
    const std::string text = ast_->NameOf(name);
    if (Binding* binding = Find(text)) {
      const Span span = value.span;
      value = ValueOf(*binding);
      value.span = span;
      value.text = Text(span);
      if (value.key.empty()) value.key = text;
    } else if (name.word == W::op_this_plan) {
      value = ThePlan(value.span);
    } else if (const auto object = b_.model_->names.find(b_.NameSymbol(*ast_, name)); object != b_.model_->names.end()) {
      value.ok = true;
      value.type = {Type::kEntity, KindSet{1} << b_.entity(object->second).kind, false};
      value.expr = ConstExpr(Type::kEntity, Builder::CellOf(object->second));
      value.key = text;
    } else {
      value.ok = true;
      value.is_word = true;   // perhaps a word whose list the other side of `=` decides
      value.type.type = Type::kWord;
    }
  }
  while (at + 1 < node.token_end && ast_->tokens[at].kind == TokenKind::DOT) {
    if (value.is_word) return Fail(value.span, Code::kRuleUnknown, {value.text});
    value = Member(value, ast_->tokens[at + 1]);
    if (!value.ok) return {};
    at += 2;
  }
  return value;
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
    Scan(root_, b_.model_->facts.Keyed(program_, KindOf(W::kind_plan)), {{0, plan_, 0}});
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

// `task t` or `u among t.lead`: binds a new variable.
bool RuleCompiler::Generator(NodeId item, ir::BodyId body, std::vector<ir::VarId>* variables) {
  const Node& node = ast_->nodes[item];
  if (node.error) return false;
  const Token& first = ast_->tokens[node.first_token];
  Binding binding;
  if (first.kind == TokenKind::TYPE) {
    const W kind = first.word;
    if (node.token_end < node.first_token + 2) return false;
    const Token& name = ast_->tokens[node.first_token + 1];
    if (kind == W::type_party || kind == W::type_object) {
      Fail(TokenSpan(first), Code::kRuleMember, {ast_->text(first), ast_->text(name)});
      return false;
    }
    if (kind == W::type_entry) {  // the written values of every role of a task
      for (const FieldSpec& spec : Schema()) {
        if (spec.kind == W::kind_task && spec.type == FieldType::kRoles) b_.model_->facts.SetOf(program_, spec.key, true);
      }
    }
    binding.var = NewVar(ast_->NameOf(name), Type::kEntity);
    Scan(body, b_.model_->facts.Keyed(program_, KindOf(kind)), {{0, binding.var, 0}});
    binding.value.ok = true;
    binding.value.type = {Type::kEntity, Only(kind), false};
    binding.value.expr = VarExpr(binding.var);
    binding.value.key = ast_->NameOf(name);
    if (!Bind(name, binding)) return false;
  } else {
    // expr: ID among SET
    const NodeId expr = ast_->first(item);
    const int tree = BuildTree(expr);
    if (tree < 0) return false;
    const Operand top = trees_[tree];
    const Span span = ast_->SpanOf(item);
    if (!top.op || top.op->kind != TokenKind::AMONG || top.op->word != W::op_among || trees_[top.left].op) {
      Fail(span, Code::kRuleCondition, {Text(span)});
      return false;
    }
    const Node& left = ast_->nodes[trees_[top.left].unary];
    const Token& name = ast_->tokens[left.first_token];
    if (name.kind != TokenKind::ID || left.token_end != left.first_token + 1) {
      Fail(span, Code::kRuleNotSet, {Text(span)});
      return false;
    }
    const Value set = CompileTree(top.right);
    if (!set.ok) return false;
    if (!set.is_set) {
      Fail(set.span, Code::kRuleNotSet, {set.text});
      return false;
    }
    binding.var = NewVar(ast_->NameOf(name), set.set.element.type);
    EmitMembers(set.set, binding.var, body);
    binding.value.ok = true;
    binding.value.type = set.set.element;
    binding.value.expr = VarExpr(binding.var);
    binding.value.key = ast_->NameOf(name);
    if (!Bind(name, binding)) return false;
  }
  if (variables) variables->push_back(binding.var);
  return true;
}

bool RuleCompiler::Generators(NodeId begin, NodeId end, ir::BodyId body, std::vector<ir::VarId>* variables) {
  for (NodeId child = begin; child != end; child = ast_->nodes[child].end) {
    if (ast_->nodes[child].kind == NodeKind::kItem && !Generator(child, body, variables)) return false;
  }
  return true;
}

Value RuleCompiler::CompileAggregate(NodeId primary) {
  const Node& node = ast_->nodes[primary];
  const Token& token = ast_->tokens[node.first_token];
  const NodeId aggregate = ast_->first(primary);
  if (aggregate == node.end || ast_->nodes[aggregate].error) return {};
  Value value;
  value.span = ast_->SpanOf(primary);
  value.text = Text(value.span);
  const size_t scope_size = scope_.size();
  const auto narrowed = narrowed_;
  const ir::BodyId body = NewBody();
  std::vector<ir::VarId> variables;
  // Children: items, then (after FOR_EACH) more items, then a `with` expr.
  NodeId for_each_from = 0, with = 0;
  for (NodeId child = ast_->first(aggregate); child != ast_->nodes[aggregate].end; child = ast_->nodes[child].end) {
    const uint32_t first = ast_->nodes[child].first_token;
    if (first > 0 && ast_->tokens[first - 1].kind == TokenKind::FOR_EACH) for_each_from = child;
    if (ast_->nodes[child].kind == NodeKind::kExpr) with = child;
  }
  const bool has_value = token.word == W::op_sum || token.word == W::op_min || token.word == W::op_max;
  NodeId value_item = 0;
  bool fine = true;
  if (has_value) {
    if (for_each_from == 0) return Fail(value.span, Code::kRuleCondition, {value.text});
    value_item = ast_->first(aggregate);
    fine = Generators(for_each_from, ast_->nodes[aggregate].end, body, &variables);
  } else {
    fine = Generators(ast_->first(aggregate), ast_->nodes[aggregate].end, body, &variables);
  }
  if (fine && with != 0) Condition(BuildTree(with), body);
  Value summand;
  if (fine && has_value) {
    summand = CompileTree(BuildTree(ast_->first(value_item)));
    fine = Guarded(summand) && (ir::IsDecimal(summand.type.type) || (summand.type.type == Type::kDate && token.word != W::op_sum));
    if (!fine && summand.ok) Fail(summand.span, Code::kNumberNeeded, {summand.text});
  }
  scope_.resize(scope_size);
  narrowed_ = narrowed;
  if (!fine || failed_) return {};
  std::vector<ir::ExprId> arguments;
  for (const ir::VarId var : variables) arguments.push_back(VarExpr(var));
  value.ok = true;
  switch (token.word) {
    case W::op_some: value.expr = Add({ir::Op::kExists, Type::kBool, body}); break;
    case W::op_no: value.expr = Add({ir::Op::kNot, Type::kBool, Add({ir::Op::kExists, Type::kBool, body})}); break;
    case W::op_count:
      value.type.type = Type::kNumber;
      value.expr = WithArguments({ir::Op::kCount, Type::kNumber, body}, arguments);
      break;
    case W::op_sum:
      value.type.type = summand.type.type;
      value.expr = WithArguments({ir::Op::kSum, summand.type.type, body, summand.expr}, arguments);
      break;
    default:
      value.type = {summand.type.type, 0, true};
      value.expr = Add({token.word == W::op_min ? ir::Op::kMin : ir::Op::kMax, summand.type.type, body, summand.expr});
      break;
  }
  return value;
}

// ---- rules and relations

void RuleCompiler::Begin(const Ast& ast, std::string_view name, Span span) {
  ast_ = &ast;
  rule_ = {};
  rule_.name = b_.Intern(name);
  rule_.span = span;
  scope_.clear();
  narrowed_.clear();
  trees_.clear();
  failed_ = false;
  plan_ = ir::kNone;
  root_ = NewBody();
}

bool RuleCompiler::Line(NodeId clause, ir::BodyId body) {
  const Node& node = ast_->nodes[clause];
  if (node.error) return true;
  const Token& token = ast_->tokens[node.first_token];
  switch (token.kind) {
    case TokenKind::FOR_EACH: {
      if (!Generators(ast_->first(clause), node.end, body, nullptr)) return true;
      for (NodeId child = ast_->first(clause); child != node.end; child = ast_->nodes[child].end) {
        if (ast_->nodes[child].kind == NodeKind::kExpr) Condition(BuildTree(child), body);
      }
      return true;
    }
    case TokenKind::LET: {
      const Token& name = ast_->tokens[node.first_token + 1];
      Value value = CompileTree(BuildTree(ast_->first(clause)));
      if (!value.ok) return true;
      Binding binding;
      if (value.is_word) {
        Fail(value.span, Code::kRuleUnknown, {value.text});
        return true;
      }
      value.key = ast_->NameOf(name);
      if (value.is_set) {
        binding.kind = Binding::kSet;
      } else if (value.type.optional) {
        binding.kind = Binding::kAlias;   // asked again where it is used, behind its guard
      } else {
        binding.var = NewVar(ast_->NameOf(name), value.type.type);
        Let(body, binding.var, value.expr);
        value.expr = VarExpr(binding.var);
      }
      binding.value = value;
      Bind(name, binding);
      return true;
    }
    case TokenKind::CONDITION:
      Condition(BuildTree(ast_->first(clause)), body);
      return true;
    default: return false;
  }
}

void RuleCompiler::DeclareRelation(const Ast& ast, NodeId block) {
  const Heading heading = HeadingOf(ast, block);
  if (!heading.name || ast.nodes[block].error) return;
  UserRelation relation;
  relation.relation = static_cast<ir::RelationId>(program_.relations.size());
  ir::Relation made;
  made.name = b_.NameSymbol(ast, *heading.name);
  made.derived = true;
  if (heading.parameters != 0) {
    const Node& node = ast.nodes[heading.parameters];
    for (uint32_t i = node.first_token; i + 1 < node.token_end; ++i) {
      if (ast.tokens[i].kind != TokenKind::TYPE) continue;
      const W kind = ast.tokens[i].word;
      const KindSet kinds = kind == W::type_party ? kParties : kind == W::type_object ? ~KindSet{0} >> (64 - kKindCount) : Only(kind);
      relation.parameters.push_back({Type::kEntity, kinds, false});
      made.columns.push_back({b_.Intern(ast.NameOf(ast.tokens[i + 1])), Type::kEntity});
    }
  }
  if (made.columns.empty()) {
    b_.emitter_.Emit(Code::kRuleIncomplete, ast.SpanOf(heading.node), {"(…)"});
    return;
  }
  const auto [at, fresh] = relations_.emplace(made.name, relation);
  if (!fresh) {
    b_.emitter_.Emit(Code::kNameTwice, ast.SpanOf(*heading.name), {ast.text(*heading.name)});
    return;
  }
  program_.relations.push_back(std::move(made));
}

void RuleCompiler::CompileRelation(const Ast& ast, NodeId block) {
  const Heading heading = HeadingOf(ast, block);
  if (!heading.name || heading.parameters == 0) return;
  const auto found = relations_.find(b_.NameSymbol(ast, *heading.name));
  if (found == relations_.end()) return;
  bool any = false;
  for (NodeId line = heading.body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kClause || node.error || ast.tokens[node.first_token].word != W::clause_holds_if) {
      if (!node.error) {
        const Token& token = ast.tokens[node.first_token];
        b_.emitter_.Emit(Code::kUnexpected, ast.SpanOf(token), {ShownText(ast.text(token))});
      }
      continue;
    }
    any = true;
    Begin(ast, ast.text(*heading.name), ast.SpanOf(line));
    const ir::BodyId body = root_;
    std::vector<ir::ExprId> arguments;
    const Node& parameters = ast.nodes[heading.parameters];
    for (uint32_t i = parameters.first_token; i + 1 < parameters.token_end; ++i) {
      if (ast.tokens[i].kind != TokenKind::TYPE) continue;
      const W kind = ast.tokens[i].word;
      Binding binding;
      binding.var = NewVar(ast.NameOf(ast.tokens[i + 1]), Type::kEntity);
      if (kind != W::type_party && kind != W::type_object) {
        Scan(body, b_.model_->facts.Keyed(program_, KindOf(kind)), {{0, binding.var, 0}});
      }
      binding.value.ok = true;
      binding.value.type = found->second.parameters[arguments.size()];
      binding.value.expr = VarExpr(binding.var);
      binding.value.key = ast.NameOf(ast.tokens[i + 1]);
      if (!Bind(ast.tokens[i + 1], binding)) break;
      arguments.push_back(VarExpr(binding.var));
    }
    Line(line, body);
    if (failed_) continue;
    rule_.head = found->second.relation;
    rule_.head_arguments = arguments;
    rule_.body = body;
    program_.rules.push_back(std::move(rule_));
  }
  if (!any) b_.emitter_.Emit(Code::kRuleIncomplete, ast.SpanOf(heading.node), {SpellingOf(W::clause_holds_if, ast.skin)});
}

void RuleCompiler::ParameterLine(NodeId clause, const ProfileLine* profile, RulePage& page) {
  // parameter limit = 40%, from 10% to 100%
  const Node& node = ast_->nodes[clause];
  if (node.error) return;
  const Token& name = ast_->tokens[node.first_token + 1];
  page.parameters.emplace_back(Text(ast_->SpanOf(clause)));
  std::vector<std::pair<Type, Decimal>> numbers;
  for (uint32_t i = node.first_token + 2; i < node.token_end; ++i) {
    if (ast_->tokens[i].kind != TokenKind::NUMBER) continue;
    auto number = b_.ReadNumber(*ast_, ast_->tokens[i]);
    if (!number) return;
    Type type = Type::kNumber;
    if (i + 1 < node.token_end && ast_->tokens[i + 1].kind == TokenKind::UNIT) {
      switch (ast_->tokens[i + 1].word) {
        case W::unit_percent: type = Type::kPercent; number = number->Times(*Decimal::Make(1, 2)); break;
        case W::unit_days: type = Type::kDays; break;
        case W::unit_working_days: type = Type::kWorkingDays; break;
        case W::unit_months: type = Type::kMonths; break;
        default: break;
      }
    }
    if (number) numbers.push_back({type, *number});
  }
  if (numbers.empty()) {
    Fail(ast_->SpanOf(clause), Code::kNumberNeeded, {ast_->text(name)});
    return;
  }
  auto [type, value] = numbers[0];
  const std::string text = ast_->NameOf(name);
  b_.parameter_names_[std::string(program_.text(page.code))].push_back(text);
  const auto shown = [&](const Decimal& number) {
    const auto percent = type == Type::kPercent ? number.Times(Decimal::FromInt(100)) : std::nullopt;
    return percent ? percent->ToString(b_.emitter_.language()) + "%" : number.ToString(b_.emitter_.language());
  };
  for (const ProfileLine::Parameter& set : profile ? profile->parameters : std::vector<ProfileLine::Parameter>()) {
    if (set.name != text) continue;
    const Decimal number = Decimal::FromCell(set.value);
    if (set.type != type) {
      b_.emitter_.Emit(Code::kRuleTypes, set.span, {TypeName({set.type}), TypeName({type})}).related.push_back({"", ast_->SpanOf(clause)});
    } else if (numbers.size() == 3 && (number < numbers[1].second || number > numbers[2].second)) {
      b_.emitter_.Emit(Code::kParameterRange, set.span, {text, shown(numbers[1].second), shown(numbers[2].second)})
          .related.push_back({"", ast_->SpanOf(clause)});
    } else {
      value = number;
    }
  }
  Binding binding;
  binding.kind = Binding::kConst;
  binding.value.ok = true;
  binding.value.type.type = type;
  binding.value.expr = ConstExpr(type, value.cell());
  Bind(name, binding);
}

std::optional<ir::ExprId> RuleCompiler::PlaceColumn(NodeId expr, ir::BodyId body, ir::WordId* field, KindSet* kinds) {
  *field = ir::kNoWord;
  const int tree = BuildTree(expr);
  const Span span = ast_->SpanOf(expr);
  if (tree < 0 || trees_[tree].op) {
    Fail(span, Code::kRulePlace, {Text(span)});
    return std::nullopt;
  }
  const NodeId primary = ast_->first(trees_[tree].unary);
  const Node& node = ast_->nodes[primary];
  if (ast_->tokens[node.first_token].kind != TokenKind::ID) {
    Fail(span, Code::kRulePlace, {Text(span)});
    return std::nullopt;
  }
  const NodeId path = ast_->first(primary);
  const Node& path_node = ast_->nodes[path];
  const Token& name = ast_->tokens[path_node.first_token];
  // A name for a set stands for the field that it came from.
  if (Binding* binding = Find(ast_->NameOf(name)); binding && binding->value.is_set && path_node.token_end == path_node.first_token + 1) {
    const SetPath& set = binding->value.set;
    if (set.field == W::kNone) {
      Fail(span, Code::kRulePlace, {Text(span)});
      return std::nullopt;
    }
    *field = Builder::WordId(set.field);
    *kinds = set.base_kinds;
    return VarExpr(AsVar(body, set.base));
  }
  Value value;
  uint32_t at = path_node.first_token + 1;
  if (Binding* binding = Find(ast_->NameOf(name))) {
    value = binding->value;
  } else if (name.word == W::op_this_plan) {
    value = ThePlan(TokenSpan(name));
  } else {
    Fail(span, Code::kRuleUnknown, {ast_->text(name)});
    return std::nullopt;
  }
  value.span = TokenSpan(name);
  while (at + 1 < path_node.token_end) {
    const Token& member = ast_->tokens[at + 1];
    const bool last = at + 3 >= path_node.token_end;
    bool is_field = false;
    if (last && member.kind == TokenKind::MEMBER && RowOf(member.word).family == "key") {
      for (ir::KindId kind = 0; kind < kKindCount; ++kind) is_field |= Has(value.type.kinds, kind) && FindField(kind, member.word);
    }
    if (is_field) {
      *field = Builder::WordId(member.word);
      break;
    }
    value = Member(value, member);
    if (!value.ok) return std::nullopt;
    at += 2;
  }
  if (!Guarded(value)) return std::nullopt;
  if (value.type.type != Type::kEntity) {
    Fail(span, Code::kRulePlace, {Text(span)});
    return std::nullopt;
  }
  *kinds = value.type.kinds;
  return VarExpr(AsVar(body, value.expr));
}

void RuleCompiler::CompileRule(const Ast& ast, NodeId block, bool) {
  const Heading heading = HeadingOf(ast, block);
  if (!heading.name || ast.nodes[block].error) return;
  const std::string code = ast.NameOf(*heading.name);
  Begin(ast, "check " + code, ast.SpanOf(heading.node));
  const ir::BodyId body = root_;
  const auto settings = b_.profile_.find(code);
  const ProfileLine* profile = settings == b_.profile_.end() ? nullptr : &settings->second;
  ir::Check check;
  check.code = b_.Intern(code);
  check.span = rule_.span;
  if (heading.title) check.title_en = check.title_vi = b_.Intern(ast.TextOf(*heading.title));
  RulePage page{};
  page.code = check.code;
  bool has_at = false, has_severity = false;
  std::vector<std::pair<W, NodeId>> places;
  absl::flat_hash_set<W> stated;
  bool any_failed = false;
  for (NodeId line = heading.body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.error) {
      any_failed = true;
      continue;
    }
    const Token& token = ast.tokens[node.first_token];
    any_failed |= failed_;
    failed_ = false;
    if (node.kind == NodeKind::kClause) {
      if (token.kind == TokenKind::PARAMETER) ParameterLine(line, profile, page);
      else if (!Line(line, body)) Fail(TokenSpan(token), Code::kUnexpected, {ast.text(token)});
      continue;
    }
    if (node.kind != NodeKind::kField) {
      Fail(TokenSpan(token), Code::kUnexpected, {ShownText(ast.text(token))});
      continue;
    }
    const Token* text = nullptr;
    const Token* word = nullptr;
    for (uint32_t i = node.first_token + 1; i < node.token_end; ++i) {
      if (ast.tokens[i].kind == TokenKind::TEXT && !text) text = &ast.tokens[i];
      if ((ast.tokens[i].kind == TokenKind::WORD || ast.tokens[i].kind == TokenKind::ID) && !word) word = &ast.tokens[i];
    }
    const Symbol content = text ? b_.Intern(ast.TextOf(*text)) : Symbol::kEmpty;
    if (token.word != W::kNone && !stated.insert(token.word).second) {
      std::string_view key = ast.text(token);
      key.remove_suffix(1);
      Fail(TokenSpan(token), Code::kKeyTwice, {key});
      continue;
    }
    switch (token.word) {
      case W::key_severity: {
        const W level = word ? FindWord(ast.text(*word), ast.skin, kAtEnum) : W::kNone;
        has_severity = true;
        if (level == W::word_error) check.severity = Severity::kError;
        else if (level == W::word_warning) check.severity = Severity::kWarning;
        else if (level == W::word_information) check.severity = Severity::kInformation;
        else Fail(ast.SpanOf(line), Code::kWordNeeded, {ast.text(token), fmt::format("{}, {}, {}", SpellingOf(W::word_error, ast.skin),
                  SpellingOf(W::word_warning, ast.skin), SpellingOf(W::word_information, ast.skin))});
        break;
      }
      case W::key_at: case W::key_see:
        for (NodeId child = ast.first(line); child != node.end; child = ast.nodes[child].end) places.push_back({token.word, child});
        has_at |= token.word == W::key_at;
        break;
      case W::key_en: check.text_en = content; break;
      case W::key_vi: check.text_vi = content; break;
      case W::key_fix_en: check.fix_en = content; break;
      case W::key_fix_vi: check.fix_vi = content; break;
      case W::key_title_en: check.title_en = content; break;
      case W::key_title_vi: check.title_vi = content; break;
      case W::key_page_en: page.page_en = content; break;
      case W::key_page_vi: page.page_vi = content; break;
      case W::key_note: break;
      default: {
        std::string_view key = ast.text(token);
        key.remove_suffix(1);
        Fail(TokenSpan(token), Code::kUnknownKey, {key, b_.Spell(W::kind_rule)});
        break;
      }
    }
  }
  any_failed |= failed_;
  failed_ = false;
  if (!has_at) Fail(rule_.span, Code::kRuleIncomplete, {SpellingOf(W::key_at, ast.skin)});
  if (check.text_en == Symbol::kEmpty && check.text_vi == Symbol::kEmpty) Fail(rule_.span, Code::kRuleIncomplete, {"vi:"});
  if (check.text_en == Symbol::kEmpty) check.text_en = check.text_vi;
  if (check.text_vi == Symbol::kEmpty) check.text_vi = check.text_en;
  if (check.fix_en == Symbol::kEmpty) check.fix_en = check.fix_vi;
  if (check.fix_vi == Symbol::kEmpty) check.fix_vi = check.fix_en;
  (void)has_severity;
  page.title_en = check.title_en;
  page.title_vi = check.title_vi;
  page.fix_en = check.fix_en;
  page.fix_vi = check.fix_vi;
  page.severity = check.severity;
  b_.model_->pages.push_back(page);

  // Places and slots are columns of the check's own relation.
  std::vector<ir::ExprId> arguments;
  ir::Relation relation;
  relation.name = b_.Intern("check " + code);
  relation.derived = true;
  auto column = [&](ir::ExprId expr, std::string_view name) {
    const ir::VarId var = program_.exprs[expr].a;
    for (size_t i = 0; i < arguments.size(); ++i) {
      if (program_.exprs[arguments[i]].a == var) return static_cast<uint32_t>(i);
    }
    arguments.push_back(expr);
    relation.columns.push_back({b_.Intern(name), program_.exprs[expr].type});
    return static_cast<uint32_t>(arguments.size() - 1);
  };
  for (const W wanted : {W::key_at, W::key_see}) {
    for (const auto& [key, expr] : places) {
      if (key != wanted || failed_) continue;
      ir::Place place;
      KindSet kinds = 0;
      const auto object = PlaceColumn(expr, body, &place.field, &kinds);
      if (!object) continue;
      place.column = column(*object, key == W::key_at ? "at" : "see");
      if (key == W::key_at) check.at = place;
      else check.see.push_back(place);
    }
  }
  std::vector<std::string> seen;
  for (const Symbol text : {check.text_vi, check.text_en, check.fix_vi, check.fix_en}) {
    const std::string_view sentence = program_.text(text);
    for (size_t open = sentence.find('{'); open != std::string_view::npos; open = sentence.find('{', open + 1)) {
      const size_t close = sentence.find('}', open);
      if (close == std::string_view::npos) break;
      const std::string slot(sentence.substr(open + 1, close - open - 1));
      if (std::find(seen.begin(), seen.end(), slot) != seen.end()) continue;
      seen.push_back(slot);
      const Binding* binding = Find(slot);
      if (!binding) {
        Fail(rule_.span, Code::kRuleSlot, {slot});
        continue;
      }
      if (binding->kind == Binding::kConst) {
        const ir::Expr& constant = program_.exprs[binding->value.expr];
        check.constants.push_back({b_.Intern(slot), constant.constant});
        check.constant_types.push_back(constant.type);
        continue;
      }
      ir::ExprId expr = binding->value.expr;
      if (binding->value.is_set) {
        const ir::VarId member = NewVar(slot, binding->value.set.element.type);
        EmitMembers(binding->value.set, member, body);
        expr = VarExpr(member);
      } else {
        Value value = binding->value;
        value.span = rule_.span;
        value.text = slot;
        if (!Guarded(value)) continue;
        expr = VarExpr(AsVar(body, expr));
      }
      check.slots.push_back({b_.Intern(slot), column(expr, slot)});
    }
  }
  any_failed |= failed_;
  if (profile && profile->severity) check.severity = *profile->severity;
  if (profile && profile->off) {
    ++b_.model_->rules_off;
    return;
  }
  const auto& only = b_.options_.only;
  if (!only.empty() && std::find(only.begin(), only.end(), code) == only.end()) return;
  if (any_failed) return;
  check.relation = static_cast<ir::RelationId>(program_.relations.size());
  program_.relations.push_back(std::move(relation));
  rule_.head = check.relation;
  rule_.head_arguments = std::move(arguments);
  rule_.body = body;
  program_.rules.push_back(std::move(rule_));
  program_.checks.push_back(std::move(check));
}

ir::RelationId RuleCompiler::CompileOnly(const Ast& ast, NodeId field, W kind, std::string_view name) {
  Begin(ast, name, ast.SpanOf(field));
  const ir::BodyId body = root_;
  Binding binding;
  binding.var = NewVar("x", Type::kEntity);
  Scan(body, b_.model_->facts.Keyed(program_, KindOf(kind)), {{0, binding.var, 0}});
  binding.value.ok = true;
  binding.value.type = {Type::kEntity, Only(kind), false};
  binding.value.expr = VarExpr(binding.var);
  binding.value.key = "x";
  // The row is called by the word of its kind's first letter in both skins: `t` for tasks as in the reference, `x` always.
  scope_.emplace_back("x", binding);
  scope_.emplace_back("t", binding);
  for (NodeId child = ast.first(field); child != ast.nodes[field].end; child = ast.nodes[child].end) Condition(BuildTree(child), body);
  if (failed_) return ir::kNone;
  ir::Relation relation;
  relation.name = b_.Intern(name);
  relation.derived = true;
  relation.columns.push_back({b_.Intern("row"), Type::kEntity});
  rule_.head = static_cast<ir::RelationId>(program_.relations.size());
  rule_.head_arguments = {VarExpr(binding.var)};
  rule_.body = body;
  program_.relations.push_back(std::move(relation));
  program_.rules.push_back(std::move(rule_));
  return program_.relations.size() - 1;
}

// ---- all rules of a plan

void Builder::ReadProfile() {
  const Block* chosen = nullptr;
  for (const Block& block : profiles_) {
    const Heading heading = HeadingOf(*block.ast, block.node);
    const std::string name = heading.name ? block.ast->NameOf(*heading.name) : "";
    if (options_.profile.empty() ? profiles_.size() == 1 : name == options_.profile) chosen = &block;
  }
  if (!chosen) {
    if (!options_.profile.empty()) emitter_.EmitForPath(Code::kUnknownProfile, "", {options_.profile, ProfileNames()});
    else if (profiles_.size() > 1) emitter_.EmitForPath(Code::kProfileNotChosen, "", {ProfileNames()});
    return;
  }
  ReadProfileBlock(*chosen, 0);
}

std::string Builder::ProfileNames() const {
  std::string names;
  for (const Block& block : profiles_) {
    const Heading heading = HeadingOf(*block.ast, block.node);
    if (heading.name) names += (names.empty() ? "" : ", ") + block.ast->NameOf(*heading.name);
  }
  return names.empty() ? "–" : names;
}

// What a profile inherits is read first, its own lines say otherwise where they differ.
void Builder::ReadProfileBlock(const Block& block, int depth) {
  const Ast& ast = *block.ast;
  const Block* chosen = &block;
  for (NodeId line = HeadingOf(ast, block.node).body; line != ast.nodes[block.node].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kField || node.error || ast.tokens[node.first_token].word != W::key_inherits) continue;
    for (uint32_t i = node.first_token; i < node.token_end; ++i) {
      if (ast.tokens[i].kind != TokenKind::TEXT) continue;
      // The last part of its path is its name: "stdlib:profiles/ward".
      const std::string path = ast.TextOf(ast.tokens[i]);
      const std::string name = path.substr(path.find_last_of("/:") + 1);
      const Block* parent = nullptr;
      for (const Block& other : inherited_profiles_) {
        const Heading heading = HeadingOf(*other.ast, other.node);
        if (heading.name && other.ast->NameOf(*heading.name) == name && &other != &block) parent = &other;
      }
      if (!parent || depth > 20) emitter_.Emit(Code::kUnknownProfile, ast.SpanOf(ast.tokens[i]), {path, ProfileNames()});
      else ReadProfileBlock(*parent, depth + 1);
    }
  }
  absl::flat_hash_set<std::string> stated;
  for (NodeId line = HeadingOf(ast, chosen->node).body; line != ast.nodes[chosen->node].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kField || node.error) continue;
    const Token& key = ast.tokens[node.first_token];
    if (key.word != W::kNone) continue;  // inherits: resolved by the driver
    std::string code(ast.text(key).substr(0, ast.text(key).size() - 1));
    while (code.ends_with(' ')) code.pop_back();
    if (!stated.insert(code).second) emitter_.Emit(Code::kKeyTwice, ast.SpanOf(key), {code}).related.push_back({"", profile_spans_[code]});
    ProfileLine& setting = profile_[code];
    setting.off = false;
    profile_spans_[code] = ast.SpanOf(key);
    bool reason = false;
    for (NodeId value = ast.first(line); value != node.end; value = ast.nodes[value].end) {
      const Tokens tokens(&ast.tokens[ast.nodes[value].first_token], ast.nodes[value].token_end - ast.nodes[value].first_token);
      if (tokens.size() >= 3 && tokens[0].kind == TokenKind::ID && tokens[1].kind == TokenKind::COMPARE && tokens[2].kind == TokenKind::NUMBER) {
        auto number = ReadNumber(ast, tokens[2]);
        if (!number) continue;
        ir::Type type = ir::Type::kNumber;
        if (tokens.size() > 3 && tokens[3].kind == TokenKind::UNIT) {
          switch (tokens[3].word) {
            case W::unit_percent: type = ir::Type::kPercent; number = number->Times(*Decimal::Make(1, 2)); break;
            case W::unit_days: type = ir::Type::kDays; break;
            case W::unit_working_days: type = ir::Type::kWorkingDays; break;
            case W::unit_months: type = ir::Type::kMonths; break;
            default: break;
          }
        }
        if (!number) continue;
        setting.parameters.push_back({ast.NameOf(tokens[0]), number->cell(), type, ast.SpanOf(value)});
        continue;
      }
      const W word = tokens.empty() ? W::kNone : tokens[0].kind == TokenKind::WORD || tokens[0].kind == TokenKind::ID
                                                     ? FindWord(ast.text(tokens[0]), ast.skin, kAtEnum) : W::kNone;
      if (tokens.size() > 1 && tokens.back().kind == TokenKind::TEXT) reason = !ast.TextOf(tokens.back()).empty();
      if (word == W::word_error) setting.severity = Severity::kError;
      else if (word == W::word_warning) setting.severity = Severity::kWarning;
      else if (word == W::word_information) setting.severity = Severity::kInformation;
      else if (word == W::word_off) setting.off = true;
      else emitter_.Emit(Code::kWordNeeded, ast.SpanOf(value), {code, fmt::format("{}, {}, {}, {}", SpellingOf(W::word_error, ast.skin),
                         SpellingOf(W::word_warning, ast.skin), SpellingOf(W::word_information, ast.skin), SpellingOf(W::word_off, ast.skin))});
    }
    if (setting.off && !reason) emitter_.Emit(Code::kReasonNeeded, ast.SpanOf(line), {code});
  }
}

void Builder::CompileRules() {
  ReadProfile();
  RuleCompiler compiler(*this);
  for (const Block& block : relations_) compiler.DeclareRelation(*block.ast, block.node);
  for (const Block& block : relations_) compiler.CompileRelation(*block.ast, block.node);
  absl::flat_hash_map<std::string, Span> codes;
  for (const Block& block : rules_) {
    const Heading heading = HeadingOf(*block.ast, block.node);
    if (heading.name) {
      const auto [at, fresh] = codes.emplace(block.ast->NameOf(*heading.name), block.ast->SpanOf(*heading.name));
      if (!fresh) {
        emitter_.Emit(Code::kNameTwice, block.ast->SpanOf(*heading.name), {at->first}).related.push_back({"", at->second});
        continue;
      }
    }
    compiler.CompileRule(*block.ast, block.node, block.library);
  }
  auto unknown_code = [&](std::string_view code, Span span) {
    std::vector<std::string_view> candidates;
    for (const auto& [known, at] : codes) candidates.push_back(known);
    std::sort(candidates.begin(), candidates.end());
    Finding& finding = span.known() ? emitter_.Emit(Code::kUnknownCode, span, {code}) : emitter_.EmitForPath(Code::kUnknownCode, "", {code});
    if (const auto nearest = FindNearest(code, candidates)) finding.help = fmt::format("«{}»?", candidates[*nearest]);
  };
  for (const auto& [code, span] : profile_spans_) {
    if (!codes.contains(code)) unknown_code(code, span);
  }
  for (const auto& [code, setting] : profile_) {
    const std::vector<std::string>& names = parameter_names_[code];
    for (const ProfileLine::Parameter& set : setting.parameters) {
      if (!codes.contains(code) || std::find(names.begin(), names.end(), set.name) != names.end()) continue;
      emitter_.Emit(Code::kParameterUnknown, set.span, {code, set.name}).help = fmt::format("{}", fmt::join(names, ", "));
    }
  }
  for (const std::string& code : options_.only) {
    if (!codes.contains(code)) unknown_code(code, {});
  }
  for (const EntityId id : model_->by_kind[KindOf(W::kind_waiver)]) {
    const std::string code(program_.text(entity(id).name));
    if (!codes.contains(code)) unknown_code(code, entity(id).span);
  }
  ReadWaivers();
  // `only:` of a table
  for (const W kind : {W::kind_appendix, W::kind_table, W::kind_matrix}) {
    for (const EntityId id : model_->by_kind[KindOf(kind)]) {
      const auto [ast, block] = model_->blocks[static_cast<uint32_t>(id)];
      if (!ast) continue;
      for (NodeId line = HeadingOf(*ast, block).body; line != ast->nodes[block].end; line = ast->nodes[line].end) {
        const Node& node = ast->nodes[line];
        if (node.kind != NodeKind::kField || node.error || ast->tokens[node.first_token].word != W::key_only) continue;
        const ir::Field* rows = program_.FindField(id, WordId(W::key_rows));
        W row_kind = W::kind_task;
        if (rows && rows->entry_count > 0) row_kind = static_cast<W>(program_.entries[rows->first_entry].value);
        const ir::RelationId only =
            compiler.CompileOnly(*ast, line, row_kind, fmt::format("only {}", program_.text(entity(id).name)));
        model_->only[id] = only;
      }
    }
  }
  DropUnusedRelations();
  const ir::Strata strata = ir::FindStrata(program_);
  for (const uint32_t rule : strata.unsound) {
    emitter_.Emit(Code::kRuleRing, program_.rules[rule].span, {program_.text(program_.rules[rule].name)});
  }
}

// Relations that no check and no table reads are typed but not run.
void Builder::DropUnusedRelations() {
  if (options_.all_facts) return;
  std::vector<bool> needed(program_.relations.size(), false);
  for (const ir::Check& check : program_.checks) needed[check.relation] = true;
  for (const auto& [table, only] : model_->only) {
    if (only != ir::kNone) needed[only] = true;
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (const ir::Rule& rule : program_.rules) {
      if (!needed[rule.head]) continue;
      ir::ForEachRead(program_, rule, [&](ir::RelationId relation, bool) {
        grown |= !needed[relation];
        needed[relation] = true;
      });
    }
  }
  std::erase_if(program_.rules, [&](const ir::Rule& rule) { return !needed[rule.head]; });
}

void Builder::ReadWaivers() {
  for (const EntityId id : model_->by_kind[KindOf(W::kind_waiver)]) {
    const ir::Entity& object = entity(id);
    const ir::Field* subject = program_.FindField(id, WordId(W::key_applies_to));
    const ir::Field* reason = program_.FindField(id, WordId(W::key_reason));
    const ir::Field* person = program_.FindField(id, WordId(W::key_decided_by));
    const ir::Field* until = program_.FindField(id, WordId(W::key_until));
    bool missing = false, broken = false;
    for (const ir::Field* field : {subject, reason, person, until}) {
      missing |= !field || field->none;
      broken |= field && field->entry_count == 0;   // told where it stands
    }
    if (!missing && !broken && program_.entries[reason->first_entry].value == CellOf(Symbol::kEmpty)) missing = true;
    if (missing) emitter_.Emit(Code::kWaiverIncomplete, object.span);
    if (missing || broken) continue;
    const auto time = static_cast<EntityId>(program_.entries[until->first_entry].value);
    const ResolvedTime day = Resolve(program_.times[entity(time).row], Context());
    if (!day.last) continue;   // a day that no calendar has excuses nothing
    for (uint32_t i = 0; i < subject->entry_count; ++i) {
      ir::Waiver waiver;
      waiver.code = object.name;
      waiver.subject = static_cast<EntityId>(program_.entries[subject->first_entry + i].value);
      waiver.reason = static_cast<Symbol>(program_.entries[reason->first_entry].value);
      waiver.object = id;
      waiver.until = day.last->days();
      program_.waivers.push_back(waiver);
    }
  }
}

}  // namespace ordo

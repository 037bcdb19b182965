// Relational bodies: literals, variables, generators and aggregates; scope and findings of a rule.
#include "compiler/model/rules.h"

#include "fmt/format.h"

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
  literal.span = line_;
  literal.expr = expr;
  program_.bodies[body].literals.push_back(std::move(literal));
}

void RuleCompiler::Let(ir::BodyId body, ir::VarId var, ir::ExprId expr) {
  ir::Literal literal;
  literal.kind = ir::Literal::Kind::kLet;
  literal.span = line_;
  literal.var = var;
  literal.expr = expr;
  program_.bodies[body].literals.push_back(std::move(literal));
}

void RuleCompiler::Scan(ir::BodyId body, ir::RelationId relation, std::vector<ir::Match> matches) {
  ir::Literal literal;
  literal.kind = ir::Literal::Kind::kScan;
  literal.span = line_;
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
  if (set.values != 0) {
    const Ast* const ast = std::exchange(ast_, set.values_ast);
    const size_t scope_size = scope_.size();
    const auto narrowed = narrowed_;
    const std::vector<Value> members = AggregateBody(set.values, body, nullptr);
    if (members.size() == 1) Let(body, out, members[0].expr);
    scope_.resize(scope_size);
    narrowed_ = narrowed;
    ast_ = ast;
    return;
  }
  ir::ExprId current = set.base;
  for (size_t i = 0; i < set.steps.size(); ++i) {
    const SetPath::Step& step = set.steps[i];
    const bool last = i + 1 == set.steps.size();
    if (step.column == ir::kNone) {
      std::vector<ir::Match> matches;
      if (i == 0 && !set.owners.empty()) {
        for (const ir::ExprId owner : set.owners) matches.push_back({static_cast<uint32_t>(matches.size()), AsVar(body, owner), 0});
      } else {
        matches.push_back({0, AsVar(body, current), 0});
      }
      const ir::VarId member = last ? out : NewVar("", step.type);
      matches.push_back({static_cast<uint32_t>(matches.size()), member, 0});
      Scan(body, step.relation, std::move(matches));
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
  if (set.IsPlain()) {
    ir::Expr has{ir::Op::kHas, Type::kBool};
    has.b = set.steps[0].relation;
    std::vector<ir::ExprId> arguments = set.owners.empty() ? std::vector<ir::ExprId>{set.base} : set.owners;
    arguments.push_back(element.expr);
    return WithArguments(has, arguments);
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
  switch (type.type) {
    case Type::kEntity: {
      std::string out;
      size_t count = 0;
      for (ir::KindId kind = 0; kind < kKindCount; ++kind) {
        if (Has(type.kinds, kind) && ++count <= 3) out += (out.empty() ? "" : "/") + std::string(b_.Spell(WordOfKind(kind)));
      }
      return out.empty() ? std::string(b_.Spell(W::type_object)) : out;
    }
    case Type::kText: return b_.emitter_.Say(Phrase::kAText);
    case Type::kWord: return b_.emitter_.Say(Phrase::kAWord);
    case Type::kBool: return b_.emitter_.Say(Phrase::kACondition);
    case Type::kDate: return b_.emitter_.Say(Phrase::kADate);
    case Type::kNumber: return b_.emitter_.Say(Phrase::kANumber);
    case Type::kPercent: return b_.emitter_.Say(Phrase::kAPercentage);
    case Type::kDays: return b_.emitter_.Say(Phrase::kDays);
    case Type::kWorkingDays: return b_.emitter_.Say(Phrase::kWorkingDays);
    case Type::kMonths: return b_.emitter_.Say(Phrase::kMonths);
    case Type::kMoney: return b_.emitter_.Say(Phrase::kMoney);
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

// `task t` or `u among t.lead`: binds a new variable.
bool RuleCompiler::Generator(NodeId item, ir::BodyId body, std::vector<ir::VarId>* variables) {
  const Node& node = ast_->nodes[item];
  if (node.error) return false;
  const Token& first = ast_->tokens[node.first_token];
  line_ = ast_->SpanOf(item);
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
    line_ = span;
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

// What stands in the brackets of an aggregate: generators and their condition go into the body; values are compiled behind them
// (none are there if the generators are what is counted, which are then given). Names stay in scope: the caller takes them out.
std::vector<Value> RuleCompiler::AggregateBody(NodeId aggregate, ir::BodyId body, std::vector<ir::VarId>* generated) {
  const NodeId end = ast_->nodes[aggregate].end;
  NodeId for_each = 0, with = 0;
  for (NodeId child = ast_->first(aggregate); child != end; child = ast_->nodes[child].end) {
    const uint32_t first = ast_->nodes[child].first_token;
    if (first > 0 && ast_->tokens[first - 1].kind == TokenKind::FOR_EACH) for_each = child;
    if (ast_->nodes[child].kind == NodeKind::kExpr) with = child;
  }
  if (!Generators(for_each != 0 ? for_each : ast_->first(aggregate), end, body, generated)) return {};
  if (with != 0) Condition(BuildTree(with), body);
  std::vector<Value> values;
  for (NodeId child = ast_->first(aggregate); for_each != 0 && child != for_each; child = ast_->nodes[child].end) {
    // An item is an expression here; `task t` has none.
    const bool expr = ast_->first(child) != ast_->nodes[child].end;
    Value value = expr ? CompileTree(BuildTree(ast_->first(child))) : Value{};
    if (!expr) Fail(ast_->SpanOf(child), Code::kRuleCondition, {Text(ast_->SpanOf(child))});
    if (!Guarded(value)) return {};
    values.push_back(std::move(value));
  }
  return values;
}

Value RuleCompiler::CompileAggregate(NodeId primary) {
  const Node& node = ast_->nodes[primary];
  const Token& token = ast_->tokens[node.first_token];
  const NodeId aggregate = ast_->first(primary);
  if (aggregate == node.end || ast_->nodes[aggregate].error) return {};
  Value value;
  value.span = ast_->SpanOf(primary);
  value.text = Text(value.span);
  const bool distinct = ast_->tokens[ast_->nodes[aggregate].first_token].kind == TokenKind::DISTINCT;
  const bool ordered = token.word == W::op_min || token.word == W::op_max;
  const bool wants_value = distinct || ordered || token.word == W::op_sum || token.word == W::op_values;
  bool has_value = false;
  for (NodeId child = ast_->first(aggregate); child != ast_->nodes[aggregate].end; child = ast_->nodes[child].end) {
    has_value |= ast_->tokens[ast_->nodes[child].first_token - 1].kind == TokenKind::FOR_EACH;
  }
  if (distinct && token.word != W::op_count) return Fail(value.span, Code::kRuleDistinct, {value.text});
  if (has_value != wants_value) return Fail(value.span, has_value ? Code::kRuleDistinct : Code::kRuleCondition, {value.text});
  const size_t scope_size = scope_.size();
  const auto narrowed = narrowed_;
  const size_t bodies = program_.bodies.size(), exprs = program_.exprs.size(), all_arguments = program_.arguments.size();
  const ir::BodyId body = NewBody();
  std::vector<ir::VarId> variables;
  const std::vector<Value> values = AggregateBody(aggregate, body, &variables);
  scope_.resize(scope_size);
  narrowed_ = narrowed;
  if (failed_ || (wants_value && values.empty())) return {};
  if (wants_value && !distinct && values.size() > 1) return Fail(values[1].span, Code::kRuleSet, {value.text});
  const StaticType type = wants_value ? values[0].type : StaticType{};
  if ((token.word == W::op_sum && !ir::IsDecimal(type.type)) || (ordered && !ir::IsDecimal(type.type) && type.type != Type::kDate)) {
    return Fail(values[0].span, Code::kNumberNeeded, {values[0].text});
  }
  value.ok = true;
  if (token.word == W::op_values) {
    // Only its type was wanted: where its members are asked for, it is compiled into the body that asks.
    program_.bodies.resize(bodies);
    program_.exprs.resize(exprs);
    program_.arguments.resize(all_arguments);
    value.is_set = true;
    value.set.values_ast = ast_;
    value.set.values = aggregate;
    value.set.element = {type.type, type.kinds, false};
    return value;
  }
  std::vector<ir::ExprId> arguments;
  if (distinct) {
    for (const Value& counted : values) arguments.push_back(counted.expr);
  } else {
    for (const ir::VarId var : variables) arguments.push_back(VarExpr(var));
  }
  switch (token.word) {
    case W::op_some: value.expr = Add({ir::Op::kExists, Type::kBool, body}); break;
    case W::op_no: value.expr = Add({ir::Op::kNot, Type::kBool, Add({ir::Op::kExists, Type::kBool, body})}); break;
    case W::op_count:
      value.type.type = Type::kNumber;
      value.expr = WithArguments({ir::Op::kCount, Type::kNumber, body}, arguments);
      break;
    case W::op_sum:
      value.type.type = type.type;
      value.expr = WithArguments({ir::Op::kSum, type.type, body, values[0].expr}, arguments);
      break;
    default:
      value.type = {type.type, 0, true};
      value.expr = Add({token.word == W::op_min ? ir::Op::kMin : ir::Op::kMax, type.type, body, values[0].expr});
      break;
  }
  return value;
}

}  // namespace ordo

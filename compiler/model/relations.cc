// Relations of a plan: their parameters and `holds if` lines, how they are asked, and what they may not rest on.
#include <algorithm>

#include "compiler/model/rules.h"
#include "fmt/format.h"

namespace ordo {

using ir::Type;

namespace {

// The type of a parameter that is a value; nullopt for a kind of objects.
std::optional<Type> ValueType(W word) {
  switch (word) {
    case W::type_number_value: return Type::kNumber;
    case W::type_percent_value: return Type::kPercent;
    case W::type_days_value: return Type::kDays;
    case W::type_money_value: return Type::kMoney;
    case W::type_date_value: return Type::kDate;
    case W::type_text_value: return Type::kText;
    default: return std::nullopt;
  }
}

bool IsAnyKind(W word) { return word == W::type_party || word == W::type_object; }

}  // namespace

// (task a, number n): types and names, in order.
std::vector<RuleCompiler::Parameter> RuleCompiler::ParametersOf(const Ast& ast, NodeId parameters) const {
  std::vector<Parameter> out;
  if (parameters == 0) return out;
  const Node& node = ast.nodes[parameters];
  for (uint32_t i = node.first_token; i + 1 < node.token_end; ++i) {
    if (ast.tokens[i].kind != TokenKind::TYPE) continue;
    Parameter parameter;
    parameter.kind = ast.tokens[i].word;
    parameter.name = &ast.tokens[i + 1];
    if (const auto type = ValueType(parameter.kind)) parameter.type = {*type, 0, false};
    else if (parameter.kind == W::type_party) parameter.type = {Type::kEntity, kParties, false};
    else if (parameter.kind == W::type_object) parameter.type = {Type::kEntity, ~KindSet{0} >> (64 - kKindCount), false};
    else parameter.type = {Type::kEntity, Only(parameter.kind), false};
    out.push_back(parameter);
  }
  return out;
}

void RuleCompiler::DeclareRelation(const Ast& ast, NodeId block) {
  const Heading heading = HeadingOf(ast, block);
  if (!heading.name || ast.nodes[block].error) return;
  UserRelation relation;
  relation.relation = static_cast<ir::RelationId>(program_.relations.size());
  ir::Relation made;
  made.name = b_.NameSymbol(ast, *heading.name);
  made.derived = true;
  for (const Parameter& parameter : ParametersOf(ast, heading.parameters)) {
    relation.parameters.push_back(parameter.type);
    made.columns.push_back({b_.Intern(ast.NameOf(*parameter.name)), parameter.type.type});
  }
  if (made.columns.empty()) {
    b_.emitter_.Emit(Code::kRuleIncomplete, ast.SpanOf(heading.node), {"(…)"});
    return;
  }
  const auto [at, fresh] = shared_->relations.emplace(made.name, relation);
  if (!fresh) {
    b_.emitter_.Emit(Code::kNameTwice, ast.SpanOf(*heading.name), {ast.text(*heading.name)});
    return;
  }
  program_.relations.push_back(std::move(made));
}

// Binds the parameters: objects of a kind are looked through, values and parties wait for something that gives them.
bool RuleCompiler::BindParameters(const Ast& ast, NodeId parameters, std::vector<ir::ExprId>* arguments) {
  for (const Parameter& parameter : ParametersOf(ast, parameters)) {
    Binding binding;
    binding.var = NewVar(ast.NameOf(*parameter.name), parameter.type.type);
    if (parameter.type.type != Type::kEntity) {
      binding.kind = Binding::kOpen;
    } else if (!IsAnyKind(parameter.kind)) {
      line_ = ast.SpanOf(*parameter.name);
      Scan(root_, b_.model_->facts.Keyed(program_, KindOf(parameter.kind)), {{0, binding.var, 0}});
    }
    binding.value.ok = true;
    binding.value.type = parameter.type;
    binding.value.expr = VarExpr(binding.var);
    binding.value.key = ast.NameOf(*parameter.name);
    arguments->push_back(binding.value.expr);
    if (!Bind(*parameter.name, binding)) return false;
  }
  return true;
}

void RuleCompiler::CompileRelation(const Ast& ast, NodeId block) {
  const Heading heading = HeadingOf(ast, block);
  if (!heading.name || heading.parameters == 0) return;
  const auto found = shared_->relations.find(b_.NameSymbol(ast, *heading.name));
  if (found == shared_->relations.end()) return;
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
    std::vector<ir::ExprId> arguments;
    if (BindParameters(ast, heading.parameters, &arguments)) Line(line, root_);
    for (const auto& [name, binding] : scope_) {
      if (binding.kind == Binding::kOpen) Fail(ast.SpanOf(line), Code::kRuleOpen, {name});
    }
    if (failed_) continue;
    rule_.head = found->second.relation;
    rule_.head_arguments = std::move(arguments);
    rule_.body = root_;
    program_.rules.push_back(std::move(rule_));
  }
  if (!any) b_.emitter_.Emit(Code::kRuleIncomplete, ast.SpanOf(heading.node), {SpellingOf(W::clause_holds_if, ast.skin)});
}

bool RuleCompiler::BindOpen(const Operand& node, ir::BodyId body) {
  const auto open = [&](int tree) -> Binding* {
    if (tree < 0 || trees_[tree].op) return nullptr;
    const Node& unary = ast_->nodes[trees_[tree].unary];
    if (unary.error || unary.token_end != unary.first_token + 1 || ast_->tokens[unary.first_token].kind != TokenKind::ID) return nullptr;
    Binding* const binding = Find(ast_->NameOf(ast_->tokens[unary.first_token]));
    return binding && binding->kind == Binding::kOpen ? binding : nullptr;
  };
  const bool among = node.op->kind == TokenKind::AMONG && node.op->word == W::op_among;
  if (!among && (node.op->kind != TokenKind::COMPARE || ast_->text(*node.op) != "=")) return false;
  const bool flipped = !among && !open(node.left);
  if (!open(flipped ? node.right : node.left)) return false;
  const Value given = CompileTree(flipped ? node.left : node.right);
  Binding& binding = *open(flipped ? node.right : node.left);   // behind CompileTree: the scope may have moved
  if (!given.ok || (!among && !Guarded(given))) return true;
  if (among && !given.is_set) {
    Fail(given.span, Code::kRuleNotSet, {given.text});
    return true;
  }
  const StaticType& type = among ? given.set.element : given.type;
  if (type.type != binding.value.type.type) {
    Fail(given.span, Code::kRuleTypes, {TypeName(type), TypeName(binding.value.type)});
    return true;
  }
  if (among) EmitMembers(given.set, binding.var, body);
  else Let(body, binding.var, given.expr);
  binding.kind = Binding::kVar;
  return true;
}

// ---- asking

bool RuleCompiler::Fits(const Value& argument, const StaticType& parameter) {
  if (!Guarded(argument)) return false;
  if (argument.type.type == parameter.type && (parameter.type != Type::kEntity || argument.type.kinds & parameter.kinds)) return true;
  Fail(argument.span, Code::kRuleTypes, {TypeName(argument.type), TypeName(parameter)});
  return false;
}

// With all its arguments a relation is a condition; without the last one it is the set of what can stand there.
Value RuleCompiler::CallRelation(const UserRelation& relation, const std::vector<Value>& arguments, const Token& name, Span span) {
  const size_t count = relation.parameters.size();
  if (arguments.size() != count && (arguments.size() + 1 != count || arguments.empty())) {
    return Fail(span, Code::kRuleArguments, {ast_->text(name), fmt::format("{}", count)});
  }
  std::vector<ir::ExprId> exprs;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!Fits(arguments[i], relation.parameters[i])) return {};
    exprs.push_back(arguments[i].expr);
  }
  Value value;
  value.ok = true;
  value.span = span;
  value.text = Text(span);
  if (arguments.size() == count) {
    ir::Expr has{ir::Op::kHas, Type::kBool};
    has.b = relation.relation;
    value.expr = WithArguments(has, exprs);
    return value;
  }
  const StaticType& member = relation.parameters.back();
  value.is_set = true;
  value.set.base = exprs[0];
  value.set.base_kinds = arguments[0].type.kinds;
  value.set.owners = std::move(exprs);
  value.set.steps.push_back({relation.relation, ir::kNone, member.type});
  value.set.element = member;
  return value;
}

// ---- what a relation may not rest on

std::string RuleCompiler::ShownName(ir::RelationId relation) const {
  const auto found = shared_->shown.find(relation);
  return found == shared_->shown.end() ? std::string(program_.text(program_.relations[relation].name)) : found->second;
}

// The shortest way from one relation of a group to another, by what the rules read.
std::vector<ir::RelationId> RuleCompiler::WayThrough(const ir::Strata& strata, ir::RelationId from, ir::RelationId to) const {
  std::vector<ir::RelationId> before(program_.relations.size(), ir::kNone), queue = {from};
  before[from] = from;
  for (size_t i = 0; i < queue.size() && before[to] == ir::kNone; ++i) {
    for (const ir::Rule& rule : program_.rules) {
      if (rule.head != queue[i]) continue;
      ir::ForEachRead(program_, rule, [&](ir::RelationId read, bool) {
        if (strata.group_of[read] != strata.group_of[from] || before[read] != ir::kNone) return;
        before[read] = queue[i];
        queue.push_back(read);
      });
    }
  }
  std::vector<ir::RelationId> way;
  for (ir::RelationId at = to; before[at] != ir::kNone; at = before[at]) {
    way.push_back(at);
    if (at == from) break;
  }
  std::reverse(way.begin(), way.end());
  return way;
}

// One finding a ring: its relations in order, and the line of each on the way.
void RuleCompiler::ReportRings(const ir::Strata& strata) {
  std::vector<bool> told(strata.groups.size());
  for (const uint32_t unsound : strata.unsound) {
    const ir::Rule& rule = program_.rules[unsound];
    const uint32_t group = strata.group_of[rule.head];
    if (told[group]) continue;
    told[group] = true;
    ir::RelationId denied = ir::kNone;
    ir::ForEachRead(program_, rule, [&](ir::RelationId read, bool strict) {
      if (strict && strata.group_of[read] == group && denied == ir::kNone) denied = read;
    });
    std::string ring = ShownName(rule.head) + " → ¬ ";
    const std::vector<ir::RelationId> way = WayThrough(strata, denied, rule.head);
    for (const ir::RelationId relation : way) ring += (relation == denied ? "" : " → ") + ShownName(relation);
    Finding& finding = b_.emitter_.Emit(Code::kRuleRing, rule.span, {ShownName(rule.head), ShownName(denied), ring});
    for (size_t i = 0; i + 1 < way.size(); ++i) {
      for (const ir::Rule& other : program_.rules) {
        bool reads = false;
        if (other.head == way[i]) ir::ForEachRead(program_, other, [&](ir::RelationId read, bool) { reads |= read == way[i + 1]; });
        if (!reads) continue;
        finding.related.push_back({fmt::format("{} → {}", ShownName(way[i]), ShownName(way[i + 1])), other.span});
        break;
      }
    }
  }
}

// A relation that feeds on itself may pass values on, but not make new ones: `n = m + 1` has no end. Texts and yes or no are not
// made by rules.
void RuleCompiler::ReportGrowth(const ir::Strata& strata) {
  for (const ir::Rule& rule : program_.rules) {
    const uint32_t group = strata.group_of[rule.head];
    bool recursive = false;
    ir::ForEachRead(program_, rule, [&](ir::RelationId read, bool) { recursive |= strata.group_of[read] == group; });
    if (!recursive) continue;
    for (const ir::ExprId argument : rule.head_arguments) {
      const ir::Expr& head = program_.exprs[argument];
      if (!ir::IsDecimal(head.type) && head.type != Type::kDate) continue;
      for (const ir::Literal& literal : program_.bodies[rule.body].literals) {
        if (literal.kind != ir::Literal::Kind::kLet || head.op != ir::Op::kVar || literal.var != head.a) continue;
        const ir::Op op = program_.exprs[literal.expr].op;
        if (op == ir::Op::kVar || op == ir::Op::kConst || op == ir::Op::kColumn) continue;
        b_.emitter_.Emit(Code::kRuleGrows, rule.span, {program_.text(rule.variables[head.a].name), ShownName(rule.head)});
      }
    }
  }
}

}  // namespace ordo

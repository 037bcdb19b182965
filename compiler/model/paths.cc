// Paths: names, members of objects and of sets, calls of functions and relations.
#include "compiler/model/rules.h"

#include <algorithm>

#include "fmt/format.h"
#include "runtime/eval/natives.h"

namespace ordo {

using ir::Type;

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
  // `kind` is always the kind of object, also of those that have a field of that key.
  if (native && !base.is_set && (word == W::key_kind || !FindProperty(owner.kinds, word))) {
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
  if (name.word != W::kNone) return CompileFunction(name, arguments, span);
  const Symbol symbol = b_.NameSymbol(*ast_, name);
  if (shared_->definitions.contains(symbol)) return CallDefinition(symbol, arguments, span);
  const auto found = shared_->relations.find(symbol);
  if (found == shared_->relations.end()) return Fail(TokenSpan(name), Code::kRuleUnknown, {ast_->text(name)});
  return CallRelation(found->second, arguments, name, span);
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
      value = binding->value;
      if (!value.ok) return {};
      if (binding->kind == Binding::kOpen) return Fail(span, Code::kRuleOpen, {text});
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

}  // namespace ordo

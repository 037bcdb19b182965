// Values by cases: `definition f(task t) { equals: … exception e "…" { where … equals: … } }`. A definition is a relation of its
// parameters, the value and the name of the case; asked for, it is the one value there is (the least, as long as cases clash, which
// is told).
#include <algorithm>

#include "compiler/model/rules.h"
#include "fmt/format.h"

namespace ordo {

using ir::Type;

void RuleCompiler::DeclareDefinition(const Ast& ast, NodeId block) {
  const Heading heading = HeadingOf(ast, block);
  if (!heading.name || ast.nodes[block].error) return;
  const Symbol name = b_.NameSymbol(ast, *heading.name);
  Definition definition;
  definition.source = {&ast, block};
  for (const Parameter& parameter : ParametersOf(ast, heading.parameters)) {
    if (parameter.type.type != Type::kEntity || parameter.kind == W::type_party || parameter.kind == W::type_object) {
      b_.emitter_.Emit(Code::kDefinitionParameter, ast.SpanOf(*parameter.name), {ast.text(*parameter.name)});
      definition.state = Definition::kBroken;
    }
    definition.parameters.push_back(parameter.type);
  }
  if (definition.parameters.empty()) {
    b_.emitter_.Emit(Code::kRuleIncomplete, ast.SpanOf(heading.node), {"(…)"});
    definition.state = Definition::kBroken;
  }
  const bool fresh = !shared_->relations.contains(name) && shared_->definitions.emplace(name, std::move(definition)).second;
  if (!fresh) b_.emitter_.Emit(Code::kNameTwice, ast.SpanOf(*heading.name), {ast.text(*heading.name)});
  else shared_->definition_order.push_back(name);
}

void RuleCompiler::CompileDefinitions() {
  for (const Symbol name : shared_->definition_order) {
    if (shared_->definitions.at(name).state == Definition::kDeclared) RuleCompiler(b_, shared_).CompileDefinition(name);
  }
}

void RuleCompiler::CompileDefinition(Symbol name) {
  Definition& definition = shared_->definitions.at(name);
  definition.state = Definition::kBusy;
  shared_->busy.push_back(name);
  if (!FillDefinition(name, definition)) definition.state = Definition::kBroken;
  else definition.state = Definition::kDone;
  shared_->busy.pop_back();
}

bool RuleCompiler::FillDefinition(Symbol name, Definition& definition) {
  const Source source = definition.source;
  const Ast& ast = *source.ast;
  const Heading heading = HeadingOf(ast, source.block);
  const std::string owner(program_.text(name));
  Begin(ast, "definition " + owner, ast.SpanOf(heading.node));
  std::vector<ir::ExprId> parameters;
  if (!BindParameters(ast, heading.parameters, &parameters)) return false;
  bool total = true;   // the general case says something of everything
  for (NodeId line = heading.body; line != ast.nodes[source.block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (IsException(ast, line)) continue;
    broken_ |= node.error;
    if (node.error) continue;
    const Token& token = ast.tokens[node.first_token];
    failed_ = false;
    if (node.kind == NodeKind::kClause && (token.kind == TokenKind::LET || token.word == W::clause_where)) {
      total &= token.kind == TokenKind::LET;
      Line(line, root_);
    } else if (node.kind != NodeKind::kField || (token.word != W::key_equals && token.word != W::key_note)) {
      Fail(TokenSpan(token), Code::kUnexpected, {ShownText(ast.text(token))});
    }
    broken_ |= failed_;
  }
  failed_ = false;
  const std::vector<Case> cases = FindCases(source, owner, owner, W::key_equals);
  definition.cases = static_cast<ir::RelationId>(program_.relations.size());
  ir::Relation relation;
  relation.name = name;
  relation.derived = true;
  const std::vector<Parameter> declared = ParametersOf(ast, heading.parameters);
  for (const Parameter& parameter : declared) relation.columns.push_back({b_.Intern(ast.NameOf(*parameter.name)), parameter.type.type});
  program_.relations.push_back(std::move(relation));
  shared_->shown[definition.cases] = owner;
  bool typed = false;
  for (size_t i = 0; i < cases.size(); ++i) {
    GoOn(cases[i]);
    rule_.head_arguments = parameters;
    rule_.head = definition.cases;
    ExceptChildren(cases, i);
    failed_ = false;
    const Value value = CaseValue(cases[i]);
    if (!value.ok || !Guarded(value)) {
      broken_ = true;
      continue;
    }
    if (!ir::IsDecimal(value.type.type) && value.type.type != Type::kDate) {
      Fail(value.span, Code::kNumberNeeded, {value.text});
      broken_ = true;
      continue;
    }
    if (typed && value.type.type != definition.type.type) {
      Fail(value.span, Code::kRuleTypes, {TypeName(value.type), TypeName(definition.type)});
      broken_ = true;
      continue;
    }
    definition.type.type = value.type.type;
    definition.type.optional = !total;
    typed = true;
    rule_.head_arguments.push_back(VarExpr(AsVar(root_, value.expr)));
    rule_.head_arguments.push_back(ConstExpr(Type::kText, Builder::CellOf(b_.Intern(cases[i].name))));
    rule_.body = root_;
    rule_.span = ast_->SpanOf(HeadingOf(*ast_, cases[i].source.block).node);
    program_.rules.push_back(std::move(rule_));
  }
  program_.relations[definition.cases].columns.push_back({b_.Intern("value"), definition.type.type});
  program_.relations[definition.cases].columns.push_back({b_.Intern("case"), Type::kText});
  if (broken_ || !typed) return false;
  const auto& only = b_.options_.only;
  if (cases.size() > 2 && (only.empty() || std::find(only.begin(), only.end(), TextOf(Code::kExceptionsClash).code) != only.end())) {
    ReportConflicts(definition.cases, 0, ir::kNoWord, owner, ast.SpanOf(heading.node));
  }
  return true;
}

// `equals:` of a case, whose names are in scope.
Value RuleCompiler::CaseValue(const Case& in) {
  const Ast& ast = *in.source.ast;
  const Heading heading = HeadingOf(ast, in.source.block);
  for (NodeId line = heading.body; line != ast.nodes[in.source.block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kField || node.error || ast.tokens[node.first_token].word != W::key_equals) continue;
    return CompileTree(BuildTree(ast.first(line)));
  }
  return Fail(ast.SpanOf(heading.node), Code::kRuleIncomplete, {SpellingOf(W::key_equals, ast.skin)});
}

Value RuleCompiler::CallDefinition(Symbol name, const std::vector<Value>& arguments, Span span) {
  Definition& definition = shared_->definitions.at(name);
  if (definition.state == Definition::kDeclared) RuleCompiler(b_, shared_).CompileDefinition(name);
  if (definition.state == Definition::kBusy) {
    std::string ring;
    for (auto at = std::find(shared_->busy.begin(), shared_->busy.end(), name); at != shared_->busy.end(); ++at) {
      ring += fmt::format("{} → ", program_.text(*at));
    }
    ring += program_.text(name);
    return Fail(span, Code::kDefinitionRing, {program_.text(name), ring});
  }
  if (definition.state == Definition::kBroken) {   // told where it stands
    failed_ = true;
    return {};
  }
  if (arguments.size() != definition.parameters.size()) {
    return Fail(span, Code::kRuleArguments, {program_.text(name), fmt::format("{}", definition.parameters.size())});
  }
  const ir::BodyId body = NewBody();
  std::vector<ir::Match> matches;
  std::string key(program_.text(name));
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!Fits(arguments[i], definition.parameters[i])) return {};
    matches.push_back({static_cast<uint32_t>(i), AsVar(body, arguments[i].expr), 0});
    key += arguments[i].key.empty() ? fmt::format("({})", arguments[i].text) : fmt::format("({})", arguments[i].key);
  }
  const ir::VarId found = NewVar("", definition.type.type);
  matches.push_back({static_cast<uint32_t>(arguments.size()), found, 0});
  Scan(body, definition.cases, std::move(matches));
  Value value;
  value.ok = true;
  value.span = span;
  value.text = Text(span);
  value.key = std::move(key);
  value.type = definition.type;
  if (narrowed_.contains(value.key)) value.type.optional = false;
  value.expr = Add({ir::Op::kMin, definition.type.type, body, VarExpr(found)});
  return value;
}

}  // namespace ordo

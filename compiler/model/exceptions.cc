// A general case and its exceptions, of rules and of definitions. Bindings found so far become a relation (a stage); each exception
// goes on from the stage of the case that it stands in and gives the bindings for which it holds; a case counts where it holds and
// none of its own exceptions does. Two that count at once and say different things are told, never chosen between.
#include <algorithm>

#include "compiler/model/rules.h"
#include "fmt/format.h"

namespace ordo {

using ir::Type;

// The variables that the body binds itself, each once, in the order in which they are met.
RuleCompiler::Stage RuleCompiler::Cut(std::string_view name) {
  Stage stage;
  std::vector<bool> met(rule_.variables.size());
  const auto meet = [&](ir::VarId var) {
    if (var == ir::kNone || met[var]) return;
    met[var] = true;
    stage.variables.push_back(var);
  };
  for (const ir::Literal& literal : program_.bodies[root_].literals) {
    if (literal.kind == ir::Literal::Kind::kLet) meet(literal.var);
    if (literal.kind != ir::Literal::Kind::kScan) continue;
    for (const ir::Match& match : literal.matches) meet(match.var);
  }
  ir::Relation relation;
  relation.name = b_.Intern(name);
  relation.derived = true;
  ir::Rule rule = rule_;
  for (const ir::VarId var : stage.variables) {
    relation.columns.push_back({rule_.variables[var].name, rule_.variables[var].type});
    rule.head_arguments.push_back(VarExpr(var));
  }
  stage.relation = static_cast<ir::RelationId>(program_.relations.size());
  program_.relations.push_back(std::move(relation));
  rule.head = stage.relation;
  rule.body = root_;
  program_.rules.push_back(std::move(rule));
  root_ = NewBody();
  ScanStage(stage);
  return stage;
}

// Of the n-th stage of a rule: «WRK01*2». No author can write such a name, and reports look through it.
std::string RuleCompiler::StageName(std::string_view owner) { return fmt::format("{}*{}", owner, ++stages_); }

void RuleCompiler::ScanStage(const Stage& stage) {
  line_ = {};
  std::vector<ir::Match> matches;
  for (const ir::VarId var : stage.variables) matches.push_back({static_cast<uint32_t>(matches.size()), var, 0});
  Scan(root_, stage.relation, std::move(matches));
}

RuleCompiler::Case RuleCompiler::CaseHere(Source source, std::string_view name, std::string_view relation_name) {
  Case made;
  made.name = name;
  made.source = source;
  made.stage = Cut(relation_name);
  made.rule = rule_;
  made.scope = scope_;
  made.narrowed = narrowed_;
  made.plan = plan_;
  return made;
}

void RuleCompiler::GoOn(const Case& from) {
  rule_ = from.rule;
  scope_ = from.scope;
  narrowed_ = from.narrowed;
  plan_ = from.plan;
  ast_ = from.source.ast;
  root_ = NewBody();
  ScanStage(from.stage);
}

// The general case as the compiler stands now, its exceptions, and theirs. `owner`: the code or name that they belong to.
std::vector<RuleCompiler::Case> RuleCompiler::FindCases(Source general, const std::string& owner, std::string_view relation_name, W outcome) {
  std::vector<Case> cases;
  cases.push_back(CaseHere(general, "", StageName(relation_name)));
  AddCasesIn(cases, 0, relation_name, outcome);
  const auto loose = shared_->exceptions.find(owner);
  if (loose != shared_->exceptions.end()) {
    for (const Source& source : loose->second) AddCase(cases, 0, source, relation_name, outcome);
  }
  return cases;
}

bool RuleCompiler::HasCases(Source general, const std::string& owner) const {
  if (shared_->exceptions.contains(owner)) return true;
  const Ast& ast = *general.ast;
  for (NodeId line = HeadingOf(ast, general.block).body; line != ast.nodes[general.block].end; line = ast.nodes[line].end) {
    if (IsException(ast, line)) return true;
  }
  return false;
}

bool RuleCompiler::IsException(const Ast& ast, NodeId line) {
  if (ast.nodes[line].kind != NodeKind::kBlock) return false;
  const Heading heading = HeadingOf(ast, line);
  return heading.kind && heading.kind->word == W::kind_exception;
}

void RuleCompiler::AddCasesIn(std::vector<Case>& cases, size_t parent, std::string_view relation_name, W outcome) {
  const Source in = cases[parent].source;
  for (NodeId line = HeadingOf(*in.ast, in.block).body; line != in.ast->nodes[in.block].end; line = in.ast->nodes[line].end) {
    if (IsException(*in.ast, line)) AddCase(cases, parent, {in.ast, line}, relation_name, outcome);
  }
}

void RuleCompiler::AddCase(std::vector<Case>& cases, size_t parent, Source source, std::string_view relation_name, W outcome) {
  const Ast& ast = *source.ast;
  const Heading heading = HeadingOf(ast, source.block);
  if (ast.nodes[source.block].error) return;
  const Token* const name = heading.part ? heading.part : heading.name;
  const auto emit = [&](Code code, Span at, std::initializer_list<std::string_view> arguments) {
    broken_ = true;
    b_.emitter_.Emit(code, at, arguments);
  };
  if (!name) return emit(Code::kNameMissing, ast.SpanOf(heading.node), {b_.Spell(W::kind_exception)});
  if (!heading.title) emit(Code::kReasonNeeded, ast.SpanOf(heading.node), {ast.text(*name)});
  const std::string own = ast.NameOf(*name);
  for (const Case& other : cases) {
    if (other.name == own) return emit(Code::kNameTwice, ast.SpanOf(*name), {own});
  }
  if (cases.size() > kMostCases) return emit(Code::kTooManyCases, ast.SpanOf(heading.node), {fmt::format("{}", kMostCases)});
  GoOn(cases[parent]);
  ast_ = &ast;
  rule_.span = ast.SpanOf(heading.node);
  for (NodeId line = heading.body; line != ast.nodes[source.block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.error || IsException(ast, line)) continue;
    const Token& token = ast.tokens[node.first_token];
    failed_ = false;
    if (node.kind == NodeKind::kClause) {
      if (token.kind == TokenKind::TOP || !Line(line, root_)) Fail(TokenSpan(token), Code::kUnexpected, {ast.text(token)});
    } else if (node.kind != NodeKind::kField || (token.word != outcome && token.word != W::key_note)) {
      Fail(TokenSpan(token), Code::kUnexpected, {ShownText(ast.text(token))});
    }
    broken_ |= failed_;
  }
  failed_ = false;
  const size_t at = cases.size();
  // An exception that binds nothing of its own is the rows of its stage.
  bool binds = false;
  for (const ir::Literal& literal : program_.bodies[root_].literals) {
    binds |= literal.kind == ir::Literal::Kind::kLet || (literal.kind == ir::Literal::Kind::kScan && literal.relation != cases[parent].stage.relation);
  }
  const std::string exception = fmt::format("{}.{}", relation_name, own);
  cases.push_back(CaseHere(source, own, binds ? StageName(exception) : exception));
  cases[at].parent = parent;
  cases[parent].children.push_back(at);
  // What it binds beyond its parent is no business of the parent's.
  const Stage& stage = cases[at].stage;
  const Stage around = cases[parent].stage;
  cases[at].trigger = stage.relation;
  if (binds) {
    root_ = NewBody();
    ScanStage({stage.relation, around.variables});
    cases[at].trigger = Cut(exception).relation;
  }
  AddCasesIn(cases, at, relation_name, outcome);
}

// In the body that goes on from the case: none of its exceptions holds.
void RuleCompiler::ExceptChildren(const std::vector<Case>& cases, size_t at) {
  for (const size_t child : cases[at].children) {
    std::vector<ir::ExprId> arguments;
    for (const ir::VarId var : cases[at].stage.variables) arguments.push_back(VarExpr(var));
    ir::Expr has{ir::Op::kHas, Type::kBool};
    has.b = cases[child].trigger;
    const Source& source = cases[child].source;
    line_ = source.ast->SpanOf(HeadingOf(*source.ast, source.block).node);
    Filter(root_, Add({ir::Op::kNot, Type::kBool, WithArguments(has, arguments)}));
  }
}

// Rows of `outcomes`: some columns, what a case says, its name. Two rows that agree in those columns must say the same. `place`: the
// column that holds the object where a clash is told.
void RuleCompiler::ReportConflicts(ir::RelationId outcomes, uint32_t place, ir::WordId field, std::string_view owner, Span span) {
  const uint32_t said = static_cast<uint32_t>(program_.relations[outcomes].columns.size()) - 2;
  rule_ = {};
  rule_.name = b_.Intern(fmt::format("exceptions of {}", owner));
  rule_.span = span;
  root_ = NewBody();
  std::vector<ir::Match> first, second;
  for (uint32_t i = 0; i < said; ++i) {
    first.push_back({i, NewVar(i == place ? "at" : "", program_.relations[outcomes].columns[i].type), 0});
    second.push_back(first.back());
  }
  std::vector<ir::VarId> values, names;
  for (std::vector<ir::Match>* const matches : {&first, &second}) {
    values.push_back(NewVar("", program_.relations[outcomes].columns[said].type));
    names.push_back(NewVar(matches == &first ? "case" : "", Type::kText));
    matches->push_back({said, values.back(), 0});
    matches->push_back({said + 1, names.back(), 0});
  }
  Scan(root_, outcomes, first);
  Scan(root_, outcomes, second);
  Filter(root_, Binary(ir::Op::kNotEqual, Type::kBool, VarExpr(values[0]), VarExpr(values[1])));
  ir::Relation relation;
  relation.name = b_.Intern(fmt::format("check exceptions of {}", owner));
  relation.derived = true;
  relation.columns = {{b_.Intern("at"), Type::kEntity}, {b_.Intern("case"), Type::kText}};
  const MessageText& text = TextOf(Code::kExceptionsClash);
  ir::Check check;
  check.code = b_.Intern(text.code);
  check.severity = text.severity;
  const auto filled = [&](std::string_view sentence) {
    std::string out(sentence);
    for (const auto& [slot, with] : {std::pair<std::string_view, std::string_view>{"{0}", "{case}"}, {"{1}", owner}, {"{2}", "{at}"}}) {
      for (size_t at = 0; (at = out.find(slot, at)) != std::string::npos; at += with.size()) out.replace(at, slot.size(), with);
    }
    return b_.Intern(out);
  };
  check.title_en = b_.Intern(text.title_en);
  check.title_vi = b_.Intern(text.title_vi);
  check.text_en = filled(text.en);
  check.text_vi = filled(text.vi);
  check.fix_en = b_.Intern(text.help_en);
  check.fix_vi = b_.Intern(text.help_vi);
  check.relation = static_cast<ir::RelationId>(program_.relations.size());
  check.at = {0, field};
  check.slots = {{b_.Intern("at"), 0}, {b_.Intern("case"), 1}};
  check.span = span;
  program_.relations.push_back(std::move(relation));
  rule_.head = check.relation;
  rule_.head_arguments = {VarExpr(first[place].var), VarExpr(names[0])};
  rule_.body = root_;
  program_.rules.push_back(std::move(rule_));
  program_.checks.push_back(std::move(check));
}

void RuleCompiler::DeclareException(const Ast& ast, NodeId block) {
  const Heading heading = HeadingOf(ast, block);
  if (!heading.name || ast.nodes[block].error) return;
  if (!heading.part) {
    b_.emitter_.Emit(Code::kExceptionOwner, ast.SpanOf(heading.node), {ast.text(*heading.name)});
    return;
  }
  shared_->exceptions[ast.NameOf(*heading.name)].push_back({&ast, block});
}

void RuleCompiler::ReportLooseExceptions(const absl::flat_hash_map<std::string, Span>& codes) {
  std::vector<std::pair<Span, std::string>> unknown;
  for (const auto& [owner, sources] : shared_->exceptions) {
    if (codes.contains(owner) || shared_->definitions.contains(b_.Intern(owner))) continue;
    for (const Source& source : sources) unknown.emplace_back(source.ast->SpanOf(*HeadingOf(*source.ast, source.block).name), owner);
  }
  std::sort(unknown.begin(), unknown.end());
  for (const auto& [span, owner] : unknown) b_.emitter_.Emit(Code::kExceptionOwner, span, {owner});
}

}  // namespace ordo

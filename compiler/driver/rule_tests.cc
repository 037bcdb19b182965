#include "compiler/driver/rule_tests.h"

#include <algorithm>

#include "compiler/ast/literals.h"
#include "compiler/driver/cell_text.h"
#include "compiler/driver/library.h"
#include "compiler/driver/library_calendar.h"
#include "compiler/driver/library_terms.h"
#include "fmt/format.h"

namespace ordo {

struct TestRun::Block {
  const Ast& ast;
  const Model& model;
  const eval::Evaluation& evaluation;
  const std::vector<Finding>& findings;
};

namespace {

bool IsExpectation(const Ast& ast, NodeId line) {
  const Node& node = ast.nodes[line];
  return node.kind == NodeKind::kClause && !node.error && ast.tokens[node.first_token].kind == TokenKind::EXPECT;
}

// `as of: 2026-03-31`: the day for which this test looks at its plan.
std::optional<Date> DayOf(const Ast& ast, const Heading& heading, NodeId block) {
  std::optional<Date> day;
  for (NodeId line = heading.body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kField || node.error || ast.tokens[node.first_token].word != W::key_as_of) continue;
    const auto date = ReadDate(ast.text(ast.tokens[node.first_token + 1]), ast.skin);
    const auto days = date ? DaysOf(date->point, TimeContext{}) : std::nullopt;
    if (days) day = days->second;
  }
  return day;
}

NodeId FirstPath(const Ast& ast, NodeId line) {
  for (NodeId child = ast.first(line); child != ast.nodes[line].end; child = ast.nodes[child].end) {
    if (ast.nodes[child].kind == NodeKind::kPath) return child;
  }
  return 0;
}

// `expect waits_on(a, b)`: a fact, no code.
bool IsFact(const Ast& ast, NodeId path) {
  const Node& node = ast.nodes[path];
  return node.token_end > node.first_token + 1 && ast.tokens[node.first_token + 1].kind == TokenKind::LP;
}

EntityId ObjectOf(const Model& model, const Ast& ast, const Token& token) {
  if (token.word == W::op_this_plan) return model.program.plan;
  const auto found = model.names.find(model.program.strings->Find(ast.NameOf(token)));
  return found == model.names.end() ? EntityId::kNone : found->second;
}

std::optional<Severity> SeverityOf(W word) {
  if (word == W::word_error) return Severity::kError;
  if (word == W::word_warning) return Severity::kWarning;
  if (word == W::word_information) return Severity::kInformation;
  return std::nullopt;
}

}  // namespace

void LoadLibraryTests(Loaded& loaded, const Settings& settings, Emitter& emitter, std::vector<TestFile>& files) {
  const std::vector<Part> rules = loaded.parts;
  for (const LibraryFile& file : LibraryFiles()) {
    if (!file.path.ends_with("_test.ordo")) continue;
    loaded.parts = rules;
    if (LoadLibraryTest(fmt::format("stdlib:{}", file.path), settings.load, loaded, emitter)) files.push_back({loaded.parts, loaded.main});
  }
}

std::vector<std::pair<std::string, Span>> RulesOf(const std::vector<Part>& parts) {
  std::vector<std::pair<std::string, Span>> rules;
  for (const Part& part : parts) {
    const Ast& ast = *part.ast;
    for (NodeId line = ast.first(part.root); line != ast.nodes[part.root].end; line = ast.nodes[line].end) {
      if (ast.nodes[line].kind != NodeKind::kBlock) continue;
      const Heading heading = HeadingOf(ast, line);
      if (heading.kind && heading.kind->word == W::kind_rule && heading.name) rules.push_back({ast.NameOf(*heading.name), ast.SpanOf(*heading.name)});
    }
  }
  return rules;
}

std::string TestRun::Where(Span span) const {
  if (!span.known()) return "?";
  const Position at = loaded_.sources.file(span.file).PositionOf(span.begin);
  return fmt::format("{}:{}:{}", loaded_.sources.file(span.file).path(), at.line, at.column);
}

bool TestRun::Fail(Code code, Span at, std::initializer_list<std::string_view> arguments) {
  results_.failures.push_back(emitter_.Emit(code, at, arguments));
  return false;
}

void TestRun::Run(const TestFile& file) {
  const Ast& ast = *file.ast;
  for (NodeId line = ast.first(0); line != ast.nodes[0].end; line = ast.nodes[line].end) {
    if (ast.nodes[line].kind != NodeKind::kBlock) continue;
    const Heading heading = HeadingOf(ast, line);
    if (!heading.kind || heading.kind->word != W::kind_test) continue;
    const std::string name = heading.name ? ast.NameOf(*heading.name) : "";
    if (!settings_.only.empty() && std::find(settings_.only.begin(), settings_.only.end(), name) == settings_.only.end()) continue;
    RunBlock(file, line);
  }
}

void TestRun::Survey(const TestFile& file) {
  all_rules_ = true;
  Run(file);
  all_rules_ = false;
}

void TestRun::RunBlock(const TestFile& file, NodeId node) {
  const Ast& ast = *file.ast;
  const Heading heading = HeadingOf(ast, node);
  const std::string name = heading.name ? ast.NameOf(*heading.name) : "";
  const std::string label = fmt::format("{} {}", name, heading.title ? ast.TextOf(*heading.title) : "");
  const Span span = ast.SpanOf(heading.node);
  const std::optional<Date> day = DayOf(ast, heading, node);
  const std::optional<Date> as_of = day ? day : settings_.as_of;
  Emitter emitter(emitter_.language());
  StringPool strings;
  BuildOptions options;
  options.require_plan = false;
  options.no_profile = true;
  options.days = &LibraryCalendar();
  options.terms = &LibraryTerms();
  options.references = &loaded_.references;
  // Rules that the block is about: the one that it is named after and all that it expects; a block about a relation runs none.
  bool expects = false, facts = false;
  if (!name.empty()) options.only.push_back(name);
  for (NodeId line = heading.body; line != ast.nodes[node].end; line = ast.nodes[line].end) {
    if (!IsExpectation(ast, line)) continue;
    expects = true;
    const NodeId path = FirstPath(ast, line);
    if (path == 0) continue;
    if (IsFact(ast, path)) {
      facts = options.all_facts = true;
      continue;
    }
    const std::string code = ast.NameOf(ast.tokens[ast.nodes[path].first_token]);
    if (std::find(options.only.begin(), options.only.end(), code) == options.only.end()) options.only.push_back(code);
  }
  const auto failed = [&] { ++results_.failed; };
  if (!expects) {
    Fail(Code::kTestEmpty, span, {label});
    return failed();
  }
  std::vector<Part> parts = file.shared;
  parts.push_back({&ast, node, false});
  options.only_these = true;
  const auto rules = RulesOf(parts);
  const bool is_rule = std::any_of(rules.begin(), rules.end(), [&](const auto& rule) { return rule.first == name; });
  if (facts && !is_rule) std::erase(options.only, name);
  if (facts && options.only.empty()) options.only.push_back(rules.empty() ? "" : rules.front().first);   // one has to be named
  if (all_rules_) options.only.clear();
  const auto model = BuildModel(parts, &strings, options, emitter);
  if (emitter.has_errors()) {
    std::vector<Finding> findings = emitter.Take();
    SortFindings(findings);
    Fail(Code::kTestBroken, span, {label, findings.front().message});
    for (Finding& finding : findings) results_.failures.push_back(std::move(finding));
    return failed();
  }
  Lower(*model, {false, as_of});
  if (const auto faults = ir::Verify(model->program); !faults.empty()) {
    Fail(Code::kTestBroken, span, {label, "IR: " + faults.front()});
    return failed();
  }
  const auto evaluation = eval::Evaluate(model->program);
  if (!evaluation.ok()) {
    Fail(Code::kTestBroken, span, {label, std::string(evaluation.status().message())});
    return failed();
  }
  const auto findings = report::CollectFindings(*evaluation, emitter.language(), as_of);
  if (visit_) visit_(*evaluation, findings);
  if (all_rules_) return;
  const Block block{ast, *model, *evaluation, findings};
  for (NodeId line = heading.body; line != ast.nodes[node].end; line = ast.nodes[line].end) {
    if (IsExpectation(ast, line) && !Expect(block, line)) return failed();
  }
  ++results_.passed;
}

// The place that `at t.support` names in this model.
std::optional<Span> TestRun::PlaceOf(const Block& block, NodeId path) const {
  const Ast& ast = block.ast;
  const Node& node = ast.nodes[path];
  const ir::Program& program = block.model.program;
  const EntityId object = ObjectOf(block.model, ast, ast.tokens[node.first_token]);
  if (object == EntityId::kNone) return std::nullopt;
  if (node.token_end < node.first_token + 3) return program.entity(object).span;
  const Token& member = ast.tokens[node.first_token + 2];
  const ir::Field* field = program.FindField(object, static_cast<ir::WordId>(member.word));
  return field ? field->span : program.entity(object).span;
}

bool TestRun::Expect(const Block& block, NodeId line) {
  const Ast& ast = block.ast;
  const Node& node = ast.nodes[line];
  const Span at = ast.SpanOf(line);
  const bool none = ast.tokens[node.first_token].word == W::clause_expect_no;
  std::vector<NodeId> paths;
  for (NodeId child = ast.first(line); child != node.end; child = ast.nodes[child].end) {
    if (ast.nodes[child].kind == NodeKind::kPath) paths.push_back(child);
  }
  if (paths.empty()) return Fail(Code::kTestEmpty, at, {""});
  if (IsFact(ast, paths[0])) return ExpectFact(block, line, paths[0], none);
  const std::string wanted = ast.NameOf(ast.tokens[ast.nodes[paths[0]].first_token]);
  std::optional<Span> place;
  if (paths.size() > 1) {
    place = PlaceOf(block, paths[1]);
    if (!place) return Fail(Code::kTestBroken, at, {"", ast.source->slice(ast.SpanOf(paths[1]))});
  }
  std::optional<size_t> count;
  std::optional<Severity> severity;
  std::string part;
  for (uint32_t i = node.first_token; i < node.token_end; ++i) {
    const Token& token = ast.tokens[i];
    if (token.kind == TokenKind::NUMBER && !count) {
      const auto number = Decimal::Parse(ast.text(token), emitter_.language());
      if (number) count = static_cast<size_t>(number->mantissa());
    }
    if (token.kind == TokenKind::WORD && !severity) severity = SeverityOf(token.word);
    if (token.kind == TokenKind::TEXT) part = ast.TextOf(token);
  }
  const Finding* hit = nullptr;
  size_t hits = 0;
  std::string others;
  for (const Finding& finding : block.findings) {
    if (finding.code != wanted || finding.waiver) continue;
    if (place && (finding.at.file != place->file || finding.at.begin != place->begin)) {
      others += fmt::format("{}{}", others.empty() ? "" : ", ", Where(finding.at));
      continue;
    }
    ++hits;
    // Of several at a place the one that says what is expected.
    if (!hit || (!part.empty() && hit->message.find(part) == std::string::npos)) hit = &finding;
  }
  const Language language = emitter_.language();
  if (none) {
    if (hit) return Fail(Code::kTestFired, at, {wanted, hit->message});
    results_.silent.insert(wanted);
    return true;
  }
  if (count && hits != *count) return Fail(Code::kTestCount, at, {wanted, fmt::to_string(*count), fmt::to_string(hits)});
  if (!hit) {
    if (count && *count == 0) return true;
    return Fail(Code::kTestNotFired, at, {wanted, place ? Where(*place) : Say(Phrase::kTestAnywhere, language),
                                          others.empty() ? Say(Phrase::kTestNowhere, language) : others});
  }
  if (severity && hit->severity != *severity) {
    return Fail(Code::kTestSeverity, at, {wanted, Say(PhraseOf(*severity), language), Say(PhraseOf(hit->severity), language)});
  }
  if (!part.empty() && hit->message.find(part) == std::string::npos) return Fail(Code::kTestMessage, at, {wanted, part, hit->message});
  results_.fired.insert(wanted);
  return true;
}

bool TestRun::ExpectFact(const Block& block, NodeId line, NodeId path, bool none) {
  const Ast& ast = block.ast;
  const Node& node = ast.nodes[path];
  const Span at = ast.SpanOf(line);
  const ir::Program& program = block.model.program;
  const std::string text(ast.source->slice(ast.SpanOf(path)));
  const ir::RelationId relation = program.FindRelation(ast.NameOf(ast.tokens[node.first_token]));
  std::vector<NodeId> arguments;
  for (NodeId child = ast.first(path); child != node.end; child = ast.nodes[child].end) arguments.push_back(child);
  if (relation == ir::kNone || program.relations[relation].columns.size() != arguments.size()) return Fail(Code::kTestBroken, at, {text, text});
  std::vector<ir::Cell> cells;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = ast.source->slice(ast.SpanOf(arguments[i]));
    const Language language = LanguageOf(ast.skin);
    const auto cell = CellOfText(program, program.relations[relation].columns[i].type, argument, language, [&](const std::string&) {
      return ObjectOf(block.model, ast, ast.tokens[ast.nodes[arguments[i]].first_token]);
    });
    if (!cell) return Fail(Code::kTestBroken, at, {text, argument});
    cells.push_back(*cell);
  }
  bool holds = false;
  for (uint32_t row = 0; row < block.evaluation.rows(relation) && !holds; ++row) {
    holds = true;
    for (uint32_t column = 0; column < cells.size(); ++column) holds = holds && block.evaluation.cell(relation, row, column) == cells[column];
  }
  if (holds == none) return Fail(none ? Code::kTestNoFact : Code::kTestFact, at, {text});
  return true;
}

}  // namespace ordo

// `ordo test`: each `test CODE { … }` block is a small plan of its own; the library of rules is always there.
#include <cstdio>

#include "compiler/ast/literals.h"
#include "compiler/driver/library.h"
#include "compiler/driver/library_calendar.h"
#include "compiler/driver/session.h"
#include "fmt/format.h"

namespace ordo {
namespace {

struct Outcome {
  size_t passed = 0;
  size_t failed = 0;
};

std::string Where(const SourceSet& sources, Span span) {
  if (!span.known()) return "?";
  const Position at = sources.file(span.file).PositionOf(span.begin);
  return fmt::format("{}:{}:{}", sources.file(span.file).path(), at.line, at.column);
}

// The place that `at t.support` names in this model.
std::optional<Span> PlaceOf(const Model& model, const Ast& ast, NodeId path) {
  const Node& node = ast.nodes[path];
  const ir::Program& program = model.program;
  const Token& first = ast.tokens[node.first_token];
  EntityId object = EntityId::kNone;
  if (first.word == W::op_this_plan) object = program.plan;
  const auto found = model.names.find(program.strings->Find(ast.NameOf(first)));
  if (found != model.names.end()) object = found->second;
  if (object == EntityId::kNone) return std::nullopt;
  if (node.token_end < node.first_token + 3) return program.entity(object).span;
  const Token& member = ast.tokens[node.first_token + 2];
  const ir::Field* field = program.FindField(object, static_cast<ir::WordId>(member.word));
  return field ? field->span : program.entity(object).span;
}

void RunBlock(const Loaded& library, const Ast& ast, NodeId block, const SourceSet& sources, const Settings& settings,
              Outcome& outcome) {
  const Heading heading = HeadingOf(ast, block);
  const std::string code = heading.name ? ast.NameOf(*heading.name) : "";
  const std::string label =
      fmt::format("{} {} ({})", code, heading.title ? ast.TextOf(*heading.title) : "", Where(sources, ast.SpanOf(heading.node)));
  // `as of: 2026-03-31`: the day for which this test looks at its plan.
  std::optional<Date> as_of = settings.as_of;
  for (NodeId line = heading.body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kField || node.error || ast.tokens[node.first_token].word != W::key_as_of) continue;
    const auto date = ReadDate(ast.text(ast.tokens[node.first_token + 1]), ast.skin);
    const auto days = date ? DaysOf(date->point, TimeContext{}) : std::nullopt;
    if (days) as_of = days->second;
  }
  const auto fail = [&](const std::string& why) {
    fmt::print("FAILED  {}\n        {}\n", label, why);
    ++outcome.failed;
  };
  Emitter emitter(settings.language.value_or(LanguageOf(ast.skin)));
  StringPool strings;
  BuildOptions options;
  options.require_plan = false;
  options.only = {code};
  options.days = &LibraryCalendar();
  std::vector<Part> parts = library.parts;
  parts.push_back({&ast, block, false});
  const auto model = BuildModel(parts, &strings, options, emitter);
  if (emitter.has_errors()) {
    auto findings = emitter.Take();
    fail(RenderText(findings, Summarise(findings, 0), sources, {false, true, settings.language.value_or(Language::kEnglish)}));
    return;
  }
  Lower(*model, {false, as_of});
  if (const auto faults = ir::Verify(model->program); !faults.empty()) return fail("IR: " + faults.front());
  auto evaluation = eval::Evaluate(model->program);
  if (!evaluation.ok()) return fail(std::string(evaluation.status().message()));
  const auto findings = report::CollectFindings(*evaluation, emitter.language(), as_of);
  bool expected_something = false;
  for (NodeId line = heading.body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kClause || ast.tokens[node.first_token].kind != TokenKind::EXPECT) continue;
    expected_something = true;
    const bool none = ast.tokens[node.first_token].word == W::clause_expect_no;
    const std::string wanted = ast.NameOf(ast.tokens[node.first_token + 1]);
    std::optional<Span> place;
    for (NodeId child = ast.first(line); child != node.end; child = ast.nodes[child].end) {
      if (ast.nodes[child].kind != NodeKind::kPath) continue;
      place = PlaceOf(*model, ast, child);
      if (!place) return fail(fmt::format("expect: {}", ast.source->slice(ast.SpanOf(child))));
    }
    const Finding* hit = nullptr;
    std::string others;
    for (const Finding& finding : findings) {
      if (finding.code != wanted || finding.waiver) continue;
      if (!place || (finding.at.file == place->file && finding.at.begin == place->begin))
        hit = &finding;
      else
        others += fmt::format(" {}", Where(sources, finding.at));
    }
    if (none && hit) return fail(fmt::format("{}: {}", Where(sources, hit->at), hit->message));
    if (!none && !hit)
      return fail(fmt::format("{} did not fire at {};{}", wanted, place ? Where(sources, *place) : "any place",
                              others.empty() ? " nowhere" : others));
  }
  if (!expected_something) return fail("expect?");
  ++outcome.passed;
}

}  // namespace

int RunTest(const std::vector<std::string>& plans, const Settings& settings) {
  Emitter emitter(settings.language.value_or(Language::kEnglish));
  Loaded library;
  LoadLibrary(library, emitter);
  std::vector<const Ast*> files;
  std::deque<Ast> asts;
  auto add = [&](const std::string& path, std::string text) {
    const FileId id = library.sources.Add(path, std::move(text));
    asts.push_back(Parse(library.sources.file(id), id, settings.load.syntax, emitter));
    files.push_back(&asts.back());
  };
  if (plans.empty()) {
    for (const LibraryFile& file : LibraryFiles()) {
      if (file.path.find("/tests/") != std::string_view::npos) add(fmt::format("stdlib:{}", file.path), std::string(file.text));
    }
  }
  for (const std::string& path : plans) {
    auto bytes = ReadFile(path, settings.load.syntax.max_bytes);
    if (bytes.ok())
      add(path, std::move(*bytes));
    else
      ReportUnreadable(path, bytes.status(), settings.load.syntax.max_bytes, emitter);
  }
  if (emitter.has_errors()) {
    auto findings = emitter.Take();
    SortFindings(findings);
    const std::string text =
        RenderText(findings, Summarise(findings, 0), library.sources, {settings.color, true, emitter.language()});
    std::fwrite(text.data(), 1, text.size(), stderr);
    return kUnreadable;
  }
  Outcome outcome;
  for (const Ast* ast : files) {
    for (NodeId line = ast->first(0); line != ast->nodes[0].end; line = ast->nodes[line].end) {
      if (ast->nodes[line].kind != NodeKind::kBlock) continue;
      const Heading heading = HeadingOf(*ast, line);
      if (heading.kind && heading.kind->word == W::kind_test) RunBlock(library, *ast, line, library.sources, settings, outcome);
    }
  }
  fmt::print("{} passed, {} failed\n", outcome.passed, outcome.failed);
  return outcome.failed ? kFindings : kNothing;
}

}  // namespace ordo

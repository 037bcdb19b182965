// `ordo test`: runs test blocks, of files or of the library; a rule of the library that no test fires is a failure. `--coverage` adds
// what the tests have not shown.
#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "compiler/driver/coverage.h"
#include "compiler/driver/rule_tests.h"
#include "compiler/driver/session.h"
#include "fmt/format.h"

namespace ordo {
namespace {

struct Report {
  TestResults results;
  std::vector<Finding> gaps;     // rules and conditions that the tests leave open
  size_t rules = 0, fired = 0, silent = 0, conditions = 0, both = 0;
  bool with_coverage = false;
};

// Rules that are never fired, or never shown silent; conditions that were never true or never false.
void FindGaps(const std::vector<std::pair<std::string, Span>>& rules, const std::vector<ConditionSeen>& conditions, Emitter& emitter,
              Report& report) {
  report.rules = rules.size();
  for (const auto& [code, span] : rules) {
    const bool fired = report.results.fired.contains(code), silent = report.results.silent.contains(code);
    report.fired += fired;
    report.silent += silent;
    if (!fired) report.gaps.push_back(emitter.Emit(Code::kTestUnfired, span, {code}));
    if (!silent && report.with_coverage) report.gaps.push_back(emitter.Emit(Code::kTestNoTwin, span, {code}));
  }
  for (const ConditionSeen& condition : conditions) {
    ++report.conditions;
    report.both += condition.seen_true && condition.seen_false;
    if (!condition.seen_true) report.gaps.push_back(emitter.Emit(Code::kTestNeverTrue, condition.at, {condition.rule, condition.text}));
    else if (!condition.seen_false) report.gaps.push_back(emitter.Emit(Code::kTestNeverFalse, condition.at, {condition.rule, condition.text}));
  }
}

void PrintReport(const Report& report, const SourceSet& sources, const Settings& settings, Language language) {
  std::vector<Finding> all = report.results.failures;
  all.insert(all.end(), report.gaps.begin(), report.gaps.end());
  if (settings.format == "json") {
    nlohmann::ordered_json document = nlohmann::ordered_json::parse(RenderJson(all, Summarise(all, 0), sources));
    document["schema"] = "ordo/test/1";
    document.erase("summary");
    document["passed"] = report.results.passed;
    document["failed"] = report.results.failed;
    if (report.with_coverage) {
      document["coverage"] = {{"rules", report.rules}, {"fired", report.fired}, {"silent", report.silent},
                              {"conditions", report.conditions}, {"both", report.both}};
    }
    fmt::print("{}\n", document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    return;
  }
  if (!all.empty()) {
    std::string text = RenderText(all, Summarise(all, 0), sources, {settings.color, true, language});
    // Its last line counts findings; the one below counts tests.
    if (const size_t last = text.rfind('\n', text.size() - 2); last != std::string::npos) text.resize(last + 1);
    std::fwrite(text.data(), 1, text.size(), stdout);
  }
  if (report.with_coverage) {
    fmt::print("{}\n", Say(Phrase::kCoverageTitle, language,
                           {fmt::to_string(report.fired), fmt::to_string(report.rules), fmt::to_string(report.silent),
                            fmt::to_string(report.both), fmt::to_string(report.conditions)}));
  }
  fmt::print("{}\n", Say(Phrase::kTestSummary, language, {fmt::to_string(report.results.passed), fmt::to_string(report.results.failed)}));
}

}  // namespace

int RunTest(const std::vector<std::string>& plans, bool with_coverage, const Settings& settings) {
  Emitter emitter(settings.language.value_or(Language::kEnglish), SIZE_MAX);
  Loaded loaded;
  LoadLibrary(loaded, emitter);
  const std::vector<Part> library = loaded.parts;
  std::vector<TestFile> files;
  std::vector<std::pair<std::string, Span>> rules;
  if (plans.empty()) {
    LoadLibraryTests(loaded, settings, emitter, files);
    rules = RulesOf(library);
  }
  for (const std::string& path : plans) {
    loaded.parts = library;
    if (!LoadPlan(path, settings.load, loaded, emitter)) continue;
    files.push_back({loaded.parts, loaded.main});
    const auto own = RulesOf({loaded.parts.begin() + static_cast<ptrdiff_t>(library.size()), loaded.parts.end()});
    rules.insert(rules.end(), own.begin(), own.end());
  }
  if (emitter.has_errors()) {
    auto findings = emitter.Take();
    SortFindings(findings);
    const std::string text = RenderText(findings, Summarise(findings, 0), loaded.sources, {settings.color, true, emitter.language()});
    std::fwrite(text.data(), 1, text.size(), stderr);
    return kUnreadable;
  }
  Coverage coverage(emitter.language());
  TestRun run(loaded, settings, emitter, with_coverage ? TestRun::Visit([&](const eval::Evaluation& done, const std::vector<Finding>&) { coverage.Add(done); }) : nullptr);
  for (const TestFile& file : files) run.Run(file);
  Report report;
  report.results = std::move(run.results());
  report.with_coverage = with_coverage;
  // Tests of some codes only say nothing about the others.
  std::erase_if(rules, [&](const auto& rule) {
    return !settings.only.empty() && std::find(settings.only.begin(), settings.only.end(), rule.first) == settings.only.end();
  });
  std::vector<ConditionSeen> conditions = coverage.conditions();
  if (!plans.empty()) {   // of the files' own rules
    std::erase_if(conditions, [&](const ConditionSeen& condition) {
      return !condition.at.known() || loaded.sources.file(condition.at.file).path().starts_with("stdlib:");
    });
  }
  if (plans.empty() || with_coverage) FindGaps(rules, conditions, emitter, report);
  PrintReport(report, loaded.sources, settings, emitter.language());
  // In the library a rule without a test does not ship.
  const bool untested = plans.empty() && report.fired < report.rules;
  return report.results.failed > 0 || untested ? kFindings : kNothing;
}

}  // namespace ordo

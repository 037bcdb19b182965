// `ordo health`: the rules themselves, seen over many plans. Which never fire, which fire only where another does, which ask the
// same thing twice, which cost most. It judges nothing: two rules that fire together on these plans may differ on the next.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "compiler/driver/rule_shape.h"
#include "compiler/driver/rule_tests.h"
#include "compiler/driver/session.h"
#include "fmt/format.h"

namespace ordo {
namespace {

constexpr size_t kEnough = 3;        // places below which a coincidence says nothing
constexpr size_t kMostCostly = 10;   // shown as text

class Health {
 public:
  // Takes the findings of one plan.
  void Add(const eval::Evaluation& evaluation, const std::vector<Finding>& findings, const SourceSet& sources) {
    ++plans_;
    const ir::Program& program = evaluation.program();
    std::map<ir::RelationId, std::string> code_of;
    for (const ir::Check& check : program.checks) {
      const std::string code(program.text(check.code));
      places_[code];
      code_of[check.relation] = code;
    }
    for (uint32_t rule = 0; rule < program.rules.size(); ++rule) {
      const ir::RelationId head = program.rules[rule].head;
      const auto code = code_of.find(head);
      steps_[code == code_of.end() ? std::string(program.text(program.relations[head].name)) : code->second] += evaluation.steps_of(rule);
      if (code != code_of.end()) shapes_[ShapeText(program, program.rules[rule])].insert(code->second);
    }
    all_steps_ += evaluation.steps();
    for (const Finding& finding : findings) {
      const auto place = places_.find(finding.code);
      if (place == places_.end() || !finding.at.known()) continue;
      ++findings_;
      // What is told of the plan as a whole stands at the places that it points to: two rules about the plan meet there or nowhere.
      const bool whole = program.plan != EntityId::kNone && finding.at == program.entity(program.plan).span;
      const auto add = [&](Span at) {
        if (at.known()) place->second.insert(fmt::format("{} {}:{}{}", plans_, sources.file(at.file).path(), at.begin, whole ? " *" : ""));
      };
      if (!whole) add(finding.at);
      for (const Related& other : finding.related) {
        if (whole) add(other.at);
      }
      if (whole && finding.related.empty()) place->second.insert(fmt::format("{} {}", plans_, finding.code));
    }
  }

  // What is to be told, at the rules where these parts declare them.
  std::vector<Finding> Tell(const std::vector<std::pair<std::string, Span>>& rules, Emitter& emitter) const {
    std::map<std::string, Span> at(rules.begin(), rules.end());
    std::vector<Finding> all;
    const auto tell = [&](Code code, const std::string& rule, std::initializer_list<std::string_view> arguments) {
      const auto span = at.find(rule);
      all.push_back(span == at.end() ? emitter.EmitForPath(code, "", arguments) : emitter.Emit(code, span->second, arguments));
    };
    for (const auto& [code, places] : places_) {
      if (places.empty()) tell(Code::kHealthSilent, code, {code});
    }
    // How often two rules fire at one place.
    std::map<std::string, std::vector<std::string>> codes_at;
    for (const auto& [code, places] : places_) {
      for (const std::string& place : places) codes_at[place].push_back(code);
    }
    std::map<std::pair<std::string, std::string>, size_t> together;
    for (const auto& [place, codes] : codes_at) {
      for (const std::string& a : codes) {
        for (const std::string& b : codes) {
          if (a != b) ++together[{a, b}];
        }
      }
    }
    for (const auto& [pair, count] : together) {
      const auto& [a, b] = pair;
      if (count < kEnough || count < places_.at(a).size()) continue;
      const bool same = places_.at(b).size() == count;
      const std::string number = fmt::to_string(count);
      if (!same) tell(Code::kHealthImplied, a, {a, number, b});
      else if (a < b) tell(Code::kHealthSame, a, {a, number, b});
    }
    for (const auto& [shape, codes] : shapes_) {
      for (auto other = codes.begin(); other != codes.end() && ++other != codes.end();) tell(Code::kHealthTwin, *codes.begin(), {*codes.begin(), *other});
    }
    return all;
  }

  // Rules and relations by their steps, the most costly first.
  std::vector<std::pair<std::string, uint64_t>> Costs() const {
    std::vector<std::pair<std::string, uint64_t>> costs(steps_.begin(), steps_.end());
    std::stable_sort(costs.begin(), costs.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return costs;
  }

  size_t plans() const { return plans_; }
  size_t findings() const { return findings_; }
  uint64_t steps() const { return all_steps_; }
  const std::map<std::string, std::set<std::string>>& places() const { return places_; }

 private:
  // Relations are numbered anew in each program; names are not.
  static std::string ShapeText(const ir::Program& program, const ir::Rule& rule) {
    const std::string shape = ShapeOf(program, rule);
    std::string text;
    for (size_t i = 0; i < shape.size(); ++i) {
      text += shape[i];
      if (shape[i] != 'r') continue;
      size_t end = i + 1;
      while (end < shape.size() && shape[end] >= '0' && shape[end] <= '9') ++end;
      text += program.text(program.relations[static_cast<size_t>(std::stoul(shape.substr(i + 1, end - i - 1)))].name);
      i = end - 1;
    }
    return text;
  }

  size_t plans_ = 0, findings_ = 0;
  uint64_t all_steps_ = 0;
  std::map<std::string, std::set<std::string>> places_;   // of each rule that was run
  std::map<std::string, std::set<std::string>> shapes_;
  std::map<std::string, uint64_t> steps_;
};

void PrintText(const Health& health, const std::vector<Finding>& told, const SourceSet& sources, const Settings& settings, Language language) {
  std::string text = RenderText(told, Summarise(told, 0), sources, {settings.color, true, language});
  if (const size_t last = text.rfind('\n', text.size() < 2 ? 0 : text.size() - 2); last != std::string::npos) text.resize(last + 1);
  std::fwrite(text.data(), 1, text.size(), stdout);
  fmt::print("{}\n", Say(Phrase::kHealthTitle, language, {fmt::to_string(health.plans()), fmt::to_string(health.places().size()),
                                                          fmt::to_string(health.findings()), fmt::to_string(health.steps())}));
  fmt::print("{}\n", Say(Phrase::kHealthCost, language));
  const auto costs = health.Costs();
  for (size_t i = 0; i < costs.size() && i < kMostCostly; ++i) {
    const double share = health.steps() == 0 ? 0 : 100.0 * static_cast<double>(costs[i].second) / static_cast<double>(health.steps());
    fmt::print("  {:<24} {:>12} {:>5.1f}%\n", costs[i].first, costs[i].second, share);
  }
}

void PrintJson(const Health& health, const std::vector<Finding>& told, const SourceSet& sources) {
  nlohmann::ordered_json document = nlohmann::ordered_json::parse(RenderJson(told, Summarise(told, 0), sources));
  document["schema"] = "ordo/health/1";
  document.erase("summary");
  document["plans"] = health.plans();
  document["steps"] = health.steps();
  nlohmann::ordered_json rules = nlohmann::ordered_json::array();
  for (const auto& [name, steps] : health.Costs()) {
    const auto places = health.places().find(name);
    nlohmann::ordered_json rule = {{"rule", name}, {"steps", steps}};
    if (places != health.places().end()) rule["places"] = places->second.size();
    rules.push_back(std::move(rule));
  }
  document["rules"] = std::move(rules);
  fmt::print("{}\n", document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace

int RunHealth(const std::vector<std::string>& paths, const Settings& settings) {
  std::string unread;
  const std::vector<std::string> plans = PlansIn(paths, unread);
  const Language language = settings.language.value_or(Language::kVietnamese);
  if (!unread.empty() || (plans.empty() && !paths.empty())) {
    Tell(language, unread.empty() ? Code::kRunNoPlanFound : Code::kFileMissing, {unread.empty() ? fmt::format("{}", fmt::join(paths, " ")) : unread});
    return kUnreadable;
  }
  Health health;
  bool broken = false;
  for (const std::string& plan : plans) {
    Session session(plan, settings);
    if (session.Load() && session.Model() && session.Lower(false) && session.Evaluate()) {
      health.Add(session.evaluation(), session.findings(), session.sources());
    } else {   // said, and left out
      fmt::print(stderr, "== {}\n", plan);
      PrintBroken(session, settings);
      broken = true;
    }
  }
  Emitter emitter(language, SIZE_MAX);
  Loaded library;
  LoadLibrary(library, emitter);
  const auto rules = RulesOf(library.parts);
  if (paths.empty()) {
    std::vector<TestFile> files;
    LoadLibraryTests(library, settings, emitter, files);
    TestRun run(library, settings, emitter, [&](const eval::Evaluation& evaluation, const std::vector<Finding>& findings) {
      health.Add(evaluation, findings, library.sources);
    });
    for (const TestFile& file : files) run.Survey(file);
  }
  const std::vector<Finding> told = health.Tell(rules, emitter);
  if (settings.format == "json") PrintJson(health, told, library.sources);
  else PrintText(health, told, library.sources, settings, language);
  return broken ? kUnreadable : kNothing;
}

}  // namespace ordo

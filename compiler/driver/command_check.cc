#include <algorithm>
#include <cstdio>
#include <deque>
#include <filesystem>

#include "absl/container/flat_hash_set.h"
#include "compiler/driver/outputs.h"
#include "fmt/format.h"

namespace ordo {

namespace fs = std::filesystem;

std::vector<std::string> PlansIn(const std::vector<std::string>& paths, std::string& unread) {
  std::vector<std::string> plans;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      plans.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (auto it = fs::recursive_directory_iterator(path, error); !error && it != fs::recursive_directory_iterator();
         it.increment(error)) {
      std::error_code dangling;
      if (!it->is_regular_file(dangling) || it->path().extension() != ".ordo") continue;
      const auto bytes = ReadFile(it->path().string(), 64u << 20);
      const auto holds = [&](std::string_view heading) { return bytes->find(heading) != std::string::npos; };
      // One that cannot be read may be a plan: its own run says so.
      if (!bytes.ok() || holds("\nkế hoạch ") || holds("\nplan ")) found.push_back(it->path().string());
    }
    if (error) unread = path;
    std::sort(found.begin(), found.end());
    plans.insert(plans.end(), found.begin(), found.end());
  }
  return plans;
}

namespace {

void Print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

// What was known, and what is to be known: the two files of a run, by plan.
class Baselines {
 public:
  Baselines(const Settings& settings, Language language) : settings_(settings), language_(language) {}

  bool Read() {
    if (settings_.baseline.empty()) return true;
    const auto bytes = ReadFile(settings_.baseline, settings_.load.syntax.max_bytes);
    if (!bytes.ok()) {
      Tell(language_, Code::kFileMissing, {settings_.baseline});
      return false;
    }
    auto read = ParseBaseline(*bytes);
    if (!read.ok()) {
      Tell(language_, Code::kRunBaseline, {settings_.baseline, std::string(read.status().message())});
      return false;
    }
    known_ = std::move(*read);
    return true;
  }

  // Leaves the new findings; none are known of a plan that the file does not name.
  void Compare(PlanRun& run) const {
    if (settings_.baseline.empty()) return;
    const auto plan = known_.plans.find(KeyOf(run.plan, settings_.baseline));
    run.comparison = TakeKnown(run.findings, plan == known_.plans.end() ? std::vector<BaselineEntry>() : plan->second);
    RankFindings(run.findings);
  }

  void Remember(const std::string& plan, const std::vector<Finding>& findings) {
    if (!settings_.write_baseline.empty()) written_.plans[KeyOf(plan, settings_.write_baseline)] = EntriesOf(findings);
  }
  // Nothing is written where a plan is broken: half of what is wrong with it is not found yet.
  Exit Write(const std::vector<PlanRun>& runs) const {
    if (settings_.write_baseline.empty()) return kNothing;
    for (const PlanRun& run : runs) {
      if (run.exit_code < kUnreadable) continue;
      Tell(language_, Code::kRunBaselineBroken, {run.plan});
      return kUnreadable;
    }
    std::vector<const SourceSet*> sources;
    for (const PlanRun& run : runs) sources.push_back(run.sources);
    return WriteOut(sources, language_, settings_.write_baseline, RenderBaseline(written_));
  }

 private:
  // A plan is called by its path from the folder of the file, so that both may be moved together.
  static std::string KeyOf(const std::string& plan, const std::string& file) {
    std::error_code error;
    const fs::path folder = fs::weakly_canonical(fs::absolute(fs::path(file), error).parent_path(), error);
    const fs::path key = fs::weakly_canonical(fs::absolute(fs::path(plan), error), error).lexically_relative(folder);
    return key.empty() ? plan : key.generic_string();
  }

  const Settings& settings_;
  Language language_;
  Baseline known_, written_;
};

// Registers that several plans import: what is wrong in them is told with the first plan that shows it.
class SharedFiles {
 public:
  // How many were left out.
  size_t LeaveOutTold(std::vector<Finding>& findings, const Session& session) {
    return std::erase_if(findings, [&](const Finding& finding) {
      if (!finding.at.known() || !session.loaded().main || finding.at.file == session.loaded().main->file) return false;
      const std::string key = fmt::format("{} {} {} {}", finding.code, session.sources().file(finding.at.file).path(), finding.at.begin, finding.message);
      return !told_.insert(key).second;
    });
  }

 private:
  absl::flat_hash_set<std::string> told_;
};

}  // namespace

int RunCheck(const std::vector<std::string>& paths, const Settings& settings) {
  std::string unread;
  const std::vector<std::string> plans = PlansIn(paths, unread);
  const Language language = settings.language.value_or(Language::kVietnamese);
  if (!unread.empty()) {
    Tell(language, Code::kFileMissing, {unread});
    return kUnreadable;
  }
  if (plans.empty()) {
    Tell(language, Code::kRunNoPlanFound, {fmt::format("{}", fmt::join(paths, " "))});
    return kUnreadable;
  }
  Baselines baselines(settings, language);
  if (!baselines.Read()) return kUnreadable;
  const bool text = settings.format == "text";
  int worst = kNothing;
  std::deque<SourceSet> sources;   // machine formats are one document: what findings point into stays until the end
  std::vector<PlanRun> runs;
  RuleTexts texts;
  SharedFiles shared;
  for (const std::string& plan : plans) {
    Session session(plan, settings);
    const bool fine = session.Load() && session.Model() && session.Lower(false) && session.Evaluate();
    if (!session.failure().empty()) {
      session.TellFailure();
      return kFailed;
    }
    PlanRun& run = runs.emplace_back();
    run.plan = plan;
    run.findings = session.ordered_findings();
    baselines.Remember(plan, run.findings);
    baselines.Compare(run);
    run.summary = Summarise(run.findings, session.rules_run());
    run.exit_code = fine ? ExitOf(run.findings, settings.gate) : kUnreadable;
    worst = std::max(worst, run.exit_code);
    if (text) {
      if (plans.size() > 1) fmt::print("== {}\n", plan);
      const size_t told = plans.size() > 1 ? shared.LeaveOutTold(run.findings, session) : 0;
      Print(RenderText(run.findings, run.summary, session.sources(),
                       {settings.color, true, session.language(), settings.first, settings.order != "source", run.comparison ? &*run.comparison : nullptr}));
      if (told > 0) fmt::print("{}\n", Say(Phrase::kSharedTold, session.language(), {fmt::format("{}", told)}));
    } else if (settings.format == "sarif") {
      AddRuleTexts(session, run.findings, texts);
      if (run.comparison) AddRuleTexts(session, run.comparison->known, texts);
    }
    run.sources = &sources.emplace_back(session.ReleaseSources());
    if (text) run.findings.clear();   // told
  }
  if (text && plans.size() > 1) {
    fmt::print("\n{}\n", Say(Phrase::kPlansCounted, language, {fmt::format("{}", plans.size())}));
    for (const PlanRun& run : runs) {
      const auto count = [](size_t n) { return fmt::format("{}", n); };
      fmt::print("  {}: {}\n", run.plan,
                 Say(Phrase::kPlanCounts, language, {count(run.summary.error), count(run.summary.warning), count(run.summary.information)}));
    }
  }
  if (settings.format == "sarif") {
    Print(RenderSarif(runs, texts, ORDO_VERSION));
  } else if (settings.format == "json") {
    const PlanRun& run = runs.front();
    Print(runs.size() > 1 ? RenderJson(runs)
                          : RenderJson(run.findings, run.summary, *run.sources, run.comparison ? &*run.comparison : nullptr));
  }
  return std::max<int>(worst, baselines.Write(runs));
}

}  // namespace ordo

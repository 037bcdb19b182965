#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "compiler/driver/outputs.h"
#include "fmt/format.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;

// A folder stands for the plans in it: files that hold a plan, registers excepted (they are imported). `unread`: a folder below
// that could not be searched.
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

}  // namespace

int RunCheck(const std::vector<std::string>& paths, const Settings& settings) {
  std::string unread;
  const std::vector<std::string> plans = PlansIn(paths, unread);
  Exit worst = kNothing;
  if (!unread.empty()) {
    Tell(settings.language.value_or(Language::kVietnamese), Code::kFileMissing, {unread});
    return kUnreadable;
  }
  if (plans.empty()) {
    Tell(settings.language.value_or(Language::kVietnamese), Code::kRunNoPlanFound, {fmt::format("{}", fmt::join(paths, " "))});
    return kUnreadable;
  }
  // Each plan is a run of its own; machine formats need one document, so they take one plan.
  if (plans.size() > 1 && settings.format != "text") {
    Tell(settings.language.value_or(Language::kVietnamese), Code::kRunOnePlan, {settings.format});
    return kFailed;
  }
  for (const std::string& plan : plans) {
    Session session(plan, settings);
    const bool fine = session.Load() && session.Model() && session.Lower(false) && session.Evaluate();
    if (!session.failure().empty()) {
      Tell(session.language(), Code::kRunLimit, {session.failure()});
      return kFailed;
    }
    const auto findings = session.findings();
    if (plans.size() > 1) fmt::print("== {}\n", plan);
    PrintFindings(findings, Summarise(findings, session.rules_run()), session.sources(), settings, session.language());
    Exit exit = ExitOf(findings, settings.gate);
    if (!fine) exit = kUnreadable;
    worst = std::max(worst, exit);
  }
  return worst;
}

int RunWhy(const std::string& plan, const std::string& wanted, const Settings& settings) {
  Session session(plan, settings);
  if (!(session.Load() && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  // CODE or CODE:SUBJECT
  const std::string code = wanted.substr(0, wanted.find(':'));
  const std::string subject = wanted.find(':') == std::string::npos ? "" : wanted.substr(wanted.find(':') + 1);
  const std::string text = WhyText(session, code, subject, settings.as_of);
  if (text.empty()) {
    Tell(session.language(), Code::kRunNoFinding, {wanted});
    return kFindings;
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kNothing;
}

}  // namespace ordo

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "compiler/driver/session.h"
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
      session.TellFailure();
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

}  // namespace ordo

// `check --watch`: the plan is checked, then again whenever one of its files, or a folder that holds them, has changed. First all
// findings, after each change only those that came and those that went, with the counts. Ends on Ctrl-C with the exit status of the
// last check.
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>

#include "compiler/driver/workspace.h"
#include "fmt/format.h"

namespace ordo {
namespace {

using Json = nlohmann::ordered_json;

volatile std::sig_atomic_t interrupted = 0;

// When, how large and which: what tells that a file was written or put in the place of another. No clock is read.
using Stamp = std::tuple<int64_t, int64_t, int64_t, uint64_t>;

std::map<std::string, Stamp> StampsOf(const std::set<std::string>& paths) {
  std::map<std::string, Stamp> stamps;
  for (const std::string& path : paths) {
    struct stat info {};
    Stamp stamp{};
    if (stat(path.c_str(), &info) == 0) stamp = {info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_size, info.st_ino};
    stamps.emplace(path, stamp);
  }
  return stamps;
}

// The files that were read, and their folders: a file that was missing shows there.
std::set<std::string> Watched(const std::string& plan, const Workspace& workspace, const Settings& settings) {
  std::set<std::string> paths = {plan};
  if (!settings.load.journal.empty()) paths.insert(settings.load.journal);
  for (std::string& file : workspace.Files()) paths.insert(std::move(file));
  std::set<std::string> folders;
  for (const std::string& path : paths) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    folders.insert(folder.empty() ? "." : folder);
  }
  paths.insert(folders.begin(), folders.end());
  return paths;
}

void PrintChanges(const std::vector<const Finding*>& come, const std::vector<const Finding*>& gone, const std::vector<Finding>& now,
                  const Session& session, const Settings& settings) {
  const Summary summary = Summarise(now, session.rules_run());
  if (settings.format == "json") {
    // One document a line: what follows the output can take each as it comes.
    Json out = {{"schema", "ordo/watch/1"}, {"new", Json::array()}, {"gone", Json::array()}};
    std::vector<Finding> fresh;
    for (const Finding* finding : come) fresh.push_back(*finding);
    out["new"] = Json::parse(RenderJson(fresh, summary, session.sources()))["findings"];
    for (const Finding* finding : gone) {
      out["gone"].push_back({{"code", finding->code}, {"subject", finding->subject}, {"message", finding->message}});
    }
    out["error"] = summary.error, out["warning"] = summary.warning, out["information"] = summary.information;
    fmt::print("{}\n", out.dump());
    return;
  }
  const Language language = session.language();
  if (!gone.empty()) {
    fmt::print("{}\n", Say(Phrase::kWhatIfGone, language, {std::to_string(gone.size())}));
    for (const Finding* finding : gone) {
      fmt::print("  {}{}{}  {}\n", finding->code, finding->subject.empty() ? "" : " ", finding->subject, finding->message);
    }
  }
  if (!come.empty()) fmt::print("{}\n\n", Say(Phrase::kWhatIfNew, language, {std::to_string(come.size())}));
  std::vector<Finding> fresh;
  for (const Finding* finding : come) fresh.push_back(*finding);
  const std::string text = RenderText(fresh, summary, session.sources(), {settings.color, true, language});
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void PrintAll(const Session& session, const Settings& settings) {
  const std::vector<Finding> findings = session.ordered_findings();
  const Summary summary = Summarise(findings, session.rules_run());
  const std::string text = settings.format == "json" ? RenderJson(findings, summary, session.sources())
                                                     : RenderText(findings, summary, session.sources(), {settings.color, true, session.language()});
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace

int RunWatch(const std::string& plan, const Settings& settings) {
  interrupted = 0;
  struct sigaction on_interrupt {}, before {};
  on_interrupt.sa_handler = [](int) { interrupted = 1; };
  sigaction(SIGINT, &on_interrupt, &before);
  Workspace workspace(plan, settings);
  std::map<std::string, Stamp> stamps;
  std::vector<Finding> findings;
  Exit exit = kNothing;
  for (bool first = true; !interrupted; first = false) {
    const bool whole = workspace.Update();
    const Session& session = workspace.last();
    if (!session.failure().empty()) {
      session.TellFailure();
      exit = kFailed;
    } else {
      std::vector<Finding> now = session.findings();
      const auto come = OnlyIn(now, findings), gone = OnlyIn(findings, now);
      if (first) PrintAll(session, settings);
      else if (!come.empty() || !gone.empty()) PrintChanges(come, gone, now, session, settings);
      exit = whole ? ExitOf(now, settings.gate) : kUnreadable;
      findings = std::move(now);
    }
    std::fflush(stdout);
    const std::set<std::string> watched = Watched(plan, workspace, settings);
    const bool known = std::equal(watched.begin(), watched.end(), stamps.begin(), stamps.end(),
                                  [](const std::string& path, const auto& stamp) { return path == stamp.first; });
    if (!known) {   // files of which nothing was known while they were read: read again, so that no change is missed
      stamps = StampsOf(watched);
      continue;
    }
    for (bool changed = false; !changed && !interrupted;) {
      std::map<std::string, Stamp> now = StampsOf(watched);
      changed = now != stamps;
      stamps = std::move(now);   // taken before the files are read: what is written meanwhile is seen the next time
      const timespec wait{0, 100'000'000};
      if (!changed) nanosleep(&wait, nullptr);
    }
  }
  sigaction(SIGINT, &before, nullptr);
  return exit;
}

}  // namespace ordo

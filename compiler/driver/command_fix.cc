// `ordo fix`: the fixes that findings offer, put into the text. A fix is only kept if the plan, checked again in memory, has lost
// that finding and gained none. Everything is checked before anything is written.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "absl/container/flat_hash_map.h"
#include "compiler/driver/session.h"
#include "compiler/fix/apply.h"
#include "fmt/format.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;

// What is wrong, how often: a fingerprint without the number that tells equal ones apart.
using Faults = std::map<std::string, std::pair<size_t, const Finding*>>;

std::string Fault(const Finding& finding) { return finding.fingerprint.substr(0, finding.fingerprint.find('-')); }

class Fixer {
 public:
  Fixer(const std::string& plan, const Settings& settings) : plan_(plan), settings_(settings), session_(plan, settings) {}

  Session& session() { return session_; }
  const std::vector<Finding>& findings() const { return findings_; }

  // False when not even the plan could be opened, or a limit was met.
  bool Begin() {
    if (!Check(session_)) return false;
    findings_ = session_.findings();
    broken_ = std::any_of(findings_.begin(), findings_.end(), [](const Finding& f) { return f.from_text; });
    return true;
  }

  // Those of a group that can be kept beside those kept so far. A group that does harm is halved until the culprit stands alone.
  bool Keep(const std::vector<const Finding*>& group) {
    if (group.empty()) return true;
    std::string reason;
    if (Harmless(group, reason)) {
      for (const Finding* finding : group) kept_.push_back(finding);
      return true;
    }
    if (!session_.failure().empty()) return false;
    if (group.size() == 1) {
      left_.push_back({group.front(), reason});
      return true;
    }
    const auto middle = group.begin() + static_cast<ptrdiff_t>(group.size() / 2);
    return Keep({group.begin(), middle}) && Keep({middle, group.end()});
  }

  void Leave(const Finding* finding, Phrase reason) { left_.push_back({finding, Say(reason, session_.language())}); }
  const std::vector<const Finding*>& kept() const { return kept_; }
  const std::vector<std::pair<const Finding*, std::string>>& left() const { return left_; }

  std::map<std::string, std::string> Texts() const { return Apply(FixesOf(kept_), session_.sources()); }

 private:
  bool Check(Session& session) const {
    const bool fine = session.Load() && session.Model() && session.Lower(false) && session.Evaluate();
    return fine || (session.failure().empty() && session.loaded().main != nullptr);
  }

  static std::vector<const Fix*> FixesOf(const std::vector<const Finding*>& findings) {
    std::vector<const Fix*> fixes;
    for (const Finding* finding : findings) fixes.push_back(&*finding->fix);
    return fixes;
  }

  // While a text is broken no rule is run: what they find once it is mended was there before.
  Faults FaultsOf(const std::vector<Finding>& findings) const {
    Faults faults;
    for (const Finding& finding : findings) {
      if (broken_ && (FindMessage(finding.code) == nullptr || finding.code == TextOf(Code::kWaiverUnused).code ||
                      finding.code == TextOf(Code::kWaiverExpired).code)) {
        continue;
      }
      auto& [count, first] = faults[Fault(finding)];
      ++count;
      first = &finding;
    }
    return faults;
  }

  bool Harmless(const std::vector<const Finding*>& group, std::string& reason) {
    std::vector<const Finding*> all = kept_;
    all.insert(all.end(), group.begin(), group.end());
    Settings settings = settings_;
    for (auto& [path, text] : Apply(FixesOf(all), session_.sources())) settings.load.replaced[path] = std::move(text);
    Session after(plan_, settings);
    if (!Check(after)) {
      reason = Say(Phrase::kFixStays, session_.language());
      return false;
    }
    const std::vector<Finding> now = after.findings();
    const Faults before = FaultsOf(findings_), then = FaultsOf(now);
    absl::flat_hash_map<std::string, size_t> mended;
    for (const Finding* finding : all) ++mended[Fault(*finding)];
    for (const auto& [fault, found] : then) {
      const auto was = before.find(fault);
      const size_t times = was == before.end() ? 0 : was->second.first;
      if (found.first > times) {
        reason = Say(Phrase::kFixBrings, session_.language(), {found.second->code, found.second->message});
        return false;
      }
      const auto gone = mended.find(fault);
      if (gone != mended.end() && found.first + gone->second > times) {
        reason = Say(Phrase::kFixStays, session_.language());
        return false;
      }
    }
    return true;
  }

  const std::string plan_;
  const Settings& settings_;
  Session session_;
  std::vector<Finding> findings_;
  bool broken_ = false;
  std::vector<const Finding*> kept_;
  std::vector<std::pair<const Finding*, std::string>> left_;
};

// Every file that the fix changes is one of the plan's own folder, by its real path.
bool IsInside(const Fix& fix, const Session& session) {
  return std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
    const std::string path(session.sources().file(edit.at.file).path());
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error) return false;
    const fs::path relative = real.lexically_relative(session.loaded().root);
    return !relative.empty() && *relative.begin() != "..";
  });
}

std::string PlaceOf(const Finding& finding, const SourceSet& sources) {
  if (!finding.at.known()) return finding.path;
  const SourceFile& file = sources.file(finding.at.file);
  const Position at = file.PositionOf(finding.at.begin);
  return fmt::format("{}:{}:{}", file.path(), at.line, at.column);
}

}  // namespace

int RunFix(const std::string& plan, const std::vector<std::string>& only, bool dry, const Settings& settings) {
  if (plan == "-") {   // nothing that could be written back
    Tell(settings.language.value_or(Language::kVietnamese), Code::kRunCannotWrite, {plan});
    return kFailed;
  }
  Fixer fixer(plan, settings);
  Session& session = fixer.session();
  if (!fixer.Begin()) return PrintBroken(session, settings);
  const Language language = session.language();
  std::vector<const Finding*> wanted;
  Taken taken;
  for (const Finding& finding : fixer.findings()) {
    if (!finding.fix || finding.waiver) continue;
    if (!only.empty() && std::find(only.begin(), only.end(), finding.code) == only.end()) continue;
    if (!IsInside(*finding.fix, session)) {
      fixer.Leave(&finding, Phrase::kFixOutside);
    } else if (!taken.Take(*finding.fix)) {
      fixer.Leave(&finding, Phrase::kFixOverlaps);
    } else {
      wanted.push_back(&finding);
    }
  }
  if (!fixer.Keep(wanted)) return PrintBroken(session, settings);
  const std::map<std::string, std::string> texts = fixer.Texts();
  const auto text_of = [&](const std::string& path) {
    for (FileId id = 0; id < session.sources().size(); ++id) {
      if (session.sources().file(id).path() == path) return session.sources().file(id).text();
    }
    return std::string_view();
  };
  if (!dry) {
    for (const auto& [path, text] : texts) {
      const auto bytes = ReadFile(path, settings.load.syntax.max_bytes);
      if (bytes.ok() && *bytes == text_of(path)) continue;
      Tell(language, Code::kRunChanged, {path});
      return kFailed;
    }
  }
  for (const auto& [path, text] : texts) {
    if (dry) {
      const std::string diff = UnifiedDiff(path, text_of(path), text);
      std::fwrite(diff.data(), 1, diff.size(), stdout);
    } else if (!WriteFile(path, text).ok()) {
      Tell(language, Code::kRunCannotWrite, {path});
      return kFailed;
    }
  }
  // The diff has standard output for itself, so that it can be piped.
  std::FILE* out = dry ? stderr : stdout;
  for (const Finding* finding : fixer.kept()) {
    if (!dry) fmt::print(out, "{}\n", Say(Phrase::kFixDone, language, {finding->code, PlaceOf(*finding, session.sources()), finding->fix->description}));
  }
  for (const auto& [finding, reason] : fixer.left()) {
    fmt::print(out, "{}\n", Say(Phrase::kFixLeft, language, {finding->code, PlaceOf(*finding, session.sources()), finding->fix->description, reason}));
  }
  if (fixer.kept().empty() && fixer.left().empty()) {
    fmt::print(out, "{}\n", Say(Phrase::kFixNothing, language));
  } else {
    fmt::print(out, "{}\n", Say(dry ? Phrase::kFixWouldCounts : Phrase::kFixCounts, language,
                                {fmt::format("{}", fixer.kept().size()), fmt::format("{}", fixer.left().size())}));
  }
  return fixer.left().empty() ? kNothing : kFindings;
}

}  // namespace ordo

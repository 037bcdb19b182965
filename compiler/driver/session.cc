#include "compiler/driver/session.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "absl/container/flat_hash_set.h"
#include "compiler/driver/library_calendar.h"
#include "compiler/fix/repairs.h"
#include "fmt/format.h"

namespace ordo {

Session::Session(std::string path, const Settings& settings) : path_(std::move(path)), settings_(settings) {}

bool Session::Load() {
  Language language = settings_.language.value_or(Language::kVietnamese);
  if (!settings_.language) {
    if (std::FILE* file = path_ == "-" ? nullptr : std::fopen(path_.c_str(), "rb")) {
      char head[64];
      const size_t n = std::fread(head, 1, sizeof head, file);
      language = LanguageOfFile({head, n});
      std::fclose(file);
    }
  }
  emitter_ = std::make_unique<Emitter>(language);
  LoadLibrary(loaded_, *emitter_);
  return LoadPlan(path_, settings_.load, loaded_, *emitter_);
}

bool Session::Model() {
  if (!loaded_.main || loaded_.main->nodes[0].error) return false;
  BuildOptions options;
  options.profile = settings_.profile;
  options.only = settings_.only;
  options.days = &LibraryCalendar();
  options.references = &loaded_.references;
  model_ = BuildModel(loaded_.parts, &strings_, options, *emitter_);
  return !emitter_->has_errors();
}

bool Session::Lower(bool reports) {
  ordo::Lower(*model_, LowerOptions{reports, settings_.as_of});
  if (settings_.verify) {
    for (const std::string& fault : ir::Verify(program())) failure_ += "IR: " + fault + "\n";
    if (!failure_.empty()) return false;
  }
  return true;
}

bool Session::Evaluate() {
  eval::Progress progress;
  if (settings_.progress) {
    progress = [](size_t done, size_t all) {
      fmt::print(stderr, "\r{}/{} ", done, all);
      if (done == all) fmt::print(stderr, "\r          \r");
      std::fflush(stderr);
    };
  }
  auto result = eval::Evaluate(program(), {}, progress);
  if (!result.ok()) {
    failure_ = std::string(result.status().message());
    return false;
  }
  evaluation_.emplace(std::move(*result));
  return true;
}

std::vector<Finding> Session::findings() const {
  std::vector<Finding> all = emitter_->findings();
  if (evaluation_) {
    const std::vector<report::FindingRows> rows = report::CollectRows(*evaluation_);
    std::vector<Finding> found = report::CollectFindings(*evaluation_, rows, language(), settings_.as_of);
    std::vector<const Ast*> own;   // neither the library nor what the plan is held against
    for (const Part& part : loaded_.parts) {
      if (!part.library && !part.ast->source->path().starts_with("stdlib:")) own.push_back(part.ast);
    }
    OfferRepairs(*evaluation_, rows, own, language(), found);
    for (Finding& finding : found) all.push_back(std::move(finding));
    for (Finding& finding : report::WaiverFindings(*evaluation_, rows, language(), settings_.as_of)) all.push_back(std::move(finding));
  }
  SortFindings(all);
  AddTextFingerprints(loaded_, all);
  RankFindings(all);
  return all;
}

std::vector<Finding> Session::ordered_findings() const {
  std::vector<Finding> all = findings();
  if (settings_.order == "rank" || (settings_.order.empty() && settings_.format == "text")) SortByRank(all);
  return all;
}

void Tell(Language language, Code code, std::initializer_list<std::string_view> arguments) {
  Emitter emitter(language);
  const Finding& finding = emitter.EmitForPath(code, "", arguments);
  fmt::print(stderr, "ordo: {}\n", finding.message);
  if (!finding.help.empty()) fmt::print(stderr, "      {}\n", finding.help);
}

Exit ExitOf(const std::vector<Finding>& findings, std::string_view gate) {
  const Severity limit = gate == "warning" ? Severity::kWarning : Severity::kError;
  Exit exit = kNothing;
  for (const Finding& finding : findings) {
    if (finding.from_text) return kUnreadable;
    if (!finding.waiver && finding.severity >= limit) exit = kFindings;
  }
  return exit;
}

void AddRuleTexts(const Session& session, const std::vector<Finding>& findings, RuleTexts& texts) {
  const bool vietnamese = session.language() == Language::kVietnamese;
  absl::flat_hash_set<std::string_view> wanted;
  for (const Finding& finding : findings) {
    wanted.insert(finding.code);
    const MessageText* message = texts.contains(finding.code) ? nullptr : FindMessage(finding.code);
    if (message) texts[finding.code] = {std::string(vietnamese ? message->title_vi : message->title_en), "", message->severity};
  }
  if (!session.has_model()) return;
  const StringPool& strings = *session.program().strings;
  for (const RulePage& page : session.model().pages) {
    const std::string code(strings[page.code]);
    if (!wanted.contains(code) || texts.contains(code)) continue;
    texts[code] = {std::string(strings[vietnamese ? page.page_vi : page.page_en]),
                   std::string(strings[vietnamese ? page.fix_vi : page.fix_en]), page.severity};
  }
}

Exit PrintBroken(const Session& session, const Settings& settings) {
  if (!session.failure().empty()) {
    Tell(session.language(), Code::kRunLimit, {session.failure()});
    return kFailed;
  }
  const auto findings = session.ordered_findings();
  const std::string text =
      RenderText(findings, Summarise(findings, 0), session.sources(), {settings.color, true, session.language()});
  std::fwrite(text.data(), 1, text.size(), stderr);
  return kUnreadable;
}

Exit WriteOut(const Session& session, const std::string& file, std::string_view text) {
  return WriteOut({&session.sources()}, session.language(), file, text);
}

Exit WriteOut(const std::vector<const SourceSet*>& sources, Language language, const std::string& file, std::string_view text) {
  if (file.empty()) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kNothing;
  }
  // What comes out must not take the place of what it was made from.
  std::error_code error;
  bool own = std::filesystem::path(file).extension() == ".ordo";
  for (const SourceSet* set : sources) {
    for (FileId id = 0; id < set->size(); ++id) own |= std::filesystem::equivalent(file, set->file(id).path(), error);
  }
  if (!own && WriteFile(file, text).ok()) return kNothing;
  Tell(language, Code::kRunCannotWrite, {file});
  return kFailed;
}

}  // namespace ordo

#include "compiler/driver/session.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "compiler/driver/library_calendar.h"
#include "fmt/format.h"

namespace ordo {

Session::Session(std::string path, const Settings& settings, const Session* before)
    : path_(std::move(path)), settings_(settings), before_(before) {}

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
  auto result = before_ && before_->evaluated() ? eval::Reevaluate(before_->evaluation(), program(), {}, progress)
                                                : eval::Evaluate(program(), {}, progress);
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
    for (Finding& finding : report::CollectFindings(*evaluation_, language(), settings_.as_of)) all.push_back(std::move(finding));
  }
  SortFindings(all);
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

void PrintFindings(const std::vector<Finding>& findings, const Summary& summary, const SourceSet& sources,
                   const Settings& settings, Language language) {
  std::string out;
  if (settings.format == "json") {
    out = RenderJson(findings, summary, sources);
  } else if (settings.format == "sarif") {
    out = RenderSarif(findings, sources, ORDO_VERSION);
  } else {
    out = RenderText(findings, summary, sources, {settings.color, true, language});
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
}

Exit PrintBroken(const Session& session, const Settings& settings) {
  if (!session.failure().empty()) {
    Tell(session.language(), Code::kRunLimit, {session.failure()});
    return kFailed;
  }
  const auto findings = session.findings();
  const std::string text =
      RenderText(findings, Summarise(findings, 0), session.sources(), {settings.color, true, session.language()});
  std::fwrite(text.data(), 1, text.size(), stderr);
  return kUnreadable;
}

Exit WriteOut(const Session& session, const std::string& file, std::string_view text) {
  if (file.empty()) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kNothing;
  }
  // The picture must not take the place of what it was made from.
  std::error_code error;
  bool own = std::filesystem::path(file).extension() == ".ordo";
  for (FileId id = 0; id < session.sources().size(); ++id) own |= std::filesystem::equivalent(file, session.sources().file(id).path(), error);
  if (!own && WriteFile(file, text).ok()) return kNothing;
  Tell(session.language(), Code::kRunCannotWrite, {file});
  return kFailed;
}

}  // namespace ordo

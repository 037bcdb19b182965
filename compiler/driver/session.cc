#include "compiler/driver/session.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "absl/container/flat_hash_set.h"
#include "compiler/driver/library_calendar.h"
#include "compiler/driver/library_terms.h"
#include "compiler/fix/repairs.h"
#include "fmt/format.h"

namespace ordo {

Session::Session(std::string path, const Settings& settings, const Session* before)
    : path_(std::move(path)), settings_(settings), before_(before) {}

bool Session::Load() {
  auto bytes = ReadFrom(settings_.load.read, path_, settings_.load.syntax.max_bytes, false);
  const Language language = settings_.language.value_or(bytes.ok() ? LanguageOfFile(*bytes) : Language::kVietnamese);
  emitter_ = std::make_unique<Emitter>(language);
  if (!bytes.ok()) {
    ReportUnreadable(path_, bytes.status(), settings_.load.syntax.max_bytes, *emitter_);
    return false;
  }
  Read(std::move(*bytes));
  return ChooseRules();
}

void Session::Read(std::string bytes) {
  loaded_ = Loaded();
  LoadLibrary(loaded_, *emitter_, rules());
  LoadPlan(path_, std::move(bytes), settings_.load, loaded_, *emitter_);
}

// The rule set that --rules names, or that the plan names and keeps: then all is read again beside it. False after an error.
bool Session::ChooseRules() {
  const Token* version = PlanText(*loaded_.main, W::key_rule_set);
  const std::string named = version ? loaded_.main->TextOf(*version) : std::string();
  if (version && !IsRuleSetVersion(named)) {
    emitter_->Emit(Code::kRuleSetVersion, loaded_.main->SpanOf(*version), {ShownText(named)});
    return true;
  }
  const std::string& own = OwnRules().version;
  if (!settings_.rules.empty()) {
    const RuleSetSource source{settings_.load.read, "", settings_.load.syntax.max_bytes, {}};
    rules_ = ReadRuleSet(settings_.rules, named, source, false, *emitter_);
    if (!rules_) return false;
  } else if (!named.empty() && named != own && !KeptRules(named)) {
    return false;
  }
  if (rules_ && rules_->version != own) {
    emitter_ = std::make_unique<Emitter>(language());
    Read(std::string(loaded_.main->source->text()));
  } else {
    rules_ = nullptr;
  }
  if (named.empty()) return true;
  const Ast& ast = *loaded_.main;
  const Span at = ast.SpanOf(*PlanText(ast, W::key_rule_set));
  const Token* folder = PlanText(ast, W::key_rule_sets_in);
  const std::string& used = rules().version;
  if (used == named) {
    if (rules_ && settings_.rules.empty()) emitter_->Emit(Code::kRuleSetKept, at, {used, rules_->place, own});
  } else if (folder && settings_.rules.empty()) {
    emitter_->Emit(Code::kRuleSetNotKept, ast.SpanOf(*folder), {named, ast.TextOf(*folder), used});
  } else {
    emitter_->Emit(Code::kRuleSetOther, at, {named, used});
  }
  return true;
}

// In the folder that the plan names, relative to it and inside its folder tree.
bool Session::KeptRules(const std::string& named) {
  const Ast& ast = *loaded_.main;
  const Token* folder = PlanText(ast, W::key_rule_sets_in);
  if (!folder) return true;
  namespace fs = std::filesystem;
  const std::string text = ast.TextOf(*folder);
  const std::string path = (fs::path(path_).parent_path() / text).lexically_normal().string();
  const std::string canonical = CanonicalPath(settings_.load.read, path);
  if (fs::path(text).is_absolute() || canonical.empty() || !IsBelow(loaded_.root, canonical)) {
    emitter_->Emit(Code::kImportOutside, ast.SpanOf(*folder), {ShownText(text)});
    return false;
  }
  const RuleSetSource source{settings_.load.read, loaded_.root, settings_.load.syntax.max_bytes, ast.SpanOf(*folder)};
  const size_t errors = emitter_->error_count();
  rules_ = ReadRuleSet(path, named, source, true, *emitter_);
  if (rules_ && rules_->version != named) rules_ = nullptr;   // the folder is a set itself, of another version
  return emitter_->error_count() == errors;
}

BuildOptions Session::Options() const {
  BuildOptions options;
  options.profile = settings_.profile;
  options.only = settings_.only;
  options.all_facts = settings_.all_relations;
  options.days = rules().days;
  options.terms = &LibraryTerms();
  options.references = &loaded_.references;
  return options;
}

bool Session::Model() {
  if (!loaded_.main || loaded_.main->nodes[0].error) return false;
  const BuildOptions options = Options();
  model_ = BuildModel(loaded_.parts, &strings_, options, *emitter_);
  if (rules_) {   // rules of another time: what is wrong in them is not the plan's fault
    size_t faults = 0;
    for (const Finding& finding : emitter_->findings()) faults += finding.from_text && finding.at.file < loaded_.library_end;
    if (faults > 0) {
      emitter_->EmitForPath(Code::kRuleSetOutdated, rules_->place,
                            {rules_->version, rules_->program, fmt::format("{}", faults), ORDO_VERSION});
    }
  }
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

bool Session::Evaluate(eval::Calls* calls) {
  eval::Progress progress;
  if (settings_.progress) {
    progress = [](size_t done, size_t all) {
      fmt::print(stderr, "\r{}/{} ", done, all);
      if (done == all) fmt::print(stderr, "\r          \r");
      std::fflush(stderr);
    };
  }
  auto result = before_ && before_->evaluated() && calls == nullptr
                    ? eval::Reevaluate(before_->evaluation(), program(), settings_.limits, progress)
                    : eval::Evaluate(program(), settings_.limits, progress, eval::Natives(), calls);
  if (!result.ok()) {
    failure_ = std::string(result.status().message());
    stop_ = eval::StopOf(result.status());
    return false;
  }
  evaluation_.emplace(std::move(*result));
  return true;
}

size_t Session::rules_run() const {
  if (!evaluation_) return 0;
  absl::flat_hash_set<Symbol> codes;
  for (const ir::Check& check : program().checks) codes.insert(check.code);
  return codes.size();
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

void Session::TellFailure() const {
  if (!stop_) return Tell(language(), Code::kRunLimit, {failure_});
  const std::string_view rule = program().text(program().rules[stop_->rule].name);
  const bool memory = stop_->limit == eval::Stop::Limit::kMemory;
  const Code code = memory                                         ? Code::kRunTooMuchMemory
                    : stop_->limit == eval::Stop::Limit::kRows ? Code::kRunTooManyRows
                                                                   : Code::kRunTooManySteps;
  Tell(language(), code, {fmt::to_string(memory ? stop_->value >> 20 : stop_->value), rule});
}

void Tell(Language language, Code code, std::initializer_list<std::string_view> arguments) {
  Emitter emitter(language);
  Tell(emitter.EmitForPath(code, "", arguments));
}

void Tell(const Finding& finding) {
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
    session.TellFailure();
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

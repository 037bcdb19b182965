// The public API over the driver's session: the same stages as the commands, values of its own.
#include <algorithm>

#include "compiler/api/convert.h"
#include "compiler/api/ordo.h"
#include "compiler/driver/ask.h"
#include "compiler/driver/outputs.h"
#include "compiler/driver/table_files.h"
#include "fmt/format.h"

namespace ordo::api {
namespace {

Error ErrorOf(const ordo::Finding& fault) {
  if (IsFileFault(fault)) return Error::kFile;
  const bool argument = fault.code == TextOf(Code::kRunBadArgument).code || fault.code == TextOf(Code::kRunAsOfNeeded).code;
  return argument ? Error::kArgument : Error::kNotFound;
}
Status StatusOf(const ordo::Finding& fault) { return {ErrorOf(fault), fault.message, {}}; }

// The words of the commands; "" where there is none.
std::string_view NameOf(Format format) {
  switch (format) {
    case Format::kText: return "text";
    case Format::kMarkdown: return "md";
    case Format::kCsv: return "csv";
    case Format::kHtml: return "html";
    case Format::kJson: return "json";
    case Format::kSvg: return "svg";
    case Format::kSarif: return "sarif";
    case Format::kDocx: return "docx";
    case Format::kXlsx: return "xlsx";
    case Format::kPdf: return "pdf";
  }
  return "";
}

std::optional<ordo::Output> OutputOf(Output output) {
  switch (output) {
    case Output::kFindings: return std::nullopt;
    case Output::kTable: return ordo::Output::kTable;
    case Output::kMatrix: return ordo::Output::kMatrix;
    case Output::kMatrixByPost: return ordo::Output::kMatrixByPost;
    case Output::kSchedule: return ordo::Output::kSchedule;
    case Output::kTimeline: return ordo::Output::kTimeline;
    case Output::kTrajectories: return ordo::Output::kTrajectories;
    case Output::kAlignment: return ordo::Output::kAlignment;
    case Output::kStatus: return ordo::Output::kStatus;
    case Output::kTargetPivot: return ordo::Output::kTargetPivot;
  }
  return std::nullopt;
}

}  // namespace

struct Plan::State {
  Settings settings;      // the session refers to it
  Session session;
  bool readable = false;
  std::vector<ordo::Finding> raw;
  std::vector<Finding> findings;

  State(const std::string& path, Settings given) : settings(std::move(given)), session(path, settings) {}
  Status Broken() const {
    Status status{Error::kPlan, "", findings};
    for (const Finding& finding : findings) {
      if (status.message.empty() && finding.severity == Severity::kError) status.message = finding.message;
    }
    return status;
  }
  Status Asked(std::string_view question, std::optional<Inquiry>& inquiry) const {
    if (!readable) return Broken();
    inquiry.emplace(session, settings, std::string(question));
    if (inquiry->Run()) return {};
    if (!inquiry->failure().empty()) return {Error::kLimit, inquiry->failure(), {}};
    Status status{Error::kQuery, inquiry->findings().empty() ? "" : inquiry->findings().front().message, {}};
    for (const ordo::Finding& finding : inquiry->findings()) status.findings.push_back(FindingOf(finding, inquiry->sources()));
    return status;
  }
};

Plan::Plan(std::unique_ptr<State> state) : state_(std::move(state)) {}
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(Plan&&) noexcept = default;
Plan::~Plan() = default;

bool Plan::readable() const { return state_->readable; }
Language Plan::language() const { return static_cast<Language>(state_->session.language()); }
const std::vector<Finding>& Plan::findings() const { return state_->findings; }
std::string Plan::rules_version() const { return state_->session.rules().version; }

Summary Plan::summary() const {
  const ordo::Summary counts = Summarise(state_->raw, state_->session.rules_run());
  return {counts.error, counts.warning, counts.information, counts.waived, counts.rules_run};
}

Result<Answer> Plan::Query(std::string_view question) const {
  std::optional<Inquiry> inquiry;
  if (Status status = state_->Asked(question, inquiry); !status.ok()) return status;
  return AnswerOf(*inquiry, state_->session.language());
}

Result<std::string> Plan::Query(std::string_view question, Format format) const {
  const Language language = this->language();
  const auto known = report::ParseFormat(NameOf(format));
  if (!known || report::IsOffice(*known)) return StatusOf(Fault(state_->session.language(), Code::kRunBadArgument, {NameOf(format), "text, md, csv, html, json"}));
  std::optional<Inquiry> inquiry;
  if (Status status = state_->Asked(question, inquiry); !status.ok()) return status;
  return inquiry->Text(*known, {100, false, static_cast<ordo::Language>(language)});
}

Result<std::string> Plan::Render(Output output, std::string_view name, Format format, size_t width) const {
  const ordo::Language language = state_->session.language();
  const SourceSet& sources = state_->session.sources();
  const auto what = OutputOf(output);
  if (!what) {
    const ordo::Summary summary = Summarise(state_->raw, state_->session.rules_run());
    if (format == Format::kText) return RenderText(state_->raw, summary, sources, {false, true, language});
    if (format == Format::kJson) return RenderJson(state_->raw, summary, sources);
    if (format == Format::kSarif) {
      std::vector<PlanRun> runs(1);
      runs[0].findings = state_->raw;
      runs[0].summary = summary;
      runs[0].sources = &sources;
      RuleTexts texts;
      AddRuleTexts(state_->session, state_->raw, texts);
      return RenderSarif(runs, texts, ORDO_VERSION);
    }
    return StatusOf(Fault(language, Code::kRunBadArgument, {NameOf(format), "text, json, sarif"}));
  }
  if (!state_->readable) return state_->Broken();
  const Produced produced = Produce(state_->session, {*what, std::string(name), std::string(NameOf(format)), width, false}, state_->settings.as_of);
  if (produced.fault) return StatusOf(*produced.fault);
  return produced.text;
}

Result<std::string> Plan::Why(std::string_view code, std::string_view subject) const {
  if (!state_->readable) return state_->Broken();
  std::string text = WhyText(state_->session, code, subject, state_->settings.as_of);
  if (!text.empty()) return text;
  const std::string wanted = subject.empty() ? std::string(code) : fmt::format("{}:{}", code, subject);
  return StatusOf(Fault(state_->session.language(), Code::kRunNoFinding, {wanted}));
}

std::vector<std::string> Plan::Tables() const {
  std::vector<std::string> names;
  if (!state_->readable) return names;
  const ir::Program& program = state_->session.program();
  for (const ir::TableDeclaration& table : program.tables) names.emplace_back(program.text(program.entity(table.object).name));
  return names;
}

Engine::Engine(Options options) : options_(std::move(options)) {}

Result<Plan> Engine::Load(const std::string& path) const {
  Settings settings;
  if (options_.language) settings.language = static_cast<ordo::Language>(*options_.language);
  const ordo::Language language = settings.language.value_or(ordo::Language::kVietnamese);
  if (!options_.as_of.empty()) {
    settings.as_of = ParseIsoDate(options_.as_of);
    if (!settings.as_of) return StatusOf(Fault(language, Code::kRunBadArgument, {options_.as_of, "YYYY-MM-DD"}));
  }
  settings.profile = options_.profile;
  settings.only = options_.only;
  settings.rules = options_.rules;
  settings.load.journal = options_.journal;
  settings.load.root = options_.root;
  settings.load.read = options_.read;
  settings.load.max_imports = options_.limits.imports;
  settings.load.syntax.max_bytes = options_.limits.file_bytes;
  settings.load.syntax.max_depth = options_.limits.nesting;
  settings.limits.derived_rows = options_.limits.derived_rows;
  settings.limits.steps = options_.limits.steps;
  auto state = std::make_unique<Plan::State>(path, std::move(settings));
  Session& session = state->session;
  const bool loaded = session.Load();
  state->readable = loaded && session.Model() && session.Lower(true) && session.Evaluate();
  if (!session.failure().empty()) return Status{Error::kLimit, session.failure(), {}};
  state->raw = session.findings();
  for (const ordo::Finding& finding : state->raw) state->findings.push_back(FindingOf(finding, session.sources()));
  if (!session.loaded().main) {   // the plan itself was not there
    return Status{Error::kNotFound, state->raw.empty() ? path : state->raw.front().message, state->findings};
  }
  return Plan(std::move(state));
}

Result<Plan> Engine::LoadTexts(std::map<std::string, std::string> texts, const std::string& main) const {
  Engine engine(options_);
  engine.options_.read = [texts = std::make_shared<const std::map<std::string, std::string>>(std::move(texts))](const std::string& path) {
    const auto found = texts->find(path);
    return found == texts->end() ? std::nullopt : std::optional(found->second);
  };
  return engine.Load(main);
}

Result<std::string> Engine::Explain(std::string_view code, Language language) const {
  const auto in = static_cast<ordo::Language>(language);
  std::string known;
  std::optional<std::string> page = PageOf(code, in, OwnRules(), &known);
  if (page) return std::move(*page);
  return StatusOf(Fault(in, Code::kRunNoCode, {code, known}));
}

std::string Engine::version() { return ORDO_VERSION; }
std::string Engine::rules_version() { return OwnRules().version; }

static_assert(static_cast<int>(Language::kEnglish) == static_cast<int>(ordo::Language::kEnglish));
static_assert(static_cast<int>(Severity::kError) == static_cast<int>(ordo::Severity::kError));

}  // namespace ordo::api

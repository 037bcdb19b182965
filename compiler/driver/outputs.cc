#include "compiler/driver/outputs.h"

#include "absl/strings/ascii.h"
#include "compiler/driver/table_files.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/report/alignment.h"
#include "runtime/report/print.h"
#include "runtime/report/schedule.h"
#include "runtime/report/status.h"
#include "runtime/report/target_status.h"
#include "runtime/report/timeline.h"
#include "runtime/report/why.h"

namespace ordo {
namespace {

class Producer {
 public:
  Producer(const Session& session, const OutputRequest& request, std::optional<Date> as_of)
      : session_(session), request_(request), as_of_(as_of), program_(session.program()), evaluation_(session.evaluation()),
        language_(session.language()), name_(ToNfc(request.name)) {}

  Produced Run() {
    const bool picture = request_.what == Output::kTimeline || request_.what == Output::kTrajectories;
    format_ = report::ParseFormat(request_.format);
    const bool drawn = request_.format == "svg" || (format_ && *format_ != report::Format::kCsv && *format_ != report::Format::kMarkdown &&
                                                    !report::IsOffice(*format_));
    if (!(picture ? drawn : format_.has_value())) {
      return Fail(Code::kRunBadArgument, {"--format " + request_.format, picture ? "text, svg, html, json" : kTableFormats});
    }
    switch (request_.what) {
      case Output::kTable: return Table();
      case Output::kMatrix: case Output::kMatrixByPost: return Matrix();
      case Output::kSchedule: return Schedule();
      case Output::kTimeline: return Timeline();
      case Output::kTrajectories: return Trajectories();
      case Output::kAlignment: return Alignment();
      case Output::kStatus: return Status();
      case Output::kTargetPivot: return TargetPivot();
    }
    return {};
  }

 private:
  Produced Fail(Code code, std::initializer_list<std::string_view> arguments) { return {"", Fault(language_, code, arguments)}; }
  report::RenderOptions Options(bool picture = false) const {
    report::RenderOptions options;
    options.language = language_;
    options.color = request_.color;
    if (picture) options.width = request_.width;
    return options;
  }
  Produced Print(const report::Table& table, bool to_width = false) { return PrintAll({&table, 1}, to_width); }
  Produced PrintAll(std::span<const report::Table> tables, bool to_width = false) {
    TableFileOptions options{Options(to_width), report::LayoutOf(program_), {}};
    if (program_.plan != EntityId::kNone) options.plan = NameOf(program_.plan);
    absl::StatusOr<std::string> bytes = TablesAs(tables, *format_, session_.sources(), options);
    if (!bytes.ok()) return {"", FileFault(bytes.status(), *format_, language_)};
    return {std::move(*bytes), std::nullopt};
  }
  std::string_view NameOf(EntityId id) const { return program_.text(program_.entity(id).name); }
  // The object of one of these kinds that the request names.
  EntityId Named(KindSet kinds) const {
    const auto found = session_.model().names.find(program_.strings->Find(name_));
    return found != session_.model().names.end() && Has(kinds, program_.entity(found->second).kind) ? found->second : EntityId::kNone;
  }

  // NAME is a declared table; «sheet:unit» or a unit's name is that unit's duty sheet.
  Produced Table() {
    const std::string unit_name = name_.substr(name_.find(':') + 1);
    bool any_unit = name_.find(':') == std::string::npos;
    std::string known;
    for (size_t i = 0; i < program_.tables.size(); ++i) {
      const ir::TableDeclaration& table = program_.tables[i];
      const std::string declared(NameOf(table.object));
      if (table.form == ir::TableDeclaration::Form::kDuties) {
        any_unit |= name_.starts_with(declared + ":");
        for (const ir::TableColumn& column : table.columns) {   // one sheet for each unit that it names
          if (column.party != EntityId::kNone) known += fmt::format("{}{}:{}", known.empty() ? "" : ", ", declared, NameOf(column.party));
        }
        continue;
      }
      known += (known.empty() ? "" : ", ") + declared;
      if (declared == name_) return Print(report::BuildTable(evaluation_, i, language_));
    }
    for (const W kind : {W::kind_unit, W::kind_group}) {
      if (!any_unit) break;
      for (const EntityId unit : session_.model().by_kind[KindOf(kind)]) {
        if (NameOf(unit) == unit_name) return Print(report::BuildDuties(evaluation_, unit, language_));
      }
    }
    if (const EntityId target = Named(Only(W::kind_target) | Only(W::kind_indicator)); target != EntityId::kNone) {
      return Print(report::BuildTargetSheet(evaluation_, target, language_));
    }
    return Fail(Code::kRunNoTable, {name_, known.empty() ? "–" : known});
  }

  Produced Matrix() {
    const bool by_post = request_.what == Output::kMatrixByPost;
    for (size_t i = 0; i < program_.tables.size() && !by_post; ++i) {
      if (program_.tables[i].form == ir::TableDeclaration::Form::kMatrix) return Print(report::BuildTable(evaluation_, i, language_));
    }
    return Print(report::BuildMatrix(evaluation_, language_, by_post));
  }

  Produced Schedule() {
    const solve::Schedule schedule = solve::ScheduleOf(program_);
    if (*format_ == report::Format::kJson) return {report::ScheduleAsJson(evaluation_, schedule, session_.sources(), language_), std::nullopt};
    return Print(report::BuildSchedule(evaluation_, schedule, language_));
  }

  Produced Timeline() {
    report::TimelineRequest wanted;
    wanted.as_of = as_of_;
    if (!name_.empty()) {
      wanted.unit = Named(Only(W::kind_unit) | Only(W::kind_group));
      std::string known;
      for (const W kind : {W::kind_unit, W::kind_group}) {
        for (const EntityId id : session_.model().by_kind[KindOf(kind)]) known += fmt::format("{}{}", known.empty() ? "" : ", ", NameOf(id));
      }
      if (wanted.unit == EntityId::kNone) return Fail(Code::kRunBadArgument, {"--unit " + request_.name, known.empty() ? "–" : known});
    }
    const solve::Schedule schedule = solve::ScheduleOf(program_);
    wanted.schedule = &schedule;
    std::optional<report::Progress> progress;
    if (as_of_) progress = report::ProgressOf(evaluation_, *as_of_);
    if (progress) wanted.progress = &*progress;
    const report::Timeline timeline = report::BuildTimeline(evaluation_, language_, wanted);
    if (request_.format == "svg") return {report::TimelineAsSvg(timeline, language_), std::nullopt};
    if (*format_ == report::Format::kHtml) return {report::TimelineAsHtml(timeline, language_), std::nullopt};
    if (*format_ == report::Format::kJson) return {report::TimelineAsJson(timeline, session_.sources()), std::nullopt};
    return {report::TimelineAsText(timeline, Options(true)), std::nullopt};
  }

  Produced Trajectories() {
    EntityId only = EntityId::kNone;
    if (!name_.empty() && (only = Named(Only(W::kind_target) | Only(W::kind_indicator))) == EntityId::kNone) {
      return Fail(Code::kRunNoTarget, {request_.name});
    }
    const report::Trajectories all = report::BuildTrajectories(evaluation_, as_of_, only, language_);
    if (all.all.empty()) return Fail(Code::kRunNothingToDraw, {request_.name.empty() ? session_.path() : request_.name});
    if (request_.format == "svg") return {report::TrajectoriesAsSvg(all, language_), std::nullopt};
    if (*format_ == report::Format::kHtml) return {report::TrajectoriesAsHtml(all, language_), std::nullopt};
    if (*format_ == report::Format::kJson) return {report::TrajectoriesAsJson(all, session_.sources()), std::nullopt};
    return {report::TrajectoriesAsText(all, Options(true)), std::nullopt};
  }

  Produced Alignment() {
    if (session_.model().by_kind[KindOf(W::kind_reference)].empty()) return Fail(Code::kRunNoReference, {session_.path()});
    return Print(report::BuildAlignment(evaluation_, language_), true);
  }

  Produced Status() {
    if (!as_of_) return Fail(Code::kRunAsOfNeeded, {});
    report::Progress progress = report::ProgressOf(evaluation_, *as_of_);
    if (!name_.empty()) {
      const EntityId party = Named(kParties);
      if (party == EntityId::kNone) return Fail(Code::kRunNoUnit, {request_.name});
      report::KeepLedBy(evaluation_, party, progress);
    }
    if (*format_ == report::Format::kJson) return {report::StatusJson(evaluation_, progress, language_), std::nullopt};
    return PrintAll(report::StatusTables(evaluation_, progress, language_));
  }

  Produced TargetPivot() {
    const report::Table table = report::BuildTargetPivot(evaluation_, language_);
    return table.columns.empty() ? Fail(Code::kRunNoTargets, {session_.path()}) : Print(table);
  }

  const Session& session_;
  const OutputRequest& request_;
  const std::optional<Date> as_of_;
  const ir::Program& program_;
  const eval::Evaluation& evaluation_;
  const Language language_;
  const std::string name_;
  std::optional<report::Format> format_;
};

// Slots read as dots: a page speaks of any plan.
std::string General(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}') {
      out += "…";
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

Finding Fault(Language language, Code code, std::initializer_list<std::string_view> arguments) {
  Emitter emitter(language);
  return emitter.EmitForPath(code, "", arguments);
}

Produced Produce(const Session& session, const OutputRequest& request, std::optional<Date> as_of) {
  return Producer(session, request, as_of).Run();
}

std::string WhyText(const Session& session, std::string_view code, std::string_view subject, std::optional<Date> as_of) {
  constexpr uint64_t kMostSteps = 200'000'000;
  eval::Probe probe(session.evaluation(), kMostSteps);
  const report::RuleWords words(session.program(), session.language(), report::kTitleInText);
  report::WhyBuilder builder(probe, words, {});
  const auto findings = report::CollectFindings(session.evaluation(), session.language(), as_of);
  const auto rows = report::CollectRows(session.evaluation());
  report::Explanation explanation;
  for (size_t i = 0; i < findings.size(); ++i) {
    if (findings[i].code == code && (subject.empty() || findings[i].subject == subject)) explanation.steps.push_back(builder.Finding(rows[i]));
  }
  return explanation.steps.empty() ? std::string() : report::RenderExplanation(explanation, session.sources(), session.language());
}

std::optional<std::string> PageOf(std::string_view name, Language language, const RuleSet& rules, std::string* known) {
  const std::string code = absl::AsciiStrToUpper(std::string(name));
  const bool vi = language == Language::kVietnamese;
  Emitter emitter(language);
  Loaded loaded;
  LoadLibrary(loaded, emitter, rules);
  StringPool strings;
  BuildOptions options;
  options.require_plan = false;
  const auto model = BuildModel(loaded.parts, &strings, options, emitter);
  for (const RulePage& page : model->pages) {
    *known += fmt::format("{}{}", known->empty() ? "" : ", ", strings[page.code]);
    if (strings[page.code] != code) continue;
    std::string out = fmt::format("{}  {}\n{}: {}\n\n{}\n", code, strings[vi ? page.title_vi : page.title_en],
                                  Say(Phrase::kDefaultSeverity, language), Say(PhraseOf(page.severity), language), strings[vi ? page.page_vi : page.page_en]);
    if (const auto fix = strings[vi ? page.fix_vi : page.fix_en]; !fix.empty()) out += fmt::format("\n{}: {}\n", Say(Phrase::kWhatToDo, language), fix);
    if (page.mends) out += fmt::format("\n{}\n", Say(Phrase::kFixesItself, language));
    std::string causes;
    for (const auto& [cause, span] : page.follows) causes += fmt::format("{}{}", causes.empty() ? "" : ", ", strings[cause]);
    if (!causes.empty()) out += fmt::format("\n{}\n", Say(Phrase::kFollowsFrom, language, {causes}));
    for (const std::string& parameter : page.parameters) out += fmt::format("\n{}\n", parameter);
    return out;
  }
  const MessageText* message = FindMessage(code);
  if (!message) return std::nullopt;
  std::string out = fmt::format("{}  {}\n\n{}\n", message->code, vi ? message->title_vi : message->title_en, General(vi ? message->vi : message->en));
  if (!message->help_vi.empty()) out += fmt::format("\n{}: {}\n", Say(Phrase::kWhatToDo, language), General(vi ? message->help_vi : message->help_en));
  return out;
}

}  // namespace ordo

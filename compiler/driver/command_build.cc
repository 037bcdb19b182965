// `ordo build`: every declared table, the whole plan as one document, workbook and page, the pictures and the findings, into a folder.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "compiler/driver/file_names.h"
#include "compiler/driver/outputs.h"
#include "compiler/driver/plan_page.h"
#include "compiler/driver/session.h"
#include "compiler/driver/table_files.h"
#include "compiler/driver/unit_files.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/report/target_status.h"
#include "runtime/report/timeline.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;
using report::Format;
using Formats = std::vector<Format>;

// What is written unless something else is asked for or declared; a PDF takes LibreOffice and seconds.
const Formats kUsual = {Format::kText, Format::kMarkdown, Format::kCsv, Format::kJson, Format::kDocx, Format::kXlsx};

class Build {
 public:
  Build(const Session& session, const BuildRequest& request, Formats wanted)
      : session_(session), request_(request), program_(session.program()), language_(session.language()), folder_(request.folder),
        wanted_(std::move(wanted)) {
    options_.render.language = language_;
    options_.layout = report::LayoutOf(program_);
    if (program_.plan != EntityId::kNone) options_.plan = program_.text(program_.entity(program_.plan).name);
    plan_name_ = names_.Unique(options_.plan.empty() ? "plan" : options_.plan);
    for (const std::string_view taken : {"index", "timeline", "targets", "findings", "units"}) names_.Reserve(taken);
    names_.Reserve(plan_name_ + "_units");
  }

  int Run() {
    for (const std::string& name : request_.only) {
      only_.push_back(ToNfc(name));
      if (Declared(only_.back())) continue;
      Tell(language_, Code::kRunNoTable, {name, Known()});
      return kUnreadable;
    }
    if (!MakeFolder(folder_)) return kFailed;
    const bool done = Tables() && (!only_.empty() || (WholePlan() && Pictures())) && (request_.by != "unit" || Units());
    if (!done || failed_) return kFailed;
    if (written_ > 0) return kNothing;
    Tell(language_, Code::kRunNothingToBuild, {});
    return kUnreadable;
  }

 private:
  std::string NameOf(EntityId id) const { return std::string(program_.text(program_.entity(id).name)); }
  bool Declared(const std::string& name) const {
    return std::any_of(program_.tables.begin(), program_.tables.end(), [&](const auto& table) { return NameOf(table.object) == name; });
  }
  std::string Known() const {
    std::string known;
    for (const ir::TableDeclaration& table : program_.tables) known += (known.empty() ? "" : ", ") + NameOf(table.object);
    return known.empty() ? "–" : known;
  }
  bool Wants(Format format) const {
    if (wanted_.empty()) return format != Format::kPdf;
    return std::find(wanted_.begin(), wanted_.end(), format) != wanted_.end();
  }

  bool MakeFolder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) Tell(language_, Code::kRunCannotWrite, {folder.string()});
    return !error;
  }
  bool Write(const fs::path& path, std::string_view bytes) {
    if (!WriteFile(path.string(), bytes).ok()) {
      Tell(language_, Code::kRunCannotWrite, {path.string()});
      return false;
    }
    fmt::print("{}\n", path.string());
    ++written_;
    return true;
  }
  // What cannot be made is told once; the other files are written all the same.
  bool WriteMade(const fs::path& path, const absl::StatusOr<std::string>& bytes, Format format) {
    if (bytes.ok()) return Write(path, *bytes);
    failed_ = true;
    const Finding fault = FileFault(bytes.status(), format, language_);
    if (std::find(told_.begin(), told_.end(), fault.message) == told_.end()) {
      Tell(fault);
      told_.push_back(fault.message);
    }
    return true;
  }
  bool WriteTables(const fs::path& stem, std::span<const report::Table> tables, const Formats& formats) {
    for (const Format format : formats) {
      const fs::path path = stem.string() + "." + std::string(report::ExtensionOf(format));
      if (!WriteMade(path, TablesAs(tables, format, session_.sources(), options_), format)) return false;
    }
    return true;
  }

  // Of one table. A page of its own it has when it alone is asked for, or when it says so.
  Formats FormatsOf(const ir::TableDeclaration& table) const {
    Formats formats = wanted_;
    if (formats.empty()) {
      for (const ir::WordId word : table.formats) {
        if (const auto format = report::ParseFormat(program_.word(word).en)) formats.push_back(*format);
      }
      if (!formats.empty()) return formats;
      formats = kUsual;
      if (!only_.empty()) formats.push_back(Format::kHtml);
    }
    const bool says = std::any_of(table.formats.begin(), table.formats.end(),
                                  [&](ir::WordId word) { return report::ParseFormat(program_.word(word).en) == Format::kHtml; });
    if (only_.empty() && !says) std::erase(formats, Format::kHtml);
    return formats;
  }

  bool Tables() {
    for (size_t i = 0; i < program_.tables.size(); ++i) {
      const ir::TableDeclaration& table = program_.tables[i];
      const std::string name = NameOf(table.object);
      if (!only_.empty() && std::find(only_.begin(), only_.end(), name) == only_.end()) continue;
      const Formats formats = FormatsOf(table);
      if (table.form == ir::TableDeclaration::Form::kDuties) {   // one sheet for each unit that it names
        for (const ir::TableColumn& column : table.columns) {
          if (column.party == EntityId::kNone) continue;
          const report::Table sheet = report::BuildDuties(session_.evaluation(), column.party, language_);
          if (!WriteTables(folder_ / names_.Unique(name + "_" + NameOf(column.party)), {&sheet, 1}, formats)) return false;
        }
        continue;
      }
      const report::Table built = report::BuildTable(session_.evaluation(), i, language_);
      if (!WriteTables(folder_ / names_.Unique(name), {&built, 1}, formats)) return false;
    }
    return true;
  }

  std::vector<report::Table> AllTables() const {
    std::vector<report::Table> tables;
    for (size_t i = 0; i < program_.tables.size(); ++i) tables.push_back(report::BuildTable(session_.evaluation(), i, language_));
    return tables;
  }
  bool HasMatrix() const {
    return std::any_of(program_.tables.begin(), program_.tables.end(),
                       [](const ir::TableDeclaration& table) { return table.form == ir::TableDeclaration::Form::kMatrix; });
  }
  report::Table Matrix() const {
    report::Table matrix = report::BuildMatrix(session_.evaluation(), language_, /*by_post=*/false);
    if (matrix.title.empty()) matrix.title = Say(Phrase::kMatrixTitle, language_);
    if (matrix.id.empty()) matrix.id = "matrix";
    return matrix;
  }

  bool WholePlan() {
    const std::vector<report::Table> tables = AllTables();
    const report::Table matrix = Matrix();
    const bool assigned = matrix.columns.size() > 2 && !matrix.groups.empty();   // anybody has anything to do
    const fs::path stem = folder_ / plan_name_;
    if (Wants(Format::kXlsx)) {
      std::vector<report::Table> sheets = tables;
      if (assigned && !HasMatrix()) sheets.push_back(matrix);
      if (report::Table pivot = report::BuildTargetPivot(session_.evaluation(), language_); !pivot.columns.empty()) sheets.push_back(std::move(pivot));
      if (!sheets.empty() && !WriteTables(stem, sheets, {Format::kXlsx})) return false;
    }
    const report::Document document = report::BuildDocument(session_.evaluation(), language_);
    for (const Format format : {Format::kDocx, Format::kPdf}) {
      const fs::path path = stem.string() + "." + std::string(report::ExtensionOf(format));
      if (Wants(format) && !WriteMade(path, DocumentAs(document, format, options_), format)) return false;
    }
    if (!Wants(Format::kHtml)) return true;
    return Write(folder_ / "index.html", PlanPageOf(session_));
  }

  std::vector<Finding> Ranked() const {
    std::vector<Finding> ranked = session_.findings();
    SortByRank(ranked);
    return ranked;
  }
  const std::string& TimelineSvg() {
    if (!timeline_) timeline_ = report::TimelineAsSvg(report::BuildTimeline(session_.evaluation(), language_, {}), language_);
    return *timeline_;
  }
  // "" if there is no target to draw.
  const std::string& TargetsSvg() {
    if (!targets_) {
      const report::Trajectories all = report::BuildTrajectories(session_.evaluation(), std::nullopt, EntityId::kNone, language_);
      targets_ = all.all.empty() ? std::string() : report::TrajectoriesAsSvg(all, language_);
    }
    return *targets_;
  }
  bool Pictures() {
    const std::vector<Finding> findings = session_.findings();
    const Summary summary = Summarise(findings, session_.rules_run());
    if (!TargetsSvg().empty() && !Write(folder_ / "targets.svg", TargetsSvg())) return false;
    return Write(folder_ / "timeline.svg", TimelineSvg()) &&
           Write(folder_ / "findings.txt", RenderText(Ranked(), summary, session_.sources(), {false, true, language_, 0, true})) &&
           Write(folder_ / "findings.json", RenderJson(findings, summary, session_.sources()));
  }

  // An annex for each unit in a folder of its own, and all of them as one workbook and one document.
  bool Units() {
    report::UnitAnnexes annexes = report::BuildUnitAnnexes(session_.evaluation(), language_);
    if (annexes.units.empty()) return true;
    const fs::path folder = folder_ / "units";
    if (!MakeFolder(folder)) return false;
    Formats formats = wanted_;
    if (formats.empty()) {
      formats = kUsual;
      formats.push_back(Format::kHtml);
    }
    FileNames names;
    names.Reserve("index");
    std::vector<std::string> files;
    for (const report::Table& unit : annexes.units) {
      files.push_back(names.Unique(unit.id));
      if (!WriteTables(folder / files.back(), {&unit, 1}, formats)) return false;
    }
    if (Wants(Format::kHtml) && !Write(folder / "index.html", UnitIndexPage(annexes.index, files, formats, language_))) return false;
    std::vector<report::Table> all = {annexes.index};
    all.insert(all.end(), std::make_move_iterator(annexes.units.begin()), std::make_move_iterator(annexes.units.end()));
    Formats whole;
    for (const Format format : formats) {
      if (report::IsOffice(format)) whole.push_back(format);
    }
    if (!WriteTables(folder_ / (plan_name_ + "_units"), all, whole)) return false;
    // As text the index names the files.
    annexes.index.columns.push_back({"file", Say(Phrase::kColumnFile, language_), false});
    size_t at = 0;
    for (report::Group& group : annexes.index.groups) {
      for (report::Row& row : group.rows) row.cells.emplace_back(files[at++]);
    }
    std::erase_if(formats, [](Format format) { return report::IsOffice(format) || format == Format::kHtml; });
    return WriteTables(folder / "index", {&annexes.index, 1}, formats);
  }

  const Session& session_;
  const BuildRequest& request_;
  const ir::Program& program_;
  const Language language_;
  const fs::path folder_;
  const Formats wanted_;           // as asked for; empty: as tables declare
  std::vector<std::string> only_;
  TableFileOptions options_;
  FileNames names_;
  std::string plan_name_;
  std::optional<std::string> timeline_, targets_;
  std::vector<std::string> told_;
  size_t written_ = 0;
  bool failed_ = false;            // some file could not be made
};

}  // namespace

int RunBuild(const std::string& plan, const BuildRequest& request, const Settings& settings) {
  Formats wanted;
  for (const std::string& name : request.formats) {
    const auto format = report::ParseFormat(name);
    if (!format) {
      Tell(settings.language.value_or(Language::kVietnamese), Code::kRunBadArgument, {"--format " + name, kTableFormats});
      return kFailed;
    }
    if (std::find(wanted.begin(), wanted.end(), *format) == wanted.end()) wanted.push_back(*format);
  }
  Session session(plan, settings);
  if (!(session.Load() && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  return Build(session, request, std::move(wanted)).Run();
}

}  // namespace ordo

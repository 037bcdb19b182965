// `ordo build`: every declared table, the pictures and the findings, into a folder.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "compiler/driver/plan_page.h"
#include "compiler/driver/session.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/report/target_status.h"
#include "runtime/report/timeline.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;

std::optional<report::Format> FormatOf(const std::string& name, const Settings& settings) {
  auto format = report::ParseFormat(name);
  if (!format)
    Tell(settings.language.value_or(Language::kVietnamese), Code::kRunBadArgument,
         {"--format " + name, "text, md, csv, html, json"});
  return format;
}

std::string NameOf(const ir::Program& program, const ir::TableDeclaration& table) {
  return std::string(program.text(program.entity(table.object).name));
}

// One sheet for each unit that the declaration names.
std::vector<EntityId> UnitsOf(const ir::TableDeclaration& table) {
  std::vector<EntityId> units;
  for (const ir::TableColumn& column : table.columns) {
    if (column.party != EntityId::kNone) units.push_back(column.party);
  }
  return units;
}

}  // namespace

int RunBuild(const std::string& plan, const std::string& folder, const std::vector<std::string>& names,
             const std::vector<std::string>& formats, const Settings& settings) {
  std::vector<report::Format> wanted;
  for (const std::string& name : formats) {
    const auto format = FormatOf(name, settings);
    if (!format) return kFailed;
    wanted.push_back(*format);
  }
  Session session(plan, settings);
  if (!(session.Load() && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  const ir::Program& program = session.program();
  std::string known;
  for (const ir::TableDeclaration& table : program.tables) known += (known.empty() ? "" : ", ") + NameOf(program, table);
  std::vector<std::string> only;
  for (const std::string& name : names) {
    only.push_back(ToNfc(name));
    const auto declared = [&](const ir::TableDeclaration& table) { return NameOf(program, table) == only.back(); };
    if (std::any_of(program.tables.begin(), program.tables.end(), declared)) continue;
    Tell(session.language(), Code::kRunNoTable, {name, known.empty() ? "–" : known});
    return kUnreadable;
  }
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    Tell(session.language(), Code::kRunCannotWrite, {folder});
    return kFailed;
  }
  size_t written = 0;
  auto write = [&](const std::string& name, const report::Table& table, const std::vector<report::Format>& as) {
    for (const report::Format format : as) {
      report::RenderOptions options;
      options.language = session.language();
      const std::string path = (fs::path(folder) / fmt::format("{}.{}", name, report::ExtensionOf(format))).string();
      if (!WriteFile(path, report::Render(table, format, session.sources(), options)).ok()) {
        Tell(session.language(), Code::kRunCannotWrite, {path});
        return false;
      }
      fmt::print("{}\n", path);
      ++written;
    }
    return true;
  };
  const std::vector<report::Format> all = {report::Format::kText, report::Format::kMarkdown, report::Format::kCsv,
                                           report::Format::kHtml, report::Format::kJson};
  for (size_t i = 0; i < program.tables.size(); ++i) {
    const ir::TableDeclaration& table = program.tables[i];
    const std::string name = NameOf(program, table);
    if (!only.empty() && std::find(only.begin(), only.end(), name) == only.end()) continue;
    std::vector<report::Format> as = wanted;
    if (as.empty()) {
      for (const ir::WordId word : table.formats) {
        if (const auto format = report::ParseFormat(program.word(word).en == "txt" ? "text" : program.word(word).en))
          as.push_back(*format);
      }
    }
    if (as.empty()) as = all;
    if (table.form == ir::TableDeclaration::Form::kDuties) {
      for (const EntityId unit : UnitsOf(table)) {
        const std::string unit_name(program.text(program.entity(unit).name));
        if (!write(name + "_" + unit_name, report::BuildDuties(session.evaluation(), unit, session.language()), as))
          return kFailed;
      }
      continue;
    }
    if (!write(name, report::BuildTable(session.evaluation(), i, session.language()), as)) return kFailed;
  }
  if (only.empty()) {
    const auto findings = session.findings();
    auto ranked = findings;
    SortByRank(ranked);
    const Summary summary = Summarise(findings, session.rules_run());
    const report::Timeline timeline = report::BuildTimeline(session.evaluation(), session.language(), {});
    const report::Trajectories trajectories = report::BuildTrajectories(session.evaluation(), std::nullopt, EntityId::kNone, session.language());
    std::vector<std::pair<std::string, std::string>> files;
    if (!trajectories.all.empty()) files.push_back({"targets.svg", report::TrajectoriesAsSvg(trajectories, session.language())});
    const std::pair<std::string, std::string> always[] = {
          std::pair<std::string, std::string>("timeline.svg", report::TimelineAsSvg(timeline, session.language())),
          std::pair<std::string, std::string>(
              "findings.txt", RenderText(ranked, summary, session.sources(), {false, true, session.language()})),
          std::pair<std::string, std::string>("findings.json", RenderJson(findings, summary, session.sources()))};
    files.insert(files.end(), std::begin(always), std::end(always));
    const bool page = wanted.empty() || std::find(wanted.begin(), wanted.end(), report::Format::kHtml) != wanted.end();
    if (page) files.push_back({"index.html", PlanPageOf(session)});
    for (const auto& [name, text] : files) {
      const std::string path = (fs::path(folder) / name).string();
      if (!WriteFile(path, text).ok()) return kFailed;
      fmt::print("{}\n", path);
      ++written;
    }
  }
  if (written == 0) {
    Tell(session.language(), Code::kRunNothingToBuild, {});
    return kUnreadable;
  }
  return kNothing;
}

}  // namespace ordo

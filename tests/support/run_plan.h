// A plan through the whole flow in process: text, model, IR, facts, findings, tables. In: one text (no imports) and options. Out:
// what each stage gave; what lowers must pass ir::Verify, or the test fails. Reads and writes no file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/load.h"
#include "compiler/format/format.h"
#include "compiler/lower/lower.h"
#include "gtest/gtest.h"
#include "runtime/diag/render.h"
#include "runtime/eval/engine.h"
#include "runtime/report/findings.h"
#include "runtime/report/table.h"

namespace ordo::testing {

class PlanRun {
 public:
  // `library`: with the checks that come with Ordo. Only with limits of its own may a run end at one.
  explicit PlanRun(std::string text, BuildOptions options = {}, Language language = Language::kEnglish, bool library = true,
                   std::optional<eval::Limits> limits = std::nullopt)
      : emitter_(language, 1u << 16) {
    if (library) LoadLibrary(loaded_, emitter_);
    const FileId file = loaded_.sources.Add("plan.ordo", std::move(text));
    loaded_.asts.push_back(Parse(loaded_.sources.file(file), file, {}, emitter_));
    loaded_.parts.push_back({&loaded_.asts.back(), 0, false});
    if (loaded_.asts.back().nodes[0].error) return;
    model_ = BuildModel(loaded_.parts, &strings_, options, emitter_);
    if (emitter_.has_errors()) return;
    Lower(*model_, {true});
    for (const std::string& fault : ir::Verify(model_->program)) ADD_FAILURE() << fault;
    auto result = eval::Evaluate(model_->program, limits.value_or(eval::Limits{}));
    EXPECT_TRUE(result.ok() || (limits && eval::StopOf(result.status()))) << result.status();
    if (result.ok()) evaluation_.emplace(std::move(*result));
  }
  PlanRun(const PlanRun&) = delete;
  PlanRun& operator=(const PlanRun&) = delete;

  // No error of the text: rules have run.
  bool sound() const { return evaluation_.has_value(); }
  const Ast& ast() const { return loaded_.asts.back(); }
  const ordo::Model& model() const { return *model_; }
  const ir::Program& program() const { return model_->program; }
  const eval::Evaluation& evaluation() const { return *evaluation_; }

  std::vector<Finding> findings(std::optional<Date> as_of = std::nullopt) const {
    std::vector<Finding> all = emitter_.findings();
    if (evaluation_) {
      for (Finding& finding : report::CollectFindings(*evaluation_, emitter_.language(), as_of))
        all.push_back(std::move(finding));
    }
    SortFindings(all);
    return all;
  }
  // Findings of a code, as «subject: message».
  std::vector<std::string> Of(std::string_view code, std::optional<Date> as_of = std::nullopt) const {
    std::vector<std::string> some;
    for (const Finding& finding : findings(as_of)) {
      if (finding.code == code) some.push_back(finding.subject + ": " + finding.message);
    }
    return some;
  }
  // "5 OWN01, 7 SCH01": line and code of what is at least this severe.
  std::string Found(Severity least = Severity::kError) const {
    std::string out;
    for (const Finding& finding : findings()) {
      if (finding.severity < least) continue;
      const uint32_t line = finding.at.known() ? loaded_.sources.file(finding.at.file).LineOf(finding.at.begin) : 0;
      out += (out.empty() ? "" : ", ") + std::to_string(line) + " " + finding.code;
    }
    return out;
  }

  EntityId Named(std::string_view name) const {
    const auto found = model_->names.find(strings_.Find(name));
    return found == model_->names.end() ? EntityId::kNone : found->second;
  }
  std::string_view NameOf(EntityId id) const { return program().text(program().entity(id).name); }
  // Who has a role in a task, after expansion: by name, or by title where there is none.
  std::vector<std::string> Members(std::string_view role, std::string_view owner) const {
    std::vector<std::string> out;
    const std::string relation = "task." + std::string(role);
    const ir::RelationId id = program().FindRelation(relation);
    EXPECT_NE(id, ir::kNone) << relation;
    if (id == ir::kNone) return out;
    const EntityId of = Named(owner);
    for (uint32_t row = 0; row < evaluation_->rows(id); ++row) {
      if (static_cast<EntityId>(evaluation_->cell(id, row, 0)) != of) continue;
      const ir::Entity& member = program().entity(static_cast<EntityId>(evaluation_->cell(id, row, 1)));
      out.push_back(std::string(program().text(member.name != Symbol::kEmpty ? member.name : member.title)));
    }
    return out;
  }

  report::Table Table(std::string_view name) const {
    for (size_t i = 0; i < program().tables.size(); ++i) {
      if (NameOf(program().tables[i].object) == name) return report::BuildTable(*evaluation_, i, emitter_.language());
    }
    ADD_FAILURE() << "no table " << name;
    return {};
  }
  std::string Printed(const report::Table& table, report::Format format) const {
    report::RenderOptions options;
    options.language = emitter_.language();
    return report::Render(table, format, loaded_.sources, options);
  }
  // Every declared table, the default matrices and the duty sheets of all units, as CSV.
  std::string AllTables() const {
    std::string out;
    std::vector<std::pair<std::string, report::Table>> tables;
    for (const ir::TableDeclaration& table : program().tables)
      tables.emplace_back(NameOf(table.object), Table(NameOf(table.object)));
    std::sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const bool by_post : {false, true})
      tables.emplace_back("matrix", report::BuildMatrix(*evaluation_, emitter_.language(), by_post));
    std::vector<std::pair<std::string, EntityId>> units;
    for (const EntityId unit : model_->by_kind[KindOf(W::kind_unit)]) units.emplace_back(NameOf(unit), unit);
    std::sort(units.begin(), units.end());
    for (const auto& [name, unit] : units)
      tables.emplace_back("duties " + name, report::BuildDuties(*evaluation_, unit, emitter_.language()));
    for (const auto& [name, table] : tables) out += "== " + name + "\n" + Printed(table, report::Format::kCsv);
    return out;
  }
  // The same plan in the canonical form of a skin.
  std::string In(Skin skin) const { return Format(ast(), skin); }
  std::string Rendered() const {
    const auto all = findings();
    return RenderText(all, Summarise(all, 0), loaded_.sources, {false, true, emitter_.language()});
  }

 private:
  Emitter emitter_;
  Loaded loaded_;
  StringPool strings_;
  std::unique_ptr<ordo::Model> model_;
  std::optional<eval::Evaluation> evaluation_;
};

}  // namespace ordo::testing

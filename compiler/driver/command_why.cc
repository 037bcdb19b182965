// `ordo why` and `ordo why-not`: what was asked is a finding (CODE, CODE:NAME), a fact (relation(a, b)) or a cell (TABLE:ROW.COLUMN).
#include <cstdio>

#include "compiler/driver/cell_text.h"
#include "compiler/driver/session.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/report/why.h"
#include "runtime/report/why_cell.h"
#include "runtime/report/why_not.h"

namespace ordo {
namespace {

using report::Explanation;
using report::WhyLimits;

constexpr uint64_t kSteps = 50'000'000;   // rows that one question may look at

class Questions {
 public:
  Questions(const Session& session, const Settings& settings)
      : session_(session), settings_(settings), json_(settings.format == "json"), limits_(json_ ? report::kWhyLimitsOfJson : WhyLimits{}),
        probe_(session.evaluation(), kSteps), words_(session.program(), session.language(), json_ ? 0 : report::kTitleInText) {}

  int Print(Explanation explanation, std::string_view schema, const std::string& asked) const {
    if (probe_.exhausted()) explanation.steps.emplace_back().text = Say(Phrase::kWhyStopped, session_.language());
    const std::string text = json_ ? RenderExplanationJson(explanation, schema, asked, session_.sources())
                                   : RenderExplanation(explanation, session_.sources(), session_.language());
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kNothing;
  }

  // CODE or CODE:NAME.
  std::vector<report::ExplanationStep> Findings(const std::string& asked) {
    const size_t colon = asked.find(':');
    const std::string code = asked.substr(0, colon), subject = colon == std::string::npos ? "" : asked.substr(colon + 1);
    const auto findings = report::CollectFindings(session_.evaluation(), session_.language(), settings_.as_of);
    const auto rows = report::CollectRows(session_.evaluation());
    std::vector<report::ExplanationStep> steps;
    report::WhyBuilder builder(probe_, words_, limits_);
    for (size_t i = 0; i < findings.size(); ++i) {
      if (findings[i].code == code && (subject.empty() || findings[i].subject == subject)) steps.push_back(builder.Finding(rows[i]));
    }
    return steps;
  }

  // relation(a, b): the relation and its cells; nullopt after a message.
  struct Fact {
    ir::RelationId relation = ir::kNone;
    std::vector<ir::Cell> cells;
  };
  std::optional<Fact> ReadFact(const std::string& asked) {
    const size_t open = asked.find('(');
    const std::string name = Trimmed(asked.substr(0, open));
    const std::vector<std::string> names = SplitArguments(asked.substr(open + 1, asked.rfind(')') - open - 1));
    Fact fact;
    const ir::Program& program = session_.program();
    std::string known;
    for (ir::RelationId id = 0; id < program.relations.size(); ++id) {
      const ir::Relation& relation = program.relations[id];
      const std::string_view text = program.text(relation.name);
      if (!relation.derived || text.starts_with("check ") || text.starts_with("only ")) continue;
      known += fmt::format("{}{}", known.empty() ? "" : ", ", text);
      if (text == name && relation.columns.size() == names.size()) fact.relation = id;
    }
    if (fact.relation == ir::kNone) {
      Tell(session_.language(), Code::kRunNoRelation, {name, fmt::to_string(names.size()), known});
      return std::nullopt;
    }
    for (size_t i = 0; i < names.size(); ++i) {
      const ir::Type type = program.relations[fact.relation].columns[i].type;
      const auto cell = CellOfText(program, type, names[i], session_.language(), [this](const std::string& name) { return Object(name); });
      if (!cell || *cell == ir::kAbsent) {
        if (type != ir::Type::kEntity || names[i].empty()) Tell(session_.language(), Code::kRunNoSubject, {names[i]});
        return std::nullopt;
      }
      fact.cells.push_back(*cell);
    }
    return fact;
  }

  // By its name, or a task by its number; kNone after a message.
  EntityId Object(const std::string& name) {
    const ir::Program& program = session_.program();
    const auto& names = session_.model().names;
    if (const auto found = names.find(program.strings->Find(name)); found != names.end()) return found->second;
    if (name == "plan" || name == "kế hoạch") return program.plan;
    for (size_t i = 0; i < program.entities.size(); ++i) {
      const EntityId id{static_cast<uint32_t>(i)};
      if (report::IsKind(program, id, words_.words().task_kind) && words_.printer().Object(id) == name) return id;
    }
    Tell(session_.language(), Code::kRunNoSubject, {name});
    return EntityId::kNone;
  }

  // TABLE:ROW.COLUMN. `asked` is no cell when it names no table.
  enum class Cell { kNone, kExplained, kFailed };
  Cell CellOf(const std::string& asked, Explanation& explanation) {
    const size_t colon = asked.find(':'), dot = asked.rfind('.');
    if (colon == std::string::npos || dot == std::string::npos || dot < colon) return Cell::kNone;
    const std::string name = asked.substr(0, colon), row = asked.substr(colon + 1, dot - colon - 1), column = asked.substr(dot + 1);
    const ir::Program& program = session_.program();
    std::optional<report::Table> table;
    std::vector<std::pair<ir::WordId, Symbol>> letters;
    for (size_t i = 0; i < program.tables.size() && !table; ++i) {
      if (program.tables[i].object == EntityId::kNone || program.text(program.entity(program.tables[i].object).name) != name) continue;
      table = report::BuildTable(session_.evaluation(), i, session_.language());
      letters = program.tables[i].letters;
    }
    if (!table && (name == "matrix" || name == "ma trận")) table = report::BuildMatrix(session_.evaluation(), session_.language(), false);
    if (!table) return Cell::kNone;
    auto step = report::WhyCell(session_.evaluation(), words_, *table, letters, {row, column}, limits_.members);
    if (!step) {
      std::string columns;
      for (const report::TableColumnText& one : table->columns) columns += fmt::format("{}{}", columns.empty() ? "" : ", ", one.id);
      Tell(session_.language(), Code::kRunNoCell, {name, row, column, columns});
      return Cell::kFailed;
    }
    explanation.steps.push_back(std::move(*step));
    return Cell::kExplained;
  }

  eval::Probe& probe() { return probe_; }
  const report::RuleWords& words() const { return words_; }
  const WhyLimits& limits() const { return limits_; }

 private:
  static std::string Trimmed(std::string text) {
    const size_t begin = text.find_first_not_of(' '), end = text.find_last_not_of(' ');
    return begin == std::string::npos ? std::string() : text.substr(begin, end - begin + 1);
  }

  // At commas, but those in quotes and those of «2,5».
  static std::vector<std::string> SplitArguments(const std::string& text) {
    const auto digit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    std::vector<std::string> parts(1);
    bool quoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
      quoted ^= text[i] == '"';
      if (text[i] == ',' && !quoted && !(i > 0 && digit(i - 1) && digit(i + 1))) parts.emplace_back();
      else parts.back() += text[i];
    }
    for (std::string& part : parts) part = Trimmed(std::move(part));
    return parts;
  }

  const Session& session_;
  const Settings& settings_;
  const bool json_;
  const WhyLimits limits_;
  eval::Probe probe_;
  const report::RuleWords words_;
};

bool IsFact(const std::string& asked) { return asked.find('(') != std::string::npos && asked.find(')') != std::string::npos; }

}  // namespace

int RunWhy(const std::string& plan, const std::string& text, const Settings& settings) {
  const std::string asked = ToNfc(text);   // names are
  Session session(plan, settings);
  if (!(session.Load() && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  Questions questions(session, settings);
  Explanation explanation;
  if (IsFact(asked)) {
    const auto fact = questions.ReadFact(asked);
    if (!fact) return kFailed;
    const uint32_t row = questions.probe().FindRow(fact->relation, fact->cells);
    if (row == ir::kNone) {
      Tell(session.language(), Code::kRunNoFact, {asked});
      return kFindings;
    }
    explanation.steps.push_back(report::WhyBuilder(questions.probe(), questions.words(), questions.limits()).Fact({fact->relation, row}));
    return questions.Print(explanation, "why", asked);
  }
  switch (questions.CellOf(asked, explanation)) {
    case Questions::Cell::kExplained: return questions.Print(explanation, "why", asked);
    case Questions::Cell::kFailed: return kFailed;
    case Questions::Cell::kNone: break;
  }
  explanation.steps = questions.Findings(asked);
  if (explanation.steps.empty()) {
    Tell(session.language(), Code::kRunNoFinding, {asked});
    return kFindings;
  }
  return questions.Print(explanation, "why", asked);
}

int RunWhyNot(const std::string& plan, const std::string& text, const std::string& name, const Settings& settings) {
  const std::string asked = ToNfc(text), subject = ToNfc(name);
  Session session(plan, settings);
  if (!(session.Load() && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  Questions questions(session, settings);
  Explanation explanation;
  bool holds = false;
  if (IsFact(asked)) {
    const auto fact = questions.ReadFact(asked);
    if (!fact) return kFailed;
    explanation.steps.push_back(
        report::WhyNotHolds(questions.probe(), questions.words(), fact->relation, fact->cells, questions.limits(), &holds));
    return questions.Print(explanation, "why-not", asked);
  }
  const ir::Program& program = session.program();
  const EntityId object = questions.Object(subject);
  if (object == EntityId::kNone) return kFailed;
  const std::string question = fmt::format("{} {}", asked, subject);
  for (size_t i = 0; i < program.checks.size(); ++i) {
    if (program.text(program.checks[i].code) != asked) continue;
    auto step = report::WhyNotFires(questions.probe(), questions.words(), i, object, questions.limits(), &holds);
    if (holds) {
      for (const Finding& finding : report::CollectFindings(session.evaluation(), session.language(), settings.as_of)) {
        if (finding.code != asked || !finding.waiver || finding.subject != program.text(program.entity(object).name)) continue;
        step.Add(report::ExplanationStep::Kind::kNote, Say(Phrase::kWhyNotWaived, session.language(), {*finding.waiver}));
        break;
      }
    }
    explanation.steps.push_back(std::move(step));
    return questions.Print(explanation, "why-not", question);
  }
  // Known by its page, but not among those that were run: the profile has switched it off.
  for (const RulePage& page : session.model().pages) {
    if (program.text(page.code) != asked || !settings.only.empty()) continue;
    report::ExplanationStep& step = explanation.steps.emplace_back();
    step.kind = report::ExplanationStep::Kind::kFinding;
    step.rule = asked;
    step.text = Say(Phrase::kWhyNotTitle, session.language(), {asked, questions.words().Named(object)});
    step.Add(report::ExplanationStep::Kind::kNote, Say(Phrase::kWhyNotOff, session.language()), session.model().OffAt(page.code));
    return questions.Print(explanation, "why-not", question);
  }
  Tell(session.language(), Code::kRunNoCode, {asked, ""});
  return kFailed;
}

}  // namespace ordo

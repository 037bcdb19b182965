// Explanations as indented text and as JSON.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/diag/emitter.h"
#include "runtime/report/explanation.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

using Kind = ExplanationStep::Kind;
using Json = nlohmann::ordered_json;

class TextWriter {
 public:
  TextWriter(const SourceSet& sources, Language language) : sources_(sources), language_(language) {}

  void Write(const ExplanationStep& step, size_t depth, size_t number) {
    const bool heading = step.kind == Kind::kFinding || step.kind == Kind::kSubject;
    if (step.kind == Kind::kCase && depth == 0) out += '\n';
    std::string values;
    for (const auto& [name, value] : step.values) Append(values, ", ", fmt::format("{} = {}", name, value));
    if (step.kind == Kind::kCase) {
      std::string head = number > 0 ? fmt::format("{}.", number) : std::string();
      Append(head, " ", step.text.empty() ? values : step.text);
      Line(depth, head, step.at);
      if (!step.text.empty() && !values.empty()) Line(depth + 1, values, {});
    } else {
      Line(depth, heading ? step.text : "- " + step.text, step.at);
      if (!values.empty()) Line(depth + 1, values, {});
    }
    const size_t inside = heading ? depth : depth + 1;
    size_t cases = 0;
    for (const ExplanationStep& below : step.steps) cases += below.kind == Kind::kCase;
    size_t at = 0;
    for (const ExplanationStep& below : step.steps) {
      Write(below, inside, below.kind == Kind::kCase && cases > 1 ? ++at : 0);
    }
    if (step.total && *step.total > step.steps.size()) {
      const std::string left = fmt::to_string(*step.total - step.steps.size());
      Line(inside, heading ? "\n" + Say(Phrase::kWhyMoreCases, language_, {left}) : "- " + Say(Phrase::kWhyMore, language_, {left}), {});
    }
  }

  std::string out;

 private:
  void Line(size_t depth, std::string_view text, Span at) {
    out.append(depth * 2, ' ');
    out += text;
    const std::string place = Location(sources_, at);
    if (!place.empty()) out += fmt::format("  [{}]", place);
    out += '\n';
  }

  const SourceSet& sources_;
  const Language language_;
};

const char* NameOf(Kind kind) {
  switch (kind) {
    case Kind::kFinding: return "finding";
    case Kind::kSubject: return "subject";
    case Kind::kCase: return "case";
    case Kind::kFact: return "fact";
    case Kind::kDerived: return "derived";
    case Kind::kCondition: return "condition";
    case Kind::kAggregate: return "aggregate";
    case Kind::kNothing: return "nothing";
    case Kind::kCell: return "cell";
    case Kind::kField: return "field";
    case Kind::kNote: return "note";
  }
  return "";
}

Json ToJson(const ExplanationStep& step, const SourceSet& sources) {
  Json json = {{"kind", NameOf(step.kind)}, {"text", step.text}};
  if (!step.rule.empty()) json["rule"] = step.rule;
  if (!step.values.empty()) {
    Json values = Json::array();
    for (const auto& [name, value] : step.values) values.push_back({{"name", name}, {"value", value}});
    json["values"] = std::move(values);
  }
  if (step.holds) json["holds"] = *step.holds;
  if (step.at.known()) {
    const SourceFile& file = sources.file(step.at.file);
    const Position begin = file.PositionOf(step.at.begin), end = file.PositionOf(step.at.end);
    json["at"] = {{"file", file.path()}, {"line", begin.line}, {"column", begin.column}, {"end_line", end.line}, {"end_column", end.column}};
  }
  if (step.total) json["total"] = *step.total;
  Json steps = Json::array();
  for (const ExplanationStep& below : step.steps) steps.push_back(ToJson(below, sources));
  json["steps"] = std::move(steps);
  return json;
}

}  // namespace

std::string RenderExplanation(const Explanation& explanation, const SourceSet& sources, Language language) {
  TextWriter writer(sources, language);
  for (const ExplanationStep& step : explanation.steps) {
    if (!writer.out.empty()) writer.out += '\n';
    writer.Write(step, 0, 0);
  }
  return std::move(writer.out);
}

std::string RenderExplanationJson(const Explanation& explanation, std::string_view schema, std::string_view asked, const SourceSet& sources) {
  Json steps = Json::array();
  for (const ExplanationStep& step : explanation.steps) steps.push_back(ToJson(step, sources));
  const Json document = {{"schema", fmt::format("ordo/{}/1", schema)}, {"asked", asked}, {"steps", std::move(steps)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ordo::report

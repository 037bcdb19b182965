// An explanation as data: a tree of steps from what was asked down to lines of the plan. Builders (why, why-not, cells) fill it,
// the renderers print it as indented text or as JSON (`ordo/why/1`, `ordo/why-not/1`). Nothing here knows a rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/base/source.h"
#include "runtime/diag/finding.h"
#include "runtime/eval/engine.h"

namespace ordo::report {

struct ExplanationStep {
  enum class Kind : uint8_t {
    kFinding,     // a heading: code and title
    kSubject,     // what it is about
    kCase,        // one binding of a rule
    kFact,        // a stored fact
    kDerived,     // a derived fact; its steps are why
    kCondition,   // a condition, with values filled in
    kAggregate,   // a count, sum, least or greatest; its steps are what was looked at
    kNothing,     // a search that found nothing; its steps are what came nearest
    kCell,        // a cell of a table
    kField,       // a written field or value
    kNote,        // anything else that has to be said
  };
  Kind kind = Kind::kNote;
  std::string text;
  std::string rule;                                           // code or relation that it rests on, if any
  std::vector<std::pair<std::string, std::string>> values;    // names and what they stand for
  std::optional<bool> holds;                                  // of a condition
  Span at;
  std::optional<size_t> total;                                // how many there are of what `steps` lists some of
  std::vector<ExplanationStep> steps;

  ExplanationStep& Add(Kind kind_of_step, std::string words, Span place = {}) {
    ExplanationStep& step = steps.emplace_back();
    step.kind = kind_of_step;
    step.text = std::move(words);
    step.at = place;
    return step;
  }
};

struct Explanation {
  std::vector<ExplanationStep> steps;   // one a finding, fact, cell or rule asked about
};

std::string RenderExplanation(const Explanation& explanation, const SourceSet& sources, Language language);
// `schema`: "why" or "why-not".
std::string RenderExplanationJson(const Explanation& explanation, std::string_view schema, std::string_view asked, const SourceSet& sources);

}  // namespace ordo::report

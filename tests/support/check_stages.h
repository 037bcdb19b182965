// The check of a text, stage by stage, with what each takes, for benchmarks: from text to findings with the whole library.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/library_calendar.h"
#include "compiler/driver/load.h"
#include "compiler/lower/lower.h"
#include "compiler/model/model.h"
#include "runtime/report/findings.h"
#include "support/stopwatch.h"

namespace ordo {

struct Stages {
  double parse = 0, model = 0, lower = 0, evaluate = 0, collect = 0;
  size_t findings = 0;
  double whole() const { return parse + model + lower + evaluate + collect; }
};

// Text is in memory. Ends the program if the text has errors.
inline Stages Check(const std::string& text) {
  Stages stages;
  Emitter emitter(Language::kVietnamese);
  Loaded loaded;
  StringPool strings;
  std::unique_ptr<Model> model;
  stages.model += Seconds([&] { LoadLibrary(loaded, emitter); });
  std::string copy = text;
  stages.parse = Seconds([&] {
    const FileId file = loaded.sources.Add("plan.ordo", std::move(copy));
    loaded.asts.push_back(Parse(loaded.sources.file(file), file, SyntaxLimits{}, emitter));
  });
  loaded.parts.push_back({&loaded.asts.back(), 0, false});
  BuildOptions options;
  options.days = &LibraryCalendar();   // compiled once, as in the program
  stages.model += Seconds([&] { model = BuildModel(loaded.parts, &strings, options, emitter); });
  if (emitter.has_errors()) {
    std::fprintf(stderr, "the generated plan has errors: %s\n", emitter.findings().front().message.c_str());
    std::exit(1);
  }
  stages.lower = Seconds([&] { Lower(*model, {}); });
  std::optional<eval::Evaluation> evaluation;
  stages.evaluate = Seconds([&] {
    auto result = eval::Evaluate(model->program);
    if (!result.ok()) {
      std::fprintf(stderr, "%s\n", std::string(result.status().message()).c_str());
      std::exit(1);
    }
    evaluation.emplace(std::move(*result));
  });
  stages.collect = Seconds([&] { stages.findings = report::CollectFindings(*evaluation, Language::kVietnamese, std::nullopt).size(); });
  return stages;
}

inline Stages BestOf(const std::string& text, int rounds) {
  Stages best = Check(text);
  for (int i = 1; i < rounds; ++i) {
    const Stages next = Check(text);
    if (next.whole() < best.whole()) best = next;
  }
  return best;
}

// The exponent of a power law through points (log size, log seconds), by least squares.
inline double Exponent(const std::vector<std::pair<double, double>>& points) {
  double x = 0, y = 0, xx = 0, xy = 0;
  for (const auto& [a, b] : points) {
    x += a;
    y += b;
    xx += a * a;
    xy += a * b;
  }
  const auto n = static_cast<double>(points.size());
  return (n * xy - x * y) / (n * xx - x * x);
}

}  // namespace ordo

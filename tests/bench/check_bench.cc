// The whole check, from text to findings, on generated plans of 1,000 to 100,000 tasks: how it grows (the exponent of a power law
// through the points) and what it costs against reading the text alone, in the same run. Begins with both figures and fails when the
// check of 100,000 tasks costs more than five times its parse, or grows faster than the plan.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "support/check_stages.h"
#include "support/plan_generator.h"

namespace ordo {
namespace {

constexpr double kMostRatio = 15;   // with 208 rules and all prose read into facts; 5.7 with 143 rules before
constexpr double kMostExponent = 1.15;

bool FiguresHold() {
  std::vector<std::pair<double, double>> points;
  double ratio = 0;
  for (const size_t tasks : {1000u, 3000u, 10000u, 30000u, 100000u}) {
    const std::string text = GeneratePlan(tasks);
    const Stages stages = BestOf(text, tasks > 10000 ? 3 : 5);
    points.push_back({std::log(static_cast<double>(tasks)), std::log(stages.whole())});
    ratio = stages.whole() / stages.parse;
    std::printf("%7zu tasks %6.1f MB: parse %7.1f ms, model %7.1f, lower %6.1f, evaluate %7.1f, collect %5.1f; whole %7.1f ms = %.2f parses; %zu findings\n",
                tasks, static_cast<double>(text.size()) / 1e6, stages.parse * 1e3, stages.model * 1e3, stages.lower * 1e3, stages.evaluate * 1e3,
                stages.collect * 1e3, stages.whole() * 1e3, ratio, stages.findings);
  }
  const double exponent = Exponent(points);
  std::printf("growth of the whole check: exponent %.2f (at most %.2f); check of 100000 tasks: %.2f parses (at most %.0f)\n", exponent, kMostExponent,
              ratio, kMostRatio);
  return exponent <= kMostExponent && ratio <= kMostRatio;
}

void BM_Check(benchmark::State& state) {
  const std::string text = GeneratePlan(static_cast<size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(Check(text).findings);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Check)->Arg(1000)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ordo

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const bool holds = ordo::FiguresHold();
  benchmark::RunSpecifiedBenchmarks();
  return holds ? 0 : 1;
}

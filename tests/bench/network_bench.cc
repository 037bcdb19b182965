// The temporal network on plans of 1,000 to 100,000 tasks: two nodes a task, three links a task with lags and durations in working
// days, deadlines. Begins with the processor time of a solve and how it grows (the exponent of a power law through the points) and fails when
// 100,000 tasks take a second, or grow faster than the plan. Late deadlines and windows are measured beside it, without a bound.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>
#include <vector>

#include "benchmark/benchmark.h"
#include "runtime/solve/temporal_network.h"

namespace ordo::solve {
namespace {

constexpr double kMostSeconds = 1;
constexpr double kMostExponent = 1.2;

double Seconds(auto&& body) {
  const std::clock_t begin = std::clock();   // of this process: other work on the machine does not count
  body();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

OfficeCalendar Holidays() {
  std::vector<SpecialDay> days;
  for (int year = 2026; year <= 2030; ++year) {
    for (const auto& [month, day] : {std::pair{1, 1}, {2, 16}, {2, 17}, {2, 18}, {4, 30}, {5, 1}, {9, 2}}) {
      days.push_back({*Date::FromYmd(year, month, day)});
    }
  }
  return OfficeCalendar(std::move(days));
}

// Chains of about forty tasks that borrow from one another, as the parts of a large plan do.
TemporalNetwork Plan(uint32_t tasks, bool late, uint32_t windows) {
  std::mt19937 random(tasks);
  const int32_t first = Date::FromYmd(2026, 1, 1)->days();
  TemporalNetwork network({first, first + 3650}, Holidays());
  for (uint32_t i = 0; i < tasks; ++i) network.AddTask();
  const auto working = [&](uint32_t from, uint32_t to) { return Span{static_cast<int32_t>(from + random() % (to - from)), SpanUnit::kWorkingDays}; };
  for (uint32_t i = 0; i < tasks; ++i) {
    const NodeId start = 2 * i, end = start + 1;
    const Span length = working(1, 12);
    network.AtLeast(start, end, length, i);
    if (random() % 10 == 0) network.AtMost(start, end, {length.count + 5, SpanUnit::kWorkingDays}, i);
    if (i % 40 == 0) network.Least(start, first + static_cast<int32_t>(random() % 200), i);
    for (uint32_t link = 0; link < 3 && i % 40 != 0; ++link) {
      const uint32_t before = i - 1 - random() % std::min(i % 40, 8u);
      network.AtLeast(2 * before + 1, start, working(0, 4), i);
    }
    if (i % 5 == 0) network.Most(end, first + (late && i % 1000 == 995 ? 200 : 3000), i);
  }
  for (uint32_t i = 0; i < windows; ++i) network.Window(2 * (i * (tasks / windows) + 39 - (i * (tasks / windows)) % 40), first + 1500, first + 1590, i);
  return network;
}

bool FiguresHold() {
  std::vector<std::pair<double, double>> points;
  double seconds = 0;
  for (const uint32_t tasks : {1000u, 3000u, 10000u, 30000u, 100000u}) {
    const TemporalNetwork plan = Plan(tasks, false, 0), late = Plan(tasks, true, 0), awaited = Plan(tasks, false, 50);
    seconds = 1e9;
    bool feasible = true;
    for (int i = 0; i < (tasks > 10000 ? 3 : 7); ++i) seconds = std::min(seconds, Seconds([&] { feasible &= plan.Solve().feasible; }));
    points.push_back({std::log(static_cast<double>(tasks)), std::log(seconds)});
    size_t conflicts = 0, unsafe = 0;
    const double with_late = Seconds([&] {
      const Solution solution = late.Solve();
      conflicts = solution.conflicts.size() + solution.untold;
    });
    const double with_windows = Seconds([&] {
      for (const WindowAnswer& answer : awaited.Solve().windows) unsafe += !answer.joint.holds;
    });
    std::printf("%7u tasks, %7u nodes, %7zu constraints: solve %7.2f ms%s; with late deadlines %7.2f ms (%zu conflicts); with 50 windows %7.2f ms (%zu unsafe)\n",
                tasks, plan.nodes(), plan.constraints().size(), seconds * 1e3, feasible ? "" : " INFEASIBLE", with_late * 1e3, conflicts,
                with_windows * 1e3, unsafe);
    if (!feasible) return false;
  }
  double x = 0, y = 0, xx = 0, xy = 0;
  for (const auto& [a, b] : points) {
    x += a;
    y += b;
    xx += a * a;
    xy += a * b;
  }
  const auto n = static_cast<double>(points.size());
  const double exponent = (n * xy - x * y) / (n * xx - x * x);
  std::printf("growth of a solve: exponent %.2f (at most %.2f); 100000 tasks: %.2f s (at most %.0f)\n", exponent, kMostExponent, seconds, kMostSeconds);
  return exponent <= kMostExponent && seconds <= kMostSeconds;
}

void BM_Solve(benchmark::State& state) {
  const TemporalNetwork plan = Plan(static_cast<uint32_t>(state.range(0)), false, 0);
  for (auto _ : state) benchmark::DoNotOptimize(plan.Solve().feasible);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Solve)->Arg(1000)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ordo::solve

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const bool holds = ordo::solve::FiguresHold();
  benchmark::RunSpecifiedBenchmarks();
  return holds ? 0 : 1;
}

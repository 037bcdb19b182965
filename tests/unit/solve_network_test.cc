// The temporal network against solvers that know nothing of it: one that tries every assignment of days on tiny horizons, and one
// that moves single days. Every conflict is checked to be infeasible and to lose that with any member.
#include "runtime/solve/temporal_network.h"

#include <gtest/gtest.h>

#include <climits>

#include "support/random_network.h"

namespace ordo::solve {
namespace {

using namespace ordo::testing;
using Kind = Constraint::Kind;

// Every solution, one assignment after the other.
std::vector<std::vector<int32_t>> Solutions(const RandomNetwork& network, const std::vector<Constraint>& all) {
  std::vector<std::vector<int32_t>> solutions;
  std::vector<int32_t> at(network.nodes, network.horizon.first);
  while (true) {
    const bool holds = std::all_of(all.begin(), all.end(), [&](const Constraint& c) {
      return Holds(c, c.from == kNoNode ? 0 : at[c.from], at[c.to], network.calendar);
    });
    if (holds) solutions.push_back(at);
    uint32_t node = 0;
    while (node < network.nodes && ++at[node] > network.horizon.last) at[node++] = network.horizon.first;
    if (node == network.nodes) return solutions;
  }
}

void ExpectMinimal(const RandomNetwork& network, const Conflict& conflict, const std::string& where) {
  ASSERT_TRUE(conflict.minimal) << where;
  ASSERT_FALSE(conflict.steps.empty()) << where;
  std::vector<Constraint> members;
  for (const Step& step : conflict.steps) {
    Constraint member{step.kind, kNoNode, step.to, step.after, {}, step.origin};
    if (step.constraint != kNoConstraint) {
      const Constraint& own = network.constraints[step.constraint];
      ASSERT_EQ(own.origin, step.origin) << where;
      ASSERT_EQ(own.kind, step.kind) << where;
      if (own.from != kNoNode) member = own;
    }
    members.push_back(member);
  }
  EXPECT_FALSE(LeastByDays(members, network.nodes, network.horizon, network.calendar)) << where;
  for (size_t out = 0; out < members.size(); ++out) {
    std::vector<Constraint> rest = members;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(out));
    EXPECT_TRUE(LeastByDays(rest, network.nodes, network.horizon, network.calendar)) << where << ": member " << out << " is not needed";
  }
}

// A chain that is told: each step begins where the one before ended, and ends where its constraint says.
void ExpectChain(const RandomNetwork& network, const std::vector<Step>& steps, const std::string& where) {
  for (size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    if (i > 0 && step.from != kNoNode) {
      EXPECT_EQ(step.from, steps[i - 1].to) << where;
      EXPECT_EQ(step.before, steps[i - 1].after) << where;
    }
    if (step.kind != Kind::kAtLeast && step.kind != Kind::kAtMost) continue;
    const Constraint& c = network.constraints[step.constraint];
    const auto holds = [&](int32_t after) {
      return step.kind == Kind::kAtLeast ? Holds(c, step.before, after, network.calendar) : Holds(c, after, step.before, network.calendar);
    };
    EXPECT_TRUE(holds(step.after)) << where;
    EXPECT_FALSE(holds(step.after - 1)) << where;
  }
}

TEST(TemporalNetwork, AgreesWithEveryAssignmentOnTinyHorizons) {
  std::mt19937 random(11);
  size_t feasible = 0, infeasible = 0, moved = 0;
  for (int round = 0; round < 3000; ++round) {
    NetworkShape shape;
    shape.nodes = 2 + random() % 3;
    shape.constraints = 2 + random() % 7;
    shape.days = shape.nodes == 4 ? 8 : 11;
    const RandomNetwork network = MakeRandomNetwork(random, shape);
    const std::string where = "round " + std::to_string(round);
    const Solution solution = network.Build().Solve();
    const auto all = Solutions(network, network.constraints);
    ASSERT_TRUE(solution.decided);
    ASSERT_EQ(solution.feasible, !all.empty()) << where;
    if (all.empty()) {
      ++infeasible;
      for (const Conflict& conflict : solution.conflicts) ExpectMinimal(network, conflict, where);
      EXPECT_FALSE(solution.conflicts.empty());
      continue;
    }
    ++feasible;
    std::vector<int32_t> least(network.nodes, INT_MAX), most(network.nodes, INT_MIN), in_time = most;
    for (const auto& at : all) {
      for (NodeId node = 0; node < network.nodes; ++node) {
        least[node] = std::min(least[node], at[node]);
        most[node] = std::max(most[node], at[node]);
      }
    }
    const int32_t finish = *std::max_element(least.begin(), least.end());
    for (const auto& at : all) {
      if (*std::max_element(at.begin(), at.end()) > finish) continue;
      for (NodeId node = 0; node < network.nodes; ++node) in_time[node] = std::max(in_time[node], at[node]);
    }
    for (NodeId node = 0; node < network.nodes; ++node) {
      const NodeTimes& times = solution.nodes[node];
      ASSERT_EQ(times.earliest, least[node]) << where;
      ASSERT_EQ(times.latest, most[node]) << where;
      EXPECT_EQ(times.total_slack, most[node] - least[node]);
      EXPECT_EQ(times.critical, in_time[node] == least[node]) << where;
      int32_t free = least[node];
      for (std::vector<int32_t> at = least; at[node] <= network.horizon.last; ++at[node]) {
        const auto backwards = [](const auto& a, const auto& b) {
          return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
        };
        if (std::binary_search(all.begin(), all.end(), at, backwards)) free = at[node];
      }
      EXPECT_EQ(times.free_slack, free - least[node]) << where << " node " << node;
      moved += times.free_slack > 0;
      const std::vector<Step> why = solution.Why(node);
      ExpectChain(network, why, where);
      EXPECT_EQ(why.empty() ? network.horizon.first : why.back().after, least[node]) << where;
    }
    const std::vector<Step> chain = solution.CriticalChain();
    EXPECT_EQ(chain.empty() ? network.horizon.first : chain.back().after, finish);
  }
  EXPECT_GT(feasible, 500u);
  EXPECT_GT(infeasible, 500u);
  EXPECT_GT(moved, 500u);
}

TEST(TemporalNetwork, LargerNetworksAgreeWithSingleDaysAndTellMinimalSets) {
  std::mt19937 random(12);
  size_t feasible = 0, kinds[3] = {0, 0, 0}, told = 0, long_ones = 0;
  for (int round = 0; round < 4000; ++round) {
    NetworkShape shape;
    shape.nodes = 3 + random() % 12;
    shape.constraints = shape.nodes + random() % (2 * shape.nodes);
    shape.days = 60 + static_cast<int32_t>(random() % 100);
    shape.most_span = 3 + static_cast<int32_t>(random() % 14);
    const RandomNetwork network = MakeRandomNetwork(random, shape);
    const std::string where = "round " + std::to_string(round);
    const Solution solution = network.Build().Solve();
    const auto least = LeastByDays(network.constraints, network.nodes, network.horizon, network.calendar);
    ASSERT_TRUE(solution.decided);
    ASSERT_EQ(solution.feasible, least.has_value()) << where;
    EXPECT_EQ(solution.feasible, solution.conflicts.empty());
    for (NodeId node = 0; node < network.nodes; ++node) {
      if (least) {
        ASSERT_EQ(solution.nodes[node].earliest, (*least)[node]) << where;
      }
      EXPECT_GE(solution.nodes[node].total_slack, 0) << where;
      EXPECT_GE(solution.nodes[node].free_slack, 0) << where;
      EXPECT_LE(solution.nodes[node].free_slack, solution.nodes[node].total_slack) << where;
      const std::vector<Step> why = solution.Why(node);
      ExpectChain(network, why, where);
      EXPECT_EQ(why.empty() ? network.horizon.first : why.back().after, solution.nodes[node].earliest) << where;
    }
    feasible += solution.feasible;
    for (const Conflict& conflict : solution.conflicts) {
      ++told;
      ++kinds[static_cast<int>(conflict.kind)];
      long_ones += conflict.steps.size() > 4;
      ExpectMinimal(network, conflict, where);
      EXPECT_GT(conflict.excess, 0) << where;
      if (conflict.kind == Conflict::Kind::kDeadline) {
        EXPECT_EQ(conflict.steps.back().kind, Kind::kMost);
        EXPECT_EQ(conflict.steps.back().before - conflict.steps.back().after, conflict.excess);
      }
    }
  }
  EXPECT_GT(feasible, 300u);
  EXPECT_GT(told, 2000u);
  for (const size_t kind : kinds) EXPECT_GT(kind, 20u);
  EXPECT_GT(long_ones, 100u);
}

TEST(TemporalNetwork, WindowsAgreeWithEveryChoiceOfDays) {
  std::mt19937 random(13);
  size_t holding = 0, partly = 0, never = 0, joint_worse = 0, asked = 0, walked = 0;
  for (int round = 0; round < 6000; ++round) {
    NetworkShape shape;
    shape.nodes = 3 + random() % 4;
    shape.constraints = 2 + random() % 7;
    shape.windows = 1 + random() % 3;
    shape.days = 24;
    const RandomNetwork network = MakeRandomNetwork(random, shape);
    const std::string where = "round " + std::to_string(round);
    const Solution solution = network.Build().Solve();
    ASSERT_EQ(solution.feasible, LeastByDays(network.All(), network.nodes, network.horizon, network.calendar).has_value()) << where;
    ASSERT_EQ(solution.windows.size(), network.windows.size());
    if (!solution.feasible) continue;
    ++asked;
    const auto holds = [&](const std::vector<std::pair<int32_t, int32_t>>& days) {
      std::vector<Constraint> all = network.All();
      for (size_t i = 0; i < days.size(); ++i) {
        all[network.constraints.size() + 2 * i].instant = days[i].first;
        all[network.constraints.size() + 2 * i + 1].instant = days[i].second;
      }
      return LeastByDays(all, network.nodes, network.horizon, network.calendar).has_value();
    };
    bool all_joint = true;
    for (size_t i = 0; i < network.windows.size(); ++i) {
      const auto& window = network.windows[i];
      for (const bool joint : {false, true}) {
        const WindowReading& reading = joint ? solution.windows[i].joint : solution.windows[i].alone;
        int32_t day = window.from;
        for (; day <= window.to; ++day) {
          std::vector<std::pair<int32_t, int32_t>> days;
          for (const auto& other : network.windows) days.push_back({joint ? other.to : other.from, other.to});
          days[i] = {day, day};
          if (!holds(days)) break;
        }
        EXPECT_EQ(reading.holds, day > window.to) << where << " joint " << joint;
        EXPECT_EQ(reading.last_safe.value_or(window.from - 1), day - 1) << where << " joint " << joint;
        EXPECT_EQ(reading.conflict.has_value(), !reading.holds) << where;
        if (reading.conflict) ExpectMinimal(network, *reading.conflict, where);
        if (!joint) ++(reading.holds ? holding : reading.last_safe ? partly : never);
        if (joint) all_joint &= reading.holds;
        walked += reading.last_safe && !reading.holds;
      }
      joint_worse += solution.windows[i].alone.holds && !solution.windows[i].joint.holds;
    }
    // The joint reading is the worst case of all days together.
    std::vector<std::pair<int32_t, int32_t>> days;
    for (const auto& window : network.windows) days.push_back({window.from, window.from});
    bool all_days = true;
    while (all_days) {
      all_days = holds(days);
      size_t i = 0;
      while (i < days.size() && ++days[i].first > network.windows[i].to) days[i++].first = network.windows[i].from;
      for (auto& day : days) day.second = day.first;
      if (i == days.size()) break;
    }
    EXPECT_EQ(all_joint, all_days) << where;
  }
  EXPECT_GT(asked, 1000u);
  EXPECT_GT(holding, 200u);
  EXPECT_GT(partly, 100u);
  EXPECT_GT(never, 100u);
  EXPECT_GT(joint_worse, 20u);
  EXPECT_GT(walked, 100u);
}

int32_t Day(int year, int month, int day) { return Date::FromYmd(year, month, day)->days(); }

TEST(TemporalNetwork, TellsAChainWithItsDays) {
  TemporalNetwork network({Day(2026, 1, 1), Day(2027, 1, 1)}, OfficeCalendar());
  const NodeId a = network.AddTask(), b = network.AddTask(), c = network.AddTask();
  network.Least(a, Day(2026, 3, 2), 1);
  network.AtLeast(a, a + 1, {10, SpanUnit::kWorkingDays}, 2);
  network.AtLeast(a + 1, b, {0, SpanUnit::kDays}, 3);
  network.AtLeast(b, b + 1, {5, SpanUnit::kWorkingDays}, 4);
  network.Most(b + 1, Day(2026, 3, 20) - 1, 5);
  network.AtLeast(b + 1, c, {}, 6);
  network.AtLeast(c, c + 1, {1, SpanUnit::kMonths}, 7);
  network.Most(c + 1, Day(2026, 4, 1), 8);
  const Solution solution = network.Solve();
  EXPECT_FALSE(solution.feasible);
  ASSERT_EQ(solution.conflicts.size(), 1u);
  const Conflict& conflict = solution.conflicts[0];
  EXPECT_EQ(conflict.kind, Conflict::Kind::kDeadline);
  EXPECT_EQ(conflict.repeats, 1u);   // c is late because b is
  EXPECT_EQ(conflict.excess, 2);
  std::vector<std::pair<uint32_t, int32_t>> told;
  for (const Step& step : conflict.steps) told.push_back({step.origin, step.after});
  EXPECT_EQ(told, (std::vector<std::pair<uint32_t, int32_t>>{{1, Day(2026, 3, 2)}, {2, Day(2026, 3, 14)}, {3, Day(2026, 3, 14)},
                                                             {4, Day(2026, 3, 21)}, {5, Day(2026, 3, 19)}}));
  EXPECT_EQ(solution.LastNode(), c + 1);
  EXPECT_EQ(solution.CriticalChain().size(), 6u);
}

TEST(TemporalNetwork, GoesOnAfterTheFirstConflict) {
  TemporalNetwork network({0, 1000}, OfficeCalendar());
  for (uint32_t i = 0; i < 30; ++i) {
    const NodeId task = network.AddTask();
    network.AtLeast(task, task + 1, {20, SpanUnit::kDays}, 10 * i);
    if (i % 3 == 0) network.Most(task + 1, 10, 10 * i + 1);
    if (i % 3 == 1) network.AtMost(task, task + 1, {19, SpanUnit::kDays}, 10 * i + 1);
  }
  Solution solution = network.Solve();
  EXPECT_EQ(solution.conflicts.size(), 20u);
  EXPECT_EQ(solution.untold, 0u);
  for (const Conflict& conflict : solution.conflicts) EXPECT_EQ(conflict.steps.size(), 2u);
  SolveOptions options;
  options.most_conflicts = 3;
  solution = network.Solve(options);
  EXPECT_EQ(solution.conflicts.size(), 3u);
  EXPECT_EQ(solution.untold, 17u);
}

TEST(TemporalNetwork, LongRingsAndLongBackwardChainsAreLinear) {
  constexpr uint32_t kTasks = 50'000;
  for (const int32_t gain : {0, 1}) {
    TemporalNetwork network({0, 2'000'000}, OfficeCalendar());
    for (uint32_t i = 0; i < kTasks; ++i) network.AddNode();
    for (uint32_t i = 0; i + 1 < kTasks; ++i) network.AtLeast(i, i + 1, {1, SpanUnit::kWorkingDays}, i);
    network.AtMost(0, kTasks - 1, {static_cast<int32_t>(kTasks) - 1 - gain, SpanUnit::kWorkingDays}, kTasks);
    network.Least(kTasks / 2, 900'000, kTasks + 1);
    const Solution solution = network.Solve();
    ASSERT_TRUE(solution.decided);
    EXPECT_EQ(solution.feasible, gain == 0);
    if (gain == 0) {
      EXPECT_EQ(solution.nodes[kTasks / 2].earliest, 900'000);
      continue;
    }
    ASSERT_EQ(solution.conflicts.size(), 1u);
    EXPECT_EQ(solution.conflicts[0].kind, Conflict::Kind::kRing);
    EXPECT_EQ(solution.conflicts[0].steps.size(), kTasks);
    EXPECT_TRUE(solution.conflicts[0].minimal);
  }
}

TEST(TemporalNetwork, ARingThatALaterWeekdaySatisfiesIsWalked) {
  // Six calendar days that hold at most one working day: only the long holiday has them.
  std::vector<SpecialDay> days;
  for (int32_t day = Day(2026, 2, 16); day <= Day(2026, 2, 20); ++day) days.push_back({Date(day), DayKind::kStatutory});
  for (const bool holiday : {true, false}) {
    TemporalNetwork network({Day(2026, 1, 1), Day(2027, 1, 1)}, holiday ? OfficeCalendar(days) : OfficeCalendar());
    const NodeId task = network.AddTask();
    network.AtLeast(task, task + 1, {6, SpanUnit::kDays}, 1);
    network.AtMost(task, task + 1, {1, SpanUnit::kWorkingDays}, 2);
    const Solution solution = network.Solve();
    EXPECT_EQ(solution.feasible, holiday);
    if (holiday) {
      EXPECT_EQ(solution.nodes[task].earliest, Day(2026, 2, 13));
      continue;
    }
    ASSERT_EQ(solution.conflicts.size(), 1u);
    EXPECT_EQ(solution.conflicts[0].kind, Conflict::Kind::kRing);
    EXPECT_EQ(solution.conflicts[0].steps.size(), 2u);
  }
}

TEST(TemporalNetwork, GivesUpWhenWorkRunsOut) {
  TemporalNetwork network({Day(2026, 1, 1), Day(3026, 1, 1)}, OfficeCalendar());
  const NodeId task = network.AddTask();
  network.AtLeast(task, task + 1, {6, SpanUnit::kDays}, 1);
  network.AtMost(task, task + 1, {1, SpanUnit::kWorkingDays}, 2);
  SolveOptions options;
  options.most_raises = 1000;
  EXPECT_FALSE(network.Solve(options).decided);
  EXPECT_TRUE(network.Solve().decided);
}

TEST(TemporalNetwork, BadInputIsHarmless) {
  EXPECT_TRUE(TemporalNetwork({0, 100}, OfficeCalendar()).Solve().feasible);   // no nodes
  EXPECT_EQ(TemporalNetwork({0, 100}, OfficeCalendar()).Solve().LastNode(), kNoNode);
  for (const Horizon horizon : {Horizon{INT_MIN, INT_MAX}, Horizon{100, 0}, Horizon{INT_MAX, INT_MAX}}) {
    for (const SpanUnit unit : {SpanUnit::kDays, SpanUnit::kWorkingDays, SpanUnit::kMonths}) {
      for (const int32_t count : {INT_MIN, -1, 0, 1, INT_MAX}) {
        for (const bool rolls : {false, true}) {
          TemporalNetwork network(horizon, OfficeCalendar());
          const NodeId a = network.AddNode(), b = network.AddNode(), c = network.AddNode();
          network.AtLeast(a, b, {count, unit, rolls}, 1);
          network.AtMost(a, b, {count, unit, rolls}, 2);
          network.AtLeast(c, c, {count, unit, rolls}, 3);
          network.AtMost(b, c, {count, unit, rolls, true}, 4);
          network.Least(a, INT_MIN, 5);
          network.Most(a, INT_MAX, 6);
          network.Window(b, INT_MIN, INT_MAX, 7);
          SolveOptions options;
          options.most_raises = 100'000;
          const Solution solution = network.Solve(options);
          if (count == INT_MAX && horizon.first == INT_MIN) {
            EXPECT_FALSE(solution.feasible);
            EXPECT_FALSE(solution.conflicts.empty());
          }
          network.Least(c, INT_MAX, 8);
          network.Most(c, INT_MIN, 9);
          EXPECT_FALSE(network.Solve(options).feasible);
        }
      }
    }
  }
}

TEST(TemporalNetwork, EqualInputGivesEqualAnswers) {
  std::mt19937 random(14);
  NetworkShape shape{.nodes = 40, .constraints = 90, .windows = 3, .days = 300, .most_span = 9};
  for (int round = 0; round < 20; ++round) {
    const RandomNetwork network = MakeRandomNetwork(random, shape);
    const Solution one = network.Build().Solve(), two = network.Build().Solve();
    ASSERT_EQ(one.conflicts.size(), two.conflicts.size());
    for (NodeId node = 0; node < shape.nodes; ++node) EXPECT_EQ(one.nodes[node].latest, two.nodes[node].latest);
  }
}

}  // namespace
}  // namespace ordo::solve

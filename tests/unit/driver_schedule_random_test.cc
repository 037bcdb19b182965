// Random plans against a solver of a dozen lines that walks day by day: earliest days forwards, latest days backwards, whether the
// plan can be kept at all; and of each conflict that is told, that leaving out any one of its clauses makes the plan possible.
// The days off of 2026 stand here again, written down from the notices and not taken from the library.
#include <map>
#include <random>
#include <set>

#include "compiler/driver/library_calendar.h"
#include "fmt/format.h"
#include "runtime/solve/plan_network.h"
#include "support/run_plan.h"

namespace ordo::testing {
namespace {

int Day(int month, int day) { return Date::FromYmd(2026, month, day)->days(); }

bool Works(int day) {
  static const std::set<int> off = {Day(1, 1), Day(1, 2), Day(2, 16), Day(2, 17), Day(2, 18), Day(2, 19), Day(2, 20), Day(4, 27),
                                    Day(4, 30), Day(5, 1), Day(8, 31), Day(9, 1), Day(9, 2), Day(11, 24)};
  static const std::set<int> on = {Day(1, 10), Day(8, 22)};
  return on.contains(day) || (Date(day).weekday() < 5 && !off.contains(day));
}

// A task has `days` of work, plain or working; it waits for the end of another with a gap (negative: an overlap) of the same sort.
struct Task {
  int days = 0;
  bool working = false;
  int after = -1, gap = 0;
  bool gap_working = false;
  int due = 0;   // 0: the end of the plan
};

// The boundary after n days from a boundary (day d begins at d), by walking; n may be negative.
int Walk(int at, int n, bool working) {
  if (!working) return at + n;
  if (n < 0) {   // an overlap of n working days begins when the working day before them has ended
    while (n < 0) n += Works(--at);
    while (!Works(at - 1)) --at;
  }
  while (n > 0) n -= Works(at++);
  return at;
}

struct Days {
  std::vector<int> start, end;      // boundaries
  bool possible = true;
};

constexpr int kEnd = 366;
int Issue() { return Day(1, 28); }
int Limit(const Task& task) { return task.due ? task.due + 1 : Day(12, 31) + 1; }

Days Earliest(const std::vector<Task>& tasks) {
  Days days;
  for (const Task& task : tasks) {
    int start = Issue();
    if (task.after >= 0) start = std::max(start, Walk(days.end[task.after], task.gap, task.gap_working));
    const int end = std::max(Walk(start, task.days, task.working), Issue() + 1);
    days.start.push_back(start);
    days.end.push_back(end);
    days.possible &= end <= Limit(task);
  }
  return days;
}

// The latest end of each task: tried from the limit down, a day at a time, until all that follows still fits.
std::vector<int> Latest(const std::vector<Task>& tasks) {
  std::vector<int> latest(tasks.size());
  for (size_t i = tasks.size(); i-- > 0;) {
    const auto fits = [&](int end) {
      for (size_t k = i + 1; k < tasks.size(); ++k) {
        if (tasks[k].after != static_cast<int>(i)) continue;
        if (Walk(Walk(end, tasks[k].gap, tasks[k].gap_working), tasks[k].days, tasks[k].working) > latest[k]) return false;
      }
      return true;
    };
    latest[i] = Limit(tasks[i]);
    while (!fits(latest[i])) --latest[i];
  }
  return latest;
}

std::string Text(const std::vector<Task>& tasks) {
  std::string text =
      "ordo 1 en\nplan k \"Kế hoạch\" { issue date: 2026-01-28; period: year 2026 }\nunit u \"UBND\"\n";
  for (size_t i = 0; i < tasks.size(); ++i) {
    const Task& task = tasks[i];
    text += fmt::format("task t{} \"Việc {}\" {{ lead: u", i, i);
    if (task.days > 0) text += fmt::format("; duration: {} {}", task.days, task.working ? "working days" : "days");
    if (task.after >= 0) {
      text += fmt::format("; after: t{}", task.after);
      if (task.gap != 0) text += fmt::format(" {} {} {}", task.gap > 0 ? "plus" : "overlapping", std::abs(task.gap), task.gap_working ? "working days" : "days");
    }
    if (task.due) text += fmt::format("; due: {}", Date(task.due).Iso());
    text += " }\n";
  }
  return text;
}

std::vector<Task> Random(std::mt19937& random) {
  const auto below = [&](int n) { return static_cast<int>(random() % n); };
  std::vector<Task> tasks(2 + below(7));
  for (size_t i = 0; i < tasks.size(); ++i) {
    Task& task = tasks[i];
    task.days = below(5) == 0 ? 0 : 1 + below(20);
    task.working = below(2);
    if (i > 0 && below(4) != 0) {
      task.after = below(static_cast<int>(i));
      task.gap_working = below(2);
      if (below(2)) task.gap = below(16) - 5;
    }
    if (below(3) == 0) task.due = Issue() + below(kEnd - 60);
  }
  return tasks;
}

BuildOptions WithCalendar() {
  BuildOptions options;
  options.days = &LibraryCalendar();
  return options;
}

TEST(ScheduleOfRandomPlans, AgreesWithAWalkDayByDay) {
  std::mt19937 random(20260128);
  int possible = 0, impossible = 0;
  for (int round = 0; round < 600; ++round) {
    const std::vector<Task> tasks = Random(random);
    const PlanRun run(Text(tasks), WithCalendar(), Language::kEnglish, false);
    ASSERT_TRUE(run.sound()) << run.Rendered();
    const solve::Schedule schedule = solve::ScheduleOf(run.program());
    ASSERT_TRUE(schedule.decided);
    const Days earliest = Earliest(tasks);
    EXPECT_EQ(schedule.clashes.empty(), earliest.possible) << Text(tasks);
    (earliest.possible ? possible : impossible)++;
    if (!earliest.possible) continue;
    const std::vector<int> latest = Latest(tasks);
    for (size_t i = 0; i < tasks.size(); ++i) {
      const solve::ObjectDays& days = schedule.objects[static_cast<uint32_t>(run.Named(fmt::format("t{}", i)))];
      ASSERT_TRUE(days.earliest_start && days.earliest_end && days.latest_end);
      int start = earliest.start[i];
      while (tasks[i].working && tasks[i].days > 0 && !Works(start)) ++start;   // work in working days begins on one
      start = std::min(start, earliest.end[i] - 1);
      EXPECT_EQ(days.earliest_start->days(), start) << i << "\n" << Text(tasks);
      EXPECT_EQ(days.earliest_end->days(), earliest.end[i] - 1) << i << "\n" << Text(tasks);
      EXPECT_EQ(days.latest_end->days(), latest[i] - 1) << i << "\n" << Text(tasks);
      EXPECT_EQ(*days.slack, latest[i] - earliest.end[i]) << i << "\n" << Text(tasks);
    }
  }
  EXPECT_GT(possible, 50);
  EXPECT_GT(impossible, 50);
}

// The clauses of a conflict, and nothing else, make a plan that cannot be kept; without any one of them it can.
TEST(ScheduleOfRandomPlans, AToldConflictIsSmallest) {
  std::mt19937 random(42);
  int seen = 0;
  for (int round = 0; round < 1500; ++round) {
    const std::vector<Task> tasks = Random(random);
    const PlanRun run(Text(tasks), WithCalendar(), Language::kEnglish, false);
    for (const solve::Clash& clash : solve::ScheduleOf(run.program()).clashes) {
      ++seen;
      const auto with = [&](const ir::Step* left_out) {
        std::vector<Task> told(tasks.size());
        for (const ir::Step& step : clash.steps) {
          if (&step == left_out) continue;
          for (size_t i = 0; i < tasks.size(); ++i) {
            if (run.Named(fmt::format("t{}", i)) != step.owner) continue;
            switch (step.kind) {
              case ir::Step::Kind::kLasts: told[i].days = tasks[i].days, told[i].working = tasks[i].working; break;
              case ir::Step::Kind::kFollows: told[i].after = tasks[i].after, told[i].gap = tasks[i].gap, told[i].gap_working = tasks[i].gap_working; break;
              case ir::Step::Kind::kDue: told[i].due = tasks[i].due; break;
              default: ADD_FAILURE() << "a clause that these plans do not have";
            }
          }
        }
        return told;
      };
      EXPECT_FALSE(Earliest(with(nullptr)).possible) << Text(tasks) << "told\n" << Text(with(nullptr));
      for (const ir::Step& step : clash.steps) {
        if (step.owner == run.program().plan) continue;   // the day of issue, the end of the plan: always there
        EXPECT_TRUE(Earliest(with(&step)).possible) << Text(tasks) << "without\n" << Text(with(&step));
      }
    }
  }
  EXPECT_GE(seen, 100);
}

}  // namespace
}  // namespace ordo::testing

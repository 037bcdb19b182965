// Progress as a pure function of a plan and a day: which due holds when, and what state follows.
#include "fmt/format.h"
#include "runtime/report/progress.h"
#include "support/run_plan.h"

namespace ordo::testing {
namespace {

constexpr const char* kHead = R"(ordo 1 en
plan p "Plan" { issue date: 2026-01-05; period: year 2026 }
unit u "UBND" { head: "Chủ tịch" }
unit a "Phòng A" { part of: u }
unit b "Phòng B" { part of: u }
group g "Các phòng" { members: a, b }
event e "có hướng dẫn" {}
)";

class ProgressOfPlan : public ::testing::Test {
 protected:
  // «late 2026-03-31 +15 (2)»: state, due, days late, moves; items of one thing are joined by «; ».
  static std::string At(const std::string& text, const char* as_of, std::string_view name = "t") {
    const PlanRun run(kHead + text);
    EXPECT_TRUE(run.sound()) << run.Rendered();
    if (!run.sound()) return "";
    const report::Progress progress = report::ProgressOf(run.evaluation(), *ParseIsoDate(as_of));
    std::string out;
    for (const report::ProgressItem& item : progress.items) {
      if (run.NameOf(item.object) != name) continue;
      std::string one(report::IdOf(item.state));
      if (item.party != EntityId::kNone) one = fmt::format("{} {}", run.NameOf(item.party), one);
      if (item.due != ir::kAbsent) one += " " + Date(static_cast<int32_t>(item.due)).Iso();
      if (item.days_late > 0) one += fmt::format(" +{}", item.days_late);
      if (item.moves() > 0) one += fmt::format(" ({})", item.moves());
      out += (out.empty() ? "" : "; ") + one;
    }
    return out;
  }
};

TEST_F(ProgressOfPlan, NeverDoneBecauseTimeHasPassed) {
  const std::string task = "task t \"T\" { lead: a; due: Q1 2026 }\n";
  EXPECT_EQ(At(task, "2026-03-31"), "due_later 2026-03-31");
  EXPECT_EQ(At(task, "2026-04-01"), "late 2026-03-31 +1");
  EXPECT_EQ(At(task, "2036-04-01"), "late 2026-03-31 +3654");
}

TEST_F(ProgressOfPlan, StartedIsNotDone) {
  const std::string task = "task t \"T\" { lead: a; due: Q1 2026 }\nstarted t { on: 2026-02-02 }\n";
  EXPECT_EQ(At(task, "2026-02-01"), "due_later 2026-03-31");
  EXPECT_EQ(At(task, "2026-02-02"), "in_progress 2026-03-31");
  EXPECT_EQ(At(task, "2026-04-02"), "late 2026-03-31 +2");
}

TEST_F(ProgressOfPlan, DueInTheOrderOfDecisions) {
  // The text stands in another order than the days; the proposed one changes nothing.
  const std::string text = R"(task t "T" { lead: a; due: Q1 2026 }
amendment d2 "2" { for: t; status: decided; on: 2026-06-20; due: Q3 2026 instead of Q2 2026; reason: "x"; decided by: u.head }
amendment d1 "1" { for: t; status: decided; on: 2026-03-20; due: Q2 2026 instead of Q1 2026; reason: "x"; decided by: u.head }
amendment d3 "3" { for: t; status: proposed; on: 2026-03-01; due: year 2026 instead of Q1 2026; reason: "x"; decided by: u.head }
moved t { on: 2026-09-01; due: 2026-10-15 instead of Q3 2026; reason: "x"; decided by: u.head }
)";
  EXPECT_EQ(At(text, "2026-03-19"), "due_later 2026-03-31");
  EXPECT_EQ(At(text, "2026-03-20"), "due_later 2026-06-30 (1)");
  EXPECT_EQ(At(text, "2026-06-20"), "due_later 2026-09-30 (2)");
  EXPECT_EQ(At(text, "2026-10-16"), "late 2026-10-15 +1 (3)");
}

TEST_F(ProgressOfPlan, MovingADueAfterwardsCuresNothing) {
  const std::string text = R"(task t "T" { lead: a; due: Q1 2026 }
done t { on: 2026-04-03 }
moved t { on: 2026-04-10; due: Q2 2026; reason: "x"; decided by: u.head }
)";
  EXPECT_EQ(At(text, "2026-05-01"), "done_late 2026-03-31 +3");
}

TEST_F(ProgressOfPlan, WhatWaitsGetsItsDay) {
  const std::string task = "task t \"T\" { lead: a; due: within 10 days after e }\n";
  EXPECT_EQ(At(task, "2026-12-31"), "waiting");
  const std::string happened = task + "happened e { on: 2026-02-10 }\n";
  EXPECT_EQ(At(happened, "2026-02-09"), "waiting");
  EXPECT_EQ(At(happened, "2026-02-10"), "due_later 2026-02-20");
  EXPECT_EQ(At("task t0 \"T0\" { lead: a; due: Q1 2026 }\ntask t \"T\" { lead: a; due: within 5 days after t0 }\ndone t0 { on: 2026-03-02 }\n",
               "2026-03-11"),
            "late 2026-03-09 +2") << "07/03 is a Saturday: the limit ends on Monday";
}

TEST_F(ProgressOfPlan, EachMemberOfAGroup) {
  const std::string text = "task t \"T\" { lead: each g; due: Q1 2026 }\ndone t { on: 2026-03-02; party: b }\n";
  EXPECT_EQ(At(text, "2026-03-15"), "a due_later 2026-03-31; b done_on_time 2026-03-31");
  EXPECT_EQ(At("task t \"T\" { lead: g; due: Q1 2026 }\n", "2026-03-15"), "due_later 2026-03-31");
}

TEST_F(ProgressOfPlan, StepsAndTheirTask) {
  const std::string text = R"(task t "T" { lead: a; due: as below
  milestone m1 "M1" { due: 2026-02-27 }
  milestone m2 "M2" { due: 2026-05-29 }
}
done t.m1 { on: 2026-02-26 }
)";
  EXPECT_EQ(At(text, "2026-03-15", "m1"), "done_on_time 2026-02-27");
  EXPECT_EQ(At(text, "2026-03-15", "m2"), "due_later 2026-05-29");
  EXPECT_EQ(At(text, "2026-03-15"), "due_later 2026-05-29");
  EXPECT_EQ(At(text, "2026-06-01"), "late 2026-05-29 +3");
}

TEST_F(ProgressOfPlan, OnlyLeaves) {
  EXPECT_EQ(At("task t \"T\" { lead: a\n  task s \"S\" { due: Q1 2026 }\n}\n", "2026-03-15"), "");
  EXPECT_EQ(At("task t \"T\" { lead: a; due: ongoing }\n", "2026-03-15"), "ongoing");
  EXPECT_EQ(At("task t \"T\" { lead: a }\n", "2026-03-15"), "undated");
  EXPECT_EQ(At("task t \"T\" { lead: a; due: \"sớm\" }\n", "2026-03-15"), "undated");
}

TEST_F(ProgressOfPlan, OccurrencesUpToTheDayAndTheNext) {
  const std::string text = "task t \"T\" { lead: a; due: every quarter }\ndone t { on: 2026-04-02; period: Q1 2026 }\n";
  EXPECT_EQ(At(text, "2026-03-15"), "due_later 2026-03-31");
  EXPECT_EQ(At(text, "2026-04-15"), "done_late 2026-03-31 +2; due_later 2026-06-30");
  EXPECT_EQ(At(text, "2026-07-05"), "done_late 2026-03-31 +2; late 2026-06-30 +5; due_later 2026-09-30");
  const std::string evidence = "task t \"T\" { lead: a; due: ongoing, evidence every quarter }\n"
                               "moved t { on: 2026-03-20; period: Q1 2026; due: 2026-04-10; reason: \"x\"; decided by: u.head }\n";
  EXPECT_EQ(At(evidence, "2026-04-12"), "late 2026-04-10 +2 (1); due_later 2026-06-30");
}

}  // namespace
}  // namespace ordo::testing

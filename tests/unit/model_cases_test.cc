// General cases and their exceptions: of rules, of definitions, nested, from outside, and what happens when two of them clash.
#include "support/run_plan.h"

namespace ordo::testing {
namespace {

using Names = std::vector<std::string>;

// Seven lines; what follows begins on line 8.
const std::string kPlan = R"(ordo 1 en
plan k "Kế hoạch" { number: "1/KH-UBND"; issued by: u; issue date: 2026-01-05; period: year 2026 }
unit u "UBND phường" { head: "Chủ tịch" }
unit a "Phòng A" { part of: u; head: "Trưởng phòng A" }
task x "Khẩn: việc X" { lead: a; support: u; due: 2026-03-31; cost: 2 million VND }
task y "Việc Y" { lead: a, u; due: 2026-06-30; after: x }
task z "Khẩn: việc Z" { lead: u; due: 2026-09-30; after: y }
)";
const std::string kRule = R"(rule XP01 "Long" {
  severity: warning
  for each task t
  let last = t.due.last day
  where last is stated and last > 2026-01-31
  at: t.due
  en: "{t} until {last}"
)";

TEST(Cases, AnExceptionTakesFromItsRule) {
  const PlanRun run(kPlan + kRule + "  exception urgent \"Urgent work\" { where begins with(t.title, \"Khẩn\") }\n}\n");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("XP01"), Names{"y: 2 until 2026-06-30"});
}

TEST(Cases, OrGivesItAnotherSeverity) {
  const PlanRun run(kPlan + kRule +
                    "  exception urgent \"Urgent work\" { severity: error; where begins with(t.title, \"Khẩn\") }\n}\n");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_NE(run.Found().find("5 XP01"), std::string::npos) << run.Found();
  EXPECT_NE(run.Found().find("7 XP01"), std::string::npos) << run.Found();
  EXPECT_EQ(run.Found().find("6 XP01"), std::string::npos) << run.Found();
  EXPECT_EQ(run.Of("XP01").size(), 3u) << "and the general case is a warning still";
}

TEST(Cases, AnInnerExceptionGoesBefore) {
  const PlanRun run(kPlan + kRule + R"(  exception urgent "Urgent work" {
    where begins with(t.title, "Khẩn")
    exception late "But not late in the year" { severity: information; where last > 2026-07-01 }
  }
}
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("XP01"), (Names{"y: 2 until 2026-06-30", "z: 3 until 2026-09-30"}));
  EXPECT_EQ(run.Of("RUL69"), Names{}) << "inside the other is no clash";
}

TEST(Cases, ClashesAreToldNotChosen) {
  const PlanRun run(kPlan + kRule + R"(  exception urgent "Urgent work" { where begins with(t.title, "Khẩn") }
  exception late "Late in the year" { severity: error; where last > 2026-07-01 }
}
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("RUL69"), Names{"z: exceptions urgent and late of «XP01» hold at once for 3 and say different things"});
  const PlanRun agreeing(kPlan + kRule + R"(  exception urgent "Urgent work" { where begins with(t.title, "Khẩn") }
  exception late "Late in the year" { where last > 2026-07-01 }
}
)");
  EXPECT_EQ(agreeing.Of("RUL69"), Names{}) << "both say the same";
}

TEST(Cases, APlanMakesExceptionsOfTheLibrary) {
  const std::string plan = kPlan + "task w \"Việc W\" { lead: a; support: a; due: 2026-09-30 }\n";
  EXPECT_EQ(PlanRun(plan).Of("OWN07").size(), 1u);
  const PlanRun run(plan + "exception OWN07.w \"Agreed with the office\" { where t = w }\n");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("OWN07"), Names{});
  BuildOptions only;
  only.only = {"OWN07"};
  EXPECT_EQ(PlanRun(plan + "exception OWN07.w \"Agreed\" { where t = x }\n", only).Of("OWN07").size(), 1u);
}

TEST(Cases, AnExceptionMayLookFurther) {
  const PlanRun run(kPlan + kRule + R"(  exception awaited "Somebody waits for it" {
    for each task later with t among later.after
    where later.lead is stated
  }
}
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("XP01"), Names{"z: 3 until 2026-09-30"});
}

TEST(Cases, SlipsAreToldWithTheirLine) {
  const auto found = [](const std::string& inside) { return PlanRun(kPlan + kRule + inside + "}\n").Found(); };
  EXPECT_EQ(found("  exception urgent { where t = x }\n"), "15 RUL16") << "every exception has its reason";
  EXPECT_EQ(found("  exception e \"E\" { where nope = 1 }\n"), "15 RUL01");
  EXPECT_EQ(found("  exception e \"E\" { severity: dreadful; where t = x }\n  exception f \"F\" { where t = y }\n"), "15 TYP06") << "once";
  EXPECT_EQ(found("  exception e \"E\" { equals: 3 }\n"), "15 SYN06");
  EXPECT_EQ(found("  exception e \"E\" { where t = x }\n  exception e \"F\" { where t = y }\n"), "16 NAM01");
  EXPECT_EQ(PlanRun(kPlan + "exception XX99.e \"E\" { where t = x }\n").Found(), "8 RUL63");
  EXPECT_EQ(PlanRun(kPlan + "exception OWN07 \"E\" { where t = x }\n").Found(), "8 RUL63");
}

const std::string kDefinition = R"(definition allowed(task t) "Days that a task may take" {
  equals: 100 days
  exception urgent "Urgent work" {
    where begins with(t.title, "Khẩn")
    equals: 30 days
    exception dear "Urgent and dear" { where t.cost is stated and t.cost > 1 million VND; equals: 90 days }
  }
}
rule XP02 "Too long" {
  severity: warning
  for each task t
  let last = t.due.last day
  where last is stated and plan.issue date is stated
  let days_long = days from plan.issue date to last
  let days_allowed = allowed(t)
  where days_long > days_allowed
  at: t.due
  en: "{t} takes {days_long}, allowed are {days_allowed}"
}
)";

TEST(Cases, ADefinitionGivesTheValueOfItsCase) {
  const PlanRun run(kPlan + kDefinition);
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("XP02"), (Names{"y: 2 takes 176 days, allowed are 100 days", "z: 3 takes 268 days, allowed are 30 days"}))
      << "x: 85 days of 90";
  EXPECT_EQ(run.Of("RUL69"), Names{});
  const PlanRun outside(kPlan + kDefinition + "exception allowed.w \"Agreed\" { where t = y; equals: 200 days }\n");
  ASSERT_TRUE(outside.sound()) << outside.Rendered();
  EXPECT_EQ(outside.Of("XP02").size(), 1u);
}

TEST(Cases, DefinitionsClash) {
  const PlanRun run(kPlan + kDefinition + "exception allowed.agreed \"Agreed\" { where t = z; equals: 200 days }\n");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("RUL69"), Names{"z: exceptions urgent and agreed of «allowed» hold at once for 3 and say different things"});
}

TEST(Cases, APartialDefinitionIsGuarded) {
  const std::string definition = "definition f(task t) \"F\" { where t.cost is stated; equals: t.cost }\n";
  const auto rule = [](const std::string& lines) {
    return "rule XP03 \"X\" {\n  severity: warning\n  for each task t\n" + lines + "  at: t\n  en: \"{t}\"\n}\n";
  };
  EXPECT_EQ(PlanRun(kPlan + definition + rule("  where f(t) > 1 million VND\n")).Found(), "12 RUL03");
  const PlanRun run(kPlan + definition + rule("  where f(t) is stated and f(t) > 1 million VND\n"));
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("XP03"), Names{"x: 1"});
}

TEST(Cases, DefinitionsOfDefinitions) {
  const PlanRun run(kPlan + R"(definition twice(task t) "Twice" { equals: once(t) * 2 }
definition once(task t) "Once" { equals: count(w among t.lead) }
rule XP03 "X" {
  severity: warning
  for each task t
  let n = twice(t)
  where n > 2
  at: t
  en: "{n}"
}
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("XP03"), Names{"y: 4"});
  const PlanRun ring(kPlan + "definition f(task t) \"F\" { equals: g(t) }\ndefinition g(task t) \"G\" { equals: f(t) + 1 }\n");
  EXPECT_EQ(ring.Found(), "9 RUL65") << ring.Rendered();
  EXPECT_NE(ring.Rendered().find("f → g → f"), std::string::npos) << ring.Rendered();
}

TEST(Cases, AreBounded) {
  std::string many = kPlan + kRule;
  for (int i = 0; i < 1000; ++i) many += "  exception e" + std::to_string(i) + " \"E\" { where t = x }\n";
  const PlanRun run(many + "}\n");
  EXPECT_NE(run.Found().find("RUL68"), std::string::npos);
  std::string deep = kPlan + kRule, ends;
  for (int i = 0; i < 90; ++i) {
    deep += " exception e" + std::to_string(i) + " \"E\" { where t = x\n";
    ends += "}";
  }
  EXPECT_TRUE(PlanRun(deep + ends + "}\n").sound());
}

TEST(Cases, DefinitionSlips) {
  EXPECT_EQ(PlanRun(kPlan + "definition f(task t) \"F\" { }\n").Found(), "8 RUL10");
  EXPECT_EQ(PlanRun(kPlan + "definition f \"F\" { equals: 1 }\n").Found(), "8 RUL10");
  EXPECT_EQ(PlanRun(kPlan + "definition f(number n) \"F\" { equals: n }\n").Found(), "8 RUL64");
  EXPECT_EQ(PlanRun(kPlan + "definition f(task t) \"F\" { equals: t.title }\n").Found(), "8 TYP04") << "only what has an order";
  EXPECT_EQ(PlanRun(kPlan + "definition f(task t) \"F\" {\n  equals: 1\n  exception e \"E\" { where t = x; equals: 2 days }\n}\n").Found(),
            "10 RUL04");
  EXPECT_EQ(PlanRun(kPlan + "definition f(task t) \"F\" { equals: 1 }\ndefinition f(task t) \"F\" { equals: 1 }\n").Found(), "9 NAM01");
}

}  // namespace
}  // namespace ordo::testing

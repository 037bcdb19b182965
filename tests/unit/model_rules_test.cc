// Rules that an analyst gets wrong: each slip is told with its code at its line, one finding a line, and a sound rule beside it
// still compiles. Then what expressions mean, told by what a rule finds.
#include "support/run_plan.h"

namespace ordo::testing {
namespace {

// Seven lines; what follows begins on line 8.
const std::string kPlan = R"(ordo 1 en
plan k "Kế hoạch" { number: "1/KH-UBND"; issued by: u; issue date: 2026-01-05; period: year 2026 }
unit u "UBND phường" { head: "Chủ tịch" }
unit a "Phòng A" { part of: u; head: "Trưởng phòng A" }
task x "Việc X" { lead: a; support: u; due: 2026-03-31; cost: 2 million VND }
task y "Việc Y" { lead: a, u; due: Q2 2026; after: x }
task z "Việc Z" { due: "sớm" }
)";

// A rule over tasks: body lines, then the rest. The first body line is line 10.
std::string Rule(const std::string& body, const std::string& tail = "  at: t\n  en: \"{t}\"\n") {
  return kPlan + "rule XP01 \"X\" {\n  severity: warning\n" + body + tail + "}\n";
}
std::string Found(const std::string& body) { return PlanRun(Rule("  for each task t\n" + body)).Found(); }

TEST(Rules, SlipsAreToldWithTheirLine) {
  EXPECT_EQ(Found("  where q = 1\n"), "11 RUL01");
  EXPECT_EQ(Found("  where t.head is stated\n"), "11 RUL02");
  EXPECT_EQ(Found("  where t.due.last day < 2026-03-01\n"), "11 RUL03");
  EXPECT_EQ(Found("  where t.title is stated and t.title = 3\n"), "11 RUL04");
  EXPECT_EQ(Found("  where t.lead = a\n"), "11 RUL05");
  EXPECT_EQ(Found("  where a among t.title\n"), "11 RUL06");
  EXPECT_EQ(Found("  where t.title\n"), "11 RUL07");
  EXPECT_EQ(Found("  let t = 1\n"), "11 RUL11");
  EXPECT_EQ(Found("  for each task t\n"), "11 RUL11");
  EXPECT_EQ(Found("  where length(t.title, t.title) > 1\n"), "11 RUL13");
  EXPECT_EQ(Found("  where 1 + 2\n"), "11 RUL07");
  EXPECT_EQ(Found("  where count(unit w with w among t.lead)\n"), "11 RUL07");
  EXPECT_EQ(Found("  where q = 1\n  where r = 2\n"), "11 RUL01, 12 RUL01") << "each line is told";
  EXPECT_EQ(Found("  where t.due.class = someday\n") != "", true);
  EXPECT_EQ(PlanRun(Rule("  for each task t\n", "  at: t\n  en: \"{t} {w}\"\n")).Found(), "12 RUL08");
  EXPECT_EQ(PlanRun(Rule("  for each task t\n", "  at: 3\n  en: \"{t}\"\n")).Found(), "11 RUL09");
  EXPECT_EQ(PlanRun(Rule("  for each task t\n", "  en: \"{t}\"\n")).Found(), "8 RUL10");
  EXPECT_EQ(PlanRun(Rule("  for each task t\n", "  at: t\n")).Found(), "8 RUL10");
  EXPECT_EQ(PlanRun(Rule("  for each task t\n", "  at: t\n  en: \"{t}\"\n  en: \"{t}!\"\n")).Found(), "13 NAM05");
  EXPECT_EQ(PlanRun(kPlan + "relation r(task s) {\n  holds if not r(s)\n}\n").Found(), "9 RUL12");  // nothing asks for it
  const std::string ring =
      "relation r(task s) {\n  holds if s.lead is stated and not q(s)\n}\nrelation q(task s) {\n  holds if count(task w with "
      "r(w)) > 1\n}\n";
  const PlanRun rings(kPlan + ring +
                      "rule XP01 \"X\" {\n  severity: error\n  for each task t\n  where r(t)\n  at: t\n  en: \"{t}\"\n}\n");
  EXPECT_NE(rings.Found().find("RUL12"), std::string::npos) << rings.Found();
}

TEST(Rules, ASoundRuleBesideABrokenOneIsStillRead) {
  const PlanRun run(
      Rule("  for each task t\n  where q = 1\n") +
      "rule XP02 \"Y\" {\n  severity: warning\n  for each task t\n  where t.nope is stated\n  at: t\n  en: \"{t}\"\n}\n");
  EXPECT_EQ(run.Found(), "11 RUL01, 18 RUL02");
}

std::vector<std::string> Subjects(const std::string& body, const std::string& tail = "  at: t\n  en: \"{t}\"\n") {
  const PlanRun run(Rule("  for each task t\n" + body, tail));
  EXPECT_TRUE(run.sound()) << run.Rendered();
  std::vector<std::string> out;
  for (const std::string& one : run.Of("XP01")) out.push_back(one.substr(0, one.find(':')));
  return out;
}
using Names = std::vector<std::string>;

TEST(Rules, ExpressionsMeanWhatTheySay) {
  EXPECT_EQ(Subjects("  where a among t.lead\n"), (Names{"x", "y"}));
  EXPECT_EQ(Subjects("  where a not among t.lead\n"), Names{"z"});
  EXPECT_EQ(Subjects("  where t.lead is not stated\n"), Names{"z"});
  EXPECT_EQ(Subjects("  where count(w among t.lead) > 1\n"), Names{"y"});
  EXPECT_EQ(Subjects("  where t.due is stated and t.due.last day is stated and t.due.last day <= 2026-03-31\n"), Names{"x"});
  EXPECT_EQ(Subjects("  where t.due is stated and t.due.last day is stated and not (t.due.last day <= 2026-03-31)\n"),
            Names{"y"});
  EXPECT_EQ(Subjects("  where t.cost is stated and t.cost >= 2 million VND\n"), Names{"x"});
  EXPECT_EQ(Subjects("  where t.cost is stated and t.cost > 2 million VND\n"), Names{});
  EXPECT_EQ(Subjects("  where t.cost is stated and t.cost * 3 = 6000000 VND\n",
                     "  at: t\n  en: \"{t}\"\n}\ntask w \"Việc W\" {\n  cost: 2000000\n"),
            (Names{"x", "w"}))
      << "a bare number of money is in dong";
  EXPECT_EQ(Subjects("  where x among t.after\n"), Names{"y"});
  EXPECT_EQ(Subjects("  where some(task o with t among o.after)\n"), Names{"x"});
  EXPECT_EQ(Subjects("  where no(task o with t among o.after)\n"), (Names{"y", "z"}));
  EXPECT_EQ(Subjects("  where t.due is stated and t.due.class = timeless\n"), Names{"z"});
  EXPECT_EQ(Subjects("  let n = count(w among t.lead)\n  where n * 2 + 1 = 3 or n = 2\n"), (Names{"x", "y"}));
  EXPECT_EQ(Subjects("  where 2 + 3 * 2 = 8 and t = x\n"), Names{"x"}) << "the product binds more closely";
  EXPECT_EQ(Subjects("  where t = x or t = y and t = z\n"), Names{"x"}) << "and binds more closely than or";
  // Absent is neither true nor false.
  EXPECT_EQ(Subjects("  where t.cost is stated and t.cost < 1 million VND or t.cost is not stated\n"), (Names{"y", "z"}));
}

TEST(Rules, FindingsStandAtTheirFieldAndFold) {
  const PlanRun run(Rule("  for each task t\n  for each w among t.lead\n", "  at: t.lead; see: w\n  en: \"{w} lead {t}\"\n"));
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("XP01"), (Names{"x: Phòng A lead 1", "y: UBND phường and Phòng A lead 2"}));
  EXPECT_NE(run.Found(Severity::kWarning).find("5 XP01"), std::string::npos);
  EXPECT_NE(run.Found(Severity::kWarning).find("6 XP01"), std::string::npos) << run.Found(Severity::kWarning);
}

}  // namespace
}  // namespace ordo::testing

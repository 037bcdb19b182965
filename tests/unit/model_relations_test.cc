// Relations with values, asked in part, and what they may not rest on; rankings, groups and distinct values; functions.
#include "support/run_plan.h"

namespace ordo::testing {
namespace {

using Names = std::vector<std::string>;

// Eight lines; what follows begins on line 9.
const std::string kPlan = R"(ordo 1 en
plan k "Kế hoạch" { number: "1/KH-UBND"; issued by: u; issue date: 2026-01-05; period: year 2026 }
unit u "UBND phường" { head: "Chủ tịch" }
unit a "Phòng Văn hóa - Xã hội" { part of: u; head: "Trưởng phòng A" }
unit b "Phòng B" { part of: u }
task x "Việc X" { lead: a; support: u, b; due: 2026-03-31; cost: 2 million VND }
task y "Việc Y" { lead: a, u; support: b; due: 2026-05-15; after: x }
task z "Việc Z" { lead: b; due: 2026-05-20; after: y }
)";
std::string Rule(const std::string& lines, const std::string& tail = "  at: t\n  en: \"{t}\"\n") {
  return "rule XP01 \"X\" {\n  severity: warning\n" + lines + tail + "}\n";
}
Names Found(const std::string& lines, const std::string& tail = "  at: t\n  en: \"{t}\"\n", const std::string& before = "") {
  const PlanRun run(kPlan + before + Rule(lines, tail));
  EXPECT_TRUE(run.sound()) << run.Rendered();
  Names out;
  if (!run.sound()) return out;
  for (const std::string& one : run.Of("XP01")) out.push_back(tail.find("{n}") == std::string::npos ? one.substr(0, one.find(':')) : one);
  return out;
}

TEST(Relations, HoldValues) {
  const std::string load = "relation load(unit w, number n) {\n  holds if n = count(task t with w among t.lead)\n}\n";
  EXPECT_EQ(Found("  for each unit w\n  for each n among load(w)\n", "  at: w\n  en: \"{n}\"\n", load), (Names{"u: 1", "a: 2", "b: 1"}));
  EXPECT_EQ(Found("  for each unit w\n  where load(w, 2)\n", "  at: w\n  en: \"{w}\"\n", load), Names{"a"});
  const std::string months = "relation busy(unit w, number n) {\n  holds if some(task t with w among t.lead and t.due is stated and t.due.last day is "
                             "stated and n = month of(t.due.last day))\n}\n";
  EXPECT_EQ(Found("  for each unit w\n  for each n among busy(w)\n", "  at: w\n  en: \"{n}\"\n", months), (Names{"u: 5", "a: 3 and 5", "b: 5"}));
}

TEST(Relations, AreAskedInPart) {
  const std::string waits = "relation waits(task t, task s) {\n  holds if s among t.after\n  holds if some(m among t.after with waits(m, s))\n}\n";
  EXPECT_EQ(Found("  for each task t\n  for each s among waits(t)\n  where s = x\n", "  at: t\n  en: \"{t}\"\n", waits), (Names{"y", "z"}));
  EXPECT_EQ(Found("  for each task t\n  where count(s among waits(t)) = 2\n", "  at: t\n  en: \"{t}\"\n", waits), Names{"z"});
  const PlanRun wrong(kPlan + waits + Rule("  for each task t\n  where waits()\n"));
  EXPECT_EQ(wrong.Found(), "16 RUL13");
}

TEST(Relations, RingsAreShown) {
  const PlanRun ring(kPlan + "relation r(task s) {\n  holds if s.lead is stated and not q(s)\n}\nrelation p(task s) {\n  holds if r(s)\n}\n"
                             "relation q(task s) {\n  holds if p(s)\n}\n");
  EXPECT_EQ(ring.Found(), "10 RUL12");
  EXPECT_NE(ring.Rendered().find("r → ¬ q → p → r"), std::string::npos) << ring.Rendered();
  EXPECT_NE(ring.Rendered().find("q → p"), std::string::npos) << "each step has its line\n" << ring.Rendered();
}

TEST(Relations, ThatNeverEndAreRefused) {
  const PlanRun run(kPlan + "relation deep(task t, number n) {\n  holds if n = count(s among t.after)\n  holds if some(m among deep(t) with n = m + 1)\n}\n");
  EXPECT_EQ(run.Found(), "11 RUL62") << run.Rendered();
  const PlanRun passes(kPlan + "relation root(task t, number n) {\n  holds if n = t.ordinal and t.ordinal is stated\n"
                               "  holds if some(s among t.after with n among root(s))\n}\n");
  EXPECT_NE(passes.Found(), "11 RUL62") << "passing a value on is fine";
  EXPECT_EQ(PlanRun(kPlan + "relation f(task t, number n) {\n  holds if t.lead is stated\n}\n").Found(), "10 RUL61");
}

TEST(Rankings, KeepEqualValuesTogether) {
  const std::string led = "  for each unit w\n  let n = count(task t with w among t.lead)\n";
  const std::string at = "  at: w\n  en: \"{n}\"\n";
  EXPECT_EQ(Found(led + "  top 1 by n\n", at), Names{"a: 2"});
  EXPECT_EQ(Found(led + "  top 2 by n\n", at), (Names{"u: 1", "a: 2", "b: 1"}));
  EXPECT_EQ(Found(led + "  bottom 1 by n\n", at), (Names{"u: 1", "b: 1"}));
  EXPECT_EQ(Found("  for each task t\n  where t.due is stated and t.due.last day is stated\n  top 1 by t.due.last day\n"), Names{"z"});
  EXPECT_EQ(Found("  parameter most = 1, from 1 to 5\n" + led + "  top most by n\n", at), Names{"a: 2"});
  EXPECT_EQ(PlanRun(kPlan + Rule(led + "  top 0 by n\n", at)).Found(), "13 RUL67");
  EXPECT_EQ(PlanRun(kPlan + Rule(led + "  top 1 by w\n", at)).Found(), "13 TYP04");
}

TEST(Rankings, CountInGroups) {
  const std::string body = "  for each task t\n  for each w among t.lead\n  let last = t.due.last day\n  where last is stated\n  top 1 by last for each w\n";
  const PlanRun run(kPlan + Rule(body, "  at: w\n  en: \"{t}\"\n"));
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("XP01"), (Names{"u: 2", "a: 2", "b: 3"})) << "the last task of each unit";
}

TEST(Groups, DistinctValues) {
  const std::string tail = "  at: p\n  en: \"{n}\"\n";
  EXPECT_EQ(Found("  for each plan p\n  let n = count(distinct month of(t.due.last day) for each task t with t.due is stated and t.due.last day is "
                  "stated)\n  where n > 0\n",
                  tail),
            Names{"k: 2"});
  EXPECT_EQ(Found("  for each plan p\n  for each n among values of(month of(t.due.last day) for each task t with t.due is stated and t.due.last day "
                  "is stated)\n",
                  tail),
            Names{"k: 3 and 5"});
  EXPECT_EQ(Found("  for each plan p\n  let months_used = values of(month of(t.due.last day) for each task t with t.due is stated and t.due.last day is "
                  "stated)\n  let n = size of(months_used)\n  where 5 among months_used and 4 not among months_used\n",
                  tail),
            Names{"k: 2"});
  EXPECT_EQ(PlanRun(kPlan + Rule("  for each plan p\n  where count(month of(t.due.last day) for each task t) > 1\n", "  at: p\n  en: \"{p}\"\n")).Found(),
            "12 RUL66");
  EXPECT_EQ(PlanRun(kPlan + Rule("  for each plan p\n  where sum(distinct 1 for each task t) > 1\n", "  at: p\n  en: \"{p}\"\n")).Found(), "12 RUL66");
}

TEST(Parameters, AreNumbersDatesAndTexts) {
  const std::string head = "  parameter day = 2026-05-18, from 2026-01-01 to 2026-12-31\n  parameter word = \"việc\"\n  for each task t\n"
                           "  where begins with(t.title, word) and t.due is stated and t.due.last day is stated and t.due.last day > day\n";
  EXPECT_EQ(Found(head), Names{"z"});
  const std::string tail = "  at: t\n  en: \"{t} {day} {word}\"\n";
  EXPECT_EQ(PlanRun(kPlan + Rule(head, tail) + "profile p \"P\" { XP01: warning, day = 2026-05-01 }\n").Of("XP01").size(), 2u);
  EXPECT_EQ(PlanRun(kPlan + Rule(head, tail) + "profile p \"P\" { XP01: warning, day = 2027-05-01 }\n").Found(), "18 RUL15");
  EXPECT_EQ(PlanRun(kPlan + Rule(head, tail) + "profile p \"P\" { XP01: warning, word = 3 }\n").Found(), "18 RUL04");
  EXPECT_EQ(PlanRun(kPlan + Rule(head, tail) + "profile p \"P\" { XP01: warning, word = \"x\" }\n").Of("XP01").size(), 0u);
  EXPECT_EQ(PlanRun(kPlan + Rule("  parameter n = 7, from 1 to 5\n  for each task t\n")).Found(), "11 RUL15");
}

TEST(Functions, OfSets) {
  EXPECT_EQ(Found("  for each task t\n  where is part of(t.lead, t.support)\n"), Names{});
  EXPECT_EQ(Found("  for each task t, task s\n  where t = x and s = y and is part of(s.support, t.support)\n"), Names{"x"});
  EXPECT_EQ(Found("  for each task t, task s\n  where s = x and t != x and have in common(t.support, s.support)\n"), Names{"y"});
  EXPECT_EQ(Found("  for each task t, task s\n  where s != t and same members(t.lead, s.support)\n"), Names{"z"});
  EXPECT_EQ(Found("  for each task t\n  where size of(t.support) = 2\n"), Names{"x"});
}

TEST(Functions, OfDatesAndPeriods) {
  const auto holds = [](const std::string& condition) { return Found("  for each task t\n  where t = x and " + condition + "\n") == Names{"x"}; };
  EXPECT_TRUE(holds("date of(2026, 2, 28) + 1 days = 2026-03-01"));
  EXPECT_FALSE(holds("date of(2026, 2, 29) = 2026-03-01")) << "no such day: absent";
  EXPECT_TRUE(holds("2026-01-31 + 1 month = 2026-02-28"));
  EXPECT_TRUE(holds("2026-03-31 - 1 month = 2026-02-28"));
  EXPECT_TRUE(holds("first of quarter(2026-05-20) = 2026-04-01 and last of quarter(2026-05-20) = 2026-06-30"));
  EXPECT_TRUE(holds("first of month(2024-02-20) = 2024-02-01 and last of month(2024-02-20) = 2024-02-29"));
  EXPECT_TRUE(holds("first of year(2026-05-20) = 2026-01-01 and last of year(2026-05-20) = 2026-12-31"));
  EXPECT_TRUE(holds("day of(2026-05-20) = 20"));
  EXPECT_TRUE(holds("common days(2026-01-01, 2026-01-31, 2026-01-30, 2026-02-15) = 2 days"));
  EXPECT_TRUE(holds("common days(2026-01-01, 2026-01-31, 2026-02-01, 2026-02-15) = 0 days"));
  EXPECT_TRUE(holds("lesser of(2026-05-20, 2026-05-19) = 2026-05-19 and greater of(2, 3) = 3 and lesser of(3 days, 2 days) = 2 days"));
  EXPECT_TRUE(holds("share of(1, 3) = 33.33% and share of(2, 2) = 100%"));
}

TEST(Functions, OfTexts) {
  const auto holds = [](const std::string& condition) { return Found("  for each unit w\n  where w = a and " + condition + "\n", "  at: w\n  en: \"{w}\"\n") == Names{"a"}; };
  EXPECT_TRUE(holds("same name(w.title, \"phòng văn hoá – xã hội\")")) << "case, dash and old tone placement are no difference";
  EXPECT_FALSE(holds("same name(w.title, \"phong van hoa - xa hoi\")"));
  EXPECT_TRUE(holds("same letters(w.title, \"PHONG VAN HOA - XA HOI\")"));
  EXPECT_TRUE(holds("spelling distance(w.title, \"Phòng Văn hóa - Xã hộ\") = 1"));
  EXPECT_TRUE(holds("spelling distance(w.title, w.title) = 0"));
  EXPECT_TRUE(holds("ends with(w.title, \"xã hội\") and not ends with(w.title, \"văn hóa\")"));
  EXPECT_TRUE(holds("words in(w.title) = 5"));
}

}  // namespace
}  // namespace ordo::testing

// Profiles and waivers: what an authority may tune, what a plan may excuse, and that a slip in either is told and never ignored.
#include "support/run_plan.h"

namespace ordo::testing {
namespace {

// Eight lines; what follows begins on line 9. One unit leads everything, group «pb» leads task b.
const std::string kPlan = R"(ordo 1 en
plan k "Kế hoạch" { number: "1/KH-UBND"; issued by: u; issue date: 2026-01-05; period: year 2026; escalate to: u.head }
unit u "UBND phường" { tier: commune; head: "Chủ tịch" }
unit a "Phòng A" { part of: u; head: "Trưởng phòng A" }
group pb "Các phòng" { members: a, u }
task x "Việc X" { accountable: a.head; lead: a; product: "Danh mục"; due: 2026-03-31 }
task y "Việc Y" { accountable: a.head; lead: a; product: "Quy chế"; due: 2026-05-29 }
task z "Việc Z" { accountable: a.head; lead: pb; product: "Tin, bài"; due: 2026-06-30 }
)";

Severity SeverityOf(const PlanRun& run, std::string_view code) {
  for (const Finding& finding : run.findings()) {
    if (finding.code == code) return finding.severity;
  }
  ADD_FAILURE() << code << " not found in " << run.Found(Severity::kInformation);
  return Severity::kInformation;
}

TEST(Profile, SetsSeveritiesAndLimits) {
  const PlanRun plain(kPlan);
  ASSERT_TRUE(plain.sound()) << plain.Rendered();
  EXPECT_EQ(SeverityOf(plain, "OWN03"), Severity::kWarning);
  ASSERT_EQ(plain.Of("WRK01").size(), 1u);
  const PlanRun strict(kPlan + "profile p \"P\" {\n  OWN03: error\n  WRK01: information, limit = 50%\n}\n");
  ASSERT_TRUE(strict.sound()) << strict.Rendered();
  EXPECT_EQ(SeverityOf(strict, "OWN03"), Severity::kError);
  EXPECT_EQ(SeverityOf(strict, "WRK01"), Severity::kInformation);
  EXPECT_NE(strict.Of("WRK01").at(0).find("50%"), std::string::npos) << strict.Of("WRK01").at(0);
  const PlanRun off(kPlan + "profile p \"P\" { OWN03: off \"chưa áp dụng trong năm nay\" }\n");
  ASSERT_TRUE(off.sound()) << off.Rendered();
  EXPECT_TRUE(off.Of("OWN03").empty());
  EXPECT_FALSE(off.Of("WRK01").empty()) << "the others still run";
}

TEST(Profile, OfSeveralOneIsChosen) {
  const std::string two = kPlan + "profile p1 \"P1\" { OWN03: error }\nprofile p2 \"P2\" { OWN03: information }\n";
  BuildOptions options;
  options.profile = "p2";
  EXPECT_EQ(SeverityOf(PlanRun(two, options), "OWN03"), Severity::kInformation);
  options.profile = "p1";
  EXPECT_EQ(SeverityOf(PlanRun(two, options), "OWN03"), Severity::kError);
  const PlanRun none(two);
  EXPECT_EQ(SeverityOf(none, "OWN03"), Severity::kWarning) << "none is meant";
  EXPECT_EQ(none.Of("NAM13").size(), 1u) << "and that is told";
  options.profile = "p9";
  const PlanRun unknown(two, options);
  EXPECT_FALSE(unknown.sound());
  EXPECT_FALSE(unknown.Found().empty());
}

TEST(Profile, InheritsOverSeveralLevels) {
  const std::string levels = kPlan + R"(profile nation "N" { OWN03: error; WRK01: error, limit = 40%; SCH11: off "r" }
profile city "C" { inherits: "shared/nation"; WRK01: limit = 60%; OWN03: information }
profile ward "W" { inherits: "city"; OWN03: warning }
)";
  const PlanRun run(levels);
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_TRUE(run.Of("NAM13").empty()) << "the one from which no other inherits is meant";
  EXPECT_EQ(SeverityOf(run, "OWN03"), Severity::kWarning) << "its own line";
  EXPECT_EQ(SeverityOf(run, "WRK01"), Severity::kError) << "of the first, two levels up";
  EXPECT_NE(run.Of("WRK01").at(0).find("60%"), std::string::npos) << "of the second: " << run.Of("WRK01").at(0);
  BuildOptions options;
  options.profile = "city";
  EXPECT_EQ(SeverityOf(PlanRun(levels, options), "OWN03"), Severity::kInformation);
  options.profile = "nation";
  EXPECT_NE(PlanRun(levels, options).Of("WRK01").at(0).find("40%"), std::string::npos);
}

TEST(Profile, OfTheLibraryIsInheritedAlsoUnderItsOwnName) {
  const PlanRun run(kPlan + "profile ward \"W\" { inherits: \"stdlib:profiles/ward\"; OWN03: error }\n");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(SeverityOf(run, "OWN03"), Severity::kError);
}

TEST(Profile, IsReadOnceHoweverOftenItIsInherited) {
  // Both of what `d` inherits come from `a`; what `b` changes stays changed.
  const PlanRun run(kPlan + R"(profile a "A" { OWN03: error }
profile b "B" { inherits: "a"; OWN03: information }
profile c "C" { inherits: "a"; WRK01: error }
profile d "D" { inherits: "b", "c" }
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(SeverityOf(run, "OWN03"), Severity::kInformation);
  EXPECT_EQ(SeverityOf(run, "WRK01"), Severity::kError);
  // A slip in it is told once.
  EXPECT_EQ(PlanRun(kPlan + R"(profile a "A" { OWN03: off }
profile b "B" { inherits: "a" }
profile c "C" { inherits: "a" }
profile d "D" { inherits: "b", "c" }
)").Found(), "9 RUL16");
}

TEST(Profile, SwitchedOffAboveIsOnAgainBelow) {
  const std::string off = kPlan + "profile a \"A\" { OWN03: off \"chưa áp dụng\" }\n";
  EXPECT_TRUE(PlanRun(off).Of("OWN03").empty());
  EXPECT_TRUE(PlanRun(off + "profile b \"B\" { inherits: \"a\"; WRK01: error }\n").Of("OWN03").empty());
  EXPECT_EQ(SeverityOf(PlanRun(off + "profile b \"B\" { inherits: \"a\"; OWN03: error }\n"), "OWN03"), Severity::kError);
  // Off below needs a reason of its own.
  EXPECT_EQ(PlanRun(off + "profile b \"B\" { inherits: \"a\"; OWN03: off }\n").Found(), "10 RUL16");
}

TEST(Profile, RingsAreToldWithTheirNames) {
  const PlanRun ring(kPlan + "profile a \"A\" { inherits: \"b\" }\nprofile b \"B\" { inherits: \"c\" }\nprofile c \"C\" { inherits: \"a\" }\n");
  EXPECT_EQ(ring.Found(), "11 NAM20");
  EXPECT_EQ(ring.Of("NAM20"), std::vector<std::string>{": a → b → c → a"});
  BuildOptions options;
  options.profile = "b";
  EXPECT_EQ(PlanRun(kPlan + "profile a \"A\" { inherits: \"b\" }\nprofile b \"B\" { inherits: \"a\" }\n", options).Of("NAM20"),
            std::vector<std::string>{": b → a → b"});
  EXPECT_EQ(PlanRun(kPlan + "profile a \"A\" { inherits: \"a\" }\n").Found(), "9 NAM12") << "itself is nobody else";
  std::string chain = "profile p0 \"P\" {}\n";
  for (int i = 1; i < 60; ++i) chain += "profile p" + std::to_string(i) + " \"P\" { inherits: \"p" + std::to_string(i - 1) + "\" }\n";
  EXPECT_NE(PlanRun(kPlan + chain).Found().find("FIL09"), std::string::npos) << "more levels than anybody can follow";
}

TEST(Profile, TwoOfOneNameAreTold) {
  EXPECT_EQ(PlanRun(kPlan + "profile a \"A\" {}\nprofile a \"A\" {}\n").Found(), "10 NAM01");
}

TEST(Profile, SlipsAreTold) {
  const auto found = [](const std::string& line) { return PlanRun(kPlan + "profile p \"P\" {\n  " + line + "\n}\n").Found(); };
  EXPECT_EQ(found("OWN99: error"), "10 NAM10");
  EXPECT_EQ(found("WRK01: warning, limitt = 50%"), "10 RUL14");
  EXPECT_EQ(found("WRK01: warning, limit = 5%"), "10 RUL15");
  EXPECT_EQ(found("WRK01: warning, limit = 101%"), "10 RUL15");
  EXPECT_EQ(found("WRK01: warning, limit = 10%"), "") << "the bound itself is allowed";
  EXPECT_EQ(found("OWN03: off"), "10 RUL16");
  EXPECT_EQ(found("OWN03: off \"\""), "10 RUL16") << "an empty reason is none";
  EXPECT_NE(found("OWN03: severe"), "");
  EXPECT_NE(found("WRK01: warning, limit = \"nhiều\""), "");
  EXPECT_NE(found("WRK01: warning, limit = 50 days"), "") << "another measure";
  EXPECT_NE(found("OWN03: error\n  OWN03: warning"), "") << "stated twice";
}

TEST(Profile, AnUnknownCodeOnTheCommandLineIsTold) {
  BuildOptions options;
  options.only = {"OWN99"};
  EXPECT_NE(PlanRun(kPlan, options).Found(), "");
}

const Finding* FindOf(const std::vector<Finding>& all, std::string_view code, std::string_view subject) {
  for (const Finding& finding : all) {
    if (finding.code == code && finding.subject == subject) return &finding;
  }
  return nullptr;
}

TEST(Waiver, CoversItsPlaceUntilItsDay) {
  const PlanRun run(kPlan + "waiver OWN03 { for: z; reason: \"đã thống nhất\"; decided by: u.head; until: 2026-06-30 }\n");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  const auto covered = [&](std::optional<Date> as_of) {
    const auto all = run.findings(as_of);
    const Finding* finding = FindOf(all, "OWN03", "z");
    return finding && finding->waiver.has_value();
  };
  EXPECT_TRUE(covered(std::nullopt)) << "without a day all waivers hold";
  EXPECT_TRUE(covered(ParseIsoDate("2026-06-29")));
  EXPECT_TRUE(covered(ParseIsoDate("2026-06-30"))) << "its last day";
  EXPECT_FALSE(covered(ParseIsoDate("2026-07-01")));
  const Summary before = Summarise(run.findings(), 0), after = Summarise(run.findings(ParseIsoDate("2026-07-01")), 0);
  EXPECT_EQ(before.waived, 1u);
  EXPECT_EQ(after.waived, 0u);
  EXPECT_EQ(before.warning + 1, after.warning);
}

TEST(Waiver, CoversNothingElse) {
  const PlanRun run(kPlan +
                    "waiver OWN03 { for: x; reason: \"r\"; decided by: u.head; until: 2026-06-30 }\n"
                    "waiver WRK01 { for: z; reason: \"r\"; decided by: u.head; until: 2026-06-30 }\n");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  for (const Finding& finding : run.findings()) EXPECT_FALSE(finding.waiver) << finding.code << " " << finding.subject;
  // For the plan itself it covers everything in it.
  const PlanRun whole(kPlan + "waiver OWN03 { for: k; reason: \"r\"; decided by: u.head; until: 2026-06-30 }\n");
  const auto all = whole.findings();
  ASSERT_NE(FindOf(all, "OWN03", "z"), nullptr);
  EXPECT_TRUE(FindOf(all, "OWN03", "z")->waiver);
}

TEST(Waiver, SlipsAreTold) {
  const auto found = [](const std::string& text) { return PlanRun(kPlan + text + "\n").Found(); };
  EXPECT_EQ(found("waiver OWN03 { for: z; decided by: u.head; until: 2026-06-30 }"), "9 RUL17");
  EXPECT_EQ(found("waiver OWN03 { for: z; reason: \"r\"; until: 2026-06-30 }"), "9 RUL17");
  EXPECT_EQ(found("waiver OWN03 { for: z; reason: \"r\"; decided by: u.head }"), "9 RUL17");
  EXPECT_EQ(found("waiver OWN03 { for: z; reason: \"\"; decided by: u.head; until: 2026-06-30 }"), "9 RUL17");
  EXPECT_EQ(found("waiver OWN03 { reason: \"r\"; decided by: u.head; until: 2026-06-30 }"), "9 RUL17") << "covers nothing";
  EXPECT_EQ(found("waiver OWN99 { for: z; reason: \"r\"; decided by: u.head; until: 2026-06-30 }"), "9 NAM10");
  EXPECT_EQ(found("waiver OWN03 { for: zz; reason: \"r\"; decided by: u.head; until: 2026-06-30 }"), "9 NAM03");
  EXPECT_NE(found("waiver OWN03 { for: z; reason: \"r\"; decided by: u.head; until: 2026-06-31 }"), "")
      << "a day that does not exist";
}

TEST(Rules, OfThePlanRunBesideTheLibrary) {
  const PlanRun run(kPlan + R"(relation busy(unit w) {
  holds if count(task t with w among t.lead) > 2
}
rule XP01 "Busy" {
  severity: warning
  for each unit w
  where busy(w)
  at: w
  en: "{w} is busy"
}
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Of("XP01"), std::vector<std::string>{"a: Phòng A is busy"});
  EXPECT_EQ(PlanRun(kPlan + "rule OWN01 \"Again\" {\n  severity: error\n  for each task t\n  at: t\n  en: \"{t}\"\n}\n").Found(),
            "9 NAM01")
      << "a code of the library";
}

}  // namespace
}  // namespace ordo::testing

// `ordo test` over files with rules of their own: every form of expectation, failures with place, coverage of rules and conditions;
// `ordo health` over plans; the library's own tests leave no rule without one.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kRules = R"(ordo 1 en
relation leads_alone(unit u, task t) {
  holds if u among t.lead and no(unit v with v among t.lead and v != u)
}
rule MY01 "Alone" {
  severity: warning
  for each unit u, task t
  where leads_alone(u, t) and (t.due is not stated or t.product is not stated)
  at: t; see: u
  en: "{u} alone leads {t}"
}
)";

class RuleTests : public ::testing::Test {
 protected:
  Ran Test(const std::string& tests, std::vector<std::string> more = {}) {
    folder_.Write("rules.ordo", std::string(kRules) + tests);
    std::vector<std::string> arguments = {"test", "rules.ordo"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return folder_.Run(arguments);
  }
  // One test of MY01 with this expectation; the codes of its failures.
  std::string Failures(const std::string& expectation) {
    const Ran ran = Test("test MY01 \"one\" {\n  unit a \"A\"\n  unit b \"B\"\n  task t \"T\" { lead: a }\n  task s \"S\" { lead: b }\n  task r \"R\" { lead: a, b }\n  " +
                             expectation + "\n}\n", {"--format", "json"});
    const Json json = Json::parse(ran.out, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << ran.out << ran.err;
    if (json.is_discarded()) return "";
    EXPECT_EQ(json["schema"], "ordo/test/1");
    std::string codes;
    for (const Json& failure : json["findings"]) {
      codes += (codes.empty() ? "" : " ") + failure["code"].get<std::string>();
      if (failure["at"].is_object()) EXPECT_EQ(failure["at"]["line"], 18) << ran.out;
    }
    EXPECT_EQ(ran.status, codes.empty() ? 0 : 1);
    EXPECT_EQ(json["failed"], codes.empty() ? 0 : 1);
    return codes;
  }
  Folder folder_;
};

TEST_F(RuleTests, EveryFormOfExpectation) {
  EXPECT_EQ(Failures("expect MY01"), "");
  EXPECT_EQ(Failures("expect MY01 at t"), "");
  EXPECT_EQ(Failures("expect MY01 at r"), "TST01");
  EXPECT_EQ(Failures("expect no MY01 at r"), "");
  EXPECT_EQ(Failures("expect no MY01 at t"), "TST02");
  EXPECT_EQ(Failures("expect 2 MY01"), "");
  EXPECT_EQ(Failures("expect 3 MY01"), "TST03");
  EXPECT_EQ(Failures("expect 1 MY01 at s"), "");
  EXPECT_EQ(Failures("expect MY01 warning at t"), "");
  EXPECT_EQ(Failures("expect MY01 error at t"), "TST04");
  EXPECT_EQ(Failures("expect MY01 at s \"B alone\""), "");
  EXPECT_EQ(Failures("expect MY01 at s \"A alone\""), "TST05");
  EXPECT_EQ(Failures("expect leads_alone(a, t)"), "");
  EXPECT_EQ(Failures("expect leads_alone(a, s)"), "TST06");
  EXPECT_EQ(Failures("expect no leads_alone(a, r)"), "");
  EXPECT_EQ(Failures("expect no leads_alone(a, t)"), "TST07");
  EXPECT_EQ(Failures("expect leads_alone(a)"), "TST09");
  EXPECT_EQ(Failures("expect MY01 at nowhere"), "TST09");
}

TEST_F(RuleTests, ATestOfARelationRunsNoRule) {
  const Ran ran = Test("test leads_alone \"two\" {\n  unit a \"A\"\n  unit b \"B\"\n  task r \"R\" { lead: a, b }\n  expect no leads_alone(a, r)\n}\n");
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(ran.out, "1 passed, 0 failed\n");
}

TEST_F(RuleTests, FailuresInBothLanguagesAndNoProgressInPipes) {
  const std::string broken = "test MY01 \"one\" {\n  unit a \"A\"\n  task t \"T\" { lead: a }\n  expect no MY01\n}\ntest MY01 \"nothing\" {\n  unit a \"A\"\n}\n";
  const Ran english = Test(broken);
  EXPECT_EQ(english.status, 1);
  EXPECT_NE(english.out.find("MY01 was to stay silent: A alone leads"), std::string::npos) << english.out;
  EXPECT_NE(english.out.find("rules.ordo:15"), std::string::npos) << english.out;
  EXPECT_NE(english.out.find("TST08"), std::string::npos);
  EXPECT_TRUE(english.out.ends_with("0 passed, 2 failed\n")) << english.out;
  EXPECT_EQ(english.err, "");
  const Ran vietnamese = Test(broken, {"--lang", "vi"});
  EXPECT_NE(vietnamese.out.find("MY01 không được báo"), std::string::npos) << vietnamese.out;
  EXPECT_TRUE(vietnamese.out.ends_with("0 đạt, 2 không đạt\n"));
}

TEST_F(RuleTests, CoverageOfRulesAndConditions) {
  const std::string fires = "test MY01 \"no day\" {\n  unit a \"A\"\n  task t \"T\" { lead: a }\n  expect MY01 at t\n}\n";
  const auto gaps = [&](const std::string& tests) {
    const Ran ran = Test(tests, {"--coverage", "--format", "json"});
    const Json json = Json::parse(ran.out, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << ran.out << ran.err;
    std::multiset<std::string> codes;
    if (!json.is_discarded()) {
      for (const Json& gap : json["findings"]) codes.insert(gap["code"].get<std::string>());
    }
    return codes;
  };
  // Nothing shows the rule silent, no side of the `or` false, no unit that shares its lead.
  const auto one = gaps(fires);
  EXPECT_EQ(one.count("TST10"), 0u);
  EXPECT_EQ(one.count("TST11"), 1u);
  EXPECT_GE(one.count("TST13"), 3u);
  // A rule that nothing fires.
  EXPECT_EQ(gaps("test leads_alone \"x\" {\n  unit a \"A\"\n  task t \"T\" { lead: a }\n  expect leads_alone(a, t)\n}\n").count("TST10"), 1u);
  // Both sides of every condition.
  const auto all = gaps(fires + R"(test MY01 "all stated" {
  unit a "A"
  unit b "B"
  task t "T" { lead: a; due: 2026-03-31; product: "Một" }
  task s "S" { lead: a, b }
  expect no MY01
}
)");
  EXPECT_EQ(all.size(), 0u) << ::testing::PrintToString(all);
}

TEST_F(RuleTests, OnlySomeTests) {
  const std::string tests = "test MY01 \"a\" {\n  unit a \"A\"\n  task t \"T\" { lead: a }\n  expect MY01\n}\ntest OWN07 \"b\" {\n  unit a \"A\"\n  task t \"T\" { lead: a; support: a }\n  expect OWN07 at t.support\n}\n";
  EXPECT_EQ(Test(tests).out, "2 passed, 0 failed\n");
  EXPECT_EQ(Test(tests, {"--only", "MY01"}).out, "1 passed, 0 failed\n");
}

TEST(LibraryTests, NoRuleIsLeftWithoutATest) {
  const Folder folder;
  const Ran ran = folder.Run({"test", "--format", "json", "--coverage"});
  const Json json = Json::parse(ran.out, nullptr, false);
  ASSERT_FALSE(json.is_discarded()) << ran.err;
  EXPECT_EQ(json["failed"], 0);
  EXPECT_GT(json["passed"].get<size_t>(), 400u);
  EXPECT_EQ(json["coverage"]["fired"], json["coverage"]["rules"]);
  EXPECT_EQ(json["coverage"]["silent"], json["coverage"]["rules"]);
  EXPECT_EQ(ran.status, 0);
  for (const Json& gap : json["findings"]) {
    EXPECT_NE(gap["code"], "TST10") << gap.dump();
    EXPECT_NE(gap["code"], "TST11") << gap.dump();
  }
}

TEST(Health, SeesRulesThatAreIdleImpliedOrTheSame) {
  const Folder folder;
  std::string plan = "ordo 1 en\nplan p \"P\" { period: year 2026 }\nunit a \"A\"\nunit b \"B\"\n";
  for (int i = 0; i < 4; ++i) plan += "task t" + std::to_string(i) + " \"T\" { lead: a" + (i < 3 ? "; support: b" : "") + " }\n";
  const auto rule = [](const std::string& code, const std::string& names, const std::string& condition) {
    return "rule " + code + " \"R\" {\n  for each task " + names + "\n  where " + condition + "\n  at: " + names + "\n  en: \"{" + names + "}\"\n}\n";
  };
  plan += rule("MY01", "t", "t.lead is stated");
  plan += rule("MY02", "x", "x.lead is stated");
  plan += rule("MY03", "t", "t.support is stated");
  plan += rule("MY04", "t", "t.lead is not stated");
  folder.Write("plan.ordo", plan);
  const Ran ran = folder.Run({"health", "plan.ordo", "--format", "json", "--lang", "en", "--only", "MY01,MY02,MY03,MY04"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  const Json json = Json::parse(ran.out, nullptr, false);
  ASSERT_FALSE(json.is_discarded()) << ran.out << ran.err;
  EXPECT_EQ(json["schema"], "ordo/health/1");
  std::set<std::string> told;
  for (const Json& finding : json["findings"]) told.insert(finding["code"].get<std::string>() + " " + finding["message"].get<std::string>());
  EXPECT_TRUE(told.contains("HLT01 MY04 fires in none of these plans")) << ran.out;
  EXPECT_TRUE(told.contains("HLT02 all 3 findings of MY03 stand at places where MY01 fires too")) << ran.out;
  EXPECT_TRUE(told.contains("HLT03 MY01 and MY02 fire at the same 4 places")) << ran.out;
  EXPECT_TRUE(told.contains("HLT04 MY01 and MY02 have the same conditions")) << ran.out;
  uint64_t steps = 0;
  for (const Json& one : json["rules"]) steps += one["steps"].get<uint64_t>();
  EXPECT_EQ(steps, json["steps"].get<uint64_t>());
}

}  // namespace
}  // namespace ordo::testing

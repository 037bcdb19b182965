// Explanations as text and as JSON: depth, numbered cases, values, what was left out, places; the furthest misses are kept.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "runtime/report/explanation.h"
#include "runtime/report/why.h"

namespace ordo::report {
namespace {

using Kind = ExplanationStep::Kind;
using Json = nlohmann::json;

class ExplanationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    file_ = sources_.Add("plan.ordo", "one\ntwo\nthree\n");
    ExplanationStep& finding = explanation_.steps.emplace_back();
    finding.kind = Kind::kFinding;
    finding.text = "MY01 A rule";
    finding.rule = "MY01";
    finding.Add(Kind::kSubject, "at task 1", {file_, 4, 7});
    for (int i = 1; i <= 2; ++i) {
      ExplanationStep& one = finding.Add(Kind::kCase, "");
      one.values = {{"t", std::to_string(i)}};
      ExplanationStep& count = one.Add(Kind::kAggregate, "led = 18");
      count.total = 18;
      count.Add(Kind::kFact, "task 3", {file_, 8, 13});
      ExplanationStep& condition = one.Add(Kind::kCondition, "18 > 14,8");
      condition.holds = i == 1;
    }
    finding.total = 10;
  }
  SourceSet sources_;
  FileId file_ = 0;
  Explanation explanation_;
};

TEST_F(ExplanationTest, Text) {
  EXPECT_EQ(RenderExplanation(explanation_, sources_, Language::kEnglish),
            "MY01 A rule\n"
            "at task 1  [plan.ordo:2]\n"
            "\n"
            "1. t = 1\n"
            "  - led = 18\n"
            "    - task 3  [plan.ordo:3]\n"
            "    - … and 17 more\n"
            "  - 18 > 14,8\n"
            "\n"
            "2. t = 2\n"
            "  - led = 18\n"
            "    - task 3  [plan.ordo:3]\n"
            "    - … and 17 more\n"
            "  - 18 > 14,8\n"
            "\n"
            "7 more cases of the same kind\n");
}

TEST_F(ExplanationTest, JsonTree) {
  const Json json = Json::parse(RenderExplanationJson(explanation_, "why", "MY01", sources_));
  EXPECT_EQ(json["schema"], "ordo/why/1");
  EXPECT_EQ(json["asked"], "MY01");
  const Json& finding = json["steps"][0];
  EXPECT_EQ(finding["kind"], "finding");
  EXPECT_EQ(finding["rule"], "MY01");
  EXPECT_EQ(finding["total"], 10);
  EXPECT_EQ(finding["steps"][0]["at"]["line"], 2);
  EXPECT_EQ(finding["steps"][0]["at"]["end_column"], 4);
  const Json& one = finding["steps"][1];
  EXPECT_EQ(one["values"][0]["name"], "t");
  EXPECT_EQ(one["values"][0]["value"], "1");
  EXPECT_EQ(one["steps"][0]["kind"], "aggregate");
  EXPECT_EQ(one["steps"][0]["total"], 18);
  EXPECT_EQ(one["steps"][1]["holds"], true);
  EXPECT_EQ(finding["steps"][2]["steps"][1]["holds"], false);
  EXPECT_FALSE(one.contains("at")) << "what has no place says none";
}

TEST(NearMissesTest, KeepsTheFurthestAndCountsAll) {
  NearMisses misses(7, 2);
  const eval::Goal condition{0, 3, ir::kNone, {}, ir::kNone, {}, {}, {}};
  const auto frame = [](ir::Cell value) { return eval::Frame{0, {value}}; };
  misses.Failed(7, condition, 1, frame(1));
  misses.Failed(7, condition, 2, frame(2));
  misses.Failed(7, condition, 1, frame(3));
  misses.Failed(9, condition, 5, frame(4));   // of another body
  for (ir::Cell value = 5; value < 8; ++value) misses.Failed(7, condition, 2, frame(value));
  EXPECT_EQ(misses.passed(), 2u);
  EXPECT_EQ(misses.furthest_count(), 4u);
  EXPECT_EQ(misses.looked_at(), 6u);
  ASSERT_EQ(misses.furthest().size(), 2u);
  EXPECT_EQ(misses.furthest()[0].frame.cells[0], 2);
  EXPECT_EQ(misses.furthest()[1].frame.cells[0], 5);
}

}  // namespace
}  // namespace ordo::report

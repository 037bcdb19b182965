// A baseline there and back, what it leaves of the findings of a later run, and files that are none.
#include "gtest/gtest.h"
#include "runtime/diag/baseline.h"

namespace ordo {
namespace {

Finding Make(std::string code, std::string fingerprint) {
  Finding finding;
  finding.code = std::move(code);
  finding.fingerprint = std::move(fingerprint);
  finding.title = "tiêu đề";
  finding.subject = "t";
  return finding;
}

TEST(Baselines, ThereAndBack) {
  Baseline baseline;
  baseline.plans["a.ordo"] = EntriesOf({Make("OWN07", "2"), Make("OWN01", "3"), Make("OWN01", "1")});
  baseline.plans["b/c.ordo"] = {};
  const auto read = ParseBaseline(RenderBaseline(baseline));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->plans, baseline.plans);
  EXPECT_EQ(read->plans.at("a.ordo")[0].fingerprint, "1") << "sorted by code, then subject";
  EXPECT_EQ(read->plans.at("a.ordo")[2].code, "OWN07");
  EXPECT_EQ(RenderBaseline(*read), RenderBaseline(baseline));
}

TEST(Baselines, WaivedAndBrokenAreNotKnown) {
  Finding waived = Make("OWN07", "1"), broken = Make("SYN03", "2");
  waived.waiver = "OWN07";
  broken.from_text = true;
  EXPECT_TRUE(EntriesOf({waived, broken}).empty());
  std::vector<Finding> findings = {waived, broken};
  EXPECT_TRUE(TakeKnown(findings, {{"1", "OWN07", "", ""}, {"2", "SYN03", "", ""}}).known.empty());
  EXPECT_EQ(findings.size(), 2u);
}

TEST(Baselines, OnlyWhatIsNewStays) {
  std::vector<Finding> findings = {Make("OWN01", "1"), Make("OWN02", "2"), Make("OWN01", "1-2")};
  const Comparison comparison = TakeKnown(findings, {{"1", "OWN01", "t", "x"}, {"9", "OWN09", "u", "y"}});
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].fingerprint, "2");
  EXPECT_EQ(findings[1].fingerprint, "1-2");
  ASSERT_EQ(comparison.known.size(), 1u);
  ASSERT_EQ(comparison.gone.size(), 1u);
  EXPECT_EQ(comparison.gone[0].code, "OWN09");
}

// A finding that is excused now is neither new nor gone.
TEST(Baselines, WaivedSinceIsNotGone) {
  std::vector<Finding> findings = {Make("OWN01", "1")};
  findings[0].waiver = "OWN01";
  const Comparison comparison = TakeKnown(findings, {{"1", "OWN01", "t", "x"}});
  EXPECT_TRUE(comparison.gone.empty());
  EXPECT_EQ(findings.size(), 1u);
}

TEST(Baselines, WhatIsNoBaselineIsRefusedWithAReason) {
  for (const auto& [text, reason] : std::vector<std::pair<const char*, const char*>>{
           {"", "not JSON"},
           {"{\"schema\": \"ordo/baseline/1\", \"plans\": [", "not JSON"},
           {"[]", "no member"},
           {"{\"schema\": 1}", "no member"},
           {"{\"schema\": \"ordo/findings/1\", \"findings\": []}", "ordo/findings/1"},
           {"{\"schema\": \"ordo/baseline/2\", \"plans\": []}", "ordo/baseline/2"},
           {"{\"schema\": \"ordo/baseline/1\"}", "plans"},
           {"{\"schema\": \"ordo/baseline/1\", \"plans\": {}}", "plans"},
           {"{\"schema\": \"ordo/baseline/1\", \"plans\": [{}]}", "\"plan\""},
           {"{\"schema\": \"ordo/baseline/1\", \"plans\": [{\"plan\": \"a\"}]}", "\"findings\""},
           {"{\"schema\": \"ordo/baseline/1\", \"plans\": [{\"plan\": \"a\", \"findings\": [{\"code\": 7}]}]}", "\"fingerprint\""}}) {
    const auto read = ParseBaseline(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_NE(read.status().message().find(reason), std::string::npos) << text << ": " << read.status();
  }
}

}  // namespace
}  // namespace ordo

// `ordo why-not`: the condition that fails with its values, for rules and facts; other kinds, rules that are off, waived or do fire.
#include <string>
#include <vector>

#include "compiler/driver/session.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "runtime/report/why_not.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using Json = nlohmann::json;

const std::string kPlan = R"(ordo 1 vi
kế hoạch k "Kế hoạch" { số: "1/KH-UBND"; cơ quan ban hành: ubnd; ngày ban hành: 15/01/2026; giai đoạn: năm 2026 }
đơn vị ubnd "UBND phường" { đứng đầu: "Chủ tịch" }
đơn vị vp "Văn phòng" { trực thuộc: ubnd; đứng đầu: "Chánh Văn phòng" }
đơn vị kt "Phòng Kinh tế" { trực thuộc: ubnd; đứng đầu: "Trưởng phòng" }
nhiệm vụ t1 "Việc một" { chủ trì: vp; phối hợp: kt; kết quả: "Một"; thời hạn: 31/03/2026 }
nhiệm vụ t2 "Việc hai" { chủ trì: vp; phối hợp: vp; kết quả: "Hai"; thời hạn: 30/06/2026; sau: t1 }
nhiệm vụ t3 "Việc ba" { chủ trì: vp; kết quả: "Ba"; sau: t2 }
nhiệm vụ t4 "Việc bốn" { chủ trì: kt; kết quả: "Bốn"; thời hạn: 30/09/2026 }
)";

class WhyNot : public ::testing::Test {
 protected:
  std::string Text(std::vector<std::string> asked, const std::string& plan = kPlan) {
    folder_.Write("plan.ordo", plan);
    asked.insert(asked.begin(), {"why-not", "plan.ordo"});
    const Ran ran = folder_.Run(asked);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }
  Folder folder_;
};

TEST_F(WhyNot, NamesTheComparisonThatFailsWithItsValues) {
  const std::string text = Text({"WRK01", "kt"});
  EXPECT_NE(text.find("1 > 40% × 4 = 1,6"), std::string::npos) << text;
  EXPECT_NE(text.find("sai"), std::string::npos);
  EXPECT_NE(text.find("cần phải: led > 1,6"), std::string::npos) << text;
  EXPECT_NE(text.find("stdlib:checks/workload.ordo"), std::string::npos) << "the line of the rule: " << text;
}

TEST_F(WhyNot, NamesWhatIsMissing) {
  // t1: helped by another unit than its lead.
  const std::string text = Text({"OWN07", "t1"});
  EXPECT_NE(text.find("sai"), std::string::npos) << text;
  EXPECT_NE(text.find("Phòng Kinh tế"), std::string::npos) << text;
  folder_.Write("plan.ordo", kPlan);
  const Ran ran = folder_.Run({"why-not", "plan.ordo", "OWN07", "t1", "--format", "json"});
  const Json json = Json::parse(ran.out, nullptr, false);
  ASSERT_FALSE(json.is_discarded());
  EXPECT_EQ(json["schema"], "ordo/why-not/1");
  EXPECT_EQ(json["asked"], "OWN07 t1");
  bool false_condition = false;
  for (const Json& one : json["steps"][0]["steps"]) {
    for (const Json& step : one["steps"]) false_condition |= step["kind"] == "condition" && step["holds"] == false && step.contains("at");
  }
  EXPECT_TRUE(false_condition) << ran.out;
}

TEST_F(WhyNot, AnotherKindARuleThatFiresAndOneThatIsOff) {
  EXPECT_NE(Text({"WRK01", "t1"}).find("quy tắc xét đơn vị"), std::string::npos);
  EXPECT_NE(Text({"OWN07", "t2"}).find("có báo ở đây"), std::string::npos);
  const std::string off = kPlan + "bộ kiểm tra p \"Bộ\" { OWN07: tắt \"đã thống nhất\" }\n";
  const std::string text = Text({"OWN07", "t2"}, off);
  EXPECT_NE(text.find("đã tắt"), std::string::npos) << text;
  EXPECT_NE(text.find("plan.ordo:10"), std::string::npos) << "the line of the profile: " << text;
  const std::string waived = kPlan + "miễn trừ OWN07 { áp dụng cho: t2; lý do: \"một tổ\"; người quyết định: ubnd.đứng đầu; đến ngày: 31/12/2026 }\n";
  EXPECT_NE(Text({"OWN07", "t2"}, waived).find("miễn trừ"), std::string::npos);
}

TEST_F(WhyNot, AFactThatDoesNotHold) {
  const std::string text = Text({"waits_on(t1, t3)"});
  EXPECT_NE(text.find("vì sao waits_on("), std::string::npos) << text;
  EXPECT_NE(text.find("thuộc"), std::string::npos) << text;
  EXPECT_NE(Text({"waits_on(t3, t1)"}).find("điều này đúng"), std::string::npos);
}

// A derived fact that is missing is asked in its turn, rule by rule.
TEST_F(WhyNot, DownToTheFactThatIsMissing) {
  const std::string rules = kPlan + R"(quan hệ gấp(nhiệm vụ t) {
  đúng khi t.thời hạn đã nêu và t.thời hạn.ngày cuối đã nêu và t.thời hạn.ngày cuối < 30/04/2026
}
quan hệ đáng_lo(nhiệm vụ t) {
  đúng khi gấp(t) và t.phối hợp chưa nêu
}
quy tắc MY01 "Đáng lo" {
  với mỗi nhiệm vụ t
  trong đó đáng_lo(t)
  vị trí: t
  vi: "{t}"
}
)";
  const std::string text = Text({"MY01", "t4"}, rules);
  const size_t worry = text.find("đáng_lo(t)"), urgent = text.find("gấp(t)"), day = text.find("30/09/2026 < 30/04/2026");
  EXPECT_NE(worry, std::string::npos) << text;
  EXPECT_NE(urgent, std::string::npos) << text;
  EXPECT_NE(day, std::string::npos) << text;
  EXPECT_LT(worry, urgent);
  EXPECT_LT(urgent, day);
}

TEST_F(WhyNot, UnknownNamesAreRefused) {
  folder_.Write("plan.ordo", kPlan);
  EXPECT_EQ(folder_.Run({"why-not", "plan.ordo", "OWN07", "nobody"}).status, 3);
  EXPECT_EQ(folder_.Run({"why-not", "plan.ordo", "XYZ99", "t1"}).status, 3);
  EXPECT_EQ(folder_.Run({"why-not", "plan.ordo", "no_such(t1)"}).status, 3);
}

// What why and why-not say, against what the engine found: over all rules and the tasks, units and the plan of the examples.
class OverExamples : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    session_ = std::make_unique<Session>(std::string(ORDO_SOURCE_DIR) + "/examples/" + GetParam(), settings_);
    ASSERT_TRUE(session_->Load() && session_->Model() && session_->Lower(true) && session_->Evaluate());
  }
  // Whether the object is the subject or stands below it without a name of its own.
  bool IsPartOf(EntityId object, EntityId subject) const {
    const ir::Program& program = session_->program();
    while (object != EntityId::kNone && object != subject && program.entity(object).name == Symbol::kEmpty) object = program.entity(object).parent;
    return object == subject;
  }
  Settings settings_;
  std::unique_ptr<Session> session_;
};

TEST_P(OverExamples, ARuleFiresWhereWhyNotSaysSoAndNowhereElse) {
  const ir::Program& program = session_->program();
  const eval::Evaluation& evaluation = session_->evaluation();
  const report::RuleWords words(program, session_->language());
  eval::Probe probe(evaluation);
  size_t fired = 0, silent = 0;
  for (size_t check = 0; check < program.checks.size(); ++check) {
    const ir::RelationId relation = program.checks[check].relation;
    for (uint32_t i = 0; i < program.entities.size(); ++i) {
      const EntityId subject{i};
      if (program.entities[i].name == Symbol::kEmpty) continue;
      bool expected = false;
      for (uint32_t row = 0; row < evaluation.rows(relation) && !expected; ++row) {
        expected = IsPartOf(static_cast<EntityId>(evaluation.cell(relation, row, program.checks[check].at.column)), subject);
      }
      // All that fire, and one in seven of the others.
      if (!expected && (i + check) % 7 != 0) continue;
      probe.Refill(5'000'000);
      bool fires = false;
      const report::ExplanationStep step = report::WhyNotFires(probe, words, check, subject, {}, &fires);
      ASSERT_FALSE(probe.exhausted());
      EXPECT_EQ(fires, expected) << program.text(program.checks[check].code) << " " << program.text(program.entities[i].name);
      EXPECT_GE(step.steps.size(), 2u);
      (fires ? fired : silent) += 1;
    }
  }
  EXPECT_GT(silent, 300u);
  RecordProperty("fired", static_cast<int>(fired));
}

// Every condition of a derivation holds, whatever stands below it; only what a search for nothing looked at may be false.
void ExpectTrue(const report::ExplanationStep& step, const std::string& trail) {
  using Kind = report::ExplanationStep::Kind;
  const bool derivation = step.kind == Kind::kCase || step.kind == Kind::kDerived || step.kind == Kind::kFinding;
  for (const report::ExplanationStep& below : step.steps) {
    if (derivation && below.holds) EXPECT_TRUE(*below.holds) << trail << " / " << below.text;
    if (below.kind == Kind::kAggregate && below.total) EXPECT_EQ(below.steps.size(), *below.total) << below.text;
    if (below.kind != Kind::kNothing) ExpectTrue(below, trail + " / " + below.text);
  }
}

TEST_P(OverExamples, EveryFindingIsExplainedByConditionsThatHold) {
  const report::RuleWords words(session_->program(), session_->language());
  eval::Probe probe(session_->evaluation(), 500'000'000);
  for (const report::FindingRows& rows : report::CollectRows(session_->evaluation())) {
    report::WhyBuilder builder(probe, words, report::kWhyLimitsOfJson);
    const report::ExplanationStep step = builder.Finding(rows);
    EXPECT_GE(step.steps.size(), 2u) << step.text;
    ExpectTrue(step, step.text);
  }
  EXPECT_FALSE(probe.exhausted());
}

INSTANTIATE_TEST_SUITE_P(Examples, OverExamples,
                         ::testing::Values("hai_duong_2026/plan.ordo", "tran_bien_2025/plan.ordo", "hong_bang_2025/plan.ordo",
                                           "gia_loc_2025/plan.ordo", "network_upgrade/plan.ordo"));

}  // namespace
}  // namespace ordo::testing

// `ordo why-not`: the condition that fails with its values, for rules and facts; other kinds, rules that are off, waived or do fire.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
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

TEST_F(WhyNot, UnknownNamesAreRefused) {
  folder_.Write("plan.ordo", kPlan);
  EXPECT_EQ(folder_.Run({"why-not", "plan.ordo", "OWN07", "nobody"}).status, 3);
  EXPECT_EQ(folder_.Run({"why-not", "plan.ordo", "XYZ99", "t1"}).status, 3);
  EXPECT_EQ(folder_.Run({"why-not", "plan.ordo", "no_such(t1)"}).status, 3);
}

}  // namespace
}  // namespace ordo::testing

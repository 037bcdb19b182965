// `ordo why`: findings, facts and cells, complete for counts, comparisons and searches that found nothing; text in both languages and
// the tree of `ordo/why/1`.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kPlan = R"(ordo 1 vi
kế hoạch k "Kế hoạch" { số: "1/KH-UBND"; cơ quan ban hành: ubnd; ngày ban hành: 15/01/2026; giai đoạn: năm 2026 }
đơn vị ubnd "UBND phường" { đứng đầu: "Chủ tịch" }
đơn vị vp "Văn phòng" { trực thuộc: ubnd; đứng đầu: "Chánh Văn phòng" }
đơn vị kt "Phòng Kinh tế" { trực thuộc: ubnd; đứng đầu: "Trưởng phòng" }
đơn vị vh "Phòng Văn hóa" { trực thuộc: ubnd; đứng đầu: "Trưởng phòng" }
nhóm pb "Các phòng" { thành viên: kt, vh }
mục m "Việc chung" {
  dùng chung { phối hợp: pb }
  nhiệm vụ t1 "Việc một" { chủ trì: vp; kết quả: "Một"; thời hạn: 31/03/2026 }
  nhiệm vụ t2 "Việc hai" { chủ trì: vp; kết quả: "Hai"; thời hạn: 30/06/2026; sau: t1 }
  nhiệm vụ t3 "Việc ba" { chủ trì: vp; kết quả: "Ba"; sau: t2 }
  nhiệm vụ t4 "Việc bốn" { chủ trì: kt; kết quả: "Bốn"; thời hạn: 30/09/2026 }
}
phụ lục bảng "NHIỆM VỤ" { dòng: nhiệm vụ; cột: số "TT", tên "Nhiệm vụ", chủ trì "Chủ trì", phối hợp "Phối hợp", thời hạn "Thời hạn" }
)";

class Why : public ::testing::Test {
 protected:
  void SetUp() override { folder_.Write("plan.ordo", kPlan); }
  std::string Text(const std::string& asked, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"why", "plan.ordo", asked};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = folder_.Run(arguments);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }
  Json Tree(const std::string& asked) {
    const Json json = Json::parse(Text(asked, {"--format", "json"}), nullptr, false);
    EXPECT_FALSE(json.is_discarded());
    if (json.is_discarded()) return Json::object();
    EXPECT_EQ(json["schema"], "ordo/why/1");
    EXPECT_EQ(json["asked"], asked);
    return json;
  }
  // All steps of a kind, depth first.
  static void Collect(const Json& steps, const std::string& kind, std::vector<Json>& found) {
    for (const Json& step : steps) {
      if (step["kind"] == kind) found.push_back(step);
      Collect(step["steps"], kind, found);
    }
  }
  static std::vector<Json> All(const Json& tree, const std::string& kind) {
    std::vector<Json> found;
    Collect(tree["steps"], kind, found);
    return found;
  }
  Folder folder_;
};

TEST_F(Why, ACountShowsWhatItCountedAndAComparisonBothSides) {
  const std::string text = Text("WRK01:vp");
  EXPECT_NE(text.find("led = 3: đếm(nhiệm vụ t"), std::string::npos) << text;
  EXPECT_NE(text.find("every_row = 4: đếm(nhiệm vụ t"), std::string::npos) << text;
  EXPECT_NE(text.find("3 > 40% × 4 = 1,6"), std::string::npos) << text;
  for (const char* task : {"«Việc một»", "«Việc hai»", "«Việc ba»"}) EXPECT_NE(text.find(task), std::string::npos) << task << "\n" << text;
  const Json tree = Tree("WRK01:vp");
  const std::vector<Json> counts = All(tree, "aggregate");
  ASSERT_EQ(counts.size(), 2u) << tree.dump(1);
  EXPECT_EQ(counts[0]["total"], 3);
  EXPECT_EQ(counts[0]["steps"].size(), 3u);
  EXPECT_EQ(counts[0]["steps"][1]["at"]["line"], 11);
  EXPECT_EQ(counts[1]["total"], 4);
  for (const Json& condition : All(tree, "condition")) EXPECT_EQ(condition["holds"], true) << condition.dump(1);
}

TEST_F(Why, EnglishOnRequest) {
  const std::string text = Text("WRK01:vp", {"--lang", "en"});
  EXPECT_NE(text.find("led = 3: count(task t"), std::string::npos) << text;
  EXPECT_NE(text.find("3 > 40% × 4 = 1.6"), std::string::npos) << text;
}

TEST_F(Why, ADerivedFactDownToItsLines) {
  const std::string text = Text("waits_on(t3, t1)");
  EXPECT_NE(text.find("waits_on: "), std::string::npos);
  EXPECT_NE(text.find("plan.ordo:12"), std::string::npos) << text;
  EXPECT_NE(text.find("plan.ordo:11"), std::string::npos) << text;
  const Json tree = Tree("waits_on(t3, t1)");
  EXPECT_EQ(tree["steps"][0]["kind"], "derived");
  EXPECT_EQ(tree["steps"][0]["rule"], "waits_on");
  EXPECT_GE(All(tree, "derived").size(), 2u);
}

TEST_F(Why, WhatDoesNotHoldIsSaidSo) {
  const Ran none = folder_.Run({"why", "plan.ordo", "waits_on(t1, t3)"});
  EXPECT_EQ(none.status, 1);
  EXPECT_NE(none.err.find("waits_on(t1, t3)"), std::string::npos);
  EXPECT_NE(none.err.find("why-not"), std::string::npos);
  EXPECT_EQ(folder_.Run({"why", "plan.ordo", "waits_on(t1)"}).status, 3) << "wrong number of places";
  EXPECT_EQ(folder_.Run({"why", "plan.ordo", "no_such(t1)"}).status, 3);
  EXPECT_EQ(folder_.Run({"why", "plan.ordo", "waits_on(t1, nobody)"}).status, 3);
  EXPECT_EQ(folder_.Run({"why", "plan.ordo", "WRK01:kt"}).status, 1);
}

TEST_F(Why, ACellOfATable) {
  const std::string lead = Text("bảng:t2.chủ trì");
  EXPECT_NE(lead.find("Văn phòng"), std::string::npos) << lead;
  EXPECT_NE(lead.find("plan.ordo:11"), std::string::npos) << lead;
  // By number, and by the id of the column in the other language.
  EXPECT_EQ(Tree("bảng:t2.chủ trì")["steps"], [&] { Json other = Tree("bảng:t2.lead")["steps"]; return other; }());
  const std::string shared = Text("bảng:t2.phối hợp");
  EXPECT_NE(shared.find("dùng chung"), std::string::npos) << shared;
  EXPECT_NE(shared.find("plan.ordo:9"), std::string::npos) << shared;
  const std::string empty = Text("bảng:t3.thời hạn");
  EXPECT_NE(empty.find("trống"), std::string::npos) << empty;
  EXPECT_NE(empty.find("không nêu"), std::string::npos) << empty;
}

TEST_F(Why, ACellAndATotalOfTheMatrix) {
  const std::string member = Text("matrix:t1.kt");
  EXPECT_NE(member.find("thành viên của nhóm Các phòng"), std::string::npos) << member;
  const Json total = Tree("matrix:totals.vp");
  const std::vector<Json> counts = All(total, "aggregate");
  ASSERT_EQ(counts.size(), 1u) << total.dump(1);
  EXPECT_EQ(counts[0]["total"], 3);
  EXPECT_EQ(counts[0]["steps"][2]["at"]["line"], 12);
  const Ran none = folder_.Run({"why", "plan.ordo", "bảng:t1.nowhere"});
  EXPECT_EQ(none.status, 3);
  EXPECT_NE(none.err.find("support"), std::string::npos) << "the columns are named: " << none.err;
}

TEST_F(Why, ASearchThatFoundNothingTellsHowManyItLookedAt) {
  folder_.Write("plan.ordo", std::string(kPlan) + R"(
quy tắc MY01 "Không ai chờ" {
  với mỗi nhiệm vụ t
  trong đó không có(nhiệm vụ k mà t thuộc k.sau) và không phải t.sau chưa nêu
  vị trí: t
  vi: "không việc nào chờ {t}"
}
)");
  const std::string text = Text("MY01:t3");
  EXPECT_NE(text.find("đã xét 4 trường hợp"), std::string::npos) << text;
  const std::vector<Json> nothing = All(Tree("MY01:t3"), "nothing");
  ASSERT_EQ(nothing.size(), 1u);
  EXPECT_EQ(nothing[0]["total"], 4);
  EXPECT_EQ(nothing[0]["at"]["line"], 19);
}

TEST_F(Why, QuestionsThatAreNoneAreRefused) {
  for (const char* asked : {"", ":", ".", "a:b", "waits_on(", "x)y(", "waits_on()", "bảng:.", "bảng:.lead", "bảng:9.lead", "bảng:t1.", "bảng:t1"}) {
    const Ran ran = folder_.Run({"why", "plan.ordo", asked});
    EXPECT_TRUE(ran.status == 1 || ran.status == 3) << asked << ": " << ran.status << ran.out;
    EXPECT_TRUE(ran.out.empty()) << asked;
    EXPECT_TRUE(ran.err.starts_with("ordo: ")) << asked << ": " << ran.err;
  }
}

// Work is bounded: 10,000 conditions are explained, 10^12 combinations are given up with a word about it.
TEST_F(Why, LargeRulesAndCrossProducts) {
  std::string plan = "ordo 1 en\nplan p \"P\" { period: year 2026 }\nunit a \"A\"\n";
  for (int i = 0; i < 3000; ++i) plan += "task t" + std::to_string(i) + " \"T\" { lead: a }\n";
  plan += "rule MY01 \"R\" {\n  for each task t\n";
  for (int i = 0; i < 10'000; ++i) plan += "  where t.title != \"x" + std::to_string(i) + "\"\n";
  plan += "  at: t\n  en: \"{t}\"\n}\n";
  plan += "rule MY02 \"R\" {\n  for each task t\n  where no(task x, task y, task z with x.title = \"q\" and y.title = \"r\" and z.title = \"s\")\n  at: t\n  en: \"{t}\"\n}\n";
  folder_.Write("plan.ordo", plan);
  const Ran many = folder_.Run({"why", "plan.ordo", "MY01:t7"});
  EXPECT_EQ(many.status, 0) << many.err.substr(0, 500);
  EXPECT_NE(many.out.find("x9999"), std::string::npos);
  const Ran cross = folder_.Run({"why", "plan.ordo", "MY02:t7"});
  EXPECT_EQ(cross.status, 0) << cross.err.substr(0, 500);
  EXPECT_NE(cross.out.find("stopped after many steps"), std::string::npos) << cross.out.substr(0, 1000);
}

}  // namespace
}  // namespace ordo::testing

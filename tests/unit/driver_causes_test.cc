// One mistake told twice is one finding with a line under it: what the library's rules say about each other, on plans that make
// both speak; and what a rule may say about causes.
#include <map>
#include <set>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

class CausesTest : public ::testing::Test {
 protected:
  // «SCH30 qua <- SCH08 qua»: every folded finding, with the one that it is told under.
  std::set<std::string> Folded(const std::string& plan, std::vector<std::string> more = {}) {
    folder.Write("plan.ordo", plan);
    std::vector<std::string> arguments = {"check", "plan.ordo", "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto document = nlohmann::json::parse(folder.Run(arguments).out, nullptr, false);
    EXPECT_FALSE(document.is_discarded());
    std::map<std::string, std::string> names;
    std::set<std::string> folded;
    if (document.is_discarded()) return folded;
    const auto name = [](const nlohmann::json& finding) { return finding["code"].get<std::string>() + " " + finding["subject"].get<std::string>(); };
    for (const auto& finding : document["findings"]) names[finding["fingerprint"]] = name(finding);
    for (const auto& finding : document["findings"]) {
      EXPECT_EQ(finding["rank"].is_null(), finding["cause"].is_string() || finding["waiver"].is_string());
      if (finding["cause"].is_string()) folded.insert(name(finding) + " <- " + names[finding["cause"]]);
    }
    EXPECT_EQ(document["summary"]["folded"], folded.size());
    return folded;
  }
  Folder folder;
};

constexpr const char* kPlan =
    "ordo 1 vi\n"
    "kế hoạch k \"Trồng cây năm 2026\" { số: \"1/KH\"; cơ quan ban hành: u; ngày ban hành: 28/01/2026; giai đoạn: năm 2026; báo lên: u.đứng đầu; theo dõi: v }\n"
    "đơn vị u \"UBND\" { đứng đầu: \"Chủ tịch\" }\n"
    "đơn vị v \"Văn phòng\" { trực thuộc: u; đứng đầu: \"Chánh Văn phòng\" }\n"
    "đơn vị w \"Phòng\" { trực thuộc: u; đứng đầu: \"Trưởng phòng\" }\n";

// A row of which only the number, the accountable, the product and the due are given.
std::string Task(const std::string& name, const std::string& number, const std::string& accountable, const std::string& product,
                 const std::string& due) {
  return "nhiệm vụ " + name + " \"Việc " + name + "\" { số: \"" + number + "\"; người đứng đầu: " + accountable +
         "; chủ trì: v; phối hợp: w; kết quả: " + product + "; thời hạn: " + due + " }\n";
}

TEST_F(CausesTest, OfTheLibrary) {
  const std::string plan = kPlan + Task("gần", "1", "v.đứng đầu", "\"Danh sách\"", "31/01/2026") +
                           Task("qua", "2", "v.đứng đầu", "\"Đèn\"", "14/12/2025") +
                           Task("đề_án", "3", "v.đứng đầu", "đề án \"Đề án\"", "01/02/2026") +
                           Task("lặp", "2", "w.đứng đầu, u.đứng đầu", "\"Sổ\"", "27/11/2026") +
                           Task("sau_cùng", "4", "v.đứng đầu", "\"Cây\"", "27/10/2026");
  EXPECT_EQ(Folded(plan), (std::set<std::string>{"SCH09 gần <- SCH07 gần", "SCH09 qua <- SCH08 qua", "SCH30 qua <- SCH08 qua",
                                                 "SCH07 đề_án <- SCH12 đề_án", "SCH09 đề_án <- SCH12 đề_án", "OWN06 lặp <- OWN04 lặp",
                                                 "STR05 lặp <- STR04 lặp", "STR03 sau_cùng <- STR04 lặp", "OWN19 k <- WRK01 v"}));
  // A cause that is not asked for, or is excused, takes nothing with it.
  EXPECT_EQ(Folded(plan, {"--only", "SCH09,SCH30,OWN06,OWN19"}), std::set<std::string>{"SCH09 qua <- SCH30 qua"});
  const std::string waiver = "miễn trừ SCH08 { áp dụng cho: qua; lý do: \"Đã làm\"; người quyết định: u.đứng đầu; đến ngày: 31/12/2026 }\n";
  const auto waived = Folded(plan + waiver);
  EXPECT_TRUE(waived.contains("SCH09 qua <- SCH30 qua"));
  EXPECT_FALSE(waived.contains("SCH30 qua <- SCH08 qua"));
}

TEST_F(CausesTest, OfTheRealPlan) {
  folder.Copy("examples");
  const auto text = [&](const char* plan) { return folder.Run({"check", plan}).out; };
  const std::string real = text("examples/hai_duong_2026/plan.ordo");
  size_t heads = 0;
  for (size_t at = 0; (at = real.find("  kéo theo: lỗi OWN06", at)) != std::string::npos; ++at) ++heads;
  EXPECT_EQ(heads, 6u);
  EXPECT_EQ(real.find("\nlỗi OWN06"), std::string::npos);
  EXPECT_NE(real.find("  kéo theo: lỗi DOC03"), std::string::npos);
  EXPECT_NE(real.find("  kéo theo: thông tin WRK12"), std::string::npos);
}

std::string Rule(const std::string& code, const std::string& follows) {
  return "quy tắc " + code + " \"Quy tắc " + code + "\" {\n  mức độ: thông tin\n  với mỗi nhiệm vụ t\n  vị trí: t\n  vi: \"việc {t}\"\n" +
         (follows.empty() ? "" : "  hệ quả của: " + follows + "\n") + "}\n";
}

TEST_F(CausesTest, ChainsOfOnesOwnRules) {
  const std::string plan = kPlan + Task("a", "1", "v.đứng đầu", "\"Cây\"", "27/11/2026");
  EXPECT_EQ(Folded(plan + Rule("XX03", "XX02") + Rule("XX01", "") + Rule("XX02", "XX09, XX01") + Rule("XX09", ""), {"--only", "XX01,XX02,XX03"}),
            (std::set<std::string>{"XX03 a <- XX01 a", "XX02 a <- XX01 a"}));
}

TEST_F(CausesTest, WhatCannotBeACause) {
  const auto said = [&](const std::string& rules) {
    folder.Write("plan.ordo", std::string(kPlan) + rules);
    return folder.Check("plan.ordo", 2);
  };
  const auto unknown = said(Rule("XX01", "OWN044"));
  ASSERT_EQ(unknown.size(), 1u);
  EXPECT_EQ(unknown[0].code, "RUL40");
  EXPECT_NE(unknown[0].help.find("OWN04"), std::string::npos) << unknown[0].help;
  EXPECT_EQ(Codes(said(Rule("XX01", "XX01"))), "RUL41");
  const auto ring = said(Rule("XX01", "XX02") + Rule("XX02", "XX03") + Rule("XX03", "XX01"));
  ASSERT_EQ(ring.size(), 1u);
  EXPECT_EQ(ring[0].code, "RUL41");
  EXPECT_NE(ring[0].message.find("XX01 ← XX02 ← XX03 ← XX01"), std::string::npos) << ring[0].message;
  EXPECT_EQ(Codes(said(Rule("XX01", "\"OWN04\""))), "SYN06");
  // Long chains and wide fans are looked at once each.
  std::string many;
  for (int i = 0; i < 2000; ++i) many += Rule("XX" + std::to_string(i), i == 0 ? "" : "XX" + std::to_string(i - 1) + (i > 1 ? ", XX" + std::to_string(i - 2) : ""));
  folder.Write("plan.ordo", std::string(kPlan) + many);
  EXPECT_EQ(folder.Run({"check", "plan.ordo", "--only", "OWN01"}).status, 0);
}

}  // namespace
}  // namespace ordo::testing

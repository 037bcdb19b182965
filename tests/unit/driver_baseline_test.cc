// Fingerprints hold while the plan around them changes; a baseline leaves only what is new; waivers that end or excuse nothing.
#include <set>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

constexpr const char* kPlan = "examples/hai_duong_2026/plan.ordo";

class BaselineTest : public ::testing::Test {
 protected:
  // «CODE fingerprint» of every finding.
  std::set<std::string> Prints(const std::string& plan, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"check", plan, "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::set<std::string> prints;
    const auto document = nlohmann::json::parse(folder.Run(arguments).out, nullptr, false);
    EXPECT_FALSE(document.is_discarded());
    if (document.is_discarded()) return prints;
    for (const auto& finding : document["findings"]) {
      EXPECT_TRUE(finding["fingerprint"].is_string());
      EXPECT_TRUE(prints.insert(finding["code"].get<std::string>() + " " + finding["fingerprint"].get<std::string>()).second)
          << "told apart: " << finding["code"];
    }
    return prints;
  }
  static std::string Replaced(std::string text, const std::string& was, const std::string& now) {
    const size_t at = text.find(was);
    EXPECT_NE(at, std::string::npos) << was;
    return at == std::string::npos ? text : text.replace(at, was.size(), now);
  }

  Folder folder;
};

TEST_F(BaselineTest, FingerprintsOutliveEdits) {
  folder.Copy("examples");
  const fs::path file = folder.path() / kPlan;
  const std::string text = ReadBytes(file);
  const std::set<std::string> prints = Prints(kPlan);
  ASSERT_GT(prints.size(), 60u);
  EXPECT_EQ(Prints(kPlan, {"--lang", "en"}), prints) << "language of messages";
  folder.Write(kPlan, Replaced(text, "\nkế hoạch ", "\n// một dòng\n\n\nkế hoạch "));
  EXPECT_EQ(Prints(kPlan), prints) << "a comment";
  // Every task and section with another title: named objects are known by their names.
  std::string renamed = text;
  for (size_t at = 0; (at = renamed.find("\n  nhiệm vụ ", at)) != std::string::npos; ++at) {
    const size_t title = renamed.find_first_not_of('"', renamed.find('"', at));
    if (renamed.find('\n', at + 1) > title) renamed.insert(title, "(Số 1) ");
  }
  ASSERT_NE(renamed, text);
  std::set<std::string> after;
  folder.Write(kPlan, renamed);
  // Rules that read titles may see less or more; what is told still has its name.
  const std::set<std::string> readers = {"SCH14", "SCH15", "OWN20", "TXT11", "TXT13"};
  for (const std::string& print : Prints(kPlan)) {
    if (!readers.contains(print.substr(0, 5))) after.insert(print);
  }
  for (const std::string& print : prints) {
    if (!readers.contains(print.substr(0, 5))) EXPECT_TRUE(after.contains(print)) << print;
  }
  // The other skin.
  folder.Write(kPlan, text);
  const std::string english = folder.Run({"fmt", kPlan, "--skin", "en"}).out;
  folder.Write(kPlan, english);
  EXPECT_EQ(Prints(kPlan), prints) << "skin";
}

TEST_F(BaselineTest, BlocksMayMove) {
  folder.Copy("examples");
  const std::string plan = "examples/network_upgrade/plan.ordo";
  const std::string text = ReadBytes(folder.path() / plan);
  const std::set<std::string> prints = Prints(plan);
  ASSERT_GT(prints.size(), 3u);
  // Blocks of the top level in the opposite order; the first is the plan itself.
  std::vector<std::string> blocks;
  std::string block;
  size_t begin = text.find('\n') + 1;
  for (size_t at = begin; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    block += text.substr(at, end - at);
    if (text[at] == '}' || (text[at] != ' ' && block.find('}') != std::string::npos && block.find('\n') + 1 == block.size())) {
      blocks.push_back(std::move(block));
      block.clear();
    }
    at = end;
  }
  blocks.push_back(block);
  ASSERT_GT(blocks.size(), 8u);
  std::string moved = text.substr(0, begin);
  for (size_t i = blocks.size(); i-- > 0;) moved += blocks[i];
  folder.Write(plan, moved);
  ASSERT_EQ(folder.Run({"fmt", plan}).status, 0);
  EXPECT_EQ(Prints(plan), prints);
}

TEST_F(BaselineTest, OnlyWhatIsNewCounts) {
  folder.Copy("examples");
  EXPECT_EQ(folder.Run({"check", kPlan}).status, 1);
  const Ran written = folder.Run({"check", kPlan, "--write-baseline", "known.json"});
  EXPECT_EQ(written.status, 1) << "the findings are there all the same";
  const Ran same = folder.Run({"check", kPlan, "--baseline", "known.json"});
  EXPECT_EQ(same.status, 0) << same.out;
  EXPECT_NE(same.out.find("0 lỗi, 0 cảnh báo, 0 thông tin"), std::string::npos) << same.out;
  // One fault mended, one made.
  const std::string text = ReadBytes(folder.path() / kPlan);
  std::string changed = Replaced(text, "358 /KH-UBND ngày 31/12/2026", "358 /KH-UBND ngày 31/12/2025");   // DOC02 and DOC03
  changed += "\nchỉ tiêu chỉ_tiêu_mới \"Chỉ tiêu mới\" { }\n";
  folder.Write(kPlan, changed);
  const Ran more = folder.Run({"check", kPlan, "--baseline", "known.json"});
  EXPECT_EQ(more.status, 1) << more.out;
  EXPECT_NE(more.out.find("lỗi TGT04"), std::string::npos) << more.out;
  EXPECT_NE(more.out.find("không còn: DOC02"), std::string::npos) << more.out;
  EXPECT_EQ(more.out.find("OWN04"), std::string::npos) << more.out;
  const auto json = nlohmann::json::parse(folder.Run({"check", kPlan, "--baseline", "known.json", "--format", "json"}).out);
  EXPECT_GT(json["baseline"]["known"], 50);
  EXPECT_GE(json["baseline"]["gone"].size(), 2u);
  const auto sarif = nlohmann::json::parse(folder.Run({"check", kPlan, "--baseline", "known.json", "--format", "sarif"}).out);
  std::map<std::string, int> states;
  for (const auto& result : sarif["runs"][0]["results"]) ++states[result["baselineState"]];
  EXPECT_EQ(states["absent"], static_cast<int>(json["baseline"]["gone"].size()));
  EXPECT_EQ(states["unchanged"], json["baseline"]["known"]);
  EXPECT_GE(states["new"], 1);
}

TEST_F(BaselineTest, SeveralPlansInOneFile) {
  folder.Copy("examples");
  EXPECT_EQ(folder.Run({"check", "examples", "--write-baseline", "examples/known.json"}).status, 1);
  const auto file = nlohmann::json::parse(ReadBytes(folder.path() / "examples/known.json"));
  EXPECT_EQ(file["schema"], "ordo/baseline/1");
  ASSERT_GE(file["plans"].size(), 6u);
  EXPECT_EQ(file["plans"][0]["plan"], "first_plan/plan.en.ordo") << "from the folder of the file";
  EXPECT_EQ(folder.Run({"check", "examples", "--baseline", "examples/known.json", "--gate", "warning"}).status, 0);
  // Another working folder, the folder as a whole somewhere else.
  fs::rename(folder.path() / "examples", folder.path() / "moved");
  EXPECT_EQ(folder.Run({"check", "moved/gia_loc_2025/plan.ordo", "--baseline", "moved/known.json", "--gate", "warning"}).status, 0);
}

TEST_F(BaselineTest, WhatIsNoBaseline) {
  folder.Write("plan.ordo", "ordo 1 vi\nkế hoạch a \"A\" { giai đoạn: năm 2026 }\n");
  EXPECT_EQ(folder.Run({"check", "plan.ordo", "--baseline", "none.json"}).status, 2);
  for (const char* text : {"", "{", "[1]", "{\"schema\": \"ordo/findings/1\"}", "{\"schema\": \"ordo/baseline/2\", \"plans\": []}"}) {
    folder.Write("bad.json", text);
    const Ran ran = folder.Run({"check", "plan.ordo", "--baseline", "bad.json"});
    EXPECT_EQ(ran.status, 2) << text;
    EXPECT_NE(ran.err.find("bad.json"), std::string::npos) << ran.err;
    EXPECT_TRUE(ran.out.empty()) << ran.out;
  }
  // Neither over the plan itself nor for a plan that cannot be read.
  const std::string before = ReadBytes(folder.path() / "plan.ordo");
  EXPECT_EQ(folder.Run({"check", "plan.ordo", "--write-baseline", "plan.ordo"}).status, 3);
  EXPECT_EQ(ReadBytes(folder.path() / "plan.ordo"), before);
  folder.Write("broken.ordo", "ordo 1 vi\nkế hoạch a \"A\" { chủ chì: b }\n");
  EXPECT_EQ(folder.Run({"check", "broken.ordo", "--write-baseline", "known.json"}).status, 2);
  EXPECT_FALSE(fs::exists(folder.path() / "known.json"));
}

TEST_F(BaselineTest, SeveralPlansAsJsonAndInOrder) {
  folder.Copy("examples");
  const Ran ran = folder.Run({"check", "examples/network_upgrade/plan.ordo", "examples/first_plan/plan.vi.ordo", "--format", "json"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["schema"], "ordo/findings-of-plans/1");
  ASSERT_EQ(json["plans"].size(), 2u);
  EXPECT_EQ(json["plans"][0]["plan"], "examples/network_upgrade/plan.ordo");
  EXPECT_EQ(json["plans"][1]["summary"]["information"], json["plans"][1]["findings"].size());
}

TEST_F(BaselineTest, TheFirstTenAreTheOnesToActOn) {
  folder.Copy("examples");
  const Ran ran = folder.Run({"check", kPlan, "--first", "10"});
  EXPECT_EQ(ran.status, 1);
  size_t heads = 0;   // those of one code count as one
  for (const char* severity : {"lỗi ", "cảnh báo ", "thông tin "}) {
    for (size_t at = 0; (at = ran.out.find(std::string("\n") + severity, at)) != std::string::npos; ++at) ++heads;
    heads += ran.out.starts_with(severity);
  }
  EXPECT_EQ(heads, 10u) << ran.out;
  EXPECT_NE(ran.out.find("\n  cùng loại: " + std::string(kPlan)), std::string::npos);
  EXPECT_NE(ran.out.find("bỏ --first để xem hết"), std::string::npos);
  EXPECT_NE(ran.out.find("kéo theo: lỗi OWN06"), std::string::npos);
  // Ranks of the JSON are those of the text; folded and waived findings have none.
  const auto json = nlohmann::json::parse(folder.Run({"check", kPlan, "--format", "json", "--order", "rank"}).out);
  unsigned last = 0;
  size_t folded = 0;
  for (const auto& finding : json["findings"]) {
    if (finding["rank"].is_null()) {
      folded += finding["cause"].is_string();
      continue;
    }
    EXPECT_EQ(finding["rank"], ++last);
  }
  EXPECT_EQ(folded, json["summary"]["folded"]);
  EXPECT_GT(folded, 5u);
  // Source order in JSON unless asked for otherwise.
  int line = 0;
  for (const Told& told : folder.Check(kPlan, 1)) {
    if (told.file != kPlan) break;
    EXPECT_GE(told.line, line);
    line = told.line;
  }
  EXPECT_NE(folder.Run({"explain", "OWN06"}).out.find("OWN04"), std::string::npos);
}

class WaiverTest : public BaselineTest {
 protected:
  std::string Plan(const std::string& support, const std::string& waivers) {
    return folder.Write("plan.ordo",
                        "ordo 1 vi\nkế hoạch k \"Trồng cây\" { cơ quan ban hành: u; ngày ban hành: 15/01/2026; giai đoạn: năm 2026; báo lên: u.đứng đầu }\n"
                        "đơn vị u \"UBND\" { đứng đầu: \"Chủ tịch\" }\nđơn vị v \"Văn phòng\" { trực thuộc: u; đứng đầu: \"Chánh\" }\n"
                        "đơn vị w \"Phòng\" { trực thuộc: u; đứng đầu: \"Trưởng\" }\n"
                        "nhiệm vụ t \"Khảo sát\" { người đứng đầu: v.đứng đầu; chủ trì: v; phối hợp: " + support +
                            "; kết quả: \"Danh sách\"; thời hạn: 27/02/2026 }\n"
                        "nhiệm vụ s \"Lắp đặt\" { người đứng đầu: w.đứng đầu; chủ trì: w; phối hợp: v; kết quả: \"Đèn\"; thời hạn: 27/03/2026 }\n" +
                            waivers);
  }
  static std::string Waiver(const std::string& code, const std::string& of, const std::string& until) {
    return "miễn trừ " + code + " { áp dụng cho: " + of + "; lý do: \"Hai tổ\"; người quyết định: u.đứng đầu; đến ngày: " + until + " }\n";
  }
  std::vector<Told> Waivers(const std::string& plan, std::vector<std::string> more = {}) const {
    std::vector<Told> waivers;
    for (const Told& told : folder.Check(plan, 0, more)) {
      if (told.code == "RUL43" || told.code == "RUL44") waivers.push_back(told);
    }
    return waivers;
  }
};

TEST_F(WaiverTest, UsedOnesAreSilent) {
  const std::string plan = Plan("v, w", Waiver("OWN07", "t", "31/12/2026"));
  EXPECT_TRUE(Waivers(plan).empty());
  EXPECT_TRUE(Waivers(plan, {"--as-of", "2026-12-31"}).empty());
  // One for the plan is used by anything in it.
  EXPECT_TRUE(Waivers(Plan("v, w", Waiver("OWN07", "k", "31/12/2026"))).empty());
}

TEST_F(WaiverTest, AnEndedOneIsAWarningAtTheWaiver) {
  const std::string plan = Plan("v, w", Waiver("OWN07", "t", "30/06/2026"));
  const auto told = Waivers(plan, {"--as-of", "2026-07-01"});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].code, "RUL43");
  EXPECT_EQ(told[0].severity, "warning");
  EXPECT_EQ(told[0].line, 8);
  EXPECT_NE(told[0].message.find("30/06/2026"), std::string::npos) << told[0].message;
  EXPECT_NE(told[0].message.find("01/07/2026"), std::string::npos) << told[0].message;
  EXPECT_FALSE(told[0].help.empty());
  EXPECT_EQ(Only(folder.Check(plan, 0, {"--as-of", "2026-07-01"}), "OWN07")[0].waiver, "");
  EXPECT_EQ(folder.Run({"check", plan, "--as-of", "2026-07-01", "--gate", "warning"}).status, 1);
}

TEST_F(WaiverTest, AnIdleOneIsInformation) {
  const std::string plan = Plan("w", Waiver("OWN07", "t, s", "31/12/2026"));
  const auto told = Waivers(plan);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].code, "RUL44");
  EXPECT_EQ(told[0].severity, "information");
  EXPECT_NE(told[0].message.find("1 và 2"), std::string::npos) << "the rows that need none: " << told[0].message;
  // Only the subjects that need none are named.
  const auto half = Waivers(Plan("v, w", Waiver("OWN07", "t, s", "31/12/2026")));
  ASSERT_EQ(half.size(), 1u);
  EXPECT_TRUE(half[0].message.ends_with(": 2")) << half[0].message;
}

TEST_F(WaiverTest, NotOfRulesThatWereNotRun) {
  const std::string waiver = Waiver("OWN07", "t", "30/06/2026");
  EXPECT_TRUE(Waivers(Plan("w", waiver), {"--only", "OWN01"}).empty());
  EXPECT_TRUE(Waivers(Plan("w", waiver), {"--only", "OWN01", "--as-of", "2026-07-01"}).empty());
  EXPECT_EQ(Waivers(Plan("w", waiver), {"--only", "OWN07"}).size(), 1u);
  EXPECT_TRUE(Waivers(Plan("w", waiver + "bộ kiểm tra p \"P\" { OWN07: tắt \"không xét\" }\n")).empty());
}

TEST_F(WaiverTest, OfAnUnknownCodeAndTheNearestOne) {
  const std::string plan = Plan("w", Waiver("OWN077", "t", "30/06/2026"));
  const auto told = folder.Check(plan, 2);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].code, "NAM10");
  EXPECT_NE(told[0].message.find("OWN077"), std::string::npos);
  EXPECT_NE(told[0].help.find("OWN07"), std::string::npos) << told[0].help;
}

TEST_F(WaiverTest, WaivedCausesHideNothing) {
  folder.Copy("examples");
  const std::string plan = "examples/hai_duong_2026/plan.ordo";
  const std::string text = ReadBytes(folder.path() / plan);
  folder.Write(plan, text + "\nmiễn trừ OWN04 { áp dụng cho: plan; lý do: \"Mẫu của thành phố\"; người quyết định: ubnd.đứng đầu; đến ngày: 31/12/2026 }\n");
  const Ran ran = folder.Run({"check", plan, "--format", "json"});
  const auto json = nlohmann::json::parse(ran.out, nullptr, false);
  ASSERT_FALSE(json.is_discarded());
  for (const auto& finding : json["findings"]) {
    if (finding["code"] == "OWN06") EXPECT_EQ(finding["cause"], nullptr);
  }
}

}  // namespace
}  // namespace ordo::testing

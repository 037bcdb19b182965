// `ordo fix`: what it changes and what it leaves, byte for byte, in both skins; and that a plan is never worse for it.
#include <sys/stat.h>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

constexpr const char* kHead =
    "ordo 1 vi\n"
    "kế hoạch cây_xanh \"Trồng cây xanh năm 2026\" {\n"
    "  số: \"20/KH-UBND\"; cơ quan ban hành: ubnd; ngày ban hành: 15/01/2026\n"
    "  giai đoạn: năm 2026; báo lên: ubnd.đứng đầu\n"
    "}\n"
    "đơn vị ubnd \"UBND phường An Bình\" { đứng đầu: \"Chủ tịch UBND phường\" }\n"
    "đơn vị vp \"Văn phòng\" { trực thuộc: ubnd; đứng đầu: \"Chánh Văn phòng\" }\n"
    "đơn vị ktht \"Phòng Kinh tế\" { trực thuộc: ubnd; đứng đầu: \"Trưởng phòng Kinh tế\" }\n"
    "đơn vị vhxh \"Phòng Văn hóa\" { trực thuộc: ubnd; đứng đầu: \"Trưởng phòng Văn hóa\" }\n";

// A task whose support is given; everything else about it is in order.
std::string Task(const std::string& name, const std::string& lead, const std::string& support, const std::string& end = "\n") {
  return "nhiệm vụ " + name + " \"Khảo sát tuyến đường " + name + "\" {" + end + "  người đứng đầu: " + lead + ".đứng đầu" + end +
         "  chủ trì: " + lead + end + (support.empty() ? "" : "  phối hợp: " + support + end) + "  kết quả: \"Danh sách " + name +
         "\"" + end + "  thời hạn: 27/02/2026" + end + "}" + end;
}

class FixTest : public ::testing::Test {
 protected:
  // The plan after `fix`, whose exit status is given; what it said is in ran.
  std::string Fixed(const std::string& text, int status, std::vector<std::string> more = {}) {
    folder.Write("plan.ordo", text);
    std::vector<std::string> arguments = {"fix", "plan.ordo"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    ran = folder.Run(arguments);
    EXPECT_EQ(ran.status, status) << ran.out << ran.err;
    return ReadBytes(folder.path() / "plan.ordo");
  }
  static std::string Replaced(std::string text, const std::string& was, const std::string& now) {
    const size_t at = text.find(was);
    EXPECT_NE(at, std::string::npos) << was;
    return at == std::string::npos ? text : text.replace(at, was.size(), now);
  }

  Folder folder;
  Ran ran;
};

TEST_F(FixTest, AUnitThatLeadsLeavesSupport) {
  const std::string plan = kHead + Task("a", "ktht", "vhxh, ktht, vp") + Task("b", "vp", "vp, vhxh") + Task("c", "vhxh", "ktht,  vhxh");
  std::string want = Replaced(plan, "vhxh, ktht, vp", "vhxh, vp");
  want = Replaced(want, "vp, vhxh", "vhxh");
  want = Replaced(want, "ktht,  vhxh", "ktht");
  EXPECT_EQ(FirstDifference(Fixed(plan, 0), want), "");
  EXPECT_NE(ran.out.find("OWN07  plan.ordo:13:13  bỏ `ktht`"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("đã sửa 3, để nguyên 0"), std::string::npos) << ran.out;
  EXPECT_TRUE(Only(folder.Check("plan.ordo", 0), "OWN07").empty());
  // Nothing is left to do, and doing it again changes nothing.
  EXPECT_EQ(FirstDifference(Fixed(want, 0), want), "");
  EXPECT_NE(ran.out.find("không có phát hiện nào sửa được bằng máy"), std::string::npos) << ran.out;
}

TEST_F(FixTest, TheEnglishSkinLikewise) {
  const std::string plan = kHead + Task("a", "ktht", "vhxh, ktht, vp") + Task("b", "vp", "vp, vhxh");
  folder.Write("vi.ordo", plan);
  const std::string english = folder.Run({"fmt", "vi.ordo", "--skin", "en"}).out;
  ASSERT_TRUE(english.starts_with("ordo 1 en"));
  const std::string want = Replaced(Replaced(english, "vhxh, ktht, vp", "vhxh, vp"), "vp, vhxh", "vhxh");
  EXPECT_EQ(FirstDifference(Fixed(english, 0), want), "");
  EXPECT_NE(ran.out.find("2 mended, 0 left as they are"), std::string::npos) << ran.out;
}

TEST_F(FixTest, LineEndsAndEverythingElseStay) {
  std::string plan;
  for (const char c : kHead + Task("a", "ktht", "vhxh, ktht") + "// cuối  \n\n") plan += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(FirstDifference(Fixed(plan, 0), Replaced(plan, "vhxh, ktht", "vhxh")), "");
}

TEST_F(FixTest, WhatWouldBringAnotherFindingIsLeftAndSaid) {
  const std::string plan = kHead + Task("a", "ktht", "ktht, vhxh") + Task("b", "vp", "vhxh") + Task("c", "vhxh", "vp, vhxh") +
                           "quy tắc XX05 \"Phải có hai đơn vị\" {\n  mức độ: thông tin\n  với mỗi nhiệm vụ t\n"
                           "  trong đó t.chủ trì đã nêu và có(u thuộc t.chủ trì mà u.tên = \"Phòng Kinh tế\") và đếm(e thuộc t.phối hợp.nội dung ghi) = 1\n"
                           "  vị trí: t\n  vi: \"{t}\"\n}\n";
  EXPECT_EQ(FirstDifference(Fixed(plan, 1), Replaced(plan, "vp, vhxh", "vp")), "");
  EXPECT_NE(ran.out.find("để nguyên OWN07  plan.ordo:13:13  bỏ"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("lại có XX05"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("đã sửa 1, để nguyên 1"), std::string::npos) << ran.out;
}

TEST_F(FixTest, NotWhereTheCellIsPrintedOtherwiseOrSharedOrCommentedOrWouldBeEmpty) {
  const std::string only = kHead + Task("a", "ktht", "ktht");
  EXPECT_EQ(Fixed(only, 0), only);
  EXPECT_NE(folder.Run({"check", "plan.ordo"}).out.find("OWN07"), std::string::npos);
  EXPECT_EQ(folder.Run({"check", "plan.ordo"}).out.find("ordo fix"), std::string::npos) << "not offered either";
  const std::string shared = kHead + std::string("mục m \"Mục\" {\n  dùng chung { chủ trì: ktht; phối hợp: vhxh, ktht }\n  nhiệm vụ a \"Khảo sát\" { người đứng đầu: ktht.đứng đầu; kết quả: \"Danh sách\"; thời hạn: 27/02/2026 }\n}\n");
  EXPECT_EQ(Fixed(shared, 0), shared);
  const std::string printed = kHead + Task("a", "ktht", "vhxh, ktht ghi \"Các phòng\"");
  EXPECT_EQ(Fixed(printed, 0), printed);
  const std::string comment = kHead + Task("a", "ktht", "ktht, // cũng phối hợp\n    vhxh");
  EXPECT_EQ(Fixed(comment, 0), comment);
  const std::string waived = kHead + Task("a", "ktht", "vhxh, ktht") +
                             "miễn trừ OWN07 { áp dụng cho: a; lý do: \"Hai tổ\"; người quyết định: ubnd.đứng đầu; đến ngày: 31/12/2026 }\n";
  EXPECT_EQ(Fixed(waived, 0), waived);
}

TEST_F(FixTest, OnlyTheseCodes) {
  const std::string plan = kHead + Task("a", "ktht", "vhxh, ktht");
  EXPECT_EQ(Fixed(plan, 0, {"--only", "NAM03"}), plan);
  EXPECT_EQ(Fixed(plan, 0, {"--only", "NAM03,OWN07"}), Replaced(plan, "vhxh, ktht", "vhxh"));
}

TEST_F(FixTest, ADryRunPrintsADiffAndWritesNothing) {
  const std::string plan = kHead + Task("a", "ktht", "vhxh, ktht");
  EXPECT_EQ(Fixed(plan, 0, {"--dry-run"}), plan);
  EXPECT_EQ(ran.out,
            "--- a/plan.ordo\n+++ b/plan.ordo\n@@ -10,7 +10,7 @@\n"
            " nhiệm vụ a \"Khảo sát tuyến đường a\" {\n   người đứng đầu: ktht.đứng đầu\n   chủ trì: ktht\n"
            "-  phối hợp: vhxh, ktht\n+  phối hợp: vhxh\n"
            "   kết quả: \"Danh sách a\"\n   thời hạn: 27/02/2026\n }\n");
  EXPECT_NE(ran.err.find("chưa ghi gì"), std::string::npos) << ran.err;
}

TEST_F(FixTest, NamesKeysKindsAndCodesOneLetterAway) {
  const std::string good = kHead + Task("a", "ktht", "vhxh");
  for (const auto& [was, now] : std::vector<std::pair<std::string, std::string>>{
           {"chủ trì: ktht", "chủ trì: kthtt"},
           {"chủ trì: ktht", "chủ tri: ktht"},
           {"nhiệm vụ a", "nhiệm vu a"},
           {"phối hợp: vhxh", "phối hợp vhxh"},
           {"chủ trì: ktht\n", "chủ trì: ktht\n  chủ trì: ktht\n"}}) {
    const std::string broken = Replaced(good, was, now);
    EXPECT_EQ(folder.Run({"check", folder.Write("plan.ordo", broken)}).status, 2) << now;
    EXPECT_EQ(FirstDifference(Fixed(broken, 0), good), "") << now << "\n" << ran.out;
  }
  // Each alone, and all at once.
  std::string all = good;
  for (const auto& [was, now] : std::vector<std::pair<std::string, std::string>>{
           {"chủ trì: ktht", "chủ trì: kthtt"}, {"nhiệm vụ a", "nhiệm vu a"}, {"phối hợp:", "phối hợp"}}) {
    all = Replaced(all, was, now);
  }
  EXPECT_EQ(FirstDifference(Fixed(all, 0), good), "") << ran.out;
  // Two names are one letter away: nobody can say which is meant.
  const std::string doubtful = Replaced(good, "phối hợp: vhxh", "phối hợp: vx");
  EXPECT_EQ(Fixed(doubtful + "đơn vị vz \"Z\" { trực thuộc: ubnd }\nđơn vị vy \"Y\" { trực thuộc: ubnd }\n", 0),
            doubtful + "đơn vị vz \"Z\" { trực thuộc: ubnd }\nđơn vị vy \"Y\" { trực thuộc: ubnd }\n");
  const std::string waiver =
      good + "miễn trừ OWN0 { áp dụng cho: a; lý do: \"Hai tổ\"; người quyết định: ubnd.đứng đầu; đến ngày: 31/12/2026 }\n";
  EXPECT_EQ(Fixed(waiver, 0, {"--as-of", "2026-02-01"}), waiver) << "OWN01, OWN02 ...";
  const std::string near = Replaced(waiver, "OWN0 ", "OWN777 ");
  EXPECT_EQ(Fixed(near, 0), near) << "two letters";
  EXPECT_EQ(Fixed(Replaced(waiver, "OWN0 ", "OWN077 "), 0), Replaced(waiver, "OWN0 ", "OWN07 "));
}

TEST_F(FixTest, BracesTypedAsTelexLetters) {
  const std::string good = kHead + Task("a", "ktht", "vhxh");
  std::string typed = good;
  for (size_t at = 0; (at = typed.find('{', at)) != std::string::npos;) typed.replace(at, 1, "Ơ");
  for (size_t at = 0; (at = typed.find('}', at)) != std::string::npos;) typed.replace(at, 1, "Ư");
  EXPECT_EQ(FirstDifference(Fixed(typed, 0), good), "") << ran.out;
}

// The same name twice in one line: each is a finding, both are mended.
TEST_F(FixTest, EqualFaultsSideBySide) {
  const std::string good = kHead + Task("a", "ktht", "vhxh") + Task("b", "ktht", "vhxh");
  std::string broken = Replaced(good, "phối hợp: vhxh\n  kết quả: \"Danh sách a", "phối hợp: vhxhh, vhxhh\n  kết quả: \"Danh sách a");
  EXPECT_EQ(Fixed(broken, 0), Replaced(good, "phối hợp: vhxh\n  kết quả: \"Danh sách a", "phối hợp: vhxh, vhxh\n  kết quả: \"Danh sách a"));
}

TEST_F(FixTest, AFieldIsAddedAndATextQuoted) {
  folder.Write("upper.ordo",
               "ordo 1 vi\nkế hoạch tren \"Kế hoạch cấp trên\" { số: \"1/KH\"; cơ quan ban hành: tinh; giai đoạn: năm 2026 }\n"
               "đơn vị tinh \"UBND tỉnh\" { cấp: tỉnh }\n");
  const std::string plan = kHead + Task("a", "ktht", "vhxh");
  const std::string several = plan + "kế hoạch tham chiếu tren \"Kế hoạch cấp trên\" {\n    tệp: \"upper.ordo\"\n    vai trò: cấp trên\n}\n";
  const std::string fixed = Fixed(several, 0);
  const size_t at = fixed.find("    khóa: \"sha256:");
  ASSERT_NE(at, std::string::npos) << fixed << ran.out;
  EXPECT_EQ(fixed.substr(0, at) + "}\n", several);
  EXPECT_TRUE(Only(folder.Check("plan.ordo", 0), "ALN21").empty());
  const std::string inline_one = plan + "kế hoạch tham chiếu tren \"Kế hoạch cấp trên\" { tệp: \"upper.ordo\"; vai trò: cấp trên }\n";
  EXPECT_NE(Fixed(inline_one, 0).find("vai trò: cấp trên; khóa: \"sha256:"), std::string::npos) << ran.out;
}

TEST_F(FixTest, FilesKeepTheirModeAndLinksTheirPlace) {
  const std::string plan = kHead + Task("a", "ktht", "vhxh, ktht");
  folder.Write("real/plan.ordo", plan);
  folder.Write("ordo.root", "");
  fs::create_symlink("real/plan.ordo", folder.path() / "link.ordo");
  fs::permissions(folder.path() / "real/plan.ordo", fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  EXPECT_EQ(folder.Run({"fix", "link.ordo"}).status, 0);
  EXPECT_TRUE(fs::is_symlink(folder.path() / "link.ordo"));
  EXPECT_EQ(ReadBytes(folder.path() / "real/plan.ordo"), Replaced(plan, "vhxh, ktht", "vhxh"));
  EXPECT_EQ(fs::status(folder.path() / "real/plan.ordo").permissions(), fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
}

TEST_F(FixTest, AFileOutsideTheFolderIsNotTouched) {
  const std::string plan = kHead + Task("a", "ktht", "vhxh, ktht");
  folder.Write("outside/plan.ordo", plan);
  fs::create_directories(folder.path() / "inside");
  fs::create_symlink("../outside/plan.ordo", folder.path() / "inside/plan.ordo");
  const Ran ran = folder.Run({"fix", "inside/plan.ordo"});
  EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("nằm ngoài thư mục"), std::string::npos) << ran.out;
  EXPECT_EQ(ReadBytes(folder.path() / "outside/plan.ordo"), plan);
}

TEST_F(FixTest, StandardInputAndMissingFiles) {
  EXPECT_EQ(folder.Run({"fix", "-"}, kHead).status, 3);
  EXPECT_EQ(folder.Run({"fix", "none.ordo"}).status, 2);
}

// Rules of one's own: the three repairs, in both skins, and what cannot be a repair.
TEST_F(FixTest, RulesOfAPlanMendToo) {
  const std::string plan = kHead + Task("a", "ktht", "vhxh") +
                           "quy tắc XX01 \"Thay\" {\n  với mỗi nhiệm vụ t\n  với mỗi e thuộc t.phối hợp.nội dung ghi\n"
                           "  với mỗi đơn vị u\n  trong đó u.tên = \"Văn phòng\" và e.bên đã nêu và e.bên != u\n"
                           "  vị trí: t.phối hợp\n  vi: \"{t} phải do văn phòng phối hợp\"\n  sửa bằng cách thay: e, u\n}\n";
  const std::string fixed = Fixed(plan, 0);
  EXPECT_EQ(FirstDifference(fixed, Replaced(plan, "phối hợp: vhxh\n", "phối hợp: vp\n")), "") << ran.out << ran.err;
  const std::string english =
      "ordo 1 en\nrule XX02 \"Add\" {\n  for each task t\n  for each unit u\n  where t.sponsor is not stated and u.title = \"Văn phòng\"\n"
      "  at: t\n  en: \"{t} has no sponsor\"\n  repair by adding: t.sponsor, u.head\n}\n";
  folder.Write("rules.ordo", english);
  const std::string importing = Replaced(kHead + Task("a", "ktht", "vhxh"), "ordo 1 vi\n", "ordo 1 vi\nnhập \"rules.ordo\"\n");
  EXPECT_EQ(FirstDifference(Fixed(importing, 0), Replaced(importing, "27/02/2026\n", "27/02/2026\n  lãnh đạo phụ trách: vp.đứng đầu\n")), "")
      << ran.out << ran.err;
  for (const char* repair : {"repair by removing: t", "repair by adding: t.support.entries, u", "repair by replacing: t.support", "repair by adding: t, u"}) {
    folder.Write("rules.ordo", Replaced(english, "repair by adding: t.sponsor, u.head", repair));
    folder.Write("plan.ordo", importing);
    const Ran ran = folder.Run({"check", "plan.ordo", "--lang", "en"});
    EXPECT_EQ(ran.status, 2) << repair << "\n" << ran.out;
    EXPECT_NE(ran.out.find("RUL"), std::string::npos) << repair << "\n" << ran.out;
  }
}

TEST_F(FixTest, FindingsCarryTheirFix) {
  folder.Write("plan.ordo", kHead + Task("a", "ktht", "vhxh, ktht"));
  const auto document = nlohmann::json::parse(folder.Run({"check", "plan.ordo", "--format", "json"}).out);
  size_t offered = 0;
  for (const auto& finding : document["findings"]) {
    if (finding["fix"].is_null()) continue;
    ++offered;
    EXPECT_EQ(finding["code"], "OWN07");
    ASSERT_EQ(finding["fix"]["edits"].size(), 1u);
    EXPECT_EQ(finding["fix"]["edits"][0]["insert"], "");
    EXPECT_EQ(finding["fix"]["edits"][0]["at"]["line"], 13);
    EXPECT_EQ(finding["fix"]["edits"][0]["at"]["column"], 17);
    EXPECT_EQ(finding["fix"]["edits"][0]["at"]["end_column"], 23);
  }
  EXPECT_EQ(offered, 1u);
  EXPECT_NE(folder.Run({"check", "plan.ordo"}).out.find("`ordo fix` sửa được: bỏ `ktht`"), std::string::npos);
  EXPECT_NE(folder.Run({"explain", "OWN07", "--lang", "en"}).out.find("ordo fix"), std::string::npos);
}

// Many of them: the cost is that of a check or two, not of one a fix.
TEST_F(FixTest, ManyAtOnce) {
  std::string plan = kHead, want = kHead;
  for (int i = 0; i < 1500; ++i) {
    plan += Task("t" + std::to_string(i), "ktht", "vhxh, ktht");
    want += Task("t" + std::to_string(i), "ktht", "vhxh");
  }
  EXPECT_EQ(FirstDifference(Fixed(plan, 0), want), "");
}

}  // namespace
}  // namespace ordo::testing

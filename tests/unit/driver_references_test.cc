// `reference plan` as a user runs it: which files it may name, what is told when it cannot be read, locks, names inside, both skins.
#include <sys/stat.h>

#include <chrono>

#include "fmt/format.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

constexpr const char* kUpper = R"(ordo 1 en
plan up "Kế hoạch thành phố" { issued by: tp; issue date: 2025-01-01; period: from 2025 to 2030 }
unit tp "UBND thành phố" { tier: province }
target a "Phủ sóng 5G" { measured in: %; by 2030 reach > 80% }
target b "Chữ ký số" { measured in: %; by 2030 reach 50% }
task t1 "Rà soát hạ tầng" { lead: các_xã }
group các_xã "UBND các xã, phường" { members: open }
)";
// sha256sum of these bytes.
constexpr const char* kUpperHash = "sha256:3d10e031ec8ded01faaed99a1017cc221d47f974ad2495a292549854e4d57e1c";
constexpr const char* kPlan = R"(ordo 1 en
plan p "Kế hoạch phường" { issued by: v; issue date: 2026-01-05; period: from 2026 to 2030 }
unit v "UBND phường" { tier: commune; head: "Chủ tịch" }
reference plan up { stands: upper; file: "FILE"LOCK }
target g "Sóng 5G" { measured in: %; fulfils: up.a; lead: v; by 2030 reach >= 80% }
target h "Chữ ký số" { measured in: %; lead: v; by 2030 reach 50% }
task t "Kiểm tra hạ tầng" { lead: v; fulfils: up.t1 }
)";

class References : public ::testing::Test {
 protected:
  static std::string Plan(const std::string& file, const std::string& lock = "") {
    std::string text = kPlan;
    text.replace(text.find("FILE"), 4, file);
    text.replace(text.find("LOCK"), 4, lock.empty() ? "" : "; locked at: \"" + lock + "\"");
    return text;
  }
  // The findings of these codes and all errors of the text.
  std::vector<Told> Check(const std::string& text, int status, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--only", "ALN01,ALN02,ALN20,ALN21,ALN22"});
    return folder_.Check(folder_.Write("plan.ordo", text), status, more);
  }

  Folder folder_;
};

TEST_F(References, AFileBesideThePlan) {
  folder_.Write("up.ordo", kUpper);
  const auto all = Check(Plan("up.ordo"), 1);
  ASSERT_EQ(Codes(all), "ALN21 ALN02");
  EXPECT_EQ(all[0].subject, "up");
  EXPECT_EQ(all[0].message, "«Kế hoạch thành phố» is not locked: a change of its file would not be seen") << "titled as the plan in the file";
  EXPECT_EQ(all[1].message, "«Sóng 5G» asks ≥ 80% (2030); «Kế hoạch thành phố» asks > 80% (2030)");
  EXPECT_NE(all[1].related.find("up.ordo:4:"), std::string::npos) << all[1].related;
}

TEST_F(References, OutsideTheFolderIsRefused) {
  folder_.Write("city/up.ordo", kUpper);
  folder_.Write("ward/plan.ordo", Plan("../city/up.ordo"));
  EXPECT_EQ(Codes(folder_.Check("ward/plan.ordo", 2)), "FIL07") << "and not each name inside besides";
  EXPECT_EQ(Codes(folder_.Check("ward/plan.ordo", 1, {"--root", ".", "--only", "ALN02"})), "ALN02");
  folder_.Write("ordo.root", "");
  EXPECT_EQ(Codes(folder_.Check("ward/plan.ordo", 1, {"--only", "ALN02"})), "ALN02");
  EXPECT_EQ(Codes(folder_.Check("ward/plan.ordo", 2, {"--root", "ward"})), "FIL07") << "the command line wins";
  folder_.Write("ward/plan.ordo", Plan((folder_.path() / "city/up.ordo").string()));
  EXPECT_EQ(Codes(folder_.Check("ward/plan.ordo", 2)), "FIL07") << "an absolute path is another one on the next machine";
}

TEST_F(References, ALinkDoesNotLeadOutside) {
  folder_.Write("city/up.ordo", kUpper);
  folder_.Write("ward/plan.ordo", Plan("up.ordo"));
  fs::create_symlink("../city/up.ordo", folder_.path() / "ward/up.ordo");
  EXPECT_EQ(Codes(folder_.Check("ward/plan.ordo", 2)), "FIL07");
}

TEST_F(References, WhatIsNoFileIsToldOnce) {
  EXPECT_EQ(Codes(Check(Plan("nowhere.ordo"), 2)), "FIL06");
  fs::create_directories(folder_.path() / "folder.ordo");
  EXPECT_EQ(Codes(Check(Plan("folder.ordo"), 2)), "FIL06");
  ASSERT_EQ(mkfifo((folder_.path() / "pipe.ordo").c_str(), 0600), 0);
  EXPECT_EQ(Codes(Check(Plan("pipe.ordo"), 2)), "FIL06") << "and nobody waits for the pipe";
  fs::create_symlink("ring.ordo", folder_.path() / "ring.ordo");
  EXPECT_EQ(Codes(Check(Plan("ring.ordo"), 2)), "FIL06");
  EXPECT_EQ(Codes(Check(Plan(""), 2)), "FIL06");
}

TEST_F(References, TooLarge) {
  folder_.Write("up.ordo", kUpper + std::string(4000, '\n'));
  EXPECT_EQ(Codes(Check(Plan("up.ordo"), 2, {"--max-bytes", "3000"})), "FIL03");
}

TEST_F(References, AFileWithErrorsIsToldOnce) {
  std::string broken = kUpper;
  for (int i = 0; i < 500; ++i) broken += "target { measured in: ; by reach\n";
  folder_.Write("up.ordo", broken);
  const auto syntax = Check(Plan("up.ordo"), 2);
  ASSERT_EQ(Codes(syntax), "FIL13");
  EXPECT_EQ(syntax[0].file, "plan.ordo");
  EXPECT_EQ(syntax[0].line, 4);
  EXPECT_EQ(syntax[0].message, "«up.ordo» has errors of its own");
  folder_.Write("up.ordo", std::string(kUpper) + "task t2 \"Việc\" { lead: nobody }\n");
  EXPECT_EQ(Codes(Check(Plan("up.ordo"), 2)), "FIL13") << "an unknown name";
  folder_.Write("up.ordo", std::string(kUpper) + "import \"nowhere.ordo\"\n");
  EXPECT_EQ(Codes(Check(Plan("up.ordo"), 2)), "FIL13") << "a missing register";
  folder_.Write("up.ordo", "\xff\xfe\x01");
  EXPECT_EQ(Codes(Check(Plan("up.ordo"), 2)), "FIL13") << "bytes that are no text";
  folder_.Write("up.ordo", "");
  EXPECT_EQ(Codes(Check(Plan("up.ordo"), 2)), "FIL13") << "nothing";
  folder_.Write("up.ordo", std::string(100000, '{'));
  EXPECT_EQ(Codes(Check(Plan("up.ordo"), 2)), "FIL13") << "deep";
}

TEST_F(References, OneThatRefersBack) {
  folder_.Write("up.ordo", std::string(kUpper) + "reference plan down { stands: sibling; file: \"plan.ordo\" }\n");
  EXPECT_EQ(Codes(Check(Plan("up.ordo"), 1)), "ALN21 ALN02");
  folder_.Write("up.ordo", std::string(kUpper) + "reference plan mine { stands: sibling; file: \"up.ordo\" }\ntarget z \"Z\" { fulfils: mine.a; by 2030 reach 1 }\n");
  EXPECT_EQ(Codes(Check(Plan("up.ordo"), 1)), "ALN01 ALN21 ALN02") << "what it carries out itself is not followed";
}

TEST_F(References, ItselfIsARing) {
  const auto all = Check(Plan("plan.ordo"), 2);
  ASSERT_EQ(Codes(all), "FIL08");
  EXPECT_EQ(all[0].message, "plan.ordo → plan.ordo");
  fs::create_symlink("plan.ordo", folder_.path() / "other.ordo");
  EXPECT_EQ(Codes(Check(Plan("other.ordo"), 2)), "FIL08");
}

TEST_F(References, OneRegisterOfBoth) {
  folder_.Write("register.ordo", "ordo 1 en\nindicator i5 \"Tỷ lệ phủ sóng 5G\" { measured in: %; better when: higher }\nunit tp \"UBND thành phố\" { tier: province }\n");
  folder_.Write("up.ordo", "ordo 1 en\nimport \"register.ordo\"\nplan up \"Thành phố\" { issued by: tp; issue date: 2025-01-01; period: from 2025 to 2030 }\n"
                           "target a \"Phủ sóng\" { indicator: i5; by 2030 reach 90% }\n");
  const auto all = Check("ordo 1 en\nimport \"register.ordo\"\nplan p \"Phường\" { issued by: tp; issue date: 2026-01-05; period: from 2026 to 2030 }\n"
                         "reference plan up { stands: upper; file: \"up.ordo\" }\ntarget g \"Sóng trên địa bàn\" { indicator: i5; by 2030 reach 80% }\n", 1);
  ASSERT_EQ(Codes(all), "ALN21 ALN02") << "the shared indicator answers";
  EXPECT_EQ(all[1].message, "«Sóng trên địa bàn» asks 80% (2030); «Thành phố» asks 90% (2030)");
}

TEST_F(References, WhatThePlanImportsMayBeReferredTo) {
  folder_.Write("up.ordo", "ordo 1 en\ntarget a \"Phủ sóng 5G\" { measured in: %; by 2030 reach 90% }\n");
  const auto all = Check("ordo 1 en\nimport \"up.ordo\"\nplan p \"Phường\" { issue date: 2026-01-05; period: from 2026 to 2030 }\n"
                         "reference plan other { stands: upper; file: \"up.ordo\" }\n", 0);
  EXPECT_EQ(Codes(all), "ALN21") << "its own target answers";
}

TEST_F(References, Locks) {
  folder_.Write("up.ordo", kUpper);
  const auto none = Check(Plan("up.ordo"), 1);
  ASSERT_EQ(Only(none, "ALN21").size(), 1u);
  EXPECT_EQ(Only(none, "ALN21")[0].help, fmt::format("Write `locked at: \"{}\"`.", kUpperHash));
  EXPECT_EQ(Codes(Check(Plan("up.ordo", kUpperHash), 1)), "ALN02");
  folder_.Write("up.ordo", std::string(kUpper) + "// one more line\n");
  const auto changed = Check(Plan("up.ordo", kUpperHash), 1);
  ASSERT_EQ(Codes(changed), "ALN20 ALN02");
  EXPECT_EQ(changed[0].severity, "warning");
  EXPECT_EQ(changed[0].line, 4);
  EXPECT_EQ(Codes(Check(Plan("up.ordo", "sha256:0"), 1)), "ALN20 ALN02");
}

TEST_F(References, UnknownNamesInside) {
  folder_.Write("up.ordo", kUpper);
  const auto codes = [&](const std::string& fulfils) {
    std::string text = Plan("up.ordo", kUpperHash);
    text.replace(text.find("up.a"), 4, fulfils);
    return Codes(Check(text, 2));
  };
  EXPECT_EQ(codes("up.z"), "TYP09");
  EXPECT_EQ(codes("upp.a"), "NAM03");
  EXPECT_EQ(codes("up.t1"), "TYP02") << "a task is no target";
  EXPECT_EQ(codes("h"), "TYP02") << "a target of the plan itself";
  EXPECT_EQ(codes("up.tp"), "TYP09") << "units stay inside";
}

TEST_F(References, OneTargetFulfilsTwo) {
  folder_.Write("up.ordo", kUpper);
  std::string text = Plan("up.ordo", kUpperHash);
  text.replace(text.find("up.a"), 4, "up.a, up.b");
  text.replace(text.find("target h"), std::string("target h \"Chữ ký số\"").size(), "target h \"Khác\"");
  const auto all = Check(text, 1);
  ASSERT_EQ(Codes(all), "ALN02") << "b is answered by g";
  EXPECT_EQ(all[0].message, "«Sóng 5G» asks ≥ 80% (2030); «Kế hoạch thành phố» asks > 80% (2030)");
}

TEST_F(References, QuotedInThePlan) {
  const std::string text = R"(ordo 1 en
plan p "Kế hoạch phường" { issued by: v; issue date: 2026-01-05; period: from 2026 to 2030 }
unit v "UBND phường" { tier: commune; head: "Chủ tịch" }
reference plan tw "Kế hoạch thành phố" {
  stands: upper
  target a "Phủ sóng 5G" { measured in: %; by 2030 reach > 80% }
  target b "Chữ ký số" { measured in: %; by 2030 reach 50% }
}
target g "Sóng 5G" { measured in: %; fulfils: tw.a; lead: v; by 2030 reach 85% }
)";
  const auto all = Check(text, 1);
  ASSERT_EQ(Codes(all), "ALN01") << "no file: nothing to lock";
  EXPECT_EQ(all[0].subject, "tw");
  EXPECT_EQ(all[0].message, "of 2 targets of «Kế hoạch thành phố» no target here answers: Chữ ký số");
  const auto broken = Check(text + "reference plan x \"X\" { stands: upper; target q \"Q\" { lead: nobody; by 2030 reach 1 } }\n", 2);
  EXPECT_EQ(Codes(broken), "NAM03") << "a quoted one is told in full";
}

TEST_F(References, TheJournalOfAReferenceIsNotRead) {
  std::string upper = kUpper;
  upper.replace(upper.find("issued by: tp"), 13, "issued by: tp; journal: \"nowhere.ordo\"");
  folder_.Write("up.ordo", upper);
  EXPECT_EQ(Codes(Check(Plan("up.ordo"), 1)), "ALN21 ALN02");
}

// Answers are looked up, never compared in pairs.
TEST_F(References, TwoThousandTargets) {
  const auto seconds = [&](int count) {
    std::string upper = "ordo 1 en\nplan up \"Thành phố\" { issued by: tp; issue date: 2025-01-01; period: from 2025 to 2030 }\nunit tp \"UBND thành phố\" { tier: province }\n";
    std::string plan = Plan("up.ordo");
    plan.replace(plan.find("fulfils: up.a; "), 15, "");
    plan.replace(plan.find("; fulfils: up.t1"), 16, "");
    for (int i = 0; i < count; ++i) {
      upper += fmt::format("target a{} \"Tỷ lệ số {} của thành phố\" {{ measured in: %; by 2028 reach 50%; by 2030 reach 80% }}\n", i, i);
      if (i % 2 == 0) plan += fmt::format("target g{} \"Tỷ lệ số {} của phường\" {{ measured in: %; fulfils: up.a{}; by 2028 reach 40%; by 2030 reach 80% }}\n", i, i, i);
    }
    folder_.Write("up.ordo", upper);
    folder_.Write("plan.ordo", plan);
    const auto begin = std::chrono::steady_clock::now();
    const auto all = folder_.Check("plan.ordo", 1, {"--only", "ALN01,ALN02"});
    EXPECT_EQ(Only(all, "ALN02").size(), static_cast<size_t>(count) / 2);
    EXPECT_EQ(Only(all, "ALN01").size(), 1u);
    EXPECT_EQ(folder_.Run({"align", "plan.ordo", "--format", "csv"}).status, 0);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  const double small = seconds(500), large = seconds(2000);
  EXPECT_LT(large, 5);
  EXPECT_LT(large, small * 4 * 4) << "a quadratic step would give sixteenfold";
}

TEST_F(References, BothSkinsAndBack) {
  folder_.Write("up.ordo", kUpper);
  const std::string text = folder_.Write("plan.ordo", Plan("up.ordo", kUpperHash) +
                                         "reference plan cũ \"Kế hoạch 2025\" {\n  stands: previous\n  target q \"Q\" { measured in: %; by 2030 reach 50% }\n}\n"
                                         "reference plan bên \"Phường bên\" { stands: sibling }\n");
  const Ran english = folder_.Run({"fmt", text});
  ASSERT_EQ(english.status, 0) << english.err;
  for (const char* line : {"reference plan up {", "stands: upper", "file: \"up.ordo\"", "locked at: \"sha256:", "fulfils: up.a", "fulfils: up.t1", "stands: previous", "target q \"Q\""}) {
    EXPECT_NE(english.out.find(line), std::string::npos) << line << "\n" << english.out;
  }
  const Ran vietnamese = folder_.Run({"fmt", text, "--skin", "vi"});
  ASSERT_EQ(vietnamese.status, 0) << vietnamese.err;
  for (const char* line : {"kế hoạch tham chiếu up {", "vai trò: cấp trên", "tệp: \"up.ordo\"", "khóa: \"sha256:", "cụ thể hóa: up.a", "vai trò: kỳ trước", "vai trò: cùng cấp", "chỉ tiêu q \"Q\""}) {
    EXPECT_NE(vietnamese.out.find(line), std::string::npos) << line << "\n" << vietnamese.out;
  }
  const Ran back = folder_.Run({"fmt", folder_.Write("vi.ordo", vietnamese.out), "--skin", "en"});
  EXPECT_EQ(FirstDifference(back.out, english.out), "");
  const auto codes = [&](const std::string& plan) { return Codes(folder_.Check(plan, 1, {"--only", "ALN01,ALN02,ALN20,ALN21"})); };
  EXPECT_EQ(codes("vi.ordo"), codes("plan.ordo"));
}

}  // namespace
}  // namespace ordo::testing

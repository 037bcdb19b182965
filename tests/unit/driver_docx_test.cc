// Word files as the program writes them, looked at with other programs: python-docx for the cells, LibreOffice and pdftotext for the print.
#include <gmock/gmock.h>

#include "support/office_files.h"
#include "support/plan_generator.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What tests/support/docx_check.py says; it must not fail.
std::string Checked(const Folder& folder, const std::string& arguments) {
  const std::string out = (folder.path() / "checked").string();
  const std::string command = fmt::format("cd '{}' && /usr/bin/python3 '{}/tests/support/docx_check.py' {} > '{}' 2>&1", folder.path().string(),
                                          ORDO_SOURCE_DIR, arguments, out);
  const int status = std::system(command.c_str());
  std::string said = ReadBytes(out);
  EXPECT_EQ(status, 0) << arguments << "\n" << said.substr(0, 2000);
  return said;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

constexpr std::string_view kNasty = R"(ordo 1 vi
kế hoạch k "K" { giai đoạn: năm 2026; thể thức: thông thường }
đơn vị a "Phòng <w:t>]]>&amp;" { đứng đầu: "Trưởng phòng" }
nhiệm vụ n1 "=1+1" { chủ trì: a; thời hạn: 01/3/2026 }
nhiệm vụ n2 "שלום עולם 😀 ]]> <w:t>x</w:t>" { chủ trì: a; thời hạn: 01/3/2026 }
nhiệm vụ n3 "+cmd|' /C calc'!A0 {{ }} ${x} %s" { chủ trì: a; thời hạn: 01/3/2026 }
nhiệm vụ n4 "LONG" { chủ trì: a; thời hạn: 01/3/2026 }
phụ lục bảng "=1+1" { dòng: nhiệm vụ; cột: số "TT", tên "Nhiệm vụ <b>", chủ trì "Chủ trì" }
)";

// One call of LibreOffice for all files of the tests.
class Docx : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new Folder;
    folder_->Copy("examples");
    std::string nasty(kNasty);
    nasty.replace(nasty.find("LONG"), 4, std::string(200, 'x'));
    folder_->Write("nasty.ordo", nasty);
    folder_->Write("none.ordo", "ordo 1 vi\nkế hoạch k \"K\" { giai đoạn: năm 2026 }\nphụ lục bảng \"RỖNG\" { dòng: nhiệm vụ; cột: số \"TT\", tên \"Việc\" }\n");
    folder_->Write("many.ordo", GeneratePlan(300));
    const std::string hai_duong = "examples/hai_duong_2026/plan.ordo";
    Wrote({"table", hai_duong, "nhiệm_vụ_2026"}, "annex");
    Wrote({"table", "nasty.ordo", "bảng"}, "nasty");
    Wrote({"table", "none.ordo", "bảng"}, "none");
    Wrote({"table", "many.ordo", "nhiệm_vụ_2026"}, "many");
    Wrote({"print", hai_duong}, "state");
    Wrote({"print", "examples/gia_loc_2025/plan.ordo"}, "party");
    Wrote({"print", "nasty.ordo"}, "plain");
    // The profile is ours, so that a running office is not disturbed.
    const std::string here = folder_->path().string();
    converted_ = office::Shell(fmt::format("cd '{0}' && timeout -k 1 100 soffice '-env:UserInstallation=file://{0}/profile' --headless --convert-to pdf "
                                           "annex.docx nasty.docx none.docx many.docx state.docx party.docx plain.docx", here)) == 0;
  }
  static void TearDownTestSuite() { delete folder_; }

  // As .docx, and as JSON where it is a table.
  static void Wrote(std::vector<std::string> arguments, const std::string& name) {
    const bool table = arguments.front() == "table";
    for (const char* format : {"docx", "json"}) {
      if (!table && std::string_view(format) == "json") continue;
      std::vector<std::string> all = arguments;
      all.insert(all.end(), {"--format", format, "-o", name + "." + format});
      const Ran ran = folder_->Run(all);
      EXPECT_EQ(ran.status, 0) << name << "\n" << ran.err.substr(0, 1000);
    }
  }

  static Folder* folder_;
  static bool converted_;
};
Folder* Docx::folder_ = nullptr;
bool Docx::converted_ = false;

TEST_F(Docx, CellsSayWhatTheTableSays) {
  for (const char* name : {"annex", "nasty", "none", "many"}) EXPECT_EQ(Checked(*folder_, fmt::format("cells {0}.docx {0}.json", name)), "") << name;
}

TEST_F(Docx, TheCheckSeesFaults) {
  EXPECT_THAT(Checked(*folder_, "cells annex.docx many.json"), HasSubstr("row"));
  std::string changed = ReadBytes(folder_->path() / "annex.json");
  changed.replace(changed.find("Thường xuyên"), 2, "X");
  folder_->Write("changed.json", changed);
  EXPECT_THAT(Checked(*folder_, "cells annex.docx changed.json"), HasSubstr("row:"));
}

TEST_F(Docx, ThePrintHasEveryCellInItsColumn) {
  ASSERT_TRUE(converted_) << "LibreOffice failed";
  EXPECT_EQ(Checked(*folder_, "printed annex.docx annex.json annex.pdf"), "");
  EXPECT_EQ(Checked(*folder_, "cells none.docx none.json"), "");
  EXPECT_THAT(Checked(*folder_, "sections annex.docx"), HasSubstr("landscape 20 20 20 20"));
}

TEST_F(Docx, TheHeadStandsOnEveryPage) {
  ASSERT_TRUE(converted_) << "LibreOffice failed";
  int pages = 0, heads = 0;
  ASSERT_EQ(std::sscanf(Checked(*folder_, "pages many.pdf 'Kết quả'").c_str(), "%d %d", &pages, &heads), 2);
  EXPECT_GT(pages, 10);   // 300 rows; LibreOffice needs more than a minute for 3,000
  EXPECT_EQ(heads, pages);   // no row says these words
  ASSERT_EQ(std::sscanf(Checked(*folder_, "pages none.pdf 'Việc'").c_str(), "%d %d", &pages, &heads), 2);
  EXPECT_EQ(pages, 1);
}

TEST_F(Docx, NastyTextsArePrintedAsTheyAre) {
  ASSERT_TRUE(converted_) << "LibreOffice failed";
  for (const char* text : {"'=1+1'", "'w:t>x</w:t>'", "'Phòng <w:t>]]>&amp;'", "'{{ }} ${x} %s'"}) {
    int pages = 0, times = 0;
    ASSERT_EQ(std::sscanf(Checked(*folder_, fmt::format("pages plain.pdf {}", text)).c_str(), "%d %d", &pages, &times), 2);
    EXPECT_GE(times, 1) << text;
  }
}

TEST_F(Docx, AControlCharacterNeverBreaksTheFile) {
  std::string plan(kNasty);
  plan.replace(plan.find("LONG"), 4, "a\x01\x0b\x1f z");
  folder_->Write("control.ordo", plan);
  const Ran ran = folder_->Run({"table", "control.ordo", "bảng", "--format", "docx", "-o", "control.docx"});
  if (ran.status != 0) {   // refused with a place: also right
    EXPECT_THAT(ran.err + ran.out, HasSubstr("control.ordo"));
    return;
  }
  Checked(*folder_, "text control.docx");
}

TEST_F(Docx, StateDocument) {
  const std::vector<std::string> lines = Lines(Checked(*folder_, "text state.docx"));
  EXPECT_EQ(lines.front(), "lang vi-VN");
  const std::vector<std::string> head(lines.begin() + 1, lines.begin() + 10);
  EXPECT_THAT(head, ElementsAre("UỶ BAN NHÂN DÂN PHƯỜNG HẢI DƯƠNG", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "",
                                "Số: 24/KH-UBND", "Hải Dương, ngày 28 tháng 01 năm 2026", "KẾ HOẠCH",
                                ::testing::StartsWith("Thực hiện Nghị quyết số 57-NQ/TW")));
  const auto has = [&](std::string_view line) { return std::find(lines.begin(), lines.end(), line) != lines.end(); };
  for (const char* line : {"Nơi nhận:", "CHỦ TỊCH", "I. MỤC ĐÍCH, YÊU CẦU", "Phụ lục", "NHIỆM VỤ TRONG NĂM 2026",
                           "(Ban hành kèm theo Kế hoạch số /KH-UBND ngày /01/2026 của UBND phường Hải Dương)"}) {
    EXPECT_TRUE(has(line)) << line;
  }
  EXPECT_THAT(Lines(Checked(*folder_, "sections state.docx")), ElementsAre("portrait 20 20 30 20", "landscape 20 20 20 20"));
  EXPECT_THAT(Checked(*folder_, "pages state.pdf 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'"), ::testing::EndsWith(" 1\n"));
}

TEST_F(Docx, PartyDocument) {
  const std::string text = Checked(*folder_, "text party.docx");
  const std::vector<std::string> lines = Lines(text);
  ASSERT_GT(lines.size(), 8u);
  EXPECT_THAT(std::vector<std::string>(lines.begin() + 1, lines.begin() + 4),
              ElementsAre("BAN THƯỜNG VỤ ĐẢNG ỦY XÃ GIA LỘC", "*", "ĐẢNG CỘNG SẢN VIỆT NAM"));
  EXPECT_NE(std::find(lines.begin(), lines.end(), "-----"), lines.end());
  EXPECT_EQ(text.find("Độc lập - Tự do"), std::string::npos);
  // Its tables are kept for follow-up: the document is the text as issued.
  EXPECT_THAT(Lines(Checked(*folder_, "sections party.docx")), ElementsAre("portrait 20 20 30 15"));
}

TEST_F(Docx, PlainDocument) {
  const std::string text = Checked(*folder_, "text plain.docx");
  EXPECT_EQ(text.find("CỘNG HÒA"), std::string::npos);
  EXPECT_EQ(text.find("ĐẢNG CỘNG SẢN"), std::string::npos);
  EXPECT_THAT(Lines(Checked(*folder_, "sections plain.docx")), ::testing::Each("portrait 25 25 25 25"));
}

TEST_F(Docx, EqualBytesOnTwoRuns) {
  const std::string first = ReadBytes(folder_->path() / "state.docx");
  ASSERT_GT(first.size(), 10'000u);
  Wrote({"print", "examples/hai_duong_2026/plan.ordo"}, "again");
  EXPECT_TRUE(first == ReadBytes(folder_->path() / "again.docx"));
}

}  // namespace
}  // namespace ordo::testing

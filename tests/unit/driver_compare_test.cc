// `ordo compare` on the real plan: a CSV as it was written, and one edited as an office would.
#include <gtest/gtest.h>

#include <regex>

#include "support/real_plan.h"

namespace ordo {
namespace {

using office::FileBytes;
using office::PutFile;

class DriverCompare : public office::RealPlanTest {
 protected:
  DriverCompare() : RealPlanTest("compare") {
    EXPECT_EQ(Ordo("table plan.ordo nhiệm_vụ_2026 --format csv"), 0);
    csv_ = out_;
  }
  int Compare(std::string_view bytes, const std::string& more = "") {
    PutFile(folder_ / "p/back", bytes);
    return Ordo("compare back plan.ordo " + more);
  }
  std::string csv_;
};

TEST_F(DriverCompare, UnchangedIsNothing) { EXPECT_EQ(Compare(csv_), 0) << out_; }

TEST_F(DriverCompare, TakenOver) {
  std::string back = csv_;
  const size_t at = back.find("Kế hoạch CCHC của phường");
  ASSERT_NE(at, std::string::npos);
  back.replace(at, std::string("Kế hoạch CCHC của phường").size(), "Kế hoạch cải cách hành chính");
  EXPECT_EQ(Compare(back), 1);
  EXPECT_NE(out_.find("+    kết quả: kế hoạch \"Kế hoạch cải cách hành chính\""), std::string::npos) << out_;
  EXPECT_EQ(Compare(back, "--write"), 1);
  EXPECT_EQ(Compare(back), 0) << out_;
}

TEST_F(DriverCompare, Unreadable) {
  const std::pair<const char*, std::string> files[] = {
      {"Word", "%PDF-1.7"}, {"hỏng", "PK\x03\x04xx"}, {"TCVN3", "Ph\xADng \xAE\xB9i, \xAE\xAC\n"},
      {"2007", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"}, {"không bảng nào của", "a,b\nc,d\n"}};
  for (const auto& [word, bytes] : files) {
    EXPECT_EQ(Compare(bytes), 2) << word;
    EXPECT_NE(FileBytes(folder_ / "p/err").find(word), std::string::npos) << word;
  }
}

// A character that nobody sees is told, and never written into the plan.
TEST_F(DriverCompare, HiddenCharactersAreNotTakenOver) {
  std::string back = csv_;
  back.insert(back.find("Kế hoạch CCHC của phường") + 5, "\xE2\x80\xAE");
  EXPECT_EQ(Compare(back, "--write"), 1);
  EXPECT_NE(out_.find("1 khác biệt; đã đưa 0 vào kế hoạch"), std::string::npos) << out_;
  EXPECT_EQ(FileBytes(folder_ / "p/plan.ordo"), FileBytes(ORDO_SOURCE_DIR "/examples/hai_duong_2026/plan.ordo"));
}

// Taken over as text, and never a formula in what is written from then on.
TEST_F(DriverCompare, FormulaStaysText) {
  std::string back = csv_;
  back.replace(back.find("Kế hoạch CCHC của phường"), std::string("Kế hoạch CCHC của phường").size(), "\"'=HYPERLINK(\"\"http://x\"\")\"");
  EXPECT_EQ(Compare(back, "--write"), 1);
  EXPECT_NE(FileBytes(folder_ / "p/plan.ordo").find("=HYPERLINK(\"http://x\")"), std::string::npos) << out_;
  ASSERT_EQ(Ordo("table plan.ordo nhiệm_vụ_2026 --format csv"), 0);
  EXPECT_NE(out_.find("\"'=HYPERLINK"), std::string::npos);
  ASSERT_EQ(Ordo("table plan.ordo nhiệm_vụ_2026 --format xlsx -o a.xlsx"), 0);
  const auto file = office::ReadGrids(FileBytes(folder_ / "p/a.xlsx"));
  ASSERT_TRUE(file.ok());
  for (const auto& grid : file->grids) {
    for (const auto& row : grid.rows) {
      for (const auto& cell : row.cells) EXPECT_FALSE(cell.formula);
    }
  }
}

// One row of two that share a field was changed: taking it over would change the other. What is certain is offered all the same.
TEST_F(DriverCompare, SharedFieldIsLeft) {
  std::string plan = FileBytes(folder_ / "p/plan.ordo");
  const size_t begin = plan.find("  nhiệm vụ kiện_toàn"), end = plan.find("  nhiệm vụ học_tập_số");
  std::string two = plan.substr(begin, end - begin);
  for (const std::string due : {"    thời hạn: nếu đổi_nhân_sự ghi \"Nếu có thay đổi nhân sự\"\n", "    thời hạn: tháng 01/2026\n"}) {
    ASSERT_NE(two.find(due), std::string::npos);
    two.erase(two.find(due), due.size());
  }
  plan.replace(begin, end - begin, "  dùng chung { thời hạn: tháng 01/2026 }\n" + two);
  PutFile(folder_ / "p/plan.ordo", plan);
  ASSERT_EQ(Ordo("table plan.ordo nhiệm_vụ_2026 --format csv"), 0);
  std::string back = out_;
  const std::string was = "Tháng 01/2026", product = "Kế hoạch CCHC của phường";
  back.replace(back.find(was, back.find("Kiện toàn thành viên")), was.size(), "Quý II/2026");
  back.replace(back.find(product), product.size(), "Kế hoạch CCHC");
  EXPECT_EQ(Compare(back), 1);
  EXPECT_NE(out_.find("2 khác biệt; 1 đưa vào kế hoạch được"), std::string::npos) << out_;
  EXPECT_NE(out_.find("\"Kế hoạch CCHC\""), std::string::npos) << out_;
}

// A text that no literal can hold: nothing is offered, nothing written.
TEST_F(DriverCompare, NothingThatCannotBeRead) {   // CMP04
  std::string back = csv_;
  back.replace(back.find("Kế hoạch CCHC của phường"), std::string("Kế hoạch CCHC của phường").size(), "\"a\"\"\"\"\"\"b\"");
  EXPECT_EQ(Compare(back, "--write"), 1);
  EXPECT_NE(FileBytes(folder_ / "p/err").find("không đề nghị sửa chỗ nào"), std::string::npos) << FileBytes(folder_ / "p/err");
  EXPECT_EQ(FileBytes(folder_ / "p/plan.ordo"), FileBytes(ORDO_SOURCE_DIR "/examples/hai_duong_2026/plan.ordo"));
}

// Each sentence about a file, and about what was compared.
TEST_F(DriverCompare, EachCode) {
  const auto error = [&] { return FileBytes(folder_ / "p/err"); };
  const auto word = [](std::string_view xml) { return *office::Packed({{"word/document.xml", std::string(xml)}}); };
  std::string locked = word("<d/>");
  locked[locked.find("PK\x03\x04") + 6] = 1;
  locked[locked.rfind("PK\x01\x02") + 8] = 1;
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += "<a>";
  const std::pair<const char*, std::string> refused[] = {
      {"không phải .docx, .xlsx hay .csv", "%PDF-1.7"},                            // FIL30
      {"bị hỏng hoặc không đủ", "PK\x03\x04xx"},                                    // FIL31
      {"lớn hơn mức được đọc", word(deep)},                                         // FIL32
      {"khai báo kiểu văn bản hoặc thực thể", word("<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><d>&a;</d>")},   // FIL33
      {"không phải Unicode", "Ph\xADng \xAE\xB9i, \xAE\xAC\n"},                     // FIL34
      {"đời trước 2007", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"},                       // FIL35
      {"bị khóa bằng mật khẩu", locked},                                            // FIL36
      {"không có bảng nào", word("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body/></w:document>")},   // FIL37
      {"là bảng của kế hoạch này", "a,b\nc,d\n"}};                                  // CMP03
  for (const auto& [sentence, bytes] : refused) {
    EXPECT_EQ(Compare(bytes), 2) << sentence;
    EXPECT_NE(error().find(sentence), std::string::npos) << sentence << "\n" << error();
    EXPECT_EQ(error().find("root:"), std::string::npos);
  }
  EXPECT_EQ(Compare(csv_), 0);
  EXPECT_NE(error().find("không mang dấu"), std::string::npos) << error();           // CMP01

  ASSERT_EQ(Ordo("table plan.ordo nhiệm_vụ_2026 --format docx -o a.docx"), 0);
  std::string other = FileBytes(folder_ / "p/plan.ordo");
  std::smatch name;
  ASSERT_TRUE(std::regex_search(other, name, std::regex("kế hoạch ([^ ]+) \"")));
  other.replace(static_cast<size_t>(name.position(1)), name.str(1).size(), "kh_khác");
  PutFile(folder_ / "p/plan.ordo", other);
  EXPECT_EQ(Ordo("compare a.docx plan.ordo"), 0) << out_;
  EXPECT_NE(error().find("không phải «kh_khác»"), std::string::npos) << error();     // CMP02

  ASSERT_EQ(office::Shell(fmt::format("/usr/bin/python3 -c \"import csv, openpyxl as o; b = o.Workbook(); "
                                      "[b.active.append(r) for r in csv.reader(open('{0}/p/back', encoding='utf-8-sig'))]; "
                                      "b.create_sheet('Nháp').sheet_state = 'hidden'; b.save('{0}/p/h.xlsx')\"", folder_.path())), 0);
  EXPECT_EQ(Ordo("compare h.xlsx plan.ordo"), 0) << out_;
  EXPECT_NE(error().find("Nháp"), std::string::npos) << error();                     // FIL38
}

}  // namespace
}  // namespace ordo

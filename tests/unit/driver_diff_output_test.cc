// `ordo diff` as it is run: exit status, every output format, text of a plan that would like to be a formula, markup or a control.
#include <gtest/gtest.h>

#include "support/office_files.h"
#include "support/run_ordo.h"

namespace ordo {
namespace {

using testing::Folder;
using testing::Ran;

class DriverDiffOutput : public ::testing::Test {
 protected:
  DriverDiffOutput() {
    for (const char* edition : {"old", "new"}) {
      std::filesystem::copy(ORDO_SOURCE_DIR "/examples", folder_.path() / edition, std::filesystem::copy_options::recursive);
    }
  }
  void Change(const std::string& what, const std::string& by) {
    const auto file = folder_.path() / "new/hai_duong_2026/plan.ordo";
    std::string text = testing::ReadBytes(file);
    ASSERT_NE(text.find(what), std::string::npos) << what;
    text.replace(text.find(what), what.size(), by);
    std::ofstream(file, std::ios::binary) << text;
  }
  Ran Diff(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"diff", "old/hai_duong_2026/plan.ordo", "new/hai_duong_2026/plan.ordo"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return folder_.Run(arguments);
  }
  Folder folder_;
};

TEST_F(DriverDiffOutput, ExitStatus) {
  const Ran same = Diff();
  EXPECT_EQ(same.status, 0) << same.err;
  EXPECT_EQ(same.out, "không có khác biệt\n");
  Change("    phê duyệt: catp\n", "");
  EXPECT_EQ(Diff().status, 1);
  EXPECT_EQ(Diff({"--only", "targets,texts"}).status, 0);
  EXPECT_EQ(Diff({"--only", "tasks"}).status, 1);
  const Ran unknown = Diff({"--only", "goals"});
  EXPECT_EQ(unknown.status, 3);
  EXPECT_NE(unknown.err.find("header, tasks, targets, reporting, texts, tables, register"), std::string::npos) << unknown.err;
  EXPECT_EQ(Diff({"-o", "new/hai_duong_2026/plan.ordo"}).status, 3) << "never over a plan";
  EXPECT_EQ(Diff({"-o", "nowhere/out.txt"}).status, 3);
  EXPECT_EQ(folder_.Run({"diff", "old/none.ordo", "new/hai_duong_2026/plan.ordo"}).status, 2);
  // What is wrong with either is told, and nothing is compared.
  folder_.Write("a/plan.ordo", "ordo 1 vi\nkế hoạch k \"A\" { số 5 }\n");
  folder_.Write("b/plan.ordo", "ordo 1 vi\nkế hoạch k \"B\" {}\nnhiệm vụ x \"X\" { chủ trì: nobody }\n");
  const Ran broken = folder_.Run({"diff", "a/plan.ordo", "b/plan.ordo"});
  EXPECT_EQ(broken.status, 2);
  EXPECT_EQ(broken.out, "");
  EXPECT_NE(broken.err.find("a/plan.ordo:2"), std::string::npos) << broken.err;
  EXPECT_NE(broken.err.find("b/plan.ordo:3"), std::string::npos) << broken.err;
}

TEST_F(DriverDiffOutput, TwoPlansThatHaveNothingInCommon) {   // RUN80
  folder_.Write("a.ordo", "ordo 1 vi\nkế hoạch k \"A\" {}\nnhiệm vụ x \"Trồng cây xanh\" {}\n");
  folder_.Write("b.ordo", "ordo 1 vi\nkế hoạch k \"B\" {}\nnhiệm vụ y \"Số hóa hồ sơ\" {}\n");
  const Ran ran = folder_.Run({"diff", "a.ordo", "b.ordo"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("«a.ordo» và «b.ordo» không có"), std::string::npos) << ran.err;
  EXPECT_EQ(folder_.Run({"diff", "a.ordo", "a.ordo"}).err, "");
}

TEST_F(DriverDiffOutput, TextIsForAPerson) {
  Change("ngày ban hành: 28/01/2026", "ngày ban hành: 30/01/2026");
  Change("    phê duyệt: catp\n", "");
  const Ran ran = Diff();
  EXPECT_EQ(ran.out,
            "bản cũ: old/hai_duong_2026/plan.ordo 24/KH-UBND ngày 28/01/2026\n"
            "bản mới: new/hai_duong_2026/plan.ordo 24/KH-UBND ngày 30/01/2026\n"
            "\n"
            "THÔNG TIN CHUNG CỦA KẾ HOẠCH\n"
            "  Ngày ban hành: 28/01/2026 → 30/01/2026 (chậm hơn 2 ngày)\n"
            "\n"
            "NHIỆM VỤ\n"
            "  đổi người, đơn vị (1)\n"
            "    V.6. Xây dựng hồ sơ cấp độ an toàn thông tin mạng, trình Công an thành phố xem xét, phê duyệt\n"
            "      Phê duyệt: Công an thành phố → không nêu\n"
            "\n"
            "2 nội dung khác nhau: 0 thêm, 0 bỏ, 0 chuyển chỗ, 2 thay đổi, 0 chỉ đổi cách ghi hoặc đổi năm\n");
  EXPECT_NE(Diff({"--lang", "en"}).out.find("Issue date: 28 January 2026 → 30 January 2026 (2 days later)"), std::string::npos) << Diff({"--lang", "en"}).out;
  EXPECT_EQ(Diff().out, Diff().out);
}

TEST_F(DriverDiffOutput, EveryFormatIsWellFormed) {
  // A title that would like to be more than text.
  Change("\"Xây dựng hồ sơ cấp độ an toàn thông tin mạng, trình", "\"=HYPERLINK(1)|<script>alert(1)</script> & hồ sơ cấp độ an toàn thông tin mạng, trình");
  Change("kết quả: hồ sơ \"Hồ sơ cấp độ an toàn thông tin được duyệt\"", "kết quả: hồ sơ \"+cmd|' /C calc'!A0\"");
  Change("đến hết 2026 đạt 85%", "đến hết 2026 đạt 90%");

  const auto json = nlohmann::json::parse(Diff({"--format", "json"}).out);
  EXPECT_EQ(json["schema"], "ordo/diff/1");
  ASSERT_EQ(json["changes"].size(), 2u);
  EXPECT_EQ(json["changes"][0]["new"]["name"], "hồ_sơ_attt");
  EXPECT_EQ(json["changes"][0]["old"]["at"]["file"], "old/hai_duong_2026/plan.ordo");
  EXPECT_EQ(json["changes"][1]["pieces"][0]["old"], "85%");
  EXPECT_EQ(json["changes"][1]["pieces"][0]["new"], "90%");
  EXPECT_EQ(json["summary"]["changed"], 2);

  const std::string csv = Diff({"--format", "csv"}).out;
  EXPECT_EQ(csv.find("\r\n="), std::string::npos);
  EXPECT_EQ(csv.find(",="), std::string::npos);
  EXPECT_NE(csv.find("STT,Nội dung cũ,Nội dung mới,Thay đổi"), std::string::npos) << csv;
  const std::string html = Diff({"--format", "html"}).out;
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_EQ(Diff({"--format", "md"}).out.find("(1)|<"), std::string::npos) << "a bar would end the cell";

  for (const char* name : {"out.docx", "out.xlsx"}) {
    ASSERT_EQ(Diff({"--format", std::string(name).substr(4), "-o", name}).status, 1);
    const std::string bytes = testing::ReadBytes(folder_.path() / name);
    const auto file = office::ReadGrids(bytes);
    ASSERT_TRUE(file.ok()) << name;
    bool found = false;
    for (const auto& grid : file->grids) {
      for (const auto& row : grid.rows) {
        for (const auto& cell : row.cells) {
          EXPECT_FALSE(cell.formula) << cell.text;
          found |= cell.text.find("=HYPERLINK(1)|<script>alert(1)</script> & hồ sơ") != std::string::npos;
        }
      }
    }
    EXPECT_TRUE(found) << name;
  }
}

// The plans of two years: other works, the same headings, the same office.
TEST_F(DriverDiffOutput, TwoYearsOfOneOffice) {
  const Ran ran = folder_.Run({"diff", "old/hai_duong_2025/plan.ordo", "new/hai_duong_2026/plan.ordo", "--format", "json"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "") << "they have something in common";
  const auto json = nlohmann::json::parse(ran.out);
  size_t met = 0;
  for (const auto& change : json["changes"]) met += change["kind"] == "changed" && change["part"] == "texts";
  EXPECT_GT(met, 3u) << "headings and paragraphs of both years were found to be the same ones";
  EXPECT_GT(json["summary"]["added"], json["summary"]["moved"]);
}

// The run that README.md shows.
TEST_F(DriverDiffOutput, AsTheReadmeShows) {
  Change("chủ trì: pvhcc \"Trung tâm phục vụ hành chính công\"\n    phối hợp: phòng_ban có liên quan", "chủ trì: vp\n    phối hợp: pvhcc, phòng_ban có liên quan");
  Change("trình Công an thành phố xem xét, phê duyệt\" {", "trình Công an thành phố phê duyệt\" {");
  Change("kết quả: hồ sơ \"Hồ sơ cấp độ an toàn thông tin được duyệt\"\n    thời hạn: quý I/2026", "kết quả: hồ sơ \"Hồ sơ cấp độ an toàn thông tin được duyệt\"\n    thời hạn: quý II/2026");
  Change("đến hết 2026 đạt 85%", "đến hết 2026 đạt >= 90%");
  Change("phối hợp: tổ_cnscđ, đoàn_thể\n    kết quả: báo cáo\n    thời hạn: thường xuyên", "phối hợp: tổ_cnscđ, đoàn_thể\n    kết quả: báo cáo\n    thời hạn: thường xuyên, minh chứng hằng quý");
  Change("  nhiệm vụ số_hóa ", "  nhiệm vụ camera \"Lắp đặt camera an ninh tại các tổ dân phố\" { chủ trì: ca; thời hạn: 30/06/2026 }\n  nhiệm vụ số_hóa ");
  const Ran ran = Diff();
  EXPECT_EQ(ran.status, 1);
  std::string shown;
  for (size_t at = 0; at < ran.out.size();) {
    const size_t end = ran.out.find('\n', at);
    const std::string line = ran.out.substr(at, end - at);
    shown += line.empty() ? "\n" : "    " + line + "\n";
    at = end + 1;
  }
  EXPECT_NE(testing::ReadBytes(ORDO_SOURCE_DIR "/README.md").find(shown), std::string::npos) << shown;
}

// A control character in a title reaches no terminal.
TEST_F(DriverDiffOutput, NoControlReachesTheTerminal) {
  Change("\"Xây dựng hồ sơ cấp độ", "\"Xây\x1b[2J dựng hồ sơ cấp độ");
  const Ran ran = Diff();
  if (ran.status == 2) return;   // the language refuses it
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace ordo

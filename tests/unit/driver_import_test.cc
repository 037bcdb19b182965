// `ordo import`: what was printed comes back as the same table, messy files give drafts that read, garbage is refused.
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "support/real_plan.h"

namespace ordo {
namespace {

using office::FileBytes;
using office::PutFile;

class DriverImport : public office::RealPlanTest {
 protected:
  DriverImport() : RealPlanTest("import") {}
  bool Says(std::string_view text) const { return err_.find(text) != std::string::npos; }
  bool Has(std::string_view text) const { return FileBytes(folder_ / "p/draft.ordo").find(text) != std::string::npos; }
  // The draft reads, and its canonical form is itself.
  void Reads() {
    EXPECT_EQ(Ordo("fmt --check draft.ordo"), 0) << out_ << err_;
    EXPECT_EQ(Ordo("dump draft.ordo"), 0) << err_;
  }
  int Import(std::string_view bytes, const std::string& more = "") {
    PutFile(folder_ / "p/in", bytes);
    return Ordo("import in --force -o draft.ordo --register ../registers/hai_duong.ordo " + more);
  }
};

TEST_F(DriverImport, RoundTrip) {
  ASSERT_EQ(Ordo("table plan.ordo nhiệm_vụ_2026 --format csv"), 0);
  const std::string printed = out_;
  for (const char* format : {"csv", "docx", "xlsx"}) {
    ASSERT_EQ(Ordo(fmt::format("table plan.ordo nhiệm_vụ_2026 --format {0} -o annex.{0}", format)), 0) << err_;
    for (const char* skin : {"vi", "en"}) {
      SCOPED_TRACE(fmt::format("{} {}", format, skin));
      ASSERT_EQ(Ordo(fmt::format("import annex.{} --year 2026 --force --skin {} -o draft.ordo --register ../registers/hai_duong.ordo", format, skin)), 0) << err_;
      EXPECT_FALSE(Says("khác tệp gốc") || Says("print otherwise")) << err_;
      EXPECT_TRUE(Says("38 dòng") || Says("38 rows")) << err_;
      const std::string draft = FileBytes(folder_ / "p/draft.ordo");
      const std::string word = std::string_view(skin) == "vi" ? "\nphụ lục " : "\nappendix ";
      const size_t at = draft.find(word);
      ASSERT_NE(at, std::string::npos);
      const size_t begin = at + word.size();
      ASSERT_EQ(Ordo(fmt::format("table draft.ordo {} --format csv", draft.substr(begin, draft.find(' ', begin) - begin))), 0) << err_;
      EXPECT_EQ(out_, printed);
      EXPECT_TRUE(Has("dvsnc") && Has("registers/hai_duong.ordo"));
      Reads();
    }
  }
}

constexpr std::string_view kMessy =
    "KẾ HOẠCH,,,,,\n"
    "STT,Nội dung nhiệm vụ,Đơn vị chủ trì,Đơn vị phối hợp,Sản phẩm,Thời gian hoàn thành,Phương thức\n"
    "I,NÂNG CAO NHẬN THỨC,,,,,\n"
    "1,\"Tuyên truyền \"\"Học tập số\"\" {đợt 1} \"\"\"\"\"\"\",Phòng  Văn hóa – Xã hội,Công an phường,Báo cáo,Quý 2,=SUM(A1)\n"
    "2.,Việc lạ,Tổ giúp việc,x,-,lúc nào đó thì báo,@x\n"
    "3,Rà soát } ; // không phải chú thích,Phòng Văn hóa-Xã hội; Công an phường,,\"Kế hoạch, báo cáo\",31/02/2026,+1\n"
    ",a) Phần một,Công an phường,,Văn bản,Trước 15/3/2026,{}\n";

TEST_F(DriverImport, MessyCells) {
  ASSERT_EQ(Import(kMessy, "--year 2026"), 0) << err_;
  EXPECT_FALSE(Says("khác tệp gốc")) << err_;
  EXPECT_TRUE(Says("chỗ cần xem lại")) << err_;
  EXPECT_TRUE(Has("«lúc nào đó thì báo»") && Has("\n    thời hạn: \"lúc nào đó thì báo\"")) << FileBytes(folder_ / "p/draft.ordo");
  EXPECT_TRUE(Has("đơn vị tgv \"Tổ giúp việc\"") && Has("trường phương_thức")) << FileBytes(folder_ / "p/draft.ordo");
  EXPECT_TRUE(Has("\"a) Phần một\"") && Has("kết quả: kế hoạch, báo cáo ghi \"Kế hoạch, báo cáo\"") && Has("thời hạn: quý II/2026 ghi \"Quý 2\""));
  Reads();
}

TEST_F(DriverImport, WordFile) {
  PutFile(folder_ / "p/make.py",
          "import docx\nd=docx.Document()\nd.add_paragraph('KẾ HOẠCH')\nd.add_paragraph('Chuyển đổi số năm 2027')\n"
          "t=d.add_table(rows=4,cols=5)\n"
          "rows=[['STT','Nhiệm vụ','Cơ quan chủ trì','Kết quả','Thời hạn'],['I','NHÓM','','',''],"
          "['1','Việc một','Công an\\nphường','Báo cáo','Tháng 5/2027'],['2','Việc hai','Ban Quản lý chợ','Kế hoạch','sớm']]\n"
          "for r,row in enumerate(rows):\n  for c,x in enumerate(row): t.cell(r,c).text=x\n"
          "t.cell(1,1).merge(t.cell(1,4))\nd.add_paragraph('CHỈ TIÊU')\nu=d.add_table(rows=2,cols=3)\n"
          "for r,row in enumerate([['TT','Chỉ tiêu','Năm 2027'],['1','Sáng kiến','10']]):\n  for c,x in enumerate(row): u.cell(r,c).text=x\n"
          "d.save('messy.docx')\n");
  ASSERT_EQ(office::Shell(fmt::format("cd '{}' && /usr/bin/python3 make.py", folder_ / "p")), 0);
  ASSERT_EQ(Ordo("import messy.docx -o draft.ordo --register ../registers/hai_duong.ordo"), 0) << err_;
  EXPECT_FALSE(Says("khác tệp gốc")) << err_;
  EXPECT_TRUE(Has("\"Chuyển đổi số năm 2027\"") && Has("giai đoạn: năm 2027") && Has("chủ trì: ca") && Has("thời hạn: tháng 05/2027") && Has("«sớm»"))
      << FileBytes(folder_ / "p/draft.ordo");
  EXPECT_TRUE(Has("bảng chỉ_tiêu \"CHỈ TIÊU\"") && Has("trong 2027 đạt 10"));
  Reads();
  ASSERT_EQ(Ordo("import messy.docx --table 2 --skin en"), 0) << err_;
  EXPECT_TRUE(out_.starts_with("ordo 1 en\n") && out_.find("in 2027 reach 10") != std::string::npos) << out_;
  EXPECT_TRUE(Says("tables that are not in this draft")) << err_;
  EXPECT_EQ(Ordo("import messy.docx -o draft.ordo"), 3);   // it may have been worked on
  EXPECT_TRUE(Says("--force")) << err_;
  Reads();
}

TEST_F(DriverImport, SpreadsheetDaysThatMayBeMonths) {
  const auto make = [&](std::string_view second) {
    PutFile(folder_ / "p/make.py", fmt::format(R"py(
import datetime, openpyxl
sheet = (book := openpyxl.Workbook()).active
sheet.append(['TT', 'Nội dung công việc', 'Cơ quan chủ trì', 'Thời hạn'])
sheet.append([1, 'Rà soát thủ tục hành chính', 'Phòng Văn hóa - Xã hội', datetime.datetime(2026, 5, 1)])
sheet.append([2, 'Tổ chức tập huấn kỹ năng số', 'Phòng Văn hóa - Xã hội', datetime.datetime({})])
for row in (2, 3): sheet.cell(row, 4).number_format = 'dd/mm/yyyy'
book.save('in.xlsx')
)py", second));
    ASSERT_EQ(std::system(fmt::format("cd '{}' && /usr/bin/python3 make.py", folder_ / "p").c_str()), 0);
  };
  make("2026, 12, 1");
  ASSERT_EQ(Ordo("import in.xlsx --year 2026 --force -o draft.ordo --register ../registers/hai_duong.ordo"), 0) << err_;
  EXPECT_TRUE(Has("thời hạn: tháng 05/2026") && Has("thời hạn: tháng 12/2026")) << FileBytes(folder_ / "p/draft.ordo");
  EXPECT_TRUE(Has("mọi ngày của cột này đều là ngày 1"));
  Reads();
  make("2026, 12, 18");
  ASSERT_EQ(Ordo("import in.xlsx --year 2026 --force -o draft.ordo --register ../registers/hai_duong.ordo"), 0) << err_;
  EXPECT_TRUE(Has("thời hạn: 01/05/2026") && Has("thời hạn: 18/12/2026")) << FileBytes(folder_ / "p/draft.ordo");
  EXPECT_TRUE(Has("có thể người lập muốn ghi tháng"));
  Reads();
}

TEST_F(DriverImport, Targets) {
  ASSERT_EQ(Import("TT,Chỉ tiêu,Đơn vị tính,Năm 2026,Năm 2030\n1,Tỷ lệ hồ sơ trực tuyến,%,≥ 80%,100%\n2,Số sáng kiến,sáng kiến,10,tăng gấp đôi\n"), 0) << err_;
  EXPECT_FALSE(Says("khác tệp gốc")) << err_;
  EXPECT_TRUE(Has("trong 2026 đạt >= 80%") && Has("đơn vị tính: %") && Has("trong 2030 đạt \"tăng gấp đôi\"") && Has("từng mốc thời gian \"Năm {}\""))
      << FileBytes(folder_ / "p/draft.ordo");
  Reads();
}

TEST_F(DriverImport, BothRolesAndColumnsThatTakeNoWords) {
  ASSERT_EQ(Import("TT,Nội dung,Phân công nhiệm vụ,Kinh phí,Thời hạn\n1,Việc một,\"Chủ trì: Công an phường; Phối hợp: Văn phòng HĐND và UBND\","
                   "150 triệu đồng,Quý I/2026\n2,Việc hai,Công an phường,chưa rõ,Quý II/2026\n"), 0) << err_;
  EXPECT_FALSE(Says("khác tệp gốc")) << err_;
  EXPECT_TRUE(Has("chủ trì: ca\n    phối hợp: vp") || Has("chủ trì: ca\n  phối hợp: vp")) << FileBytes(folder_ / "p/draft.ordo");
  EXPECT_TRUE(Has("kinh_phí: \"chưa rõ\"")) << FileBytes(folder_ / "p/draft.ordo");
  Reads();
}

TEST_F(DriverImport, Refused) {
  EXPECT_EQ(Import("a,b\nc,d\n"), 2);
  EXPECT_TRUE(Says("a | b")) << err_;
  for (const std::string& bytes : {std::string("%PDF-1.7"), std::string("PK\x03\x04xx"), std::string()}) {
    EXPECT_EQ(Import(bytes), 2);
    EXPECT_TRUE(Says("không đọc được «in»")) << err_;
  }
  EXPECT_EQ(Import(kMessy, "--table 9"), 2);
  EXPECT_TRUE(Says("không có bảng 9")) << err_;
}

TEST_F(DriverImport, RegisterElsewhereIsCopied) {
  std::filesystem::create_directory(folder_ / "p/sub");
  std::filesystem::remove(folder_ / "ordo.root");   // nothing says that files beside the plan's folder may be imported
  PutFile(folder_ / "p/in.csv", kMessy);
  ASSERT_EQ(Ordo("import in.csv -o sub/draft.ordo --register ../registers/hai_duong.ordo"), 0) << err_;
  EXPECT_TRUE(Says("được chép vào bản nháp")) << err_;
  EXPECT_NE(FileBytes(folder_ / "p/sub/draft.ordo").find("đơn vị vhxh"), std::string::npos);
  EXPECT_EQ(Ordo("dump sub/draft.ordo"), 0) << err_;
}

TEST_F(DriverImport, GarbageReads) {
  const char* pieces[] = {"\"\"\"", "{", "}", "//", "=1+1", "-", "@", "Quý", "99/99/2026", ";", "và", "Phòng", "ghi", "Các", "\t", "1.1", "“", "”", "từ", "%", "a)", "IV"};
  std::mt19937 random(7);
  for (int file = 0; file < 12; ++file) {
    std::string csv = "STT,Nhiệm vụ,Chủ trì,Phối hợp,Kết quả,Thời hạn,Kinh phí\n";
    for (int row = 0; row < 12; ++row) {
      for (int cell = 0; cell < 7; ++cell) {
        std::string text;
        for (uint32_t n = random() % 4; n > 0; --n) text += std::string(pieces[random() % std::size(pieces)]) + (random() % 2 ? " " : "");
        std::string quoted;
        for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
        csv += (cell ? ",\"" : "\"") + quoted + "\"";
      }
      csv += "\n";
    }
    ASSERT_EQ(Import(csv), 0) << err_ << csv;
    Reads();
  }
}

TEST_F(DriverImport, ManyRows) {
  std::string csv = "STT,Nhiệm vụ,Cơ quan chủ trì,Thời hạn\n";
  for (int i = 0; i < 100'000; ++i) csv += fmt::format("{},Việc số {},Phòng số {},Quý I/2026\n", i + 1, i, i % 300);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(Import(csv), 0) << err_;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(100));
  EXPECT_TRUE(Says("100000 dòng")) << err_;
}

}  // namespace
}  // namespace ordo

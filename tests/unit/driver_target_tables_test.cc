// Targets as tables: cells of the pivot, the long list by horizon and section, sheets of targets and indicators, in every format.
#include <map>

#include "support/html_reader.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using nlohmann::json;

constexpr const char* kPlan = R"PLAN(ordo 1 vi
kế hoạch p "Kế hoạch <thử>" { số: "1/KH-UBND"; cơ quan ban hành: u; ngày ban hành: 05/01/2026; giai đoạn: từ 2026 đến 2030; theo dõi: u }
đơn vị u "UBND phường" { cấp: xã; đứng đầu: "Chủ tịch UBND phường" }
đơn vị a "Phòng A" { trực thuộc: u; đứng đầu: "Trưởng phòng A" }
chỉ số i5 "Phủ sóng 5G" { đơn vị tính: %; tốt khi: cao hơn; nguồn số liệu: "Sở KHCN"; cách tính: "số tổ có sóng" }
mục s1 "Hạ tầng" {
  chỉ tiêu g1 "Phủ sóng trung tâm" { chỉ số: i5; chủ trì: a; đến hết 2026 đạt >= 80%; đến hết 2030 đạt > 95% }
  chỉ tiêu g2 "Phủ sóng ven" { chỉ số: i5; chủ trì: u; đến hết 2026 phấn đấu 50%; đến hết 2030 duy trì >= 90%, phạm vi "thành phố" }
  chỉ tiêu g3 "=SUM(A1)" { đơn vị tính: triệu đồng; đến hết 2026 đạt 6500 triệu đồng; đến hết 2030 đạt 7,5 tỷ đồng }
}
mục s2 "Con người" {
  chỉ tiêu g4 "-Sáng kiến" { đơn vị tính: "sáng kiến"; nguyên văn: "Có {} sáng kiến được công nhận"; đến hết 2030 đạt >= 5 mỗi năm; đến hết 2026 đạt 3 }
  chỉ tiêu g5 "@Tỷ lệ cán bộ" { đơn vị tính: %; tính trên: "cán bộ"; hiện trạng: 40% trong 2025; đến hết 2026 đạt từ 80% đến 90%; đến hết 2030 đạt 100%, tính trên "dân số trưởng thành"; đạt 10% }
  chỉ tiêu g6 "Quá hạn" { đơn vị tính: %; tốt khi: thấp hơn; đến hết 2026 đạt 5%; trong 2028 giảm 2% so với 2026 }
  chỉ tiêu g7 "Trung tâm" { đến hết 2026 hoàn thành "Xây xong trung tâm" }
  chỉ tiêu g8 "Xã" { đơn vị tính: "điểm"; đến 30/06/2027 đạt 2 mỗi xã }
}
ràng buộc c1 "Không vượt" { phải đúng: g2 <= g1; áp dụng cho: 2030 }
ràng buộc c2 "Theo chỉ số" { phải đúng: i5 >= 10%; áp dụng cho: 2026 }
nhiệm vụ t1 "Lắp trạm" { chủ trì: a; kết quả: g1; thời hạn: quý II/2026 }
bảng lộ_trình "CÁC CHỈ TIÊU" { dòng: chỉ tiêu; cột: số "TT", tên "Chỉ tiêu", đơn vị tính "Đơn vị", từng mốc thời gian "Đến {}" }
bảng danh_sách "MỤC TIÊU" { dòng: dòng chỉ tiêu; nhóm theo: mục; cột: số "TT", nguyên văn "Mục tiêu", giá trị "Mức", tính trên "Tính trên", chủ trì "Chủ trì" }
bảng chỉ_lấy "CHỈ LẤY" { dòng: dòng chỉ tiêu; chỉ lấy: x.là tỷ lệ phần trăm; cột: số "TT", chỉ tiêu "CT", mốc năm "Năm", giá trị "Mức", mục "Nhóm" }
bảng phẳng "PHẲNG" { dòng: dòng chỉ tiêu; cột: số "TT", tên "Mục tiêu", giá trị "Mức" }
)PLAN";

class TargetTables : public ::testing::Test {
 protected:
  TargetTables() { folder_.Write("plan.ordo", kPlan); }
  std::string In(const std::string& name, const std::string& format, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"table", "plan.ordo", name, "--format", format});
    const Ran ran = folder_.Run(more);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }
  json Json(const std::string& name, std::vector<std::string> more = {}) { return json::parse(In(name, "json", std::move(more)), nullptr, false); }
  // «cell | cell | …» of each row, groups as «# title».
  static std::vector<std::string> Lines(const json& table) {
    std::vector<std::string> lines;
    for (const json& group : table["groups"]) {
      if (!group["title"].get<std::string>().empty()) lines.push_back("# " + group["title"].get<std::string>());
      for (const json& row : group["rows"]) {
        std::string line;
        for (const json& column : table["columns"]) line += (line.empty() ? "" : " | ") + row["cells"][column["id"].get<std::string>()].get<std::string>();
        lines.push_back(line);
      }
    }
    return lines;
  }
  static void Expect(const std::vector<std::string>& lines, const std::vector<std::string>& expected) {
    ASSERT_EQ(lines.size(), expected.size()) << ::testing::PrintToString(lines);
    for (size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(lines[i], expected[i]);
  }

  Folder folder_;
};

TEST_F(TargetTables, ThePivotHasAColumnForEachYear) {
  const json table = Json("lộ_trình");
  std::string columns;
  for (const json& column : table["columns"]) columns += column["title"].get<std::string>() + "; ";
  EXPECT_EQ(columns, "TT; Chỉ tiêu; Đơn vị; Đến 2026; Đến 2027; Đến 2028; Đến 2030; ");
  Expect(Lines(table), {
      "1 | Phủ sóng trung tâm | % | ≥ 80% |  |  | > 95%",
      "2 | Phủ sóng ven | % | Phấn đấu 50% |  |  | Duy trì ≥ 90% (phạm vi thành phố)",
      "3 | =SUM(A1) | triệu đồng | 6500 triệu đồng |  |  | 7,5 tỷ đồng",   // each in the unit in which it is written
      "4 | -Sáng kiến | sáng kiến | 3 |  |  | ≥ 5 mỗi năm",   // by year, whatever the order of the text
      "5 | @Tỷ lệ cán bộ | % | 80% - 90% |  |  | 100% (tính trên dân số trưởng thành)",
      "6 | Quá hạn | % | 5% |  | giảm 2% so với 2026 | ",
      "7 | Trung tâm |  | Xây xong trung tâm |  |  | ",
      "8 | Xã | điểm |  | 2 mỗi xã |  | ",
  });
}

TEST_F(TargetTables, TheLongListGoesByHorizonThenSection) {
  Expect(Lines(Json("danh_sách")), {
      "# Đến hết năm 2026: Hạ tầng",
      "1 | Phủ sóng trung tâm: ≥ 80% | ≥ 80% |  | Phòng A",
      "2 | Phủ sóng ven: Phấn đấu 50% | 50% |  | UBND phường",
      "3 | =SUM(A1): 6500 triệu đồng | 6500 triệu đồng |  | ",
      "# Đến hết năm 2026: Con người",
      "1 | Có 3 sáng kiến được công nhận | 3 |  | ",
      "2 | @Tỷ lệ cán bộ: 80% - 90% | 80% - 90% | cán bộ | ",
      "3 | Quá hạn: 5% | 5% |  | ",
      "4 | Xây xong trung tâm |  |  | ",
      "# Đến hết 30/06/2027: Con người",
      "1 | Xã: 2 mỗi xã | 2 mỗi xã |  | ",
      "# Trong năm 2028: Con người",
      "1 | Quá hạn: giảm 2% so với 2026 | giảm 2% so với 2026 |  | ",
      "# Đến hết năm 2030: Hạ tầng",
      "1 | Phủ sóng trung tâm: > 95% | > 95% |  | Phòng A",
      "2 | Phủ sóng ven: Duy trì ≥ 90% (phạm vi thành phố) | ≥ 90% |  | UBND phường",
      "3 | =SUM(A1): 7,5 tỷ đồng | 7,5 tỷ đồng |  | ",
      "# Đến hết năm 2030: Con người",
      "1 | Có ≥ 5 mỗi năm sáng kiến được công nhận | ≥ 5 mỗi năm |  | ",
      "2 | @Tỷ lệ cán bộ: 100% (tính trên dân số trưởng thành) | 100% | dân số trưởng thành | ",
      "# Không ghi thời điểm: Con người",
      "1 | @Tỷ lệ cán bộ: 10% | 10% | cán bộ | ",
  });
  const json rows = Json("danh_sách")["groups"][0]["rows"];
  EXPECT_EQ(rows[0]["id"], "g1_2026");
  EXPECT_EQ(rows[0]["at"]["line"], 7);
}

TEST_F(TargetTables, OnlySomeRows) {
  Expect(Lines(Json("chỉ_lấy")), {
      "1 | Phủ sóng trung tâm | 2026 | ≥ 80% | Hạ tầng",
      "2 | Phủ sóng ven | 2026 | 50% | Hạ tầng",
      "3 | @Tỷ lệ cán bộ | 2026 | 80% - 90% | Con người",
      "4 | Quá hạn | 2026 | 5% | Con người",
      "5 | Phủ sóng trung tâm | 2030 | > 95% | Hạ tầng",
      "6 | Phủ sóng ven | 2030 | ≥ 90% | Hạ tầng",
      "7 | @Tỷ lệ cán bộ | 2030 | 100% | Con người",
      "8 | @Tỷ lệ cán bộ |  | 10% | Con người",
  });
}

TEST_F(TargetTables, WithoutGroupsNumbersRun) {
  const auto lines = Lines(Json("phẳng"));
  ASSERT_EQ(lines.size(), 15u);
  EXPECT_EQ(lines[0], "1 | Phủ sóng trung tâm: ≥ 80% | ≥ 80%");
  EXPECT_EQ(lines[14], "15 | @Tỷ lệ cán bộ: 10% | 10%") << "without a horizon at the end";
}

TEST_F(TargetTables, SheetOfATarget) {
  Expect(Lines(Json("g1")), {
      "# Về chỉ tiêu",
      "Chỉ số | Phủ sóng 5G",
      "Đơn vị tính | %",
      "Tốt khi | cao hơn",
      "Nguồn số liệu | Sở KHCN",   // of its indicator
      "Cách tính | số tổ có sóng",
      "Chủ trì | Phòng A",
      "Mục | Hạ tầng",
      "# Giá trị phải đạt",
      "Đến hết năm 2026 | ≥ 80%",
      "Đến hết năm 2030 | > 95%",
      "# Nhiệm vụ góp vào",
      "1 | Lắp trạm\nPhòng A; Quý II/2026",
      "# Ràng buộc",
      "Không vượt | g2 <= g1",
      "Theo chỉ số | i5 >= 10%",   // of its indicator: one quantity
  });
  const auto changed = Lines(Json("g5"));
  EXPECT_NE(std::find(changed.begin(), changed.end(), "Đến hết năm 2030 | 100% (tính trên dân số trưởng thành)"), changed.end());
  EXPECT_NE(std::find(changed.begin(), changed.end(), "Tính trên | cán bộ"), changed.end());
  EXPECT_NE(std::find(changed.begin(), changed.end(), "Không ghi thời điểm | 10%"), changed.end());
  const auto worded = Lines(Json("g4"));
  EXPECT_NE(std::find(worded.begin(), worded.end(), "Đến hết năm 2026 | 3\nCó 3 sáng kiến được công nhận"), worded.end());
}

TEST_F(TargetTables, SheetOfAnIndicator) {
  Expect(Lines(Json("i5")), {
      "# Về chỉ tiêu",
      "Đơn vị tính | %",
      "Tốt khi | cao hơn",
      "Nguồn số liệu | Sở KHCN",
      "Cách tính | số tổ có sóng",
      "# Giá trị phải đạt",
      "Phủ sóng trung tâm: Đến hết năm 2026 | ≥ 80%",
      "Phủ sóng trung tâm: Đến hết năm 2030 | > 95%",
      "Phủ sóng ven: Đến hết năm 2026 | Phấn đấu 50%",
      "Phủ sóng ven: Đến hết năm 2030 | Duy trì ≥ 90% (phạm vi thành phố)",
      "# Nhiệm vụ góp vào",
      "1 | Lắp trạm\nPhòng A; Quý II/2026",
      "# Ràng buộc",
      "Không vượt | g2 <= g1",
      "Theo chỉ số | i5 >= 10%",
  });
}

TEST_F(TargetTables, EveryFormatHoldsTheSame) {
  for (const char* name : {"lộ_trình", "danh_sách", "chỉ_lấy", "g1", "g4", "g5", "i5"}) {
    std::vector<std::string> cells;
    const json table = Json(name);
    for (const json& group : table["groups"]) {
      for (const json& row : group["rows"]) {
        for (const auto& [id, cell] : row["cells"].items()) {
          if (!cell.get<std::string>().empty()) cells.push_back(cell.get<std::string>());
        }
      }
    }
    EXPECT_GT(cells.size(), 8u) << name;
    const HtmlPage page = ReadHtml(In(name, "html"));
    EXPECT_EQ(page.fault, "") << name;
    std::map<std::string, int> told;
    for (const auto& row : page.rows) {
      for (const std::string& cell : row) ++told[cell];
    }
    for (const std::string& cell : cells) EXPECT_GE(told[cell], 1) << name << ": " << cell;
    const std::string csv = In(name, "csv");
    for (const std::string& cell : cells) {
      if (cell.find('\n') == std::string::npos) EXPECT_NE(csv.find(cell), std::string::npos) << name << ": " << cell;
    }
    for (const char* format : {"text", "md", "csv", "html", "json"}) EXPECT_EQ(In(name, format), In(name, format)) << "twice the same";
  }
}

TEST_F(TargetTables, CsvCannotBecomeFormulas) {
  for (const char* name : {"lộ_trình", "danh_sách", "chỉ_lấy", "phẳng", "g3", "g4", "g5"}) {
    const std::string csv = In(name, "csv");
    for (const char sign : {'=', '+', '-', '@'}) {
      for (const char before : {',', '\n', '"'}) EXPECT_EQ(csv.find({before, sign}), std::string::npos) << name << " " << before << sign << "\n" << csv;
    }
  }
  EXPECT_NE(In("lộ_trình", "csv").find("3,'=SUM(A1),triệu đồng,6500 triệu đồng"), std::string::npos);
  EXPECT_NE(In("lộ_trình", "csv").find("4,'-Sáng kiến,"), std::string::npos);
}

TEST_F(TargetTables, InEnglish) {
  const auto lines = Lines(Json("lộ_trình", {"--lang", "en"}));
  ASSERT_EQ(lines.size(), 8u);
  EXPECT_EQ(lines[1], "2 | Phủ sóng ven | % | Strive for 50% |  |  | Keep ≥ 90% (scope thành phố)");
  EXPECT_EQ(lines[2], "3 | =SUM(A1) | million VND | 6500 million VND |  |  | 7.5 billion VND");
  EXPECT_EQ(lines[3], "4 | -Sáng kiến | sáng kiến | 3 |  |  | ≥ 5 per year");
  EXPECT_EQ(lines[5], "6 | Quá hạn | % | 5% |  | decrease by 2% against 2026 | ");
  EXPECT_EQ(lines[7], "8 | Xã | điểm |  | 2 per commune |  | ");
}

TEST_F(TargetTables, UnknownNames) {
  const Ran ran = folder_.Run({"table", "plan.ordo", "không_có"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("lộ_trình, danh_sách, chỉ_lấy, phẳng"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace ordo::testing

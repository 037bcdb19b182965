// The plan as a whole document: head and foot by layout, open blanks, numbering, what stands in tables and what in the text.
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

constexpr const char* kUnits = R"(
đơn vị tỉnh "UBND tỉnh A" {}
đơn vị ubnd "UBND phường An Bình" { trực thuộc: tỉnh; đứng đầu: "Chủ tịch UBND phường"; cấp phó: "Phó Chủ tịch UBND phường" }
đơn vị pkt "Phòng Kinh tế" { trực thuộc: ubnd; đứng đầu: "Trưởng phòng Kinh tế" }
đơn vị btv "Ban Thường vụ Đảng ủy xã B" { đứng đầu: "Bí thư Đảng ủy" }
văn bản nq "Nghị quyết số 57-NQ/TW" { ngày ban hành: 22/12/2024; trích yếu: "về đột phá" }
văn bản kh "Kế hoạch số 1/KH-UBND" { cơ quan ban hành: tỉnh; ngày ban hành: 05/09/2025 }
)";

std::string Print(const std::string& plan, const std::string& rest = "", const std::string& format = "text") {
  Folder folder;
  folder.Write("p.ordo", "ordo 1 vi\nkế hoạch p \"Trồng cây\" {\n" + plan + "\n}\n" + kUnits + rest);
  const Ran ran = folder.Run({"print", "p.ordo", "--format", format});
  EXPECT_EQ(ran.status, 0) << ran.err << ran.out;
  return ran.out;
}

void Has(const std::string& text, std::initializer_list<const char*> parts) {
  size_t at = 0;
  for (const char* part : parts) {
    const size_t found = text.find(part, at);
    EXPECT_NE(found, std::string::npos) << part << "\nin order in\n" << text;
    if (found != std::string::npos) at = found;
  }
}

TEST(Document, StateLayout) {
  const std::string text = Print("số: \"24/KH-UBND\"; cơ quan ban hành: ubnd; địa danh: \"An Bình\"; ngày ban hành: 05/09/2026\ncăn cứ: nq, kh; nơi nhận: pkt; thể thức: nhà nước");
  Has(text, {"UBND PHƯỜNG AN BÌNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 24/KH-UBND", "An Bình, ngày 05 tháng 9 năm 2026",
             "KẾ HOẠCH", "Trồng cây", "Căn cứ Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 về đột phá;",
             "Căn cứ Kế hoạch số 1/KH-UBND ngày 05 tháng 9 năm 2025 của UBND tỉnh A.", "Nơi nhận:", "- Phòng Kinh tế;", "- Lưu: VT.",
             "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"});
  EXPECT_EQ(text.find("TỈNH A"), std::string::npos) << "nobody stands above a people's committee";
}

TEST(Document, DeputyAndOfficeWithOneHead) {
  Has(Print("cơ quan ban hành: ubnd; người ký: ubnd.cấp phó; họ tên người ký: \"Nguyễn Văn A\""),
      {"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn A"});
  const std::string office = Print("cơ quan ban hành: pkt; lưu: \"Lưu: VT. KT\"; tên loại: \"Kế hoạch hành động\"");
  Has(office, {"UBND PHƯỜNG AN BÌNH", "PHÒNG KINH TẾ", "KẾ HOẠCH HÀNH ĐỘNG", "- Lưu: VT. KT\n", "TRƯỞNG PHÒNG"});
  EXPECT_EQ(office.find("TM."), std::string::npos);
}

TEST(Document, PartyAndPlainLayout) {
  const std::string party = Print("cơ quan ban hành: btv \"Đảng ủy xã B\"; thể thức: đảng; thay mặt: \"Ban Thường vụ\"; nơi nhận: pkt; lưu: \"VPĐU\"");
  Has(party, {"ĐẢNG ỦY XÃ B", "ĐẢNG CỘNG SẢN VIỆT NAM", "- Phòng Kinh tế,", "- Lưu VPĐU.", "T/M BAN THƯỜNG VỤ", "BÍ THƯ"});
  EXPECT_EQ(party.find("CỘNG HÒA"), std::string::npos);
  const std::string plain = Print("cơ quan ban hành: ubnd; thể thức: thông thường");
  for (const char* part : {"CỘNG HÒA", "ĐẢNG CỘNG SẢN", "TM.", "Lưu"}) EXPECT_EQ(plain.find(part), std::string::npos) << part;
}

TEST(Document, WhatIsNotSaidStaysOpen) {
  Has(Print(""), {"Số: …", "…, ngày … tháng … năm …", "KẾ HOẠCH"});
  Has(Print("ngày ban hành: dự kiến 28/01/2026; địa danh: \"An Bình\""), {"An Bình, ngày … tháng 01 năm 2026"});
  const std::string none = Print("cơ quan ban hành: ubnd; thay mặt: không; ký thay: không; lưu: không; người ký: ubnd.cấp phó");
  for (const char* part : {"TM.", "KT.", "Lưu"}) EXPECT_EQ(none.find(part), std::string::npos) << part;
}

TEST(Document, ParagraphsAreNumberedAsTheirSectionSays) {
  const std::string text = Print("căn cứ: nq", R"(
đoạn "Thực hiện chỉ đạo của tỉnh," { nội dung: căn cứ }
mục a "Mục đích" {
  mục a1 "Yêu cầu" { đánh số: gạch đầu dòng
  đoạn "Bám sát."
  đoạn "Huy động." }
  mục a2 "Nội dung" { đánh số: chữ số
  đoạn "Một."
  đoạn "Không số." { số: không }
  đoạn "Hai."
  đoạn "Ba." { số: "7.3" } }
}
mục b "Tổ chức" { đánh số: chữ số
  đoạn "Các phòng."
  mục b2 "Phòng Kinh tế" { đánh số: chữ cái
  đoạn "Chủ trì."
  đoạn "Phối hợp." } }
mục c "Kinh phí" { mục c1 "Nguồn" { mục c2 "Ngân sách" {} } }
)");
  Has(text, {"Thực hiện chỉ đạo của tỉnh,", "I. MỤC ĐÍCH", "1. Yêu cầu", "- Bám sát.", "- Huy động.", "2. Nội dung", "2.1. Một.", "\nKhông số.", "2.2. Hai.",
             "7.3. Ba.", "II. TỔ CHỨC", "1. Các phòng.", "2. Phòng Kinh tế", "a) Chủ trì.", "b) Phối hợp.", "III. KINH PHÍ", "1. Nguồn", "a) Ngân sách"});
  EXPECT_EQ(text.find("Căn cứ Nghị quyết"), std::string::npos) << "the plan words its own basis";
}

TEST(Document, TasksStandInTheAnnexOrInTheText) {
  const std::string rest = R"(
mục lời "Mục đích" { đoạn "Làm đẹp phường." }
mục việc "Nhiệm vụ" { nhiệm vụ t "Trồng cây xanh" { chủ trì: pkt; thời hạn: quý I/2026 } }
)";
  Has(Print("", rest), {"I. MỤC ĐÍCH", "II. NHIỆM VỤ", "1. Trồng cây xanh. Chủ trì: Phòng Kinh tế. Thời hạn: Quý I/2026."});
  const std::string annex = Print("", rest + "phụ lục pl \"BẢNG VIỆC\" { dòng: nhiệm vụ; nhóm theo: mục; cột: số \"TT\", tên \"Việc\" }\n");
  EXPECT_EQ(annex.find("II. NHIỆM VỤ"), std::string::npos) << annex;
  Has(annex, {"I. MỤC ĐÍCH", "PHỤ LỤC", "BẢNG VIỆC", "Trồng cây xanh"});
  const std::string table = Print("", R"(
mục việc "Nhiệm vụ" { nhiệm vụ t "Trồng cây xanh" { chủ trì: pkt }
 bảng b "BẢNG VIỆC" { dòng: nhiệm vụ; cột: số "TT", tên "Việc" } }
mục sau "Tổ chức" { đoạn "Thực hiện." }
)");
  Has(table, {"I. NHIỆM VỤ", "BẢNG VIỆC", "Trồng cây xanh", "II. TỔ CHỨC"});
}

TEST(Document, MarkdownStartsNoMarkupFromAText) {
  Has(Print("", "mục a \"A\" { đánh số: gạch đầu dòng\nđoạn \"Một *hai* <b> # ba\" }\n", "md"), {"# KẾ HOẠCH", "## I. A", "\\- Một \\*hai\\* \\<b\\> \\# ba"});
}

// The text of a paragraph behind its kind is quoted prose like any other: citations in it are found at their place.
TEST(Document, CitationsOfUnnamedParagraphsAreChecked) {
  Folder folder;
  folder.Write("p.ordo", "ordo 1 vi\nkế hoạch p \"P\" {}\nđoạn \"Kế hoạch số 5/KH-UBND ngày 01/02/2026\"\nđoạn \"Kế hoạch số 5/KH-UBND ngày 02/02/2026\"\n");
  const std::vector<Told> found = Only(folder.Check("p.ordo", 1), "DOC02");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_GE(found[0].line, 3);
}

}  // namespace
}  // namespace ordo::testing

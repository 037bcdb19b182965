// The order of elements in Word files against the lists of the standard, over every part of documents that use all that we write.
#include <zip.h>

#include <pugixml.hpp>

#include "runtime/office/docx.h"
#include "runtime/office/package.h"
#include "support/ooxml_order.h"

namespace ordo::office {
namespace {

// What stands out of order in a tree, one line each.
void Faults(const pugi::xml_node& node, std::set<std::string>& seen, std::vector<std::string>& out) {
  const std::string name = node.name();
  if (const auto found = testing::OoxmlOrder().find(name); found != testing::OoxmlOrder().end()) {
    seen.insert(name);
    ptrdiff_t last = -1;
    std::string before;
    for (const pugi::xml_node& child : node.children()) {
      const auto at = std::find(found->second.begin(), found->second.end(), child.name());
      if (at == found->second.end()) {
        out.push_back(fmt::format("{} has no {}", name, child.name()));
        continue;
      }
      const ptrdiff_t index = at - found->second.begin();
      if (index < last) out.push_back(fmt::format("{}: {} after {}", name, child.name(), before));
      const bool repeats = std::set<std::string>{"w:headerReference", "w:style", "w:tr", "w:tc"}.contains(child.name());
      if (index == last && !repeats) out.push_back(fmt::format("{}: two {}", name, child.name()));
      last = index;
      before = child.name();
    }
  } else if (name == "w:trPr") {
    seen.insert(name);
    std::set<std::string> children;
    const std::vector<std::string>& allowed = testing::OoxmlRowProperties();
    for (const pugi::xml_node& child : node.children()) {
      if (std::find(allowed.begin(), allowed.end(), child.name()) == allowed.end()) out.push_back(fmt::format("{} has no {}", name, child.name()));
      if (!children.insert(child.name()).second) out.push_back(fmt::format("{}: two {}", name, child.name()));
    }
  } else if (name == "w:tc") {   // after its properties a cell ends with a paragraph
    seen.insert(name);
    if (std::string(node.last_child().name()) != "w:p") out.push_back("w:tc does not end with w:p");
    if (std::string(node.first_child().name()) != "w:tcPr") out.push_back("w:tc does not begin with w:tcPr");
  } else if (name == "w:body") {
    if (std::string(node.last_child().name()) != "w:sectPr") out.push_back("w:body does not end with w:sectPr");
  } else if (name == "w:p") {
    for (const pugi::xml_node& child : node.children()) {
      if (std::string(child.name()) == "w:pPr" && child.previous_sibling()) out.push_back("w:pPr is not the first of w:p");
    }
  }
  for (const pugi::xml_node& child : node.children()) Faults(child, seen, out);
}

// Rows whose cells fill the columns of the grid.
void Grids(const pugi::xml_document& document, std::vector<std::string>& out) {
  for (const auto& table : document.select_nodes("//w:tbl")) {
    int columns = 0;
    for ([[maybe_unused]] const pugi::xml_node& column : table.node().child("w:tblGrid").children("w:gridCol")) ++columns;
    for (const pugi::xml_node& row : table.node().children("w:tr")) {
      int filled = 0;
      for (const pugi::xml_node& cell : row.children("w:tc")) {
        filled += cell.child("w:tcPr").child("w:gridSpan").attribute("w:val").as_int(1);
      }
      if (filled != columns) out.push_back(fmt::format("{} cells in {} columns", filled, columns));
    }
  }
}

void ExpectOrdered(const absl::StatusOr<std::string>& bytes, std::string_view what, std::set<std::string>& seen) {
  ASSERT_TRUE(bytes.ok()) << what << ": " << bytes.status();
  const auto parts = Unpacked(*bytes, {}, [](std::string_view) { return true; });
  ASSERT_TRUE(parts.ok()) << what;
  std::vector<std::string> faults;
  for (const auto& [name, text] : *parts) {
    pugi::xml_document document;
    ASSERT_TRUE(document.load_buffer(text.data(), text.size())) << what << ": " << name;
    Faults(document, seen, faults);
    Grids(document, faults);
  }
  EXPECT_EQ(faults, std::vector<std::string>{}) << what;
}

// Groups, rows below rows, cells of one place, totals, heads that are turned: all that a table may have.
report::Table Everything(size_t marks, bool landscape, bool numbered) {
  report::Table table;
  table.id = "t";
  table.title = "NHIỆM VỤ";
  table.subtitle = "(Kèm theo Kế hoạch)";
  table.landscape = landscape;
  if (numbered) table.columns.push_back({"number", "TT"});
  table.columns.push_back({"title", "Nội dung công việc"});
  table.columns.push_back({"lead", "Chủ trì"});
  table.columns.push_back({"value", "Kinh phí", true});
  for (size_t i = 0; i < marks; ++i) table.columns.push_back({fmt::format("u{}", i), "Trung tâm Phục vụ hành chính công"});
  const Span place{1, 10, 20};
  const auto row = [&](std::string number, std::string title) {
    report::Row made;
    made.id = made.number = number;
    if (numbered) made.cells.emplace_back(number);
    made.cells.emplace_back(title);
    made.cells.emplace_back("Phòng A", place);
    made.cells.emplace_back("1.000");
    for (size_t i = 0; i < marks; ++i) made.cells.emplace_back(i % 2 ? "X" : "");
    return made;
  };
  report::Group group;
  group.id = "g";
  group.number = "I";
  group.title = "Nhóm";
  group.rows = {row("1", "một"), row("2", "hai\nba"), row("3", std::string(6000, 'x') + " =1+1 <w:t>")};
  group.rows[0].rows = {row("1.1", "dưới"), row("1.2", "dưới nữa")};
  table.groups = {group, group};
  table.totals = row("", "Cộng");
  return table;
}

TEST(DocxOrder, Tables) {
  std::set<std::string> seen;
  for (const report::Layout layout : {report::Layout::kState, report::Layout::kParty, report::Layout::kPlain}) {
    std::vector<report::Table> tables = {Everything(0, false, true), Everything(0, true, false), Everything(12, true, true), Everything(6, false, true)};
    tables.push_back({});
    tables.emplace_back().columns = {{"number", "TT"}, {"title", "Việc"}};   // no rows
    ExpectOrdered(TablesAsDocx(tables, {.layout = layout}), "all", seen);
    for (const report::Table& table : tables) ExpectOrdered(TablesAsDocx({&table, 1}, {.layout = layout}), table.id, seen);
    ExpectOrdered(TablesAsDocx(std::span<const report::Table>(), {.layout = layout}), "none", seen);
  }
  for (const char* name : {"w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sectPr", "w:styles", "w:style", "w:settings", "w:tc"}) {
    EXPECT_TRUE(seen.contains(name)) << name << " was never looked at";
  }
}

TEST(DocxOrder, Documents) {
  std::set<std::string> seen;
  for (const report::Layout layout : {report::Layout::kState, report::Layout::kParty, report::Layout::kPlain}) {
    for (const Language language : {Language::kVietnamese, Language::kEnglish}) {
      report::Document document;
      document.layout = layout;
      document.language = language;
      ExpectOrdered(DocumentAsDocx(document, {}), "empty", seen);
      document.id = "k";
      document.parent_agency = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ";
      document.agency = "ỦY BAN NHÂN DÂN";
      document.number = "/KH-UBND";
      document.place_and_date = "Hải Dương, ngày 01 tháng 02 năm 2026";
      document.kind = "KẾ HOẠCH";
      document.subject = "Thực hiện <w:p> ]]> &";
      document.bases = {"Căn cứ Luật;", "Xét đề nghị,"};
      using Kind = report::Paragraph::Kind;
      for (int level = -1; level < 6; ++level) {
        document.body.push_back({.kind = Kind::kHeading, .level = level, .marker = "I.", .text = "Mục"});
        document.body.push_back({.kind = Kind::kText, .level = level, .marker = "-", .text = "đoạn"});
      }
      document.body.push_back({.kind = Kind::kTable, .table = 0});
      document.body.push_back({.kind = Kind::kTable, .table = 1});
      document.body.push_back({.kind = Kind::kTable, .table = 7});   // none
      document.body_tables = {Everything(0, false, true), Everything(9, true, true)};
      document.recipients = {"- Như trên;", "- Lưu: VT."};
      document.signatures = {{.authority = {"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"}, .name = "Nguyễn Văn A"}, {}};
      document.annexes = {Everything(0, true, true), Everything(3, false, false)};
      ExpectOrdered(DocumentAsDocx(document, {}), "full", seen);
      document.annexes.clear();
      document.body.push_back({.kind = Kind::kText, .text = "hết."});
      ExpectOrdered(DocumentAsDocx(document, {}), "without annexes", seen);
    }
  }
  EXPECT_TRUE(seen.contains("w:pBdr"));
}

// The test itself: what it must see.
TEST(DocxOrder, SeesFaults) {
  const auto faults = [](const char* xml) {
    pugi::xml_document document;
    document.load_string(xml);
    std::set<std::string> seen;
    std::vector<std::string> out;
    Faults(document, seen, out);
    return out.size();
  };
  EXPECT_EQ(faults("<w:pPr><w:jc/><w:spacing/></w:pPr>"), 1u);
  EXPECT_EQ(faults("<w:pPr><w:spacing/><w:spacing/></w:pPr>"), 1u);
  EXPECT_EQ(faults("<w:trPr><w:tblHeader/><w:shd/></w:trPr>"), 1u);
  EXPECT_EQ(faults("<w:tc><w:tcPr/></w:tc>"), 1u);
  EXPECT_EQ(faults("<w:pPr><w:pStyle/><w:spacing/><w:jc/></w:pPr>"), 0u);
}

}  // namespace
}  // namespace ordo::office

// Word files by hand-made tables: what comes in is text and stays text, the marks are found again, equal input gives equal bytes, and
// cells of one place are merged. Packages are read back with libzip and pugixml only.
#include <zip.h>

#include <pugixml.hpp>

#include "runtime/office/docx.h"
#include "runtime/office/marks.h"

namespace ordo::office {
namespace {

std::map<std::string, std::string> PartsOf(const std::string& bytes) {
  std::map<std::string, std::string> parts;
  zip_error_t error;
  zip_error_init(&error);
  zip_t* archive = zip_open_from_source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error), ZIP_RDONLY, &error);
  if (archive == nullptr) return parts;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    zip_stat_t stat;
    zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat);
    std::string text(stat.size, '\0');
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    zip_fread(file, text.data(), text.size());
    zip_fclose(file);
    parts[stat.name] = text;
  }
  zip_discard(archive);
  return parts;
}

report::Table Sample() {
  report::Table table;
  table.id = "t";
  table.title = "NHIỆM VỤ";
  table.subtitle = "(Kèm theo Kế hoạch)";
  table.columns = {{"number", "TT"}, {"title", "Việc"}, {"lead", "Chủ trì"}};
  const Span place{1, 10, 20};
  report::Group group;
  group.id = "g";
  group.number = "I";
  group.title = "Nhóm";
  group.rows.push_back({.id = "a", .number = "1", .cells = {{"1"}, {"=1+1 <w:t> ]]> \x01 & \xFF"}, {"Phòng A", place}}});
  group.rows.push_back({.id = "b", .number = "2", .cells = {{"2"}, {"hai\ndòng"}, {"Phòng A", place}}});
  group.rows.push_back({.id = "c", .number = "3", .cells = {{"3"}, {"ba"}, {"Phòng A"}}});
  table.groups.push_back(group);
  return table;
}

TEST(Docx, EveryPartIsWellFormed) {
  for (const size_t columns : {0, 1, 3, 40}) {
    report::Table table = Sample();
    table.columns.resize(columns, {"x", "Cột"});
    const auto bytes = TablesAsDocx({&table, 1}, {});
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    const auto parts = PartsOf(*bytes);
    EXPECT_EQ(parts.size(), 14u);
    for (const auto& [name, text] : parts) {
      pugi::xml_document document;
      EXPECT_TRUE(document.load_buffer(text.data(), text.size())) << columns << " " << name;
    }
  }
}

TEST(Docx, TextStaysTextAndCellsOfOnePlaceAreMerged) {
  const report::Table table = Sample();
  const auto parts = PartsOf(*TablesAsDocx({&table, 1}, {}));
  const std::string& body = parts.at("word/document.xml");
  EXPECT_NE(body.find("=1+1 &lt;w:t&gt; ]]&gt;   &amp; \xEF\xBF\xBD"), std::string::npos);
  EXPECT_NE(body.find("hai</w:t><w:br/>"), std::string::npos);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_buffer(body.data(), body.size()));
  std::vector<std::string> merges;
  for (const auto& found : document.select_nodes("//w:vMerge")) merges.emplace_back(found.node().attribute("w:val").value());
  EXPECT_EQ(merges, (std::vector<std::string>{"restart", ""}));   // the third says the same from another place
  EXPECT_EQ(document.select_nodes("//w:tblHeader").size(), 1u);
  EXPECT_EQ(document.select_nodes("//w:tr").size(), 5u);
}

TEST(Docx, MarksAreFoundAgain) {
  const report::Table table = Sample();
  const auto marks = FindMarks(PartsOf(*TablesAsDocx({&table, 1}, {.plan = "p"})));
  ASSERT_TRUE(marks.ok() && marks->has_value());
  EXPECT_EQ((*marks)->plan, "p");
  const MarkedTable& marked = (*marks)->tables.at(0);
  ASSERT_EQ(marked.rows.size(), 4u);
  EXPECT_EQ(marked.rows[0].bookmark, "_Ordo0001");
  EXPECT_TRUE(marked.rows[0].group);
  EXPECT_EQ(marked.rows[2].cells[1], CellMark("hai dòng"));
  EXPECT_FALSE(MarksFromXml("<marks xmlns='urn:ordo:marks:1'><table><row bookmark='x' cells='g'/></table></marks>").ok());
  EXPECT_FALSE(FindMarks({{"customXml/item1.xml", "<other/>"}})->has_value());
}

TEST(Docx, EqualInputGivesEqualBytes) {
  const report::Table table = Sample();
  EXPECT_EQ(*TablesAsDocx({&table, 1}, {}), *TablesAsDocx({&table, 1}, {}));
}

}  // namespace
}  // namespace ordo::office

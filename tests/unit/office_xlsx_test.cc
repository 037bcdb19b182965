// Workbooks are read back by another program: values keep their kinds, text stays text, nothing long is lost, equal tables give equal
// bytes.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "runtime/office/xlsx.h"

namespace ordo::office {
namespace {

using report::Cell;
using report::Row;
using report::Table;

Table Sample() {
  Table table;
  table.id = "t";
  table.title = "PHỤ LỤC [1]: việc/nhiệm vụ năm 2026 của cả phường";
  table.subtitle = "(Kèm theo)";
  table.landscape = true;
  table.columns = {{"number", "TT", true}, {"title", "Nhiệm vụ", false}, {"due", "Thời hạn", false}, {"cost", "Kinh phí", true}};
  report::Group& group = table.groups.emplace_back();
  group.number = "I";
  group.title = "Mục một";
  const auto add = [&](std::string number, std::string title, Cell due, Cell cost) {
    Row& row = group.rows.emplace_back();
    row.cells = {std::move(number), std::move(title), std::move(due), std::move(cost)};
  };
  Cell day("27/02/2026"), percent("12,5%"), money("16.000.000 đồng"), words("≥ 80%");
  day.day = Date::FromYmd(2026, 2, 27);
  percent.number = Decimal::Make(125, 3);
  money.number = Decimal::FromInt(16'000'000);
  add("1", "=1+1", day, percent);
  add("13.10", "http://x.vn", "trước 27/02/2026", money);
  add("007", "@SUM(A1)", "tháng 3", words);
  Row& sub = group.rows.back().rows.emplace_back();
  sub.cells = {"", "dòng con", "", ""};
  table.totals = Row();
  table.totals->cells = {"", "Tổng cộng", "", "3"};
  return table;
}

nlohmann::json Read(const std::string& bytes) {
  char path[] = "/tmp/ordo_xlsx_XXXXXX";
  close(mkstemp(path));
  std::ofstream(path, std::ios::binary) << bytes;
  const std::string script = std::string("/usr/bin/python3 -c \"import openpyxl,json,sys\nb=openpyxl.load_workbook(open('") + path +
                             "','rb'))\nprint(json.dumps([{'name':w.title,'freeze':w.freeze_panes,'filter':w.auto_filter.ref,'titles':w.print_title_rows,"
                             "'orientation':w.page_setup.orientation,'merged':sorted(str(m) for m in w.merged_cells.ranges),"
                             "'rows':[[[str(c.value),c.data_type,c.number_format,type(c.value).__name__] for c in r] for r in w.iter_rows()]} for w in b]))\"";
  std::string out;
  FILE* pipe = popen(script.c_str(), "r");
  char buffer[4096];
  for (size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  pclose(pipe);
  std::remove(path);
  return nlohmann::json::parse(out, nullptr, false);
}

TEST(Xlsx, KeepsKindsOfValues) {
  const Table table = Sample();
  const auto bytes = TablesAsXlsx({&table, 1}, Language::kVietnamese);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  const auto book = Read(*bytes);
  ASSERT_TRUE(book.is_array()) << "not a workbook";
  const auto& sheet = book[0];
  EXPECT_LE(sheet["name"].get<std::string>().size(), 60u);
  EXPECT_EQ(sheet["name"].get<std::string>().find_first_of("[]:*?/\\"), std::string::npos);
  EXPECT_EQ(sheet["freeze"], "A5");
  EXPECT_EQ(sheet["filter"], "A4:D9");
  EXPECT_EQ(sheet["titles"], "$4:$4");
  EXPECT_EQ(sheet["orientation"], "landscape");
  EXPECT_EQ(sheet["merged"], nlohmann::json::parse(R"(["A1:D1", "A2:D2", "B5:D5"])"));
  const auto& rows = sheet["rows"];
  EXPECT_EQ(rows[5][0], nlohmann::json::parse(R"(["1", "n", "0", "int"])"));
  EXPECT_EQ(rows[5][1][0], "=1+1");
  EXPECT_EQ(rows[5][1][1], "s") << "text is no formula";
  EXPECT_EQ(rows[5][2], nlohmann::json::parse(R"(["2026-02-27 00:00:00", "d", "dd/mm/yyyy", "datetime"])"));
  EXPECT_EQ(rows[5][3], nlohmann::json::parse(R"(["0.125", "n", "0.0%", "float"])"));
  EXPECT_EQ(rows[6][0], nlohmann::json::parse(R"(["13.10", "s", "General", "str"])"));
  EXPECT_EQ(rows[6][1][1], "s") << "text is no link";
  EXPECT_EQ(rows[6][2][3], "str");
  EXPECT_EQ(rows[6][3][0], "16000000");
  EXPECT_EQ(rows[6][3][2], "#,##0\" đồng\"");
  EXPECT_EQ(rows[7][0][3], "str") << "007";
  EXPECT_EQ(rows[7][3], nlohmann::json::parse(R"(["≥ 80%", "s", "General", "str"])"));
  EXPECT_EQ(rows[9][1][0], "Tổng cộng");
}

TEST(Xlsx, LosesNothingLong) {
  Table table = Sample();
  std::string text;
  while (text.size() < 200'000) text += "Nhiệm vụ dài ";
  table.groups[0].rows[0].cells[1].text = text;
  const auto bytes = TablesAsXlsx({&table, 1}, Language::kVietnamese);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  const auto book = Read(*bytes);
  ASSERT_EQ(book.size(), 2u);
  std::string shown = book[0]["rows"][5][1][0];
  const size_t mark = shown.find("… (xem tiếp");
  ASSERT_NE(mark, std::string::npos);
  shown.resize(mark);
  for (size_t i = 1; i < book[1]["rows"].size(); ++i) shown += book[1]["rows"][i][1][0];
  EXPECT_EQ(shown, text);
}

TEST(Xlsx, SheetsOfOneTitleDiffer) {
  const Table table = Sample();
  const std::vector<Table> twice = {table, table};
  const auto bytes = TablesAsXlsx(twice, Language::kVietnamese);
  ASSERT_TRUE(bytes.ok());
  const auto book = Read(*bytes);
  ASSERT_EQ(book.size(), 2u);
  EXPECT_NE(book[0]["name"], book[1]["name"]);
}

TEST(Xlsx, EqualTablesGiveEqualBytes) {
  const Table table = Sample();
  const auto first = TablesAsXlsx({&table, 1}, Language::kVietnamese);
  sleep(3);   // the stamps in a ZIP file count in steps of two seconds
  const auto second = TablesAsXlsx({&table, 1}, Language::kVietnamese);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_TRUE(*first == *second);
}

}  // namespace
}  // namespace ordo::office

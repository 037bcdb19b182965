// Grids beside tables: three ways with marks, by text without.
#include <gtest/gtest.h>

#include "runtime/office/compare.h"

namespace ordo::office {
namespace {

using Kind = Difference::Kind;

report::Table Plan() {
  report::Table table;
  table.id = "t";
  table.columns = {{"number", "TT"}, {"title", "Nội dung"}, {"due", "Thời hạn"}};
  report::Group group;
  group.id = "g";
  group.number = "I";
  group.title = "Nhóm một";
  const auto add = [&](std::string id, std::string number, std::string title, std::string due) {
    report::Row row;
    row.id = id;
    row.number = number;
    row.cells = {number, title, due};
    group.rows.push_back(row);
  };
  add("a", "1", "Trồng cây ven đường", "Tháng 3/2026");
  add("b", "2", "Dọn vệ sinh khu phố", "Quý II/2026");
  add("c", "3", "Báo cáo kết quả năm", "Tháng 12/2026");
  table.groups.push_back(group);
  return table;
}

// As the plan prints it, with marks where asked for.
GridFile Issued(const report::Table& table, bool marked) {
  GridFile file;
  Grid grid;
  grid.columns = table.columns.size();
  const auto add = [&](std::vector<std::string> texts, std::string bookmark, bool header = false) {
    GridRow row;
    for (std::string& text : texts) row.cells.emplace_back().text = std::move(text);
    row.bookmark = marked ? std::move(bookmark) : "";
    row.header = header;
    grid.rows.push_back(std::move(row));
  };
  MarkedTable marks{table.id, {}, {}};
  std::vector<std::string> titles;
  for (const auto& column : table.columns) {
    marks.columns.push_back(column.id);
    titles.push_back(column.title);
  }
  add(titles, "", true);
  size_t n = 0;
  for (const auto& group : table.groups) {
    add({group.number, group.title, ""}, fmt::format("_Ordo{:04}", ++n));
    marks.rows.push_back({fmt::format("_Ordo{:04}", n), group.id, true, {CellMark(group.title)}});
    for (const auto& row : group.rows) {
      add({row.cells[0].text, row.cells[1].text, row.cells[2].text}, fmt::format("_Ordo{:04}", ++n));
      marks.rows.push_back({fmt::format("_Ordo{:04}", n), row.id, false, {CellMark(row.cells[0].text), CellMark(row.cells[1].text), CellMark(row.cells[2].text)}});
    }
  }
  file.grids.push_back(grid);
  if (marked) file.marks = Marks{"p", {marks}};
  return file;
}

std::vector<Difference> Differences(const GridFile& file, const report::Table& table) { return Compare(file, std::span(&table, 1)).differences; }

class OfficeCompare : public ::testing::TestWithParam<bool> {};

TEST_P(OfficeCompare, UnchangedIsNothing) {
  const report::Table plan = Plan();
  GridFile file = Issued(plan, GetParam());
  EXPECT_TRUE(Differences(file, plan).empty());
  file.grids[0].rows[2].cells[1].text = "Trồng\u00A0cây  ven\nđư\u00ADờng ";   // what has no meaning
  EXPECT_TRUE(Differences(file, plan).empty());
}

TEST_P(OfficeCompare, EachChangeOnce) {
  const report::Table plan = Plan();
  GridFile file = Issued(plan, GetParam());
  auto& rows = file.grids[0].rows;
  rows[2].cells[2].text = "Quý II/2026";
  rows.erase(rows.begin() + 3);
  GridRow added = rows[2];
  added.bookmark.clear();
  added.cells[0].text = "4";
  added.cells[1].text = "Hội nghị sơ kết";
  rows.push_back(added);
  rows[1].cells[1].text = "Nhóm thứ nhất";
  rows[0].cells[2].text = "Hạn chót";
  const auto found = Differences(file, plan);
  std::multiset<Kind> kinds;
  for (const Difference& d : found) kinds.insert(d.kind);
  if (GetParam()) {
    EXPECT_EQ(kinds, (std::multiset<Kind>{Kind::kCell, Kind::kRowRemoved, Kind::kRowAdded, Kind::kGroupTitle, Kind::kColumnTitle}));
  } else {   // a heading reworded is found by the words that it keeps
    EXPECT_EQ(kinds.count(Kind::kCell), 1u);
    EXPECT_EQ(kinds.count(Kind::kRowRemoved), 1u + (kinds.count(Kind::kGroupTitle) == 0));
  }
}

TEST_P(OfficeCompare, MovedRow) {
  const report::Table plan = Plan();
  GridFile file = Issued(plan, GetParam());
  std::rotate(file.grids[0].rows.begin() + 2, file.grids[0].rows.begin() + 3, file.grids[0].rows.end());
  const auto found = Differences(file, plan);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, Kind::kRowMoved);
  EXPECT_EQ(found[0].row, "a");
  EXPECT_EQ(found[0].returned, "Báo cáo kết quả năm");
}

TEST_P(OfficeCompare, NumberAsIssued) {
  report::Table plan = Plan();
  GridFile file = Issued(plan, GetParam());
  file.grids[0].rows[2].cells[0].text = "7";
  EXPECT_TRUE(Differences(file, plan).empty());   // made by the program
  plan.groups[0].rows[0].cells[0].at = Span{0, 10, 20};
  const auto found = Differences(file, plan);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].column, "number");
  EXPECT_EQ(found[0].returned, "7");
}

TEST_P(OfficeCompare, CopyOfTheTable) {
  const report::Table plan = Plan();
  GridFile file = Issued(plan, GetParam());
  file.grids.push_back(file.grids[0]);
  file.grids[1].rows[0].table = 2;
  const auto found = Differences(file, plan);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, Kind::kTableCopy);
  EXPECT_EQ(found[0].place_table, 2u);
}

INSTANTIATE_TEST_SUITE_P(All, OfficeCompare, ::testing::Bool());

TEST(OfficeCompareMarks, SplitTableIsOneTable) {
  const report::Table plan = Plan();
  GridFile file = Issued(plan, true);
  Grid rest = file.grids[0];
  rest.rows.erase(rest.rows.begin() + 1, rest.rows.begin() + 3);
  file.grids[0].rows.resize(3);
  file.grids.push_back(rest);
  EXPECT_TRUE(Differences(file, plan).empty());
}

TEST(OfficeCompareMarks, ThreeWays) {
  report::Table plan = Plan();
  GridFile file = Issued(plan, true);
  plan.groups[0].rows[0].cells[2].text = "Tháng 5/2026";   // the plan alone
  plan.groups[0].rows[1].cells[2].text = "Tháng 6/2026";   // both
  file.grids[0].rows[3].cells[2].text = "Tháng 7/2026";
  plan.groups[0].rows[2].cells[2].text = "Tháng 11/2026";  // both, to the same
  file.grids[0].rows[4].cells[2].text = "Tháng 11/2026";
  const auto found = Differences(file, plan);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].kind, Kind::kPlanOnly);
  EXPECT_EQ(found[1].kind, Kind::kBoth);
  EXPECT_EQ(found[1].returned, "Tháng 7/2026");
}

}  // namespace
}  // namespace ordo::office

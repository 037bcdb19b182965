// The comparison table, the text and the JSON of differences made by hand: long texts, many changes, what would like to be a control.
#include <gtest/gtest.h>

#include "runtime/diff/render.h"

namespace ordo::diff {
namespace {

Change Changed(Part part, std::string object, std::string number, std::string title) {
  Change change;
  change.part = part;
  change.object = object;
  change.object_word = object;
  change.was = change.now = {true, "name", number, title, "mục «I. Chung»", true, {}};
  return change;
}

Piece Text(std::string key, std::string label, std::string was, std::string now) {
  Piece piece;
  piece.key = std::move(key);
  piece.label = std::move(label);
  piece.words = WordDiff(was, now);
  piece.was = std::move(was);
  piece.now = std::move(now);
  return piece;
}

TEST(DiffTable, LongTextsAreShownAroundTheirChanges) {
  std::string was, now;
  for (int i = 0; i < 2000; ++i) {
    was += fmt::format("từ{} ", i);
    now += i == 1000 ? std::string("KHÁC ") : fmt::format("từ{} ", i);
  }
  Differences differences;
  differences.changes.push_back(Changed(Part::kTexts, "clause", "", "từ0 từ1"));
  differences.changes[0].pieces.push_back(Text("wording", "Nguyên văn", was, now));
  const report::Table table = AsTable(differences, Language::kVietnamese);
  ASSERT_EQ(table.groups.size(), 1u);
  const report::Row& row = table.groups[0].rows.at(0);
  EXPECT_LT(row.cells[1].text.size(), 2600u);
  EXPECT_NE(row.cells[1].text.find("từ999 từ1000 từ1001"), std::string::npos) << row.cells[1].text;
  EXPECT_NE(row.cells[2].text.find("từ999 KHÁC từ1001"), std::string::npos);
  EXPECT_EQ(row.cells[3].text, "Nguyên văn: «… từ999 từ1000» sửa thành «… từ999 KHÁC»");
}

TEST(DiffTable, ManyChangesEndInDots) {
  std::string was, now;
  for (int i = 0; i < 20; ++i) was += fmt::format("a{} b c d ", i), now += fmt::format("x{} b c d ", i);
  Differences differences;
  differences.changes.push_back(Changed(Part::kTasks, "task", "I.1", "Việc"));
  differences.changes[0].pieces.push_back(Text("note", "Ghi chú", was, now));
  const std::string change = AsTable(differences, Language::kVietnamese).groups[0].rows[0].cells[3].text;
  EXPECT_TRUE(change.ends_with("; …")) << change;
  EXPECT_EQ(std::count(change.begin(), change.end(), ';'), 6);
}

TEST(DiffTable, RowsAreNumberedThroughAllParts) {
  Differences differences;
  for (const Part part : {Part::kHeader, Part::kTasks, Part::kRegister}) {
    differences.changes.push_back(Changed(part, part == Part::kHeader ? "plan" : part == Part::kTasks ? "task" : "unit", "", "Một"));
    differences.changes.back().pieces = {Text("title", "Tên", "Một", "Hai"), Text("number", "Số", "1", "2")};
  }
  const report::Table table = AsTable(differences, Language::kVietnamese);
  ASSERT_EQ(table.groups.size(), 3u);
  ASSERT_EQ(table.groups[0].rows.size(), 2u) << "of the head of the plan a row a fact";
  EXPECT_EQ(table.groups[0].rows[1].cells[1].text, "Số: 1");
  EXPECT_EQ(table.groups[1].rows.size(), 1u);
  EXPECT_EQ(table.groups[2].number, "III");
  EXPECT_EQ(table.groups[2].rows[0].number, "4");
}

TEST(DiffText, IsWrappedAndHoldsNoControl) {
  Differences differences;
  differences.changes.push_back(Changed(Part::kTasks, "task", "I.1", "Việc \x1b[31mđỏ\x07"));
  differences.changes[0].pieces.push_back(Text("title", "Tên", "một \x1b[31m hai", "một ba"));
  report::RenderOptions options;
  options.width = 60;
  const std::string text = AsText(differences, "a\x1b.ordo", "b.ordo", options);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  EXPECT_NE(text.find("1 nội dung khác nhau"), std::string::npos) << text;
}

TEST(DiffText, NothingIsOneLine) {
  EXPECT_EQ(AsText({}, "a", "b", {}), "không có khác biệt\n");
  EXPECT_TRUE(AsTable({}, Language::kVietnamese).groups.empty());
}

TEST(DiffCounts, EachObjectOnce) {
  Differences differences;
  differences.changes.push_back(Changed(Part::kTasks, "task", "", "a"));
  differences.changes.back().move = Change::Move::kReordered;
  differences.changes.back().pieces.push_back(Text("title", "Tên", "a", "b"));
  differences.changes.push_back(Changed(Part::kTasks, "task", "", "b"));
  differences.changes.back().pieces.push_back(Text("title", "Tên", "a", "A"));
  differences.changes.back().pieces.back().weight = Weight::kWording;
  const Counts counts = Count(differences);
  EXPECT_EQ(counts.all, 2u);
  EXPECT_EQ(counts.moved, 1u);
  EXPECT_EQ(counts.changed, 0u);
  EXPECT_EQ(counts.wording, 1u);
}

}  // namespace
}  // namespace ordo::diff

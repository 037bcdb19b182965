// Sets of columns as plans, forms of offices and plans in English have them: each is found as a table, each heading as its field.
#include <gtest/gtest.h>

#include "compiler/import/structure.h"
#include "compiler/import/tables.h"

namespace ordo::import {
namespace {

std::vector<std::string> Parts(std::string_view text) {
  std::vector<std::string> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('|', at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

office::GridFile FileOf(const std::vector<std::string>& rows) {
  office::GridFile file;
  office::Grid& grid = file.grids.emplace_back();
  for (const std::string& text : rows) {
    office::GridRow& row = grid.rows.emplace_back();
    row.place = std::to_string(grid.rows.size());
    for (const std::string& part : Parts(text)) row.cells.emplace_back().text = part;
    grid.columns = std::max(grid.columns, row.cells.size());
  }
  return file;
}

using C = Column;
struct Set {
  const char* headings;
  Kind kind;
  std::vector<Column> fields;
};

TEST(ImportTables, SetsOfColumns) {
  const Set sets[] = {
      {"TT|Nội dung công việc|Người đứng đầu chịu trách nhiệm|Cơ quan chủ trì|Cơ quan phối hợp|Kết quả|Thời gian triển khai và hoàn thành", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kAccountable, C::kLead, C::kSupport, C::kProduct, C::kDue}},
      {"STT|Nhiệm vụ|Đơn vị chủ trì|Đơn vị phối hợp|Sản phẩm|Thời hạn", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kLead, C::kSupport, C::kProduct, C::kDue}},
      {"Số TT|Nội dung nhiệm vụ|Chủ trì|Phối hợp|Tiến độ|Ghi chú", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kLead, C::kSupport, C::kDue, C::kNote}},
      {"STT|Tên nhiệm vụ|Cơ quan chủ trì thực hiện|Cơ quan phối hợp thực hiện|Thời gian thực hiện|Kinh phí", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kLead, C::kSupport, C::kDue, C::kCost}},
      {"TT|Nhiệm vụ, giải pháp|CQ chủ trì|CQ phối hợp|Sản phẩm đầu ra|Hạn hoàn thành", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kLead, C::kSupport, C::kProduct, C::kDue}},
      {"Mã nhiệm vụ|Công việc|Đơn vị thực hiện|Thời gian hoàn thành", Kind::kTasks,
       {C::kCode, C::kTitle, C::kLead, C::kDue}},
      {"STT|Lĩnh vực|Nội dung|Đơn vị phụ trách|Thời hạn hoàn thành", Kind::kTasks,
       {C::kNumber, C::kSection, C::kTitle, C::kLead, C::kDue}},
      {"STT|Hoạt động|Lãnh đạo phụ trách|Đơn vị tham mưu|Cấp trình|Thời gian trình", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kSponsor, C::kDrafting, C::kSubmitTo, C::kDue}},
      {"TT|Nội dung công việc|Phân công nhiệm vụ|Thời gian", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kBothRoles, C::kDue}},
      {"TT|Đầu việc|Vai trò|Kết quả thực hiện|Thời hạn thực hiện", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kRole, C::kProduct, C::kDue}},
      {"STT|Tên công việc|Bộ phận|Ngày bắt đầu|Ngày kết thúc|Số ngày dự kiến|Phụ thuộc", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kLead, C::kStarts, C::kDue, C::kDuration, C::kAfter}},
      {"TT|Nhiệm vụ trọng tâm|Cơ quan thẩm định|Cấp phê duyệt|Cơ quan theo dõi|Tiến độ", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kAppraisal, C::kApproval, C::kMonitor, C::kDue}},
      {"STT|Tên dự án|Tổng mức đầu tư|Nguồn vốn|Thời gian thực hiện", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kCost, C::kOther, C::kDue}},
      {"STT|Nhiệm vụ|Phương thức|Đơn vị chủ trì|Lực lượng hỗ trợ", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kOther, C::kLead, C::kExtraHands}},
      {"No.|Task|Lead department|Supporting department|Deliverable|Due date", Kind::kTasks,
       {C::kNumber, C::kTitle, C::kLead, C::kSupport, C::kProduct, C::kDue}},
      {"ID|Action|Responsible party|Contributing entities|Completion date|Notes", Kind::kTasks,
       {C::kCode, C::kTitle, C::kLead, C::kSupport, C::kDue, C::kNote}},
      {"Pillar|Initiative|Accountable|Output|Deadline|Cost", Kind::kTasks,
       {C::kSection, C::kTitle, C::kAccountable, C::kProduct, C::kDue, C::kCost}},
      {"TT|Chỉ tiêu|Đơn vị tính|Năm 2026|Năm 2030", Kind::kTargets, {C::kNumber, C::kIndicator, C::kMeasure, C::kHorizon, C::kHorizon}},
      {"STT|Tên chỉ tiêu|ĐVT|Hiện trạng|Đến năm 2030|Tầm nhìn 2045|Nguồn số liệu", Kind::kTargets,
       {C::kNumber, C::kIndicator, C::kMeasure, C::kBaseline, C::kHorizon, C::kHorizon, C::kSource}},
      {"No|Indicator|Unit|Baseline|Target 2027|Source of verification", Kind::kTargets,
       {C::kNumber, C::kIndicator, C::kMeasure, C::kBaseline, C::kHorizon, C::kSource}},
  };
  ASSERT_EQ(std::size(sets), 20u);
  for (const Set& set : sets) {
    SCOPED_TRACE(set.headings);
    std::string row = "1";
    for (size_t i = 1; i < set.fields.size(); ++i) row += "|ô " + std::to_string(i);
    const auto tables = FindTables(FileOf({"PHỤ LỤC", set.headings, row}));
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(tables[0].kind, set.kind);
    ASSERT_EQ(tables[0].columns.size(), set.fields.size());
    for (size_t i = 0; i < set.fields.size(); ++i) EXPECT_EQ(static_cast<int>(tables[0].columns[i].field), static_cast<int>(set.fields[i])) << tables[0].columns[i].heading;
    EXPECT_EQ(tables[0].rows.size(), 1u);
  }
}

TEST(ImportTables, NoTable) {
  const auto tables = FindTables(FileOf({"Họ tên|Ngày sinh", "A|B"}));
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_EQ(tables[0].kind, Kind::kOther);
  EXPECT_EQ(tables[0].headings.size(), 2u);
}

TEST(ImportTables, GroupsAndRowsBelow) {
  auto tables = FindTables(FileOf({"TT|Nhiệm vụ|Chủ trì", "I|NHÓM MỘT||", "1|Việc một|A", "1.1|Phần một|A", "2|Việc hai|B", "|a) Phần a|B", "II|NHÓM HAI||", "1|Việc ba|C"}));
  ASSERT_EQ(tables[0].kind, Kind::kTasks);
  const Structure structure = StructureOf(tables[0]);
  ASSERT_EQ(structure.items.size(), 2u);
  EXPECT_TRUE(structure.grouped);
  EXPECT_EQ(structure.rows, 5u);
  ASSERT_EQ(structure.items[0].items.size(), 2u);
  EXPECT_EQ(structure.items[0].items[0].items.size(), 1u);
  EXPECT_EQ(structure.items[0].items[1].items.size(), 1u);
}

}  // namespace
}  // namespace ordo::import

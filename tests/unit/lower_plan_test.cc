// What a plan says, as facts and cells: roles after expansion, shared fields, milestones, texts that name units, fields of one's
// own.
#include "support/run_plan.h"

namespace ordo::testing {
namespace {

using Names = std::vector<std::string>;

const std::string kHead = R"(ordo 1 en
plan k "Kế hoạch" { number: "1/KH-UBND"; issued by: ubnd; issue date: 2026-01-05; period: year 2026; escalate to: ubnd.head }
unit ubnd "UBND phường" { tier: commune; head: "Chủ tịch" }
unit vp "Văn phòng" { part of: ubnd; head: "Chánh Văn phòng"; also written: "VP UBND" }
unit vh "Phòng Văn hóa" { part of: ubnd; head: "Trưởng phòng Văn hóa" }
unit kt "Phòng Kinh tế" { part of: ubnd; head: "Trưởng phòng Kinh tế" }
group pb "Các phòng" { members: vp, vh, kt; head: "Thủ trưởng các phòng" }
group mở_ra "Các đơn vị" { members: open }
)";

// What a table prints for a task.
std::string Cell(const PlanRun& run, std::string_view table, std::string_view task, std::string_view column) {
  const report::Table built = run.Table(table);
  size_t at = built.columns.size();
  for (size_t i = 0; i < built.columns.size(); ++i) {
    if (built.columns[i].id == column) at = i;
  }
  EXPECT_LT(at, built.columns.size()) << column;
  std::string found = "(no row)";
  const auto look = [&](auto&& self, const std::vector<report::Row>& rows) -> void {
    for (const report::Row& row : rows) {
      if (row.id == task && at < row.cells.size()) found = row.cells[at].text;
      self(self, row.rows);
    }
  };
  for (const report::Group& group : built.groups) look(look, group.rows);
  return found;
}

const std::string kTable =
    R"(table bảng_b "Bảng" { rows: task; columns: number "TT", title "Việc", accountable "Người", lead "Chủ trì", support "Phối hợp",
  product "Kết quả", due "Thời hạn", note "Ghi chú" }
)";

TEST(Roles, AGroupStandsForItsMembersAndAnOpenPartForItself) {
  const PlanRun run(kHead + R"(task a "A" { accountable: pb.head; lead: pb; support: mở_ra }
task b "B" { accountable: vp.head; lead: vp; support: pb concerned }
task c "C" { lead: each pb; support: vh, kt for "hạ tầng" }
task d "D" { lead: vp; support: none }
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Members("lead", "a"), (Names{"vp", "vh", "kt"}));
  EXPECT_EQ(run.Members("accountable", "a"), (Names{"Chánh Văn phòng", "Trưởng phòng Văn hóa", "Trưởng phòng Kinh tế"}));
  EXPECT_EQ(run.Members("support", "a"), Names{"mở_ra"});
  EXPECT_EQ(run.Members("support", "b"), Names{"pb"}) << "an open part of a group is not expanded";
  EXPECT_EQ(run.Members("accountable", "b"), Names{"Chánh Văn phòng"});
  EXPECT_EQ(run.Members("lead", "c"), (Names{"vp", "vh", "kt"}));
  EXPECT_EQ(run.Members("support", "c"), (Names{"vh", "kt"}));
  EXPECT_EQ(run.Members("support", "d"), Names{});
  EXPECT_EQ(run.Of("OWN03").size(), 1u) << "only a: c gives each member a duty of its own";
}

TEST(Roles, ATextNamesAUnitByItsTitleOrAKnownSpelling) {
  const PlanRun run(kHead + kTable + R"(task a "A" { lead: "Văn phòng"; support: "VP UBND", "phòng  văn hóa" }
task b "B" { lead: "Trưởng phòng Kinh tế" }
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Members("lead", "a"), Names{"vp"});
  EXPECT_EQ(run.Members("support", "a"), (Names{"vp", "vh"}));
  EXPECT_EQ(run.Members("lead", "b"), Names{"Trưởng phòng Kinh tế"});
  EXPECT_EQ(Cell(run, "bảng_b", "a", "support"), "VP UBND; phòng  văn hóa") << "the cell keeps what was written";
}

TEST(Roles, WordingIsPrintedAndMeaningStays) {
  const PlanRun run(kHead + kTable + R"(task a "A" {
  lead: vh "Phòng Văn hoá, Xã hội"
  support: pb concerned, kt requested, vp "văn phòng"
}
task b "B" { lead: vp; support: vh, kt written "Như trên" }
task c "C" { lead: each pb }
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(Cell(run, "bảng_b", "a", "lead"), "Phòng Văn hoá, Xã hội");
  EXPECT_EQ(Cell(run, "bảng_b", "a", "support"), "Các phòng concerned; Phòng Kinh tế; văn phòng")
      << "in the language of the plan's words";
  EXPECT_EQ(Cell(run, "bảng_b", "b", "support"), "Như trên");
  EXPECT_EQ(run.Members("support", "b"), (Names{"vh", "kt"}));
  EXPECT_EQ(Cell(run, "bảng_b", "c", "lead"), "Các phòng");
}

TEST(Shared, ChildrenTakeWhatTheyDoNotState) {
  const PlanRun run(kHead + kTable + R"(shared { note: "cả kế hoạch" }
section m "M" {
  shared { lead: vh; accountable: vh.head; due: 2026-06-30 }
  task a "A" { }
  task b "B" { lead: vp; note: "riêng" }
  task c "C" {
    shared { lead: kt }
    task d "D" { due: Q4 2026 }
    task e "E" { lead: vp }
  }
}
task f "F" { }
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Members("lead", "a"), Names{"vh"});
  EXPECT_EQ(run.Members("lead", "b"), Names{"vp"});
  EXPECT_EQ(run.Members("lead", "d"), Names{"kt"}) << "the nearest block wins";
  EXPECT_EQ(run.Members("lead", "e"), Names{"vp"});
  EXPECT_EQ(run.Members("accountable", "d"), Names{"Trưởng phòng Văn hóa"});
  EXPECT_EQ(Cell(run, "bảng_b", "e", "due"), "30 June 2026");
  EXPECT_EQ(Cell(run, "bảng_b", "d", "due"), "Q4 2026");
  EXPECT_EQ(Cell(run, "bảng_b", "b", "note"), "riêng");
  EXPECT_EQ(Cell(run, "bảng_b", "f", "note"), "cả kế hoạch");
  EXPECT_EQ(run.Of("OWN01").size(), 1u) << "f alone has no lead";
  EXPECT_EQ(run.Of("SCH01").size(), 1u);
}

TEST(Milestones, HaveNoRowAndMayBePointedTo) {
  const PlanRun run(kHead + kTable + R"(table mốc "Mốc" { rows: milestone; columns: title "Mốc", lead "Chủ trì", due "Thời hạn" }
task a "A" {
  lead: vp; accountable: vp.head; due: as below
  milestone m1 "dự thảo" { lead: vh; due: before 2026-03-15 }
  milestone m2 "ban hành" { lead: vp; after: a.m1; due: 2026-03-31 }
}
task b "B" { lead: kt; accountable: kt.head; after: a.m2; due: Q2 2026 }
task c "C" { milestone m1 "cùng tên, nhiệm vụ khác" { lead: kt; accountable: kt.head; due: 2026-05-31 } }
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(run.Members("after", "b"), Names{"m2"});
  const report::Table milestones = run.Table("mốc");
  size_t rows = 0;
  for (const report::Group& group : milestones.groups) rows += group.rows.size();
  EXPECT_EQ(rows, 3u);
  const report::Table tasks = run.Table("bảng_b");
  rows = 0;
  for (const report::Group& group : tasks.groups) rows += group.rows.size();
  EXPECT_EQ(rows, 3u) << "milestones are no rows of the tasks' table";
  EXPECT_TRUE(run.Of("OWN01").empty()) << "c is led by the lead of its step";
  EXPECT_EQ(PlanRun(kHead + "task a \"A\" { }\ntask b \"B\" { after: a.m9 }\n").Found(), "10 TYP09");
  EXPECT_EQ(PlanRun(kHead + "task a \"A\" {\n milestone m \"1\" { }\n milestone m \"2\" { }\n}\n").Found(), "11 NAM01");
}

TEST(OwnFields, AreColumnsOfATable) {
  const PlanRun run(kHead + R"(extend task {
  field phương_thức "Phương thức" { kind: free text }
  field số_lượt "Số lượt" { kind: number }
}
task a "A" { lead: vp; phương_thức: "Đặt hàng"; số_lượt: 1200 }
task b "B" { lead: vp }
table p "P" { rows: task; columns: title "Việc", phương_thức "Phương thức", số_lượt "Số lượt" }
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(Cell(run, "p", "a", "phương_thức"), "Đặt hàng");
  EXPECT_EQ(Cell(run, "p", "b", "phương_thức"), "");
  EXPECT_NE(Cell(run, "p", "a", "số_lượt").find("200"), std::string::npos);
  EXPECT_EQ(PlanRun(kHead + "task a \"A\" { phương_thức: \"x\" }\n").Found(), "9 NAM04");
  EXPECT_EQ(PlanRun(kHead + "extend task { field f \"F\" { kind: free text } }\nextend task { field f \"G\" { kind: number } }\n")
                .Found(),
            "10 NAM01");
}

TEST(Numbers, RunOnAndAreKeptAsIssued) {
  const PlanRun run(kHead + R"(section m1 "M1" {
  task a "A" { }
  task b "B" { }
}
section m2 "M2" {
  number: "V"
  task c "C" { number: "7.2" }
  task d "D" {
    task e "E" { }
  }
}
table chạy "Chạy" { rows: task; grouped by: section; numbering: running; sub rows: numbered; columns: number "TT", title "Việc" }
table theo_mục "Theo mục" { rows: task; grouped by: section; numbering: restart; sub rows: unnumbered; columns: number "TT", title "Việc" }
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(Cell(run, "chạy", "b", "number"), "2");
  EXPECT_EQ(Cell(run, "chạy", "c", "number"), "7.2");
  EXPECT_EQ(Cell(run, "theo_mục", "b", "number"), "2");
  EXPECT_EQ(Cell(run, "theo_mục", "e", "number"), "");
  EXPECT_EQ(run.Table("theo_mục").groups.at(1).number, "V");
}

// Whatever the file order, a use before its declaration is fine.
TEST(Order, ATableMayStandBeforeWhatItShows) {
  const PlanRun run(
      "ordo 1 en\ntable bảng_b \"B\" { rows: task; columns: title \"Việc\", f \"F\" }\ntask a \"A\" { lead: vp; f: \"x\"; due: "
      "within 10 days after e }\n"
      "extend task { field f \"F\" { kind: free text } }\nevent e \"khi có\" { monitor: vp }\nunit vp \"Văn phòng\" { }\nplan k "
      "\"K\" { }\n");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(Cell(run, "bảng_b", "a", "f"), "x");
  EXPECT_EQ(run.Members("lead", "a"), Names{"vp"});
}

}  // namespace
}  // namespace ordo::testing

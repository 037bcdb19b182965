// Tables built from a small plan: the annex, an extract, the pivot of targets, the matrix with its totals, duties of a unit.
#include <gtest/gtest.h>

#include "runtime/report/table.h"
#include "support/program_builder.h"

namespace ordo::report {
namespace {

using ir::Type;
using Form = ir::TableDeclaration::Form;

// number, title, lead, support of each row with its nesting, one row a line.
void Flatten(const std::vector<Row>& rows, const std::string& indent, std::string& out) {
  for (const Row& row : rows) {
    out += indent;
    for (size_t i = 0; i < row.cells.size(); ++i) out += (i > 0 ? " | " : "") + row.cells[i].text;
    out += '\n';
    Flatten(row.rows, indent + "  ", out);
  }
}

std::string Flat(const Table& table) {
  std::string out;
  for (size_t i = 0; i < table.columns.size(); ++i) out += (i > 0 ? " | " : "") + table.columns[i].title;
  out += '\n';
  for (const Group& group : table.groups) {
    out += "[" + group.number + "] " + group.title + "\n";
    Flatten(group.rows, "", out);
  }
  if (table.totals) Flatten({*table.totals}, "= ", out);
  return out;
}

class TableTest : public ::testing::Test {
 protected:
  TableTest() {
    plan_ = b_.Kind("plan", "plan", "kế hoạch");
    unit_ = b_.Kind("unit", "unit", "đơn vị");
    post_ = b_.Kind("post", "post", "chức danh");
    group_ = b_.Kind("group", "group", "nhóm");
    indicator_ = b_.Kind("indicator", "indicator", "chỉ số");
    section_ = b_.Kind("section", "section", "mục");
    task_ = b_.Kind("task", "task", "nhiệm vụ", {{b_.Text("number"), Type::kText}, {b_.Text("level"), Type::kNumber}});
    target_ = b_.Kind("target", "target", "chỉ tiêu");
    milestone_ = b_.Kind("milestone", "milestone", "mốc");
    row_ = b_.Kind("row", "row", "dòng chỉ tiêu", {{b_.Text("horizon"), Type::kNumber}});
    time_ = b_.Kind("time", "time", "thời gian");
    appendix_ = b_.Kind("appendix", "appendix", "phụ lục");
    number_ = b_.Word("number", "number", "số");
    title_ = b_.Word("title", "title", "tên");
    lead_ = b_.Word("lead", "lead", "chủ trì");
    support_ = b_.Word("support", "support", "phối hợp");
    accountable_ = b_.Word("accountable", "accountable", "người đứng đầu");
    due_ = b_.Word("due", "due", "thời hạn");
    product_ = b_.Word("product", "product", "kết quả");
    measured_in_ = b_.Word("measured_in", "measured in", "đơn vị tính");
    level_ = b_.Word("level", "level", "bậc");

    a_ = b_.Add(unit_, "a", "Phòng A");
    head_ = b_.Add(post_, "", "Trưởng phòng A", a_);
    c_ = b_.Add(unit_, "c", "Phòng C");
    z_ = b_.Add(unit_, "z", "Phòng Z");
    all_ = b_.Add(group_, "all", "Các phòng");
    open_ = b_.Add(group_, "open", "Các cơ quan, đơn vị");
    lead_rel_ = b_.Relation("task.lead", {Type::kEntity, Type::kEntity});
    support_rel_ = b_.Relation("task.support", {Type::kEntity, Type::kEntity});
    accountable_rel_ = b_.Relation("task.accountable", {Type::kEntity, Type::kEntity});
    members_ = b_.Relation("group.members", {Type::kEntity, Type::kEntity});
    Row(members_, all_, a_);
    Row(members_, all_, c_);

    one_ = b_.Add(section_, "one", "Nhận thức");
    first_ = b_.Add(task_, "first", "Tuyên truyền", one_);
    Is(first_, lead_, lead_rel_, c_);
    b_.Field(first_, support_, {b_.Of(a_), b_.Of(open_)});
    Row(support_rel_, first_, a_);
    Row(support_rel_, first_, open_);
    parent_ = b_.Add(task_, "parent", "Giáo dục:", one_);
    sub1_ = b_.Add(task_, "sub1", "Học bạ", parent_);
    sub2_ = b_.Add(task_, "sub2", "Tuyển sinh", parent_);
    for (const EntityId sub : {sub1_, sub2_}) {
      b_.Field(sub, lead_, {b_.Of(a_)}).shared = true;
      Row(lead_rel_, sub, a_);
      b_.Field(sub, accountable_, {b_.Of(head_)});
      Row(accountable_rel_, sub, head_);
    }
    two_ = b_.Add(section_, "two", "Thể chế");
    last_ = b_.Add(task_, "last", "Rà soát", two_);
    b_.Field(last_, lead_, {b_.Of(all_)});
    Row(lead_rel_, last_, a_);
    Row(lead_rel_, last_, c_);
    b_.Field(last_, product_, {b_.Of("Báo cáo")});
  }

  void Row(ir::RelationId relation, EntityId task, EntityId party) {
    b_.AddRow(relation, {static_cast<ir::Cell>(task), static_cast<ir::Cell>(party)});
  }
  void Is(EntityId task, ir::WordId role, ir::RelationId relation, EntityId party) {
    b_.Field(task, role, {b_.Of(party)});
    Row(relation, task, party);
  }
  ir::TableColumn Column(ir::WordId field, std::string_view heading = "") {
    ir::TableColumn column;
    column.field = field;
    column.heading = b_.Text(heading);
    return column;
  }
  static ir::TableColumn Party(EntityId party) {
    ir::TableColumn column;
    column.party = party;
    return column;
  }
  ir::TableDeclaration Annex() {
    ir::TableDeclaration annex;
    annex.form = Form::kAppendix;
    annex.rows = task_;
    annex.grouped = annex.landscape = true;
    annex.object = b_.Add(appendix_, "annex", "NHIỆM VỤ TRONG NĂM 2026");
    annex.columns = {Column(number_, "TT"), Column(title_, "Nội dung"), Column(lead_, "Cơ quan chủ trì"), Column(support_),
                     Column(product_, "Kết quả")};
    return annex;
  }
  eval::Evaluation Run() {
    for (const std::string& fault : ir::Verify(b_.Build())) ADD_FAILURE() << fault;
    auto evaluation = eval::Evaluate(b_.program());
    EXPECT_TRUE(evaluation.ok()) << evaluation.status();
    return std::move(*evaluation);
  }
  Table Built(ir::TableDeclaration declaration, Language language = Language::kVietnamese) {
    b_.program().tables = {std::move(declaration)};
    const eval::Evaluation evaluation = Run();
    return BuildTable(evaluation, 0, language);
  }

  testing::ProgramBuilder b_;
  ir::KindId plan_, unit_, post_, group_, indicator_, section_, task_, target_, milestone_, row_, time_, appendix_;
  ir::WordId number_, title_, lead_, support_, accountable_, due_, product_, measured_in_, level_;
  ir::RelationId lead_rel_, support_rel_, accountable_rel_, members_;
  EntityId a_, head_, c_, z_, all_, open_, one_, first_, parent_, sub1_, sub2_, two_, last_;
};

TEST_F(TableTest, Annex) {
  const Table table = Built(Annex());
  EXPECT_EQ(table.id, "annex");
  EXPECT_EQ(table.title, "NHIỆM VỤ TRONG NĂM 2026");
  EXPECT_TRUE(table.landscape);
  EXPECT_EQ(table.columns[2].id, "lead");
  EXPECT_EQ(Flat(table),
            "TT | Nội dung | Cơ quan chủ trì | Phối hợp | Kết quả\n"
            "[I] Nhận thức\n"
            "1 | Tuyên truyền | Phòng C | Phòng A; Các cơ quan, đơn vị | \n"
            "2 | Giáo dục: |  |  | \n"
            "   | Học bạ | Phòng A |  | \n"
            "   | Tuyển sinh | Phòng A |  | \n"
            "[II] Thể chế\n"
            "1 | Rà soát | Các phòng |  | Báo cáo\n");
  EXPECT_EQ(table.groups[0].id, "one");
  EXPECT_EQ(table.groups[0].rows[1].rows[0].id, "sub1");
  EXPECT_EQ(b_.Sources().file(0).LineOf(table.groups[0].rows[0].at.begin), static_cast<uint32_t>(first_) + 1);
}

TEST_F(TableTest, RunningNumbersAndNumberedSubRows) {
  ir::TableDeclaration annex = Annex();
  annex.running = annex.sub_rows_numbered = true;
  annex.columns = {Column(number_), Column(title_)};
  EXPECT_EQ(Flat(Built(annex)),
            "TT | Nhiệm vụ\n"
            "[I] Nhận thức\n1 | Tuyên truyền\n2 | Giáo dục:\n  2.1 | Học bạ\n  2.2 | Tuyển sinh\n"
            "[II] Thể chế\n3 | Rà soát\n");
}

TEST_F(TableTest, UngroupedTableIsOneSequence) {
  ir::TableDeclaration table = Annex();
  table.grouped = false;
  table.columns = {Column(number_), Column(title_)};
  EXPECT_EQ(Flat(Built(table)),
            "TT | Nhiệm vụ\n[] \n1 | Tuyên truyền\n2 | Giáo dục:\n   | Học bạ\n   | Tuyển sinh\n3 | Rà soát\n");
}

TEST_F(TableTest, AnExtractBringsTheRowsAboveAndNumbersWhatItShows) {
  ir::TableDeclaration table = Annex();
  table.only = b_.Relation("only", {Type::kEntity});
  b_.AddRow(table.only, {static_cast<ir::Cell>(sub2_)});
  b_.AddRow(table.only, {static_cast<ir::Cell>(last_)});
  table.columns = {Column(number_), Column(title_)};
  EXPECT_EQ(Flat(Built(table)),
            "TT | Nhiệm vụ\n[I] Nhận thức\n1 | Giáo dục:\n   | Tuyển sinh\n[II] Thể chế\n1 | Rà soát\n");
}

TEST_F(TableTest, WhatAParentSharesIsPrintedOnItsRowsOnly) {
  b_.Field(parent_, product_, {b_.Of("dùng chung")}).shared = true;
  b_.Field(parent_, support_, {b_.Of("ghi ở dòng mẹ")});
  ir::TableDeclaration table = Annex();
  table.columns = {Column(title_), Column(support_), Column(product_)};
  const Table built = Built(table);
  EXPECT_EQ(built.groups[0].rows[1].cells, (std::vector<Cell>{"Giáo dục:", "ghi ở dòng mẹ", ""}));
}

TEST_F(TableTest, PropertiesCustomFieldsAndRepeatedColumns) {
  b_.Set(first_, "level", Decimal::FromInt(2).cell());
  const ir::WordId way = b_.Word("phương_thức");
  b_.Field(first_, way, {b_.Of("Trực tiếp")});
  ir::TableDeclaration table = Annex();
  ir::TableColumn custom;
  custom.custom = b_.Text("phương_thức");
  custom.heading = b_.Text("Phương thức hỗ trợ");
  table.columns = {Column(number_), Column(number_, "Stt"), Column(level_), custom};
  const Table built = Built(table);
  EXPECT_EQ(built.columns[0].id, "number");
  EXPECT_EQ(built.columns[1].id, "number_2");
  EXPECT_EQ(built.columns[3].id, "phương_thức");
  EXPECT_EQ(built.groups[0].rows[0].cells, (std::vector<Cell>{"1", "1", "2", "Trực tiếp"}));
}

TEST_F(TableTest, TheAnnexSaysToWhichPlanItBelongs) {
  const EntityId plan = b_.Add(plan_, "kh24", "Kế hoạch");
  b_.program().plan = plan;
  b_.Field(plan, number_, {b_.Of("24/KH-UBND")});
  b_.Field(plan, b_.Word("issued_by"), {b_.Of("UBND phường Hải Dương")});
  Time time;
  time.form = Time::Form::kIn;
  time.to = {Point::Kind::kDay, Point::Edge::kWhole, false, true, 2026, 1, 8};
  b_.Field(plan, b_.Word("issue_date"), {b_.Of(b_.AddTime(time_, time, plan))});
  EXPECT_EQ(Built(Annex()).subtitle, "(Kèm theo Kế hoạch số 24/KH-UBND ngày 08 tháng 01 năm 2026 của UBND phường Hải Dương)");
}

TEST_F(TableTest, AnExpectedDayOfIssueStaysOpen) {
  const EntityId plan = b_.Add(plan_, "kh24", "Kế hoạch");
  b_.program().plan = plan;
  Time time;
  time.expected = {Point::Kind::kDay, Point::Edge::kWhole, false, true, 2026, 1, 28};
  b_.Field(plan, b_.Word("issue_date"), {b_.Of(b_.AddTime(time_, time, plan))});
  EXPECT_EQ(Built(Annex()).subtitle, "(Kèm theo Kế hoạch số … ngày … tháng 01 năm 2026)");
}

TEST_F(TableTest, PivotOfTargetsByHorizon) {
  const EntityId section = b_.Add(section_, "goals", "Hạ tầng");
  const EntityId share = b_.Add(target_, "share", "Phủ sóng 5G", section);
  b_.Field(share, measured_in_, {b_.Of("%")});
  const EntityId indicator = b_.Add(indicator_, "hdi", "Chỉ số HDI");
  b_.Field(indicator, measured_in_, {b_.Of("điểm")});
  const EntityId index = b_.Add(target_, "index", "", b_.Add(task_, "measure", "Đo lường", section));   // stands in a task
  b_.Field(index, b_.Word("indicator"), {b_.Of(indicator)});
  const auto row = [&](EntityId target, int year, std::string_view text) {
    b_.Set(b_.Add(row_, "", text, target), "horizon", Decimal::FromInt(year).cell());
  };
  row(share, 2030, "100%");
  row(share, 2025, "≥ 80%");
  row(index, 2030, "> 0,7");
  row(index, 2030, "> 0,8 (tỉnh)");
  ir::TableDeclaration table;
  table.rows = target_;
  table.grouped = true;
  ir::TableColumn horizons;
  horizons.horizons = true;
  horizons.heading = b_.Text("Đến năm {}");
  table.columns = {Column(number_, "TT"), Column(title_), Column(measured_in_, "Đơn vị"), horizons};
  EXPECT_EQ(Flat(Built(table)),
            "TT | Chỉ tiêu | Đơn vị | Đến năm 2025 | Đến năm 2030\n"
            "[I] Hạ tầng\n"
            "1 | Phủ sóng 5G | % | ≥ 80% | 100%\n"
            "2 | Chỉ số HDI | điểm |  | > 0,7; > 0,8 (tỉnh)\n");
}

TEST_F(TableTest, DeclaredMatrixWithLettersAndTotals) {
  ir::TableDeclaration matrix;
  matrix.form = Form::kMatrix;
  matrix.rows = task_;
  matrix.totals = true;
  matrix.letters = {{accountable_, b_.Text("A")}, {lead_, b_.Text("CT")}, {support_, b_.Text("PH")}};
  matrix.columns = {Party(all_), Party(open_), Party(a_)};   // a is a member too: one column
  const Table table = Built(matrix);
  EXPECT_EQ(Flat(table),
            "TT | Nhiệm vụ | Phòng A | Phòng C | Các cơ quan, đơn vị\n"
            "[I] Nhận thức\n"
            "1 | Tuyên truyền | PH | CT | PH\n"
            "2 | Giáo dục: |  |  | \n"
            "   | Học bạ | A, CT |  | \n"
            "   | Tuyển sinh | A, CT |  | \n"
            "[II] Thể chế\n"
            "1 | Rà soát | CT | CT | \n"
            "=  | Tổng cộng | A 2, CT 3, PH 1 | CT 2 | PH 1\n");
  EXPECT_EQ(table.subtitle, "A: người đứng đầu, CT: chủ trì, PH: phối hợp");
}

TEST_F(TableTest, AWideGroupIsOneColumn) {
  const EntityId wide = b_.Add(group_, "wide", "21 xã");
  for (int i = 0; i < 21; ++i) Row(members_, wide, b_.Add(unit_, "x" + std::to_string(i), "Xã " + std::to_string(i)));
  const EntityId task = b_.Add(task_, "wide_task", "Triển khai", two_);
  b_.Field(task, lead_, {b_.Of(wide)});
  ir::TableDeclaration matrix;
  matrix.form = Form::kMatrix;
  matrix.rows = task_;
  matrix.columns = {Party(wide)};
  EXPECT_EQ(Flat(Built(matrix)),
            "TT | Nhiệm vụ | 21 xã\n[I] Nhận thức\n1 | Tuyên truyền | \n2 | Giáo dục: | \n   | Học bạ | \n   | Tuyển sinh | \n"
            "[II] Thể chế\n1 | Rà soát | \n2 | Triển khai | R\n");
}

TEST_F(TableTest, MatrixOfAPlanThatDeclaresNone) {
  const eval::Evaluation evaluation = Run();
  EXPECT_EQ(Flat(BuildMatrix(evaluation, Language::kVietnamese, false)),
            "TT | Nhiệm vụ | Phòng C | Phòng A\n"
            "[I] Nhận thức\n1 | Tuyên truyền | R | S\n2 | Giáo dục: |  | \n   | Học bạ |  | A, R\n   | Tuyển sinh |  | A, R\n"
            "[II] Thể chế\n1 | Rà soát | R | R\n"
            "=  | Tổng cộng | R 2 | A 2, R 3, S 1\n");
  EXPECT_EQ(Flat(BuildMatrix(evaluation, Language::kEnglish, true)),
            "No. | Task | Trưởng phòng A\n"
            "[I] Nhận thức\n1 | Tuyên truyền | \n2 | Giáo dục: | \n   | Học bạ | A\n   | Tuyển sinh | A\n"
            "[II] Thể chế\n1 | Rà soát | \n"
            "=  | Total | A 2\n");
}

TEST_F(TableTest, DutiesOfAUnit) {
  const eval::Evaluation evaluation = Run();
  const Table table = BuildDuties(evaluation, a_, Language::kVietnamese);
  EXPECT_EQ(table.id, "a");
  EXPECT_EQ(table.title, "Nhiệm vụ của Phòng A");
  EXPECT_EQ(Flat(table),
            "TT | Nhiệm vụ | Thời hạn | Kết quả | Cùng thực hiện\n"
            "[] Chủ trì\n"
            "I.2 (a) | Học bạ |  |  | Người đứng đầu: Trưởng phòng A\n"
            "I.2 (b) | Tuyển sinh |  |  | Người đứng đầu: Trưởng phòng A\n"
            "II.1 | Rà soát |  | Báo cáo | \n"
            "[] Phối hợp\n"
            "I.1 | Tuyên truyền |  |  | Chủ trì: Phòng C\n");
  EXPECT_EQ(BuildDuties(evaluation, a_, Language::kEnglish).groups[1].title, "Supports");
  EXPECT_TRUE(BuildDuties(evaluation, z_, Language::kEnglish).groups.empty());
}

TEST_F(TableTest, DutiesIncludeMilestonesAndTargets) {
  const EntityId step = b_.Add(milestone_, "step", "có văn bản đề xuất", last_);
  Is(step, lead_, lead_rel_, z_);
  const EntityId target = b_.Add(target_, "share", "Tỷ lệ dịch vụ công", two_);
  Is(target, lead_, lead_rel_, z_);
  const eval::Evaluation evaluation = Run();
  EXPECT_EQ(Flat(BuildDuties(evaluation, z_, Language::kVietnamese)),
            "TT | Nhiệm vụ | Thời hạn | Kết quả | Cùng thực hiện\n"
            "[] Chủ trì\n"
            "II.1 | có văn bản đề xuất (Rà soát) |  |  | \n"
            " | Tỷ lệ dịch vụ công |  |  | \n");
  // Neither is a row of the matrix of tasks.
  EXPECT_EQ(BuildMatrix(evaluation, Language::kVietnamese, false).columns.size(), 4u);
}

TEST_F(TableTest, DeclaredDutiesOfAllUnits) {
  ir::TableDeclaration duties;
  duties.form = Form::kDuties;
  duties.rows = task_;
  const Table table = Built(duties);
  std::vector<std::string> titles;
  for (const Group& group : table.groups) titles.push_back(group.title);
  EXPECT_EQ(titles, (std::vector<std::string>{"Phòng C: Chủ trì", "Phòng A: Chủ trì", "Phòng A: Phối hợp"}));
}

}  // namespace
}  // namespace ordo::report

// `ordo build`, `table` and `matrix` as files of office programs: which are written, by what name, and what is said when one cannot be.
#include <cstdlib>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

constexpr const char* kPlan = R"ordo(ordo 1 vi
kế hoạch k "Trồng cây" { số: "20/KH-UBND"; cơ quan ban hành: ubnd; ngày ban hành: 15/01/2026; giai đoạn: năm 2026 }
đơn vị ubnd "UBND phường" { đứng đầu: "Chủ tịch" }
đơn vị vp "Văn phòng <b>&" { trực thuộc: ubnd; đứng đầu: "Chánh Văn phòng" }
đơn vị ktht "Phòng Kinh tế" { trực thuộc: ubnd; đứng đầu: "Trưởng phòng" }
nhiệm vụ muộn "Việc sau" { chủ trì: vp; phối hợp: ktht; kết quả: "Báo cáo"; thời hạn: 29/05/2026 }
nhiệm vụ sớm "Việc trước" { chủ trì: ktht; phối hợp: vp; kết quả: "Danh sách"; thời hạn: 27/02/2026 }
nhiệm vụ mãi "Việc thường xuyên" { chủ trì: vp; kết quả: "Sổ"; thời hạn: thường xuyên, minh chứng hằng quý }
phụ lục p "NHIỆM VỤ" { dòng: nhiệm vụ; cột: số "TT", tên "Nhiệm vụ", thời hạn "Thời hạn" }
)ordo";

class BuildFormats : public ::testing::Test {
 protected:
  BuildFormats() { folder_.Write("k.ordo", kPlan); }
  bool Has(const std::string& name) const { return fs::exists(folder_.path() / name); }
  Folder folder_;
};

TEST_F(BuildFormats, EachUnitHasAnAnnexByDate) {
  const Ran ran = folder_.Run({"build", "k.ordo", "-o", "out", "--by", "unit", "--format", "md,html,xlsx"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  for (const char* name : {"out/k.xlsx", "out/p.xlsx", "out/p.md", "out/k_units.xlsx", "out/units/vp.xlsx", "out/units/ktht.md", "out/units/index.md",
                           "out/units/index.html", "out/units/vp.html"}) {
    EXPECT_TRUE(Has(name)) << name;
  }
  EXPECT_FALSE(Has("out/p.html")) << "a page of its own only when it alone is asked for";
  const std::string annex = ReadBytes(folder_.path() / "out/units/vp.md");
  const size_t early = annex.find("Việc trước"), late = annex.find("Việc sau"), undated = annex.find("Việc thường xuyên");
  ASSERT_NE(undated, std::string::npos) << annex;
  EXPECT_LT(early, late);
  EXPECT_LT(late, undated);
  const std::string page = ReadBytes(folder_.path() / "out/units/index.html");
  EXPECT_NE(page.find("href=\"./vp.xlsx\""), std::string::npos);
  EXPECT_NE(page.find("Văn phòng &lt;b&gt;&amp;"), std::string::npos);
  EXPECT_EQ(page.find("Văn phòng <b>"), std::string::npos);
  EXPECT_NE(ReadBytes(folder_.path() / "out/units/index.md").find("27/02/2026"), std::string::npos);
}

TEST_F(BuildFormats, TwoBuildsAreEqual) {
  for (const char* out : {"a", "b"}) ASSERT_EQ(folder_.Run({"build", "k.ordo", "-o", out, "--by", "unit", "--format", "xlsx,csv"}).status, 0);
  size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / "a")) {
    if (!entry.is_regular_file()) continue;
    ++files;
    EXPECT_TRUE(ReadBytes(entry.path()) == ReadBytes(folder_.path() / "b" / entry.path().lexically_relative(folder_.path() / "a"))) << entry.path();
  }
  EXPECT_GE(files, 8u);
}

TEST_F(BuildFormats, OneTableAlone) {
  ASSERT_EQ(folder_.Run({"build", "k.ordo", "-o", "out", "--only", "p", "--format", "html"}).status, 0);
  EXPECT_TRUE(Has("out/p.html"));
  EXPECT_FALSE(Has("out/findings.txt"));
  ASSERT_EQ(folder_.Run({"table", "k.ordo", "p", "--format", "xlsx", "-o", "p.xlsx"}).status, 0);
  EXPECT_TRUE(ReadBytes(folder_.path() / "p.xlsx").starts_with("PK"));
  EXPECT_EQ(folder_.Run({"table", "k.ordo", "p", "--format", "xlsx"}).out, ReadBytes(folder_.path() / "p.xlsx")) << "a pipe takes bytes";
}

TEST_F(BuildFormats, AnAnnexOfThreeThousandRows) {
  std::string plan = kPlan;
  for (int i = 0; i < 3000; ++i) plan += "nhiệm vụ n" + std::to_string(i) + " \"Việc " + std::to_string(i) + "\" { chủ trì: vp; thời hạn: 30/06/2026 }\n";
  folder_.Write("k.ordo", plan);
  const Ran ran = folder_.Run({"build", "k.ordo", "-o", "out", "--by", "unit", "--format", "csv,xlsx"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const std::string annex = ReadBytes(folder_.path() / "out/units/vp.csv");
  for (int i = 0; i < 3000; ++i) ASSERT_NE(annex.find("Việc " + std::to_string(i) + ","), std::string::npos) << i;
  EXPECT_NE(ReadBytes(folder_.path() / "out/units/index.csv").find(",3002,1,"), std::string::npos) << "leads, supports";
}

TEST_F(BuildFormats, TargetsByHorizon) {
  folder_.Copy("examples");
  const Ran ran = folder_.Run({"matrix", "examples/hong_bang_2025/plan.ordo", "--of", "targets", "--format", "json"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const auto table = nlohmann::json::parse(ran.out);
  std::vector<std::string> columns;
  for (const auto& column : table["columns"]) columns.push_back(column["id"]);
  EXPECT_EQ(columns, (std::vector<std::string>{"number", "title", "measure", "baseline", "2025", "2030", "2035", "2040", "2045", "lead"}));
  size_t targets = 0;
  for (const auto& group : table["groups"]) targets += group["rows"].size();
  EXPECT_EQ(targets, 52u);
}

TEST_F(BuildFormats, WhatCannotBeIsSaid) {
  const Ran unknown = folder_.Run({"build", "k.ordo", "--format", "doc"});
  EXPECT_EQ(unknown.status, 3);
  EXPECT_NE(unknown.err.find("text, md, csv, html, json, docx, xlsx, pdf"), std::string::npos) << unknown.err;
  const Ran none = folder_.Run({"matrix", "k.ordo", "--of", "targets"});
  EXPECT_EQ(none.status, 2);
  EXPECT_NE(none.err.find("k.ordo"), std::string::npos) << none.err;
}

}  // namespace
}  // namespace ordo::testing

// The main promise, on a plan as an office really issued it: the annex comes out cell by cell as printed, and the check shows the
// faults that are in it. Exact shapes of the machine formats are held here as well.
#include <map>
#include <set>
#include <sstream>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kPlan = "examples/hai_duong_2026/plan.ordo";
constexpr const char* kTable = "nhiệm_vụ_2026";

class RealPlan : public ::testing::Test {
 protected:
  RealPlan() { folder_.Copy("examples"); }

  ordered_json Json(std::vector<std::string> arguments, int status = 0) {
    arguments.insert(arguments.end(), {"--format", "json"});
    const Ran ran = folder_.Run(arguments);
    EXPECT_EQ(ran.status, status) << ran.err;
    return ordered_json::parse(ran.out);
  }

  // Name of a task -> «II.3», for III.10's rows without a number «III.10».
  std::map<std::string, std::string> Rows() {
    std::map<std::string, std::string> rows;
    const ordered_json table = Json({"table", kPlan, kTable});
    for (const auto& group : table["groups"]) {
      for (const auto& row : group["rows"]) {
        const std::string number = group["number"].get<std::string>() + "." + row["number"].get<std::string>();
        rows[row["id"]] = number;
        for (const auto& below : row["rows"]) rows[below["id"]] = number;
      }
    }
    return rows;
  }

  std::set<std::string> RowsWith(const std::string& code) {
    std::set<std::string> rows;
    const auto numbers = Rows();
    for (const Told& told : Only(folder_.Check(kPlan, 1), code)) {
      EXPECT_TRUE(numbers.contains(told.subject)) << told.subject;
      rows.insert(numbers.at(told.subject));
    }
    return rows;
  }

  Folder folder_;
};

std::vector<std::string> CellsOf(const ordered_json& row, const std::vector<std::string>& columns) {
  std::vector<std::string> cells;
  for (const std::string& column : columns)
    cells.push_back(row["cells"].contains(column) ? row["cells"][column].get<std::string>() : "");
  return cells;
}

TEST_F(RealPlan, AnnexEqualsTheIssuedOneCellByCell) {
  const ordered_json got = Json({"table", kPlan, kTable});
  const json want = json::parse(ReadBytes(folder_.path() / "examples/hai_duong_2026/expected_annex.json"));
  EXPECT_EQ(got.begin().key(), "schema");
  EXPECT_EQ(got["schema"], "ordo/table/1");
  EXPECT_EQ(got["id"], kTable);
  std::vector<std::string> columns, titles;
  for (const auto& column : got["columns"]) {
    columns.push_back(column["id"]);
    titles.push_back(column["title"]);
  }
  EXPECT_EQ(titles, want["columns"].get<std::vector<std::string>>());
  ASSERT_EQ(got["groups"].size(), want["groups"].size());
  size_t cells = 0, numbered = 0;
  int line = 0;
  for (size_t g = 0; g < want["groups"].size(); ++g) {
    const auto& group = got["groups"][g];
    const auto& wanted = want["groups"][g];
    EXPECT_EQ(group["number"], wanted["number"].get<std::string>());
    EXPECT_EQ(group["title"], wanted["title"].get<std::string>());
    ASSERT_EQ(group["rows"].size(), wanted["rows"].size()) << wanted["number"];
    for (size_t r = 0; r < wanted["rows"].size(); ++r) {
      const auto& row = group["rows"][r];
      const auto& expected = wanted["rows"][r];
      EXPECT_EQ(row["number"], expected["number"].get<std::string>());
      EXPECT_EQ(CellsOf(row, columns), expected["cells"].get<std::vector<std::string>>())
          << wanted["number"] << "." << expected["number"];
      EXPECT_GT(row["at"]["line"].get<int>(), line) << "rows stand in source order";
      line = row["at"]["line"];
      ASSERT_EQ(row["rows"].size(), expected["rows"].size());
      for (size_t b = 0; b < expected["rows"].size(); ++b) {
        EXPECT_EQ(CellsOf(row["rows"][b], columns), expected["rows"][b]["cells"].get<std::vector<std::string>>());
        cells += columns.size();
      }
      cells += columns.size();
      ++numbered;
    }
  }
  EXPECT_EQ(numbered, 36u);
  EXPECT_EQ(cells, 38u * 7);
}

TEST_F(RealPlan, OwnershipFaultsAreTheRealOnes) {
  EXPECT_EQ(RowsWith("OWN06"), (std::set<std::string>{"II.3", "II.4", "III.1", "III.8", "IV.3", "V.4"}));
  EXPECT_EQ(RowsWith("OWN03"), (std::set<std::string>{"I.5", "III.9", "V.1", "V.3"}));
  EXPECT_EQ(RowsWith("OWN04"),
            (std::set<std::string>{"I.5", "II.3", "II.4", "III.1", "III.8", "III.9", "IV.3", "V.1", "V.3", "V.4"}));
  EXPECT_EQ(RowsWith("OWN08"), (std::set<std::string>{"V.1", "V.3"}));
  EXPECT_EQ(RowsWith("OWN07"), (std::set<std::string>{"III.9"}));
  EXPECT_EQ(RowsWith("OWN01"), std::set<std::string>{});
  EXPECT_EQ(RowsWith("SCH01"), std::set<std::string>{});
  // The head and the lead of one row are quoted both: the finding stands at the heads, the other side at the lead below.
  const std::vector<Told> heads = Only(folder_.Check(kPlan, 1), "OWN06");
  for (const Told& told : heads)
    EXPECT_NE(told.related.find(":" + std::to_string(told.line + 1) + ":"), std::string::npos) << told.related;
}

TEST_F(RealPlan, DaysThatRestAndDaysThatAreTooNear) {
  EXPECT_EQ(RowsWith("SCH07"), (std::set<std::string>{"I.3", "II.2"}));
  EXPECT_EQ(RowsWith("SCH09"), (std::set<std::string>{"I.3", "II.2"}));
  EXPECT_EQ(RowsWith("SCH15"), (std::set<std::string>{"III.3"}));
  EXPECT_EQ(RowsWith("SCH12"), std::set<std::string>{});
  EXPECT_EQ(RowsWith("SCH26"), std::set<std::string>{});
  for (const Told& told : Only(folder_.Check(kPlan, 1), "SCH09")) {
    for (const char* part : {"31/01/2026", "30/01/2026", "02/02/2026", "giữ nguyên"})
      EXPECT_NE(told.message.find(part), std::string::npos) << told.message;
  }
}

TEST_F(RealPlan, OneUnitLeadsSixteenRows) {
  const std::vector<Told> found = Only(folder_.Check(kPlan, 1), "WRK01");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].subject, "vhxh");
  EXPECT_NE(found[0].message.find("chủ trì 16 trên 37 nhiệm vụ"), std::string::npos) << found[0].message;
}

TEST_F(RealPlan, TwentyNineRowsHaveNoCalendarDate) {
  const Ran facts = folder_.Run({"dump", kPlan, "--stage", "facts"});
  ASSERT_EQ(facts.status, 0) << facts.err;
  const auto rows = Rows();
  std::map<std::string, std::set<std::string>> tasks;
  std::istringstream lines(facts.out);
  for (std::string line; std::getline(lines, line);) {
    for (const std::string code : {"SCH03", "SCH04", "SCH05", "SCH06"}) {
      const std::string head = "check " + code + "(";
      if (!line.starts_with(head)) continue;
      std::istringstream cells(line.substr(head.size()));
      for (std::string cell; std::getline(cells, cell, ',');) {
        const std::string name =
            cell.substr(cell.find_first_not_of(' '), cell.find_last_not_of(" )") + 1 - cell.find_first_not_of(' '));
        if (rows.contains(name)) tasks[code].insert(name);
      }
    }
  }
  EXPECT_EQ(tasks["SCH03"].size(), 17u);
  EXPECT_EQ(tasks["SCH04"].size(), 8u);
  EXPECT_EQ(tasks["SCH05"].size(), 3u);
  EXPECT_EQ(tasks["SCH06"].size(), 1u);
  std::set<std::string> all;
  for (const auto& [code, some] : tasks) all.insert(some.begin(), some.end());
  EXPECT_EQ(all.size(), 29u) << "each of the rows has one reason";
  const std::vector<Told> found = folder_.Check(kPlan, 1);
  EXPECT_EQ(Only(found, "SCH03").size(), 1u);
  EXPECT_EQ(Only(found, "SCH04").size(), 1u);
  EXPECT_EQ(Only(found, "SCH05").size(), 3u);
  EXPECT_EQ(Only(found, "SCH06").size(), 1u);
}

TEST_F(RealPlan, DocumentsNamesAndBlanks) {
  const std::vector<Told> found = folder_.Check(kPlan, 1);
  for (const std::string code : {"DOC02", "DOC03"}) {
    const std::vector<Told> some = Only(found, code);
    ASSERT_EQ(some.size(), 1u) << code;
    EXPECT_NE(some[0].message.find("«358/KH-UBND» ghi ngày 31/12/2026"), std::string::npos) << some[0].message;
    EXPECT_FALSE(some[0].related.empty()) << code;
  }
  EXPECT_NE(Only(found, "DOC02")[0].message.find("31/12/2025"), std::string::npos);
  EXPECT_NE(Only(found, "DOC03")[0].message.find("28/01/2026"), std::string::npos);
  std::map<std::string, std::string> spellings;
  for (const Told& told : Only(found, "OWN11")) spellings[told.subject] = told.message;
  for (const auto& [unit, wording] : std::map<std::string, std::string>{{"vhxh", "Phòng Văn hóa – Xã hội"},
                                                                        {"ktht", "Trưởng phòng Kinh tế, Hạ Tầng và Đô thị"},
                                                                        {"pvhcc", "Trung tâm phục vụ hành chính công"},
                                                                        {"dvsnc", "Trung tâm dịch vụ sự nghiệp công"}}) {
    EXPECT_NE(spellings[unit].find(wording), std::string::npos) << unit << ": " << spellings[unit];
  }
  const std::vector<Told> blank = Only(found, "STR13");
  ASSERT_EQ(blank.size(), 1u);
  EXPECT_EQ(blank[0].subject, kTable);
}

TEST_F(RealPlan, FindingsHaveTheShapeThatToolsBuildOn) {
  const ordered_json document = Json({"check", kPlan}, 1);
  EXPECT_EQ(document.begin().key(), "schema");
  EXPECT_EQ(document["schema"], "ordo/findings/1");
  std::map<std::string, int> counts;
  const std::set<std::string> members = {"code", "severity", "title", "message", "subject",
                                         "at",   "related",  "help",  "waiver",  "caused_by",
                                         "fingerprint", "rank", "cause", "consequences", "fix"};
  const auto expect_place = [&](const ordered_json& at) {
    for (const char* key : {"line", "column", "end_line", "end_column"}) EXPECT_GE(at[key].get<int>(), 1) << at;
    EXPECT_LE(at["line"].get<int>(), at["end_line"].get<int>());
    if (at["line"] == at["end_line"]) EXPECT_LT(at["column"].get<int>(), at["end_column"].get<int>()) << at;
    EXPECT_TRUE(fs::exists(folder_.path() / at["file"].get<std::string>())) << at;
  };
  for (const auto& finding : document["findings"]) {
    std::set<std::string> keys;
    for (const auto& [key, value] : finding.items()) keys.insert(key);
    EXPECT_EQ(keys, members);
    ++counts[finding["severity"]];
    EXPECT_FALSE(finding["title"].get<std::string>().empty());
    EXPECT_FALSE(finding["message"].get<std::string>().empty());
    EXPECT_TRUE(finding["waiver"].is_null());
    expect_place(finding["at"]);
    for (const auto& other : finding["related"]) expect_place(other["at"]);
  }
  const auto& summary = document["summary"];
  for (const char* severity : {"error", "warning", "information"}) {
    EXPECT_GT(counts[severity], 0);
    EXPECT_EQ(summary[severity], counts[severity]);
  }
  EXPECT_EQ(summary["waived"], 0);
  EXPECT_GE(summary["rules_run"].get<int>(), 50);
}

TEST_F(RealPlan, OnlyAndLanguageAndOtherFormats) {
  const std::vector<Told> some = folder_.Check(kPlan, 1, {"--only", "OWN06,OWN03"});
  EXPECT_EQ(some.size(), 10u);
  EXPECT_EQ(Only(some, "OWN06").size() + Only(some, "OWN03").size(), 10u);
  const std::vector<Told> vi = folder_.Check(kPlan, 1), en = folder_.Check(kPlan, 1, {"--lang", "en"});
  ASSERT_EQ(vi.size(), en.size());
  for (size_t i = 0; i < vi.size(); ++i) {
    EXPECT_EQ(vi[i].code, en[i].code);
    EXPECT_EQ(vi[i].subject, en[i].subject);
    EXPECT_EQ(std::pair(vi[i].line, vi[i].column), std::pair(en[i].line, en[i].column));
    EXPECT_NE(vi[i].message, en[i].message);
  }
  const ordered_json sarif = ordered_json::parse(folder_.Run({"check", kPlan, "--format", "sarif"}).out);
  EXPECT_EQ(sarif["version"], "2.1.0");
  EXPECT_EQ(sarif["runs"][0]["results"].size(), vi.size());
}

TEST_F(RealPlan, WhyNamesTheLinesBehindAFinding) {
  const Ran ran = folder_.Run({"why", kPlan, "OWN06:tái_cấu_trúc"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  const std::vector<Told> found = Only(folder_.Check(kPlan, 1), "OWN06");
  const auto told = std::find_if(found.begin(), found.end(), [](const Told& t) { return t.subject == "tái_cấu_trúc"; });
  ASSERT_NE(told, found.end());
  for (const int line : {told->line, told->line + 1}) {  // the heads, the lead
    EXPECT_NE(ran.out.find("plan.ordo:" + std::to_string(line) + "]"), std::string::npos) << ran.out;
  }
  EXPECT_NE(ran.out.find("stdlib:checks/ownership.ordo:"), std::string::npos);
  EXPECT_EQ(folder_.Run({"why", kPlan, "OWN06:tuyên_truyền"}).status, 1) << "a finding that is not there";
}

// 0 nothing at the gate, 1 something, 2 unreadable, 3 the tool failed.
TEST_F(RealPlan, ExitStatusFollowsTheGate) {
  const std::string head =
      "ordo 1 vi\nkế hoạch k \"Kế hoạch\" { cơ quan ban hành: u; ngày ban hành: 05/01/2026; giai đoạn: năm 2026; báo lên: u }\n"
      "đơn vị u \"UBND phường\" { đứng đầu: \"Chủ tịch\" }\nnhóm n \"Các phòng\" { thành viên: u }\n";
  const std::string warning = folder_.Write(
      "warning.ordo",
      head + "nhiệm vụ t \"Rà soát\" { người đứng đầu: u.đứng đầu; chủ trì: n; kết quả: \"Danh mục\"; thời hạn: 31/03/2026 }\n");
  EXPECT_EQ(Codes(Only(folder_.Check(warning, 0), "OWN03")), "OWN03");
  EXPECT_EQ(Codes(Only(folder_.Check(warning, 1, {"--gate", "warning"}), "OWN03")), "OWN03");
  EXPECT_EQ(folder_.Run({"check", warning, "--gate", "error"}).status, 0);
  const std::string error = folder_.Write("error.ordo", head + "nhiệm vụ t \"Rà soát\" { thời hạn: 31/03/2026 }\n");
  EXPECT_EQ(folder_.Run({"check", error}).status, 1);
  EXPECT_EQ(folder_.Run({"check", error, "--only", "SCH01"}).status, 0);
  EXPECT_EQ(folder_.Run({"check", folder_.Write("broken.ordo", head + "nhiệm vụ t \"Rà soát\" { chủ trì: lạ }\n")}).status, 2);
  EXPECT_EQ(folder_.Run({"check", "nowhere.ordo"}).status, 2);
  EXPECT_EQ(folder_.Run({"check", error, "--gate", "sometimes"}).status, 3);
  EXPECT_EQ(folder_.Run({"check", error, "--as-of", "31/12/2026"}).status, 3);
  EXPECT_EQ(folder_.Run({"frobnicate"}).status, 3);
  EXPECT_EQ(folder_.Run({}).status, 3);
  EXPECT_EQ(folder_.Run({"--version"}).status, 0);
  // The worst of several plans, in machine formats too.
  EXPECT_EQ(folder_.Run({"check", warning, error}).status, 1);
  EXPECT_EQ(folder_.Run({"check", error, "broken.ordo"}).status, 2);
  EXPECT_EQ(folder_.Run({"check", warning, error, "--format", "json"}).status, 1);
}

// A folder stands for the plans in it; registers and dangling links (editors leave them) are none.
TEST_F(RealPlan, AFolderStandsForItsPlans) {
  fs::create_symlink("nowhere", folder_.path() / "examples/.#lock.ordo");
  const Ran all = folder_.Run({"check", "examples"});
  EXPECT_EQ(all.status, 1) << all.err;
  for (const char* plan : {"examples/first_plan/plan.en.ordo", "examples/first_plan/plan.vi.ordo", kPlan}) {
    EXPECT_NE(all.out.find(std::string("== ") + plan + "\n"), std::string::npos) << all.out.substr(0, 500);
  }
  EXPECT_EQ(all.out.find("== examples/registers"), std::string::npos);
  EXPECT_EQ(folder_.Run({"check", "examples/first_plan"}).status, 0);
  EXPECT_EQ(folder_.Run({"check", "examples/registers"}).status, 2) << "no plan there";
}

// A column is what the eye counts: letters with marks apart, and one emoji of four code points, are one each.
TEST_F(RealPlan, ColumnsCountWhatTheEyeCounts) {
  const std::string plan = folder_.Write(
      "columns.ordo",
      "ordo 1 vi\nkế hoạch k \"K\" { ghi chú: \"👨‍👩‍👧 To\u0302\u0309 ấ\"; địa danh: lạ }\n");
  const std::vector<Told> found = folder_.Check(plan, 2);
  ASSERT_EQ(found.size(), 1u) << Codes(found);
  EXPECT_EQ(found[0].line, 2);
  EXPECT_EQ(found[0].column, 47);
}

}  // namespace
}  // namespace ordo::testing

// `ordo export --sqlite`: on every example and on random plans each relation and rule, asked in SQL, has the engine's rows, and
// the findings are those of `ordo check`; what a user meets at the command line; names and texts that mean something to SQL.
#include <algorithm>
#include <chrono>
#include <optional>
#include <set>

#include "compiler/driver/session.h"
#include "runtime/sql/write_sqlite.h"
#include "support/random_plan.h"
#include "support/run_ordo.h"
#include "support/sql_rows.h"

namespace ordo::testing {
namespace {

// Closed with the test.
class Database {
 public:
  explicit Database(const std::string& path = ":memory:") { EXPECT_EQ(sqlite3_open(path.c_str(), &handle_), SQLITE_OK); }
  ~Database() { sqlite3_close(handle_); }
  sqlite3* handle() const { return handle_; }
  // Rows as «a|b|c», NULL as nothing.
  std::vector<std::string> Ask(const std::string& text) const {
    std::vector<std::string> rows;
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(handle_, text.c_str(), -1, &statement, nullptr), SQLITE_OK) << text << "\n"
                                                                                             << sqlite3_errmsg(handle_);
    int step = SQLITE_DONE;
    while (statement != nullptr && (step = sqlite3_step(statement)) == SQLITE_ROW) {
      std::string row;
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const auto* cell = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
        row += (i > 0 ? "|" : "") + std::string(cell == nullptr ? "" : cell);
      }
      rows.push_back(std::move(row));
    }
    EXPECT_EQ(step, SQLITE_DONE) << text << "\n" << sqlite3_errmsg(handle_);
    sqlite3_finalize(statement);
    return rows;
  }

 private:
  sqlite3* handle_ = nullptr;
};

// One plan from its text to an SQLite database in memory, all relations compared. The number of rows that rules gave.
size_t Compare(const std::string& path, std::optional<Date> as_of = std::nullopt) {
  SCOPED_TRACE(path);
  Settings settings;
  settings.as_of = as_of;
  Session session(path, settings);
  eval::Calls calls;
  EXPECT_TRUE(session.Load() && session.Model() && session.Lower(true) && session.Evaluate(&calls)) << path;
  sql::Contents contents;
  contents.evaluation = &session.evaluation();
  contents.calls = &calls;
  contents.sources = &session.sources();
  contents.as_of = as_of;
  const Database database;
  sql::Design design;
  const absl::Status status = sql::WriteSqlite(database.handle(), contents, &design);
  EXPECT_TRUE(status.ok()) << status;
  size_t rows = 0;
  for (ir::RelationId id = 0; id < session.program().relations.size(); ++id) {
    const sql::Relation& relation = design.relations[id];
    EXPECT_EQ(relation.problem, "") << relation.name;
    std::string error;
    const Rows got = SqliteRows(database.handle(), session.program(), design, id, &error);
    EXPECT_EQ(error, "") << relation.name << "\n" << relation.view;
    EXPECT_TRUE(got == EngineRows(session.evaluation(), id))
        << relation.name << ": " << got.size() << " rows, the engine has " << session.evaluation().rows(id) << "\n"
        << relation.view;
    if (session.program().relations[id].derived) rows += got.size();
  }
  std::vector<std::string> expected;
  for (const Finding& finding : report::CollectFindings(session.evaluation(), Language::kVietnamese, as_of)) {
    const SourceFile& file = session.sources().file(finding.at.file);
    expected.push_back(fmt::format("{}|{}|{}|{}|{}|{}", finding.code, static_cast<int>(finding.severity), finding.subject,
                                   file.path(), file.LineOf(finding.at.begin), finding.waiver.value_or("")));
  }
  std::vector<std::string> found = database.Ask(
      "SELECT code, CASE severity WHEN 'info' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, name, file, line, waived_by FROM "
      "findings");
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, expected);
  return rows;
}

TEST(Export, ExamplesEqualTheEngine) {
  size_t plans = 0, rows = 0;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(ORDO_SOURCE_DIR) / "examples")) {
    if (entry.path().extension() != ".ordo" || !entry.path().filename().string().starts_with("plan")) continue;
    ++plans;
    rows += Compare(entry.path().string());
  }
  EXPECT_GE(plans, 8u);
  EXPECT_GT(rows, 500u);
  // With a day: the journal counts, and other checks have something to say.
  Compare((fs::path(ORDO_SOURCE_DIR) / "examples/hai_duong_2026/plan.ordo").string(), Date::FromYmd(2026, 4, 15));
}

TEST(Export, RandomPlansEqualTheEngine) {
  const Folder folder;
  size_t rows = 0;
  for (uint32_t seed = 1; seed <= 12; ++seed) {
    folder.Write("plan.ordo", RandomPlan(seed).Text());
    rows += Compare((folder.path() / "plan.ordo").string(), seed % 2 == 0 ? Date::FromYmd(2026, 6, 30) : std::nullopt);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(rows, 500u);
}

constexpr const char* kPlan = R"(ordo 1 en
plan p "Plan '; DROP TABLE task; --" { issued by: u; issue date: 2026-01-05; period: year 2026 }
unit u """UBND "quoted" O'Hara""" { head: "Chủ tịch" }
task t1 "Tab	and 'quote'" { lead: u; due: 2026-02-27 }
task select "Một" { due: 2026-02-27 }
)";

TEST(Export, AUserAsksWithTheToolsOfTheDatabase) {
  const Folder folder;
  folder.Write("plan.ordo", kPlan);
  const Ran ran = folder.Run({"export", "plan.ordo", "--sqlite", "plan.db"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(folder.Files(), (std::vector<std::string>{"plan.db", "plan.ordo"}));
  const std::string asked =
      "cd '" + folder.path().string() + "' && sqlite3 -readonly plan.db \"SELECT code, name, file, line FROM findings\" > asked";
  ASSERT_EQ(std::system(asked.c_str()), 0);
  const std::string out = ReadBytes(folder.path() / "asked");
  EXPECT_NE(out.find("OWN01|select|plan.ordo|5"), std::string::npos) << out;
  const Database database((folder.path() / "plan.db").string());
  EXPECT_EQ(database.Ask("SELECT title FROM entities WHERE kind = 'plan'"),
            std::vector<std::string>{"Plan '; DROP TABLE task; --"});
  EXPECT_EQ(database.Ask("SELECT title FROM entities WHERE name = 't1'"), std::vector<std::string>{"Tab\tand 'quote'"});
  EXPECT_EQ(database.Ask("SELECT title FROM entities WHERE name = 'u'"), std::vector<std::string>{"UBND \"quoted\" O'Hara"});
  EXPECT_EQ(database.Ask("SELECT task, lead FROM show_task_lead"), std::vector<std::string>{"t1|u"});
  EXPECT_EQ(database.Ask("SELECT value FROM meta WHERE key = 'plan'"), std::vector<std::string>{"p"});
  EXPECT_EQ(database.Ask("SELECT count(*) FROM relations WHERE how NOT IN ('facts', 'view')"), std::vector<std::string>{"0"});
  // Every view answers.
  for (const std::string& name : database.Ask("SELECT name FROM sqlite_schema WHERE type = 'view'")) {
    database.Ask("SELECT * FROM \"" + name + "\"");
  }
}

// The page that says how.
TEST(Export, SamplesOfTheReadme) {
  const Folder folder;
  folder.Copy("examples");
  ASSERT_EQ(folder.Run({"export", "examples/hai_duong_2026/plan.ordo", "--sqlite", "hai_duong.db"}).status, 0);
  const Database database((folder.path() / "hai_duong.db").string());
  const std::string page = ReadBytes(fs::path(ORDO_SOURCE_DIR) / "README.md");
  size_t samples = 0;
  for (size_t at = page.find("```sql\n"); at != std::string::npos; at = page.find("```sql\n", at + 1)) {
    const size_t begin = at + 7;
    EXPECT_GE(database.Ask(page.substr(begin, page.find("```", begin) - begin)).size(), 5u);
    ++samples;
  }
  EXPECT_EQ(samples, 3u);
}

TEST(Export, ReplacesItsOwnFilesOnly) {
  const Folder folder;
  folder.Write("plan.ordo", kPlan);
  const auto run = [&](const std::string& file) { return folder.Run({"export", "plan.ordo", "--sqlite", file, "--lang", "en"}); };
  EXPECT_EQ(run("plan.db").status, 0);
  EXPECT_EQ(run("plan.db").status, 0);
  folder.Write("notes.txt", "not ours");
  const Ran refused = run("notes.txt");
  EXPECT_EQ(refused.status, 3);
  EXPECT_NE(refused.err.find("notes.txt"), std::string::npos);
  EXPECT_EQ(ReadBytes(folder.path() / "notes.txt"), "not ours");
  EXPECT_EQ(run("plan.ordo").status, 3);
  EXPECT_EQ(ReadBytes(folder.path() / "plan.ordo"), kPlan);
  ASSERT_EQ(std::system(("sqlite3 '" + (folder.path() / "other.db").string() + "' 'CREATE TABLE a(b)'").c_str()), 0);
  EXPECT_EQ(run("other.db").status, 3);
  EXPECT_EQ(run("missing/plan.db").status, 3);
  EXPECT_EQ(run("").status, 3);
  folder.Write("broken.ordo", "ordo 1 en\ntask {");
  EXPECT_EQ(folder.Run({"export", "broken.ordo", "--sqlite", "broken.db"}).status, 2);
  EXPECT_FALSE(fs::exists(folder.path() / "broken.db"));
  // Nothing is left lying about.
  for (const std::string& file : folder.Files()) EXPECT_EQ(file.find(".part"), std::string::npos) << file;
}

}  // namespace
}  // namespace ordo::testing

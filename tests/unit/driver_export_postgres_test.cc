// `ordo export --postgres` with a real server: the examples and random plans side by side in one schema, all relations of each
// and all findings against the engine; and what a user meets at the command line.
#include <algorithm>

#include "compiler/driver/session.h"
#include "runtime/sql/write_postgres.h"
#include "support/postgres_server.h"
#include "support/random_plan.h"
#include "support/run_ordo.h"
#include "support/sql_rows.h"

namespace ordo::testing {
namespace {

const PostgresServer& Server() {
  static const PostgresServer server;
  return server;
}

struct Plan {
  Plan(const std::string& path, const Settings& settings) : session(path, settings) {
    sound = session.Load() && session.Model() && session.Lower(true) && session.Evaluate(&calls);
  }
  Session session;
  eval::Calls calls;
  bool sound = false;
};

TEST(ExportPostgres, PlansSideBySideEqualTheEngine) {
  const Folder folder;
  std::vector<std::string> paths;
  for (const char* name : {"hai_duong_2026", "gia_loc_2025", "network_upgrade"}) {
    paths.push_back((fs::path(ORDO_SOURCE_DIR) / "examples" / name / "plan.ordo").string());
  }
  for (uint32_t seed = 1; seed <= 1; ++seed) {
    const std::string name = "random_" + std::to_string(seed) + ".ordo";
    folder.Write(name, RandomPlan(seed).Text());
    paths.push_back((folder.path() / name).string());
  }
  const Settings settings;
  std::vector<std::unique_ptr<Plan>> plans;
  for (const std::string& path : paths) {
    Plan& plan = *plans.emplace_back(std::make_unique<Plan>(path, settings));
    ASSERT_TRUE(plan.sound) << path;
    sql::Contents contents;
    contents.evaluation = &plan.session.evaluation();
    contents.calls = &plan.calls;
    contents.sources = &plan.session.sources();
    const absl::Status status = sql::WritePostgres({Server().connection(), "ordo", path}, contents);
    ASSERT_TRUE(status.ok()) << path << ": " << status;
  }
  sql::Postgres server(Server().connection());
  size_t rows = 0;
  for (size_t i = 0; i < plans.size(); ++i) {
    SCOPED_TRACE(paths[i]);
    const Session& session = plans[i]->session;
    server.Ask("SELECT set_config('ordo.plan', $1, false)", {paths[i]});
    const sql::Design design = sql::MakeDesign(session.program(), plans[i]->calls, sql::Dialect::kPostgres, "ordo");
    const std::string id = server.Ask("SELECT id FROM ordo.plans WHERE key = $1", {paths[i]})[0][0];
    for (ir::RelationId relation = 0; relation < design.relations.size(); ++relation) {
      std::string error;
      const Rows got = PostgresRows(server, session.program(), design, relation, design.relations[relation].source, id, &error);
      ASSERT_EQ(error, "") << design.relations[relation].view;
      EXPECT_TRUE(got == EngineRows(session.evaluation(), relation)) << design.relations[relation].name;
      rows += got.size();
    }
    std::vector<std::string> expected, found;
    for (const Finding& finding : report::CollectFindings(session.evaluation(), Language::kVietnamese, std::nullopt)) {
      const SourceFile& file = session.sources().file(finding.at.file);
      expected.push_back(fmt::format("{}|{}|{}|{}|{}", finding.code, finding.subject, file.path(), file.LineOf(finding.at.begin),
                                     finding.waiver.value_or("")));
    }
    for (const auto& row :
         server.Ask("SELECT code, name, file, line, waived_by FROM ordo.findings WHERE plan_key = $1", {paths[i]})) {
      found.push_back(fmt::format("{}", fmt::join(row, "|")));
    }
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected);
  }
  EXPECT_GT(rows, 4000u);
  // All plans at once. They were written with the same library: its rules are there once, and only once.
  server.Run("RESET ordo.plan");
  EXPECT_EQ(server.Ask("SELECT DISTINCT plan FROM ordo.findings").size(), plans.size());
  EXPECT_GT(server.Ask("SELECT view FROM ordo.uses GROUP BY view HAVING count(*) = 4").size(), 120u);
}

constexpr const char* kPlan = R"(ordo 1 en
plan p "Plan '; DROP TABLE task; --" { issued by: u; issue date: 2026-01-05; period: year 2026 }
unit u "Tab	and \N and \. 'quote'" { head: "Chủ tịch" }
task select "Một" { due: 2026-02-27 }
)";

TEST(ExportPostgres, AUserAtTheCommandLine) {
  const Folder folder;
  folder.Write("plan.ordo", kPlan);
  const auto run = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {"export",     "plan.ordo",           "--lang",   "en",
                                          "--postgres", Server().connection(), "--schema", "user"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return folder.Run(arguments);
  };
  const Ran ran = run({});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(run({"--key", "ward a"}).status, 0);
  EXPECT_EQ(run({"--key", "ward a"}).status, 0);
  sql::Postgres server(Server().connection());
  const auto plans = server.Ask("SELECT key, title FROM \"user\".plans ORDER BY key");
  ASSERT_EQ(plans.size(), 2u);
  EXPECT_EQ(plans[0], (sql::Postgres::Row{"p", "Plan '; DROP TABLE task; --"}));
  EXPECT_EQ(plans[1][0], "ward a");
  EXPECT_EQ(server.Ask("SELECT title FROM \"user\".entities WHERE name = 'u'")[0][0], "Tab\tand \\N and \\. 'quote'");
  EXPECT_EQ(server.Ask("SELECT 1 FROM \"user\".findings WHERE code = 'OWN01' AND name = 'select' AND line = 4").size(), 2u);
  server.Run("SET ordo.plan = 'ward a'");
  EXPECT_EQ(server.Ask("SELECT 1 FROM \"user\".findings WHERE code = 'OWN01' AND name = 'select' AND line = 4").size(), 1u);
  // Every view can be planned; all rules have been asked above.
  for (const auto& view : server.Ask("SELECT viewname FROM pg_views WHERE schemaname = 'user'")) {
    server.Ask("EXPLAIN SELECT * FROM \"user\"." + sql::Quoted(view[0]));
    ASSERT_TRUE(server.status().ok()) << view[0] << ": " << server.status();
  }
  // Two plans of one name would be one.
  folder.Write("other.ordo", kPlan);
  EXPECT_EQ(run({"other.ordo"}).status, 3);
  EXPECT_EQ(run({"other.ordo", "--key", "a"}).status, 3);
  const Ran away = folder.Run({"export", "plan.ordo", "--lang", "en", "--postgres", "postgresql://ordo:secret@localhost:1/x"});
  EXPECT_EQ(away.status, 3);
  EXPECT_NE(away.err.find("RUN"), 0u);
  EXPECT_NE(away.err.find("nothing of «plan.ordo» was written"), std::string::npos) << away.err;
  EXPECT_EQ(away.err.find("secret"), std::string::npos) << away.err;
}

}  // namespace
}  // namespace ordo::testing

// Random programs in a real PostgreSQL server, all as plans of one schema: each view of the newest plan against the engine's
// rows, while programs before it have given the same names other meanings. And of the schema: written again, half written,
// shared, taken.
#include <set>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "runtime/sql/write_postgres.h"
#include "support/postgres_server.h"
#include "support/random_program.h"
#include "support/sql_rows.h"

namespace ordo::sql {
namespace {

using namespace ordo::testing;

const PostgresServer& Server() {
  static const PostgresServer server;
  return server;
}

// A random program that is sound, evaluated.
struct Evaluated {
  explicit Evaluated(uint32_t seed) : random(seed) {
    sound = ir::Verify(random.program).empty();
    if (!sound) return;
    auto result = eval::Evaluate(random.program, {}, {}, {}, &calls);
    sound = result.ok();
    if (sound) evaluation.emplace(std::move(*result));
  }
  Contents contents() const {
    Contents contents;
    contents.evaluation = &*evaluation;
    contents.calls = &calls;
    return contents;
  }

  RandomProgram random;
  eval::Calls calls;
  std::optional<eval::Evaluation> evaluation;
  bool sound = false;
};

// `newest`: no plan was written later, so that the plain names are those of this one.
void ExpectTheEngines(const Evaluated& of, const std::string& schema, const std::string& key, bool newest = true) {
  Postgres server(Server().connection());
  const auto ids = server.Ask(fmt::format("SELECT id FROM {}.plans WHERE key = $1", Quoted(schema)), {key});
  ASSERT_EQ(ids.size(), 1u) << server.status();
  const Design design = MakeDesign(of.random.program, of.calls, Dialect::kPostgres, schema);
  for (ir::RelationId id = 0; id < design.relations.size(); ++id) {
    std::string error;
    const Rows got =
        PostgresRows(server, of.random.program, design, id,
                     newest ? design.From(design.relations[id].name) : design.relations[id].source, ids[0][0], &error);
    ASSERT_EQ(error, "") << key << " " << design.relations[id].view;
    ASSERT_EQ(got, EngineRows(*of.evaluation, id)) << key << " " << design.relations[id].name << "\n"
                                                   << design.relations[id].view;
  }
}

TEST(SqlPostgres, RandomProgramsEqualTheEngine) {
  uint32_t sound = 0;
  for (uint32_t seed = 0; seed < 30; ++seed) {
    const Evaluated of(seed);
    if (!of.sound) continue;
    ++sound;
    // Some stay, some take the place of the one before.
    const std::string key = seed % 3 == 0 ? fmt::format("plan {}", seed) : "moving";
    const absl::Status status = WritePostgres({Server().connection(), "random", key}, of.contents());
    ASSERT_TRUE(status.ok()) << "seed " << seed << ": " << status;
    ExpectTheEngines(of, "random", key);
    ExpectTheEngines(of, "random", key, false);
    if (HasFatalFailure()) FAIL() << "seed " << seed << "\n" << ir::Dump(of.random.program);
  }
  EXPECT_GT(sound, 20u);
}

// All rows of all tables that plans are written into, and the texts of all views.
std::string Everything(const std::string& schema) {
  Postgres server(Server().connection());
  std::string out;
  for (const auto& table :
       server.Ask("SELECT table_name FROM information_schema.tables WHERE table_schema = $1 AND table_type = 'BASE TABLE' "
                  "ORDER BY 1",
                  {schema})) {
    const std::string from = Quoted(schema) + "." + Quoted(table[0]);
    for (const auto& row : server.Ask(fmt::format("SELECT t::text FROM {} AS t ORDER BY t::text", from)))
      out += table[0] + row[0] + "\n";
  }
  for (const auto& view : server.Ask("SELECT viewname, definition FROM pg_views WHERE schemaname = $1 ORDER BY 1", {schema})) {
    out += view[0] + ": " + view[1] + "\n";
  }
  EXPECT_TRUE(server.status().ok()) << server.status();
  return out;
}

TEST(SqlPostgres, WrittenAgainNothingChangesAndOthersAreLeftAlone) {
  const Evaluated one(2), two(3);
  ASSERT_TRUE(one.sound && two.sound);
  ASSERT_TRUE(WritePostgres({Server().connection(), "again", "one"}, one.contents()).ok());
  ASSERT_TRUE(WritePostgres({Server().connection(), "again", "two"}, two.contents()).ok());
  const std::string before = Everything("again");
  ASSERT_TRUE(WritePostgres({Server().connection(), "again", "two"}, two.contents()).ok());
  EXPECT_EQ(Everything("again"), before);
  ASSERT_TRUE(WritePostgres({Server().connection(), "again", "one"}, one.contents()).ok());
  ExpectTheEngines(one, "again", "one");
  // Another plan under a key takes the place of what was there.
  ASSERT_TRUE(WritePostgres({Server().connection(), "again", "two"}, one.contents()).ok());
  ExpectTheEngines(one, "again", "two");
  ExpectTheEngines(one, "again", "one");
  // One plan at a time for who wants that.
  Postgres server(Server().connection());
  server.Run("SET ordo.plan = 'one'");
  const std::string d = server.Ask("SELECT relation FROM again.views LIMIT 1")[0][0];
  const auto plans = server.Ask(fmt::format("SELECT DISTINCT plan FROM again.{}", Quoted(d)));
  EXPECT_LE(plans.size(), 1u);
  EXPECT_TRUE(server.status().ok()) << server.status();
}

TEST(SqlPostgres, AFailedExportLeavesTheOldState) {
  const Evaluated one(2), two(3);
  ASSERT_TRUE(WritePostgres({Server().connection(), "atomic", "plan"}, one.contents()).ok());
  Postgres server(Server().connection());
  // A table refuses what the second export brings, after others have been written.
  server.Run("ALTER TABLE atomic.relations ADD CONSTRAINT none CHECK (plan < 0) NOT VALID");
  ASSERT_TRUE(server.status().ok()) << server.status();
  const std::string before = Everything("atomic");
  const absl::Status status = WritePostgres({Server().connection(), "atomic", "plan"}, two.contents());
  EXPECT_FALSE(status.ok());
  EXPECT_NE(status.message().find("none"), std::string_view::npos) << status;
  EXPECT_EQ(Everything("atomic"), before);
  server.Run("ALTER TABLE atomic.relations DROP CONSTRAINT none");
  EXPECT_TRUE(WritePostgres({Server().connection(), "atomic", "plan"}, two.contents()).ok());
  ExpectTheEngines(two, "atomic", "plan");
}

TEST(SqlPostgres, TwoAtATimeDoNotMeet) {
  const Evaluated one(2), two(3);
  absl::Status statuses[4];
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      statuses[i] =
          WritePostgres({Server().connection(), "both", i % 2 == 0 ? "one" : "two"}, (i % 2 == 0 ? one : two).contents());
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& status : statuses) EXPECT_TRUE(status.ok()) << status;
  ExpectTheEngines(one, "both", "one", false);
  ExpectTheEngines(two, "both", "two", false);
}

TEST(SqlPostgres, SchemasOfOthersAreLeftAlone) {
  const Evaluated one(2);
  Postgres server(Server().connection());
  server.Run("CREATE SCHEMA theirs; CREATE TABLE theirs.plans (a integer); INSERT INTO theirs.plans VALUES (1)");
  const absl::Status status = WritePostgres({Server().connection(), "theirs", "plan"}, one.contents());
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
  EXPECT_EQ(server.Ask("SELECT a FROM theirs.plans").size(), 1u);
  // Names are names.
  const std::string odd = "a\"b'; DROP SCHEMA theirs; --";
  EXPECT_TRUE(WritePostgres({Server().connection(), odd, odd}, one.contents()).ok());
  ExpectTheEngines(one, odd, odd);
  EXPECT_EQ(server.Ask("SELECT a FROM theirs.plans").size(), 1u);
  EXPECT_FALSE(WritePostgres({Server().connection("port=1"), "ordo", "plan"}, one.contents()).ok());
  EXPECT_FALSE(WritePostgres({Server().connection(), "ordo", ""}, one.contents()).ok());
}

}  // namespace
}  // namespace ordo::sql

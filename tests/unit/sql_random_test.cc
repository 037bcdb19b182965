// Random programs in SQLite: every derived relation is asked as a view and compared with the engine's rows. The views share
// nothing with the engine but the program, so each is the other's oracle.
#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "runtime/sql/write_sqlite.h"
#include "support/random_program.h"
#include "support/sql_rows.h"

namespace ordo::sql {
namespace {

using namespace ordo::testing;

TEST(SqlRandom, ViewsEqualTheEngine) {
  const char* const more = std::getenv("ORDO_SQL_PROGRAMS");  // longer runs by hand
  const uint32_t programs = more == nullptr ? 500 : static_cast<uint32_t>(std::atoi(more));
  uint32_t sound = 0, rows = 0, refused = 0, linear = 0, as_rows = 0, in_rounds = 0;
  for (uint32_t seed = 0; seed < programs; ++seed) {
    const RandomProgram random(seed);
    if (!ir::Verify(random.program).empty()) continue;
    ++sound;
    eval::Calls calls;
    const absl::StatusOr<eval::Evaluation> evaluation = eval::Evaluate(random.program, {}, {}, {}, &calls);
    ASSERT_TRUE(evaluation.ok()) << evaluation.status();
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(":memory:", &database), SQLITE_OK);
    Contents contents;
    contents.evaluation = &*evaluation;
    contents.calls = &calls;
    Design design;
    const absl::Status status = WriteSqlite(database, contents, &design);
    ASSERT_TRUE(status.ok()) << "seed " << seed << ": " << status;
    for (ir::RelationId id = 0; id < random.program.relations.size(); ++id) {
      const Relation& relation = design.relations[id];
      as_rows += !relation.problem.empty();  // too deep for SQLite's parser
      linear += relation.view.find("grown.tag") != std::string::npos;
      in_rounds += relation.view.find("grown(state)") != std::string::npos;
      std::string error;
      const Rows got = SqliteRows(database, random.program, design, id, &error);
      // A value that has no room beside the point: the query says so instead of answering.
      if (error == "integer overflow") {
        ++refused;
        continue;
      }
      ASSERT_EQ(error, "") << "seed " << seed << " " << relation.view;
      ASSERT_EQ(got, EngineRows(*evaluation, id)) << "seed " << seed << " relation " << relation.name << "\n"
                                                  << relation.view << "\n"
                                                  << ir::Dump(random.program);
      rows += static_cast<uint32_t>(got.size());
    }
    sqlite3_close(database);
  }
  EXPECT_GT(sound, programs / 2);
  EXPECT_GT(linear, programs / 100);
  EXPECT_GT(in_rounds, programs / 100);
  EXPECT_LT(refused, sound / 50);
  EXPECT_LT(as_rows, sound / 50);
  RecordProperty("rows", static_cast<int>(rows));
  fmt::print("{} programs, {} rows, {} linear, {} in rounds, {} refused\n", sound, rows, linear, in_rounds, refused);
}

}  // namespace
}  // namespace ordo::sql

// An SQLite database in memory, for comparisons: statements in, rows of integers out. A statement that fails ends the program, with
// what SQLite says about it.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace ordo::testing {

class Sqlite {
 public:
  Sqlite() {
    if (sqlite3_open(":memory:", &db_) != SQLITE_OK) Fail("open");
  }
  ~Sqlite() { sqlite3_close(db_); }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  void Run(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) Fail(sql);
  }
  // One row a call of `row(i)`, `count` times; INT64_MIN is stored as NULL.
  template <class F>
  void Insert(const std::string& table, size_t width, size_t count, F&& row) {
    std::string sql = "INSERT OR IGNORE INTO " + table + " VALUES(";
    for (size_t i = 0; i < width; ++i) sql += i == 0 ? "?" : ",?";
    sqlite3_stmt* const statement = Prepare(sql + ")");
    Run("BEGIN");
    std::vector<int64_t> cells(width);
    for (size_t i = 0; i < count; ++i) {
      row(i, cells.data());
      for (size_t c = 0; c < width; ++c) {
        if (cells[c] == INT64_MIN) sqlite3_bind_null(statement, static_cast<int>(c + 1));
        else sqlite3_bind_int64(statement, static_cast<int>(c + 1), cells[c]);
      }
      if (sqlite3_step(statement) != SQLITE_DONE) Fail(sql);
      sqlite3_reset(statement);
    }
    Run("COMMIT");
    sqlite3_finalize(statement);
  }
  // All rows, cells side by side.
  std::vector<int64_t> Query(const std::string& sql) {
    sqlite3_stmt* const statement = Prepare(sql);
    const int width = sqlite3_column_count(statement);
    std::vector<int64_t> cells;
    int status;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
      for (int i = 0; i < width; ++i) cells.push_back(sqlite3_column_int64(statement, i));
    }
    if (status != SQLITE_DONE) Fail(sql);
    sqlite3_finalize(statement);
    return cells;
  }

 private:
  sqlite3_stmt* Prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) Fail(sql);
    return statement;
  }
  [[noreturn]] void Fail(const std::string& sql) {
    std::fprintf(stderr, "SQLite: %s\n  in %s\n", sqlite3_errmsg(db_), sql.c_str());
    std::exit(1);
  }

  sqlite3* db_ = nullptr;
};

}  // namespace ordo::testing

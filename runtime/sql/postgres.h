// A connection to a PostgreSQL server through libpq: statements, rows of text, COPY. The first thing that goes wrong stays as the
// status, and nothing is sent after it. Messages of the server are passed on as they are; the connection string never is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "runtime/sql/catalog.h"

struct pg_conn;

namespace ordo::sql {

class Postgres {
 public:
  explicit Postgres(const std::string& connection);
  ~Postgres();
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;

  const absl::Status& status() const { return status_; }
  // Forgets what went wrong and rolls back; not after a lost connection.
  void Rollback();
  void Fail(absl::Status status);

  using Row = std::vector<std::string>;  // NULL is the empty text
  void Run(const std::string& text);
  // Parameters are $1, $2, ...; an empty one is NULL.
  std::vector<Row> Ask(const std::string& text, const std::vector<std::string>& parameters = {});
  // Whether the statement could be run; if not, all is as before it, and *refusal says why. Inside a transaction.
  bool Try(const std::string& text, std::string* refusal);
  // Rows into columns; `first` stands before each row. Rows that are equal go in once. How many there were.
  int64_t Copy(const std::string& into, std::string_view first, const Table& table);

 private:
  pg_conn* connection_ = nullptr;
  absl::Status status_;
};

}  // namespace ordo::sql

#include "runtime/sql/postgres.h"

#include <libpq-fe.h>

#include "absl/container/flat_hash_set.h"
#include "fmt/format.h"
#include "runtime/base/decimal.h"

namespace ordo::sql {

namespace {

// One line, without the place in our own text.
std::string MessageOf(std::string_view said) {
  std::string line(said.substr(0, said.find("\nLINE ")));
  while (!line.empty() && line.back() == '\n') line.pop_back();
  for (char& c : line) c = c == '\n' ? ' ' : c;
  return line;
}

// As COPY reads it in its text form.
void AppendField(const Datum& datum, std::string& line) {
  switch (datum.kind) {
    case Datum::Kind::kNull: line += "\\N"; return;
    case Datum::Kind::kInteger: line += fmt::format("{}", datum.number); return;
    case Datum::Kind::kBool: line += datum.number != 0 ? 't' : 'f'; return;
    case Datum::Kind::kDay: line += Date(static_cast<int32_t>(datum.number)).Iso(); return;
    case Datum::Kind::kDecimal: line += Decimal::FromCell(datum.number).ToString(Language::kEnglish); return;
    case Datum::Kind::kText: break;
  }
  for (const char c : datum.text) {
    switch (c) {
      case '\\': line += "\\\\"; break;
      case '\n': line += "\\n"; break;
      case '\r': line += "\\r"; break;
      case '\t': line += "\\t"; break;
      default: line += c;
    }
  }
}

}  // namespace

Postgres::Postgres(const std::string& connection) : connection_(PQconnectdb(connection.c_str())) {
  if (PQstatus(connection_) != CONNECTION_OK) {
    status_ = absl::UnavailableError(MessageOf(PQerrorMessage(connection_)));
    return;
  }
  PQsetNoticeProcessor(
      connection_, [](void*, const char*) {}, nullptr);
  if (PQsetClientEncoding(connection_, "UTF8") != 0)
    status_ = absl::FailedPreconditionError(MessageOf(PQerrorMessage(connection_)));
  const char* const encoding = PQparameterStatus(connection_, "server_encoding");
  if (status_.ok() && (encoding == nullptr || std::string_view(encoding) != "UTF8")) {
    status_ = absl::FailedPreconditionError("server_encoding is not UTF8");
  }
}

Postgres::~Postgres() { PQfinish(connection_); }

void Postgres::Fail(absl::Status status) {
  if (status_.ok()) status_ = std::move(status);
}

void Postgres::Rollback() {
  PQclear(PQexec(connection_, "ROLLBACK"));
  if (PQstatus(connection_) == CONNECTION_OK) status_ = absl::OkStatus();
}

void Postgres::Run(const std::string& text) {
  if (!status_.ok()) return;
  PGresult* const result = PQexec(connection_, text.c_str());
  const ExecStatusType code = PQresultStatus(result);
  if (code != PGRES_COMMAND_OK && code != PGRES_TUPLES_OK)
    status_ = absl::FailedPreconditionError(MessageOf(PQerrorMessage(connection_)));
  PQclear(result);
}

std::vector<Postgres::Row> Postgres::Ask(const std::string& text, const std::vector<std::string>& parameters) {
  std::vector<Row> rows;
  if (!status_.ok()) return rows;
  std::vector<const char*> values;
  for (const std::string& parameter : parameters) values.push_back(parameter.empty() ? nullptr : parameter.c_str());
  PGresult* const result =
      PQexecParams(connection_, text.c_str(), static_cast<int>(values.size()), nullptr, values.data(), nullptr, nullptr, 0);
  const ExecStatusType code = PQresultStatus(result);
  if (code != PGRES_TUPLES_OK && code != PGRES_COMMAND_OK) {
    status_ = absl::FailedPreconditionError(MessageOf(PQerrorMessage(connection_)));
  }
  for (int r = 0; status_.ok() && r < PQntuples(result); ++r) {
    Row& row = rows.emplace_back();
    for (int c = 0; c < PQnfields(result); ++c) {
      row.emplace_back(PQgetvalue(result, r, c), static_cast<size_t>(PQgetlength(result, r, c)));
    }
  }
  PQclear(result);
  return rows;
}

bool Postgres::Try(const std::string& text, std::string* refusal) {
  Run("SAVEPOINT try");
  if (!status_.ok()) return false;
  PGresult* const result = PQexec(connection_, text.c_str());
  const bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
  if (!done) *refusal = MessageOf(PQerrorMessage(connection_));
  PQclear(result);
  if (!done) Run("ROLLBACK TO SAVEPOINT try");
  Run("RELEASE SAVEPOINT try");
  return done;
}

int64_t Postgres::Copy(const std::string& into, std::string_view first, const Table& table) {
  int64_t rows = 0;
  if (!status_.ok()) return rows;
  PGresult* const begun = PQexec(connection_, fmt::format("COPY {} FROM STDIN", into).c_str());
  if (PQresultStatus(begun) != PGRES_COPY_IN) status_ = absl::FailedPreconditionError(MessageOf(PQerrorMessage(connection_)));
  PQclear(begun);
  if (!status_.ok()) return rows;
  constexpr size_t kBatch = 1 << 16;
  absl::flat_hash_set<std::string> seen;
  std::string line, batch;
  const auto send = [&] {
    if (status_.ok() && PQputCopyData(connection_, batch.data(), static_cast<int>(batch.size())) != 1) {
      status_ = absl::UnavailableError(MessageOf(PQerrorMessage(connection_)));
    }
    batch.clear();
  };
  table.rows([&](const std::vector<Datum>& row) {
    line = first;
    for (const Datum& datum : row) {
      line += '\t';
      AppendField(datum, line);
    }
    line += '\n';
    // Keyed tables have each row once by themselves.
    if (table.key.size() > 1 && !seen.insert(line).second) return;
    batch += line;
    ++rows;
    if (batch.size() >= kBatch) send();
  });
  send();
  PQputCopyEnd(connection_, status_.ok() ? nullptr : "not whole");
  while (PGresult* const result = PQgetResult(connection_)) {
    if (status_.ok() && PQresultStatus(result) != PGRES_COMMAND_OK) {
      status_ = absl::FailedPreconditionError(MessageOf(PQerrorMessage(connection_)));
    }
    PQclear(result);
  }
  return rows;
}

}  // namespace ordo::sql

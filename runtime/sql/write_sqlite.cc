#include "runtime/sql/write_sqlite.h"

#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "fmt/format.h"
#include "runtime/base/decimal.h"

namespace ordo::sql {

namespace {

constexpr std::array<int64_t, 19> kPowers = [] {
  std::array<int64_t, 19> powers{1};
  for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

class Writer {
 public:
  explicit Writer(sqlite3* database) : database_(database) {}

  // The first thing that goes wrong stays; nothing is done after it.
  const absl::Status& status() const { return status_; }

  void Run(const std::string& text) {
    if (status_.ok() && sqlite3_exec(database_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) Fail(text);
  }

  void Fill(const Table& table) {
    std::vector<std::string> columns, marks;
    for (const Column& column : table.columns) {
      columns.push_back(fmt::format("{} {}", Quoted(column.name), TypeName(Dialect::kSqlite, column.type)));
      marks.push_back("?");
    }
    const bool by_number =
        table.key.size() == 1 && table.columns[0].name == table.key[0] && table.columns[0].type == ir::Type::kEntity;
    std::vector<std::string> key;
    for (const std::string& column : table.key) key.push_back(Quoted(column));
    if (!key.empty()) columns.push_back(fmt::format("PRIMARY KEY ({})", fmt::join(key, ", ")));
    Run(fmt::format("CREATE TABLE {} ({}){}", Quoted(table.name), fmt::join(columns, ", "),
                    by_number || key.empty() ? "" : " WITHOUT ROWID"));
    sqlite3_stmt* insert = nullptr;
    const std::string text = fmt::format("INSERT OR IGNORE INTO {} VALUES ({})", Quoted(table.name), fmt::join(marks, ", "));
    if (status_.ok() && sqlite3_prepare_v2(database_, text.c_str(), -1, &insert, nullptr) != SQLITE_OK) Fail(text);
    if (!status_.ok()) return;
    table.rows([&](const std::vector<Datum>& row) {
      if (!status_.ok()) return;
      for (size_t i = 0; i < row.size(); ++i) Bind(insert, static_cast<int>(i + 1), row[i]);
      if (status_.ok() && sqlite3_step(insert) != SQLITE_DONE) Fail(text);
      sqlite3_reset(insert);
    });
    sqlite3_finalize(insert);
    for (const std::vector<std::string>& index : table.indexes) {
      std::vector<std::string> by;
      for (const std::string& column : index) by.push_back(Quoted(column));
      Run(fmt::format("CREATE INDEX {} ON {} ({})", Quoted(fmt::format("{} by {}", table.name, fmt::join(index, " "))),
                      Quoted(table.name), fmt::join(by, ", ")));
    }
  }

  // Whether SQLite understands the view; if it does not, why.
  std::string Refusal(const std::string& name, const std::string& text) {
    sqlite3_stmt* statement = nullptr;
    std::string refusal;
    if (sqlite3_exec(database_, fmt::format("CREATE VIEW {} AS\n{}", Quoted(name), text).c_str(), nullptr, nullptr, nullptr) !=
            SQLITE_OK ||
        sqlite3_prepare_v2(database_, fmt::format("SELECT * FROM {}", Quoted(name)).c_str(), -1, &statement, nullptr) !=
            SQLITE_OK) {
      refusal = sqlite3_errmsg(database_);
    }
    sqlite3_finalize(statement);
    return refusal;
  }

  void Fail(const std::string& text) {
    const int code = sqlite3_errcode(database_);
    const std::string message = fmt::format("{}: {}", sqlite3_errmsg(database_), text.substr(0, 200));
    const bool disk = code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
    status_ = disk ? absl::UnavailableError(message) : absl::InternalError(message);
  }

 private:
  void Bind(sqlite3_stmt* insert, int at, const Datum& datum) {
    switch (datum.kind) {
      case Datum::Kind::kNull: sqlite3_bind_null(insert, at); break;
      case Datum::Kind::kInteger:
      case Datum::Kind::kBool: sqlite3_bind_int64(insert, at, datum.number); break;
      case Datum::Kind::kText:
        sqlite3_bind_text(insert, at, datum.text.data(), static_cast<int>(datum.text.size()), SQLITE_TRANSIENT);
        break;
      case Datum::Kind::kDay: {
        const std::string day = Date(static_cast<int32_t>(datum.number)).Iso();
        sqlite3_bind_text(insert, at, day.data(), static_cast<int>(day.size()), SQLITE_TRANSIENT);
        break;
      }
      case Datum::Kind::kDecimal: {
        const Decimal number = Decimal::FromCell(datum.number);
        int64_t scaled = 0;
        if (__builtin_mul_overflow(number.mantissa(), kPowers[static_cast<size_t>(datum.places - number.scale())], &scaled)) {
          status_ = absl::OutOfRangeError(fmt::format("{} at {} places", number.ToString(Language::kEnglish), datum.places));
        }
        sqlite3_bind_int64(insert, at, scaled);
      }
    }
  }

  sqlite3* database_;
  absl::Status status_;
};

}  // namespace

absl::Status WriteSqlite(sqlite3* database, const Contents& contents, Design* design) {
  const ir::Program& program = contents.evaluation->program();
  Writer writer(database);
  // Names in double quotes are names, never texts that a misspelling makes of them.
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  std::map<ir::RelationId, std::string> as_rows;
  writer.Run(fmt::format("PRAGMA application_id = {}", kApplicationId));
  writer.Run("PRAGMA user_version = 1");
  for (bool refused = true; refused && writer.status().ok();) {
    refused = false;
    *design = MakeDesign(program, *contents.calls, Dialect::kSqlite, "", as_rows);
    writer.Run("BEGIN");
    Table meta;
    meta.name = "meta";
    meta.columns = {{"key", ir::Type::kText, 0}, {"value", ir::Type::kText, 0}};
    meta.key = {"key"};
    meta.rows = [&](const Table::TakeRow& take) {
      const std::string day = contents.as_of ? contents.as_of->Iso() : "";
      take({Datum::Text("version"), Datum::Text(contents.version)});
      take({Datum::Text("as_of"), Datum::Text(day)});
      if (program.plan == EntityId::kNone) return;
      take({Datum::Text("plan"), Datum::Text(program.text(program.entity(program.plan).name))});
      take({Datum::Text("title"), Datum::Text(program.text(program.entity(program.plan).title))});
    };
    writer.Fill(meta);
    for (const Table& table : TablesOf(contents, *design)) writer.Fill(table);
    const std::vector<uint32_t>& order = design->order;
    for (size_t at = 0; at < order.size() && writer.status().ok() && !refused; ++at) {
      const bool together = design->IsTogether(order[at]);
      const size_t index = together ? order[at] - design->relations.size() : order[at];
      const std::string& text = together ? design->together[index].view : design->relations[index].view;
      const std::string refusal =
          text.empty() ? "" : writer.Refusal(together ? design->together[index].name : design->relations[index].name, text);
      if (refusal.empty()) continue;
      // The relation itself, or the first one that reads the view of several.
      size_t next = at;
      while (design->IsTogether(order[next])) ++next;
      refused = as_rows.emplace(order[next], refusal).second;
      if (!refused) writer.Fail(text);
    }
    if (refused) {
      writer.Run("ROLLBACK");
      continue;
    }
    for (const View& view : ShowViews(program, *design))
      writer.Run(fmt::format("CREATE VIEW {} AS\n{}", Quoted(view.name), view.text));
    for (const View& view : FindingViews(*design, CheckViews(program, *design))) {
      writer.Run(fmt::format("CREATE VIEW {} AS\n{}", Quoted(view.name), view.text));
    }
    writer.Run("ANALYZE");
    writer.Run("COMMIT");
  }
  return writer.status();
}

absl::Status WriteSqliteFile(const std::string& path, const Contents& contents) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) {
    // Bytes 68 to 71 of the header are the application's own.
    std::array<unsigned char, 72> head{};
    std::FILE* file = std::fopen(path.c_str(), "rb");
    const size_t read = file == nullptr ? 0 : std::fread(head.data(), 1, head.size(), file);
    if (file != nullptr) std::fclose(file);
    const int32_t id = head[68] << 24 | head[69] << 16 | head[70] << 8 | head[71];
    if (read < head.size() || std::string_view(reinterpret_cast<const char*>(head.data()), 15) != "SQLite format 3" ||
        id != kApplicationId) {
      return absl::AlreadyExistsError(path);
    }
  }
  const std::string aside = fmt::format("{}.{}.part", path, getpid());
  std::remove(aside.c_str());
  sqlite3* database = nullptr;
  absl::Status status;
  if (sqlite3_open_v2(aside.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) != SQLITE_OK) {
    status = absl::UnavailableError(path);
  } else {
    // A file of its own, renamed when it is whole: nothing to roll back after a crash.
    sqlite3_exec(database, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = NORMAL", nullptr, nullptr, nullptr);
    Design design;
    status = WriteSqlite(database, contents, &design);
  }
  if (sqlite3_close(database) != SQLITE_OK && status.ok()) status = absl::InternalError("database is busy");
  if (status.ok() && std::rename(aside.c_str(), path.c_str()) != 0) status = absl::UnavailableError(path);
  if (!status.ok()) std::remove(aside.c_str());
  return status;
}

}  // namespace ordo::sql

// Rows of a table or view of an SQLite database, read back as the cells that the engine has. In: a database that WriteSqlite has
// filled, with its design; out: rows, or what SQLite said instead.
#pragma once

#include <sqlite3.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "runtime/eval/engine.h"
#include "runtime/sql/design.h"
#include "runtime/sql/postgres.h"
#include "runtime/time/civil.h"

namespace ordo::testing {

using Rows = std::set<std::vector<ir::Cell>>;

inline Rows EngineRows(const eval::Evaluation& evaluation, ir::RelationId id) {
  Rows rows;
  for (uint32_t r = 0; r < evaluation.rows(id); ++r) {
    std::vector<ir::Cell> row;
    for (uint32_t c = 0; c < evaluation.program().relations[id].columns.size(); ++c) row.push_back(evaluation.cell(id, r, c));
    rows.insert(std::move(row));
  }
  return rows;
}

// One value as its text, back to a cell; `found` says whether it can be one.
inline ir::Cell CellOf(const ir::Program& program, const sql::Design& design, const sql::Column& column, std::string_view text,
                       bool* found) {
  *found = true;
  switch (column.type) {
    case ir::Type::kText: {
      const Symbol symbol = program.strings->Find(text);
      *found = symbol != Symbol::kEmpty || text.empty();
      return static_cast<ir::Cell>(symbol);
    }
    case ir::Type::kWord:
      for (size_t i = 0; i < design.words.size(); ++i) {
        if (design.words[i] == text) return static_cast<ir::Cell>(i);
      }
      *found = false;
      return 0;
    case ir::Type::kDate: {
      const std::optional<Date> day = ParseIsoDate(text);
      *found = day.has_value();
      return day ? day->days() : 0;
    }
    case ir::Type::kBool: return text == "1" || text == "t";
    case ir::Type::kEntity: return std::stoll(std::string(text));
    default: {
      const size_t point = text.find('.');
      std::string digits(text.substr(0, point));
      int places = column.places;
      if (point != std::string_view::npos) {
        digits += text.substr(point + 1);
        places += static_cast<int>(text.size() - point - 1);
      }
      const std::optional<Decimal> number = Decimal::Make(std::stoll(digits), places);
      *found = number.has_value();
      return number ? number->cell() : 0;
    }
  }
}

// *error: what SQLite said, or the value that no cell stands for.
inline Rows SqliteRows(sqlite3* database, const ir::Program& program, const sql::Design& design, ir::RelationId id,
                       std::string* error) {
  const sql::Relation& relation = design.relations[id];
  Rows rows;
  sqlite3_stmt* statement = nullptr;
  const std::string text = "SELECT * FROM " + relation.source;
  int step = sqlite3_prepare_v2(database, text.c_str(), -1, &statement, nullptr);
  if (step == SQLITE_OK) {
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
      std::vector<ir::Cell> row;
      for (size_t i = 0; i < relation.columns.size(); ++i) {
        const int at = static_cast<int>(i);
        const int kind = sqlite3_column_type(statement, at);
        if (kind == SQLITE_NULL) {
          row.push_back(ir::kAbsent);
          continue;
        }
        bool found = kind != SQLITE_FLOAT;
        const std::string_view value(reinterpret_cast<const char*>(sqlite3_column_text(statement, at)),
                                     static_cast<size_t>(sqlite3_column_bytes(statement, at)));
        if (found) row.push_back(CellOf(program, design, relation.columns[i], value, &found));
        if (!found) *error = fmt::format("{}.{} is «{}»", relation.name, relation.columns[i].name, value);
      }
      rows.insert(std::move(row));
    }
  }
  if (step != SQLITE_DONE) *error = sqlite3_errmsg(database);
  sqlite3_finalize(statement);
  return rows;
}

// The same from PostgreSQL, of one plan. `from`: quoted, with its schema.
inline Rows PostgresRows(sql::Postgres& server, const ir::Program& program, const sql::Design& design, ir::RelationId id,
                         const std::string& from, const std::string& plan, std::string* error) {
  const sql::Relation& relation = design.relations[id];
  std::string columns;
  for (const sql::Column& column : relation.columns) {
    // NULL and the empty text read alike; a mark before each value tells them apart.
    columns += fmt::format("{}'=' || {}::text", columns.empty() ? "" : ", ", sql::Quoted(column.name));
  }
  Rows rows;
  for (const sql::Postgres::Row& values : server.Ask(fmt::format("SELECT {} FROM {} WHERE plan = {}", columns, from, plan))) {
    std::vector<ir::Cell> row;
    for (size_t i = 0; i < values.size(); ++i) {
      bool found = true;
      std::string value = values[i].empty() ? "" : values[i].substr(1);
      if (relation.columns[i].type == ir::Type::kBool && !value.empty()) value = value[0] == 't' ? "1" : "0";
      row.push_back(values[i].empty() ? ir::kAbsent : CellOf(program, design, relation.columns[i], value, &found));
      if (!found) *error = fmt::format("{}.{} is «{}»", relation.name, relation.columns[i].name, value);
    }
    rows.insert(std::move(row));
  }
  if (!server.status().ok()) *error = server.status().ToString();
  return rows;
}

}  // namespace ordo::testing

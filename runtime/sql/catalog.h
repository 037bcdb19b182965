// What goes into a database beside the views of the rules: the facts, the tables that say what objects, words, checks and
// relations are, and the views that people begin with. In: an evaluation and the design of its program; out: tables as columns,
// keys and rows that a writer asks for once, and texts of views. The same for every database; PostgreSQL puts the plan before it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/source.h"
#include "runtime/eval/engine.h"
#include "runtime/sql/design.h"

namespace ordo::sql {

struct Contents {
  const eval::Evaluation* evaluation = nullptr;
  const eval::Calls* calls = nullptr;
  const SourceSet* sources = nullptr;  // nullptr: no file and no line
  std::optional<Date> as_of;           // the day for which waivers count
  std::string version;                 // of the program and its library
};

// One cell on its way into a database.
struct Datum {
  enum class Kind : uint8_t { kNull, kInteger, kBool, kText, kDay, kDecimal };
  Kind kind = Kind::kNull;
  int64_t number = 0;     // kInteger, kBool; kDay: Date::days(); kDecimal: Decimal::cell()
  int places = 0;         // kDecimal, in SQLite
  std::string_view text;  // outlives the row

  static Datum Integer(int64_t number) { return {Kind::kInteger, number, 0, {}}; }
  // An empty text is none.
  static Datum Text(std::string_view text) { return text.empty() ? Datum() : Datum{Kind::kText, 0, 0, text}; }
  static Datum Of(const ir::Program& program, const Design& design, ir::Type type, ir::Cell cell, int places);
};

struct Table {
  using TakeRow = std::function<void(const std::vector<Datum>&)>;
  std::string name;
  std::vector<Column> columns;
  std::vector<std::string> key;  // rows that agree in it are one row
  std::vector<std::vector<std::string>> indexes;
  std::function<void(const TakeRow&)> rows;
};

// Facts, calls, objects and descriptions, in a fixed order. They refer to both arguments.
std::vector<Table> TablesOf(const Contents& contents, const Design& design);

struct View {
  std::string name, text;
};

// `show_…` of each relation: objects by name, days and numbers as they are written.
std::vector<View> ShowViews(const ir::Program& program, const Design& design);
// `ancestors` and `findings`. `checks`: views of checks to look into, as (code, source, column of the object).
struct CheckView {
  std::string code, source, object;
};
std::vector<CheckView> CheckViews(const ir::Program& program, const Design& design);
std::vector<View> FindingViews(const Design& design, const std::vector<CheckView>& checks);

}  // namespace ordo::sql

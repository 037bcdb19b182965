// What SQLite and PostgreSQL say differently: names, types, and arithmetic over exact decimals and days. In: texts of SQL
// expressions; out: texts. A value that the engine calls absent is NULL.
//
// Decimals. PostgreSQL has exact ones (`numeric`). SQLite has 64-bit integers and binary fractions only, so there a decimal is a
// whole number of 10^-places, with places fixed for each expression when the SQL is written; what cannot be told in them makes
// the query fail with SQLite's «integer overflow». An answer is exact or there is none. In PostgreSQL places are always 0.
// Days are ISO texts in SQLite and `date` in PostgreSQL.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::sql {

enum class Dialect : uint8_t { kSqlite, kPostgres };

inline constexpr int kMostPlaces = 15;

std::string Quoted(std::string_view name);
std::string TextLiteral(std::string_view text);
std::string_view TypeName(Dialect dialect, ir::Type type);

// An expression as text: one operand, in brackets if need be.
struct Value {
  std::string text;
  int places = 0;  // SQLite: of a decimal
  bool nullable = true;
};

// `parts` with `mark` between them, bracketed in halves: no deeper than the logarithm of their number. `none` if there are none.
std::string Joined(const std::vector<std::string>& parts, std::string_view mark, std::string_view none);

class Arithmetic {
 public:
  // `schema`: quoted, of the functions that PostgreSQL is given.
  Arithmetic(Dialect dialect, std::string schema) : dialect_(dialect), schema_(std::move(schema)) {}

  Value Add(const Value& a, const Value& b, bool subtract) const;
  Value Multiply(const Value& a, const Value& b) const;
  // `divisor`: its cell if it is a constant, else kAbsent.
  Value Divide(const Value& a, const Value& b, ir::Cell divisor) const;
  Value Negate(const Value& a) const;
  Value DaysBetween(const Value& later, const Value& earlier) const;
  Value PlusDays(const Value& day, const Value& days, bool minus) const;
  // What the engine makes of the number x in the one row of a table: NULL if it has no cell.
  std::string SelectFitting(std::string_view table, int places) const;
  Value Constant(ir::Type type, ir::Cell cell) const;  // of a decimal or a date
  // The same value at other places.
  std::string At(const Value& value, int places) const;
  // Both sides at the same places; a side may become larger than 64 bits, which compares right all the same.
  std::pair<std::string, std::string> Aligned(const Value& a, const Value& b) const;

 private:
  std::string Fit(std::string text, int places) const;
  Dialect dialect_;
  std::string schema_;
};

// What PostgreSQL is given once for each schema.
std::string PostgresFunctions(std::string_view schema);

}  // namespace ordo::sql

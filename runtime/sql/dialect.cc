#include "runtime/sql/dialect.h"

#include <algorithm>

#include "fmt/format.h"
#include "runtime/base/decimal.h"
#include "runtime/time/civil.h"

namespace ordo::sql {

namespace {

constexpr int64_t kMantissaLimit = int64_t{1} << 55;  // as Decimal has it

std::string Power(int places) { return "1" + std::string(static_cast<size_t>(places), '0'); }

// Fails in SQLite when the condition is true, and is NULL or a number otherwise: abs() of the smallest integer has no answer.
std::string Refuse(std::string_view when) { return fmt::format("abs(-9223372036854775807 - ({}))", when); }

std::string TimesPower(std::string_view text, int places) {
  return places == 0 ? std::string(text) : fmt::format("({} * {})", text, Power(places));
}

}  // namespace

std::string Quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string TextLiteral(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

std::string_view TypeName(Dialect dialect, ir::Type type) {
  const bool sqlite = dialect == Dialect::kSqlite;
  switch (type) {
    case ir::Type::kEntity: return "integer";
    case ir::Type::kText:
    case ir::Type::kWord: return "text";
    case ir::Type::kBool: return sqlite ? "integer" : "boolean";
    case ir::Type::kDate: return sqlite ? "text" : "date";
    default: return sqlite ? "integer" : "numeric";
  }
}

std::string Joined(const std::vector<std::string>& parts, std::string_view mark, std::string_view none) {
  constexpr size_t kFlat = 50;
  if (parts.empty()) return std::string(none);
  if (parts.size() <= kFlat) return fmt::format("{}", fmt::join(parts, mark));
  std::vector<std::string> outer;
  for (size_t begin = 0; begin < parts.size(); begin += kFlat) {
    const size_t end = std::min(parts.size(), begin + kFlat);
    outer.push_back(
        fmt::format("({})", fmt::join(parts.begin() + static_cast<long>(begin), parts.begin() + static_cast<long>(end), mark)));
  }
  return Joined(outer, mark, none);
}

// What has no cell is absent: more than 55 bits of mantissa, trailing zeros after the point not counted.
std::string Arithmetic::Fit(std::string text, int places) const {
  if (dialect_ == Dialect::kPostgres) return fmt::format("{}.fit({})", schema_, text);
  return fmt::format("({})", SelectFitting(fmt::format("(SELECT {} AS x)", text), places));
}

std::string Arithmetic::SelectFitting(std::string_view table, int places) const {
  if (dialect_ == Dialect::kPostgres) return fmt::format("SELECT {}.fit(x) FROM {}", schema_, table);
  std::string fits = fmt::format("abs(x) < {}", kMantissaLimit);
  int64_t limit = kMantissaLimit, power = 1;
  for (int i = 1; i <= std::min(places, 2); ++i) {  // 2^55 * 1000 is more than 63 bits
    limit *= 10;
    power *= 10;
    fits += fmt::format(" OR (x % {} = 0 AND abs(x) < {})", power, limit);
  }
  if (places > 2) fits += " OR x % 1000 = 0";
  // Without places, more than 64 bits have no cell for certain; with places they may have one.
  const std::string wide = places == 0 ? "NULL" : Refuse("typeof(x) <> 'integer'");
  return fmt::format("SELECT CASE WHEN x IS NULL THEN NULL WHEN typeof(x) <> 'integer' THEN {} WHEN {} THEN x END FROM {}", wide,
                     fits, table);
}

std::string Arithmetic::At(const Value& value, int places) const {
  if (value.places == places || dialect_ == Dialect::kPostgres) return value.text;
  if (value.places < places) {
    return fmt::format("(SELECT CASE WHEN typeof(x) = 'real' THEN {} ELSE x END FROM (SELECT {} * {} AS x))",
                       Refuse("typeof(x) = 'real'"), value.text, Power(places - value.places));
  }
  return fmt::format("(SELECT CASE WHEN x IS NULL THEN NULL WHEN x % {0} = 0 THEN x / {0} ELSE {1} END FROM (SELECT {2} AS x))",
                     Power(value.places - places), Refuse("x IS NOT NULL"), value.text);
}

std::pair<std::string, std::string> Arithmetic::Aligned(const Value& a, const Value& b) const {
  const int places = std::max(a.places, b.places);
  return {TimesPower(a.text, places - a.places), TimesPower(b.text, places - b.places)};
}

Value Arithmetic::Add(const Value& a, const Value& b, bool subtract) const {
  const int places = std::max(a.places, b.places);
  const auto [left, right] = Aligned(a, b);
  return {Fit(fmt::format("({} {} {})", left, subtract ? "-" : "+", right), places), places, true};
}

Value Arithmetic::Multiply(const Value& a, const Value& b) const {
  Value product{Fit(fmt::format("({} * {})", a.text, b.text), a.places + b.places), a.places + b.places, true};
  if (product.places <= kMostPlaces) return product;
  return {At(product, kMostPlaces), kMostPlaces, true};
}

Value Arithmetic::Divide(const Value& a, const Value& b, ir::Cell divisor) const {
  if (dialect_ == Dialect::kPostgres) return {fmt::format("{}.quotient({}, {})", schema_, a.text, b.text), 0, true};
  // A constant says how many places the quotient can need; other divisors get some more than the operands have.
  constexpr int kMore = 6;
  int places = std::max(a.places, b.places) + kMore;
  if (divisor != ir::kAbsent && !Decimal::FromCell(divisor).is_zero()) {
    int64_t rest = Decimal::FromCell(divisor).mantissa();
    int twos = 0, fives = 0;
    for (; rest % 2 == 0; rest /= 2) ++twos;
    for (; rest % 5 == 0; rest /= 5) ++fives;
    places = std::max(a.places - b.places + std::max(twos, fives), 0);
  }
  places = std::min(places, kMostPlaces);
  const std::string wide = TimesPower("a", places + b.places - a.places);
  const std::string rest = TimesPower(fmt::format("({} % b)", wide), kMostPlaces - places);
  // The quotient at these places; absent if it does not end within 15; refused if it ends between the two.
  return {fmt::format("(SELECT CASE WHEN a IS NULL OR b IS NULL OR b = 0 THEN NULL WHEN typeof({0}) = 'real' THEN {1} "
                      "WHEN {0} % b = 0 THEN {2} WHEN typeof({3}) = 'real' THEN {4} WHEN {3} % b <> 0 THEN NULL ELSE {5} END "
                      "FROM (SELECT {6} AS a, {7} AS b))",
                      wide, Refuse(fmt::format("typeof({}) = 'real'", wide)), Fit(fmt::format("{} / b", wide), places), rest,
                      Refuse(fmt::format("typeof({}) = 'real'", rest)), Refuse("a IS NOT NULL"), a.text, b.text),
          places, true};
}

Value Arithmetic::Negate(const Value& a) const { return {fmt::format("(- {})", a.text), a.places, a.nullable}; }

Value Arithmetic::DaysBetween(const Value& later, const Value& earlier) const {
  const bool nullable = later.nullable || earlier.nullable;
  if (dialect_ == Dialect::kPostgres) return {fmt::format("({} - {})::numeric", later.text, earlier.text), 0, nullable};
  return {fmt::format("CAST(julianday({}) - julianday({}) AS INTEGER)", later.text, earlier.text), 0, nullable};
}

Value Arithmetic::PlusDays(const Value& day, const Value& days, bool minus) const {
  const std::string count = minus ? fmt::format("(- {})", days.text) : days.text;
  if (dialect_ == Dialect::kPostgres) return {fmt::format("{}.plus_days({}, {})", schema_, day.text, count), 0, true};
  // A part of a day is no day; SQLite's own years go further than ours on both sides.
  const std::string power = Power(days.places);
  return {fmt::format("(SELECT CASE WHEN n % {0} = 0 AND x >= '0001-01-01' AND length(x) = 10 THEN x END "
                      "FROM (SELECT n, date(d, (n / {0}) || ' days') AS x FROM (SELECT {1} AS n, {2} AS d)))",
                      power, count, day.text),
          0, true};
}

Value Arithmetic::Constant(ir::Type type, ir::Cell cell) const {
  if (type == ir::Type::kDate) {
    const std::string day = TextLiteral(Date(static_cast<int32_t>(cell)).Iso());
    return {dialect_ == Dialect::kPostgres ? day + "::date" : day, 0, false};
  }
  const Decimal number = Decimal::FromCell(cell);
  if (dialect_ == Dialect::kSqlite) return {fmt::format("({})", number.mantissa()), number.scale(), false};
  return {fmt::format("({})::numeric", number.ToString(Language::kEnglish)), 0, false};
}

// `fit`: absent what has no cell, at most 15 places and 55 bits of mantissa. `quotient`: exact or absent.
std::string PostgresFunctions(std::string_view schema) {
  return fmt::format(R"(
CREATE OR REPLACE FUNCTION {0}.fit(x numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN scale(trim_scale(x)) <= {1} AND abs(x * power(10::numeric, scale(trim_scale(x)))) < {2} THEN trim_scale(x) END $$;
CREATE OR REPLACE FUNCTION {0}.quotient(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN b = 0 THEN NULL WHEN mod(a * 1e{1}, b) = 0 THEN {0}.fit(div(a * 1e{1}, b) * 1e-{1}) END $$;
CREATE OR REPLACE FUNCTION {0}.plus_days(day date, days numeric) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN abs(days) < 4000000 AND days = trunc(days)
   AND (day - DATE '0001-01-01') + days BETWEEN 0 AND (DATE '9999-12-31' - DATE '0001-01-01') THEN day + days::integer END $$;
)",
                     schema, kMostPlaces, kMantissaLimit);
}

}  // namespace ordo::sql

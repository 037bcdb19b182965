// The members of every struct of the IR, told once: Dump writes and ParseDump reads by the same lists, so they cannot disagree.
// Comes in: a visitor `f(key, pointer to member)`; a third argument says what types a cell. Goes out: calls, in the order of the
// text. Never holds a value. Private to dump.cc and parse.cc.
#pragma once

#include <span>
#include <string_view>
#include <type_traits>

#include "runtime/ir/ir.h"

namespace ordo::ir {

// Third arguments: the constant of a match has the type of the matched column.
struct TypeOfMatchedColumn {};

template <class T>
struct Members;

#define ORDO_MEMBERS(T)                                \
  template <>                                          \
  struct Members<T> {                                  \
    using X = T;                                       \
    template <class F>                                 \
    static void Visit(F&& f);                          \
  };                                                   \
  template <class F>                                   \
  void Members<T>::Visit(F&& f)

ORDO_MEMBERS(Word) { f("id", &X::id), f("en", &X::en), f("vi", &X::vi); }
ORDO_MEMBERS(Kind) { f("word", &X::word), f("relation", &X::relation); }
ORDO_MEMBERS(Entity) {
  f("kind", &X::kind), f("row", &X::row), f("name", &X::name), f("title", &X::title), f("parent", &X::parent);
  f("span", &X::span), f("first_field", &X::first_field), f("field_count", &X::field_count);
}
ORDO_MEMBERS(Field) {
  f("word", &X::word), f("none", &X::none), f("shared", &X::shared), f("written", &X::written), f("span", &X::span);
  f("first_entry", &X::first_entry), f("entry_count", &X::entry_count);
}
ORDO_MEMBERS(Entry) {
  f("type", &X::type), f("value", &X::value, &X::type), f("mode", &X::mode), f("member", &X::member), f("product", &X::product);
  f("resolved", &X::resolved), f("part", &X::part), f("wording", &X::wording), f("object", &X::object), f("lag", &X::lag), f("span", &X::span);
}
ORDO_MEMBERS(Point) {
  f("kind", &X::kind), f("edge", &X::edge), f("digits", &X::digits), f("roman", &X::roman), f("year", &X::year);
  f("month", &X::month), f("day", &X::day), f("named", &X::named);
}
ORDO_MEMBERS(Length) { f("count", &X::count), f("unit", &X::unit); }
ORDO_MEMBERS(Lag) { f("least", &X::least), f("most", &X::most); }
ORDO_MEMBERS(Step) {
  f("kind", &X::kind), f("owner", &X::owner), f("other", &X::other), f("length", &X::length), f("day", &X::day, Type::kDate);
}
ORDO_MEMBERS(SeriesRow) {
  f("object", &X::object), f("verb", &X::verb), f("comparator", &X::comparator), f("by", &X::by), f("in_all", &X::in_all);
  f("horizon", &X::horizon, Type::kDate), f("type", &X::type), f("least", &X::least, &X::type), f("most", &X::most, &X::type);
  f("unit", &X::unit), f("per", &X::per), f("per_object", &X::per_object), f("against", &X::against, Type::kDate);
  f("is_change", &X::is_change), f("text", &X::text), f("out_of", &X::out_of), f("scope", &X::scope);
  f("population", &X::population), f("written", &X::written);
}
ORDO_MEMBERS(LinearTerm) { f("series", &X::series), f("factor", &X::factor, Type::kNumber), f("year", &X::year); }
ORDO_MEMBERS(ConditionNode) {
  f("kind", &X::kind), f("sign", &X::sign), f("type", &X::type), f("bound", &X::bound, &X::type), f("terms", &X::terms);
  f("children", &X::children);
}
ORDO_MEMBERS(Condition) {
  f("object", &X::object), f("root", &X::root), f("years", &X::years), f("text", &X::text), f("span", &X::span);
}
ORDO_MEMBERS(Statement) { f("kind", &X::kind), f("owner", &X::owner), f("other", &X::other), f("year", &X::year); }
ORDO_MEMBERS(Rhythm) {
  f("count", &X::count), f("unit", &X::unit), f("weekday", &X::weekday), f("hour", &X::hour), f("minute", &X::minute);
  f("by", &X::by), f("bound", &X::bound);
}
ORDO_MEMBERS(Time) {
  f("form", &X::form), f("stance", &X::stance), f("at_least", &X::at_least), f("after_all", &X::after_all);
  f("from", &X::from), f("to", &X::to), f("length", &X::length), f("rhythm", &X::rhythm), f("anchor", &X::anchor), f("words", &X::words);
  f("evidence", &X::evidence), f("expected_from", &X::expected_from), f("expected", &X::expected), f("limit", &X::limit), f("limit_before", &X::limit_before);
  f("lag", &X::lag), f("since", &X::since);
}
ORDO_MEMBERS(SpecialDay) {
  f("date", &X::date), f("kind", &X::kind), f("scope", &X::scope), f("status", &X::status), f("title", &X::title);
  f("source", &X::source);
}
ORDO_MEMBERS(Period) {
  f("object", &X::object), f("first_day", &X::first_day, Type::kDate), f("last_day", &X::last_day, Type::kDate);
}
ORDO_MEMBERS(Frame) {
  f("issue_date", &X::issue_date, Type::kDate), f("first_day", &X::first_day, Type::kDate);
  f("last_day", &X::last_day, Type::kDate), f("rest_days", &X::rest_days), f("before_includes_day", &X::before_includes_day);
  f("no_calendar", &X::no_calendar), f("first_year", &X::first_year), f("last_year", &X::last_year);
  f("periods", &X::periods);
}
ORDO_MEMBERS(Column) { f("name", &X::name), f("type", &X::type); }
// Rows follow on lines of their own.
ORDO_MEMBERS(Relation) { f("name", &X::name), f("keyed", &X::keyed), f("derived", &X::derived), f("columns", &X::columns); }
ORDO_MEMBERS(Expr) {
  f("op", &X::op), f("type", &X::type), f("a", &X::a), f("b", &X::b), f("c", &X::c), f("first_argument", &X::first_argument);
  f("argument_count", &X::argument_count), f("constant", &X::constant, &X::type);
}
ORDO_MEMBERS(Match) { f("column", &X::column), f("var", &X::var), f("constant", &X::constant, TypeOfMatchedColumn()); }
ORDO_MEMBERS(Literal) {
  f("kind", &X::kind), f("relation", &X::relation), f("matches", &X::matches), f("var", &X::var), f("expr", &X::expr);
  f("span", &X::span);
}
ORDO_MEMBERS(Body) { f("literals", &X::literals); }
ORDO_MEMBERS(Variable) { f("name", &X::name), f("type", &X::type); }
ORDO_MEMBERS(Rule) {
  f("name", &X::name), f("head", &X::head), f("head_arguments", &X::head_arguments), f("variables", &X::variables);
  f("body", &X::body), f("span", &X::span);
}
ORDO_MEMBERS(Place) { f("column", &X::column), f("field", &X::field); }
ORDO_MEMBERS(Slot) { f("name", &X::name), f("column", &X::column); }
ORDO_MEMBERS(Repair) { f("kind", &X::kind), f("object", &X::object), f("value", &X::value), f("member", &X::member); }
ORDO_MEMBERS(Check) {
  f("code", &X::code), f("severity", &X::severity), f("title_en", &X::title_en), f("title_vi", &X::title_vi);
  f("text_en", &X::text_en), f("text_vi", &X::text_vi), f("fix_en", &X::fix_en), f("fix_vi", &X::fix_vi);
  f("relation", &X::relation), f("at", &X::at), f("see", &X::see), f("slots", &X::slots);
  f("constant_types", &X::constant_types), f("constants", &X::constants, &X::constant_types);
  f("follows", &X::follows), f("repairs", &X::repairs), f("span", &X::span);
}
ORDO_MEMBERS(Waiver) {
  f("code", &X::code), f("subject", &X::subject), f("reason", &X::reason), f("object", &X::object);
  f("until", &X::until, Type::kDate);
}
ORDO_MEMBERS(TableColumn) {
  f("field", &X::field), f("custom", &X::custom), f("heading", &X::heading), f("party", &X::party), f("horizons", &X::horizons);
}
ORDO_MEMBERS(TableDeclaration) {
  f("form", &X::form), f("object", &X::object), f("caption", &X::caption), f("rows", &X::rows), f("only", &X::only);
  f("grouped", &X::grouped), f("running", &X::running), f("sub_rows_numbered", &X::sub_rows_numbered);
  f("landscape", &X::landscape), f("totals", &X::totals), f("columns", &X::columns), f("letters", &X::letters);
  f("formats", &X::formats);
}
#undef ORDO_MEMBERS

template <class T>
concept Described = requires { typename Members<T>::X; };

// The words for the values of an enum, by value.
std::span<const std::string_view> NamesOf(Type);
std::span<const std::string_view> NamesOf(Op);
std::span<const std::string_view> NamesOf(Literal::Kind);
std::span<const std::string_view> NamesOf(Severity);
std::span<const std::string_view> NamesOf(TableDeclaration::Form);
std::span<const std::string_view> NamesOf(Repair::Kind);
std::span<const std::string_view> NamesOf(Point::Kind);
std::span<const std::string_view> NamesOf(Point::Edge);
std::span<const std::string_view> NamesOf(TimeUnit);
std::span<const std::string_view> NamesOf(Time::Form);
std::span<const std::string_view> NamesOf(Step::Kind);
std::span<const std::string_view> NamesOf(ConditionNode::Kind);
std::span<const std::string_view> NamesOf(Statement::Kind);
std::span<const std::string_view> NamesOf(Rhythm::Bound);
std::span<const std::string_view> NamesOf(Stance);
std::span<const std::string_view> NamesOf(DayKind);
std::span<const std::string_view> NamesOf(DayScope);
std::span<const std::string_view> NamesOf(DayStatus);
std::span<const std::string_view> NamesOf(RestDayPolicy);

template <class T>
concept Named = std::is_enum_v<T> && requires(T value) { NamesOf(value); };

// The lists of a program, in the order of the text: what types a cell comes before it. `f(word, pointer to vector)`.
template <class F>
void VisitLists(F&& f) {
  f("word", &Program::words), f("kind", &Program::kinds), f("relation", &Program::relations), f("entity", &Program::entities);
  f("field", &Program::fields), f("entry", &Program::entries), f("lag", &Program::lags), f("step", &Program::steps), f("time", &Program::times);
  f("series", &Program::series), f("reference_series", &Program::reference_series), f("condition_node", &Program::condition_nodes), f("condition", &Program::conditions);
  f("statement", &Program::statements), f("function", &Program::functions);
  f("expr", &Program::exprs), f("argument", &Program::arguments), f("body", &Program::bodies), f("rule", &Program::rules);
  f("check", &Program::checks), f("waiver", &Program::waivers), f("table", &Program::tables);
  f("day", &Program::special_days);
}

inline constexpr std::string_view kDumpHeading = "ordo-ir 1";

}  // namespace ordo::ir

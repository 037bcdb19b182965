// The IR: a plan as a relational program. A schema of relations, facts in columns of 64-bit cells, rules as relational bodies,
// checks (rules with a message), tables as descriptions. It knows nothing of text, skins or ANTLR: words of the language are
// ids with one spelling a skin. Every object, field and row keeps its source span. Flat vectors and ids only; what Verify
// accepts, the engine can run without checking anything again.
//
// Shapes.  A keyed relation has one row for each object of one kind: column 0 is the object and its row number is
// Entity::row, so reading a property is one array access. Other columns of a keyed relation may hold kAbsent. Any other
// relation is a set of rows without kAbsent; duplicates are allowed in stored ones and harmless.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/decimal.h"
#include "runtime/base/span.h"
#include "runtime/base/strings.h"
#include "runtime/diag/finding.h"
#include "runtime/time/time_value.h"

namespace ordo::ir {

using Cell = int64_t;
inline constexpr Cell kAbsent = INT64_MIN;

// How to read a cell.
enum class Type : uint8_t {
  kEntity,       // EntityId
  kText,         // Symbol
  kWord,         // WordId: a value out of a closed list, such as the class of a time
  kBool,         // 0 or 1
  kDate,         // Date::days()
  kNumber,       // Decimal::cell()
  kPercent,      // Decimal::cell() of the fraction: 40% is 0.4
  kDays,         // Decimal::cell(), a number of days
  kWorkingDays,  // Decimal::cell(), a number of working days
  kMonths,       // Decimal::cell(), a number of months
  kMoney,        // Decimal::cell(), in dong
};
inline constexpr bool IsDecimal(Type type) { return type >= Type::kNumber; }
std::string_view NameOf(Type type);

using RelationId = uint32_t;
using ExprId = uint32_t;
using BodyId = uint32_t;
using VarId = uint32_t;
using WordId = uint16_t;
using KindId = uint16_t;
inline constexpr uint32_t kNone = UINT32_MAX;
inline constexpr WordId kNoWord = UINT16_MAX;
inline constexpr KindId kNoKind = UINT16_MAX;

// A word of the language: its id in the code and its canonical spelling in each skin.
struct Word {
  std::string id;  // "lead", "issue_date", "recurring"
  std::string en;
  std::string vi;
  friend bool operator==(const Word&, const Word&) = default;
};

struct Kind {
  WordId word = kNoWord;           // "task"
  RelationId relation = kNone;     // its keyed relation
  friend bool operator==(const Kind&, const Kind&) = default;
};

struct Entity {
  KindId kind = kNoKind;
  uint32_t row = 0;                // row in the kind's keyed relation
  Symbol name = Symbol::kEmpty;    // as declared; empty for times, entries, citations
  Symbol title = Symbol::kEmpty;   // official wording
  EntityId parent = EntityId::kNone;
  Span span;                       // the heading for declarations, the value for times and entries
  uint32_t first_field = 0;        // into Program::fields
  uint32_t field_count = 0;
  friend bool operator==(const Entity&, const Entity&) = default;
};

// A field as it was stated on one object (a shared field appears under each child that takes it, with the span of the shared
// line). Its entries are the values in the order written.
struct Field {
  WordId word = kNoWord;
  bool none = false;               // stated as none: `support: none`
  bool shared = false;             // taken from a `shared` block of an ancestor
  Symbol written = Symbol::kEmpty; // whole printed cell, if given
  Span span;
  uint32_t first_entry = 0;        // into Program::entries
  uint32_t entry_count = 0;
  friend bool operator==(const Field&, const Field&) = default;
};

// One value of a field. For a role: a party, how it takes part and its printed wording. `object` is the entity of kind `entry`
// that stands for it in rules, kNone where no rule can ask for it.
struct Entry {
  Type type = Type::kText;
  Cell value = kAbsent;            // entity (party, time, target), text, number, word
  WordId mode = kNoWord;           // each, concerned, requested, required, encouraged
  WordId member = kNoWord;         // `head` in `vhxh.head`: value is the unit, the post is in `resolved`
  WordId product = kNoWord;        // kind of document of a product: report, plan, decision
  EntityId resolved = EntityId::kNone;
  Symbol part = Symbol::kEmpty;    // `for "..."`
  Symbol wording = Symbol::kEmpty; // text right after the value: its whole printed wording
  EntityId object = EntityId::kNone;
  uint32_t lag = kNone;            // of a link to another task: into Program::lags
  Span span;
  friend bool operator==(const Entry&, const Entry&) = default;
};

// How far a task stays behind what it is linked to: `after: survey plus 5 working days at most 10 days`. A lead is a negative count.
struct Lag {
  Length least;                    // unit kNone: none
  Length most;                     // unit kNone: no bound
  friend bool operator==(const Lag&, const Lag&) = default;
};

// One clause of a conflict of the schedule, in the order of the chain, with the day that is reached by it. `object` is the entity of
// kind `step` that stands for it; its span is the clause in the text.
struct Step {
  enum class Kind : uint8_t {
    kIssued,     // work begins no earlier than the plan is issued
    kNotBefore,  // object begins no earlier than `day` (starts:, a window)
    kLasts,      // owner needs at least `length`
    kNotLonger,  // owner takes at most `length`
    kFollows,    // owner waits for `other`, `length` behind
    kNotBehind,  // owner comes at most `length` after `other`
    kWithin,     // owner ends within `length` after `other`
    kExpected,   // owner (a document, an event, a time) is expected as late as `day`
    kDue,        // owner is due on `day`
    kPart,       // owner (a milestone) is a step of `other`
  };
  Kind kind = Kind::kDue;
  EntityId owner = EntityId::kNone;
  EntityId other = EntityId::kNone;
  Length length;
  Cell day = kAbsent;              // reached by this step; of the last one: what is asked
  friend bool operator==(const Step&, const Step&) = default;
};

struct Column {
  Symbol name = Symbol::kEmpty;
  Type type = Type::kEntity;
  friend bool operator==(const Column&, const Column&) = default;
};

struct Relation {
  Symbol name = Symbol::kEmpty;    // "task", "task.lead", "waits_on", "check OWN07"
  bool keyed = false;
  bool derived = false;            // filled by rules, empty here
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> data;  // data[column][row]
  std::vector<Span> spans;              // one a row; empty for derived relations
  uint32_t rows() const { return data.empty() ? 0 : static_cast<uint32_t>(data[0].size()); }
  friend bool operator==(const Relation&, const Relation&) = default;
};

// Operands are exprs unless told otherwise. Absent is never false: it is not true either, so a filter drops it, kNot of it is
// absent, and kAnd and kOr follow Kleene. Arithmetic on absent is absent, and so is what does not fit or does not end.
enum class Op : uint8_t {
  kVar,        // a: variable; never absent
  kConst,      // constant; never absent
  kColumn,     // a: expr (entity), b: keyed relation, c: column; absent if the entity is of another kind
  kHas,        // b: relation, arguments: one expr a column; true if the row is there; false if an argument is absent
  kStated,     // a: expr; true if not absent
  kNot,        // a
  kAnd, kOr,   // a, b
  kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual,   // a, b; absent on either side: false (the model allows none)
  kAdd, kSubtract, kMultiply, kDivide, kNegate,                    // date - date: days; date + days: date
  kExists,     // a: body; true if it has a binding
  kCount,      // a: body, arguments: the exprs whose distinct values are counted; a tuple with an absent member is none
  kSum,        // a: body, b: value expr, arguments: as kCount; one summand for each distinct argument tuple: its value, the
               // smallest if there are several; absent values add nothing
  kMin, kMax,  // a: body, b: value expr; absent when there is no value
  kNthGreatest, kNthLeast,   // a: body, b: value expr, c: n, from 1; arguments: as kSum. The n-th in the order of values, equal ones
               // counted each; the last there is where there are fewer; absent when there is none
  kCall,       // a: function (Program::functions), arguments; absent if an argument is
};

// A row of the series of a target or a budget: what is asked by when. Its entity is of kind `row`, its row there is its place in
// Program::series, its parent is the target. The rows of one target stand side by side, in the order of the text.
struct SeriesRow {
  EntityId object = EntityId::kNone;
  WordId verb = kNoWord;           // reach, strive, complete, keep, increase, decrease, allot
  WordId comparator = kNoWord;     // sign_least, ... as written; kNoWord: told in words
  bool by = false;                 // by 2030, its last day included; else in 2030
  bool in_all = false;             // told to be the total up to the horizon
  Cell horizon = kAbsent;          // its last day
  Type type = Type::kNumber;       // of least and most: kNumber, kPercent, kMoney, a length
  Cell least = kAbsent, most = kAbsent;   // what is owed, open where kAbsent; a bare value is a least, a most where lower is better
  WordId unit = kNoWord;           // as written: percent, million_vnd
  WordId per = kNoWord;            // a unit of time or of place: each year, each commune
  EntityId per_object = EntityId::kNone;
  Cell against = kAbsent;          // last day of what an increase or decrease is reckoned from
  Symbol text = Symbol::kEmpty;    // complete "..."
  Symbol out_of = Symbol::kEmpty, scope = Symbol::kEmpty;   // of this row only
  EntityId population = EntityId::kNone;                    // the unit or group in `out_of`
  Symbol written = Symbol::kEmpty; // the official bullet
  bool is_change = false;          // increase, decrease: least and most are the change, not the level
  friend bool operator==(const SeriesRow&, const SeriesRow&) = default;
};

// `factor` times the value of a target or an indicator.
struct LinearTerm {
  EntityId series = EntityId::kNone;
  Cell factor = kAbsent;
  int32_t year = 0;                // 0: the year for which the condition is asked
  friend bool operator==(const LinearTerm&, const LinearTerm&) = default;
};

// A node of a condition: a sum of terms against a bound, or nodes joined. Children stand before their parent.
struct ConditionNode {
  enum class Kind : uint8_t { kCompare, kAnd, kOr, kNot };
  Kind kind = Kind::kCompare;
  Op sign = Op::kEqual;            // kCompare: kEqual to kGreaterEqual
  Type type = Type::kNumber;
  Cell bound = kAbsent;
  std::vector<LinearTerm> terms;
  std::vector<uint32_t> children;  // into Program::condition_nodes
  friend bool operator==(const ConditionNode&, const ConditionNode&) = default;
};

// `must hold` of a condition, asked for each of its years, or `done when` of a task.
struct Condition {
  EntityId object = EntityId::kNone;
  uint32_t root = kNone;           // into Program::condition_nodes
  std::vector<int32_t> years;      // empty: for every year in which a series that it names has a value
  Symbol text = Symbol::kEmpty;    // as it stands in the source
  Span span;
  friend bool operator==(const Condition&, const Condition&) = default;
};

// One thing that must hold about the values of the targets, as a conflict tells it. `object` of kind `statement` stands for it; its
// span is the clause in the text.
struct Statement {
  enum class Kind : uint8_t {
    kRow,        // what a row of a series asks
    kCondition,  // a condition, for one year
    kWhole,      // a share is no more than the whole
    kCount,      // a count or a share is not below nothing
    kPart,       // what is included in another is no more than that
    kBaseline,   // the value at which a series starts
  };
  Kind kind = Kind::kRow;
  EntityId owner = EntityId::kNone;   // row, condition or target
  EntityId other = EntityId::kNone;   // kPart: what it is included in
  int32_t year = 0;
  friend bool operator==(const Statement&, const Statement&) = default;
};

struct Expr {
  Op op = Op::kConst;
  Type type = Type::kBool;
  uint32_t a = kNone, b = kNone, c = kNone;
  uint32_t first_argument = 0, argument_count = 0;  // into Program::arguments
  Cell constant = 0;
  friend bool operator==(const Expr&, const Expr&) = default;
};

// A row pattern: column -> variable or constant. A variable met first is bound, met again is compared. Columns left out are
// not looked at; an absent cell matches nothing.
struct Match {
  uint32_t column = 0;
  VarId var = kNone;    // kNone: constant
  Cell constant = 0;
  friend bool operator==(const Match&, const Match&) = default;
};

struct Literal {
  enum class Kind : uint8_t { kScan, kLet, kFilter };
  Kind kind = Kind::kFilter;
  RelationId relation = kNone;   // kScan
  std::vector<Match> matches;    // kScan
  VarId var = kNone;             // kLet: bound to expr; no binding if expr is absent
  ExprId expr = kNone;           // kLet, kFilter
  Span span;                     // the condition or generator as its author wrote it; unknown for what no author wrote
  friend bool operator==(const Literal&, const Literal&) = default;
};

// A conjunction. The order is the author's; the engine chooses its own. Variables are bound by scans and lets, and by filters
// that are a conjunction of, or alone, kHas (its variables), kEqual with a variable on one side, or kEqual with kColumn of a
// variable on one side. A variable belongs to the outermost body that binds it and to no second one; inside it, it is bound
// from outside. An inner body stands in one place of one rule: exprs that hold a body are not shared, all others may be.
struct Body {
  std::vector<Literal> literals;
  friend bool operator==(const Body&, const Body&) = default;
};

struct Variable {
  Symbol name = Symbol::kEmpty;
  Type type = Type::kEntity;
  friend bool operator==(const Variable&, const Variable&) = default;
};

// head(arguments) holds for each binding of body that gives every argument a value. All variables of a rule, those of inner
// bodies included, share one frame.
struct Rule {
  Symbol name = Symbol::kEmpty;
  RelationId head = kNone;
  std::vector<ExprId> head_arguments;
  std::vector<Variable> variables;
  BodyId body = kNone;
  Span span;
  friend bool operator==(const Rule&, const Rule&) = default;
};

// A place that a check points to: an object in a column of the check's relation, and a field of it (kNoWord: its heading).
struct Place {
  uint32_t column = 0;
  WordId field = kNoWord;
  friend bool operator==(const Place&, const Place&) = default;
};

struct Slot {
  Symbol name = Symbol::kEmpty;  // {name} in the texts
  uint32_t column = 0;
  friend bool operator==(const Slot&, const Slot&) = default;
};

// How a rule mends what it finds: `object` of a row is a written value (kind `entry`) or, with a field, that field of it. `value` is
// what comes in: an object by its name, its field `member` with a dot, or a text in quotes.
struct Repair {
  enum class Kind : uint8_t { kRemove, kReplace, kAdd };
  Kind kind = Kind::kRemove;
  Place object;
  uint32_t value = kNone;        // column; kRemove: none
  WordId member = kNoWord;
  friend bool operator==(const Repair&, const Repair&) = default;
};

// A rule with a message. All rows of its relation with the same `at` become one finding; slots become lists of distinct
// values in row order.
struct Check {
  Symbol code = Symbol::kEmpty;
  Severity severity = Severity::kWarning;
  Symbol title_en = Symbol::kEmpty, title_vi = Symbol::kEmpty;
  Symbol text_en = Symbol::kEmpty, text_vi = Symbol::kEmpty;
  Symbol fix_en = Symbol::kEmpty, fix_vi = Symbol::kEmpty;
  RelationId relation = kNone;
  Place at;
  std::vector<Place> see;
  std::vector<Slot> slots;       // column types say how a value prints
  std::vector<std::pair<Symbol, Cell>> constants;   // {limit}: parameters, with their types below
  std::vector<Type> constant_types;
  std::vector<Symbol> follows;   // codes of checks that it may follow from, the likelier cause first
  std::vector<Repair> repairs;   // none or one
  Span span;
  friend bool operator==(const Check&, const Check&) = default;
};

struct Waiver {
  Symbol code = Symbol::kEmpty;
  EntityId subject = EntityId::kNone;
  Symbol reason = Symbol::kEmpty;
  EntityId object = EntityId::kNone;     // the waiver itself, for its name and place
  Cell until = kAbsent;                  // date
  friend bool operator==(const Waiver&, const Waiver&) = default;
};

struct TableColumn {
  WordId field = kNoWord;                // number, title, lead, ... ; kNoWord: a column of letters for `party`
  Symbol custom = Symbol::kEmpty;        // name of a custom field instead
  Symbol heading = Symbol::kEmpty;
  EntityId party = EntityId::kNone;      // matrix
  bool horizons = false;                 // one column a horizon of the targets; {} in the heading is the year
  friend bool operator==(const TableColumn&, const TableColumn&) = default;
};

struct TableDeclaration {
  enum class Form : uint8_t { kAppendix, kTable, kMatrix, kDuties };
  Form form = Form::kTable;
  EntityId object = EntityId::kNone;     // name, title, place
  Symbol caption = Symbol::kEmpty;       // the line under the title
  KindId rows = kNoKind;
  RelationId only = kNone;               // derived relation of one column: the rows that are shown
  bool grouped = false;                  // by section
  bool running = false;                  // numbers run on through the groups
  bool sub_rows_numbered = false;
  bool landscape = false;
  bool totals = false;                   // matrix: a row of totals
  std::vector<TableColumn> columns;
  std::vector<std::pair<WordId, Symbol>> letters;  // role -> letter
  std::vector<WordId> formats;           // text, markdown, csv, html, json
  friend bool operator==(const TableDeclaration&, const TableDeclaration&) = default;
};

struct Period {
  EntityId object = EntityId::kNone;     // a named period
  Cell first_day = kAbsent, last_day = kAbsent;
  friend bool operator==(const Period&, const Period&) = default;
};

// The plan's own days: what its times are read against, together with its calendar.
struct Frame {
  Cell issue_date = kAbsent, first_day = kAbsent, last_day = kAbsent;
  RestDayPolicy rest_days = RestDayPolicy::kKeep;
  bool before_includes_day = false;
  bool no_calendar = false;              // the plan wants none: limits end as counted, working days are not counted
  int32_t first_year = 0, last_year = 0; // for which the calendar holds its days; 0: nobody has said
  std::vector<Period> periods;           // ascending by object
  friend bool operator==(const Frame&, const Frame&) = default;
};

// Words of the vocabulary that answers about days off are given in. They follow from `words`, so they tell no programs apart.
struct CalendarWords {
  WordId announced = kNoWord, computed = kNoWord;
  friend bool operator==(const CalendarWords&, const CalendarWords&) { return true; }
};

struct Program {
  StringPool* strings = nullptr;         // shared with the model that it came from; outlives the program
  std::vector<Word> words;
  std::vector<Kind> kinds;
  std::vector<Entity> entities;
  std::vector<Field> fields;
  std::vector<Entry> entries;
  std::vector<Lag> lags;
  std::vector<Step> steps;               // row of a `step` entity -> what it says
  std::vector<Time> times;               // row of a `time` entity -> its value
  std::vector<SeriesRow> series;         // row of a `row` entity -> its value
  std::vector<SeriesRow> reference_series;   // row of a `reference_row` entity -> its value
  std::vector<ConditionNode> condition_nodes;
  std::vector<Condition> conditions;
  std::vector<Statement> statements;     // row of a `statement` entity -> what it says
  std::vector<Relation> relations;
  std::vector<Expr> exprs;
  std::vector<ExprId> arguments;
  std::vector<Body> bodies;
  std::vector<std::string> functions;    // names of native functions, see stdlib/natives
  std::vector<Rule> rules;
  std::vector<Check> checks;
  std::vector<Waiver> waivers;
  std::vector<TableDeclaration> tables;
  std::vector<SpecialDay> special_days;  // of the calendar, ascending; use SetCalendar
  EntityId plan = EntityId::kNone;
  Frame frame;
  OfficeCalendar calendar;               // of special_days
  CalendarWords calendar_words;          // found once with the calendar

  void SetCalendar(OfficeCalendar office);
  // Whether working days can be counted up to this day.
  bool CalendarKnows(Date day) const;
  // What the times of this program are resolved against; lives no longer than the program.
  TimeContext Context() const;
  std::string_view text(Symbol symbol) const { return (*strings)[symbol]; }
  const Entity& entity(EntityId id) const { return entities[static_cast<uint32_t>(id)]; }
  const Word& word(WordId id) const { return words[id]; }
  // The rows of a target, in the order of the text. Binary search.
  std::span<const SeriesRow> SeriesOf(EntityId target) const;
  // The field of an object, or nullptr. Objects have few fields: a short scan.
  const Field* FindField(EntityId id, WordId word) const;
  // The written value that an object of kind `entry` is, and its field; null for any other object. `Entry::object` names one
  // object only: a value of a shared block is written once and is another object for each that it holds for.
  struct WrittenValue {
    const Field* field = nullptr;
    const Entry* entry = nullptr;
  };
  WrittenValue FindEntry(EntityId object) const;
  RelationId FindRelation(std::string_view name) const;   // kNone if there is none; linear, for tools and tests
  WordId FindWord(std::string_view id) const;             // likewise
  friend bool operator==(const Program&, const Program&) = default;
};

// The whole program as text, one line a thing, and back. ParseDump(Dump(p)) equals p when it interns into the same pool (ids of
// texts are not written, the texts are); Dump(ParseDump(t)) equals t for any t that Dump wrote. Spans print as file:begin-end
// with file numbers of the run. Members with their default value are left out.
std::string Dump(const Program& program);
// nullopt and a reason with its line in *error when the text is not a dump. `strings` receives the texts.
std::optional<Program> ParseDump(std::string_view text, StringPool* strings, std::string* error);

// Every id in range, every cell of its column's type, keyed relations one row an object, heads and bodies of matching types,
// variables bound before use in some order, no recursion through kNot/kExists-under-not/aggregates (stratified: a relation of
// the same stratum may only be scanned or stand in a filter under kAnd, kOr, kExists). Empty when sound; otherwise one sentence
// a fault, for us, not for users. Whether functions exist with these types is for the engine to say: natives live above it.
std::vector<std::string> Verify(const Program& program);

}  // namespace ordo::ir

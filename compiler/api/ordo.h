// Ordo as a library: load a plan, check it, ask it, render it, explain what was found.
//
//   #include <ordo/ordo.h>
//   ordo::api::Engine engine;                              // the rules and calendars are inside
//   auto plan = engine.Load("ke_hoach.ordo");
//   if (!plan.ok()) return Complain(plan.status());
//   for (const ordo::api::Finding& finding : plan->findings()) ...
//   auto count = plan->Query("đếm(nhiệm vụ t mà t.là dòng cuối)");
//   auto annex = plan->Render(ordo::api::Output::kTable, "nhiệm_vụ_2026", ordo::api::Format::kHtml);
//
// All texts are UTF-8. Lines and columns count from 1, a column is what the eye counts. Nothing here reads a clock, the environment or
// a locale; files are read only when a plan is loaded, and not at all with Options::read. Nothing throws but std::bad_alloc and what
// Options::read throws.
//
// Threads: there is no state outside these objects. An Engine may be used by several threads at once. A Plan is used by one thread at
// a time; plans in different threads share nothing that changes, whichever engine they came from. A Plan outlives its Engine.
//
// This header and what it declares keep their meaning within an edition (kEdition); members may be added to structs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#define ORDO_API __attribute__((visibility("default")))

namespace ordo::api {

inline constexpr int kEdition = 1;

enum class Language : uint8_t { kVietnamese, kEnglish };
enum class Severity : uint8_t { kInformation, kWarning, kError };

struct Place {
  std::string file;                  // as it was named; «query» for the text of a question; empty: nowhere
  int line = 0, column = 0;          // 0: the file as a whole
  int end_line = 0, end_column = 0;  // past the last character
};

struct Related {
  std::string message;
  Place at;
};

// What a rule, or the reading of the text, has found. Texts are in the language of the plan or of Options::language.
struct Finding {
  std::string code;                  // OWN07, SYN03
  Severity severity = Severity::kError;
  std::string title;                 // what the code is about
  std::string message;               // one sentence
  std::string subject;               // name of the declaration that it is about; may be empty
  Place at;
  std::vector<Related> related;      // the other sides
  std::string help;                  // what to do; may be empty
  std::optional<std::string> waiver;     // name of the waiver that covers it
  std::optional<std::string> caused_by;  // code of the finding that it follows from
};

struct Summary {
  size_t errors = 0, warnings = 0, information = 0;   // without the waived ones
  size_t waived = 0, rules_run = 0;
};

enum class Error : uint8_t {
  kNone,
  kNotFound,   // no such file, table, unit, target, code or finding
  kArgument,   // an argument that means nothing, such as a day «31/4»
  kPlan,       // the text of the plan has errors: findings say where
  kQuery,      // the question has errors: findings say where
  kLimit,      // a limit was reached, as the message says
  kFile,       // a Word, Excel or PDF file could not be made
};

// How a call went. `message` is for people, in the language of the plan.
struct Status {
  Error error = Error::kNone;
  std::string message;
  std::vector<Finding> findings;     // kPlan, kQuery
  bool ok() const { return error == Error::kNone; }
};

// A value, or why there is none. Asking for the value of a failed result ends the program.
template <class T>
class Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Status status) : status_(std::move(status)) {}
  bool ok() const { return value_.has_value(); }
  const Status& status() const { return status_; }
  T& operator*() { return Checked(*this); }
  const T& operator*() const { return Checked(*this); }
  T* operator->() { return &Checked(*this); }
  const T* operator->() const { return &Checked(*this); }

 private:
  template <class Self>
  static auto& Checked(Self& self) {
    if (!self.value_) std::abort();
    return *self.value_;
  }
  Status status_;
  std::optional<T> value_;
};

// The text of a file by its path, steps such as «a/../» taken out; nullopt: there is none.
using Reader = std::function<std::optional<std::string>(const std::string& path)>;

struct Limits {
  uint64_t file_bytes = uint64_t{64} << 20;   // of one file
  uint32_t nesting = 200;                     // blocks in blocks, brackets in brackets
  uint64_t imports = 1000;                    // files of one plan
  uint64_t derived_rows = 50'000'000;         // what rules may derive
  uint64_t steps = 20'000'000'000;            // rows that rules may look at
};

struct Options {
  std::optional<Language> language;   // of findings; else that of the plan's first line
  std::string profile;                // "" : the plan's own, if it is clear which
  std::vector<std::string> only;      // codes of rules; empty: all
  std::string as_of;                  // «2026-04-15»: the day for which the journal and waivers count; "" : none
  std::string journal;                // path, instead of the journal that the plan names
  std::string root;                   // folder that imports may not leave; "" : that of the plan, or of a file `ordo.root` above it
  std::string rules;                  // a kept rule set (`ordo rules --write`); "" : what the plan says, else the library's own
  Reader read;                        // instead of the disk: then no file is opened
  Limits limits;
};

// What a question is answered with: rows of typed cells.
enum class Type : uint8_t { kObject, kText, kWord, kTruth, kDate, kNumber, kShare, kDays, kWorkingDays, kMonths, kMoney };

struct Value {
  Type type = Type::kText;
  std::string text;    // for people: «31/12/2026», «40%», «Phòng Kinh tế»
  std::string exact;   // for programs: 2026-12-31; 0.4; true; a number with all its digits; the id of a word; the name of an object
  std::string kind;    // of an object: task, unit, ...
  Place at;            // of an object
};
// No value where it is absent, any number of them where the column is a list.
using Cell = std::vector<Value>;

struct Answer {
  struct Column {
    std::string title;   // as it was asked
    Type type = Type::kText;
    bool list = false;
  };
  bool single = false;   // one value was asked for: one row of one column, or no row where it is absent
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

enum class Format : uint8_t { kText, kMarkdown, kCsv, kHtml, kJson, kSvg, kSarif, kDocx, kXlsx, kPdf };

enum class Output : uint8_t {
  kFindings,       // text, json (ordo/findings/1), sarif
  kTable,          // name: a declared table, «sheet:unit», a unit (its duty sheet), a target or indicator (its sheet)
  kMatrix,         // who does what: tasks by units
  kMatrixByPost,
  kSchedule,       // earliest and latest days, slack, critical chain
  kTimeline,       // text, svg, html, json; name: only what this unit takes part in
  kTrajectories,   // targets over time; text, svg, html, json; name: one target or indicator
  kAlignment,      // beside the reference plans
  kStatus,         // progress at Options::as_of; name: only what this unit leads
  kTargetPivot,    // all targets: a row a target, a column a horizon
};                 // tables: text, markdown, csv, html, json; docx, xlsx and pdf are bytes, pdf needs LibreOffice on the PATH

// A plan that has been read and, unless its text has errors, checked. Moved, never copied.
class ORDO_API Plan {
 public:
  Plan(Plan&&) noexcept;
  Plan& operator=(Plan&&) noexcept;
  ~Plan();

  // False when the text has errors: then no rule has run, and only findings() and Render(kFindings) give something.
  bool readable() const;
  Language language() const;
  const std::vector<Finding>& findings() const;   // in the order of the text
  Summary summary() const;
  std::string rules_version() const;              // of the rule set that it was checked with

  // One expression of the rule language, or lines of `for each`, `let`, `where` and then `show:`; `;` or a line end between lines. In
  // the words of either skin. Bounded by five million rows; see the reference, «Queries».
  Result<Answer> Query(std::string_view question) const;
  // Likewise as text, markdown, csv, html or json (ordo/query/1).
  Result<std::string> Query(std::string_view question, Format format) const;
  // `width`: columns of what is drawn as text.
  Result<std::string> Render(Output output, std::string_view name = {}, Format format = Format::kText, size_t width = 100) const;
  // From which lines of the plan findings of this code follow; `subject`: of the one about this declaration only.
  Result<std::string> Why(std::string_view code, std::string_view subject = {}) const;
  // Names of the declared tables.
  std::vector<std::string> Tables() const;

 private:
  friend class Engine;
  struct State;
  explicit Plan(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// What plans are loaded with: options only. Cheap to make and to copy.
class ORDO_API Engine {
 public:
  explicit Engine(Options options = {});

  // Reads a plan with all that it imports, and checks it. Fails when the plan cannot be opened, an option means nothing, or a limit is
  // reached; a plan whose text has errors is loaded, see Plan::readable.
  Result<Plan> Load(const std::string& path) const;
  // The plan `main` out of texts by their paths; imports are looked for among them.
  Result<Plan> LoadTexts(std::map<std::string, std::string> texts, const std::string& main) const;
  // The page of a code: what the rule looks for, why, and what to do.
  Result<std::string> Explain(std::string_view code, Language language = Language::kVietnamese) const;

  static std::string version();         // of the library: "0.1.0"
  static std::string rules_version();   // of the rule set inside it

 private:
  Options options_;
};

}  // namespace ordo::api

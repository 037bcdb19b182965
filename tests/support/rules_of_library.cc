#include "support/rules_of_library.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "compiler/driver/library_calendar.h"
#include "compiler/driver/load.h"
#include "compiler/lower/lower.h"
#include "compiler/model/model.h"
#include "fmt/format.h"
#include "runtime/ir/analysis.h"
#include "support/plan_generator.h"

namespace ordo::testing {

using ir::Cell;
using ir::kAbsent;
using ir::RelationId;

namespace {

constexpr const char* kHeads[] = {"waits_on",    "leads",       "dated",       "check OWN01", "check OWN05",
                                  "check OWN06", "check OWN07", "check SCH01", "check WRK01", "check WRK02", "check XB01"};
// Asks for waits_on, which no rule of the library does on its own.
constexpr const char* kOwnRule = R"(
quy tắc XB01 "Chờ nhiều việc" {
  mức độ: thông tin
  với mỗi nhiệm vụ a
  gọi n = đếm(nhiệm vụ b mà waits_on(a, b))
  trong đó n > 8
  vị trí: a
  vi: "nhiệm vụ {a} phải chờ {n} việc khác"
}
)";

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

std::string Quoted(std::string_view name) { return fmt::format("\"{}\"", name); }
// A name that an answer set program accepts.
std::string Plain(std::string_view name) {
  std::string plain(name);
  std::replace_if(plain.begin(), plain.end(), [](char c) { return c == '.' || c == ' '; }, '_');
  std::transform(plain.begin(), plain.end(), plain.begin(), [](unsigned char c) { return std::tolower(c); });
  return plain;
}

// Every tenth task begins a chain of ten, each waiting for the one before.
void LinkTasks(ir::Program& program) {
  const ir::Relation& task = program.relations[program.FindRelation("task")];
  ir::Relation& after = program.relations[program.FindRelation("task.after")];
  for (uint32_t row = 1; row < task.rows(); ++row) {
    if (row % 10 == 0) continue;
    after.data[0].push_back(task.data[0][row]);
    after.data[1].push_back(task.data[0][row - 1]);
    after.spans.push_back(task.spans[row]);
  }
}

}  // namespace

struct LibraryRules::Source {
  Emitter emitter{Language::kVietnamese};
  Loaded loaded;
  StringPool strings;
  std::unique_ptr<Model> model;
};

LibraryRules::LibraryRules(size_t tasks) : source_(std::make_unique<Source>()) {
  Loaded& loaded = source_->loaded;
  LoadLibrary(loaded, source_->emitter);
  const FileId file = loaded.sources.Add("plan.ordo", GeneratePlan(tasks, true) + kOwnRule);
  loaded.asts.push_back(Parse(loaded.sources.file(file), file, SyntaxLimits{}, source_->emitter));
  loaded.parts.push_back({&loaded.asts.back(), 0, false});
  BuildOptions options;
  options.days = &LibraryCalendar();
  source_->model = BuildModel(loaded.parts, &source_->strings, options, source_->emitter);
  if (source_->emitter.has_errors()) Fail("the generated plan has errors: " + source_->emitter.findings().front().message);
  Lower(*source_->model, {});
  LinkTasks(source_->model->program);
  // The part: rules of these relations and of what they read.
  some_ = source_->model->program;
  std::set<RelationId> wanted;
  for (const char* head : kHeads) wanted.insert(Relation(head));
  for (size_t before = 0; before != wanted.size();) {
    before = wanted.size();
    for (const ir::Rule& rule : some_.rules) {
      if (wanted.contains(rule.head)) ir::ForEachRead(some_, rule, [&](RelationId read, bool) { wanted.insert(read); });
    }
  }
  std::erase_if(some_.rules, [&](const ir::Rule& rule) { return !wanted.contains(rule.head); });
}

LibraryRules::~LibraryRules() = default;

const ir::Program& LibraryRules::whole() const { return source_->model->program; }

RelationId LibraryRules::Relation(const char* name) const {
  const RelationId id = whole().FindRelation(name);
  if (id == ir::kNone) Fail(fmt::format("the library has no relation «{}»", name));
  return id;
}

const std::vector<LibraryRules::Read>& LibraryRules::Reads() {
  static const std::vector<Read> reads = {
      {"task", {"object", "due", "is_leaf", "lead is_stated", "drafting is_stated", "accountable is_stated"}, {"due"}},
      {"unit", {"object", "head"}, {}},
      {"time", {"object", "class", "last_day", "event"}, {}},
      {"entry", {"object", "party", "is_each", "is_group", "part"}, {"party"}},
      {"milestone", {"object", "parent", "lead is_stated", "accountable is_stated", "due"}, {"parent"}},
      {"task.lead", {"task", "lead"}, {"lead"}},
      {"task.after", {"task", "after"}, {"after"}},
      {"task.accountable", {"task", "accountable"}, {}},
      {"task.lead.entries", {"task", "entry"}, {"entry"}},
      {"task.support.entries", {"task", "entry"}, {}},
      {"group.members", {"group", "members"}, {}},
  };
  return reads;
}

LibraryRules::Row LibraryRules::RowOf(const Read& read) const {
  const ir::Program& program = whole();
  const ir::Relation& relation = program.relations[Relation(read.relation)];
  std::vector<const std::vector<Cell>*> columns;
  for (const char* name : read.columns) {
    const auto at = std::find_if(relation.columns.begin(), relation.columns.end(),
                                 [&](const ir::Column& column) { return program.text(column.name) == name; });
    if (at == relation.columns.end() && name != std::string_view("parent")) Fail(fmt::format("no column «{}» of «{}»", name, read.relation));
    columns.push_back(at == relation.columns.end() ? nullptr : &relation.data[static_cast<size_t>(at - relation.columns.begin())]);
  }
  return [&program, &relation, columns](size_t row, int64_t* cells) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (columns[i] != nullptr) {
        cells[i] = (*columns[i])[row];
      } else {
        const EntityId parent = program.entities[static_cast<size_t>(relation.data[0][row])].parent;
        cells[i] = parent == EntityId::kNone ? kAbsent : static_cast<Cell>(parent);
      }
    }
  };
}

void LibraryRules::ForEachTable(const std::function<void(const std::string&, size_t, size_t, const Row&)>& visit) const {
  for (const Read& read : Reads()) visit(Quoted(read.relation), read.columns.size(), whole().relations[Relation(read.relation)].rows(), RowOf(read));
}

std::vector<std::string> LibraryRules::Tables() const {
  std::vector<std::string> all;
  for (const Read& read : Reads()) {
    const bool keyed = whole().relations[Relation(read.relation)].keyed;
    std::string columns;
    for (const char* column : read.columns) {
      columns += fmt::format("{}{} INTEGER{}", columns.empty() ? "" : ", ", Quoted(column), columns.empty() && keyed ? " PRIMARY KEY" : "");
    }
    if (!keyed) columns += fmt::format(", PRIMARY KEY({}, {})", Quoted(read.columns[0]), Quoted(read.columns[1]));
    all.push_back(fmt::format("CREATE TABLE {}({}){}", Quoted(read.relation), columns, keyed ? "" : " WITHOUT ROWID"));
    for (const char* column : read.indexes) {
      all.push_back(fmt::format("CREATE INDEX {} ON {}({})", Quoted(fmt::format("{} {}", read.relation, column)), Quoted(read.relation), Quoted(column)));
    }
  }
  return all;
}

std::vector<std::string> LibraryRules::Prepare() const {
  return {
      "CREATE TEMP TABLE leads(u INTEGER, t INTEGER, PRIMARY KEY(u, t)) WITHOUT ROWID",
      "INSERT OR IGNORE INTO leads SELECT e.party, l.task FROM \"task.lead.entries\" l JOIN entry e ON e.object = l.entry "
      "JOIN unit u ON u.object = e.party",
      "INSERT OR IGNORE INTO leads SELECT m.members, l.task FROM \"task.lead.entries\" l JOIN entry e ON e.object = l.entry "
      "JOIN \"group.members\" m ON m.\"group\" = e.party JOIN unit u ON u.object = m.members WHERE e.is_each = 1",
      fmt::format("CREATE TEMP TABLE dated AS SELECT t.object AS t, d.last_day AS day FROM task t JOIN time d ON d.object = t.due "
                  "WHERE t.is_leaf = 1 AND d.class = {} AND d.last_day IS NOT NULL",
                  whole().FindWord("fixed")),
      "CREATE UNIQUE INDEX temp.dated_t ON dated(t, day)",
      "CREATE TEMP TABLE step(a INTEGER, b INTEGER, PRIMARY KEY(a, b)) WITHOUT ROWID",
      "INSERT OR IGNORE INTO step SELECT task, after FROM \"task.after\" JOIN task t ON t.object = after",
      "INSERT OR IGNORE INTO step SELECT t.object, d.event FROM task t JOIN time d ON d.object = t.due JOIN task b ON b.object = d.event",
      "CREATE TEMP TABLE peak AS SELECT l.u AS u, d.day AS day, count(*) AS n FROM leads l JOIN dated d ON d.t = l.t GROUP BY l.u, d.day HAVING n > 2",
      "CREATE UNIQUE INDEX temp.peak_u ON peak(u, day, n)",
      "CREATE TEMP TABLE waits_on(a INTEGER, b INTEGER, PRIMARY KEY(a, b)) WITHOUT ROWID",
      "INSERT INTO waits_on WITH RECURSIVE w(a, b) AS (SELECT a, b FROM step UNION SELECT w.a, s.b FROM w JOIN step s ON s.a = w.b) SELECT a, b FROM w",
  };
}

std::vector<std::string> LibraryRules::Clean() const { return {"DROP TABLE leads", "DROP TABLE dated", "DROP TABLE step", "DROP TABLE peak", "DROP TABLE waits_on"}; }

std::vector<LibraryRules::Answer> LibraryRules::Answers() const {
  const auto no_milestone = [](const char* column) {
    return fmt::format("NOT EXISTS (SELECT 1 FROM milestone m WHERE m.parent = t.object AND m.{} IS NOT NULL)", Quoted(column));
  };
  const std::vector<std::pair<const char*, std::string>> queries = {
      {"waits_on", "SELECT a, b FROM waits_on"},
      {"leads", "SELECT u, t FROM leads"},
      {"dated", "SELECT t FROM dated"},
      {"check OWN01", "SELECT t.object FROM task t WHERE t.is_leaf = 1 AND t.\"lead is_stated\" IS NULL AND t.\"drafting is_stated\" IS NULL AND " +
                          no_milestone("lead is_stated")},
      {"check OWN05", "SELECT t.object FROM task t WHERE t.is_leaf = 1 AND t.\"accountable is_stated\" IS NULL AND " + no_milestone("accountable is_stated")},
      {"check OWN06",
       "SELECT a.task, l.lead, a.accountable FROM \"task.accountable\" a JOIN \"task.lead\" l ON l.task = a.task "
       "WHERE NOT EXISTS (SELECT 1 FROM \"task.lead\" x JOIN unit u ON u.object = x.lead WHERE x.task = a.task AND u.head = a.accountable) "
       "AND NOT EXISTS (SELECT 1 FROM \"task.lead\" x WHERE x.task = a.task AND x.lead = a.accountable) "
       "AND EXISTS (SELECT 1 FROM \"task.lead\" x JOIN unit u ON u.object = x.lead WHERE x.task = a.task AND u.head IS NOT NULL)"},
      {"check OWN07",
       "SELECT l.task, s.entry FROM \"task.lead.entries\" l JOIN entry e ON e.object = l.entry JOIN \"task.support.entries\" s ON s.task = l.task "
       "JOIN entry f ON f.object = s.entry WHERE e.part IS NULL AND f.party = e.party AND NOT (e.is_each = 1 AND f.is_group = 1)"},
      {"check SCH01", "SELECT t.object FROM task t WHERE t.is_leaf = 1 AND t.due IS NULL AND " + no_milestone("due")},
      {"check WRK01",
       "SELECT u, n, every_row FROM (SELECT l.u AS u, count(*) AS n FROM leads l JOIN task t ON t.object = l.t WHERE t.is_leaf = 1 GROUP BY l.u), "
       "(SELECT count(*) AS every_row FROM task WHERE is_leaf = 1) WHERE every_row >= 3 AND 10 * n > 4 * every_row"},
      {"check XB01", "SELECT a, count(*) AS n FROM waits_on GROUP BY a HAVING n > 8"},
      {"check WRK02", "SELECT l.u, l.t, p.n, p.day FROM leads l JOIN dated d ON d.t = l.t JOIN peak p ON p.u = l.u AND p.day = d.day"},
  };
  std::vector<Answer> answers;
  for (const auto& [name, sql] : queries) answers.push_back({Relation(name), sql, Plain(name)});
  return answers;
}

std::string LibraryRules::AspFacts() const {
  std::string text;
  for (const Read& read : Reads()) {
    const ir::Relation& relation = whole().relations[Relation(read.relation)];
    const Row row = RowOf(read);
    const std::string name = Plain(read.relation);
    std::vector<int64_t> cells(read.columns.size());
    for (uint32_t i = 0; i < relation.rows(); ++i) {
      row(i, cells.data());
      if (!relation.keyed) {
        text += fmt::format("{}({},{}).\n", name, cells[0], cells[1]);
        continue;
      }
      text += fmt::format("{}({}).\n", name, cells[0]);
      for (size_t c = 1; c < cells.size(); ++c) {
        if (cells[c] != kAbsent) text += fmt::format("{}_{}({},{}).\n", name, Plain(read.columns[c]), cells[0], cells[c]);
      }
    }
  }
  return text;
}

std::string LibraryRules::AspRules() const {
  return fmt::format(R"(
leads(U,T) :- task_lead_entries(T,E), entry_party(E,U), unit(U).
leads(U,T) :- task_lead_entries(T,E), entry_is_each(E,1), entry_party(E,G), group_members(G,U), unit(U).
due_day(T,D) :- task_is_leaf(T,1), task_due(T,X), time_class(X,{}), time_last_day(X,D).
dated(T) :- due_day(T,_).
step(A,B) :- task_after(A,B), task(B).
step(A,B) :- task_due(A,X), time_event(X,B), task(B).
waits_on(A,B) :- step(A,B).
waits_on(A,C) :- waits_on(A,B), step(B,C).
led_in_part(T) :- milestone_parent(M,T), milestone_lead_is_stated(M,_).
answered_in_part(T) :- milestone_parent(M,T), milestone_accountable_is_stated(M,_).
due_in_part(T) :- milestone_parent(M,T), milestone_due(M,_).
has_lead(T) :- task_lead_is_stated(T,_).
has_drafting(T) :- task_drafting_is_stated(T,_).
has_accountable(T) :- task_accountable_is_stated(T,_).
has_due(T) :- task_due(T,_).
check_own01(T) :- task_is_leaf(T,1), not has_lead(T), not has_drafting(T), not led_in_part(T).
check_own05(T) :- task_is_leaf(T,1), not has_accountable(T), not answered_in_part(T).
check_sch01(T) :- task_is_leaf(T,1), not has_due(T), not due_in_part(T).
head_of_lead(T,P) :- task_lead(T,U), unit_head(U,P).
some_head(T) :- head_of_lead(T,_).
check_own06(T,L,P) :- task_accountable(T,P), task_lead(T,L), not head_of_lead(T,P), not task_lead(T,P), some_head(T).
has_part(E) :- entry_part(E,_).
each_of_group(E,S) :- task_lead_entries(T,E), entry_is_each(E,1), task_support_entries(T,S), entry_is_group(S,1).
check_own07(T,S) :- task_lead_entries(T,E), entry_party(E,P), not has_part(E), task_support_entries(T,S), entry_party(S,P), not each_of_group(E,S).
every_row(N) :- N = #count {{ T : task_is_leaf(T,1) }}.
led(U,N) :- unit(U), N = #count {{ T : leads(U,T), task_is_leaf(T,1) }}.
check_wrk01(U,N,M) :- led(U,N), every_row(M), M >= 3, 10*N > 4*M.
day(U,D) :- leads(U,T), due_day(T,D).
peak(U,D,N) :- day(U,D), N = #count {{ T : leads(U,T), due_day(T,D) }}, N > 2.
check_xb01(T,N) :- task(T), N = #count {{ B : waits_on(T,B) }}, N > 8.
check_wrk02(U,T,N,D) :- leads(U,T), due_day(T,D), peak(U,D,N).
)",
                     whole().FindWord("fixed"));
}

}  // namespace ordo::testing

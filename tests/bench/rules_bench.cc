// The rules engine beside SQLite (in memory, with indexes, its own recursive queries) and clingo, on the same facts in the same run:
// transitive closure of a chain, a random graph and a grid; counts and sums by group over a join; rules of the library, recursion,
// absence and counts among them, on a plan of 100,000 tasks. Rounds alternate; figures are medians. All three must give the same
// rows. What it takes to bring the facts in is told apart and is in no ratio: for SQLite tables and indexes, for clingo a run on the
// facts alone, taken away from what it says of its own time. Fails when the engine is behind either.
// With an argument: only the contests whose names hold it.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "runtime/eval/engine.h"
#include "support/rule_builder.h"
#include "support/rules_of_library.h"
#include "support/run_clingo.h"
#include "support/sqlite.h"
#include "support/stopwatch.h"

namespace ordo::testing {
namespace {

constexpr int kRounds = 5;
constexpr int kClingoRounds = 3;

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

using Rows = std::vector<std::vector<int64_t>>;   // ascending

int64_t Whole(ir::Type type, ir::Cell cell) { return IsDecimal(type) ? Decimal::FromCell(cell).mantissa() : cell; }

// The cells of a relation, side by side: what somebody who asks for its rows gets.
std::vector<int64_t> RowsOf(const eval::Evaluation& evaluation, RelationId relation) {
  const std::vector<ir::Column>& columns = evaluation.program().relations[relation].columns;
  std::vector<int64_t> cells;
  cells.reserve(size_t{evaluation.rows(relation)} * columns.size());
  for (uint32_t row = 0; row < evaluation.rows(relation); ++row) {
    for (uint32_t c = 0; c < columns.size(); ++c) cells.push_back(Whole(columns[c].type, evaluation.cell(relation, row, c)));
  }
  return cells;
}

Rows Sorted(const std::vector<int64_t>& cells, size_t width) {
  Rows rows;
  for (size_t i = 0; i < cells.size(); i += width) rows.emplace_back(cells.begin() + static_cast<ptrdiff_t>(i), cells.begin() + static_cast<ptrdiff_t>(i + width));
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

// Atoms `name(1,2)` of an answer.
Rows AtomsOf(const std::string& answer, const std::string& name) {
  std::vector<int64_t> cells;
  size_t width = 1;
  for (size_t at = 0; (at = answer.find(name + "(", at)) != std::string::npos; ++at) {
    if (at > 0 && answer[at - 1] != ' ' && answer[at - 1] != '\n') continue;
    const size_t end = answer.find(')', at);
    std::istringstream list(answer.substr(at + name.size() + 1, end - at - name.size() - 1));
    width = 0;
    for (std::string cell; std::getline(list, cell, ','); ++width) cells.push_back(std::stoll(cell));
  }
  return Sorted(cells, width);
}

// One thing to be found, three ways.
struct Answer {
  RelationId relation;      // derived
  std::string sql;          // a query
  std::string atom;         // predicate
};
struct Contest {
  std::string name;
  const ir::Program* program = nullptr;
  std::vector<std::string> tables;        // SQL that makes tables, facts and indexes: loading
  std::function<void(Sqlite&)> load;
  std::vector<std::string> prepare;       // SQL that makes what several queries use; timed
  std::vector<std::string> clean;         // takes that away again; not timed
  std::vector<Answer> answers;
  std::string facts, rules;               // ASP
};

double ClingoSeconds(const std::string& out) {
  const size_t at = out.find("\nTime");
  return at == std::string::npos ? -1 : std::strtod(out.c_str() + out.find(':', at) + 1, nullptr);
}

bool Hold(const Contest& contest) {
  // The same rows.
  absl::StatusOr<eval::Evaluation> first = eval::Evaluate(*contest.program, {}, {}, eval::Natives());
  if (!first.ok()) {
    std::fprintf(stderr, "%s\n", std::string(first.status().message()).c_str());
    return false;
  }
  Sqlite db;
  const double sqlite_load = Seconds([&] {
    for (const std::string& sql : contest.tables) db.Run(sql);
    contest.load(db);
    db.Run("ANALYZE");
  });
  std::string shows = "#show.\n";
  for (const Answer& answer : contest.answers)
    shows += fmt::format("#show {}/{}.\n", answer.atom, contest.program->relations[answer.relation].columns.size());
  const PrivateFile with_answer(contest.facts + contest.rules + shows), quiet(contest.facts + contest.rules + "#show.\n"), facts(contest.facts + "#show.\n");
  const ClingoRun told = RunClingo(with_answer, {"--verbose=0"});
  for (const std::string& sql : contest.prepare) db.Run(sql);
  size_t rows = 0;
  for (const Answer& answer : contest.answers) {
    const size_t width = contest.program->relations[answer.relation].columns.size();
    const Rows ours = Sorted(RowsOf(*first, answer.relation), width);
    rows += ours.size();
    const Rows sqlite = Sorted(db.Query(answer.sql), width), clingo = AtomsOf(told.out, answer.atom);
    if (ours == sqlite && ours == clingo) continue;
    std::printf("%s: %s differs: %zu rows here, %zu of SQLite, %zu of clingo (status %d) %s\n", contest.name.c_str(), answer.atom.c_str(), ours.size(),
                sqlite.size(), clingo.size(), told.status, told.err.substr(0, 300).c_str());
    return false;
  }
  for (const std::string& sql : contest.clean) db.Run(sql);
  // The times.
  std::vector<double> engine, sqlite, clingo, wall, load;
  for (int round = 0; round < kRounds; ++round) {
    engine.push_back(Seconds([&] {
      const auto evaluation = eval::Evaluate(*contest.program, {}, {}, eval::Natives());
      for (const Answer& answer : contest.answers) RowsOf(*evaluation, answer.relation);
    }));
    sqlite.push_back(Seconds([&] {
      for (const std::string& sql : contest.prepare) db.Run(sql);
      for (const Answer& answer : contest.answers) db.Query(answer.sql);
    }));
    for (const std::string& sql : contest.clean) db.Run(sql);
    if (round >= kClingoRounds) continue;
    load.push_back(ClingoSeconds(RunClingo(facts, {}).out));
    const ClingoRun run = RunClingo(quiet, {});
    clingo.push_back(ClingoSeconds(run.out) - load.back());
    wall.push_back(run.seconds);
  }
  const double e = Median(engine), s = Median(sqlite), c = Median(clingo);
  std::printf("%-28s %8zu rows: engine %8.1f ms; SQLite %8.1f ms = %5.2f x (loading %7.1f ms); clingo %8.1f ms = %6.1f x (facts %7.1f ms, process %8.1f ms)\n",
              contest.name.c_str(), rows, e * 1e3, s * 1e3, s / e, sqlite_load * 1e3, c * 1e3, c / e, Median(load) * 1e3, Median(wall) * 1e3);
  std::fflush(stdout);
  return s >= e && c >= e;
}

// ---- transitive closure ----

using Edges = std::vector<std::pair<uint32_t, uint32_t>>;

bool Closure(const std::string& name, uint32_t nodes, const Edges& edges) {
  RuleBuilder b;
  b.Kind("node", nodes);
  const RelationId edge = b.Stored("edge", {Type::kEntity, Type::kEntity}), path = b.Derived("path", {Type::kEntity, Type::kEntity});
  Contest contest;
  for (const auto& [from, to] : edges) {
    b.Row(edge, {from, to});
    contest.facts += fmt::format("edge({},{}).\n", from, to);
  }
  {
    const VarId x = b.NewVar(Type::kEntity), y = b.NewVar(Type::kEntity);
    b.RuleOfVars("edge", path, {x, y}, b.Body({RuleBuilder::Scan(edge, {x, y})}));
  }
  {
    const VarId x = b.NewVar(Type::kEntity), y = b.NewVar(Type::kEntity), z = b.NewVar(Type::kEntity);
    b.RuleOfVars("path edge", path, {x, z}, b.Body({RuleBuilder::Scan(path, {x, y}), RuleBuilder::Scan(edge, {y, z})}));
  }
  contest.name = name;
  contest.program = &b.program;
  contest.tables = {"CREATE TABLE edge(a INTEGER, b INTEGER, PRIMARY KEY(a, b)) WITHOUT ROWID"};
  contest.load = [&](Sqlite& db) {
    db.Insert("edge", 2, edges.size(), [&](size_t i, int64_t* cells) { cells[0] = edges[i].first, cells[1] = edges[i].second; });
  };
  contest.answers = {{path,
                      "WITH RECURSIVE path(a, b) AS (SELECT a, b FROM edge UNION "
                      "SELECT path.a, edge.b FROM path JOIN edge ON edge.a = path.b) SELECT a, b FROM path",
                      "path"}};
  contest.rules = "path(X,Y) :- edge(X,Y).\npath(X,Z) :- path(X,Y), edge(Y,Z).\n";
  return Hold(contest);
}

Edges Chain(uint32_t nodes) {
  Edges edges;
  for (uint32_t i = 0; i + 1 < nodes; ++i) edges.emplace_back(i, i + 1);
  return edges;
}
Edges RandomGraph(uint32_t nodes, uint32_t count) {
  std::mt19937 random(1);
  Edges edges;
  for (uint32_t i = 0; i < count; ++i) edges.emplace_back(random() % nodes, random() % nodes);
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}
Edges Grid(uint32_t side) {
  Edges edges;
  for (uint32_t i = 0; i < side * side; ++i) {
    if (i % side + 1 < side) edges.emplace_back(i, i + 1);
    if (i + side < side * side) edges.emplace_back(i, i + side);
  }
  return edges;
}

// ---- counts and sums by group over a join ----

bool Groups(uint32_t groups, uint32_t items, uint32_t sales) {
  RuleBuilder b;
  const RelationId group = b.Kind("group", groups), item = b.Kind("item", items, {Type::kEntity});
  const RelationId sale = b.Kind("sale", sales, {Type::kEntity, Type::kNumber});
  const RelationId total = b.Derived("total", {Type::kEntity, Type::kNumber, Type::kNumber});
  std::mt19937 random(2);
  Contest contest;
  std::vector<int64_t> group_of(items), item_of(sales), amount(sales);
  for (uint32_t i = 0; i < groups; ++i) contest.facts += fmt::format("grp({}).\n", b.Object(group, i));
  for (uint32_t i = 0; i < items; ++i) {
    b.Set(item, i, 1, group_of[i] = b.Object(group, static_cast<uint32_t>(random() % groups)));
    contest.facts += fmt::format("item({},{}).\n", b.Object(item, i), group_of[i]);
  }
  for (uint32_t i = 0; i < sales; ++i) {
    b.Set(sale, i, 1, item_of[i] = b.Object(item, static_cast<uint32_t>(random() % items)));
    b.Set(sale, i, 2, Num(amount[i] = static_cast<int64_t>(random() % 1000)));
    contest.facts += fmt::format("sale({},{},{}).\n", b.Object(sale, i), item_of[i], amount[i]);
  }
  const VarId g = b.NewVar(Type::kEntity);
  const auto sold = [&] {
    const VarId i = b.NewVar(Type::kEntity), s = b.NewVar(Type::kEntity), a = b.NewVar(Type::kNumber);
    return std::tuple(b.Body({RuleBuilder::Scan(item, {i, g}), RuleBuilder::Scan(sale, {s, i, a})}), s, a);
  };
  const auto [counted, s, unused] = sold();
  const auto [summed, t, value] = sold();
  const ExprId count = b.Count(counted, {b.Var(s)}), sum = b.Sum(summed, b.Var(value), {b.Var(t)});
  b.Rule("total", total, {b.Var(g), count, sum}, b.Body({RuleBuilder::Scan(group, {g})}));
  contest.name = fmt::format("count, sum of {} groups", groups);
  contest.program = &b.program;
  contest.tables = {"CREATE TABLE grp(g INTEGER PRIMARY KEY)", "CREATE TABLE item(i INTEGER PRIMARY KEY, g INTEGER)",
                    "CREATE TABLE sale(s INTEGER PRIMARY KEY, i INTEGER, a INTEGER)", "CREATE INDEX item_g ON item(g, i)",
                    "CREATE INDEX sale_i ON sale(i, a)"};
  contest.load = [&](Sqlite& db) {
    db.Insert("grp", 1, groups, [&](size_t i, int64_t* cells) { cells[0] = b.Object(group, static_cast<uint32_t>(i)); });
    db.Insert("item", 2, items, [&](size_t i, int64_t* cells) { cells[0] = b.Object(item, static_cast<uint32_t>(i)), cells[1] = group_of[i]; });
    db.Insert("sale", 3, sales, [&](size_t i, int64_t* cells) {
      cells[0] = b.Object(sale, static_cast<uint32_t>(i)), cells[1] = item_of[i], cells[2] = amount[i];
    });
  };
  contest.answers = {{total, "SELECT grp.g, count(sale.s), ifnull(sum(sale.a), 0) FROM grp LEFT JOIN item ON item.g = grp.g "
                             "LEFT JOIN sale ON sale.i = item.i GROUP BY grp.g", "total"}};
  contest.rules = "total(G,N,S) :- grp(G), N = #count { X : item(I,G), sale(X,I,A) }, S = #sum { A,X : item(I,G), sale(X,I,A) }.\n";
  return Hold(contest);
}

// ---- rules of the library ----

bool Library(size_t tasks) {
  const LibraryRules library(tasks);
  std::vector<double> whole;
  size_t rows = 0;
  for (int round = 0; round < kRounds; ++round) {
    whole.push_back(Seconds([&] {
      const auto evaluation = eval::Evaluate(library.whole());
      if (!evaluation.ok()) return;
      rows = 0;
      for (RelationId id = 0; id < library.whole().relations.size(); ++id) rows += library.whole().relations[id].derived ? evaluation->rows(id) : 0;
    }));
  }
  std::printf("whole library, %zu tasks: %zu rows of %zu rules, engine %.1f ms\n", tasks, rows, library.whole().rules.size(), Median(whole) * 1e3);
  Contest contest;
  contest.name = fmt::format("library, {} tasks", tasks);
  contest.program = &library.some();
  contest.tables = library.Tables();
  contest.load = [&](Sqlite& db) {
    library.ForEachTable([&](const std::string& table, size_t width, size_t count, const auto& row) { db.Insert(table, width, count, row); });
  };
  contest.prepare = library.Prepare();
  contest.clean = library.Clean();
  for (const LibraryRules::Answer& answer : library.Answers()) contest.answers.push_back({answer.relation, answer.sql, answer.atom});
  contest.facts = library.AspFacts();
  contest.rules = library.AspRules();
  return Hold(contest);
}

}  // namespace
}  // namespace ordo::testing

int main(int argc, char** argv) {
  using namespace ordo::testing;
  const auto asked = [&](const std::string& name) { return argc < 2 || name.find(argv[1]) != std::string::npos; };
  bool holds = true;
  if (asked("closure of a chain")) holds &= Closure("closure of a chain", 1000, Chain(1000));
  if (asked("closure of a random graph")) holds &= Closure("closure of a random graph", 1000, RandomGraph(1000, 2500));
  if (asked("closure of a grid")) holds &= Closure("closure of a grid", 30 * 30, Grid(30));
  if (asked("groups, many")) holds &= Groups(1000, 20'000, 100'000);
  if (asked("groups, few")) holds &= Groups(20, 20'000, 100'000);
  if (asked("library")) holds &= Library(100'000);
  std::printf(holds ? "the engine is ahead of both on each\n" : "the engine is behind\n");
  return holds ? 0 : 1;
}

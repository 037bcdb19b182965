#include "runtime/sql/write_postgres.h"

#include <algorithm>
#include <map>
#include <set>

#include "fmt/format.h"

namespace ordo::sql {

namespace {

// A name of PostgreSQL has at most this many bytes.
constexpr size_t kLongestName = 63;

constexpr std::string_view kFormat = "1";  // of the schema

class Writer {
 public:
  Writer(Postgres& server, const PostgresTarget& target, const Contents& contents, std::map<ir::RelationId, std::string>& as_rows)
      : server_(server),
        target_(target),
        contents_(contents),
        program_(contents.evaluation->program()),
        as_rows_(as_rows),
        design_(MakeDesign(program_, *contents.calls, Dialect::kPostgres, target.schema, as_rows)) {
    // A relation without a view is a table beside the views of its name that other plans may have.
    for (Relation& relation : design_.relations) {
      if (!relation.problem.empty())
        relation.view_name = relation.name + " rows", relation.source = design_.From(relation.view_name);
    }
  }

  // False: a view was refused and as_rows has grown; to be begun again.
  bool Write() {
    server_.Run("BEGIN");
    server_.Run("SET LOCAL standard_conforming_strings = on");
    server_.Run("SET LOCAL client_min_messages = error");
    server_.Ask("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", {"ordo " + target_.schema});
    Prepare();
    TakePlan();
    std::vector<Table> tables = TablesOf(contents_, design_);
    for (Table& table : tables) {
      for (const Relation& relation : design_.relations) {
        if (!relation.problem.empty() && relation.name == table.name) table.name = relation.view_name;
      }
      Fill(table);
    }
    if (!MakeViews()) return false;
    MakePublic();
    DropUnused();
    server_.Run("COMMIT");
    return true;
  }

 private:
  std::string From(std::string_view name) const { return design_.From(name); }

  // The schema with the tables that it always has.
  void Prepare() {
    const bool there = !server_.Ask("SELECT 1 FROM pg_namespace WHERE nspname = $1", {target_.schema}).empty();
    if (!there) server_.Run(fmt::format("CREATE SCHEMA {}", Quoted(target_.schema)));
    const bool empty =
        server_
            .Ask("SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 LIMIT 1",
                 {target_.schema})
            .empty();
    if (empty) {
      server_.Run(fmt::format("CREATE TABLE {} (key text PRIMARY KEY, value text)", From("meta")));
      server_.Ask(fmt::format("INSERT INTO {} VALUES ('application', 'ordo'), ('format', $1)", From("meta")),
                  {std::string(kFormat)});
      server_.Run(fmt::format(
          "CREATE TABLE {} (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text UNIQUE NOT NULL, name text, "
          "title text, version text, as_of date)",
          From("plans")));
      server_.Run(fmt::format(
          "CREATE TABLE {} (name text PRIMARY KEY, made integer GENERATED ALWAYS AS IDENTITY, relation text, columns text, "
          "code text, object text)",
          From("views")));
      server_.Run(fmt::format("CREATE TABLE {} (view text, plan integer, PRIMARY KEY (view, plan))", From("uses")));
      server_.Run(
          fmt::format("CREATE TABLE {} (\"table\" text, position integer, name text, type text, PRIMARY KEY (\"table\", name))",
                      From("table_columns")));
      server_.Run(fmt::format("CREATE TABLE {} (name text PRIMARY KEY, text text)", From("public_views")));
      // What the views begin with: all plans that have the view, or the chosen one of them.
      server_.Run(fmt::format(
          "CREATE VIEW {} AS SELECT view, plan FROM {} WHERE COALESCE(current_setting('ordo.plan', true), '') = '' OR plan = "
          "(SELECT id FROM {} WHERE key = current_setting('ordo.plan', true))",
          From("chosen"), From("uses"), From("plans")));
    } else {
      std::string ours;
      const bool found = server_.Try(fmt::format("LOCK TABLE {} IN SHARE MODE", From("meta")), &ours);
      const auto rows = found ? server_.Ask(fmt::format("SELECT 1 FROM {} WHERE key = 'format' AND value = $1", From("meta")),
                                            {std::string(kFormat)})
                              : std::vector<Postgres::Row>();
      if (rows.empty())
        server_.Fail(absl::FailedPreconditionError(fmt::format("schema «{}» is not one that Ordo has made", target_.schema)));
    }
    server_.Run(PostgresFunctions(Quoted(target_.schema)));
    for (const Postgres::Row& row :
         server_.Ask(fmt::format("SELECT \"table\", name, type FROM {} ORDER BY \"table\", position", From("table_columns")))) {
      known_[row[0]].push_back({row[1], row[2]});
    }
    for (const Postgres::Row& row : server_.Ask(fmt::format("SELECT name, text FROM {}", From("public_views"))))
      public_[row[0]] = row[1];
    for (const Postgres::Row& row :
         server_.Ask("SELECT c.relname, c.reltuples::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                     "WHERE n.nspname = $1 AND c.relkind = 'r'",
                     {target_.schema})) {
      counted_[row[0]] = std::stoll(row[1]);
    }
  }

  void TakePlan() {
    const ir::Entity none;
    const ir::Entity& plan = program_.plan == EntityId::kNone ? none : program_.entity(program_.plan);
    const auto rows = server_.Ask(
        fmt::format(
            "INSERT INTO {} AS p (key, name, title, version, as_of) VALUES ($1, $2, $3, $4, $5::date) ON CONFLICT (key) DO "
            "UPDATE SET "
            "name = EXCLUDED.name, title = EXCLUDED.title, version = EXCLUDED.version, as_of = EXCLUDED.as_of RETURNING id",
            From("plans")),
        {target_.key, std::string(program_.text(plan.name)), std::string(program_.text(plan.title)), contents_.version,
         contents_.as_of ? contents_.as_of->Iso() : ""});
    if (!rows.empty()) plan_ = rows[0][0];
    // Also from tables that this version of the plan has nothing in.
    for (const auto& [table, columns] : known_) server_.Run(fmt::format("DELETE FROM {} WHERE plan = {}", From(table), plan_));
    server_.Run(fmt::format("DELETE FROM {} WHERE plan = {}", From("uses"), plan_));
  }

  // Tables grow with what plans ask for; no column ever changes its type.
  void Fill(const Table& table) {
    std::vector<std::pair<std::string, std::string>>& known = known_[table.name];
    const bool fresh = known.empty();
    std::vector<std::string> definitions = {"plan integer NOT NULL"}, names = {"plan"};
    for (const Column& column : table.columns) {
      const std::string type(ir::NameOf(column.type));
      names.push_back(Quoted(column.name));
      const auto found = std::find_if(known.begin(), known.end(), [&](const auto& known) { return known.first == column.name; });
      if (found != known.end()) {
        if (found->second == type) continue;
        return server_.Fail(absl::FailedPreconditionError(fmt::format(
            "{}.{} is of type {} here and {} in schema «{}»", table.name, column.name, type, found->second, target_.schema)));
      }
      const std::string definition = fmt::format("{} {}", Quoted(column.name), TypeName(Dialect::kPostgres, column.type));
      if (fresh)
        definitions.push_back(definition);
      else
        server_.Run(fmt::format("ALTER TABLE {} ADD COLUMN {}", From(table.name), definition));
      known.push_back({column.name, type});
      server_.Ask(fmt::format("INSERT INTO {} VALUES ($1, $2, $3, $4)", From("table_columns")),
                  {table.name, fmt::format("{}", known.size()), column.name, type});
    }
    if (fresh) {
      server_.Run(fmt::format("CREATE TABLE {} ({})", From(table.name), fmt::join(definitions, ", ")));
      Index(table, table.key);
      for (const std::vector<std::string>& index : table.indexes) Index(table, index);
    }
    const int64_t rows = server_.Copy(fmt::format("{} ({})", From(table.name), fmt::join(names, ", ")), plan_, table);
    // The planner has to know what is new; one plan among very many is not.
    if (rows > 0 && rows * 10 > counted_[table.name]) server_.Run(fmt::format("ANALYZE {}", From(table.name)));
  }

  // A tree holds no long texts: they are found by their hash.
  void Index(const Table& table, const std::vector<std::string>& by) {
    std::vector<std::string> columns = {"plan"};
    std::string text;
    for (const std::string& name : by) {
      const auto column =
          std::find_if(table.columns.begin(), table.columns.end(), [&](const Column& c) { return c.name == name; });
      if (column->type != ir::Type::kText)
        columns.push_back(Quoted(name));
      else if (text.empty())
        text = Quoted(name);
    }
    if (columns.size() > 1 || text.empty())
      server_.Run(fmt::format("CREATE INDEX ON {} ({})", From(table.name), fmt::join(columns, ", ")));
    else
      server_.Run(fmt::format("CREATE INDEX ON {} USING hash ({})", From(table.name), text));
  }

  std::string ColumnsOf(const Relation& relation) const {
    std::string text;
    for (const Column& column : relation.columns) text += fmt::format("{} {}\n", column.name, ir::NameOf(column.type));
    return text;
  }

  bool MakeViews() {
    std::set<std::string> there;
    for (const Postgres::Row& row : server_.Ask(fmt::format("SELECT name FROM {}", From("views")))) there.insert(row[0]);
    std::vector<const ir::Check*> check_of(program_.relations.size());
    for (const ir::Check& check : program_.checks) {
      if (check.relation != ir::kNone) check_of[check.relation] = &check;
    }
    for (size_t at = 0; at < design_.order.size() && server_.status().ok(); ++at) {
      const uint32_t item = design_.order[at];
      std::string name, text, relation, columns, code, object;
      if (design_.IsTogether(item)) {
        const Together& together = design_.together[item - design_.relations.size()];
        name = together.name;
        text = together.view;
      } else {
        const Relation& shape = design_.relations[item];
        name = shape.view_name;
        text = shape.view;
        relation = shape.name;
        columns = ColumnsOf(shape);
        if (const ir::Check* check = check_of[item]) {
          code = program_.text(check->code);
          object = shape.columns[check->at.column].name;
        }
      }
      server_.Ask(fmt::format("INSERT INTO {} VALUES ($1, $2::integer)", From("uses")), {name, plan_});
      if (!there.insert(name).second) continue;
      std::string refusal;
      if (!text.empty() && !server_.Try(fmt::format("CREATE VIEW {} AS\n{}", From(name), text), &refusal) &&
          server_.status().ok()) {
        size_t next = at;
        while (design_.IsTogether(design_.order[next])) ++next;
        return !as_rows_.emplace(design_.order[next], refusal).second;
      }
      server_.Ask(
          fmt::format("INSERT INTO {} (name, relation, columns, code, object) VALUES ($1, $2, $3, $4, $5)", From("views")),
          {name, relation, columns, code, object});
    }
    return true;
  }

  // `leads`: all versions of it that look alike; those of the newest plan if there are several looks.
  void MakePublic() {
    std::map<std::string, std::vector<std::string>> versions;  // by name and columns
    std::vector<CheckView> checks;
    for (const Postgres::Row& row : server_.Ask(fmt::format(
             "SELECT v.name, v.relation, v.columns, v.code, v.object FROM {} AS v WHERE EXISTS (SELECT 1 FROM {} AS u "
             "WHERE u.view = v.name) ORDER BY v.name",
             From("views"), From("uses")))) {
      if (row[1].empty()) continue;
      versions[row[1] + "\n" + row[2]].push_back(row[0]);
      if (!row[3].empty()) checks.push_back({row[3], From(row[0]), row[4]});
    }
    for (ir::RelationId id = 0; id < design_.relations.size(); ++id) {
      const Relation& relation = design_.relations[id];
      if (!program_.relations[id].derived) continue;
      std::vector<std::string> columns = {"plan"}, parts;
      for (const Column& column : relation.columns) columns.push_back(Quoted(column.name));
      for (const std::string& version : versions[relation.name + "\n" + ColumnsOf(relation)]) {
        parts.push_back(fmt::format("SELECT {} FROM {}", fmt::join(columns, ", "), From(version)));
      }
      Replace(relation.name, fmt::format("{}", fmt::join(parts, "\nUNION ALL ")));
    }
    // A fact is shown with all columns that any plan has asked for.
    Design shown = design_;
    for (ir::RelationId id = 0; id < shown.relations.size(); ++id) {
      if (program_.relations[id].derived) continue;
      std::vector<Column>& columns = shown.relations[id].columns;
      const std::vector<Column> own = std::exchange(columns, {});
      for (const auto& [name, type] : known_[shown.relations[id].name]) {
        ir::Type kind = ir::Type::kEntity;
        for (int t = 0; t <= static_cast<int>(ir::Type::kMoney); ++t) {
          if (ir::NameOf(static_cast<ir::Type>(t)) == type) kind = static_cast<ir::Type>(t);
        }
        columns.push_back({name, kind, 0});
      }
    }
    for (const View& view : ShowViews(program_, shown)) Replace(view.name, view.text);
    for (const View& view : FindingViews(design_, checks)) Replace(view.name, view.text);
  }

  // A view of the same columns is replaced under whatever others have built on it; one of other columns is made anew.
  void Replace(const std::string& name, const std::string& text) {
    std::string refusal;
    if (const auto there = public_.find(name); there != public_.end() && there->second == text) return;
    server_.Ask(
        fmt::format("INSERT INTO {} VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET text = EXCLUDED.text", From("public_views")),
        {name, text});
    if (name.size() > kLongestName) return server_.Fail(absl::InternalError("name too long: " + name));
    if (server_.Try(fmt::format("CREATE OR REPLACE VIEW {} AS\n{}", From(name), text), &refusal)) return;
    server_.Run(fmt::format("DROP VIEW IF EXISTS {}", From("show_" + name)));  // our own, made anew after this
    public_.erase("show_" + name);
    server_.Run(fmt::format("DROP VIEW IF EXISTS {}", From(name)));
    server_.Run(fmt::format("CREATE VIEW {} AS\n{}", From(name), text));
  }

  // Versions that no plan has any more, the youngest first: later ones read earlier ones. What others build on stays.
  void DropUnused() {
    for (const Postgres::Row& row :
         server_.Ask(fmt::format("SELECT v.name FROM {} AS v WHERE NOT EXISTS (SELECT 1 FROM {} AS u WHERE u.view = v.name) "
                                 "AND v.name NOT LIKE '% rows' ORDER BY v.made DESC",
                                 From("views"), From("uses")))) {
      std::string refusal;
      if (server_.Try(fmt::format("DROP VIEW {}", From(row[0])), &refusal)) {
        server_.Ask(fmt::format("DELETE FROM {} WHERE name = $1", From("views")), {row[0]});
      }
    }
  }

  Postgres& server_;
  const PostgresTarget& target_;
  const Contents& contents_;
  const ir::Program& program_;
  std::map<ir::RelationId, std::string>& as_rows_;
  Design design_;
  std::string plan_ = "NULL";
  std::map<std::string, std::string> public_;  // views under plain names: what they say
  std::map<std::string, int64_t> counted_;     // tables: rows when they were looked at last; -1: never
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> known_;  // tables: columns and types, in their order
};

}  // namespace

absl::Status WritePostgres(const PostgresTarget& target, const Contents& contents) {
  if (target.key.empty()) return absl::FailedPreconditionError("a plan without a name needs a key");
  Postgres server(target.connection);
  std::map<ir::RelationId, std::string> as_rows;
  for (bool whole = false; !whole && server.status().ok();) {
    Writer writer(server, target, contents, as_rows);
    whole = writer.Write();
    if (!whole && server.status().ok()) server.Rollback();
  }
  return server.status();  // with the connection goes what was not committed
}

}  // namespace ordo::sql

#include "runtime/sql/catalog.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "fmt/format.h"

namespace ordo::sql {

namespace {

using ir::Cell;
using ir::Type;

constexpr std::string_view kSeverities[] = {"info", "warning", "error"};

class Tables {
 public:
  Tables(const Contents& contents, const Design& design)
      : contents_(contents), program_(contents.evaluation->program()), design_(design) {}

  std::vector<Table> All() {
    Objects();
    Words();
    Checks();
    Relations();
    for (ir::RelationId id = 0; id < program_.relations.size(); ++id) {
      if (!program_.relations[id].derived || !design_.relations[id].problem.empty()) Facts(id);
    }
    for (size_t i = 0; i < design_.functions.size(); ++i) Calls(i);
    return std::move(tables_);
  }

 private:
  static Column Text(std::string name) { return {std::move(name), Type::kText, 0}; }
  static Column Number(std::string name) { return {std::move(name), Type::kEntity, 0}; }
  Datum OfSymbol(Symbol symbol) const { return Datum::Text(program_.text(symbol)); }
  Datum OfWord(ir::WordId word) const { return word == ir::kNoWord ? Datum() : Datum::Text(design_.words[word]); }
  static Datum OfObject(EntityId id) { return id == EntityId::kNone ? Datum() : Datum::Integer(static_cast<uint32_t>(id)); }

  void PutPlace(Span span, std::vector<Datum>& row) const {
    if (contents_.sources == nullptr || !span.known()) {
      row.insert(row.end(), 2, Datum());
      return;
    }
    const SourceFile& file = contents_.sources->file(span.file);
    row.push_back(Datum::Text(file.path()));
    row.push_back(Datum::Integer(file.LineOf(span.begin)));
  }

  // The nearest name: the object's own, or that of what it is part of.
  Symbol SubjectOf(EntityId id) const {
    while (id != EntityId::kNone && program_.entity(id).name == Symbol::kEmpty) id = program_.entity(id).parent;
    return id == EntityId::kNone ? Symbol::kEmpty : program_.entity(id).name;
  }

  void Objects() {
    Table& objects = tables_.emplace_back();
    objects.name = "entities";
    objects.columns = {Number("id"),    Text("kind"),  Text("name"), Text("title"), Number("parent"),
                       Text("subject"), Text("label"), Text("file"), Number("line")};
    objects.key = {"id"};
    objects.indexes = {{"parent"}};
    objects.rows = [this](const Table::TakeRow& take) {
      std::vector<Datum> row;
      std::string label;
      for (uint32_t i = 0; i < program_.entities.size(); ++i) {
        const ir::Entity& entity = program_.entities[i];
        const EntityId id{i};
        const std::string_view kind =
            design_.words.empty() ? "" : std::string_view(design_.words[program_.kinds[entity.kind].word]);
        std::string_view shown = program_.text(entity.name);
        if (shown.empty()) shown = program_.text(entity.title);
        if (shown.empty()) {
          const std::string_view subject = program_.text(SubjectOf(id));
          label = subject.empty() ? fmt::format("{} {}", kind, i) : fmt::format("{} ({} {})", subject, kind, i);
          shown = label;
        }
        row = {Datum::Integer(i),       Datum::Text(kind),       OfSymbol(entity.name), OfSymbol(entity.title),
               OfObject(entity.parent), OfSymbol(SubjectOf(id)), Datum::Text(shown)};
        PutPlace(entity.span, row);
        take(row);
      }
    };
    Table& fields = tables_.emplace_back();
    fields.name = "fields";
    fields.columns = {Number("entity"), Text("field"), Text("file"), Number("line")};
    fields.key = {"entity", "field"};
    fields.rows = [this](const Table::TakeRow& take) {
      std::vector<Datum> row;
      for (uint32_t i = 0; i < program_.entities.size(); ++i) {
        const ir::Entity& entity = program_.entities[i];
        for (uint32_t f = 0; f < entity.field_count; ++f) {
          const ir::Field& field = program_.fields[entity.first_field + f];
          if (field.word == ir::kNoWord) continue;
          row = {Datum::Integer(i), OfWord(field.word)};
          PutPlace(field.span, row);
          take(row);
        }
      }
    };
  }

  void Words() {
    Table& words = tables_.emplace_back();
    words.name = "words";
    words.columns = {Text("id"), Text("en"), Text("vi")};
    words.key = {"id"};
    words.rows = [this](const Table::TakeRow& take) {
      for (size_t i = 0; i < program_.words.size(); ++i) {
        take({Datum::Text(design_.words[i]), Datum::Text(program_.words[i].en), Datum::Text(program_.words[i].vi)});
      }
    };
  }

  void Checks() {
    Table& checks = tables_.emplace_back();
    checks.name = "checks";
    checks.columns = {Text("code"),   Text("severity"), Text("title_vi"), Text("title_en"), Text("text_vi"), Text("text_en"),
                      Text("fix_vi"), Text("fix_en"),   Text("view"),     Text("field"),    Text("file"),    Number("line")};
    checks.key = {"code"};
    checks.rows = [this](const Table::TakeRow& take) {
      std::vector<Datum> row;
      for (const ir::Check& check : program_.checks) {
        if (check.relation == ir::kNone) continue;
        row = {OfSymbol(check.code),
               Datum::Text(kSeverities[static_cast<size_t>(check.severity)]),
               OfSymbol(check.title_vi),
               OfSymbol(check.title_en),
               OfSymbol(check.text_vi),
               OfSymbol(check.text_en),
               OfSymbol(check.fix_vi),
               OfSymbol(check.fix_en),
               Datum::Text(design_.relations[check.relation].name),
               OfWord(check.at.field)};
        PutPlace(check.span, row);
        take(row);
      }
    };
    Table& waivers = tables_.emplace_back();
    waivers.name = "waivers";
    waivers.columns = {Number("id"), Text("code"), Number("subject"), Text("name"), Text("reason"), {"until", Type::kDate, 0}};
    waivers.key = {"id"};
    waivers.rows = [this](const Table::TakeRow& take) {
      int64_t id = 0;
      for (const ir::Waiver& waiver : program_.waivers) {
        if (waiver.subject == EntityId::kNone) continue;
        const Symbol own = waiver.object == EntityId::kNone ? Symbol::kEmpty : program_.entity(waiver.object).name;
        take({Datum::Integer(++id), OfSymbol(waiver.code), OfObject(waiver.subject),
              OfSymbol(own == Symbol::kEmpty ? waiver.code : own), OfSymbol(waiver.reason),
              Datum::Of(program_, design_, Type::kDate, waiver.until, 0)});
      }
    };
  }

  void Relations() {
    std::vector<const ir::Check*> check_of(program_.relations.size());
    for (const ir::Check& check : program_.checks) {
      if (check.relation != ir::kNone) check_of[check.relation] = &check;
    }
    std::vector<Span> rule_of(program_.relations.size());
    for (const ir::Rule& rule : program_.rules) {
      if (!rule_of[rule.head].known()) rule_of[rule.head] = rule.span;
    }
    Table& relations = tables_.emplace_back();
    relations.name = "relations";
    relations.columns = {Text("name"), Text("relation"), Text("view"), Text("how"),
                         Text("code"), Text("note"),     Text("file"), Number("line")};
    relations.key = {"name"};
    relations.rows = [this, check_of, rule_of](const Table::TakeRow& take) {
      std::vector<Datum> row;
      for (ir::RelationId id = 0; id < program_.relations.size(); ++id) {
        const ir::Relation& relation = program_.relations[id];
        const Relation& shape = design_.relations[id];
        const std::string_view how = !relation.derived ? "facts" : shape.problem.empty() ? "view" : "rows";
        row = {Datum::Text(shape.name),
               OfSymbol(relation.name),
               Datum::Text(shape.view_name),
               Datum::Text(how),
               check_of[id] == nullptr ? Datum() : OfSymbol(check_of[id]->code),
               Datum::Text(shape.problem)};
        PutPlace(rule_of[id], row);
        take(row);
      }
    };
    Table& columns = tables_.emplace_back();
    columns.name = "columns";
    columns.columns = {Text("relation"), Number("position"), Text("name"), Text("type"), Number("places")};
    columns.key = {"relation", "position"};
    columns.rows = [this](const Table::TakeRow& take) {
      for (const Relation& shape : design_.relations) {
        for (size_t i = 0; i < shape.columns.size(); ++i) {
          const Column& column = shape.columns[i];
          take({Datum::Text(shape.name), Datum::Integer(static_cast<int64_t>(i)), Datum::Text(column.name),
                Datum::Text(ir::NameOf(column.type)), Datum::Integer(column.places)});
        }
      }
    };
  }

  void Facts(ir::RelationId id) {
    const ir::Relation& relation = program_.relations[id];
    Table& table = tables_.emplace_back();
    table.name = design_.relations[id].name;
    table.columns = design_.relations[id].columns;
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (!relation.keyed || i == 0) table.key.push_back(table.columns[i].name);
      // By object and by day from every side: what a rule begins with is for the database to choose.
      if (i > 0 && (table.columns[i].type == Type::kEntity || table.columns[i].type == Type::kDate))
        table.indexes.push_back({table.columns[i].name});
    }
    table.rows = [this, id](const Table::TakeRow& take) {
      const std::vector<Column>& columns = design_.relations[id].columns;
      std::vector<Datum> row(columns.size());
      for (uint32_t r = 0; r < contents_.evaluation->rows(id); ++r) {
        for (uint32_t c = 0; c < columns.size(); ++c) {
          row[c] = Datum::Of(program_, design_, columns[c].type, contents_.evaluation->cell(id, r, c), columns[c].places);
        }
        take(row);
      }
    };
  }

  void Calls(size_t index) {
    const Function& function = design_.functions[index];
    Table& table = tables_.emplace_back();
    table.name = function.name;
    table.columns = function.parameters;
    for (const Column& column : table.columns) table.key.push_back(column.name);
    table.columns.push_back(function.result);
    table.rows = [this, index](const Table::TakeRow& take) {
      const eval::CallsOf& calls = *(*contents_.calls)[index];
      const Function& shape = design_.functions[index];
      std::vector<Datum> row(shape.parameters.size() + 1);
      for (uint32_t r = 0; r < calls.arguments.size(); ++r) {
        for (size_t c = 0; c < shape.parameters.size(); ++c) {
          row[c] = Datum::Of(program_, design_, shape.parameters[c].type, calls.arguments[r][c], shape.parameters[c].places);
        }
        row.back() = Datum::Of(program_, design_, shape.result.type, calls.results[r], shape.result.places);
        take(row);
      }
    };
  }

  const Contents& contents_;
  const ir::Program& program_;
  const Design& design_;
  std::vector<Table> tables_;
};

// A number of 10^-places as text, in SQLite.
std::string DecimalText(const std::string& column, int places) {
  const std::string power = "1" + std::string(static_cast<size_t>(places), '0');
  return fmt::format(
      "(CASE WHEN {0} < 0 THEN '-' ELSE '' END || (abs({0}) / {1}) || '.' || substr('{2}' || (abs({0}) % {1}), -{3}))", column,
      power, std::string(static_cast<size_t>(places), '0'), places);
}

}  // namespace

Datum Datum::Of(const ir::Program& program, const Design& design, Type type, Cell cell, int places) {
  if (cell == ir::kAbsent) return {};
  switch (type) {
    case Type::kEntity: return Integer(cell);
    case Type::kText: return {Kind::kText, 0, 0, program.text(static_cast<Symbol>(cell))};
    case Type::kWord: return {Kind::kText, 0, 0, design.words[static_cast<size_t>(cell)]};
    case Type::kBool: return {Kind::kBool, cell, 0, {}};
    case Type::kDate: return {Kind::kDay, cell, 0, {}};
    default: return {Kind::kDecimal, cell, places, {}};
  }
}

std::vector<Table> TablesOf(const Contents& contents, const Design& design) {
  // The rows are asked for after this returns: the tables keep their maker.
  const auto tables = std::make_shared<Tables>(contents, design);
  std::vector<Table> all = tables->All();
  for (Table& table : all) table.rows = [tables, rows = std::move(table.rows)](const Table::TakeRow& take) { rows(take); };
  return all;
}

std::vector<View> ShowViews(const ir::Program& program, const Design& design) {
  const bool postgres = design.dialect == Dialect::kPostgres;
  std::vector<View> views;
  for (ir::RelationId id = 0; id < program.relations.size(); ++id) {
    const Relation& relation = design.relations[id];
    std::vector<std::string> columns;
    if (postgres) columns.push_back("r.plan");
    for (const Column& column : relation.columns) {
      const std::string cell = "r." + Quoted(column.name);
      std::string shown = cell;
      if (column.type == Type::kEntity) {
        shown = fmt::format("(SELECT label FROM {} AS e WHERE e.id = {}{})", design.From("entities"), cell,
                            postgres ? " AND e.plan = r.plan" : "");
      } else if (column.places > 0) {
        shown = DecimalText(cell, column.places);
      }
      columns.push_back(fmt::format("{} AS {}", shown, Quoted(column.name)));
    }
    views.push_back(
        {"show_" + relation.name, fmt::format("SELECT {} FROM {} AS r", fmt::join(columns, ", "), design.From(relation.name))});
  }
  return views;
}

std::vector<CheckView> CheckViews(const ir::Program& program, const Design& design) {
  std::vector<CheckView> views;
  for (const ir::Check& check : program.checks) {
    if (check.relation == ir::kNone) continue;
    const Relation& relation = design.relations[check.relation];
    views.push_back({std::string(program.text(check.code)), relation.source, relation.columns[check.at.column].name});
  }
  return views;
}

std::vector<View> FindingViews(const Design& design, const std::vector<CheckView>& checks) {
  const bool postgres = design.dialect == Dialect::kPostgres;
  const std::string_view plan = postgres ? "plan, " : "";
  std::vector<View> views;
  views.push_back(
      {"ancestors",
       fmt::format("WITH RECURSIVE up({0}entity, ancestor, depth) AS (SELECT {0}id, id, 0 FROM {1}\n"
                   "UNION SELECT {2}up.entity, e.parent, up.depth + 1 FROM up, {1} AS e WHERE e.id = up.ancestor{3} "
                   "AND e.parent IS NOT NULL)\nSELECT {0}entity, ancestor, depth FROM up",
                   plan, design.From("entities"), postgres ? "up.plan, " : "", postgres ? " AND e.plan = up.plan" : "")});
  // SQLite takes at most 500 parts of one UNION.
  std::vector<std::string> parts;
  for (const CheckView& check : checks) {
    parts.push_back(fmt::format("SELECT DISTINCT {}{} AS code, {} AS object FROM {}", plan, TextLiteral(check.code),
                                Quoted(check.object), check.source));
  }
  if (parts.empty())
    parts.push_back(fmt::format("SELECT {}CAST(NULL AS text) AS code, CAST(NULL AS integer) AS object WHERE FALSE",
                                postgres ? "NULL::integer AS plan, " : ""));
  for (constexpr size_t kMost = 100; parts.size() > kMost;) {
    std::vector<std::string> outer;
    for (size_t begin = 0; begin < parts.size(); begin += kMost) {
      const auto from = parts.begin() + static_cast<long>(begin),
                 to = parts.begin() + static_cast<long>(std::min(parts.size(), begin + kMost));
      outer.push_back(fmt::format("SELECT * FROM ({}) AS part", fmt::join(from, to, "\nUNION ALL ")));
    }
    parts = std::move(outer);
  }
  const auto same = [&](std::string_view a) { return postgres ? fmt::format(" AND {}.plan = r.plan", a) : std::string(); };
  const std::string day = postgres ? fmt::format("(SELECT p.as_of FROM {} AS p WHERE p.id = r.plan)", design.From("plans"))
                                   : fmt::format("(SELECT m.value FROM {} AS m WHERE m.key = 'as_of')", design.From("meta"));
  const std::string waived = fmt::format(
      "(SELECT w.name FROM {} AS w, {} AS a WHERE w.code = r.code AND a.entity = r.object AND w.subject = a.ancestor{}{} "
      "AND COALESCE(w.until >= {}, TRUE) ORDER BY a.depth, w.id LIMIT 1)",
      design.From("waivers"), design.From("ancestors"), same("w"), same("a"), day);
  views.push_back(
      {"findings", fmt::format("SELECT {}r.code, c.severity, c.title_vi, c.title_en, r.object, e.subject AS name, e.label, "
                               "COALESCE(f.file, e.file) AS file, COALESCE(f.line, e.line) AS line, {} AS waived_by, c.view\n"
                               "FROM ({}) AS r\nJOIN {} AS c ON c.code = r.code{}\nJOIN {} AS e ON e.id = r.object{}\n"
                               "LEFT JOIN {} AS f ON f.entity = r.object AND f.field = c.field{}",
                               postgres ? fmt::format("r.plan, (SELECT p.key FROM {} AS p WHERE p.id = r.plan) AS plan_key, ",
                                                      design.From("plans"))
                                        : "",
                               waived, fmt::join(parts, "\nUNION ALL "), design.From("checks"), same("c"),
                               design.From("entities"), same("e"), design.From("fields"), same("f"))});
  return views;
}

}  // namespace ordo::sql

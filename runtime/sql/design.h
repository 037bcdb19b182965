// A program as tables and views: names, columns, and the SELECT behind each derived relation. In: a program that Verify accepts
// and the calls that its evaluation made; out: a Design, which the writers carry into a database. Never opens one.
//
// Names. A relation is called after itself in small letters, with «_» for what is no letter, digit or «_»: `task`, `task_lead`,
// `check_own07`. Two that would read alike are told apart by _2, _3; no name is longer than 60 bytes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runtime/eval/calls.h"
#include "runtime/ir/ir.h"
#include "runtime/sql/dialect.h"

namespace ordo::sql {

struct Column {
  std::string name;
  ir::Type type = ir::Type::kEntity;
  int places = 0;  // SQLite: of a decimal; what is stored is the number times 10^places
};

struct Relation {
  std::string name;       // of its table or view, not quoted
  std::string view_name;  // derived: the same, in PostgreSQL with a hash
  std::vector<Column> columns;
  std::string source;   // as FROM names it: quoted, with its schema
  std::string view;     // derived: its SELECT
  std::string problem;  // derived: why it has no SELECT; it is then a table of the engine's rows
};

struct Function {
  std::string name;  // "call_year_of"
  std::string source;
  std::vector<Column> parameters;  // a1, a2, ...
  Column result;
};

// A view that is no relation: rows of relations that need each other.
struct Together {
  std::string name, source, view;
};

struct Design {
  Dialect dialect = Dialect::kSqlite;
  std::string schema;               // PostgreSQL: not quoted
  std::vector<Relation> relations;  // by RelationId
  std::vector<Function> functions;  // by function of the program
  std::vector<Together> together;
  // Views in the order in which they can be made: a relation, or an index of `together` above all relations.
  std::vector<uint32_t> order;
  std::vector<std::string> words;  // by WordId; unlike each other

  bool IsTogether(uint32_t item) const { return item >= relations.size(); }
  std::string From(std::string_view name) const {  // quoted, with the schema
    return schema.empty() ? Quoted(name) : Quoted(schema) + "." + Quoted(name);
  }
};

// In PostgreSQL views are kept by what they say: two plans with the same rule share one. Its name there is the relation's name, a
// point and a hash of the text; byte 1 in the text stands for that name as a literal
// until the name is known.
//
// `as_rows`: derived relations that are to have no view, with the reason; the database has refused it.
Design MakeDesign(const ir::Program& program, const eval::Calls& calls, Dialect dialect, std::string schema = "",
                  const std::map<ir::RelationId, std::string>& as_rows = {});

// Names as Design has them, for other things than relations.
std::string PlainName(std::string_view text);

}  // namespace ordo::sql

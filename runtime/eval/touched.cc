#include "runtime/eval/touched.h"

#include <algorithm>
#include <functional>

#include "absl/container/flat_hash_set.h"
#include "runtime/ir/analysis.h"

namespace ordo::eval {

namespace {

using ir::BodyId;
using ir::Cell;
using ir::ExprId;
using ir::kAbsent;
using ir::kNone;
using ir::Op;
using ir::RelationId;
using ir::VarId;

// Some cells; few of them as a rule.
class CellSet {
 public:
  void Add(Cell cell) {
    if (cell == kAbsent || Contains(cell)) return;
    cells_.push_back(cell);
    if (cells_.size() == kFew + 1) hashed_.insert(cells_.begin(), cells_.end());
    else if (cells_.size() > kFew) hashed_.insert(cell);
  }
  bool Contains(Cell cell) const {
    if (cells_.size() > kFew) return hashed_.contains(cell);
    return std::find(cells_.begin(), cells_.end(), cell) != cells_.end();
  }
  const std::vector<Cell>& cells() const { return cells_; }
  size_t size() const { return cells_.size(); }

 private:
  static constexpr size_t kFew = 4;
  std::vector<Cell> cells_;
  absl::flat_hash_set<Cell> hashed_;
};

// A value of a pattern: of a variable, or of an expr that is a variable or a column of one.
struct Place {
  uint32_t column = 0;
  ExprId expr = kNone;      // kNone: a variable
  VarId var = kNone;        // at the root of the expr; kNone: a constant, or what cannot be followed
  bool constant = false;
  Cell cell = 0;
};

struct Pattern {
  RelationId relation = kNone;
  std::vector<Place> places;
};

// From values of one variable to values of another that the same binding can have.
struct Link {
  VarId from = kNone, to = kNone;
  RelationId relation = kNone;             // kNone: from = `expr`
  uint32_t from_column = 0, to_column = 0; // of rows of the relation
  ExprId expr = kNone;                     // the value in to_column is that of this expr; kNone: of `to` itself
  bool around = false;                     // not from itself but what it lies in: a function of it gives that
};

class Follower {
 public:
  Follower(const Side& side, const ir::Rule& rule, const Conjunct& outer, const std::vector<BodyId>& joined, size_t most)
      : side_(side), program_(side.program), rule_(rule), outer_(outer), joined_(joined), most_(most) {}

  std::optional<std::vector<uint32_t>> Run() {
    Scope scope;
    std::vector<ExprId> results = rule_.head_arguments;
    Body({rule_.body}, results, scope);
    if (lost_) return std::nullopt;
    std::sort(rows_.begin(), rows_.end());
    rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
    if (rows_.size() > most_) return std::nullopt;
    return std::move(rows_);
  }

 private:
  static constexpr size_t kMostLinks = 2000;   // of a rule that is larger than any that people write
  struct Scope {
    std::vector<Link> links;
    std::vector<uint32_t> distance;   // by variable, to the outermost loop
    std::vector<uint32_t> way;        // by variable, the link to take
    std::vector<bool> matched;        // by variable: a pattern asks for it
  };

  // The variable that an expr is a column of, of a column of, ..., or is.
  VarId Root(ExprId id) const {
    const ir::Expr& expr = program_.exprs[id];
    if (expr.op == Op::kVar) return expr.a;
    return expr.op == Op::kColumn ? Root(expr.a) : kNone;
  }
  Place PlaceOf(uint32_t column, ExprId id) const {
    const ir::Expr& expr = program_.exprs[id];
    if (expr.op == Op::kConst) return {column, kNone, kNone, true, expr.constant};
    if (expr.op == Op::kVar) return {column, kNone, expr.a};
    return {column, id, Root(id)};
  }
  Pattern PatternOf(const ir::Literal& literal) const {
    Pattern pattern{literal.relation, {}};
    for (const ir::Match& match : literal.matches) {
      pattern.places.push_back({match.column, kNone, match.var, match.var == kNone, match.constant});
    }
    return pattern;
  }
  Pattern PatternOf(const ir::Expr& has) const {
    Pattern pattern{has.b, {}};
    for (uint32_t i = 0; i < has.argument_count; ++i) pattern.places.push_back(PlaceOf(i, program_.arguments[has.first_argument + i]));
    return pattern;
  }

  // ---- links ----

  void AddPattern(const Pattern& pattern, Scope& scope) const {
    scope.matched.resize(rule_.variables.size());
    for (const Place& from : pattern.places) {
      if (from.var == kNone || from.expr != kNone) continue;
      scope.matched[from.var] = true;
      for (const Place& to : pattern.places) {
        if (to.var == kNone || &to == &from) continue;
        scope.links.push_back({from.var, to.var, pattern.relation, from.column, to.column, to.expr});
      }
    }
  }
  void AddEqual(ExprId a, ExprId b, Scope& scope) const {
    const ir::Expr& left = program_.exprs[a];
    const VarId to = Root(b);
    if (to == kNone) return;
    if (left.op == Op::kVar) {
      scope.links.push_back({left.a, to, kNone, 0, 0, b});
    } else if (left.op == Op::kColumn && program_.exprs[left.a].op == Op::kVar) {
      scope.links.push_back({program_.exprs[left.a].a, to, left.b, 0, left.c, program_.exprs[b].op == Op::kVar ? kNone : b});
    } else if (left.op == Op::kCall && left.type == ir::Type::kEntity && left.argument_count == 1) {
      const ir::Expr& argument = program_.exprs[program_.arguments[left.first_argument]];
      if (argument.op == Op::kVar) scope.links.push_back({argument.a, to, kNone, 0, 0, b, true});
    }
  }
  void AddLinks(BodyId body, Scope& scope) const {
    std::vector<ExprId> conjuncts;
    for (const ir::Literal& literal : program_.bodies[body].literals) {
      if (literal.kind == ir::Literal::Kind::kScan) {
        AddPattern(PatternOf(literal), scope);
      } else if (literal.kind == ir::Literal::Kind::kLet) {
        if (Root(literal.expr) != kNone) scope.links.push_back({literal.var, Root(literal.expr), kNone, 0, 0, literal.expr});
      } else {
        ir::CollectConjuncts(program_, literal.expr, conjuncts);
      }
    }
    for (const ExprId id : conjuncts) {
      const ir::Expr& expr = program_.exprs[id];
      if (expr.op == Op::kHas) AddPattern(PatternOf(expr), scope);
      if (expr.op == Op::kEqual) AddEqual(expr.a, expr.b, scope), AddEqual(expr.b, expr.a, scope);
    }
  }
  void Measure(Scope& scope) const {
    scope.distance.assign(rule_.variables.size(), kNone);
    scope.way.assign(rule_.variables.size(), kNone);
    std::vector<VarId> reached;
    for (const Argument& argument : outer_.arguments) {
      if (argument.var == kNone || scope.distance[argument.var] == 0) continue;
      scope.distance[argument.var] = 0;
      reached.push_back(argument.var);
    }
    std::vector<std::vector<uint32_t>> into(rule_.variables.size());
    for (uint32_t i = 0; i < scope.links.size(); ++i) into[scope.links[i].to].push_back(i);
    for (size_t i = 0; i < reached.size(); ++i) {
      for (const uint32_t link : into[reached[i]]) {
        const VarId from = scope.links[link].from;
        if (scope.distance[from] != kNone) continue;
        scope.distance[from] = scope.distance[reached[i]] + 1;
        scope.way[from] = link;
        reached.push_back(from);
      }
    }
  }

  // ---- values ----

  // Calls f(row) for the rows with one of these cells in the column.
  template <class F>
  void EachRow(RelationId relation, uint32_t column, const CellSet& cells, const F& f) const {
    const Table& table = side_.facts.table(relation);
    if (table.relation->keyed && column == 0) {
      for (const Cell object : cells.cells()) {
        const uint64_t place = side_.facts.places()[object];
        if (place >> 32 == relation) f(static_cast<uint32_t>(place));
      }
      return;
    }
    for (const auto& index : table.object_indexes) {
      if (index->column != column) continue;
      for (const Cell object : cells.cells()) {
        for (uint32_t i = index->begin[object]; i < index->begin[object + 1]; ++i) f(index->rows[i]);
      }
      return;
    }
    const Cell* const base = table.Base(column);
    const size_t stride = table.stride();
    for (uint32_t row = 0, rows = table.rows(); row < rows; ++row) {
      if (cells.Contains(base[row * stride])) f(row);
    }
  }
  CellSet Through(RelationId relation, uint32_t from, uint32_t to, const CellSet& cells) {
    const Table& table = side_.facts.table(relation);
    CellSet out;
    EachRow(relation, from, cells, [&](uint32_t row) {
      if (out.size() <= most_) out.Add(table.At(row, to));
    });
    if (out.size() > most_) lost_ = true;
    return out;
  }
  CellSet Around(const CellSet& objects) const {
    CellSet out;
    for (Cell object : objects.cells()) {
      for (EntityId up = program_.entity(static_cast<EntityId>(object)).parent; up != EntityId::kNone; up = program_.entity(up).parent) {
        if (out.Contains(static_cast<Cell>(up))) break;
        out.Add(static_cast<Cell>(up));
      }
    }
    return out;
  }
  // Values of the variable at the root for which the expr has one of these.
  CellSet Back(ExprId id, CellSet cells) {
    const ir::Expr& expr = program_.exprs[id];
    if (expr.op == Op::kVar || cells.size() == 0 || lost_) return cells;
    return Back(expr.a, Through(expr.b, expr.c, 0, cells));
  }
  void Follow(const Scope& scope, VarId var, CellSet cells) {
    while (!lost_ && cells.size() > 0) {
      if (var == kNone || scope.distance[var] == kNone) {
        lost_ = true;
        return;
      }
      if (scope.distance[var] == 0) break;
      const Link& link = scope.links[scope.way[var]];
      if (link.around) cells = Around(cells);
      if (link.relation != kNone) cells = Through(link.relation, link.from_column, link.to_column, cells);
      if (link.expr != kNone) cells = Back(link.expr, std::move(cells));
      var = link.to;
    }
    if (lost_ || cells.size() == 0) return;
    for (const Argument& argument : outer_.arguments) {
      if (argument.var != var) continue;
      EachRow(outer_.relation, argument.column, cells, [&](uint32_t row) { rows_.push_back(row); });
      break;
    }
    if (rows_.size() > 4 * most_ + 1024) lost_ = true;
  }

  // ---- places where the rule looks ----

  // More changes than a part of the turns could be worth following, also where constants would leave few of them.
  bool TooMany(size_t changes) {
    lost_ = lost_ || changes > 4 * most_ + 1024;
    return lost_;
  }

  void LookAt(const Pattern& pattern, const Scope& scope) {
    const Changes* const changes = side_.changes[pattern.relation];
    if (changes == nullptr || changes->all) {
      lost_ = true;
      return;
    }
    if (TooMany(changes->rows.size())) return;
    std::vector<uint32_t> rows = changes->rows;
    for (const Place& place : pattern.places) {
      if (place.column < changes->cells.size() && !TooMany(changes->cells[place.column].size())) rows.insert(rows.end(), changes->cells[place.column].begin(), changes->cells[place.column].end());
    }
    if (lost_) return;
    const Table& table = side_.facts.table(pattern.relation);
    const Place* best = nullptr;
    for (const Place& place : pattern.places) {
      if (place.constant) {
        std::erase_if(rows, [&](uint32_t row) { return table.At(row, place.column) != place.cell; });
      } else if (place.var != kNone && scope.distance[place.var] != kNone &&
                 (best == nullptr || scope.distance[place.var] < scope.distance[best->var])) {
        best = &place;
      }
    }
    if (rows.empty()) return;
    if (best == nullptr || rows.size() > most_) {
      lost_ = true;
      return;
    }
    CellSet cells;
    for (const uint32_t row : rows) cells.Add(table.At(row, best->column));
    if (best->expr != kNone) cells = Back(best->expr, std::move(cells));
    Follow(scope, best->var, std::move(cells));
  }

  void LookAtColumn(const ir::Expr& column, const Scope& scope) {
    const Changes* const changes = side_.changes[column.b];
    if (changes == nullptr || changes->all) {
      lost_ = true;
      return;
    }
    if (TooMany(changes->rows.size()) || (column.c > 0 && TooMany(changes->cells[column.c].size()))) return;
    const Table& table = side_.facts.table(column.b);
    CellSet objects;
    // An object that only this side has gets here from a row or a cell that differs for it, which is looked at in its place; but
    // for a variable that is found by this very column.
    const ir::Expr& of = program_.exprs[column.a];
    const bool elsewhere = of.op != Op::kVar || scope.matched[of.a];
    for (const uint32_t row : changes->rows) {
      const Cell object = table.At(row, 0);
      if (!elsewhere || side_.pair_of[static_cast<size_t>(object)] != kNone) objects.Add(object);
    }
    if (column.c > 0) {
      for (const uint32_t row : changes->cells[column.c]) objects.Add(table.At(row, 0));
    }
    LookAtObjects(column.a, std::move(objects), scope);
  }

  // The value of the expr may be one of these objects.
  void LookAtObjects(ExprId id, CellSet objects, const Scope& scope) {
    if (objects.size() == 0) return;
    const ir::Expr& expr = program_.exprs[id];
    if (expr.op == Op::kConst) {
      lost_ = lost_ || objects.Contains(expr.constant);
    } else if (objects.size() > most_) {
      lost_ = true;
    } else {
      const VarId root = Root(id);
      if (root == kNone) lost_ = true;
      else Follow(scope, root, Back(id, std::move(objects)));
    }
  }

  void Look(ExprId id, const Scope& scope) {
    if (lost_) return;
    const ir::Expr& expr = program_.exprs[id];
    if (ir::HoldsBody(expr.op)) {
      if (std::find(joined_.begin(), joined_.end(), expr.a) == joined_.end()) Body({expr.a}, ir::ResultsOf(program_, expr), scope);
      return;
    }
    if (expr.op == Op::kHas) LookAt(PatternOf(expr), scope);
    if (expr.op == Op::kColumn) LookAtColumn(expr, scope);
    if (expr.op == Op::kCall) {
      lost_ = lost_ || !side_.same_calendar;
      for (uint32_t i = 0; i < expr.argument_count; ++i) {
        const ExprId argument = program_.arguments[expr.first_argument + i];
        // What a function returns lies around its own arguments, which are looked at in their turn.
        if (program_.exprs[argument].type != ir::Type::kEntity || program_.exprs[argument].op == Op::kCall) continue;
        if (TooMany(side_.changed_objects.size())) return;
        CellSet objects;
        for (const Cell object : side_.changed_objects) objects.Add(object);
        LookAtObjects(argument, std::move(objects), scope);
      }
    }
    ir::ForEachOperand(program_, expr, [&](ExprId operand) { Look(operand, scope); });
  }

  // A conjunction of bodies, with the exprs that are evaluated for its bindings.
  void Body(std::vector<BodyId> bodies, const std::vector<ExprId>& results, const Scope& around) {
    Scope scope;
    scope.links = around.links;
    scope.matched = around.matched;
    scope.matched.resize(rule_.variables.size());
    if (bodies[0] == rule_.body) {
      for (const BodyId body : joined_) {
        if (body != rule_.body) bodies.push_back(body);
      }
    }
    for (const BodyId body : bodies) AddLinks(body, scope);
    if (scope.links.size() > kMostLinks) lost_ = true;
    if (lost_) return;
    Measure(scope);
    for (const BodyId body : bodies) {
      for (const ir::Literal& literal : program_.bodies[body].literals) {
        if (lost_) return;
        if (literal.kind == ir::Literal::Kind::kScan) LookAt(PatternOf(literal), scope);
        else Look(literal.expr, scope);
      }
    }
    for (const ExprId result : results) Look(result, scope);
  }

  const Side& side_;
  const ir::Program& program_;
  const ir::Rule& rule_;
  const Conjunct& outer_;
  const std::vector<BodyId>& joined_;
  const size_t most_;
  std::vector<uint32_t> rows_;
  bool lost_ = false;
};

// The same places without following anything.
class Looks {
 public:
  explicit Looks(const Side& side) : side_(side), program_(side.program) {}

  bool AtRule(const ir::Rule& rule) const {
    return AtBody(rule.body) || std::any_of(rule.head_arguments.begin(), rule.head_arguments.end(), [this](ExprId id) { return At(id); });
  }

 private:
  bool AtRows(RelationId relation) const {
    const Changes* const changes = side_.changes[relation];
    return changes == nullptr || changes->all || !changes->rows.empty();
  }
  bool AtCells(RelationId relation, uint32_t column) const {
    const Changes* const changes = side_.changes[relation];
    return changes == nullptr || changes->all || (column < changes->cells.size() && !changes->cells[column].empty());
  }
  bool AtBody(BodyId body) const {
    for (const ir::Literal& literal : program_.bodies[body].literals) {
      if (literal.kind != ir::Literal::Kind::kScan) {
        if (At(literal.expr)) return true;
        continue;
      }
      if (AtRows(literal.relation)) return true;
      for (const ir::Match& match : literal.matches) {
        if (AtCells(literal.relation, match.column)) return true;
      }
    }
    return false;
  }
  bool At(ExprId id) const {
    const ir::Expr& expr = program_.exprs[id];
    if (expr.op == Op::kColumn && (AtRows(expr.b) || AtCells(expr.b, expr.c))) return true;
    if (expr.op == Op::kHas) {
      if (AtRows(expr.b)) return true;
      for (uint32_t column = 0; column < expr.argument_count; ++column) {
        if (AtCells(expr.b, column)) return true;
      }
    }
    if (expr.op == Op::kCall) {
      if (!side_.same_calendar) return true;
      for (uint32_t i = 0; i < expr.argument_count && !side_.changed_objects.empty(); ++i) {
        if (program_.exprs[program_.arguments[expr.first_argument + i]].type == ir::Type::kEntity) return true;
      }
    }
    if (ir::HoldsBody(expr.op)) {
      if (AtBody(expr.a)) return true;
      for (const ExprId result : ir::ResultsOf(program_, expr)) {
        if (At(result)) return true;
      }
      return false;
    }
    bool any = false;
    ir::ForEachOperand(program_, expr, [&](ExprId operand) { any = any || At(operand); });
    return any;
  }

  const Side& side_;
  const ir::Program& program_;
};

}  // namespace

bool LooksAtChanges(const Side& side, const ir::Rule& rule) { return Looks(side).AtRule(rule); }

std::optional<std::vector<uint32_t>> TouchedRows(const Side& side, const ir::Rule& rule, const Conjunct& outer,
                                                 const std::vector<BodyId>& joined, size_t most) {
  return Follower(side, rule, outer, joined, most).Run();
}

}  // namespace ordo::eval

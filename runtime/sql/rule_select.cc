#include "runtime/sql/rule_select.h"

#include <algorithm>

#include "fmt/format.h"

namespace ordo::sql {

using ir::BodyId;
using ir::ExprId;
using ir::kNone;
using ir::Literal;
using ir::Op;
using ir::RelationId;
using ir::VarId;

namespace {

// SQLite joins at most 64 tables; what could be joined beyond this is asked in subqueries.
constexpr size_t kMostJoined = 40;
// A value whose text is longer than this is worked out once and named.
constexpr size_t kLongText = 120;

}  // namespace

uint32_t Growing::TagOf(RelationId relation) const {
  const auto found = std::find(members.begin(), members.end(), relation);
  return found == members.end() ? kNone : static_cast<uint32_t>(found - members.begin());
}

std::string GrownColumn(uint32_t tag, size_t column) { return fmt::format("r{}_{}", tag, column); }
std::string CompleteName(const Relation& relation) { return "all " + relation.name; }
std::string GrowingName(const Relation& relation) { return "found " + relation.name; }

RuleSelect::RuleSelect(const ir::Program& program, const ir::Rule& rule, const Design& design, const Growing& growing,
                       size_t ordinal)
    : program_(program),
      design_(design),
      growing_(growing),
      arithmetic_(design.dialect, design.schema.empty() ? "" : Quoted(design.schema)),
      scopes_(program, rule),
      vars_(rule.variables.size()),
      ordinal_(ordinal) {
  top_.may_stage = growing.how != Growing::How::kLinear;
  if (design.dialect == Dialect::kPostgres) {
    if (growing.how == Growing::How::kNone) {
      top_.from.push_back(design.From("chosen") + " AS p");
      top_.where.push_back("p.view = \x01");
      top_.plan = "p.plan";
    } else {
      top_.plan = "grown.plan";
    }
  }
  FillBlock(top_, rule.body);
  // All that needs a name gets one first: texts made before would speak of tables that are no longer there.
  for (const ExprId argument : rule.head_arguments) {
    if (problem_.empty()) NameDeep(top_, argument);
    if (!problem_.empty() || ValueOf(top_, argument).text.size() <= kLongText || !top_.may_stage) continue;
    names_[argument] = static_cast<VarId>(vars_.size());
    vars_.emplace_back();
    Stage(top_, names_[argument], argument);
  }
  for (const ExprId argument : rule.head_arguments) {
    if (!problem_.empty()) return;
    head_.push_back(ValueOf(top_, argument));
    if (head_.back().nullable) top_.where.push_back(head_.back().text + " IS NOT NULL");
  }
}

std::string RuleSelect::Text(std::string_view what) const { return SelectOf(top_, what); }

std::string RuleSelect::SelectOf(const Block& block, std::string_view what) const {
  std::string text;
  if (block.outer != nullptr && !block.tables.empty()) text += fmt::format("WITH {} ", fmt::join(block.tables, ", "));
  text += fmt::format("SELECT {}", what);
  if (!block.from.empty()) text += fmt::format(" FROM {}", fmt::join(block.from, ", "));
  if (!block.where.empty()) text += " WHERE " + Joined(block.where, " AND ", "TRUE");
  return text;
}

bool RuleSelect::Bound(const std::vector<VarId>& vars) const {
  return std::all_of(vars.begin(), vars.end(), [&](VarId var) { return !vars_[var].text.empty(); });
}

// ---- bodies ----

// Whatever can be asked is asked as soon as its variables are bound; then one more variable is bound. Values that take long come
// last, when nothing can go on without them: by then the rows are few.
void RuleSelect::FillBlock(Block& block, BodyId body) {
  std::vector<Conjunct> pending;
  for (const Literal& literal : program_.bodies[body].literals) {
    if (literal.kind == Literal::Kind::kScan) {
      const std::string alias = AddTable(block, literal.relation);
      // The object first: the other columns may be those of a row that is known.
      for (const ir::Match& match : literal.matches) {
        const ir::Type type = program_.relations[literal.relation].columns[match.column].type;
        if (match.var == kNone)
          Match(block, literal.relation, alias, match.column, Constant(type, match.constant));
        else
          BindColumn(block, literal.relation, alias, match.column, match.var);
      }
      continue;
    }
    if (literal.kind == Literal::Kind::kLet) {
      pending.push_back({literal.var, literal.expr, scopes_.NeedsOfExpr(literal.expr), IsHeavy(literal.expr)});
      continue;
    }
    std::vector<ExprId> conjuncts;
    ir::CollectConjuncts(program_, literal.expr, conjuncts);
    for (const ExprId expr : conjuncts) pending.push_back({kNone, expr, scopes_.NeedsOfExpr(expr), HoldsNamed(expr)});
  }
  while (!pending.empty() && problem_.empty()) {
    const size_t before = pending.size();
    const auto closed = [&](const Conjunct& conjunct) { return !conjunct.heavy && Bound(conjunct.needs); };
    for (const Conjunct& conjunct : pending) {
      if (conjunct.let == kNone && closed(conjunct)) JoinColumns(block, conjunct.expr);
    }
    std::vector<Conjunct> open;
    for (const Conjunct& conjunct : pending) {
      if (closed(conjunct))
        Emit(block, conjunct);
      else
        open.push_back(conjunct);
    }
    pending = std::move(open);
    if (pending.size() < before) continue;
    const auto bound =
        std::find_if(pending.begin(), pending.end(), [&](const Conjunct& conjunct) { return Bind(block, conjunct); });
    if (bound != pending.end()) {
      pending.erase(bound);
      continue;
    }
    const auto heavy = std::find_if(pending.begin(), pending.end(), [&](const Conjunct& c) { return Bound(c.needs); });
    if (heavy == pending.end()) {
      problem_ = "a variable that nothing binds";
      return;
    }
    Emit(block, *heavy);
    pending.erase(heavy);
  }
}

void RuleSelect::Emit(Block& block, const Conjunct& conjunct) {
  const ir::Expr& expr = program_.exprs[conjunct.expr];
  if (conjunct.let != kNone) {
    if (!vars_[conjunct.let].text.empty()) {  // bound already: the same value
      const auto [a, b] = arithmetic_.Aligned(vars_[conjunct.let], ValueOf(block, conjunct.expr));
      block.where.push_back(fmt::format("{} = {}", a, b));
      return;
    }
    return Assign(block, conjunct.let, conjunct.expr, conjunct.heavy);
  }
  // SQLite knows nothing of how many rows a derived relation has; of IN it expects few, and begins with them.
  if (expr.op == Op::kHas && expr.argument_count == 1 && program_.relations[expr.b].derived && growing_.TagOf(expr.b) == kNone &&
      design_.dialect == Dialect::kSqlite) {
    const Value object = ValueOf(block, program_.arguments[expr.first_argument]);
    const std::string alias = fmt::format("t{}", aliases_++);
    const auto [a, b] = arithmetic_.Aligned(object, Field(alias, expr.b, 0));
    block.where.push_back(fmt::format("{} IN (SELECT {} FROM {} AS {})", a, b, SourceOf(expr.b), alias));
    return;
  }
  if (expr.op == Op::kHas && (block.from.size() < kMostJoined || growing_.TagOf(expr.b) != kNone)) return Has(block, expr);
  if (expr.op == Op::kExists && growing_.how == Growing::How::kLinear && ReadsGrowing(expr.a)) return FillBlock(block, expr.a);
  NameDeep(block, conjunct.expr);
  block.where.push_back(Condition(block, conjunct.expr, false));
}

void RuleSelect::Assign(Block& block, VarId var, ExprId expr, bool heavy) {
  NameDeep(block, expr);
  const Value value = ValueOf(block, expr);
  if (block.may_stage && (heavy || value.text.size() > kLongText)) {
    Stage(block, var, expr);
  } else {
    BindVar(block, var, value);
  }
  if (value.nullable) block.where.push_back(vars_[var].text + " IS NOT NULL");
  vars_[var].nullable = false;
}

// A filter that can bind a variable does, if all else in it is bound.
bool RuleSelect::Bind(Block& block, const Conjunct& conjunct) {
  if (conjunct.let != kNone) return false;
  const ir::Expr& expr = program_.exprs[conjunct.expr];
  const auto open_var = [&](ExprId id) {
    return program_.exprs[id].op == Op::kVar && vars_[program_.exprs[id].a].text.empty() ? program_.exprs[id].a : kNone;
  };
  if (expr.op == Op::kHas) {
    std::vector<VarId> binds;
    for (uint32_t i = 0; i < expr.argument_count; ++i) {
      const VarId var = open_var(program_.arguments[expr.first_argument + i]);
      if (var != kNone) binds.push_back(var);
    }
    for (const VarId need : conjunct.needs) {
      if (vars_[need].text.empty() && std::find(binds.begin(), binds.end(), need) == binds.end()) return false;
    }
    Has(block, expr);
    return true;
  }
  if (expr.op != Op::kEqual) return false;
  for (const auto& [side, other] : {std::pair(expr.a, expr.b), std::pair(expr.b, expr.a)}) {
    if (!Closed(other)) continue;
    if (const VarId var = open_var(side); var != kNone) {
      Assign(block, var, other, false);
      return true;
    }
    const ir::Expr& column = program_.exprs[side];
    if (column.op != Op::kColumn) continue;
    if (const VarId object = open_var(column.a); object != kNone) {
      const std::string alias = AddTable(block, column.b);
      BindColumn(block, column.b, alias, 0, object);
      Match(block, column.b, alias, column.c, ValueOf(block, other));
      return true;
    }
  }
  return false;
}

std::string RuleSelect::SourceOf(RelationId relation) {
  if (growing_.TagOf(relation) != kNone) return Quoted(GrowingName(design_.relations[relation]));
  if (!program_.relations[relation].derived) return design_.relations[relation].source;
  reads_.insert(relation);
  return Quoted(CompleteName(design_.relations[relation]));
}

std::string RuleSelect::AddTable(Block& block, RelationId relation) {
  const uint32_t tag = growing_.TagOf(relation);
  const bool postgres = design_.dialect == Dialect::kPostgres;
  if (tag != kNone && growing_.how == Growing::How::kLinear) {
    if (!postgres) block.from.push_back("grown");
    block.where.push_back(fmt::format("grown.tag = {}", tag));
    return "grown";
  }
  const std::string alias = fmt::format("t{}", aliases_++);
  block.from.push_back(fmt::format("{} AS {}", SourceOf(relation), alias));
  // What one round has found is of one plan.
  if (postgres && tag == kNone) block.where.push_back(fmt::format("{}.plan = {}", alias, block.plan));
  return alias;
}

Value RuleSelect::Field(const std::string& alias, RelationId relation, uint32_t column) const {
  const Column& shape = design_.relations[relation].columns[column];
  const uint32_t tag = growing_.how == Growing::How::kLinear ? growing_.TagOf(relation) : kNone;
  const std::string name = tag == kNone ? Quoted(shape.name) : GrownColumn(tag, column);
  return {fmt::format("{}.{}", alias, name), shape.places, program_.relations[relation].keyed && column > 0};
}

void RuleSelect::Match(Block& block, RelationId relation, const std::string& alias, uint32_t column, const Value& value) {
  const auto [a, b] = arithmetic_.Aligned(Field(alias, relation, column), value);
  block.where.push_back(fmt::format("{} = {}", a, b));
  if (column == 0 && program_.relations[relation].keyed) block.known.push_back({{value.text, relation}, alias});
}

void RuleSelect::BindVar(Block& block, VarId var, Value value) {
  vars_[var] = std::move(value);
  block.bound.push_back(var);
}

void RuleSelect::BindColumn(Block& block, RelationId relation, const std::string& alias, uint32_t column, VarId var) {
  if (!vars_[var].text.empty()) return Match(block, relation, alias, column, vars_[var]);
  const Value field = Field(alias, relation, column);
  if (field.nullable) block.where.push_back(field.text + " IS NOT NULL");
  BindVar(block, var, {field.text, field.places, false});
  if (column == 0 && program_.relations[relation].keyed) block.known.push_back({{field.text, relation}, alias});
}

void RuleSelect::Has(Block& block, const ir::Expr& expr) {
  const std::string alias = AddTable(block, expr.b);
  for (const bool open : {true, false}) {
    for (uint32_t i = 0; i < expr.argument_count; ++i) {
      const ExprId argument = program_.arguments[expr.first_argument + i];
      const bool var = program_.exprs[argument].op == Op::kVar;
      if (var != open) continue;
      if (var)
        BindColumn(block, expr.b, alias, i, program_.exprs[argument].a);
      else
        Match(block, expr.b, alias, i, ValueOf(block, argument));
    }
  }
}

const std::string* RuleSelect::KnownRow(const Block& block, const std::string& object, RelationId relation) const {
  for (const Block* at = &block; at != nullptr; at = at->outer) {
    for (const auto& [key, alias] : at->known) {
      if (key.second == relation && key.first == object) return &alias;
    }
  }
  return nullptr;
}

// Columns without which the condition cannot be true: their rows are joined, so that the database may begin with them.
void RuleSelect::JoinColumns(Block& block, ExprId id) {
  const ir::Expr& expr = program_.exprs[id];
  const bool comparison = expr.op >= Op::kEqual && expr.op <= Op::kGreaterEqual;
  if (comparison || expr.op == Op::kStated || expr.op == Op::kCall || expr.op == Op::kColumn) JoinColumnsOfValue(block, id);
}

void RuleSelect::JoinColumnsOfValue(Block& block, ExprId id) {
  const ir::Expr& expr = program_.exprs[id];
  ir::ForEachOperand(program_, expr, [&](ExprId operand) {
    const Op op = program_.exprs[operand].op;
    if (op == Op::kColumn || op == Op::kCall || (op >= Op::kAdd && op <= Op::kNegate)) JoinColumnsOfValue(block, operand);
  });
  if (expr.op != Op::kColumn || block.from.size() >= kMostJoined) return;
  const Value object = ValueOf(block, expr.a);
  if (object.text.size() > kLongText || KnownRow(block, object.text, expr.b) != nullptr) return;
  const std::string alias = AddTable(block, expr.b);
  Match(block, expr.b, alias, 0, object);
}

// ---- reads of what is growing ----

namespace {

// Reads of a growing relation where they can be joined.
uint32_t JoinedReads(const ir::Program& program, BodyId body, const Growing& growing) {
  uint32_t reads = 0;
  for (const Literal& literal : program.bodies[body].literals) {
    if (literal.kind == Literal::Kind::kScan) reads += growing.TagOf(literal.relation) != kNone;
    if (literal.kind != Literal::Kind::kFilter) continue;
    std::vector<ExprId> conjuncts;
    ir::CollectConjuncts(program, literal.expr, conjuncts);
    for (const ExprId id : conjuncts) {
      const ir::Expr& expr = program.exprs[id];
      if (expr.op == Op::kHas) reads += growing.TagOf(expr.b) != kNone;
      if (expr.op == Op::kExists) reads += JoinedReads(program, expr.a, growing);
    }
  }
  return reads;
}

}  // namespace

bool RuleSelect::ReadsGrowing(BodyId body) const { return JoinedReads(program_, body, growing_) > 0; }

bool IsLinear(const ir::Program& program, const ir::Rule& rule, const Growing& growing) {
  uint32_t reads = 0;
  ir::ForEachRead(program, rule, [&](RelationId relation, bool) { reads += growing.TagOf(relation) != kNone; });
  return reads == 0 || (reads == 1 && JoinedReads(program, rule.body, growing) == 1);
}

}  // namespace ordo::sql

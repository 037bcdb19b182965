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

RuleSelect::RuleSelect(const ir::Program& program, const ir::Rule& rule, const Design& design, const Growing& growing, size_t ordinal)
    : program_(program), design_(design), growing_(growing),
      arithmetic_(design.dialect, design.schema.empty() ? "" : Quoted(design.schema)), scopes_(program, rule),
      vars_(rule.variables.size()), ordinal_(ordinal) {
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
        if (match.var == kNone) Match(block, literal.relation, alias, match.column, Constant(type, match.constant));
        else BindColumn(block, literal.relation, alias, match.column, match.var);
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
      if (closed(conjunct)) Emit(block, conjunct);
      else open.push_back(conjunct);
    }
    pending = std::move(open);
    if (pending.size() < before) continue;
    const auto bound = std::find_if(pending.begin(), pending.end(), [&](const Conjunct& conjunct) { return Bind(block, conjunct); });
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
    if (!vars_[conjunct.let].text.empty()) {   // bound already: the same value
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

// What has been joined so far becomes one table, with the value of `expr` as a further column. It stands in a WITH, not inside the
// next SELECT: parsers take only so many brackets. A value of an inner body is worked out once for all rows that agree in what the
// body uses, as the engine remembers it: a count over all tasks of a quarter is done once a quarter, not once a task.
void RuleSelect::Stage(Block& block, VarId var, ExprId expr) {
  const bool with_plan = !block.plan.empty() && block.outer == nullptr;
  std::vector<VarId> keys;
  if (ir::HoldsBody(program_.exprs[expr].op)) {
    for (const VarId need : scopes_.NeedsOfExpr(expr)) {
      if (std::find(block.bound.begin(), block.bound.end(), need) != block.bound.end()) keys.push_back(need);
    }
  }
  // One that uses nothing from here is worked out once a plan; a database with one plan sees that for itself.
  const bool apart = ir::HoldsBody(program_.exprs[expr].op) && keys.size() < block.bound.size() && (with_plan || !keys.empty());
  Value value;
  if (!apart) value = ValueOf(block, expr);
  const std::string alias = fmt::format("s{}_{}", ordinal_, aliases_++);
  std::vector<std::string> columns;
  if (with_plan) columns.push_back(block.plan + " AS plan");
  for (const VarId bound : block.bound) {
    columns.push_back(fmt::format("{} AS v{}", vars_[bound].text, bound));
    vars_[bound].text = fmt::format("{}.v{}", alias, bound);
  }
  if (!apart) columns.push_back(fmt::format("{} AS v{}", value.text, var));
  else if (columns.empty()) columns.push_back("1 AS x");
  std::string select = fmt::format("SELECT {}", fmt::join(columns, ", "));
  if (!block.from.empty()) select += fmt::format(" FROM {}", fmt::join(block.from, ", "));
  if (!block.where.empty()) select += " WHERE " + Joined(block.where, " AND ", "TRUE");
  block.tables.push_back(fmt::format("{} AS MATERIALIZED ({})", alias, select));
  block.from = {alias};
  block.where.clear();
  block.known.clear();
  if (with_plan) block.plan = alias + ".plan";
  std::string from = alias;
  if (apart) {
    from = fmt::format("m{}_{}", ordinal_, aliases_++);
    const std::string key_row = fmt::format("k{}", aliases_++);
    std::vector<std::string> distinct;
    if (with_plan) distinct.push_back("plan");
    for (const VarId key : keys) distinct.push_back(fmt::format("v{}", key));
    std::vector<std::string> told, same;
    for (const std::string& name : distinct) {
      told.push_back(fmt::format("{0}.{1} AS {1}", key_row, name));
      same.push_back(fmt::format("{}.{} = {}.{}", from, name, alias, name));
    }
    // The same names, of other rows, while the value is written.
    const std::vector<Value> before = vars_;
    const std::string plan = block.plan;
    for (const VarId key : keys) vars_[key].text = fmt::format("{}.v{}", key_row, key);
    if (with_plan) block.plan = key_row + ".plan";
    value = ValueOf(block, expr);
    std::copy(before.begin(), before.end(), vars_.begin());
    block.plan = plan;
    told.push_back(fmt::format("{} AS v{}", value.text, var));
    block.tables.push_back(fmt::format("{} AS MATERIALIZED (SELECT {} FROM (SELECT DISTINCT {} FROM {}) AS {})", from, fmt::join(told, ", "),
                                       fmt::join(distinct, ", "), alias, key_row));
    block.from.push_back(from);
    block.where = std::move(same);
  }
  vars_[var] = {fmt::format("{}.v{}", from, var), value.places, value.nullable};
  block.bound.push_back(var);
}

// How many brackets deep a parser will be in the text of this, roughly.
int RuleSelect::DepthOf(ExprId id) const {
  const ir::Expr& expr = program_.exprs[id];
  if (names_.contains(id)) return 1;
  int depth = 0;
  ir::ForEachOperand(program_, expr, [&](ExprId operand) { depth = std::max(depth, DepthOf(operand)); });
  switch (expr.op) {
    case Op::kVar:
    case Op::kConst: return 1;
    case Op::kColumn:
    case Op::kCall: return depth + 10;
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply: return depth + 12;
    case Op::kDivide: return depth + 16;
    default: break;
  }
  if (!ir::HoldsBody(expr.op)) return depth + 3;
  for (const ExprId result : ir::ResultsOf(program_, expr)) depth = std::max(depth, DepthOf(result));
  return std::max(depth, DepthOfBody(expr.a)) + 16;
}

int RuleSelect::DepthOfBody(BodyId body) const {
  int depth = 0;
  for (const Literal& literal : program_.bodies[body].literals) {
    if (literal.kind != Literal::Kind::kScan) depth = std::max(depth, DepthOf(literal.expr));
  }
  return depth;
}

bool RuleSelect::IsNamed(ExprId id) const {
  constexpr int kDeep = 22;
  const ir::Expr& expr = program_.exprs[id];
  if (expr.op == Op::kExists) return IsLooseExists(id);
  if (ir::HoldsBody(expr.op)) return true;
  return expr.type != ir::Type::kBool && DepthOf(id) > kDeep;
}

// Whether what is around the body is only compared with what is inside, so that each asking looks at all rows.
bool RuleSelect::IsLooseExists(ExprId id) const {
  const ir::Expr& expr = program_.exprs[id];
  const std::vector<VarId> needs = scopes_.NeedsOfExpr(id);
  if (needs.empty() || growing_.how == Growing::How::kLinear) return false;
  std::vector<BodyId> bodies = {expr.a};
  const auto outer = [&](ExprId side) {
    const ir::Expr& at = program_.exprs[side];
    return at.op == Op::kVar && std::find(needs.begin(), needs.end(), at.a) != needs.end();
  };
  for (const Literal& literal : program_.bodies[expr.a].literals) {
    for (const ir::Match& match : literal.matches) {
      if (match.var != kNone && std::find(needs.begin(), needs.end(), match.var) != needs.end()) return false;
    }
    if (literal.kind != Literal::Kind::kFilter) continue;
    std::vector<ExprId> conjuncts;
    ir::CollectConjuncts(program_, literal.expr, conjuncts);
    for (const ExprId conjunct : conjuncts) {
      const ir::Expr& filter = program_.exprs[conjunct];
      if (filter.op == Op::kEqual && (outer(filter.a) || outer(filter.b))) return false;
      if (filter.op == Op::kExists) return false;
      for (uint32_t i = 0; filter.op == Op::kHas && i < filter.argument_count; ++i) {
        if (outer(program_.arguments[filter.first_argument + i])) return false;
      }
    }
  }
  return true;
}

// Values deep inside the expr become columns, the innermost first; so do those of inner bodies that can be remembered.
void RuleSelect::NameDeep(Block& block, ExprId id) {
  if (!block.may_stage || names_.contains(id)) return;
  const auto name = [&](ExprId operand) {
    NameDeep(block, operand);
    if (names_.contains(operand) || !IsNamed(operand)) return;
    const VarId var = static_cast<VarId>(vars_.size());
    vars_.emplace_back();
    Stage(block, var, operand);
    names_[operand] = var;
    block.named.push_back(operand);
  };
  ir::ForEachOperand(program_, program_.exprs[id], name);
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
      if (var) BindColumn(block, expr.b, alias, i, program_.exprs[argument].a);
      else Match(block, expr.b, alias, i, ValueOf(block, argument));
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

// ---- values ----

Value RuleSelect::Constant(ir::Type type, ir::Cell cell) const {
  switch (type) {
    case ir::Type::kText: return {TextLiteral(program_.text(static_cast<Symbol>(cell))), 0, false};
    case ir::Type::kWord: return {TextLiteral(design_.words[static_cast<size_t>(cell)]), 0, false};
    case ir::Type::kEntity: return {fmt::format("{}", cell), 0, false};
    case ir::Type::kBool:
      if (design_.dialect == Dialect::kPostgres) return {cell != 0 ? "TRUE" : "FALSE", 0, false};
      return {fmt::format("{}", cell), 0, false};
    default: return arithmetic_.Constant(type, cell);
  }
}

Value RuleSelect::ValueOf(Block& block, ExprId id) {
  if (const auto name = names_.find(id); name != names_.end() && !vars_[name->second].text.empty()) return vars_[name->second];
  const ir::Expr& expr = program_.exprs[id];
  switch (expr.op) {
    case Op::kVar:
      if (vars_[expr.a].text.empty()) problem_ = "a variable is used before it is bound";
      return vars_[expr.a];
    case Op::kConst: return Constant(expr.type, expr.constant);
    case Op::kColumn: {
      const Value object = ValueOf(block, expr.a);
      if (const std::string* alias = KnownRow(block, object.text, expr.b)) return Field(*alias, expr.b, expr.c);
      const std::string alias = fmt::format("t{}", aliases_++);
      const std::string plan = block.plan.empty() ? "" : fmt::format(" AND {}.plan = {}", alias, block.plan);
      const Value field = Field(alias, expr.b, expr.c), key = Field(alias, expr.b, 0);
      return {fmt::format("(SELECT {} FROM {} AS {} WHERE {} = {}{})", field.text, SourceOf(expr.b), alias, key.text, object.text, plan),
              field.places, true};
    }
    case Op::kAdd:
      if (expr.type == ir::Type::kDate) {
        const bool first = program_.exprs[expr.a].type == ir::Type::kDate;
        return arithmetic_.PlusDays(ValueOf(block, first ? expr.a : expr.b), ValueOf(block, first ? expr.b : expr.a), false);
      }
      return arithmetic_.Add(ValueOf(block, expr.a), ValueOf(block, expr.b), false);
    case Op::kSubtract: {
      const Value a = ValueOf(block, expr.a), b = ValueOf(block, expr.b);
      if (program_.exprs[expr.a].type != ir::Type::kDate) return arithmetic_.Add(a, b, true);
      return program_.exprs[expr.b].type == ir::Type::kDate ? arithmetic_.DaysBetween(a, b) : arithmetic_.PlusDays(a, b, true);
    }
    case Op::kMultiply: return arithmetic_.Multiply(ValueOf(block, expr.a), ValueOf(block, expr.b));
    case Op::kDivide: {
      const ir::Expr& divisor = program_.exprs[expr.b];
      return arithmetic_.Divide(ValueOf(block, expr.a), ValueOf(block, expr.b),
                                divisor.op == Op::kConst ? divisor.constant : ir::kAbsent);
    }
    case Op::kNegate: return arithmetic_.Negate(ValueOf(block, expr.a));
    case Op::kCount:
    case Op::kSum:
    case Op::kMin:
    case Op::kMax: return Aggregate(block, expr);
    case Op::kCall: {
      const Function& function = design_.functions[expr.a];
      const std::string alias = fmt::format("t{}", aliases_++);
      std::vector<std::string> where;
      if (!block.plan.empty()) where.push_back(fmt::format("{}.plan = {}", alias, block.plan));
      for (uint32_t i = 0; i < expr.argument_count; ++i) {
        const Value asked{fmt::format("{}.{}", alias, Quoted(function.parameters[i].name)), function.parameters[i].places, false};
        const auto [a, b] = arithmetic_.Aligned(asked, ValueOf(block, program_.arguments[expr.first_argument + i]));
        where.push_back(fmt::format("{} = {}", a, b));
      }
      return {fmt::format("(SELECT {}.result FROM {} AS {}{}{})", alias, function.source, alias, where.empty() ? "" : " WHERE ",
                          fmt::join(where, " AND ")),
              function.result.places, true};
    }
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr: return {Condition(block, id, true), 0, true};
    case Op::kHas:
    case Op::kStated:
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
    case Op::kExists: return {Condition(block, id, true), 0, false};
  }
  problem_ = fmt::format("operation {} has no SQL yet", static_cast<int>(expr.op));
  return {"NULL", 0, true};
}

std::string RuleSelect::Condition(Block& block, ExprId id, bool exact) {
  if (const auto name = names_.find(id); name != names_.end() && !vars_[name->second].text.empty()) return vars_[name->second].text;
  const ir::Expr& expr = program_.exprs[id];
  switch (expr.op) {
    case Op::kNot: return fmt::format("(NOT {})", Condition(block, expr.a, true));
    case Op::kAnd:
    case Op::kOr:
      return fmt::format("({} {} {})", Condition(block, expr.a, exact), expr.op == Op::kAnd ? "AND" : "OR",
                         Condition(block, expr.b, exact));
    case Op::kStated: return fmt::format("({} IS NOT NULL)", ValueOf(block, expr.a).text);
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual: {
      static constexpr std::string_view kSigns[] = {"=", "<>", "<", "<=", ">", ">="};
      const Value left = ValueOf(block, expr.a), right = ValueOf(block, expr.b);
      const auto [a, b] = arithmetic_.Aligned(left, right);
      const std::string_view sign = kSigns[static_cast<size_t>(expr.op) - static_cast<size_t>(Op::kEqual)];
      if (exact && (left.nullable || right.nullable)) return fmt::format("COALESCE({} {} {}, FALSE)", a, sign, b);
      return fmt::format("({} {} {})", a, sign, b);
    }
    case Op::kHas: {
      Block inner;
      inner.outer = &block;
      inner.plan = block.plan;
      const std::string alias = AddTable(inner, expr.b);
      for (uint32_t i = 0; i < expr.argument_count; ++i) {
        Match(inner, expr.b, alias, i, ValueOf(block, program_.arguments[expr.first_argument + i]));
      }
      return fmt::format("EXISTS ({})", SelectOf(inner, "1"));
    }
    case Op::kExists: return Exists(block, expr.a);
    default: return ValueOf(block, id).text;
  }
}

std::string RuleSelect::Exists(Block& outer, BodyId body) {
  Block block;
  block.outer = &outer;
  block.plan = outer.plan;
  FillBlock(block, body);
  const std::string text = SelectOf(block, "1");
  Leave(block);
  return fmt::format("EXISTS ({})", text);
}

void RuleSelect::Leave(const Block& block) {
  for (const VarId var : block.bound) vars_[var] = {};
  for (const ExprId name : block.named) names_.erase(name);
}

// Values come from a table of their own: an aggregate over columns of an outer query would be taken for one of that query. The
// tables stand side by side in a WITH.
Value RuleSelect::Aggregate(Block& outer, const ir::Expr& expr) {
  Block block;
  block.outer = &outer;
  block.plan = outer.plan;
  FillBlock(block, expr.a);
  const std::vector<ExprId> results = ir::ResultsOf(program_, expr);
  for (const ExprId result : results) NameDeep(block, result);
  std::vector<std::string> columns, stated, keys;
  int places = 0;
  for (const ExprId result : results) {
    const Value value = ValueOf(block, result);
    places = value.places;
    const std::string name = fmt::format("x{}", columns.size());
    columns.push_back(fmt::format("{} AS {}", value.text, name));
    if (keys.size() == expr.argument_count) continue;
    keys.push_back(name);
    if (value.nullable) stated.push_back(name + " IS NOT NULL");
  }
  if (columns.empty()) columns.push_back("1 AS x0");
  const uint32_t number = aliases_++;
  const auto table = [&](char kind) { return fmt::format("{}{}_{}", kind, ordinal_, number); };
  std::vector<std::string> tables = std::exchange(block.tables, {});
  tables.push_back(fmt::format("{} AS ({})", table('x'),
                               SelectOf(block, fmt::format("{}{}", expr.op == Op::kCount ? "DISTINCT " : "", fmt::join(columns, ", ")))));
  Leave(block);
  const std::string where = stated.empty() ? "" : fmt::format(" WHERE {}", fmt::join(stated, " AND "));
  std::string select;
  if (expr.op == Op::kCount) {
    select = fmt::format("SELECT COUNT(*){} FROM {}{}", design_.dialect == Dialect::kPostgres ? "::numeric" : "", table('x'), where);
  } else if (expr.op == Op::kSum) {
    const std::string group = keys.empty() ? "" : fmt::format(" GROUP BY {}", fmt::join(keys, ", "));
    tables.push_back(fmt::format("{} AS (SELECT MIN(x{}) AS v FROM {}{}{})", table('v'), results.size() - 1, table('x'), where, group));
    tables.push_back(fmt::format("{} AS (SELECT COALESCE(SUM(v), 0) AS x FROM {})", table('w'), table('v')));
    select = arithmetic_.SelectFitting(table('w'), places);
  } else {
    select = fmt::format("SELECT {}(x{}) FROM {}", expr.op == Op::kMin ? "MIN" : "MAX", results.size() - 1, table('x'));
  }
  const bool counted = expr.op == Op::kCount;
  return {fmt::format("(WITH {} {})", fmt::join(tables, ", "), select), counted ? 0 : places, !counted};
}

// ---- what a rule is like ----

bool RuleSelect::HoldsNamed(ExprId id) const {
  bool holds = false;
  ir::ForEachOperand(program_, program_.exprs[id],
                     [&](ExprId operand) { holds = holds || (ir::HoldsBody(program_.exprs[operand].op) && IsNamed(operand)) || HoldsNamed(operand); });
  return holds;
}

bool RuleSelect::IsHeavy(ExprId id) const {
  const ir::Expr& expr = program_.exprs[id];
  if (ir::HoldsBody(expr.op) || expr.op == Op::kCall) return true;
  bool heavy = false;
  ir::ForEachOperand(program_, expr, [&](ExprId operand) { heavy = heavy || IsHeavy(operand); });
  return heavy;
}

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

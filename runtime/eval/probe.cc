#include "runtime/eval/probe.h"

#include <algorithm>

#include "runtime/eval/arithmetic.h"

namespace ordo::eval {

using ir::ExprId;
using ir::kNone;
using ir::Op;
using ir::VarId;

Probe::Probe(const Evaluation& evaluation, uint64_t steps, const std::vector<Native>& natives)
    : evaluation_(evaluation), program_(evaluation.program()), left_(steps) {
  for (const std::string& name : program_.functions) {
    const auto found = std::find_if(natives.begin(), natives.end(), [&](const Native& native) { return native.id == name; });
    natives_.push_back(found == natives.end() ? nullptr : &*found);
  }
}

Frame Probe::NewFrame(uint32_t rule) const { return {rule, std::vector<Cell>(program_.rules[rule].variables.size(), kAbsent)}; }

Probe::OfRule& Probe::Of(uint32_t rule) {
  auto& of = rules_[rule];
  if (!of) of = std::make_unique<OfRule>(program_, program_.rules[rule]);
  return *of;
}

const ir::Scopes& Probe::ScopesOf(uint32_t rule) { return Of(rule).scopes; }

const std::vector<Goal>& Probe::GoalsOf(uint32_t rule, ir::BodyId body) {
  OfRule& of = Of(rule);
  const auto found = of.goals.find(body);
  if (found != of.goals.end()) return *found->second;
  auto made = std::make_unique<std::vector<Goal>>();
  std::vector<Goal>& goals = *made;
  const std::vector<ir::Literal>& literals = program_.bodies[body].literals;
  for (uint32_t i = 0; i < literals.size(); ++i) {
    const ir::Literal& literal = literals[i];
    if (literal.kind == ir::Literal::Kind::kFilter) {
      AddGoals(of, i, literal.expr, goals);
      continue;
    }
    Goal& goal = goals.emplace_back();
    goal.literal = i;
    if (literal.kind == ir::Literal::Kind::kLet) {
      goal.expr = literal.expr;
      goal.let = literal.var;
      goal.needs = of.scopes.NeedsOfExpr(literal.expr);
      continue;
    }
    goal.relation = literal.relation;
    for (const ir::Match& match : literal.matches) goal.arguments.push_back({match.column, match.var, kNone, match.constant, {}});
  }
  return *of.goals.emplace(body, std::move(made)).first->second;
}

void Probe::AddGoals(OfRule& of, uint32_t literal, ExprId filter, std::vector<Goal>& goals) {
  std::vector<ExprId> conjuncts;
  ir::CollectConjuncts(program_, filter, conjuncts);
  for (const ExprId id : conjuncts) {
    const ir::Expr& expr = program_.exprs[id];
    Goal& goal = goals.emplace_back();
    goal.literal = literal;
    goal.expr = id;
    goal.needs = of.scopes.NeedsOfExpr(id);
    if (expr.op == Op::kEqual) {
      goal.left_needs = of.scopes.NeedsOfExpr(expr.a);
      goal.right_needs = of.scopes.NeedsOfExpr(expr.b);
    }
    if (expr.op != Op::kHas) continue;
    goal.relation = expr.b;
    for (uint32_t i = 0; i < expr.argument_count; ++i) {
      const ExprId argument = program_.arguments[expr.first_argument + i];
      if (program_.exprs[argument].op == Op::kVar) goal.arguments.push_back({i, program_.exprs[argument].a, kNone, 0, {}});
      else goal.arguments.push_back({i, kNone, argument, 0, of.scopes.NeedsOfExpr(argument)});
    }
  }
}

// ---- rows

const Probe::Sorted& Probe::IndexOf(ir::RelationId relation, uint32_t column) {
  auto& index = indexes_[uint64_t{relation} << 32 | column];
  if (index) return *index;
  index = std::make_unique<Sorted>();
  for (uint32_t row = 0, rows = evaluation_.rows(relation); row < rows; ++row) {
    const Cell cell = evaluation_.cell(relation, row, column);
    if (cell != kAbsent) index->rows.push_back({cell, row});
  }
  std::sort(index->rows.begin(), index->rows.end());
  return *index;
}

// The shortest list of rows that one of the known cells gives.
Probe::Candidates Probe::Fitting(ir::RelationId relation, const std::vector<std::pair<uint32_t, Cell>>& known) {
  Candidates best{nullptr, 0, evaluation_.rows(relation)};
  for (const auto& [column, cell] : known) {
    if (column == 0 && program_.relations[relation].keyed) {
      const ir::Entity& object = program_.entities[static_cast<size_t>(cell)];
      if (program_.kinds[object.kind].relation != relation) return {};
      return {nullptr, object.row, size_t{object.row} + 1};
    }
    const Sorted& index = IndexOf(relation, column);
    const auto begin = std::lower_bound(index.rows.begin(), index.rows.end(), std::pair<Cell, uint32_t>(cell, 0));
    const auto end = std::upper_bound(begin, index.rows.end(), std::pair<Cell, uint32_t>(cell, UINT32_MAX));
    const Candidates found{&index, static_cast<size_t>(begin - index.rows.begin()), static_cast<size_t>(end - index.rows.begin())};
    if (found.size() < best.size() || (best.index == nullptr && found.size() == best.size())) best = found;
  }
  return best;
}

uint32_t Probe::FindRow(ir::RelationId relation, const std::vector<Cell>& cells) {
  std::vector<std::pair<uint32_t, Cell>> known;
  for (uint32_t column = 0; column < cells.size(); ++column) {
    if (cells[column] != kAbsent) known.push_back({column, cells[column]});
  }
  const Candidates rows = Fitting(relation, known);
  for (size_t i = rows.begin; i < rows.end && Step(); ++i) {
    const uint32_t row = rows.row(i);
    if (std::all_of(known.begin(), known.end(),
                    [&](const auto& pair) { return evaluation_.cell(relation, row, pair.first) == pair.second; })) {
      return row;
    }
  }
  return kNone;
}

// ---- bindings

bool Probe::Bound(const std::vector<VarId>& needs, const Frame& frame) const {
  return std::all_of(needs.begin(), needs.end(), [&](VarId var) { return frame.cells[var] != kAbsent; });
}

Probe::How Probe::HowNow(const Goal& goal, const Frame& frame, ExprId* side) const {
  if (goal.let != kNone) return Bound(goal.needs, frame) ? How::kLet : How::kNotYet;
  if (goal.relation != kNone) {
    for (const Goal::Argument& argument : goal.arguments) {
      if (argument.expr != kNone && !Bound(argument.needs, frame)) return How::kNotYet;
    }
    return goal.expr != kNone && Bound(goal.needs, frame) ? How::kTest : How::kRows;
  }
  if (Bound(goal.needs, frame)) return How::kTest;
  const ir::Expr& expr = program_.exprs[goal.expr];
  if (expr.op != Op::kEqual) return How::kNotYet;
  const bool left = Bound(goal.left_needs, frame);
  if (!left && !Bound(goal.right_needs, frame)) return How::kNotYet;
  *side = left ? expr.b : expr.a;
  const ir::Expr& open = program_.exprs[*side];
  if (open.op == Op::kVar) return How::kAssign;
  return open.op == Op::kColumn && program_.exprs[open.a].op == Op::kVar ? How::kFindOwner : How::kNotYet;
}

struct Probe::Search {
  ir::BodyId body;
  const std::vector<Goal>& goals;
  Frame& frame;
  Order order;
  absl::FunctionRef<bool()> found;
  std::vector<bool> done;
  size_t first_open = 0;   // all goals before it are done
};

Probe::Candidates Probe::RowsOf(const Goal& goal, How how, ExprId side, Frame& frame) {
  std::vector<std::pair<uint32_t, Cell>> known;
  if (how == How::kFindOwner) {
    const ir::Expr &expr = program_.exprs[goal.expr], &open = program_.exprs[side];
    const Cell value = Value(side == expr.a ? expr.b : expr.a, frame);
    if (value == kAbsent) return {};
    return Fitting(open.b, {{open.c, value}});
  }
  for (const Goal::Argument& argument : goal.arguments) {
    Cell cell = argument.var != kNone ? frame.cells[argument.var] : argument.expr != kNone ? Value(argument.expr, frame) : argument.constant;
    if (argument.expr != kNone && cell == kAbsent) return {};
    if (cell != kAbsent) known.push_back({argument.column, cell});
  }
  return Fitting(goal.relation, known);
}

bool Probe::ForEach(ir::BodyId body, Frame& frame, Order order, absl::FunctionRef<bool()> found) {
  const std::vector<Goal>& goals = GoalsOf(frame.rule, body);
  Search search{body, goals, frame, order, found, std::vector<bool>(goals.size()), 0};
  return Solve(search, 0);
}

// Chooses the goal to ask next: its index, goals.size() if none can be asked yet.
size_t Probe::Choose(Search& search, How* how, ExprId* side, Candidates* rows) {
  while (search.done[search.first_open]) ++search.first_open;
  size_t chosen = search.goals.size();
  for (size_t i = search.first_open; i < search.goals.size(); ++i) {
    if (search.done[i]) continue;
    ExprId open = kNone;
    const How now = HowNow(search.goals[i], search.frame, &open);
    if (now == How::kNotYet) continue;
    const bool generates = now == How::kRows || now == How::kFindOwner;
    const Candidates fitting = generates ? RowsOf(search.goals[i], now, open, search.frame) : Candidates();
    if (chosen < search.goals.size() && generates && fitting.size() >= rows->size()) continue;
    chosen = i, *how = now, *side = open, *rows = fitting;
    if (search.order == Order::kWritten || !generates) break;
  }
  return chosen;
}

// Goals that hold in one way at most are asked in a loop, so that a rule of many conditions needs no deep stack.
bool Probe::Solve(Search& search, size_t passed) {
  const size_t first_open = search.first_open;
  std::vector<std::pair<size_t, VarId>> fulfilled;   // here, with the variable that each has bound
  bool go_on = true;
  while (true) {
    if (passed == search.goals.size()) {
      go_on = search.found();
      break;
    }
    if (!Step()) {
      go_on = false;
      break;
    }
    How how = How::kNotYet;
    ExprId side = kNone;
    Candidates rows;
    const size_t chosen = Choose(search, &how, &side, &rows);
    if (chosen == search.goals.size()) break;   // never, in what Verify accepts
    const Goal& goal = search.goals[chosen];
    search.done[chosen] = true;
    VarId bound = kNone;
    const bool generates = how == How::kRows || how == How::kFindOwner;
    bool any = false;
    if (generates) go_on = Generate(search, goal, how, side, rows, passed, &any);
    else any = Holds(goal, how, side, search.frame, &bound);
    if (!any && watcher_ != nullptr) {
      search.done[chosen] = false;
      watcher_->Failed(search.body, goal, passed, search.frame);
    }
    if (generates || !any) {
      search.done[chosen] = false;
      break;
    }
    fulfilled.push_back({chosen, bound});
    ++passed;
  }
  for (const auto& [goal, bound] : fulfilled) {
    search.done[goal] = false;
    if (bound != kNone) search.frame.cells[bound] = kAbsent;
  }
  search.first_open = first_open;
  return go_on;
}

// A condition that is true, or a variable that gets, or has, the one value that it can have; *bound: what it has bound.
bool Probe::Holds(const Goal& goal, How how, ExprId side, Frame& frame, VarId* bound) {
  if (how == How::kTest) {
    const Cell value = Value(goal.expr, frame);
    return value != kAbsent && value != 0;
  }
  const VarId var = how == How::kLet ? goal.let : program_.exprs[side].a;
  const ir::Expr& expr = program_.exprs[goal.expr];
  const Cell value = Value(how == How::kLet ? goal.expr : side == expr.a ? expr.b : expr.a, frame);
  Cell& cell = frame.cells[var];
  if (value == kAbsent || (cell != kAbsent && cell != value)) return false;
  if (cell == kAbsent) *bound = var;
  cell = value;
  return true;
}

// Goes on with every row that fits; *any: there was one.
bool Probe::Generate(Search& search, const Goal& goal, How how, ExprId side, const Candidates& rows, size_t passed, bool* any) {
  Frame& frame = search.frame;
  if (how == How::kFindOwner) {
    const ir::Expr& open = program_.exprs[side];
    const VarId var = program_.exprs[open.a].a;
    for (size_t i = rows.begin; i < rows.end; ++i) {
      if (!Step()) return false;
      *any = true;
      frame.cells[var] = evaluation_.cell(open.b, rows.row(i), 0);
      const bool go_on = Solve(search, passed + 1);
      frame.cells[var] = kAbsent;
      if (!go_on) return false;
    }
    return true;
  }
  std::vector<Cell> wanted;
  for (const Goal::Argument& argument : goal.arguments) {
    wanted.push_back(argument.var != kNone ? kAbsent : argument.expr != kNone ? Value(argument.expr, frame) : argument.constant);
  }
  for (size_t i = rows.begin; i < rows.end; ++i) {
    if (!Step()) return false;
    const uint32_t row = rows.row(i);
    std::vector<VarId> bound;
    bool fits = true;
    for (size_t k = 0; fits && k < goal.arguments.size(); ++k) {
      const Goal::Argument& argument = goal.arguments[k];
      const Cell cell = evaluation_.cell(goal.relation, row, argument.column);
      const Cell want = argument.var != kNone ? frame.cells[argument.var] : wanted[k];
      fits = cell != kAbsent && (cell == want || (argument.var != kNone && want == kAbsent));
      if (!fits || argument.var == kNone || want != kAbsent) continue;
      frame.cells[argument.var] = cell;
      bound.push_back(argument.var);
    }
    *any |= fits;
    const bool go_on = !fits || Solve(search, passed + 1);
    for (const VarId var : bound) frame.cells[var] = kAbsent;
    if (!go_on) return false;
  }
  return true;
}

}  // namespace ordo::eval

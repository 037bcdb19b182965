#include "runtime/eval/plan.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "fmt/format.h"

namespace ordo::eval {

namespace {

using ir::ExprId;
using ir::kNone;
using ir::Op;
using ir::VarId;

constexpr double kFilterCost = 0.2;    // a comparison, against one for a row
constexpr double kLessCost = 0.5;      // share of rows that a comparison is taken to let through
constexpr double kEqualCost = 0.1;     // the same for equality with something unknown
// One attempt at an order looks at each conjunct for each conjunct. A body that is longer than anybody writes is tried from fewer
// starts, so that planning takes no longer than this many looks and one attempt.
constexpr size_t kLooks = 10'000'000;

void CollectRelations(const ir::Program& program, ExprId expr, std::vector<ir::RelationId>& out);

void CollectRelationsOfBody(const ir::Program& program, ir::BodyId body, std::vector<ir::RelationId>& out) {
  for (const ir::Literal& literal : program.bodies[body].literals) {
    if (literal.kind == ir::Literal::Kind::kScan) out.push_back(literal.relation);
    else CollectRelations(program, literal.expr, out);
  }
}

void CollectRelations(const ir::Program& program, ExprId id, std::vector<ir::RelationId>& out) {
  const ir::Expr& expr = program.exprs[id];
  if (expr.op == Op::kHas) out.push_back(expr.b);
  if (ir::HoldsBody(expr.op)) {
    CollectRelationsOfBody(program, expr.a, out);
    for (const ExprId result : ir::ResultsOf(program, expr)) CollectRelations(program, result, out);
  }
  ir::ForEachOperand(program, expr, [&](ExprId operand) { CollectRelations(program, operand, out); });
}

// One attempt at an order: what is bound so far, what it costs.
class Ordering {
 public:
  Ordering(const ir::Program& program, const ir::Scopes& scopes, Facts& facts, const std::vector<Conjunct>& conjuncts,
           std::vector<bool> bound)
      : program_(program),
        scopes_(scopes),
        facts_(facts),
        conjuncts_(conjuncts),
        bound_(std::move(bound)),
        placed_(conjuncts.size()) {}

  const std::vector<Step>& steps() const { return steps_; }
  double cost() const { return cost_; }
  double bindings() const { return evaluations_; }

  // Places `first`, if given, before everything else that makes rows, then all the rest.
  void Run(uint32_t first) {
    PlaceReady();
    if (first != kNone && !placed_[first] && Ready(conjuncts_[first])) PlacePattern(first);
    do PlaceReady();
    while (PlaceCheapest());
    if (steps_.size() < conjuncts_.size()) {
      fmt::print(stderr, "a body without an order: this program has not passed Verify\n");
      std::abort();
    }
  }

  // Patterns that could come first.
  std::vector<uint32_t> Starts() {
    PlaceReady();
    std::vector<uint32_t> starts;
    for (uint32_t i = 0; i < conjuncts_.size(); ++i) {
      if (!placed_[i] && conjuncts_[i].kind == Conjunct::Kind::kPattern && Ready(conjuncts_[i])) starts.push_back(i);
    }
    return starts;
  }

 private:
  bool Bound(const std::vector<VarId>& vars) const {
    return std::all_of(vars.begin(), vars.end(), [this](VarId var) { return bound_[var]; });
  }
  bool Ready(const Conjunct& conjunct) const { return Bound(conjunct.needs); }

  void Add(Step::How how, uint32_t conjunct, bool flipped = false) {
    steps_.push_back({how, conjunct, flipped, false, evaluations_});
    placed_[conjunct] = true;
  }

  // Everything that makes no rows, cheap things first: filters and patterns with all columns known, lets, what evaluates bodies.
  void PlaceReady() {
    for (bool again = true; again;) {
      again = false;
      for (int turn = 0; turn < 3 && !again; ++turn) {
        for (uint32_t i = 0; i < conjuncts_.size(); ++i) {
          if (!placed_[i] && Turn(conjuncts_[i]) == turn && PlaceOne(i)) again = true;
        }
      }
    }
  }
  int Turn(const Conjunct& conjunct) const {
    if (conjunct.inner_cost > 0 || conjunct.kind == Conjunct::Kind::kGroup) return 2;
    return conjunct.kind == Conjunct::Kind::kLet ? 1 : 0;
  }

  bool PlaceOne(uint32_t i) {
    const Conjunct& conjunct = conjuncts_[i];
    switch (conjunct.kind) {
      case Conjunct::Kind::kPattern: {
        if (!Ready(conjunct)) return false;
        const bool all_known =
            std::all_of(conjunct.arguments.begin(), conjunct.arguments.end(),
                        [this](const Argument& argument) { return argument.var == kNone || bound_[argument.var]; });
        if (!all_known && !ByObject(conjunct)) return false;
        PlacePattern(i);
        return true;
      }
      case Conjunct::Kind::kLet:
        if (!Ready(conjunct)) return false;
        Add(Step::How::kLet, i);
        cost_ += evaluations_ * (kFilterCost + conjunct.inner_cost);
        bound_[conjunct.var] = true;
        return true;
      case Conjunct::Kind::kGroup:
      case Conjunct::Kind::kFilter:
        break;
    }
    if (!Ready(conjunct)) return TryAssign(i);
    Add(conjunct.kind == Conjunct::Kind::kGroup ? Step::How::kGroup : Step::How::kFilter, i);
    cost_ += evaluations_ * (kFilterCost + conjunct.inner_cost);
    evaluations_ *= ShareOf(conjunct.expr);
    return true;
  }

  bool ByObject(const Conjunct& pattern) const {
    if (!program_.relations[pattern.relation].keyed) return false;
    return std::any_of(pattern.arguments.begin(), pattern.arguments.end(), [this](const Argument& argument) {
      return argument.column == 0 && (argument.var == kNone || bound_[argument.var]);
    });
  }

  double ShareOf(ExprId id) {
    const ir::Expr& expr = program_.exprs[id];
    if (expr.op != Op::kEqual) return kLessCost;
    for (const ExprId side : {expr.a, expr.b}) {
      const ir::Expr& column = program_.exprs[side];
      if (column.op == Op::kColumn) return 1 / facts_.DistinctOf(column.b, column.c);
    }
    return kEqualCost;
  }

  bool TryAssign(uint32_t i) {
    const ir::Expr& expr = program_.exprs[conjuncts_[i].expr];
    if (expr.op != Op::kEqual) return false;
    for (const bool flipped : {false, true}) {
      const ir::Expr& side = program_.exprs[flipped ? expr.b : expr.a];
      if (side.op != Op::kVar || bound_[side.a] || !Bound(scopes_.NeedsOfExpr(flipped ? expr.a : expr.b))) continue;
      Add(Step::How::kAssign, i, flipped);
      cost_ += evaluations_ * (kFilterCost + conjuncts_[i].inner_cost);
      bound_[side.a] = true;
      return true;
    }
    return false;
  }

  // Rows of the relation for one value in each known column.
  double FanOut(const Conjunct& pattern) {
    if (pattern.rows == Rows::kDelta) return 1;
    if (ByObject(pattern)) return 1;
    const double rows = facts_.RowsOf(pattern.relation);
    double keys = 1;
    for (const Argument& argument : pattern.arguments) {
      if (argument.var == kNone || bound_[argument.var]) keys *= facts_.DistinctOf(pattern.relation, argument.column);
    }
    return rows / std::max(1.0, std::min(keys, rows));
  }

  void PlacePattern(uint32_t i) {
    const double fan_out = FanOut(conjuncts_[i]);
    Add(Step::How::kMatch, i);
    cost_ += evaluations_ * (1 + fan_out);
    evaluations_ *= fan_out;
    for (const Argument& argument : conjuncts_[i].arguments) {
      if (argument.var != kNone) bound_[argument.var] = true;
    }
  }

  bool PlaceCheapest() {
    double least = std::numeric_limits<double>::infinity();
    uint32_t best = kNone;
    enum { kPattern, kLeft, kRight } side = kPattern;
    for (uint32_t i = 0; i < conjuncts_.size(); ++i) {
      if (placed_[i]) continue;
      const Conjunct& conjunct = conjuncts_[i];
      if (conjunct.kind == Conjunct::Kind::kPattern) {
        if (!Ready(conjunct)) continue;
        const double fan_out = FanOut(conjunct);
        if (fan_out >= least) continue;
        least = fan_out, best = i, side = kPattern;
      } else if (conjunct.kind == Conjunct::Kind::kFilter && program_.exprs[conjunct.expr].op == Op::kEqual) {
        const ir::Expr& expr = program_.exprs[conjunct.expr];
        for (const bool flipped : {false, true}) {
          const ir::Expr& column = program_.exprs[flipped ? expr.b : expr.a];
          if (column.op != Op::kColumn || program_.exprs[column.a].op != Op::kVar) continue;
          if (bound_[program_.exprs[column.a].a] || !Bound(scopes_.NeedsOfExpr(flipped ? expr.a : expr.b))) continue;
          const double fan_out = facts_.RowsOf(column.b) / facts_.DistinctOf(column.b, column.c);
          if (fan_out >= least) continue;
          least = fan_out, best = i, side = flipped ? kRight : kLeft;
        }
      }
    }
    if (best == kNone) return false;
    if (side == kPattern) {
      PlacePattern(best);
      return true;
    }
    const ir::Expr& expr = program_.exprs[conjuncts_[best].expr];
    const ir::Expr& column = program_.exprs[side == kRight ? expr.b : expr.a];
    Add(Step::How::kProbe, best, side == kRight);
    cost_ += evaluations_ * (1 + least + conjuncts_[best].inner_cost);
    evaluations_ *= least;
    bound_[program_.exprs[column.a].a] = true;
    return true;
  }

  const ir::Program& program_;
  const ir::Scopes& scopes_;
  Facts& facts_;
  const std::vector<Conjunct>& conjuncts_;
  std::vector<bool> bound_;
  std::vector<bool> placed_;
  std::vector<Step> steps_;
  double evaluations_ = 1;
  double cost_ = 0;
};

}  // namespace

Planner::Planner(const ir::Program& program, const ir::Rule& rule, Facts& facts)
    : program_(program), rule_(rule), facts_(facts), scopes_(program, rule) {
  AddConjuncts(rule.body, true, conjuncts_);
}

bool Planner::GrowsBody(ir::BodyId body) const {
  std::vector<ir::RelationId> relations;
  CollectRelationsOfBody(program_, body, relations);
  return std::any_of(relations.begin(), relations.end(), [this](ir::RelationId id) { return facts_.table(id).growing; });
}

bool Planner::GrowsExpr(ExprId expr) const {
  std::vector<ir::RelationId> relations;
  CollectRelations(program_, expr, relations);
  return std::any_of(relations.begin(), relations.end(), [this](ir::RelationId id) { return facts_.table(id).growing; });
}

void Planner::AddConjuncts(ir::BodyId body, bool with_premises, std::vector<Conjunct>& out) {
  for (const ir::Literal& literal : program_.bodies[body].literals) {
    if (literal.kind == ir::Literal::Kind::kFilter) {
      std::vector<ExprId> filters;
      ir::CollectConjuncts(program_, literal.expr, filters);
      for (const ExprId filter : filters) AddFilter(filter, with_premises, out);
      continue;
    }
    Conjunct& conjunct = out.emplace_back();
    if (literal.kind == ir::Literal::Kind::kLet) {
      conjunct.kind = Conjunct::Kind::kLet;
      conjunct.var = literal.var;
      conjunct.expr = literal.expr;
      conjunct.needs = scopes_.NeedsOfExpr(literal.expr);
      continue;
    }
    conjunct.kind = Conjunct::Kind::kPattern;
    conjunct.relation = literal.relation;
    for (const ir::Match& match : literal.matches) conjunct.arguments.push_back({match.column, match.var, kNone, match.constant});
    if (!with_premises) continue;
    conjunct.premise = static_cast<uint32_t>(premises_.size());
    premises_.push_back(literal.relation);
  }
}

void Planner::AddFilter(ExprId id, bool with_premises, std::vector<Conjunct>& out) {
  const ir::Expr& expr = program_.exprs[id];
  Conjunct conjunct;
  conjunct.expr = id;
  if (expr.op == Op::kHas) {
    conjunct.kind = Conjunct::Kind::kPattern;
    conjunct.relation = expr.b;
    for (uint32_t i = 0; i < expr.argument_count; ++i) {
      const ExprId argument = program_.arguments[expr.first_argument + i];
      const ir::Expr& value = program_.exprs[argument];
      if (value.op == Op::kVar) {
        conjunct.arguments.push_back({i, value.a, kNone, 0});
      } else if (value.op == Op::kConst) {
        conjunct.arguments.push_back({i, kNone, kNone, value.constant});
      } else {
        conjunct.arguments.push_back({i, kNone, argument, 0});
        const std::vector<VarId> needs = scopes_.NeedsOfExpr(argument);
        conjunct.needs.insert(conjunct.needs.end(), needs.begin(), needs.end());
      }
    }
    if (with_premises) {
      conjunct.premise = static_cast<uint32_t>(premises_.size());
      premises_.push_back(expr.b);
    }
  } else {
    conjunct.needs = scopes_.NeedsOfExpr(id);
    if (expr.op == Op::kExists) {
      conjunct.kind = Conjunct::Kind::kGroup;
      conjunct.body = expr.a;
      AddConjuncts(expr.a, with_premises, conjunct.members);
    }
  }
  out.push_back(std::move(conjunct));
}

void Planner::Flatten(const std::vector<Conjunct>& from, bool all, Conjunction& out) const {
  for (const Conjunct& conjunct : from) {
    if (conjunct.kind != Conjunct::Kind::kGroup || !(all || GrowsBody(conjunct.body))) {
      out.conjuncts.push_back(conjunct);
      continue;
    }
    out.bodies.push_back(conjunct.body);
    Flatten(conjunct.members, all, out);
  }
}

std::vector<VarId> Planner::NeedsOf(const std::vector<ExprId>& exprs) const {
  std::vector<VarId> all;
  for (const ExprId expr : exprs) {
    const std::vector<VarId> needs = scopes_.NeedsOfExpr(expr);
    all.insert(all.end(), needs.begin(), needs.end());
  }
  return all;
}

double Planner::InnerCost(ExprId id) {
  const ir::Expr& expr = program_.exprs[id];
  double cost = 0;
  if (ir::HoldsBody(expr.op)) {
    const bool once = scopes_.NeedsOfExpr(id).empty();  // computed once, so it weighs nothing
    cost += once ? kFilterCost : PlanInner(expr).cost;
  }
  ir::ForEachOperand(program_, expr, [&](ExprId operand) { cost += InnerCost(operand); });
  return cost;
}

std::vector<Plan> Planner::PlanRule(bool* whole) {
  const std::vector<VarId> results = NeedsOf(rule_.head_arguments);
  Conjunction conjunction{{}, {rule_.body}};
  Flatten(conjuncts_, false, conjunction);
  const std::vector<Conjunct>& flat = conjunction.conjuncts;
  std::vector<uint32_t> growing;
  bool patterns_only = true;
  for (uint32_t i = 0; i < flat.size(); ++i) {
    if (flat[i].kind == Conjunct::Kind::kPattern) {
      if (facts_.table(flat[i].relation).growing) growing.push_back(i);
      for (const Argument& argument : flat[i].arguments) {
        if (argument.expr != kNone && GrowsExpr(argument.expr)) patterns_only = false;
      }
    } else if (GrowsExpr(flat[i].expr)) {
      patterns_only = false;
    }
  }
  *whole = !patterns_only;
  std::vector<Plan> plans;
  if (!patterns_only || growing.empty()) {
    plans.push_back(Best(conjunction, results, kNone));
    return plans;
  }
  // A derivation with several new rows is found once: by the plan of the last of them.
  for (size_t i = 0; i < growing.size(); ++i) {
    Conjunction variant = conjunction;
    for (size_t j = 0; j < growing.size(); ++j) {
      variant.conjuncts[growing[j]].rows = j == i ? Rows::kDelta : j < i ? Rows::kOld : Rows::kAll;
    }
    plans.push_back(Best(variant, results, growing[i]));
  }
  return plans;
}

const Plan& Planner::PlanInner(const ir::Expr& aggregate) {
  const auto found = inner_.find(aggregate.a);
  if (found != inner_.end()) return *found->second;
  Conjunction conjunction{{}, {aggregate.a}};
  AddConjuncts(aggregate.a, false, conjunction.conjuncts);
  auto plan = std::make_unique<Plan>(Best(conjunction, NeedsOf(ir::ResultsOf(program_, aggregate)), kNone));
  return *inner_.emplace(aggregate.a, std::move(plan)).first->second;
}

const Plan& Planner::PlanGroup(const Conjunct& group) {
  const auto found = inner_.find(group.body);
  if (found != inner_.end()) return *found->second;
  auto plan = std::make_unique<Plan>(Best({group.members, {group.body}}, {}, kNone));
  return *inner_.emplace(group.body, std::move(plan)).first->second;
}

void Planner::AddSignature(const Plan& plan, std::vector<uint32_t>& out) {
  out.push_back(static_cast<uint32_t>(plan.conjuncts.size()));
  for (const ir::BodyId body : plan.bodies) {   // by place: numbers of bodies may differ from program to program
    const auto& all = scopes_.bodies();
    out.push_back(static_cast<uint32_t>(std::find(all.begin(), all.end(), body) - all.begin()));
  }
  out.push_back(kNone);
  for (const Step& step : plan.steps) {
    out.push_back(step.conjunct << 5 | static_cast<uint32_t>(step.how) << 2 | uint32_t{step.flipped} << 1 | uint32_t{step.first_only});
    if (step.how == Step::How::kGroup) AddSignature(PlanGroup(plan.conjuncts[step.conjunct]), out);
  }
  out.push_back(kNone);
}

// Groups joined or not, whichever is cheaper: joined, their patterns can bind variables of the body around; not joined, the first
// row that they find is enough.
Plan Planner::Best(const Conjunction& conjunction, const std::vector<VarId>& results, uint32_t first) {
  Plan apart = Order(conjunction, results, first);
  Conjunction flat{{}, conjunction.bodies};
  uint32_t flat_first = kNone;
  for (uint32_t i = 0; i < conjunction.conjuncts.size(); ++i) {
    if (i == first) flat_first = static_cast<uint32_t>(flat.conjuncts.size());
    Flatten({conjunction.conjuncts[i]}, true, flat);
  }
  if (flat.bodies.size() == conjunction.bodies.size()) return apart;
  Plan joined = Order(std::move(flat), results, flat_first);
  return joined.cost < apart.cost ? std::move(joined) : std::move(apart);
}

Plan Planner::Order(Conjunction conjunction, const std::vector<VarId>& results, uint32_t first) {
  Plan plan;
  plan.conjuncts = std::move(conjunction.conjuncts);
  plan.bodies = conjunction.bodies;
  for (Conjunct& conjunct : plan.conjuncts) {
    conjunct.inner_cost = 0;
    if (conjunct.kind == Conjunct::Kind::kGroup) {
      conjunct.inner_cost = conjunct.needs.empty() ? kFilterCost : PlanGroup(conjunct).cost;
    } else if (conjunct.expr != kNone) {
      conjunct.inner_cost = InnerCost(conjunct.expr);
    }
  }
  std::vector<bool> bound(rule_.variables.size());
  for (VarId var = 0; var < bound.size(); ++var) {
    bound[var] = std::find(conjunction.bodies.begin(), conjunction.bodies.end(), scopes_.owner(var)) == conjunction.bodies.end();
  }
  // The cheapest next step is not always the cheapest way: each pattern is tried as the first one, and the best is kept.
  std::vector<uint32_t> starts = {first};
  if (first == kNone) {
    const std::vector<uint32_t> more = Ordering(program_, scopes_, facts_, plan.conjuncts, bound).Starts();
    const size_t attempts = kLooks / std::max<size_t>(1, plan.conjuncts.size() * plan.conjuncts.size());
    starts.insert(starts.end(), more.begin(), more.begin() + static_cast<ptrdiff_t>(std::min(more.size(), attempts)));
  }
  plan.cost = std::numeric_limits<double>::infinity();
  for (const uint32_t start : starts) {
    Ordering ordering(program_, scopes_, facts_, plan.conjuncts, bound);
    ordering.Run(start);
    if (ordering.cost() >= plan.cost) continue;
    plan.steps = ordering.steps();
    plan.cost = ordering.cost();
    plan.bindings = ordering.bindings();
  }
  MarkFirstOnly(plan, std::move(bound), results);
  return plan;
}

void Planner::MarkFirstOnly(Plan& plan, std::vector<bool> bound, const std::vector<VarId>& results) const {
  const auto mentioned = [&](const Step& step) {
    const Conjunct& conjunct = plan.conjuncts[step.conjunct];
    std::vector<VarId> vars = conjunct.needs;
    for (const Argument& argument : conjunct.arguments) {
      if (argument.var != kNone) vars.push_back(argument.var);
    }
    if (conjunct.var != kNone) vars.push_back(conjunct.var);
    return vars;
  };
  std::vector<std::vector<VarId>> binds(plan.steps.size());
  for (size_t i = 0; i < plan.steps.size(); ++i) {
    for (const VarId var : mentioned(plan.steps[i])) {
      if (bound[var]) continue;
      bound[var] = true;
      binds[i].push_back(var);
    }
  }
  std::vector<bool> used(bound.size());
  for (const VarId var : results) used[var] = true;
  for (size_t i = plan.steps.size(); i-- > 0;) {
    Step& step = plan.steps[i];
    const bool asked = std::any_of(binds[i].begin(), binds[i].end(), [&](VarId var) { return used[var]; });
    step.first_only = !asked && (step.how == Step::How::kMatch || step.how == Step::How::kProbe);
    for (const VarId var : mentioned(step)) used[var] = true;
  }
}

}  // namespace ordo::eval

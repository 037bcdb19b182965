// The order in which a body's literals are looked up. A body comes in as the author wrote it; out comes a list of steps in which
// every variable is bound before it is used, filters stand as early as they can, and joins start from the side that gives fewest
// rows. Costs are estimates from the sizes of relations and the number of different cells in their columns; a wrong one makes a
// rule slower, never different. Never looks at a row.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/eval/facts.h"
#include "runtime/ir/analysis.h"
#include "runtime/ir/ir.h"

namespace ordo::eval {

// What one column of a row pattern must be: a variable, an expr, or a constant.
struct Argument {
  uint32_t column = 0;
  ir::VarId var = ir::kNone;
  ir::ExprId expr = ir::kNone;
  ir::Cell constant = 0;
};

// Which rows of a growing relation a pattern looks at: all, those of earlier rounds, those of the last round.
enum class Rows : uint8_t { kAll, kOld, kDelta };

struct Conjunct {
  // kGroup: a kExists that stands as a filter of its own; its body's conjuncts can also be joined with those around it.
  enum class Kind : uint8_t { kPattern, kLet, kFilter, kGroup };
  Kind kind = Kind::kFilter;
  ir::RelationId relation = ir::kNone;   // kPattern
  std::vector<Argument> arguments;
  Rows rows = Rows::kAll;
  uint32_t premise = ir::kNone;          // kPattern: its place among the premises of the rule; kNone: has none
  ir::VarId var = ir::kNone;             // kLet
  ir::ExprId expr = ir::kNone;           // kLet, kFilter, kGroup
  ir::BodyId body = ir::kNone;           // kGroup
  std::vector<Conjunct> members;         // kGroup
  std::vector<ir::VarId> needs;          // must be bound before: for a pattern, what its exprs use
  double inner_cost = 0;                 // of the bodies inside, for each evaluation
};

struct Step {
  enum class How : uint8_t {
    kMatch,    // a pattern
    kLet,      // a let
    kFilter,   // any other filter
    kAssign,   // variable = expr, where the variable is not bound yet
    kProbe,    // t.column = expr, where t is not bound yet: rows of its keyed relation by that column
    kGroup,
  };
  How how = How::kFilter;
  uint32_t conjunct = 0;        // into Plan::conjuncts
  bool flipped = false;         // kAssign, kProbe: the right side is the one that is bound
  bool first_only = false;      // kMatch, kProbe: nobody asks what it binds, so one row is enough
  double evaluations = 1;       // how often it is reached, for one evaluation of the body
};

struct Plan {
  std::vector<Conjunct> conjuncts;
  std::vector<Step> steps;
  std::vector<ir::BodyId> bodies;   // whose conjuncts these are: the body, and groups that are joined with it
  double cost = 0;
  double bindings = 1;
};

class Planner {
 public:
  Planner(const ir::Program& program, const ir::Rule& rule, Facts& facts);

  const ir::Scopes& scopes() const { return scopes_; }
  // The rule's own conjuncts, with premises numbered in their order.
  const std::vector<Conjunct>& conjuncts() const { return conjuncts_; }
  // Relations of the premises.
  const std::vector<ir::RelationId>& premises() const { return premises_; }
  // Whether the body, or the expr, reads a relation that is still growing.
  bool GrowsBody(ir::BodyId body) const;
  bool GrowsExpr(ir::ExprId expr) const;

  // The plans of the rule's body. If it reads its own stratum in patterns only, one for each such pattern, in which that pattern
  // reads the rows of the last round; `whole` tells that it is otherwise, so that the one plan has to be run again each round.
  std::vector<Plan> PlanRule(bool* whole);
  // The plan of a body inside, all variables around it bound. Made once.
  const Plan& PlanInner(const ir::Expr& aggregate);
  const Plan& PlanGroup(const Conjunct& group);
  // Equal numbers, equal order of all steps that tell which rows are found first: those of the plan and of its groups.
  void AddSignature(const Plan& plan, std::vector<uint32_t>& out);

 private:
  void AddConjuncts(ir::BodyId body, bool with_premises, std::vector<Conjunct>& out);
  void AddFilter(ir::ExprId expr, bool with_premises, std::vector<Conjunct>& out);
  // A conjunction, with the bodies whose variables it binds.
  struct Conjunction {
    std::vector<Conjunct> conjuncts;
    std::vector<ir::BodyId> bodies;
  };
  // Joins groups with what is around them: all of them, or those that grow.
  void Flatten(const std::vector<Conjunct>& from, bool all, Conjunction& out) const;
  std::vector<ir::VarId> NeedsOf(const std::vector<ir::ExprId>& exprs) const;
  Plan Best(const Conjunction& conjunction, const std::vector<ir::VarId>& results, uint32_t first);
  Plan Order(Conjunction conjunction, const std::vector<ir::VarId>& results, uint32_t first);
  void MarkFirstOnly(Plan& plan, std::vector<bool> bound, const std::vector<ir::VarId>& results) const;
  double InnerCost(ir::ExprId expr);

  const ir::Program& program_;
  const ir::Rule& rule_;
  Facts& facts_;
  ir::Scopes scopes_;
  std::vector<Conjunct> conjuncts_;
  std::vector<ir::RelationId> premises_;
  absl::flat_hash_map<ir::BodyId, std::unique_ptr<Plan>> inner_;
};

}  // namespace ordo::eval

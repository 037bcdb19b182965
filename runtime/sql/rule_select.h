// One rule as one SELECT. In: a rule, the tables and views that exist already, and how the relations that are still growing can
// be read; out: the values of its head and the text around them. A rule that cannot be said gives a reason instead.
//
// Scans, and kHas that must be true, are joined; variables are columns of what binds them, or the text of what they are let to
// be. kExists and aggregates are subqueries over the body that they hold. Where NULL could be taken for false a condition is
// asked exactly: comparisons under a negation are COALESCE(…, FALSE), for they are never absent here.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/ir/analysis.h"
#include "runtime/ir/ir.h"
#include "runtime/sql/design.h"

namespace ordo::sql {

// How a rule reads relations of its own stratum.
struct Growing {
  enum class How : uint8_t {
    kNone,
    kLinear,  // joined with the one row `grown` of the recursive query
    kState,   // as subqueries over what the round before has found, as often as it likes
  };
  How how = How::kNone;
  std::vector<ir::RelationId> members;  // by tag

  uint32_t TagOf(ir::RelationId relation) const;  // ir::kNone: no member
};

inline constexpr std::string_view kPlanColumn = "plan";

// Columns of the recursive query: `tag`, then those of each member.
std::string GrownColumn(uint32_t tag, size_t column);
// Names that no relation has, for what a statement reads more than once: a complete derived relation, one still growing.
std::string CompleteName(const Relation& relation);
std::string GrowingName(const Relation& relation);

class RuleSelect {
 public:
  // `ordinal`: of the rule among those of its statement; its tables are called after it.
  RuleSelect(const ir::Program& program, const ir::Rule& rule, const Design& design, const Growing& growing, size_t ordinal);

  // Empty: the rule has been understood and Head and Text may be asked.
  const std::string& problem() const { return problem_; }
  const std::vector<Value>& head() const { return head_; }
  // Complete derived relations that the text reads by their CompleteName.
  const std::set<ir::RelationId>& reads() const { return reads_; }
  // The SELECT, with what stands between SELECT and FROM; conditions of the head are in it. It reads the tables of the
  // statement's WITH that `tables` gives, in this order.
  std::string Text(std::string_view what) const;
  const std::vector<std::string>& tables() const { return top_.tables; }
  // The plan that a row belongs to, in PostgreSQL.
  std::string plan() const { return top_.plan; }

 private:
  // FROM and WHERE of one body.
  struct Block {
    Block* outer = nullptr;
    std::string plan;
    std::vector<std::string> tables;  // of WITH
    std::vector<std::string> from, where;
    std::vector<std::pair<std::pair<std::string, ir::RelationId>, std::string>> known;  // row of an object: its alias
    std::vector<ir::VarId> bound;
    std::vector<ir::ExprId> named;
    bool may_stage = true;
  };
  struct Conjunct {
    ir::VarId let = ir::kNone;
    ir::ExprId expr = ir::kNone;
    std::vector<ir::VarId> needs;
    bool heavy = false;
  };

  void FillBlock(Block& block, ir::BodyId body);
  void Emit(Block& block, const Conjunct& conjunct);
  bool Bind(Block& block, const Conjunct& conjunct);
  void Stage(Block& block, ir::VarId var, ir::ExprId expr);
  void Assign(Block& block, ir::VarId var, ir::ExprId expr, bool heavy);
  void NameDeep(Block& block, ir::ExprId expr);
  bool IsNamed(ir::ExprId expr) const;
  bool HoldsNamed(ir::ExprId expr) const;
  bool IsLooseExists(ir::ExprId expr) const;
  int DepthOf(ir::ExprId expr) const;
  int DepthOfBody(ir::BodyId body) const;
  std::string AddTable(Block& block, ir::RelationId relation);
  void Match(Block& block, ir::RelationId relation, const std::string& alias, uint32_t column, const Value& value);
  void BindVar(Block& block, ir::VarId var, Value value);
  void BindColumn(Block& block, ir::RelationId relation, const std::string& alias, uint32_t column, ir::VarId var);
  void JoinColumns(Block& block, ir::ExprId condition);
  void JoinColumnsOfValue(Block& block, ir::ExprId expr);
  void Has(Block& block, const ir::Expr& expr);
  const std::string* KnownRow(const Block& block, const std::string& object, ir::RelationId relation) const;

  Value ValueOf(Block& block, ir::ExprId expr);
  Value Constant(ir::Type type, ir::Cell cell) const;
  std::string Condition(Block& block, ir::ExprId expr, bool exact);
  Value Aggregate(Block& block, const ir::Expr& expr);
  std::string Exists(Block& block, ir::BodyId body);
  void Leave(const Block& block);  // its variables are bound no more
  std::string SelectOf(const Block& block, std::string_view what) const;
  Value Field(const std::string& alias, ir::RelationId relation, uint32_t column) const;
  std::string SourceOf(ir::RelationId relation);

  bool Bound(const std::vector<ir::VarId>& vars) const;
  bool Closed(ir::ExprId expr) const { return Bound(scopes_.NeedsOfExpr(expr)); }
  bool ReadsGrowing(ir::BodyId body) const;
  bool IsHeavy(ir::ExprId expr) const;

  const ir::Program& program_;
  const Design& design_;
  const Growing& growing_;
  const Arithmetic arithmetic_;
  const ir::Scopes scopes_;
  std::vector<Value> vars_;                           // text empty: not bound; those after the rule's own stand for exprs
  absl::flat_hash_map<ir::ExprId, ir::VarId> names_;  // of exprs that are columns of a table of WITH
  const size_t ordinal_;
  std::set<ir::RelationId> reads_;
  uint32_t aliases_ = 0;
  Block top_;
  std::vector<Value> head_;
  std::string problem_;
};

// Whether all rules of a stratum read it in one place only, where a join can be.
bool IsLinear(const ir::Program& program, const ir::Rule& rule, const Growing& growing);

}  // namespace ordo::sql

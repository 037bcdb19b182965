// Asks an evaluation afterwards: which bindings does a body have for these values, what is this expr worth, what was counted. The
// engine keeps one reason a row and forgets what aggregates looked at; explanations, coverage and near misses need the rest.
// Deliberately simple: it walks exprs and literals, finds rows through sorted columns, and knows nothing of plans or memos. It
// means what the engine means (eval_probe_test compares them on random programs).
//
// In: a finished evaluation, which must outlive the probe. Out: cells and calls. Work is bounded: after `steps` rows looked at
// everything comes to an end and exhausted() is true; what was told until then holds, but need not be all.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "runtime/eval/engine.h"
#include "runtime/ir/analysis.h"

namespace ordo::eval {

// Values of the variables of one rule; kAbsent: not bound, for variables are never absent.
struct Frame {
  uint32_t rule = 0;
  std::vector<ir::Cell> cells;
};

// kWritten: literals in the author's order, one that cannot be asked yet as soon as it can. kQuick: the literal with the fewest
// rows first.
enum class Order : uint8_t { kWritten, kQuick };

// One conjunct of a body: a literal, or a leaf of the tree of kAnd that its filter is.
struct Goal {
  uint32_t literal = 0;                 // in its body
  ir::ExprId expr = ir::kNone;          // of a let or a filter
  ir::RelationId relation = ir::kNone;  // of a scan or a kHas
  struct Argument {
    uint32_t column = 0;
    ir::VarId var = ir::kNone;          // else expr, else the constant
    ir::ExprId expr = ir::kNone;
    ir::Cell constant = 0;
    std::vector<ir::VarId> needs;       // of expr
  };
  std::vector<Argument> arguments;      // of a scan or a kHas
  ir::VarId let = ir::kNone;            // of a let
  std::vector<ir::VarId> needs;         // of the whole expr
  std::vector<ir::VarId> left_needs, right_needs;   // of the sides of a kEqual
};

// Is told what is looked at, for coverage and near misses.
class Watcher {
 public:
  virtual ~Watcher() = default;
  // The value of a condition: 1, 0, or kAbsent.
  virtual void Truth(ir::ExprId, ir::Cell) {}
  // A goal of a body, the `passed` goals before it fulfilled, was asked with these values and gave nothing.
  virtual void Failed(ir::BodyId, const Goal&, size_t /*passed*/, const Frame&) {}
};

class Probe {
 public:
  explicit Probe(const Evaluation& evaluation, uint64_t steps = 20'000'000, const std::vector<Native>& natives = Natives());
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  const Evaluation& evaluation() const { return evaluation_; }
  bool exhausted() const { return left_ == 0; }
  // Begins a new count of steps.
  void Refill(uint64_t steps) { left_ = steps; }
  // From now on; nullptr: nobody. A watched probe tries every binding of inner bodies and both sides of `and` and `or`.
  void Watch(Watcher* watcher) { watcher_ = watcher; }

  Frame NewFrame(uint32_t rule) const;
  // Absent where a variable that the expr needs is not bound.
  ir::Cell Value(ir::ExprId expr, Frame& frame);
  // Calls `found` for each binding of the body that keeps what is bound in the frame, until it says no. The frame is as before
  // afterwards. False when stopped.
  bool ForEach(ir::BodyId body, Frame& frame, Order order, absl::FunctionRef<bool()> found);

  // What an aggregate or a kExists looks at: each distinct tuple once, in the order in which it is found. `value`: the summand, or
  // the value compared; kAbsent for kCount and kExists.
  struct Member {
    std::vector<ir::Cell> cells;   // of the frame, by the binding that gave it
    ir::Cell value = ir::kAbsent;
  };
  struct Members {
    std::vector<Member> some;      // at most as many as asked for
    size_t total = 0;
  };
  Members MembersOf(ir::ExprId aggregate, Frame& frame, size_t most);

  // A row with these cells, kAbsent standing for any; kNone if there is none.
  uint32_t FindRow(ir::RelationId relation, const std::vector<ir::Cell>& cells);
  const std::vector<Goal>& GoalsOf(uint32_t rule, ir::BodyId body);
  const ir::Scopes& ScopesOf(uint32_t rule);

 private:
  // Rows by the cell of one column, ascending; rows where it is absent are left out.
  struct Sorted {
    std::vector<std::pair<ir::Cell, uint32_t>> rows;
  };
  // Rows that may fit: rows[begin, end) of an index, one row, or all.
  struct Candidates {
    const Sorted* index = nullptr;
    size_t begin = 0, end = 0;
    size_t size() const { return end - begin; }
    uint32_t row(size_t i) const { return index ? index->rows[i].second : static_cast<uint32_t>(i); }
  };
  enum class How : uint8_t { kNotYet, kTest, kLet, kRows, kAssign, kFindOwner };
  struct OfRule {
    explicit OfRule(const ir::Program& program, const ir::Rule& rule) : scopes(program, rule) {}
    ir::Scopes scopes;
    absl::flat_hash_map<ir::BodyId, std::unique_ptr<std::vector<Goal>>> goals;
  };
  struct Search;

  OfRule& Of(uint32_t rule);
  void AddGoals(OfRule& of, uint32_t literal, ir::ExprId filter, std::vector<Goal>& goals);
  const Sorted& IndexOf(ir::RelationId relation, uint32_t column);
  Candidates Fitting(ir::RelationId relation, const std::vector<std::pair<uint32_t, ir::Cell>>& known);
  // How a goal can be asked now; *side of a kEqual: the one that is not bound yet.
  How HowNow(const Goal& goal, const Frame& frame, ir::ExprId* side) const;
  Candidates RowsOf(const Goal& goal, How how, ir::ExprId side, Frame& frame);
  bool Solve(Search& search, size_t passed);
  size_t Choose(Search& search, How* how, ir::ExprId* side, Candidates* rows);
  bool Holds(const Goal& goal, How how, ir::ExprId side, Frame& frame, ir::VarId* bound);
  bool Generate(Search& search, const Goal& goal, How how, ir::ExprId side, const Candidates& rows, size_t passed, bool* any);
  bool Step() { return left_ > 0 && --left_ > 0; }
  bool Bound(const std::vector<ir::VarId>& needs, const Frame& frame) const;
  ir::Cell Operate(const ir::Expr& expr, Frame& frame);
  ir::Cell Logic(const ir::Expr& expr, Frame& frame);
  ir::Cell Aggregate(ir::ExprId id, Frame& frame);
  ir::Cell ColumnOf(ir::Cell object, ir::RelationId relation, uint32_t column) const;

  const Evaluation& evaluation_;
  const ir::Program& program_;
  std::vector<const Native*> natives_;
  uint64_t left_;
  Watcher* watcher_ = nullptr;
  absl::flat_hash_map<uint32_t, std::unique_ptr<OfRule>> rules_;
  absl::flat_hash_map<uint64_t, std::unique_ptr<Sorted>> indexes_;
};

}  // namespace ordo::eval

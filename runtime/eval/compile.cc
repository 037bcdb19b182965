#include "runtime/eval/compile.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace ordo::eval {

namespace {

using ir::Cell;
using ir::ExprId;
using ir::kAbsent;
using ir::kNone;
using ir::Op;
using ir::Type;
using ir::VarId;

using Label = uint32_t;

// An index by one object serves a pattern with more keys while it leaves at most this many rows to compare.
constexpr double kShortList = 8;

// The loops around a place in the code of one body. A variable has the level of the innermost loop on which its value depends;
// level 0 is outside all loops. What fails, or has been found, because of variables of one level goes on with the next row of
// that level: rows of loops further in could not make a difference.
struct Levels {
  std::vector<Label> next;                        // by level; [0]: no more
  std::vector<uint32_t> of_var;
  std::vector<std::vector<VarId>> determined_by;  // by level: variables that tell the row; {kNone}: none do
  std::vector<std::vector<VarId>> fixed;          // by level: variables that the row fixes, of loops further out too

  uint32_t Of(const std::vector<VarId>& vars) const {
    uint32_t level = 0;
    for (const VarId var : vars) level = std::max(level, of_var[var]);
    return level;
  }
  // Whether these variables tell the binding of the loops up to that level: no two bindings agree in all of them.
  bool Determined(uint32_t level, const std::vector<VarId>& vars) const {
    std::vector<bool> known(of_var.size());
    for (const VarId var : vars) known[var] = true;
    for (uint32_t i = level; i > 0; --i) {
      for (const VarId var : determined_by[i]) {
        if (var == kNone || !known[var]) return false;
      }
      for (const VarId var : fixed[i]) known[var] = true;
    }
    return true;
  }
};

class Compiler {
 public:
  Compiler(const ir::Program& program, uint32_t rule, Planner& planner, Facts& facts, const std::vector<const Native*>& natives,
           Calls* calls, const std::vector<uint32_t>* only, uint32_t only_step)
      : program_(program), rule_(program.rules[rule]), planner_(planner), facts_(facts), natives_(natives), calls_(calls), only_(only),
        only_step_(only_step) {
    routine_.rule = rule;
  }

  Routine Compile(const Plan& plan) {
    const size_t variables = rule_.variables.size();
    routine_.frame.assign(variables + planner_.premises().size(), kAbsent);
    for (size_t i = 0; i < planner_.premises().size(); ++i) routine_.premises.push_back(static_cast<uint32_t>(variables + i));
    bound_.assign(variables, false);
    rows_.assign(variables, {});
    origins_.assign(variables, {});
    positions_.push_back(0);  // label 0: no target
    CollectBindings(rule_.body, planner_.conjuncts());
    std::sort(routine_.bindings.begin(), routine_.bindings.end());

    const Label end = NewLabel();
    Body(plan, end, [&](const Levels& levels) {
      std::vector<VarId> plain;
      const uint32_t level = levels.Of(NeedsOf(rule_.head_arguments));
      for (const ExprId argument : rule_.head_arguments) {
        const uint32_t value = Value(argument);
        if (MayBeAbsent(argument)) JumpUnlessStated(value, levels.next[level]);
        if (program_.exprs[argument].op == Op::kVar) plain.push_back(program_.exprs[argument].a);
        routine_.head.push_back(value);
      }
      routine_.distinct = levels.Determined(level, plain);
      // Found once, it goes on with the next turn of its level: of loops further in no turn is sure to be reached.
      for (const Outer& outer : outer_) {
        if (outer.level > level) break;
        routine_.outer = outer.step;
        routine_.outer_row = outer.row;
        routine_.outer_relation = outer.relation;
      }
      Emit(Code::kEmit).target = levels.next[level];
    });
    Bind(end);
    Emit(Code::kReturn);
    for (Instruction& instruction : routine_.instructions) instruction.target = positions_[instruction.target];
    return std::move(routine_);
  }

 private:
  struct KnownRow {
    ir::RelationId relation = kNone;
    uint32_t row = 0;   // register
  };
  struct Origin {
    ir::RelationId relation = kNone;   // kNone: a let
    uint32_t column = 0;
  };
  struct Key {
    uint32_t column;
    uint32_t value;   // register
  };

  // ---- small pieces ----

  Label NewLabel() {
    positions_.push_back(0);
    return static_cast<Label>(positions_.size() - 1);
  }
  void Bind(Label label) { positions_[label] = static_cast<uint32_t>(routine_.instructions.size()); }
  Instruction& Emit(Code code) {
    Instruction& instruction = routine_.instructions.emplace_back();
    instruction.code = code;
    return instruction;
  }
  void Jump(Label label) { Emit(Code::kJump).target = label; }
  void Set(uint32_t dst, Cell value) {
    Instruction& set = Emit(Code::kSet);
    set.dst = dst;
    set.constant = value;
  }
  void JumpUnlessStated(uint32_t value, Label label) {
    Instruction& test = Emit(Code::kIfStated);
    test.a = value;
    test.flag = false;
    test.target = label;
  }
  void JumpUnlessEqual(uint32_t a, uint32_t b, Label label) {
    Instruction& test = Emit(Code::kIfEqual);
    test.a = a;
    test.b = b;
    test.flag = false;
    test.target = label;
  }
  uint32_t NewRegister(Cell initial = kAbsent) {
    routine_.frame.push_back(initial);
    return static_cast<uint32_t>(routine_.frame.size() - 1);
  }
  uint32_t Constant(Cell value) {
    const auto [at, fresh] = constants_.try_emplace(value, 0);
    if (fresh) at->second = NewRegister(value);
    return at->second;
  }
  void SetOperands(Instruction& instruction, const std::vector<uint32_t>& registers) {
    instruction.operands = static_cast<uint32_t>(routine_.operands.size());
    instruction.operand_count = static_cast<uint16_t>(registers.size());
    routine_.operands.insert(routine_.operands.end(), registers.begin(), registers.end());
  }
  std::vector<VarId> NeedsOf(const std::vector<ExprId>& exprs) const {
    std::vector<VarId> all;
    for (const ExprId expr : exprs) {
      const std::vector<VarId> needs = planner_.scopes().NeedsOfExpr(expr);
      all.insert(all.end(), needs.begin(), needs.end());
    }
    return all;
  }
  bool MayBeAbsent(ExprId id) const {
    const Op op = program_.exprs[id].op;
    return op != Op::kVar && op != Op::kConst && op != Op::kCount;
  }

  // The variables that are told when somebody asks why: those of the rule's body and of groups in it.
  void CollectBindings(ir::BodyId body, const std::vector<Conjunct>& conjuncts) {
    for (VarId var = 0; var < rule_.variables.size(); ++var) {
      if (planner_.scopes().owner(var) == body) routine_.bindings.push_back(var);
    }
    for (const Conjunct& conjunct : conjuncts) {
      if (conjunct.kind == Conjunct::Kind::kGroup) CollectBindings(conjunct.body, conjunct.members);
    }
  }

  void Load(uint32_t dst, const Table& table, uint32_t column, uint32_t row) {
    Instruction& load = Emit(table.growing ? Code::kLoadGrowing : Code::kLoad);
    load.dst = dst;
    load.a = row;
    if (table.growing) {
      load.extra = column;
      load.table = &table;
    } else {
      load.extra = table.stride();
      load.data = table.Base(column);
    }
  }

  // ---- patterns ----

  // Code that finds the rows of a pattern. `row` receives the row's number. Returns the label of the next row; `exhausted` itself
  // if there can be one row at most. Variables that were free are bound afterwards and listed in *fresh.
  Label Pattern(const Conjunct& pattern, Label exhausted, uint32_t row, std::vector<VarId>* fresh, bool outermost = false) {
    const Table& table = facts_.table(pattern.relation);
    std::vector<Key> keys;
    std::vector<std::pair<uint32_t, VarId>> loads;
    for (const Argument& argument : pattern.arguments) {
      if (argument.var != kNone) {
        if (bound_[argument.var]) keys.push_back({argument.column, argument.var});
        else loads.emplace_back(argument.column, argument.var);
      } else if (argument.expr != kNone) {
        const uint32_t value = Value(argument.expr);
        if (MayBeAbsent(argument.expr)) JumpUnlessStated(value, exhausted);
        keys.push_back({argument.column, value});
      } else {
        keys.push_back({argument.column, Constant(argument.constant)});
      }
    }
    std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) { return a.column < b.column; });
    const Label next = Open(pattern, table, keys, exhausted, row, outermost);
    for (const Key& key : keys) {
      const uint32_t cell = NewRegister();
      Load(cell, table, key.column, row);
      JumpUnlessEqual(cell, key.value, next);
    }
    for (const auto& [column, var] : loads) {
      const bool again = bound_[var];
      const uint32_t cell = again ? NewRegister() : var;
      Load(cell, table, column, row);
      if (again) {
        JumpUnlessEqual(cell, var, next);
        continue;
      }
      if (table.relation->keyed && column > 0) JumpUnlessStated(cell, next);
      BindVar(var, pattern.relation, column, row);
      fresh->push_back(var);
    }
    return next;
  }

  void BindVar(VarId var, ir::RelationId relation, uint32_t column, uint32_t row) {
    bound_[var] = true;
    origins_[var] = {relation, column};
    if (relation != kNone && column == 0 && program_.relations[relation].keyed) rows_[var] = {relation, row};
  }

  // Chooses how to get at the rows and takes away the keys that are dealt with by it.
  Label Open(const Conjunct& pattern, const Table& table, std::vector<Key>& keys, Label exhausted, uint32_t row, bool outermost) {
    if (table.relation->keyed && !keys.empty() && keys[0].column == 0) {
      const uint32_t object = keys[0].value;
      keys.erase(keys.begin());
      if (object < rows_.size() && rows_[object].relation == pattern.relation) {
        if (rows_[object].row != row) {
          Instruction& move = Emit(Code::kMove);
          move.dst = row;
          move.a = rows_[object].row;
        }
        return exhausted;
      }
      Instruction& place = Emit(Code::kPlace);
      place.dst = row;
      place.a = object;
      place.extra = pattern.relation;
      place.target = exhausted;
      if (object < rows_.size()) rows_[object] = {pattern.relation, row};
      return exhausted;
    }
    std::vector<uint32_t> values;
    for (const Key& key : keys) values.push_back(key.value);
    if (table.unique && keys.size() == table.width() && pattern.rows != Rows::kDelta) {
      if (!table.growing) table.derived->Index();
      Instruction& find = Emit(pattern.rows == Rows::kOld ? Code::kFindOld : Code::kFind);
      find.dst = row;
      find.table = &table;
      find.target = exhausted;
      SetOperands(find, values);
      keys.clear();
      return exhausted;
    }
    const Label next = NewLabel();
    const uint32_t loop = routine_.loops++;
    Code next_code = Code::kNextRow;
    if (outermost) {
      Instruction& open = Emit(Code::kOpenRows);
      open.loop = loop;
      open.row_list = only_;
      next_code = Code::kNextInList;
    } else if (keys.empty() || pattern.rows == Rows::kDelta) {
      Instruction& open = Emit(pattern.rows == Rows::kAll   ? Code::kOpenAll
                               : pattern.rows == Rows::kOld ? Code::kOpenOld
                                                            : Code::kOpenDelta);
      open.loop = loop;
      open.table = &table;
    } else if (const size_t by = ObjectKey(pattern, table, keys); by < keys.size()) {
      Instruction& open = Emit(Code::kOpenObject);
      open.loop = loop;
      open.a = keys[by].value;
      open.object_index = facts_.IndexByObject(pattern.relation, keys[by].column);
      next_code = Code::kNextInList;
      keys.erase(keys.begin() + static_cast<ptrdiff_t>(by));
    } else {
      std::vector<uint32_t> columns;
      for (const Key& key : keys) columns.push_back(key.column);
      const ChainIndex* chain = facts_.IndexByCells(pattern.relation, columns);
      Instruction& open = Emit(Code::kOpenChain);
      open.loop = loop;
      open.chain = chain;
      SetOperands(open, values);
      next_code = pattern.rows == Rows::kOld ? Code::kNextOldInChain : Code::kNextInChain;
      keys.clear();
      Bind(next);
      Instruction& step = Emit(next_code);
      step.dst = row;
      step.loop = loop;
      step.chain = chain;
      step.extra = pattern.relation;
      step.target = exhausted;
      return next;
    }
    Bind(next);
    Instruction& step = Emit(next_code);
    step.dst = row;
    step.loop = loop;
    step.target = exhausted;
    return next;
  }

  // The key to look up by object alone, or keys.size() if a chain over all keys is better.
  size_t ObjectKey(const Conjunct& pattern, const Table& table, const std::vector<Key>& keys) {
    size_t best = keys.size();
    double most = 0;
    if (table.growing) return best;
    for (size_t i = 0; i < keys.size(); ++i) {
      if (table.relation->columns[keys[i].column].type != Type::kEntity) continue;
      const double distinct = facts_.DistinctOf(pattern.relation, keys[i].column);
      if (distinct > most) most = distinct, best = i;
    }
    if (best == keys.size() || keys.size() == 1) return best;
    return facts_.RowsOf(pattern.relation) <= kShortList * most ? best : keys.size();
  }

  // ---- bodies ----

  // The steps of a plan; `found(levels)` makes the code for a binding and has to end in a jump.
  template <class F>
  void Body(const Plan& plan, Label exhausted, F&& found) {
    const std::vector<bool> bound = bound_;
    const std::vector<KnownRow> rows = rows_;
    const double evaluations = evaluations_;
    ++depth_;
    Levels levels;
    levels.next = {exhausted};
    levels.determined_by = {{}};
    levels.fixed = {{}};
    levels.of_var.assign(rule_.variables.size(), 0);
    for (const Step& step : plan.steps) {
      evaluations_ = evaluations * step.evaluations;
      if (depth_ == 1) step_ = static_cast<uint32_t>(&step - plan.steps.data());
      PlanStep(plan.conjuncts[step.conjunct], step, levels);
    }
    evaluations_ = evaluations * plan.bindings;
    found(levels);
    --depth_;
    bound_ = bound;
    rows_ = rows;
    evaluations_ = evaluations;
  }

  void PlanStep(const Conjunct& conjunct, const Step& step, Levels& levels) {
    const uint32_t level = levels.Of(conjunct.needs);
    switch (step.how) {
      case Step::How::kMatch:
        return MatchStep(conjunct, step, levels);
      case Step::How::kFilter:
        return Condition(conjunct.expr, true, levels.next[level]);
      case Step::How::kLet:
        return Assign(conjunct.var, conjunct.expr, levels);
      case Step::How::kAssign: {
        const ir::Expr& equal = program_.exprs[conjunct.expr];
        const ExprId var = step.flipped ? equal.b : equal.a;
        return Assign(program_.exprs[var].a, step.flipped ? equal.a : equal.b, levels);
      }
      case Step::How::kProbe:
        return ProbeStep(conjunct, step, levels);
      case Step::How::kGroup: {
        std::vector<uint32_t> kept;
        CollectKept(conjunct, kept);
        return Exists(planner_.PlanGroup(conjunct), conjunct.needs, planner_.GrowsBody(conjunct.body), std::move(kept), true,
                      levels.next[level]);
      }
    }
  }

  // What a group leaves behind for reasons: rows and variables.
  void CollectKept(const Conjunct& group, std::vector<uint32_t>& kept) const {
    for (VarId var = 0; var < rule_.variables.size(); ++var) {
      if (planner_.scopes().owner(var) == group.body) kept.push_back(var);
    }
    for (const Conjunct& member : group.members) {
      if (member.premise != kNone) kept.push_back(routine_.premises[member.premise]);
      if (member.kind == Conjunct::Kind::kGroup) CollectKept(member, kept);
    }
  }

  void MatchStep(const Conjunct& pattern, const Step& step, Levels& levels) {
    std::vector<VarId> keys = pattern.needs;
    for (const Argument& argument : pattern.arguments) {
      if (argument.var != kNone && bound_[argument.var]) keys.push_back(argument.var);
    }
    // One that is asked for its first row alone, or has one at most, is not gone back to: without a row it fails for its keys.
    const uint32_t level = levels.Of(keys);
    const bool single = step.first_only || OneRowAtMost(pattern);
    const uint32_t row = pattern.premise == kNone ? NewRegister() : routine_.premises[pattern.premise];
    std::vector<VarId> fresh;
    const bool loop = depth_ == 1 && !single;
    const bool outermost = loop && only_ != nullptr && step_ == only_step_;
    if (loop && outer_is_next_) {
      outer_.push_back({static_cast<uint32_t>(levels.next.size()), pattern.rows == Rows::kAll ? step_ : kNone, row, pattern.relation});
      const Table& table = facts_.table(pattern.relation);
      outer_is_next_ = !table.growing && table.rows() <= 1;
    }
    const Label next = Pattern(pattern, single ? levels.next[level] : levels.next.back(), row, &fresh, outermost);
    if (single) {
      for (const VarId var : fresh) levels.of_var[var] = level;
      return;
    }
    std::vector<VarId> determined_by = {kNone}, fixed;
    const ir::Relation& relation = program_.relations[pattern.relation];
    if (relation.keyed) {
      for (const Argument& argument : pattern.arguments) {
        if (argument.column == 0 && argument.var != kNone) determined_by = {argument.var};
        if (argument.var != kNone) fixed.push_back(argument.var);
      }
    } else if (relation.derived && pattern.arguments.size() == relation.columns.size()) {
      determined_by = fresh;
    }
    PushLevel(next, fresh, std::move(determined_by), std::move(fixed), levels);
  }

  bool OneRowAtMost(const Conjunct& pattern) const {
    const Table& table = facts_.table(pattern.relation);
    size_t known = 0;
    bool object = false;
    for (const Argument& argument : pattern.arguments) {
      if (argument.var != kNone && !bound_[argument.var]) continue;
      ++known;
      object = object || argument.column == 0;
    }
    return (table.relation->keyed && object) || (table.unique && known == table.width() && pattern.rows != Rows::kDelta);
  }

  void PushLevel(Label next, const std::vector<VarId>& fresh, std::vector<VarId> determined_by, std::vector<VarId> fixed, Levels& levels) {
    levels.next.push_back(next);
    levels.determined_by.push_back(std::move(determined_by));
    levels.fixed.push_back(std::move(fixed));
    for (const VarId var : fresh) levels.of_var[var] = static_cast<uint32_t>(levels.next.size() - 1);
  }

  // t.column = value with t free: a pattern over t's keyed relation.
  void ProbeStep(const Conjunct& filter, const Step& step, Levels& levels) {
    const ir::Expr& equal = program_.exprs[filter.expr];
    const ir::Expr& column = program_.exprs[step.flipped ? equal.b : equal.a];
    const VarId var = program_.exprs[column.a].a;
    const ExprId value = step.flipped ? equal.a : equal.b;
    Conjunct pattern;
    pattern.kind = Conjunct::Kind::kPattern;
    pattern.relation = column.b;
    pattern.needs = planner_.scopes().NeedsOfExpr(value);
    pattern.arguments.push_back({0, var, kNone, 0});
    if (column.c == 0) {
      // The object itself: an assignment with a look at its kind.
      Assign(var, value, levels);
    } else {
      pattern.arguments.push_back({column.c, kNone, value, 0});
    }
    MatchStep(pattern, step, levels);
  }

  void Assign(VarId var, ExprId expr, Levels& levels) {
    const std::vector<VarId> needs = planner_.scopes().NeedsOfExpr(expr);
    uint32_t level = levels.Of(needs);
    if (bound_[var]) {
      level = std::max(level, levels.of_var[var]);
      JumpUnlessEqual(Value(expr), var, levels.next[level]);
      return;
    }
    Value(expr, var);
    if (MayBeAbsent(expr)) JumpUnlessStated(var, levels.next[level]);
    BindVar(var, kNone, 0, 0);
    lets_[var] = needs;
    levels.of_var[var] = level;
  }

  // ---- conditions ----

  // Goes on if the expr is true (or, wanted false, if it is false) and jumps otherwise.
  void Condition(ExprId id, bool want, Label otherwise) {
    const ir::Expr& expr = program_.exprs[id];
    switch (expr.op) {
      case Op::kNot:
        return Condition(expr.a, !want, otherwise);
      case Op::kAnd:
      case Op::kOr: {
        if ((expr.op == Op::kAnd) == want) {
          Condition(expr.a, want, otherwise);
          Condition(expr.b, want, otherwise);
          return;
        }
        const Label second = NewLabel(), done = NewLabel();
        Condition(expr.a, want, second);
        Jump(done);
        Bind(second);
        Condition(expr.b, want, otherwise);
        Bind(done);
        return;
      }
      case Op::kEqual:
      case Op::kNotEqual:
      case Op::kLess:
      case Op::kLessEqual:
      case Op::kGreater:
      case Op::kGreaterEqual: {
        uint32_t a = Value(expr.a), b = Value(expr.b);
        if (expr.op == Op::kGreater || expr.op == Op::kGreaterEqual) std::swap(a, b);
        const bool date = program_.exprs[expr.a].type == Type::kDate;
        const bool strict = expr.op == Op::kLess || expr.op == Op::kGreater;
        Instruction& test = Emit(expr.op == Op::kEqual      ? Code::kIfEqual
                                 : expr.op == Op::kNotEqual ? Code::kIfNotEqual
                                 : strict ? (date ? Code::kIfLessDate : Code::kIfLessDecimal)
                                          : (date ? Code::kIfLessEqualDate : Code::kIfLessEqualDecimal));
        test.a = a;
        test.b = b;
        test.flag = !want;
        test.target = otherwise;
        return;
      }
      case Op::kStated: {
        const uint32_t value = Value(expr.a);
        Instruction& test = Emit(Code::kIfStated);
        test.a = value;
        test.flag = !want;
        test.target = otherwise;
        return;
      }
      case Op::kHas: {
        Conjunct pattern;
        pattern.kind = Conjunct::Kind::kPattern;
        pattern.relation = expr.b;
        for (uint32_t i = 0; i < expr.argument_count; ++i) {
          pattern.arguments.push_back({i, kNone, program_.arguments[expr.first_argument + i], 0});
        }
        const Label other = NewLabel();
        std::vector<VarId> fresh;
        const std::vector<KnownRow> rows = rows_;
        Pattern(pattern, want ? otherwise : other, NewRegister(), &fresh);
        rows_ = rows;
        if (!want) Jump(otherwise);
        Bind(other);
        return;
      }
      case Op::kExists:
        return Exists(planner_.PlanInner(expr), planner_.scopes().NeedsOfExpr(id), planner_.GrowsBody(expr.a), {}, want,
                      otherwise);
      default: {
        const uint32_t value = Value(id);
        Instruction& test = Emit(Code::kIfTruth);
        test.a = value;
        test.flag = want;
        test.target = otherwise;
      }
    }
  }

  void Exists(const Plan& plan, const std::vector<VarId>& needs, bool grows, std::vector<uint32_t> kept, bool want,
              Label otherwise) {
    const Label done = NewLabel();
    Memo* memo = NewMemo(needs, grows, plan.cost);
    if (memo == nullptr) {
      Body(plan, want ? otherwise : done, [&](const Levels&) { Jump(want ? done : otherwise); });
      Bind(done);
      return;
    }
    const uint32_t truth = NewRegister();
    kept.insert(kept.begin(), truth);
    memo->registers = std::move(kept);
    const Label none = NewLabel(), remember = NewLabel();
    Recall(memo, needs, done);
    Body(plan, none, [&](const Levels&) {
      Set(truth, 1);
      Jump(remember);
    });
    Bind(none);
    Set(truth, 0);
    Bind(remember);
    Emit(Code::kRemember).memo = memo;
    Bind(done);
    Instruction& test = Emit(Code::kIfTruth);
    test.a = truth;
    test.flag = want;
    test.target = otherwise;
  }

  // ---- memos ----

  double DistinctOf(VarId var) {
    if (origins_[var].relation != kNone) return facts_.DistinctOf(origins_[var].relation, origins_[var].column);
    double distinct = 1;
    const auto let = lets_.find(var);
    if (let == lets_.end()) return distinct;
    const std::vector<VarId> needs = let->second;
    for (const VarId need : needs) distinct *= DistinctOf(need);
    return distinct;
  }

  // A memo costs a look-up each time and pays when a value comes again. A body that looks at few rows gets one only when the
  // variables that it uses are expected to take at most half as many values as it is evaluated: inside a loop over the very
  // objects that it is about it would only pay. A body that looks at many rows always gets one: what variables computed from
  // others
  // (`quarter of(…)`) will take cannot be known, and a scan too many costs more than all the look-ups.
  static constexpr double kManyRows = 32;
  Memo* NewMemo(const std::vector<VarId>& needs, bool grows, double cost) {
    if (grows) return nullptr;
    const bool few = only_ != nullptr;   // few rows: nothing is made as large as the plan
    double values = 1;
    for (const VarId var : needs) values *= DistinctOf(var);
    if (!needs.empty() && values * 2 > evaluations_ && cost < kManyRows) return nullptr;
    Memo& memo = *routine_.memos.emplace_back(std::make_unique<Memo>(facts_.memory()));
    if (needs.empty()) {
      memo.entry_of.assign(1, 0);
    } else if (!few && needs.size() == 1 && rule_.variables[needs[0]].type == Type::kEntity) {
      memo.kind = Memo::Kind::kByObject;
      memo.entry_of.assign(facts_.object_count(), 0);
    } else {
      memo.kind = Memo::Kind::kByTuple;
      memo.keys = std::make_unique<TupleTable>(static_cast<uint32_t>(needs.size()), facts_.memory());
    }
    return &memo;
  }
  void Recall(Memo* memo, const std::vector<VarId>& needs, Label known) {
    Instruction& recall = Emit(Code::kRecall);
    recall.memo = memo;
    recall.target = known;
    SetOperands(recall, needs);
  }

  // ---- values ----

  // The register that holds the value: dst if it is given.
  uint32_t Value(ExprId id, uint32_t dst = kNone) {
    const ir::Expr& expr = program_.exprs[id];
    if (dst == kNone && expr.op == Op::kVar) return expr.a;
    if (dst == kNone && expr.op == Op::kConst) return Constant(expr.constant);
    if (dst == kNone) dst = NewRegister();
    switch (expr.op) {
      case Op::kVar: {
        Instruction& move = Emit(Code::kMove);
        move.dst = dst;
        move.a = expr.a;
        break;
      }
      case Op::kConst:
        Set(dst, expr.constant);
        break;
      case Op::kColumn: {
        const Table& table = facts_.table(expr.b);
        const ir::Expr& object = program_.exprs[expr.a];
        if (object.op == Op::kVar && rows_[object.a].relation == expr.b) {
          Load(dst, table, expr.c, rows_[object.a].row);
          break;
        }
        const uint32_t value = Value(expr.a);
        Instruction& column = Emit(Code::kColumn);
        column.dst = dst;
        column.a = value;
        column.extra = expr.b;
        column.data = table.Base(expr.c);
        break;
      }
      case Op::kAdd:
      case Op::kSubtract:
      case Op::kMultiply:
      case Op::kDivide:
        Arithmetic(expr, dst);
        break;
      case Op::kNegate: {
        const uint32_t value = Value(expr.a);
        Instruction& negate = Emit(Code::kNegate);
        negate.dst = dst;
        negate.a = value;
        break;
      }
      case Op::kCount:
      case Op::kSum:
      case Op::kMin:
      case Op::kMax:
      case Op::kNthGreatest:
      case Op::kNthLeast:
        Aggregate(id, dst);
        break;
      case Op::kCall: {
        std::vector<uint32_t> values;
        for (uint32_t i = 0; i < expr.argument_count; ++i) values.push_back(Value(program_.arguments[expr.first_argument + i]));
        Instruction& call = Emit(calls_ == nullptr ? Code::kCall : Code::kCallKept);
        call.dst = dst;
        if (calls_ == nullptr) call.native = natives_[expr.a];
        else call.calls = (*calls_)[expr.a].get();
        SetOperands(call, values);
        break;
      }
      default:
        Truth(id, dst);
    }
    return dst;
  }

  // A condition as a cell: true, false, or neither.
  void Truth(ExprId id, uint32_t dst) {
    const Op op = program_.exprs[id].op;
    const Label not_true = NewLabel(), not_false = NewLabel(), done = NewLabel();
    Condition(id, true, not_true);
    Set(dst, 1);
    Jump(done);
    Bind(not_true);
    if (op == Op::kNot || op == Op::kAnd || op == Op::kOr) Condition(id, false, not_false);
    Set(dst, 0);
    Jump(done);
    Bind(not_false);
    Set(dst, kAbsent);
    Bind(done);
  }

  void Arithmetic(const ir::Expr& expr, uint32_t dst) {
    uint32_t a = Value(expr.a), b = Value(expr.b);
    const Type left = program_.exprs[expr.a].type, right = program_.exprs[expr.b].type;
    Code code = Code::kDivide;
    if (expr.op == Op::kAdd) {
      code = expr.type == Type::kDate ? Code::kPlusDays : Code::kAdd;
      if (right == Type::kDate) std::swap(a, b);
    } else if (expr.op == Op::kSubtract) {
      code = left != Type::kDate ? Code::kSubtract : right == Type::kDate ? Code::kDaysBetween : Code::kMinusDays;
    } else if (expr.op == Op::kMultiply) {
      code = Code::kMultiply;
    }
    Instruction& instruction = Emit(code);
    instruction.dst = dst;
    instruction.a = a;
    instruction.b = b;
  }

  void Aggregate(ExprId id, uint32_t dst) {
    const ir::Expr& expr = program_.exprs[id];
    const std::vector<VarId> needs = planner_.scopes().NeedsOfExpr(id);
    const std::vector<ExprId> results = ir::ResultsOf(program_, expr);
    const bool grows = planner_.GrowsBody(expr.a);
    const Label done = NewLabel(), exhausted = NewLabel();
    Memo* memo = NewMemo(needs, grows, planner_.PlanInner(expr).cost);
    if (memo != nullptr) {
      memo->registers = {dst};
      Recall(memo, needs, done);
    }
    Sum* sum = nullptr;
    const bool nth = expr.op == Op::kNthGreatest || expr.op == Op::kNthLeast;
    if (expr.op == Op::kSum || nth) {
      sum = routine_.sums.emplace_back(std::make_unique<Sum>(facts_.memory())).get();
      if (nth) sum->nth = expr.c;
      sum->descending = expr.op == Op::kNthGreatest;
      sum->decimals = IsDecimal(expr.type);
      Emit(Code::kResetSum).sum = sum;
    } else {
      Set(dst, expr.op == Op::kCount ? Decimal().cell() : kAbsent);
    }
    // Whether what is seen has to be remembered is known only inside, its reset stands here.
    const size_t reset = routine_.instructions.size();
    if (expr.op == Op::kCount) Jump(0);
    Body(planner_.PlanInner(expr), exhausted, [&](const Levels& levels) {
      const uint32_t level = levels.Of(NeedsOf(results));
      const Label next = levels.next[level];
      std::vector<uint32_t> values;
      std::vector<VarId> plain;
      for (const ExprId result : results) {
        values.push_back(Value(result));
        if (program_.exprs[result].op == Op::kVar) plain.push_back(program_.exprs[result].a);
      }
      if (expr.op == Op::kMin || expr.op == Op::kMax) {
        Instruction& update = Emit(expr.op == Op::kMin ? Code::kLeast : Code::kGreatest);
        update.dst = dst;
        update.a = values[0];
        update.flag = IsDecimal(expr.type);
      } else if (expr.op == Op::kCount) {
        if (plain.size() < results.size() || !levels.Determined(level, plain)) {
          Instruction& add = Emit(Code::kAddSeen);
          add.seen = NewSeen(results);
          add.target = next;
          SetOperands(add, values);
          routine_.instructions[reset].code = Code::kResetSeen;
          routine_.instructions[reset].seen = add.seen;
        }
        Emit(Code::kIncrement).dst = dst;
      } else {
        const uint32_t value = values.back();
        values.pop_back();
        const bool plain_tuple = std::all_of(results.begin(), results.end() - 1, [&](ExprId result) {
          return program_.exprs[result].op == Op::kVar;
        });
        sum->distinct = plain_tuple && levels.Determined(level, TupleVars(results));
        if (!sum->distinct) {
          sum->tuples = std::make_unique<TupleTable>(static_cast<uint32_t>(values.size()), facts_.memory());
        }
        Instruction& add = Emit(Code::kAddToSum);
        add.sum = sum;
        add.a = value;
        SetOperands(add, values);
      }
      Jump(next);
    });
    Bind(exhausted);
    if (expr.op == Op::kCount && routine_.instructions[reset].code == Code::kJump) {
      routine_.instructions[reset].code = Code::kMove;  // nothing to reset: a move that moves nothing
      routine_.instructions[reset].dst = routine_.instructions[reset].a = dst;
    }
    if (sum != nullptr) {
      Instruction& total = Emit(Code::kSumOf);
      total.sum = sum;
      total.dst = dst;
    }
    if (memo != nullptr) Emit(Code::kRemember).memo = memo;
    Bind(done);
  }

  std::vector<VarId> TupleVars(const std::vector<ExprId>& results) const {
    std::vector<VarId> vars;
    for (size_t i = 0; i + 1 < results.size(); ++i) {
      if (program_.exprs[results[i]].op == Op::kVar) vars.push_back(program_.exprs[results[i]].a);
    }
    return vars;
  }

  Seen* NewSeen(const std::vector<ExprId>& results) {
    Seen& seen = *routine_.seen.emplace_back(std::make_unique<Seen>(facts_.memory()));
    seen.by_object = only_ == nullptr && results.size() == 1 && program_.exprs[results[0]].type == Type::kEntity;
    if (seen.by_object) seen.stamps.assign(facts_.object_count(), 0);
    else seen.tuples = std::make_unique<TupleTable>(static_cast<uint32_t>(results.size()), facts_.memory());
    return &seen;
  }

  const ir::Program& program_;
  const ir::Rule& rule_;
  Planner& planner_;
  Facts& facts_;
  const std::vector<const Native*>& natives_;
  Calls* const calls_;
  const std::vector<uint32_t>* only_;                   // rows to which the loop of this step is held
  const uint32_t only_step_;
  uint32_t step_ = 0;                                   // of the rule's own body
  // Loops by which the rows can be put in order: the outermost one and, while those around have one turn at most, the next.
  struct Outer {
    uint32_t level, step, row;
    ir::RelationId relation;
  };
  std::vector<Outer> outer_;
  bool outer_is_next_ = true;
  uint32_t depth_ = 0;                                  // of bodies
  Routine routine_;
  std::vector<uint32_t> positions_;                     // of labels
  absl::flat_hash_map<Cell, uint32_t> constants_;
  std::vector<bool> bound_;                             // at the place that is being compiled
  std::vector<KnownRow> rows_;                          // of objects in variables, where known
  std::vector<Origin> origins_;
  absl::flat_hash_map<VarId, std::vector<VarId>> lets_;
  double evaluations_ = 1;
};

}  // namespace

RuleCode::RuleCode(const ir::Program& program, uint32_t rule, Facts& facts, const std::vector<const Native*>& natives, Calls* calls)
    : program_(program), rule_(rule), facts_(facts), natives_(natives), calls_(calls), planner_(program, program.rules[rule], facts) {
  plans_ = planner_.PlanRule(&whole_);
}

std::vector<uint32_t> RuleCode::Signature() {
  std::vector<uint32_t> signature;
  for (const Plan& plan : plans_) planner_.AddSignature(plan, signature);
  return signature;
}

std::vector<Routine> RuleCode::Compile(const std::vector<uint32_t>* only, uint32_t step) {
  std::vector<Routine> routines;
  for (const Plan& plan : plans_) {
    Routine routine = Compiler(program_, rule_, planner_, facts_, natives_, calls_, only, step).Compile(plan);
    for (const Conjunct& conjunct : plan.conjuncts) {
      if (conjunct.rows == Rows::kDelta) routine.delta = &facts_.table(conjunct.relation);
    }
    routine.whole = whole_;
    routines.push_back(std::move(routine));
  }
  return routines;
}

}  // namespace ordo::eval

// An evaluation from another. Stored relations are compared first; then strata in order, as in engine.cc, each relation in the
// cheapest way that gives what its rules would give: taken over, merged out of kept and of new rows, or filled anew.
//
// Merging.  As a rule all rows of a rule come from inside one outermost loop, in the order of that loop's rows. The turns that
// the edit touches (touched.h) are run again; the rows of all others are kept, and both are put together in the order of the
// loop. That order, and with it the first reason of each row, is that of a run from the beginning, because the plan is the same
// (otherwise the rule runs whole) and pairs of rows never change places.
#include <algorithm>
#include <memory>
#include <new>
#include <utility>

#include "absl/status/status.h"
#include "runtime/eval/changes.h"
#include "runtime/eval/engine.h"
#include "runtime/eval/renumbering.h"
#include "runtime/eval/state.h"
#include "runtime/eval/touched.h"

namespace ordo::eval {

using ir::kNone;
using ir::RelationId;

class Reevaluation {
 public:
  Reevaluation(Evaluation::State& before, Evaluation::State& after, const std::vector<const Native*>& natives)
      : before_(before), after_(after), natives_(natives), numbers_(before.facts.program(), after.facts.program(), before.identities, after.identities),
        pairs_(after.facts.program().relations.size()), changes_before_(before.facts.program().relations.size()),
        changes_after_(pairs_.size()),
        side_before_{before.facts.program(), before.facts, changes_before_, numbers_.changed_before(), numbers_.objects(), numbers_.same_calendar()},
        side_after_{after.facts.program(), after.facts, changes_after_, numbers_.changed_after(), numbers_.old_objects(), numbers_.same_calendar()} {}

  bool comparable() const { return numbers_.comparable(); }

  absl::Status Run(const Progress& progress) {
    const ir::Program& program = after_.facts.program();
    for (RelationId relation = 0; relation < program.relations.size(); ++relation) {
      const RelationId old = numbers_.OldRelation(relation);
      if (program.relations[relation].derived || old == kNone) continue;
      Pair(relation, PairRows(numbers_, before_.facts.table(old), after_.facts.table(relation)));
    }
    const auto& groups = after_.strata.groups;
    for (size_t i = 0; i < groups.size(); ++i) {
      const Outcome outcome = Refill(groups[i]);
      if (outcome == Outcome::kFill) {
        if (const absl::Status status = after_.Fill(groups[i], natives_); !status.ok()) return status;
      } else if (!status_.ok()) {
        return status_;
      }
      if (after_.derivations.full()) return after_.Stopped({Stop::Limit::kRows, after_.limits.derived_rows, after_.rules_of[groups[i][0]][0]});
      for (const RelationId relation : groups[i]) {
        const RelationId old = numbers_.OldRelation(relation);
        if (!after_.read[relation]) after_.derivations.Sort(relation);
        else if (outcome == Outcome::kTaken) Pair(relation, Unchanged(relation));
        else if (old != kNone) Pair(relation, PairRows(numbers_, before_.facts.table(old), after_.facts.table(relation)));
      }
      if (progress) progress(i + 1, groups.size());
    }
    return absl::OkStatus();
  }

 private:
  enum class Outcome : uint8_t { kFill, kTaken, kMerged };   // kFill: still to be filled
  enum class Mode : uint8_t { kKeep, kPart, kWhole };
  struct Task {
    Mode mode = Mode::kWhole;
    uint32_t rule = kNone, old = kNone;
    std::vector<uint32_t> only;       // rows of the outermost loop that are run, ascending
    std::unique_ptr<RuleCode> code;
  };

  // ---- pairs of rows ----

  RowPairs Unchanged(RelationId relation) const {
    RowPairs pairs;
    pairs.before.all = pairs.after.all = false;
    pairs.stay = true;
    if (after_.facts.program().relations[relation].keyed) pairs.before.cells.resize(after_.facts.table(relation).width());
    pairs.after.cells = pairs.before.cells;
    return pairs;
  }

  // Notes the pairs; what was counted and indexed over columns that have not changed is good for them again.
  void Pair(RelationId relation, RowPairs pairs) {
    const RelationId old = numbers_.OldRelation(relation);
    pairs_[relation] = std::move(pairs);
    const RowPairs& own = pairs_[relation];
    changes_before_[old] = &own.before;
    changes_after_[relation] = &own.after;
    if (!own.before.rows.empty() || !own.after.rows.empty()) return;
    const Table& from = before_.facts.table(old);
    Table& to = after_.facts.table(relation);
    const auto kept = [&](uint32_t column) { return column >= own.before.cells.size() || own.before.cells[column].empty(); };
    for (uint32_t column = 0; column < to.width(); ++column) {
      if (kept(column) && to.distinct[column] < 0) to.distinct[column] = from.distinct[column];
    }
    if (!own.stay || !numbers_.objects_stay() || !numbers_.same_object_count()) return;
    for (const auto& index : from.object_indexes) {
      if (kept(index->column)) to.object_indexes.push_back(index);
    }
    if (!numbers_.texts_stay()) return;
    for (const auto& index : from.chain_indexes) {
      if (std::all_of(index->columns().begin(), index->columns().end(), kept)) to.chain_indexes.push_back(index);
    }
  }

  // ---- what to do ----

  Outcome Refill(const std::vector<RelationId>& group) {
    const bool recursive = after_.IsRecursive(group);
    std::vector<Task> tasks;
    for (const RelationId relation : group) {
      const RelationId old = numbers_.OldRelation(relation);
      if (old == kNone || before_.read[old] != after_.read[relation]) return Outcome::kFill;
      if (before_.IsRecursive(before_.strata.groups[before_.strata.group_of[old]]) != recursive) return Outcome::kFill;
      for (const uint32_t rule : after_.rules_of[relation]) tasks.push_back(recursive ? KeepOrWhole(rule, group) : Decide(rule));
    }
    bool keep = std::all_of(tasks.begin(), tasks.end(), [](const Task& task) { return task.mode == Mode::kKeep; });
    for (const RelationId relation : group) keep = keep && SameRules(relation);
    if (keep) {
      for (const RelationId relation : group) {
        if (TakeOver(relation)) continue;
        for (const RelationId taken : group) after_.derivations.Clear(taken);
        return Outcome::kFill;
      }
      return Outcome::kTaken;
    }
    const bool whole = std::all_of(tasks.begin(), tasks.end(), [](const Task& task) { return task.mode == Mode::kWhole; });
    if (recursive || whole) return Outcome::kFill;
    if (Merge(group[0], tasks)) return Outcome::kMerged;
    after_.derivations.Clear(group[0]);
    return Outcome::kFill;
  }

  // The same rules in the same order.
  bool SameRules(RelationId relation) const {
    const std::vector<uint32_t>& from = before_.rules_of[numbers_.OldRelation(relation)];
    const std::vector<uint32_t>& to = after_.rules_of[relation];
    return std::equal(from.begin(), from.end(), to.begin(), to.end(), [this](uint32_t a, uint32_t b) { return numbers_.NewRule(a) == b; });
  }

  // Of a recursive rule: what it reads of its own stratum is as it was if nothing else has changed. Estimates of growing relations
  // go by the number of objects.
  Task KeepOrWhole(uint32_t rule, const std::vector<RelationId>& group) {
    Task task;
    task.rule = rule;
    task.old = numbers_.OldRule(rule);
    if (task.old == kNone || !numbers_.same_object_count()) return task;
    const Changes nothing = Unchanged(group[0]).after;
    std::vector<std::pair<RelationId, RelationId>> own;
    for (const RelationId relation : group) {
      const RelationId old = numbers_.OldRelation(relation);
      if (old == kNone) return task;
      own.emplace_back(old, relation);
    }
    for (const auto& [old, relation] : own) changes_before_[old] = changes_after_[relation] = &nothing;
    const bool looks = LooksAtChanges(side_before_, side_before_.program.rules[task.old]) || LooksAtChanges(side_after_, side_after_.program.rules[rule]);
    for (const auto& [old, relation] : own) changes_before_[old] = changes_after_[relation] = nullptr;
    if (!looks) task.mode = Mode::kKeep;
    return task;
  }

  // The rows of a loop as a pattern.
  Conjunct PatternOf(const Plan& plan, uint32_t index) const {
    const Step& step = plan.steps[index];
    const Conjunct& conjunct = plan.conjuncts[step.conjunct];
    if (step.how != Step::How::kProbe) return conjunct;
    const ir::Program& program = side_after_.program;
    const ir::Expr& equal = program.exprs[conjunct.expr];
    const ir::Expr& column = program.exprs[step.flipped ? equal.b : equal.a];
    Conjunct pattern;
    pattern.kind = Conjunct::Kind::kPattern;
    pattern.relation = column.b;
    pattern.arguments.push_back({0, program.exprs[column.a].a, kNone, 0});
    return pattern;
  }

  Task Decide(uint32_t rule) {
    Task task;
    task.rule = rule;
    task.old = numbers_.OldRule(rule);
    if (task.old == kNone) return task;
    const ir::Rule& now = side_after_.program.rules[rule];
    const ir::Rule& then = side_before_.program.rules[task.old];
    if (!LooksAtChanges(side_after_, now) && !LooksAtChanges(side_before_, then)) {
      task.mode = Mode::kKeep;
      return task;
    }
    const Derivations::OfRule& kept = before_.derivations.of_rule(task.old);
    task.code = std::make_unique<RuleCode>(side_after_.program, rule, after_.facts, natives_);
    if (kept.outer == kNone || kept.repeats || task.code->Signature() != kept.signature) return task;
    const Conjunct outer = PatternOf(task.code->plans()[0], kept.outer);
    Conjunct outer_then = outer;
    outer_then.relation = numbers_.OldRelation(outer.relation);
    const std::vector<ir::BodyId>& joined = task.code->plans()[0].bodies;
    // Bodies of a rule are told in the same order in both programs.
    const ir::Scopes scopes(side_before_.program, then);
    const std::vector<ir::BodyId>& all = task.code->planner().scopes().bodies();
    std::vector<ir::BodyId> joined_then;
    for (const ir::BodyId body : joined) {
      joined_then.push_back(scopes.bodies()[static_cast<size_t>(std::find(all.begin(), all.end(), body) - all.begin())]);
    }
    const size_t most = after_.facts.table(outer.relation).rows() / kSmallPart + kSmall;
    auto come = TouchedRows(side_after_, now, outer, joined, most);
    if (!come) return task;
    const auto gone = TouchedRows(side_before_, then, outer_then, joined_then, most);
    if (!gone) return task;
    task.only = std::move(*come);
    for (const uint32_t row : *gone) {
      if (const uint32_t to = pairs_[outer.relation].To(row); to != kNone) task.only.push_back(to);
    }
    SortUnique(task.only);
    task.mode = task.only.empty() && gone->empty() ? Mode::kKeep : Mode::kPart;
    return task;
  }

  static void SortUnique(std::vector<uint32_t>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }

  // ---- taking over ----

  // The relations of the premises and what is known of a rule; its rows follow.
  void TakeRule(uint32_t old, uint32_t rule) {
    after_.premises[rule].clear();
    for (const RelationId relation : before_.premises[old]) after_.premises[rule].push_back(numbers_.NewRelation(relation));
    const Derivations::OfRule& from = before_.derivations.of_rule(old);
    Derivations::OfRule& to = after_.derivations.of_rule(rule);
    to.premise_count = from.premise_count;
    to.variables = from.variables;
    to.signature = from.signature;
    to.outer = from.outer;
    if (from.outer != kNone) to.outer_relation = numbers_.NewRelation(from.outer_relation);
    to.distinct = from.distinct;
    to.repeats = from.repeats;
  }

  // Rows of premises and values of a row, as they read in the program after the edit.
  bool MapReason(uint32_t old, uint32_t rule, uint32_t ordinal, uint32_t* premises, ir::Cell* bindings) const {
    const Derivations::OfRule& from = before_.derivations.of_rule(old);
    const std::vector<RelationId>& relations = after_.premises[rule];
    for (uint32_t i = 0; i < from.premise_count; ++i) {
      const uint32_t row = from.premises_of(ordinal)[i];
      premises[i] = row == kNone ? row : pairs_[relations[i]].To(row);
      if (row != kNone && premises[i] == kNone) return false;
    }
    const std::vector<ir::Variable>& variables = side_after_.program.rules[rule].variables;
    for (size_t i = 0; i < from.variables.size(); ++i) {
      bindings[i] = from.bindings_of(ordinal)[i];
      if (!numbers_.Map(variables[from.variables[i]].type, bindings[i])) return false;
    }
    return true;
  }
  bool MapTuple(const Table& table, uint32_t row, ir::Cell* tuple) const {
    for (uint32_t i = 0; i < table.width(); ++i) {
      tuple[i] = table.At(row, i);
      if (!numbers_.Map(table.relation->columns[i].type, tuple[i])) return false;
    }
    return true;
  }

  bool TakeOver(RelationId relation) {
    const RelationId old = numbers_.OldRelation(relation);
    const Table& from = before_.facts.table(old);
    Table& to = after_.facts.table(relation);
    to.unique = from.unique;
    bool stay = numbers_.objects_stay() && numbers_.texts_stay();
    for (const uint32_t rule : after_.rules_of[relation]) {
      TakeRule(numbers_.OldRule(rule), rule);
      stay = stay && numbers_.OldRule(rule) == rule;
      for (const RelationId premise : after_.premises[rule]) {
        const bool own = after_.strata.group_of[premise] == after_.strata.group_of[relation];
        if (own && after_.facts.program().relations[premise].derived) pairs_[premise].stay = true;   // to be taken over as well
        stay = stay && pairs_[premise].stay;
      }
      const Derivations::OfRule& own = after_.derivations.of_rule(rule);
      stay = stay && (own.outer == kNone || pairs_[own.outer_relation].stay);
    }
    if (stay) {
      to.derived = from.derived;
      after_.derivations.Share(before_.derivations, old, relation);
      for (const uint32_t rule : after_.rules_of[relation]) after_.derivations.ShareRule(before_.derivations, rule, rule);
      return true;
    }
    std::vector<ir::Cell> tuple(to.width());
    for (uint32_t row = 0; row < from.rows(); ++row) {
      if (!MapTuple(from, row, tuple.data())) return false;
      to.derived->Append(tuple.data());
    }
    for (const uint32_t rule : after_.rules_of[relation]) {
      const Derivations::OfRule& kept = before_.derivations.of_rule(numbers_.OldRule(rule));
      Derivations::OfRule& own = after_.derivations.of_rule(rule);
      own.rows = kept.rows;
      own.premises.resize(kept.premises.size());
      own.bindings.resize(kept.bindings.size());
      for (uint32_t i = 0; i < kept.rows; ++i) {
        if (!MapReason(numbers_.OldRule(rule), rule, i, own.premises.data() + size_t{i} * own.premise_count,
                       own.bindings.data() + size_t{i} * own.variables.size())) {
          return false;
        }
      }
      own.again = kept.again;
      own.turns = kept.turns;
      const auto move = [&](uint32_t& turn) { return (turn = pairs_[own.outer_relation].To(turn)) != kNone; };
      if (!std::all_of(own.turns.begin(), own.turns.end(), move)) return false;
      for (auto& [outer, row] : own.again) {
        if (!move(outer)) return false;
      }
    }
    auto records = std::make_shared<Derivations::Records>(before_.derivations.records(old));
    for (Derivations::Record& record : *records) record.rule = numbers_.NewRule(record.rule);
    after_.derivations.SetRecords(relation, std::move(records));
    return true;
  }

  // ---- merging ----

  bool Merge(RelationId relation, std::vector<Task>& tasks) {
    const RelationId old = numbers_.OldRelation(relation);
    const Table& from = before_.facts.table(old);
    const Derivations& kept = before_.derivations;
    Table& table = after_.facts.table(relation);
    table.unique = tasks.size() > 1;
    // What a rule found again is what it would give if the first one went: that has to be known of each.
    for (Task& task : tasks) {
      if (task.mode == Mode::kWhole) continue;
      const Derivations::OfRule& of = kept.of_rule(task.old);
      table.unique = table.unique || !of.distinct;
      if (of.outer == kNone || of.repeats) task.mode = Mode::kWhole;
    }
    std::vector<const Task*> task_of(side_before_.program.rules.size());
    for (const Task& task : tasks) {
      if (task.mode != Mode::kWhole) task_of[task.old] = &task;
    }
    std::vector<std::vector<uint32_t>> more(tasks.size());
    for (size_t i = 0; i < tasks.size(); ++i) {
      if (tasks[i].mode == Mode::kWhole) continue;
      for (const auto& [outer, row] : kept.of_rule(tasks[i].old).again) {
        const uint32_t to = Turn(tasks[i], outer);
        const Derivations::Record first = kept.record(old, row);
        const Task* const of_first = task_of[first.rule];
        if (to == kNone || (of_first != nullptr && Turn(*of_first, kept.of_rule(first.rule).turns[first.ordinal]) != kNone)) continue;
        more[i].push_back(to);
      }
    }
    for (size_t i = 0; i < tasks.size(); ++i) {
      if (more[i].empty()) continue;
      tasks[i].mode = Mode::kPart;
      tasks[i].only.insert(tasks[i].only.end(), more[i].begin(), more[i].end());
      SortUnique(tasks[i].only);
    }
    std::vector<uint32_t> row_to(from.rows(), kNone);
    for (Task& task : tasks) {
      if (!(task.mode == Mode::kWhole ? RunWhole(task, tasks.size() > 1) : MergeRule(task, from, old, row_to))) return false;
    }
    // What kept turns find again.
    for (const Task& task : tasks) {
      if (task.mode == Mode::kWhole || !table.unique) continue;
      for (const auto& [outer, row] : kept.of_rule(task.old).again) {
        const uint32_t to = Turn(task, outer);
        if (to == kNone) continue;
        if (row_to[row] == kNone) return false;
        after_.derivations.Again(task.rule, to, row_to[row]);
      }
    }
    return status_.ok();
  }

  // The row of the outermost loop after the edit, kNone if its turn is gone or run again.
  uint32_t Turn(const Task& task, uint32_t outer) const {
    const Derivations::OfRule& of = before_.derivations.of_rule(task.old);
    const uint32_t to = pairs_[numbers_.NewRelation(of.outer_relation)].To(outer);
    return to == kNone || std::binary_search(task.only.begin(), task.only.end(), to) ? kNone : to;
  }

  RuleCode& CodeOf(Task& task) {
    if (!task.code) task.code = std::make_unique<RuleCode>(side_after_.program, task.rule, after_.facts, natives_);
    return *task.code;
  }

  bool RunWhole(Task& task, bool several) {
    RuleCode& code = CodeOf(task);
    after_.Prepare(code, task.rule);
    for (Routine& routine : code.Compile()) {
      Derivations::OfRule& own = after_.derivations.of_rule(task.rule);
      own.outer = routine.outer;
      own.outer_relation = routine.outer_relation;
      own.distinct = routine.distinct;
      after_.facts.table(side_after_.program.rules[task.rule].head).unique = several || !routine.distinct;
      status_ = after_.RunRoutine(routine);
      if (!status_.ok()) return true;   // told by Run
    }
    return true;
  }

  bool MergeRule(Task& task, const Table& from, RelationId old, std::vector<uint32_t>& row_to) {
    TakeRule(task.old, task.rule);
    const Derivations::OfRule& kept = before_.derivations.of_rule(task.old);
    Derivations::OfRule& own = after_.derivations.of_rule(task.rule);
    Capture found;
    if (task.mode == Mode::kPart && !task.only.empty()) {
      std::vector<Routine> routines = CodeOf(task).Compile(&task.only, kept.outer);
      if (routines.size() != 1 || routines[0].outer != kept.outer) return false;
      routines[0].capture = &found;
      own.premise_count = static_cast<uint32_t>(routines[0].premises.size());
      own.variables = routines[0].bindings;
      status_ = after_.RunRoutine(routines[0]);
      if (!status_.ok()) return true;
    }
    std::vector<uint32_t> rows(kept.rows);   // by ordinal
    const Derivations::Records& records = before_.derivations.records(old);
    for (uint32_t row = 0; row < records.size(); ++row) {
      if (records[row].rule == task.old) rows[records[row].ordinal] = row;
    }
    const uint32_t width = from.width();
    std::vector<ir::Cell> tuple(width), bindings(own.variables.size());
    std::vector<uint32_t> premises(own.premise_count);
    size_t next = 0;
    const auto take_found = [&](uint32_t before_turn) {
      for (; next < found.outer.size() && found.outer[next] < before_turn; ++next) {
        after_.derivations.Keep(task.rule, found.tuples.data() + next * width, found.premises.data() + next * own.premise_count,
                                found.bindings.data() + next * own.variables.size(), found.outer[next]);
      }
    };
    for (uint32_t ordinal = 0; ordinal < kept.rows; ++ordinal) {
      const uint32_t turn = Turn(task, kept.turns[ordinal]);
      if (turn == kNone) continue;
      take_found(turn);
      if (!MapTuple(from, rows[ordinal], tuple.data()) || !MapReason(task.old, task.rule, ordinal, premises.data(), bindings.data())) return false;
      row_to[rows[ordinal]] = after_.derivations.Keep(task.rule, tuple.data(), premises.data(), bindings.data(), turn);
    }
    take_found(kNone);
    return true;
  }

  // A part this small of the turns of a loop is worth being run apart.
  static constexpr size_t kSmallPart = 8, kSmall = 16;

  Evaluation::State& before_;
  Evaluation::State& after_;
  const std::vector<const Native*>& natives_;
  const Renumbering numbers_;
  std::vector<RowPairs> pairs_;                    // by relation of after
  std::vector<const Changes*> changes_before_, changes_after_;
  const Side side_before_, side_after_;
  absl::Status status_;
};

absl::StatusOr<Evaluation> Reevaluate(const Evaluation& before, const ir::Program& program, const Limits& limits, const Progress& progress,
                                      const std::vector<Native>& natives) {
  const absl::StatusOr<std::vector<const Native*>> functions = ResolveNatives(program, natives);
  if (!functions.ok()) return functions.status();
  before.state_->memory->limit = limits.memory;
  auto state = std::make_unique<Evaluation::State>(program, limits, before.state_->memory);
  Reevaluation reevaluation(*before.state_, *state, *functions);
  if (!reevaluation.comparable()) return Evaluate(program, limits, progress, natives);
  try {
    if (const absl::Status status = reevaluation.Run(progress); !status.ok()) return status;
  } catch (const std::bad_alloc&) {
    return state->Stopped({Stop::Limit::kMemory, limits.memory, state->at_rule});
  }
  return Evaluation(std::move(state));
}

}  // namespace ordo::eval

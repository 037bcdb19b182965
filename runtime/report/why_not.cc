#include "runtime/report/why_not.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "runtime/report/text.h"

namespace ordo::report {
namespace {

using Kind = ExplanationStep::Kind;
using eval::Frame;
using eval::Goal;
using ir::kNone;
using ir::Op;

class WhyNot {
 public:
  WhyNot(eval::Probe& probe, const RuleWords& words, const WhyLimits& limits)
      : probe_(probe), program_(probe.evaluation().program()), words_(words), limits_(limits), builder_(probe, words, limits) {}

  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const {
    return ordo::Say(phrase, words_.printer().language(), arguments);
  }

  // False when a binding fulfils the whole body; else the furthest misses are added to what other frames have come to.
  bool Try(Frame frame) {
    const ir::BodyId body = program_.rules[frame.rule].body;
    NearMisses misses(body, limits_.nearest);
    bool any = false;
    probe_.Watch(&misses);
    probe_.ForEach(body, frame, eval::Order::kWritten, [&] {
      any = true;
      return false;
    });
    probe_.Watch(nullptr);
    if (any) return false;
    if (misses.passed() > passed_ || furthest_.empty()) {
      furthest_.clear();
      passed_ = misses.passed();
      total_ = 0;
    }
    if (misses.passed() < passed_) return true;
    total_ += misses.furthest_count();
    for (const NearMisses::Miss& miss : misses.furthest()) {
      if (furthest_.size() < limits_.nearest) furthest_.push_back(miss);
    }
    return true;
  }

  // The rules that could derive a fact with these cells (kAbsent: any), one step each. Relations that are being asked about already
  // are left alone.
  void Rules(ir::RelationId relation, const std::vector<ir::Cell>& cells, ExplanationStep& step) {
    asked_.push_back(relation);
    for (uint32_t rule = 0; rule < program_.rules.size(); ++rule) {
      if (program_.rules[rule].head != relation) continue;
      Frame frame = probe_.NewFrame(rule);
      bool possible = true;
      for (size_t i = 0; i < cells.size(); ++i) {
        const ir::Expr& argument = program_.exprs[program_.rules[rule].head_arguments[i]];
        if (argument.op != Op::kVar || cells[i] == ir::kAbsent) continue;
        ir::Cell& cell = frame.cells[argument.a];
        possible = possible && (cell == ir::kAbsent || cell == cells[i]);
        cell = cells[i];
      }
      if (!possible) continue;
      ExplanationStep& one = step.Add(Kind::kDerived, words_.RuleText(rule), program_.rules[rule].span);
      one.rule = program_.text(program_.relations[relation].name);
      Try(std::move(frame));
      Tell(one);
    }
    asked_.pop_back();
  }

  // What Try has found; begins anew.
  void Tell(ExplanationStep& step) {
    const std::vector<NearMisses::Miss> furthest = std::exchange(furthest_, {});
    const size_t passed = std::exchange(passed_, 0), total = std::exchange(total_, 0);
    if (furthest.empty()) step.Add(Kind::kNote, Say(Phrase::kWhyNotEmpty));
    for (const NearMisses::Miss& miss : furthest) Tell(miss, passed, step.Add(Kind::kCase, ""));
    if (total > furthest.size()) step.total = step.steps.size() + total - furthest.size();
    if (probe_.exhausted()) step.Add(Kind::kNote, Say(Phrase::kWhyStopped));
  }

 private:
  void Tell(const NearMisses::Miss& miss, size_t passed, ExplanationStep& one) {
    Frame frame = miss.frame;
    const ir::BodyId body = program_.rules[frame.rule].body;
    one.values = words_.Bindings(frame);
    if (one.values.empty()) one.text = program_.text(program_.rules[frame.rule].name);
    if (passed > 0) one.Add(Kind::kNote, Say(Phrase::kWhyNotPassed, {fmt::to_string(passed)}));
    one.steps.push_back(builder_.Lack(miss, body));
    Missing(*miss.goal, frame, one.steps.back());
    if (const std::string needed = Needed(*miss.goal, frame); !needed.empty()) one.Add(Kind::kNote, Say(Phrase::kWhyNotNeeds, {needed}));
    // Conditions behind it that can be asked with these values and fail as well.
    for (const Goal& goal : probe_.GoalsOf(frame.rule, body)) {
      if (&goal == miss.goal || goal.expr == kNone || goal.let != kNone) continue;
      bool bound = true;
      for (const ir::VarId var : goal.needs) bound = bound && frame.cells[var] != ir::kAbsent;
      if (!bound || probe_.Value(goal.expr, frame) == 1) continue;
      ExplanationStep also = builder_.Condition(goal.expr, frame, program_.bodies[body].literals[goal.literal].span);
      also.text = Say(Phrase::kWhyNotAlso, {also.text});
      one.steps.push_back(std::move(also));
    }
  }

  // A derived fact that is not there: why not.
  void Missing(const Goal& goal, Frame& frame, ExplanationStep& step) {
    if (goal.relation == kNone || !program_.relations[goal.relation].derived || asked_.size() >= kDeepest) return;
    if (std::find(asked_.begin(), asked_.end(), goal.relation) != asked_.end()) return;
    std::vector<ir::Cell> cells(program_.relations[goal.relation].columns.size(), ir::kAbsent);
    for (const Goal::Argument& argument : goal.arguments) {
      cells[argument.column] = argument.var != kNone ? frame.cells[argument.var] : argument.expr != kNone ? probe_.Value(argument.expr, frame) : argument.constant;
    }
    if (probe_.FindRow(goal.relation, cells) == kNone) Rules(goal.relation, cells, step);
  }

  // What would make the condition true, where that can be said in one line.
  std::string Needed(const Goal& goal, Frame& frame) {
    if (goal.expr == kNone || goal.let != kNone) return {};
    const ir::Expr& expr = program_.exprs[goal.expr];
    if (expr.op == Op::kStated) return words_.Filled(goal.expr, frame, probe_);
    if (expr.op < Op::kEqual || expr.op > Op::kGreaterEqual || probe_.Value(goal.expr, frame) == 1) return {};
    return words_.Needed(goal.expr, frame, probe_);
  }

  eval::Probe& probe_;
  const ir::Program& program_;
  const RuleWords& words_;
  const WhyLimits limits_;
  WhyBuilder builder_;
  std::vector<NearMisses::Miss> furthest_;
  size_t passed_ = 0, total_ = 0;
  std::vector<ir::RelationId> asked_;   // from the outermost on
  static constexpr size_t kDeepest = 4;
};

// The object itself and what it is written of that has no name of its own: times, entries, rows.
std::vector<EntityId> WithParts(const ir::Program& program, EntityId subject) {
  std::vector<EntityId> all = {subject};
  for (size_t i = 0; i < program.entities.size(); ++i) {
    EntityId up{static_cast<uint32_t>(i)};
    while (up != EntityId::kNone && up != subject && program.entity(up).name == Symbol::kEmpty) up = program.entity(up).parent;
    if (up == subject && EntityId{static_cast<uint32_t>(i)} != subject) all.push_back(EntityId{static_cast<uint32_t>(i)});
  }
  return all;
}

// The kinds among which the rule itself takes the variable; empty: any.
std::vector<ir::RelationId> KindsOf(const ir::Program& program, ir::BodyId body, ir::VarId var) {
  std::vector<ir::RelationId> kinds;
  for (const ir::Literal& literal : program.bodies[body].literals) {
    if (literal.kind != ir::Literal::Kind::kScan || !program.relations[literal.relation].keyed) continue;
    for (const ir::Match& match : literal.matches) {
      if (match.column == 0 && match.var == var) kinds.push_back(literal.relation);
    }
  }
  return kinds;
}

}  // namespace

ExplanationStep WhyNotFires(eval::Probe& probe, const RuleWords& words, size_t check_index, EntityId subject, const WhyLimits& limits, bool* fires) {
  const ir::Program& program = probe.evaluation().program();
  const ir::Check& check = program.checks[check_index];
  WhyNot search(probe, words, limits);
  ExplanationStep step;
  step.kind = Kind::kFinding;
  step.rule = program.text(check.code);
  step.at = check.span;
  step.text = search.Say(Phrase::kWhyNotTitle, {step.rule, words.Named(subject)});
  step.Add(Kind::kSubject, search.Say(Phrase::kWhyNotSeverity, {search.Say(PhraseOf(check.severity))}), program.entity(subject).span);
  *fires = false;
  bool asked = false;
  std::string kinds;
  for (uint32_t rule = 0; rule < program.rules.size(); ++rule) {
    if (program.rules[rule].head != check.relation) continue;
    const ir::Expr& at = program.exprs[program.rules[rule].head_arguments[check.at.column]];
    if (at.op != Op::kVar) continue;
    const std::vector<ir::RelationId> wanted = KindsOf(program, program.rules[rule].body, at.a);
    for (const EntityId object : WithParts(program, subject)) {
      const ir::RelationId kind = program.kinds[program.entity(object).kind].relation;
      if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), kind) == wanted.end()) continue;
      asked = true;
      Frame frame = probe.NewFrame(rule);
      frame.cells[at.a] = static_cast<ir::Cell>(object);
      if (!search.Try(std::move(frame))) *fires = true;
    }
    for (const ir::RelationId relation : wanted) {
      for (const ir::Kind& one : program.kinds) {
        if (one.relation == relation) Append(kinds, ", ", words.printer().Spelling(one.word));
      }
    }
  }
  if (*fires) step.Add(Kind::kNote, search.Say(Phrase::kWhyNotFires));
  else if (!asked) step.Add(Kind::kNote, search.Say(Phrase::kWhyNotKind, {kinds, words.Named(subject)}));
  else search.Tell(step);
  return step;
}

ExplanationStep WhyNotHolds(eval::Probe& probe, const RuleWords& words, ir::RelationId relation, const std::vector<ir::Cell>& cells,
                            const WhyLimits& limits, bool* holds) {
  const ir::Program& program = probe.evaluation().program();
  WhyNot search(probe, words, limits);
  std::string fact;
  for (size_t i = 0; i < cells.size(); ++i) Append(fact, ", ", words.printer().Value(program.relations[relation].columns[i].type, cells[i]));
  ExplanationStep step;
  step.kind = Kind::kFinding;
  step.rule = program.text(program.relations[relation].name);
  step.text = search.Say(Phrase::kWhyNotFact, {fmt::format("{}({})", step.rule, fact)});
  *holds = probe.FindRow(relation, cells) != kNone;
  if (*holds) {
    step.Add(Kind::kNote, search.Say(Phrase::kWhyNotHolds));
    return step;
  }
  search.Rules(relation, cells, step);
  if (step.steps.empty()) step.Add(Kind::kNote, search.Say(Phrase::kWhyNotNoRule));
  return step;
}

}  // namespace ordo::report

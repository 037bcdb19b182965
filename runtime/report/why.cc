#include "runtime/report/why.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/report/text.h"

namespace ordo::report {

using Kind = ExplanationStep::Kind;
using eval::Frame;
using eval::Goal;
using eval::RowId;
using ir::ExprId;
using ir::kAbsent;
using ir::kNone;
using ir::Op;

namespace {

constexpr size_t kDepthOfACase = 3;   // steps below the case of a definition
constexpr size_t kDepthOfALack = 3;   // derived facts below one another

uint64_t KeyOf(RowId row) { return uint64_t{row.relation} << 32 | row.row; }

}  // namespace

void NearMisses::Failed(ir::BodyId body, const Goal& goal, size_t passed, const Frame& frame) {
  if (body != body_) return;
  const bool nothing_there = passed == 0 && goal.relation != kNone && goal.expr == kNone;
  if (!nothing_there) ++looked_at_;
  if (passed < passed_) return;
  if (passed > passed_) {
    furthest_.clear();
    passed_ = passed;
    at_furthest_ = 0;
  }
  ++at_furthest_;
  if (furthest_.size() < most_) furthest_.push_back({&goal, frame});
}

WhyBuilder::WhyBuilder(eval::Probe& probe, const RuleWords& words, WhyLimits limits)
    : probe_(probe), evaluation_(probe.evaluation()), program_(evaluation_.program()), words_(words), limits_(limits), left_(limits.steps) {}

std::string WhyBuilder::Say(Phrase phrase, std::initializer_list<std::string_view> arguments) const {
  return ordo::Say(phrase, words_.printer().language(), arguments);
}

Span WhyBuilder::PlaceIn(ir::BodyId body, const Goal& goal) const { return program_.bodies[body].literals[goal.literal].span; }

ExplanationStep WhyBuilder::Finding(const FindingRows& finding) {
  const ir::Check& check = program_.checks[finding.check];
  const bool vietnamese = words_.printer().language() == Language::kVietnamese;
  const Symbol own = vietnamese ? check.title_vi : check.title_en, other = vietnamese ? check.title_en : check.title_vi;
  ExplanationStep step;
  step.kind = Kind::kFinding;
  step.rule = step.text = program_.text(check.code);
  Append(step.text, " ", program_.text(own == Symbol::kEmpty ? other : own));
  step.at = check.span;
  const EntityId at = finding.rows.empty() ? EntityId::kNone
                                           : static_cast<EntityId>(evaluation_.cell(check.relation, finding.rows.front(), check.at.column));
  step.Add(Kind::kSubject, Say(Phrase::kWhyAt, {words_.Named(at)}), SpanOf(program_, at, check.at.field));
  const size_t cases = std::min(finding.rows.size(), limits_.cases);
  for (size_t i = 0; i < cases && left_ > 0; ++i) {
    --left_;
    const RowId row{check.relation, finding.rows[i]};
    ExplanationStep& one = step.Add(Kind::kCase, "");
    known_.insert(KeyOf(row));
    Derivation(row, 1, one);
    if (one.values.empty()) one.text = words_.Fact(evaluation_, row);
  }
  // The subject is a step as well.
  if (finding.rows.size() + 1 > step.steps.size()) step.total = finding.rows.size() + 1;
  return step;
}

ExplanationStep WhyBuilder::Fact(RowId row, size_t depth) {
  ExplanationStep step;
  step.kind = Kind::kFact;
  step.text = words_.Fact(evaluation_, row);
  const ir::Relation& relation = program_.relations[row.relation];
  if (!relation.derived) {
    step.at = words_.PlaceOf(evaluation_, row);
    return step;
  }
  step.kind = Kind::kDerived;
  step.rule = program_.text(relation.name);
  if (!known_.insert(KeyOf(row)).second) {
    step.text = Say(Phrase::kWhyAgain, {step.text});
    return step;
  }
  step.text = Say(Phrase::kWhyBecause, {step.text});
  step.at = program_.rules[evaluation_.reason(row).rule].span;
  if (depth >= limits_.depth) step.Add(Kind::kNote, Say(Phrase::kWhyDeeper));
  else Derivation(row, depth + 1, step);
  return step;
}

void WhyBuilder::AddFact(RowId row, size_t depth, ExplanationStep& step) {
  // A stage of the same rule: what it rests on is told as if it stood here.
  if (program_.text(program_.relations[row.relation].name).find('*') != std::string_view::npos) return Derivation(row, depth, step);
  // A rule may ask for one fact in two lines.
  const std::string text = words_.Fact(evaluation_, row);
  for (const ExplanationStep& other : step.steps) {
    if (other.kind == Kind::kFact && other.text == text) return;
  }
  step.steps.push_back(Fact(row, depth));
}

// The rule of a row, with the values that gave it, literal by literal.
void WhyBuilder::Derivation(RowId row, size_t depth, ExplanationStep& step) {
  const eval::Reason reason = evaluation_.reason(row);
  if (reason.rule == kNone) return;
  const ir::Rule& rule = program_.rules[reason.rule];
  Frame frame{reason.rule, evaluation_.binding(row)};
  // What aggregates bound while they ran says nothing any more.
  const ir::Scopes& scopes = probe_.ScopesOf(reason.rule);
  for (ir::VarId var = 0; var < frame.cells.size(); ++var) {
    if (scopes.owner(var) != rule.body) frame.cells[var] = kAbsent;
  }
  Unify(rule.body, frame, reason, 0);
  Complete(rule.body, frame);
  Frame own = frame;
  for (ir::VarId var = 0; var < own.cells.size(); ++var) {
    if (scopes.owner(var) != rule.body) own.cells[var] = kAbsent;
  }
  step.values = words_.Bindings(own);
  size_t next = 0;
  Body(rule.body, own, reason, &next, depth, step);
}

// The engine keeps the rows of scans, of kHas and of what a kExists scans, in the order of the literals: variables follow from them.
void WhyBuilder::Unify(ir::BodyId body, Frame& frame, const eval::Reason& reason, size_t next) const {
  const auto walk = [&](const auto& self, ir::BodyId inner, bool bind) -> void {
    for (const Goal& goal : probe_.GoalsOf(frame.rule, inner)) {
      if (goal.relation != kNone && next < reason.premises.size()) {
        const RowId row = reason.premises[next++];
        for (const Goal::Argument& argument : goal.arguments) {
          if (bind && argument.var != kNone && frame.cells[argument.var] == kAbsent) {
            frame.cells[argument.var] = evaluation_.cell(row.relation, row.row, argument.column);
          }
        }
      } else if (goal.let == kNone && goal.expr != kNone && program_.exprs[goal.expr].op == Op::kExists) {
        self(self, program_.exprs[goal.expr].a, false);
      }
    }
  };
  walk(walk, body, true);
}

bool WhyBuilder::Complete(ir::BodyId body, Frame& frame) {
  bool any = false;
  std::vector<ir::Cell> cells;
  probe_.ForEach(body, frame, eval::Order::kQuick, [&] {
    any = true;
    cells = frame.cells;
    return false;
  });
  if (any) frame.cells = std::move(cells);
  return any;
}

void WhyBuilder::Body(ir::BodyId body, Frame& frame, const eval::Reason& reason, size_t* next, size_t depth, ExplanationStep& step) {
  for (const Goal& goal : probe_.GoalsOf(frame.rule, body)) {
    if (goal.let != kNone) {
      if (ir::HoldsBody(program_.exprs[goal.expr].op)) step.steps.push_back(Aggregate(goal.expr, words_.NameOf(frame.rule, goal.let), frame));
      else AggregatesIn(goal.expr, frame, step);
    } else if (goal.relation != kNone) {
      if (*next < reason.premises.size()) AddFact(reason.premises[(*next)++], depth, step);
    } else if (program_.exprs[goal.expr].op == Op::kExists) {
      const ir::BodyId inner = program_.exprs[goal.expr].a;
      Frame found = frame;
      Unify(inner, found, reason, *next);
      Complete(inner, found);
      ExplanationStep& condition = step.Add(Kind::kCondition, words_.Symbolic(frame.rule, goal.expr), PlaceIn(body, goal));
      condition.holds = true;
      Body(inner, found, reason, next, depth, condition);
    } else {
      step.steps.push_back(Condition(goal.expr, frame, PlaceIn(body, goal), depth));
    }
  }
}

// ---- conditions

// «led > 40% × every_row: 18 > 40% × 37 = 14,8»
std::string WhyBuilder::Told(ExprId expr, Frame& frame) const {
  const std::string filled = words_.Filled(expr, frame, probe_);
  const Op op = program_.exprs[expr].op;
  if (op == Op::kStated || (op == Op::kNot && program_.exprs[program_.exprs[expr].a].op == Op::kStated)) return filled;
  const std::string named = words_.Symbolic(frame.rule, expr);
  return named == filled ? named : fmt::format("{}: {}", named, filled);
}

ExplanationStep WhyBuilder::Condition(ExprId id, Frame& frame, Span place, size_t depth) {
  const ir::Expr& expr = program_.exprs[id];
  const bool holds = probe_.Value(id, frame) == 1;
  ExplanationStep step;
  step.kind = Kind::kCondition;
  step.at = place;
  step.holds = holds;
  const auto witness = [&](ir::BodyId body, ExplanationStep& into) {
    Frame found = frame;
    if (!Complete(body, found)) return;
    into.values = Beyond(found, frame);
    for (const Goal& goal : probe_.GoalsOf(frame.rule, body)) {
      if (goal.relation == kNone || depth >= limits_.depth) continue;
      std::vector<ir::Cell> cells(program_.relations[goal.relation].columns.size(), kAbsent);
      for (const Goal::Argument& argument : goal.arguments) {
        cells[argument.column] = argument.var != kNone ? found.cells[argument.var] : argument.expr != kNone ? probe_.Value(argument.expr, found) : argument.constant;
      }
      const uint32_t row = probe_.FindRow(goal.relation, cells);
      if (row != kNone) AddFact({goal.relation, row}, depth + 1, into);
    }
  };
  switch (expr.op) {
    case Op::kAnd: case Op::kOr:
      step.text = words_.Symbolic(frame.rule, id);
      for (const ExprId side : {expr.a, expr.b}) {
        const bool side_holds = probe_.Value(side, frame) == 1;
        if (side_holds == holds) step.steps.push_back(Condition(side, frame, {}, depth));
      }
      break;
    case Op::kExists:
      if (!holds) return Nothing(expr.a, frame, place);
      step.text = words_.Symbolic(frame.rule, id);
      witness(expr.a, step);
      break;
    case Op::kHas: {
      step.text = Told(id, frame);
      std::vector<ir::Cell> cells;
      for (uint32_t i = 0; holds && i < expr.argument_count; ++i) cells.push_back(probe_.Value(program_.arguments[expr.first_argument + i], frame));
      if (holds && depth < limits_.depth) AddFact({expr.b, probe_.FindRow(expr.b, cells)}, depth + 1, step);
      break;
    }
    case Op::kNot: {
      const ir::Expr& what = program_.exprs[expr.a];
      if (what.op == Op::kExists && holds) return Nothing(what.a, frame, place);
      if (what.op == Op::kExists) {
        step.text = words_.Symbolic(frame.rule, id);
        witness(what.a, step);
        break;
      }
      step.text = Told(id, frame);
      const bool inside = what.op == Op::kAnd || what.op == Op::kOr || (what.op == Op::kHas && !holds);
      if (inside) step.steps.push_back(Condition(expr.a, frame, {}, depth));
      else AggregatesIn(expr.a, frame, step);
      break;
    }
    default:
      step.text = Told(id, frame);
      AggregatesIn(id, frame, step);
  }
  return step;
}

std::vector<std::pair<std::string, std::string>> WhyBuilder::Beyond(const Frame& inner, const Frame& outer) const {
  Frame own = inner;
  for (size_t i = 0; i < own.cells.size(); ++i) {
    if (outer.cells[i] != kAbsent) own.cells[i] = kAbsent;
  }
  return words_.Bindings(own);
}

ExplanationStep WhyBuilder::Nothing(ir::BodyId body, Frame& frame, Span place) {
  NearMisses misses(body, limits_.nearest);
  probe_.Watch(&misses);
  probe_.ForEach(body, frame, eval::Order::kWritten, [] { return true; });
  probe_.Watch(nullptr);
  ExplanationStep step;
  step.kind = Kind::kNothing;
  step.at = place;
  step.text = Say(Phrase::kWhyNothing, {words_.BodyText(frame.rule, body), fmt::to_string(misses.looked_at())});
  for (const NearMisses::Miss& miss : misses.furthest()) {
    if (misses.passed() == 0 && misses.looked_at() == 0) break;
    ExplanationStep lack = Lack(miss, body);
    lack.values = Beyond(miss.frame, frame);
    step.steps.push_back(std::move(lack));
  }
  step.total = misses.looked_at();
  return step;
}

ExplanationStep WhyBuilder::Lack(const NearMisses::Miss& miss, ir::BodyId body) {
  Frame frame = miss.frame;
  const Goal& goal = *miss.goal;
  const Span place = PlaceIn(body, goal);
  ExplanationStep step;
  step.kind = Kind::kCondition;
  step.at = place;
  step.holds = false;
  if (goal.let != kNone) {
    step.text = Say(Phrase::kWhyNoValue, {words_.Symbolic(frame.rule, goal.expr)});
  } else if (goal.expr == kNone || probe_.Value(goal.expr, frame) == 1) {
    const ir::Literal& literal = program_.bodies[body].literals[goal.literal];
    step.text = Say(Phrase::kWhyNoRow, {goal.expr == kNone ? words_.ScanText(frame.rule, literal) : words_.Symbolic(frame.rule, goal.expr)});
  } else {
    // An explanation of a lack is short.
    step = Condition(goal.expr, frame, place, limits_.depth > kDepthOfALack ? limits_.depth - kDepthOfALack : 0);
    if (step.kind != Kind::kNothing) step.text = Say(Phrase::kWhyFails, {step.text});
  }
  return step;
}

// ---- aggregates

void WhyBuilder::AggregatesIn(ExprId id, Frame& frame, ExplanationStep& step) {
  const ir::Expr& expr = program_.exprs[id];
  if (expr.op != Op::kExists && ir::HoldsBody(expr.op)) {
    step.steps.push_back(Aggregate(id, "", frame));
    return;
  }
  ir::ForEachOperand(program_, expr, [&](ExprId operand) { AggregatesIn(operand, frame, step); });
}

ExplanationStep WhyBuilder::Aggregate(ExprId id, std::string_view name, Frame& frame) {
  const ir::Expr& expr = program_.exprs[id];
  const eval::Probe::Members members = probe_.MembersOf(id, frame, std::min(limits_.members, left_));
  left_ -= members.some.size();
  ExplanationStep step;
  step.kind = Kind::kAggregate;
  const std::string value = words_.Filled(id, frame, probe_);
  const std::string what = words_.Symbolic(frame.rule, id);
  step.text = name.empty() ? fmt::format("{} = {}", what, value) : fmt::format("{} = {}: {}", name, value, what);
  step.total = members.total;
  for (const ir::Literal& literal : program_.bodies[expr.a].literals) {
    if (literal.span.known() && !step.at.known()) step.at = literal.span;
  }
  // A definition: the row that gave the value says which case it was, and why.
  const std::vector<ir::Literal>& literals = program_.bodies[expr.a].literals;
  if (expr.op == Op::kMin && literals.size() == 1 && literals[0].kind == ir::Literal::Kind::kScan && program_.relations[literals[0].relation].derived) {
    const ir::RelationId relation = literals[0].relation;
    for (uint32_t row = 0; row < evaluation_.rows(relation) && !members.some.empty(); ++row) {
      const bool fits = std::all_of(literals[0].matches.begin(), literals[0].matches.end(), [&](const ir::Match& match) {
        return evaluation_.cell(relation, row, match.column) == (match.var == kNone ? match.constant : members.some[0].cells[match.var]);
      });
      if (fits) AddFact({relation, row}, limits_.depth > kDepthOfACase ? limits_.depth - kDepthOfACase : 0, step);
    }
    return step;
  }
  for (const eval::Probe::Member& member : members.some) {
    std::string text;
    EntityId first = EntityId::kNone;
    for (uint32_t i = 0; i < expr.argument_count; ++i) {
      const ir::Expr& argument = program_.exprs[program_.arguments[expr.first_argument + i]];
      if (argument.op != Op::kVar) continue;
      const ir::Cell cell = member.cells[argument.a];
      const bool object = argument.type == ir::Type::kEntity;
      if (object && first == EntityId::kNone) first = static_cast<EntityId>(cell);
      Append(text, ", ", object ? words_.Named(static_cast<EntityId>(cell)) : words_.printer().Value(argument.type, cell));
    }
    if (expr.argument_count == 0) {   // least and greatest: the binding itself
      const ir::Scopes& scopes = probe_.ScopesOf(frame.rule);
      for (ir::VarId var = 0; var < member.cells.size(); ++var) {
        if (scopes.owner(var) != expr.a || member.cells[var] == kAbsent || program_.rules[frame.rule].variables[var].type != ir::Type::kEntity) continue;
        const auto object = static_cast<EntityId>(member.cells[var]);
        if (first == EntityId::kNone) first = object;
        Append(text, ", ", words_.Named(object));
      }
    }
    if (member.value != kAbsent) Append(text, ": ", words_.printer().Value(program_.exprs[expr.b].type, member.value));
    step.Add(Kind::kFact, std::move(text), SpanOf(program_, first, ir::kNoWord));
  }
  return step;
}

std::string Why(const eval::Evaluation& evaluation, const FindingRows& finding, const SourceSet& sources, Language language) {
  eval::Probe probe(evaluation);
  const RuleWords words(evaluation.program(), language, kTitleInText);
  WhyBuilder builder(probe, words, {});
  return RenderExplanation({{builder.Finding(finding)}}, sources, language);
}

}  // namespace ordo::report

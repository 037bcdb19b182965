#include "compiler/driver/coverage.h"

#include "absl/container/flat_hash_map.h"
#include "runtime/eval/probe.h"
#include "runtime/report/rule_words.h"

namespace ordo {
namespace {

using ir::ExprId;
using ir::Op;

constexpr uint64_t kStepsOfARule = 1'000'000;   // plans of tests are small

class Truths : public eval::Watcher {
 public:
  explicit Truths(size_t exprs) : seen(exprs) {}
  void Truth(ExprId expr, ir::Cell value) override {
    if (value != ir::kAbsent) seen[expr] |= value != 0 ? 1 : 2;
    else seen[expr] |= 2;   // what is absent does not hold
  }
  std::vector<uint8_t> seen;
};

// Conditions of a rule in a fixed order: those of inner bodies behind the one that they stand in.
class Conditions {
 public:
  explicit Conditions(const ir::Program& program) : program_(program) {}
  struct One {
    ExprId expr;
    Span at;
  };
  std::vector<One> all;

  void OfBody(ir::BodyId body) {
    for (const ir::Literal& literal : program_.bodies[body].literals) {
      if (literal.kind == ir::Literal::Kind::kScan) continue;
      if (literal.kind == ir::Literal::Kind::kLet) {
        Inside(literal.expr);
        continue;
      }
      std::vector<ExprId> conjuncts;
      ir::CollectConjuncts(program_, literal.expr, conjuncts);
      for (const ExprId conjunct : conjuncts) Condition(conjunct, literal.span);
    }
  }
  void OfResults(const ir::Rule& rule) {
    for (const ExprId argument : rule.head_arguments) Inside(argument);
  }

 private:
  void Condition(ExprId id, Span at) {
    const ir::Expr& expr = program_.exprs[id];
    all.push_back({id, at});
    // The sides of one `or`, the parts of one `and`: not the pairs that the tree makes of them.
    const ir::Expr& inner = program_.exprs[expr.op == Op::kNot ? expr.a : id];
    if (inner.op != Op::kAnd && inner.op != Op::kOr) return Inside(id);
    Sides(inner.op, inner.a, at);
    Sides(inner.op, inner.b, at);
  }
  void Sides(Op op, ExprId id, Span at) {
    const ir::Expr& expr = program_.exprs[id];
    if (expr.op != op) return Condition(id, at);
    Sides(op, expr.a, at);
    Sides(op, expr.b, at);
  }
  void Inside(ExprId id) {
    const ir::Expr& expr = program_.exprs[id];
    if (ir::HoldsBody(expr.op)) OfBody(expr.a);
    ir::ForEachOperand(program_, expr, [&](ExprId operand) { Inside(operand); });
  }

  const ir::Program& program_;
};

}  // namespace

void Coverage::Add(const eval::Evaluation& evaluation) {
  const ir::Program& program = evaluation.program();
  eval::Probe probe(evaluation);
  Truths truths(program.exprs.size());
  const report::RuleWords words(program, language_);
  absl::flat_hash_map<std::string, uint32_t> occurrences;
  for (uint32_t i = 0; i < program.rules.size(); ++i) {
    const ir::Rule& rule = program.rules[i];
    std::string name(program.text(rule.name));
    if (name.starts_with("only ")) continue;
    if (name.starts_with("check ")) name = name.substr(6);
    const uint32_t occurrence = occurrences[name]++;
    probe.Refill(kStepsOfARule);
    probe.Watch(&truths);
    eval::Frame frame = probe.NewFrame(i);
    probe.ForEach(rule.body, frame, eval::Order::kWritten, [] { return true; });
    probe.Watch(nullptr);
    Conditions conditions(program);
    conditions.OfBody(rule.body);
    conditions.OfResults(rule);
    for (uint32_t k = 0; k < conditions.all.size(); ++k) {
      const auto& [expr, at] = conditions.all[k];
      const auto [entry, fresh] = entries_.try_emplace(Key{name, occurrence, k});
      Entry& kept = entry->second;
      if (fresh) {
        kept.seen.rule = name;
        kept.seen.text = words.Symbolic(i, expr);
        kept.seen.at = at.known() ? at : rule.span;
        const Op op = program.exprs[expr].op;
        kept.binds = op == Op::kHas || op == Op::kEqual;
      }
      kept.seen.seen_true |= (truths.seen[expr] & 1) != 0;
      kept.seen.seen_false |= (truths.seen[expr] & 2) != 0;
    }
  }
}

std::vector<ConditionSeen> Coverage::conditions() const {
  std::vector<ConditionSeen> all;
  for (const auto& [key, entry] : entries_) {
    if (entry.binds && !entry.seen.seen_true && !entry.seen.seen_false) continue;
    all.push_back(entry.seen);
  }
  return all;
}

}  // namespace ordo

// Why something holds: findings, facts, conditions, down to stored facts with their lines. Complete for what the engine keeps no
// reason of: a count shows what was counted, a comparison both sides, a search that found nothing how many it looked at and what
// came nearest. In: a probe over a finished evaluation. Out: steps (explanation.h).
#pragma once

#include <vector>

#include "absl/container/flat_hash_set.h"
#include "runtime/diag/emitter.h"
#include "runtime/eval/probe.h"
#include "runtime/report/explanation.h"
#include "runtime/report/findings.h"
#include "runtime/report/rule_words.h"

namespace ordo::report {

struct WhyLimits {
  size_t cases = 20;      // bindings of one finding
  size_t depth = 12;      // derived facts below one another
  size_t members = 12;    // of a count
  size_t nearest = 3;     // of a search that found nothing
  size_t steps = 200'000; // of what was counted and of cases, in all: one explanation fits into memory
};
// For machines: everything but what nobody could read through.
inline constexpr WhyLimits kWhyLimitsOfJson = {10'000, 200, 100'000, 20, 200'000};

// Code points of a title in text for people.
inline constexpr size_t kTitleInText = 60;

// The goals of one body that gave nothing, of which the furthest are kept.
class NearMisses : public eval::Watcher {
 public:
  NearMisses(ir::BodyId body, size_t most) : body_(body), most_(most) {}
  struct Miss {
    const eval::Goal* goal = nullptr;
    eval::Frame frame;
  };
  void Failed(ir::BodyId body, const eval::Goal& goal, size_t passed, const eval::Frame& frame) override;

  const std::vector<Miss>& furthest() const { return furthest_; }
  size_t passed() const { return passed_; }            // goals fulfilled before
  size_t furthest_count() const { return at_furthest_; }
  size_t looked_at() const { return looked_at_; }      // candidates that failed somewhere

 private:
  const ir::BodyId body_;
  const size_t most_;
  std::vector<Miss> furthest_;
  size_t passed_ = 0, at_furthest_ = 0, looked_at_ = 0;
};

class WhyBuilder {
 public:
  WhyBuilder(eval::Probe& probe, const RuleWords& words, WhyLimits limits);

  ExplanationStep Finding(const FindingRows& finding);
  ExplanationStep Fact(eval::RowId row) { return Fact(row, 0); }
  // A condition with its values, true or not, and what it rests on.
  ExplanationStep Condition(ir::ExprId expr, eval::Frame& frame, Span place) { return Condition(expr, frame, place, 0); }
  // A body that has no binding: how many candidates there were, and what the nearest of them lacked.
  ExplanationStep Nothing(ir::BodyId body, eval::Frame& frame, Span place);
  // What a goal that failed with these values lacks.
  ExplanationStep Lack(const NearMisses::Miss& miss, ir::BodyId body);

 private:
  ExplanationStep Fact(eval::RowId row, size_t depth);
  ExplanationStep Condition(ir::ExprId expr, eval::Frame& frame, Span place, size_t depth);
  void Derivation(eval::RowId row, size_t depth, ExplanationStep& step);
  void Body(ir::BodyId body, eval::Frame& frame, const eval::Reason& reason, size_t* next, size_t depth, ExplanationStep& step);
  void Unify(ir::BodyId body, eval::Frame& frame, const eval::Reason& reason, size_t next) const;
  // Binds what is still open in the body; false if nothing fits.
  bool Complete(ir::BodyId body, eval::Frame& frame);
  void AggregatesIn(ir::ExprId expr, eval::Frame& frame, ExplanationStep& step);
  ExplanationStep Aggregate(ir::ExprId expr, std::string_view name, eval::Frame& frame);
  void AddFact(eval::RowId row, size_t depth, ExplanationStep& step);
  // What the inner frame binds and the outer one does not.
  std::vector<std::pair<std::string, std::string>> Beyond(const eval::Frame& inner, const eval::Frame& outer) const;
  std::string Told(ir::ExprId expr, eval::Frame& frame) const;
  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const;
  Span PlaceIn(ir::BodyId body, const eval::Goal& goal) const;

  eval::Probe& probe_;
  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const RuleWords& words_;
  const WhyLimits limits_;
  size_t left_;                          // of limits_.steps
  absl::flat_hash_set<uint64_t> known_;
};

}  // namespace ordo::report

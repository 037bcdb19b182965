// Rules in words: exprs of the IR as a sentence of the plan's language, once with the names that the author gave and once with the
// values that they stand for («led > 40% × every_row», «18 > 40% × 37 = 14,8»); rows as facts. Used by why, why-not and coverage.
// Nothing here evaluates: values come from the probe.
#pragma once

#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "runtime/eval/probe.h"
#include "runtime/report/print.h"
#include "runtime/report/words.h"

namespace ordo::report {

class RuleWords {
 public:
  // `most`: code points of a title or value that are shown, 0: all.
  RuleWords(const ir::Program& program, Language language, size_t most = 0);

  const Printer& printer() const { return printer_; }
  const Words& words() const { return words_; }
  // An object by its kind and what it is called: «nhiệm vụ II.3 «…»».
  std::string Named(EntityId id) const;
  // A row: an object as Named, anything else as «chủ trì: II.3, Công an phường».
  std::string Fact(const eval::Evaluation& evaluation, eval::RowId row) const;
  // Where a row was written; of a keyed relation its object's heading.
  Span PlaceOf(const eval::Evaluation& evaluation, eval::RowId row) const;
  // Derived relation of an exception, «WRK01.small».
  bool IsException(const ir::Relation& relation) const;
  std::string RelationName(const ir::Relation& relation) const;
  // With the names of variables.
  std::string Symbolic(uint32_t rule, ir::ExprId expr) const;
  // With values, aggregates as their result; arithmetic on a side of a comparison ends in its result. What has no value is named with
  // «(chưa nêu)».
  std::string Filled(ir::ExprId expr, eval::Frame& frame, eval::Probe& probe) const;
  // A comparison with the name of its left side and the value of its right: «led > 14,8».
  std::string Needed(ir::ExprId comparison, eval::Frame& frame, eval::Probe& probe) const;
  // «chờ_đợi(a, b)» of a rule, with the names of its head.
  std::string RuleText(uint32_t rule) const;
  // «led > limit × every_row» of a body: generators and conditions joined with «và».
  std::string BodyText(uint32_t rule, ir::BodyId body) const;
  // A literal that no expr stands for: «nhiệm vụ t», «u thuộc t.chủ trì».
  std::string ScanText(uint32_t rule, const ir::Literal& literal) const;
  // A name that the author gave; empty for variables of the compiler.
  std::string_view NameOf(uint32_t rule, ir::VarId var) const;
  // «t = II.3, led = 18»: names of the author with their values.
  std::vector<std::pair<std::string, std::string>> Bindings(const eval::Frame& frame) const;
  std::string_view Operator(std::string_view id) const;   // "and" -> «và»

 private:
  // nullptr: names only.
  struct Values {
    eval::Frame* frame = nullptr;
    eval::Probe* probe = nullptr;
  };
  std::string Text(uint32_t rule, ir::ExprId expr, Values values, int level) const;
  std::string Column(uint32_t rule, const ir::Expr& expr, Values values) const;
  std::string Call(uint32_t rule, const ir::Expr& expr, Values values) const;
  std::string Aggregate(uint32_t rule, ir::ExprId id, Values values) const;
  std::string Variable(uint32_t rule, ir::VarId var, Values values) const;
  std::string Member(std::string_view id) const;
  std::string Atom(const ir::Relation& relation, const std::vector<std::string>& arguments) const;
  std::string Value(ir::Type type, ir::Cell cell) const;

  // «t.chủ trì.đứng đầu»: where a variable without a name gets its values from; empty if that is no path.
  std::string PathOf(uint32_t rule, ir::VarId var) const;
  const ir::Literal* BinderOf(ir::BodyId body, ir::VarId var) const;

  const ir::Program& program_;
  const size_t most_;
  const Words words_;
  const Printer printer_;
  absl::flat_hash_map<std::string_view, ir::WordId> by_id_;
};

}  // namespace ordo::report

// Derived rows and why they hold: rows come out of routines, are kept once, and each keeps the rule and the rows and values of
// the binding that gave it first. Numbers of rows never change while a stratum is being evaluated.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/eval/code.h"
#include "runtime/eval/facts.h"
#include "runtime/ir/ir.h"

namespace ordo::eval {

class Derivations {
 public:
  Derivations(Facts& facts, uint64_t limit);

  // Takes a row from a routine of this rule; false: there are more rows than allowed.
  bool Take(const Routine& routine, const ir::Cell* frame);

  // What is kept of a row: its rule, and which of the rule's rows it is.
  struct Record {
    uint32_t rule = ir::kNone;
    uint32_t ordinal = 0;
  };
  Record record(ir::RelationId relation, uint32_t row) const { return records_[relation][row]; }
  // Row numbers of the premises, in order.
  const uint32_t* premises(Record record) const {
    return rules_[record.rule].premises.data() + size_t{record.ordinal} * rules_[record.rule].premise_count;
  }
  // The kept variables of a rule, and their values.
  const std::vector<uint32_t>& variables(uint32_t rule) const { return rules_[rule].variables; }
  const ir::Cell* bindings(Record record) const {
    return rules_[record.rule].bindings.data() + size_t{record.ordinal} * rules_[record.rule].variables.size();
  }

  // Puts the rows of a relation that nobody reads into ascending order.
  void Sort(ir::RelationId relation);

 private:
  struct OfRule {
    explicit OfRule(Memory* memory) : premises(memory), bindings(memory) {}
    uint32_t premise_count = 0;
    std::vector<uint32_t> variables;
    CountedVector<uint32_t> premises;   // of all its rows
    CountedVector<ir::Cell> bindings;
    uint32_t rows = 0;
  };

  Facts& facts_;
  uint64_t left_;
  std::vector<CountedVector<Record>> records_;   // by relation, by row
  std::vector<OfRule> rules_;
  std::vector<ir::Cell> tuple_;
};

}  // namespace ordo::eval

// Derived rows and why they hold: rows come out of routines, are kept once, and each keeps the rule and the rows and values of
// the binding that gave it first. Numbers of rows never change while a stratum is being evaluated. Rows of a complete stratum do
// not change at all, so that the next evaluation of an edited program can take them over.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
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
  using Records = CountedVector<Record>;   // by row
  // The rows of one rule, in the order in which they were found.
  struct OfRule {
    explicit OfRule(Memory* memory) : premises(memory), bindings(memory), again(memory) {}
    uint32_t premise_count = 0;
    std::vector<uint32_t> variables;  // whose values are kept
    CountedVector<uint32_t> premises; // row numbers, of all its rows
    CountedVector<ir::Cell> bindings;
    uint32_t rows = 0;
    // For the next evaluation.
    std::vector<uint32_t> signature;  // of the plans
    uint32_t outer = ir::kNone;       // Routine::outer and outer_relation
    ir::RelationId outer_relation = ir::kNone;
    std::vector<uint32_t> turns;      // rows of that loop from which the rows have come, ascending; empty without one
    bool distinct = false;            // Routine::distinct
    bool repeats = false;             // too many rows were found again to keep account of
    CountedVector<std::pair<uint32_t, uint32_t>> again;   // row of the outer loop, row that was there already
    const uint32_t* premises_of(uint32_t ordinal) const { return premises.data() + size_t{ordinal} * premise_count; }
    const ir::Cell* bindings_of(uint32_t ordinal) const { return bindings.data() + size_t{ordinal} * variables.size(); }
  };

  Record record(ir::RelationId relation, uint32_t row) const { return (*records_[relation])[row]; }
  const Records& records(ir::RelationId relation) const { return *records_[relation]; }
  const OfRule& of_rule(uint32_t rule) const { return *rules_[rule]; }
  OfRule& of_rule(uint32_t rule) { return *rules_[rule]; }
  // Row numbers of the premises, in order.
  const uint32_t* premises(Record record) const { return rules_[record.rule]->premises_of(record.ordinal); }
  // The kept variables of a rule, and their values.
  const std::vector<uint32_t>& variables(uint32_t rule) const { return rules_[rule]->variables; }
  const ir::Cell* bindings(Record record) const { return rules_[record.rule]->bindings_of(record.ordinal); }

  // Keeps a row of a rule unless it is there already. `outer`: row of the outermost loop. Returns the number of the row.
  uint32_t Keep(uint32_t rule, const ir::Cell* tuple, const uint32_t* premises, const ir::Cell* bindings, uint32_t outer);
  // `row` was found again, within this row of the outermost loop.
  void Again(uint32_t rule, uint32_t outer, uint32_t row);
  bool full() const { return full_; }

  // What another evaluation has kept of a relation, as it is; of a rule, as it is.
  void Share(const Derivations& other, ir::RelationId from, ir::RelationId relation) { SetRecords(relation, other.records_[from]); }
  void ShareRule(const Derivations& other, uint32_t from, uint32_t rule) { rules_[rule] = other.rules_[from]; }
  void SetRecords(ir::RelationId relation, std::shared_ptr<Records> records);
  // Forgets the rows of a relation and of its rules.
  void Clear(ir::RelationId relation);
  // Puts the rows of a relation that nobody reads into ascending order.
  void Sort(ir::RelationId relation);

 private:
  Facts& facts_;
  uint64_t left_;
  bool full_ = false;
  std::vector<std::shared_ptr<Records>> records_;   // by relation
  std::vector<std::shared_ptr<OfRule>> rules_;
  std::vector<ir::Cell> tuple_, bindings_;
  std::vector<uint32_t> premises_;
};

}  // namespace ordo::eval

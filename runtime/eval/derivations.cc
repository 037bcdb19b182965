#include "runtime/eval/derivations.h"

#include <algorithm>
#include <numeric>

namespace ordo::eval {

Derivations::Derivations(Facts& facts, uint64_t limit)
    : facts_(facts),
      left_(limit),
      records_(facts.program().relations.size(), CountedVector<Record>(facts.memory())),
      rules_(facts.program().rules.size(), OfRule(facts.memory())) {}

bool Derivations::Take(const Routine& routine, const ir::Cell* frame) {
  const ir::RelationId head = facts_.program().rules[routine.rule].head;
  Table& table = facts_.table(head);
  tuple_.resize(routine.head.size());
  for (size_t i = 0; i < tuple_.size(); ++i) tuple_[i] = frame[routine.head[i]];
  uint32_t row;
  if (table.unique) {
    const auto [id, fresh] = table.derived->Insert(tuple_.data());
    if (!fresh) return true;
    row = id;
  } else {
    row = table.derived->Append(tuple_.data());
  }
  OfRule& rule = rules_[routine.rule];
  if (rule.rows == 0) {
    rule.premise_count = static_cast<uint32_t>(routine.premises.size());
    rule.variables = routine.bindings;
  }
  records_[head].push_back({routine.rule, rule.rows++});
  for (const uint32_t premise : routine.premises) rule.premises.push_back(static_cast<uint32_t>(frame[premise]));
  for (const uint32_t var : routine.bindings) rule.bindings.push_back(frame[var]);
  if (!table.chain_indexes.empty()) facts_.RowAdded(table, row);
  if (left_ == 0) return false;
  --left_;
  return true;
}

void Derivations::Sort(ir::RelationId relation) {
  TupleTable& tuples = *facts_.table(relation).derived;
  const uint32_t width = tuples.width();
  const auto less = [&](uint32_t a, uint32_t b) {
    return std::lexicographical_compare(tuples[a], tuples[a] + width, tuples[b], tuples[b] + width);
  };
  std::vector<uint32_t> order(tuples.size());
  std::iota(order.begin(), order.end(), 0);
  if (std::is_sorted(order.begin(), order.end(), less)) return;
  std::sort(order.begin(), order.end(), less);
  tuples.Reorder(order);
  CountedVector<Record> records(records_[relation].get_allocator());
  records.reserve(order.size());
  for (const uint32_t row : order) records.push_back(records_[relation][row]);
  records_[relation] = std::move(records);
}

}  // namespace ordo::eval

#include "runtime/eval/derivations.h"

#include <algorithm>
#include <numeric>

namespace ordo::eval {

Derivations::Derivations(Facts& facts, uint64_t limit)
    : facts_(facts), left_(limit), records_(facts.program().relations.size()), rules_(facts.program().rules.size()) {
  for (auto& records : records_) records = std::make_shared<Records>(facts.memory());
  for (auto& rule : rules_) rule = std::make_shared<OfRule>(facts.memory());
}

bool Derivations::Take(const Routine& routine, const ir::Cell* frame) {
  tuple_.resize(routine.head.size());
  for (size_t i = 0; i < tuple_.size(); ++i) tuple_[i] = frame[routine.head[i]];
  premises_.resize(routine.premises.size());
  for (size_t i = 0; i < premises_.size(); ++i) premises_[i] = static_cast<uint32_t>(frame[routine.premises[i]]);
  bindings_.resize(routine.bindings.size());
  for (size_t i = 0; i < bindings_.size(); ++i) bindings_[i] = frame[routine.bindings[i]];
  const uint32_t outer = routine.outer == ir::kNone ? ir::kNone : static_cast<uint32_t>(frame[routine.outer_row]);
  if (Capture* const capture = routine.capture) {
    capture->outer.push_back(outer);
    capture->tuples.insert(capture->tuples.end(), tuple_.begin(), tuple_.end());
    capture->premises.insert(capture->premises.end(), premises_.begin(), premises_.end());
    capture->bindings.insert(capture->bindings.end(), bindings_.begin(), bindings_.end());
    return capture->outer.size() <= left_;
  }
  OfRule& rule = *rules_[routine.rule];
  if (rule.rows == 0) {
    rule.premise_count = static_cast<uint32_t>(routine.premises.size());
    rule.variables = routine.bindings;
  }
  Keep(routine.rule, tuple_.data(), premises_.data(), bindings_.data(), outer);
  return !full_;
}

uint32_t Derivations::Keep(uint32_t rule_id, const ir::Cell* tuple, const uint32_t* premises, const ir::Cell* bindings, uint32_t outer) {
  const ir::RelationId head = facts_.program().rules[rule_id].head;
  Table& table = facts_.table(head);
  uint32_t row;
  if (table.unique) {
    const auto [id, fresh] = table.derived->Insert(tuple);
    if (!fresh) {
      if (outer != ir::kNone) Again(rule_id, outer, id);
      return id;
    }
    row = id;
  } else {
    row = table.derived->Append(tuple);
  }
  OfRule& rule = *rules_[rule_id];
  records_[head]->push_back({rule_id, rule.rows++});
  if (outer != ir::kNone) rule.turns.push_back(outer);
  rule.premises.insert(rule.premises.end(), premises, premises + rule.premise_count);
  rule.bindings.insert(rule.bindings.end(), bindings, bindings + rule.variables.size());
  if (!table.chain_indexes.empty()) facts_.RowAdded(table, row);
  if (left_ == 0) full_ = true;
  else --left_;
  return row;
}

void Derivations::Again(uint32_t rule_id, uint32_t outer, uint32_t row) {
  constexpr size_t kFew = 1024;
  OfRule& rule = *rules_[rule_id];
  if (rule.repeats) return;
  // What came first from the same row of the same loop comes and goes with it.
  const Record first = (*records_[facts_.program().rules[rule_id].head])[row];
  if (first.rule == rule_id && rule.turns[first.ordinal] == outer) return;
  if (!rule.again.empty() && rule.again.back() == std::pair(outer, row)) return;
  if (rule.again.size() > kFew + 2 * size_t{rule.rows} + 4 * size_t{outer}) {   // rows of the loop come in their order
    rule.repeats = true;
    rule.again.clear();
    rule.again.shrink_to_fit();
    return;
  }
  rule.again.emplace_back(outer, row);
}

void Derivations::SetRecords(ir::RelationId relation, std::shared_ptr<Records> records) {
  records_[relation] = std::move(records);
  const uint64_t rows = records_[relation]->size();
  full_ = full_ || rows > left_;
  left_ -= std::min(left_, rows);
}

void Derivations::Clear(ir::RelationId relation) {
  left_ += records_[relation]->size();
  full_ = false;
  records_[relation] = std::make_shared<Records>(facts_.memory());
  for (uint32_t rule = 0; rule < rules_.size(); ++rule) {
    if (facts_.program().rules[rule].head == relation) rules_[rule] = std::make_shared<OfRule>(facts_.memory());
  }
  facts_.table(relation).derived = std::make_shared<TupleTable>(facts_.table(relation).width(), facts_.memory());
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
  std::vector<uint32_t> place(order.size());   // where a row has gone
  for (uint32_t row = 0; row < order.size(); ++row) place[order[row]] = row;
  tuples.Reorder(order);
  Records records(records_[relation]->get_allocator());
  records.reserve(order.size());
  for (const uint32_t row : order) records.push_back((*records_[relation])[row]);
  *records_[relation] = std::move(records);
  for (uint32_t rule = 0; rule < rules_.size(); ++rule) {
    if (facts_.program().rules[rule].head != relation) continue;
    for (auto& [outer, row] : rules_[rule]->again) row = place[row];
  }
}

}  // namespace ordo::eval

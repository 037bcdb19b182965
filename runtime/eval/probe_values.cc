// What exprs are worth to the probe: operators over cells, conditions in Kleene's logic, aggregates over bindings.
#include <algorithm>
#include <span>

#include "absl/container/flat_hash_map.h"
#include "runtime/eval/arithmetic.h"
#include "runtime/eval/probe.h"

namespace ordo::eval {

using ir::ExprId;
using ir::kNone;
using ir::Op;
using ir::Type;

namespace {

Cell TruthOf(bool truth) { return truth ? 1 : 0; }

// The sum as the engine forms it: at 15 places before anything is cut.
Cell TotalOf(const std::vector<Cell>& values) {
  WideTotal total = 0;
  for (const Cell value : values) {
    if (!AddAtFifteen(total, value)) return kAbsent;
  }
  return FromFifteen(total);
}

}  // namespace

Cell Probe::ColumnOf(Cell object, ir::RelationId relation, uint32_t column) const {
  if (object == kAbsent) return kAbsent;
  const ir::Entity& entity = program_.entities[static_cast<size_t>(object)];
  return program_.kinds[entity.kind].relation == relation ? evaluation_.cell(relation, entity.row, column) : kAbsent;
}

Cell Probe::Value(ExprId id, Frame& frame) {
  const ir::Expr& expr = program_.exprs[id];
  Cell value = kAbsent;
  switch (expr.op) {
    case Op::kVar: return frame.cells[expr.a];
    case Op::kConst: return expr.constant;
    case Op::kColumn: value = ColumnOf(Value(expr.a, frame), expr.b, expr.c); break;
    case Op::kAdd: case Op::kSubtract: case Op::kMultiply: case Op::kDivide: case Op::kNegate: case Op::kCall:
      value = Operate(expr, frame);
      break;
    default: value = ir::HoldsBody(expr.op) ? Aggregate(id, frame) : Logic(expr, frame);
  }
  if (watcher_ != nullptr && expr.type == Type::kBool) watcher_->Truth(id, value);
  return value;
}

Cell Probe::Operate(const ir::Expr& expr, Frame& frame) {
  if (expr.op == Op::kCall) {
    std::vector<Cell> values;
    for (uint32_t i = 0; i < expr.argument_count; ++i) values.push_back(Value(program_.arguments[expr.first_argument + i], frame));
    if (natives_[expr.a] == nullptr || std::find(values.begin(), values.end(), kAbsent) != values.end()) return kAbsent;
    return natives_[expr.a]->call(program_, std::span<const Cell>(values));
  }
  const Cell a = Value(expr.a, frame);
  if (expr.op == Op::kNegate) return a == kAbsent ? kAbsent : Decimal::FromCell(a).Negated().cell();
  const Cell b = Value(expr.b, frame);
  const bool left_date = program_.exprs[expr.a].type == Type::kDate, right_date = program_.exprs[expr.b].type == Type::kDate;
  switch (expr.op) {
    case Op::kAdd:
      if (expr.type == Type::kDate) return left_date ? PlusDays(a, b, 1) : PlusDays(b, a, 1);
      return Add(a, b);
    case Op::kSubtract:
      if (left_date && right_date) return Stated(a, b) ? Decimal::FromInt(a - b).cell() : kAbsent;
      return left_date ? PlusDays(a, b, -1) : Subtract(a, b);
    case Op::kMultiply: return Multiply(a, b);
    default: return Divide(a, b);
  }
}

Cell Probe::Logic(const ir::Expr& expr, Frame& frame) {
  switch (expr.op) {
    case Op::kStated: return TruthOf(Value(expr.a, frame) != kAbsent);
    case Op::kNot: {
      const Cell a = Value(expr.a, frame);
      return a == kAbsent ? kAbsent : TruthOf(a == 0);
    }
    case Op::kAnd: case Op::kOr: {
      const Cell decides = expr.op == Op::kAnd ? 0 : 1;
      const Cell a = Value(expr.a, frame);
      if (a == decides && watcher_ == nullptr) return decides;
      const Cell b = Value(expr.b, frame);
      if (a == decides || b == decides) return decides;
      return Stated(a, b) ? 1 - decides : kAbsent;
    }
    case Op::kHas: {
      std::vector<Cell> cells;
      for (uint32_t i = 0; i < expr.argument_count; ++i) cells.push_back(Value(program_.arguments[expr.first_argument + i], frame));
      if (std::find(cells.begin(), cells.end(), kAbsent) != cells.end()) return 0;
      return TruthOf(FindRow(expr.b, cells) != kNone);
    }
    default: {
      const Cell a = Value(expr.a, frame);
      return TruthOf(Compare(expr.op, ir::IsDecimal(program_.exprs[expr.a].type), a, Value(expr.b, frame)));
    }
  }
}

Cell Probe::Aggregate(ExprId id, Frame& frame) {
  const ir::Expr& expr = program_.exprs[id];
  if (expr.op == Op::kExists) {
    bool any = false;
    ForEach(expr.a, frame, watcher_ ? Order::kWritten : Order::kQuick, [&] {
      any = true;
      return watcher_ != nullptr;
    });
    return TruthOf(any);
  }
  const Members members = MembersOf(id, frame, expr.op == Op::kCount ? 0 : SIZE_MAX);
  if (expr.op == Op::kCount) return Decimal::FromInt(static_cast<int64_t>(members.total)).cell();
  std::vector<Cell> values;
  for (const Member& member : members.some) values.push_back(member.value);
  if (expr.op == Op::kSum) return TotalOf(values);
  if (values.empty()) return kAbsent;
  const bool decimal = ir::IsDecimal(expr.type);
  const bool greatest = expr.op == Op::kMax || expr.op == Op::kNthGreatest;
  std::sort(values.begin(), values.end(), [&](Cell a, Cell b) { return Compare(greatest ? Op::kGreater : Op::kLess, decimal, a, b); });
  size_t nth = 1;
  if (expr.op == Op::kNthGreatest || expr.op == Op::kNthLeast) nth = expr.c;
  return values[std::min(nth, values.size()) - 1];
}

Probe::Members Probe::MembersOf(ExprId id, Frame& frame, size_t most) {
  const ir::Expr& expr = program_.exprs[id];
  const bool valued = expr.op != Op::kCount && expr.op != Op::kExists;
  const bool decimal = ir::IsDecimal(expr.type);
  Members members;
  absl::flat_hash_map<std::vector<Cell>, size_t> place;
  std::vector<Cell> tuple;
  ForEach(expr.a, frame, watcher_ ? Order::kWritten : Order::kQuick, [&] {
    tuple.clear();
    for (uint32_t i = 0; i < expr.argument_count; ++i) tuple.push_back(Value(program_.arguments[expr.first_argument + i], frame));
    const Cell value = valued ? Value(expr.b, frame) : kAbsent;
    if (std::find(tuple.begin(), tuple.end(), kAbsent) != tuple.end() || (valued && value == kAbsent)) return true;
    // What has no arguments tells its bindings apart by all their values.
    if (expr.argument_count == 0) tuple = frame.cells;
    const auto [at, fresh] = place.emplace(tuple, members.total);
    if (fresh) {
      ++members.total;
      if (members.some.size() < most) members.some.push_back({frame.cells, value});
    } else if (valued && at->second < members.some.size() && Compare(Op::kLess, decimal, value, members.some[at->second].value)) {
      members.some[at->second] = {frame.cells, value};
    }
    return true;
  });
  return members;
}

}  // namespace ordo::eval

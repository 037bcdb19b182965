#include "runtime/eval/run.h"

#include <algorithm>
#include <array>
#include <span>

namespace ordo::eval {

namespace {

using ir::Cell;
using ir::kAbsent;

constexpr Cell kFirstDay = -719162;   // 0001-01-01
constexpr Cell kLastDay = 2932896;    // 9999-12-31

// Decimals without places are most of what plans count with. Their cells are the number times 256: sums, differences and order of
// cells are those of the numbers, and what overflows 64 bits is just what has no cell.
bool BothWhole(Cell a, Cell b) { return ((a | b) & 0xFF) == 0; }
Cell CellOf(const std::optional<Decimal>& value) { return value ? value->cell() : kAbsent; }

Cell Add(Cell a, Cell b) {
  if (a == kAbsent || b == kAbsent) return kAbsent;
  Cell sum;
  if (BothWhole(a, b)) return __builtin_add_overflow(a, b, &sum) ? kAbsent : sum;
  return CellOf(Decimal::FromCell(a).Plus(Decimal::FromCell(b)));
}

Cell Subtract(Cell a, Cell b) {
  if (a == kAbsent || b == kAbsent) return kAbsent;
  Cell difference;
  if (BothWhole(a, b)) return __builtin_sub_overflow(a, b, &difference) ? kAbsent : difference;
  return CellOf(Decimal::FromCell(a).Minus(Decimal::FromCell(b)));
}

Cell Multiply(Cell a, Cell b) {
  if (a == kAbsent || b == kAbsent) return kAbsent;
  Cell product;
  if (BothWhole(a, b)) return __builtin_mul_overflow(a >> 8, b, &product) ? kAbsent : product;
  return CellOf(Decimal::FromCell(a).Times(Decimal::FromCell(b)));
}

Cell Divide(Cell a, Cell b) {
  if (a == kAbsent || b == kAbsent) return kAbsent;
  return CellOf(Decimal::FromCell(a).DividedBy(Decimal::FromCell(b)));
}

Cell PlusDays(Cell date, Cell days, int sign) {
  if (date == kAbsent || days == kAbsent || (days & 0xFF) != 0) return kAbsent;
  const Cell moved = date + sign * (days >> 8);
  return moved < kFirstDay || moved > kLastDay ? kAbsent : moved;
}

bool Stated(Cell a, Cell b) { return a != kAbsent && b != kAbsent; }
bool LessDecimal(Cell a, Cell b) {
  if (((a ^ b) & 0xFF) == 0) return a < b;  // as many places
  return Decimal::FromCell(a) < Decimal::FromCell(b);
}

void AddToTotal(Sum& sum, Cell value) {
  static constexpr std::array<int64_t, 16> kPowers = [] {
    std::array<int64_t, 16> powers{1};
    for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
  }();
  const Decimal decimal = Decimal::FromCell(value);
  if (__builtin_add_overflow(sum.total, Sum::Wide{decimal.mantissa()} * kPowers[15 - decimal.scale()], &sum.total)) {
    sum.overflow = true;
  }
}

// All summands at 15 places before anything is cut: the total does not depend on their order.
Cell Total(Sum& sum) {
  if (!sum.distinct) {
    for (const Cell value : sum.values) AddToTotal(sum, value);
  }
  if (sum.overflow) return kAbsent;
  int scale = 15;
  for (; scale > 0 && sum.total % 10 == 0; --scale) sum.total /= 10;
  const auto mantissa = static_cast<int64_t>(sum.total);
  return mantissa == sum.total ? CellOf(Decimal::Make(mantissa, scale)) : kAbsent;
}

struct Loop {
  uint32_t at = 0;
  uint32_t end = 0;
  const uint32_t* rows = nullptr;
};

}  // namespace

Ending Run(Routine& routine, const Facts& facts, Derivations& derivations, uint64_t limit, uint64_t* total_steps) {
  std::vector<Loop> loop_store(routine.loops);
  uint16_t widest = 0;
  for (const Instruction& instruction : routine.instructions) widest = std::max(widest, instruction.operand_count);
  std::vector<Cell> gathered(widest);
  Loop* const loops = loop_store.data();
  Cell* const frame = routine.frame.data();
  Cell* const tuple = gathered.data();
  const Instruction* const code = routine.instructions.data();
  const uint32_t* const operands = routine.operands.data();
  const uint64_t* const places = facts.places();
  uint64_t steps = *total_steps;

  const auto gather = [&](const Instruction& in) {
    for (uint32_t i = 0; i < in.operand_count; ++i) tuple[i] = frame[operands[in.operands + i]];
  };
  const auto end = [&](Ending ending) {
    *total_steps = steps;
    return ending;
  };

  for (const Instruction* at = code;;) {
    const Instruction& in = *at++;
    switch (in.code) {
      case Code::kOpenAll:
        loops[in.loop] = {0, in.table->rows(), nullptr};
        break;
      case Code::kOpenOld:
        loops[in.loop] = {0, in.table->delta_begin, nullptr};
        break;
      case Code::kOpenDelta:
        loops[in.loop] = {in.table->delta_begin, in.table->delta_end, nullptr};
        break;
      case Code::kOpenRows:
        loops[in.loop] = {0, static_cast<uint32_t>(in.row_list->size()), in.row_list->data()};
        break;
      case Code::kNextRow: {
        Loop& loop = loops[in.loop];
        if (loop.at == loop.end) {
          at = code + in.target;
          break;
        }
        if (++steps > limit) return end(Ending::kTooManySteps);
        frame[in.dst] = loop.at++;
        break;
      }
      case Code::kOpenObject: {
        const auto object = static_cast<size_t>(frame[in.a]);
        const std::vector<uint32_t>& begin = in.object_index->begin;
        loops[in.loop] = {begin[object], begin[object + 1], in.object_index->rows.data()};
        break;
      }
      case Code::kNextInList: {
        Loop& loop = loops[in.loop];
        if (loop.at == loop.end) {
          at = code + in.target;
          break;
        }
        if (++steps > limit) return end(Ending::kTooManySteps);
        frame[in.dst] = loop.rows[loop.at++];
        break;
      }
      case Code::kOpenChain:
        gather(in);
        loops[in.loop].at = in.chain->First(tuple);
        break;
      case Code::kNextInChain: {
        Loop& loop = loops[in.loop];
        if (loop.at == ir::kNone) {
          at = code + in.target;
          break;
        }
        if (++steps > limit) return end(Ending::kTooManySteps);
        frame[in.dst] = loop.at;
        loop.at = in.chain->Next(loop.at);
        break;
      }
      case Code::kNextOldInChain: {
        Loop& loop = loops[in.loop];
        const uint32_t old = facts.table(in.extra).delta_begin;
        while (loop.at != ir::kNone && loop.at >= old) loop.at = in.chain->Next(loop.at);
        if (loop.at == ir::kNone) {
          at = code + in.target;
          break;
        }
        if (++steps > limit) return end(Ending::kTooManySteps);
        frame[in.dst] = loop.at;
        loop.at = in.chain->Next(loop.at);
        break;
      }
      case Code::kPlace: {
        const uint64_t place = places[frame[in.a]];
        if (++steps > limit) return end(Ending::kTooManySteps);
        if (place >> 32 != in.extra) at = code + in.target;
        else frame[in.dst] = static_cast<uint32_t>(place);
        break;
      }
      case Code::kFind:
      case Code::kFindOld: {
        gather(in);
        if (++steps > limit) return end(Ending::kTooManySteps);
        const uint32_t row = in.table->derived->Find(tuple);
        if (row == ir::kNone || (in.code == Code::kFindOld && row >= in.table->delta_begin)) at = code + in.target;
        else frame[in.dst] = row;
        break;
      }
      case Code::kLoad:
        frame[in.dst] = in.data[static_cast<size_t>(frame[in.a]) * in.extra];
        break;
      case Code::kLoadGrowing:
        frame[in.dst] = in.table->At(static_cast<uint32_t>(frame[in.a]), in.extra);
        break;
      case Code::kColumn: {
        const Cell object = frame[in.a];
        const uint64_t place = object == kAbsent ? ~uint64_t{0} : places[object];
        frame[in.dst] = place >> 32 == in.extra ? in.data[static_cast<uint32_t>(place)] : kAbsent;
        break;
      }
      case Code::kMove:
        frame[in.dst] = frame[in.a];
        break;
      case Code::kSet:
        frame[in.dst] = in.constant;
        break;
      case Code::kAdd:
        frame[in.dst] = Add(frame[in.a], frame[in.b]);
        break;
      case Code::kSubtract:
        frame[in.dst] = Subtract(frame[in.a], frame[in.b]);
        break;
      case Code::kMultiply:
        frame[in.dst] = Multiply(frame[in.a], frame[in.b]);
        break;
      case Code::kDivide:
        frame[in.dst] = Divide(frame[in.a], frame[in.b]);
        break;
      case Code::kNegate:
        frame[in.dst] = frame[in.a] == kAbsent ? kAbsent : Decimal::FromCell(frame[in.a]).Negated().cell();
        break;
      case Code::kDaysBetween:
        frame[in.dst] = Stated(frame[in.a], frame[in.b]) ? Decimal::FromInt(frame[in.a] - frame[in.b]).cell() : kAbsent;
        break;
      case Code::kPlusDays:
        frame[in.dst] = PlusDays(frame[in.a], frame[in.b], 1);
        break;
      case Code::kMinusDays:
        frame[in.dst] = PlusDays(frame[in.a], frame[in.b], -1);
        break;
      case Code::kCall: {
        gather(in);
        const bool absent = std::find(tuple, tuple + in.operand_count, kAbsent) != tuple + in.operand_count;
        frame[in.dst] = absent ? kAbsent : in.native->call(facts.program(), std::span<const Cell>(tuple, in.operand_count));
        break;
      }
      case Code::kIfEqual:
        if ((frame[in.a] == frame[in.b] && frame[in.a] != kAbsent) == in.flag) at = code + in.target;
        break;
      case Code::kIfNotEqual:
        if ((frame[in.a] != frame[in.b] && Stated(frame[in.a], frame[in.b])) == in.flag) at = code + in.target;
        break;
      case Code::kIfLessDate:
        if ((frame[in.a] < frame[in.b] && Stated(frame[in.a], frame[in.b])) == in.flag) at = code + in.target;
        break;
      case Code::kIfLessEqualDate:
        if ((frame[in.a] <= frame[in.b] && Stated(frame[in.a], frame[in.b])) == in.flag) at = code + in.target;
        break;
      case Code::kIfLessDecimal:
        if ((Stated(frame[in.a], frame[in.b]) && LessDecimal(frame[in.a], frame[in.b])) == in.flag) at = code + in.target;
        break;
      case Code::kIfLessEqualDecimal:
        if ((Stated(frame[in.a], frame[in.b]) && !LessDecimal(frame[in.b], frame[in.a])) == in.flag) at = code + in.target;
        break;
      case Code::kIfStated:
        if ((frame[in.a] != kAbsent) == in.flag) at = code + in.target;
        break;
      case Code::kIfTruth:
        if (frame[in.a] != static_cast<Cell>(in.flag)) at = code + in.target;
        break;
      case Code::kJump:
        at = code + in.target;
        break;
      case Code::kResetSeen: {
        Seen& seen = *in.seen;
        if (!seen.by_object) {
          seen.tuples->Clear();
        } else if (++seen.round == 0) {
          std::fill(seen.stamps.begin(), seen.stamps.end(), 0);
          seen.round = 1;
        }
        break;
      }
      case Code::kAddSeen: {
        Seen& seen = *in.seen;
        if (seen.by_object) {
          const Cell object = frame[operands[in.operands]];
          if (object == kAbsent || seen.stamps[object] == seen.round) at = code + in.target;
          else seen.stamps[object] = seen.round;
          break;
        }
        gather(in);
        const bool absent = std::find(tuple, tuple + in.operand_count, kAbsent) != tuple + in.operand_count;
        if (absent || !seen.tuples->Insert(tuple).second) at = code + in.target;
        break;
      }
      case Code::kIncrement:
        frame[in.dst] += Decimal::FromInt(1).cell();
        break;
      case Code::kResetSum:
        in.sum->total = 0;
        in.sum->overflow = false;
        in.sum->values.clear();
        if (in.sum->tuples) in.sum->tuples->Clear();
        break;
      case Code::kAddToSum: {
        Sum& sum = *in.sum;
        const Cell value = frame[in.a];
        if (value == kAbsent) break;
        if (sum.distinct) {
          AddToTotal(sum, value);
          break;
        }
        gather(in);
        if (std::find(tuple, tuple + in.operand_count, kAbsent) != tuple + in.operand_count) break;
        const auto [id, fresh] = sum.tuples->Insert(tuple);
        if (fresh) sum.values.push_back(value);
        else if (LessDecimal(value, sum.values[id])) sum.values[id] = value;
        break;
      }
      case Code::kSumOf:
        frame[in.dst] = Total(*in.sum);
        break;
      case Code::kLeast:
      case Code::kGreatest: {
        const Cell value = frame[in.a], best = frame[in.dst];
        if (value == kAbsent) break;
        const Cell low = in.code == Code::kLeast ? value : best, high = in.code == Code::kLeast ? best : value;
        if (best == kAbsent || (in.flag ? LessDecimal(low, high) : low < high)) frame[in.dst] = value;
        break;
      }
      case Code::kRecall: {
        Memo& memo = *in.memo;
        uint32_t entry = 0;
        if (memo.kind == Memo::Kind::kByTuple) {
          gather(in);
          const auto [id, fresh] = memo.keys->Insert(tuple);
          memo.pending = id;
          entry = fresh ? 0 : id + 1;
        } else {
          memo.pending = memo.kind == Memo::Kind::kOnce ? 0 : static_cast<uint32_t>(frame[operands[in.operands]]);
          entry = memo.entry_of[memo.pending];
        }
        if (entry == 0) break;
        const size_t kept = memo.registers.size();
        const Cell* const values = memo.entries.data() + (entry - 1) * kept;
        for (size_t i = 0; i < kept; ++i) frame[memo.registers[i]] = values[i];
        at = code + in.target;
        break;
      }
      case Code::kRemember: {
        // Tuples are numbered as they come, so their entries come in that order by themselves.
        Memo& memo = *in.memo;
        for (const uint32_t kept : memo.registers) memo.entries.push_back(frame[kept]);
        if (memo.kind != Memo::Kind::kByTuple) {
          memo.entry_of[memo.pending] = static_cast<uint32_t>(memo.entries.size() / memo.registers.size());
        }
        break;
      }
      case Code::kEmit:
        if (!derivations.Take(routine, frame)) return end(Ending::kTooManyRows);
        at = code + in.target;
        break;
      case Code::kReturn:
        return end(Ending::kDone);
    }
  }
}

}  // namespace ordo::eval

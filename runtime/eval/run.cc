#include "runtime/eval/run.h"

#include <algorithm>
#include <span>

#include "runtime/eval/arithmetic.h"

namespace ordo::eval {

namespace {

using ir::Cell;
using ir::kAbsent;

// What is dear next to an instruction counts for more steps, so that a number of steps is a time. The limit is asked for where code
// goes back, at the next row of a loop: everything between runs forward.
constexpr uint64_t kLookUp = 4;     // in a hash table
constexpr uint64_t kNewRow = 8;     // looked up and kept
constexpr uint64_t kFunction = 16;  // a native one

void AddToTotal(Sum& sum, Cell value) {
  if (!AddAtFifteen(sum.total, value)) {
    sum.overflow = true;
  }
}

// The n-th value, or the last one of fewer.
Cell Nth(Sum& sum) {
  if (sum.values.empty()) return kAbsent;
  const auto place = sum.values.begin() + static_cast<ptrdiff_t>(std::min<size_t>(sum.nth, sum.values.size()) - 1);
  std::nth_element(sum.values.begin(), place, sum.values.end(), [&](Cell a, Cell b) {
    if (sum.descending) std::swap(a, b);
    return sum.decimals ? LessDecimal(a, b) : a < b;
  });
  return *place;
}

// All summands at 15 places before anything is cut: the total does not depend on their order.
Cell Total(Sum& sum) {
  if (!sum.distinct) {
    for (const Cell value : sum.values) AddToTotal(sum, value);
  }
  if (sum.overflow) return kAbsent;
  return FromFifteen(sum.total);
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
  const Memory& memory = *facts.memory();
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
    ++steps;
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
        if (steps > limit) return end(Ending::kTooManySteps);
        frame[in.dst] = loop.at++;
        break;
      }
      case Code::kOpenObject: {
        const auto object = static_cast<size_t>(frame[in.a]);
        const CountedVector<uint32_t>& begin = in.object_index->begin;
        loops[in.loop] = {begin[object], begin[object + 1], in.object_index->rows.data()};
        break;
      }
      case Code::kNextInList: {
        Loop& loop = loops[in.loop];
        if (loop.at == loop.end) {
          at = code + in.target;
          break;
        }
        if (steps > limit) return end(Ending::kTooManySteps);
        frame[in.dst] = loop.rows[loop.at++];
        break;
      }
      case Code::kOpenChain:
        gather(in);
        steps += kLookUp;
        loops[in.loop].at = in.chain->First(tuple);
        break;
      case Code::kNextInChain: {
        Loop& loop = loops[in.loop];
        if (loop.at == ir::kNone) {
          at = code + in.target;
          break;
        }
        if (steps > limit) return end(Ending::kTooManySteps);
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
        if (steps > limit) return end(Ending::kTooManySteps);
        frame[in.dst] = loop.at;
        loop.at = in.chain->Next(loop.at);
        break;
      }
      case Code::kPlace: {
        const uint64_t place = places[frame[in.a]];
        steps += kLookUp;
        if (place >> 32 != in.extra) at = code + in.target;
        else frame[in.dst] = static_cast<uint32_t>(place);
        break;
      }
      case Code::kFind:
      case Code::kFindOld: {
        gather(in);
        steps += kLookUp;
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
      case Code::kCallKept: {
        gather(in);
        const bool absent = std::find(tuple, tuple + in.operand_count, kAbsent) != tuple + in.operand_count;
        frame[in.dst] = absent ? kAbsent : in.calls->Call(facts.program(), std::span<const Cell>(tuple, in.operand_count));
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
        steps += kFunction;
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
        steps += kLookUp;
        const bool absent = std::find(tuple, tuple + in.operand_count, kAbsent) != tuple + in.operand_count;
        if (absent || !seen.tuples->Insert(tuple).second) at = code + in.target;
        else if (memory.full()) return end(Ending::kTooMuchMemory);
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
          if (sum.nth > 0) sum.values.push_back(value);
          else AddToTotal(sum, value);
          break;
        }
        gather(in);
        if (std::find(tuple, tuple + in.operand_count, kAbsent) != tuple + in.operand_count) break;
        steps += kLookUp;
        const auto [id, fresh] = sum.tuples->Insert(tuple);
        if (memory.full()) return end(Ending::kTooMuchMemory);
        if (fresh) sum.values.push_back(value);
        else if (sum.decimals ? LessDecimal(value, sum.values[id]) : value < sum.values[id]) sum.values[id] = value;
        break;
      }
      case Code::kSumOf:
        frame[in.dst] = in.sum->nth > 0 ? Nth(*in.sum) : Total(*in.sum);
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
          steps += kLookUp;
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
        if (memory.full()) return end(Ending::kTooMuchMemory);
        break;
      }
      case Code::kEmit:
        steps += kNewRow;
        if (!derivations.Take(routine, frame)) return end(Ending::kTooManyRows);
        if (memory.full()) return end(Ending::kTooMuchMemory);
        at = code + in.target;
        break;
      case Code::kReturn:
        return end(Ending::kDone);
    }
  }
}

}  // namespace ordo::eval

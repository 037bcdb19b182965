// A body as a flat program for run.cc: registers are one frame of cells (the rule's variables first), loops are pairs of an
// "open" and a "next" instruction, everything inside a rule, inner bodies too, is one list of instructions without calls.
// Pointers into columns are resolved when the code is made; the code is good for as long as its stratum is being evaluated. Made
// by compile.cc only.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/eval/calls.h"
#include "runtime/eval/facts.h"
#include "runtime/eval/natives.h"
#include "runtime/ir/ir.h"

namespace ordo::eval {

enum class Code : uint8_t {
  // Loops. `next` puts the next row into dst, or goes to target when there is none.
  kOpenAll, kOpenOld, kOpenDelta, kNextRow,   // table; rows in order
  kOpenRows,                                  // row_list; the rows that it names
  kOpenObject, kNextInList,                   // object_index, a: object
  kOpenChain, kNextInChain,                   // chain, operands: keys
  kNextOldInChain,                            // the same, rows of earlier rounds only (table)
  kPlace,                                     // dst: row of object a in keyed relation extra, or goes to target
  kFind, kFindOld,                            // dst: row of derived table with the operands as cells, or goes to target
  // Cells.
  kLoad,          // dst = data[row a * extra]
  kLoadGrowing,   // dst = column extra of row a of a table that may move
  kColumn,        // dst = data[row of object a], absent unless a is in keyed relation extra
  kMove,          // dst = a
  kSet,           // dst = constant
  kAdd, kSubtract, kMultiply, kDivide, kNegate,   // decimals
  kDaysBetween, kPlusDays, kMinusDays,            // dates
  kCall,          // dst = native(operands)
  kCallKept,      // the same, and the call is kept
  // Jumps to target if the condition is `flag`.
  kIfEqual, kIfNotEqual, kIfLessDate, kIfLessDecimal, kIfLessEqualDate, kIfLessEqualDecimal,  // a, b
  kIfStated,      // a
  kIfTruth,       // a is true, for flag: goes to target unless a is 1; else unless it is 0
  kJump,
  // Aggregates.
  kResetSeen,     // seen
  kAddSeen,       // goes to target if the operands have been seen, or one is absent
  kIncrement,     // dst: a decimal without places
  kResetSum, kAddToSum,   // sum; a: value, operands: tuple
  kSumOf,         // dst
  kLeast, kGreatest,      // dst, a; flag: decimals, else dates
  // Memos.
  kRecall,        // memo; operands: key; if known, fills its registers and goes to target
  kRemember,      // memo, with the key of the last kRecall
  // Ends.
  kEmit,          // a row of the head; goes to target
  kReturn,
};

// Have the operands been seen? One object: a stamp each. Otherwise a set.
struct Seen {
  explicit Seen(Memory* memory) : stamps(memory) {}
  bool by_object = false;
  uint32_t round = 0;
  CountedVector<uint32_t> stamps;
  std::unique_ptr<TupleTable> tuples;
};

// The total of some values, or (nth > 0) the n-th of them in their order.
struct Sum {
  explicit Sum(Memory* memory) : values(memory) {}
  __extension__ using Wide = __int128;
  Wide total = 0;           // at 15 places
  bool overflow = false;
  bool distinct = false;    // the binding is known to be the only one of its tuple: no tuples are kept
  uint32_t nth = 0;
  bool descending = false;  // nth: from the greatest
  bool decimals = true;     // else dates
  std::unique_ptr<TupleTable> tuples;
  CountedVector<ir::Cell> values; // by tuple
};

// Values of some registers by the value of others.
struct Memo {
  explicit Memo(Memory* memory) : entry_of(memory), entries(memory) {}
  enum class Kind : uint8_t { kOnce, kByObject, kByTuple };
  Kind kind = Kind::kOnce;
  std::vector<uint32_t> registers;    // what is kept
  CountedVector<uint32_t> entry_of;   // kByObject, kOnce: object -> entry + 1, 0 unknown
  std::unique_ptr<TupleTable> keys;   // kByTuple
  CountedVector<ir::Cell> entries;    // registers.size() cells each
  uint32_t pending = 0;               // where the next kRemember goes
};

struct Instruction {
  Code code = Code::kReturn;
  bool flag = false;
  uint16_t operand_count = 0;
  uint32_t dst = 0, a = 0, b = 0;
  uint32_t target = 0;
  uint32_t extra = 0;
  uint32_t operands = 0;              // first, in Routine::operands
  uint32_t loop = 0;
  union {
    const ir::Cell* data;
    const Table* table;
    const std::vector<uint32_t>* row_list;
    const ObjectIndex* object_index;
    const ChainIndex* chain;
    const Native* native;
    CallsOf* calls;
    Seen* seen;
    Sum* sum;
    Memo* memo;
    ir::Cell constant = 0;
  };
};

// Rows of a routine that are set apart instead of kept, in the order in which they were found.
struct Capture {
  std::vector<uint32_t> outer;      // row of the outermost loop
  std::vector<ir::Cell> tuples;
  std::vector<uint32_t> premises;
  std::vector<ir::Cell> bindings;
};

// One rule, or one of the ways in which a recursive rule can use a new row.
struct Routine {
  uint32_t rule = ir::kNone;
  const Table* delta = nullptr;       // whose new rows it starts from; nullptr: no such
  bool whole = false;                 // reads its own stratum elsewhere: to be run each round
  bool distinct = false;              // no two bindings give the same row
  uint32_t outer = ir::kNone;         // step of the plan: the loop in whose order all rows come, the outermost one that has more than
                                      // one turn; kNone: there is none
  uint32_t outer_row = 0;             // register of its row
  ir::RelationId outer_relation = ir::kNone;
  Capture* capture = nullptr;
  std::vector<Instruction> instructions;
  std::vector<uint32_t> operands;
  std::vector<ir::Cell> frame;        // constants are in place
  uint32_t loops = 0;
  std::vector<uint32_t> head;         // registers of the row
  std::vector<uint32_t> premises;     // registers of their row numbers
  std::vector<uint32_t> bindings;     // variables whose values are kept
  std::vector<std::unique_ptr<Seen>> seen;
  std::vector<std::unique_ptr<Sum>> sums;
  std::vector<std::unique_ptr<Memo>> memos;
};

}  // namespace ordo::eval

// The calls of native functions that an evaluation made, for those who want to say the rules where the functions are not: a table
// of what was asked and what was answered. Only written to when Evaluate was given one; otherwise nothing is kept and no
// instruction asks whether to.
#pragma once

#include <memory>
#include <vector>

#include "runtime/eval/natives.h"
#include "runtime/eval/tuple_table.h"

namespace ordo::eval {

// Of one function: each tuple of arguments once, with its result (kAbsent where it gave none). Arguments are never absent.
struct CallsOf {
  explicit CallsOf(const Native& function) : native(&function), arguments(static_cast<uint32_t>(function.parameters.size()), &memory) {}
  const Native* native;
  Memory memory;                   // without a limit: one row for each call that the evaluation was allowed
  TupleTable arguments;
  std::vector<ir::Cell> results;   // by number of the tuple

  ir::Cell Call(const ir::Program& program, std::span<const ir::Cell> tuple) {
    const ir::Cell result = native->call(program, tuple);
    if (arguments.Insert(tuple.data()).second) results.push_back(result);
    return result;
  }
};

// By function of the program.
using Calls = std::vector<std::unique_ptr<CallsOf>>;

}  // namespace ordo::eval

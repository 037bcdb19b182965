// Functions that the library declares as external (stdlib/natives): plain C++ over cells, total, without state.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::eval {

struct Native {
  std::string_view id;                    // "shared_words"
  std::vector<ir::Type> parameters;
  ir::Type result;
  // Looks at its arguments, the calendar and frame of the program, its words and texts, and of an argument that is an object at
  // what the plan says of it and of what it lies in (name, title, fields with their values, row of a series): at no other object
  // and no relation. An object that it returns is one that an argument lies in. Evaluations after an edit rest on that.
  // Arguments are never absent. May return ir::kAbsent. Must not intern new strings.
  ir::Cell (*call)(const ir::Program&, std::span<const ir::Cell>);
};

// All functions, in a fixed order; the position is not meaningful, programs name them by id.
const std::vector<Native>& Natives();
const Native* FindNative(std::string_view id);

}  // namespace ordo::eval

// Runs a routine: the only loop of the engine that looks at rows. The rows that it finds go to the derivations.
#pragma once

#include <cstdint>

#include "runtime/eval/code.h"
#include "runtime/eval/derivations.h"

namespace ordo::eval {

enum class Ending : uint8_t { kDone, kTooManyRows, kTooManySteps };

// Adds the rows that it looks at to *steps; stops when these pass the limit.
Ending Run(Routine& routine, const Facts& facts, Derivations& derivations, uint64_t limit, uint64_t* steps);

}  // namespace ordo::eval

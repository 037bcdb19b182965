// Runs a routine: the only loop of the engine that looks at rows. The rows that it finds go to the derivations.
#pragma once

#include <cstdint>

#include "runtime/eval/code.h"
#include "runtime/eval/derivations.h"

namespace ordo::eval {

enum class Ending : uint8_t { kDone, kTooManyRows, kTooManySteps, kTooMuchMemory };

// Adds the steps that it takes to *steps (limits in engine.h); stops when these pass the limit, or when the facts hold more than
// they may.
Ending Run(Routine& routine, const Facts& facts, Derivations& derivations, uint64_t limit, uint64_t* steps);

}  // namespace ordo::eval

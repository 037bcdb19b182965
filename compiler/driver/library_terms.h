// The library's own terms (stdlib/registers), compiled once a run in a model of their own and kept as data. Never touches a plan, a disk
// or a clock.
#pragma once

#include "compiler/model/terms.h"

namespace ordo {

// Aborts the program when the embedded register cannot be read: that is a fault of the build, which a test sees.
const TermBook& LibraryTerms();

}  // namespace ordo

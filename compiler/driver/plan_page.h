// The page of a plan from a run over it: everything that runtime/page shows, gathered. In: a session that has evaluated its plan with
// reports. Out: HTML. Never reads or writes a file.
#pragma once

#include <string>

#include "compiler/driver/session.h"

namespace ordo {

std::string PlanPageOf(const Session& session);

}  // namespace ordo

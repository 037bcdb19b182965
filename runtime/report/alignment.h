// A plan beside its reference plans, value by value: covered, tightened, loosened, dropped, invented. In: an evaluated program whose
// counterparts were asked for. Out: one table, or JSON `ordo/alignment/1`, both sides quoted with their places.
#pragma once

#include <string>

#include "runtime/report/table.h"

namespace ordo::report {

Table BuildAlignment(const eval::Evaluation& evaluation, Language language);

}  // namespace ordo::report

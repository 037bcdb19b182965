// Model to IR: fills the facts that rules, tables and tools have asked for, and describes the tables. Total: a model without errors
// always lowers, and what comes out passes ir::Verify.
#pragma once

#include <optional>

#include "compiler/model/model.h"

namespace ordo {

struct LowerOptions {
  bool reports = false;   // also the facts that tables, matrices and duty sheets read
  std::optional<Date> as_of;   // the day for which the plan is looked at, if there is one: `plan.as of`
};

void Lower(Model& model, const LowerOptions& options);

}  // namespace ordo

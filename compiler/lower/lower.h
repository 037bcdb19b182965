// Model to IR: fills the facts that rules, tables and tools have asked for, and describes the tables. Total: a model without errors
// always lowers, and what comes out passes ir::Verify.
#pragma once

#include "compiler/model/model.h"

namespace ordo {

struct LowerOptions {
  bool reports = false;   // also the facts that tables, matrices and duty sheets read
};

void Lower(Model& model, const LowerOptions& options);

}  // namespace ordo

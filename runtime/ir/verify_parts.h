// The parts of Verify, one file each. Each leans on those before it, so they run in this order and the first with faults is the last.
// In: a program, of which the earlier parts found nothing wrong. Out: one sentence a fault. Internal to runtime/ir.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "runtime/ir/ir.h"

namespace ordo::ir {

using Faults = std::vector<std::string>;

void VerifyIds(const Program& program, Faults& faults);       // ids in range
void VerifyFacts(const Program& program, Faults& faults);     // cells of their types, keyed relations by their objects
void VerifyCircles(const Program& program, Faults& faults);   // no expr or body contains itself
void VerifyTypes(const Program& program, Faults& faults);     // exprs, heads and variables of matching types
void VerifyScopes(const Program& program, Faults& faults);    // variables bound before use, strata

// Where a part stands, and what it finds there.
class Inspector {
 protected:
  Inspector(const Program& program, Faults& faults) : program_(program), faults_(faults) {}

  template <class... Args>
  void Fault(fmt::format_string<Args...> format, Args&&... args) {
    faults_.push_back(where_ + ": " + fmt::format(format, std::forward<Args>(args)...));
  }
  template <class... Args>
  void At(fmt::format_string<Args...> format, Args&&... args) { where_ = fmt::format(format, std::forward<Args>(args)...); }

  const Program& program_;
  Faults& faults_;

 private:
  std::string where_;
};

}  // namespace ordo::ir

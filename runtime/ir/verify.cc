#include "runtime/ir/verify_parts.h"

namespace ordo::ir {

std::vector<std::string> Verify(const Program& program) {
  if (program.strings == nullptr) return {"the program has no pool of strings"};
  Faults faults;
  for (const auto part : {VerifyIds, VerifyFacts, VerifyCircles, VerifyTypes, VerifyScopes}) {
    part(program, faults);
    if (!faults.empty()) break;
  }
  return faults;
}

}  // namespace ordo::ir

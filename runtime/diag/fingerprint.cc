#include "runtime/diag/fingerprint.h"

#include "absl/container/flat_hash_map.h"
#include "fmt/format.h"

namespace ordo {

std::string Fingerprint::Hex() const { return fmt::format("{:016x}", hash_); }

void NumberFingerprints(std::vector<Finding>& findings) {
  absl::flat_hash_map<std::string, uint32_t> seen;
  for (Finding& finding : findings) {
    if (finding.fingerprint.empty()) continue;
    if (const uint32_t times = ++seen[finding.fingerprint]; times > 1) finding.fingerprint += fmt::format("-{}", times);
  }
}

}  // namespace ordo

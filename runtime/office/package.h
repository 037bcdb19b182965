// The ZIP container of Word and Excel files, through libzip, in memory. Reading is bounded: a file that unpacks to more than the
// limits say is refused before it is unpacked.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace ordo::office {

struct Part {
  std::string name;    // «word/document.xml»
  std::string bytes;
};

// Equal parts give equal bytes: no time of day in them. Deflated.
absl::StatusOr<std::string> Packed(const std::vector<Part>& parts);

struct ReadLimits {
  size_t max_parts = 10'000;
  size_t max_part = 256u << 20;      // bytes of one part, unpacked
  size_t max_total = 512u << 20;     // of all parts that are read
  size_t max_rows = 200'000;         // of one table, after empty rows at its end are dropped
  size_t max_cells = 5'000'000;
};

// Only the parts that `wanted` accepts are unpacked. InvalidArgument: no ZIP or a broken one; ResourceExhausted: beyond the limits.
absl::StatusOr<std::map<std::string, std::string>> Unpacked(std::string_view bytes, const ReadLimits& limits,
                                                            bool (*wanted)(std::string_view name));

}  // namespace ordo::office

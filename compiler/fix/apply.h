// Fixes put into a text, and what that changes, as a unified diff that `patch` reads.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/source.h"
#include "runtime/diag/finding.h"

namespace ordo {

// Which bytes are changed already. Logarithmic in the changes.
class Taken {
 public:
  // False, and nothing is taken, where the fix changes bytes that are taken or puts something in where something else comes in.
  bool Take(const Fix& fix);

 private:
  std::map<FileId, std::map<uint32_t, const Edit*>> edits_;   // by begin
};
// The new text of every file that the fixes change, by its path. All fixes were taken.
std::map<std::string, std::string> Apply(const std::vector<const Fix*>& fixes, const SourceSet& sources);
// Three lines around each change; "" if the texts are equal. Paths are printed as they are, behind a/ and b/ if they are relative.
std::string UnifiedDiff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace ordo

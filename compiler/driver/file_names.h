// Names of files that any file system takes and that do not collide, also where upper and lower case are one. In: names of
// declarations. Out: names without an extension. The same names asked for in the same order give the same files.
#pragma once

#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"

namespace ordo {

class FileNames {
 public:
  // Letters, digits, `_`, `-` and blanks inside stay, everything else becomes `_`; at most 100 bytes; names that Windows keeps for
  // itself get a `_`; one that is taken, a number.
  std::string Unique(std::string_view name);
  void Reserve(std::string_view name);   // is written under this very name elsewhere

 private:
  absl::flat_hash_set<std::string> taken_;
};

}  // namespace ordo

// The library of rules, embedded at build time: path below stdlib/ and text.
#pragma once

#include <string_view>
#include <vector>

namespace ordo {

struct LibraryFile {
  std::string_view path;  // "checks/ownership.ordo"
  std::string_view text;
};

const std::vector<LibraryFile>& LibraryFiles();

}  // namespace ordo

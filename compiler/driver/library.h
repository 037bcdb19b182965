// The library of rules, embedded at build time: path below stdlib/ and text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ordo {

struct LibraryFile {
  std::string_view path;  // "checks/ownership.ordo"
  std::string_view text;
};

const std::vector<LibraryFile>& LibraryFiles();

// A short fingerprint of the rule library (FNV-1a): two programs with the same one give the same findings.
std::string LibraryHash();

}  // namespace ordo

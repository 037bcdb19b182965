// A `.case` file: an archive of one test. `#` lines at the top say its purpose and flags, `-- name.ordo --` sections are input
// files (the first is the plan), `-- out/<stage> --` sections are what the program prints. Reads and writes the form; runs
// nothing.
//   # flags: --lang en            for every command
//   # flags fmt: --skin en        for one stage
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ordo {

struct CaseSection {
  std::string name;     // "plan.ordo", "out/ast"
  std::string content;  // ends with a line end unless empty
  bool is_output() const { return name.starts_with("out/"); }
  std::string stage() const { return name.substr(4); }
};

struct CaseFile {
  std::vector<std::string> header;    // `#` lines as written
  std::vector<CaseSection> sections;  // in order

  // Arguments that the header gives for a stage: the general ones, then its own.
  std::vector<std::string> FlagsFor(std::string_view stage) const;
};

// nullopt: bytes before the first section that are no `#` line, or no section at all.
std::optional<CaseFile> ReadCase(std::string_view text);
std::string WriteCase(const CaseFile& file);

}  // namespace ordo

// A rule set: the checks, profiles and calendars that plans are checked with, as one thing with a version. The program holds its own;
// others are folders or single files that a program has written (`ordo rules --write`), so that an office can go on checking a plan
// with the rules that it was issued under. In: paths. Out: texts whose hash is that of their index, or a finding that says what is
// different. Read like any plan text, within limits; nothing outside the folder is opened.
//
// A folder holds `rules.json` and the files that it lists; a single file is such an index with the texts in it (`ordo/rules/1`).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "compiler/driver/files.h"
#include "compiler/driver/library.h"
#include "compiler/model/calendar.h"
#include "runtime/base/span.h"

namespace ordo {

struct RuleSet {
  std::string version;              // sixteen hexadecimal digits of a SHA-256 over paths and texts
  std::string program;              // version of the Ordo that it came with
  std::string place;                // path of the folder or file; "" : this program
  std::vector<LibraryFile> files;   // ascending by path; tests are no part of it
  std::vector<std::string> owned;   // what `files` looks at, unless the program itself holds it
  const DayBook* days = nullptr;    // of its calendars
  DayBook own_days;

  RuleSet() = default;
  RuleSet(const RuleSet&) = delete;
  // How a file of it is called in findings: «stdlib:checks/ownership.ordo», «kept/9c1f…/checks/ownership.ordo».
  std::string Shown(const LibraryFile& file) const;
};
using RuleSetRef = std::shared_ptr<const RuleSet>;

// That of this program.
const RuleSet& OwnRules();
bool IsRuleSetVersion(std::string_view text);
// Of files in ascending order of their paths.
std::string VersionOf(const std::vector<LibraryFile>& files);

struct RuleSetSource {
  FileReader read;                   // instead of the disk
  std::string root;                  // canonical; "" : anywhere
  size_t max_bytes = 64u << 20;      // of all its files
  Span at;                           // where a plan names it, for findings
};
// The set at `path`: a folder with an index, a single file, or a folder of such sets, of which `version` is taken («path/VERSION»,
// «path/VERSION.json»; the only one there is if `version` is ""). nullptr after a finding; without one only when `optional` and there
// is none of that version.
RuleSetRef ReadRuleSet(const std::string& path, const std::string& version, const RuleSetSource& source, bool optional, Emitter& emitter);

// Into `path/VERSION/`, or into one file when `path` ends in «.json»; *written is what to hand to --rules.
absl::Status WriteRuleSet(const RuleSet& rules, const std::string& path, std::string* written);

}  // namespace ordo

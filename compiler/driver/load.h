// Reads a plan and all that it imports. Imports are relative to the file that names them and stay inside one folder tree; a ring
// of imports is reported as a ring; `stdlib:` names files of the embedded library. The only place that opens files for reading.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "compiler/model/model.h"
#include "compiler/syntax/parse.h"
#include "runtime/base/source.h"

namespace ordo {

struct LoadOptions {
  SyntaxLimits syntax;
  std::string root;  // "" : the folder of the plan
  std::string journal;  // --journal; "" : the one that the plan names
  size_t max_imports = 1000;
  std::map<std::string, std::string> replaced;   // path as shown -> text to read instead of the file's
};

struct Loaded {
  SourceSet sources;
  std::deque<Ast> asts;     // addresses stay valid
  std::vector<Part> parts;  // library first, then the plan and its imports in the order of first mention
  const Ast* main = nullptr;
  std::vector<ReferenceFile> references;   // of the plan and its imports
};

// Language of messages for a file: that of its edition line, Vietnamese if it has none.
Language LanguageOfFile(std::string_view text);

// The bytes of a file; NotFound, or ResourceExhausted when it is larger than the limit. `-` is standard input.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes);
// The finding for what ReadFile could not read.
void ReportUnreadable(const std::string& path, const absl::Status& status, size_t max_bytes, Emitter& emitter);
// Written aside, then renamed: never half a file.
absl::Status WriteFile(const std::string& path, std::string_view bytes);

// First of all files of a run: then its parts are the trees of the library that all runs share.
void LoadLibrary(Loaded& loaded, Emitter& emitter);
// False when the plan itself cannot be opened.
bool LoadPlan(const std::string& path, const LoadOptions& options, Loaded& loaded, Emitter& emitter);

}  // namespace ordo

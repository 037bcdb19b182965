// Reads a plan and all that it imports. Imports are relative to the file that names them and stay inside one folder tree; a ring
// of imports is reported as a ring; `stdlib:` names files of the rule set. Files come from the disk or from a reader (files.h).
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "compiler/driver/files.h"
#include "compiler/driver/rule_set.h"
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
  FileReader read;              // instead of the disk
};

struct Loaded {
  SourceSet sources;
  std::deque<Ast> asts;     // addresses stay valid
  std::vector<Part> parts;  // library first, then the plan and its imports in the order of first mention
  const RuleSet* rules = nullptr;   // of which the library is; `stdlib:` names its files
  FileId library_end = 0;   // files before it are the library's
  const Ast* main = nullptr;
  std::string root;         // canonical: the folder that what the plan names may not leave
  std::vector<ReferenceFile> references;   // of the plan and its imports
  std::deque<TextFile> text_files;   // that plans name: of the plan, and of its reference plans
};

// Language of messages for a file: that of its edition line, Vietnamese if it has none.
Language LanguageOfFile(std::string_view text);

// The text of a field of the plan's own block, as its token; nullptr if it has none.
const Token* PlanText(const Ast& ast, W key);

// First of all files of a run: then its parts are the trees of the library that all runs share.
void LoadLibrary(Loaded& loaded, Emitter& emitter, const RuleSet& rules = OwnRules());
// A file of tests of the library, named «stdlib:checks/tests/…», with the references of its plans. False if there is none.
bool LoadLibraryTest(const std::string& name, const LoadOptions& options, Loaded& loaded, Emitter& emitter);
// False when the plan itself cannot be opened.
bool LoadPlan(const std::string& path, const LoadOptions& options, Loaded& loaded, Emitter& emitter);
// Likewise with the bytes of the plan in hand.
void LoadPlan(const std::string& path, std::string bytes, const LoadOptions& options, Loaded& loaded, Emitter& emitter);

}  // namespace ordo

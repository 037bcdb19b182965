#include "compiler/driver/library_part.h"

#include <deque>

#include "compiler/syntax/parse.h"
#include "fmt/format.h"

namespace ordo {

bool CompileLibraryPart(const std::vector<LibraryFile>& files, std::string_view folder, Language language,
                        const std::function<void(const ir::Program&)>& take, std::string* faults) {
  Emitter emitter(language);
  SourceSet sources;
  std::deque<Ast> asts;
  std::vector<Part> parts;
  for (const LibraryFile& file : files) {
    if (!file.path.starts_with(folder)) continue;
    const FileId id = sources.Add(fmt::format("stdlib:{}", file.path), std::string(file.text));
    asts.push_back(Parse(sources.file(id), id, SyntaxLimits{}, emitter));
    parts.push_back({&asts.back(), 0, false});
  }
  StringPool strings;
  BuildOptions options;
  options.require_plan = false;
  const auto model = BuildModel(parts, &strings, options, emitter);
  if (emitter.has_errors()) {
    for (const Finding& finding : emitter.findings()) {
      if (faults) *faults += fmt::format("{} {} (byte {})\n", finding.code, finding.message, finding.at.begin);
    }
    return false;
  }
  take(model->program);
  return true;
}

}  // namespace ordo

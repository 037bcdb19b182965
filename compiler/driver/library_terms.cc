#include "compiler/driver/library_terms.h"

#include <cstdio>
#include <cstdlib>
#include <deque>

#include "compiler/driver/library.h"
#include "compiler/model/model.h"
#include "compiler/syntax/parse.h"
#include "fmt/format.h"

namespace ordo {

const TermBook& LibraryTerms() {
  static const TermBook book = [] {
    Emitter emitter(Language::kEnglish);
    SourceSet sources;
    std::deque<Ast> asts;
    std::vector<Part> parts;
    for (const LibraryFile& file : LibraryFiles()) {
      if (!file.path.starts_with("registers/")) continue;
      const FileId id = sources.Add(fmt::format("stdlib:{}", file.path), std::string(file.text));
      asts.push_back(Parse(sources.file(id), id, SyntaxLimits{}, emitter));
      parts.push_back({&asts.back(), 0, false});
    }
    StringPool strings;
    BuildOptions options;
    options.require_plan = false;
    const auto model = BuildModel(parts, &strings, options, emitter);
    for (const Finding& finding : emitter.findings()) fmt::print(stderr, "stdlib/registers: {} {} (byte {})\n", finding.code, finding.message, finding.at.begin);
    if (emitter.has_errors()) std::abort();
    return ReadTerms(model->program);
  }();
  return book;
}

}  // namespace ordo

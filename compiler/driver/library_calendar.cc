#include "compiler/driver/library_calendar.h"

#include <cstdio>
#include <cstdlib>
#include <deque>

#include "compiler/model/model.h"
#include "compiler/syntax/parse.h"
#include "fmt/format.h"

namespace ordo {

bool CompileCalendar(const std::vector<LibraryFile>& files, Language language, DayBook* book, std::string* faults) {
  Emitter emitter(language);
  SourceSet sources;
  std::deque<Ast> asts;
  std::vector<Part> parts;
  for (const LibraryFile& file : files) {
    if (!file.path.starts_with("calendars/")) continue;
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
  *book = MakeDayBook(model->program);
  return true;
}

const DayBook& LibraryCalendar() {
  static const DayBook book = [] {
    DayBook made;
    std::string faults;
    if (!CompileCalendar(LibraryFiles(), Language::kEnglish, &made, &faults)) {
      fmt::print(stderr, "stdlib/calendars: {}", faults);
      std::abort();
    }
    return made;
  }();
  return book;
}

}  // namespace ordo

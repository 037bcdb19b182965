// `ordo diff`: two editions of one plan, compared by meaning (runtime/diff). Loads both, calls, prints.
#include <unistd.h>

#include "compiler/driver/outputs.h"
#include "compiler/driver/table_files.h"
#include "fmt/format.h"
#include "runtime/diff/compare.h"
#include "runtime/diff/render.h"

namespace ordo {

int RunDiff(const std::string& was, const std::string& now, const std::vector<std::string>& parts, const std::string& file,
            const Settings& settings) {
  const auto format = report::ParseFormat(settings.format);
  const Language told = settings.language.value_or(Language::kVietnamese);
  if (format && report::IsOffice(*format) && file.empty() && isatty(STDOUT_FILENO)) {
    Tell(told, Code::kRunToTerminal, {report::ExtensionOf(*format)});
    return kFailed;
  }
  std::vector<diff::Part> wanted;
  for (const std::string& name : parts) {
    const auto* found = std::find(std::begin(diff::kPartNames), std::end(diff::kPartNames), name);
    if (found == std::end(diff::kPartNames)) {
      Tell(told, Code::kRunBadArgument, {"--only " + name, fmt::format("{}", fmt::join(diff::kPartNames, ", "))});
      return kFailed;
    }
    wanted.push_back(static_cast<diff::Part>(found - diff::kPartNames));
  }

  // Both are read, so that what is wrong with either is told at once.
  Session old_one(was, settings), new_one(now, settings);
  int status = kNothing;
  for (Session* session : {&old_one, &new_one}) {
    if (!(session->Load() && session->Model() && session->Lower(true))) status = std::max<int>(status, PrintBroken(*session, settings));
  }
  if (status != kNothing) return status;

  const Language language = new_one.language();
  const diff::Differences differences = diff::Compare(old_one.program(), new_one.program(), language, wanted);
  if (differences.nothing_alike) Tell(language, Code::kDiffNothingAlike, {was, now});
  report::RenderOptions options;
  options.language = language;
  options.width = settings.width;
  std::string bytes;
  if (*format == report::Format::kText) {
    bytes = diff::AsText(differences, was, now, options);
  } else if (*format == report::Format::kJson) {
    bytes = diff::AsJson(differences, was, now, old_one.sources(), new_one.sources());
  } else {
    const report::Table table = diff::AsTable(differences, language);
    TableFileOptions table_options{options, report::LayoutOf(new_one.program()), {}};
    const absl::StatusOr<std::string> made = TablesAs({&table, 1}, *format, new_one.sources(), table_options);
    if (!made.ok()) {
      Tell(FileFault(made.status(), *format, language));
      return kFailed;
    }
    bytes = *made;
  }
  const Exit written = WriteOut({&old_one.sources(), &new_one.sources()}, language, file, bytes);
  if (written != kNothing) return written;
  return differences.changes.empty() ? kNothing : kFindings;
}

}  // namespace ordo

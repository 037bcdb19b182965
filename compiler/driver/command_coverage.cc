// `ordo coverage`: the wording of a plan beside its declarations.
#include <unistd.h>

#include <optional>

#include "compiler/driver/clause_coverage.h"
#include "compiler/driver/outputs.h"
#include "compiler/driver/table_files.h"
#include "fmt/format.h"
#include "runtime/report/print.h"

namespace ordo {
namespace {

// «80%», «80», «82,5%»: in tenths of a percent; nullopt where it is none, or beyond a whole.
std::optional<size_t> TenthsOf(std::string_view text) {
  if (text.ends_with('%')) text.remove_suffix(1);
  size_t value = 0, digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9' && digits < 4; ++digits) {
    value = value * 10 + static_cast<size_t>(text[digits] - '0');
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  value *= 10;
  if (text.size() == 2 && (text[0] == ',' || text[0] == '.') && text[1] >= '0' && text[1] <= '9') value += static_cast<size_t>(text[1] - '0');
  else if (!text.empty()) return std::nullopt;
  return value <= 1000 ? std::optional(value) : std::nullopt;
}

}  // namespace

int RunCoverage(const std::string& plan, const std::string& least, const std::string& file, const Settings& settings) {
  Session session(plan, settings);
  const bool loaded = session.Load();
  const std::optional<size_t> asked = least.empty() ? 0 : TenthsOf(least);
  if (!asked) {
    Tell(session.language(), Code::kRunBadArgument, {"--min " + least, "80%, 82.5%"});
    return kFailed;
  }
  const report::Format format = report::ParseFormat(settings.format).value_or(report::Format::kText);
  if (report::IsOffice(format) && file.empty() && isatty(STDOUT_FILENO)) {
    Tell(session.language(), Code::kRunToTerminal, {report::ExtensionOf(format)});
    return kFailed;
  }
  if (!(loaded && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  const ClauseCoverage coverage = CoverageOfClauses(session);
  std::string text = coverage.json;
  if (format != report::Format::kJson) {
    TableFileOptions options;
    options.render.language = session.language();
    options.render.width = settings.width;
    options.render.color = settings.color && file.empty();
    options.layout = report::LayoutOf(session.program());
    absl::StatusOr<std::string> bytes = TablesAs(coverage.tables, format, session.sources(), options);
    if (!bytes.ok()) {
      Tell(FileFault(bytes.status(), format, session.language()));
      return kFailed;
    }
    text = std::move(*bytes);
  }
  if (const Exit exit = WriteOut(session, file, text); exit != kNothing) return exit;
  if (coverage.backed * 1000 >= *asked * coverage.could) return kNothing;
  const std::string share = ShareText(coverage.backed, coverage.could, session.language());
  Tell(session.language(), Code::kRunProseBelow,
       {fmt::format("{}", coverage.backed), fmt::format("{}", coverage.could), share, ShareText(*asked, 1000, session.language())});
  return kFindings;
}

}  // namespace ordo

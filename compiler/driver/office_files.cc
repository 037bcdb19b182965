#include "compiler/driver/office_files.h"

#include "compiler/ast/ast.h"
#include "compiler/driver/files.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "runtime/diag/encoding_words.h"
#include "runtime/office/read_fault.h"

namespace ordo {
namespace {

Code CodeOf(office::ReadFault fault) {
  using Fault = office::ReadFault;
  switch (fault) {
    case Fault::kUnknown: return Code::kOfficeUnknown;
    case Fault::kBroken: return Code::kOfficeBroken;
    case Fault::kTooLarge: return Code::kOfficeTooLarge;
    case Fault::kDeclarations: return Code::kOfficeDeclarations;
    case Fault::kEncoding: return Code::kOfficeEncoding;
    case Fault::kOldFormat: return Code::kOfficeOldFormat;
    case Fault::kLocked: return Code::kOfficeLocked;
  }
  return Code::kOfficeUnknown;
}

// A document typed in a font of an old encoding is Unicode by its file format, and no text: the first row that reads so is told.
void ReportMisreadRow(const office::GridFile& file, const std::string& path, Emitter& emitter) {
  std::string words;
  for (const office::Grid& grid : file.grids) {
    for (const office::GridRow& row : grid.rows) {
      words.clear();
      for (const office::GridCell& cell : row.cells) words += cell.text, words += ' ';
      const auto found = FindMisread(words, 1);
      if (found.empty()) continue;
      emitter.EmitForPath(Code::kMojibake, path, {ShownText(std::string_view(words).substr(found[0].begin, found[0].end - found[0].begin)),
                                                  NameOfEncoding(found[0].was, emitter.language())});
      return;
    }
  }
}

}  // namespace

std::optional<office::GridFile> ReadOfficeFile(const std::string& path, Emitter& emitter) {
  const auto bytes = ReadFile(path, kMostOfficeBytes);
  if (!bytes.ok()) {
    if (absl::IsResourceExhausted(bytes.status())) {
      emitter.EmitForPath(Code::kOfficeTooLarge, path, {path, fmt::format("> {} byte", kMostOfficeBytes)});
    } else {
      ReportUnreadable(path, bytes.status(), kMostOfficeBytes, emitter);
    }
    return std::nullopt;
  }
  auto file = office::ReadGrids(*bytes);
  if (!file.ok()) {
    const auto problem = office::ProblemOf(file.status());
    const Code code = problem ? CodeOf(problem->fault) : absl::IsResourceExhausted(file.status()) ? Code::kOfficeTooLarge : Code::kOfficeBroken;
    Finding& finding = emitter.EmitForPath(code, path, {path, std::string(file.status().message())});
    if (code == Code::kOfficeEncoding) finding.help = fmt::format("{}; {}", finding.help, HowToConvert(GuessEncoding(*bytes), emitter.language()));
    return std::nullopt;
  }
  if (!file->skipped.empty()) emitter.EmitForPath(Code::kOfficeSheetHidden, path, {path, fmt::format("{}", fmt::join(file->skipped, ", "))});
  const bool empty = std::all_of(file->grids.begin(), file->grids.end(), [](const office::Grid& grid) { return grid.rows.empty(); });
  if (empty) {
    emitter.EmitForPath(Code::kOfficeNoTable, path, {path});
    return std::nullopt;
  }
  ReportMisreadRow(*file, path, emitter);
  return *std::move(file);
}

}  // namespace ordo

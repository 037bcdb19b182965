#include "runtime/office/docx.h"

#include "runtime/office/docx_writer.h"

namespace ordo::office {
namespace {

// A line of reference says to which document a table belongs; other tables (a duty sheet, a status) are no annex of anything.
bool IsAnnex(const report::Table& table) { return table.subtitle.starts_with('('); }

}  // namespace

absl::StatusOr<std::string> TablesAsDocx(std::span<const report::Table> tables, const DocxOptions& options) {
  const Profile profile = ProfileOf(options.layout, options.language);
  DocxWriter writer(profile, options.plan);
  size_t annexes = 0, annex = 0;
  for (const report::Table& table : tables) annexes += IsAnnex(table);
  for (size_t i = 0; i < tables.size(); ++i) {
    const report::Table& table = tables[i];
    WriteAnnex(writer, table, IsAnnex(table) ? AnnexHeading(profile, annex++, annexes) : std::string());
    if (i + 1 < tables.size()) writer.EndSection(IsWide(table), Pages::kFirst);
    else writer.EndLastSection(IsWide(table), Pages::kFirst);
  }
  if (tables.empty()) writer.EndLastSection(false, Pages::kFirst);
  return std::move(writer).Pack(tables.empty() ? options.plan : tables.front().title);
}

}  // namespace ordo::office

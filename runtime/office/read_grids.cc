// Which kind of file it is, told by its bytes.
#include "runtime/office/read_fault.h"
#include "runtime/office/readers.h"

namespace ordo::office {
namespace {

bool IsWanted(std::string_view name) {
  return name == "word/document.xml" || name == "xl/workbook.xml" || name == "xl/_rels/workbook.xml.rels" || name == "xl/sharedStrings.xml" ||
         name == "xl/styles.xml" || (name.starts_with("xl/worksheets/") && name.ends_with(".xml")) ||
         (name.starts_with("customXml/") && name.ends_with(".xml") && name.find("Props") == std::string_view::npos);
}

// Containers of older Office versions, also around a file with a password.
constexpr std::string_view kCompound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::string_view kEncryptedPackage("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);

}  // namespace

absl::StatusOr<GridFile> ReadGrids(std::string_view bytes, const ReadLimits& limits) {
  if (bytes.starts_with(kCompound)) {
    const bool locked = bytes.find(kEncryptedPackage) != std::string_view::npos;
    return Refused(locked ? ReadFault::kLocked : ReadFault::kOldFormat, "");
  }
  if (!bytes.starts_with("PK\x03\x04") && !bytes.starts_with("PK\x05\x06")) return ReadCsv(bytes, limits);
  const auto parts = Unpacked(bytes, limits, &IsWanted);
  if (!parts.ok()) return parts.status();
  if (parts->contains("word/document.xml")) return ReadWord(*parts, limits);
  if (parts->contains("xl/workbook.xml")) return ReadExcel(*parts, limits);
  return Refused(ReadFault::kUnknown, "ZIP");
}

}  // namespace ordo::office

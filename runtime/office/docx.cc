#include "runtime/office/docx.h"

namespace ordo::office {

absl::StatusOr<std::string> TablesAsDocx(std::span<const report::Table>, const DocxOptions&) { return absl::UnimplementedError("docx"); }
absl::StatusOr<std::string> DocumentAsDocx(const report::Document&, const DocxOptions&) { return absl::UnimplementedError("docx"); }

}  // namespace ordo::office

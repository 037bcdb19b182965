#include "runtime/office/pdf.h"

namespace ordo::office {

absl::StatusOr<std::string> PdfOf(std::string_view) { return absl::UnimplementedError("pdf"); }

}  // namespace ordo::office

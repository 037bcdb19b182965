// A .docx as PDF through LibreOffice, when it is installed. Runs it with a profile folder of its own in a temporary folder that is
// removed; nothing of the user's settings is read or changed.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace ordo::office {

// NotFound when neither `soffice` nor `libreoffice` is on the PATH, DeadlineExceeded when it does not end within the limit, Aborted when
// it gives no PDF, Internal when no temporary folder can be made.
absl::StatusOr<std::string> PdfOf(std::string_view docx, int limit_seconds = 120);

}  // namespace ordo::office

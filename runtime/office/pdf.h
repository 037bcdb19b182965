// A .docx as PDF through LibreOffice, when it is installed. Runs it with a profile folder of its own in a temporary folder that is
// removed; nothing of the user's settings is read or changed.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace ordo::office {

// NotFound when LibreOffice is not installed, DeadlineExceeded when it does not end, Internal when it gives no PDF.
absl::StatusOr<std::string> PdfOf(std::string_view docx);

}  // namespace ordo::office

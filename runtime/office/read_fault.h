// Why an office file was refused, kept in the status that the readers give, so that whoever speaks to the user can choose the sentence.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace ordo::office {

enum class ReadFault {
  kUnknown,        // neither Word nor Excel nor text
  kBroken,         // detail: the part, and its line where known
  kTooLarge,       // detail: what goes beyond the limits; ResourceExhausted, all others InvalidArgument
  kDeclarations,   // detail: the part that declares a document type or entities
  kEncoding,       // detail: name of the encoding
  kOldFormat,      // .doc or .xls
  kLocked,         // with a password
};

struct ReadProblem {
  ReadFault fault = ReadFault::kUnknown;
  std::string detail;
};

absl::Status Refused(ReadFault fault, std::string_view detail);
std::optional<ReadProblem> ProblemOf(const absl::Status& status);   // nullopt: not one of these

}  // namespace ordo::office

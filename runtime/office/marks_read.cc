#include "runtime/office/marks.h"

namespace ordo::office {

absl::StatusOr<Marks> MarksFromXml(std::string_view) { return absl::UnimplementedError("marks"); }

}  // namespace ordo::office

#include "runtime/office/xlsx.h"

namespace ordo::office {

absl::StatusOr<std::string> TablesAsXlsx(std::span<const report::Table>, Language) { return absl::UnimplementedError("xlsx"); }

}  // namespace ordo::office

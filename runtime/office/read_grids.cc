#include "runtime/office/grid.h"

namespace ordo::office {

absl::StatusOr<GridFile> ReadGrids(std::string_view, const ReadLimits&) { return absl::UnimplementedError("grids"); }

}  // namespace ordo::office

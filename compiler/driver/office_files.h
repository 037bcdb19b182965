// Word, Excel and CSV files as the driver reads them, and what it says about those that cannot be read. In: a path. Out: grids, or a
// finding of the family FIL. Never looks at what the tables say.
#pragma once

#include <optional>
#include <string>

#include "runtime/diag/emitter.h"
#include "runtime/office/grid.h"

namespace ordo {

inline constexpr size_t kMostOfficeBytes = 128u << 20;   // of the file as it lies on the disk

// nullopt: a finding in `emitter` says why. Hidden sheets are told there as well (FIL38). A file without a table is one that cannot
// be used (FIL37).
std::optional<office::GridFile> ReadOfficeFile(const std::string& path, Emitter& emitter);

}  // namespace ordo

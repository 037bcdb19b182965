// Excel workbooks through libxlsxwriter: one sheet a table. In: report tables. Out: the bytes of an .xlsx. Text never becomes a
// formula or a link; days and numbers are values. Equal input gives equal bytes.
#pragma once

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "runtime/report/table.h"

namespace ordo::office {

absl::StatusOr<std::string> TablesAsXlsx(std::span<const report::Table> tables, Language language);

}  // namespace ordo::office

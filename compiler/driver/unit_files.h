// The small page that leads to the annexes of the units. In: the index of report::BuildUnitAnnexes and where each unit was written.
// Out: one HTML page without script or address outside its folder; everything out of the plan is escaped.
#pragma once

#include <string>
#include <vector>

#include "runtime/report/table.h"

namespace ordo {

// `names`: the file of each row of the index, without its extension, beside the page. `formats`: what each was written as.
std::string UnitIndexPage(const report::Table& index, const std::vector<std::string>& names, const std::vector<report::Format>& formats,
                          Language language);

}  // namespace ordo

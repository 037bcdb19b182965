// The parts of a Word document around its body: what the package declares, settings, headers with the page number, properties and the
// marks. In: the finished body. Out: parts in a fixed order, without a time of day.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/office/docx_profile.h"
#include "runtime/office/package.h"

namespace ordo::office {

inline constexpr std::string_view kNumberedHeader = "rId4", kEmptyHeader = "rId5";   // relationships of the body

// `body`: content of w:body; `marks`: the custom XML part.
std::vector<Part> DocxParts(const Profile& profile, std::string body, std::string styles, std::string_view title, std::string marks);

}  // namespace ordo::office

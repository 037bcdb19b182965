// Text of a plan as text of a page: nothing in it can open an element, leave an attribute or end a style. In: any bytes. Out: added
// to `out`; control characters become blanks.
#pragma once

#include <string>
#include <string_view>

namespace ordo::page {

void AddText(std::string& out, std::string_view text);        // line ends become breaks
void AddAttribute(std::string& out, std::string_view text);   // for inside double quotes; line ends become blanks
void AddCssString(std::string& out, std::string_view text);   // for inside double quotes of a style

// A source of a content policy for exactly this text: «'sha256-…'».
std::string HashSource(std::string_view text);

}  // namespace ordo::page

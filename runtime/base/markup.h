// Text as text of HTML and XML, also inside an attribute: nothing in it can open an element, leave an attribute or end a style. In: any
// bytes. Out: the same with the five signs of markup escaped, every line end (CRLF is one) replaced, and controls and the two signs
// that no XML document may hold (U+FFFE, U+FFFF) as blanks.
#pragma once

#include <string>
#include <string_view>

namespace ordo {

void AppendEscaped(std::string& out, std::string_view text, std::string_view line_end = " ");
std::string EscapedMarkup(std::string_view text, std::string_view line_end = " ");

}  // namespace ordo

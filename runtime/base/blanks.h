// Blanks of running text: print breaks lines anywhere, so a line end is a blank like any other.
#pragma once

#include <string>
#include <string_view>

namespace ordo {

inline bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

// Any run of blanks as one, none at the ends.
std::string EvenBlanks(std::string_view text);

}  // namespace ordo

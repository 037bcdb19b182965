// How wide a text stands in a drawing, and lines of it that fit a width. In: UTF-8 and a font size in units of the drawing; out:
// units, lines. The widths are the larger ones of two common sans serif faces, so a line fits whichever of them a reader has.
// Letters of the house (Vietnamese, with their marks) are as wide as their base letter; wide East Asian characters are one em.
// Cuts stand between grapheme clusters and show «…». Reads no font file, knows no markup. Never fails.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ordo::report {

double TextWidth(std::string_view text, double size, bool bold = false);
// Broken at blanks into at most `most` lines (0: as many as it needs); what does not fit ends in «…». Runs of blanks and line
// breaks count as one blank. At least one line, which may be empty.
std::vector<std::string> LinesWithin(std::string_view text, double width, double size, bool bold, size_t most);

}  // namespace ordo::report

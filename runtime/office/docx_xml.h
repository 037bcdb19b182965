// Text of a plan as text of XML, whatever its bytes are. In: any bytes. Out: well-formed UTF-8 that XML 1.0 allows: controls become a
// blank, what is no UTF-8 becomes U+FFFD. Never fails; text never becomes markup, a field or a link.
#pragma once

#include <string>
#include <string_view>

namespace ordo::office {

// Value of an attribute, without its quotation marks. Line breaks and tabs become blanks.
void AppendAttribute(std::string& out, std::string_view text);
// Content of a w:r after its w:rPr: w:t with blanks kept, w:tab for a tab, w:br for a line break.
void AppendRunText(std::string& out, std::string_view text);
// One run without properties of its own; nothing for an empty text.
void AppendRun(std::string& out, std::string_view text);
// The text that a reader of the document gets back: the same bytes unless some of them could not be kept.
std::string AsPrinted(std::string_view text);

}  // namespace ordo::office

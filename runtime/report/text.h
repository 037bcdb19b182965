// Small ways to put text together that print.cc and the builders share: first letters, lists joined with a mark, places as
// «plan.ordo:41». Texts in, text out; knows no plan. A place that is not known gives the empty string.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/source.h"

namespace ordo::report {

// The first letter as a capital («đề án» -> «Đề án»); one code point, so Vietnamese letters stay whole.
std::string Capitalised(std::string_view text);
// Adds `part` to `text` with `mark` between them; an empty part adds nothing.
void Append(std::string& text, std::string_view mark, std::string_view part);
// "plan.ordo:41", for explanations and source attributes.
std::string Location(const SourceSet& sources, Span span);

}  // namespace ordo::report

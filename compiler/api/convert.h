// Values of the house as values of the public API: copies in UTF-8, ids become names and places. Internal to compiler/api.
#pragma once

#include "compiler/api/ordo.h"
#include "compiler/driver/ask.h"
#include "runtime/diag/finding.h"

namespace ordo::api {

Place PlaceOf(Span span, const std::string& path, const SourceSet& sources);
Finding FindingOf(const ordo::Finding& finding, const SourceSet& sources);
Answer AnswerOf(const Inquiry& inquiry, ordo::Language language);

}  // namespace ordo::api

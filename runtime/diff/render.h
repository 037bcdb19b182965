// Differences as what people and tools read. In: differences, which hold all words of the plans, and fixed words of a language. Out: a
// table for the file (its renderers are those of every table), text for a terminal, JSON. Nothing here looks at a plan.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/source.h"
#include "runtime/diff/differences.h"
#include "runtime/report/table.h"

namespace ordo::diff {

// «Bảng so sánh»: number, old content, new content, change; a group a part, a row an object, of the head of the plan a row a fact.
// Times that only went with the year of the plan are one row of their part. Long texts are shown around their changes.
report::Table AsTable(const Differences& differences, Language language);
// By part and sort of change, each object with what has changed of it: [-old-]{+new+}. `was`, `now`: the two files, as given.
std::string AsText(const Differences& differences, std::string_view was, std::string_view now, const report::RenderOptions& options);
// ordo/diff/1; places are those of the two plans' own sources.
std::string AsJson(const Differences& differences, std::string_view was, std::string_view now, const SourceSet& was_sources,
                   const SourceSet& now_sources);

// How many objects there are of a sort; one that was moved and changed counts as moved.
struct Counts {
  size_t all = 0, added = 0, dropped = 0, moved = 0, changed = 0, wording = 0;
};
Counts Count(const Differences& differences);

}  // namespace ordo::diff

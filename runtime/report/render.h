// One function a format; Render chooses. Each takes a finished table and gives the whole text; none looks at a plan.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/report/table.h"

namespace ordo::report {

std::string TableAsText(const Table& table, const RenderOptions& options);
std::string TableAsMarkdown(const Table& table);
std::string TableAsCsv(const Table& table);
std::string TableAsHtml(const Table& table, const SourceSet& sources, const RenderOptions& options);
std::string TablesAsHtml(std::span<const Table> tables, const SourceSet& sources, const RenderOptions& options);   // one page
std::string TableAsJson(const Table& table, const SourceSet& sources);

// The heading of a group across a row: its number where numbers stand and its title beside it, so that it reads like a row of
// the table; without a number column both in the first cell. Other cells are empty.
std::vector<Cell> GroupCells(const Table& table, const Group& group);
// «II. Nâng cao ...»
std::string GroupLine(const Group& group);
inline bool HasHeading(const Group& group) { return !group.number.empty() || !group.title.empty(); }


// For terminals. One blank for control characters; line breaks stay.
std::string Printable(std::string_view text);
// Lines of at most `width` columns, broken at blanks; a longer word is cut.
std::vector<std::string> Wrapped(std::string_view text, size_t width);

}  // namespace ordo::report

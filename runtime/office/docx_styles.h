// The styles of a document: what Word shows in its list of styles, so that an official changes a style and not a hundred paragraphs.
// In: a profile and the sizes in which tables stand. Out: word/styles.xml. Headings have Word's own ids and names: its navigation pane
// finds them. Other styles carry names in the language of the document.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "runtime/office/docx_profile.h"

namespace ordo::office {

inline constexpr uint32_t kTableSize = 26;   // of the styles of tables that have no size in their name

enum class TableStyle { kText, kHead, kGroup, kTotals };
// «TableText», or «TableText22» for a table whose letters are smaller.
std::string StyleOf(TableStyle style, uint32_t half_points);

std::string StylesXml(const Profile& profile, const std::set<uint32_t>& table_sizes);

}  // namespace ordo::office

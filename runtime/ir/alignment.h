// How a value of a plan stands to a value of another plan for the same year. In: two rows of series. Out: one word. Pure.
#pragma once

#include <string_view>

#include "runtime/ir/ir.h"

namespace ordo::ir {

// Of one year and of one sort: both for each year or neither, both changes or neither.
bool Comparable(const SeriesRow& own, const SeriesRow& other);

enum class Alignment : uint8_t { kCovered, kTightened, kLoosened };
std::string_view IdOf(Alignment alignment);  // "covered", "tightened", "loosened"

// What `own` asks beside what `other` asks. Less is a lower least, a higher most, «at least» for «more than», a bound of the
// other side, an aim for a duty; more is the reverse of the numbers. Rows told in words are covered by any row told in words.
Alignment Align(const Program& program, const SeriesRow& own, const SeriesRow& other);
// Whether the numbers differ, whichever way.
bool Differ(const SeriesRow& own, const SeriesRow& other);

}  // namespace ordo::ir

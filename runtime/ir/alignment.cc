#include "runtime/ir/alignment.h"

namespace ordo::ir {

bool Comparable(const SeriesRow& own, const SeriesRow& other) {
  if (own.horizon == kAbsent || other.horizon == kAbsent) return false;
  const auto year = [](Cell day) { return Date(static_cast<int32_t>(day)).ymd().year; };
  return year(own.horizon) == year(other.horizon) && own.per == other.per && own.per_object == other.per_object && own.is_change == other.is_change;
}

std::string_view IdOf(Alignment alignment) {
  constexpr std::string_view kIds[] = {"covered", "tightened", "loosened"};
  return kIds[static_cast<size_t>(alignment)];
}

bool Differ(const SeriesRow& own, const SeriesRow& other) { return own.least != other.least || own.most != other.most; }

Alignment Align(const Program& program, const SeriesRow& own, const SeriesRow& other) {
  if (other.comparator == kNoWord) return Alignment::kCovered;
  if (own.comparator == kNoWord) return Alignment::kLoosened;  // words for a number
  const auto word = [&](WordId id) { return id == kNoWord ? std::string_view() : std::string_view(program.words[id].id); };
  bool less = word(other.verb) == "reach" && word(own.verb) == "strive", more = false;
  const auto compare = [&](Cell mine, Cell theirs, bool upper, std::string_view strict) {
    if (theirs == kAbsent) {
      more |= mine != kAbsent;
      return;
    }
    if (mine == kAbsent) {
      less = true;
      return;
    }
    const Decimal a = Decimal::FromCell(mine), b = Decimal::FromCell(theirs);
    less |= upper ? a > b : a < b;
    more |= upper ? a < b : a > b;
    if (a != b) return;
    const bool mine_strict = word(own.comparator) == strict, theirs_strict = word(other.comparator) == strict;
    less |= theirs_strict && !mine_strict;
    more |= mine_strict && !theirs_strict;
  };
  compare(own.least, other.least, false, "sign_more");
  compare(own.most, other.most, true, "sign_less");
  return less ? Alignment::kLoosened : more ? Alignment::kTightened : Alignment::kCovered;
}

}  // namespace ordo::ir

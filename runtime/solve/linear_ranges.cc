#include "runtime/solve/linear_ranges.h"

#include <algorithm>

namespace ordo::solve {

namespace {

__extension__ using Wide = __int128;

bool IsStrict(Sign sign) { return sign == Sign::kLess || sign == Sign::kGreater; }

Sign Mirrored(Sign sign) {   // after a division by a negative number
  switch (sign) {
    case Sign::kLess: return Sign::kGreater;
    case Sign::kLessEqual: return Sign::kGreaterEqual;
    case Sign::kGreaterEqual: return Sign::kLessEqual;
    case Sign::kGreater: return Sign::kLess;
    default: return sign;
  }
}

// left * 10^places against right, places >= 0. Both are products of two mantissas, below 2^110; the left side grows only while it is
// not above the right one, so that one more digit always fits.
int CompareGrown(Wide left, Wide right, int places) {
  for (; places > 0 && left <= right; --places) left *= 10;
  return left < right ? -1 : left > right;
}

}  // namespace

Sign NegatedSign(Sign sign) {
  switch (sign) {
    case Sign::kLess: return Sign::kGreaterEqual;
    case Sign::kLessEqual: return Sign::kGreater;
    case Sign::kEqual: return Sign::kNotEqual;
    case Sign::kNotEqual: return Sign::kEqual;
    case Sign::kGreaterEqual: return Sign::kLess;
    case Sign::kGreater: return Sign::kLessEqual;
  }
  return sign;
}

RangeLiteral MakeRangeLiteral(const Comparison& comparison, bool negated) {
  const Sign sign = negated ? NegatedSign(comparison.sign) : comparison.sign;
  const Decimal factor = comparison.terms[0].factor;
  if (factor.mantissa() > 0) return {factor, comparison.bound, sign};
  return {factor.Negated(), comparison.bound.Negated(), Mirrored(sign)};
}

int CompareBounds(const RangeLiteral& a, const RangeLiteral& b) {
  if (a.factor == b.factor) return a.bound < b.bound ? -1 : a.bound > b.bound;
  const Wide left = Wide{a.bound.mantissa()} * b.factor.mantissa(), right = Wide{b.bound.mantissa()} * a.factor.mantissa();
  const int left_sign = left < 0 ? -1 : left > 0, right_sign = right < 0 ? -1 : right > 0;
  if (left_sign != right_sign) return left_sign < right_sign ? -1 : 1;
  if (left_sign == 0) return 0;
  // Magnitudes; the scales of left and right are a.bound + b.factor and b.bound + a.factor.
  const int places = b.bound.scale() + a.factor.scale() - a.bound.scale() - b.factor.scale();
  const Wide left_size = left_sign * left, right_size = left_sign * right;
  const int order = places >= 0 ? CompareGrown(left_size, right_size, places) : -CompareGrown(right_size, left_size, -places);
  return left_sign * order;
}

// Keeps the tighter one; of equals the one that was first. True: `kept` is another bound now, a tighter one.
bool RangeSearch::Tighten(Bound bound, bool least, Bound& kept) const {
  if (kept.literal != kNone) {
    const RangeLiteral &now = literals_.all[bound.literal], &before = literals_.all[kept.literal];
    const int order = CompareBounds(now, before) * (least ? 1 : -1);
    if (order < 0 || (order == 0 && !(IsStrict(now.sign) && !IsStrict(before.sign)))) return false;
  }
  kept = bound;
  return true;
}

bool RangeSearch::IsExcluded(const Range& range, size_t first, uint64_t* work) const {
  *work += range.excluded.size() - first;
  const RangeLiteral& point = literals_.all[range.least.literal];
  return std::any_of(range.excluded.begin() + first, range.excluded.end(), [&](Bound bound) {
    return !dropped_[bound.clause] && CompareBounds(literals_.all[bound.literal], point) == 0;
  });
}

bool RangeSearch::Absorb(uint32_t clause, Range& range, uint64_t* work) const {
  const uint32_t begin = literals_.offsets[clause], end = literals_.offsets[clause + 1];
  if (begin == end) return false;
  const Bound least = range.least, most = range.most;
  const size_t excluded = range.excluded.size();
  bool tighter = false;
  *work += end - begin;
  for (uint32_t literal = begin; literal < end; ++literal) {
    const Sign sign = literals_.all[literal].sign;
    if (sign == Sign::kNotEqual) range.excluded.push_back({literal, clause});
    if (sign >= Sign::kGreaterEqual || sign == Sign::kEqual) tighter |= Tighten({literal, clause}, true, range.least);
    if (sign <= Sign::kEqual) tighter |= Tighten({literal, clause}, false, range.most);
  }
  bool holds = true;
  if (range.least.literal != kNone && range.most.literal != kNone) {
    const RangeLiteral &low = literals_.all[range.least.literal], &high = literals_.all[range.most.literal];
    const int order = CompareBounds(low, high);
    holds = order < 0 || (order == 0 && !IsStrict(low.sign) && !IsStrict(high.sign) &&
                          !IsExcluded(range, tighter ? 0 : excluded, work));
  }
  if (holds) return true;
  range.least = least;
  range.most = most;
  range.excluded.resize(excluded);
  return false;
}

std::optional<uint32_t> RangeSearch::First() {
  // Only a bound that counts makes a difference when it is dropped: those behind it were not kept.
  const auto is_gone = [&](Bound bound) { return bound.literal != kNone && dropped_[bound.clause]; };
  if (is_gone(range_.least) || is_gone(range_.most)) {
    range_ = {};
    at_ = 0;
  }
  for (; at_ < clauses_.size(); ++at_) {
    const uint32_t clause = clauses_[at_];
    if (dropped_[clause]) continue;
    uint64_t work = 0;
    const bool holds = Absorb(clause, range_, &work);
    if (work > work_) {
      decided_ = false;
      return std::nullopt;
    }
    work_ -= work;
    if (!holds) return clause;
  }
  return std::nullopt;
}

std::vector<uint32_t> RangeSearch::Smallest(uint32_t last) const {
  std::vector<uint32_t> members{last};
  uint64_t work = 0;
  while (true) {
    Range range;
    for (const uint32_t member : members) {
      if (Absorb(member, range, &work)) continue;
      std::sort(members.begin(), members.end());
      return members;
    }
    for (const uint32_t clause : clauses_) {
      if (dropped_[clause] || Absorb(clause, range, &work)) continue;
      members.push_back(clause);
      break;
    }
  }
}

}  // namespace ordo::solve

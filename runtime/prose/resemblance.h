// Passages that say the same, or nearly the same, as an earlier one: found by runs of words that they share, so that cost grows with the
// text and not with its square. In: passages in order. Out: for each passage the earlier one that it shares most with. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"

namespace ordo::prose {

struct Resemblance {
  size_t passage = 0, earlier = 0;   // indices; equal: a passage that repeats itself
  size_t words = 0;                  // that both have, in runs of at least kRun
  double share = 0;                  // of the shorter passage
};

inline constexpr size_t kRun = 6;    // words of the shortest run that counts

// Those with at least `least_words` words in common and `least_share` of the shorter passage. `groups`, one a passage: only passages of one group
// are compared.
std::vector<Resemblance> FindResemblances(std::span<const std::string_view> passages, std::span<const uint32_t> groups, size_t least_words, double least_share);

// The runs of a text, for asking how much of another text stands in it.
class Runs {
 public:
  void Add(std::string_view passage);
  // Words of the passage that stand in runs that were added, and all its words.
  struct Common {
    size_t words = 0, of = 0;
  };
  Common CommonWith(std::string_view passage) const;

 private:
  absl::flat_hash_set<uint64_t> runs_;
};

}  // namespace ordo::prose

#include "runtime/prose/resemblance.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "runtime/prose/words.h"

namespace ordo::prose {
namespace {

constexpr size_t kMostPlaces = 8;   // passages remembered for one run: a formula that stands everywhere tells nothing

std::vector<uint64_t> RunsOf(std::string_view passage) {
  const std::vector<Word> words = WordsOf(passage);
  std::vector<uint64_t> runs;
  if (words.size() < kRun) return runs;
  runs.reserve(words.size() - kRun + 1);
  for (size_t i = 0; i + kRun <= words.size(); ++i) {
    uint64_t hash = 0;
    for (size_t n = 0; n < kRun; ++n) hash = Joined(hash, words[i + n].exact);
    runs.push_back(hash);
  }
  return runs;
}

// Words covered by the runs that are marked.
size_t Covered(const std::vector<bool>& marked) {
  size_t words = 0, end = 0;   // words before `end` are counted
  for (size_t i = 0; i < marked.size(); ++i) {
    if (!marked[i]) continue;
    words += i + kRun - std::max(end, i);
    end = i + kRun;
  }
  return words;
}

}  // namespace

std::vector<Resemblance> FindResemblances(std::span<const std::string_view> passages, std::span<const uint32_t> groups, size_t least_words, double least_share) {
  struct Place {
    uint32_t passage, at;
  };
  absl::flat_hash_map<uint64_t, std::vector<Place>> places;
  std::vector<size_t> sizes(passages.size());
  std::vector<Resemblance> found;
  absl::flat_hash_map<uint32_t, std::vector<uint32_t>> hits;   // earlier passage -> runs of this one
  for (size_t p = 0; p < passages.size(); ++p) {
    const std::vector<uint64_t> runs = RunsOf(passages[p]);
    sizes[p] = runs.empty() ? 0 : runs.size() + kRun - 1;
    hits.clear();
    for (size_t i = 0; i < runs.size(); ++i) {
      std::vector<Place>& known = places[runs[i]];
      for (const Place& place : known) {
        const bool itself = place.passage == p;
        if (groups[place.passage] != groups[p] || (itself && i < place.at + kRun)) continue;
        std::vector<uint32_t>& list = hits[place.passage];
        if (list.empty() || list.back() != i) list.push_back(static_cast<uint32_t>(i));
      }
      if (known.size() < kMostPlaces && (known.empty() || known.back().passage != p)) known.push_back({static_cast<uint32_t>(p), static_cast<uint32_t>(i)});
    }
    Resemblance best;
    std::vector<bool> marked;
    for (const auto& [earlier, list] : hits) {
      marked.assign(runs.size(), false);
      for (const uint32_t i : list) marked[i] = true;
      const size_t words = Covered(marked);
      const double share = static_cast<double>(words) / static_cast<double>(earlier == p ? std::max<size_t>(sizes[p] / 2, 1) : std::max<size_t>(std::min(sizes[p], sizes[earlier]), 1));
      if (words < least_words || share < least_share) continue;
      if (words > best.words || (words == best.words && earlier < best.earlier)) best = {p, earlier, words, std::min(share, 1.0)};
    }
    if (best.words > 0) found.push_back(best);
  }
  return found;
}

void Runs::Add(std::string_view passage) {
  for (const uint64_t run : RunsOf(passage)) runs_.insert(run);
}

Runs::Common Runs::CommonWith(std::string_view passage) const {
  const std::vector<uint64_t> runs = RunsOf(passage);
  if (runs.empty()) return {};
  std::vector<bool> marked(runs.size());
  for (size_t i = 0; i < runs.size(); ++i) marked[i] = runs_.contains(runs[i]);
  return {Covered(marked), runs.size() + kRun - 1};
}

}  // namespace ordo::prose

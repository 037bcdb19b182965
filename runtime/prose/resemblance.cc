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
    uint32_t next;   // the place before it of the same run; kNone: none
  };
  struct Known {
    uint32_t last = 0;
    uint32_t count = 0;
  };
  constexpr uint32_t kNone = UINT32_MAX;
  std::vector<Place> places;
  absl::flat_hash_map<uint64_t, Known> known;   // run -> its places, chained: one allocation for all
  std::vector<size_t> sizes(passages.size());
  std::vector<Resemblance> found;
  struct Hit {
    uint32_t earlier, there, here;   // passage, run of it, run of this one
    bool operator<(const Hit& other) const { return earlier < other.earlier; }
  };
  std::vector<Hit> hits;
  std::vector<bool> marked;
  for (size_t p = 0; p < passages.size(); ++p) {
    const std::vector<uint64_t> runs = RunsOf(passages[p]);
    sizes[p] = runs.empty() ? 0 : runs.size() + kRun - 1;
    if (sizes[p] < least_words) continue;
    hits.clear();
    for (size_t i = 0; i < runs.size(); ++i) {
      Known& run = known[runs[i]];
      bool here = false;
      for (uint32_t at = run.count == 0 ? kNone : run.last; at != kNone; at = places[at].next) {
        const Place& place = places[at];
        const bool itself = place.passage == p;
        here |= itself;
        if (groups[place.passage] != groups[p] || (itself && i < place.at + kRun)) continue;
        hits.push_back({place.passage, place.at, static_cast<uint32_t>(i)});
      }
      if (run.count >= kMostPlaces || here) continue;
      places.push_back({static_cast<uint32_t>(p), static_cast<uint32_t>(i), run.count == 0 ? kNone : run.last});
      run = {static_cast<uint32_t>(places.size() - 1), run.count + 1};
    }
    std::stable_sort(hits.begin(), hits.end());
    Resemblance best;
    for (size_t first = 0; first < hits.size();) {
      const uint32_t earlier = hits[first].earlier;
      size_t end = first;
      while (end < hits.size() && hits[end].earlier == earlier) ++end;
      if ((end - first) * kRun >= least_words) {   // else it cannot reach the least
        const auto covered = [&](uint32_t Hit::*run, size_t size) {
          marked.assign(size, false);
          for (size_t i = first; i < end; ++i) marked[hits[i].*run] = true;
          return Covered(marked);
        };
        // A phrase that stands once there and often here is shared once.
        const size_t words = std::min(covered(&Hit::here, runs.size()), covered(&Hit::there, sizes[earlier]));
        const size_t shorter = earlier == p ? sizes[p] / 2 : std::min(sizes[p], sizes[earlier]);
        const double share = static_cast<double>(words) / static_cast<double>(std::max<size_t>(shorter, 1));
        if (words >= least_words && share >= least_share && words > best.words) best = {p, earlier, words, std::min(share, 1.0)};
      }
      first = end;
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

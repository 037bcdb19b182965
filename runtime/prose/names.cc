#include "runtime/prose/names.h"

#include <algorithm>

namespace ordo::prose {

void NameTable::Add(std::string_view phrase, uint32_t number) {
  const std::vector<Word> words = WordsOf(phrase);
  if (words.empty()) return;
  uint64_t hash = 0;
  for (const Word& word : words) hash = Joined(hash, word.exact);
  by_hash_.try_emplace(hash, Match{number, words.size()});
  size_t& longest = longest_[words[0].exact];
  longest = std::max(longest, words.size());
  longest_of_all_ = std::max(longest_of_all_, words.size());
}

NameTable::Match NameTable::LongestAt(std::span<const Word> words, size_t at, bool joined) const {
  Match best;
  const auto starts = at < words.size() ? longest_.find(words[at].exact) : longest_.end();
  if (starts == longest_.end()) return best;
  const size_t most = std::min(starts->second, words.size() - at);
  uint64_t hash = 0;
  for (size_t n = 0; n < most; ++n) {
    if (joined && n > 0 && !words[at + n].joined) break;
    hash = Joined(hash, words[at + n].exact);
    const auto found = by_hash_.find(hash);
    if (found != by_hash_.end() && found->second.words == n + 1) best = found->second;
  }
  return best;
}

size_t NameTable::LongestBefore(std::span<const Word> words, size_t at, bool joined_to) const {
  for (size_t n = std::min(longest_of_all_, at); n > 0; --n) {
    bool joined = !joined_to || at >= words.size() || words[at].joined;
    for (size_t i = at - n + 1; i < at && joined; ++i) joined = words[i].joined;
    if (joined && LongestAt(words, at - n, true).words == n) return n;
  }
  return 0;
}

}  // namespace ordo::prose

// Names and phrases found in a passage in one walk: a table of phrases, each with a number of the caller's, matched word by word without
// regard to case and to the signs between words («Phòng Văn hóa – Xã hội» is found by «Phòng Văn hóa - Xã hội»). In: words of a passage. Out:
// which phrase begins where. Linear in the passage times the longest phrase that begins alike; any bytes may come in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/prose/words.h"

namespace ordo::prose {

class NameTable {
 public:
  NameTable() = default;
  explicit NameTable(std::span<const std::string_view> phrases) {
    for (size_t i = 0; i < phrases.size(); ++i) Add(phrases[i], static_cast<uint32_t>(i));
  }
  // The first number given to a phrase holds. A phrase without a letter is not kept.
  void Add(std::string_view phrase, uint32_t number);
  bool empty() const { return by_hash_.empty(); }

  struct Match {
    uint32_t number = 0;
    size_t words = 0;   // 0: none
  };
  // The longest phrase that begins at this word. `joined`: only blanks may stand between its words.
  Match LongestAt(std::span<const Word> words, size_t at, bool joined = false) const;
  // Whether one of the phrases ends right before this word, and how many words it has; 0: none. Blanks only between its words, and
  // before this word too if `joined`.
  size_t LongestBefore(std::span<const Word> words, size_t at, bool joined = true) const;

 private:
  absl::flat_hash_map<uint64_t, Match> by_hash_;
  absl::flat_hash_map<uint64_t, size_t> longest_;   // first word -> words of the longest phrase that begins with it
  size_t longest_of_all_ = 0;
};

}  // namespace ordo::prose

// A passage cut into words, with what several readers of prose need of each: where it stands, whether only blanks part it from the
// one before, and its letters without tone and letter marks. Linear; any bytes may come in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ordo::prose {

struct Word {
  uint32_t begin = 0, end = 0;   // bytes; letters, digits, marks of letters
  bool joined = false;           // only blanks stand between it and the word before
  bool is_number = false;        // digits only
  uint64_t exact = 0;            // hash of the word in lower case, composed, new tone placement apart
  uint64_t bare = 0;             // hash of the same without any mark
};

std::vector<Word> WordsOf(std::string_view passage);

// Likewise for one phrase: the hashes of its words joined in order. Equal phrases have equal hashes.
uint64_t Joined(uint64_t hash, uint64_t word);

}  // namespace ordo::prose

// Two texts as one sequence of runs: words that both have, that only the old one has, that only the new one has. In: two texts, any
// bytes. Out: runs, blanks between words evened out; the old words of a place stand before its new ones. Bounded: beyond 200 changed
// places the whole middle counts as changed, so the cost grows linearly with the texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/blanks.h"

namespace ordo::diff {

struct Run {
  enum class Kind { kSame, kOld, kNew };
  Kind kind = Kind::kSame;
  std::string text;  // words with one blank between them; never empty
  friend bool operator==(const Run&, const Run&) = default;
};

std::vector<Run> WordDiff(std::string_view was, std::string_view now);
// «… theo Kế hoạch [-CCHC-]{+năm+} của phường …»: of what is the same only `context` words beside a change, of the whole at most
// `most` bytes, whole words, «…» for what is left out.
std::string Marked(const std::vector<Run>& runs, size_t context, size_t most);
// The text of one side with only `context` words beside a change, «…» for what is left out.
std::string Around(const std::vector<Run>& runs, Run::Kind kind, size_t context, size_t most);
// The changes one by one, at most `most` of them: what went, what came. Where words took the place of others both stand with the word
// in front of them, for a syllable alone is hard to read: «… quản lý nhà nước» and «… quản trị địa phương».
struct Swap {
  std::string was, now;  // "": nothing
};
std::vector<Swap> Swaps(const std::vector<Run>& runs, size_t most);

// At most `most` bytes of whole words, «…» behind if words are left out.
std::string Shortened(std::string_view text, size_t most);

}  // namespace ordo::diff

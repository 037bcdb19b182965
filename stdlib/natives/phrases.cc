#include "stdlib/natives/phrases.h"

#include <algorithm>
#include <utility>

#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace ordo::natives {

namespace {

std::string_view First(std::string_view phrase) { return phrase.substr(0, phrase.find(' ')); }

bool ByFirstWord(std::string_view a, std::string_view b) { return std::pair(First(a), a) < std::pair(First(b), b); }

}  // namespace

UChar32 PointBefore(std::string_view text, size_t at) {
  if (at == 0) return ' ';
  auto position = static_cast<int32_t>(at);
  UChar32 point = ' ';
  U8_PREV(text.data(), 0, position, point);
  return point < 0 ? ' ' : point;
}

UChar32 PointAt(std::string_view text, size_t at) {
  if (at >= text.size()) return ' ';
  auto position = static_cast<int32_t>(at);
  UChar32 point = ' ';
  U8_NEXT(text.data(), position, static_cast<int32_t>(text.size()), point);
  return point < 0 ? ' ' : point;
}

size_t AfterBlanks(std::string_view text, size_t at) {
  while (at < text.size()) {
    if (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')
      ++at;
    else if (text.substr(at).starts_with("\u00A0"))
      at += 2;
    else
      break;
  }
  return at;
}

std::vector<Word> WordsOf(std::string_view text) {
  std::vector<Word> words;
  const auto size = static_cast<int32_t>(text.size());
  int32_t begin = -1;
  bool blanks_only = false, sentence = true;
  for (int32_t at = 0; at <= size;) {
    const int32_t here = at;
    UChar32 point = ' ';
    if (at < size)
      U8_NEXT_OR_FFFD(text.data(), at, size, point);
    else
      ++at;
    if (u_isalnum(point)) {
      if (begin < 0) begin = here;
      continue;
    }
    if (begin >= 0) {
      words.push_back({text.substr(static_cast<size_t>(begin), static_cast<size_t>(here - begin)), blanks_only, sentence});
      begin = -1;
      blanks_only = true;
      sentence = false;
    }
    blanks_only = blanks_only && point == ' ';
    sentence = sentence || point == '.' || point == ';' || point == ':';
  }
  return words;
}

Phrases::Phrases(std::string_view list) {
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    std::string_view phrase = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (!phrase.empty() && (phrase[0] == ' ' || phrase[0] == '\n')) phrase.remove_prefix(1);
    if (!phrase.empty()) phrases_.push_back(phrase);
  }
  std::sort(phrases_.begin(), phrases_.end(), ByFirstWord);
}

bool Phrases::Has(std::string_view phrase) const {
  return std::binary_search(phrases_.begin(), phrases_.end(), phrase, ByFirstWord);
}

size_t Phrases::Match(const std::vector<Word>& words, size_t at) const {
  const std::string_view first = words[at].text;
  auto phrase = std::lower_bound(phrases_.begin(), phrases_.end(), first,
                                 [](std::string_view a, std::string_view word) { return First(a) < word; });
  size_t longest = 0;
  for (; phrase != phrases_.end() && First(*phrase) == first; ++phrase) {
    std::string_view rest = phrase->substr(first.size());
    size_t next = at + 1;
    while (!rest.empty() && next < words.size() && words[next].joined && First(rest.substr(1)) == words[next].text) {
      rest.remove_prefix(1 + words[next].text.size());
      ++next;
    }
    if (rest.empty()) longest = std::max(longest, next - at);
  }
  return longest;
}

}  // namespace ordo::natives

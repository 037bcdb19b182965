#include "runtime/prose/words.h"

#include <array>
#include <string>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace ordo::prose {
namespace {

constexpr uint64_t kSeed = 0xcbf29ce484222325, kPrime = 0x100000001b3;
constexpr UChar32 kTable = 0x1F00;   // Latin, with the letters of Vietnamese at its end

struct Letter {
  uint16_t lower = 0;   // 0: no letter or digit
  uint16_t bare = 0;    // lower case without marks
};

// Of every sign below kTable; made once from the character data of ICU.
const std::array<Letter, kTable>& Letters() {
  static const std::array<Letter, kTable> letters = [] {
    std::array<Letter, kTable> out{};
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
    for (UChar32 c = 0; c < kTable; ++c) {
      const bool mark = c >= 0x300 && c <= 0x36F;
      if (!u_isalnum(c) && !mark) continue;
      Letter& letter = out[static_cast<size_t>(c)];
      const UChar32 lower = u_tolower(c);
      letter.lower = static_cast<uint16_t>(lower < 0x10000 ? lower : c);
      letter.bare = letter.lower;
      icu::UnicodeString parts;
      if (U_SUCCESS(status) && nfd->getDecomposition(lower, parts)) letter.bare = parts.charAt(0);
      if (lower == 0x111) letter.bare = 'd';
      if (mark) letter.bare = 0xFFFF;   // adds nothing
    }
    return out;
  }();
  return letters;
}

}  // namespace

uint64_t Joined(uint64_t hash, uint64_t word) { return (hash ^ word) * kPrime + 0x9e3779b97f4a7c15; }

std::vector<Word> WordsOf(std::string_view text) {
  const std::array<Letter, kTable>& letters = Letters();
  std::vector<Word> words;
  words.reserve(text.size() / 5 + 1);
  const auto length = static_cast<int32_t>(std::min<size_t>(text.size(), INT32_MAX));
  bool in_word = false, blanks = false;
  for (int32_t i = 0; i < length;) {
    const int32_t at = i;
    UChar32 c;
    U8_NEXT(text.data(), i, length, c);
    const Letter letter = c >= 0 && c < kTable ? letters[static_cast<size_t>(c)] : Letter{};
    if (letter.lower == 0) {
      if (in_word || words.empty()) blanks = true;
      in_word = false;
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') blanks = false;
      continue;
    }
    if (!in_word) {
      Word& word = words.emplace_back();
      word.begin = static_cast<uint32_t>(at);
      word.joined = blanks && words.size() > 1;
      word.is_number = true;
      word.exact = word.bare = kSeed;
      in_word = true;
    }
    Word& word = words.back();
    word.end = static_cast<uint32_t>(i);
    word.is_number &= c >= '0' && c <= '9';
    word.exact = (word.exact ^ letter.lower) * kPrime;
    if (letter.bare != 0xFFFF) word.bare = (word.bare ^ letter.bare) * kPrime;
  }
  return words;
}

}  // namespace ordo::prose

// Words and phrases of a text, for natives that look for what it says. Positions are bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/unicode.h"
#include "unicode/utypes.h"

namespace ordo::natives {

// The point before `at` and that at it; a blank where there is none or no well-formed one.
UChar32 PointBefore(std::string_view text, size_t at);
UChar32 PointAt(std::string_view text, size_t at);
size_t AfterBlanks(std::string_view text, size_t at);  // no-break ones too

// A text whose letters are single points.
class Composed {
 public:
  explicit Composed(std::string_view text) : text_(text) {
    if (!HasCombiningMark(text)) return;
    copy_ = ToNfc(text);
    text_ = copy_;
  }
  Composed(const Composed&) = delete;
  Composed& operator=(const Composed&) = delete;
  std::string_view text() const { return text_; }

 private:
  std::string copy_;
  std::string_view text_;
};

struct Word {
  std::string_view text;
  bool joined = false;           // nothing but a blank between it and the word before
  bool begins_sentence = false;  // a full stop, semicolon or colon before it
};

// The words of a text in the form of FoldName, or of a composed one.
std::vector<Word> WordsOf(std::string_view text);
inline std::string_view Before(const std::vector<Word>& words, size_t at) {
  return at == 0 ? std::string_view() : words[at - 1].text;
}
inline std::string_view At(const std::vector<Word>& words, size_t at) {
  return at < words.size() ? words[at].text : std::string_view();
}

// A list of phrases in the form of FoldName, parted by commas; words parted by one blank.
class Phrases {
 public:
  explicit Phrases(std::string_view list);
  bool Has(std::string_view phrase) const;
  // How many words the longest phrase that begins at this word has; 0: none does.
  size_t Match(const std::vector<Word>& words, size_t at) const;

 private:
  std::vector<std::string_view> phrases_;  // by first word
};

}  // namespace ordo::natives

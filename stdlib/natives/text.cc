#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>

#include "runtime/base/unicode.h"
#include "stdlib/natives/families.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace ordo::natives {

namespace {

using Cells = std::span<const ir::Cell>;

std::string_view TextOf(const ir::Program& program, ir::Cell cell) { return program.text(Symbol(static_cast<uint32_t>(cell))); }

// ---- names and words ----

// The distinct words of a folded text that have a letter, in order of their bytes.
std::vector<std::string_view> WordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  const auto size = static_cast<int32_t>(text.size());
  int32_t begin = 0;
  bool letter = false;
  for (int32_t at = 0; at <= size;) {
    const int32_t here = at;
    UChar32 point = ' ';
    if (at < size) U8_NEXT_OR_FFFD(text.data(), at, size, point);
    else ++at;
    if (u_isalnum(point)) {
      letter = letter || u_isalpha(point);
      continue;
    }
    if (letter) words.push_back(text.substr(static_cast<size_t>(begin), static_cast<size_t>(here - begin)));
    begin = at;
    letter = false;
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

// The share of the distinct words of the text with fewer of them that the other has too, down to a hundredth of a percent: a
// third does not end. Absent if that text has no word.
ir::Cell SharedWords(const ir::Program& program, Cells cells) {
  const std::string a = FoldName(TextOf(program, cells[0])), b = FoldName(TextOf(program, cells[1]));
  std::vector<std::string_view> fewer = WordsOf(a), more = WordsOf(b);
  if (fewer.size() > more.size()) std::swap(fewer, more);
  if (fewer.empty()) return ir::kAbsent;
  const auto shared = std::count_if(fewer.begin(), fewer.end(), [&](std::string_view word) {
    return std::binary_search(more.begin(), more.end(), word);
  });
  return Decimal::Make(shared * 10000 / static_cast<int64_t>(fewer.size()), 4)->cell();
}

ir::Cell SameName(const ir::Program& program, Cells cells) {
  return cells[0] == cells[1] || FoldName(TextOf(program, cells[0])) == FoldName(TextOf(program, cells[1]));
}

ir::Cell Contains(const ir::Program& program, Cells cells) {
  return FoldName(TextOf(program, cells[0])).find(FoldName(TextOf(program, cells[1]))) != std::string::npos;
}

// Whether the official wording of the first begins with that of the second. Looks at the beginning alone.
ir::Cell BeginsWith(const ir::Program& program, Cells cells) {
  const std::string_view text = TextOf(program, cells[0]), beginning = TextOf(program, cells[1]);
  if (!text.empty() && !beginning.empty()) {
    // Two different consonants of ASCII fold to two different ones.
    const auto consonant = [](char c) { return u_isalpha(static_cast<unsigned char>(c)) && static_cast<unsigned char>(c) < 0x80 && !std::strchr("aeiouyAEIOUY", c); };
    if (consonant(text[0]) && consonant(beginning[0]) && (text[0] | 0x20) != (beginning[0] | 0x20)) return 0;
  }
  size_t size = std::min(text.size(), 3 * beginning.size() + 16);   // room for combining marks and runs of blanks
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return FoldName(text.substr(0, size)).starts_with(FoldName(beginning));
}

ir::Cell EndsWith(const ir::Program& program, Cells cells) {
  return FoldName(TextOf(program, cells[0])).ends_with(FoldName(TextOf(program, cells[1])));
}

// Equal but for tone and letter marks: «Phòng Văn hoá», «PHONG VAN HOA».
ir::Cell SameLetters(const ir::Program& program, Cells cells) {
  return cells[0] == cells[1] || FoldMarks(TextOf(program, cells[0])) == FoldMarks(TextOf(program, cells[1]));
}

// Letters to be added, dropped or changed to make one name of the other; absent for texts that are no names.
ir::Cell Distance(const ir::Program& program, Cells cells) {
  const auto distance = SpellingDistance(TextOf(program, cells[0]), TextOf(program, cells[1]));
  return distance ? Decimal::FromInt(static_cast<int64_t>(*distance)).cell() : ir::kAbsent;
}

// Runs of letters and digits, each time they stand.
ir::Cell WordsIn(const ir::Program& program, Cells cells) {
  const std::string_view text = TextOf(program, cells[0]);
  int64_t words = 0;
  bool inside = false;
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(text.data(), at, static_cast<int32_t>(text.size()), point);
    const bool letter = u_isalnum(point) || u_getIntPropertyValue(point, UCHAR_GENERAL_CATEGORY) == U_NON_SPACING_MARK;
    words += letter && !inside;
    inside = letter;
  }
  return Decimal::FromInt(words).cell();
}

ir::Cell Length(const ir::Program& program, Cells cells) {
  return Decimal::FromInt(static_cast<int64_t>(CountGraphemes(TextOf(program, cells[0])))).cell();
}

// ---- blanks left open ----

using Spellings = std::array<std::string_view, 3>;
constexpr Spellings kNumberWord = {"số", "Số", "SỐ"};
constexpr std::array<Spellings, 3> kDateWords = {
    Spellings{"ngày", "Ngày", "NGÀY"}, Spellings{"tháng", "Tháng", "THÁNG"}, Spellings{"năm", "Năm", "NĂM"}};

size_t SizeOf(const Spellings& word, std::string_view text) {
  for (const std::string_view spelling : word) {
    if (text.starts_with(spelling)) return spelling.size();
  }
  return 0;
}

// Whether a word can begin here: after nothing, a sign of ASCII, a no-break space or a typographic sign such as “ or –.
bool BeginsWord(std::string_view text, size_t at) {
  if (at == 0) return true;
  const auto before = static_cast<unsigned char>(text[at - 1]);
  if (before < 0x80) return !u_isalnum(before);
  if (at >= 2 && text.substr(at - 2, 2) == "\u00A0") return true;
  return at >= 3 && text.substr(at - 3, 2) == "\xE2\x80";
}

// What people leave to be filled in: blanks, dots, an ellipsis, underscores.
struct Gap {
  size_t size = 0;     // bytes
  bool blank_first = false;
  size_t blanks = 0;
  size_t dots = 0;     // an ellipsis is three
};
Gap GapAt(std::string_view text) {
  Gap gap;
  while (gap.size < text.size()) {
    const std::string_view rest = text.substr(gap.size);
    size_t size = 1;
    if (rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n') {
      ++gap.blanks;
    } else if (rest.starts_with("\u00A0")) {
      ++gap.blanks;
      size = 2;
    } else if (rest[0] == '.' || rest[0] == '_') {
      ++gap.dots;
    } else if (rest.starts_with("…")) {
      gap.dots += 3;
      size = 3;
    } else {
      break;
    }
    gap.blank_first = gap.blank_first || (gap.size == 0 && gap.blanks == 1);
    gap.size += size;
  }
  return gap;
}

bool SymbolFollows(std::string_view text) {
  return text.size() >= 2 && (u_isalnum(static_cast<unsigned char>(text[1])) || static_cast<unsigned char>(text[1]) >= 0x80);
}

// «số      /KH-UBND», «số …/KH-UBND», «ngày       /01/2026», «ngày ... tháng ... năm». Not «một số», «ngày, tháng, năm»,
// «trong 5 ngày», «Số / ký hiệu», nor dots that only trail off («hằng năm...»).
bool HasBlank(std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool may_be = c == 's' || c == 'S' || c == 'n' || c == 'N' || c == 't' || c == 'T';
    if (!may_be || !BeginsWord(text, at)) continue;
    std::string_view rest = text.substr(at);
    size_t size = SizeOf(kNumberWord, rest);
    const bool number = size > 0;
    for (size_t i = 0; size == 0 && i < kDateWords.size(); ++i) size = SizeOf(kDateWords[i], rest);
    if (size == 0) continue;
    rest.remove_prefix(size);
    const Gap gap = GapAt(rest);
    if (gap.size == 0) continue;
    rest.remove_prefix(gap.size);
    if (rest.starts_with('/') && SymbolFollows(rest)) return true;
    if (number) continue;
    if (rest.empty() && gap.blank_first && gap.dots >= 2) return true;
    if (gap.dots < 2 && gap.blanks < 2) continue;
    for (const Spellings& word : kDateWords) {
      if (SizeOf(word, rest) > 0) return true;
    }
  }
  return false;
}

ir::Cell HasBlankCell(const ir::Program& program, Cells cells) {
  const std::string_view text = TextOf(program, cells[0]);
  return HasCombiningMark(text) ? HasBlank(ToNfc(text)) : HasBlank(text);
}

}  // namespace

void RegisterText(std::vector<eval::Native>& all) {
  using ir::Type;
  all.push_back({"shared_words", {Type::kText, Type::kText}, Type::kPercent, SharedWords});
  all.push_back({"has_blank", {Type::kText}, Type::kBool, HasBlankCell});
  all.push_back({"same_name", {Type::kText, Type::kText}, Type::kBool, SameName});
  all.push_back({"contains", {Type::kText, Type::kText}, Type::kBool, Contains});
  all.push_back({"begins_with", {Type::kText, Type::kText}, Type::kBool, BeginsWith});
  all.push_back({"ends_with", {Type::kText, Type::kText}, Type::kBool, EndsWith});
  all.push_back({"same_letters", {Type::kText, Type::kText}, Type::kBool, SameLetters});
  all.push_back({"distance", {Type::kText, Type::kText}, Type::kNumber, Distance});
  all.push_back({"words_in", {Type::kText}, Type::kNumber, WordsIn});
  all.push_back({"length", {Type::kText}, Type::kNumber, Length});
}

}  // namespace ordo::natives

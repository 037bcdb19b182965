#include "runtime/base/unicode.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <tuple>
#include <vector>

#include "fmt/format.h"
#include "unicode/brkiter.h"
#include "unicode/bytestream.h"
#include "unicode/casemap.h"
#include "unicode/normalizer2.h"
#include "unicode/uchar.h"
#include "unicode/utext.h"
#include "unicode/utf8.h"

namespace ordo {

namespace {

constexpr UChar32 kIllFormed = -1;

// ICU fails only when its own data is missing: our fault, never the user's.
void Check(UErrorCode status) {
  if (U_SUCCESS(status)) return;
  fmt::print(stderr, "ICU: {}\n", u_errorName(status));
  std::abort();
}

// The code point at `at`, which moves past it; negative if the bytes are not well-formed.
inline UChar32 NextPoint(std::string_view text, size_t& at) {
  UChar32 point;
  U8_NEXT(text.data(), at, text.size(), point);
  return point;
}

inline UChar32 PeekPoint(std::string_view text, size_t at) { return at < text.size() ? NextPoint(text, at) : kIllFormed; }

void AppendPoint(std::string& out, UChar32 point) {
  char bytes[U8_MAX_LENGTH];
  size_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, point);
  out.append(bytes, size);
}

bool IsAscii(std::string_view text) {
  unsigned char bits = 0;
  for (const char c : text) bits |= static_cast<unsigned char>(c);
  return bits < 0x80;
}

// The blocks that hold all Vietnamese letters.
constexpr bool IsLatinLetterBlock(UChar32 point) {
  return (point >= 0xC0 && point < 0x250) || (point >= 0x1E00 && point < 0x1F00);
}

// Points that never join with one another into one cluster; with them alone, counting points is counting clusters.
constexpr bool StandsAlone(UChar32 point) {
  return (point >= 0 && point < 0x300 && point != '\r') || (point >= 0x1E00 && point < 0x1F00) ||
         (point >= 0x2010 && point < 0x2028);
}

const icu::Normalizer2& Nfc() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
  Check(status);
  return *normalizer;
}

// The tone marks of Vietnamese, in one order, on the letters between which a tone can move.
constexpr std::array<std::u16string_view, 3> kSecondLetters = {u"àáảãạ", u"èéẻẽẹ", u"ỳýỷỹỵ"};
constexpr std::u16string_view kSecondBases = u"aey";
constexpr std::u16string_view kTonedO = u"òóỏõọ";
constexpr std::u16string_view kTonedU = u"ùúủũụ";

struct MovedTone {
  UChar32 first = 0;  // now with the tone
  char second = 0;    // now without
};

// oà -> òa, oè -> òe, uỳ -> ùy for the open end of a syllable; first is 0 if `second` after `first` is no such pair.
MovedTone MoveTone(UChar32 first, UChar32 second) {
  if (!IsLatinLetterBlock(second)) return {};
  for (size_t i = 0; i < kSecondLetters.size(); ++i) {
    const size_t tone = kSecondLetters[i].find(static_cast<char16_t>(second));
    if (tone == std::u16string_view::npos) continue;
    const char base = static_cast<char>(kSecondBases[i]);
    if (first != (base == 'y' ? 'u' : 'o')) return {};
    return {(base == 'y' ? kTonedU : kTonedO)[tone], base};
  }
  return {};
}

// One point for FoldName; a blank for anything blank.
UChar32 FoldPoint(UChar32 point) {
  if (IsLatinLetterBlock(point)) return u_tolower(point);
  if (u_isUWhiteSpace(point)) return ' ';
  switch (point) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
      return '"';
  }
  if (u_hasBinaryProperty(point, UCHAR_DASH)) return '-';
  return u_tolower(point);
}

constexpr std::array<char, 128> kAsciiFold = [] {
  std::array<char, 128> fold{};
  for (int c = 0; c < 128; ++c) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    fold[c] = blank ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
  }
  return fold;
}();

// The letter under the marks; 0 for a mark that stands alone.
UChar32 DecomposeToBase(UChar32 point) {
  if (point == 0x111) return 'd';  // đ has no decomposition
  if (u_charType(point) == U_NON_SPACING_MARK) return 0;
  icu::UnicodeString parts;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  Check(status);
  return nfd->getDecomposition(point, parts) ? parts.char32At(0) : point;
}

UChar32 BaseLetter(UChar32 point) {
  // Constant after its first use: the marks of the Latin blocks looked up once.
  struct Table {
    std::array<char16_t, 0x250> low;
    std::array<char16_t, 0x100> additional;
    Table() {
      for (size_t i = 0; i < low.size(); ++i) low[i] = static_cast<char16_t>(DecomposeToBase(static_cast<UChar32>(i)));
      for (size_t i = 0; i < additional.size(); ++i) {
        additional[i] = static_cast<char16_t>(DecomposeToBase(static_cast<UChar32>(0x1E00 + i)));
      }
    }
  };
  static const Table table;
  if (point < 0x250) return table.low[point];
  if (point >= 0x1E00 && point < 0x1F00) return table.additional[point - 0x1E00];
  return DecomposeToBase(point);
}

std::u32string ToPoints(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (size_t at = 0; at < text.size();) points.push_back(static_cast<char32_t>(NextPoint(text, at)));
  return points;
}

// Insertions, deletions and substitutions that turn `a` into `b`; anything above `limit` is told as limit + 1.
size_t EditDistance(std::u32string_view a, std::u32string_view b, size_t limit, std::vector<size_t>& row) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
  row.resize(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    size_t smallest = row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
      smallest = std::min(smallest, row[j]);
    }
    if (smallest > limit) return limit + 1;
  }
  return std::min(row[b.size()], limit + 1);
}

void TrimFolded(std::string& name) {
  while (!name.empty() && (name.back() == ' ' || name.back() == '.' || name.back() == ';')) name.pop_back();
}

// ASCII never grows, has no tone to move and needs no look at its neighbours but for blanks.
std::string FoldAsciiName(std::string_view text) {
  std::string out(text.size(), '\0');
  char* end = out.data();
  char last = ' ';
  for (const char c : text) {
    const char folded = kAsciiFold[static_cast<unsigned char>(c)];
    *end = folded;
    end += !(folded == ' ' && last == ' ');
    last = folded;
  }
  out.resize(static_cast<size_t>(end - out.data()));
  TrimFolded(out);
  return out;
}

}  // namespace

std::optional<size_t> FindInvalidUtf8(std::string_view text) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kHighBits = 0x8080808080808080;
  size_t at = 0;
  while (at < text.size()) {
    if (at + 8 <= text.size()) {
      uint64_t word;
      std::memcpy(&word, text.data() + at, 8);
      // A high bit is left by a byte above 0x7F and by the borrow of a zero byte.
      if (((word | (word - kOnes)) & kHighBits) == 0) {
        at += 8;
        continue;
      }
    }
    const size_t begin = at;
    if (NextPoint(text, at) <= 0) return begin;
  }
  return std::nullopt;
}

bool HasCombiningMark(std::string_view text) {
  // U+0300..U+036F is CC 80 .. CD AF, and neither CC nor CD is ever a trail byte.
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xFE) != 0xCC) continue;
    if (byte == 0xCC || (i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) <= 0xAF)) return true;
  }
  return false;
}

std::string ToNfc(std::string_view text) {
  if (IsAscii(text) || FindInvalidUtf8(text)) return std::string(text);
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  UErrorCode status = U_ZERO_ERROR;
  std::string composed;
  composed.reserve(text.size());
  icu::StringByteSink<std::string> sink(&composed);
  Nfc().normalizeUTF8(0, piece, sink, nullptr, status);
  Check(status);
  return composed;
}

size_t CountGraphemes(std::string_view text) { return FindGrapheme(text, text.size()).index; }

GraphemePlace FindGrapheme(std::string_view text, size_t offset) {
  offset = std::min(offset, text.size());
  GraphemePlace last;  // the latest point that certainly begins a cluster
  size_t at = 0;
  size_t index = 0;
  while (true) {
    if (at == text.size()) return {index, at};
    const size_t begin = at;
    if (!StandsAlone(NextPoint(text, at))) break;
    if (at > offset) return {index, begin};  // whatever follows can only join this cluster, not move its beginning
    last = {index, begin};
    ++index;
  }

  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> breaks(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  Check(status);
  UText rest = UTEXT_INITIALIZER;
  utext_openUTF8(&rest, text.data() + last.begin, static_cast<int64_t>(text.size() - last.begin), &status);
  breaks->setText(&rest, status);
  Check(status);
  GraphemePlace place = last;
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE && last.begin + end <= offset; end = breaks->next()) {
    ++place.index;
    place.begin = last.begin + end;
  }
  utext_close(&rest);
  return place;
}

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size();) {
    const UChar32 point = NextPoint(text, at);
    if (point < 0x300 || IsLatinLetterBlock(point)) {  // ill-formed bytes too: shown as one replacement sign
      ++width;
      continue;
    }
    const int32_t mask = U_GET_GC_MASK(point);
    // Middle and final jamo join the syllable before them.
    const bool jamo = point >= 0x1160 && point < 0x1200;
    if (jamo || (mask & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) continue;
    const int32_t east_asian = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
    width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

std::string FoldName(std::string_view text) {
  if (IsAscii(text)) return FoldAsciiName(text);
  std::string composed;
  if (HasCombiningMark(text)) {
    composed = ToNfc(text);
    text = composed;
  }
  std::string out;
  out.reserve(text.size());
  UChar32 before = ' ';  // the last two points written
  UChar32 last = ' ';
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    UChar32 point;
    if (byte < 0x80) {
      ++at;
      point = kAsciiFold[byte];
    } else {
      const size_t begin = at;
      point = NextPoint(text, at);
      if (point < 0) {
        out.append(text.substr(begin, at - begin));
        before = last = kIllFormed;
        continue;
      }
      point = FoldPoint(point);
    }
    if (point < 0x80) {
      if (point == ' ' && last == ' ') continue;
      out.push_back(static_cast<char>(point));
    } else {
      MovedTone moved;
      if (last == 'o' || (last == 'u' && before != 'q')) moved = MoveTone(last, point);
      if (moved.first != 0 && !u_isalpha(PeekPoint(text, at))) {
        out.pop_back();
        AppendPoint(out, moved.first);
        out.push_back(moved.second);
        last = moved.first;
        point = moved.second;
      } else {
        AppendPoint(out, point);
      }
    }
    before = last;
    last = point;
  }
  TrimFolded(out);
  return out;
}

std::string UpperCase(std::string_view text) {
  const std::string composed = ToNfc(text);
  std::string capitals;
  icu::StringByteSink<std::string> sink(&capitals, static_cast<int32_t>(composed.size()));
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8ToUpper("vi", 0, {composed.data(), static_cast<int32_t>(composed.size())}, sink, nullptr, status);
  return U_FAILURE(status) ? composed : capitals;
}

std::string FoldMarks(std::string_view text) {
  const std::string name = FoldName(text);
  std::string out;
  out.reserve(name.size());
  for (size_t at = 0; at < name.size();) {
    const auto byte = static_cast<unsigned char>(name[at]);
    if (byte < 0x80) {
      out.push_back(name[at++]);
      continue;
    }
    const size_t begin = at;
    const UChar32 point = NextPoint(name, at);
    if (point < 0) {
      out.append(name, begin, at - begin);
    } else if (const UChar32 base = BaseLetter(point); base != 0) {
      AppendPoint(out, base);
    }
  }
  return out;
}

std::optional<size_t> SpellingDistance(std::string_view a, std::string_view b) {
  constexpr size_t kMostPoints = 500, kMostBytes = 8 * kMostPoints;
  if (a.size() > kMostBytes || b.size() > kMostBytes) return std::nullopt;
  const std::u32string first = ToPoints(FoldName(a)), second = ToPoints(FoldName(b));
  if (first.size() > kMostPoints || second.size() > kMostPoints) return std::nullopt;
  std::vector<size_t> row;
  return EditDistance(first, second, first.size() + second.size(), row);
}

std::optional<size_t> FindNearest(std::string_view word, std::span<const std::string_view> candidates) {
  const std::u32string bare = ToPoints(FoldMarks(word));
  if (bare.empty()) return std::nullopt;
  const std::u32string name = ToPoints(FoldName(word));
  std::vector<size_t> row;
  std::optional<size_t> nearest;
  size_t least = bare.size() / 3;
  size_t least_by_name = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    const size_t distance = EditDistance(bare, ToPoints(FoldMarks(candidates[i])), least, row);
    if (distance > least) continue;
    const size_t by_name = EditDistance(name, ToPoints(FoldName(candidates[i])), name.size() + candidates[i].size(), row);
    if (nearest && distance == least && by_name >= least_by_name) continue;
    nearest = i;
    least = distance;
    least_by_name = by_name;
  }
  return nearest;
}

}  // namespace ordo

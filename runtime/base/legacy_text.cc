#include "runtime/base/legacy_text.h"

#include <algorithm>
#include <array>

#include <unicode/utf8.h>

namespace ordo {
namespace {

constexpr bool IsAsciiLetter(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Lower case in ASCII and in the upper half of Latin-1; VNI and TCVN3 keep capitals where Latin-1 has them, or nowhere.
constexpr int32_t Lower(int32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ? c + 0x20 : c; }

// VNI writes a vowel and behind it its mark and tone in one byte.
bool IsVniPair(int32_t vowel, int32_t mark) {
  const bool upper = (vowel >= 'A' && vowel <= 'Z') || (vowel >= 0xC0 && vowel <= 0xDE);
  if (upper) vowel = Lower(vowel), mark = Lower(mark);
  const auto in = [mark](std::string_view marks) {
    return mark >= 0xC0 && mark <= 0xFF && marks.find(static_cast<char>(mark)) != std::string_view::npos;
  };
  constexpr std::string_view kTones = "\xF9\xF8\xFB\xF5\xEF";                // acute, grave, hook, tilde, dot
  constexpr std::string_view kRoof = "\xE2\xE1\xE0\xE5\xE3\xE4";              // of â, ê, ô, alone and with each tone
  constexpr std::string_view kBreve = "\xEA\xE9\xE8\xFA\xFC\xEB";             // of ă
  switch (vowel) {
    case 'a': return in(kTones) || in(kRoof) || in(kBreve);
    case 'e': case 'o': return in(kTones) || in(kRoof);
    case 'u': case 0xF4: case 0xF6: return in(kTones);   // ô stands for ơ, ö for ư
    case 'y': return in(kTones.substr(0, 4));
    default: return false;
  }
}

// Pairs that other languages write as well: «où», «maïs», «Loïc», «ouïe», «Saül», «Raphaël».
bool IsFrenchPair(int32_t vowel, int32_t mark) {
  vowel = Lower(vowel), mark = Lower(mark);
  return mark == 0xEF || (mark == 0xF9 && vowel == 'o') || ((mark == 0xFC || mark == 0xEB) && vowel == 'a');
}

// Letters of TCVN3 that are signs or marks elsewhere, as the letters of no language: ă â ê ô ơ ư đ, a and ă with their tones.
constexpr bool IsTcvnSign(int32_t c) {
  return (c >= 0xA8 && c <= 0xAE) || (c >= 0xB5 && c <= 0xB9) || (c >= 0xBB && c <= 0xBE);
}

// Windows-1258 writes the tone behind the vowel; these are its tones, and they are letters of Windows-1252.
constexpr bool IsTone1258(int32_t c) { return c == 0xCC || c == 0xEC || c == 0xDE || c == 0xD2 || c == 0xF2; }
constexpr bool IsVowel1258(int32_t c) {
  switch (Lower(c)) {
    case 'a': case 'e': case 'i': case 'o': case 'u': case 'y': case 0xE2: case 0xE3: case 0xEA: case 0xF4: case 0xF5: case 0xFD: return true;
    default: return false;
  }
}

}  // namespace

Encoding GuessEncoding(std::string_view bytes) {
  if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)) || bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return Encoding::kUtf32;
  if (bytes.starts_with("\xFF\xFE") && bytes.size() % 2 == 0) return Encoding::kUtf16Le;
  if (bytes.starts_with("\xFE\xFF") && bytes.size() % 2 == 0) return Encoding::kUtf16Be;
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return Encoding::kOffice;
  if (bytes.starts_with("%PDF") || bytes.starts_with("{\\rtf")) return Encoding::kBinary;
  constexpr size_t kLooked = 4096;
  size_t zeros[2] = {0, 0}, controls = 0;
  const size_t looked = std::min(bytes.size(), kLooked);
  for (size_t i = 0; i < looked; ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    zeros[i % 2] += c == 0;
    controls += c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
  }
  // Half of the bytes of Vietnamese in UTF-16 are zeros, or a bit fewer; all on one side.
  if (zeros[0] + zeros[1] > looked / 5) {
    if (zeros[0] * 20 < zeros[1]) return Encoding::kUtf16Le;
    if (zeros[1] * 20 < zeros[0]) return Encoding::kUtf16Be;
  }
  if (controls > looked / 20) return Encoding::kBinary;

  // What of it is sound UTF-8 is left out: of a file with one passage that is not, that passage decides.
  size_t sound = 0, stray = 0, tcvn = 0, vni = 0, cp1258 = 0;
  int32_t before = ' ';
  const auto size = static_cast<int64_t>(bytes.size());
  for (int64_t i = 0; i < size;) {
    const auto c = static_cast<unsigned char>(bytes[static_cast<size_t>(i)]);
    if (c >= 0x80) {
      const auto rest = static_cast<int32_t>(std::min<int64_t>(size - i, 4));
      int32_t taken = 0;
      UChar32 point;
      U8_NEXT(bytes.data() + i, taken, rest, point);
      if (point >= 0x80) {
        ++sound;
        i += taken;
        before = ' ';
        continue;
      }
      ++stray;
      tcvn += IsTcvnSign(c);
      const bool start = !IsAsciiLetter(before) && before < 0x80;
      vni += IsVniPair(before, c) || ((c == 0xF1 || c == 0xD1) && start);
      cp1258 += (IsTone1258(c) && IsVowel1258(before)) || ((c == 0xF0 || c == 0xD0) && start) || (before == 0xFD && c == 0xF5);
    }
    before = c;
    ++i;
  }
  constexpr size_t kFew = 3;
  if (stray <= kFew && (sound >= stray || stray == bytes.size())) return Encoding::kDamagedUtf8;
  if (sound > 20 * stray) return Encoding::kDamagedUtf8;
  // Of Vietnamese about half of such bytes and more speak for one of the three; of other languages few do.
  if (std::max({tcvn, vni, cp1258}) * 10 < stray * 3) return Encoding::kWindows1252;
  if (tcvn > vni && tcvn > cp1258) return Encoding::kTcvn3;
  return vni > cp1258 ? Encoding::kVni : Encoding::kWindows1258;
}

namespace {

// A letter that Vietnamese alone has, or a mark of its own behind a letter.
constexpr bool IsVietnamese(int32_t c) {
  return (c >= 0x1EA0 && c <= 0x1EF9) || c == 0x102 || c == 0x103 || c == 0x110 || c == 0x111 || c == 0x128 || c == 0x129 || c == 0x168 ||
         c == 0x169 || c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0 || (c >= 0x300 && c <= 0x323);
}

// What a byte 80 to BF of UTF-8 becomes in Windows-1252.
constexpr bool IsContinuation1252(int32_t c) {
  if (c >= 0x80 && c <= 0xBF) return true;
  switch (c) {
    case 0x20AC: case 0x201A: case 0x192: case 0x201E: case 0x2026: case 0x2020: case 0x2021: case 0x2C6: case 0x2030: case 0x160: case 0x2039:
    case 0x152: case 0x17D: case 0x2018: case 0x2019: case 0x201C: case 0x201D: case 0x2022: case 0x2013: case 0x2014: case 0x2DC: case 0x2122:
    case 0x161: case 0x203A: case 0x153: case 0x17E: case 0x178: return true;
    default: return false;
  }
}
// The first byte of a Vietnamese letter of UTF-8, and what follows it.
constexpr bool IsUtf8Pair(int32_t first, int32_t second) {
  if (first == 0xE1) return second == 0xBA || second == 0xBB;
  return (first >= 0xC3 && first <= 0xC6) && IsContinuation1252(second);
}

constexpr bool IsWordSign(int32_t c) { return IsAsciiLetter(c) || (c > 0xA0 && c < 0x2000) || (c >= 0x80 && c < 0xA0); }

class Finder {
 public:
  Finder(std::string_view text, size_t most) : text_(text), most_(most) {}

  std::vector<Misread> Run() {
    const auto size = static_cast<int32_t>(std::min<size_t>(text_.size(), INT32_MAX));
    for (int32_t i = 0; i < size && found_.size() < most_;) {
      const int32_t at = i;
      const auto byte = static_cast<unsigned char>(text_[static_cast<size_t>(i)]);
      UChar32 c = byte;
      if (byte < 0x80) ++i;
      else U8_NEXT(text_.data(), i, size, c);
      Sign(c, static_cast<size_t>(at));
    }
    Sign(' ', text_.size());
    Close();
    return std::move(found_);
  }

 private:
  static constexpr size_t kLeast = 3;       // words of a stretch with such signs
  static constexpr size_t kFarthest = 8;    // plain words in a row that a stretch goes over
  enum Kind : size_t { kT, kV, kW, kU, kKinds };

  void Sign(int32_t c, size_t begin) {
    if (IsUtf8Pair(before_, c)) hits_[kU] = true;   // also over signs that part words
    if (!IsWordSign(c)) {
      if (in_word_) EndWord(begin);
      in_word_ = false;
      second_ = before_, before_ = c;
      return;
    }
    if (!in_word_) {
      in_word_ = true;
      word_ = begin;
    }
    if (IsVietnamese(c)) vietnamese_ = true;
    // Of TCVN3: the sign before this one, now that it is known what follows it. «®» begins a word, «¹» ends one; quotes and the soft
    // hyphen count between letters only.
    if (IsTcvnSign(before_)) {
      const bool letter_before = IsAsciiLetter(second_) || (second_ > 0xA0 && second_ < 0x100);
      if (before_ == 0xAD) hits_[kT] |= c > 0xA0 && c < 0x100;
      else if (before_ == 0xAE) hits_[kT] = true;
      else hits_[kT] |= letter_before;
    }
    // A capital behind a small letter: «nhiÖm», «quyÕt».
    if (before_ >= 'a' && before_ <= 'z' && c >= 0xC6 && c <= 0xDE && !IsTone1258(c)) hits_[kT] = true;
    // «hoà», «khoá»: the last letters of many sound words.
    const bool sound = Lower(before_) == 'o' && (Lower(c) == 0xE0 || Lower(c) == 0xE1 || Lower(c) == 0xE3);
    const bool pair = IsVniPair(before_, c) && !sound;
    hits_[kV] |= pair;
    own_pair_ |= pair && !IsFrenchPair(before_, c);
    d_of_vni_ |= (before_ == 0xF1 || before_ == 0xD1) && word_ + 2 == begin;
    foreign_ |= c >= 0xC6 && c <= 0xFE;
    if (IsTone1258(c) && IsVowel1258(before_) && (c == 0xCC || c == 0xDE || c == 0xD2 || before_ > 0xA0)) hits_[kW] = true;
    if ((before_ == 0xF0 || before_ == 0xD0) && word_ + 2 == begin) hits_[kW] = true;
    second_ = before_, before_ = c;
  }

  void EndWord(size_t end) {
    // A sign of TCVN3 that ends the word: «lµ», «vÒ».
    const bool may_end = before_ != 0xAD && before_ != 0xAE && before_ != 0xAB && before_ != 0xBB;
    if (IsTcvnSign(before_) && may_end && (IsAsciiLetter(second_) || second_ > 0xA0)) hits_[kT] = true;
    if (vietnamese_) {
      Close();
    } else {
      const bool any = d_of_vni_ || std::any_of(hits_.begin(), hits_.end(), [](bool hit) { return hit; });
      if (any) {
        if (words_ == 0) begin_ = lead_ == kNone ? word_ : lead_;
        words_ += plain_ + 1;
        plain_ = 0;
        pairs_ += own_pair_;
        hits_[kV] |= d_of_vni_;
        for (size_t k = 0; k < kKinds; ++k) counts_[k] += hits_[k];
        end_ = end;
      } else {
        if (foreign_ && words_ > 0 && plain_ == 0) end_ = end;   // «vô», «chøc»: letters that other languages have as well
        else ++plain_;
        if (foreign_ && lead_ == kNone) lead_ = word_;
        if (plain_ > kFarthest) Close();
      }
    }
    hits_ = {};
    vietnamese_ = d_of_vni_ = own_pair_ = foreign_ = false;
  }

  void Close() {
    const size_t best = static_cast<size_t>(std::max_element(counts_.begin(), counts_.end()) - counts_.begin());
    const size_t share = best == kV ? 55 : 30;
    if (counts_[best] >= kLeast && counts_[best] * 100 >= words_ * share && (best != kV || pairs_ >= 2) && found_.size() < most_) {
      constexpr Encoding kEncodings[] = {Encoding::kTcvn3, Encoding::kVni, Encoding::kWindows1258, Encoding::kUtf8};
      found_.push_back({begin_, end_, kEncodings[best]});
    }
    counts_ = {};
    words_ = plain_ = pairs_ = 0;
    lead_ = kNone;
  }

  std::string_view text_;
  size_t most_;
  std::vector<Misread> found_;
  int32_t before_ = ' ', second_ = ' ';
  static constexpr size_t kNone = SIZE_MAX;
  bool in_word_ = false, vietnamese_ = false, d_of_vni_ = false, own_pair_ = false, foreign_ = false;
  std::array<bool, kKinds> hits_{};
  std::array<size_t, kKinds> counts_{};
  size_t word_ = 0, begin_ = 0, end_ = 0, words_ = 0, plain_ = 0, pairs_ = 0;
  size_t lead_ = kNone;   // where letters beyond ASCII begin, if no word yet counts
};

}  // namespace

std::vector<Misread> FindMisread(std::string_view text, size_t most) { return Finder(text, most).Run(); }

}  // namespace ordo

#include "compiler/syntax/scanner.h"

#include <array>

namespace ordo {
namespace {

enum Class : uint8_t {
  kOtherByte,
  kBlankByte,
  kLineByte,
  kLetterByte,
  kDigitByte,
  kSignByte,
  kCompareByte,
  kQuoteByte,
  kHighByte,
  kLowLineByte
};

constexpr std::array<uint8_t, 256> MakeClasses() {
  std::array<uint8_t, 256> classes{};
  for (int c = 'a'; c <= 'z'; ++c) classes[c] = kLetterByte;
  for (int c = 'A'; c <= 'Z'; ++c) classes[c] = kLetterByte;
  for (int c = '0'; c <= '9'; ++c) classes[c] = kDigitByte;
  for (const char c : {'{', '}', '(', ')', ';', ',', '.', ':', '+', '-', '*', '/', '%'})
    classes[static_cast<uint8_t>(c)] = kSignByte;
  for (const char c : {'=', '!', '<', '>'}) classes[static_cast<uint8_t>(c)] = kCompareByte;
  for (const char c : {' ', '\t'}) classes[static_cast<uint8_t>(c)] = kBlankByte;
  for (const char c : {'\n', '\r'}) classes[static_cast<uint8_t>(c)] = kLineByte;
  classes['"'] = kQuoteByte;
  classes['_'] = kLowLineByte;
  for (int c = 0x80; c < 0x100; ++c) classes[c] = kHighByte;
  return classes;
}
constexpr std::array<uint8_t, 256> kClasses = MakeClasses();

// Letters beyond ASCII are spelt as ranges, so that lexer and scanner cannot know two versions of Unicode.
enum class High : uint8_t { kLetter, kMark, kBlank, kDash, kCompare, kOpenQuote, kOther };

struct Decoded {
  High kind;
  uint8_t size;
  char sign;
};

Decoded DecodeHigh(std::string_view text, size_t at) {
  const auto b0 = static_cast<uint8_t>(text[at]);
  const auto byte = [&](size_t i) { return at + i < text.size() ? static_cast<uint8_t>(text[at + i]) & 0x3Fu : 0u; };
  if (b0 < 0xE0) {
    const uint32_t cp = ((b0 & 0x1Fu) << 6) | byte(1);
    if (cp >= 0xC0 && cp <= 0x24F && cp != 0xD7 && cp != 0xF7) return {High::kLetter, 2, 0};
    if (cp >= 0x300 && cp <= 0x36F) return {High::kMark, 2, 0};
    if (cp == 0xA0) return {High::kBlank, 2, 0};
    return {High::kOther, 2, 0};
  }
  if (b0 < 0xF0) {
    const uint32_t cp = ((b0 & 0x0Fu) << 12) | (byte(1) << 6) | byte(2);
    if (cp >= 0x1E00 && cp <= 0x1EFF) return {High::kLetter, 3, 0};
    switch (cp) {
      case 0xFEFF: return {High::kBlank, 3, 0};
      case 0x2013:
      case 0x2014: return {High::kDash, 3, '-'};
      case 0x2264: return {High::kCompare, 3, '<'};
      case 0x2265: return {High::kCompare, 3, '>'};
      case 0x2260: return {High::kCompare, 3, '!'};
      case 0x201C: return {High::kOpenQuote, 3, 0};
      default: return {High::kOther, 3, 0};
    }
  }
  return {High::kOther, 4, 0};
}

// Bytes of a Vietnamese letter that begins here, for the leads that are letters whatever follows but few; 0: ask DecodeHigh.
// U+00C0..U+023F without the two signs of arithmetic, and U+1E00..U+1EFF.
size_t LetterBytes(std::string_view text, size_t at) {
  const auto b0 = static_cast<uint8_t>(text[at]);
  if (b0 == 0xE1) {
    return at + 2 < text.size() && static_cast<uint8_t>(text[at + 1]) >= 0xB8 && static_cast<uint8_t>(text[at + 1]) <= 0xBB ? 3
                                                                                                                            : 0;
  }
  if (b0 == 0xC3) return at + 1 < text.size() && text[at + 1] != '\x97' && text[at + 1] != '\xB7' ? 2 : 0;
  return b0 >= 0xC4 && b0 <= 0xC8 ? 2 : 0;
}

class Scanner {
 public:
  Scanner(std::string_view text, uint32_t begin) : text_(text), at_(begin) { tokens_.reserve((text.size() - begin) / 8 + 16); }

  std::vector<Raw> Run() {
    while (at_ < text_.size()) Next();
    Push(RawKind::kEnd, text_.size());
    return std::move(tokens_);
  }

 private:
  uint8_t ClassAt(size_t at) const { return kClasses[static_cast<uint8_t>(text_[at])]; }
  bool DigitAt(size_t at) const { return at < text_.size() && ClassAt(at) == kDigitByte; }

  Raw& Push(RawKind kind, size_t end, char sign = 0) {
    tokens_.push_back({kind, false, sign, false, static_cast<uint32_t>(at_), static_cast<uint32_t>(end)});
    at_ = end;
    return tokens_.back();
  }

  void Next() {
    const char c = text_[at_];
    switch (ClassAt(at_)) {
      case kBlankByte: ++at_; return;
      case kLineByte: Push(RawKind::kNewline, at_ + (c == '\r' && text_.substr(at_ + 1, 1) == "\n" ? 2 : 1)); return;
      case kLetterByte: Word(); return;
      case kDigitByte: Numberish(); return;
      case kSignByte:
        if (c == '/' && text_.substr(at_ + 1, 1) == "/") {
          Push(RawKind::kComment, LineEnd(at_));
        } else {
          Push(RawKind::kPunctuation, at_ + 1, c);
        }
        return;
      case kCompareByte: Compare(c); return;
      case kQuoteByte: Quoted(); return;
      case kHighByte: break;
      default: Push(RawKind::kOther, at_ + 1); return;
    }
    if (LetterBytes(text_, at_)) return Word();
    const Decoded high = DecodeHigh(text_, at_);
    switch (high.kind) {
      case High::kLetter: Word(); return;
      case High::kBlank: at_ += high.size; return;
      case High::kDash: Push(RawKind::kPunctuation, at_ + high.size, '-'); return;
      case High::kCompare: Push(RawKind::kCompare, at_ + high.size, high.sign).or_equal = high.sign != '!'; return;
      case High::kOpenQuote: Curly(); return;
      default: Push(RawKind::kOther, at_ + high.size); return;
    }
  }

  void Word() {
    size_t end = at_;
    bool decomposed = false;
    while (end < text_.size()) {
      const uint8_t cls = ClassAt(end);
      if (cls == kLetterByte || cls == kDigitByte || cls == kLowLineByte) {
        ++end;
      } else if (cls == kHighByte) {
        if (const size_t size = LetterBytes(text_, end)) {
          end += size;
          continue;
        }
        const Decoded high = DecodeHigh(text_, end);
        if (high.kind == High::kMark)
          decomposed = true;
        else if (high.kind != High::kLetter)
          break;
        end += high.size;
      } else {
        break;
      }
    }
    if (end < text_.size() && text_[end] == '/' && DigitAt(end + 1) &&
        text_.substr(at_, end - at_).find_first_not_of("IVX") == std::string_view::npos) {  // IV/2026
      ++end;
      while (DigitAt(end)) ++end;
      Push(RawKind::kNumberish, end);
      return;
    }
    Push(RawKind::kWord, end).decomposed = decomposed;
  }

  void Numberish() {
    size_t end = at_ + 1;
    while (end < text_.size()) {
      if (DigitAt(end)) {
        ++end;
        continue;
      }
      const char c = text_[end];
      if ((c == '.' || c == ',' || c == '/' || c == ':' || c == '-') && DigitAt(end + 1)) {
        end += 2;
        continue;
      }
      break;
    }
    Push(RawKind::kNumberish, end);
  }

  void Compare(char c) {
    const bool equal = text_.substr(at_ + 1, 1) == "=";
    if (c == '=') {
      Push(RawKind::kCompare, at_ + 1, '=');
    } else if (c == '!') {
      if (equal)
        Push(RawKind::kCompare, at_ + 2, '!');
      else
        Push(RawKind::kOther, at_ + 1);
    } else {
      Push(RawKind::kCompare, at_ + (equal ? 2 : 1), c).or_equal = equal;
    }
  }

  size_t LineEnd(size_t from) const {
    while (from < text_.size() && ClassAt(from) != kLineByte) ++from;
    return from;
  }

  void Quoted() {
    if (text_.substr(at_, 3) == "\"\"\"") {
      const size_t close = text_.find("\"\"\"", at_ + 3);
      if (close != std::string_view::npos)
        Push(RawKind::kText, close + 3);
      else
        Push(RawKind::kOpenText, LineEnd(at_));
      return;
    }
    size_t end = at_ + 1;
    while (end < text_.size() && ClassAt(end) != kQuoteByte && ClassAt(end) != kLineByte) ++end;
    if (end < text_.size() && text_[end] == '"')
      Push(RawKind::kText, end + 1);
    else
      Push(RawKind::kOpenText, end);
  }

  void Curly() {
    constexpr std::string_view kClose = "\xE2\x80\x9D";
    const size_t line_end = LineEnd(at_);
    const size_t close = text_.substr(0, line_end).find(kClose, at_ + 3);
    if (close != std::string_view::npos)
      Push(RawKind::kText, close + 3);
    else
      Push(RawKind::kOpenText, line_end);
  }

  std::string_view text_;
  size_t at_;
  std::vector<Raw> tokens_;
};

}  // namespace

std::vector<Raw> Scan(std::string_view text, uint32_t begin) { return Scanner(text, begin).Run(); }

}  // namespace ordo

// The scanner written by hand equals the lexer generated from grammar/OrdoLexer.g4, token for token. Blanks are skipped by both.
#include "compiler/syntax/scanner.h"

#include "antlr4-runtime.h"
#include "fmt/format.h"
#include "generated/stock/OrdoLexer.h"
#include "gtest/gtest.h"
#include "runtime/base/unicode.h"
#include "support/source_text.h"

namespace ordo {
namespace {

struct Shape {
  RawKind kind;
  uint32_t begin;
  uint32_t end;
  friend bool operator==(const Shape&, const Shape&) = default;
};

void PrintTo(const Shape& shape, std::ostream* out) {
  *out << static_cast<int>(shape.kind) << '[' << shape.begin << ',' << shape.end << ')';
}

RawKind KindOf(size_t type) {
  using stock::OrdoLexer;
  switch (type) {
    case OrdoLexer::WORD: return RawKind::kWord;
    case OrdoLexer::NUMBERISH: return RawKind::kNumberish;
    case OrdoLexer::TEXT: return RawKind::kText;
    case OrdoLexer::OPEN_TEXT: return RawKind::kOpenText;
    case OrdoLexer::COMPARE: return RawKind::kCompare;
    case OrdoLexer::PUNCTUATION: return RawKind::kPunctuation;
    case OrdoLexer::COMMENT: return RawKind::kComment;
    case OrdoLexer::NEWLINE: return RawKind::kNewline;
    case antlr4::Token::EOF: return RawKind::kEnd;
    default: return RawKind::kOther;
  }
}

std::vector<Shape> Generated(const std::string& text) {
  // The lexer counts characters, the scanner bytes. The input stream drops one byte order mark at the front.
  const size_t mark = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::vector<uint32_t> offsets;
  for (size_t i = mark; i < text.size(); ++i) {
    if ((static_cast<uint8_t>(text[i]) & 0xC0) != 0x80) offsets.push_back(static_cast<uint32_t>(i));
  }
  offsets.push_back(static_cast<uint32_t>(text.size()));
  antlr4::ANTLRInputStream input(text);
  stock::OrdoLexer lexer(&input);
  lexer.removeErrorListeners();
  std::vector<Shape> shapes;
  while (true) {
    const auto token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) break;
    shapes.push_back({KindOf(token->getType()), offsets[token->getStartIndex()], offsets[token->getStopIndex() + 1]});
  }
  shapes.push_back({RawKind::kEnd, offsets.back(), offsets.back()});
  return shapes;
}

std::vector<Shape> ByHand(const std::string& text) {
  std::vector<Shape> shapes;
  for (const Raw& raw : Scan(text)) shapes.push_back({raw.kind, raw.begin, raw.end});
  return shapes;
}

// Prose as ward offices write it, with what Word leaves behind.
constexpr std::string_view kProse =
    "KẾ HOẠCH\r\nThực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị …\r\n"
    "1. “Tăng cường” công tác tuyên truyền – phổ biến; tỷ lệ ≥ 85%, ≤ 3,5 % và ≠ 0.\r\n"
    "\u00A0\u00A0- Quý I/2026: 1.500 hồ sơ; quý IV/2026 (XII/2027): 16.000.000 đồng; 16:00, 28/6-5/7/2026.\r\n"
    "\u2022 Uy\u0309 ban nha\u0302n da\u0302n phu\u031Bo\u031B\u0300ng \uFEFF!  x != y, a = b, a == b, 10-3, 2025:80, III/x, "
    "VIII/\r\n"
    "“chưa đóng\r\n\"chưa đóng\r\"\"\"dài\nhai dòng\"\"\" \"\"\"không đóng\nhết";

TEST(Scanner, EqualsTheGeneratedLexerOnSamples) {
  for (const Sample& sample : Samples()) EXPECT_EQ(ByHand(sample.text), Generated(sample.text)) << sample.name;
  EXPECT_EQ(ByHand(std::string(kProse)), Generated(std::string(kProse)));
}

TEST(Scanner, EqualsTheGeneratedLexerOnPieces) {
  // Every pair of pieces with a word between or not.
  for (const std::string_view a : kPieces) {
    for (const std::string_view b : kPieces) {
      for (const char* middle : {"", "x", "9", "V"}) {
        const std::string text = std::string(a) + middle + std::string(b) + "1";
        ASSERT_EQ(ByHand(text), Generated(text)) << text;
      }
    }
  }
}

TEST(Scanner, EqualsTheGeneratedLexerOnRandomEdits) {
  std::mt19937 random(20260128);
  std::vector<std::string> seeds = {std::string(kProse)};
  for (const Sample& sample : Samples()) {
    if (sample.text.size() > 400) seeds.push_back(sample.text);
  }
  for (int round = 0; round < 4000; ++round) {
    const std::string& seed = seeds[random() % seeds.size()];
    size_t from = random() % (seed.size() - 300);
    while ((static_cast<uint8_t>(seed[from]) & 0xC0) == 0x80) ++from;
    const std::string text = Mutate(seed.substr(from, 300), random, 8);
    ASSERT_EQ(FindInvalidUtf8(text), std::nullopt);
    ASSERT_EQ(ByHand(text), Generated(text)) << "round " << round << "\n" << text;
  }
}

TEST(Scanner, TellsSignsApart) {
  const std::string text = "a >= 1 <= 2 != 3 = 4 > 5 < 6 ≥ ≤ ≠ – e\u0301 %";
  std::string signs;
  std::vector<bool> or_equal;
  size_t decomposed = 0;
  for (const Raw& raw : Scan(text)) {
    if (raw.sign) signs += raw.sign;
    if (raw.kind == RawKind::kCompare) or_equal.push_back(raw.or_equal);
    decomposed += raw.decomposed;
  }
  EXPECT_EQ(signs, "><!=><><!-%");
  EXPECT_EQ(or_equal, (std::vector<bool>{true, true, false, false, false, false, true, true, false}));
  EXPECT_EQ(decomposed, 1u);
}

TEST(Scanner, BeginsWhereItIsTold) {
  const auto raws = Scan("ordo 1 vi\nmục", 9);
  ASSERT_EQ(raws.size(), 3u);
  EXPECT_EQ(raws[0].kind, RawKind::kNewline);
  EXPECT_EQ(raws[1].begin, 10u);
  EXPECT_EQ(raws[2].kind, RawKind::kEnd);
}

}  // namespace
}  // namespace ordo

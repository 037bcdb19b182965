#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

TEST(Utf8, AcceptsWellFormedText) {
  for (const char* text : {"", "a", "Kế hoạch số 277/KH-UBND", "日本語", "👩‍💻 và \xEF\xBB\xBF"}) {
    EXPECT_EQ(FindInvalidUtf8(text), std::nullopt) << text;
  }
}

TEST(Utf8, TellsTheFirstBadByte) {
  struct Case {
    std::string text;
    size_t offset;
  };
  const std::vector<Case> cases = {
      {"\x80", 0},
      {"kế \xFF hoạch", 5},
      {"0123456789abcdef\xC3", 16},  // cut in the middle
      {"01234567\xE1\xBA", 8},
      {"ab\xC0\xAF", 2},          // overlong
      {"ab\xED\xA0\x80", 2},      // surrogate
      {"ab\xF4\x90\x80\x80", 2},  // above U+10FFFF
      {std::string("0123456789\0abcdefgh", 19), 10},
      {std::string("ế\0", 4), 3},
  };
  for (const Case& c : cases) EXPECT_EQ(FindInvalidUtf8(c.text), c.offset) << c.text;
}

TEST(Nfc, Composes) {
  const std::string decomposed = "chu\u0309 tri\u0300, e\u0302\u0301";
  EXPECT_TRUE(HasCombiningMark(decomposed));
  EXPECT_EQ(ToNfc(decomposed), "chủ trì, ế");
  EXPECT_FALSE(HasCombiningMark("chủ trì ͰͱΩ"));  // U+0370 is the first letter after the marks
  EXPECT_TRUE(HasCombiningMark("x\u036F"));
  EXPECT_EQ(ToNfc("plain"), "plain");
  EXPECT_EQ(ToNfc("e\u0301\xFF"), "e\u0301\xFF");
}

TEST(Graphemes, AreWhatTheEyeCounts) {
  EXPECT_EQ(CountGraphemes(""), 0u);
  EXPECT_EQ(CountGraphemes("abc"), 3u);
  EXPECT_EQ(CountGraphemes("chủ trì"), 7u);
  EXPECT_EQ(CountGraphemes("chu\u0309 tri\u0300"), 7u);
  EXPECT_EQ(CountGraphemes("a\r\nb"), 3u);
  EXPECT_EQ(CountGraphemes("👩‍💻x"), 2u);
  EXPECT_EQ(CountGraphemes("🇻🇳🇻🇳"), 2u);
}

TEST(Graphemes, AreFoundByOffset) {
  const std::string text = "ab\u0309c";  // bytes: a 0, b 1, mark 2..3, c 4
  const size_t index[] = {0, 1, 1, 1, 2, 3};
  const size_t begin[] = {0, 1, 1, 1, 4, 5};
  for (size_t offset = 0; offset <= text.size(); ++offset) {
    EXPECT_EQ(FindGrapheme(text, offset).index, index[offset]) << offset;
    EXPECT_EQ(FindGrapheme(text, offset).begin, begin[offset]) << offset;
  }
  EXPECT_EQ(FindGrapheme("ủx", 1).begin, 0u);  // inside a letter
  EXPECT_EQ(FindGrapheme("ủx", 99).index, 2u);
}

TEST(DisplayWidthOf, CountsTerminalColumns) {
  EXPECT_EQ(DisplayWidth("chủ trì"), 7u);
  EXPECT_EQ(DisplayWidth("chu\u0309 tri\u0300"), 7u);
  EXPECT_EQ(DisplayWidth("日本"), 4u);
  EXPECT_EQ(DisplayWidth("a\u200Bb\uFEFF"), 2u);
  EXPECT_EQ(DisplayWidth("«…»"), 3u);
}

TEST(Fold, MakesOfficialNamesComparable) {
  EXPECT_EQ(FoldName("  Phòng  VĂN HÓA –\tXã hội ; "), "phòng văn hóa - xã hội");
  EXPECT_EQ(FoldName("Phong Van  hoa.;"), "phong van hoa");
  EXPECT_EQ(FoldName("v.v."), "v.v");
  EXPECT_EQ(FoldName("“6 rõ” ‘a’ — b\u00A0c \u2212 d"), "\"6 rõ\" 'a' - b c - d");
  EXPECT_EQ(FoldName("U\u0309Y BAN"), FoldName("ỦY BAN"));
  EXPECT_EQ(FoldName("ĐẢNG ỦY"), "đảng ủy");
  EXPECT_EQ(FoldName(" .; "), "");
  EXPECT_EQ(FoldName(""), "");
  EXPECT_NE(FoldName("chủ trì"), FoldName("chu tri"));
}

TEST(Fold, MovesOldTonePlacement) {
  struct Pair {
    const char* old_form;
    const char* new_form;
  };
  for (const auto& [old_form, new_form] : std::vector<Pair>{{"hoà", "hòa"},
                                                            {"hoá", "hóa"},
                                                            {"hoả", "hỏa"},
                                                            {"hoã", "hõa"},
                                                            {"hoạ", "họa"},
                                                            {"loè", "lòe"},
                                                            {"khoé", "khóe"},
                                                            {"khoẻ", "khỏe"},
                                                            {"khoẽ", "khõe"},
                                                            {"khoẹ", "khọe"},
                                                            {"thuỳ", "thùy"},
                                                            {"thuý", "thúy"},
                                                            {"thuỷ", "thủy"},
                                                            {"luỹ", "lũy"},
                                                            {"thuỵ", "thụy"},
                                                            {"Uỷ ban", "ủy ban"},
                                                            {"văn_hoá_xã_hội", "văn_hóa_xã_hội"},
                                                            {"HOÀ BÌNH", "hòa bình"},
                                                            {"thuỷ, hoá.", "thủy, hóa"}}) {
    EXPECT_EQ(FoldName(old_form), new_form);
    EXPECT_EQ(FoldName(new_form), new_form);
  }
}

TEST(Fold, LeavesTonesThatStandRight) {
  for (const char* text : {"quý", "quỹ", "quỳ", "hoàng", "oái", "hoạch", "khoán", "ngoáy", "khoẻo", "huỳnh", "quỵt", "thuở",
                           "quà", "loại", "duyệt", "khuỷu"}) {
    EXPECT_EQ(FoldName(text), text);
  }
  EXPECT_EQ(FoldName("QUÝ II"), "quý ii");
}

TEST(Fold, DropsMarks) {
  EXPECT_EQ(FoldMarks("Đơn vị chủ trì"), "don vi chu tri");
  EXPECT_EQ(FoldMarks("Uỷ ban Quý ƯỚC ẳẫợữ"), "uy ban quy uoc aaou");
  EXPECT_EQ(FoldMarks("e\u0302\u0301 x\u0323"), "e x");
}

TEST(Nearest, OffersWhatWasMeant) {
  const std::vector<std::string_view> keys = {"phối hợp", "chủ trì", "thời hạn", "kết quả", "chỉ trì"};
  EXPECT_EQ(FindNearest("chủ chì", keys), 1u);
  EXPECT_EQ(FindNearest("chu tri", keys), 1u);  // both fold to it or near it; marks decide last
  EXPECT_EQ(FindNearest("thoi han", keys), 2u);
  EXPECT_EQ(FindNearest("phối hơp", keys), 0u);
  EXPECT_EQ(FindNearest("kinh phí", keys), std::nullopt);
  EXPECT_EQ(FindNearest("", keys), std::nullopt);
  EXPECT_EQ(FindNearest("chủ trì", {}), std::nullopt);
}

TEST(Nearest, BreaksTiesByMarksThenByOrder) {
  const std::vector<std::string_view> marks = {"mục", "mức"};
  EXPECT_EQ(FindNearest("muc", marks), 0u);
  EXPECT_EQ(FindNearest("mứt", std::vector<std::string_view>{"mục", "mức"}), 1u);
  EXPECT_EQ(FindNearest("abcd", std::vector<std::string_view>{"abce", "abcf"}), 0u);
}

TEST(Nearest, HasALimit) {
  EXPECT_EQ(FindNearest("abc", std::vector<std::string_view>{"abd"}), 0u);
  EXPECT_EQ(FindNearest("ab", std::vector<std::string_view>{"ac"}), std::nullopt);
  EXPECT_EQ(FindNearest("abcdef", std::vector<std::string_view>{"abcxyz"}), std::nullopt);
}

}  // namespace
}  // namespace ordo

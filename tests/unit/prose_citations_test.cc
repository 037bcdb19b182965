// Citations in prose: every form of the seeds, the three lines of symbols, what is crooked, and any bytes.
#include "runtime/prose/citations.h"

#include <gtest/gtest.h>

#include <random>

namespace ordo::prose {
namespace {

struct SymbolCase {
  std::string_view text, symbol, kind, issuer;
  Line line;
  std::string_view proper;
};

TEST(Symbol, FormsOfTheThreeLines) {
  const SymbolCase cases[] = {
      {"24/KH-UBND", "24/KH-UBND", "KH", "UBND", kState, ""},
      {"24 /KH-UBND", "24/KH-UBND", "KH", "UBND", kState, "24/KH-UBND"},
      {"02/2025/TT-BGDĐT", "02/2025/TT-BGDĐT", "TT", "BGDĐT", kState, ""},
      {"586/QĐ-TTg", "586/QĐ-TTg", "QĐ", "TTg", kState, ""},
      {"27/QĐ-UBQGCĐS", "27/QĐ-UBQGCĐS", "QĐ", "UBQGCĐS", kState, ""},
      {"6582/SYT-NVY", "6582/SYT-NVY", "", "SYT-NVY", kState, ""},
      {"06/CP", "06/CP", "", "CP", kState, ""},
      {"57-NQ/TW", "57-NQ/TW", "NQ", "TW", kParty, ""},
      {"23-CTr/ĐU", "23-CTr/ĐU", "CTr", "ĐU", kParty, ""},
      {"02-KH/BCĐTW", "02-KH/BCĐTW", "KH", "BCĐTW", kParty, ""},
      {"57- oNQ/TW", "57-NQ/TW", "NQ", "TW", kParty, "57-NQ/TW"},
      {"71/NQ- CP", "71/NQ-CP", "NQ", "CP", kState, "71/NQ-CP"},
      {"71-NQ/CP", "71-NQ/CP", "NQ", "CP", kState, "71/NQ-CP"},
      {"57/NQ-TW", "57/NQ-TW", "NQ", "TW", kParty, "57-NQ/TW"},
      {"193/2025/QH15", "193/2025/QH15", "", "QH15", kAssembly, ""},
      {"15/2023/UBTVQH15", "15/2023/UBTVQH15", "", "UBTVQH15", kAssembly, ""},
  };
  for (const SymbolCase& each : cases) {
    SCOPED_TRACE(each.text);
    const auto symbol = ReadSymbol(each.text);
    ASSERT_TRUE(symbol);
    EXPECT_EQ(symbol->text, each.symbol);
    EXPECT_EQ(symbol->kind, each.kind);
    EXPECT_EQ(symbol->issuer, each.issuer);
    EXPECT_EQ(symbol->line, each.line);
    EXPECT_EQ(symbol->proper, each.proper);
  }
  EXPECT_EQ(ReadSymbol("193/2025/QH15")->year, "2025");
  for (const std::string_view none : {"", "24", "24/", "24/kh-ubnd", "31/12/2025", "3/4", "5-7", "2025-2030", "24/KH-", "57-XX/TW", "1234567/KH-UBND",
                                      "24/KH-UBND x", "5G", "5/10 tiêu chí", "10/NGÀY"}) {
    EXPECT_FALSE(ReadSymbol(none)) << none;
  }
}

TEST(Citations, OpeningOfAPlanWithDaysIssuersAndShortNames) {
  const auto found = FindCitations(
      "Thực hiện Kế hoạch hành động số 12-KH/TU, ngày 26/8/2025 của Ban Thường vụ Thành ủy về thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 "
      "của Bộ Chính trị về đột phá (sau đây viết tắt là Nghị quyết số 57-NQ/TW), Nghị quyết số 71/NQ-CP ngày 01 tháng 4 năm 2025 của Chính phủ sửa đổi "
      "về thực hiện Nghị quyết 57- NQ/TW (Sau đây gọi tắt là Nghị quyết số 71/NQ-CP); đề án 06/CP của Chính phủ.");
  ASSERT_EQ(found.size(), 7u);
  EXPECT_EQ(found[0].kind_word, "Kế hoạch hành động");
  EXPECT_TRUE(found[0].with_so);
  EXPECT_EQ(found[0].date, Date::FromYmd(2025, 8, 26));
  EXPECT_EQ(found[0].issuer, "Ban Thường vụ Thành ủy");
  EXPECT_EQ(found[0].text, "12-KH/TU, ngày 26/8/2025");
  EXPECT_EQ(found[0].short_name, "");
  EXPECT_EQ(found[1].issuer, "Bộ Chính trị");
  EXPECT_EQ(found[1].short_name, "Nghị quyết số 57-NQ/TW");
  EXPECT_EQ(found[2].symbol.text, "57-NQ/TW") << "the name inside the bracket is a mention of its own";
  EXPECT_EQ(found[2].short_name, "");
  EXPECT_EQ(found[3].date, Date::FromYmd(2025, 4, 1));
  EXPECT_EQ(found[3].issuer, "Chính phủ");
  EXPECT_EQ(found[3].short_name, "Nghị quyết số 71/NQ-CP") << "given to the document that it names, not to the one before it";
  EXPECT_FALSE(found[4].with_so);
  EXPECT_EQ(found[4].symbol.proper, "57-NQ/TW");
  EXPECT_EQ(found[4].short_name, "");
  EXPECT_EQ(found[6].kind_word, "đề án");
  EXPECT_EQ(found[6].symbol.text, "06/CP");
}

TEST(Citations, IssuerToldBefore) {
  const auto found = FindCitations("Quy hoạch tỉnh được Thủ tướng Chính phủ\nphê duyệt tại Quyết định số 586/QĐ-TTg ngày 03/7/2024, UBND");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].issuer, "Thủ tướng Chính phủ");
  EXPECT_EQ(FindCitations("theo Quyết định số 586/QĐ-TTg").at(0).issuer, "");
  EXPECT_EQ(FindCitations("được giao. Ban hành tại Quyết định số 586/QĐ-TTg").at(0).issuer, "");
}

TEST(Citations, Titles) {
  const auto found = FindCitations("Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ về sửa đổi Chương trình thực hiện Nghị quyết số 57-NQ/TW; Luật khác");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].title, "sửa đổi Chương trình thực hiện Nghị quyết số 57-NQ/TW");
  EXPECT_TRUE(found[0].names_another);
  EXPECT_EQ(FindCitations("Quyết định số 204-QĐ/TW ngày 29/11/2024 của Ban Bí thư “phê duyệt Đề án” (sau").at(0).title, "phê duyệt Đề án");
  EXPECT_EQ(FindCitations("Nghị quyết số 57-NQ/TW của Bộ Chính trị, các đơn vị").at(0).title, "");
}

TEST(Citations, WhatIsNone) {
  EXPECT_TRUE(FindCitations("Đạt 24/7, tăng 5-7%, giai đoạn 2025-2030, ngày 31/12/2025, 3/4 số hộ, lúc 7/KH").empty());
  EXPECT_TRUE(FindCitations("").empty());
}

TEST(Citations, AnyBytesEndAndStayInside) {
  std::mt19937 random(7);
  const std::string_view pieces[] = {"57", "-", "/", "NQ", "TW", " ", "Đ", "ngày ", "12/", "2025", "của ", "(sau đây viết tắt là ", ")", "số ", "Nghị quyết ",
                                     "\xC4", "\xFF", "\n", "oNQ", "QH15", "/2025/", "UBND"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (size_t n = random() % 30; n > 0; --n) text += pieces[random() % std::size(pieces)];
    size_t before = 0;
    for (const Citation& citation : FindCitations(text)) {
      ASSERT_LE(before, citation.symbol_begin);
      ASSERT_LE(citation.begin, citation.symbol_begin);
      ASSERT_LT(citation.symbol_begin, citation.symbol_end);
      ASSERT_LE(citation.symbol_end, citation.end);
      ASSERT_LE(citation.end, text.size());
      before = citation.end;
    }
  }
}

TEST(Citations, LinearInTheText) {
  std::string brackets(2'000'000, '(');
  EXPECT_TRUE(FindCitations(brackets).empty());
  std::string names = "57-NQ/TW ";
  for (int i = 0; i < 50'000; ++i) names += "(sau đây viết tắt là 58-NQ/TW) ";
  EXPECT_EQ(FindCitations(names).size(), 50'001u);
}

}  // namespace
}  // namespace ordo::prose

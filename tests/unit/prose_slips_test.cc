// Slips of writing: the ones that proof-readers found in real plans, and their near twins that are none.
#include "runtime/prose/slips.h"

#include <gtest/gtest.h>

#include <random>

namespace ordo::prose {
namespace {

std::vector<std::string> Found(std::string_view text, SlipKind kind) {
  std::vector<std::string> out;
  for (const Slip& slip : FindSlips(text)) {
    if (slip.kind == kind) out.emplace_back(text.substr(slip.begin, slip.end - slip.begin));
  }
  return out;
}
using Texts = std::vector<std::string>;

TEST(Slips, WordsSaidTwice) {
  EXPECT_EQ(Found("Phối hợp, kết nối với với ít nhất 01 doanh nghiệp", SlipKind::kRepeatedWords), Texts{"với với"});
  EXPECT_EQ(Found("Người đứng đầu cơ quan, đơn vị, cơ quan, đơn vị phải trực tiếp", SlipKind::kRepeatedWords), Texts{"cơ quan, đơn vị, cơ quan, đơn vị"});
  EXPECT_EQ(Found("Trưởng Công an phường Công an phường", SlipKind::kRepeatedWords), Texts{"Công an phường Công an phường"});
  for (const std::string_view none : {"hệ thống giao thông thông minh", "thu hút vốn đầu tư tư nhân", "cán bộ trực tiếp tiếp dân", "luôn luôn, dần dần",
                                      "phát triển công nghiệp văn hóa, công nghiệp văn hóa số", "của Ban Chỉ đạo, chỉ đạo các đơn vị", "các thế hệ tiếp theo theo chỉ đạo",
                                      "năm 2025, 2025", "Kế hoạch này. Kế hoạch này thay thế"}) {
    EXPECT_EQ(Found(none, SlipKind::kRepeatedWords), Texts{}) << none;
  }
}

TEST(Slips, MarksWithoutPartner) {
  EXPECT_EQ(Found("bảo đảm dữ liệu “đúng - đủ - sạch – sống", SlipKind::kUnpairedMark), Texts{"“"});
  EXPECT_EQ(Found("chuyển đổi số quốc gia” trên địa bàn", SlipKind::kUnpairedMark), Texts{"”"});
  EXPECT_EQ(Found("(một (hai) ba", SlipKind::kUnpairedMark), Texts{"("});
  EXPECT_EQ(Found("về “đột phá phát triển\" trên địa bàn", SlipKind::kUnpairedMark), Texts{"\""});
  for (const std::string_view none : {"“học tập số”, “Bình dân học vụ số”", "a) Một; b) hai", "đ) Năm", "1) Một (2) hai", "(i) và (ii)", "«a» [b]"}) {
    EXPECT_EQ(Found(none, SlipKind::kUnpairedMark), Texts{}) << none;
  }
}

TEST(Slips, MarkupOfOtherFormats) {
  EXPECT_EQ(Found("đạt $\\geq 80\\%$ hồ sơ", SlipKind::kMarkup).size(), 1u);
  EXPECT_EQ(Found("Định kỳ **trước ngày 30/11**", SlipKind::kMarkup).size(), 1u);
  EXPECT_EQ(Found("1.000 $ và 5 * 3, R&D, A_B, ____", SlipKind::kMarkup), Texts{});
}

TEST(Slips, SignsThatAreNotSeen) {
  EXPECT_EQ(Found("chuyển\u200Bđổi", SlipKind::kHiddenSign), Texts{"\u200B"});
  EXPECT_EQ(Found("chuye\u0302\u0309n", SlipKind::kHiddenSign).size(), 2u) << "decomposed";
  EXPECT_EQ(Found("k\u0435 hoạch", SlipKind::kHiddenSign), Texts{"\u0435"}) << "Cyrillic е";
  EXPECT_EQ(Found("Москва, góc α, 5 μm", SlipKind::kHiddenSign), Texts{}) << "words and signs of another script by themselves";
}

TEST(Slips, ListsLeftOpen) {
  EXPECT_EQ(Found("lao động việc làm,...; tái sử dụng", SlipKind::kOpenList), Texts{",..."});
  EXPECT_EQ(Found("mạng xã hội, …", SlipKind::kOpenList), Texts{", …"});
  EXPECT_EQ(Found("điểm kinh doanh,.. không dùng", SlipKind::kOpenList), Texts{",.."});
  for (const std::string_view none : {"Kế hoạch số …/KH-UBND ngày … tháng … năm …", "số .../KH-UBND ngày ... tháng ... năm 2026", "Hết./."}) {
    EXPECT_EQ(Found(none, SlipKind::kOpenList), Texts{}) << none;
  }
}

TEST(Slips, Hedges) {
  EXPECT_EQ(Found("quỹ đầu tư khởi nghiệp (nếu đủ điều kiện)", SlipKind::kHedge), Texts{"nếu đủ điều kiện"});
  EXPECT_EQ(Found("điều chỉnh Kế hoạch nếu thấy cần thiết.", SlipKind::kHedge), Texts{"nếu thấy cần thiết"});
  EXPECT_EQ(Found("môi trường kinh doanh (nếu có)", SlipKind::kHedge), Texts{"nếu có"});
  EXPECT_EQ(Found("nếu có khó khăn, vướng mắc báo cáo ngay", SlipKind::kHedge), Texts{});
  EXPECT_EQ(Found("Nếu thành phố giao thì thực hiện", SlipKind::kHedge), Texts{});
}

TEST(Slips, BreaksOfSentences) {
  EXPECT_EQ(Found("toàn trình. tăng cường hướng dẫn", SlipKind::kSentenceBreak), Texts{". t"});
  EXPECT_EQ(Found("chính quyền số...).. Xác định đúng", SlipKind::kSentenceBreak), Texts{".."});
  EXPECT_EQ(Found("UBND phường , thành viên", SlipKind::kSentenceBreak), Texts{" ,"});
  for (const std::string_view none : {"UBND TP. và phường", "mục 1. nội dung", "v.v. và các", "Kế hoạch./.", "số. Đẩy mạnh"}) {
    EXPECT_EQ(Found(none, SlipKind::kSentenceBreak), Texts{}) << none;
  }
}

TEST(Slips, ItemsRunTogetherAndPageNumbers) {
  EXPECT_EQ(Found("phi địa giới hành - 100% hồ sơ", SlipKind::kRunTogether), Texts{"- 100%"});
  EXPECT_EQ(Found("cho toàn hệ thống. b) Phát triển", SlipKind::kRunTogether), Texts{"b"});
  EXPECT_EQ(Found("đạt 80% - 90% dân số, 2025 - 2030, kinh tế - xã hội", SlipKind::kRunTogether), Texts{});
  EXPECT_EQ(Found("4 - 80% dân số trưởng thành", SlipKind::kPageNumber), Texts{"4"});
  EXPECT_EQ(Found("2025 - 2030 là giai đoạn", SlipKind::kPageNumber), Texts{});
}

TEST(Slips, MisspeltTerms) {
  const auto slips = FindSlips("Đẩy mạnh chuyển đối số");
  ASSERT_EQ(slips.size(), 1u);
  EXPECT_EQ(slips[0].meant, "chuyển đổi số");
  EXPECT_EQ(Found("- Phần đầu có 02 sáng kiến; huy đông; liên thống", SlipKind::kMisspelling), (Texts{"Phần đầu", "huy đông", "liên thống"}));
  for (const std::string_view none : {"Uỷ\nban nhân dân", "số hoá, uỷ ban nhân dân, Ủy ban nhân dân", "chuyen doi so", "địa phương, phương thức", "khóa học", "ứng phó biến đổi khí hậu",
                                      "CHUYỂN ĐỔI SỐ"}) {
    EXPECT_EQ(Found(none, SlipKind::kMisspelling), Texts{}) << none;
  }
}

TEST(Slips, AnyBytesEndAndStayInside) {
  std::mt19937 random(11);
  const std::string_view pieces[] = {"với ", "(", ")", "“", "”", "\"", ".", ", ", "…", " - 100%", "**", "$\\", "\xC4", "\xFF", "\u200B", "chuyển đối số ", "nếu có ",
                                     "1", "b) ", "\n", "\xE1\xBA"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (size_t n = random() % 24; n > 0; --n) text += pieces[random() % std::size(pieces)];
    size_t before = 0;
    for (const Slip& slip : FindSlips(text)) {
      ASSERT_LE(before, slip.begin) << text;
      ASSERT_LT(slip.begin, slip.end) << text;
      ASSERT_LE(slip.end, text.size()) << text;
      before = slip.begin;
    }
  }
}

TEST(Slips, LinearInTheText) {
  for (const std::string_view piece : {"(", ". ", "với ", "**", "a) ", "“", "chuyển đổi "}) {
    std::string text;
    for (int i = 0; i < 300'000; ++i) text += piece;
    FindSlips(text);   // ends in good time
  }
}

TEST(Slips, BlanksLeftOpen) {
  EXPECT_EQ(Found("Kế hoạch số /KH-UBND ngày /01/2026 của UBND phường", SlipKind::kBlank), (Texts{"số /KH-UBND", "ngày /01/2026"}));
  EXPECT_EQ(Found("Số …/QĐ-UBND, ngày … tháng 5 năm 2026", SlipKind::kBlank), (Texts{"Số …/QĐ-UBND,", "ngày … tháng"}));
  EXPECT_EQ(Found("Kế hoạch số 24/KH-UBND ngày 28/01/2026; số lượng; ngày làm việc", SlipKind::kBlank), Texts{});
}

TEST(Slips, HeadingsInsideASentence) {
  EXPECT_EQ(Found("lĩnh vực thông tin, truyền thông Tổ chức học tập nghị quyết", SlipKind::kSwallowed), Texts{"thông Tổ chức"});
  for (const std::string_view none : {"theo Ban Tổ chức tỉnh", "phê duyệt Đề án Xây dựng nông thôn mới", "Bộ Nông nghiệp và Phát triển nông thôn", "ngành Xây dựng",
                                      "hoàn thành. Tổ chức sơ kết"}) {
    EXPECT_EQ(Found(none, SlipKind::kSwallowed), Texts{}) << none;
  }
}

TEST(Slips, NounsMissingAndThingsThatExist) {
  EXPECT_EQ(Found("giải quyết thủ tục hành chính của hiện đại", SlipKind::kNoun), Texts{"của hiện đại"});
  EXPECT_EQ(Found("xây dựng các đề án, dự án đã triển khai", SlipKind::kIllogical), Texts{"xây dựng các đề án, dự án đã triển khai"});
  EXPECT_EQ(Found("xây dựng các đề án; rà soát dự án đã triển khai", SlipKind::kIllogical), Texts{});
}

}  // namespace
}  // namespace ordo::prose

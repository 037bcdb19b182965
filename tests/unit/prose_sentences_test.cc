// Sentences of official prose: where they end, and which of them name something to be done.
#include "runtime/prose/sentences.h"

#include <chrono>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace ordo::prose {
namespace {

std::vector<std::string> Cut(std::string_view passage) {
  std::vector<std::string> out;
  for (const Sentence& sentence : FindSentences(passage)) {
    out.push_back((sentence.is_duty ? "! " : "") + std::string(passage.substr(sentence.begin, sentence.end - sentence.begin)));
  }
  return out;
}
using Texts = std::vector<std::string>;

TEST(Sentences, EndWhereProseEnds) {
  EXPECT_EQ(Cut("Mục tiêu chung. Đến năm 2030; Năm 2045"), (Texts{"Mục tiêu chung.", "Đến năm 2030;", "Năm 2045"}));
  EXPECT_EQ(Cut("UBND TP. Hải Phòng, P. Hải Dương."), (Texts{"UBND TP. Hải Phòng, P. Hải Dương."}));
  EXPECT_EQ(Cut("cơ sở vật chất; các thiết bị; phần mềm."), (Texts{"cơ sở vật chất; các thiết bị; phần mềm."})) << "small letters go on";
  EXPECT_EQ(Cut("1. Mục đích\n- Nâng tầm\n  của phường\n- Điều hai\na) Ý một"),
            (Texts{"1. Mục đích", "- Nâng tầm\n  của phường", "- Điều hai", "a) Ý một"}));
  EXPECT_EQ(Cut("ngày 31/12/2025. Số 1.500 người"), (Texts{"ngày 31/12/2025.", "Số 1.500 người"}));
  EXPECT_EQ(Cut(""), Texts{});
  EXPECT_EQ(Cut(" \n\t "), Texts{});
}

TEST(Sentences, Duties) {
  EXPECT_EQ(Cut("Văn phòng chủ trì, tham mưu."), (Texts{"! Văn phòng chủ trì, tham mưu."}));
  EXPECT_EQ(Cut("XÂY DỰNG nền tảng số"), (Texts{"! XÂY DỰNG nền tảng số"}));
  EXPECT_EQ(Cut("Các tổ chức, cá nhân trên địa bàn."), (Texts{"Các tổ chức, cá nhân trên địa bàn."}));
  EXPECT_EQ(Cut("Tổ chức ngày hội."), (Texts{"! Tổ chức ngày hội."}));
  EXPECT_EQ(Cut("Căn cứ Luật Tổ chức chính quyền địa phương;"), (Texts{"Căn cứ Luật Tổ chức chính quyền địa phương;"}));
  const std::string ground = "Thực hiện Kế hoạch số 358/KH-UBND, UBND phường ban hành kế hoạch.";
  EXPECT_EQ(Cut(ground), Texts{ground});
  EXPECT_EQ(Cut("Căn cứ khả năng ngân sách, bố trí kinh phí."), (Texts{"! Căn cứ khả năng ngân sách, bố trí kinh phí."}));
  EXPECT_EQ(Cut("UBND phường xây dựng kế hoạch như sau:"), (Texts{"UBND phường xây dựng kế hoạch như sau:"}));
  EXPECT_EQ(Cut("Phường có 12 tổ dân phố."), (Texts{"Phường có 12 tổ dân phố."}));
}

TEST(Sentences, AnyBytesInLinearTime) {
  uint32_t state = 7;
  for (int round = 0; round < 200; ++round) {
    std::string bytes(static_cast<size_t>(round) * 11, ' ');
    for (char& c : bytes) {
      state = state * 1664525u + 1013904223u;
      c = "\xE1\xBB\x87. ;\nA-1)a\xFF"[(state >> 24) % 13];
    }
    size_t end = 0;
    for (const Sentence& sentence : FindSentences(bytes)) {
      EXPECT_LE(end, sentence.begin);
      EXPECT_LT(sentence.begin, sentence.end);
      end = sentence.end;
    }
    EXPECT_LE(end, bytes.size());
  }
  const auto time = [](size_t size) {
    std::string text;
    while (text.size() < size) text += "Các phòng, ban triển khai thực hiện nhiệm vụ được giao; Văn phòng theo dõi. ";
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_GT(FindSentences(text).size(), size / 200);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  EXPECT_LT(time(5'000'000), 10.0);
  EXPECT_EQ(FindSentences(std::string(5'000'000, '.')).size(), 1u);
}

}  // namespace
}  // namespace ordo::prose

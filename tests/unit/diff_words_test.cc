// Word by word: runs give both texts back, changes are bounded, a text that is the same is one run.
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "runtime/diff/word_diff.h"

namespace ordo::diff {
namespace {

using enum Run::Kind;
using Runs = std::vector<Run>;   // `Run` inside a test is that of the test

std::string SideOf(const Runs& runs, Run::Kind kind) {
  std::string text;
  for (const auto& run : runs) {
    if (run.kind == kSame || run.kind == kind) text += (text.empty() ? "" : " ") + run.text;
  }
  return text;
}

TEST(WordDiff, SmallCases) {
  EXPECT_TRUE(WordDiff("", "").empty());
  EXPECT_EQ(WordDiff("một hai", " một\nhai "), (Runs{{kSame, "một hai"}}));
  EXPECT_EQ(WordDiff("", "một"), (Runs{{kNew, "một"}}));
  EXPECT_EQ(WordDiff("một", ""), (Runs{{kOld, "một"}}));
  EXPECT_EQ(WordDiff("Kế hoạch CCHC của phường", "Kế hoạch năm của phường"),
            (Runs{{kSame, "Kế hoạch"}, {kOld, "CCHC"}, {kNew, "năm"}, {kSame, "của phường"}}));
  // One word between two changes is told with them; three are not.
  EXPECT_EQ(WordDiff("a b x c d", "a B x C d"), (Runs{{kSame, "a"}, {kOld, "b x c"}, {kNew, "B x C"}, {kSame, "d"}}));
  EXPECT_EQ(WordDiff("a b x y z c d", "a B x y z C d").size(), 7u);
}

TEST(WordDiff, GivesBothTextsBack) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    const auto text = [&](size_t most) {
      std::string out;
      for (size_t i = random() % (most + 1); i > 0; --i) out += std::string(out.empty() ? "" : " ") + static_cast<char>('a' + random() % 4);
      return out;
    };
    const std::string was = text(24), now = round % 3 == 0 ? text(24) : was + " " + text(3) + (was.size() > 6 ? was.substr(6) : "");
    const Runs runs = WordDiff(was, now);
    ASSERT_EQ(SideOf(runs, kOld), EvenBlanks(was)) << was << " | " << now;
    ASSERT_EQ(SideOf(runs, kNew), EvenBlanks(now)) << was << " | " << now;
    for (size_t i = 1; i < runs.size(); ++i) {
      ASSERT_NE(runs[i].kind, runs[i - 1].kind);
      ASSERT_FALSE(runs[i].kind == kOld && runs[i - 1].kind == kNew) << "old words stand before new ones";
    }
  }
}

TEST(WordDiff, IsBounded) {
  std::string was, now;
  for (int i = 0; i < 200000; ++i) was += fmt::format("a{} ", i), now += fmt::format("b{} ", i % 977);
  const auto begin = std::chrono::steady_clock::now();
  const Runs runs = WordDiff(was, now);
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), 5);
  ASSERT_EQ(runs.size(), 2u);   // beyond the bound the whole counts as changed
  EXPECT_LT(Marked(runs, 5, 300).size(), 1200u);
  EXPECT_LT(Around(runs, kNew, 5, 300).size(), 320u);
}

TEST(WordDiff, ShownAroundTheChanges) {
  const auto runs = WordDiff("một hai ba bốn năm sáu bảy tám chín mười CŨ một hai ba bốn năm sáu bảy tám",
                             "một hai ba bốn năm sáu bảy tám chín mười MỚI một hai ba bốn năm sáu bảy tám");
  EXPECT_EQ(Marked(runs, 2, 100), "… chín mười [-CŨ-]{+MỚI+} một hai …");
  EXPECT_EQ(Around(runs, kOld, 2, 100), "… chín mười CŨ một hai …");
  EXPECT_EQ(Around(runs, kNew, 2, 100), "… chín mười MỚI một hai …");
}

TEST(WordDiff, SwapsStandWithTheWordInFront) {
  const auto swaps = Swaps(WordDiff("qua đó góp phần nâng cao hiệu quả quản lý nhà nước, cải cách", "qua đó nâng cao hiệu quả quản trị địa phương, cải cách"), 9);
  ASSERT_EQ(swaps.size(), 2u);
  EXPECT_EQ(swaps[0].was, "góp phần");
  EXPECT_EQ(swaps[0].now, "");
  EXPECT_EQ(swaps[1].was, "… quản lý nhà nước,");
  EXPECT_EQ(swaps[1].now, "… quản trị địa phương,");
  EXPECT_EQ(Swaps(WordDiff("a x y z b", "c x y z d"), 1).size(), 1u);
}

TEST(WordDiff, CutsWholeCharacters) {
  EXPECT_EQ(Shortened("một hai", 100), "một hai");
  EXPECT_EQ(Shortened("một hai ba", 8), "một …");
  EXPECT_EQ(Shortened("ộộộ", 4), "ộ …");   // three bytes each
}

}  // namespace
}  // namespace ordo::diff

// Fixes in a text, which of them clash, and the diff, which must be the one of diff(1).
#include <cstdio>
#include <fstream>
#include <string>

#include "compiler/fix/apply.h"
#include "gtest/gtest.h"

namespace ordo {
namespace {

Fix Of(uint32_t begin, uint32_t end, std::string insert) { return {"", {{{0, begin, end}, std::move(insert)}}}; }

TEST(Fixes, TakeEachByteOnce) {
  Taken taken;
  const Fix middle = Of(10, 20, "x"), inside = Of(12, 13, ""), over = Of(5, 25, ""), left = Of(5, 10, ""), right = Of(20, 22, ""),
            beside = Of(22, 22, "a"), same = Of(22, 22, "b"), behind = Of(20, 20, "c");
  EXPECT_TRUE(taken.Take(middle));
  EXPECT_FALSE(taken.Take(inside));
  EXPECT_FALSE(taken.Take(over));
  EXPECT_TRUE(taken.Take(left));
  EXPECT_FALSE(taken.Take(behind)) << "two that put something in at one place";
  EXPECT_TRUE(taken.Take(right));
  EXPECT_TRUE(taken.Take(beside));
  EXPECT_FALSE(taken.Take(same));
  const Fix two = {"", {{{0, 30, 31}, ""}, {{0, 15, 16}, ""}}};
  EXPECT_FALSE(taken.Take(two));
  const Fix first = Of(30, 31, "");
  EXPECT_TRUE(taken.Take(first)) << "nothing of a refused fix is taken";
}

TEST(Fixes, LeaveTheRestByteForByte) {
  SourceSet sources;
  sources.Add("a.ordo", "\xEF\xBB\xBFmột\r\nhai\t \r\n");
  const Fix first = Of(3, 8, "1"), second = Of(15, 15, "!");
  const auto texts = Apply({&second, &first}, sources);
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_EQ(texts.at("a.ordo"), "\xEF\xBB\xBF" "1\r\nhai\t !\r\n");
}

std::string DiffProgram(const std::string& before, const std::string& after) {
  char folder[] = "/tmp/ordo_diff_XXXXXX";
  EXPECT_NE(mkdtemp(folder), nullptr);
  const std::string a = std::string(folder) + "/a", b = std::string(folder) + "/b";
  std::ofstream(a, std::ios::binary) << before;
  std::ofstream(b, std::ios::binary) << after;
  std::string out;
  if (FILE* pipe = popen(("diff -u --label a/x --label b/x " + a + " " + b).c_str(), "r")) {
    char buffer[4096];
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
    pclose(pipe);
  }
  remove(a.c_str()), remove(b.c_str()), remove(folder);
  return out;
}

TEST(Diffs, AreThoseOfTheProgram) {
  std::string long_text;
  for (int i = 0; i < 40; ++i) long_text += "dòng " + std::to_string(i) + "\n";
  const auto replaced = [](std::string text, const std::string& was, const std::string& now) {
    return text.replace(text.find(was), was.size(), now);
  };
  const std::string far = replaced(replaced(long_text, "dòng 3\n", "dòng ba\n"), "dòng 33\n", "");
  const std::string near = replaced(replaced(long_text, "dòng 13\n", "dòng mười ba\n"), "dòng 19\n", "dòng 19\nthêm\n");
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {long_text, far},
           {long_text, near},
           {long_text, "đầu\n" + long_text},
           {long_text, long_text + "cuối"},
           {"a\nb", "a\nc"},
           {"a\nb\n", "a\nb"},
           {"", "a\n"},
           {"a\n", ""},
           {"a\r\nb\r\n", "a\r\nc\r\n"}}) {
    EXPECT_EQ(UnifiedDiff("x", before, after), DiffProgram(before, after));
  }
  EXPECT_EQ(UnifiedDiff("x", "a\n", "a\n"), "");
  EXPECT_TRUE(UnifiedDiff("/r/x", "a\n", "b\n").starts_with("--- /r/x\n+++ /r/x\n"));
}

}  // namespace
}  // namespace ordo

#include <string>

#include "gtest/gtest.h"
#include "runtime/base/source.h"
#include "runtime/base/strings.h"

namespace ordo {
namespace {

testing::AssertionResult IsAt(const SourceFile& file, std::string_view before, uint32_t line, uint32_t column) {
  const Position at = file.PositionOf(static_cast<uint32_t>(before.size()));
  if (!file.text().starts_with(before)) return testing::AssertionFailure() << "not a prefix: " << before;
  if (at.line == line && at.column == column) return testing::AssertionSuccess();
  return testing::AssertionFailure() << at.line << ":" << at.column;
}

TEST(Source, KnowsAllLineEnds) {
  const SourceFile file("p.ordo", "một\nhai\r\nba\rbốn\r\r\n\n");
  EXPECT_EQ(file.line_count(), 7u);
  EXPECT_EQ(file.LineText(1), "một");
  EXPECT_EQ(file.LineText(2), "hai");
  EXPECT_EQ(file.LineText(3), "ba");
  EXPECT_EQ(file.LineText(4), "bốn");
  EXPECT_EQ(file.LineText(5), "");
  EXPECT_EQ(file.LineText(6), "");
  EXPECT_EQ(file.LineText(7), "");
  EXPECT_TRUE(IsAt(file, "một\nhai\r\nba\rb", 4, 2));
  EXPECT_TRUE(IsAt(file, "một\nhai", 2, 4));
  EXPECT_TRUE(IsAt(file, "một\nhai\r", 2, 4));  // between CR and LF
  EXPECT_TRUE(IsAt(file, file.text(), 7, 1));
}

TEST(Source, CountsColumnsAsTheEyeDoes) {
  const SourceFile composed("p.ordo", "chủ trì: b");
  EXPECT_TRUE(IsAt(composed, "", 1, 1));
  EXPECT_TRUE(IsAt(composed, "chủ trì", 1, 8));
  EXPECT_TRUE(IsAt(composed, "chủ trì: ", 1, 10));
  EXPECT_EQ(composed.PositionOf(3).column, 3u);  // inside the bytes of ủ

  const SourceFile decomposed("p.ordo", "x\r\nchu\u0309 tri\u0300: b");
  EXPECT_TRUE(IsAt(decomposed, "x\r\nchu\u0309 tri\u0300", 2, 8));
  EXPECT_TRUE(IsAt(decomposed, "x\r\nchu", 2, 3));  // before the mark: still in its letter

  const SourceFile ascii("p.ordo", "lead: ab\ndue: x");
  EXPECT_TRUE(IsAt(ascii, "lead: ab\ndue: ", 2, 6));
  const SourceFile emoji("p.ordo", "👩‍💻 a");
  EXPECT_TRUE(IsAt(emoji, "👩‍💻 ", 1, 3));
}

TEST(Source, ByteOrderMarkHasNoWidth) {
  const SourceFile file("p.ordo", "\uFEFFkế hoạch\nb");
  EXPECT_EQ(file.LineBegin(1), 0u);
  EXPECT_TRUE(IsAt(file, "", 1, 1));
  EXPECT_TRUE(IsAt(file, "\uFEFF", 1, 1));
  EXPECT_TRUE(IsAt(file, "\uFEFFkế", 1, 3));
  EXPECT_TRUE(IsAt(file, "\uFEFFkế hoạch\n", 2, 1));
}

TEST(Source, EmptyFileHasOneLine) {
  const SourceFile file("p.ordo", "");
  EXPECT_EQ(file.line_count(), 1u);
  EXPECT_EQ(file.LineText(1), "");
  EXPECT_TRUE(IsAt(file, "", 1, 1));
}

TEST(Source, SlicesStayInside) {
  SourceSet sources;
  const FileId first = sources.Add("a.ordo", "đơn vị a");
  const SourceFile* address = &sources.file(first);
  for (int i = 0; i < 100; ++i) sources.Add("b.ordo", "b");
  EXPECT_EQ(address, &sources.file(first));
  EXPECT_EQ(sources.slice({first, 0, 5}), "đơn");
  EXPECT_EQ(sources.slice({first, 6, 999}), "vị a");
  EXPECT_EQ(sources.slice({first, 999, 1000}), "");
  EXPECT_EQ(sources.slice(Span{}), "");
}

TEST(Strings, EqualTextEqualSymbol) {
  StringPool pool;
  const Symbol lead = pool.Intern("chủ trì");
  const std::string_view kept = pool[lead];
  EXPECT_EQ(pool.Find("chủ trì"), lead);
  EXPECT_EQ(pool.Find("phối hợp"), Symbol::kEmpty);
  EXPECT_EQ(pool.Intern(""), Symbol::kEmpty);
  for (int i = 0; i < 50000; ++i) {
    const std::string text = "tên_" + std::to_string(i);
    const Symbol symbol = pool.Intern(text);
    ASSERT_EQ(pool.Intern(text), symbol);
    ASSERT_EQ(pool[symbol], text);
  }
  EXPECT_EQ(pool.size(), 50002u);
  EXPECT_EQ(pool.Intern("chủ trì"), lead);
  EXPECT_EQ(pool[lead].data(), kept.data());
  const std::string long_text(1 << 20, 'x');
  EXPECT_EQ(pool[pool.Intern(long_text)], long_text);
}

// What stands on another set has its files under their own numbers, and leaves it as it is.
TEST(SourceSet, StandsOnAnother) {
  SourceSet below;
  const FileId plan = below.Add("plan.ordo", "một\nhai\n");
  SourceSet above(&below);
  const FileId question = above.Add("query", "ba");
  EXPECT_EQ(question, 1u);
  EXPECT_EQ(above.size(), 2u);
  EXPECT_EQ(below.size(), 1u);
  EXPECT_EQ(&above.file(plan), &below.file(plan));
  EXPECT_EQ(above.file(question).path(), "query");
  EXPECT_EQ(above.slice({question, 0, 2}), "ba");
  EXPECT_EQ(above.slice({plan, 0, 5}), below.slice({plan, 0, 5}));
}

}  // namespace
}  // namespace ordo

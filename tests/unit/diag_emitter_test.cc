#include <set>
#include <string>

#include "gtest/gtest.h"
#include "runtime/base/unicode.h"
#include "runtime/diag/emitter.h"

namespace ordo {
namespace {

Span At(FileId file, uint32_t begin) { return {file, begin, begin + 1}; }

TEST(Catalogue, CodesAreUniqueAndFound) {
  std::set<std::string_view> codes;
  for (size_t i = 0; i < message_count(); ++i) {
    const MessageText& text = TextOf(static_cast<Code>(i));
    EXPECT_TRUE(codes.insert(text.code).second) << text.code;
    EXPECT_EQ(FindMessage(text.code), &text);
  }
  EXPECT_EQ(FindMessage("XXX99"), nullptr);
}

std::set<char> Slots(std::string_view text) {
  std::set<char> slots;
  for (size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 1] >= '0' && text[i + 1] <= '9' && text[i + 2] == '}') slots.insert(text[i + 1]);
  }
  return slots;
}

TEST(Catalogue, KeepsItsOwnRules) {
  const std::set<std::string_view> families = {"FIL", "SYN", "NAM", "TYP", "TIM", "RUL", "RUN", "TST", "HLT", "CMP", "IMP"};
  for (size_t i = 0; i < message_count(); ++i) {
    const MessageText& text = TextOf(static_cast<Code>(i));
    EXPECT_TRUE(text.code.size() == 5 && families.contains(text.code.substr(0, 3))) << text.code;
    EXPECT_EQ(Slots(text.en), Slots(text.vi)) << text.code << ": a language lacks a slot";
    EXPECT_EQ(Slots(text.help_en), Slots(text.help_vi)) << text.code;
    EXPECT_EQ(text.help_en.empty(), text.help_vi.empty()) << text.code;
    for (const std::string_view sentence : {text.title_en, text.title_vi, text.en, text.vi}) {
      EXPECT_FALSE(sentence.empty()) << text.code;
    }
    for (const std::string_view sentence : {text.title_en, text.title_vi, text.en, text.vi, text.help_en, text.help_vi}) {
      EXPECT_FALSE(sentence.ends_with('.')) << text.code << ": " << sentence;
      EXPECT_EQ(ToNfc(sentence), sentence) << text.code;
    }
  }
}

TEST(Emitter, FillsTheSentenceInItsLanguage) {
  Emitter vietnamese(Language::kVietnamese);
  const Finding& told = vietnamese.EmitForPath(Code::kFileMissing, "kế hoạch.ordo", {"kế hoạch.ordo"});
  EXPECT_EQ(told.code, "FIL01");
  EXPECT_EQ(told.severity, Severity::kError);
  EXPECT_EQ(told.title, "không tìm thấy tệp");
  EXPECT_EQ(told.message, "không mở được «kế hoạch.ordo»");
  EXPECT_EQ(told.help, "kiểm tra lại đường dẫn");
  EXPECT_EQ(told.path, "kế hoạch.ordo");
  EXPECT_FALSE(told.at.known());
  EXPECT_TRUE(told.from_text);
  EXPECT_TRUE(vietnamese.has_errors());

  Emitter english(Language::kEnglish);
  EXPECT_EQ(english.Emit(Code::kFileMissing, At(0, 0), {"a.ordo"}).message, "cannot open «a.ordo»");
}

TEST(Emitter, ArgumentsAreNotReadAgain) {
  Emitter emitter(Language::kEnglish);
  EXPECT_EQ(emitter.Emit(Code::kFileMissing, At(0, 0), {"{0}{1}"}).message, "cannot open «{0}{1}»");
  EXPECT_EQ(emitter.Emit(Code::kFileMissing, At(0, 0)).message, "cannot open «{0}»");
}

TEST(Emitter, CapsOneFileAndSaysSo) {
  Emitter emitter(Language::kVietnamese, 3);
  for (uint32_t i = 0; i < 10; ++i) emitter.Emit(Code::kFileMissing, At(1, 100 + i), {"x"}).subject = "s";
  emitter.Emit(Code::kFileMissing, At(0, 5), {"y"});
  emitter.EmitForPath(Code::kFileMissing, "z", {"z"});
  ASSERT_EQ(emitter.findings().size(), 6u);  // three, the note, and two of elsewhere
  const Finding& note = emitter.findings()[3];
  EXPECT_EQ(note.code, "FIL02");
  EXPECT_EQ(note.message, "còn 7 phát hiện khác trong tệp này");
  EXPECT_EQ(note.at, At(1, 103));
  EXPECT_EQ(note.severity, Severity::kError);
  EXPECT_TRUE(note.from_text);
  EXPECT_EQ(note.subject, "");
  EXPECT_EQ(emitter.findings()[4].at.file, 0u);
  EXPECT_EQ(emitter.error_count(), 12u);  // the untold ones count
}

TEST(Emitter, ExactlyTheCapNeedsNoNote) {
  Emitter emitter(Language::kEnglish, 3);
  for (uint32_t i = 0; i < 3; ++i) emitter.Emit(Code::kFileMissing, At(0, i), {"x"});
  EXPECT_EQ(emitter.findings().size(), 3u);
}

TEST(Emitter, OnlyErrorsAreErrors) {
  Emitter emitter(Language::kEnglish);
  emitter.Emit(Code::kTooManyFindings, At(0, 0), {"1"});
  EXPECT_FALSE(emitter.has_errors());
  EXPECT_FALSE(emitter.findings()[0].from_text);
}

TEST(Emitter, GoesOnAfterTake) {
  Emitter emitter(Language::kEnglish, 1);
  for (uint32_t i = 0; i < 3; ++i) emitter.Emit(Code::kFileMissing, At(0, i), {"x"});
  EXPECT_EQ(emitter.Take().size(), 2u);
  EXPECT_TRUE(emitter.findings().empty());
  for (uint32_t i = 0; i < 3; ++i) emitter.Emit(Code::kFileMissing, At(0, i), {"x"});
  ASSERT_EQ(emitter.findings().size(), 2u);
  EXPECT_EQ(emitter.findings()[1].message, "further findings in this file that are not shown: 2");
  EXPECT_EQ(emitter.error_count(), 6u);
}

}  // namespace
}  // namespace ordo

// The canonical text: exact on small plans, and on all samples with random layout the same tree, the same bytes when repeated,
// and the same bytes after a journey through the other skin.
#include "compiler/format/format.h"

#include "compiler/ast/literals.h"
#include "fmt/format.h"
#include "gtest/gtest.h"
#include "runtime/base/unicode.h"
#include "support/source_text.h"

namespace ordo {
namespace {

std::string FormatText(std::string text, Skin skin) {
  const Parsed parsed(std::move(text));
  EXPECT_FALSE(parsed.emitter.has_errors()) << parsed.Found() << "\n" << parsed.source.text();
  return Format(parsed.ast, skin);
}
std::string Vi(std::string text) { return FormatText(std::move(text), Skin::kVietnamese); }
std::string En(std::string text) { return FormatText(std::move(text), Skin::kEnglish); }

// What a plan says, without its form: nodes, words, names, values of literals, contents of texts and comments.
std::string Meaning(const Ast& ast) {
  std::string out;
  for (const Node& node : ast.nodes)
    fmt::format_to(std::back_inserter(out), "{} {} {} {}\n", NameOf(node.kind), node.first_token, node.token_end, node.end);
  for (const Token& token : ast.tokens) {
    const std::string_view text = ast.text(token);
    std::string value;
    switch (token.kind) {
      case TokenKind::TEXT: value = ast.TextOf(token); break;
      case TokenKind::ID: value = token.word == W::kNone ? ast.NameOf(token) : ""; break;
      case TokenKind::NUMBER: {
        const auto number = Decimal::Parse(text, LanguageOf(ast.skin));
        value = number ? number->ToString(Language::kEnglish) : std::string(text);
        break;
      }
      case TokenKind::DATE: value = WriteDate(*ReadDate(text, ast.skin), Skin::kEnglish); break;
      case TokenKind::KEY: value = token.word == W::kNone ? std::string(text) : ""; break;
      default: break;
    }
    fmt::format_to(std::back_inserter(out), "{} {} {}\n", static_cast<int>(token.kind), static_cast<int>(token.word), value);
  }
  for (const Span& comment : ast.comments) out += std::string(ast.source->slice(comment)) + "\n";
  return out;
}

// Empty if equal, else the first line that differs: the whole would fill screens.
std::string Difference(std::string_view a, std::string_view b) {
  size_t at = 0;
  while (at < std::min(a.size(), b.size()) && a[at] == b[at]) ++at;
  if (at == a.size() && at == b.size()) return "";
  const size_t begin = at == 0 ? 0 : a.rfind('\n', at - 1) + 1;
  return fmt::format("«{}» and «{}»", a.substr(begin, a.find('\n', at) - begin), b.substr(begin, b.find('\n', at) - begin));
}

TEST(Format, OneFieldALineAndWordsBySkin) {
  const std::string vi =
      "ordo 1 vi\n"
      "nhiệm vụ t \"Việc\" {\n"
      "  chủ trì: vhxh.đứng đầu \"Trưởng phòng\", từng phòng_ban có liên quan\n"
      "  thời hạn: trong vòng 10 ngày làm việc kể từ đổi_nhân_sự ghi \"Nếu có\"\n"
      "  định kỳ: cứ 2 tuần vào thứ Sáu trước 16 giờ, hằng quý, 1 mỗi năm\n"
      "  kinh phí: 16.000 triệu đồng, 3,5%\n"
      "  hoàn thành khi: x >= 1 mỗi tuần và không phải (-y + 2 < 3 * z) hoặc đếm(nhiệm vụ u mà u.chủ trì đã nêu) = 0\n"
      "}\n";
  const std::string en =
      "ordo 1 en\n"
      "task t \"Việc\" {\n"
      "  lead: vhxh.head \"Trưởng phòng\", each phòng_ban concerned\n"
      "  due: within 10 working days after đổi_nhân_sự written \"Nếu có\"\n"
      "  rhythm: every 2 weeks on Friday before 16:00, every quarter, 1 per year\n"
      "  cost: 16000 million VND, 3.5%\n"
      "  done when: x >= 1 per week and not (-y + 2 < 3 * z) or count(task u with u.lead is stated) = 0\n"
      "}\n";
  EXPECT_EQ(En(vi), en);
  EXPECT_EQ(Vi(en), vi);
  EXPECT_EQ(Vi(vi), vi);
  EXPECT_EQ(En(en), en);
}

TEST(Format, PutsRightWhatIsAcceptedToo) {
  EXPECT_EQ(Vi("\xEF\xBB\xBFordo 1 vi\r\nNhiệm  vụ t “Việc \"hai\"” Ơ\r\n\tChủ trì :vhxh ;phối hợp:a ;b;\"C\"\r\n"
               "  Thời hạn: Hàng quý , đến  2030 , ngày 5/6/2026, 2026-01-02, quý 1/2026\r\n chỉ lấy: (x≥2–1)\r\n Ư"),
            "ordo 1 vi\n"
            "nhiệm vụ t \"\"\"Việc \"hai\" \"\"\" {\n"
            "  chủ trì: vhxh; phối hợp: a, b, \"C\"\n"
            "  thời hạn: hằng quý, đến hết 2030, 05/06/2026, 02/01/2026, quý I/2026\n"
            "  chỉ lấy: (x >= 2 - 1)\n"
            "}\n");
}

TEST(Format, LayoutOfBlocks) {
  EXPECT_EQ(En("ordo 1 en\n\n\n\nimport   \"a.ordo\"\ntask a\ntask b {}\ntask c { code: 1;lead: x }\ntask d {\n}\n"
               "task e { code: 1\n}\n\n\n\ntask f\n{ code: 1; lead: x\n\n\n support: y; due: 2026 }\n"
               "extend task { field m \"M\" { kind: free text } }\nrelation r(task a,task b) { holds if b among a.after }\n"),
            "ordo 1 en\n\nimport \"a.ordo\"\ntask a\ntask b {}\ntask c { code: 1; lead: x }\ntask d {}\n"
            "task e {\n  code: 1\n}\n\ntask f {\n  code: 1; lead: x\n\n  support: y; due: 2026\n}\n"
            "extend task { field m \"M\" { kind: free text } }\nrelation r(task a, task b) { holds if b among a.after }\n");
}

TEST(Format, WhatDoesNotFitIsSplit) {
  const std::string name(60, 'a');
  EXPECT_EQ(En(fmt::format("ordo 1 en\ntask t {{ lead: {0}; support: {0} }}\n", name)),
            fmt::format("ordo 1 en\ntask t {{\n  lead: {0}\n  support: {0}\n}}\n", name));
  EXPECT_EQ(En(fmt::format("ordo 1 en\ntask t {{\n  lead: {0}, {0}, x; code: 1\n}}\n", name)),
            fmt::format("ordo 1 en\ntask t {{\n  lead: {0},\n        {0}, x\n  code: 1\n}}\n", name));
  // A line never begins with what would open a statement: `task` is the name of a unit here, `plan` a kind of document.
  EXPECT_EQ(
      En(fmt::format("ordo 1 en\ntask t {{\n  lead: {0}, {0}, task \"T\"\n  product: \"{0}\", \"{0}\", plan \"P\"\n}}\n", name)),
      fmt::format("ordo 1 en\ntask t {{\n  lead: {0},\n        {0}, task \"T\"\n  product: \"{0}\",\n           \"{0}\", plan "
                  "\"P\"\n}}\n",
                  name));
}

TEST(Format, LayoutDoesNotDependOnTheSkin) {
  // Fits in English, not in Vietnamese: split in both.
  const std::string title(55, 'x');
  const std::string text =
      fmt::format("ordo 1 en\ntask t \"{}\" {{ accountable: a; lead: b; due: within 10 working days after c }}\n", title);
  ASSERT_LE(DisplayWidth(text.substr(10)), 131u);
  const std::string en = En(text);
  EXPECT_NE(en.find("{\n  accountable: a"), std::string::npos) << en;
  EXPECT_EQ(En(Vi(en)), en);
}

TEST(Format, CommentsStay) {
  const std::string text =
      "ordo 1 en  // first\n"
      "// above\n"
      "\n"
      "// above the task\n"
      "task t {  // behind the brace\n"
      "  // inside\n"
      "  lead: a,  // behind a comma\n"
      "        // between\n"
      "        b, c  // behind a field\n"
      "\n"
      "  code: 1; note: \"n\"  // behind two\n"
      "  // at the end\n"
      "}  // behind\n"
      "// last\n";
  EXPECT_EQ(En(text), text);
  EXPECT_EQ(
      En("ordo 1 en // first\n// above\n\n// above the task\ntask t // behind the brace\n{\n// inside\n lead: a, // behind a "
         "comma\n"
         "// between\nb,\nc // behind a field   \n\n\n\ncode: 1;note:\"n\" // behind two\n// at the end\n\n} // behind\n// last"),
      text);
  EXPECT_EQ(En("ordo 1 en"), "ordo 1 en\n");
  EXPECT_EQ(En("ordo 1 en\n\n// only"), "ordo 1 en\n\n// only\n");
}

TEST(Format, LongTextsKeepTheirBytes) {
  const std::string text =
      "ordo 1 vi\nkế hoạch k \"\"\"Một\n  hai\"\"\" { số: \"1\" }\nđoạn d {\n  nguyên văn: \"\"\"Ba\n\nbốn \"năm\" \"\"\"; mã: "
      "1\n}\n";
  EXPECT_EQ(Vi(text),
            "ordo 1 vi\nkế hoạch k \"\"\"Một\n  hai\"\"\" { số: \"1\" }\nđoạn d {\n  nguyên văn: \"\"\"Ba\n\nbốn \"năm\" "
            "\"\"\"\n  mã: 1\n}\n");
}

TEST(Format, DatesOfBothSkins) {
  const std::pair<const char*, const char*> pairs[] = {
      {"28/01/2026", "2026-01-28"}, {"tháng 01/2026", "January 2026"},
      {"quý IV/2026", "Q4 2026"},   {"30/11", "30 November"},
      {"năm 2026", "year 2026"},    {"quý I", "Q1"},
      {"tháng 05", "May"},          {"6 tháng cuối năm 2026", "H2 2026"},
      {"16 giờ", "16:00"},          {"7 giờ 30", "07:30"},
      {"31/02/2026", "2026-02-31"}, {"30/13", "0000-13-30"},
      {"31/02", "31 February"},     {"tháng 13/2026", "2026-13-00"},
      {"tháng 13", "0000-13-00"},   {"1.500 ngày", "1500 days"},
  };
  for (const auto& [vi, en] : pairs) {
    EXPECT_EQ(En(fmt::format("ordo 1 vi\nthời hạn: {}\n", vi)), fmt::format("ordo 1 en\ndue: {}\n", en));
    EXPECT_EQ(Vi(fmt::format("ordo 1 en\ndue: {}\n", en)), vi == std::string_view("1.500 ngày")
                                                               ? "ordo 1 vi\nthời hạn: 1500 ngày\n"
                                                               : fmt::format("ordo 1 vi\nthời hạn: {}\n", vi));
  }
  EXPECT_EQ(Vi("ordo 1 vi\nthời hạn: 16:00\n"), "ordo 1 vi\nthời hạn: 16 giờ\n");
}

TEST(Format, SignsKeepTheirMeaning) {
  EXPECT_EQ(En("ordo 1 en\nonly: - x - - 1 * -2 / (3) >= a . lead and year of( b ) = 5\n"),
            "ordo 1 en\nonly: -x - -1 * -2 / (3) >= a.lead and year of(b) = 5\n");
  EXPECT_EQ(En("ordo 1 en\ncost: 5 . 3, -5, a - 5\n"), "ordo 1 en\ncost: 5 . 3, -5, a - 5\n");
}

void ExpectCanonical(const std::string& name, const Parsed& parsed) {
  ASSERT_EQ(parsed.Found(), "") << name << "\n" << parsed.source.text();
  const std::string meaning = Meaning(parsed.ast);
  std::string text[2];
  for (const Skin skin : {Skin::kVietnamese, Skin::kEnglish}) {
    text[static_cast<int>(skin)] = Format(parsed.ast, skin);
    const Parsed again(text[static_cast<int>(skin)]);
    ASSERT_EQ(again.Found(), "") << name << "\n" << again.source.text();
    ASSERT_EQ(again.ast.skin, skin);
    ASSERT_EQ(Difference(Meaning(again.ast), meaning), "") << name << "\n" << parsed.source.text() << "\n" << again.source.text();
    ASSERT_EQ(Difference(Format(again.ast, skin), again.source.text()), "") << name;
    const Skin other = skin == Skin::kEnglish ? Skin::kVietnamese : Skin::kEnglish;
    const Parsed away(Format(again.ast, other));
    ASSERT_EQ(Difference(Format(away.ast, skin), again.source.text()), "") << name << "\n" << away.source.text();
  }
}

TEST(Format, SamplesKeepTheirMeaningAndAreStable) {
  for (const Sample& sample : Samples()) ExpectCanonical(sample.name, Parsed(sample.text));
}

// The same tokens with other blanks, line ends, separators and comments.
std::string Noise(const Ast& ast, std::mt19937& random) {
  const auto one_of = [&](std::initializer_list<const char*> choices) {
    return std::string(*(choices.begin() + random() % choices.size()));
  };
  std::string out = ast.skin == Skin::kVietnamese ? "ordo 1 vi" : "ordo 1 en";
  out += one_of({"\n", "\r\n", " // c\n", "\n\n\n"});
  for (size_t i = 0; i < ast.tokens.size(); ++i) {
    const Token& token = ast.tokens[i];
    const Token& next = ast.tokens[std::min(i + 1, ast.tokens.size() - 1)];
    switch (token.kind) {
      case TokenKind::END:
        if (next.kind == TokenKind::RB) {
          out += one_of({" ", "\n", "  // c\n", ";", "\n\n"});
        } else {
          out += next.kind == TokenKind::KIND ? one_of({"\n", "\n\n\n\t"})
                                              : one_of({"\n", ";", "; ", "\r\n\r\n", " // c\n", ";\n", "\n// c\n"});
        }
        continue;
      case TokenKind::LB:
        if (token.flags & Token::kVirtual) continue;
        out += one_of({"{", " { ", "{\n", "{ // c\n", "\n{\n\n"});
        continue;
      case TokenKind::RB:
        out += token.flags & Token::kVirtual ? "\n" : "}" + one_of({"\n", " ; ", " // c\n", "\n\n\n"});
        continue;
      case TokenKind::COMMA:
        out += ",";
        out += next.kind == TokenKind::TEXT ? one_of({" ", "\n", "  \n\t", " // c\n"}) : " ";
        continue;
      default:
        out += ast.text(token);
        if (next.kind == TokenKind::DOT || token.kind == TokenKind::DOT || next.kind == TokenKind::COMMA) continue;
        out += one_of({" ", " ", "  ", "\t", "\u00A0"});
    }
  }
  return out;
}

TEST(Format, RandomLayoutIsMadeCanonical) {
  std::mt19937 random(3);
  for (const Sample& sample : Samples()) {
    if (sample.text.size() > 12000) continue;
    const Parsed parsed(sample.text);
    for (int round = 0; round < 25; ++round) {
      const Parsed noisy(Noise(parsed.ast, random));
      ExpectCanonical(sample.name, noisy);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace ordo

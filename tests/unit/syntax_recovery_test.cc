// Broken text: each fault costs one finding on its own line, and what stands beside it survives.
#include <chrono>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "support/source_text.h"

namespace ordo {
namespace {

// Texts of all fields of the tree that the parser took whole, in order.
std::vector<std::string> SoundFields(const Ast& ast) {
  std::vector<std::string> fields;
  for (NodeId id = 0; id < ast.nodes.size(); ++id) {
    const Node& node = ast.nodes[id];
    if (node.kind != NodeKind::kField) continue;
    bool sound = true;
    for (NodeId inner = id; inner < node.end; ++inner) sound = sound && !ast.nodes[inner].error;
    const Span span = ast.SpanOf(id);
    if (sound) fields.emplace_back(ast.source->text().substr(span.begin, span.end - span.begin));
  }
  return fields;
}

std::vector<std::string_view> Lines(const SourceFile& source) {
  std::vector<std::string_view> lines;
  for (uint32_t line = 1; line <= source.line_count(); ++line) lines.push_back(source.LineText(line));
  return lines;
}

// Each field stands between two sound ones, in a block of its own.
void ExpectOneFindingEach(std::string_view skin, std::string_view heading, std::span<const std::string_view> broken) {
  const bool vi = skin == "vi";
  const std::string before = vi ? "chủ trì: vhxh" : "lead: vhxh";
  const std::string after = vi ? "phối hợp: vp, ca" : "support: vp, ca";
  std::string text = fmt::format("ordo 1 {}\n", skin);
  std::vector<uint32_t> expected;
  uint32_t line = 1;
  for (const std::string_view field : broken) {
    text += fmt::format("{} t{} \"T\" {{\n  {}\n  {}\n  {}\n}}\n", heading, expected.size(), before, field, after);
    expected.push_back(line + 3);
    line += 5;
  }
  const Parsed parsed(text);
  std::vector<uint32_t> lines;
  for (const Finding& finding : parsed.emitter.findings()) lines.push_back(parsed.source.LineOf(finding.at.begin));
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(lines, expected) << parsed.Found();
  const std::vector<std::string_view> source = Lines(parsed.source);
  for (const uint32_t e : expected) {
    const auto count = std::count(lines.begin(), lines.end(), e);
    EXPECT_EQ(count, 1) << source[e - 1];
  }
  const std::vector<std::string> sound = SoundFields(parsed.ast);
  EXPECT_EQ(std::count(sound.begin(), sound.end(), before), static_cast<ptrdiff_t>(broken.size()));
  EXPECT_EQ(std::count(sound.begin(), sound.end(), after), static_cast<ptrdiff_t>(broken.size()));
}

TEST(Recovery, OneFindingForEachBrokenFieldVietnamese) {
  const std::string_view broken[] = {
      "thời hạn",                             // a key alone
      "thời hạn 30/11/2026",                  // colon missing
      "thời hạn:",                            // value missing
      "thời hạn: quý II/2026,",               // comma at the end
      "thời hạn: , quý II/2026",              // comma at the front
      "thời hạn: quý II/2026,, quý IV/2026",  // two commas
      "kết quả: \"Báo cáo",                   // open quote
      "kết quả: “Báo cáo",                    // open curly quote
      "kết quả: Báo cáo (2 bản)",             // brackets in a value
      "hoàn thành khi: (x >= 80%",            // open bracket
      "hoàn thành khi: x >= 80%)",            // bracket too many
      "hoàn thành khi: x >= và y = 2",        // operand missing
      "hoàn thành khi: x y",                  // operator missing
      "hoàn thành khi: x >=",                 // right side missing
      "hoàn thành khi: đếm(nhiệm vụ t mà)",   // condition missing
      "đến hết",                              // a series without a time
      "đạt 85%,",
      "vhxh, ca",  // values without a key
      ": vhxh",
      "12 tháng",
      "# ghi chú",
      "kết quả: báo cáo: 2",  // a colon inside
      "mã: \x01",
      "tham số",
      "tham số x 8",
      "gọi = 8",
      "với mỗi",
      "nhập vhxh",
      "kết quả: \"a\" & \"b\"",
      "thời hạn: {30/11}",
  };
  ExpectOneFindingEach("vi", "nhiệm vụ", std::span(broken).first(29));
}

TEST(Recovery, OneFindingForEachBrokenFieldEnglish) {
  const std::string_view broken[] = {
      "due",
      "due 2026-11-30",
      "due:",
      "due: Q2 2026,",
      "due: , Q2 2026",
      "product: \"Report",
      "product: report (2 copies)",
      "done when: (x >= 80%",
      "done when: x >= 80%)",
      "done when: x >= and y = 2",
      "done when: x y",
      "done when: not",
      "done when: count(task t with)",
      "done when: days from x",
      "done when: a.(b)",
      "by",
      "reach 85%,",
      "vhxh, ca",
      "= vhxh",
      "[vhxh]",
      "product: a: b",
      "parameter",
      "let x",
      "for each",
      "where",
      "expect",
      "import vhxh",
      "due: Q2 2026 @ 16:00",
  };
  ExpectOneFindingEach("en", "task", broken);
}

TEST(Recovery, AForgottenLineEndBeforeAKey) {
  const Parsed parsed("ordo 1 vi\nnhiệm vụ t {\n  chủ trì: vhxh phối hợp: vp, ca\n  thời hạn: 2026\n}\n");
  EXPECT_EQ(parsed.Found(), "3 SYN14");
  EXPECT_EQ(SoundFields(parsed.ast), (std::vector<std::string>{"chủ trì: vhxh", "phối hợp: vp, ca", "thời hạn: 2026"}));
}

TEST(Recovery, AKnownKeyEndsAnOpenBracketAndAList) {
  const Parsed parsed("ordo 1 vi\nnhiệm vụ t {\n  hoàn thành khi: đếm(x\n  chủ trì: vhxh,\n  thời hạn: 2026\n}\n");
  EXPECT_EQ(parsed.Found(), "3 SYN07, 4 SYN07");
  EXPECT_EQ(SoundFields(parsed.ast), (std::vector<std::string>{"thời hạn: 2026"}));
}

struct Broken {
  const char* text;
  const char* found;
  std::vector<std::string> fields;
};

TEST(Recovery, BrokenBlocks) {
  const std::vector<Broken> cases = {
      // unknown kind: its fields survive
      {"ordo 1 vi\nnhiệm vu a \"A\" {\n  mã: 1\n}\nmục b {\n  mã: 2\n}\n", "2 SYN10", {"mã: 1", "mã: 2"}},
      {"ordo 1 vi\nviệc a \"A\" {\n  mã: 1\n}\n", "2 SYN10", {"mã: 1"}},
      {"ordo 1 en\nchore a \"A\" { code: 1 }\n", "2 SYN10", {"code: 1"}},
      // no kind
      {"ordo 1 vi\n{\n  mã: 1\n}\nmục b { mã: 2 }\n", "2 SYN11", {"mã: 1", "mã: 2"}},
      // two names, a number for a name, an open title
      {"ordo 1 vi\nmục a b {\n  mã: 1\n}\nmục c { mã: 2 }\n", "2 SYN06", {"mã: 1", "mã: 2"}},
      {"ordo 1 vi\nmục 1 \"A\" {\n  mã: 1\n}\nmục c { mã: 2 }\n", "2 SYN06", {"mã: 1", "mã: 2"}},
      {"ordo 1 vi\nmục a \"A {\n  mã: 1\n}\nmục c { mã: 2 }\n", "2 SYN05, 2 SYN12", {"mã: 1", "mã: 2"}},
      // braces
      {"ordo 1 vi\nmục a \"A\"\n  mã: 1\n}\nmục c { mã: 2 }\n", "2 SYN12", {"mã: 1", "mã: 2"}},
      {"ordo 1 vi\nmục a \"A\" {{\n  mã: 1\n}}\nmục c { mã: 2 }\n", "2 SYN11", {"mã: 1", "mã: 2"}},
      {"ordo 1 vi\nmục a \"A\" {\n  mã: 1\nmục c { mã: 2 }\n", "2 SYN08", {"mã: 1", "mã: 2"}},
      {"ordo 1 vi\nmục a {\n  nhiệm vụ b {\n    mã: 1\n  nhiệm vụ c {\n    mã: 2\n  }\n}\nmục d { mã: 3 }\n",
       "3 SYN08",
       {"mã: 1", "mã: 2", "mã: 3"}},
      {"ordo 1 vi\nmục a {\n  nhiệm vụ b {\n    mã: 1\n}\nmục d { mã: 3 }\n", "3 SYN08", {"mã: 1", "mã: 3"}},
      {"ordo 1 vi\nmục a {\n  mã: 1\n}\n}\nmục d { mã: 3 }\n", "5 SYN09", {"mã: 1", "mã: 3"}},
      {"ordo 1 vi\nmục a {\n  mã: 1", "2 SYN08", {"mã: 1"}},
      {"ordo 1 vi\nmục a {", "2 SYN08", {}},
  };
  for (const Broken& c : cases) {
    const Parsed parsed(c.text);
    EXPECT_EQ(parsed.Found(), c.found) << c.text;
    EXPECT_EQ(SoundFields(parsed.ast), c.fields) << c.text;
  }
}

TEST(Recovery, ABlockThatWasNotClosedHoldsWhatIsItsOwn) {
  const Parsed parsed("ordo 1 vi\nmục a {\n  nhiệm vụ b {\n    mã: 1\n}\nmục d { mã: 3 }\n");
  EXPECT_EQ(DumpAst(parsed.ast),
            "file\n  block\n    heading mục a\n    block\n      heading nhiệm vụ b\n      field mã:\n        value 1\n"
            "  block\n    heading mục d\n    field mã:\n      value 3\n");
}

TEST(Recovery, AnUnknownKindIsReadAsTheNearest) {
  const Parsed parsed("ordo 1 vi\nnhiem vu a \"A\" { mã: 1 }\n");
  ASSERT_EQ(parsed.Found(), "2 SYN10");
  EXPECT_EQ(parsed.emitter.findings()[0].help, "did you mean «nhiệm vụ»?");
  const Heading heading = HeadingOf(parsed.ast, 1);
  EXPECT_EQ(heading.kind->word, W::kind_task);
  EXPECT_EQ(parsed.ast.text(*heading.name), "a");
}

TEST(Recovery, OneOpenLongTextIsOneFinding) {
  const Parsed parsed(
      "ordo 1 vi\nđoạn a {\n  nguyên văn: \"\"\"Thực hiện\n  các việc sau:\n  nhiệm vụ sau:\n  trong đó một, hai\n}\nmục b { mã: "
      "1 }\n");
  EXPECT_EQ(parsed.Found(), "3 SYN05");
  EXPECT_EQ(SoundFields(parsed.ast).back(), "mã: 1");
}

// ---- what arrives from other programs

TEST(FromWord, DecomposedLettersAreComposed) {
  std::string text =
      "ordo 1 vi\nnhiệm vụ kiện_toàn \"Kiện toàn\" {\n  người đứng đầu: vhxh.đứng đầu\n  thời hạn: quý IV/2026, tháng "
      "07/2026\n}\n";
  std::string decomposed;
  for (const auto& [composed, parts] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{{"ệ", "e\u0302\u0323"},
                                                                            {"ụ", "u\u0323"},
                                                                            {"ờ", "o\u031B\u0300"},
                                                                            {"ứ", "u\u031B\u0301"},
                                                                            {"ầ", "a\u0302\u0300"},
                                                                            {"à", "a\u0300"},
                                                                            {"ư", "u\u031B"},
                                                                            {"ạ", "a\u0323"},
                                                                            {"ý", "y\u0301"},
                                                                            {"á", "a\u0301"}}) {
    for (size_t at = 0; (at = text.find(composed, at)) != std::string::npos;) text.replace(at, composed.size(), parts);
  }
  ASSERT_NE(text.find("\u0323"), std::string::npos);
  const Parsed parsed(text);
  EXPECT_EQ(parsed.Found(), "");
  const Heading heading = HeadingOf(parsed.ast, 1);
  EXPECT_EQ(heading.kind->word, W::kind_task);
  EXPECT_EQ(parsed.ast.NameOf(*heading.name), "kiện_toàn");
  size_t dates = 0, members = 0;
  for (const Token& token : parsed.ast.tokens) {
    dates += token.kind == TokenKind::DATE;
    members += token.word == W::key_head && token.kind == TokenKind::MEMBER;
  }
  EXPECT_EQ(dates, 2u);
  EXPECT_EQ(members, 1u);
}

TEST(FromWord, LineEndsBlanksQuotesAndDashes) {
  const Parsed parsed("\xEF\xBB\xBForordo");
  EXPECT_EQ(parsed.Found(), "1 SYN01");
  const Parsed sound(
      "\xEF\xBB\xBFordo 1 vi\r\n\r\nnhiệm\u00A0vụ a “Nâng cao \"nhận thức\"” {\r\n\tchủ trì:\u00A0vhxh\r\n  chỉ lấy: 5 – 3 ≥ "
      "2\r\n}\r\n");
  EXPECT_EQ(sound.Found(), "");
  EXPECT_EQ(SoundFields(sound.ast).size(), 2u);
  const Parsed cr("ordo 1 en\rtask a {\r  code: 1\r}\r");
  EXPECT_EQ(cr.Found(), "");
  EXPECT_EQ(SoundFields(cr.ast), std::vector<std::string>{"code: 1"});
}

TEST(FromWord, TelexBracesAreToldOnce) {
  const Parsed parsed("ordo 1 vi\nmục a Ơ\n  mã: 1\nƯ\nmục b Ơ mã: 2 Ư\n");
  EXPECT_EQ(parsed.Found(), "2 SYN13");
  EXPECT_EQ(parsed.emitter.findings()[0].severity, Severity::kInformation);
  EXPECT_EQ(SoundFields(parsed.ast), (std::vector<std::string>{"mã: 1", "mã: 2"}));
  EXPECT_NE(Parsed("ordo 1 en\nsection a Ơ\n  code: 1\nƯ\n").Found(), "");  // no Telex in English words
}

TEST(Edges, EditionLine) {
  EXPECT_EQ(Parsed("").Found(), "1 FIL05");
  EXPECT_EQ(Parsed(" \r\n\t\n").Found(), "1 FIL05");
  EXPECT_EQ(Parsed("ordo 1 vi").Found(), "");
  EXPECT_EQ(Parsed("ordo 1 en // first\n").Found(), "");
  EXPECT_EQ(Parsed("ordo 1 en // first\n").ast.comments.size(), 1u);
  EXPECT_EQ(Parsed("ordo 1 en\n").ast.skin, Skin::kEnglish);
  EXPECT_EQ(Parsed("ordo 2 vi\n").Found(), "1 SYN02");
  EXPECT_EQ(Parsed("ordo 1\n").Found(), "1 SYN01");
  EXPECT_EQ(Parsed("ordo 1 fr\n").Found(), "1 SYN01");
  EXPECT_EQ(Parsed("ordo 1 vi en\n").Found(), "1 SYN01");
  EXPECT_EQ(Parsed("nhiệm vụ a {}\n").Found(), "1 SYN01");
  EXPECT_EQ(Parsed(std::string("ordo 1 vi\nmã: \0\n", 17)).Found(), "2 FIL04");
  EXPECT_EQ(Parsed("ordo 1 vi\nmã: \xFF\n").Found(), "2 FIL04");
}

TEST(Edges, LimitOfBytes) {
  const SourceFile source("plan.ordo", "ordo 1 vi\nmã: 1\n");
  Emitter emitter(Language::kEnglish);
  SyntaxLimits limits;
  limits.max_bytes = 10;
  const Ast ast = Parse(source, 0, limits, emitter);
  ASSERT_EQ(emitter.findings().size(), 1u);
  EXPECT_EQ(emitter.findings()[0].code, "FIL03");
  EXPECT_EQ(ast.nodes.size(), 1u);
}

TEST(Edges, DeepNestingIsOneFinding) {
  std::string blocks = "ordo 1 en\n";
  for (int i = 0; i < 10000; ++i) blocks += "section a {\n";
  for (int i = 0; i < 10000; ++i) blocks += "}\n";
  EXPECT_EQ(Parsed(blocks).Found(), "202 FIL09");

  std::string brackets =
      "ordo 1 en\ntask t {\n  done when: " + std::string(50000, '(') + "x" + std::string(50000, ')') + "\n  code: 1\n}\n";
  const Parsed parsed(brackets);
  EXPECT_EQ(parsed.Found(), "3 FIL09");
  EXPECT_EQ(SoundFields(parsed.ast), std::vector<std::string>{"code: 1"});

  std::string allowed = "ordo 1 en\ntask t {\n  done when: " + std::string(200, '(') + "x" + std::string(200, ')') + "\n}\n";
  EXPECT_EQ(Parsed(allowed).Found(), "");
  EXPECT_EQ(Parsed("ordo 1 en\ntask t {\n  done when: " + std::string(50000, '-') + "x\n}\n").Found(), "");
}

// Time that grows with the square of the text would take minutes here.
TEST(Edges, LongInputsTakeLinearTime) {
  const std::string repeats[] = {"x ",     "\n", "a: b; ",    "\"",     "} ",     "x, ",  "; ",
                                 "mục a ", "( ", "kế hoạch:", "\u00A0", "\"\"\"", "{ x: "};
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& piece : repeats) {
    std::string text = "ordo 1 vi\nhoàn thành khi: (";
    for (int i = 0; i < 100000; ++i) text += piece;
    const Parsed parsed(text);
    EXPECT_FALSE(parsed.ast.nodes.empty());
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

}  // namespace
}  // namespace ordo

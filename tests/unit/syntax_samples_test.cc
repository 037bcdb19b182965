// The samples of the language, in both skins: no finding, a sensible tree, and every byte of the source accounted for.
#include <algorithm>

#include "gtest/gtest.h"
#include "support/source_text.h"

namespace ordo {
namespace {

TEST(Samples, AreReadWithoutAFinding) {
  const std::vector<Sample> samples = Samples();
  EXPECT_GE(samples.size(), 12u);
  size_t skins[2] = {0, 0};
  for (const Sample& sample : samples) {
    const Parsed parsed(sample.text);
    EXPECT_EQ(parsed.Found(), "") << sample.name;
    ++skins[static_cast<int>(parsed.ast.skin)];
  }
  EXPECT_GE(skins[0], 7u);
  EXPECT_GE(skins[1], 3u);
}

// Kinds of nodes and words of tokens, nothing that a skin decides.
std::string Meaning(const Ast& ast) {
  std::string out;
  for (const Node& node : ast.nodes) {
    out += NameOf(node.kind);
    if (node.end == static_cast<uint32_t>(&node - ast.nodes.data()) + 1) {
      for (uint32_t i = node.first_token; i < node.token_end; ++i) {
        const Token& token = ast.tokens[i];
        if (token.kind == TokenKind::UNIT || token.kind == TokenKind::DATE) out += " time";
        if (token.kind == TokenKind::ID) out += " " + std::string(ast.text(token));
        if (token.kind == TokenKind::WORD || token.kind == TokenKind::MEMBER) out += " " + std::string(RowOf(token.word).id);
      }
    }
    out += '\n';
  }
  return out;
}

TEST(Samples, MeanTheSameInBothSkins) {
  const std::string folder = std::string(ORDO_SOURCE_DIR) + "/";
  const std::pair<const char*, const char*> pairs[] = {
      {"tests/support/samples/annex_vi.ordo", "tests/support/samples/annex_en.ordo"},
      {"tests/support/samples/conditions_vi.ordo", "tests/support/samples/conditions_en.ordo"},
  };
  for (const auto& [vi, en] : pairs) {
    const Parsed a(ReadText(folder + vi));
    const Parsed b(ReadText(folder + en));
    EXPECT_EQ(a.ast.skin, Skin::kVietnamese);
    EXPECT_EQ(b.ast.skin, Skin::kEnglish);
    EXPECT_EQ(Meaning(a.ast), Meaning(b.ast)) << vi;
  }
}

TEST(Samples, DumpSensibly) {
  const Parsed parsed(
      "ordo 1 vi\n"
      "nhiệm vụ kiện_toàn \"Kiện toàn\" {  // I.2\n"
      "  chủ trì: vhxh.đứng đầu \"Trưởng phòng\", từng phòng_ban có liên quan\n"
      "  thời hạn: trong vòng 10 ngày làm việc kể từ đổi_nhân_sự ghi \"Nếu có\"; Kết quả: quyết định\n"
      "  đến hết 2030 đạt >= 80%, tính trên \"dân số\"\n"
      "  hoàn thành khi: x >= 1 mỗi tuần và không phải (y.chủ trì thuộc z)\n"
      "}\n");
  EXPECT_EQ(parsed.Found(), "");
  EXPECT_EQ(DumpAst(parsed.ast),
            "file\n"
            "  block\n"
            "    heading nhiệm vụ kiện_toàn \"Kiện toàn\"\n"
            "    field chủ trì:\n"
            "      value vhxh . đứng đầu \"Trưởng phòng\"\n"
            "      value từng phòng_ban có liên quan\n"
            "    field thời hạn:\n"
            "      value trong vòng 10 ngày làm việc kể từ đổi_nhân_sự ghi \"Nếu có\"\n"
            "    field Kết quả:\n"
            "      value quyết định\n"
            "    clause đến hết\n"
            "      value 2030 đạt >= 80 %\n"
            "      value tính trên \"dân số\"\n"
            "    field hoàn thành khi:\n"
            "      expr\n"
            "        unary\n"
            "          primary\n"
            "            path x\n"
            "        unary\n"
            "          primary 1 mỗi tuần\n"
            "        unary\n"
            "          primary\n"
            "            expr\n"
            "              unary\n"
            "                primary\n"
            "                  path y . chủ trì\n"
            "              unary\n"
            "                primary\n"
            "                  path z\n");
  EXPECT_TRUE(DumpTokens(parsed.ast)
                  .starts_with("2:1 KIND kind.task «nhiệm vụ»\n"
                               "2:10 ID «kiện_toàn»\n"
                               "2:20 TEXT «\"Kiện toàn\"»\n"
                               "2:32 LB «{»\n"
                               "3:3 KEY key.lead «chủ trì:»\n"
                               "3:12 ID «vhxh»\n"
                               "3:16 DOT «.»\n"
                               "3:17 MEMBER key.head «đứng đầu»\n"))
      << DumpTokens(parsed.ast);
}

TEST(Heading, IsReadOffItsTokens) {
  const Parsed parsed(
      "ordo 1 en\nrelation waits_on(task a, task b) \"waits\" {\n  holds if b among a.after\n}\nextend task {\n}\ntask t\n");
  ASSERT_EQ(parsed.Found(), "");
  const Ast& ast = parsed.ast;
  NodeId block = ast.first(0);
  Heading heading = HeadingOf(ast, block);
  EXPECT_EQ(heading.kind->word, W::kind_relation);
  EXPECT_EQ(ast.text(*heading.name), "waits_on");
  EXPECT_EQ(ast.TextOf(*heading.title), "waits");
  ASSERT_NE(heading.parameters, 0u);
  EXPECT_EQ(ast.nodes[heading.parameters].kind, NodeKind::kParameters);
  EXPECT_EQ(ast.nodes[heading.body].kind, NodeKind::kClause);
  block = ast.nodes[block].end;
  heading = HeadingOf(ast, block);
  EXPECT_EQ(heading.kind->word, W::kind_extend);
  EXPECT_EQ(heading.type->word, W::kind_task);
  EXPECT_EQ(heading.name, nullptr);
  EXPECT_EQ(heading.body, ast.nodes[block].end);
  block = ast.nodes[block].end;
  EXPECT_EQ(ast.text(*HeadingOf(ast, block).name), "t");
  EXPECT_EQ(HeadingOf(ast, block).parameters, 0u);
}

TEST(Texts, AreTheirContent) {
  const Parsed parsed("ordo 1 vi\nmã: \"một\", “hai \"2\" ”, \"\"\"ba\n   bốn\r\n\r\n\tnăm \"5\" \"\"\", \"\", \"\"\"\"\"\"\n");
  ASSERT_EQ(parsed.Found(), "");
  std::vector<std::string> texts;
  for (const Token& token : parsed.ast.tokens) {
    if (token.kind == TokenKind::TEXT) texts.push_back(parsed.ast.TextOf(token));
  }
  EXPECT_EQ(texts, (std::vector<std::string>{"một", "hai \"2\" ", "ba bốn năm \"5\"", "", ""}));
}

// Between two tokens stand only blanks, line ends, `;` and comments: nothing of the source is lost.
void ExpectLossless(const Ast& ast) {
  const std::string_view text = ast.source->text();
  size_t comment = 0;
  uint32_t at = ast.edition_end;
  for (const Token& token : ast.tokens) {
    ASSERT_GE(token.begin, at) << text;
    ASSERT_GE(token.end, token.begin);
    ASSERT_LE(token.end, text.size());
    while (at < token.begin) {
      if (comment < ast.comments.size() && ast.comments[comment].begin == at) {
        at = ast.comments[comment++].end;
        continue;
      }
      const std::string_view rest = text.substr(at);
      const size_t blank = rest.starts_with("\u00A0")                                             ? 2
                           : rest.starts_with("\uFEFF")                                           ? 3
                           : std::string_view(" \t\r\n;").find(rest[0]) != std::string_view::npos ? 1
                                                                                                  : 0;
      ASSERT_GT(blank, 0u) << "lost at byte " << at << " of\n" << text;
      at += blank;
    }
    ASSERT_EQ(at, token.begin);
    at = token.end;
  }
  EXPECT_EQ(at, text.size());
  EXPECT_EQ(comment, ast.comments.size());
}

TEST(Samples, LoseNoByte) {
  for (const Sample& sample : Samples()) ExpectLossless(Parsed(sample.text).ast);
}

TEST(Edits, LoseNoByteAndLeaveATree) {
  std::mt19937 random(12);
  const std::vector<Sample> samples = Samples();
  size_t findings = 0;
  for (int round = 0; round < 3000; ++round) {
    const Sample& sample = samples[random() % samples.size()];
    std::string text = Mutate(sample.text.substr(0, 10) + sample.text.substr(10), random, 8);
    if (round % 4 != 0) text = sample.text.substr(0, 10) + text;  // a sound edition line in three of four
    const Parsed parsed(text);
    findings += parsed.emitter.findings().size();
    const Ast& ast = parsed.ast;
    ASSERT_FALSE(ast.nodes.empty());
    ASSERT_EQ(ast.tokens.back().kind, TokenKind::EOF_);
    if (ast.tokens.size() == 1) continue;
    ExpectLossless(ast);
    if (testing::Test::HasFatalFailure()) return;
    // The progress guard was not needed: one file node, and braces balance.
    int depth = 0;
    for (const Token& token : ast.tokens) {
      depth += token.kind == TokenKind::LB ? 1 : token.kind == TokenKind::RB ? -1 : 0;
      ASSERT_GE(depth, 0) << text;
    }
    ASSERT_EQ(depth, 0) << text;
    ASSERT_EQ(std::count_if(ast.nodes.begin(), ast.nodes.end(), [](const Node& node) { return node.kind == NodeKind::kFile; }), 1)
        << text;
  }
  EXPECT_GT(findings, 3000u);
}

}  // namespace
}  // namespace ordo

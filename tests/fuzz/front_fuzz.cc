// Random edits of the samples through the front end: no crash, nothing lost, a tree that nests; the scanner equals the generated
// lexer; what is sound keeps its tokens when formatted, and formatting twice changes nothing. `front_fuzz ROUNDS SEED`; the text
// that breaks a law is printed. Build with the preset `sanitize` to look for faults of memory.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "antlr4-runtime.h"
#include "compiler/ast/literals.h"
#include "compiler/format/format.h"
#include "compiler/syntax/scanner.h"
#include "fmt/format.h"
#include "generated/stock/OrdoLexer.h"
#include "support/source_text.h"

namespace ordo {
namespace {

[[noreturn]] void Fail(const char* law, std::string_view text) {
  fmt::print("{}\n--------\n{}\n--------\n", law, text);
  std::exit(1);
}

void ExpectSameShapes(const std::string& text) {
  antlr4::ANTLRInputStream input(text);
  stock::OrdoLexer lexer(&input);
  lexer.removeErrorListeners();
  const std::vector<Raw> raws = Scan(text);
  size_t characters = 0, byte = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (const Raw& raw : raws) {
    const auto token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) {
      if (raw.kind != RawKind::kEnd) Fail("the scanner sees more than the lexer", text);
      return;
    }
    for (; byte < raw.begin; ++byte) characters += (static_cast<uint8_t>(text[byte]) & 0xC0) != 0x80;
    if (token->getStartIndex() != characters) Fail("a token begins elsewhere", text);
    for (; byte < raw.end; ++byte) characters += (static_cast<uint8_t>(text[byte]) & 0xC0) != 0x80;
    if (token->getStopIndex() + 1 != characters) Fail("a token ends elsewhere", text);
    // RawKind names the rules of the lexer in their order, BLANK left out.
    const size_t type = token->getType() > stock::OrdoLexer::BLANK ? token->getType() - 1 : token->getType();
    if (type != static_cast<size_t>(raw.kind)) Fail("a token has another shape", text);
  }
  Fail("the lexer sees more than the scanner", text);
}

void ExpectWhole(const Ast& ast) {
  const std::string_view text = ast.source->text();
  size_t comment = 0;
  uint32_t at = ast.edition_end;
  int depth = 0;
  for (const Token& token : ast.tokens) {
    if (token.begin < at || token.end < token.begin) Fail("tokens overlap", text);
    while (at < token.begin) {
      if (comment < ast.comments.size() && ast.comments[comment].begin == at) {
        at = ast.comments[comment++].end;
      } else if (text.substr(at).starts_with("\u00A0")) {
        at += 2;
      } else if (text.substr(at).starts_with("\uFEFF")) {
        at += 3;
      } else if (std::string_view(" \t\r\n;").find(text[at]) != std::string_view::npos) {
        ++at;
      } else {
        Fail("bytes between tokens are lost", text);
      }
    }
    at = token.end;
    depth += token.kind == TokenKind::LB ? 1 : token.kind == TokenKind::RB ? -1 : 0;
    if (depth < 0) Fail("braces do not balance", text);
  }
  if (depth != 0 || at != text.size()) Fail("the end is missing", text);
  for (NodeId id = 0; id < ast.nodes.size(); ++id) {
    const Node& node = ast.nodes[id];
    if (node.end <= id || node.end > ast.nodes[0].end || node.token_end < node.first_token) Fail("the tree does not nest", text);
    if (id > 0 && node.kind == NodeKind::kFile) Fail("tokens that no rule took", text);
  }
}

std::string Tokens(const Ast& ast) {
  std::string out;
  for (const Token& token : ast.tokens) {
    fmt::format_to(std::back_inserter(out), "{} {} {}\n", static_cast<int>(token.kind), static_cast<int>(token.word),
                   token.kind == TokenKind::TEXT                           ? ast.TextOf(token)
                   : token.kind == TokenKind::ID && token.word == W::kNone ? ast.NameOf(token)
                                                                           : "");
  }
  return out;
}

void ExpectCanonical(const Parsed& parsed) {
  const std::string text = Format(parsed.ast, parsed.ast.skin);
  const Parsed again(text);
  if (again.emitter.has_errors() || Tokens(again.ast) != Tokens(parsed.ast)) {
    fmt::print("{}\n========\n", text);
    Fail("formatting changed what is said", parsed.source.text());
  }
  if (Format(again.ast, again.ast.skin) != text) {
    fmt::print("{}\n======== {}\n", text, Format(again.ast, again.ast.skin));
    Fail("formatting twice changed something", parsed.source.text());
  }
}

}  // namespace
}  // namespace ordo

int main(int argc, char** argv) {
  using namespace ordo;
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 2000;
  std::mt19937 random(argc > 2 ? static_cast<uint32_t>(std::atoi(argv[2])) : 1);
  const std::vector<Sample> samples = Samples();
  size_t sound = 0, findings = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::string& sample = samples[random() % samples.size()].text;
    const std::string text = sample.substr(0, 10) + Mutate(sample.substr(10), random, 1 + random() % 8);
    if (round % 16 == 0) ExpectSameShapes(text);
    const Parsed parsed(text);
    findings += parsed.emitter.findings().size();
    if (parsed.ast.tokens.size() > 1) ExpectWhole(parsed.ast);
    if (parsed.emitter.has_errors()) continue;
    ++sound;
    ExpectCanonical(parsed);
  }
  fmt::print("{} texts, {} sound, {} findings: every law holds\n", rounds, sound, findings);
}

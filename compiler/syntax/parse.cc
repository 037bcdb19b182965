#include "compiler/syntax/parse.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "compiler/syntax/parser_base.h"
#include "compiler/syntax/text_check.h"
// generated code, behind its base
#include "OrdoParser.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

using Generated = generated::OrdoParser;
static_assert(Generated::KIND == static_cast<int>(TokenKind::KIND) && Generated::STRAY == static_cast<int>(TokenKind::STRAY) &&
                  Generated::END == static_cast<int>(TokenKind::END) && Generated::COMMA == static_cast<int>(TokenKind::COMMA) &&
                  Generated::MEASURE == static_cast<int>(TokenKind::MEASURE) &&
                  Generated::KEY == static_cast<int>(TokenKind::KEY),
              "token.h and OrdoParser.g4 name the same tokens in the same order");
static_assert(Generated::RuleFile == static_cast<int>(NodeKind::kFile) &&
                  Generated::RuleItem == static_cast<int>(NodeKind::kItem) &&
                  Generated::RuleClause == static_cast<int>(NodeKind::kClause) &&
                  Generated::RuleExpr == static_cast<int>(NodeKind::kExpr),
              "nodes.def and OrdoParser.g4 name the same rules in the same order");

void ReportSyntaxErrors(const Ast& ast, const std::vector<ParserBase::SyntaxError>& errors, Emitter& emitter) {
  // A line that the token source has already blamed is not blamed twice.
  absl::flat_hash_set<uint32_t> blamed;
  for (const Finding& finding : emitter.findings()) {
    if (finding.at.file == ast.file && finding.severity == Severity::kError) blamed.insert(ast.source->LineOf(finding.at.begin));
  }
  for (const ParserBase::SyntaxError& error : errors) {
    const Token& token = ast.tokens[error.token];
    if (!blamed.insert(ast.source->LineOf(token.begin)).second) continue;
    if (token.begin == token.end) {
      Span span = ast.SpanOf(token);
      if (error.token > 0) span.begin = ast.tokens[error.token - 1].begin;
      emitter.Emit(Code::kUnexpectedEnd, span);
    } else {
      emitter.Emit(Code::kUnexpected, ast.SpanOf(token), {ShownText(ast.text(token))});
    }
  }
}

}  // namespace

Ast Parse(const SourceFile& source, FileId file, const SyntaxLimits& limits, Emitter& emitter) {
  Ast ast;
  ast.source = &source;
  ast.file = file;
  const std::string_view text = source.text();
  bool readable = true;
  if (text.size() > limits.max_bytes) {
    emitter.Emit(Code::kFileTooLarge, {file, 0, 0}, {fmt::format("{}", text.size()), fmt::format("{}", limits.max_bytes)});
    readable = false;
  } else if (ReportNoUtf8(text, file, emitter)) {
    readable = false;
  }
  if (!readable || !MakeTokens(ast, limits, emitter)) {
    ast.tokens = {{TokenKind::EOF_, Token::kVirtual, W::kNone, 0, 0}};
    ast.nodes = {{NodeKind::kFile, true, 0, 0, 1}};
    return ast;
  }
  ast.nodes.reserve(ast.tokens.size());
  Generated parser(nullptr);
  parser.Attach(&ast);
  parser.file();
  // A progress guard: no token may be lost in silence. Whatever no rule took is skipped one statement at a time.
  while (!parser.AtEof()) {
    parser.SkipOne();
    parser.file();
  }
  ast.nodes[0].end = static_cast<uint32_t>(ast.nodes.size());
  ast.nodes[0].token_end = static_cast<uint32_t>(ast.tokens.size());
  ReportSyntaxErrors(ast, parser.errors(), emitter);
  return ast;
}

}  // namespace ordo

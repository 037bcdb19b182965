#include "compiler/ast/ast.h"

#include <algorithm>
#include <iterator>

#include "fmt/format.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

constexpr std::string_view kNodeNames[] = {
#define ORDO_NODE(name, text) text,
#include "compiler/ast/nodes.def"
#undef ORDO_NODE
};

constexpr std::string_view kTokenNames[] = {
    "EOF", "KIND",     "TYPE",   "ID",     "MEMBER",    "TEXT",   "NUMBER",   "DATE", "UNIT",      "WORD",
    "KEY", "EXPR_KEY", "IMPORT", "SERIES", "PARAMETER", "EXPECT", "FOR_EACH", "LET",  "CONDITION", "TOP", "BY", "AND",
    "OR",  "NOT",      "AMONG",  "STATED", "AGGREGATE", "DISTINCT", "WITH",   "MEASURE",  "TO", "IN",   "COMPARE",   "SIGN",
    "DOT", "COMMA",    "LB",     "RB",     "LP",        "RP",     "END",      "STRAY"};
static_assert(std::size(kTokenNames) == static_cast<size_t>(TokenKind::STRAY) + 1);

}  // namespace

std::string_view NameOf(NodeKind kind) { return kNodeNames[static_cast<size_t>(kind)]; }

std::string Ast::TextOf(const Token& token) const {
  std::string_view bytes = text(token);
  if (bytes.starts_with("\"\"\"")) {
    bytes.remove_prefix(3);
    if (!(token.flags & Token::kOpenText)) bytes.remove_suffix(3);
    std::string out;
    out.reserve(bytes.size());
    for (size_t i = 0; i < bytes.size(); ++i) {
      if (bytes[i] != '\n' && bytes[i] != '\r') {
        out += bytes[i];
        continue;
      }
      while (!out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
      while (i + 1 < bytes.size() &&
             (bytes[i + 1] == '\n' || bytes[i + 1] == '\r' || bytes[i + 1] == ' ' || bytes[i + 1] == '\t'))
        ++i;
      if (!out.empty()) out += ' ';
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    const size_t begin = out.find_first_not_of(' ');
    return begin == std::string::npos ? std::string() : out.substr(begin);
  }
  const size_t open = bytes.starts_with('"') ? 1 : 3;
  const size_t close = token.flags & Token::kOpenText ? 0 : open;
  return std::string(bytes.substr(open, bytes.size() - open - close));
}

std::string Ast::NameOf(const Token& token) const {
  return token.flags & Token::kDecomposed ? ToNfc(text(token)) : std::string(text(token));
}

Span Ast::SpanOf(NodeId id) const {
  const Node& node = nodes[id];
  uint32_t last = node.token_end;
  while (last > node.first_token + 1 && tokens[last - 1].begin == tokens[last - 1].end) --last;  // END has no bytes
  const Token& first = tokens[node.first_token];
  return {file, first.begin, last > node.first_token ? std::max(first.end, tokens[last - 1].end) : first.end};
}

Heading HeadingOf(const Ast& ast, NodeId block) {
  Heading heading;
  heading.node = ast.first(block);
  const Node& node = ast.nodes[heading.node];
  bool in_parameters = false;
  for (uint32_t i = node.first_token; i < node.token_end; ++i) {
    const Token& token = ast.tokens[i];
    if (token.kind == TokenKind::LP) in_parameters = true;
    if (token.kind == TokenKind::RP) in_parameters = false;
    if (in_parameters) continue;
    if (token.kind == TokenKind::KIND) heading.kind = &token;
    if (token.kind == TokenKind::TYPE && !heading.type) heading.type = &token;
    if (token.kind == TokenKind::ID && heading.name && !heading.part && ast.tokens[i - 1].kind == TokenKind::DOT) heading.part = &token;
    if (token.kind == TokenKind::ID && !heading.name) heading.name = &token;
    if (token.kind == TokenKind::TEXT && !heading.title) heading.title = &token;
  }
  if (heading.node + 1 < node.end) heading.parameters = heading.node + 1;
  heading.body = node.end;
  return heading;
}

std::string_view ShownText(std::string_view text) {
  constexpr size_t kMostBytes = 60;
  text = text.substr(0, text.find_first_of("\r\n"));
  if (text.size() <= kMostBytes) return text;
  size_t size = kMostBytes;
  while (size > 0 && (static_cast<uint8_t>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

std::string DumpTokens(const Ast& ast) {
  std::string out;
  // Columns are counted on from the token before: a line may be megabytes long.
  Position at{0, 1};
  uint32_t counted = 0;
  for (const Token& token : ast.tokens) {
    const uint32_t line = ast.source->LineOf(token.begin);
    if (line != at.line) {
      at = ast.source->PositionOf(token.begin);
    } else {
      at.column += static_cast<uint32_t>(CountGraphemes(ast.source->text().substr(counted, token.begin - counted)));
    }
    counted = token.begin;
    fmt::format_to(std::back_inserter(out), "{}:{} {}", at.line, at.column, kTokenNames[static_cast<size_t>(token.kind)]);
    if (token.word != W::kNone) fmt::format_to(std::back_inserter(out), " {}.{}", RowOf(token.word).family, RowOf(token.word).id);
    if (token.begin != token.end) fmt::format_to(std::back_inserter(out), " «{}»", ast.text(token));
    out += '\n';
  }
  return out;
}

std::string DumpAst(const Ast& ast) {
  std::string out;
  std::vector<uint32_t> ends;
  for (NodeId id = 0; id < ast.nodes.size(); ++id) {
    while (!ends.empty() && ends.back() <= id) ends.pop_back();
    const Node& node = ast.nodes[id];
    out.append(ends.size() * 2, ' ');
    out += NameOf(node.kind);
    if (node.error) out += " (error)";
    const bool leaf = node.end == id + 1;
    if (leaf || node.kind == NodeKind::kField || node.kind == NodeKind::kClause) {
      const uint32_t last = leaf ? node.token_end : node.first_token + 1;
      for (uint32_t i = node.first_token; i < last; ++i) {
        if (ast.tokens[i].begin != ast.tokens[i].end) fmt::format_to(std::back_inserter(out), " {}", ast.text(ast.tokens[i]));
      }
    }
    out += '\n';
    ends.push_back(node.end);
  }
  return out;
}

}  // namespace ordo

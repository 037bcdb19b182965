#include "compiler/ast/edits.h"

#include <algorithm>
#include <vector>

#include "fmt/format.h"

namespace ordo {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

uint32_t BeginOf(const Ast& ast, NodeId node) { return ast.tokens[ast.nodes[node].first_token].begin; }
uint32_t EndOf(const Ast& ast, NodeId node) { return ast.tokens[ast.nodes[node].token_end - 1].end; }

std::vector<NodeId> ValueNodes(const Ast& ast, NodeId field) {
  std::vector<NodeId> values;
  for (NodeId child = ast.first(field); child != ast.nodes[field].end; child = ast.nodes[child].end) {
    if (ast.nodes[child].kind == NodeKind::kValue) values.push_back(child);
  }
  return values;
}

bool HasWrittenCell(const Ast& ast, NodeId value) {
  for (uint32_t i = ast.nodes[value].first_token; i < ast.nodes[value].token_end; ++i) {
    if (ast.tokens[i].kind == TokenKind::WORD && ast.tokens[i].word == W::word_written) return true;
  }
  return false;
}

bool HoldsComment(const Ast& ast, uint32_t begin, uint32_t end) {
  const auto next = std::lower_bound(ast.comments.begin(), ast.comments.end(), begin,
                                     [](const Span& comment, uint32_t at) { return comment.begin < at; });
  return next != ast.comments.end() && next->begin < end;
}

}  // namespace

TextIndex::TextIndex(const Ast& ast) {
  NodeId field = 0;
  for (NodeId node = 1; node < ast.nodes.size(); ++node) {
    switch (ast.nodes[node].kind) {
      case NodeKind::kBlock: headings_.push_back({BeginOf(ast, node), node}); break;
      case NodeKind::kField: field = ast.nodes[node].error ? 0 : node; break;
      case NodeKind::kClause: field = 0; break;   // its values are none of a field
      case NodeKind::kValue:
        if (field != 0) values_.push_back({BeginOf(ast, node), field});
        break;
      default: break;
    }
  }
}

NodeId TextIndex::Find(const Begins& begins, uint32_t begin) {
  const auto found = std::lower_bound(begins.begin(), begins.end(), std::pair(begin, NodeId{0}));
  return found == begins.end() || found->first != begin ? 0 : found->second;
}

Edit RemoveField(const Ast& ast, NodeId field) {
  const std::string_view text = ast.source->text();
  uint32_t begin = BeginOf(ast, field), end = begin;
  for (uint32_t i = ast.nodes[field].first_token; i < ast.nodes[field].token_end; ++i) {
    if (ast.tokens[i].kind != TokenKind::END) end = std::max(end, ast.tokens[i].end);
  }
  const auto skip_blanks = [&](uint32_t at) {
    while (at < text.size() && IsBlank(text[at])) ++at;
    return at;
  };
  const uint32_t behind = skip_blanks(end);
  const bool semicolon = behind < text.size() && text[behind] == ';';
  if (semicolon) end = behind + 1;
  const uint32_t next = skip_blanks(end);
  uint32_t before = begin;
  while (before > 0 && IsBlank(text[before - 1])) --before;
  const bool opens_line = before == 0 || text[before - 1] == '\n' || text[before - 1] == '\r';
  const bool ends_line = next >= text.size() || text[next] == '\n' || text[next] == '\r';
  if (opens_line && ends_line) {
    end = next;
    if (end < text.size() && text[end] == '\r') ++end;
    if (end < text.size() && text[end] == '\n') ++end;
    return {{ast.file, before, end}, ""};
  }
  if (!ends_line && semicolon) return {{ast.file, begin, next}, ""};
  // The last one of its line or block: what separated it from the one before goes too.
  if (!opens_line && text[before - 1] == ';') return {{ast.file, before - 1, end}, ""};
  return {{ast.file, begin, end}, ""};
}

std::optional<Edit> RemoveValue(const Ast& ast, NodeId field, uint32_t wanted) {
  const std::vector<NodeId> values = ValueNodes(ast, field);
  size_t at = 0;
  while (at < values.size() && BeginOf(ast, values[at]) != wanted) ++at;
  if (at == values.size()) return std::nullopt;
  if (HasWrittenCell(ast, values.back())) return std::nullopt;
  if (values.size() == 1) return RemoveField(ast, field);
  const bool last = at + 1 == values.size();
  const uint32_t begin = last ? EndOf(ast, values[at - 1]) : BeginOf(ast, values[at]);
  const uint32_t end = last ? EndOf(ast, values[at]) : BeginOf(ast, values[at + 1]);
  if (HoldsComment(ast, begin, end)) return std::nullopt;
  return Edit{{ast.file, begin, end}, ""};
}

std::optional<Span> ValuesOf(const Ast& ast, NodeId field) {
  const std::vector<NodeId> values = ValueNodes(ast, field);
  if (values.empty() || HasWrittenCell(ast, values.back())) return std::nullopt;
  const Span span{ast.file, BeginOf(ast, values.front()), EndOf(ast, values.back())};
  if (HoldsComment(ast, span.begin, span.end)) return std::nullopt;
  return span;
}

std::optional<Edit> AddField(const Ast& ast, NodeId block, std::string_view key, std::string_view value) {
  const Node& node = ast.nodes[block];
  const Token& brace = ast.tokens[node.token_end - 1];
  if (node.error || brace.kind != TokenKind::RB || (brace.flags & Token::kVirtual)) return std::nullopt;
  const std::string_view text = ast.source->text();
  uint32_t line = brace.begin;
  while (line > 0 && IsBlank(text[line - 1])) --line;
  const bool own_line = line > 0 && text[line - 1] == '\n';
  if (own_line) {
    const std::string_view end = line > 1 && text[line - 2] == '\r' ? "\r\n" : "\n";
    std::string indent(text.substr(line, brace.begin - line));
    indent += "  ";
    for (NodeId child = HeadingOf(ast, block).body; child != 0 && child < node.end; child = ast.nodes[child].end) {
      const uint32_t begin = BeginOf(ast, child);
      uint32_t start = begin;
      while (start > 0 && IsBlank(text[start - 1])) --start;
      if (start > 0 && text[start - 1] == '\n') indent = text.substr(start, begin - start);
    }
    return Edit{{ast.file, line, line}, fmt::format("{}{}: {}{}", indent, key, value, end)};
  }
  // A block on one line: behind what stands there.
  uint32_t at = 0;
  bool empty = true;
  for (uint32_t i = node.first_token; i + 1 < node.token_end; ++i) {
    const Token& token = ast.tokens[i];
    if (token.kind == TokenKind::END || token.flags & Token::kVirtual) continue;
    at = token.end;
    empty = token.kind == TokenKind::LB;
  }
  if (HoldsComment(ast, at, brace.begin)) return std::nullopt;
  const uint32_t semicolon = static_cast<uint32_t>(text.find_first_not_of(" \t", at));
  if (semicolon < brace.begin && text[semicolon] == ';') return Edit{{ast.file, semicolon + 1, semicolon + 1}, fmt::format(" {}: {}", key, value)};
  return Edit{{ast.file, at, at}, fmt::format("{}{}: {}", empty ? " " : "; ", key, value)};
}

}  // namespace ordo

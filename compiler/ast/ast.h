// The syntax tree of one file: a flat array of nodes in preorder over a flat array of tokens. A node is a grammar rule and a
// range of tokens; its children follow it until `end`. Tokens know their bytes and what lies between two tokens is blanks and
// comments, so every byte of the source can be given back. Always returned, broken files too: a statement that no rule took is
// a STRAY token or a node with an error flag.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/token.h"
#include "runtime/base/source.h"

namespace ordo {

enum class NodeKind : uint8_t {
#define ORDO_NODE(name, text) name,
#include "compiler/ast/nodes.def"
#undef ORDO_NODE
};
std::string_view NameOf(NodeKind kind);

struct Node {
  NodeKind kind = NodeKind::kFile;
  bool error = false;  // the parser lost its way inside: already reported
  uint32_t first_token = 0;
  uint32_t token_end = 0;  // past its last token
  uint32_t end = 0;        // past its last descendant, in Ast::nodes
};

using NodeId = uint32_t;

struct Ast {
  const SourceFile* source = nullptr;
  FileId file = kNoFile;
  Skin skin = Skin::kVietnamese;
  int edition = 1;
  uint32_t edition_end = 0;    // bytes of the edition line, without its line end
  std::vector<Token> tokens;   // the last is EOF_
  std::vector<Node> nodes;     // nodes[0] is the file
  std::vector<Span> comments;  // in source order, without their line ends

  std::string_view text(const Token& token) const { return source->text().substr(token.begin, token.end - token.begin); }
  // The content of a TEXT token: without its quotes, line breaks of a long text as one blank.
  std::string TextOf(const Token& token) const;
  // An ID as it is compared: composed to NFC.
  std::string NameOf(const Token& token) const;
  Span SpanOf(const Token& token) const { return {file, token.begin, token.end}; }
  Span SpanOf(NodeId node) const;

  // Children of a node: for (NodeId c = first(n); c != nodes[n].end; c = nodes[c].end).
  NodeId first(NodeId node) const { return node + 1; }
};

// A block's heading, read off its tokens.
struct Heading {
  const Token* kind = nullptr;
  const Token* type = nullptr;  // extend task
  const Token* name = nullptr;
  const Token* part = nullptr;  // done task.milestone
  const Token* title = nullptr;
  NodeId parameters = 0;  // 0: none
  NodeId node = 0;
  NodeId body = 0;  // first line of the block
};
Heading HeadingOf(const Ast& ast, NodeId block);

// User text in a finding: one line, not too long, cut between letters.
std::string_view ShownText(std::string_view text);

std::string DumpTokens(const Ast& ast);
std::string DumpAst(const Ast& ast);

}  // namespace ordo

// Changes of a text that leave everything else byte for byte: a value out of a list with its comma, a field out of its block with
// its line, a field into a block. What comes out parses again; nullopt where that takes a guess (a comment in between, a printed
// cell `written "…"` that would no longer agree, a block without its brace).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/ast/ast.h"
#include "runtime/diag/finding.h"

namespace ordo {

// Where values and headings begin, for many look-ups in one file. One pass over the tree.
class TextIndex {
 public:
  explicit TextIndex(const Ast& ast);
  // The field with a value that begins there; 0 if there is none.
  NodeId FieldAt(uint32_t begin) const { return Find(values_, begin); }
  // The block whose heading begins there; 0 if there is none.
  NodeId BlockAt(uint32_t begin) const { return Find(headings_, begin); }

 private:
  using Begins = std::vector<std::pair<uint32_t, NodeId>>;   // ascending
  static NodeId Find(const Begins& begins, uint32_t begin);
  Begins values_, headings_;
};

// The field as a whole, with its line if nothing else stands there.
Edit RemoveField(const Ast& ast, NodeId field);
// The value of a field that begins there; the field if it is the only one.
std::optional<Edit> RemoveValue(const Ast& ast, NodeId field, uint32_t begin);
// All values of a field.
std::optional<Span> ValuesOf(const Ast& ast, NodeId field);
// `key: value` as the last line of a block, indented like the one before.
std::optional<Edit> AddField(const Ast& ast, NodeId block, std::string_view key, std::string_view value);

}  // namespace ordo

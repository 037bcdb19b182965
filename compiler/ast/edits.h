// Changes of a text that leave everything else byte for byte: a value out of a list with its comma, a field out of its block with
// its line, a field into a block. What comes out parses again; nullopt where that takes a guess (a comment in between, a printed
// cell `written "…"` that would no longer agree, a block without its brace).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/ast/ast.h"
#include "runtime/diag/finding.h"

namespace ordo {

// The field with a value that begins where `value` begins; 0 if there is none. Descends into the blocks around it only.
NodeId FieldWithValue(const Ast& ast, Span value);
// The block whose heading begins there; 0 if there is none.
NodeId BlockWithHeading(const Ast& ast, Span heading);
// The field as a whole, with its line if nothing else stands there.
Edit RemoveField(const Ast& ast, NodeId field);
// One value; the field if it is the only one.
std::optional<Edit> RemoveValue(const Ast& ast, Span value);
// All values of a field.
std::optional<Span> ValuesOf(const Ast& ast, NodeId field);
// `key: value` as the last line of a block, indented like the one before.
std::optional<Edit> AddField(const Ast& ast, NodeId block, std::string_view key, std::string_view value);

}  // namespace ordo

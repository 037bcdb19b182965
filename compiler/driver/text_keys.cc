// Fingerprints of what the compiler itself found: code, the names of the blocks around the place, and the words there. The text may
// be too broken for a model, so the tree alone is asked.
#include <algorithm>

#include "compiler/driver/session.h"
#include "runtime/base/unicode.h"
#include "runtime/diag/fingerprint.h"

namespace ordo {
namespace {

constexpr size_t kMostWords = 120;   // bytes of the text of a place that count

// The names of the blocks in which an offset lies, from the outside in, and the key of its field.
void AddSurroundings(const Ast& ast, uint32_t offset, Fingerprint& key) {
  NodeId end = ast.nodes[0].end;
  for (NodeId line = ast.first(0); line < end;) {
    const Node& node = ast.nodes[line];
    const Span span = ast.SpanOf(line);
    if (offset < span.begin || offset >= span.end || (node.kind != NodeKind::kBlock && node.kind != NodeKind::kField)) {
      line = node.end;
      continue;
    }
    if (node.kind == NodeKind::kField) {
      if (const W word = ast.tokens[node.first_token].word; word != W::kNone) key.Add(RowOf(word).id);
      return;
    }
    const Heading heading = HeadingOf(ast, line);
    if (heading.kind && heading.kind->word != W::kNone) key.Add(RowOf(heading.kind->word).id);
    if (heading.name) key.Add(ast.NameOf(*heading.name));
    if (heading.body == 0) return;
    end = node.end;
    line = heading.body;
  }
}

}  // namespace

void AddTextFingerprints(const Loaded& loaded, std::vector<Finding>& findings) {
  std::vector<const Ast*> by_file(loaded.sources.size(), nullptr);
  for (const Ast& ast : loaded.asts) {
    if (ast.file < by_file.size()) by_file[ast.file] = &ast;
  }
  for (Finding& finding : findings) {
    if (!finding.fingerprint.empty()) continue;
    Fingerprint key;
    key.Add(finding.code).Add(finding.subject);
    if (!finding.at.known()) {
      key.Add(finding.path.substr(finding.path.find_last_of('/') + 1));
      if (finding.path.empty()) key.Add(finding.message);
    } else {
      if (const Ast* ast = by_file[finding.at.file]) AddSurroundings(*ast, finding.at.begin, key);
      const std::string_view words = loaded.sources.file(finding.at.file).slice(finding.at);
      key.Add(ToNfc(std::string(words.substr(0, kMostWords))));
    }
    finding.fingerprint = key.Hex();
  }
  NumberFingerprints(findings);
}

}  // namespace ordo

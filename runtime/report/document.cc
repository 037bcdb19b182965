#include "runtime/report/document.h"

namespace ordo::report {

Document BuildDocument(const eval::Evaluation&, Language language) {
  Document document;
  document.language = language;
  return document;
}

Layout LayoutOf(const ir::Program&) { return Layout::kState; }

}  // namespace ordo::report

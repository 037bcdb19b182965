// How values read to people: objects by number or title, times in official wording, numbers in the manner of the language.
// Used for messages, cells and explanations alike, so that one value never reads two ways.
#pragma once

#include <string>

#include "runtime/ir/ir.h"

namespace ordo::report {

class Printer {
 public:
  Printer(const ir::Program& program, Language language);

  Language language() const { return language_; }
  // A task or section by its number as tables print it («II.3», «III.10 (a)» for unnumbered sub-rows: second is b), a unit, post
  // or group by title, a document by title or symbol, a time by its wording, an entry by the wording or title of its party.
  std::string Object(EntityId id) const;
  std::string Value(ir::Type type, ir::Cell cell) const;
  // A list for a sentence: «a, b và c» | "a, b and c"; more than `most` values end in «và n mục khác» | "and n more".
  std::string List(const std::vector<std::string>& values, size_t most = 12) const;
  // The printed cell of a field of an object: `written` if given, else its entries («; » between them). "" if not stated.
  std::string FieldCell(EntityId id, ir::WordId field) const;
  std::string EntryText(const ir::Entry& entry) const;
  std::string_view Spelling(ir::WordId word) const;

 private:
  const ir::Program& program_;
  Language language_;
};

}  // namespace ordo::report

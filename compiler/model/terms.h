// Terms of official language as data: words for tiers of administration, abbreviations that need no expansion, formulas with their known
// variants. The library's are read once a run from a model of their own (compiler/driver/library_terms.h), so that no plan holds their
// objects; a plan's registers add their own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/words.h"
#include "runtime/ir/ir.h"

namespace ordo {

struct Term {
  std::string title;                       // in full, the right spelling
  std::vector<std::string> short_forms;    // «UBND»
  std::vector<std::string> variants;       // other spellings
  W tier = W::kNone;                       // a tier word: of which tier
  std::string scope;                       // a tier word: inside which other one («thôn»: «xã»)
  std::optional<Date> last_day;            // no longer used after it
};

using TermBook = std::vector<Term>;

// The terms that a program declares, in their order.
TermBook ReadTerms(const ir::Program& program);

}  // namespace ordo

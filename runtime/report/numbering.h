// Numbers of sections and rows, generated from source order as officials write them: sections «I», «II», rows «1», «2» in
// each section, sections inside a section «I.3» (one sequence with the rows beside them, so that no two things share a
// number), rows under a row «(a)», «(b)» in the order of the Vietnamese alphabet (Decree 30/2020, Annex I). A number that was
// written to keep it as issued wins. One pass over the objects; prints nothing else.
#pragma once

#include <string>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::report {

struct NumberingStyle {
  bool grouped = true;              // rows are read under their section: «II.3»
  bool running = false;             // numbers run on through the sections
  bool sub_rows_numbered = false;   // «10.1» instead of an empty cell and «10 (a)» in sentences
};

std::string RomanNumeral(size_t number);   // from 1
std::string AlphabetLetter(size_t index);  // from 0: a b c d đ e g ... y, then aa, ab

class Numbering {
 public:
  explicit Numbering(const ir::Program& program);

  // Sections that hold a shown row of the kind somewhere inside, by row of the keyed relation of sections.
  std::vector<bool> SectionsOver(ir::KindId rows, const std::vector<bool>& shown) const;
  // Numbers the shown rows of a kind and the given sections. May be called for several kinds; sections of a later call
  // start at I again.
  void Number(ir::KindId rows, const std::vector<bool>& shown, const std::vector<bool>& sections, const NumberingStyle& style);

  // As the number column prints it: «3», «I.3» for sections; empty if not numbered.
  const std::string& Own(EntityId id) const { return Find(own_, id); }
  // As a sentence says it: «II.3», «III.10 (a)».
  const std::string& Label(EntityId id) const { return Find(labels_, id); }

 private:
  using Texts = std::vector<std::vector<std::string>>;  // [kind][row]
  const std::string& Find(const Texts& texts, EntityId id) const;
  void Set(EntityId id, std::string own, std::string label);

  const ir::Program& program_;
  ir::KindId section_kind_;
  std::vector<uint32_t> counts_;   // objects of each kind
  Texts own_;
  Texts labels_;
  std::vector<uint32_t> used_;  // last number given inside a section, by row
};

}  // namespace ordo::report

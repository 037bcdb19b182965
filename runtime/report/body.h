// What the body of a plan's document prints, in source order, and how it is numbered: sections «I», «1», «a», paragraphs «1.1», «-» or
// none. Takes a program and the objects to print, gives a list; no layout. A number kept as issued wins. One pass over the objects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/eval/engine.h"
#include "runtime/ir/ir.h"
#include "runtime/report/words.h"

namespace ordo::report {

struct BodyItem {
  EntityId id = EntityId::kNone;
  size_t level = 0;          // printed sections and rows above it
  std::string number;        // «I», «1», «1.1», «a», «-»; may be empty
  std::string label;         // as a sentence says it: «II.1.1»; empty without a number
};

// The items among `wanted` (one flag an entity). A section's `numbering` says how what stands in it is numbered: `digits` (1 in a part,
// 1.1 below), `letters` (a), `dashes` (paragraphs -). Not stated: sections I, 1, a, then -, rows likewise, paragraphs without a number.
// Sections, rows and numbered paragraphs of one section share one sequence.
std::vector<BodyItem> NumberedBody(const ir::Program& program, const Words& words, const std::vector<bool>& wanted);

// As printed before the text: «I.», «1.1.», «a)», «-».
std::string MarkerOf(std::string_view number);

// Which objects the body prints: paragraphs; tasks, targets and reporting duties that no appendix or table shows, where a target that is
// the result of a shown task counts as shown; tables where they are declared; sections that hold any of these, or nothing at all.
std::vector<bool> PrintedInBody(const eval::Evaluation& evaluation, const Words& words);

// One flag an entity: a section for follow-up, or something in it.
std::vector<bool> KeptForFollowUp(const ir::Program& program, const Words& words);
// A section, table or appendix with `purpose: for follow up`, and what stands in it: kept by the office, no part of the document.
bool IsForFollowUp(const ir::Program& program, EntityId id);

}  // namespace ordo::report

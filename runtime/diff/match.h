// Which object of the new edition is which of the old one. In: two programs. Out: pairs within one kind (units, posts and groups also
// across these three, by their spellings). Names of declarations alone neither bind nor part: first the same name and the same title,
// then the same title in the same section, then the same title, then the likest titles, a same name counting in favour; what is equally
// likely goes by order. Last, a section or task whose title was written anew is the one in which most of what it held stands now.
// Never compares anything else than titles and places. The cost grows linearly: likeness is asked only of those that share rare words.
#pragma once

#include <string>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::diff {

struct Matching {
  std::vector<EntityId> now_of;  // by object of the old edition; kNone: none
  std::vector<EntityId> was_of;  // by object of the new edition
  EntityId Now(EntityId was) const { return was == EntityId::kNone ? was : now_of[static_cast<uint32_t>(was)]; }
  EntityId Was(EntityId now) const { return now == EntityId::kNone ? now : was_of[static_cast<uint32_t>(now)]; }
};

Matching Match(const ir::Program& was, const ir::Program& now);

// What an object is known by: its title, the text of a clause, the symbol of a document.
std::string_view TitleOf(const ir::Program& program, EntityId id);
// Id of the word of its kind: "task".
std::string_view KindOf(const ir::Program& program, EntityId id);

}  // namespace ordo::diff

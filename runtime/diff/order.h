// What stands elsewhere. In: two programs and which object is which. Out: objects of the new edition that stand in another section or
// task than their counterpart, or that left the order of those beside them. An insertion moves nothing: of the objects that one section
// holds in both editions, the longest run that kept its order stays, the others were moved. O(n log n).
#pragma once

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/diff/match.h"

namespace ordo::diff {

struct Moves {
  absl::flat_hash_map<EntityId, bool> moved;  // object of the new edition -> whether it stands in another section or task
  absl::flat_hash_set<EntityId> quiet;        // objects beside which nothing was added, dropped or moved
};

Moves FindMoves(const ir::Program& was, const ir::Program& now, const Matching& matching);

}  // namespace ordo::diff

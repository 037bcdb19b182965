// Who has which role in which task, read from the relations «task.<role>» in which lowering has already put the members for
// their groups; they also hold the roles of targets and milestones. Shared by the matrix and the duties of a unit. A post
// counts for the unit that it belongs to unless asked not to.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/eval/engine.h"
#include "runtime/report/words.h"

namespace ordo::report {

struct Role {
  ir::WordId word = ir::kNoWord;
  ir::RelationId relation = ir::kNone;
  std::string letter;   // of a matrix; may be empty
};

// Every relation of tasks to parties; lead, support and monitor first, then in the order of the vocabulary.
std::vector<Role> RolesOf(const eval::Evaluation& evaluation, const Words& words);
// Those with the given letters, in that order; without letters the customary ones: A, R, S, M, C, I.
std::vector<Role> LetteredRoles(const eval::Evaluation& evaluation, const std::vector<std::pair<ir::WordId, Symbol>>& letters);
// The unit of a post (or the group whose heads it names); any other party is itself.
EntityId UnitOf(const ir::Program& program, const Words& words, EntityId party);

// Letters in cells of tasks by parties.
class Letters {
 public:
  Letters(const eval::Evaluation& evaluation, const Words& words, std::vector<Role> roles, const std::vector<EntityId>& parties);
  std::string Cell(EntityId task, size_t party) const;                                 // «A, R»
  std::string Total(const std::vector<EntityId>& tasks, size_t party) const;           // «R 5, S 12»

 private:
  static uint64_t Key(uint32_t row, size_t party) { return uint64_t{row} << 32 | party; }
  void Mark(const ir::Program& program, ir::Cell task, ir::Cell party, size_t role);
  uint64_t MaskOf(uint32_t row, size_t party) const;

  const ir::Program& program_;
  const Words& words_;
  std::vector<Role> roles_;
  absl::flat_hash_map<EntityId, uint32_t> column_of_;
  absl::flat_hash_map<uint64_t, uint64_t> masks_;   // a bit a role, at most 64 of them
};

// Units (or posts) with one of these roles in the plan: by their first task, then by role, then by name.
std::vector<EntityId> PartiesWith(const eval::Evaluation& evaluation, const Words& words, const std::vector<Role>& roles,
                                  bool posts);
// Members of a group, in the order of the register; empty for an open one.
std::vector<EntityId> MembersOf(const eval::Evaluation& evaluation, EntityId group);

}  // namespace ordo::report

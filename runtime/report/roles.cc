#include "runtime/report/roles.h"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "runtime/report/text.h"

namespace ordo::report {
namespace {

constexpr std::string_view kPrefix = "task.";

bool HoldsParties(const eval::Evaluation& evaluation, const Words& words, ir::RelationId relation) {
  const ir::Program& program = evaluation.program();
  const auto& columns = program.relations[relation].columns;
  if (columns.size() != 2 || columns[1].type != ir::Type::kEntity || evaluation.rows(relation) == 0) return false;
  const EntityId party = static_cast<EntityId>(evaluation.cell(relation, 0, 1));
  return IsKind(program, party, words.unit_kind) || IsKind(program, party, words.post_kind) ||
         IsKind(program, party, words.group_kind);
}

ir::RelationId RelationOf(const ir::Program& program, ir::WordId word) {
  if (word >= program.words.size()) return ir::kNone;
  return program.FindRelation(fmt::format("{}{}", kPrefix, program.words[word].id));
}

}  // namespace

std::vector<Role> RolesOf(const eval::Evaluation& evaluation, const Words& words) {
  const ir::Program& program = evaluation.program();
  std::vector<Role> roles;
  for (ir::RelationId id = 0; id < program.relations.size(); ++id) {
    const std::string_view name = program.text(program.relations[id].name);
    if (!name.starts_with(kPrefix) || !HoldsParties(evaluation, words, id)) continue;
    const ir::WordId word = program.FindWord(name.substr(kPrefix.size()));
    if (word != ir::kNoWord) roles.push_back({word, id, {}});
  }
  const auto rank = [&](const Role& role) {
    const size_t first = role.word == words.lead ? 0 : role.word == words.support ? 1 : role.word == words.monitor ? 2 : 3;
    return std::pair(first, role.word);
  };
  std::sort(roles.begin(), roles.end(), [&](const Role& a, const Role& b) { return rank(a) < rank(b); });
  return roles;
}

std::vector<Role> LetteredRoles(const eval::Evaluation& evaluation, const std::vector<std::pair<ir::WordId, Symbol>>& letters) {
  const ir::Program& program = evaluation.program();
  std::vector<Role> roles;
  for (const auto& [word, letter] : letters) {
    roles.push_back({word, RelationOf(program, word), std::string(program.text(letter))});
  }
  if (!letters.empty()) return roles;
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kCustomary = {
      {{"accountable", "A"}, {"lead", "R"}, {"support", "S"}, {"monitor", "M"}, {"consulted", "C"}, {"informed", "I"}}};
  for (const auto& [id, letter] : kCustomary) {
    const ir::WordId word = program.FindWord(id);
    const ir::RelationId relation = RelationOf(program, word);
    if (relation != ir::kNone) roles.push_back({word, relation, std::string(letter)});
  }
  return roles;
}

EntityId UnitOf(const ir::Program& program, const Words& words, EntityId party) {
  if (!IsKind(program, party, words.post_kind)) return party;
  const EntityId parent = program.entity(party).parent;
  return parent == EntityId::kNone ? party : parent;
}

Letters::Letters(const eval::Evaluation& evaluation, const Words& words, std::vector<Role> roles,
                 const std::vector<EntityId>& parties)
    : program_(evaluation.program()), words_(words), roles_(std::move(roles)) {
  for (size_t i = 0; i < parties.size(); ++i) column_of_.try_emplace(parties[i], static_cast<uint32_t>(i));
  if (roles_.size() > 64) roles_.resize(64);
  for (size_t role = 0; role < roles_.size(); ++role) {
    if (roles_[role].relation == ir::kNone) continue;
    const uint32_t rows = evaluation.rows(roles_[role].relation);
    for (uint32_t i = 0; i < rows; ++i) {
      Mark(program_, evaluation.cell(roles_[role].relation, i, 0), evaluation.cell(roles_[role].relation, i, 1), role);
    }
  }
  // A group that is a column of its own has the roles that were written for it; the relations hold only its members.
  const auto is_group = [&](EntityId id) { return IsKind(program_, id, words.group_kind); };
  if (std::none_of(parties.begin(), parties.end(), is_group)) return;
  for (size_t i = 0; i < program_.entities.size(); ++i) {
    const ir::Entity& entity = program_.entities[i];
    if (entity.kind != words.task_kind) continue;
    for (uint32_t f = 0; f < entity.field_count; ++f) {
      const ir::Field& field = program_.fields[entity.first_field + f];
      const auto role = std::find_if(roles_.begin(), roles_.end(), [&](const Role& r) { return r.word == field.word; });
      if (role == roles_.end()) continue;
      for (uint32_t e = 0; e < field.entry_count; ++e) {
        const ir::Entry& entry = program_.entries[field.first_entry + e];
        if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) continue;
        if (is_group(static_cast<EntityId>(entry.value))) {
          Mark(program_, static_cast<ir::Cell>(i), entry.value, static_cast<size_t>(role - roles_.begin()));
        }
      }
    }
  }
}

void Letters::Mark(const ir::Program& program, ir::Cell task, ir::Cell party, size_t role) {
  const EntityId id = static_cast<EntityId>(task);
  auto column = column_of_.find(static_cast<EntityId>(party));
  if (column == column_of_.end()) column = column_of_.find(UnitOf(program, words_, static_cast<EntityId>(party)));
  if (column == column_of_.end() || !IsKind(program, id, words_.task_kind)) return;
  masks_[Key(program.entity(id).row, column->second)] |= uint64_t{1} << role;
}

uint64_t Letters::MaskOf(uint32_t row, size_t party) const {
  const auto found = masks_.find(Key(row, party));
  return found == masks_.end() ? 0 : found->second;
}

std::string Letters::Cell(EntityId task, size_t party) const {
  std::string text;
  if (!IsKind(program_, task, words_.task_kind)) return text;
  const uint64_t mask = MaskOf(program_.entity(task).row, party);
  for (size_t role = 0; role < roles_.size(); ++role) {
    if (mask >> role & 1) Append(text, ", ", roles_[role].letter);
  }
  return text;
}

std::string Letters::Total(const std::vector<EntityId>& tasks, size_t party) const {
  std::vector<size_t> counts(roles_.size(), 0);
  for (const EntityId task : tasks) {
    const uint64_t mask = IsKind(program_, task, words_.task_kind) ? MaskOf(program_.entity(task).row, party) : 0;
    for (size_t role = 0; mask != 0 && role < roles_.size(); ++role) counts[role] += mask >> role & 1;
  }
  std::string text;
  for (size_t role = 0; role < roles_.size(); ++role) {
    if (counts[role] > 0) Append(text, ", ", fmt::format("{} {}", roles_[role].letter, counts[role]));
  }
  return text;
}

std::vector<EntityId> PartiesWith(const eval::Evaluation& evaluation, const Words& words, const std::vector<Role>& roles,
                                  bool posts) {
  const ir::Program& program = evaluation.program();
  using First = std::tuple<ir::Cell, size_t>;   // task, role
  absl::flat_hash_map<EntityId, First> first;
  for (size_t role = 0; role < roles.size(); ++role) {
    if (roles[role].relation == ir::kNone) continue;
    for (uint32_t i = 0; i < evaluation.rows(roles[role].relation); ++i) {
      if (!IsKind(program, static_cast<EntityId>(evaluation.cell(roles[role].relation, i, 0)), words.task_kind)) continue;
      EntityId party = static_cast<EntityId>(evaluation.cell(roles[role].relation, i, 1));
      if (!posts) party = UnitOf(program, words, party);
      if (!IsKind(program, party, posts ? words.post_kind : words.unit_kind)) continue;
      const First here{evaluation.cell(roles[role].relation, i, 0), role};
      const auto [place, added] = first.try_emplace(party, here);
      if (!added) place->second = std::min(place->second, here);
    }
  }
  std::vector<EntityId> parties;
  parties.reserve(first.size());
  for (const auto& [party, unused] : first) parties.push_back(party);
  const auto name = [&](EntityId id) {
    return std::pair(program.text(program.entity(UnitOf(program, words, id)).name), program.text(program.entity(id).title));
  };
  std::sort(parties.begin(), parties.end(), [&](EntityId a, EntityId b) {
    const First& x = first.find(a)->second;
    const First& y = first.find(b)->second;
    if (x != y) return x < y;
    if (const auto p = name(a), q = name(b); p != q) return p < q;
    return a < b;
  });
  return parties;
}

std::vector<EntityId> MembersOf(const eval::Evaluation& evaluation, EntityId group) {
  std::vector<EntityId> members;
  const ir::RelationId relation = evaluation.program().FindRelation("group.members");
  if (relation == ir::kNone) return members;
  for (uint32_t i = 0; i < evaluation.rows(relation); ++i) {
    if (static_cast<EntityId>(evaluation.cell(relation, i, 0)) == group) {
      members.push_back(static_cast<EntityId>(evaluation.cell(relation, i, 1)));
    }
  }
  return members;
}

}  // namespace ordo::report

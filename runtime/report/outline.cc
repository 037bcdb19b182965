#include "runtime/report/outline.h"

namespace ordo::report {

Outline::Outline(const eval::Evaluation& evaluation, const Words& words, ir::KindId rows, ir::RelationId only,
                 NumberingStyle style)
    : program_(evaluation.program()), numbers_(program_) {
  if (rows == ir::kNoKind) return;
  const uint32_t count = ObjectsPerKind(program_)[rows];
  std::vector<bool> shown(count, only == ir::kNone);
  if (only != ir::kNone) {
    for (uint32_t i = 0; i < evaluation.rows(only); ++i) {
      const EntityId id = static_cast<EntityId>(evaluation.cell(only, i, 0));
      if (IsKind(program_, id, rows)) shown[program_.entity(id).row] = true;
    }
    for (size_t i = program_.entities.size(); i-- > 0;) {   // a parent stands before what it holds
      const ir::Entity& entity = program_.entities[i];
      if (entity.kind != rows || !shown[entity.row]) continue;
      const EntityId holder = HolderOf(program_, EntityId{static_cast<uint32_t>(i)}, rows, rows);
      if (holder != EntityId::kNone) shown[program_.entity(holder).row] = true;
    }
  }
  std::vector<bool> sections = numbers_.SectionsOver(rows, shown);
  if (!style.grouped) sections.assign(sections.size(), false);
  numbers_.Number(rows, shown, sections, style);

  below_.resize(count);
  std::vector<size_t> block_of(sections.size(), 0);
  for (size_t i = 0; i < program_.entities.size(); ++i) {
    const ir::Entity& entity = program_.entities[i];
    const EntityId id{static_cast<uint32_t>(i)};
    if (style.grouped && entity.kind == words.section_kind && sections[entity.row]) {
      block_of[entity.row] = blocks_.size();
      blocks_.push_back({id, {}});
    }
    if (entity.kind != rows || !shown[entity.row]) continue;
    order_.push_back(id);
    const EntityId holder = HolderOf(program_, id, rows, words.section_kind);
    if (IsKind(program_, holder, rows)) {
      below_[program_.entity(holder).row].push_back(id);
    } else if (style.grouped && holder != EntityId::kNone) {
      blocks_[block_of[program_.entity(holder).row]].rows.push_back(id);
    } else {
      if (blocks_.empty() || blocks_.back().section != EntityId::kNone) blocks_.emplace_back();
      blocks_.back().rows.push_back(id);
    }
  }
}

Group Outline::Heading(EntityId section) const {
  Group group;
  if (section == EntityId::kNone) return group;
  const ir::Entity& entity = program_.entity(section);
  group.id = program_.text(entity.name);
  group.number = numbers_.Own(section);
  group.title = program_.text(entity.title);
  group.at = entity.span;
  return group;
}

}  // namespace ordo::report

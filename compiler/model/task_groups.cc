#include "compiler/model/task_groups.h"

#include "compiler/model/schema.h"

namespace ordo {
namespace {

bool HasPurpose(const ir::Program& program, EntityId section, W purpose) {
  const ir::Field* field = program.FindField(section, static_cast<ir::WordId>(W::key_purpose));
  return field && field->entry_count > 0 && program.entries[field->first_entry].value == ir::Cell{static_cast<ir::WordId>(purpose)};
}

}  // namespace

std::vector<bool> SectionsWithTasks(const ir::Program& program) {
  std::vector<bool> holds(program.entities.size(), false);
  for (size_t i = program.entities.size(); i-- > 0;) {   // a parent stands before what it holds
    const ir::Entity& object = program.entities[i];
    if (object.parent == EntityId::kNone) continue;
    if (WordOfKind(object.kind) == W::kind_task || (WordOfKind(object.kind) == W::kind_section && holds[i])) holds[static_cast<uint32_t>(object.parent)] = true;
  }
  for (size_t i = 0; i < holds.size(); ++i) holds[i] = holds[i] && WordOfKind(program.entities[i].kind) == W::kind_section;
  return holds;
}

std::vector<TaskGroup> TaskGroupsOf(const ir::Program& program) {
  const std::vector<bool> holds = SectionsWithTasks(program);
  std::vector<TaskGroup> groups;
  int64_t of_text = 0, of_annex = 0;
  EntityId text = EntityId::kNone;
  for (size_t i = 0; i < program.entities.size(); ++i) {
    const ir::Entity& object = program.entities[i];
    if (WordOfKind(object.kind) != W::kind_section) continue;
    const auto id = static_cast<EntityId>(i);
    if (text == EntityId::kNone && HasPurpose(program, id, W::word_tasks)) {
      text = id;
    } else if (text != EntityId::kNone && object.parent == text) {
      groups.push_back({id, ++of_text, holds[i]});
    } else if (object.parent == EntityId::kNone && holds[i] && !HasPurpose(program, id, W::word_for_follow_up)) {
      groups.push_back({id, ++of_annex, true});
    }
  }
  return groups;
}

}  // namespace ordo

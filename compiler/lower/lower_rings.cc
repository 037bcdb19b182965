// Rings of tasks that wait for each other: the strong components of the links, found in one walk (Tarjan 1972), so that no rule has to
// close the links over any number of steps. A link is `after`, or a due counted from the end of a task.
#include "compiler/lower/lowering.h"

namespace ordo {

// Of each task the first task, in the order of the text, of the ring that it stands in; kNone where it stands in none.
std::vector<EntityId> Lowering::RingsOfTasks() const {
  const auto& tasks = Objects(W::kind_task);
  const auto size = static_cast<uint32_t>(tasks.size());
  const ir::KindId task_kind = KindOf(W::kind_task);
  std::vector<uint32_t> first(size + 1, 0), to;   // links of a task: to[first[row]] ... to[first[row + 1]]
  std::vector<bool> waits_on_itself(size, false);
  const auto link = [&](uint32_t from, EntityId other) {
    if (other == EntityId::kNone || program_.entity(other).kind != task_kind) return;
    const uint32_t row = program_.entity(other).row;
    if (row == from) waits_on_itself[from] = true;
    to.push_back(row);
  };
  for (uint32_t row = 0; row < size; ++row) {
    first[row] = static_cast<uint32_t>(to.size());
    if (const ir::Field* after = program_.FindField(tasks[row], static_cast<ir::WordId>(W::key_after))) {
      for (uint32_t e = after->first_entry; e < after->first_entry + after->entry_count; ++e) {
        const ir::Entry& entry = program_.entries[e];
        if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) continue;
        link(row, entry.resolved != EntityId::kNone ? entry.resolved : static_cast<EntityId>(entry.value));
      }
    }
    if (const ir::Field* due = program_.FindField(tasks[row], static_cast<ir::WordId>(W::key_due))) {
      for (uint32_t e = due->first_entry; e < due->first_entry + due->entry_count; ++e) {
        const ir::Entry& entry = program_.entries[e];
        if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) continue;
        const ir::Entity& time = program_.entity(static_cast<EntityId>(entry.value));
        // What comes before another task is waited for, it does not wait.
        if (WordOfKind(time.kind) == W::type_time && program_.times[time.row].form != Time::Form::kBefore) link(row, program_.times[time.row].anchor);
      }
    }
  }
  first[size] = static_cast<uint32_t>(to.size());

  constexpr uint32_t kNew = UINT32_MAX;
  std::vector<uint32_t> index(size, kNew), low(size, 0), stack;
  std::vector<bool> on_stack(size, false);
  std::vector<EntityId> ring(size, EntityId::kNone);
  struct Frame { uint32_t row, next; };
  std::vector<Frame> walk;
  uint32_t count = 0;
  const auto enter = [&](uint32_t row) {
    index[row] = low[row] = count++;
    stack.push_back(row);
    on_stack[row] = true;
    walk.push_back({row, first[row]});
  };
  for (uint32_t root = 0; root < size; ++root) {
    if (index[root] != kNew) continue;
    enter(root);
    while (!walk.empty()) {
      Frame& frame = walk.back();
      const uint32_t row = frame.row;
      if (frame.next < first[row + 1]) {
        const uint32_t other = to[frame.next++];
        if (index[other] == kNew) enter(other);
        else if (on_stack[other]) low[row] = std::min(low[row], index[other]);
        continue;
      }
      walk.pop_back();
      if (!walk.empty()) low[walk.back().row] = std::min(low[walk.back().row], low[row]);
      if (low[row] != index[row]) continue;
      size_t begin = stack.size();
      uint32_t least = row;
      do {
        --begin;
        least = std::min(least, stack[begin]);
        on_stack[stack[begin]] = false;
      } while (stack[begin] != row);
      if (stack.size() - begin > 1 || waits_on_itself[row]) {
        for (size_t i = begin; i < stack.size(); ++i) ring[stack[i]] = tasks[least];
      }
      stack.resize(begin);
    }
  }
  return ring;
}

}  // namespace ordo

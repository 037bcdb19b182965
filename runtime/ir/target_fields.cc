#include "runtime/ir/target_fields.h"

#include <algorithm>

namespace ordo::ir {

WordId KeyOf(const Program& program, std::string_view id) {
  for (size_t i = 0; i < program.words.size(); ++i) {
    if (program.words[i].id != id) continue;
    const bool kind = std::any_of(program.kinds.begin(), program.kinds.end(), [&](const Kind& one) { return one.word == i; });
    if (!kind) return static_cast<WordId>(i);
  }
  return kNoWord;
}

Cell BaselineDayOf(const Program& program, EntityId target, WordId baseline) {
  const Field* field = program.FindField(target, baseline);
  if (!field || field->entry_count < 2) return kAbsent;
  const auto time = static_cast<EntityId>(program.entries[field->first_entry + 1].value);
  const auto days = DaysOf(program.times[program.entity(time).row].to, TimeContext{});
  return days ? Cell{days->second.days()} : kAbsent;
}

}  // namespace ordo::ir

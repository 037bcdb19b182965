#include "runtime/ir/ir.h"

#include <array>

namespace ordo::ir {

std::string_view NameOf(Type type) {
  static constexpr std::array<std::string_view, 11> kNames = {"entity",  "text", "word",         "bool",   "date", "number",
                                                              "percent", "days", "working_days", "months", "money"};
  return kNames[static_cast<size_t>(type)];
}

const Field* Program::FindField(EntityId id, WordId word) const {
  const Entity& object = entity(id);
  for (uint32_t i = 0; i < object.field_count; ++i) {
    const Field& field = fields[object.first_field + i];
    if (field.word == word) return &field;
  }
  return nullptr;
}

RelationId Program::FindRelation(std::string_view name) const {
  for (size_t i = 0; i < relations.size(); ++i) {
    if (text(relations[i].name) == name) return static_cast<RelationId>(i);
  }
  return kNone;
}

WordId Program::FindWord(std::string_view id) const {
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].id == id) return static_cast<WordId>(i);
  }
  return kNoWord;
}

}  // namespace ordo::ir

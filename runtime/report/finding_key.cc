#include "runtime/report/finding_key.h"

#include "fmt/format.h"
#include "runtime/diag/fingerprint.h"

namespace ordo::report {

FindingKeys::FindingKeys(const ir::Program& program) : program_(program), words_(program) {
  names_.entity = [this](EntityId id) { return PathOf(id); };
  names_.is_work = [this](EntityId id) { return IsKind(program_, id, words_.task_kind) || IsKind(program_, id, words_.milestone_kind); };
  names_.words = [this](Symbol words) { return program_.text(words); };
}

// Only a milestone is named within its task; all other names are unique in a plan.
std::string FindingKeys::PathOf(EntityId object) const {
  while (object != EntityId::kNone && program_.entity(object).name == Symbol::kEmpty) object = program_.entity(object).parent;
  if (object == EntityId::kNone) return {};
  const ir::Entity& named = program_.entity(object);
  std::string path(program_.text(named.name));
  if (named.kind == words_.milestone_kind && named.parent != EntityId::kNone) path = PathOf(named.parent) + "." + path;
  return path;
}

std::string FindingKeys::ContentOf(EntityId id) const {
  const ir::Entity& object = program_.entity(id);
  if (object.kind == words_.time_kind && object.row < program_.times.size()) {
    return Print(program_.times[object.row], Language::kVietnamese, names_);
  }
  if (object.kind == words_.row_kind && object.row < program_.series.size()) {
    const ir::SeriesRow& row = program_.series[object.row];
    const auto word = [&](ir::WordId id) { return id == ir::kNoWord ? std::string_view() : std::string_view(program_.word(id).id); };
    return fmt::format("{} {} {} {} {} {} {}", word(row.verb), word(row.comparator), row.by, row.horizon, row.least, row.most, program_.text(row.text));
  }
  if (object.kind == words_.entry_kind) {
    if (const ir::Entry* entry = program_.FindEntry(id).entry) {
      if (entry->value == ir::kAbsent) return std::string(program_.text(entry->wording));
      switch (entry->type) {
        case ir::Type::kEntity: return PathOf(static_cast<EntityId>(entry->value));
        case ir::Type::kText: return std::string(program_.text(static_cast<Symbol>(entry->value)));
        case ir::Type::kWord: return program_.word(static_cast<ir::WordId>(entry->value)).id;
        default: return fmt::format("{}", entry->value);
      }
    }
  }
  if (object.kind == words_.step_kind && object.row < program_.steps.size()) {
    const ir::Step& step = program_.steps[object.row];
    return fmt::format("{} {} {}", static_cast<int>(step.kind), PathOf(step.owner), PathOf(step.other));
  }
  if (object.kind == words_.statement_kind && object.row < program_.statements.size()) {
    const ir::Statement& statement = program_.statements[object.row];
    return fmt::format("{} {} {} {}", static_cast<int>(statement.kind), PathOf(statement.owner), PathOf(statement.other), statement.year);
  }
  return std::string(program_.text(object.title));
}

std::string FindingKeys::KeyOf(std::string_view code, EntityId object, ir::WordId field) const {
  Fingerprint key;
  key.Add(code).Add(PathOf(object));
  for (EntityId id = object; id != EntityId::kNone; id = program_.entity(id).parent) {
    const ir::Entity& up = program_.entity(id);
    if (up.kind < program_.kinds.size()) key.Add(program_.word(program_.kinds[up.kind].word).id);
    if (up.name != Symbol::kEmpty) break;
    key.Add(ContentOf(id));
  }
  if (field != ir::kNoWord) key.Add(program_.word(field).id);
  return key.Hex();
}

}  // namespace ordo::report

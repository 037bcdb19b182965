#include <iterator>

#include "compiler/model/model.h"
#include "fmt/format.h"

namespace ordo {

std::string DumpModel(const Model& model) {
  const ir::Program& program = model.program;
  std::string out;
  const auto name_of = [&](EntityId id) {
    const ir::Entity& object = program.entity(id);
    if (object.name != Symbol::kEmpty) return std::string(program.text(object.name));
    return fmt::format("{}#{}", RowOf(WordOfKind(object.kind)).id, object.row);
  };
  TimeNames names;
  names.entity = name_of;
  names.words = [&](Symbol symbol) { return program.text(symbol); };
  for (size_t i = 0; i < program.entities.size(); ++i) {
    const ir::Entity& object = program.entities[i];
    const W kind = WordOfKind(object.kind);
    if (kind == W::type_time || kind == W::type_entry) continue;   // shown where they are used
    fmt::format_to(std::back_inserter(out), "{} {}", RowOf(kind).id, name_of(static_cast<EntityId>(i)));
    if (object.title != Symbol::kEmpty) fmt::format_to(std::back_inserter(out), " \"{}\"", program.text(object.title));
    if (object.parent != EntityId::kNone) fmt::format_to(std::back_inserter(out), " in {}", name_of(object.parent));
    out += '\n';
    for (uint32_t f = object.first_field; f < object.first_field + object.field_count; ++f) {
      const ir::Field& field = program.fields[f];
      fmt::format_to(std::back_inserter(out), "  {}:", program.word(field.word).id);
      if (field.shared) out += " (shared)";
      if (field.none) out += " none";
      for (uint32_t e = field.first_entry; e < field.first_entry + field.entry_count; ++e) {
        const ir::Entry& entry = program.entries[e];
        out += e == field.first_entry ? " " : "; ";
        if (entry.mode != ir::kNoWord) fmt::format_to(std::back_inserter(out), "[{}] ", program.word(entry.mode).id);
        switch (entry.type) {
          case ir::Type::kEntity: {
            const auto id = static_cast<EntityId>(entry.value);
            if (WordOfKind(program.entity(id).kind) == W::type_time) {
              out += Print(program.times[program.entity(id).row], Language::kEnglish, names);
            } else {
              out += name_of(id);
            }
            if (entry.member != ir::kNoWord) fmt::format_to(std::back_inserter(out), ".{}", program.word(entry.member).id);
            break;
          }
          case ir::Type::kText: fmt::format_to(std::back_inserter(out), "\"{}\"", program.text(static_cast<Symbol>(entry.value))); break;
          case ir::Type::kWord: out += program.word(static_cast<ir::WordId>(entry.value)).id; break;
          default: fmt::format_to(std::back_inserter(out), "{} ({})", Decimal::FromCell(entry.value).ToString(Language::kEnglish), ir::NameOf(entry.type)); break;
        }
        if (entry.part != Symbol::kEmpty) fmt::format_to(std::back_inserter(out), " for \"{}\"", program.text(entry.part));
        if (entry.wording != Symbol::kEmpty) fmt::format_to(std::back_inserter(out), " \"{}\"", program.text(entry.wording));
      }
      if (field.written != Symbol::kEmpty) fmt::format_to(std::back_inserter(out), " written \"{}\"", program.text(field.written));
      out += '\n';
    }
  }
  for (const ir::Check& check : program.checks) fmt::format_to(std::back_inserter(out), "rule {}\n", program.text(check.code));
  return out;
}

}  // namespace ordo

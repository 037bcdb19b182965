#include "compiler/model/terms.h"

#include "compiler/model/schema.h"

namespace ordo {

TermBook ReadTerms(const ir::Program& program) {
  TermBook book;
  for (size_t i = 0; i < program.entities.size(); ++i) {
    const ir::Entity& object = program.entities[i];
    if (object.kind != KindOf(W::kind_term)) continue;
    const auto entries = [&](W key) {
      const ir::Field* field = program.FindField(static_cast<EntityId>(i), static_cast<ir::WordId>(key));
      return field ? std::span(program.entries).subspan(field->first_entry, field->entry_count) : std::span<const ir::Entry>();
    };
    const auto texts = [&](W key) {
      std::vector<std::string> out;
      for (const ir::Entry& entry : entries(key)) {
        if (entry.type == ir::Type::kText) out.emplace_back(program.text(static_cast<Symbol>(entry.value)));
      }
      return out;
    };
    Term& term = book.emplace_back();
    term.title = program.text(object.title);
    term.short_forms = texts(W::key_short_form);
    term.variants = texts(W::key_also_written);
    if (auto scope = texts(W::key_scope); !scope.empty()) term.scope = std::move(scope[0]);
    for (const ir::Entry& entry : entries(W::key_tier)) {
      if (entry.type == ir::Type::kWord) term.tier = static_cast<W>(entry.value);
    }
    for (const ir::Entry& entry : entries(W::key_valid)) {
      if (entry.type != ir::Type::kEntity) continue;
      const ResolvedTime days = Resolve(program.times[program.entity(static_cast<EntityId>(entry.value)).row], TimeContext{});
      term.last_day = days.last;
    }
  }
  return book;
}

}  // namespace ordo

// Declared tables as descriptions: which rows, grouped how, which columns with which headings.
#include "compiler/lower/lowering.h"

namespace ordo {

void Lowering::LowerTable(EntityId id, ir::TableDeclaration::Form form) {
  using Form = ir::TableDeclaration::Form;
  ir::TableDeclaration table;
  table.form = form;
  table.object = id;
  table.rows = KindOf(W::kind_task);
  const auto field = [&](W key) { return program_.FindField(id, static_cast<ir::WordId>(key)); };
  const auto word = [&](W key) {
    const ir::Field* found = field(key);
    return found && found->entry_count > 0 ? static_cast<W>(program_.entries[found->first_entry].value) : W::kNone;
  };
  if (const W rows = word(W::key_rows); rows != W::kNone) table.rows = KindOf(rows);
  table.grouped = word(W::key_grouped_by) != W::kNone;
  table.running = word(W::key_numbering) == W::word_running;
  table.sub_rows_numbered = word(W::key_sub_rows) == W::word_numbered;
  table.landscape = word(W::key_page) == W::word_landscape;
  table.totals = word(W::key_totals) != W::kNone;
  if (const ir::Field* caption = field(W::key_caption); caption && caption->entry_count > 0) {
    table.caption = static_cast<Symbol>(program_.entries[caption->first_entry].value);
  }
  if (const auto only = model_.only.find(id); only != model_.only.end()) table.only = only->second;
  if (const ir::Field* formats = field(W::key_formats)) {
    for (uint32_t i = 0; i < formats->entry_count; ++i) {
      table.formats.push_back(static_cast<ir::WordId>(program_.entries[formats->first_entry + i].value));
    }
  }
  if (const ir::Field* letters = field(W::key_letters)) {
    for (uint32_t i = 0; i < letters->entry_count; ++i) {
      const ir::Entry& entry = program_.entries[letters->first_entry + i];
      if (entry.type == ir::Type::kWord) table.letters.push_back({static_cast<ir::WordId>(entry.value), entry.wording});
    }
  }
  const ir::Field* columns = field(form == Form::kDuties ? W::key_applies_to : W::key_columns);
  for (uint32_t i = 0; columns && i < columns->entry_count; ++i) {
    const ir::Entry& entry = program_.entries[columns->first_entry + i];
    ir::TableColumn column;
    column.heading = entry.wording;
    if (entry.type == ir::Type::kWord) {
      column.field = static_cast<ir::WordId>(entry.value);
      column.horizons = column.field == static_cast<ir::WordId>(W::word_each_horizon);
      table.columns.push_back(column);
      continue;
    }
    const ir::Entity& party = program_.entity(static_cast<EntityId>(entry.value));
    const bool each = entry.mode == static_cast<ir::WordId>(W::word_each);
    if (each && WordOfKind(party.kind) == W::kind_group && !model_.members[party.row].empty()) {
      for (const EntityId member : model_.members[party.row]) {
        column.party = member;
        column.heading = Symbol::kEmpty;
        table.columns.push_back(column);
      }
    } else {
      column.party = static_cast<EntityId>(entry.value);
      table.columns.push_back(column);
    }
  }
  program_.tables.push_back(std::move(table));
}

void Lowering::LowerTables() {
  using Form = ir::TableDeclaration::Form;
  std::vector<std::pair<EntityId, Form>> all;
  for (const auto& [kind, form] : {std::pair(W::kind_appendix, Form::kAppendix), std::pair(W::kind_table, Form::kTable),
                                   std::pair(W::kind_matrix, Form::kMatrix), std::pair(W::kind_duties, Form::kDuties)}) {
    for (const EntityId id : Objects(kind)) all.push_back({id, form});
  }
  std::sort(all.begin(), all.end());  // source order
  for (const auto& [id, form] : all) LowerTable(id, form);
}

}  // namespace ordo

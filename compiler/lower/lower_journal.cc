// The journal as rules see it: each entry with what it is about, the entries that it repeats or follows, and the due time that was
// in force when it was written. One pass over the entries; what belongs together is found by its key.
#include <tuple>

#include "compiler/lower/lowering.h"
#include "runtime/base/unicode.h"

namespace ordo {

void Lowering::ReadJournal() {
  const auto asked = [&](W kind) { return program_.kinds[KindOf(kind)].relation != ir::kNone; };
  if (!asked(W::type_record) && !asked(W::kind_amendment)) return;
  journal_ = std::make_unique<ir::Journal>(program_);
  using Key = std::tuple<EntityId, EntityId, ir::Cell, ir::Cell>;   // thing, party, occurrence
  struct Seen {
    ir::Cell started = ir::kAbsent, done = ir::kAbsent;
  };
  absl::flat_hash_map<Key, Seen> seen;
  absl::flat_hash_map<std::pair<EntityId, ir::Cell>, ir::Cell> measured;   // thing and day
  absl::flat_hash_map<FileId, ir::Cell> last;
  absl::flat_hash_map<std::pair<EntityId, ir::Cell>, EntityId> amended;    // thing and day of the decision
  for (const ir::DueChange& change : journal_->changes()) {
    if (change.amended && change.on != ir::kAbsent) amended.emplace(std::pair(change.subject, change.on), change.source);
  }
  for (const ir::SeriesRow& row : program_.series) {
    if (row.unit != ir::kNoWord) unit_of_rows_.emplace(program_.entity(row.object).parent, static_cast<W>(row.unit));
  }
  const auto& records = Objects(W::type_record);
  records_.resize(records.size());
  for (size_t row = 0; row < records.size(); ++row) {
    const ir::JournalEntry& entry = journal_->entries()[row];
    RecordLinks& links = records_[row];
    const ir::Cell self = CellOf(records[row]);
    ir::Cell& before = last.try_emplace(program_.entity(entry.object).span.file, ir::kAbsent).first->second;
    links.previous = before;
    before = self;
    if (entry.event == ir::Event::kMeasured) {
      const auto [at, fresh] = measured.emplace(std::pair(entry.subject, entry.on), self);
      if (!fresh) links.repeats = at->second;
      continue;
    }
    if (entry.event == ir::Event::kHappened) continue;
    Seen& things = seen[Key{entry.subject, entry.party, entry.first_day, entry.last_day}];
    links.start = things.started;
    links.done = things.done;
    if (entry.event == ir::Event::kStarted) {
      links.repeats = things.started;
      if (things.started == ir::kAbsent) things.started = self;
    } else if (entry.event == ir::Event::kDone) {
      links.repeats = things.done;
      if (things.done == ir::kAbsent) things.done = self;
    } else if (const auto at = amended.find(std::pair(entry.subject, entry.on)); at != amended.end()) {
      links.amendment = CellOf(at->second);
    }
  }
  for (const ir::DueChange& change : journal_->changes()) change_of_.emplace(change.source, &change);
}

// Is a value told in the measure of what it measures? Absent where neither the target nor its indicator nor its rows tell one.
ir::Cell Lowering::IsInUnit(const ir::JournalEntry& entry) const {
  const ir::Field* value = program_.FindField(entry.object, static_cast<ir::WordId>(W::key_value));
  if (!value || value->entry_count == 0) return ir::kAbsent;
  const ir::Entry& told = program_.entries[value->first_entry];
  const auto first = [&](EntityId id, W key) -> const ir::Entry* {
    const ir::Field* field = program_.FindField(id, static_cast<ir::WordId>(key));
    return field && field->entry_count > 0 ? &program_.entries[field->first_entry] : nullptr;
  };
  const ir::Entry* unit = first(entry.subject, W::key_measured_in);   // its own, or its indicator's
  if (unit && unit->type == ir::Type::kText) {
    const std::string_view words = program_.text(static_cast<Symbol>(unit->value));
    const bool same = told.wording == Symbol::kEmpty || FoldName(program_.text(told.wording)) == FoldName(words);
    return told.type == ir::Type::kNumber && same ? 1 : 0;
  }
  W word = unit && unit->type == ir::Type::kWord ? static_cast<W>(unit->value) : W::kNone;
  if (const auto row = unit_of_rows_.find(entry.subject); word == W::kNone && row != unit_of_rows_.end()) word = row->second;
  switch (word) {
    case W::kNone: return ir::kAbsent;
    case W::unit_percent: return told.type == ir::Type::kPercent ? 1 : 0;
    case W::unit_vnd: case W::unit_million_vnd: case W::unit_billion_vnd: return told.type == ir::Type::kMoney ? 1 : 0;
    case W::unit_days: case W::unit_weeks: return told.type == ir::Type::kDays ? 1 : 0;
    case W::unit_working_days: return told.type == ir::Type::kWorkingDays ? 1 : 0;
    case W::unit_months: case W::unit_quarters: case W::unit_half_years: case W::unit_years:
      return told.type == ir::Type::kMonths ? 1 : 0;
    default: return told.type == ir::Type::kNumber ? 1 : 0;
  }
}

ir::Cell Lowering::ChangeCell(W member, EntityId source) const {
  const auto found = change_of_.find(source);
  if (found == change_of_.end()) return ir::kAbsent;
  const ir::DueChange& change = *found->second;
  switch (member) {
    case W::member_due_in_force: return CellOf(journal_->DueBefore(change));
    case W::member_replaced_due: return CellOf(change.replaced);
    case W::member_is_in_force:
      if (change.replaced == EntityId::kNone) return ir::kAbsent;
      return journal_->SameTime(change.replaced, journal_->DueBefore(change)) ? 1 : 0;
    default: return ir::kAbsent;
  }
}

ir::Cell Lowering::RecordCell(W member, uint32_t row) const {
  const ir::JournalEntry& entry = journal_->entries()[row];
  const RecordLinks& links = records_[row];
  switch (member) {
    case W::member_owner: return CellOf(entry.object);
    case W::key_of: return CellOf(entry.subject);
    case W::key_on: return entry.on;
    case W::member_class:
      if (entry.day == EntityId::kNone) return ir::kAbsent;
      return TimeCell(W::member_class, program_.entity(entry.day).row);
    case W::key_period: return CellOf(entry.period);
    case W::key_party: return CellOf(entry.party);
    case W::key_due: return FieldCell(entry.object, W::key_due, ir::Type::kEntity);
    case W::key_value: return FieldCell(entry.object, W::key_value, ir::Type::kNumber);
    case W::member_previous: return links.previous;
    case W::member_repeats: return links.repeats;
    case W::member_start_entry: return links.start;
    case W::member_done_entry: return links.done;
    case W::member_amendment: return links.amendment;
    case W::member_is_occurrence: {
      if (entry.period == EntityId::kNone) return ir::kAbsent;
      const auto is = journal_->IsOccurrence(entry.subject, entry.first_day, entry.last_day);
      return is ? ir::Cell{*is} : ir::kAbsent;
    }
    case W::member_recurs: return journal_->Recurs(entry.subject) ? 1 : 0;
    case W::member_is_in_unit: return entry.event == ir::Event::kMeasured ? IsInUnit(entry) : ir::kAbsent;
    default: return ChangeCell(member, entry.object);
  }
}

}  // namespace ordo

#include "runtime/ir/ir.h"

#include <algorithm>
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

std::span<const SeriesRow> Program::SeriesOf(EntityId target) const {
  const auto owner = [this](const SeriesRow& row) { return entity(row.object).parent; };
  const auto first = std::lower_bound(series.begin(), series.end(), target, [&](const SeriesRow& row, EntityId id) { return owner(row) < id; });
  auto last = first;
  while (last != series.end() && owner(*last) == target) ++last;
  return {first, last};
}

Program::WrittenValue Program::FindEntry(EntityId id) const {
  const Entity& object = entity(id);
  if (object.parent == EntityId::kNone) return {};
  const Entity& owner = entity(object.parent);
  for (uint32_t f = owner.first_field; f < owner.first_field + owner.field_count; ++f) {
    const Field& field = fields[f];
    if (field.entry_count == 0) continue;
    const Entry* const first = &entries[field.first_entry];
    const Entry* const end = first + field.entry_count;
    // Objects of one field follow each other, its values stand in the order of the text.
    const uint32_t at = static_cast<uint32_t>(id) - static_cast<uint32_t>(first->object);
    if (first->object != EntityId::kNone && first->object <= id && at < field.entry_count && first[at].object == id) {
      return {&field, first + at};
    }
    const Entry* const found =
        std::lower_bound(first, end, object.span, [](const Entry& entry, const Span& span) { return entry.span < span; });
    if (found != end && found->span == object.span && object.span.known()) return {&field, found};
  }
  return {};
}

void Program::SetCalendar(OfficeCalendar office) {
  special_days.assign(office.days().begin(), office.days().end());
  calendar = std::move(office);
  calendar_words = {FindWord("announced"), FindWord("computed")};
}

bool Program::CalendarKnows(Date day) const {
  if (frame.no_calendar) return false;
  const int year = day.ymd().year;
  return frame.first_year == 0 || (year >= frame.first_year && year <= frame.last_year);
}

TimeContext Program::Context() const {
  const auto day = [](Cell cell) { return cell == kAbsent ? std::nullopt : std::optional(Date(static_cast<int32_t>(cell))); };
  TimeContext context;
  context.issue_date = day(frame.issue_date);
  context.plan_first = day(frame.first_day);
  context.plan_last = day(frame.last_day);
  context.calendar = frame.no_calendar ? nullptr : &calendar;
  context.rest_days = frame.rest_days;
  context.before_includes_day = frame.before_includes_day;
  context.named_period = [this, day](EntityId id) -> std::optional<std::pair<Date, Date>> {
    const auto at = std::lower_bound(frame.periods.begin(), frame.periods.end(), id,
                                     [](const Period& a, EntityId b) { return a.object < b; });
    if (at == frame.periods.end() || at->object != id || at->first_day == kAbsent || at->last_day == kAbsent) return std::nullopt;
    return std::pair(*day(at->first_day), *day(at->last_day));
  };
  return context;
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

#include "runtime/report/progress_text.h"

#include <algorithm>

#include <fmt/format.h>

namespace ordo::report {

std::vector<EntityId> PartiesOf(const ir::Program& program, EntityId object, std::string_view role) {
  const ir::Field* field = nullptr;
  for (EntityId id = object; field == nullptr && id != EntityId::kNone; id = program.entity(id).parent) {
    field = FieldNamed(program, id, role);
    if (field == nullptr && role == "lead") field = FieldNamed(program, id, "from");
  }
  std::vector<EntityId> parties;
  for (uint32_t i = 0; field != nullptr && i < field->entry_count; ++i) {
    const ir::Entry& entry = program.entries[field->first_entry + i];
    if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) continue;
    const auto party = entry.resolved != EntityId::kNone ? entry.resolved : static_cast<EntityId>(entry.value);
    if (std::find(parties.begin(), parties.end(), party) == parties.end()) parties.push_back(party);
  }
  return parties;
}

std::vector<EntityId> LeadsOf(const ir::Program& program, const ProgressItem& item) {
  return item.party != EntityId::kNone ? std::vector<EntityId>{item.party} : PartiesOf(program, item.object, "lead");
}

std::string PeriodOf(const ProgressItem& item, Language language) {
  if (item.first_day == ir::kAbsent) return {};
  const Date first(static_cast<int32_t>(item.first_day)), last(static_cast<int32_t>(item.last_day));
  const Ymd a = first.ymd(), b = last.ymd();
  const int months = (b.year - a.year) * 12 + b.month - a.month + 1;
  const bool whole = a.day == 1 && last == Date::MonthEnd(b.year, b.month) && (a.month - 1) % std::max(months, 1) == 0;
  Point point;
  point.year = static_cast<int16_t>(a.year);
  if (whole && months == 1) point.kind = Point::Kind::kMonth, point.month = static_cast<int8_t>(a.month);
  else if (whole && months == 3) point.kind = Point::Kind::kQuarter, point.month = static_cast<int8_t>((a.month - 1) / 3 + 1);
  else if (whole && months == 6) point.kind = Point::Kind::kHalf, point.month = static_cast<int8_t>((a.month - 1) / 6 + 1);
  else if (whole && months == 12) point.kind = Point::Kind::kYear;
  else return first.ToString(language) + " – " + last.ToString(language);
  return Print(point, language, TimeNames{});
}

std::string DueText(const ir::Program& program, const Printer& printer, EntityId time, ir::Cell day) {
  std::string text = time == EntityId::kNone ? std::string() : printer.Object(time);
  const std::string date = day == ir::kAbsent ? std::string() : Date(static_cast<int32_t>(day)).ToString(printer.language());
  if (text.empty()) return date;
  const Time& written = program.times[program.entity(time).row];
  if (written.form == Time::Form::kIn && written.to.kind == Point::Kind::kDay && !date.empty()) return date;
  if (!date.empty() && text.find(date) == std::string::npos) text += fmt::format(" ({})", date);
  return text;
}

std::string NumberOf(const ir::Program& program, const Words& words, const Printer& printer, EntityId id) {
  const ir::Entity& entity = program.entity(id);
  if (entity.kind == words.task_kind) return printer.Object(id);
  return entity.kind == words.milestone_kind ? printer.Object(entity.parent) : std::string();
}

std::string TitleOf(const ir::Program& program, const Words& words, Language language, const ProgressItem& item) {
  const ir::Entity& entity = program.entity(item.object);
  std::string title(program.text(entity.title == Symbol::kEmpty ? entity.name : entity.title));
  if (entity.kind == words.milestone_kind) title += fmt::format(" ({})", program.text(program.entity(entity.parent).title));
  const std::string period = PeriodOf(item, language);
  return period.empty() ? title : title + ": " + period;
}

}  // namespace ordo::report

#include "runtime/report/cell_values.h"

#include <fmt/format.h>

namespace ordo::report {

void KeepDay(Cell& cell, std::optional<Date> day, Language language) {
  if (day && cell.text == day->ToString(language)) cell.day = day;
}

void KeepNumber(Cell& cell, const Printer& printer, ir::Type type, ir::Cell value) {
  if (value == ir::kAbsent || !ir::IsDecimal(type) || cell.text.empty() || cell.text != printer.Value(type, value)) return;
  cell.number = Decimal::FromCell(value);
}

void KeepValue(Cell& cell, const ir::Program& program, const Printer& printer, const ir::Field* field) {
  if (field == nullptr || field->none || field->entry_count != 1) return;
  const ir::Entry& entry = program.entries[field->first_entry];
  if (entry.type != ir::Type::kEntity) return KeepNumber(cell, printer, entry.type, entry.value);
  if (entry.value == ir::kAbsent) return;
  const ir::Entity& entity = program.entity(static_cast<EntityId>(entry.value));
  if (entity.kind >= program.kinds.size() || entity.row >= program.times.size()) return;
  if (program.word(program.kinds[entity.kind].word).id != "time") return;
  const Time& time = program.times[entity.row];
  if (time.form != Time::Form::kIn || time.to.kind != Point::Kind::kDay) return;
  KeepDay(cell, Date::FromYmd(time.to.year, time.to.month, time.to.day), printer.language());
}

void KeepSeriesValue(Cell& cell, const Printer& printer, const ir::SeriesRow& row) {
  const ir::Cell value = row.least != ir::kAbsent ? row.least : row.most;
  if (value == ir::kAbsent || row.is_change || !ir::IsDecimal(row.type) || cell.text != printer.Measured(row, value)) return;
  Decimal number = Decimal::FromCell(value);
  if (cell.text != printer.Value(row.type, value)) {   // told in millions or billions
    const std::string_view unit = printer.WordOf(row.unit);
    const int64_t factor = unit == "unit.million_vnd" ? 1'000'000 : unit == "unit.billion_vnd" ? 1'000'000'000 : 1;
    const auto count = number.DividedBy(Decimal::FromInt(factor));
    if (!count) return;
    number = *count;
  }
  cell.number = number;
}

Cell CountCell(size_t count, bool blank) {
  Cell cell;
  if (blank && count == 0) return cell;
  cell.text = fmt::to_string(count);
  cell.number = Decimal::FromInt(static_cast<int64_t>(count));
  return cell;
}

Cell FieldCellOf(const ir::Program& program, const Printer& printer, EntityId id, ir::WordId word) {
  const ir::Field* field = program.FindField(id, word);
  Cell cell(printer.FieldCell(id, word), field == nullptr ? Span{} : field->span);
  KeepValue(cell, program, printer, field);
  return cell;
}

}  // namespace ordo::report

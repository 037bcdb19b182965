// Cells that keep the value that they show, so that a spreadsheet can sort and add it. A value is kept only where the whole text is
// that one value as it reads («27/02/2026», «80%», «3,5»); «trước 27/02/2026», «tháng 3», «≥ 80%» are words. Text is never changed.
#pragma once

#include <optional>
#include <string>

#include "runtime/report/print.h"
#include "runtime/report/table.h"

namespace ordo::report {

void KeepDay(Cell& cell, std::optional<Date> day, Language language);
// A percentage is kept as the fraction that it means (80%: 0.8); anything else as the number that the text begins with.
void KeepNumber(Cell& cell, const Printer& printer, ir::Type type, ir::Cell value);
// Of a field: its one entry, if that is a plain day or a number.
void KeepValue(Cell& cell, const ir::Program& program, const Printer& printer, const ir::Field* field);
// Of a row of a series: in its measure, «3.000 triệu đồng» is 3000.
void KeepSeriesValue(Cell& cell, const Printer& printer, const ir::SeriesRow& row);
// A count: «12», "" for none if `blank`.
Cell CountCell(size_t count, bool blank = false);
// The cell of a field with the place where it is written.
Cell FieldCellOf(const ir::Program& program, const Printer& printer, EntityId id, ir::WordId field);

}  // namespace ordo::report

// All targets beside each other: a row a target, by section; what it is measured in, where it began, a column a year, who answers.
#include <fmt/format.h>

#include <algorithm>

#include "runtime/diag/emitter.h"
#include "runtime/report/cell_values.h"
#include "runtime/report/outline.h"
#include "runtime/report/target_status.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

constexpr int kNoYear = 9999 + 1;   // rows without a horizon stand behind all years

int YearOf(const ir::SeriesRow& row) { return row.horizon == ir::kAbsent ? kNoYear : Date(static_cast<int32_t>(row.horizon)).ymd().year; }

class Pivot {
 public:
  Pivot(const eval::Evaluation& evaluation, Language language)
      : program_(evaluation.program()), language_(language), words_(program_), printer_(program_, language), leads_(program_),
        measured_in_(program_.FindWord("measured_in")),
        outline_(evaluation, words_, words_.target_kind, ir::kNone, Style()) {}

  Table Build() {
    Table table;
    for (const EntityId target : outline_.shown()) {
      for (const ir::SeriesRow& row : program_.SeriesOf(target)) years_.push_back(YearOf(row));
    }
    std::sort(years_.begin(), years_.end());
    years_.erase(std::unique(years_.begin(), years_.end()), years_.end());
    if (outline_.shown().empty()) return table;
    const auto say = [&](Phrase phrase, std::initializer_list<std::string_view> arguments = {}) { return Say(phrase, language_, arguments); };
    table.id = "targets_by_horizon";
    table.title = say(Phrase::kPivotTitle);
    if (program_.plan != EntityId::kNone) table.subtitle = program_.text(program_.entity(program_.plan).title);
    table.landscape = true;
    table.columns = {{"number", say(Phrase::kColumnNumber), true},
                     {"title", Capitalised(printer_.Spelling(program_.kinds[words_.target_kind].word)), false},
                     {"measure", say(Phrase::kColumnMeasure), false},
                     {"baseline", say(Phrase::kColumnBaseline), false}};
    for (const int year : years_) {
      const std::string digits = fmt::to_string(year);
      table.columns.push_back(year == kNoYear ? TableColumnText{"no_horizon", say(Phrase::kHorizonNone), false}
                                              : TableColumnText{digits, say(Phrase::kColumnHorizon, {digits}), false});
    }
    table.columns.push_back({"lead", say(Phrase::kStatusLead), false});
    table.groups = outline_.Groups([&](EntityId id, const std::string& number, Row& row) { Fill(id, number, row); });
    return table;
  }

 private:
  static NumberingStyle Style() {
    NumberingStyle style;
    style.grouped = true;
    style.running = true;
    return style;
  }

  void Fill(EntityId id, const std::string& number, Row& row) const {
    row.cells.reserve(5 + years_.size());
    row.cells.push_back(number);
    row.cells.emplace_back(printer_.Object(id), program_.entity(id).span);
    const std::span<const ir::SeriesRow> series = program_.SeriesOf(id);
    Cell measure = FieldCellOf(program_, printer_, id, measured_in_);
    const auto share = [](const ir::SeriesRow& one) { return one.type == ir::Type::kPercent; };
    if (measure.text.empty() && !series.empty() && std::all_of(series.begin(), series.end(), share)) measure.text = "%";
    row.cells.push_back(std::move(measure));
    row.cells.push_back(FieldCellOf(program_, printer_, id, words_.baseline));
    for (const int year : years_) row.cells.push_back(Value(series, year));
    std::string leads;
    for (const EntityId lead : leads_.Of(id)) Append(leads, "; ", printer_.Object(lead));
    row.cells.emplace_back(std::move(leads));
  }

  // A day that ends no year is told with its value.
  Cell Value(std::span<const ir::SeriesRow> series, int year) const {
    Cell cell;
    const ir::SeriesRow* only = nullptr;
    for (const ir::SeriesRow& row : series) {
      if (YearOf(row) != year) continue;
      std::string text = printer_.SeriesCell(row.object);
      if (row.horizon != ir::kAbsent) {
        const Date day(static_cast<int32_t>(row.horizon));
        if (day.ymd().month != 12 || day.ymd().day != 31) text += fmt::format(" ({})", day.ToString(language_));
      }
      only = cell.text.empty() ? &row : nullptr;
      if (only) cell.at = program_.entity(row.object).span;
      Append(cell.text, "; ", text);
    }
    if (only) KeepSeriesValue(cell, printer_, *only);
    else cell.at = {};
    return cell;
  }

  const ir::Program& program_;
  const Language language_;
  const Words words_;
  const Printer printer_;
  const TargetLeads leads_;
  const ir::WordId measured_in_;
  const Outline outline_;
  std::vector<int> years_;
};

}  // namespace

Table BuildTargetPivot(const eval::Evaluation& evaluation, Language language) {
  const Words words(evaluation.program());
  if (words.target_kind == ir::kNoKind || ObjectsPerKind(evaluation.program())[words.target_kind] == 0) return {};
  return Pivot(evaluation, language).Build();
}

}  // namespace ordo::report

#include "compiler/api/convert.h"

#include "runtime/report/print.h"

namespace ordo::api {
namespace {

Type TypeOf(ir::Type type) {
  switch (type) {
    case ir::Type::kEntity: return Type::kObject;
    case ir::Type::kText: return Type::kText;
    case ir::Type::kWord: return Type::kWord;
    case ir::Type::kBool: return Type::kTruth;
    case ir::Type::kDate: return Type::kDate;
    case ir::Type::kNumber: return Type::kNumber;
    case ir::Type::kPercent: return Type::kShare;
    case ir::Type::kDays: return Type::kDays;
    case ir::Type::kWorkingDays: return Type::kWorkingDays;
    case ir::Type::kMonths: return Type::kMonths;
    case ir::Type::kMoney: return Type::kMoney;
  }
  return Type::kText;
}

Value ValueOf(ir::Type type, ir::Cell cell, const ir::Program& program, const report::Printer& printer, const SourceSet& sources) {
  Value value;
  value.type = TypeOf(type);
  value.text = printer.Value(type, cell);
  switch (type) {
    case ir::Type::kEntity: {
      const ir::Entity& object = program.entity(static_cast<EntityId>(cell));
      value.exact = program.text(object.name);
      value.kind = program.word(program.kinds[object.kind].word).id;
      value.at = PlaceOf(object.span, "", sources);
      break;
    }
    case ir::Type::kText: value.exact = program.text(static_cast<Symbol>(cell)); break;
    case ir::Type::kWord: value.exact = printer.WordOf(static_cast<ir::WordId>(cell)); break;
    case ir::Type::kBool: value.exact = cell != 0 ? "true" : "false"; break;
    case ir::Type::kDate: value.exact = Date(static_cast<int32_t>(cell)).Iso(); break;
    default: value.exact = Decimal::FromCell(cell).ToString(ordo::Language::kEnglish); break;
  }
  return value;
}

}  // namespace

Place PlaceOf(Span span, const std::string& path, const SourceSet& sources) {
  Place place;
  place.file = path;
  if (!span.known() || span.file >= sources.size()) return place;
  const SourceFile& file = sources.file(span.file);
  const Position begin = file.PositionOf(span.begin), end = file.PositionOf(span.end);
  place.file = file.path();
  place.line = static_cast<int>(begin.line);
  place.column = static_cast<int>(begin.column);
  place.end_line = static_cast<int>(end.line);
  place.end_column = static_cast<int>(end.column);
  return place;
}

Finding FindingOf(const ordo::Finding& finding, const SourceSet& sources) {
  Finding out;
  out.code = finding.code;
  out.severity = static_cast<Severity>(finding.severity);
  out.title = finding.title;
  out.message = finding.message;
  out.subject = finding.subject;
  out.at = PlaceOf(finding.at, finding.path, sources);
  for (const ordo::Related& related : finding.related) out.related.push_back({related.message, PlaceOf(related.at, "", sources)});
  out.help = finding.help;
  out.waiver = finding.waiver;
  out.caused_by = finding.caused_by;
  return out;
}

Answer AnswerOf(const Inquiry& inquiry, ordo::Language language) {
  const report::Answer& from = inquiry.answer();
  const ir::Program& program = inquiry.evaluation().program();
  const report::Printer printer(program, language);
  Answer answer;
  answer.single = from.single;
  for (const report::Answer::Column& column : from.columns) answer.columns.push_back({column.text, TypeOf(column.type), column.list});
  answer.rows.reserve(from.rows());
  for (size_t row = 0; row < from.rows(); ++row) {
    std::vector<Cell>& cells = answer.rows.emplace_back(from.columns.size());
    for (size_t column = 0; column < from.columns.size(); ++column) {
      for (const ir::Cell cell : from.at(row, column)) {
        cells[column].push_back(ValueOf(from.columns[column].type, cell, program, printer, inquiry.sources()));
      }
    }
  }
  return answer;
}

}  // namespace ordo::api

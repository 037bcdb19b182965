// How values of targets read: rows of series in findings and cells, official bullets, statements of a conflict.
#include <fmt/format.h>

#include "runtime/diag/emitter.h"
#include "runtime/report/print.h"
#include "runtime/report/text.h"

namespace ordo::report {

std::string Printer::Measured(const ir::SeriesRow& row, ir::Cell cell) const {
  if (cell == ir::kAbsent) return {};
  if (row.type == ir::Type::kMoney && row.unit != ir::kNoWord) {
    const std::string_view unit = WordOf(row.unit);
    const int64_t factor = unit == "unit.million_vnd" ? 1'000'000 : unit == "unit.billion_vnd" ? 1'000'000'000 : 1;
    if (const auto count = Decimal::FromCell(cell).DividedBy(Decimal::FromInt(factor))) {
      return fmt::format("{} {}", count->ToString(language_), Spelling(row.unit));
    }
  }
  return Value(row.type, cell);
}

const ir::SeriesRow* Printer::RowOf(EntityId id) const {
  const ir::Entity& entity = program_.entity(id);
  const auto& rows = entity.kind == words_.reference_row_kind ? program_.reference_series : program_.series;
  return entity.row < rows.size() && rows[entity.row].object == id ? &rows[entity.row] : nullptr;
}

std::string Printer::SeriesValue(EntityId id) const {
  const ir::SeriesRow* found = RowOf(id);
  if (found == nullptr) return std::string(program_.text(program_.entity(id).title));
  const ir::SeriesRow& row = *found;
  if (row.text != Symbol::kEmpty) return std::string(program_.text(row.text));
  if (row.comparator == ir::kNoWord) return {};
  const std::string least = Measured(row, row.least), most = Measured(row, row.most);
  const std::string_view sign = WordOf(row.comparator);
  std::string text;
  if (!least.empty() && !most.empty() && least != most)
    text = fmt::format("{} - {}", least, most);
  else if (sign == "sign_least")
    text = "≥ " + least;
  else if (sign == "sign_more")
    text = "> " + least;
  else if (sign == "sign_most")
    text = "≤ " + most;
  else if (sign == "sign_less")
    text = "< " + most;
  else if (sign == "sign_exact")
    text = "= " + least;
  else
    text = least.empty() ? most : least;
  if (row.is_change) text = fmt::format("{} {}", Spelling(row.verb), text);
  const auto word = [this](std::string_view which) { return Spelling(program_.FindWord(which)); };
  if (row.per != ir::kNoWord) {
    std::string_view unit = Spelling(row.per);   // «5 per year»: English units are spelled in the plural
    if (language_ == Language::kEnglish && unit.ends_with('s')) unit.remove_suffix(1);
    text += fmt::format(" {} {}", word("per"), unit);
  }
  if (row.per_object != EntityId::kNone) text += fmt::format(" {} {}", word("per"), Object(row.per_object));
  if (row.in_all) text += fmt::format(" {}", word("in_all"));
  if (row.against != ir::kAbsent)
    text += fmt::format(" {} {}", word("against"), Date(static_cast<int32_t>(row.against)).ymd().year);
  return text;
}

std::string Printer::SeriesCell(EntityId id) const {
  std::string text = SeriesValue(id);
  const ir::SeriesRow* found = RowOf(id);
  if (found == nullptr || text.empty()) return text;
  const ir::SeriesRow& row = *found;
  const std::string_view verb = WordOf(row.verb);
  if (row.text == Symbol::kEmpty && (verb == "strive" || verb == "keep"))
    text = fmt::format("{} {}", Capitalised(Spelling(row.verb)), text);
  const auto change = [&](std::string_view word, Symbol what) {
    if (what != Symbol::kEmpty) text += fmt::format(" ({} {})", Spelling(program_.FindWord(word)), program_.text(what));
  };
  change("out_of", row.out_of);
  change("scope", row.scope);
  return text;
}

std::string Printer::SeriesWording(EntityId id) const {
  const ir::Entity& entity = program_.entity(id);
  const ir::SeriesRow* found = RowOf(id);
  if (found == nullptr) return {};
  const ir::SeriesRow& row = *found;
  if (row.written != Symbol::kEmpty) return std::string(program_.text(row.written));
  if (row.text != Symbol::kEmpty) return std::string(program_.text(row.text));
  std::string wording(TextNamed(program_, entity.parent, "wording"));
  if (const size_t slot = wording.find("{}"); slot != std::string::npos) wording.replace(slot, 2, SeriesValue(id));
  return wording;
}

std::string Printer::StatementText(const ir::Statement& statement) const {
  using Kind = ir::Statement::Kind;
  const std::string year = statement.year == 0 ? std::string() : fmt::format("{}", statement.year);
  const auto say = [&](Phrase phrase, std::initializer_list<std::string_view> arguments) {
    return Say(phrase, language_, arguments);
  };
  switch (statement.kind) {
    case Kind::kRow:
      return say(Phrase::kStatementRow, {Object(program_.entity(statement.owner).parent), SeriesValue(statement.owner), year});
    case Kind::kCondition: {
      std::string text;
      for (const ir::Condition& condition : program_.conditions) {
        if (condition.object == statement.owner) Append(text, "; ", program_.text(condition.text));
      }
      return year.empty() ? say(Phrase::kStatementAcceptance, {text}) : say(Phrase::kStatementCondition, {text, year});
    }
    case Kind::kWhole: return say(Phrase::kStatementWhole, {Object(statement.owner)});
    case Kind::kCount: return say(Phrase::kStatementCount, {Object(statement.owner)});
    case Kind::kPart: return say(Phrase::kStatementPart, {Object(statement.owner), Object(statement.other), year});
    case Kind::kBaseline:
      return say(Phrase::kStatementBaseline, {Object(statement.owner), FieldCell(statement.owner, words_.baseline)});
  }
  return {};
}

}  // namespace ordo::report

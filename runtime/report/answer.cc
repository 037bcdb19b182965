#include "runtime/report/answer.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/diag/emitter.h"
#include "runtime/report/print.h"

namespace ordo::report {
namespace {

using Form = ir::QuestionColumn::Form;

// Values of a relation of its own, met in the order of their keys.
struct Joined {
  const ir::QuestionColumn* column = nullptr;
  uint32_t next = 0;
};

int Compare(const ir::Program& program, ir::Type type, ir::Cell a, ir::Cell b) {
  if (a == b) return 0;
  if (type == ir::Type::kText) return program.text(static_cast<Symbol>(a)).compare(program.text(static_cast<Symbol>(b)));
  if (ir::IsDecimal(type)) return Decimal::FromCell(a) < Decimal::FromCell(b) ? -1 : 1;
  return a < b ? -1 : 1;
}

int CompareRows(const ir::Program& program, const Answer& answer, size_t a, size_t b) {
  for (size_t column = 0; column < answer.columns.size(); ++column) {
    const auto left = answer.at(a, column), right = answer.at(b, column);
    for (size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
      if (const int order = Compare(program, answer.columns[column].type, left[i], right[i]); order != 0) return order;
    }
    if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
  }
  return 0;
}

// Distinct rows in their order.
Answer Arranged(const ir::Program& program, const Answer& loose) {
  std::vector<uint32_t> order(loose.rows());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    const int compared = CompareRows(program, loose, a, b);
    return compared != 0 ? compared < 0 : a < b;
  });
  order.erase(std::unique(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return CompareRows(program, loose, a, b) == 0; }),
              order.end());
  Answer answer;
  answer.single = loose.single;
  answer.columns = loose.columns;
  answer.begin.push_back(0);
  for (const uint32_t row : order) {
    for (size_t column = 0; column < loose.columns.size(); ++column) {
      const auto values = loose.at(row, column);
      answer.cells.insert(answer.cells.end(), values.begin(), values.end());
      answer.begin.push_back(static_cast<uint32_t>(answer.cells.size()));
    }
  }
  return answer;
}

// Exact, without an exponent: what JSON calls a number.
std::string JsonNumber(ir::Cell cell) { return Decimal::FromCell(cell).ToString(Language::kEnglish); }

class JsonCells {
 public:
  JsonCells(const ir::Program& program, const SourceSet& sources, Language language)
      : program_(program), sources_(sources), printer_(program, language) {}

  std::string Value(ir::Type type, ir::Cell cell) const {
    switch (type) {
      case ir::Type::kEntity: return Object(static_cast<EntityId>(cell));
      case ir::Type::kText: return Quoted(program_.text(static_cast<Symbol>(cell)));
      case ir::Type::kWord: return Quoted(printer_.WordOf(static_cast<ir::WordId>(cell)));
      case ir::Type::kBool: return cell != 0 ? "true" : "false";
      case ir::Type::kDate: return Quoted(Date(static_cast<int32_t>(cell)).Iso());
      default: return JsonNumber(cell);
    }
  }

  std::string Cell(const Answer::Column& column, std::span<const ir::Cell> values) const {
    if (!column.list) return values.empty() ? "null" : Value(column.type, values.front());
    std::string out = "[";
    for (const ir::Cell value : values) out += (out.size() > 1 ? ", " : "") + Value(column.type, value);
    return out + "]";
  }

  static std::string Quoted(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

 private:
  std::string Object(EntityId id) const {
    const ir::Entity& object = program_.entity(id);
    std::string out = fmt::format("{{\"kind\": {}, \"name\": {}, \"text\": {}", Quoted(program_.word(program_.kinds[object.kind].word).id),
                                  object.name == Symbol::kEmpty ? "null" : Quoted(program_.text(object.name)), Quoted(printer_.Object(id)));
    if (object.span.known() && object.span.file < sources_.size()) {
      const SourceFile& file = sources_.file(object.span.file);
      out += fmt::format(", \"at\": {{\"file\": {}, \"line\": {}}}", Quoted(file.path()), file.LineOf(object.span.begin));
    }
    return out + "}";
  }

  const ir::Program& program_;
  const SourceSet& sources_;
  Printer printer_;
};

std::string_view JsonType(ir::Type type) { return type == ir::Type::kEntity ? "object" : ir::NameOf(type); }

}  // namespace

Answer BuildAnswer(const eval::Evaluation& evaluation, const ir::Question& question) {
  Answer loose;
  loose.single = question.single;
  std::vector<Joined> joined;
  for (const ir::QuestionColumn& column : question.columns) {
    loose.columns.push_back({column.text, column.type, column.form == Form::kMany});
    joined.push_back({&column, 0});
  }
  // Rows in the order of their keys, in which the relations beside them lie too.
  std::vector<uint32_t> order(evaluation.rows(question.rows));
  std::iota(order.begin(), order.end(), 0u);
  const auto compare = [&](ir::RelationId a, uint32_t row_a, uint32_t from_a, ir::RelationId b, uint32_t row_b, uint32_t from_b) {
    for (uint32_t key = 0; key < question.key_count; ++key) {
      const ir::Cell left = evaluation.cell(a, row_a, from_a + key), right = evaluation.cell(b, row_b, from_b + key);
      if (left != right) return left < right ? -1 : 1;
    }
    return 0;
  };
  if (question.key_count > 0) {
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      return compare(question.rows, a, question.first_key, question.rows, b, question.first_key) < 0;
    });
  }
  loose.begin.push_back(0);
  for (const uint32_t row : order) {
    for (Joined& beside : joined) {
      const ir::QuestionColumn& column = *beside.column;
      if (column.form == Form::kOne) {
        loose.cells.push_back(evaluation.cell(question.rows, row, column.column));
      } else {
        const uint32_t end = evaluation.rows(column.relation);
        const auto stands = [&] { return compare(column.relation, beside.next, 0, question.rows, row, question.first_key); };
        while (beside.next < end && stands() < 0) ++beside.next;
        for (; beside.next < end && stands() == 0; ++beside.next) {
          loose.cells.push_back(evaluation.cell(column.relation, beside.next, column.column));
        }
      }
      loose.begin.push_back(static_cast<uint32_t>(loose.cells.size()));
    }
  }
  return Arranged(evaluation.program(), loose);
}

Table AnswerAsTable(const eval::Evaluation& evaluation, const Answer& answer, Language language) {
  const Printer printer(evaluation.program(), language);
  Table table;
  for (size_t i = 0; i < answer.columns.size(); ++i) {
    table.columns.push_back({fmt::format("{}", i + 1), answer.columns[i].text, ir::IsDecimal(answer.columns[i].type)});
  }
  Group group;
  group.rows.reserve(answer.rows());
  for (size_t row = 0; row < answer.rows(); ++row) {
    Row line;
    for (size_t column = 0; column < answer.columns.size(); ++column) {
      std::string cell;
      for (const ir::Cell value : answer.at(row, column)) cell += (cell.empty() ? "" : "; ") + printer.Value(answer.columns[column].type, value);
      line.cells.push_back(std::move(cell));
    }
    group.rows.push_back(std::move(line));
  }
  table.groups.push_back(std::move(group));
  return table;
}

std::string AnswerAsText(const eval::Evaluation& evaluation, const Answer& answer, const RenderOptions& options) {
  if (answer.single) {
    const Printer printer(evaluation.program(), options.language);
    std::string out;
    for (size_t row = 0; row < answer.rows(); ++row) {
      for (const ir::Cell value : answer.at(row, 0)) out += printer.Value(answer.columns[0].type, value) + "\n";
    }
    const bool empty_list = answer.columns[0].list && answer.rows() > 0;
    return out.empty() ? Say(empty_list ? Phrase::kNoRows : Phrase::kAbsentValue, options.language) + "\n" : out;
  }
  if (answer.rows() == 0) return Say(Phrase::kNoRows, options.language) + "\n";
  return Render(AnswerAsTable(evaluation, answer, options.language), Format::kText, SourceSet(), options);
}

std::string AnswerAsJson(const eval::Evaluation& evaluation, const Answer& answer, std::string_view asked, const SourceSet& sources,
                         Language language) {
  const JsonCells cells(evaluation.program(), sources, language);
  std::string out = fmt::format("{{\n  \"schema\": \"ordo/query/1\",\n  \"query\": {},\n", JsonCells::Quoted(asked));
  if (answer.single) {
    const Answer::Column& column = answer.columns[0];
    const std::string value = answer.rows() == 0 ? "null" : cells.Cell(column, answer.at(0, 0));
    return out + fmt::format("  \"type\": \"{}\",\n  \"value\": {}\n}}\n", JsonType(column.type), value);
  }
  out += "  \"columns\": [";
  for (size_t i = 0; i < answer.columns.size(); ++i) {
    out += fmt::format("{}{{\"title\": {}, \"type\": \"{}\", \"list\": {}}}", i > 0 ? ", " : "", JsonCells::Quoted(answer.columns[i].text),
                       JsonType(answer.columns[i].type), answer.columns[i].list);
  }
  out += "],\n  \"rows\": [";
  for (size_t row = 0; row < answer.rows(); ++row) {
    out += row > 0 ? ",\n    [" : "\n    [";
    for (size_t column = 0; column < answer.columns.size(); ++column) {
      out += (column > 0 ? ", " : "") + cells.Cell(answer.columns[column], answer.at(row, column));
    }
    out += "]";
  }
  return out + (answer.rows() > 0 ? "\n  ]\n}\n" : "]\n}\n");
}

}  // namespace ordo::report

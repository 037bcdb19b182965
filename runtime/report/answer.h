// The answer to a question (ir/question.h) out of an evaluated program: rows of typed cells, then text, a table or JSON. A cell has no
// value where it is absent and any number of them where it is a set. Rows are distinct and ascend by their columns from left to right:
// nothing first, objects in the order of the plan, the others by value. Linear but for that order; never derives anything.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/eval/engine.h"
#include "runtime/ir/question.h"
#include "runtime/report/table.h"

namespace ordo::report {

struct Answer {
  struct Column {
    std::string text;   // as it was asked
    ir::Type type = ir::Type::kBool;
    bool list = false;
  };
  bool single = false;  // one value was asked for: at most one row of one column
  std::vector<Column> columns;
  std::vector<ir::Cell> cells;
  std::vector<uint32_t> begin;   // of each cell, row after row, and the end of the last

  size_t rows() const { return columns.empty() || begin.empty() ? 0 : (begin.size() - 1) / columns.size(); }
  std::span<const ir::Cell> at(size_t row, size_t column) const {
    const size_t cell = row * columns.size() + column;
    return std::span(cells).subspan(begin[cell], begin[cell + 1] - begin[cell]);
  }
};

Answer BuildAnswer(const eval::Evaluation& evaluation, const ir::Question& question);

// A single value as text; rows as a table. One line end closes it.
std::string AnswerAsText(const eval::Evaluation& evaluation, const Answer& answer, const RenderOptions& options);
Table AnswerAsTable(const eval::Evaluation& evaluation, const Answer& answer, Language language);
// ordo/query/1. A truth is true or false, a day «2026-03-31», a word its id, a number, a share (0.4), a length in days or months and
// money in dong an exact JSON number, an object {kind, name, text, at}, nothing null, a set an array.
std::string AnswerAsJson(const eval::Evaluation& evaluation, const Answer& answer, std::string_view asked, const SourceSet& sources,
                         Language language);

}  // namespace ordo::report

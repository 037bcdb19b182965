// What is asked of a program beside its checks: relations to read an answer from. The compiler makes one out of a query; whoever
// has evaluated the program reads the answer (report/answer.h). Data only.
//
// `rows` has one row a combination that is asked for: columns of the form kOne, then the keys of the row. A column that may be absent
// or hold several values has a relation of its own: the keys, then the value; it is joined by the keys.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::ir {

struct QuestionColumn {
  enum class Form : uint8_t { kOne, kMaybe, kMany };
  std::string text;              // as it was asked
  Type type = Type::kBool;
  Form form = Form::kOne;
  RelationId relation = kNone;   // kOne: Question::rows
  uint32_t column = 0;           // in that relation
};

struct Question {
  RelationId rows = kNone;
  uint32_t first_key = 0;        // in rows; elsewhere keys are the first columns
  uint32_t key_count = 0;
  bool single = false;           // one value is asked for, not rows
  std::vector<QuestionColumn> columns;
};

}  // namespace ordo::ir

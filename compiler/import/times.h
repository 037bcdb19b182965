// Time words of plans as times of the language. In: the text of a cell and what it may refer to. Out: a value in Vietnamese words, and
// whether it is sure. What is not understood as a whole stays words: half a time would be a wrong one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/import/parties.h"

namespace ordo::import {

struct TimeStep {
  std::string label, value;
};

struct TimeReading {
  enum class Kind : uint8_t {
    kNone,     // empty
    kSure,
    kGuess,    // read, with something that the cell does not say (a year, what it counts from)
    kWords,    // value is a text
    kSteps,    // value is «theo từng mốc dưới đây»; each step has its label
  };
  Kind kind = Kind::kNone;
  std::string value;
  std::vector<TimeStep> steps;
  std::vector<PartyRemark> remarks;
};

struct TimeContext {
  int year = 0;                                  // of the plan; 0: unknown, or several
  const std::vector<Known::Named>* events = nullptr;
  Parties* parties = nullptr;                    // for «theo hướng dẫn của …»; nullptr: none
};

TimeReading ReadTime(std::string_view text, const TimeContext& context);
// «tháng 5/2026» of a text such as «5/2026», «Tháng 5 năm 2026»; "" if it is no single month with its year.
std::string MonthOf(std::string_view text);

}  // namespace ordo::import

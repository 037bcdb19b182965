// How a spreadsheet shows a number: by its format code, as far as General, fixed decimals, percent, thousands and dates go. Decimal
// comma and thousands dot, as offices here have them; a full day is always dd/mm/yyyy, whatever the order in the code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/base/decimal.h"
#include "runtime/time/civil.h"

namespace ordo::office {

struct NumberStyle {
  enum class Kind : uint8_t { kGeneral, kFixed, kDay, kTime };
  Kind kind = Kind::kGeneral;
  int decimals = 0;        // kFixed
  bool percent = false;
  bool grouped = false;
  std::string pattern;     // kDay: the code without colours and locales
};

// `code`: of a custom format, "" for a built-in one.
NumberStyle StyleOf(uint64_t id, std::string_view code);

struct ShownNumber {
  std::string text;
  std::optional<Decimal> number;
  std::optional<Date> day;
};
// `raw`: as the file has it. nullopt: not a number.
std::optional<ShownNumber> Shown(std::string_view raw, const NumberStyle& style, bool since_1904);

}  // namespace ordo::office

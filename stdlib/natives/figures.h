// Numbers in running text, what each is there for, and the units of measurement behind them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/base/decimal.h"

namespace ordo::natives {

struct Figure {
  enum class Use : uint8_t {
    kValue,      // 85, 3,0
    kLevel,      // mức 2, cấp độ 3
    kAside,      // năm 2026, giai đoạn 1, trong 24 giờ
    kName,       // 5G, IPv6
    kReference,  // 24/01/2025, 57-NQ/TW
  };
  size_t begin = 0, end = 0;  // the digits and what parts them
  Use use = Use::kValue;
  bool percent = false;
  bool of_time = false;    // giờ, ngày, tháng follow
  bool thousands = false;  // nghìn, triệu, tỷ follow
};

// In their order. The text is composed.
std::vector<Figure> FiguresOf(std::string_view text);
inline std::string_view DigitsOf(std::string_view text, const Figure& figure) {
  return text.substr(figure.begin, figure.end - figure.begin);
}
// The Vietnamese reading, where it has none the English one; and the English one besides.
std::array<std::optional<Decimal>, 2> ReadingsOf(std::string_view digits);

enum class Measure : uint8_t { kNone, kDataRate, kData, kSpeed, kLength, kArea, kVolume, kWeight, kPower, kEnergy };

struct UnitSpelling {
  std::string_view text;  // in small letters
  Measure measure = Measure::kNone;
  bool malformed = false;  // per second twice, kW/h for kWh
};

struct UnitFound {
  const UnitSpelling* unit = nullptr;
  std::string_view spelling;
};

const UnitSpelling* FindUnit(std::string_view spelling);  // null: not known
std::vector<UnitFound> UnitsOf(std::string_view text);    // behind numbers; the text is composed

}  // namespace ordo::natives

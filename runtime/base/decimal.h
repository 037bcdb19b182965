// Exact decimals: mantissa * 10^-scale, canonical (no trailing zero in the mantissa of a positive scale), packed into one
// 64-bit cell so that equal numbers are equal cells. 56 bits of mantissa hold 16 digits, enough for a national budget in
// dong; scale is 0 to 15. Every operation that would leave this range says so (nullopt); nothing is rounded in silence.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ordo {

enum class Language : uint8_t { kVietnamese, kEnglish };

class Decimal {
 public:
  constexpr Decimal() = default;
  static std::optional<Decimal> Make(int64_t mantissa, int scale);  // value = mantissa * 10^-scale
  static Decimal FromInt(int64_t value);                            // |value| < 2^55, aborts otherwise
  static Decimal FromCell(int64_t cell);
  int64_t cell() const;  // injective, equal values have equal cells; NOT ordered

  int64_t mantissa() const { return mantissa_; }
  int scale() const { return scale_; }
  bool is_zero() const { return mantissa_ == 0; }
  bool is_integer() const { return scale_ == 0; }
  std::optional<int64_t> ToInt() const { return scale_ == 0 ? std::optional(mantissa_) : std::nullopt; }

  std::optional<Decimal> Plus(Decimal other) const;
  std::optional<Decimal> Minus(Decimal other) const;
  std::optional<Decimal> Times(Decimal other) const;
  // Exact quotient, or nullopt when it does not end within 15 places, or when other is zero.
  std::optional<Decimal> DividedBy(Decimal other) const;
  Decimal Negated() const;

  // Reads digits of one skin: Vietnamese "1.500", "3,5", "16.000.000"; English "1500", "3.5". Grouping dots must stand before
  // exactly three digits. nullopt on anything else.
  static std::optional<Decimal> Parse(std::string_view digits, Language language);
  // Vietnamese: decimal comma, dots between thousands from 10.000 up ("1500", "16.000"); English: point and no grouping.
  std::string ToString(Language language) const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  int64_t mantissa_ = 0;
  int8_t scale_ = 0;
};

}  // namespace ordo

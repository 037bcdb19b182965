#include "runtime/base/decimal.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "fmt/format.h"

namespace ordo {

namespace {

// Wide enough for every intermediate value: two mantissas multiplied (2^110), one aligned by 10^15 (2^105) or one times 5^30
// (2^125).
__extension__ using Wide = __int128;

constexpr int kMaxScale = 15;
constexpr int64_t kLimit = int64_t{1} << 55;  // mantissas lie strictly between -kLimit and kLimit

constexpr std::array<int64_t, kMaxScale + 1> kPowersOfTen = [] {
  std::array<int64_t, kMaxScale + 1> powers{};
  powers[0] = 1;
  for (int i = 1; i <= kMaxScale; ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

constexpr bool Fits(Wide mantissa) { return mantissa > -kLimit && mantissa < kLimit; }

// The one place where a value becomes canonical and where leaving the range is noticed.
std::optional<std::pair<int64_t, int>> Canonical(Wide mantissa, int scale) {
  if (mantissa == 0) return std::pair(int64_t{0}, 0);
  for (; scale > 0 && mantissa % 10 == 0; --scale) mantissa /= 10;
  for (; scale < 0 && Fits(mantissa); ++scale) mantissa *= 10;
  if (scale < 0 || scale > kMaxScale || !Fits(mantissa)) return std::nullopt;
  return std::pair(static_cast<int64_t>(mantissa), scale);
}

std::optional<Decimal> FromWide(Wide mantissa, int scale) {
  const auto value = Canonical(mantissa, scale);
  return value ? Decimal::Make(value->first, value->second) : std::nullopt;
}

// Mantissa of `value` at the larger `scale`.
Wide Aligned(Decimal value, int scale) { return Wide{value.mantissa()} * kPowersOfTen[scale - value.scale()]; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

size_t CountDigits(std::string_view text) {
  size_t count = 0;
  while (count < text.size() && IsDigit(text[count])) ++count;
  return count;
}

}  // namespace

std::optional<Decimal> Decimal::Make(int64_t mantissa, int scale) {
  const auto value = Canonical(mantissa, scale);
  if (!value) return std::nullopt;
  Decimal result;
  result.mantissa_ = value->first;
  result.scale_ = static_cast<int8_t>(value->second);
  return result;
}

Decimal Decimal::FromInt(int64_t value) {
  if (!Fits(value)) {
    fmt::print(stderr, "Decimal::FromInt: {} is out of range\n", value);
    std::abort();
  }
  Decimal result;
  result.mantissa_ = value;
  return result;
}

int64_t Decimal::cell() const {
  return static_cast<int64_t>(static_cast<uint64_t>(mantissa_) << 8 | static_cast<uint8_t>(scale_));
}

Decimal Decimal::FromCell(int64_t cell) {
  Decimal result;
  result.mantissa_ = cell >> 8;
  result.scale_ = static_cast<int8_t>(cell & 0xFF);
  return result;
}

std::optional<Decimal> Decimal::Plus(Decimal other) const {
  const int scale = std::max(scale_, other.scale_);
  return FromWide(Aligned(*this, scale) + Aligned(other, scale), scale);
}

std::optional<Decimal> Decimal::Minus(Decimal other) const { return Plus(other.Negated()); }

std::optional<Decimal> Decimal::Times(Decimal other) const {
  return FromWide(Wide{mantissa_} * other.mantissa_, scale_ + other.scale_);
}

std::optional<Decimal> Decimal::DividedBy(Decimal other) const {
  if (other.is_zero()) return std::nullopt;
  if (is_zero()) return Decimal();
  const int64_t common = std::gcd(mantissa_, other.mantissa_);
  Wide numerator = mantissa_ / common;
  int64_t denominator = other.mantissa_ / common;
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  // A reduced fraction ends in base ten exactly when its denominator is 2^twos * 5^fives, and then after max(twos, fives) places.
  int twos = 0;
  int fives = 0;
  for (; denominator % 2 == 0; denominator /= 2) ++twos;
  for (; denominator % 5 == 0; denominator /= 5) ++fives;
  if (denominator != 1) return std::nullopt;
  const int places = std::max(twos, fives);
  const int scale = places + scale_ - other.scale_;
  if (scale > kMaxScale) return std::nullopt;  // hence places <= 30 below
  for (int i = twos; i < places; ++i) numerator *= 2;
  for (int i = fives; i < places; ++i) numerator *= 5;
  return FromWide(numerator, scale);
}

Decimal Decimal::Negated() const {
  Decimal result = *this;
  result.mantissa_ = -mantissa_;  // the range is symmetric
  return result;
}

std::optional<Decimal> Decimal::Parse(std::string_view digits, Language language) {
  const bool vietnamese = language == Language::kVietnamese;
  int64_t mantissa = 0;
  const auto read = [&mantissa](std::string_view text) {
    for (const char c : text) {
      mantissa = mantissa * 10 + (c - '0');
      if (mantissa >= kLimit) return false;
    }
    return true;
  };

  size_t count = CountDigits(digits);
  if (count == 0 || !read(digits.substr(0, count))) return std::nullopt;
  // «0.700» is someone's 0,7 and never seven hundred: a grouped number does not begin with a zero.
  const bool may_group = vietnamese && count <= 3 && digits[0] != '0';
  digits.remove_prefix(count);
  while (may_group && !digits.empty() && digits[0] == '.') {
    digits.remove_prefix(1);
    if (CountDigits(digits) != 3 || !read(digits.substr(0, 3))) return std::nullopt;
    digits.remove_prefix(3);
  }
  if (digits.empty()) return Make(mantissa, 0);

  if (digits[0] != (vietnamese ? ',' : '.')) return std::nullopt;
  digits.remove_prefix(1);
  if (digits.empty() || CountDigits(digits) != digits.size()) return std::nullopt;
  while (!digits.empty() && digits.back() == '0') digits.remove_suffix(1);
  if (digits.size() > kMaxScale || !read(digits)) return std::nullopt;
  return Make(mantissa, static_cast<int>(digits.size()));
}

std::string Decimal::ToString(Language language) const {
  const bool vietnamese = language == Language::kVietnamese;
  const int64_t magnitude = mantissa_ < 0 ? -mantissa_ : mantissa_;
  const int64_t whole = magnitude / kPowersOfTen[scale_];
  std::string text = fmt::format("{}", whole);
  if (vietnamese && whole >= 10000) {
    for (size_t at = text.size() - 3;; at -= 3) {
      text.insert(at, 1, '.');
      if (at <= 3) break;
    }
  }
  if (mantissa_ < 0) text.insert(0, 1, '-');
  if (scale_ > 0) text += fmt::format("{}{:0{}}", vietnamese ? ',' : '.', magnitude % kPowersOfTen[scale_], scale_);
  return text;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.scale_ == b.scale_) return a.mantissa_ <=> b.mantissa_;
  const int scale = std::max(a.scale_, b.scale_);
  const Wide left = Aligned(a, scale);
  const Wide right = Aligned(b, scale);
  return left < right ? std::strong_ordering::less : left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace ordo

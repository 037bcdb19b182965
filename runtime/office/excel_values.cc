#include "runtime/office/excel_values.h"

#include <charconv>
#include <cmath>

#include "fmt/format.h"

namespace ordo::office {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The first section of a code, without [colours], conditions and locales; what is quoted or escaped stays, marked by a '\1' before
// each character, so that its letters are no fields.
std::string Cleaned(std::string_view code) {
  std::string out;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;
    if (c == '[') {
      const size_t end = code.find(']', i);
      if (end == std::string_view::npos) break;
      if (const char first = i + 1 < code.size() ? Lower(code[i + 1]) : ']'; first == 'h' || first == 's') out += 'h';   // [h]: hours that went by
      i = end;
    } else if (c == '"') {
      for (++i; i < code.size() && code[i] != '"'; ++i) {
        out += '\1';
        out += code[i];
      }
    } else if (c == '\\' && i + 1 < code.size()) {
      out += '\1';
      out += code[++i];
    } else if ((c == '_' || c == '*') && i + 1 < code.size()) {
      ++i;
    } else {
      out += Lower(c);
    }
  }
  return out;
}

bool Has(std::string_view pattern, char field) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\1') {
      ++i;
    } else if (pattern[i] == field) {
      return true;
    }
  }
  return false;
}

NumberStyle FromCode(std::string_view code) {
  NumberStyle style;
  std::string pattern = Cleaned(code);
  if (pattern.find("general") != std::string::npos || pattern == "@") return style;
  const bool time = Has(pattern, 'h') || Has(pattern, 's');
  if (Has(pattern, 'd') || Has(pattern, 'y') || (Has(pattern, 'm') && !time)) {
    style.kind = NumberStyle::Kind::kDay;
    style.pattern = std::move(pattern);
    return style;
  }
  if (time) {
    style.kind = NumberStyle::Kind::kTime;
    return style;
  }
  style.percent = Has(pattern, '%');
  if (!Has(pattern, '0') && !Has(pattern, '#') && !Has(pattern, '?')) return style;
  if (Has(pattern, 'e') || Has(pattern, '/')) return NumberStyle();   // powers and fractions: as General
  style.kind = NumberStyle::Kind::kFixed;
  const size_t point = pattern.find('.');
  if (point != std::string::npos) {
    for (size_t i = point + 1; i < pattern.size() && (pattern[i] == '0' || pattern[i] == '#' || pattern[i] == '?'); ++i) ++style.decimals;
  }
  style.decimals = std::min(style.decimals, 15);
  const size_t comma = pattern.find(',');
  style.grouped = comma != std::string::npos && (point == std::string::npos || comma < point);
  return style;
}

// The fifteen digits that a spreadsheet keeps.
std::optional<Decimal> DecimalOf(double value) {
  const std::string text = fmt::format("{:.14e}", value);
  const size_t e = text.find('e');
  int64_t mantissa = 0;
  for (const char c : text.substr(0, e)) {
    if (c >= '0' && c <= '9') mantissa = mantissa * 10 + (c - '0');
  }
  int scale = 14 - std::atoi(text.c_str() + e + 1);
  while (mantissa != 0 && mantissa % 10 == 0 && scale > -18) {
    mantissa /= 10;
    --scale;
  }
  if (mantissa == 0) return Decimal();
  for (; scale < 0; ++scale) {
    if (mantissa > (int64_t{1} << 55) / 10) return std::nullopt;
    mantissa *= 10;
  }
  if (scale > 15) return std::nullopt;
  return Decimal::Make(value < 0 ? -mantissa : mantissa, scale);
}

// Half away from zero, as spreadsheets round. `decimals` < 0: all there are.
std::string Digits(Decimal value, int decimals, bool grouped) {
  int64_t mantissa = value.mantissa();
  int scale = value.scale();
  const bool negative = mantissa < 0;
  if (negative) mantissa = -mantissa;
  if (decimals < 0) decimals = scale;
  int64_t last = 0;
  for (; scale > decimals; --scale) {
    last = mantissa % 10;
    mantissa /= 10;
  }
  if (last >= 5) ++mantissa;
  std::string digits = fmt::format("{}", mantissa);
  if (scale < decimals) digits.append(static_cast<size_t>(decimals - scale), '0');
  if (digits.size() <= static_cast<size_t>(decimals)) digits.insert(0, static_cast<size_t>(decimals) + 1 - digits.size(), '0');
  std::string whole = digits.substr(0, digits.size() - static_cast<size_t>(decimals));
  if (grouped) {
    for (size_t at = whole.size(); at > 3; at -= 3) whole.insert(at - 3, 1, '.');
  }
  const std::string rest = digits.substr(digits.size() - static_cast<size_t>(decimals));
  const bool zero = digits.find_first_not_of('0') == std::string::npos;
  return fmt::format("{}{}{}{}", negative && !zero ? "-" : "", whole, rest.empty() ? "" : ",", rest);
}

// Serial numbers of 1900 count a 29 February 1900 that never was: day 60.
std::optional<Date> DayOf(double serial, bool since_1904) {
  if (!(serial >= 0) || serial >= 2958466) return std::nullopt;   // to the end of 9999
  const auto days = static_cast<int32_t>(std::floor(serial));
  if (since_1904) return days < 2958466 - 1462 ? std::optional(Date(days - 24107)) : std::nullopt;
  if (days == 0 || days == 60) return std::nullopt;
  return Date(days - 25569 + (days < 60));
}

std::string ClockOf(double serial) {
  const auto minutes = static_cast<int64_t>(std::floor((serial - std::floor(serial)) * 1440 + 0.5)) % 1440;
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string DayText(Date day, std::string_view pattern, double serial) {
  const Ymd ymd = day.ymd();
  std::string out;
  if (Has(pattern, 'd') && Has(pattern, 'm') && Has(pattern, 'y')) {
    out = fmt::format("{:02}/{:02}/{:04}", ymd.day, ymd.month, ymd.year);
    if (Has(pattern, 'h') && serial != std::floor(serial)) out += ' ' + ClockOf(serial);
    return out;
  }
  for (size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    if (c == '\1') {
      if (i + 1 < pattern.size()) out += pattern[i + 1];
      i += 2;
      continue;
    }
    size_t end = i;
    while (end < pattern.size() && pattern[end] == c) ++end;
    const size_t width = end - i;
    if (c == 'd') {
      if (width < 3) out += fmt::format("{:0{}}", ymd.day, width);
    } else if (c == 'm') {
      out += fmt::format("{:0{}}", ymd.month, std::min<size_t>(width, 2));
    } else if (c == 'y') {
      out += fmt::format("{:04}", ymd.year);
    } else if (c != 'h' && c != 's') {
      out.append(width, c);
    }
    i = end;
  }
  return out;
}

}  // namespace

NumberStyle StyleOf(uint64_t id, std::string_view code) {
  if (!code.empty()) return FromCode(code);
  if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) {
    switch (id) {
      case 16: return FromCode("d/m");
      case 17: return FromCode("mm/yyyy");
      case 22: return FromCode("dd/mm/yyyy h:mm");
      default: return FromCode("dd/mm/yyyy");
    }
  }
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return FromCode("h:mm");
  switch (id) {
    case 1: return FromCode("0");
    case 2: return FromCode("0.00");
    case 3: case 37: case 38: return FromCode("#,##0");
    case 4: case 39: case 40: return FromCode("#,##0.00");
    case 9: return FromCode("0%");
    case 10: return FromCode("0.00%");
    default: return {};
  }
}

std::optional<ShownNumber> Shown(std::string_view raw, const NumberStyle& style, bool since_1904) {
  double value = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (error != std::errc() || end != raw.data() + raw.size() || !std::isfinite(value)) return std::nullopt;
  ShownNumber out;
  out.number = DecimalOf(value);
  if (style.kind == NumberStyle::Kind::kDay) out.day = DayOf(value, since_1904);
  if (out.day) {
    out.text = DayText(*out.day, style.pattern, value);
  } else if (style.kind == NumberStyle::Kind::kTime && value >= 0 && value < 1) {
    out.text = ClockOf(value);
  } else if (!out.number) {
    out.text = std::string(raw);
  } else {
    std::optional<Decimal> shown = out.number;
    if (style.percent) shown = shown->Times(Decimal::FromInt(100));
    if (!shown) {
      out.text = std::string(raw);
    } else {
      out.text = Digits(*shown, style.kind == NumberStyle::Kind::kFixed ? style.decimals : -1, style.grouped);
      if (style.percent) out.text += '%';
    }
  }
  return out;
}

}  // namespace ordo::office

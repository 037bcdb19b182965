#include "compiler/ast/literals.h"

#include <array>
#include <charconv>
#include <vector>

#include "fmt/format.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                      "July",    "August",   "September", "October", "November", "December"};

std::optional<int> Digits(std::string_view text, size_t most) {
  if (text.empty() || text.size() > most) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return !IsDigit(c) && c != '-'; }

std::optional<int> Roman(std::string_view text) {
  if (text == "I") return 1;
  if (text == "II") return 2;
  if (text == "III") return 3;
  if (text == "IV") return 4;
  return std::nullopt;
}
constexpr std::string_view kRoman[] = {"", "I", "II", "III", "IV"};

std::vector<std::string_view> SplitAt(std::string_view text, char sign) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t at = text.find(sign);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::optional<int> MonthName(std::string_view word) {
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (word == kMonths[i]) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

DateLiteral Make(Point::Kind kind, int year, int month = 0, int day = 0) {
  DateLiteral date;
  Point& point = date.point;
  point.kind = kind;
  point.year = static_cast<int16_t>(year);
  point.month = static_cast<int8_t>(month);
  point.day = static_cast<int8_t>(day);
  const bool monthly = kind == Point::Kind::kMonthDay && (day < 1 || day > 31);
  if (monthly) point.month = -1;
  const bool full = kind == Point::Kind::kDay && !Date::FromYmd(year, month, day);
  const bool yearly = kind == Point::Kind::kYearlyDay && !Date::FromYmd(2024, month, day);
  const bool whole_month = kind == Point::Kind::kMonth && (month < 1 || month > 12);
  if (full || yearly || whole_month || monthly) point.kind = Point::Kind::kImpossible;
  return date;
}

struct Read {
  size_t words = 0;
  DateLiteral date;
};

// YYYY-MM-DD in both skins.
std::optional<DateLiteral> ReadIso(std::string_view word) {
  const auto parts = SplitAt(word, '-');
  if (parts.size() != 3 || parts[0].size() != 4) return std::nullopt;
  const auto year = Digits(parts[0], 4);
  const auto month = Digits(parts[1], 2);
  const auto day = Digits(parts[2], 2);
  if (!year || !month || !day) return std::nullopt;
  return Make(Point::Kind::kDay, *year, *month, *day);
}

// D/M/Y, D/M, M/Y
std::optional<DateLiteral> ReadSlashes(std::string_view word, bool month_only) {
  const auto parts = SplitAt(word, '/');
  if (parts.size() == 3 && !month_only) {
    const auto day = Digits(parts[0], 2);
    const auto month = Digits(parts[1], 2);
    const auto year = Digits(parts[2], 4);
    if (!day || !month || !year || parts[2].size() != 4) return std::nullopt;
    return Make(Point::Kind::kDay, *year, *month, *day);
  }
  if (parts.size() != 2) return std::nullopt;
  const auto first = Digits(parts[0], 2);
  const auto second = Digits(parts[1], 4);
  if (!first || !second) return std::nullopt;
  if (parts[1].size() == 4) return Make(Point::Kind::kMonth, *second, *first);
  if (parts[1].size() <= 2 && !month_only) return Make(Point::Kind::kYearlyDay, 0, *second, *first);
  return std::nullopt;
}

// 16:00, in both skins.
std::optional<DateLiteral> ReadClock(std::string_view word) {
  const auto parts = SplitAt(word, ':');
  if (parts.size() != 2 || parts[1].size() != 2) return std::nullopt;
  const auto hour = Digits(parts[0], 2);
  const auto minute = Digits(parts[1], 2);
  if (!hour || !minute || *hour > 24 || *minute > 59) return std::nullopt;
  DateLiteral clock;
  clock.hour = static_cast<int8_t>(*hour);
  clock.minute = static_cast<int8_t>(*minute);
  return clock;
}

// 10/3, 10/3/2026 behind the words for the lunar calendar: day first in both skins, a lunar month has no name.
std::optional<DateLiteral> ReadLunar(std::string_view word) {
  auto date = ReadSlashes(word, false);
  if (!date || date->point.kind == Point::Kind::kMonth) return std::nullopt;
  date->point.kind = Point::Kind::kLunarDay;   // days that no lunar month has too: Resolve calls them impossible
  return date;
}

Read ReadVietnamese(std::span<const std::string_view> w) {
  const size_t n = w.size();
  if (n == 0) return {};
  if (n >= 3 && (w[0] == "âm" || w[0] == "Âm") && w[1] == "lịch") {
    if (auto date = ReadLunar(w[2])) return {3, *date};
    return {};
  }
  if (IsDigit(w[0][0])) {
    if (auto iso = ReadIso(w[0])) return {1, *iso};
    if (auto date = ReadSlashes(w[0], false)) {
      date->point.digits = date->point.kind == Point::Kind::kMonth;
      return {1, *date};
    }
    if (auto clock = ReadClock(w[0])) return {1, *clock};
  }
  // «ngày 28 tháng 01 năm 2026», «tháng 01 năm 2026»: the long forms of Decree 30/2020/NĐ-CP
  if (n >= 6 && (w[0] == "ngày" || w[0] == "Ngày") && w[2] == "tháng" && w[4] == "năm" && w[5].size() == 4) {
    const auto day = Digits(w[1], 2), month = Digits(w[3], 2), year = Digits(w[5], 4);
    if (day && month && year) return {6, Make(Point::Kind::kDay, *year, *month, *day)};
  }
  if (n >= 4 && (w[0] == "tháng" || w[0] == "Tháng") && w[2] == "năm" && w[3].size() == 4) {
    const auto month = Digits(w[1], 2), year = Digits(w[3], 4);
    if (month && year) return {4, Make(Point::Kind::kMonth, *year, *month)};
  }
  if (n >= 2 && (w[0] == "ngày" || w[0] == "Ngày")) {
    if (auto date = ReadSlashes(w[1], false); date && date->point.kind != Point::Kind::kMonth) return {2, *date};
    if (auto day = Digits(w[1], 2)) {
      const auto month = n >= 4 && w[2] == "tháng" ? Digits(w[3], 2) : std::nullopt;
      if (month) return {4, Make(Point::Kind::kYearlyDay, 0, *month, *day)};
      return {2, Make(Point::Kind::kMonthDay, 0, 0, *day)};
    }
    return {};
  }
  if (n >= 2 && (w[0] == "tháng" || w[0] == "Tháng")) {
    if (auto date = ReadSlashes(w[1], true)) return {2, *date};
    if (auto month = Digits(w[1], 2)) return {2, Make(Point::Kind::kMonth, 0, *month)};
    return {};
  }
  if (n >= 2 && (w[0] == "quý" || w[0] == "Quý")) {
    const auto parts = SplitAt(w[1], '/');
    const auto roman = Roman(parts[0]);
    const auto part = roman ? roman : Digits(parts[0], 1);
    std::optional<int> year = 0;
    if (parts.size() == 2) year = Digits(parts[1], 4);
    if (parts.size() > 2 || !part || *part < 1 || *part > 4 || !year) return {};
    Read read{2, Make(Point::Kind::kQuarter, *year, *part)};
    read.date.point.roman = roman.has_value();
    return read;
  }
  if (n >= 2 && (w[0] == "năm" || w[0] == "Năm") && w[1].size() == 4) {
    if (auto year = Digits(w[1], 4)) return {2, Make(Point::Kind::kYear, *year)};
    return {};
  }
  if (n >= 4 && (w[0] == "nửa" || w[0] == "Nửa") && (w[1] == "đầu" || w[1] == "cuối") && w[2] == "năm" && w[3].size() == 4) {
    if (auto year = Digits(w[3], 4)) return {4, Make(Point::Kind::kHalf, *year, w[1] == "đầu" ? 1 : 2)};
    return {};
  }
  // «6 tháng đầu năm 2026», «06 tháng cuối năm»
  if (n >= 4 && (w[0] == "6" || w[0] == "06") && w[1] == "tháng" && (w[2] == "đầu" || w[2] == "cuối") && w[3] == "năm") {
    const auto year = n >= 5 && w[4].size() == 4 ? Digits(w[4], 4) : std::nullopt;
    return {year ? 5u : 4u, Make(Point::Kind::kHalf, year.value_or(0), w[2] == "đầu" ? 1 : 2)};
  }
  if (n >= 2 && w[1] == "giờ") {
    const auto hour = Digits(w[0], 2);
    if (!hour || *hour > 24) return {};
    DateLiteral clock;
    clock.hour = static_cast<int8_t>(*hour);
    if (n >= 3) {
      if (auto minute = Digits(w[2], 2); minute && *minute < 60) {
        clock.minute = static_cast<int8_t>(*minute);
        return {3, clock};
      }
    }
    return {2, clock};
  }
  return {};
}

Read ReadEnglish(std::span<const std::string_view> w) {
  const size_t n = w.size();
  if (n == 0) return {};
  if (n >= 2 && (w[0] == "lunar" || w[0] == "Lunar")) {
    if (auto date = ReadLunar(w[1])) return {2, *date};
    return {};
  }
  if (IsDigit(w[0][0])) {
    if (auto iso = ReadIso(w[0])) return {1, *iso};
    if (auto clock = ReadClock(w[0])) return {1, *clock};
  }
  if (auto month = MonthName(w[0])) {
    if (n >= 2 && w[1].size() == 4) {
      if (auto year = Digits(w[1], 4)) return {2, Make(Point::Kind::kMonth, *year, *month)};
    }
    return {1, Make(Point::Kind::kMonth, 0, *month)};
  }
  if (n >= 2) {
    const auto day = Digits(w[0], 2);
    const auto month = MonthName(w[1]);
    if (day && month) {
      if (n >= 3 && w[2].size() == 4) {
        if (auto year = Digits(w[2], 4)) return {3, Make(Point::Kind::kDay, *year, *month, *day)};
      }
      return {2, Make(Point::Kind::kYearlyDay, 0, *month, *day)};
    }
  }
  if (w[0].size() == 2 && w[0][0] == 'Q' && w[0][1] >= '1' && w[0][1] <= '4') {
    const int part = w[0][1] - '0';
    if (n >= 2 && w[1].size() == 4) {
      if (auto year = Digits(w[1], 4)) return {2, Make(Point::Kind::kQuarter, *year, part)};
    }
    return {1, Make(Point::Kind::kQuarter, 0, part)};
  }
  if (w[0] == "H1" || w[0] == "H2") {
    const auto year = n >= 2 && w[1].size() == 4 ? Digits(w[1], 4) : std::nullopt;
    return {year ? 2u : 1u, Make(Point::Kind::kHalf, year.value_or(0), w[0][1] - '0')};
  }
  if (n >= 2 && w[0] == "day") {
    if (auto day = Digits(w[1], 2)) return {2, Make(Point::Kind::kMonthDay, 0, 0, *day)};
  }
  if (n >= 2 && w[0] == "year" && w[1].size() == 4) {
    if (auto year = Digits(w[1], 4)) return {2, Make(Point::Kind::kYear, *year)};
  }
  if (n >= 4 && (w[0] == "first" || w[0] == "second") && w[1] == "half" && w[2] == "of" && w[3].size() == 4) {
    if (auto year = Digits(w[3], 4)) return {4, Make(Point::Kind::kHalf, *year, w[0] == "first" ? 1 : 2)};
  }
  if (n >= 5 && (w[0] == "first" || w[0] == "second") && w[1] == "half" && w[2] == "of" && w[3] == "the" && w[4] == "year") {
    return {5, Make(Point::Kind::kHalf, 0, w[0] == "first" ? 1 : 2)};
  }
  return {};
}

using Words = std::span<const std::string_view>;

Read ReadOne(Words words, Skin skin) { return skin == Skin::kVietnamese ? ReadVietnamese(words) : ReadEnglish(words); }

// The start of a window may leave out what its end says: «28/6-5/7/2026», «tháng 1-4/2026», «ngày 15-20/8/2026».
Read Window(size_t words, DateLiteral from, DateLiteral to) {
  using Kind = Point::Kind;
  Point &a = from.point, &b = to.point;
  if (from.hour >= 0 || to.hour >= 0 || a.kind == Kind::kImpossible || b.kind == Kind::kImpossible) return {};
  if (a.kind == Kind::kMonthDay && (b.kind == Kind::kDay || b.kind == Kind::kYearlyDay)) {
    a = Make(Kind::kYearlyDay, 0, b.month, a.day).point;
  }
  if (a.kind == Kind::kYearlyDay && b.kind == Kind::kDay) a = Make(Kind::kDay, b.year, a.month, a.day).point;
  if (a.kind == Kind::kImpossible || a.kind != b.kind) return {};
  if (a.year == 0) a.year = b.year;
  if (b.kind == Kind::kMonth) a.digits = b.digits = false;
  Read read{words, to};
  read.date.from = a;
  return read;
}

std::optional<DateLiteral> WindowYear(std::string_view word) {
  const auto year = word.size() == 4 ? Digits(word, 4) : std::nullopt;
  if (!year || *year < 1900) return std::nullopt;
  DateLiteral date = Make(Point::Kind::kYear, *year);
  date.point.digits = true;
  return date;
}

// One end of a window; behind «tháng», «quý» or «ngày» the second end may leave the word out.
Read ReadEnd(Words words, std::string_view opener, Skin skin) {
  if (words.empty()) return {};
  if (const auto year = WindowYear(words[0])) return {1, *year};
  if (Read read = ReadOne(words, skin); read.words > 0) return read;
  if (skin == Skin::kEnglish || opener.empty()) return {};
  const std::string_view with[] = {opener, words[0]};
  Read read = ReadOne(with, skin);
  if (read.words > 0) read.words -= 1;
  return read;
}

Read ReadWords(Words words, Skin skin, bool windows) {
  Read read = ReadOne(words, skin);
  if (!windows || words.empty()) return read;
  const bool opens = skin == Skin::kVietnamese && words.size() >= 2 && IsLetter(words[0][0]);
  const std::string_view opener = opens ? words[0] : std::string_view();
  // «28/6-5/7/2026», «tháng 1-4/2026»: both ends in one word.
  const size_t at = opens ? 1 : 0;
  if (const auto parts = SplitAt(words[at], '-'); parts.size() == 2 && IsDigit(parts[0].empty() ? ' ' : parts[0][0])) {
    const Read from = ReadEnd({&parts[0], 1}, opener, skin), to = ReadEnd({&parts[1], 1}, opener, skin);
    if (from.words != 1 || to.words != 1) return read;
    const Read window = Window(at + 1, from.date, to.date);
    return window.words > 0 ? window : read;
  }
  if (read.words == 0 && words.size() >= 3) {
    if (const auto year = WindowYear(words[0])) read = {1, *year};
    if (words.size() <= read.words || words[read.words] != "-") return {};
  }
  if (read.words == 0 || words.size() <= read.words + 1 || words[read.words] != "-") return read;
  const Read to = ReadEnd(words.subspan(read.words + 1), opener, skin);
  const Read window = to.words > 0 ? Window(read.words + 1 + to.words, read.date, to.date) : Read{};
  return window.words > 0 ? window : read;
}

// Words as the lexer cuts them: blanks part them, and so does a dash that does not stand between digits of one word.
std::vector<std::string_view> CutWords(std::string_view text) {
  std::vector<std::string_view> words;
  size_t begin = 0;
  const auto flush = [&](size_t end) {
    if (end > begin) words.push_back(text.substr(begin, end - begin));
  };
  for (size_t i = 0; i < text.size();) {
    size_t gap = 0;
    bool dash = false;
    if (text[i] == ' ' || text[i] == '\t') gap = 1;            // the blanks of OrdoLexer.g4
    else if (text.substr(i, 2) == "\xC2\xA0") gap = 2;
    else if (text.substr(i, 3) == "\xEF\xBB\xBF") gap = 3;
    else if (text.substr(i, 3) == "\xE2\x80\x93" || text.substr(i, 3) == "\xE2\x80\x94") gap = 3, dash = true;
    else if (text[i] == '-') {
      const bool inside = i > begin && IsDigit(text[begin]) && IsDigit(text[i - 1]) && i + 1 < text.size() && IsDigit(text[i + 1]);
      if (!inside) gap = 1, dash = true;
    }
    if (gap == 0) {
      ++i;
      continue;
    }
    flush(i);
    if (dash) words.push_back("-");
    i += gap;
    begin = i;
  }
  flush(text.size());
  return words;
}

}  // namespace

size_t CountDateWords(Words words, Skin skin, bool windows) { return ReadWords(words, skin, windows).words; }

std::optional<DateLiteral> ReadDate(std::string_view text, Skin skin) {
  std::string composed;
  if (HasCombiningMark(text)) text = composed = ToNfc(text);
  const std::vector<std::string_view> words = CutWords(text);
  const Read read = ReadWords(words, skin, true);
  if (read.words == 0 || read.words != words.size()) return std::nullopt;
  return read.date;
}

std::string WriteDate(const DateLiteral& date, Skin skin) {
  const Point& p = date.point;
  const bool vi = skin == Skin::kVietnamese;
  const int year = p.year, month = p.month, day = p.day;
  if (date.from.kind != Point::Kind::kNone) {
    return fmt::format("{} - {}", WriteDate({.point = date.from}, skin), WriteDate({.point = p}, skin));
  }
  if (date.hour >= 0) {
    if (!vi) return fmt::format("{:02}:{:02}", date.hour, date.minute);
    return date.minute ? fmt::format("{} giờ {:02}", date.hour, date.minute) : fmt::format("{} giờ", date.hour);
  }
  switch (p.kind) {
    case Point::Kind::kMonthDay: return vi ? fmt::format("ngày {:02}", day) : fmt::format("day {}", day);
    case Point::Kind::kImpossible:
      if (month < 0) return fmt::format("{} {}", vi ? "ngày" : "day", day);
      // In English only the ISO form has room for a month that does not exist; year 0 and day 0 stand for none.
      if (!vi) {
        if (year == 0 && day != 0 && month >= 1 && month <= 12) return fmt::format("{} {}", day, kMonths[month - 1]);
        return fmt::format("{:04}-{:02}-{:02}", year, month, day);
      }
      if (day == 0) return year ? fmt::format("tháng {:02}/{}", month, year) : fmt::format("tháng {:02}", month);
      if (year == 0) return fmt::format("{:02}/{:02}", day, month);
      [[fallthrough]];
    case Point::Kind::kDay:
      return vi ? fmt::format("{:02}/{:02}/{}", day, month, year) : fmt::format("{:04}-{:02}-{:02}", year, month, day);
    case Point::Kind::kYearlyDay:
      return vi ? fmt::format("{:02}/{:02}", day, month) : fmt::format("{} {}", day, kMonths[month - 1]);
    case Point::Kind::kLunarDay: {
      const std::string_view lunar = vi ? "âm lịch" : "lunar";
      return year ? fmt::format("{} {:02}/{:02}/{}", lunar, day, month, year) : fmt::format("{} {:02}/{:02}", lunar, day, month);
    }
    case Point::Kind::kMonth:
      if (vi) return year ? fmt::format("tháng {:02}/{}", month, year) : fmt::format("tháng {:02}", month);
      return year ? fmt::format("{} {}", kMonths[month - 1], year) : std::string(kMonths[month - 1]);
    case Point::Kind::kQuarter:
      if (vi) return year ? fmt::format("quý {}/{}", kRoman[month], year) : fmt::format("quý {}", kRoman[month]);
      return year ? fmt::format("Q{} {}", month, year) : fmt::format("Q{}", month);
    case Point::Kind::kHalf:
      if (vi) return fmt::format("6 tháng {} năm{}", month == 1 ? "đầu" : "cuối", year ? fmt::format(" {}", year) : "");
      return year ? fmt::format("H{} {}", month, year) : fmt::format("H{}", month);
    case Point::Kind::kYear:
      if (p.digits) return std::to_string(year);
      return fmt::format("{} {}", vi ? "năm" : "year", year);
    default: return {};
  }
}

std::string QuoteText(std::string_view content) {
  if (content.find('"') == std::string_view::npos) return fmt::format("\"{}\"", content);
  const char* gap = content.ends_with('"') ? " " : "";
  return fmt::format("\"\"\"{}{}\"\"\"", content, gap);
}

}  // namespace ordo

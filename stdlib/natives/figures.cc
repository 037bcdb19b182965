#include "stdlib/natives/figures.h"

#include <algorithm>
#include <string>

#include "runtime/base/unicode.h"
#include "stdlib/natives/phrases.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace ordo::natives {

namespace {

const Phrases& LevelWords() {
  static const Phrases words("mức, cấp, độ, loại, nhóm, bậc, level, grade, class");
  return words;
}

const Phrases& AsideWords() {
  static const Phrases words(
      "quý, tháng, ngày, tuần, số, điều, khoản, điểm, đoạn, đợt, thứ, kỳ, khóa, mục, phần, bảng, biểu, bản, tầng, khu, lớp, tổ, "
      "phường, xã, article, phase, year, no, number");
  return words;
}

// «mỗi tháng 2 bài»: the number is not that of the month.
const Phrases& EveryWords() {
  static const Phrases words("mỗi, hằng, hàng, từng, every, each, per");
  return words;
}

const Phrases& TimeWords() {
  static const Phrases words("giây, phút, giờ, ngày, tuần, tháng, quý, hours, days, weeks, months, years, minutes");
  return words;
}

const Phrases& ThousandWords() {
  static const Phrases words("nghìn, ngàn, triệu, tỷ, tỉ, thousand, million, billion, trillion");
  return words;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Where the letters that end at `end` begin; no further back than a word is long.
size_t WordBegin(std::string_view text, size_t end) {
  size_t begin = end;
  while (begin > 0 && end - begin < 24 && u_isalpha(PointBefore(text, begin))) {
    do --begin;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80);
  }
  return begin;
}

size_t BeforeBlanks(std::string_view text, size_t end) {
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n')) --end;
  return end;
}

// The letters from `begin` on, folded.
std::string WordAt(std::string_view text, size_t begin) {
  auto end = static_cast<int32_t>(begin);
  const auto size = static_cast<int32_t>(text.size());
  while (end < size && static_cast<size_t>(end) - begin < 24) {
    int32_t next = end;
    UChar32 point = ' ';
    U8_NEXT_OR_FFFD(text.data(), next, size, point);
    if (!u_isalpha(point)) break;
    end = next;
  }
  return FoldName(text.substr(begin, static_cast<size_t>(end) - begin));
}

// What a number is there for, by what stands around it.
void Judge(std::string_view text, Figure& figure) {
  using Use = Figure::Use;
  const auto at = [&](size_t i) { return i < text.size() ? text[i] : ' '; };
  const char before = figure.begin > 0 ? text[figure.begin - 1] : ' ';
  const bool letter_before = u_isalpha(PointBefore(text, figure.begin));
  const bool dash_to_letter = before == '-' && figure.begin > 1 && u_isalpha(PointBefore(text, figure.begin - 1));
  const bool part_of_date =
      before == '/' || (before == '-' && figure.begin > 1 && IsDigit(text[figure.begin - 2]) && at(figure.end) == '-');
  const bool part_of_symbol = (at(figure.end) == '/' || at(figure.end) == '-') && u_isalpha(PointAt(text, figure.end + 1));
  if (part_of_date || part_of_symbol || dash_to_letter || (at(figure.end) == '/' && IsDigit(at(figure.end + 1)))) {
    figure.use = Use::kReference;
    return;
  }
  if (letter_before || u_isalpha(PointAt(text, figure.end))) {
    figure.use = Use::kName;
    return;
  }
  const size_t next = AfterBlanks(text, figure.end);
  if (at(next) == '%' || (at(next) == '\\' && at(next + 1) == '%')) {  // «95\%» of another format
    figure.percent = true;
    return;
  }
  if (u_isalpha(PointAt(text, next))) {
    const std::string word = WordAt(text, next);
    figure.percent = word == "percent" || (word == "phần" && WordAt(text, AfterBlanks(text, next + word.size())) == "trăm") ||
                     (word == "per" && WordAt(text, AfterBlanks(text, next + word.size())) == "cent");
    if (figure.percent) return;
    figure.of_time = TimeWords().Has(word);
    figure.thousands = ThousandWords().Has(word);
  }
  const size_t end = BeforeBlanks(text, figure.begin), begin = WordBegin(text, end);
  const std::string word = FoldName(text.substr(begin, end - begin));
  const std::string_view digits = text.substr(figure.begin, figure.end - figure.begin);
  const bool year =
      digits.size() == 4 && std::all_of(digits.begin(), digits.end(), IsDigit) && digits >= "1900" && digits <= "2100";
  const auto every = [&] {
    const size_t end_before = BeforeBlanks(text, begin), begin_before = WordBegin(text, end_before);
    return EveryWords().Has(FoldName(text.substr(begin_before, end_before - begin_before)));
  };
  if (year || (AsideWords().Has(word) && !every()))
    figure.use = Use::kAside;
  else if (LevelWords().Has(word))
    figure.use = Use::kLevel;
}

// 16,000,000 and 1,500.5; Decimal reads no commas between thousands.
std::optional<Decimal> ParseEnglish(std::string_view digits) {
  std::string joined;
  for (size_t comma; (comma = digits.find(',')) != std::string_view::npos; digits.remove_prefix(comma + 1)) {
    if (comma == 0 || comma > 3 || (!joined.empty() && comma != 3)) return std::nullopt;
    joined += digits.substr(0, comma);
  }
  if (!joined.empty() && std::min(digits.find('.'), digits.size()) != 3) return std::nullopt;
  return Decimal::Parse(joined.append(digits), Language::kEnglish);
}

// Known spellings; the sizes differ, the measure is one. A unit that is not here says nothing.
// clang-format off
constexpr UnitSpelling kUnits[] = {
    {"bps/s", Measure::kDataRate, true}, {"kbps/s", Measure::kDataRate, true}, {"mbps/s", Measure::kDataRate, true},
    {"gbps/s", Measure::kDataRate, true}, {"tbps/s", Measure::kDataRate, true}, {"bps/giây", Measure::kDataRate, true},
    {"kbps/giây", Measure::kDataRate, true}, {"mbps/giây", Measure::kDataRate, true}, {"gbps/giây", Measure::kDataRate, true},
    {"tbps/giây", Measure::kDataRate, true}, {"kb/s/s", Measure::kDataRate, true}, {"mb/s/s", Measure::kDataRate, true},
    {"gb/s/s", Measure::kDataRate, true}, {"km/h/h", Measure::kSpeed, true}, {"km/h/giờ", Measure::kSpeed, true},
    {"kmh/h", Measure::kSpeed, true}, {"kmh/giờ", Measure::kSpeed, true}, {"kw/h", Measure::kEnergy, true},
    {"mw/h", Measure::kEnergy, true}, {"kw/giờ", Measure::kEnergy, true}, {"mw/giờ", Measure::kEnergy, true},
    {"bps", Measure::kDataRate}, {"kbps", Measure::kDataRate}, {"mbps", Measure::kDataRate}, {"gbps", Measure::kDataRate},
    {"tbps", Measure::kDataRate}, {"kb/s", Measure::kDataRate}, {"mb/s", Measure::kDataRate}, {"gb/s", Measure::kDataRate},
    {"tb/s", Measure::kDataRate}, {"kbit/s", Measure::kDataRate}, {"mbit/s", Measure::kDataRate}, {"gbit/s", Measure::kDataRate},
    {"kb/giây", Measure::kDataRate}, {"mb/giây", Measure::kDataRate}, {"gb/giây", Measure::kDataRate},
    {"kb", Measure::kData}, {"mb", Measure::kData}, {"gb", Measure::kData}, {"tb", Measure::kData}, {"pb", Measure::kData},
    {"km/h", Measure::kSpeed}, {"km/giờ", Measure::kSpeed}, {"kmh", Measure::kSpeed}, {"m/s", Measure::kSpeed},
    {"m", Measure::kLength}, {"km", Measure::kLength}, {"cm", Measure::kLength}, {"mm", Measure::kLength}, {"mét", Measure::kLength},
    {"ki-lô-mét", Measure::kLength}, {"kilômét", Measure::kLength}, {"kilomet", Measure::kLength}, {"cây số", Measure::kLength},
    {"m2", Measure::kArea}, {"m²", Measure::kArea}, {"m^2", Measure::kArea}, {"mét vuông", Measure::kArea}, {"km2", Measure::kArea},
    {"km²", Measure::kArea}, {"ki-lô-mét vuông", Measure::kArea}, {"ha", Measure::kArea}, {"héc-ta", Measure::kArea},
    {"hecta", Measure::kArea}, {"héc ta", Measure::kArea},
    {"m3", Measure::kVolume}, {"m³", Measure::kVolume}, {"m^3", Measure::kVolume}, {"mét khối", Measure::kVolume},
    {"kg", Measure::kWeight}, {"ki-lô-gam", Measure::kWeight}, {"tạ", Measure::kWeight}, {"tấn", Measure::kWeight},
    {"kw", Measure::kPower}, {"mw", Measure::kPower}, {"gw", Measure::kPower}, {"kwp", Measure::kPower}, {"mwp", Measure::kPower},
    {"kwh", Measure::kEnergy}, {"mwh", Measure::kEnergy}, {"gwh", Measure::kEnergy}, {"kw.h", Measure::kEnergy}};
// clang-format on

// The unit that begins here, by the longest spelling that is known: «Gbps/s», «km/h», «mét vuông», «kWh» of «kWh/người».
UnitFound UnitAt(std::string_view text, size_t begin) {
  constexpr size_t kLongest = 32;  // bytes: no spelling has more
  const auto size = static_cast<int32_t>(std::min(text.size(), begin + kLongest));
  std::array<size_t, kLongest + 1> ends{};
  size_t count = 0;
  bool blank = false;
  for (auto at = static_cast<int32_t>(begin); at < size;) {
    int32_t next = at;
    UChar32 point = ' ';
    U8_NEXT_OR_FFFD(text.data(), next, size, point);
    const bool inside = u_isalnum(point) || point == 0xB2 || point == 0xB3;
    const bool joint = point == '/' || point == '-' || point == '^' || point == '.' || (point == ' ' && !blank);
    if (!inside && !joint) break;
    if (joint && static_cast<size_t>(at) > begin) ends[count++] = static_cast<size_t>(at);
    blank = blank || point == ' ';
    at = next;
    if (at >= size) {
      if (static_cast<size_t>(size) == text.size()) ends[count++] = static_cast<size_t>(size);
      break;
    }
    if (inside) {
      const UChar32 after = PointAt(text, static_cast<size_t>(at));
      const bool goes_on = u_isalnum(after) || after == 0xB2 || after == 0xB3 || after == '/' || after == '-' || after == '^' ||
                           after == '.' || after == ' ';
      if (!goes_on) ends[count++] = static_cast<size_t>(at);
    }
  }
  while (count-- > 0) {
    const std::string_view spelling = text.substr(begin, ends[count] - begin);
    if (std::string_view(" .-/^").find(spelling.back()) != std::string_view::npos) continue;
    if (const UnitSpelling* unit = FindUnit(spelling)) return {unit, spelling};
  }
  return {};
}

}  // namespace

std::vector<Figure> FiguresOf(std::string_view text) {
  std::vector<Figure> figures;
  for (size_t at = 0; at < text.size();) {
    if (!IsDigit(text[at])) {
      ++at;
      continue;
    }
    Figure figure;
    figure.begin = at;
    while (at < text.size() && IsDigit(text[at])) {
      while (at < text.size() && IsDigit(text[at])) ++at;
      if (at + 1 < text.size() && (text[at] == '.' || text[at] == ',') && IsDigit(text[at + 1]))
        ++at;
      else
        break;
    }
    figure.end = at;
    Judge(text, figure);
    figures.push_back(figure);
  }
  // «80 - 90%»: the sign stands for both.
  for (size_t i = figures.size(); i-- > 1;) {
    Figure& low = figures[i - 1];
    if (!figures[i].percent || low.percent || low.use != Figure::Use::kValue || figures[i].begin - low.end > 8) continue;
    std::string_view between = text.substr(low.end, figures[i].begin - low.end);
    between.remove_prefix(AfterBlanks(between, 0));
    while (!between.empty() && between.back() == ' ') between.remove_suffix(1);
    low.percent = between == "-" || between == "–" || between == "—" || between == "đến" || between == "to";
  }
  return figures;
}

std::array<std::optional<Decimal>, 2> ReadingsOf(std::string_view digits) {
  const auto vietnamese = Decimal::Parse(digits, Language::kVietnamese), english = ParseEnglish(digits);
  return vietnamese ? std::array{vietnamese, english} : std::array{english, std::optional<Decimal>()};
}

const UnitSpelling* FindUnit(std::string_view spelling) {
  if (spelling == "M") return nullptr;  // a size of clothes, a million; never metres
  const std::string small = FoldName(spelling);
  for (const UnitSpelling& unit : kUnits) {
    if (unit.text == small) return &unit;
  }
  return nullptr;
}

std::vector<UnitFound> UnitsOf(std::string_view text) {
  std::vector<UnitFound> units;
  for (const Figure& figure : FiguresOf(text)) {
    if (figure.percent || figure.use == Figure::Use::kReference) continue;
    const UnitFound found = UnitAt(text, AfterBlanks(text, figure.end));
    if (found.unit) units.push_back(found);
  }
  return units;
}

}  // namespace ordo::natives

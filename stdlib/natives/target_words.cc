// What the words of results and targets say: can the result be measured, which numbers, units and areas do they name.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/decimal.h"
#include "runtime/base/unicode.h"
#include "stdlib/natives/families.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace ordo::natives {

namespace {

using Cells = std::span<const ir::Cell>;

std::string_view TextOf(const ir::Program& program, ir::Cell cell) { return program.text(Symbol(static_cast<uint32_t>(cell))); }

template <size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// The point before `at`, a blank where there is none or no well-formed one.
UChar32 PointBefore(std::string_view text, size_t at) {
  if (at == 0) return ' ';
  auto position = static_cast<int32_t>(at);
  UChar32 point = ' ';
  U8_PREV(text.data(), 0, position, point);
  return point < 0 ? ' ' : point;
}

UChar32 PointAt(std::string_view text, size_t at) {
  if (at >= text.size()) return ' ';
  auto position = static_cast<int32_t>(at);
  UChar32 point = ' ';
  U8_NEXT(text.data(), position, static_cast<int32_t>(text.size()), point);
  return point < 0 ? ' ' : point;
}

size_t AfterBlanks(std::string_view text, size_t at) {
  while (at < text.size()) {
    if (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') ++at;
    else if (text.substr(at).starts_with("\u00A0")) at += 2;
    else break;
  }
  return at;
}

// ---- words and phrases of a folded text ----

struct Word {
  std::string_view text;
  bool joined = false;            // nothing but a blank between it and the word before
  bool begins_sentence = false;   // a full stop, semicolon or colon before it
};

std::vector<Word> WordsOf(std::string_view folded) {
  std::vector<Word> words;
  const auto size = static_cast<int32_t>(folded.size());
  int32_t begin = -1;
  bool blanks_only = false, sentence = true;
  for (int32_t at = 0; at <= size;) {
    const int32_t here = at;
    UChar32 point = ' ';
    if (at < size) U8_NEXT_OR_FFFD(folded.data(), at, size, point);
    else ++at;
    if (u_isalnum(point)) {
      if (begin < 0) begin = here;
      continue;
    }
    if (begin >= 0) {
      words.push_back({folded.substr(static_cast<size_t>(begin), static_cast<size_t>(here - begin)), blanks_only, sentence});
      begin = -1;
      blanks_only = true;
      sentence = false;
    }
    blanks_only = blanks_only && point == ' ';
    sentence = sentence || point == '.' || point == ';' || point == ':';
  }
  return words;
}

std::string_view Before(const std::vector<Word>& words, size_t at) { return at == 0 ? std::string_view() : words[at - 1].text; }
std::string_view Next(const std::vector<Word>& words, size_t at) { return at < words.size() ? words[at].text : std::string_view(); }

// Phrases in the form of FoldName, words parted by one blank.
class Phrases {
 public:
  explicit Phrases(std::initializer_list<std::string_view> phrases) : phrases_(phrases) {
    std::sort(phrases_.begin(), phrases_.end(), [](std::string_view a, std::string_view b) {
      return std::pair(First(a), a) < std::pair(First(b), b);
    });
  }
  // How many words the longest phrase that begins at this word has; 0: none does.
  size_t Match(const std::vector<Word>& words, size_t at) const {
    const std::string_view first = words[at].text;
    auto phrase = std::lower_bound(phrases_.begin(), phrases_.end(), first, [](std::string_view a, std::string_view word) { return First(a) < word; });
    size_t longest = 0;
    for (; phrase != phrases_.end() && First(*phrase) == first; ++phrase) {
      std::string_view rest = phrase->substr(first.size());
      size_t next = at + 1;
      while (!rest.empty() && next < words.size() && words[next].joined && First(rest.substr(1)) == words[next].text) {
        rest.remove_prefix(1 + words[next].text.size());
        ++next;
      }
      if (rest.empty()) longest = std::max(longest, next - at);
    }
    return longest;
  }

 private:
  static std::string_view First(std::string_view phrase) { return phrase.substr(0, phrase.find(' ')); }
  std::vector<std::string_view> phrases_;
};

// ---- numbers ----

struct Figure {
  enum class Use : uint8_t {
    kValue,       // 85, 3,0
    kLevel,       // mức 2, cấp độ 3
    kAside,       // năm 2026, giai đoạn 1, trong 24 giờ
    kName,        // 5G, IPv6
    kReference,   // 24/01/2025, 57-NQ/TW
  };
  size_t begin = 0, end = 0;   // the digits and what parts them
  Use use = Use::kValue;
  bool percent = false;
  bool of_time = false;        // giờ, ngày, tháng follow
  bool thousands = false;      // nghìn, triệu, tỷ follow
};

constexpr std::array<std::string_view, 9> kLevelWords = {"mức", "cấp", "độ", "loại", "nhóm", "bậc", "level", "grade", "class"};
constexpr std::array<std::string_view, 30> kAsideWords = {
    "năm",  "quý",  "tháng", "ngày", "tuần", "số",   "điều", "khoản", "điểm",    "đoạn",  "đợt",  "thứ", "kỳ",     "khóa", "mục",
    "phần", "bảng", "biểu",  "bản",  "tầng", "khu",  "lớp",  "tổ",    "article", "phase", "year", "no",  "number", "phường", "xã"};
constexpr std::array<std::string_view, 13> kTimeWords = {"giây", "phút", "giờ", "ngày", "tuần", "tháng", "quý",
                                                         "hours", "days", "weeks", "months", "years", "minutes"};
constexpr std::array<std::string_view, 9> kThousandWords = {"nghìn", "ngàn", "triệu", "tỷ", "tỉ", "thousand", "million", "billion", "trillion"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The letters up to `end` or from `begin` on, folded; empty where there are none or far too many for a word.
std::string WordBefore(std::string_view text, size_t end) {
  size_t begin = end;
  while (begin > 0 && end - begin < 24 && u_isalpha(PointBefore(text, begin))) {
    do --begin;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80);
  }
  return FoldName(text.substr(begin, end - begin));
}

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
  const bool part_of_date = before == '/' || (before == '-' && figure.begin > 1 && IsDigit(text[figure.begin - 2]) && at(figure.end) == '-');
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
  if (at(next) == '%') {
    figure.percent = true;
    return;
  }
  if (u_isalpha(PointAt(text, next))) {
    const std::string word = WordAt(text, next);
    figure.percent = word == "percent" || (word == "phần" && WordAt(text, AfterBlanks(text, next + word.size())) == "trăm") ||
                     (word == "per" && WordAt(text, AfterBlanks(text, next + word.size())) == "cent");
    if (figure.percent) return;
    figure.of_time = IsOneOf(word, kTimeWords);
    figure.thousands = IsOneOf(word, kThousandWords);
  }
  size_t end = figure.begin;
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n')) --end;
  const std::string word = WordBefore(text, end);
  const std::string_view digits = text.substr(figure.begin, figure.end - figure.begin);
  const bool year = digits.size() == 4 && std::all_of(digits.begin(), digits.end(), IsDigit) && digits >= "1900" && digits <= "2100";
  if (year || IsOneOf(word, kAsideWords)) figure.use = Use::kAside;
  else if (IsOneOf(word, kLevelWords)) figure.use = Use::kLevel;
}

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
      if (at + 1 < text.size() && (text[at] == '.' || text[at] == ',') && IsDigit(text[at + 1])) ++at;
      else break;
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

std::string_view DigitsOf(std::string_view text, const Figure& figure) { return text.substr(figure.begin, figure.end - figure.begin); }

// The Vietnamese reading, where it has none the English one; and the English one besides.
std::array<std::optional<Decimal>, 2> ReadingsOf(std::string_view digits) {
  const auto vietnamese = Decimal::Parse(digits, Language::kVietnamese), english = Decimal::Parse(digits, Language::kEnglish);
  return vietnamese ? std::array{vietnamese, english} : std::array{english, std::optional<Decimal>()};
}

// A text whose letters are single points.
class Composed {
 public:
  explicit Composed(std::string_view text) : text_(text) {
    if (!HasCombiningMark(text)) return;
    copy_ = ToNfc(text);
    text_ = copy_;
  }
  Composed(const Composed&) = delete;
  Composed& operator=(const Composed&) = delete;
  std::string_view text() const { return text_; }

 private:
  std::string copy_;
  std::string_view text_;
};

// ---- can it be measured ----

const Phrases& QualityWords() {
  static const Phrases words = Phrases({
      "cải thiện", "hiệu quả", "nâng cao", "nâng tầm", "thường xuyên", "đồng bộ", "hiện đại", "tốt hơn", "tốt nhất", "hoàn thành tốt",
      "thực hiện tốt", "hoạt động tốt", "phục vụ tốt", "kịp thời", "chất lượng", "tăng cường", "đẩy mạnh", "thiết thực", "chuyển biến",
      "rõ nét", "rõ rệt", "tích cực", "sâu rộng", "mạnh mẽ", "quyết liệt", "chặt chẽ", "tiên tiến", "chuyên nghiệp", "nhanh chóng",
      "thuận lợi", "improve", "improved", "improvement", "effective", "effectively", "efficient", "efficiently", "enhance", "enhanced",
      "better", "timely", "modern", "regularly", "strengthen", "strengthened", "smoothly", "high quality"});
  return words;
}

// What is there or is not there. It counts where it comes first: «Ban hành kế hoạch nâng cao …», not «Nâng cao … theo kế hoạch».
const Phrases& ConcreteThings() {
  static const Phrases things = Phrases({
      "báo cáo", "kế hoạch", "quyết định", "danh mục", "danh sách", "hồ sơ", "cơ sở dữ liệu", "csdl", "phần mềm", "văn bản", "biên bản",
      "nghị quyết", "thông báo", "tờ trình", "công văn", "đề án", "dự án", "quy chế", "quy trình", "chỉ thị", "hợp đồng", "giấy phép",
      "giấy chứng nhận", "chứng chỉ", "chứng nhận", "phiếu", "bản đồ", "sổ tay", "tài liệu", "hội nghị", "hội thảo", "lớp tập huấn",
      "khóa học", "cuộc thi", "trang thông tin", "cổng thông tin", "website", "trang thiết bị", "máy tính", "camera", "video",
      "trung tâm dữ liệu", "data center", "trụ sở", "nhà văn hóa", "công trình", "bộ tiêu chí", "bộ chỉ số", "mã nguồn", "report", "plan",
      "decision", "list", "dossier", "database", "software", "minutes", "certificate", "contract", "manual", "handbook", "map", "scheme",
      "regulation", "resolution", "directive", "data centre", "equipment", "building", "course", "workshop"});
  return things;
}

// A quality word that means something else here: «giáo dục thường xuyên», «nông thôn mới nâng cao», «đồng bộ dữ liệu».
bool MeansOtherwise(const std::vector<Word>& words, size_t at, size_t count) {
  constexpr std::array<std::string_view, 3> kRegular = {"dục", "chi", "thông"};
  constexpr std::array<std::string_view, 5> kAdvanced = {"mới", "lớp", "khóa", "tuyến", "trình"};
  constexpr std::array<std::string_view, 5> kQuality = {"lý", "định", "giá", "chuẩn", "loại"};
  constexpr std::array<std::string_view, 3> kEffect = {"giá", "tích", "số"};
  constexpr std::array<std::string_view, 15> kSynchronised = {"dữ", "cơ", "csdl", "thông", "danh", "hồ", "tài", "lên",
                                                              "về", "với", "từ", "sang", "vào", "hóa", "giữa"};
  const std::string_view first = words[at].text, second = count > 1 ? words[at + 1].text : std::string_view();
  const std::string_view before = Before(words, at), next = Next(words, at + count);
  if (first == "thường") return IsOneOf(before, kRegular);
  if (first == "nâng" && second == "cao") return IsOneOf(before, kAdvanced);
  if (first == "chất") return IsOneOf(before, kQuality);
  if (first == "hiệu") return IsOneOf(before, kEffect);
  if (first == "đồng") return IsOneOf(next, kSynchronised);
  if (first == "hoàn") return next == "nhiệm";   // a rank of officials
  return false;
}

ir::Cell IsVague(const ir::Program& program, Cells cells) {
  const std::string text = FoldName(TextOf(program, cells[0]));
  const std::vector<Word> words = WordsOf(text);
  bool vague = false, of_data = false;
  for (size_t i = 0; i < words.size() && !vague; ++i) {
    if (ConcreteThings().Match(words, i) > 0) return 0;
    of_data = of_data || (words[i].text == "dữ" && Next(words, i + 1) == "liệu");
    const size_t count = QualityWords().Match(words, i);
    vague = count > 0 && !MeansOtherwise(words, i, count) && !(of_data && words[i].text == "đồng");
  }
  if (!vague) return 0;
  for (const Figure& figure : FiguresOf(text)) {
    if (figure.use == Figure::Use::kValue || figure.use == Figure::Use::kLevel) return 0;
  }
  return 1;
}

// «Báo cáo», «Báo cáo hằng năm», «Báo cáo kết quả thực hiện»: a report, and not a word about what.
ir::Cell IsBareReport(const ir::Program& program, Cells cells) {
  static const Phrases fillers = Phrases({
      "báo cáo", "hằng", "hàng", "năm", "quý", "tháng", "tuần", "định kỳ", "đột xuất", "kết quả", "thực hiện", "triển khai", "tình hình",
      "theo quy định", "theo yêu cầu", "các", "bằng văn bản", "công tác", "nhiệm vụ", "và", "của", "đơn vị", "cơ quan", "report",
      "reports", "annual", "yearly", "quarterly", "monthly", "weekly", "periodic", "regular", "the", "a", "an", "of", "on", "result",
      "results", "work", "implementation", "progress"});
  const std::string_view raw = TextOf(program, cells[0]);
  if (raw.size() > 200) return 0;
  const std::string text = FoldName(raw);
  const std::vector<Word> words = WordsOf(text);
  bool report = false;
  for (size_t i = 0; i < words.size();) {
    report = report || (words[i].text == "báo" && Next(words, i + 1) == "cáo") || words[i].text == "report" || words[i].text == "reports";
    const bool number = std::all_of(words[i].text.begin(), words[i].text.end(), IsDigit);
    const size_t count = number ? 1 : fillers.Match(words, i);
    if (count == 0) return 0;
    i += count;
  }
  return report;
}

// ---- units of measurement ----

enum class Measure : uint8_t { kNone, kDataRate, kData, kSpeed, kLength, kArea, kVolume, kWeight, kPower, kEnergy };

struct UnitSpelling {
  std::string_view text;   // in small letters
  Measure measure = Measure::kNone;
  bool malformed = false;  // per second twice, kW/h for kWh
};

// Known spellings; the sizes differ, the measure is one. A unit that is not here says nothing.
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

const UnitSpelling* FindUnit(std::string_view spelling) {
  if (spelling == "M") return nullptr;   // a size of clothes, a million; never metres
  const std::string small = FoldName(spelling);
  for (const UnitSpelling& unit : kUnits) {
    if (unit.text == small) return &unit;
  }
  return nullptr;
}

struct UnitFound {
  const UnitSpelling* unit = nullptr;
  std::string_view spelling;
};

// The unit that begins here, by the longest spelling that is known: «Gbps/s», «km/h», «mét vuông», «kWh» of «kWh/người».
UnitFound UnitAt(std::string_view text, size_t begin) {
  constexpr size_t kLongest = 32;   // bytes: no spelling has more
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
      const bool goes_on = u_isalnum(after) || after == 0xB2 || after == 0xB3 || after == '/' || after == '-' || after == '^' || after == '.' || after == ' ';
      if (!goes_on) ends[count++] = static_cast<size_t>(at);
    }
  }
  while (count-- > 0) {
    const std::string_view spelling = text.substr(begin, ends[count] - begin);
    if (const UnitSpelling* unit = FindUnit(spelling)) return {unit, spelling};
  }
  return {};
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

// Behind a number, or as the whole text.
ir::Cell HasMalformedUnit(const ir::Program& program, Cells cells) {
  const Composed composed(TextOf(program, cells[0]));
  const std::string_view text = composed.text();
  const size_t begin = AfterBlanks(text, 0);
  const UnitSpelling* whole = text.size() - begin <= 16 ? FindUnit(text.substr(begin)) : nullptr;
  if (whole && whole->malformed) return 1;
  const std::vector<UnitFound> units = UnitsOf(text);
  return std::any_of(units.begin(), units.end(), [](const UnitFound& found) { return found.unit->malformed; });
}

// One measure, one spelling in each of the two texts, and not the same. A text that has several itself means several things.
ir::Cell MixesUnits(const ir::Program& program, Cells cells) {
  const Composed first(TextOf(program, cells[0])), second(TextOf(program, cells[1]));
  const std::vector<UnitFound> units[2] = {UnitsOf(first.text()), UnitsOf(second.text())};
  for (auto measure = Measure::kDataRate; measure <= Measure::kEnergy; measure = static_cast<Measure>(static_cast<int>(measure) + 1)) {
    std::string_view spelling[2];
    bool several = false;
    for (int i = 0; i < 2; ++i) {
      for (const UnitFound& found : units[i]) {
        if (found.unit->measure != measure) continue;
        several = several || (!spelling[i].empty() && spelling[i] != found.spelling);
        spelling[i] = found.spelling;
      }
    }
    if (!several && !spelling[0].empty() && !spelling[1].empty() && spelling[0] != spelling[1]) return 1;
  }
  return 0;
}

// ---- numbers compared ----

// A thousand times more or less: «6,5 tỷ» and 6500 million.
bool EqualButForThousands(Decimal a, Decimal b) {
  const Decimal thousand = Decimal::FromInt(1000);
  for (int side = 0; side < 2; ++side, std::swap(a, b)) {
    std::optional<Decimal> scaled = a;
    for (int i = 0; i < 4 && scaled; ++i, scaled = scaled->Times(thousand)) {
      if (*scaled == b) return true;
    }
  }
  return false;
}

// The text has numbers that could be this value, and none of them is. A share is a value of 0 to 1: 80 % is 0,8.
ir::Cell Contradicts(const ir::Program& program, Cells cells) {
  static const Phrases whole = Phrases({"toàn bộ", "tất cả", "toàn thể", "mọi", "all", "every", "whole"});
  const Composed composed(TextOf(program, cells[0]));
  const std::string_view text = composed.text();
  const Decimal value = Decimal::FromCell(cells[1]);
  const bool share = !value.is_integer() || value <= Decimal::FromInt(1);
  const std::vector<Figure> figures = FiguresOf(text);
  const bool percent = std::any_of(figures.begin(), figures.end(), [](const Figure& figure) { return figure.percent; });
  const Decimal hundredth = *Decimal::Make(1, 2);
  bool candidate = false;
  for (const Figure& figure : figures) {
    if (figure.use == Figure::Use::kReference) continue;
    for (const auto& reading : ReadingsOf(DigitsOf(text, figure))) {
      if (!reading) continue;
      if (*reading == value || (figure.thousands && EqualButForThousands(*reading, value))) return 0;
      if ((figure.percent || (share && !percent)) && reading->Times(hundredth) == value) return 0;
    }
    candidate = candidate || (figure.use == Figure::Use::kValue && !figure.of_time && figure.percent == (share && percent));
  }
  if (!candidate) return 0;
  if (value == Decimal::FromInt(1) && !percent) {   // all of them, however many they are
    const std::string folded = FoldName(text);
    const std::vector<Word> words = WordsOf(folded);
    for (size_t i = 0; i < words.size(); ++i) {
      if (whole.Match(words, i) > 0) return 0;
    }
  }
  return 1;
}

// One number spelt in two ways in the two texts together: 3,0 and 3, 02 and 2, 1.500 and 1500. Point or comma alone is no difference.
ir::Cell MixesNumbers(const ir::Program& program, Cells cells) {
  struct Spelt {
    ir::Cell value;
    bool percent;
    std::string digits;
    auto operator<=>(const Spelt&) const = default;
  };
  std::vector<Spelt> all;
  for (const ir::Cell cell : cells) {
    const Composed composed(TextOf(program, cell));
    for (const Figure& figure : FiguresOf(composed.text())) {
      if (figure.use != Figure::Use::kValue) continue;
      std::string digits(DigitsOf(composed.text(), figure));
      const auto value = ReadingsOf(digits)[0];
      std::replace(digits.begin(), digits.end(), ',', '.');
      if (value) all.push_back({value->cell(), figure.percent, std::move(digits)});
    }
  }
  std::sort(all.begin(), all.end());
  return std::adjacent_find(all.begin(), all.end(), [](const Spelt& a, const Spelt& b) {
    return a.value == b.value && a.percent == b.percent && a.digits != b.digits;
  }) != all.end();
}

// ---- areas ----

constexpr int kProvince = 2, kCountry = 3;

int TierOf(const ir::Program& program, EntityId unit) {
  const ir::Entity& entity = program.entity(unit);
  for (uint32_t f = entity.first_field; f < entity.first_field + entity.field_count; ++f) {
    const ir::Field& field = program.fields[f];
    if (program.words[field.word].id != "tier" || field.entry_count == 0) continue;
    const ir::Entry& entry = program.entries[field.first_entry];
    if (entry.type != ir::Type::kWord || entry.value < 0 || static_cast<size_t>(entry.value) >= program.words.size()) return kCountry;
    const std::string_view tier = program.words[static_cast<size_t>(entry.value)].id;
    return tier == "commune" ? 1 : tier == "province" ? kProvince : kCountry;
  }
  return kCountry;
}

// Nothing but the name of an area: «thành phố», «tỉnh Hải Dương». The words that follow must be names.
int AreaNamed(std::string_view text, const std::vector<Word>& folded) {
  if (folded.empty() || folded.size() > 8) return 0;
  const std::string_view first = folded[0].text, second = Next(folded, 1);
  if (folded.size() == 1) return first == "tỉnh" || first == "city" || first == "province" ? kProvince : first == "country" ? kCountry : 0;
  const size_t area = first == "tỉnh" ? 1 : first == "thành" && second == "phố" && folded[1].joined ? 2 : 0;
  if (area == 0) return 0;
  const std::vector<Word> words = WordsOf(text);
  if (words.size() != folded.size()) return 0;
  for (size_t i = area; i < words.size(); ++i) {
    if (!words[i].joined || !u_isupper(PointAt(words[i].text, 0))) return 0;
  }
  return kProvince;
}

// Of which area the text speaks, where that is wider than a ward: 2 a province or city, 3 the country. Not where the area is only that
// of what it is connected with, goes by or is compared to: «kết nối với … của thành phố», «theo kế hoạch của tỉnh», «cao hơn bình
// quân cả nước».
int AreaOf(const std::vector<Word>& words) {
  static const Phrases province = Phrases({
      "của tỉnh", "của thành phố", "trên địa bàn tỉnh", "trên địa bàn thành phố", "toàn tỉnh", "toàn thành phố", "of the city",
      "of the province", "across the city", "across the province", "whole city", "whole province"});
  static const Phrases country = Phrases({"toàn quốc", "cả nước", "of the country", "across the country", "whole country", "nationwide"});
  static const Phrases bodies = Phrases({"ủy", "đoàn", "đội", "thông minh", "học tập", "sáng tạo", "council", "committee", "department"});
  static const Phrases guards = Phrases({
      "kết nối", "liên thông", "tích hợp", "đồng bộ", "chia sẻ", "với", "theo", "sử dụng", "thông qua", "qua", "tại", "do", "báo cáo",
      "đề xuất", "tham mưu", "chỉ đạo", "hướng dẫn", "yêu cầu", "quy định", "kế hoạch", "nghị quyết", "chương trình", "đề án",
      "quyết định", "chỉ tiêu", "mục tiêu", "lãnh đạo", "ubnd", "hđnd", "xếp", "thứ hạng", "top", "tốp", "trong nhóm", "thuộc nhóm",
      "bình quân", "trung bình", "mặt bằng", "đạt giải", "giải thưởng", "cuộc thi", "hội thi", "kỳ thi", "hội nghị", "dẫn đầu", "đứng đầu",
      "connected", "with", "under", "according", "through", "via", "from", "plan", "ranked", "among", "average", "compared"});
  int area = 0;
  bool guarded = false;
  for (size_t i = 0; i < words.size() && area < kCountry; ++i) {
    guarded = guarded && !words[i].begins_sentence;
    const size_t in_country = country.Match(words, i), in_province = province.Match(words, i);
    const size_t count = std::max(in_country, in_province);
    if (count > 0) {
      const bool body = i + count < words.size() && words[i + count].joined && bodies.Match(words, i + count) > 0;
      if (!guarded && !body) area = std::max(area, in_country > 0 ? kCountry : kProvince);
      continue;
    }
    // «trên hệ thống của tỉnh» is a place, «trên 80%» and «trên toàn tỉnh» are none. «Sở», not «cơ sở».
    const std::string_view word = words[i].text, next = Next(words, i + 1);
    const bool place = (word == "trên" || word == "từ") && !next.empty() && !IsDigit(next[0]) && next != "địa" && next != "toàn" && next != "cả";
    const bool department = word == "sở" && Before(words, i) != "cơ";
    guarded = guarded || place || department || guards.Match(words, i) > 0;
  }
  return area;
}

ir::Cell NamesWiderArea(const ir::Program& program, Cells cells) {
  const int tier = TierOf(program, static_cast<EntityId>(cells[1]));
  if (tier >= kCountry) return 0;
  const Composed composed(TextOf(program, cells[0]));
  const std::string folded = FoldName(composed.text());
  const std::vector<Word> words = WordsOf(folded);
  return std::max(AreaNamed(composed.text(), words), AreaOf(words)) > tier;
}

// ---- what a written value prints ----

// The words of its whole cell, its own, or the text that it is; absent where it prints by other means, as a title does.
ir::Cell PrintedWords(const ir::Program& program, Cells cells) {
  const auto id = static_cast<EntityId>(cells[0]);
  const EntityId owner = program.entity(id).parent;
  if (owner == EntityId::kNone) return ir::kAbsent;
  const ir::Entity& entity = program.entity(owner);
  for (uint32_t f = entity.first_field; f < entity.first_field + entity.field_count; ++f) {
    const ir::Field& field = program.fields[f];
    if (field.entry_count == 0) continue;
    // The objects of the values of one field follow each other.
    const EntityId first = program.entries[field.first_entry].object;
    if (first == EntityId::kNone || first > id) continue;
    const uint32_t at = static_cast<uint32_t>(id) - static_cast<uint32_t>(first);
    if (at >= field.entry_count) continue;
    const ir::Entry& entry = program.entries[field.first_entry + at];
    if (entry.object != id) continue;
    const auto cell = [](Symbol symbol) { return static_cast<ir::Cell>(static_cast<uint32_t>(symbol)); };
    if (entry.wording != Symbol::kEmpty) return cell(entry.wording);
    if (field.written != Symbol::kEmpty && (field.entry_count == 1 || entry.type == ir::Type::kEntity)) return cell(field.written);
    return entry.type == ir::Type::kText ? entry.value : ir::kAbsent;
  }
  return ir::kAbsent;
}

}  // namespace

void RegisterTargetWords(std::vector<eval::Native>& all) {
  using ir::Type;
  all.push_back({"printed_words", {Type::kEntity}, Type::kText, PrintedWords});
  all.push_back({"is_vague", {Type::kText}, Type::kBool, IsVague});
  all.push_back({"is_bare_report", {Type::kText}, Type::kBool, IsBareReport});
  all.push_back({"has_malformed_unit", {Type::kText}, Type::kBool, HasMalformedUnit});
  all.push_back({"mixes_units", {Type::kText, Type::kText}, Type::kBool, MixesUnits});
  all.push_back({"mixes_numbers", {Type::kText, Type::kText}, Type::kBool, MixesNumbers});
  all.push_back({"contradicts", {Type::kText, Type::kNumber}, Type::kBool, Contradicts});
  all.push_back({"names_wider_area", {Type::kText, Type::kEntity}, Type::kBool, NamesWiderArea});
}

}  // namespace ordo::natives

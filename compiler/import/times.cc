#include "compiler/import/times.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "runtime/base/unicode.h"
#include "runtime/time/civil.h"

namespace ordo::import {
namespace {

constexpr size_t kTimeBytes = 600;
constexpr size_t kTimeWords = 80;

bool IsDigits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }
int Number(std::string_view text) { return IsDigits(text) && text.size() < 8 ? std::stoi(std::string(text)) : -1; }
int YearOf(std::string_view text) {
  const int year = text.size() == 4 ? Number(text) : -1;
  return year >= 1900 && year <= 2999 ? year : 0;
}
int QuarterOf(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kNames = {"i", "ii", "iii", "iv", "1", "2", "3", "4"};
  const auto found = std::find(kNames.begin(), kNames.end(), text);
  return found == kNames.end() ? 0 : static_cast<int>(found - kNames.begin()) % 4 + 1;
}
constexpr std::array<std::string_view, 5> kQuarters = {"", "I", "II", "III", "IV"};
constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march", "april", "may", "june", "july",
                                                      "august", "september", "october", "november", "december"};

std::vector<std::string> Split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(at, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

struct Word {
  std::string text, fold;   // as written, and folded
};

// Words, with signs as words of their own; no blanks around «/» and between figures and «-».
std::vector<Word> WordsOf(std::string_view raw) {
  std::string text = Even(raw.substr(0, kTimeBytes));
  for (size_t at = text.find('/'); at != std::string::npos; at = text.find('/', at + 1)) {
    while (at + 1 < text.size() && text[at + 1] == ' ') text.erase(at + 1, 1);
    // «Tháng / 01/ 2026»: the first stroke stands for nothing.
    const size_t word = text.find_last_not_of(' ', at == 0 ? 0 : at - 1);
    if (at > 0 && text[at - 1] == ' ' && word != std::string::npos && !(text[word] >= '0' && text[word] <= '9') && at + 1 < text.size() &&
        text[at + 1] >= '0' && text[at + 1] <= '9') {
      text.erase(at, 1);
      --at;
      continue;
    }
    while (at > 0 && text[at - 1] == ' ') text.erase(--at, 1);
  }
  std::string spaced;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool last = i + 1 == text.size() || text[i + 1] == ' ';
    const bool point_in_number = c == ',' && i > 0 && !last && text[i - 1] >= '0' && text[i - 1] <= '9' && text[i + 1] >= '0' && text[i + 1] <= '9';
    if ((c == ',' && !point_in_number) || c == ';' || c == '(' || c == ')' || c == ':' || (c == '.' && last)) {
      spaced += ' ';
      spaced += c;
      spaced += ' ';
    } else {
      spaced += c;
    }
  }
  std::vector<Word> words;
  for (std::string& part : Split(Even(spaced), ' ')) {
    if (part.empty()) continue;
    Word word{part, part.size() == 1 ? part : FoldName(part)};
    if (word.fold == "–" || word.fold == "—") word.fold = "-";
    if (word.fold == "quí") word.fold = "quý";
    if (word.fold == "hàng") word.fold = "hằng";
    words.push_back(std::move(word));
  }
  while (!words.empty() && (words.back().fold == "." || words.back().fold == ";" || words.back().fold == ",")) words.pop_back();
  return words;
}

class Reader {
 public:
  Reader(std::vector<Word> words, const TimeContext& context) : words_(std::move(words)), context_(context) {}

  // The whole text as times; nullopt if any of it is left over.
  std::optional<std::string> All() {
    std::string value;
    while (at_ < words_.size()) {
      if (!value.empty()) {
        if (!(Take(",") || Take(";") || Take(".") || Take("và") || Take("hoặc"))) return std::nullopt;
        if (at_ == words_.size()) break;
      }
      const auto one = One();
      if (!one) return std::nullopt;
      if (!value.empty()) value += ", ";
      value += *one;
    }
    return value.empty() ? std::nullopt : std::optional(value);
  }

  bool guessed() const { return guessed_; }
  std::vector<PartyRemark>& remarks() { return remarks_; }

 private:
  struct Place {
    std::string text;      // «tháng 05/2026»
    std::string to;        // of a window: its last place
    bool yearless = false;
    bool month = false;    // one month, and nothing but it
  };

  std::string_view Fold(size_t ahead = 0) const { return at_ + ahead < words_.size() ? std::string_view(words_[at_ + ahead].fold) : std::string_view(); }
  bool Take(std::string_view phrase) {
    size_t at = at_;
    for (const std::string& part : Split(phrase, ' ')) {
      if (at >= words_.size() || words_[at].fold != part) return false;
      ++at;
    }
    at_ = at;
    return true;
  }
  bool End() const { return at_ >= words_.size(); }
  std::string Rest() {
    std::string text;
    for (; at_ < words_.size(); ++at_) {
      const std::string& word = words_[at_].text;
      const bool close = word == "," || word == ";" || word == "." || word == ")" || word == ":";
      if (!text.empty() && !close && !text.ends_with('(')) text += ' ';
      text += word;
    }
    return text;
  }

  std::string OfYear(int year, bool& yearless) {
    if (year != 0) return fmt::format("/{}", year);
    yearless = true;
    if (context_.year == 0) return {};
    guessed_ = true;
    return fmt::format("/{}", context_.year);
  }
  // «năm 2026», «/2026», «2026» behind a month or quarter.
  int YearBehind() {
    const size_t begin = at_;
    Take("năm");
    if (const int year = YearOf(Fold())) {
      ++at_;
      return year;
    }
    at_ = begin;
    return 0;
  }

  // «28/01/2026», «28-01-2026», «2026-01-28», «30/11»
  std::optional<std::string> Day(std::string_view word, bool& yearless, int year_of_other = 0) {
    auto parts = Split(word, '/');
    if (parts.size() == 1) parts = Split(word, '-');
    if (parts.size() == 1) parts = Split(word, '.');
    if (parts.size() == 3 && YearOf(parts[0])) std::swap(parts[0], parts[2]);
    if (parts.size() < 2 || parts.size() > 3 || parts[0].size() > 2 || parts[1].size() > 2) return std::nullopt;
    const int day = Number(parts[0]), month = Number(parts[1]);
    if (day < 1 || day > 31 || month < 1 || month > 12) return std::nullopt;
    if (parts.size() == 3) {
      const int year = YearOf(parts[2]);
      if (year == 0) return std::nullopt;
      return fmt::format("{:02}/{:02}/{}", day, month, year);
    }
    if (word.find('/') == std::string_view::npos) return std::nullopt;
    return fmt::format("{:02}/{:02}{}", day, month, OfYear(year_of_other, yearless));
  }

  std::optional<Place> MonthPlace() {
    const size_t begin = at_;
    Place place;
    place.month = true;
    auto parts = Split(Fold(), '/');
    const int year = parts.size() == 2 ? YearOf(parts[1]) : 0;
    if (parts.size() > 2 || (parts.size() == 2 && year == 0)) return std::nullopt;
    const auto range = Split(parts[0], '-');
    const int first = Number(range[0]), last = range.size() == 2 ? Number(range[1]) : first;
    if (first < 1 || first > 12 || last < 1 || last > 12 || range.size() > 2) return std::nullopt;
    ++at_;
    const std::string of = OfYear(year != 0 ? year : YearBehind(), place.yearless);
    place.text = fmt::format("tháng {:02}{}", first, of);
    if (range.size() == 2) place.to = fmt::format("tháng {:02}{}", last, of), place.month = false;
    if (place.text.empty()) at_ = begin;
    return place;
  }

  std::optional<Place> QuarterPlace(std::string_view word) {
    Place place;
    const auto parts = Split(word, '/');
    const int year = parts.size() == 2 ? YearOf(parts[1]) : 0;
    if (parts.size() > 2 || (parts.size() == 2 && year == 0)) return std::nullopt;
    const auto range = Split(parts[0], '-');
    const int first = QuarterOf(range[0]), last = range.size() == 2 ? QuarterOf(range[1]) : first;
    if (first == 0 || last == 0 || range.size() > 2) return std::nullopt;
    ++at_;
    // «quý II - quý III/2026», «quý II - III/2026»
    int other = 0, other_year = 0;
    if (range.size() == 1 && parts.size() == 1 && Fold() == "-") {
      const bool named = Fold(1) == "quý";
      const auto next = Split(Fold(named ? 2 : 1), '/');
      other = QuarterOf(next[0]);
      other_year = next.size() == 2 ? YearOf(next[1]) : 0;
      if (other != 0) at_ += named ? 3 : 2;
    }
    const std::string of = OfYear(year != 0 ? year : other_year != 0 ? other_year : YearBehind(), place.yearless);
    place.text = fmt::format("quý {}{}", kQuarters[first], of);
    if (range.size() == 2 || other != 0) place.to = fmt::format("quý {}{}", kQuarters[other != 0 ? other : last], of);
    return place;
  }

  std::optional<Place> PlaceHere() {
    const size_t begin = at_;
    if (auto place = TryPlace()) return place;
    at_ = begin;
    return std::nullopt;
  }

  std::optional<Place> TryPlace() {
    Place place;
    for (const auto& [word, point] : {std::pair("đầu", "đầu"), std::pair("giữa", "giữa"), std::pair("cuối", "cuối")}) {
      if (Fold() != word) continue;
      const std::string_view next = Fold(1);
      if (next != "tháng" && next != "quý" && next != "năm") return std::nullopt;
      ++at_;
      auto inner = TryPlace();
      if (!inner || !inner->to.empty()) return std::nullopt;
      inner->text = fmt::format("{} {}", point, inner->text);
      inner->month = false;
      return inner;
    }
    if (Take("ngày ban hành kế hoạch") || Take("ngày ban hành")) {
      place.text = "ngày ban hành";
      return place;
    }
    for (const bool first : {true, false}) {
      if (!(Take(first ? "6 tháng đầu năm" : "6 tháng cuối năm") || Take(first ? "06 tháng đầu năm" : "06 tháng cuối năm") ||
            Take(first ? "nửa đầu năm" : "nửa cuối năm"))) {
        continue;
      }
      int year = YearBehind();
      if (year == 0 && context_.year != 0) year = context_.year, guessed_ = true, place.yearless = true;
      place.text = first ? "6 tháng đầu năm" : "6 tháng cuối năm";
      if (year != 0) place.text += fmt::format(" {}", year);
      return place;
    }
    if (Take("giai đoạn") || Take("trong giai đoạn")) {
      auto years = Years();
      if (!years || years->to.empty()) return std::nullopt;
      return years;
    }
    const bool day_word = Take("ngày");
    if (Fold().find_first_of("/-.") != std::string_view::npos) {
      const std::string word(Fold());
      // «28/6-5/7/2026»
      if (const size_t dash = word.find('-'); dash != std::string::npos && word.find('/') != std::string::npos) {
        const std::string last = word.substr(dash + 1);
        const auto parts = Split(last, '/');
        const int year = parts.size() == 3 ? YearOf(parts[2]) : 0;
        const auto from = Day(word.substr(0, dash), place.yearless, year), to = Day(last, place.yearless);
        if (from && to) {
          ++at_;
          place.text = *from;
          place.to = *to;
          return place;
        }
      }
      if (const auto day = Day(word, place.yearless)) {
        ++at_;
        place.text = *day;
        return place;
      }
      if (!day_word) {
        if (const auto parts = Split(word, '/'); parts.size() == 2 && YearOf(parts[1])) return MonthPlace();
        return Years();
      }
      return std::nullopt;
    }
    if (day_word) {
      const int day = Number(Fold());
      if (day < 1 || day > 31 || Fold(1) != "tháng") return std::nullopt;
      at_ += 2;
      const auto month = MonthPlace();
      if (!month || !month->to.empty()) return std::nullopt;
      place.text = fmt::format("{:02}/{}", day, month->text.substr(std::string_view("tháng ").size()));
      place.yearless = month->yearless;
      return place;
    }
    if (Take("tháng")) return MonthPlace();
    if (Fold().size() > 1 && Fold()[0] == 't' && Fold()[1] >= '0' && Fold()[1] <= '9') {
      words_[at_].fold.erase(0, 1);
      return MonthPlace();
    }
    if (Take("quý")) return QuarterPlace(Fold());
    if (Fold().size() > 1 && Fold()[0] == 'q' && Fold()[1] >= '1' && Fold()[1] <= '4') return QuarterPlace(std::string(Fold().substr(1)));
    return Years();
  }

  // «năm 2026», «2026», «2025-2026», «2025 - 2026»
  std::optional<Place> Years() {
    Place place;
    const bool named = Take("năm");
    const auto parts = Split(Fold(), '-');
    const int first = YearOf(parts[0]);
    if (first == 0 || parts.size() > 2) return std::nullopt;
    int last = parts.size() == 2 ? YearOf(parts[1]) : 0;
    if (parts.size() == 2 && last == 0) return std::nullopt;
    ++at_;
    if (parts.size() == 1 && Fold() == "-" && YearOf(Fold(1))) last = YearOf(Fold(1)), at_ += 2;
    place.text = fmt::format("{}{}", named || last != 0 ? "năm " : "", first);
    if (last != 0) place.to = fmt::format("năm {}", last);
    return place;
  }

  static std::string Window(const Place& place) {
    return place.to.empty() ? place.text : fmt::format("từ {} đến {}", place.text, place.to);
  }

  // «ngày», «tháng», …: what comes round.
  std::string_view UnitHere() {
    for (const std::string_view unit : {"ngày", "tuần", "tháng", "quý", "năm"}) {
      if (Fold() == unit) {
        ++at_;
        return unit;
      }
    }
    return {};
  }

  // «hằng quý», «6 tháng một lần», «01 tháng/lần», «định kỳ hằng tháng»
  std::optional<std::string> Rhythm() {
    const size_t begin = at_;
    Take("định kỳ");
    Take("cập nhật") || Take("kiểm tra") || Take("báo cáo");
    if (Take("hằng") || Take("mỗi")) {
      if (const std::string_view unit = UnitHere(); !unit.empty()) return fmt::format("hằng {}", unit);
    } else if (Take("thường niên")) {
      return "hằng năm";
    } else if (begin != at_ && Take("theo")) {
      if (const std::string_view unit = UnitHere(); !unit.empty()) return fmt::format("hằng {}", unit);
    }
    const size_t numbered = at_;
    if (const int count = Number(Fold()); count > 0 && count < 100) {
      ++at_;
      // «01 lần/tuần»
      if (const auto parts = Split(Fold(), '/'); parts.size() == 2 && parts[0] == "lần" &&
                                                 (parts[1] == "tuần" || parts[1] == "tháng" || parts[1] == "quý" || parts[1] == "năm")) {
        ++at_;
        return fmt::format("{} mỗi {}", count, parts[1]);
      }
      std::string unit;
      bool once = false;
      if (const auto parts = Split(Fold(), '/'); parts.size() == 2 && parts[1] == "lần") unit = parts[0], once = true, ++at_;
      else unit = UnitHere();
      once |= Take("một lần") || Take("1 lần") || Take("01 lần") || Take("/ lần");
      if (!unit.empty() && unit != "ngày" && (once || begin != numbered)) {
        if (count == 1) return fmt::format("hằng {}", unit);
        return fmt::format("cứ {} {}", count, unit);
      }
    }
    at_ = begin;
    return std::nullopt;
  }

  // «trước ngày 30/11», «trước ngày 18» of a rhythm; days of the calendar without a year.
  std::optional<std::string> InRhythm() {
    const size_t begin = at_;
    const bool bracket = Take("(");
    if (!bracket) Take(",");
    std::string how;
    if (Take("trước")) how = "trước";
    else if (Take("chậm nhất") || Take("đến hết") || Take("xong trước")) how = "đến hết";
    else if (Take("vào")) how = "vào";
    if (!how.empty()) {
      std::string places;
      do {
        const bool day_word = Take("ngày");
        const auto parts = Split(Fold(), '/');
        if (parts.size() == 2 && Number(parts[0]) > 0 && Number(parts[1]) > 0 && Number(parts[1]) <= 12) {
          places += fmt::format("{}{:02}/{:02}", places.empty() ? "" : ", ", Number(parts[0]), Number(parts[1]));
        } else if (parts.size() == 1 && day_word && Number(Fold()) >= 1 && Number(Fold()) <= 31) {
          places += fmt::format("{}ngày {:02}", places.empty() ? "" : ", ", Number(Fold()));
        } else {
          places.clear();
          break;
        }
        ++at_;
      } while (Take("và") || (Fold() == "," && Fold(1) == "ngày" && Take(",")));
      if (!places.empty() && (!bracket || Take(")"))) return fmt::format(" {} {}", how, places);
    }
    at_ = begin;
    return std::nullopt;
  }

  // What an event is: one of the register by its words, else the words.
  std::string Event(std::string words) {
    const std::string fold = FoldName(words);
    if (context_.events != nullptr) {
      for (const Known::Named& event : *context_.events) {
        const std::string title = FoldName(event.title);
        if (title == fold || title == "khi " + fold) return event.name;
      }
    }
    return Quoted(words);
  }

  std::optional<std::string> Limit() {
    const size_t begin = at_;
    const bool within = Take("trong vòng") || Take("trong thời hạn") || Take("trong");
    const int count = Number(Fold());
    if (count > 0 && count < 1000) {
      ++at_;
      std::string unit;
      if (Take("ngày làm việc")) unit = "ngày làm việc";
      else unit = UnitHere();
      if (!unit.empty() && unit != "quý" && unit != "năm") {
        std::string limit = fmt::format("trong vòng {} {}", count, unit);
        if (End() && within) {
          guessed_ = true;
          return limit;
        }
        if (Take("kể từ khi") || Take("kể từ") || Take("sau khi") || Take("sau") || Take("từ khi") || Take("từ")) {
          if (Take("ngày ban hành kế hoạch") || Take("ngày kế hoạch được ban hành") || Take("kế hoạch được ban hành") || Take("ngày ban hành")) {
            return limit + " kể từ ngày ban hành";
          }
          if (const auto place = PlaceHere(); place && place->to.empty()) return limit + " kể từ " + place->text;
          Take("ngày");
          if (!End()) return limit + " kể từ " + Event(Rest());
        }
      }
    }
    at_ = begin;
    return std::nullopt;
  }

  std::optional<std::string> One() {
    if (Take("dự kiến")) {
      const auto place = PlaceHere();
      return place ? std::optional("dự kiến " + Window(*place)) : std::nullopt;
    }
    if (Take("phấn đấu")) {
      const auto inner = One();
      return inner ? std::optional("phấn đấu " + *inner) : std::nullopt;
    }
    if (auto english = English()) return english;
    if (Take("nhiệm vụ thường xuyên") || Take("thường xuyên") || Take("liên tục")) {
      Take(", liên tục") || Take("liên tục") || Take(", liên tục ,");
      std::string value = "thường xuyên";
      const size_t begin = at_;
      Take(",");
      if (const auto rhythm = Rhythm(); rhythm && rhythm->starts_with("hằng")) return value + ", minh chứng " + *rhythm;
      at_ = begin;
      if (Take("trong") || Take("đến hết") || Take("đến") || Take(", đến hết")) {
        if (const auto place = PlaceHere(); place && place->to.empty()) return value + " đến hết " + place->text;
        return std::nullopt;
      }
      return value;
    }
    if (Take("khi có yêu cầu") || Take("theo yêu cầu") || Take("đột xuất")) {
      return End() || Fold() == "," || Fold() == ";" ? std::optional<std::string>("khi có yêu cầu") : std::nullopt;
    }
    if (Take("theo từng mốc thời hạn dưới đây") || Take("theo từng mốc dưới đây") || Take("theo thời hạn cụ thể sau đây") ||
        Take("theo từng mốc thời gian dưới đây")) {
      return "theo từng mốc dưới đây";
    }
    if (Take("theo hướng dẫn của") || Take("theo chỉ đạo của") || Take("theo kế hoạch của")) {
      if (context_.parties == nullptr || End()) return std::nullopt;
      const std::string whose = Rest();
      const std::string unit = context_.parties->Authority(whose, remarks_);
      return unit.empty() ? std::nullopt : std::optional("theo hướng dẫn của " + unit);
    }
    if (Take("theo tiến độ của") || Take("theo tiến độ")) return End() ? std::nullopt : std::optional("theo tiến độ của " + Quoted(Rest()));
    for (const auto& [words, form] : {std::pair("ngay khi", "khi"), std::pair("ngay sau khi", "sau khi"), std::pair("sau khi", "sau khi"),
                                      std::pair("khi", "khi"), std::pair("nếu", "nếu")}) {
      if (Take(words)) return End() ? std::nullopt : std::optional(fmt::format("{} {}", form, Event(Rest())));
    }
    // «Thứ 5 hằng tuần»
    if (Fold() == "thứ" && !Fold(1).empty() && Fold(2) == "hằng" && Fold(3) == "tuần") {
      static constexpr std::array<std::string_view, 12> kDays = {"2", "hai", "3", "ba", "4", "tư", "5", "năm", "6", "sáu", "7", "bảy"};
      static constexpr std::array<std::string_view, 6> kNames = {"Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy"};
      const auto day = std::find(kDays.begin(), kDays.end(), Fold(1));
      if (day == kDays.end()) return std::nullopt;
      at_ += 4;
      return fmt::format("hằng tuần vào thứ {}", kNames[(day - kDays.begin()) / 2]);
    }
    // «trước ngày 18 hằng tháng»
    {
      const size_t begin = at_;
      if (const auto where = InRhythm(); where && Take("hằng")) {
        if (const std::string_view unit = UnitHere(); !unit.empty()) return fmt::format("hằng {}{}", unit, *where);
      }
      at_ = begin;
    }
    // «Tháng 6 và tháng 12 hằng năm»
    {
      const size_t begin = at_;
      std::string months;
      while (Take("tháng")) {
        const int month = Number(Fold());
        if (month < 1 || month > 12) break;
        ++at_;
        months += fmt::format("{}tháng {}", months.empty() ? "" : ", ", month);
        if (!(Take("và") || Take(","))) break;
      }
      if (!months.empty() && Take("hằng năm")) return "hằng năm trong " + months;
      at_ = begin;
    }
    if (auto rhythm = Rhythm()) {
      if (const auto where = InRhythm()) return *rhythm + *where;
      if (Take("đến hết") || Take("đến")) {
        const auto place = PlaceHere();
        return place && place->to.empty() ? std::optional(*rhythm + " đến hết " + place->text) : std::nullopt;
      }
      return rhythm;
    }
    if (auto limit = Limit()) return limit;
    Take("xong") || Take("hoàn thành") || Take("thực hiện") || Take("hạn");
    Take("xong");
    if (Take("trước khi")) return std::nullopt;
    if (Take("trước")) {
      const auto place = PlaceHere();
      return place && place->to.empty() ? std::optional("trước " + place->text) : std::nullopt;
    }
    if (Take("chậm nhất là") || Take("chậm nhất") || Take("đến hết") || Take("đến")) {
      const auto place = PlaceHere();
      return place && place->to.empty() ? std::optional("đến hết " + place->text) : std::nullopt;
    }
    if (Take("từ")) {
      const auto from = PlaceHere();
      if (!from) return std::nullopt;
      if (!from->to.empty()) return Window(*from);
      if (Take("đến hết") || Take("đến")) {
        const auto to = PlaceHere();
        return to && to->to.empty() ? std::optional(fmt::format("từ {} đến {}", from->text, to->text)) : std::nullopt;
      }
      Take("trở đi");
      return fmt::format("từ {} trở đi", from->text);
    }
    if (Take("trong") || Take("vào")) {
      const auto place = PlaceHere();
      if (!place) return std::nullopt;
      return place->to.empty() ? "trong " + place->text : Window(*place);
    }
    const auto place = PlaceHere();
    if (!place) return std::nullopt;
    // «2026 và những năm tiếp theo»
    if (Take("và những năm tiếp theo") || Take("và các năm tiếp theo")) {
      const int year = place->to.empty() ? YearOf(place->text.substr(place->text.size() - 4)) : 0;
      return year == 0 ? std::nullopt : std::optional(fmt::format("{}, từ {} trở đi", place->text, year + 1));
    }
    if (place->to.empty()) {
      const size_t begin = at_;
      if (Take("đến hết") || Take("đến") || Take("-")) {
        if (const auto to = PlaceHere(); to && to->to.empty()) return fmt::format("từ {} đến {}", place->text, to->text);
        at_ = begin;
      }
    }
    return Window(*place);
  }

  // «By June 2024», «December 31, 2020», «Quarterly», «Ongoing», «Q1 2026».
  std::optional<std::string> English() {
    const size_t begin = at_;
    if (Take("ongoing") || Take("continuous")) return "thường xuyên";
    if (Take("daily")) return "hằng ngày";
    if (Take("weekly")) return "hằng tuần";
    if (Take("monthly")) return "hằng tháng";
    if (Take("quarterly")) return "hằng quý";
    if (Take("annually") || Take("yearly") || Take("every year")) return "hằng năm";
    std::string how;
    if (Take("by end of") || Take("by the end of") || Take("end of") || Take("by")) how = "đến hết ";
    else if (Take("before")) how = "trước ";
    else if (Take("in")) how = "trong ";
    else if (Take("on")) how = "";
    const auto month_of = [&](std::string_view word) {
      for (size_t m = 0; m < kMonths.size(); ++m) {
        if (word == kMonths[m] || (word.size() == 3 && kMonths[m].starts_with(word))) return static_cast<int>(m) + 1;
      }
      return 0;
    };
    // «31 December 2020»
    if (const int day = Number(Fold()); day >= 1 && day <= 31 && month_of(Fold(1)) != 0 && YearOf(Fold(2))) {
      const std::string text = fmt::format("{}{:02}/{:02}/{}", how, day, month_of(Fold(1)), YearOf(Fold(2)));
      at_ += 3;
      return text;
    }
    if (const int month = month_of(Fold())) {
      ++at_;
      if (const int year = YearOf(Fold())) {
        ++at_;
        return fmt::format("{}tháng {:02}/{}", how, month, year);
      }
      const int day = Number(Fold());
      const size_t comma = Fold(1) == "," ? 2 : 1;
      if (day >= 1 && day <= 31 && YearOf(Fold(comma))) {
        const std::string text = fmt::format("{}{:02}/{:02}/{}", how, day, month, YearOf(Fold(comma)));
        at_ += comma + 1;
        return text;
      }
    } else if (const int year = YearOf(Fold()); year != 0 && begin != at_) {
      ++at_;
      return fmt::format("{}{}", how, year);
    } else if (Fold().size() == 2 && Fold()[0] == 'q' && QuarterOf(Fold().substr(1)) && YearOf(Fold(1))) {
      const std::string text = fmt::format("{}quý {}/{}", how, kQuarters[QuarterOf(Fold().substr(1))], YearOf(Fold(1)));
      at_ += 2;
      return text;
    }
    at_ = begin;
    return std::nullopt;
  }

  std::vector<Word> words_;
  const TimeContext& context_;
  size_t at_ = 0;
  bool guessed_ = false;
  std::vector<PartyRemark> remarks_;
};

// «Quý I/2026 lựa chọn nhiệm vụ. Quý IV/2026 báo cáo kết quả»: a time and what is done by then, several times over.
std::vector<TimeStep> Steps(std::string_view raw, const TimeContext& context) {
  const std::string text = Even(raw.substr(0, kTimeBytes));
  std::vector<std::string> sentences;
  size_t begin = 0;
  for (size_t at = 0; at <= text.size(); ++at) {
    const bool ends = at == text.size() || text[at] == ';' || (text[at] == '.' && (at + 1 == text.size() || text[at + 1] == ' '));
    if (!ends) continue;
    if (std::string sentence = Even(std::string_view(text).substr(begin, at - begin)); !sentence.empty()) sentences.push_back(std::move(sentence));
    begin = at + 1;
  }
  std::vector<TimeStep> steps;
  if (sentences.size() < 2 || sentences.size() > 8) return {};
  bool labelled = false;
  for (const std::string& sentence : sentences) {
    const auto words = Split(sentence, ' ');
    TimeStep step;
    for (size_t n = std::min<size_t>(words.size(), 14); n > 0 && step.value.empty(); --n) {
      std::string front, back;
      for (size_t i = 0; i < words.size(); ++i) (i < n ? front : back) += (i == 0 || i == n ? "" : " ") + words[i];
      Reader reader(WordsOf(front), context);
      if (auto value = reader.All()) {
        step.value = *value;
        step.label = Even(back);
      }
    }
    if (step.value.empty()) return {};
    while (step.label.starts_with('(') && step.label.ends_with(')')) step.label = step.label.substr(1, step.label.size() - 2);
    labelled |= !step.label.empty();
    if (step.label.empty()) step.label = sentence;
    steps.push_back(std::move(step));
  }
  return labelled ? steps : std::vector<TimeStep>{};
}

}  // namespace

TimeReading ReadTime(std::string_view text, const TimeContext& context) {
  TimeReading reading;
  const std::string even = Even(text);
  if (even.empty()) return reading;
  auto words = WordsOf(even);
  if (even.size() <= kTimeBytes && !words.empty() && words.size() <= kTimeWords) {
    Reader reader(std::move(words), context);
    if (auto value = reader.All()) {
      reading.kind = reader.guessed() ? TimeReading::Kind::kGuess : TimeReading::Kind::kSure;
      reading.value = *value;
      reading.remarks = std::move(reader.remarks());
      return reading;
    }
    if (auto steps = Steps(even, context); !steps.empty()) {
      reading.kind = TimeReading::Kind::kSteps;
      reading.value = "theo từng mốc dưới đây";
      reading.steps = std::move(steps);
      return reading;
    }
  }
  reading.kind = TimeReading::Kind::kWords;
  reading.value = Quoted(even);
  return reading;
}

std::string MonthOf(std::string_view text) {
  const TimeContext context;
  const TimeReading reading = ReadTime(text, context);
  constexpr std::string_view kMonth = "tháng ";
  const bool month = reading.kind == TimeReading::Kind::kSure && reading.value.starts_with(kMonth) && reading.value.find(',') == std::string::npos;
  return month ? reading.value : std::string();
}

}  // namespace ordo::import

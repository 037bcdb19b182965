// Print and Canonical are one writer: the official wording and the plan language say the same phrases, and differ only where
// the table below has a column of its own for each.

#include <string>
#include <string_view>

#include "fmt/format.h"
#include "runtime/time/canonical.h"
#include "runtime/time/time_value.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace ordo {

namespace {

using Bound = Rhythm::Bound;
using Edge = Point::Edge;
using Form = Time::Form;
using Kind = Point::Kind;

enum class Style : uint8_t { kSource, kOfficial };

struct Phrase {
  constexpr Phrase(std::string_view vi, std::string_view en) : Phrase(vi, vi, en, en) {}
  constexpr Phrase(std::string_view vi, std::string_view vi_official, std::string_view en, std::string_view en_official)
      : text{{vi, vi_official}, {en, en_official}} {}
  std::string_view text[2][2];  // [Language][Style]
};

// Points. A month in digits keeps its digits where it stands alone.
constexpr Phrase kDate{"{0:02}/{1:02}/{2:04}", "{0:02}/{1:02}/{2:04}", "{2:04}-{1:02}-{0:02}", "{0} {3} {2}"};
constexpr Phrase kYearlyDate{"{0:02}/{1:02}", "{0} {2}"};
constexpr Phrase kMonthDay{"ngày {:02}", "day {}"};
constexpr Phrase kLunarDate{"âm lịch {0:02}/{1:02}/{2:04}", "{0:02}/{1:02}/{2:04} âm lịch", "lunar {0:02}/{1:02}/{2:04}",
                            "{0:02}/{1:02}/{2:04} of the lunar calendar"};
constexpr Phrase kYearlyLunarDate{"âm lịch {0:02}/{1:02}", "{0:02}/{1:02} âm lịch", "lunar {0:02}/{1:02}",
                                  "{0:02}/{1:02} of the lunar calendar"};
constexpr Phrase kMonth{"tháng {0:02}/{1:04}", "{2} {1}"};
constexpr Phrase kMonthDigits{"{0:02}/{1:04}", "{2} {1}"};
constexpr Phrase kBareMonth{"tháng {0:02}", "{1}"};
constexpr Phrase kImpossibleMonth{"tháng {0:02}/{1:04}", "{1:04}-{0:02}"};
constexpr Phrase kImpossibleDate{"{0:02}/{1:02}/{2:04}", "{2:04}-{1:02}-{0:02}"};
constexpr Phrase kImpossibleYearlyDate{"{0:02}/{1:02}", "{1:02}-{0:02}"};
constexpr Phrase kQuarter{"quý {0}/{2}", "Q{1} {2}"};
constexpr Phrase kBareQuarter{"quý {0}", "Q{1}"};
constexpr Phrase kHalves[] = {{"6 tháng đầu năm {}", "6 tháng đầu năm {}", "H1 {}", "first half of {}"},
                              {"6 tháng cuối năm {}", "6 tháng cuối năm {}", "H2 {}", "second half of {}"}};
constexpr Phrase kBareHalves[] = {{"6 tháng đầu năm", "6 tháng đầu năm", "H1", "first half of the year"},
                                  {"6 tháng cuối năm", "6 tháng cuối năm", "H2", "second half of the year"}};
constexpr Phrase kYear{"năm {}", "{}"};
constexpr Phrase kYearDigits{"{}", "năm {}", "{}", "{}"};
constexpr Phrase kIssueDate{"ngày ban hành", "ngày ban hành", "issue date", "date of issue"};
constexpr Phrase kAsItIs{"{}", "{}"};
constexpr Phrase kEdges[] = {kAsItIs, {"đầu {}", "start of {}"}, {"giữa {}", "middle of {}"}, {"cuối {}", "end of {}"}};
constexpr Phrase kTheDay{"{}", "ngày {}", "{}", "{}"};   // a date in digits inside a sentence
constexpr Phrase kThe{"{}", "{}", "{}", "the {}"};       // words that want an article inside a sentence

// Forms over points.
constexpr Phrase kBy{"đến hết {}", "by {}"};
constexpr Phrase kByEndOf{"đến hết {}", "đến hết {}", "by {}", "by the end of {}"};
constexpr Phrase kByEdge{"đến hết {}", "đến {}", "by {}", "by {}"};
constexpr Phrase kBefore{"trước {}", "before {}"};
constexpr Phrase kOn{"vào {}", "on {}"};
constexpr Phrase kOnPeriod{"trong {}", "in {}"};
constexpr Phrase kBeforeSubject{"trước {}", "trước khi {}", "before {}", "before {}"};
constexpr Phrase kFromTo{"từ {} đến {}", "from {} to {}"};
constexpr Phrase kFrom{"từ {} trở đi", "from {} onwards"};

// Forms over events and other bodies.
constexpr Phrase kWithinAfter{"trong vòng {} kể từ {}", "within {} after {}"};
constexpr Phrase kAfter{"kể từ {}", "sau {}", "after {}", "after {}"};
constexpr Phrase kOnceClause{"{}", "khi {}", "{}", "{}"};
constexpr Phrase kDoneClause{"{}", "khi hoàn thành {}", "{}", "completion of {}"};
constexpr Phrase kAll{"tất cả {}", "khi hoàn thành tất cả {}", "all {}", "completion of all {}"};
constexpr Phrase kOngoing{"thường xuyên", "ongoing"};
constexpr Phrase kGuided{"theo hướng dẫn của {}", "as guided by {}"};
constexpr Phrase kFollowing{"theo tiến độ của {}", "following {}"};
constexpr Phrase kOnRequest{"khi có yêu cầu", "on request"};
constexpr Phrase kWhen{"khi {}", "when {}"};
constexpr Phrase kIf{"nếu {}", "if {}"};
constexpr Phrase kAsBelow{"theo từng mốc dưới đây", "as below"};
constexpr Phrase kCountPer{"{} mỗi {}", "{} lần/{}", "{} per {}", "{} per {}"};
constexpr Phrase kByDecree{"theo quy định của Chính phủ", "by government decree"};
constexpr Phrase kAtLeast{"tối thiểu {}", "at least {}"};
// Indexed by Stance.
constexpr Phrase kStances[] = {kAsItIs,
                               {"phấn đấu {}", "phấn đấu {}", "strive for {}", "aim: {}"},
                               {"tầm nhìn {}", "tầm nhìn {}", "vision {}", "vision: {}"},
                               {"định hướng {}", "định hướng {}", "orientation {}", "orientation: {}"}};

// Rhythms.
constexpr Phrase kEveryOne{"hằng {}", "every {}"};
constexpr Phrase kEveryMany{"cứ {}", "{} một lần", "every {}", "every {}"};
constexpr Phrase kOnWeekday{" vào {}", " on {}"};
constexpr Phrase kBeforeHour{" trước {} giờ", ", trước {} giờ", " before {}:00", ", before {}:00"};
constexpr Phrase kBeforeMinute{" trước {} giờ {:02}", ", trước {} giờ {:02} phút", " before {}:{:02}", ", before {}:{:02}"};
constexpr Phrase kDueBy{" đến hết {}", ", chậm nhất {}", " by {}", ", by {}"};
constexpr Phrase kDueIn{" trong {}", ", trong {}", " in {}", ", in {}"};
constexpr Phrase kDueOn{" vào {}", ", vào {}", " on {}", ", on {}"};
constexpr Phrase kAnd{", ", " và ", ", ", " and "};   // before the last of a list
constexpr Phrase kDueBefore{" trước {}", ", trước {}", " before {}", ", before {}"};

// Modifiers.
constexpr Phrase kEvidence{", minh chứng {}", ", evidence {}"};
constexpr Phrase kLag{", trong vòng {}", ", within {}"};
constexpr Phrase kOnlyExpected{"dự kiến {}", "expected {}"};
constexpr Phrase kExpected{", dự kiến {}", ", expected {}"};
constexpr Phrase kSince{", từ {}", ", from {}"};
constexpr Phrase kLimit{", {}", ", {}"};

constexpr std::string_view kMonthNames[] = {"January", "February", "March",     "April",   "May",      "June",
                                            "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view kRoman[] = {"I", "II", "III", "IV"};
constexpr Phrase kWeekdays[] = {{"thứ Hai", "Monday"},    {"thứ Ba", "Tuesday"}, {"thứ Tư", "Wednesday"},
                                {"thứ Năm", "Thursday"},  {"thứ Sáu", "Friday"}, {"thứ Bảy", "Saturday"},
                                {"Chủ nhật", "Sunday"}};

// Indexed by TimeUnit; English adds an s for several.
constexpr Phrase kUnits[] = {{"", ""},          {"giờ", "hour"},     {"ngày", "day"},          {"ngày làm việc", "working day"},
                             {"tuần", "week"},  {"tháng", "month"},  {"quý", "quarter"},       {"nửa năm", "nửa năm", "half year", "half-year"},
                             {"năm", "year"}};

bool IsMonthDay(const Point& point) {
  return point.kind == Kind::kMonthDay || (point.kind == Kind::kImpossible && point.month < 0);
}
bool IsDate(const Point& point) {
  if (IsMonthDay(point)) return false;   // says «ngày» itself
  return point.kind == Kind::kDay || point.kind == Kind::kYearlyDay || point.kind == Kind::kLunarDay ||
         (point.kind == Kind::kImpossible && point.day != 0);
}
bool IsPeriod(const Point& point) {
  return point.edge == Edge::kWhole && !IsDate(point) && point.kind != Kind::kIssueDate && !IsMonthDay(point);
}

UChar32 FirstCharacter(std::string_view text) {
  UChar32 character = U_SENTINEL;
  int32_t at = 0;
  if (!text.empty()) U8_NEXT(text.data(), at, static_cast<int32_t>(text.size()), character);
  return character;
}

std::string Capitalised(std::string text) {
  const UChar32 first = FirstCharacter(text);
  if (first < 0) return text;
  char upper[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(upper, length, u_toupper(first));
  text.replace(0, U8_LENGTH(first), upper, static_cast<size_t>(length));
  return text;
}

bool SaysWhen(std::string_view name) {
  for (const std::string_view noun : {"khi ", "ngày ", "lúc ", "thời điểm "}) {
    if (name.starts_with(noun)) return true;
  }
  return false;
}
// «có thay đổi nhân sự» is a clause and wants «khi» before it; «Quyết định số 15» and «ngày khai mạc» are nouns and do not.
bool IsClause(std::string_view name) { return u_islower(FirstCharacter(name)) && !SaysWhen(name); }

class Writer {
 public:
  Writer(Style style, Language language, const TimeNames* names) : style_(style), language_(language), names_(names) {}

  std::string TimeText(const Time& time) const {
    // What is only expected says so once.
    const bool only_expected = time.form == Form::kIn && time.expected.kind != Kind::kNone && time.expected == time.to;
    std::string text = only_expected ? Say(kOnlyExpected, ExpectedText(time)) : FormText(time);
    if (time.at_least) text = Say(kAtLeast, text);
    text = Say(kStances[static_cast<size_t>(time.stance)], text);
    if (time.evidence.unit != TimeUnit::kNone) text += Say(kEvidence, RhythmText(time.evidence));
    if (time.lag.unit != TimeUnit::kNone) text += Say(kLag, LengthText(time.lag));
    if (time.expected.kind != Kind::kNone && !only_expected) text += Say(kExpected, ExpectedText(time));
    if (time.since.kind != Kind::kNone) text += Say(kSince, Inside(time.since));
    if (time.limit.kind != Kind::kNone) text += Say(kLimit, DeadlineText(time.limit, time.limit_before));
    return text;
  }

  std::string ExpectedText(const Time& time) const {
    if (time.expected_from.kind == Kind::kNone) return Alone(time.expected);
    return Say(kFromTo, Inside(time.expected_from), Inside(time.expected));
  }

  // A point by itself, and after a preposition.
  std::string Alone(const Point& point) const {
    const bool digits = point.digits && (point.edge == Edge::kWhole || style_ == Style::kSource);
    return Say(kEdges[static_cast<size_t>(point.edge)], Whole(point, digits));
  }
  std::string Inside(const Point& point) const {
    const bool digits = point.digits && style_ == Style::kSource;
    const std::string text = Say(kEdges[static_cast<size_t>(point.edge)], Whole(point, digits));
    const bool article = point.edge != Edge::kWhole || point.kind == Kind::kHalf || point.kind == Kind::kIssueDate;
    return Say(article ? kThe : IsDate(point) ? kTheDay : kAsItIs, text);
  }

  std::string RhythmText(const Rhythm& rhythm) const {
    if (rhythm.unit == TimeUnit::kNone) return {};
    const Length length = Spoken({rhythm.count, rhythm.unit});
    const bool one = length.count == Decimal::FromInt(1);
    const std::string_view zero = NeedsZero(length.count) ? "0" : "";
    std::string text = one ? Say(kEveryOne, UnitText(length.unit)) : Say(kEveryMany, fmt::format("{}{}", zero, LengthText(length)));
    if (rhythm.weekday >= 0) text += Say(kOnWeekday, Pick(kWeekdays[rhythm.weekday]));
    if (rhythm.hour >= 0) text += Say(rhythm.minute == 0 ? kBeforeHour : kBeforeMinute, rhythm.hour, rhythm.minute);
    // Behind the clock: a list of places ends the rhythm.
    if (!rhythm.by.empty()) {
      std::string points;
      for (size_t i = 0; i < rhythm.by.size(); ++i) {
        if (i > 0) points += i + 1 < rhythm.by.size() ? std::string_view(", ") : Pick(kAnd);
        points += Inside(rhythm.by[i]);
      }
      const Phrase& inside = IsPeriod(rhythm.by.front()) ? kDueIn : kDueOn;
      text += Say(rhythm.bound == Bound::kBefore ? kDueBefore : rhythm.bound == Bound::kBy ? kDueBy : inside, points);
    }
    return text;
  }

  std::string LengthText(const Length& written) const {
    const Length length = Spoken(written);
    if (length.unit == TimeUnit::kNone) return length.count.ToString(language_);
    const bool plural = language_ == Language::kEnglish && length.count != Decimal::FromInt(1);
    return fmt::format("{} {}{}", length.count.ToString(language_), UnitText(length.unit), plural ? "s" : "");
  }

 private:
  std::string_view Pick(const Phrase& phrase) const {
    return phrase.text[static_cast<size_t>(language_)][static_cast<size_t>(style_)];
  }
  template <typename... Args>
  std::string Say(const Phrase& phrase, const Args&... args) const {
    return fmt::vformat(Pick(phrase), fmt::make_format_args(args...));
  }

  std::string_view UnitText(TimeUnit unit) const { return Pick(kUnits[static_cast<size_t>(unit)]); }

  bool IsOfficialVietnamese() const { return style_ == Style::kOfficial && language_ == Language::kVietnamese; }

  // Officials count half-years in months: «06 tháng một lần».
  Length Spoken(const Length& length) const {
    if (length.unit != TimeUnit::kHalfYear || !IsOfficialVietnamese()) return length;
    const std::optional<Decimal> months = length.count.Times(Decimal::FromInt(6));
    return months ? Length{*months, TimeUnit::kMonth} : length;
  }

  // «02 tuần một lần»: official Vietnamese writes small numbers of a rhythm with two digits.
  bool NeedsZero(const Decimal& count) const {
    return IsOfficialVietnamese() && count.is_integer() && count.mantissa() < 10;
  }

  std::string NameOf(EntityId id) const {
    return names_ != nullptr && names_->entity ? names_->entity(id) : std::string();
  }
  std::string WordsOf(Symbol symbol) const {
    const std::string_view words = names_ != nullptr && names_->words ? names_->words(symbol) : std::string_view();
    if (style_ == Style::kOfficial) return std::string(words);
    // The plan language has no escapes: a text that holds a straight quote stands between three.
    const std::string_view quotes = words.find('"') == words.npos ? "\"" : "\"\"\"";
    return fmt::format("{0}{1}{0}", quotes, words);
  }
  // Whom or what a time waits for: an object of the plan, else words.
  std::string Subject(const Time& time) const {
    return time.anchor != EntityId::kNone ? NameOf(time.anchor) : WordsOf(time.words);
  }

  // What a limit runs from.
  std::string AnchorText(const Time& time) const {
    if (time.anchor == EntityId::kNone && time.words == Symbol::kEmpty) {
      return Inside(time.from.kind == Kind::kNone ? Point{.kind = Kind::kIssueDate} : time.from);
    }
    const std::string subject = Subject(time);
    if (time.after_all) return Say(kAll, subject);
    if (names_ != nullptr && names_->is_work && time.anchor != EntityId::kNone && names_->is_work(time.anchor)) return Say(kDoneClause, subject);
    return IsClause(subject) ? Say(kOnceClause, subject) : subject;
  }

  std::string DeadlineText(const Point& point, bool before) const {
    if (before) return Say(kBefore, Inside(point));
    return Say(point.edge != Edge::kWhole ? kByEdge : IsPeriod(point) ? kByEndOf : kBy, Inside(point));
  }

  std::string Whole(const Point& point, bool digits) const {
    const int year = point.year, month = point.month, day = point.day;
    const std::string_view name = month >= 1 && month <= 12 ? kMonthNames[month - 1] : std::string_view();
    switch (point.kind) {
      case Kind::kNone:
        return {};
      case Kind::kDay:
        return Say(kDate, day, month, year, name);
      case Kind::kYearlyDay:
        return Say(kYearlyDate, day, month, name);
      case Kind::kMonthDay:
        return Say(kMonthDay, day);
      case Kind::kLunarDay:
        return Say(year == 0 ? kYearlyLunarDate : kLunarDate, day, month, year);
      case Kind::kMonth:
        if (year == 0) return Say(kBareMonth, month, name);
        return Say(digits ? kMonthDigits : kMonth, month, year, name);
      case Kind::kQuarter: {
        const bool roman = point.roman && month >= 1 && month <= 4;
        const std::string part = roman ? std::string(kRoman[month - 1]) : std::to_string(month);
        return Say(year == 0 ? kBareQuarter : kQuarter, part, month, year);
      }
      case Kind::kHalf: {
        const size_t second = month == 2 ? 1 : 0;
        return year == 0 ? Say(kBareHalves[second]) : Say(kHalves[second], year);
      }
      case Kind::kYear:
        return Say(digits ? kYearDigits : kYear, year);
      case Kind::kIssueDate:
        return Say(kIssueDate);
      case Kind::kNamed:
        return NameOf(point.named);
      case Kind::kImpossible:
        if (month < 0) return Say(kMonthDay, day);
        if (day == 0) return Say(kImpossibleMonth, month, year);
        if (year == 0) return name.empty() ? Say(kImpossibleYearlyDate, day, month) : Say(kYearlyDate, day, month, name);
        return name.empty() ? Say(kImpossibleDate, day, month, year) : Say(kDate, day, month, year, name);
    }
    return {};
  }

  std::string FormText(const Time& time) const {
    switch (time.form) {
      case Form::kNone:
        return {};
      case Form::kIn:
        return Alone(time.to);
      case Form::kBy:
      case Form::kBefore:
        if (time.to.kind == Kind::kNone) {
          const std::string subject = Subject(time);
          return Say(SaysWhen(subject) ? kBefore : kBeforeSubject, subject);
        }
        return DeadlineText(time.to, time.form == Form::kBefore);
      case Form::kOn:
        return Say(IsPeriod(time.to) ? kOnPeriod : kOn, Inside(time.to));
      case Form::kFromTo:
        return Say(kFromTo, Inside(time.from), Inside(time.to));
      case Form::kFrom:
        return Say(kFrom, Inside(time.from));
      case Form::kWithin:
        if (time.length.unit == TimeUnit::kNone) return Say(kAfter, AnchorText(time));
        return Say(kWithinAfter, LengthText(time.length), AnchorText(time));
      case Form::kEvery:
        return RhythmText(time.rhythm);
      case Form::kOngoing:
        return Say(kOngoing);
      case Form::kGuided:
        return Say(kGuided, Subject(time));
      case Form::kFollowing:
        return Say(kFollowing, Subject(time));
      case Form::kOnRequest:
        return Say(kOnRequest);
      case Form::kWhen:
        return Say(kWhen, Subject(time));
      case Form::kIf:
        return Say(kIf, Subject(time));
      case Form::kAsBelow:
        return Say(kAsBelow);
      case Form::kCountPer:
        return Say(kCountPer, NeedsZero(time.length.count) ? "0" + time.length.count.ToString(language_) : time.length.count.ToString(language_),
                   UnitText(time.length.unit));
      case Form::kText:
        return WordsOf(time.words);
      case Form::kLength:
        return LengthText(time.length);
      case Form::kByDecree:
        return Say(kByDecree);
    }
    return {};
  }

  Style style_;
  Language language_;
  const TimeNames* names_;
};

Writer Official(Language language, const TimeNames* names) { return Writer(Style::kOfficial, language, names); }

}  // namespace

std::string Print(const Time& time, Language language, const TimeNames& names) {
  std::string text = Official(language, &names).TimeText(time);
  // Words alone are quoted as issued.
  return time.form == Form::kText ? text : Capitalised(std::move(text));
}
std::string Print(const Point& point, Language language, const TimeNames& names) {
  return Capitalised(Official(language, &names).Alone(point));
}
std::string Print(const Rhythm& rhythm, Language language) {
  return Capitalised(Official(language, nullptr).RhythmText(rhythm));
}
std::string Print(const Length& length, Language language) { return Official(language, nullptr).LengthText(length); }

std::string Canonical(const Time& time, Language language, const TimeNames& names) {
  return Writer(Style::kSource, language, &names).TimeText(time);
}

}  // namespace ordo

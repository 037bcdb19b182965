#include "runtime/report/timeline_axis.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/diag/emitter.h"

namespace ordo::report {
namespace {

constexpr int kShort = 62;   // days: a longer stretch begins and ends with a month
constexpr int kForms = 3;
constexpr double kMostMarks = 4000;

// Wording of calendar places belongs to runtime/time; «January 2026» loses its year here, where the row above tells it.
std::string Word(Point::Kind kind, Date day, Language language) {
  const Ymd ymd = day.ymd();
  Point point;
  point.kind = kind;
  point.year = static_cast<int16_t>(ymd.year);
  point.month = static_cast<int8_t>(kind == Point::Kind::kQuarter ? (ymd.month + 2) / 3 : ymd.month);
  return Print(point, language, TimeNames{});
}

}  // namespace

TimelineAxis::TimelineAxis(Date first, Date last, double length, double padding, Language language, const Measure& measure)
    : first_(first), last_(std::max(first, last)), length_(length) {
  if (last_.days() - first_.days() >= kShort) {
    first_ = Start(Unit::kMonth, first_, 1);
    const Ymd end = last_.ymd();
    last_ = Date::MonthEnd(end.year, end.month);
  }
  struct Pair {
    Unit lower, upper;
  };
  static constexpr Pair kPairs[] = {{Unit::kDay, Unit::kMonth}, {Unit::kWeek, Unit::kMonth}, {Unit::kMonth, Unit::kQuarter},
                                    {Unit::kMonth, Unit::kYear}, {Unit::kQuarter, Unit::kYear}};
  static constexpr double kDaysOf[] = {1, 7, 30, 91, 365};
  bool found = false;
  for (const Pair& pair : kPairs) {
    if ((last_.days() - first_.days()) / kDaysOf[static_cast<int>(pair.lower)] > std::min(length_, kMostMarks)) continue;
    lower_ = Marks(pair.lower, 1);
    upper_ = Marks(pair.upper, 1);
    found = Name(lower_, pair.lower, false, padding, language, measure) &&
            Name(upper_, pair.upper, true, padding, language, measure);
    if (!found) continue;
    shows_days_ = pair.lower == Unit::kDay || pair.lower == Unit::kWeek;
    break;
  }
  if (!found) {
    upper_.clear();
    for (int step = 1;; step *= step == 2 || step == 20 || step == 200 || step == 2000 ? 5 : 2) {   // 1 2 10 20 100 ...
      lower_ = Marks(Unit::kYear, step);
      if (Name(lower_, Unit::kYear, true, padding, language, measure) || step > 10000) break;
    }
  }
  size_t next = 0;
  for (AxisMark& mark : lower_) {
    while (next < upper_.size() && upper_[next].first < mark.first) ++next;
    mark.strong = upper_.empty() || (next < upper_.size() && upper_[next].first == mark.first);
  }
}

double TimelineAxis::Begin(Date day) const {
  const double all = last_.days() - first_.days() + 1.0;
  return std::clamp((day.days() - first_.days()) / all, 0.0, 1.0) * length_;
}

Date TimelineAxis::Start(Unit unit, Date day, int step) {
  const Ymd ymd = day.ymd();
  switch (unit) {
    case Unit::kDay: return day;
    case Unit::kWeek: return day.PlusDays(-day.weekday());
    case Unit::kMonth: return *Date::FromYmd(ymd.year, ymd.month, 1);
    case Unit::kQuarter: return *Date::FromYmd(ymd.year, (ymd.month - 1) / 3 * 3 + 1, 1);
    case Unit::kYear: return *Date::FromYmd(std::max(1, ymd.year - ymd.year % step), 1, 1);
  }
  return day;
}

std::vector<AxisMark> TimelineAxis::Marks(Unit unit, int step) const {
  std::vector<AxisMark> marks;
  for (Date start = Start(unit, first_, step); start <= last_;) {
    Date next = start;
    switch (unit) {
      case Unit::kDay: next = start.PlusDays(1); break;
      case Unit::kWeek: next = start.PlusDays(7); break;
      case Unit::kMonth: next = start.PlusMonths(1); break;
      case Unit::kQuarter: next = start.PlusMonths(3); break;
      case Unit::kYear: next = start.PlusMonths(12 * (step - start.ymd().year % step)); break;
    }
    marks.push_back({std::max(start, first_), std::min(next.PlusDays(-1), last_), {}, false});
    start = next;
  }
  return marks;
}

std::string TimelineAxis::Label(Unit unit, Date first, int form, bool year_too, Language language) {
  const Ymd ymd = first.ymd();
  switch (unit) {
    case Unit::kDay: return fmt::to_string(ymd.day);
    case Unit::kWeek: return form == 0 ? fmt::format("{:02}/{:02}", ymd.day, ymd.month) : fmt::to_string(ymd.day);
    case Unit::kMonth: {
      const std::string word = Word(Point::Kind::kMonth, first, language);   // «Tháng 01/2026», «January 2026»
      if (year_too) return form == 0 ? word : fmt::format("{:02}/{}", ymd.month, ymd.year);
      if (form == 2) return fmt::to_string(ymd.month);
      const std::string month = language == Language::kVietnamese ? fmt::to_string(ymd.month) : word.substr(0, word.find(' '));
      return form == 0 ? Say(Phrase::kMonthOfYear, language, {month})
                       : Say(Phrase::kMonthShort, language, {std::string_view(month).substr(0, 3)});
    }
    case Unit::kQuarter: {
      const std::string word = Word(Point::Kind::kQuarter, first, language);   // «Quý I/2026», «Q1 2026»
      const size_t year = word.find_last_of("/ ");
      const size_t digits = word.find_first_of("IV1234");
      if (year_too) return form == 0 ? word : word.substr(digits);
      return form == 0 ? word.substr(0, year) : word.substr(digits, year - digits);
    }
    case Unit::kYear: return form < 2 ? fmt::to_string(ymd.year) : fmt::format("{:02}", ymd.year % 100);
  }
  return {};
}

bool TimelineAxis::Name(std::vector<AxisMark>& marks, Unit unit, bool year_too, double padding, Language language,
                        const Measure& measure) const {
  // Stretches that the ends of the axis have cut short stay without a label when they are too narrow for it.
  for (int form = 0; form < kForms; ++form) {
    bool fits = true;
    for (size_t i = 0; i < marks.size() && fits; ++i) {
      marks[i].label = Label(unit, marks[i].first, form, year_too, language);
      const bool cut = i == 0 || i + 1 == marks.size();
      if (measure(marks[i].label) + padding <= End(marks[i].last) - Begin(marks[i].first)) continue;
      if (cut && marks.size() > 2) marks[i].label.clear();
      else fits = false;
    }
    if (fits) return true;
  }
  for (AxisMark& mark : marks) mark.label.clear();
  return false;
}

}  // namespace ordo::report

// What Canonical writes is read back as the same Time, in both skins: random times of every form that the language can say.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "compiler/driver/session.h"
#include "fmt/format.h"
#include "runtime/time/canonical.h"
#include "runtime/time/time_value.h"

namespace ordo {
namespace {

using Form = Time::Form;
using Kind = Point::Kind;
using Edge = Point::Edge;

constexpr const char* kPrelude[] = {R"(ordo 1 vi
kế hoạch kh "Kế hoạch thử" { ngày ban hành: 28/01/2026; giai đoạn: năm 2026 }
đơn vị ubtp "UBND thành phố"
sự kiện đổi_nhân_sự "có thay đổi nhân sự"
văn bản nghị_quyết "Nghị quyết"
nhiệm vụ khung_kpi "Xây dựng khung KPI"
giai đoạn nk2025 "nhiệm kỳ" { hiệu lực: từ 2025 đến 2030 }
)",
                                    R"(ordo 1 en
plan kh "Kế hoạch thử" { issue date: 2026-01-28; period: year 2026 }
unit ubtp "UBND thành phố"
event đổi_nhân_sự "có thay đổi nhân sự"
document nghị_quyết "Nghị quyết"
task khung_kpi "Xây dựng khung KPI"
period nk2025 "nhiệm kỳ" { valid: from 2025 to 2030 }
)"};

// One pool for every reading, so that words are one symbol; the prelude comes first, so that its objects keep their ids.
struct Plan {
  explicit Plan(const std::string& text, StringPool* strings) {
    Emitter emitter(Language::kEnglish);
    const FileId file = sources.Add("plan", text);
    ast = Parse(sources.file(file), file, {}, emitter);
    model = BuildModel({{&ast, 0, false}}, strings, {}, emitter);
    for (const Finding& finding : emitter.findings()) found += fmt::format("{} at {}; ", finding.code, finding.at.begin);
  }
  SourceSet sources;
  Ast ast;
  std::unique_ptr<Model> model;
  std::string found;
};

class Random {
 public:
  Random(StringPool* strings, const Model& model) : random_(28012026), model_(model), strings_(strings) {
    words_ = strings->Intern("có khó khăn, vướng mắc");
    quoted_ = strings->Intern("cơ chế \"một cửa\" ở xã");
  }

  Time NextTime() {
    Time time;
    time.form = static_cast<Form>(UpTo(1, static_cast<int>(Form::kByDecree)));
    if (Chance(4)) time.stance = static_cast<Stance>(UpTo(1, 3));
    switch (time.form) {
      case Form::kBefore:
        if (Chance(3)) {
          Waits(time, true);
          if (Chance(2)) Limit(time, true);
          break;
        }
        [[fallthrough]];
      case Form::kIn:
      case Form::kBy:
      case Form::kOn: time.to = AnyPoint(); break;
      case Form::kFromTo: time.to = AnyPoint(); [[fallthrough]];
      case Form::kFrom: time.from = AnyPoint(); break;
      case Form::kWithin:
        if (Chance(2)) {
          time.length = AnyLength();
          time.from = Chance(2) ? Point{.kind = Kind::kIssueDate} : Dated();
          break;
        }
        if (Chance(2)) time.length = AnyLength();
        Waits(time, true);
        time.after_all = Chance(3);
        if (Chance(2)) Limit(time, true);
        break;
      case Form::kEvery:
        time.rhythm = AnyRhythm();
        time.at_least = Chance(4);
        Bounds(time);
        break;
      case Form::kOngoing:
        if (Chance(2)) time.evidence = AnyRhythm();
        Bounds(time);
        break;
      case Form::kCountPer:
        time.length = AnyLength();
        time.at_least = Chance(2);
        Bounds(time);
        break;
      case Form::kLength: time.length = AnyLength(); break;
      case Form::kText: time.words = Chance(2) ? words_ : quoted_; break;
      case Form::kGuided:
      case Form::kFollowing:
      case Form::kWhen:
      case Form::kIf: Waits(time, true); [[fallthrough]];
      case Form::kOnRequest:
        if (Chance(3)) time.lag = AnyLength();
        if (Chance(3)) time.expected = AnyPoint();
        if (time.expected.kind != Point::Kind::kNone && Chance(3)) time.expected_from = AnyPoint();
        if (Chance(3)) Limit(time, true);
        break;
      default: break;
    }
    return time;
  }

 private:
  int UpTo(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }
  bool Chance(int one_in) { return UpTo(1, one_in) == 1; }

  Point Whole(bool with_year) {
    Point point;
    const int year = with_year ? UpTo(1950, 2099) : 0;
    point.kind = std::vector{Kind::kDay, Kind::kMonth, Kind::kQuarter, Kind::kHalf, Kind::kYear}[with_year ? UpTo(0, 4) : UpTo(1, 3)];
    point.year = static_cast<int16_t>(year);
    if (point.kind == Kind::kQuarter) point.roman = Chance(2);
    if (point.kind == Kind::kMonth || point.kind == Kind::kYear) point.digits = with_year && Chance(2);
    const int parts = point.kind == Kind::kQuarter ? 4 : point.kind == Kind::kHalf ? 2 : point.kind == Kind::kYear ? 0 : 12;
    point.month = static_cast<int8_t>(parts == 0 ? 0 : UpTo(1, parts));
    if (point.kind == Kind::kDay) point.day = static_cast<int8_t>(UpTo(1, Date::MonthEnd(year, point.month).ymd().day));
    return point;
  }
  Point YearlyDay() {
    const int month = UpTo(1, 12);
    return {.kind = Kind::kYearlyDay, .month = int8_t(month), .day = int8_t(UpTo(1, Date::MonthEnd(2024, month).ymd().day))};
  }
  Point MonthDay() { return {.kind = Kind::kMonthDay, .day = int8_t(UpTo(1, 31))}; }
  // A day or period with its year: a token by itself.
  Point Dated() { return Whole(true); }
  Point Named() { return {.kind = Kind::kNamed, .named = Object("nk2025")}; }
  Point AnyPoint() {
    Point point = Whole(true);
    switch (UpTo(0, 7)) {
      case 0: return {.kind = Kind::kIssueDate};
      case 1: return YearlyDay();
      case 2: return MonthDay();
      case 3: point = Named(); break;
      case 4: point = Whole(false); break;
      default: break;
    }
    if (point.kind != Kind::kDay && Chance(4)) point.edge = static_cast<Edge>(UpTo(1, 3));
    return point;
  }
  Decimal Count() { return Chance(5) ? Decimal::Make(UpTo(1, 60) * 5, 1).value() : Decimal::FromInt(UpTo(1, 120)); }
  TimeUnit Unit() { return static_cast<TimeUnit>(UpTo(static_cast<int>(TimeUnit::kDay), static_cast<int>(TimeUnit::kYear))); }
  Length AnyLength() { return {Count(), Unit()}; }
  Rhythm AnyRhythm() {
    Rhythm rhythm;
    rhythm.unit = Unit();
    if (Chance(2)) rhythm.count = Count();
    const bool months = MonthsOf(rhythm).has_value();
    if ((months || rhythm.unit == TimeUnit::kWeek) && Chance(3)) {
      rhythm.weekday = static_cast<int8_t>(UpTo(0, 6));
    } else if (months && Chance(2)) {
      const bool short_unit = rhythm.unit == TimeUnit::kMonth || rhythm.unit == TimeUnit::kQuarter;
      const Kind kind = Whole(false).kind;
      for (int i = UpTo(1, 4); i > 0; --i) {
        Point point = short_unit ? MonthDay() : YearlyDay();
        if (!short_unit && kind != Kind::kMonth) {
          do point = Whole(false);
          while (point.kind != kind);
        }
        rhythm.by.push_back(point);
      }
      rhythm.bound = static_cast<Rhythm::Bound>(UpTo(0, 2));
    }
    if (Chance(4)) {
      rhythm.hour = static_cast<int8_t>(UpTo(0, 24));
      rhythm.minute = static_cast<int8_t>(Chance(2) ? UpTo(0, 59) : 0);
    }
    return rhythm;
  }
  void Waits(Time& time, bool may_be_words) {
    if (may_be_words && Chance(3)) {
      time.words = Chance(2) ? words_ : quoted_;
      return;
    }
    constexpr const char* kNames[] = {"ubtp", "đổi_nhân_sự", "nghị_quyết", "khung_kpi"};
    time.anchor = Object(kNames[UpTo(0, 3)]);
  }
  void Limit(Time& time, bool any) {
    time.limit = any ? AnyPoint() : Chance(4) ? Named() : Dated();
    time.limit_before = Chance(2);
  }
  void Bounds(Time& time) {
    if (Chance(3)) time.since = Chance(4) ? Named() : AnyPoint();
    if (Chance(3)) Limit(time, false);
  }
  EntityId Object(const char* name) const { return model_.names.at(strings_->Find(name)); }

  std::mt19937 random_;
  const Model& model_;
  StringPool* strings_;
  Symbol words_, quoted_;
};

// English has no month or year in digits of its own and no Roman quarter.
void DropSpelling(Time& time) {
  for (Point* point : {&time.from, &time.to, &time.expected_from, &time.expected, &time.limit, &time.since}) point->digits = false, point->roman = true;
  for (Rhythm* rhythm : {&time.rhythm, &time.evidence}) {
    for (Point& point : rhythm->by) point.digits = false, point.roman = true;
  }
}

TEST(TimeRoundTrip, WhatIsWrittenIsReadBack) {
  StringPool strings;
  const Plan prelude(kPrelude[0], &strings);
  ASSERT_EQ(prelude.found, "");
  Random random(&strings, *prelude.model);
  const size_t before = prelude.model->program.times.size();
  const TimeNames names{[&](EntityId id) { return std::string(strings[prelude.model->program.entity(id).name]); },
                        [&](Symbol words) { return strings[words]; }};
  for (int round = 0; round < 40; ++round) {
    std::vector<Time> times;
    std::string text[2] = {kPrelude[0], kPrelude[1]};
    for (int i = 0; i < 200; ++i) {
      times.push_back(random.NextTime());
      text[0] += fmt::format("nhiệm vụ t{} \"T\" {{ thời hạn: {} }}\n", i, Canonical(times.back(), Language::kVietnamese, names));
      text[1] += fmt::format("task t{} \"T\" {{ due: {} }}\n", i, Canonical(times.back(), Language::kEnglish, names));
    }
    for (const int skin : {0, 1}) {
      const Plan plan(text[skin], &strings);
      ASSERT_EQ(plan.found, "") << text[skin].substr(0, 4000);
      const std::vector<Time>& read = plan.model->program.times;
      ASSERT_EQ(read.size(), before + times.size());
      for (size_t i = 0; i < times.size(); ++i) {
        Time expected = times[i], found = read[before + i];
        if (skin == 1) DropSpelling(expected), DropSpelling(found);
        const Language language = skin == 1 ? Language::kEnglish : Language::kVietnamese;
        ASSERT_TRUE(found == expected) << Canonical(times[i], language, names) << " was read as " << Canonical(read[before + i], language, names);
      }
    }
  }
}

}  // namespace
}  // namespace ordo

// Every form of time in both languages: as officials write it, and as the plan language writes it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "runtime/time/canonical.h"
#include "runtime/time/time_value.h"

namespace ordo {
namespace {

using Form = Time::Form;
using Kind = Point::Kind;
using Edge = Point::Edge;

// One object of each sort: title as printed, name as declared.
enum : uint32_t { kStaffChange, kDecision, kCity, kFramework, kTerm, kOpening };
constexpr const char* kTitles[] = {"có thay đổi nhân sự", "Quyết định phê duyệt", "thành phố",
                                   "Xây dựng khung KPI",  "nhiệm kỳ 2025 - 2030", "ngày khai mạc"};
constexpr const char* kNames[] = {"đổi_nhân_sự", "qđ_phê_duyệt", "ubtp", "khung_kpi", "nk2025", "khai_mạc"};
constexpr const char* kWords[] = {"", "có khó khăn, vướng mắc", "kịp thời", "cơ chế \"một cửa\""};

TimeNames Titles() {
  return {[](EntityId id) { return std::string(kTitles[static_cast<uint32_t>(id)]); },
          [](Symbol words) { return std::string_view(kWords[static_cast<uint32_t>(words)]); }};
}
TimeNames Names() {
  TimeNames names = Titles();
  names.entity = [](EntityId id) { return std::string(kNames[static_cast<uint32_t>(id)]); };
  return names;
}

Point Day(int year, int month, int day) {
  return {.kind = Kind::kDay, .year = int16_t(year), .month = int8_t(month), .day = int8_t(day)};
}
Point Yearly(int month, int day) { return {.kind = Kind::kYearlyDay, .month = int8_t(month), .day = int8_t(day)}; }
Point Month(int month, int year) { return {.kind = Kind::kMonth, .year = int16_t(year), .month = int8_t(month)}; }
Point Quarter(int part, int year) { return {.kind = Kind::kQuarter, .year = int16_t(year), .month = int8_t(part)}; }
Point Half(int part, int year) { return {.kind = Kind::kHalf, .year = int16_t(year), .month = int8_t(part)}; }
Point Year(int year) { return {.kind = Kind::kYear, .year = int16_t(year)}; }
Point Issue() { return {.kind = Kind::kIssueDate}; }
Point Named() { return {.kind = Kind::kNamed, .named = EntityId{kTerm}}; }
Point Impossible(int year, int month, int day) {
  return {.kind = Kind::kImpossible, .year = int16_t(year), .month = int8_t(month), .day = int8_t(day)};
}
Point At(Edge edge, Point point) {
  point.edge = edge;
  return point;
}
Point Digits(Point point) {
  point.digits = true;
  return point;
}
Point Arabic(Point point) {
  point.roman = false;
  return point;
}
Length Of(int count, TimeUnit unit) { return {Decimal::FromInt(count), unit}; }
Rhythm Every(TimeUnit unit, int count = 1) { return {.count = Decimal::FromInt(count), .unit = unit}; }

Time To(Form form, Point to) { return {.form = form, .to = to}; }
Time FromTo(Point from, Point to) { return {.form = Form::kFromTo, .from = from, .to = to}; }
Time From(Point from) { return {.form = Form::kFrom, .from = from}; }
Time Within(Length length) { return {.form = Form::kWithin, .length = length}; }
Time Within(Length length, uint32_t anchor) { return {.form = Form::kWithin, .length = length, .anchor = EntityId{anchor}}; }
Time On(Rhythm rhythm) { return {.form = Form::kEvery, .rhythm = rhythm}; }
Time Of(Form form) { return {.form = form}; }
Time About(Form form, uint32_t anchor) { return {.form = form, .anchor = EntityId{anchor}}; }
Time Words(Form form, uint32_t words) { return {.form = form, .words = Symbol{words}}; }
template <typename Change>
Time With(Time time, Change change) {
  change(time);
  return time;
}

struct Row {
  Time time;
  std::string vi, en;                // official
  std::string source_vi, source_en;  // plan language
};

void Check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(Print(row.time, Language::kVietnamese, Titles()), row.vi);
    EXPECT_EQ(Print(row.time, Language::kEnglish, Titles()), row.en);
    EXPECT_EQ(Canonical(row.time, Language::kVietnamese, Names()), row.source_vi);
    EXPECT_EQ(Canonical(row.time, Language::kEnglish, Names()), row.source_en);
  }
}

TEST(Print, Points) {
  Check({
      {To(Form::kIn, Day(2026, 1, 28)), "28/01/2026", "28 January 2026", "28/01/2026", "2026-01-28"},
      {To(Form::kIn, Day(2026, 7, 5)), "05/07/2026", "5 July 2026", "05/07/2026", "2026-07-05"},
      {To(Form::kIn, Yearly(11, 30)), "30/11", "30 November", "30/11", "30 November"},
      {To(Form::kIn, Month(1, 2026)), "Tháng 01/2026", "January 2026", "tháng 01/2026", "January 2026"},
      {To(Form::kIn, Digits(Month(6, 2025))), "06/2025", "June 2025", "06/2025", "June 2025"},
      {To(Form::kIn, Month(6, 0)), "Tháng 06", "June", "tháng 06", "June"},
      {To(Form::kIn, Quarter(1, 2026)), "Quý I/2026", "Q1 2026", "quý I/2026", "Q1 2026"},
      {To(Form::kIn, Arabic(Quarter(4, 2026))), "Quý 4/2026", "Q4 2026", "quý 4/2026", "Q4 2026"},
      {To(Form::kIn, Quarter(3, 0)), "Quý III", "Q3", "quý III", "Q3"},
      {To(Form::kIn, Half(1, 2026)), "6 tháng đầu năm 2026", "First half of 2026", "6 tháng đầu năm 2026", "H1 2026"},
      {To(Form::kIn, Half(2, 0)), "6 tháng cuối năm", "Second half of the year", "6 tháng cuối năm", "H2"},
      {To(Form::kIn, Year(2026)), "Năm 2026", "2026", "năm 2026", "2026"},
      {To(Form::kIn, Digits(Year(2027))), "Năm 2027", "2027", "2027", "2027"},
      {To(Form::kIn, Issue()), "Ngày ban hành", "Date of issue", "ngày ban hành", "issue date"},
      {To(Form::kIn, Named()), "Nhiệm kỳ 2025 - 2030", "Nhiệm kỳ 2025 - 2030", "nk2025", "nk2025"},
      {To(Form::kIn, At(Edge::kMiddle, Named())), "Giữa nhiệm kỳ 2025 - 2030", "Middle of nhiệm kỳ 2025 - 2030", "giữa nk2025",
       "middle of nk2025"},
      {To(Form::kIn, At(Edge::kEnd, Month(3, 2026))), "Cuối tháng 03/2026", "End of March 2026", "cuối tháng 03/2026",
       "end of March 2026"},
      {To(Form::kIn, At(Edge::kStart, Digits(Year(2026)))), "Đầu năm 2026", "Start of 2026", "đầu 2026", "start of 2026"},
  });
}

TEST(Print, DatesThatDoNotExistReadAsWritten) {
  Check({
      {To(Form::kIn, Impossible(2026, 2, 31)), "31/02/2026", "31 February 2026", "31/02/2026", "2026-02-31"},
      {To(Form::kBy, Impossible(2026, 13, 31)), "Đến hết ngày 31/13/2026", "By 2026-13-31", "đến hết 31/13/2026",
       "by 2026-13-31"},
      {To(Form::kBefore, Impossible(0, 11, 31)), "Trước ngày 31/11", "Before 31 November", "trước 31/11", "before 31 November"},
      {To(Form::kBefore, Impossible(0, 13, 31)), "Trước ngày 31/13", "Before 13-31", "trước 31/13", "before 13-31"},
      {To(Form::kIn, Impossible(2026, 13, 0)), "Tháng 13/2026", "2026-13", "tháng 13/2026", "2026-13"},
  });
}

TEST(Print, DeadlinesAndWindows) {
  Check({
      {To(Form::kBy, Day(2026, 3, 31)), "Đến hết ngày 31/03/2026", "By 31 March 2026", "đến hết 31/03/2026", "by 2026-03-31"},
      {To(Form::kBy, Digits(Year(2030))), "Đến hết năm 2030", "By the end of 2030", "đến hết 2030", "by 2030"},
      {To(Form::kBy, Quarter(2, 2026)), "Đến hết quý II/2026", "By the end of Q2 2026", "đến hết quý II/2026", "by Q2 2026"},
      {To(Form::kBy, At(Edge::kMiddle, Year(2026))), "Đến giữa năm 2026", "By the middle of 2026", "đến hết giữa năm 2026",
       "by middle of 2026"},
      {To(Form::kBy, Half(1, 2026)), "Đến hết 6 tháng đầu năm 2026", "By the end of the first half of 2026",
       "đến hết 6 tháng đầu năm 2026", "by H1 2026"},
      {To(Form::kBy, Named()), "Đến hết nhiệm kỳ 2025 - 2030", "By the end of nhiệm kỳ 2025 - 2030", "đến hết nk2025",
       "by nk2025"},
      {To(Form::kBefore, Yearly(11, 30)), "Trước ngày 30/11", "Before 30 November", "trước 30/11", "before 30 November"},
      {To(Form::kBefore, Day(2026, 3, 15)), "Trước ngày 15/03/2026", "Before 15 March 2026", "trước 15/03/2026",
       "before 2026-03-15"},
      {To(Form::kBefore, Digits(Month(6, 2026))), "Trước tháng 06/2026", "Before June 2026", "trước 06/2026",
       "before June 2026"},
      {To(Form::kOn, Day(2026, 2, 3)), "Vào ngày 03/02/2026", "On 3 February 2026", "vào 03/02/2026", "on 2026-02-03"},
      {To(Form::kOn, Month(2, 2026)), "Trong tháng 02/2026", "In February 2026", "trong tháng 02/2026", "in February 2026"},
      {FromTo(Quarter(4, 2026), Quarter(2, 2027)), "Từ quý IV/2026 đến quý II/2027", "From Q4 2026 to Q2 2027",
       "từ quý IV/2026 đến quý II/2027", "from Q4 2026 to Q2 2027"},
      {FromTo(Day(2026, 6, 28), Day(2026, 7, 5)), "Từ ngày 28/06/2026 đến ngày 05/07/2026", "From 28 June 2026 to 5 July 2026",
       "từ 28/06/2026 đến 05/07/2026", "from 2026-06-28 to 2026-07-05"},
      {FromTo(Digits(Year(2025)), Digits(Year(2030))), "Từ năm 2025 đến năm 2030", "From 2025 to 2030", "từ 2025 đến 2030",
       "from 2025 to 2030"},
      {From(Issue()), "Từ ngày ban hành trở đi", "From the date of issue onwards", "từ ngày ban hành trở đi",
       "from issue date onwards"},
      {From(Day(2026, 7, 1)), "Từ ngày 01/07/2026 trở đi", "From 1 July 2026 onwards", "từ 01/07/2026 trở đi",
       "from 2026-07-01 onwards"},
      {With(To(Form::kBefore, Digits(Year(2030))), [](Time& t) { t.stance = Stance::kAim; }), "Phấn đấu trước năm 2030",
       "Aim: before 2030", "phấn đấu trước 2030", "strive for before 2030"},
  });
}

TEST(Print, Limits) {
  const Length ten_working_days = Of(10, TimeUnit::kWorkingDay);
  Check({
      {Within(ten_working_days, kStaffChange), "Trong vòng 10 ngày làm việc kể từ khi có thay đổi nhân sự",
       "Within 10 working days after có thay đổi nhân sự", "trong vòng 10 ngày làm việc kể từ đổi_nhân_sự",
       "within 10 working days after đổi_nhân_sự"},
      {Within(Of(5, TimeUnit::kDay), kDecision), "Trong vòng 5 ngày kể từ Quyết định phê duyệt",
       "Within 5 days after Quyết định phê duyệt", "trong vòng 5 ngày kể từ qđ_phê_duyệt", "within 5 days after qđ_phê_duyệt"},
      {Within(Of(1, TimeUnit::kMonth), kOpening), "Trong vòng 1 tháng kể từ ngày khai mạc", "Within 1 month after ngày khai mạc",
       "trong vòng 1 tháng kể từ khai_mạc", "within 1 month after khai_mạc"},
      {Within(Of(100, TimeUnit::kDay)), "Trong vòng 100 ngày kể từ ngày ban hành", "Within 100 days after the date of issue",
       "trong vòng 100 ngày kể từ ngày ban hành", "within 100 days after issue date"},
      {With(Within(Of(2, TimeUnit::kWeek)), [](Time& t) { t.from = Day(2026, 5, 1); }),
       "Trong vòng 2 tuần kể từ ngày 01/05/2026", "Within 2 weeks after 1 May 2026", "trong vòng 2 tuần kể từ 01/05/2026",
       "within 2 weeks after 2026-05-01"},
      {With(Within(Of(60, TimeUnit::kDay), kFramework), [](Time& t) { t.after_all = true; }),
       "Trong vòng 60 ngày kể từ khi hoàn thành tất cả Xây dựng khung KPI",
       "Within 60 days after completion of all Xây dựng khung KPI", "trong vòng 60 ngày kể từ tất cả khung_kpi",
       "within 60 days after all khung_kpi"},
      {With(Within(ten_working_days, kStaffChange), [](Time& t) { t.limit = Day(2026, 6, 30); }),
       "Trong vòng 10 ngày làm việc kể từ khi có thay đổi nhân sự, đến hết ngày 30/06/2026",
       "Within 10 working days after có thay đổi nhân sự, by 30 June 2026",
       "trong vòng 10 ngày làm việc kể từ đổi_nhân_sự, đến hết 30/06/2026",
       "within 10 working days after đổi_nhân_sự, by 2026-06-30"},
      {{.form = Form::kLength, .length = ten_working_days}, "10 ngày làm việc", "10 working days", "10 ngày làm việc",
       "10 working days"},
      {{.form = Form::kCountPer, .length = Of(1, TimeUnit::kQuarter)}, "01 lần/quý", "1 per quarter", "1 mỗi quý",
       "1 per quarter"},
  });
}

TEST(Print, Rhythms) {
  Rhythm fridays = Every(TimeUnit::kWeek, 2);
  fridays.weekday = 4;
  fridays.hour = 16;
  Rhythm sundays = Every(TimeUnit::kWeek);
  sundays.weekday = 6;
  sundays.hour = 8;
  sundays.minute = 5;
  Rhythm november = Every(TimeUnit::kYear);
  november.by = {Yearly(11, 30)};
  november.bound = Rhythm::Bound::kBy;
  Rhythm before_november = november;
  before_november.bound = Rhythm::Bound::kBefore;
  Check({
      {On(Every(TimeUnit::kQuarter)), "Hằng quý", "Every quarter", "hằng quý", "every quarter"},
      {On(Every(TimeUnit::kYear)), "Hằng năm", "Every year", "hằng năm", "every year"},
      {On(Every(TimeUnit::kMonth)), "Hằng tháng", "Every month", "hằng tháng", "every month"},
      {On(Every(TimeUnit::kMonth, 6)), "06 tháng một lần", "Every 6 months", "cứ 6 tháng", "every 6 months"},
      {On(Every(TimeUnit::kMonth, 18)), "18 tháng một lần", "Every 18 months", "cứ 18 tháng", "every 18 months"},
      {On({.count = Decimal::Make(25, 1).value(), .unit = TimeUnit::kYear}), "2,5 năm một lần", "Every 2.5 years", "cứ 2,5 năm",
       "every 2.5 years"},
      {On(fridays), "02 tuần một lần vào thứ Sáu, trước 16 giờ", "Every 2 weeks on Friday, before 16:00",
       "cứ 2 tuần vào thứ Sáu trước 16 giờ", "every 2 weeks on Friday before 16:00"},
      {On(sundays), "Hằng tuần vào Chủ nhật, trước 8 giờ 05 phút", "Every week on Sunday, before 8:05",
       "hằng tuần vào Chủ nhật trước 8 giờ 05", "every week on Sunday before 8:05"},
      {On(november), "Hằng năm, chậm nhất ngày 30/11", "Every year, by 30 November", "hằng năm đến hết 30/11",
       "every year by 30 November"},
      {On(before_november), "Hằng năm, trước ngày 30/11", "Every year, before 30 November", "hằng năm trước 30/11",
       "every year before 30 November"},
      {With(On(Every(TimeUnit::kQuarter)), [](Time& t) { t.since = Digits(Year(2026)); }), "Hằng quý, từ năm 2026",
       "Every quarter, from 2026", "hằng quý, từ 2026", "every quarter, from 2026"},
      {With(On(Every(TimeUnit::kQuarter)), [](Time& t) { t.limit = Digits(Year(2030)); }), "Hằng quý, đến hết năm 2030",
       "Every quarter, by the end of 2030", "hằng quý, đến hết 2030", "every quarter, by 2030"},
      {On({.unit = TimeUnit::kYear, .by = {Month(6, 0), Month(12, 0)}}), "Hằng năm, trong tháng 06 và tháng 12",
       "Every year, in June and December", "hằng năm trong tháng 06, tháng 12", "every year in June, December"},
      {On({.unit = TimeUnit::kMonth, .by = {{.kind = Kind::kMonthDay, .day = 6}}, .bound = Rhythm::Bound::kBefore}),
       "Hằng tháng, trước ngày 06", "Every month, before day 6", "hằng tháng trước ngày 06", "every month before day 6"},
      {{.form = Form::kCountPer, .at_least = true, .length = Of(1, TimeUnit::kWeek)}, "Tối thiểu 01 lần/tuần", "At least 1 per week",
       "tối thiểu 1 mỗi tuần", "at least 1 per week"},
      {Of(Form::kByDecree), "Theo quy định của Chính phủ", "By government decree", "theo quy định của Chính phủ",
       "by government decree"},
      {Of(Form::kOngoing), "Thường xuyên", "Ongoing", "thường xuyên", "ongoing"},
      {With(Of(Form::kOngoing), [](Time& t) { t.evidence = Every(TimeUnit::kQuarter); }), "Thường xuyên, minh chứng hằng quý",
       "Ongoing, evidence every quarter", "thường xuyên, minh chứng hằng quý", "ongoing, evidence every quarter"},
  });
}

TEST(Print, WhatWaitsForOthers) {
  const auto bounded = [](Time time) {
    time.expected = Quarter(2, 2026);
    time.limit = Day(2026, 6, 30);
    return time;
  };
  Check({
      {About(Form::kGuided, kCity), "Theo hướng dẫn của thành phố", "As guided by thành phố", "theo hướng dẫn của ubtp",
       "as guided by ubtp"},
      {bounded(About(Form::kGuided, kCity)), "Theo hướng dẫn của thành phố, dự kiến quý II/2026, đến hết ngày 30/06/2026",
       "As guided by thành phố, expected Q2 2026, by 30 June 2026",
       "theo hướng dẫn của ubtp, dự kiến quý II/2026, đến hết 30/06/2026", "as guided by ubtp, expected Q2 2026, by 2026-06-30"},
      {With(bounded(About(Form::kFollowing, kFramework)), [](Time& t) { t.limit_before = true; }),
       "Theo tiến độ của Xây dựng khung KPI, dự kiến quý II/2026, trước ngày 30/06/2026",
       "Following Xây dựng khung KPI, expected Q2 2026, before 30 June 2026",
       "theo tiến độ của khung_kpi, dự kiến quý II/2026, trước 30/06/2026",
       "following khung_kpi, expected Q2 2026, before 2026-06-30"},
      {About(Form::kWithin, kStaffChange), "Sau khi có thay đổi nhân sự", "After có thay đổi nhân sự", "kể từ đổi_nhân_sự",
       "after đổi_nhân_sự"},
      {About(Form::kBefore, kStaffChange), "Trước khi có thay đổi nhân sự", "Before có thay đổi nhân sự", "trước đổi_nhân_sự",
       "before đổi_nhân_sự"},
      {About(Form::kBefore, kOpening), "Trước ngày khai mạc", "Before ngày khai mạc", "trước khai_mạc", "before khai_mạc"},
      {{.form = Form::kIn, .stance = Stance::kVision, .to = Digits(Year(2045))}, "Tầm nhìn năm 2045", "Vision: 2045", "tầm nhìn 2045",
       "vision 2045"},
      {Of(Form::kOnRequest), "Khi có yêu cầu", "On request", "khi có yêu cầu", "on request"},
      {With(About(Form::kWhen, kStaffChange), [](Time& t) { t.lag = Of(10, TimeUnit::kDay); }),
       "Khi có thay đổi nhân sự, trong vòng 10 ngày", "When có thay đổi nhân sự, within 10 days",
       "khi đổi_nhân_sự, trong vòng 10 ngày", "when đổi_nhân_sự, within 10 days"},
      {About(Form::kIf, kStaffChange), "Nếu có thay đổi nhân sự", "If có thay đổi nhân sự", "nếu đổi_nhân_sự", "if đổi_nhân_sự"},
      {Words(Form::kIf, 1), "Nếu có khó khăn, vướng mắc", "If có khó khăn, vướng mắc", "nếu \"có khó khăn, vướng mắc\"",
       "if \"có khó khăn, vướng mắc\""},
      {Of(Form::kAsBelow), "Theo từng mốc dưới đây", "As below", "theo từng mốc dưới đây", "as below"},
      {Words(Form::kText, 2), "kịp thời", "kịp thời", "\"kịp thời\"", "\"kịp thời\""},
      {Words(Form::kText, 3), "cơ chế \"một cửa\"", "cơ chế \"một cửa\"", "\"\"\"cơ chế \"một cửa\"\"\"\"",
       "\"\"\"cơ chế \"một cửa\"\"\"\""},
      {Of(Form::kNone), "", "", "", ""},
  });
}

TEST(Print, PartsByThemselves) {
  EXPECT_EQ(Print(Quarter(1, 2026), Language::kVietnamese, Titles()), "Quý I/2026");
  EXPECT_EQ(Print(At(Edge::kEnd, Named()), Language::kVietnamese, Titles()), "Cuối nhiệm kỳ 2025 - 2030");
  EXPECT_EQ(Print(Issue(), Language::kEnglish, Titles()), "Date of issue");
  EXPECT_EQ(Print(Every(TimeUnit::kHalfYear), Language::kVietnamese), "06 tháng một lần");
  EXPECT_EQ(Print(Every(TimeUnit::kHalfYear), Language::kEnglish), "Every half-year");
  EXPECT_EQ(Print(Every(TimeUnit::kWorkingDay), Language::kVietnamese), "Hằng ngày làm việc");
  EXPECT_EQ(Print(Rhythm(), Language::kVietnamese), "");
  EXPECT_EQ(Print(Of(1, TimeUnit::kDay), Language::kEnglish), "1 day");
  EXPECT_EQ(Print(Of(5, TimeUnit::kWorkingDay), Language::kVietnamese), "5 ngày làm việc");
  EXPECT_EQ(Print(Of(24, TimeUnit::kHour), Language::kVietnamese), "24 giờ");
  EXPECT_EQ(Print(Of(2, TimeUnit::kHalfYear), Language::kEnglish), "2 half-years");
}

TEST(Print, NamesMayBeMissing) {
  EXPECT_EQ(Print(Of(Form::kOngoing), Language::kVietnamese, TimeNames()), "Thường xuyên");
  EXPECT_EQ(Print(To(Form::kIn, Named()), Language::kVietnamese, TimeNames()), "");
}

}  // namespace
}  // namespace ordo

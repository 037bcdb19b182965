// Renderers of timelines against hand-made ones that hold every sign, also those that later stages fill in.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "runtime/base/unicode.h"
#include "runtime/report/text_width.h"
#include "runtime/report/timeline.h"
#include "runtime/report/timeline_axis.h"
#include "support/xml_reader.h"

namespace ordo::report {
namespace {

using testing::ReadXml;
using testing::XmlDocument;
using testing::XmlElement;

constexpr Language kVi = Language::kVietnamese;

Date Day(std::string_view iso) { return *ParseIsoDate(iso); }

TimelineRow Section(std::string number, std::string title) {
  TimelineRow row;
  row.number = row.label = std::move(number);
  row.title = std::move(title);
  row.is_group = true;
  return row;
}

TimelineRow Task(std::string id, std::string number, TimelineClass cls, std::string_view first = "", std::string_view last = "") {
  TimelineRow row;
  row.title = "Việc " + id;
  row.id = std::move(id);
  row.number = number;
  row.label = "I." + number;
  row.owner = row.owner_title = "Phòng A";
  row.cls = cls;
  if (!first.empty()) row.first = Day(first);
  if (!last.empty()) row.last = Day(last);
  if (cls == TimelineClass::kFixed && row.last) row.due = row.last;
  row.starts_as_written = true;
  return row;
}

// One row a sign.
Timeline Every() {
  Timeline timeline;
  timeline.title = "Trồng cây năm 2026";
  timeline.subtitle = "(Kèm theo Kế hoạch số 20/KH-UBND)";
  timeline.first = Day("2026-01-01");
  timeline.last = Day("2026-12-31");
  timeline.as_of = Day("2026-06-30");
  timeline.holidays = {{Day("2026-02-16"), Day("2026-02-20"), "Tết Âm lịch"}};
  auto& rows = timeline.rows;
  rows.push_back(Section("I", "Chuẩn bị"));
  rows.push_back(Task("cửa_sổ", "1", TimelineClass::kFixed, "2026-01-01", "2026-03-31"));
  rows.push_back(Task("đến_hạn", "2", TimelineClass::kFixed, "2026-01-01", "2026-05-15"));
  rows.back().starts_as_written = false;
  rows.push_back(Task("thường_xuyên", "3", TimelineClass::kOngoing, "2026-01-01", "2026-12-31"));
  rows.push_back(Task("định_kỳ", "4", TimelineClass::kRecurring, "2026-01-01", "2026-12-31"));
  rows.back().occurrences = {Day("2026-03-31"), Day("2026-06-30"), Day("2026-09-30"), Day("2026-12-31")};
  rows.push_back(Task("chờ", "5", TimelineClass::kWaiting, "2026-01-15"));
  rows.back().words = "Nếu có thay đổi nhân sự";
  rows.push_back(Task("dự_kiến", "6", TimelineClass::kOpen));
  rows.back().expected = {Day("2026-04-01"), Day("2026-06-30")};
  rows.push_back(Section("II", "Thực hiện"));
  rows.push_back(Task("mốc", "1", TimelineClass::kSummary, "2026-02-01", "2026-08-15"));
  rows.back().milestones = {{Day("2026-02-01"), "khởi công"}, {Day("2026-08-15"), "nghiệm thu"}};
  rows.push_back(Task("phần", "", TimelineClass::kFixed, "2026-02-01", "2026-02-28"));
  rows.back().level = 1;
  rows.back().label = "II.1 (a)";
  rows.push_back(Task("găng", "2", TimelineClass::kFixed, "2026-07-01", "2026-08-31"));
  rows.back().critical = true;
  rows.back().slack_days = 0;
  rows.push_back(Task("dự_phòng", "3", TimelineClass::kFixed, "2026-07-01", "2026-07-31"));
  rows.back().slack_days = 45;
  rows.back().earliest = Day("2026-06-15");
  rows.back().latest = Day("2026-09-14");
  rows.push_back(Task("xong", "4", TimelineClass::kFixed, "2026-03-01", "2026-04-30"));
  rows.back().done = Day("2026-04-20");
  rows.push_back(Task("trễ", "5", TimelineClass::kFixed, "2026-04-01", "2026-05-31"));
  rows.back().late = true;
  rows.push_back(Task("không_ngày", "6", TimelineClass::kOpen));
  rows.back().words = "Theo hướng dẫn của thành phố";
  timeline.notes.push_back({"II.1", "bàn giao", "Phòng B", "Theo tiến độ của dự án"});
  return timeline;
}

std::map<std::string, int> TaskCounts(const XmlDocument& document) {
  std::map<std::string, int> counts;
  for (const XmlElement& element : document.elements) {
    if (const auto id = element.attributes.find("data-id"); id != element.attributes.end()) ++counts[id->second];
  }
  return counts;
}

TEST(TimelineSvg, IsWellFormedAndHoldsEveryTaskOnce) {
  const Timeline timeline = Every();
  const XmlDocument document = ReadXml(TimelineAsSvg(timeline, kVi));
  ASSERT_EQ(document.error, "");
  const auto counts = TaskCounts(document);
  size_t tasks = 0;
  for (const TimelineRow& row : timeline.rows) {
    if (row.is_group) continue;
    ++tasks;
    ASSERT_TRUE(counts.contains(row.id)) << row.id;
    EXPECT_EQ(counts.at(row.id), 1) << row.id;
  }
  EXPECT_EQ(counts.size(), tasks);
  EXPECT_EQ(document.elements[0].attributes.at("viewBox").substr(0, 9), "0 0 1200 ");
}

TEST(TimelineSvg, SignsStandInsideTheChart) {
  for (const bool narrow : {false, true}) {
    Timeline timeline = Every();
    if (narrow) timeline.rows[1].last = timeline.rows[1].due = timeline.rows[1].first;   // one day
    const XmlDocument document = ReadXml(TimelineAsSvg(timeline, kVi));
    ASSERT_EQ(document.error, "");
    size_t boxes = 0;
    for (const XmlElement& element : document.elements) {
      if (element.name != "rect" || element.parent == SIZE_MAX) continue;
      const auto& parent = document.elements[element.parent].attributes;
      if (!parent.contains("class") || parent.at("class") != "task") continue;
      ++boxes;
      EXPECT_GE(element.Number("x"), 546 - 0.1);
      EXPECT_LE(element.Number("x") + element.Number("width"), 1176.1);
      EXPECT_GT(element.Number("width"), 0);
    }
    EXPECT_GE(boxes, 10u);
  }
}

TEST(TimelineSvg, EachBarTellsItsDays) {
  const XmlDocument document = ReadXml(TimelineAsSvg(Every(), kVi));
  size_t titles = 0;
  for (const XmlElement& element : document.elements) {
    if (element.name != "title" || document.elements[element.parent].name != "g") continue;
    ++titles;
    const std::string id = document.elements[element.parent].attributes.at("data-id");
    if (id == "cửa_sổ") {
      EXPECT_EQ(element.text,
                "I.1. Việc cửa_sổ\nPhòng A\nTừ ngày 01/01/2026 đến ngày 31/03/2026; hạn hoàn thành: 31/03/2026");
    }
    if (id == "dự_phòng") {
      EXPECT_NE(element.text.find("dự phòng 45 ngày"), std::string::npos) << element.text;
      EXPECT_NE(element.text.find("sớm nhất, muộn nhất: 15/06/2026 - 14/09/2026"), std::string::npos) << element.text;
    }
  }
  EXPECT_EQ(titles, 12u);
}

TEST(TimelineSvg, TextOfThePlanCannotBecomeMarkup) {
  Timeline timeline = Every();
  const std::string evil = "</title></text><script>alert('x')</script>\" onload=\"x\x01\xef\xbf\xbf & <!-- ]]> a";
  timeline.title = timeline.subtitle = timeline.unit = evil;
  for (TimelineRow& row : timeline.rows) row.title = row.owner = row.owner_title = row.words = row.number = row.label = evil;
  for (TimelineRow& row : timeline.rows) {
    for (TimelineMilestone& milestone : row.milestones) milestone.label = evil;
  }
  timeline.rows[1].id = evil;
  timeline.notes[0] = {evil, evil, evil, evil};
  for (const std::string& text : {TimelineAsSvg(timeline, kVi), TimelineAsSvg(timeline, Language::kEnglish)}) {
    const XmlDocument document = ReadXml(text);
    ASSERT_EQ(document.error, "");
    static const std::set<std::string> kNames = {"svg",  "title", "desc", "style", "defs",    "pattern", "rect",
                                                 "path", "text",  "g",    "line",  "polygon", "circle"};
    for (const XmlElement& element : document.elements) {
      EXPECT_TRUE(kNames.contains(element.name)) << element.name;
      EXPECT_FALSE(element.attributes.contains("onload"));
    }
    EXPECT_NE(text.find("&lt;script&gt;"), std::string::npos);
  }
  const std::string html = TimelineAsHtml(timeline, kVi);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("onload=\"x"), std::string::npos);
}

TEST(TimelineSvg, NeedsNothingElse) {
  const std::string svg = TimelineAsSvg(Every(), kVi);
  std::string rest = svg;
  const std::string name = "xmlns=\"http://www.w3.org/2000/svg\"";
  ASSERT_NE(rest.find(name), std::string::npos);
  rest.erase(rest.find(name), name.size());
  for (const std::string_view foreign : {"http", "href", "src=", "@import", "<script", "url(h"}) {
    EXPECT_EQ(rest.find(foreign), std::string::npos) << foreign;
  }
}

TEST(TimelineSvg, TheLegendListsOnlyWhatOccurs) {
  Timeline timeline = Every();
  const std::string all = TimelineAsSvg(timeline, kVi);
  for (const char* word : {">thường xuyên<", ">đường găng<", ">mốc<", ">thời gian dự phòng<", ">quá hạn<", ">ngày nghỉ lễ, tết<"}) {
    EXPECT_NE(all.find(word), std::string::npos) << word;
  }
  timeline.rows.resize(2);
  timeline.holidays.clear();
  const std::string few = TimelineAsSvg(timeline, kVi);
  EXPECT_NE(few.find(">hạn hoàn thành<"), std::string::npos);
  for (const char* word : {">thường xuyên<", ">đường găng<", ">mốc<", ">thời gian dự phòng<", ">quá hạn<", ">ngày nghỉ lễ, tết<"}) {
    EXPECT_EQ(few.find(word), std::string::npos) << word;
  }
}

TEST(TimelineSvg, AnAsOfDayOutsideIsToldNotDrawn) {
  Timeline timeline = Every();
  timeline.as_of = Day("2030-01-01");
  const std::string svg = TimelineAsSvg(timeline, kVi);
  EXPECT_NE(svg.find("Ngày 01/01/2030 nằm ngoài biểu này"), std::string::npos);
  EXPECT_EQ(svg.find("class=\"asof\""), std::string::npos);
}

TEST(TimelineSvg, WithoutAnyDayEverythingIsListed) {
  Timeline timeline;
  timeline.rows.push_back(Task("một", "1", TimelineClass::kOngoing));
  timeline.rows.back().words = "Thường xuyên";
  const XmlDocument document = ReadXml(TimelineAsSvg(timeline, kVi));
  ASSERT_EQ(document.error, "");
  EXPECT_EQ(TaskCounts(document), (std::map<std::string, int>{{"một", 1}}));
  const std::string text = TimelineAsText(timeline, {.width = 100});
  EXPECT_NE(text.find("– Thường xuyên · Phòng A"), std::string::npos) << text;
}

TEST(TimelineHtml, RepeatsTheAxisOnEveryPage) {
  Timeline timeline = Every();
  for (int i = 0; i < 60; ++i) {
    timeline.rows.push_back(Task(fmt::format("thêm_{}", i), fmt::to_string(i), TimelineClass::kFixed, "2026-01-01", "2026-03-31"));
  }
  const std::string html = TimelineAsHtml(timeline, kVi);
  size_t pages = 0, axes = 0;
  for (size_t at = html.find("<svg"); at != std::string::npos; at = html.find("<svg", at + 1)) ++pages;
  for (size_t at = html.find(">Quý I/2026<"); at != std::string::npos; at = html.find(">Quý I/2026<", at + 1)) ++axes;
  EXPECT_GE(axes, 2u);
  EXPECT_EQ(pages, axes + 2);   // the head, and the list of what has no day
}

TEST(TimelineText, EverySign) {
  EXPECT_EQ(TimelineAsText(Every(), {.width = 100}), R"(BIỂU TIẾN ĐỘ THỰC HIỆN
Trồng cây năm 2026
(Kèm theo Kế hoạch số 20/KH-UBND)

                                                                         ┊ Tính đến 30/06/2026
                                               Quý I/2026   Quý II/2026  Quý III/2026  Quý IV/2026
TT  Nội dung công việc                         T1   T2  T3  T4  T5   T6  T7   T8  T9   T10 T11 T12
──  ────────────────────────────────────────   ─────────────────────────────────────────────────────
 I  Chuẩn bị
 1  Việc cửa_sổ                                █████████████▏            ┊
 2  Việc đến_hạn                               ───────────────────◆      ┊
 3  Việc thường_xuyên                          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
 4  Việc định_kỳ                               ·············•············•············•············•
 5  Việc chờ                                     ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄→
 6  Việc dự_kiến                                            [╌╌╌╌╌╌╌╌╌╌╌╌]
II  Thực hiện
 1  Việc mốc                                       ◇───────────────────────────◇
      Việc phần                                    ████▋                 ┊
 2  Việc găng                                *                           █████████▎
 3  Việc dự_phòng                                                     ⟨  ████◆░░░░░░⟩
 4  Việc xong                                          ███████✓█▍        ┊
 5  Việc trễ                                 !              ████████!!!!!!

██▌ thời gian thực hiện   ──◆ chỉ ghi hạn cuối   ▒▒▒ thường xuyên   ··· định kỳ   • kỳ thực hiện
┄┄→ chờ sự kiện   [╌] dự kiến, chờ cơ quan khác   ├─┤ khoảng của các phần   ◆ hạn hoàn thành   ◇ mốc
░░ thời gian dự phòng   ⟨ ⟩ sớm nhất, muộn nhất   * đường găng   ✓ đã hoàn thành   ! quá hạn

Nhiệm vụ không có ngày trên biểu
 I.6  Việc không_ngày
      – Theo hướng dẫn của thành phố · Phòng A
II.1  bàn giao
      – Theo tiến độ của dự án · Phòng B
)");
}

TEST(TimelineText, FitsTheWidthAndColourOnlyRepeats) {
  Timeline timeline = Every();
  for (TimelineRow& row : timeline.rows) row.title += " – tổ chức, triển khai, đánh giá kết quả thực hiện trên địa bàn phường năm 2026";
  for (const size_t width : {40, 60, 80, 100, 161}) {
    const std::string plain = TimelineAsText(timeline, {.width = width});
    size_t begin = 0;
    while (begin < plain.size()) {
      const size_t end = plain.find('\n', begin);
      EXPECT_LE(DisplayWidth(std::string_view(plain).substr(begin, end - begin)), width) << plain.substr(begin, end - begin);
      begin = end + 1;
    }
    std::string coloured = TimelineAsText(timeline, {.width = width, .color = true});
    EXPECT_NE(coloured, plain);
    for (size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b', at)) {
      coloured.erase(at, coloured.find('m', at) + 1 - at);
    }
    EXPECT_EQ(coloured, plain);
  }
}

TEST(TimelineText, ControlCharactersNeverReachTheTerminal) {
  Timeline timeline = Every();
  for (TimelineRow& row : timeline.rows) row.title = row.words = row.owner = row.number = row.label = "\x1b[31ma\r\n\tb\x07";
  const std::string text = TimelineAsText(timeline, {.width = 100});
  for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
}

TEST(TimelineJson, HoldsEveryMember) {
  const auto json = nlohmann::json::parse(TimelineAsJson(Every(), SourceSet()));
  EXPECT_EQ(json["schema"], "ordo/timeline/1");
  EXPECT_EQ(json["first"], "2026-01-01");
  EXPECT_EQ(json["as_of"], "2026-06-30");
  const auto& rows = json["rows"];
  ASSERT_EQ(rows.size(), Every().rows.size());
  EXPECT_EQ(rows[0]["group"], true);
  EXPECT_EQ(rows[1]["class"], "fixed");
  EXPECT_EQ(rows[1]["last"], "2026-03-31");
  EXPECT_EQ(rows[4]["occurrences"].size(), 4u);
  EXPECT_EQ(rows[6]["expected"]["first"], "2026-04-01");
  EXPECT_EQ(rows[8]["milestones"][1]["label"], "nghiệm thu");
  EXPECT_EQ(rows[11]["slack_days"], 45);
  EXPECT_EQ(rows[11]["latest"], "2026-09-14");
  EXPECT_EQ(rows[12]["done"], "2026-04-20");
  EXPECT_EQ(rows[13]["late"], true);
  EXPECT_EQ(rows[14]["first"], nullptr);
  EXPECT_EQ(json["notes"][0]["words"], "Theo tiến độ của dự án");
}

std::string LabelsOf(const std::vector<AxisMark>& marks) {
  std::string text;
  for (const AxisMark& mark : marks) text += (text.empty() ? "" : "|") + mark.label;
  return text;
}

TEST(TimelineAxisTest, ChoosesWhatFits) {
  const auto axis = [](std::string_view first, std::string_view last, double length, Language language = kVi) {
    return TimelineAxis(Day(first), Day(last), length, 6, language, [](std::string_view text) { return TextWidth(text, 10); });
  };
  const TimelineAxis year = axis("2026-01-15", "2026-12-02", 620);
  EXPECT_EQ(LabelsOf(year.upper()), "Quý I/2026|Quý II/2026|Quý III/2026|Quý IV/2026");
  EXPECT_EQ(LabelsOf(year.lower()), "Tháng 1|Tháng 2|Tháng 3|Tháng 4|Tháng 5|Tháng 6|Tháng 7|Tháng 8|Tháng 9|Tháng 10|Tháng 11|Tháng 12");
  EXPECT_EQ(year.first(), Day("2026-01-01"));
  EXPECT_EQ(year.last(), Day("2026-12-31"));
  EXPECT_DOUBLE_EQ(year.Begin(Day("2026-01-01")), 0);
  EXPECT_DOUBLE_EQ(year.End(Day("2026-12-31")), 620);
  EXPECT_TRUE(year.lower()[3].strong);
  EXPECT_FALSE(year.lower()[4].strong);
  const TimelineAxis days = axis("2026-03-30", "2026-04-10", 620);
  EXPECT_EQ(LabelsOf(days.lower()), "30|31|1|2|3|4|5|6|7|8|9|10");
  EXPECT_EQ(LabelsOf(days.upper()), "Tháng 03/2026|Tháng 04/2026");
  EXPECT_TRUE(days.shows_days());
  const TimelineAxis term = axis("2026-01-01", "2030-12-31", 620);
  EXPECT_EQ(LabelsOf(term.upper()), "2026|2027|2028|2029|2030");
  EXPECT_EQ(LabelsOf(term.lower()).substr(0, 13), "I|II|III|IV|I");
  EXPECT_EQ(LabelsOf(axis("2026-01-01", "2045-12-31", 300).lower()).substr(0, 9), "2026|2028");
  EXPECT_EQ(LabelsOf(axis("2026-01-01", "2026-12-31", 620, Language::kEnglish).lower()).substr(0, 15), "Jan|Feb|Mar|Apr");
  EXPECT_GT(axis("0001-01-01", "9999-12-31", 620).lower().size(), 2u);
}

TEST(TextWidthTest, LinesFitAndTellWhatIsLeftOut) {
  const std::string text = "Nâng cao nhận thức, đổi mới tư duy, xác định quyết tâm chính trị mạnh mẽ, quyết liệt lãnh đạo, chỉ đạo";
  for (const double width : {30.0, 75.0, 140.0, 400.0}) {
    for (const bool bold : {false, true}) {
      const auto lines = LinesWithin(text, width, 11.5, bold, 3);
      ASSERT_LE(lines.size(), 3u);
      for (const std::string& line : lines) EXPECT_LE(TextWidth(line, 11.5, bold), width + 0.001) << line;
    }
  }
  EXPECT_TRUE(LinesWithin(text, 140, 11.5, false, 2)[1].ends_with("…"));
  EXPECT_EQ(LinesWithin("a  b\n c", 400, 11.5, false, 2), std::vector<std::string>{"a b c"});
  EXPECT_DOUBLE_EQ(TextWidth("ế", 10), TextWidth("e", 10));
  EXPECT_DOUBLE_EQ(TextWidth("e\xcc\x82\xcc\x81", 10), TextWidth("e", 10));   // the same letter in three parts
  EXPECT_GT(TextWidth("ư", 10), TextWidth("u", 10));
  // A cut never parts a letter from its marks.
  std::string marks;
  for (int i = 0; i < 40; ++i) marks += "e\xcc\x82\xcc\x81";
  const std::string cut = LinesWithin(marks, 100, 10, false, 1)[0];
  EXPECT_EQ((cut.size() - std::string_view("…").size()) % 5, 0u);
}

Timeline Large(size_t tasks) {
  Timeline timeline = Every();
  timeline.rows.clear();
  for (size_t i = 0; i < tasks; ++i) {
    if (i % 50 == 0) timeline.rows.push_back(Section(fmt::to_string(i / 50 + 1), "Nhóm nhiệm vụ"));
    timeline.rows.push_back(Task(fmt::format("việc_{}", i), fmt::to_string(i), static_cast<TimelineClass>(i % 6), "2026-01-05", "2026-10-10"));
    timeline.rows.back().title = "Triển khai, đánh giá kết quả chuyển đổi số trên địa bàn phường đợt " + fmt::to_string(i);
  }
  return timeline;
}

TEST(TimelineScale, CostGrowsWithTheRows) {
  const auto cost = [](size_t tasks) {
    const Timeline timeline = Large(tasks);
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const size_t bytes = TimelineAsSvg(timeline, kVi).size() + TimelineAsText(timeline, {.width = 100}).size();
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      EXPECT_GT(bytes, tasks * 200);
      EXPECT_LT(bytes, tasks * 4000);
      best = std::min(best, took.count());
    }
    return best;
  };
  const double small = cost(1000), large = cost(10000);
  RecordProperty("milliseconds_of_10000", static_cast<int>(large * 1000));
  EXPECT_LT(large, small * 10 * 3);   // a quadratic step would give a hundredfold
  EXPECT_EQ(TaskCounts(ReadXml(TimelineAsSvg(Large(400), kVi))).size(), 400u);
}

}  // namespace
}  // namespace ordo::report

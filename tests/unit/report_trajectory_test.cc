// Renderers of trajectories against hand-made ones; drawings are read back with a parser and measured.
#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "runtime/base/unicode.h"
#include "runtime/report/text_width.h"
#include "runtime/report/trajectory.h"
#include "runtime/report/trajectory_scale.h"
#include "support/xml_reader.h"

namespace ordo::report {
namespace {

using testing::ReadXml;
using testing::XmlDocument;
using testing::XmlElement;

constexpr Language kVi = Language::kVietnamese;

Date Day(std::string_view iso) { return *ParseIsoDate(iso); }
Decimal Number(std::string_view digits) { return *Decimal::Parse(digits, Language::kEnglish); }

TrajectoryPoint Point(std::string_view day, std::string_view value, std::string text = {}, bool strive = false, bool at_most = false) {
  TrajectoryPoint point;
  point.day = Day(day);
  point.value = Number(value);
  point.text = std::move(text);
  point.strive = strive;
  point.at_most = at_most;
  return point;
}

Trajectory Target(std::string id, std::string measure, std::vector<TrajectoryPoint> required) {
  Trajectory trajectory;
  trajectory.number = id;
  trajectory.title = "Chỉ tiêu " + id;
  trajectory.id = std::move(id);
  trajectory.percent = measure == "%";
  trajectory.measure = std::move(measure);
  trajectory.group = "a. Hạ tầng";
  trajectory.required = std::move(required);
  return trajectory;
}

// One trajectory a case.
Trajectories Every() {
  Trajectories all;
  all.title = "Kế hoạch số 57";
  all.as_of = Day("2026-06-30");
  auto& list = all.all;
  list.push_back(Target("phần_trăm", "%", {Point("2025-12-31", "0.8", "≥ 80%"), Point("2030-12-31", "1", "100%")}));
  list.back().baseline = Point("2024-12-31", "0.625", "62,5%");
  list.back().measured = {Point("2025-09-30", "0.7", "70%"), Point("2026-03-31", "0.78", "78%")};
  list.back().state = "chậm so với lộ trình";
  list.back().state_id = "behind";
  list.back().lead = "Phòng A";
  list.push_back(Target("số_đếm", "sáng kiến", {Point("2025-12-31", "2", "2", true), Point("2030-12-31", "2", "2 mỗi năm", true),
                                                Point("2035-12-31", "3", "3 mỗi năm", true)}));
  list.back().state = "chưa có số đo";
  list.back().state_id = "unmeasured";
  list.push_back(Target("tiền", "đồng", {Point("2025-12-31", "1500000000"), Point("2030-12-31", "4200000000"),
                                         Point("2030-12-31", "6000000000", "", true)}));
  list.back().baseline = Point("2024-12-31", "900000000");
  list.push_back(Target("thấp_hơn", "%", {Point("2025-12-31", "0.5", "≤ 50%", false, true), Point("2030-12-31", "0.2", "≤ 20%", false, true)}));
  list.back().lower_is_better = true;
  list.back().baseline = Point("2024-12-31", "0.8", "80%");
  list.back().measured = {Point("2025-12-31", "0.55", "55%")};
  list.push_back(Target("một_điểm", "", {Point("2030-12-31", "0.7", "> 0,7")}));
  list.back().group = "b. Nguồn lực";
  list.push_back(Target("mâu_thuẫn", "%", {Point("2030-12-31", "0.9", "90%"), Point("2040-12-31", "0.97", "97%"),
                                           Point("2040-12-31", "1", "100%"), Point("2045-12-31", "1", "100%")}));
  list.back().group = "b. Nguồn lực";
  list.push_back(Target("khoảng", "%", {Point("2040-12-31", "0.8", "80% - 90%"), Point("2045-12-31", "0.95", "≥ 95%")}));
  list.back().required[0].most = Number("0.9");
  list.back().group = "b. Nguồn lực";
  return all;
}

struct PanelRead {
  std::string id;
  double left = 0, top = 0, right = 0, bottom = 0;   // of the plot
  std::vector<const XmlElement*> parts;
  std::vector<const XmlElement*> OfClass(const std::string& name) const {
    std::vector<const XmlElement*> found;
    for (const XmlElement* part : parts) {
      if (const auto style = part->attributes.find("class"); style != part->attributes.end() && style->second == name) found.push_back(part);
    }
    return found;
  }
};

std::vector<PanelRead> PanelsOf(const XmlDocument& document) {
  std::vector<PanelRead> panels;
  std::map<size_t, size_t> index;
  for (size_t i = 0; i < document.elements.size(); ++i) {
    const XmlElement& element = document.elements[i];
    if (const auto id = element.attributes.find("data-id"); id != element.attributes.end()) {
      index[i] = panels.size();
      panels.push_back({id->second, 0, 0, 0, 0, {}});
    } else if (const auto panel = index.find(element.parent); panel != index.end()) {
      PanelRead& read = panels[panel->second];
      read.parts.push_back(&element);
      if (element.name != "rect" || element.attributes.at("class") != "plot" || read.right > 0) continue;
      read.left = element.Number("x");
      read.top = element.Number("y");
      read.right = read.left + element.Number("width");
      read.bottom = read.top + element.Number("height");
    }
  }
  return panels;
}

// Commands of a path with their numbers.
std::vector<std::pair<char, std::vector<double>>> Commands(const std::string& d) {
  std::vector<std::pair<char, std::vector<double>>> commands;
  for (size_t i = 0; i < d.size();) {
    if (std::isalpha(static_cast<unsigned char>(d[i]))) {
      commands.push_back({d[i++], {}});
    } else if (d[i] == ' ') {
      ++i;
    } else {
      size_t used = 0;
      commands.back().second.push_back(std::stod(d.substr(i, 24), &used));
      i += used;
    }
  }
  return commands;
}

struct Mark {
  double x, y;
};
Mark MarkOf(const XmlElement& element) {
  if (element.name == "circle") return {element.Number("cx"), element.Number("cy")};
  if (element.name == "rect") return {element.Number("x") + element.Number("width") / 2, element.Number("y") + element.Number("height") / 2};
  const auto commands = Commands(element.attributes.at("d"));
  const auto& start = commands[0].second;
  return commands[1].first == 'h' ? Mark{start[0] + 6, start[1] + 5} : Mark{start[0] + 6, start[1]};
}

// Every mark inside its plot; no text over another text of the panel, as far as an estimate of widths goes.
void ExpectSound(const Trajectories& trajectories, Language language) {
  const XmlDocument document = ReadXml(TrajectoriesAsSvg(trajectories, language));
  ASSERT_EQ(document.error, "");
  const std::vector<PanelRead> panels = PanelsOf(document);
  ASSERT_EQ(panels.size(), trajectories.all.size());
  struct Box {
    double left, top, right, bottom;
    std::string text;
  };
  for (const PanelRead& panel : panels) {
    ASSERT_GT(panel.right, panel.left);
    for (const char* style : {"need", "hope", "dot", "base"}) {
      for (const XmlElement* element : panel.OfClass(style)) {
        const Mark mark = MarkOf(*element);
        EXPECT_GE(mark.x, panel.left - 0.11) << panel.id;
        EXPECT_LE(mark.x, panel.right + 0.11) << panel.id;
        EXPECT_GE(mark.y, panel.top - 0.11) << panel.id;
        EXPECT_LE(mark.y, panel.bottom + 0.11) << panel.id;
      }
    }
    const XmlElement* card = panel.OfClass("card").at(0);
    std::vector<Box> boxes;
    for (const XmlElement* part : panel.parts) {
      if (part->name != "text") continue;
      const std::string style = " " + part->attributes.at("class") + " ";
      const double size = style.find(" h3 ") != std::string::npos ? 12.5 : 11;
      const bool bold = style.find(" b ") != std::string::npos || style.find(" v ") != std::string::npos;
      const double wide = TextWidth(part->text, size, bold);
      double left = part->Number("x");
      if (style.find(" m ") != std::string::npos) left -= wide / 2;
      if (style.find(" e ") != std::string::npos) left -= wide;
      const Box box{left, part->Number("y") - 0.72 * size, left + wide, part->Number("y") + 0.2 * size, part->text};
      EXPECT_GE(box.left, card->Number("x")) << box.text;
      EXPECT_LE(box.right, card->Number("x") + card->Number("width")) << box.text;
      for (const Box& other : boxes) {
        EXPECT_FALSE(box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)
            << panel.id << ": «" << box.text << "» over «" << other.text << "»";
      }
      boxes.push_back(box);
    }
  }
}

TEST(TrajectorySvg, MarksAndTextsStandWhereTheyBelong) {
  for (const Path path : {Path::kStep, Path::kLinear}) {
    Trajectories all = Every();
    all.path = path;
    for (const size_t count : {7u, 4u, 1u}) {
      all.all.resize(count);
      ExpectSound(all, kVi);
      ExpectSound(all, Language::kEnglish);
    }
  }
}

TEST(TrajectorySvg, ALaterDayIsFurtherRightAndMoreIsHigher) {
  Trajectories all;
  std::vector<TrajectoryPoint> points;
  for (int i = 0; i < 20; ++i) points.push_back(Point(fmt::format("{}-12-31", 2025 + i), fmt::to_string(i * i + 1)));
  all.all.push_back(Target("tăng", "hồ sơ", points));
  const XmlDocument document = ReadXml(TrajectoriesAsSvg(all, kVi));
  ASSERT_EQ(document.error, "");
  const auto marks = PanelsOf(document).at(0).OfClass("need");
  ASSERT_EQ(marks.size(), 20u);
  for (size_t i = 1; i < marks.size(); ++i) {
    EXPECT_GT(MarkOf(*marks[i]).x, MarkOf(*marks[i - 1]).x);
    EXPECT_LT(MarkOf(*marks[i]).y, MarkOf(*marks[i - 1]).y);
  }
  // Years are as far apart as their days; values as their differences.
  const double year = MarkOf(*marks[1]).x - MarkOf(*marks[0]).x;
  EXPECT_NEAR(MarkOf(*marks[19]).x - MarkOf(*marks[0]).x, 19 * year, year * 0.05);
  const double unit = (MarkOf(*marks[0]).y - MarkOf(*marks[19]).y) / 361;
  for (int i = 1; i < 19; ++i) EXPECT_NEAR(MarkOf(*marks[0]).y - MarkOf(*marks[i]).y, unit * i * i, 0.3);
}

TEST(TrajectorySvg, PanelsShareTheirDays) {
  const XmlDocument document = ReadXml(TrajectoriesAsSvg(Every(), kVi));
  ASSERT_EQ(document.error, "");
  std::set<int> places;
  for (const PanelRead& panel : PanelsOf(document)) {
    const auto line = panel.OfClass("asof");
    ASSERT_EQ(line.size(), 1u) << panel.id;
    places.insert(static_cast<int>(std::lround((Commands(line[0]->attributes.at("d"))[0].second[0] - panel.left) * 4)));
  }
  EXPECT_LE(places.size(), 2u);   // a quarter of a unit for rounding
}

TEST(TrajectorySvg, TheStaircaseJumpsAtTheHorizonAndEndsThere) {
  const XmlDocument document = ReadXml(TrajectoriesAsSvg(Every(), kVi));
  ASSERT_EQ(document.error, "");
  const PanelRead panel = PanelsOf(document).at(0);
  const auto paths = panel.OfClass("must");
  ASSERT_EQ(paths.size(), 1u);
  const auto marks = panel.OfClass("need");
  ASSERT_EQ(marks.size(), 2u);
  double right = 0;
  std::set<long> jumps;
  double x = 0;
  for (const auto& [command, numbers] : Commands(paths[0]->attributes.at("d"))) {
    ASSERT_NE(std::string_view("MHV").find(command), std::string_view::npos) << command;
    if (command != 'V') x = numbers[0];
    else jumps.insert(std::lround(x * 10));
    right = std::max(right, x);
  }
  EXPECT_EQ(jumps, (std::set<long>{std::lround(MarkOf(*marks[0]).x * 10), std::lround(MarkOf(*marks[1]).x * 10)}));
  EXPECT_NEAR(right, MarkOf(*marks[1]).x, 0.11);   // nothing is drawn after the last horizon
  EXPECT_EQ(panel.OfClass("base").size(), 1u);
  EXPECT_EQ(panel.OfClass("dot").size(), 2u);
  // What was measured ends at its last point.
  const auto been = Commands(panel.OfClass("been").at(0)->attributes.at("d"));
  EXPECT_NEAR(been.back().second[0], MarkOf(*panel.OfClass("dot")[1]).x, 0.11);
}

TEST(TrajectorySvg, TheLinearPathIsStraight) {
  Trajectories all = Every();
  all.path = Path::kLinear;
  const XmlDocument document = ReadXml(TrajectoriesAsSvg(all, kVi));
  ASSERT_EQ(document.error, "");
  const PanelRead panel = PanelsOf(document).at(0);
  const auto commands = Commands(panel.OfClass("must").at(0)->attributes.at("d"));
  ASSERT_EQ(commands.size(), 4u);   // from the baseline to the first horizon, from there to the second
  const auto base = MarkOf(*panel.OfClass("base").at(0));
  EXPECT_NEAR(commands[0].second[0], base.x, 0.11);
  EXPECT_NEAR(commands[0].second[1], base.y, 0.11);
  EXPECT_EQ(commands[1].second, commands[2].second);
  EXPECT_EQ(commands[3].first, 'L');
}

TEST(TrajectorySvg, SortsOfValuesHaveShapesOfTheirOwn) {
  const XmlDocument document = ReadXml(TrajectoriesAsSvg(Every(), kVi));
  ASSERT_EQ(document.error, "");
  const auto panels = PanelsOf(document);
  EXPECT_TRUE(panels[1].OfClass("need").empty() && panels[1].OfClass("must").empty());
  EXPECT_EQ(panels[1].OfClass("hope").size(), 3u);
  EXPECT_EQ(panels[1].OfClass("may").size(), 1u);
  EXPECT_EQ(panels[2].OfClass("hope").size(), 1u);
  EXPECT_TRUE(panels[2].OfClass("clash").empty());   // owed and striven for are no contradiction
  EXPECT_EQ(panels[3].OfClass("need").at(0)->name, "path");
  EXPECT_EQ(panels[3].OfClass("arrow").size(), 1u);
  EXPECT_TRUE(panels[4].OfClass("must").empty());
  EXPECT_EQ(panels[5].OfClass("need").size(), 4u);
  EXPECT_EQ(panels[5].OfClass("clash").size(), 1u);
  EXPECT_EQ(panels[6].OfClass("range").size(), 1u);
}

TEST(TrajectorySvg, TheLegendListsOnlyWhatOccurs) {
  const std::string all = TrajectoriesAsSvg(Every(), kVi);
  for (const char* word : {">giá trị phải đạt<", ">giá trị phấn đấu<", ">mức không được vượt quá<", ">trong khoảng hai giá trị<",
                           ">một mốc có các giá trị khác nhau<", ">hiện trạng<", ">số đo được<", ">ngày xem xét<"}) {
    EXPECT_NE(all.find(word), std::string::npos) << word;
  }
  Trajectories few = Every();
  few.as_of.reset();
  few.all = {few.all[4]};
  const std::string one = TrajectoriesAsSvg(few, kVi);
  EXPECT_NE(one.find(">giá trị phải đạt<"), std::string::npos);
  for (const char* word : {"lộ trình: đạt", ">giá trị phấn đấu<", ">mức không được vượt quá<", ">hiện trạng<", ">số đo được<", ">ngày xem xét<"}) {
    EXPECT_EQ(one.find(word), std::string::npos) << word;
  }
}

TEST(TrajectorySvg, TextOfThePlanCannotBecomeMarkup) {
  const std::string evil = "</title></text><script>alert('x')</script>\" onload=\"x\x01\xef\xbf\xbf & <!-- ]]> a";
  Trajectories all = Every();
  all.title = evil;
  for (Trajectory& one : all.all) {
    one.id = one.number = one.title = one.group = one.measure = one.lead = one.state = one.state_id = evil;
    one.percent = false;
    for (TrajectoryPoint& point : one.required) point.text = evil;
    for (TrajectoryPoint& point : one.measured) point.text = evil;
    if (one.baseline) one.baseline->text = evil;
  }
  static const std::set<std::string> kNames = {"svg", "title", "desc", "style", "rect", "path", "text", "g", "circle"};
  for (const Language language : {kVi, Language::kEnglish}) {
    const std::string svg = TrajectoriesAsSvg(all, language);
    const XmlDocument document = ReadXml(svg);
    ASSERT_EQ(document.error, "");
    for (const XmlElement& element : document.elements) {
      EXPECT_TRUE(kNames.contains(element.name)) << element.name;
      EXPECT_FALSE(element.attributes.contains("onload"));
    }
    EXPECT_NE(svg.find("&lt;script&gt;"), std::string::npos);
    const std::string html = TrajectoriesAsHtml(all, language);
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_EQ(html.find("onload=\"x"), std::string::npos);
    for (const char c : TrajectoriesAsText(all, {.width = 80})) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  }
  std::string rest = TrajectoriesAsSvg(all, kVi);
  const std::string name = "xmlns=\"http://www.w3.org/2000/svg\"";
  rest.erase(rest.find(name), name.size());
  for (const std::string_view foreign : {"http", "href", "src=", "@import", "<script", "url("}) {
    EXPECT_EQ(rest.find(foreign), std::string::npos) << foreign;
  }
}

TEST(TrajectorySvg, LongTextsAreCutInThePictureAndWholeInItsTitle) {
  Trajectories all = Every();
  std::string words;
  while (words.size() < 10000) words += "chuyển đổi số ";
  const std::string one_word(10000, 'w');
  for (const std::string& text : {words, one_word}) {
    for (Trajectory& one : all.all) {
      one.title = one.group = one.state = one.measure = one.number = text;
      one.percent = false;
      one.lower_is_better = true;
      for (TrajectoryPoint& point : one.required) point.text = text.substr(0, 500);
    }
    ExpectSound(all, kVi);
    const XmlDocument document = ReadXml(TrajectoriesAsSvg(all, kVi));
    for (const PanelRead& panel : PanelsOf(document)) {
      EXPECT_NE(panel.parts.at(0)->text.find(text), std::string::npos);
      EXPECT_LE(panel.OfClass("h3 b").size(), 2u);
    }
  }
}

TEST(TrajectorySvg, NothingToDraw) {
  Trajectories none;
  for (const auto as_of : {std::optional<Date>(), std::optional<Date>(Day("2026-01-01"))}) {
    none.as_of = as_of;
    const std::string svg = TrajectoriesAsSvg(none, kVi);
    EXPECT_EQ(ReadXml(svg).error, "");
    EXPECT_NE(svg.find("Không chỉ tiêu nào có con số ở một mốc"), std::string::npos);
    EXPECT_EQ(TrajectoriesAsHtml(none, kVi).find("<table"), std::string::npos);
    EXPECT_NE(TrajectoriesAsText(none, {}).find("Không chỉ tiêu nào"), std::string::npos);
    EXPECT_TRUE(nlohmann::json::parse(TrajectoriesAsJson(none, SourceSet()))["trajectories"].empty());
  }
  none.all.push_back(Target("trống", "", {}));   // a target without any value
  ExpectSound(none, kVi);
}

TEST(TrajectorySvg, OddDaysAndValues) {
  Trajectories all;
  all.as_of = Day("2026-06-30");
  all.all.push_back(Target("xa", "hồ sơ", {Point("0001-01-01", "1"), Point("9999-12-31", "36028797018963967")}));
  all.all.push_back(Target("bằng_nhau", "hồ sơ", {Point("2025-12-31", "7"), Point("2030-12-31", "7")}));
  all.all.push_back(Target("không", "hồ sơ", {Point("2025-12-31", "0"), Point("2030-12-31", "0")}));
  all.all.push_back(Target("không_phần_trăm", "%", {Point("2025-12-31", "0")}));
  all.all.push_back(Target("nhỏ", "", {Point("2025-12-31", "0.000000000000001")}));
  all.all.push_back(Target("vượt", "%", {Point("2025-12-31", "1.2"), Point("2030-12-31", "3.5")}));
  all.all.push_back(Target("âm", "%", {Point("2025-12-31", "0.1"), Point("2025-12-31", "0.2")}));
  all.all.back().measured = {Point("2026-01-01", "0.05")};
  all.all.back().measured[0].value = Number("0.05").Negated();
  all.all.push_back(Target("ngược", "hồ sơ", {Point("2025-12-31", "5")}));
  all.all.back().baseline = Point("2030-12-31", "1");   // after the horizon: it leads nowhere
  ExpectSound(all, kVi);
  const XmlDocument document = ReadXml(TrajectoriesAsSvg(all, kVi));
  EXPECT_TRUE(PanelsOf(document).back().OfClass("must").empty());
  all.all = {all.all[2]};
  all.all[0].required.resize(1);   // one day in all
  all.as_of.reset();
  ExpectSound(all, kVi);
  // A day of review far away is told, not drawn.
  all.as_of = Day("2090-01-01");
  const std::string svg = TrajectoriesAsSvg(all, kVi);
  EXPECT_NE(svg.find("Ngày 01/01/2090 nằm ngoài biểu này"), std::string::npos);
  EXPECT_EQ(svg.find("class=\"asof\""), std::string::npos);
}

TEST(TrajectoryScale, MarksAreFewAndRound) {
  const auto marks = [](std::string measure, std::vector<std::string> values) {
    Trajectory target = Target("x", std::move(measure), {});
    for (const std::string& value : values) target.required.push_back(Point("2030-12-31", value));
    const ValueScale scale(target, kVi);
    std::string all = scale.unit() + ":";
    for (const ScaleMark& mark : scale.marks()) all += " " + mark.label;
    EXPECT_GE(scale.marks().size(), 2u);
    EXPECT_LE(scale.marks().size(), 4u);
    EXPECT_DOUBLE_EQ(scale.marks().front().place, 0);
    EXPECT_DOUBLE_EQ(scale.marks().back().place, 1);
    return all;
  };
  EXPECT_EQ(marks("%", {"0.03"}), "%: 0% 50% 100%");
  EXPECT_EQ(marks("%", {"1.2"}), "%: 0% 50% 100% 150%");
  EXPECT_EQ(marks("sáng kiến", {"1"}), "sáng kiến: 0 1");
  EXPECT_EQ(marks("sáng kiến", {"2", "3"}), "sáng kiến: 0 1 2 3");
  EXPECT_EQ(marks("sáng kiến", {"20"}), "sáng kiến: 0 10 20");
  EXPECT_EQ(marks("", {"0.7"}), ": 0 0,25 0,5 0,75");
  EXPECT_EQ(marks("đồng", {"1500000000", "6000000000"}), "tỷ đồng: 0 2 4 6");
  EXPECT_EQ(marks("đồng", {"900000000"}), "tỷ đồng: 0 0,5 1");
  EXPECT_EQ(marks("đồng", {"45000000"}), "triệu đồng: 0 20 40 60");
  EXPECT_EQ(marks("hồ sơ", {"0"}), "hồ sơ: 0 1");
  EXPECT_EQ(marks("hồ sơ", {"12000"}), "hồ sơ: 0 5000 10.000 15.000");
}

TEST(TrajectoryHtml, HoldsEveryValueInATable) {
  const std::string html = TrajectoriesAsHtml(Every(), kVi);
  for (const char* text : {"<td>≥ 80%</td>", "<td>62,5% (31/12/2024)</td>", "<td>78% (31/03/2026)</td>", "<td>chậm so với lộ trình</td>",
                           "<th scope=\"col\">Hết 2030</th>", "<td>97%; 100%</td>", "<th scope=\"row\">Chỉ tiêu phần_trăm</th>",
                           "<th scope=\"rowgroup\" colspan=\"11\">a. Hạ tầng</th>", "Tình hình đến 30/06/2026", "2 mỗi năm (phấn đấu)",
                           "@page { size: A4 landscape", "@media screen and (prefers-color-scheme: dark)"}) {
    EXPECT_NE(html.find(text), std::string::npos) << text;
  }
  // Rows have as many cells as the head.
  const size_t head = html.find("<thead>"), body = html.find("<tbody>");
  const auto count = [&](std::string_view what, size_t from, size_t to) {
    size_t times = 0;
    for (size_t at = html.find(what, from); at < to; at = html.find(what, at + 1)) ++times;
    return times;
  };
  EXPECT_EQ(count("<th ", head, body), 11u);
  const size_t row = html.find("<tr><td", body);
  EXPECT_EQ(count("<td", row, html.find("</tr>", row)) + 1, 11u);
}

TEST(TrajectoryHtml, ManyHorizonsStandInOneCell) {
  Trajectories all;
  for (int i = 0; i < 200; ++i) {
    all.all.push_back(Target(fmt::format("x{}", i), "hồ sơ", {Point(fmt::format("{}-06-30", 2025 + i), "1")}));
  }
  const std::string html = TrajectoriesAsHtml(all, kVi);
  EXPECT_NE(html.find("<td>30/06/2100: 1</td>"), std::string::npos);
  EXPECT_NE(html.find(">Giá trị theo mốc<"), std::string::npos);
}

TEST(TrajectoryJson, HoldsEveryMember) {
  SourceSet sources;
  const FileId file = sources.Add("plan.ordo", "một\nhai\nba\n");
  Trajectories all = Every();
  all.all[0].at = all.all[0].required[1].at = {file, static_cast<uint32_t>(std::string("một\n").size()), static_cast<uint32_t>(std::string("một\nhai").size())};
  const auto json = nlohmann::json::parse(TrajectoriesAsJson(all, sources));
  EXPECT_EQ(json["schema"], "ordo/trajectories/1");
  EXPECT_EQ(json["path"], "step");
  EXPECT_EQ(json["as_of"], "2026-06-30");
  const auto& one = json["trajectories"][0];
  EXPECT_EQ(one["id"], "phần_trăm");
  EXPECT_EQ(one["baseline"]["value"], "0.625");
  EXPECT_EQ(one["required"][0]["day"], "2025-12-31");
  EXPECT_EQ(one["required"][0]["text"], "≥ 80%");
  EXPECT_EQ(one["required"][0]["at"], nullptr);
  EXPECT_EQ(one["required"][1]["at"]["file"], "plan.ordo");
  EXPECT_EQ(one["required"][1]["at"]["line"], 2);
  EXPECT_EQ(one["measured"][1]["value"], "0.78");
  EXPECT_EQ(one["state"], "behind");
  EXPECT_EQ(json["trajectories"][2]["required"][2]["value"], "6000000000");
  EXPECT_EQ(json["trajectories"][2]["required"][2]["strive"], true);
  EXPECT_EQ(json["trajectories"][2]["state"], nullptr);
  EXPECT_EQ(json["trajectories"][3]["lower_is_better"], true);
  EXPECT_EQ(json["trajectories"][3]["required"][0]["at_most"], true);
  EXPECT_EQ(json["trajectories"][6]["required"][0]["most"], "0.9");
}

TEST(TrajectoryText, EverySign) {
  Trajectories all = Every();
  all.all = {all.all[0], all.all[1], all.all[3], all.all[6]};
  EXPECT_EQ(TrajectoriesAsText(all, {.width = 60}), R"(BIỂU LỘ TRÌNH CHỈ TIÊU
Kế hoạch số 57
Tính đến 30/06/2026

a. Hạ tầng

phần_trăm. Chỉ tiêu phần_trăm
  Đơn vị tính: %
  Chủ trì: Phòng A
  Hiện trạng: 62,5% (31/12/2024)
  Giá trị theo mốc: hết 2025: ≥ 80%; hết 2030: 100%
  Số đo gần nhất: 78% (31/03/2026)
  Tình hình: ! chậm so với lộ trình
  0% ▕▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓◆▓▓▓▓▓▓▓●■░░░░░░░░■▏ 100%

số_đếm. Chỉ tiêu số_đếm
  Đơn vị tính: sáng kiến
  Giá trị theo mốc: hết 2025: 2 (phấn đấu); hết 2030: 2 mỗi
  năm (phấn đấu); hết 2035: 3 mỗi năm (phấn đấu)
  Tình hình: – chưa có số đo
  0 ▕░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░□░░░░░░░░░░░░░░░░□▏ 3

thấp_hơn. Chỉ tiêu thấp_hơn
  Đơn vị tính: %; thấp hơn là tốt hơn
  Hiện trạng: 80% (31/12/2024)
  Giá trị theo mốc: hết 2025: ≤ 50%; hết 2030: ≤ 20%
  Số đo gần nhất: 55% (31/12/2025)
  0% ▕▓▓▓▓▓▓▓▓▓▓▓▓▼▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▼▓▓●░░░░░░░░░░░░░░◆▏ 80%

b. Nguồn lực

khoảng. Chỉ tiêu khoảng
  Đơn vị tính: %
  Giá trị theo mốc: hết 2040: 80% - 90%; hết 2045: ≥ 95%
  0% ▕░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░■─────░░■▏ 95%

■ giá trị phải đạt   □ giá trị phấn đấu
▼ mức không được vượt quá   ── trong khoảng hai giá trị
◆ hiện trạng   ▓▓● số đo gần nhất
)");
}

TEST(TrajectoryText, FitsTheWidthAndColourOnlyRepeats) {
  Trajectories all = Every();
  for (Trajectory& one : all.all) one.title += " – tổ chức, triển khai 数字化 e\xcc\x82\xcc\x81 đánh giá kết quả thực hiện trên địa bàn phường";
  for (const size_t width : {40, 60, 80, 100, 161}) {
    const std::string plain = TrajectoriesAsText(all, {.width = width});
    for (size_t begin = 0; begin < plain.size();) {
      const size_t end = plain.find('\n', begin);
      EXPECT_LE(DisplayWidth(std::string_view(plain).substr(begin, end - begin)), width) << plain.substr(begin, end - begin);
      begin = end + 1;
    }
    std::string coloured = TrajectoriesAsText(all, {.width = width, .color = true});
    EXPECT_NE(coloured, plain);
    for (size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b', at)) {
      coloured.erase(at, coloured.find('m', at) + 1 - at);
    }
    EXPECT_EQ(coloured, plain);
  }
}

Trajectories Large(size_t targets) {
  const Trajectories every = Every();
  Trajectories all = every;
  all.all.clear();
  for (size_t i = 0; i < targets; ++i) {
    all.all.push_back(every.all[i % every.all.size()]);
    all.all.back().id = fmt::format("ct_{}", i);
    all.all.back().group = fmt::format("Nhóm {}", i / 50);
    all.all.back().required.back().day = all.all.back().required.back().day.PlusDays(static_cast<int>(i % 300));
  }
  return all;
}

TEST(TrajectoryGrowth, TheSameInTheSameOut) {
  const Trajectories all = Large(200);
  const std::string svg = TrajectoriesAsSvg(all, kVi);
  EXPECT_EQ(svg, TrajectoriesAsSvg(all, kVi));
  EXPECT_EQ(TrajectoriesAsHtml(all, kVi), TrajectoriesAsHtml(all, kVi));
  EXPECT_EQ(TrajectoriesAsText(all, {}), TrajectoriesAsText(all, {}));
  EXPECT_EQ(PanelsOf(ReadXml(svg)).size(), 200u);
  ExpectSound(all, kVi);
}

TEST(TrajectoryGrowth, CostGrowsWithTheTargetsAndTheirPoints) {
  const auto cost = [](const Trajectories& all) {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const size_t bytes = TrajectoriesAsSvg(all, kVi).size() + TrajectoriesAsHtml(all, kVi).size() +
                           TrajectoriesAsJson(all, SourceSet()).size() + TrajectoriesAsText(all, {}).size();
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      EXPECT_GT(bytes, 1000u);
      best = std::min(best, took.count());
    }
    return best;
  };
  EXPECT_LT(cost(Large(2000)), cost(Large(200)) * 10 * 3);   // a quadratic step would give a hundredfold
  const auto points = [](int count) {
    Trajectories all;
    all.all.push_back(Target("dày", "hồ sơ", {}));
    for (int i = 0; i < count; ++i) {
      TrajectoryPoint point = Point("2025-12-31", fmt::to_string(i % 97));
      all.all[0].measured.push_back(point);
      all.all[0].measured.back().day = point.day.PlusDays(i / 2);
      point.day = point.day.PlusDays(i / 20);   // many of one day
      all.all[0].required.push_back(point);
    }
    return all;
  };
  EXPECT_LT(cost(points(20000)), cost(points(2000)) * 10 * 3);
}

}  // namespace
}  // namespace ordo::report

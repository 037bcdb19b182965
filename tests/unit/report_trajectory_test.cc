// Pictures of trajectories made by hand, read back with a parser and measured.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <set>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "support/trajectory_reader.h"

namespace ordo::report {
namespace {

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
    if (command != 'V') {
      x = numbers[0];
    } else {
      ASSERT_LT(jumps.size(), marks.size());
      EXPECT_NEAR(numbers[0], MarkOf(*marks[jumps.size()]).y, 0.11);   // up to the required value
      jumps.insert(std::lround(x * 10));
    }
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
  for (const char* word : {"lộ trình: đạt", ">giá trị phấn đấu<", ">mức không được vượt quá<", ">hiện trạng<",
                           ">số đo được<", ">ngày xem xét<"}) {
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

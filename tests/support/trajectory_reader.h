// Trajectories made by hand, one a case, and what tests read back out of their drawings: the parts of each panel, marks and the
// commands of paths. In: a drawing; out: places in its units. `ExpectSound` holds for every drawing: marks inside their plot, no text
// over another, as far as an estimate of widths goes.
#pragma once

#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "runtime/report/text_width.h"
#include "runtime/report/trajectory.h"
#include "support/xml_reader.h"

namespace ordo::report {

using testing::ReadXml;
using testing::XmlDocument;
using testing::XmlElement;

inline constexpr Language kVi = Language::kVietnamese;

inline Date Day(std::string_view iso) { return *ParseIsoDate(iso); }
inline Decimal Number(std::string_view digits) { return *Decimal::Parse(digits, Language::kEnglish); }

inline TrajectoryPoint Point(std::string_view day, std::string_view value, std::string text = {}, bool strive = false,
                             bool at_most = false) {
  TrajectoryPoint point;
  point.day = Day(day);
  point.value = Number(value);
  point.text = std::move(text);
  point.strive = strive;
  point.at_most = at_most;
  return point;
}

inline Trajectory Target(std::string id, std::string measure, std::vector<TrajectoryPoint> required) {
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
inline Trajectories Every() {
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
  list.push_back(Target("thấp_hơn", "%", {Point("2025-12-31", "0.5", "≤ 50%", false, true),
                                          Point("2030-12-31", "0.2", "≤ 20%", false, true)}));
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

inline Trajectories Large(size_t targets) {
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

struct PanelRead {
  std::string id;
  double left = 0, top = 0, right = 0, bottom = 0;   // of the plot
  std::vector<const XmlElement*> parts;
  std::vector<const XmlElement*> OfClass(const std::string& name) const {
    std::vector<const XmlElement*> found;
    for (const XmlElement* part : parts) {
      const auto style = part->attributes.find("class");
      if (style != part->attributes.end() && style->second == name) found.push_back(part);
    }
    return found;
  }
};

inline std::vector<PanelRead> PanelsOf(const XmlDocument& document) {
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
inline std::vector<std::pair<char, std::vector<double>>> Commands(const std::string& d) {
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
inline Mark MarkOf(const XmlElement& element) {
  if (element.name == "circle") return {element.Number("cx"), element.Number("cy")};
  if (element.name == "rect") {
    return {element.Number("x") + element.Number("width") / 2, element.Number("y") + element.Number("height") / 2};
  }
  const auto commands = Commands(element.attributes.at("d"));
  const auto& start = commands[0].second;
  return commands[1].first == 'h' ? Mark{start[0] + 6, start[1] + 5} : Mark{start[0] + 6, start[1]};
}

inline void ExpectSound(const Trajectories& trajectories, Language language) {
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

}  // namespace ordo::report

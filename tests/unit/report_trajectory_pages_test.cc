// Scales, pages, JSON and terminal text of trajectories made by hand.
#include <gtest/gtest.h>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "runtime/base/unicode.h"
#include "runtime/report/trajectory_scale.h"
#include "support/trajectory_reader.h"

namespace ordo::report {
namespace {

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
  EXPECT_EQ(marks("%", {"0.03"}), "%: 0% 1% 2% 3%") << "the whole would leave it flat on the ground";
  EXPECT_EQ(marks("%", {"0.5"}), "%: 0% 50% 100%");
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
  for (const char* text : {"<td>≥ 80%</td>", "<td>62,5% (31/12/2024)</td>", "<td>78% (31/03/2026)</td>",
                           "<td>chậm so với lộ trình</td>",
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
  const auto begin = static_cast<uint32_t>(sources.file(file).text().find("hai"));
  all.all[0].at = all.all[0].required[1].at = {file, begin, begin + 3};
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
  for (Trajectory& one : all.all) {
    one.title += " – tổ chức, triển khai 数字化 e\xcc\x82\xcc\x81 đánh giá kết quả thực hiện trên địa bàn phường";
  }
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

}  // namespace
}  // namespace ordo::report

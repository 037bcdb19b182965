// One panel of a trajectory chart as SVG: title, state, axes, the required path, what was measured, labels where there is room.
// In: a trajectory, the shared axis of days, and where the panel stands; out: elements, escaped, in units of the picture. A label is
// left out rather than laid over a mark or another label; its value still stands in the title of its mark. Linear in the points.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/report/render_trajectory.h"
#include "runtime/report/trajectory_scale.h"

namespace ordo::report {

inline constexpr double kPanelPad = 10;
inline constexpr double kPanelTitleSize = 12.5, kPanelTitleLine = 15.5;
inline constexpr double kPanelTextSize = 11;

struct PanelFrame {
  double x = 0, y = 0, width = 0;
  double plot_high = 0;
  bool top_line = false;      // numbers or states stand over the titles of this row
  size_t title_lines = 1;     // as many as the longest title of this row has
  double height() const {
    return 8 + (top_line ? 22 : 0) + kPanelTitleLine * static_cast<double>(title_lines) + 17 + 20 + plot_high + 30;
  }
};

// Elements of SVG, added to a text.
class Pen {
 public:
  explicit Pen(std::string& out) : out_(out) {}
  void Text(double x, double y, std::string_view style, std::string_view text);
  void Rect(double x, double y, double width, double height, std::string_view style, std::string_view tip = {});
  void Path(std::string_view style, std::string_view d, std::string_view tip = {});
  void Circle(double x, double y, double r, std::string_view style, std::string_view tip = {});
  void Diamond(double x, double y, double r, std::string_view style, std::string_view tip = {});
  // A required value: a square, or a triangle that points down for an upper bound; filled if owed, hollow if striven for.
  void Required(double x, double y, bool strive, bool at_most, std::string_view tip = {});
  void Measured(double x, double y, bool last, std::string_view tip = {});
  void Range(double x, double low, double high, std::string_view tip = {});
  void Clash(double x, double low, double high, std::string_view tip = {});

 private:
  void Close(std::string_view tip, std::string_view element);
  std::string& out_;
};

void DrawPanel(const Trajectory& trajectory, const Trajectories& all, const DayScale& days, const PanelFrame& frame, Language language,
               std::string& out);

}  // namespace ordo::report

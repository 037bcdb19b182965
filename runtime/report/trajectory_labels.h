// Where labels of a drawing may stand: a small search beside a point for a place that meets no mark, no other label and no line;
// lines that are only a background may be crossed if nothing else is free. In: the area, boxes and lines that are taken, a point and
// the size of a label; out: a box inside the area, or nothing. The same calls give the same places. Cost: boxes and lines a label.
#pragma once

#include <optional>
#include <vector>

namespace ordo::report {

struct LabelBox {
  double left = 0, top = 0, right = 0, bottom = 0;
  bool Meets(const LabelBox& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

class LabelRoom {
 public:
  explicit LabelRoom(LabelBox area) : area_(area) {}
  void Take(const LabelBox& box) { boxes_.push_back(box); }
  void TakeLine(double x0, double y0, double x1, double y1, bool background = false) {
    lines_.push_back({x0, y0, x1, y1, background});
  }
  // A place for a label of this size beside a mark of radius `reach`; it is taken from then on. `over` tells whether it lies over a
  // line of the background.
  std::optional<LabelBox> Place(double x, double y, double reach, double width, double height, bool& over);

 private:
  struct Line {
    double x0, y0, x1, y1;
    bool background;
  };
  static bool Crosses(const Line& line, const LabelBox& box);
  bool Free(const LabelBox& box, bool background_too) const;

  LabelBox area_;
  std::vector<LabelBox> boxes_;
  std::vector<Line> lines_;
};

}  // namespace ordo::report

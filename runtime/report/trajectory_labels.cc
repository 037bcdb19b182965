#include "runtime/report/trajectory_labels.h"

#include <algorithm>

namespace ordo::report {

std::optional<LabelBox> LabelRoom::Place(double x, double y, double reach, double width, double height, bool& over) {
  for (const double gap : {reach + 2, reach + 11}) {
    // Left edge and upper edge of each place: above, above to the left and right, beside, below.
    const double places[][2] = {{x - width / 2, y - gap - height},
                                {x - width - reach / 2, y - gap - height},
                                {x + reach / 2, y - gap - height},
                                {x + gap, y - height / 2},
                                {x - gap - width, y - height / 2},
                                {x - width / 2, y + gap},
                                {x + reach / 2, y + gap},
                                {x - width - reach / 2, y + gap}};
    for (const bool background_too : {true, false}) {
      for (const auto& place : places) {
        const LabelBox box{place[0], place[1], place[0] + width, place[1] + height};
        if (!Free(box, background_too)) continue;
        Take(box);
        over = !background_too;
        return box;
      }
    }
  }
  return std::nullopt;
}

bool LabelRoom::Free(const LabelBox& box, bool background_too) const {
  if (box.left < area_.left || box.right > area_.right || box.top < area_.top || box.bottom > area_.bottom) return false;
  if (std::any_of(boxes_.begin(), boxes_.end(), [&](const LabelBox& taken) { return taken.Meets(box); })) return false;
  const LabelBox inner{box.left - 1, box.top + 1.5, box.right + 1, box.bottom - 0.5};   // letters do not fill their box
  return std::none_of(lines_.begin(), lines_.end(), [&](const Line& line) {
    return (background_too || !line.background) && Crosses(line, inner);
  });
}

// The part of a line inside a box (Liang and Barsky).
bool LabelRoom::Crosses(const Line& line, const LabelBox& box) {
  double from = 0, to = 1;
  const auto clip = [&](double start, double move, double low, double high) {
    if (move == 0) return start > low && start < high;
    const double a = (low - start) / move, b = (high - start) / move;
    from = std::max(from, std::min(a, b));
    to = std::min(to, std::max(a, b));
    return from < to;
  };
  return clip(line.x0, line.x1 - line.x0, box.left, box.right) && clip(line.y0, line.y1 - line.y0, box.top, box.bottom) && from < to;
}

}  // namespace ordo::report

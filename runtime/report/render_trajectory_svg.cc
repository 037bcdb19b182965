// The trajectories as a picture of small panels. Every sign has a shape or a dash of its own, so that it reads in black and white;
// colours are those that readers with poor colour sight tell apart. The picture is made of blocks (the head with the legend, then
// rows of panels): stacked they are one SVG, apart they break over the pages of an HTML file. Linear in the points.
#include <algorithm>

#include <fmt/format.h>

#include "runtime/base/markup.h"
#include "runtime/diag/emitter.h"
#include "runtime/report/text_width.h"
#include "runtime/report/trajectory_panel.h"

namespace ordo::report {
namespace {

// Units of the drawing; a page of A4 landscape is about 1200 wide and 800 high, a unit 0.23 mm.
constexpr double kMargin = 24, kLeft = kMargin, kRight = kTrajectoryWide - kMargin, kGap = 16;

class Picture {
 public:
  Picture(const Trajectories& trajectories, Language language)
      : trajectories_(trajectories), language_(language), days_(trajectories), signs_(SignsOf(trajectories)) {
    const size_t count = trajectories.all.size();
    columns_ = count == 1 ? 1 : count <= 4 ? 2 : 3;
    plot_high_ = columns_ == 1 ? 360 : columns_ == 2 ? 170 : 116;
    for (const Trajectory& trajectory : trajectories.all) top_line_ |= !trajectory.number.empty() || !trajectory.state.empty();
  }

  std::vector<TrajectoryBlock> Blocks() {
    Head();
    Rows();
    return std::move(blocks_);
  }

 private:
  bool InSight() const { return trajectories_.as_of && days_.Shows(*trajectories_.as_of); }

  void Centred(Pen& pen, double& y, std::string_view text, double size, double leading, std::string_view style, bool bold,
               size_t most) {
    if (text.empty()) return;
    for (const std::string& line : LinesWithin(text, kRight - kLeft - 120, size, bold, most)) {
      y += leading;
      pen.Text(kTrajectoryWide / 2, y, style, line);
    }
  }

  void Head() {
    TrajectoryBlock& block = blocks_.emplace_back();
    Pen pen(block.body);
    double y = 14;
    Centred(pen, y, Say(Phrase::kTrajectoryHeading, language_), 17, 22, "h1 b m", true, 1);
    Centred(pen, y, trajectories_.title, 14, 19, "h2 b m", true, 4);
    if (trajectories_.as_of) {
      const Phrase phrase = InSight() || days_.empty() ? Phrase::kTimelineAsOf : Phrase::kTimelineAsOfOutside;
      Centred(pen, y, Say(phrase, language_, {trajectories_.as_of->ToString(language_)}), 14, 20, "h2 m", false, 1);
    }
    if (trajectories_.all.empty()) Centred(pen, y, Say(Phrase::kTrajectoryNone, language_), 14, 30, "h2 m", false, 2);
    else Legend(pen, y);
    block.title = TitleOf(trajectories_, language_);
    block.height = y + 12;
  }

  // Only what occurs, in rows that are as wide as the picture.
  void Legend(Pen& pen, double& y) {
    double x = kLeft;
    y += 24;
    const auto item = [&](bool occurs, Phrase phrase, const auto& draw) {
      if (!occurs) return;
      const std::string text = Say(phrase, language_);
      const double wide = 38 + TextWidth(text, kPanelTextSize) + 20;
      if (x + wide > kRight + 20 && x > kLeft) {
        x = kLeft;
        y += 19;
      }
      draw(x + 15, y);
      pen.Text(x + 38, y + 4, "s", text);
      x += wide;
    };
    const bool step = trajectories_.path == Path::kStep;
    const std::string_view line = signs_.owed ? "must" : "may";
    item(signs_.path, step ? Phrase::kTrajectoryStep : Phrase::kTrajectoryLinear, [&](double at, double here) {
      pen.Path(line, fmt::format("M{:.1f} {:.1f}{}", at - 15, here + 5, step ? "h15v-9h15" : "l30 -9"));
    });
    item(signs_.owed, Phrase::kTrajectoryOwed, [&](double at, double here) {
      if (signs_.path) pen.Path("must", fmt::format("M{:.1f} {:.1f}h30", at - 15, here));
      pen.Required(at, here, false, false);
    });
    item(signs_.strive, Phrase::kTrajectoryStrive, [&](double at, double here) {
      if (signs_.path) pen.Path("may", fmt::format("M{:.1f} {:.1f}h30", at - 15, here));
      pen.Required(at, here, true, false);
    });
    item(signs_.at_most, Phrase::kTrajectoryAtMost, [&](double at, double here) { pen.Required(at, here, false, true); });
    item(signs_.range, Phrase::kTrajectoryRange, [&](double at, double here) { pen.Range(at, here + 7, here - 7); });
    item(signs_.clash, Phrase::kTrajectoryClash, [&](double at, double here) {
      pen.Rect(at - 9, here - 8, 18, 16, "clash");
    });
    item(signs_.baseline, Phrase::kTrajectoryBaseline, [&](double at, double here) { pen.Diamond(at, here, 6, "base"); });
    item(signs_.measured, Phrase::kTrajectoryMeasured, [&](double at, double here) {
      pen.Path("been", fmt::format("M{:.1f} {:.1f}l30 -6", at - 15, here + 3));
      pen.Measured(at, here, true);
    });
    item(InSight(), Phrase::kTrajectoryAsOf, [&](double at, double here) {
      pen.Path("asof", fmt::format("M{:.1f} {:.1f}v18", at, here - 9));
    });
    item(true, Phrase::kTrajectoryYears, [&](double at, double here) {
      pen.Path("axis", fmt::format("M{:.1f} {:.1f}h30", at - 15, here - 3));
      pen.Path("tick own", fmt::format("M{:.1f} {:.1f}v7", at, here - 3));
    });
    y += 10;
  }

  void Rows() {
    const double wide = (kRight - kLeft - kGap * static_cast<double>(columns_ - 1)) / static_cast<double>(columns_);
    const auto& all = trajectories_.all;
    for (size_t begin = 0; begin < all.size();) {
      const bool new_group = begin == 0 ? !all[0].group.empty() : all[begin].group != all[begin - 1].group;
      size_t end = begin + 1;
      while (end < all.size() && end - begin < columns_ && all[end].group == all[begin].group) ++end;
      TrajectoryBlock& block = blocks_.emplace_back();
      Pen pen(block.body);
      double y = 4;
      if (new_group) {
        y += 6;
        for (const std::string& line : LinesWithin(all[begin].group, kRight - kLeft, 14, true, 2)) {
          y += 18;
          pen.Text(kLeft, y, "h2 b", line);
        }
        y += 6;
        pen.Path("section", fmt::format("M{:.1f} {:.1f}H{:.1f}", kLeft, y, kRight));
        y += 8;
      }
      PanelFrame frame{kLeft, y, wide, plot_high_, top_line_, 1};
      for (size_t i = begin; i < end; ++i) {
        const auto lines = LinesWithin(all[i].title, wide - 2 * kPanelPad, kPanelTitleSize, true, 2);
        frame.title_lines = std::max(frame.title_lines, lines.size());
      }
      for (size_t i = begin; i < end; ++i) {
        frame.x = kLeft + (wide + kGap) * static_cast<double>(i - begin);
        DrawPanel(all[i], trajectories_, days_, frame, language_, block.body);
        if (!block.title.empty()) block.title += "; ";
        block.title += LabelledTitle(all[i]);
      }
      block.height = y + frame.height() + kGap - 4;
      begin = end;
    }
  }

  const Trajectories& trajectories_;
  const Language language_;
  const DayScale days_;
  const TrajectorySigns signs_;
  size_t columns_ = 3;
  double plot_high_ = 0;
  bool top_line_ = false;
  std::vector<TrajectoryBlock> blocks_;
};

}  // namespace

std::vector<TrajectoryBlock> TrajectoryBlocks(const Trajectories& trajectories, Language language) {
  return Picture(trajectories, language).Blocks();
}

std::string_view TrajectoryStyle() {
  return R"css(
.ordo-trajectory text { font-family: "Segoe UI", "DejaVu Sans Condensed", "Noto Sans", Arial, sans-serif; fill: #1d252d; }
.ordo-trajectory .h1 { font-size: 17px; }
.ordo-trajectory .h2 { font-size: 14px; }
.ordo-trajectory .h3 { font-size: 12.5px; }
.ordo-trajectory .s { font-size: 11px; }
.ordo-trajectory .t { font-size: 11px; fill: #46525e; }
.ordo-trajectory .v { font-size: 11px; font-weight: bold; }
.ordo-trajectory .v { paint-order: stroke; stroke: #ffffff; stroke-width: 2.5px; stroke-linejoin: round; }
.ordo-trajectory .b { font-weight: bold; }
.ordo-trajectory .m { text-anchor: middle; }
.ordo-trajectory .e { text-anchor: end; }
.ordo-trajectory .white { fill: #ffffff; }
.ordo-trajectory .card { fill: #ffffff; stroke: #a8b2bb; stroke-width: 0.9; }
.ordo-trajectory .plot { fill: #f7f9fa; }
.ordo-trajectory .section { fill: none; stroke: #46525e; stroke-width: 1.2; }
.ordo-trajectory .grid { fill: none; stroke: #d9dfe4; stroke-width: 0.8; }
.ordo-trajectory .horizon { fill: none; stroke: #b9c2ca; stroke-width: 0.8; stroke-dasharray: 1.5 2.5; }
.ordo-trajectory .axis { fill: none; stroke: #46525e; stroke-width: 1; }
.ordo-trajectory .weak { fill: none; stroke: #7a8894; stroke-width: 0.7; }
.ordo-trajectory .tick { fill: none; stroke: #7a8894; stroke-width: 0.9; }
.ordo-trajectory .own { stroke: #1d252d; stroke-width: 1.3; }
.ordo-trajectory .must { fill: none; stroke: #005a8e; stroke-width: 2.2; }
.ordo-trajectory .may { fill: none; stroke: #005a8e; stroke-width: 1.8; stroke-dasharray: 6 3.5; }
.ordo-trajectory .need { fill: #005a8e; stroke: #ffffff; stroke-width: 0.8; }
.ordo-trajectory .hope { fill: #ffffff; stroke: #005a8e; stroke-width: 1.8; }
.ordo-trajectory .range { fill: none; stroke: #005a8e; stroke-width: 1.6; }
.ordo-trajectory .clash { fill: none; stroke: #a3361f; stroke-width: 1.3; stroke-dasharray: 3 2; }
.ordo-trajectory .been { fill: none; stroke: #d55e00; stroke-width: 1.5; }
.ordo-trajectory .dot { fill: #d55e00; stroke: #ffffff; stroke-width: 0.9; }
.ordo-trajectory .base { fill: #1d252d; stroke: #ffffff; stroke-width: 0.9; }
.ordo-trajectory .asof { fill: none; stroke: #46525e; stroke-width: 1.1; stroke-dasharray: 7 2 1.5 2; }
.ordo-trajectory .arrow { fill: none; stroke: #1d252d; stroke-width: 1.4; }
.ordo-trajectory .need-text { fill: #004a75; }
.ordo-trajectory .been-text { fill: #8a3d00; }
.ordo-trajectory .badge { stroke-width: 1.1; }
.ordo-trajectory .badge.good { fill: #e6f4ee; stroke: #00664b; }
.ordo-trajectory .badge.bad { fill: #fbeae6; stroke: #a3361f; stroke-width: 1.8; }
.ordo-trajectory .badge.open { fill: #f3f5f7; stroke: #6c7883; stroke-dasharray: 3 2; }
.ordo-trajectory .sign { fill: none; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.ordo-trajectory .sign.good { stroke: #00664b; }
.ordo-trajectory .sign.bad { stroke: #a3361f; stroke-width: 2.4; }
.ordo-trajectory .sign.open { stroke: #46525e; stroke-width: 1.4; }
)css";
}

std::string_view TrajectoryDarkStyle() {
  return R"css(
.ordo-trajectory text, .ordo-trajectory .v { fill: #e8ecef; }
.ordo-trajectory .t { fill: #b5c0ca; }
.ordo-trajectory .v { stroke: #1b1f24; }
.ordo-trajectory .white { fill: #16181b; }
.ordo-trajectory .card { fill: #1b1f24; stroke: #6b7077; }
.ordo-trajectory .plot { fill: #22272d; }
.ordo-trajectory .section, .ordo-trajectory .axis, .ordo-trajectory .asof { stroke: #b5c0ca; }
.ordo-trajectory .grid { stroke: #39414a; }
.ordo-trajectory .horizon { stroke: #55606b; }
.ordo-trajectory .own, .ordo-trajectory .arrow { stroke: #e8ecef; }
.ordo-trajectory .must, .ordo-trajectory .may, .ordo-trajectory .range { stroke: #56b4e9; }
.ordo-trajectory .need { fill: #56b4e9; stroke: #1b1f24; }
.ordo-trajectory .hope { fill: #1b1f24; stroke: #56b4e9; }
.ordo-trajectory .clash { stroke: #ff9b85; }
.ordo-trajectory .been { stroke: #e69f00; }
.ordo-trajectory .dot { fill: #e69f00; stroke: #1b1f24; }
.ordo-trajectory .base { fill: #e8ecef; stroke: #1b1f24; }
.ordo-trajectory .need-text { fill: #8fd0f5; }
.ordo-trajectory .been-text { fill: #f3bd4e; }
.ordo-trajectory .badge.good { fill: #12362b; stroke: #4fc49c; }
.ordo-trajectory .badge.bad { fill: #45201a; stroke: #ff9b85; }
.ordo-trajectory .badge.open { fill: #262a2f; stroke: #8a949e; }
.ordo-trajectory .sign.good { stroke: #4fc49c; }
.ordo-trajectory .sign.bad { stroke: #ff9b85; }
.ordo-trajectory .sign.open { stroke: #b5c0ca; }
)css";
}

std::string TrajectoriesAsSvg(const Trajectories& trajectories, Language language) {
  const std::vector<TrajectoryBlock> blocks = TrajectoryBlocks(trajectories, language);
  double height = 10;
  for (const TrajectoryBlock& block : blocks) height += block.height;
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ordo-trajectory\" role=\"img\" "
      "aria-labelledby=\"ordo-title ordo-desc\" xml:lang=\"{0}\" width=\"{1:.0f}\" height=\"{2:.0f}\" "
      "viewBox=\"0 0 {1:.0f} {2:.0f}\">\n<title id=\"ordo-title\">{3}</title>\n<desc id=\"ordo-desc\">{4}</desc>\n"
      "<style>{5}</style>\n<rect width=\"{1:.0f}\" height=\"{2:.0f}\" class=\"white\"/>\n",
      language == Language::kVietnamese ? "vi" : "en", kTrajectoryWide, height, EscapedMarkup(TitleOf(trajectories, language)),
      EscapedMarkup(DescriptionOf(trajectories, language)), TrajectoryStyle());
  double y = 0;
  for (const TrajectoryBlock& block : blocks) {
    fmt::format_to(std::back_inserter(out), "<g transform=\"translate(0 {:.1f})\">\n{}</g>\n", y, block.body);
    y += block.height;
  }
  return out + "</svg>\n";
}

}  // namespace ordo::report

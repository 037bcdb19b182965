#include "runtime/base/markup.h"
#include "runtime/report/trajectory_panel.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/diag/emitter.h"
#include "runtime/report/text_width.h"
#include "runtime/report/trajectory_labels.h"

namespace ordo::report {

void Pen::Close(std::string_view tip, std::string_view element) {
  if (tip.empty()) out_ += "/>";
  else fmt::format_to(std::back_inserter(out_), "><title>{}</title></{}>", EscapedMarkup(tip), element);
}
void Pen::Text(double x, double y, std::string_view style, std::string_view text) {
  if (text.empty()) return;
  fmt::format_to(std::back_inserter(out_), "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>", x, y, style, EscapedMarkup(text));
}
void Pen::Rect(double x, double y, double width, double height, std::string_view style, std::string_view tip) {
  fmt::format_to(std::back_inserter(out_), "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\"", x, y,
                 width, height, style);
  Close(tip, "rect");
}
void Pen::Path(std::string_view style, std::string_view d, std::string_view tip) {
  if (d.empty()) return;
  fmt::format_to(std::back_inserter(out_), "<path class=\"{}\" d=\"{}\"", style, d);
  Close(tip, "path");
}
void Pen::Circle(double x, double y, double r, std::string_view style, std::string_view tip) {
  fmt::format_to(std::back_inserter(out_), "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" class=\"{}\"", x, y, r, style);
  Close(tip, "circle");
}
void Pen::Diamond(double x, double y, double r, std::string_view style, std::string_view tip) {
  Path(style, fmt::format("M{:.1f} {:.1f}l{:.1f} {:.1f}l{:.1f} {:.1f}l{:.1f} {:.1f}z", x - r, y, r, -r, r, r, -r, r), tip);
}
void Pen::Required(double x, double y, bool strive, bool at_most, std::string_view tip) {
  const std::string_view style = strive ? "hope" : "need";
  if (at_most) Path(style, fmt::format("M{:.1f} {:.1f}h12l-6 10.5z", x - 6, y - 5), tip);
  else Rect(x - 4.5, y - 4.5, 9, 9, style, tip);
}
void Pen::Measured(double x, double y, bool last, std::string_view tip) { Circle(x, y, last ? 4.8 : 3.4, "dot", tip); }
void Pen::Range(double x, double low, double high, std::string_view tip) {
  Path("range", fmt::format("M{0:.1f} {2:.1f}h10M{0:.1f} {3:.1f}h10M{1:.1f} {2:.1f}V{3:.1f}", x - 5, x, low, high), tip);
}
void Pen::Clash(double x, double low, double high, std::string_view tip) {
  Rect(x - 9, high - 9, 18, low - high + 18, "clash", tip);
}

namespace {

constexpr double kLeftOfPlot = 58, kRightOfPlot = 16;
constexpr size_t kMostLabels = 14;
constexpr size_t kMostTips = 24;   // horizons told in the title of a panel

class Panel {
 public:
  Panel(const Trajectory& trajectory, const Trajectories& all, const DayScale& days, const PanelFrame& frame, Language language,
        std::string& out)
      : trajectory_(trajectory), all_(all), days_(days), frame_(frame), language_(language), out_(out), pen_(out),
        values_(trajectory, language), stages_(StagesOf(trajectory)), measured_(MeasuredByDay(trajectory)),
        left_(frame.x + kLeftOfPlot), right_(frame.x + frame.width - kRightOfPlot),
        top_(frame.y + frame.height() - 30 - frame.plot_high), bottom_(top_ + frame.plot_high),
        room_({frame.x + kLeftOfPlot + 1, top_ - 17, frame.x + frame.width - 2, bottom_ - 1}) {}

  void Draw() {
    fmt::format_to(std::back_inserter(out_), "<g class=\"panel\" data-id=\"{}\"><title>{}</title>\n", EscapedMarkup(trajectory_.id),
                   Tip());
    pen_.Rect(frame_.x, frame_.y, frame_.width, frame_.height(), "card");
    Head();
    Axes();
    AsOf();
    RequiredPath();
    MeasuredLine();
    Marks();
    Labels();
    out_ += "</g>\n";
  }

 private:
  double X(Date day) const { return left_ + days_.Place(day) * (right_ - left_); }
  double Y(Decimal value) const { return bottom_ - values_.Place(value) * (bottom_ - top_); }
  double Y(const TrajectoryPoint& point) const { return Y(Binding(point, trajectory_)); }
  // Only what comes before the first horizon leads to it.
  bool BaselineLeads() const { return trajectory_.baseline && !stages_.empty() && trajectory_.baseline->day < stages_.front().day; }

  std::string Tip() const {   // escaped; a tooltip keeps its lines
    std::string tip;
    const auto line = [&](const std::string& text) {
      if (text.empty()) return;
      if (!tip.empty()) tip += '\n';
      tip += EscapedMarkup(text);
    };
    const auto named = [&](Phrase phrase, const std::string& text) {
      if (!text.empty()) line(fmt::format("{}: {}", Say(phrase, language_), text));
    };
    line(LabelledTitle(trajectory_));
    named(Phrase::kStatusLead, trajectory_.lead);
    named(Phrase::kTrajectoryUnit, trajectory_.measure);
    named(Phrase::kTrajectoryBaseline, BaselineInWords(trajectory_, language_));
    for (size_t i = 0; i < stages_.size() && i < kMostTips; ++i) line(StageTip(stages_[i]));
    if (stages_.size() > kMostTips) line("…");
    named(Phrase::kTrajectoryLast, LastMeasuredInWords(trajectory_, language_));
    named(Phrase::kTrajectoryState, trajectory_.state);
    return tip;
  }

  std::string StageTip(const Stage& stage) const {
    return fmt::format("{}: {}", HorizonInWords(stage.day, language_), AllValues(stage, trajectory_, language_));
  }

  // --- over the plot ----------------------------------------------------------------------------------------------------------
  void Head() {
    double y = frame_.y + 8;
    const double left = frame_.x + kPanelPad, width = frame_.width - 2 * kPanelPad;
    if (frame_.top_line) {
      const double badge = Badge(y);
      pen_.Text(left, y + 14, "s b", LinesWithin(trajectory_.number, width - badge - 12, kPanelTextSize, true, 1)[0]);
      y += 22;
    }
    for (const std::string& line : LinesWithin(trajectory_.title, width, kPanelTitleSize, true, 2)) {
      y += kPanelTitleLine;
      pen_.Text(left, y - 3, "h3 b", line);
    }
    y = frame_.y + frame_.height() - 30 - frame_.plot_high - 20;
    const std::string better = trajectory_.lower_is_better ? Say(Phrase::kTrajectoryLower, language_) : std::string();
    const double taken = better.empty() ? 0 : TextWidth(better, kPanelTextSize, true) + 26;
    if (!values_.unit().empty()) {
      const std::string unit = fmt::format("{}: {}", Say(Phrase::kTrajectoryUnit, language_), values_.unit());
      pen_.Text(left, y - 5, "t", LinesWithin(unit, width - taken, kPanelTextSize, false, 1)[0]);
    }
    if (better.empty()) return;
    pen_.Text(frame_.x + frame_.width - kPanelPad, y - 5, "s b e", better);
    const double arrow = frame_.x + frame_.width - kPanelPad - taken + 14;
    pen_.Path("arrow", fmt::format("M{:.1f} {:.1f}v9m-3.5 -3.5l3.5 3.5l3.5 -3.5", arrow, y - 13));
  }

  // The state, a sign and its words, at the upper right; gives its width.
  double Badge(double y) {
    if (trajectory_.state.empty()) return 0;
    const std::string text = LinesWithin(trajectory_.state, frame_.width * 0.62, kPanelTextSize, true, 1)[0];
    const double wide = TextWidth(text, kPanelTextSize, true) + 32;
    const double x = frame_.x + frame_.width - kPanelPad - wide + 4;
    const std::string_view id = trajectory_.state_id;
    const bool behind = id == "behind", good = id == "reached" || id == "on_path";
    fmt::format_to(std::back_inserter(out_),
                   "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"18\" rx=\"4\" class=\"{}\"/>", x, y, wide,
                   behind ? "badge bad" : good ? "badge good" : "badge open");
    const std::string_view sign = id == "reached"        ? "M{0:.1f} {2:.1f}l5 -5l5 5M{0:.1f} {1:.1f}l5 -5l5 5"
                                  : id == "on_path"    ? "M{0:.1f} {1:.1f}l3.5 3.5l6.5 -7.5"
                                  : behind             ? "M{3:.1f} {4:.1f}v6.5m0 2.2v1.6"
                                  : id == "unmeasured" ? "M{0:.1f} {1:.1f}h10"
                                                       : "M{3:.1f} {4:.1f}v5h4M{0:.1f} {1:.1f}a5 5 0 1 1 10 0a5 5 0 1 1 -10 0";
    pen_.Path(behind ? "sign bad" : good ? "sign good" : "sign open",
              fmt::format(fmt::runtime(sign), x + 8, y + 9.3 + (id == "reached" ? -0.3 : 0), y + 14, x + 13, behind ? y + 4 : y + 5));
    pen_.Text(x + 24, y + 13, "s b", text);
    return wide;
  }

  // --- axes -------------------------------------------------------------------------------------------------------------------
  void Axes() {
    pen_.Rect(left_, top_, right_ - left_, bottom_ - top_, "plot");
    std::string lines;
    for (const ScaleMark& mark : values_.marks()) {
      const double y = bottom_ - mark.place * (bottom_ - top_);
      fmt::format_to(std::back_inserter(lines), "M{:.1f} {:.1f}H{:.1f}", left_, y, right_);
      pen_.Text(left_ - 6, y + 4, "t e", mark.label);
    }
    pen_.Path("grid", lines);
    // Years and the horizons of other panels are short strokes, one's own are long and go up through the plot.
    std::string years, others, own, up;
    const auto stroke = [&](std::string& path, Date day, double length) {
      fmt::format_to(std::back_inserter(path), "M{:.1f} {:.1f}v{:.1f}", X(day), bottom_, length);
    };
    for (const Date day : days_.years()) stroke(years, day, 3);
    for (const Date day : days_.horizons()) stroke(others, day, 5);
    for (const Stage& stage : stages_) {
      stroke(own, stage.day, 7);
      fmt::format_to(std::back_inserter(up), "M{:.1f} {:.1f}V{:.1f}", X(stage.day), top_, bottom_);
    }
    pen_.Path("horizon", up);
    pen_.Path("weak", years);
    pen_.Path("tick", others);
    pen_.Path("tick own", own);
    pen_.Path("axis", fmt::format("M{:.1f} {:.1f}V{:.1f}H{:.1f}", left_, top_, bottom_, right_));

    // Labels: one's own horizons from both ends, then the baseline, then what the others have, then years.
    std::vector<std::pair<double, double>> taken;
    const auto label = [&](Date day, std::string_view style, bool bold) {
      const std::string text = DayScale::Label(day, language_);
      const double half = TextWidth(text, kPanelTextSize, bold) / 2;
      const double x = std::min(X(day), frame_.x + frame_.width - half - 3);
      for (const auto& [begin, end] : taken) {
        if (x - half - 7 < end && begin < x + half + 7) return;
      }
      taken.emplace_back(x - half, x + half);
      pen_.Text(x, bottom_ + 19, style, text);
    };
    for (size_t i = 0, j = stages_.size(); i < j; ++i) {
      label(stages_[--j].day, "s b m", true);
      if (i < j) label(stages_[i].day, "s b m", true);
    }
    if (trajectory_.baseline) label(trajectory_.baseline->day, "t m", false);
    for (const Date day : days_.horizons()) label(day, "t m", false);
    if (days_.horizons().size() < 4) {
      for (const Date day : days_.years()) label(day, "t m", false);
    }
  }

  void AsOf() {
    if (!all_.as_of || !days_.Shows(*all_.as_of)) return;
    const double x = X(*all_.as_of);
    pen_.Path("asof", fmt::format("M{:.1f} {:.1f}V{:.1f}", x, top_ - 4, bottom_));
    room_.TakeLine(x, top_ - 4, x, bottom_, true);
  }

  // --- the path and what was measured -----------------------------------------------------------------------------------------
  void RequiredPath() {
    std::string owed, strive;
    double x = 0, y = 0;   // where the path stands: at the value that the last horizon left
    const auto move = [&](std::string& path, double from, double at) {
      fmt::format_to(std::back_inserter(path), "M{:.1f} {:.1f}", from, at);
    };
    const auto across = [&](std::string& path, double from, double at, double to) {
      fmt::format_to(std::back_inserter(path), "H{:.1f}", to);
      room_.TakeLine(from, at, to, at);
    };
    const bool step = all_.path == Path::kStep;
    if (BaselineLeads()) {
      x = X(trajectory_.baseline->day);
      y = Y(trajectory_.baseline->value);
      if (step) {
        std::string& path = stages_.front().main->strive ? strive : owed;
        move(path, x, y);
        across(path, x, y, X(stages_.front().day));
      }
    }
    for (size_t i = 0; i < stages_.size(); ++i) {
      const Stage& stage = stages_[i];
      const double here = X(stage.day);
      const bool begins = i == 0 && !BaselineLeads();
      for (const TrajectoryPoint* point : stage.points) {
        std::string& path = point->strive ? strive : owed;
        const double at = Y(*point);
        if (step) {
          if (begins) {
            if (i + 1 < stages_.size()) move(path, here, at);
          } else {
            move(path, here, y);
            fmt::format_to(std::back_inserter(path), "V{:.1f}", at);
            room_.TakeLine(here, y, here, at);
          }
          if (i + 1 < stages_.size()) across(path, here, at, X(stages_[i + 1].day));
        } else if (!begins) {
          move(path, x, y);
          fmt::format_to(std::back_inserter(path), "L{:.1f} {:.1f}", here, at);
          room_.TakeLine(x, y, here, at);
        }
      }
      x = here;
      y = Y(*stage.main);
    }
    pen_.Path("must", owed);
    pen_.Path("may", strive);
  }

  void MeasuredLine() {
    if (measured_.size() < 2) return;
    std::string line;
    for (size_t i = 0; i < measured_.size(); ++i) {
      const double x = X(measured_[i]->day), y = Y(measured_[i]->value);
      fmt::format_to(std::back_inserter(line), "{}{:.1f} {:.1f}", i == 0 ? 'M' : 'L', x, y);
      if (i > 0) room_.TakeLine(X(measured_[i - 1]->day), Y(measured_[i - 1]->value), x, y);
    }
    pen_.Path("been", line);
  }

  void Marks() {
    const auto take = [&](double x, double y, double r) { room_.Take({x - r, y - r, x + r, y + r}); };
    for (const Stage& stage : stages_) {
      const double x = X(stage.day);
      double low = top_, high = bottom_;
      std::vector<const TrajectoryPoint*> points = stage.points;   // what is owed lies over what is striven for
      std::stable_partition(points.begin(), points.end(), [](const auto* point) { return point->strive; });
      for (const TrajectoryPoint* point : points) {
        const std::string text = ValueInWords(*point, trajectory_, language_);
        const std::string tip = fmt::format("{}: {}", HorizonInWords(stage.day, language_),
                                            point->strive ? Say(Phrase::kTrajectoryStriveValue, language_, {text}) : text);
        if (point->most) {
          pen_.Range(x, Y(point->value), Y(*point->most), tip);
          room_.Take({x - 5, Y(*point->most), x + 5, Y(point->value)});
        }
        pen_.Required(x, Y(*point), point->strive, point->at_most, tip);
        take(x, Y(*point), 5);
        low = std::max(low, Y(point->value));
        high = std::min(high, Y(point->most ? *point->most : point->value));
      }
      if (!stage.clash) continue;
      pen_.Clash(x, low, high, fmt::format("{}: {}", Say(Phrase::kTrajectoryClash, language_), StageTip(stage)));
      for (const double side : {x - 9, x + 9}) room_.TakeLine(side, high - 9, side, low + 9);
    }
    if (trajectory_.baseline) {
      const double x = X(trajectory_.baseline->day), y = Y(trajectory_.baseline->value);
      pen_.Diamond(x, y, 6, "base",
                   fmt::format("{}: {}", Say(Phrase::kTrajectoryBaseline, language_), BaselineInWords(trajectory_, language_)));
      take(x, y, 6);
    }
    for (size_t i = 0; i < measured_.size(); ++i) {
      const TrajectoryPoint& point = *measured_[i];
      pen_.Measured(X(point.day), Y(point.value), i + 1 == measured_.size(),
                    fmt::format("{}, {}: {}", Say(Phrase::kTrajectoryMeasured, language_), point.day.ToString(language_),
                                ValueInWords(point, trajectory_, language_)));
      take(X(point.day), Y(point.value), 5);
    }
  }

  // --- labels -----------------------------------------------------------------------------------------------------------------
  void Label(const TrajectoryPoint& point, double y, double reach, std::string_view style) {
    if (labels_ == kMostLabels) return;
    const double most = std::max(110.0, frame_.width / 4);
    const std::string text = LinesWithin(ValueInWords(point, trajectory_, language_), most, kPanelTextSize, true, 1)[0];
    bool over = false;
    const auto box = room_.Place(X(point.day), y, reach, TextWidth(text, kPanelTextSize, true), 13, over);
    if (!box) return;
    ++labels_;
    if (over) pen_.Rect(box->left, box->top, box->right - box->left, 13, "plot");   // the line of the day runs on above and below
    pen_.Text(box->left, box->bottom - 3, style, text);
  }

  void Labels() {
    const auto stage = [&](const Stage& one) {
      for (const TrajectoryPoint* point : one.points) {
        if (labels_ == kMostLabels) return;
        Label(*point, Y(*point), 5, "v need-text");
      }
    };
    if (!measured_.empty()) Label(*measured_.back(), Y(measured_.back()->value), 5, "v been-text");
    if (!stages_.empty()) stage(stages_.back());
    if (stages_.size() > 1) stage(stages_.front());
    if (trajectory_.baseline) Label(*trajectory_.baseline, Y(trajectory_.baseline->value), 6, "v");
    for (size_t i = 1; i + 1 < stages_.size() && i <= kMostLabels; ++i) stage(stages_[i]);
  }

  const Trajectory& trajectory_;
  const Trajectories& all_;
  const DayScale& days_;
  const PanelFrame& frame_;
  const Language language_;
  std::string& out_;
  Pen pen_;
  const ValueScale values_;
  const std::vector<Stage> stages_;
  const std::vector<const TrajectoryPoint*> measured_;
  const double left_, right_, top_, bottom_;
  LabelRoom room_;
  size_t labels_ = 0;
};

}  // namespace

void DrawPanel(const Trajectory& trajectory, const Trajectories& all, const DayScale& days, const PanelFrame& frame, Language language,
               std::string& out) {
  Panel(trajectory, all, days, frame, language, out).Draw();
}

}  // namespace ordo::report

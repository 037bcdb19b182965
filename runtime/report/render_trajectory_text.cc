// The trajectories for a terminal: for each a block of lines and a gauge, one line of block characters from the least to the
// greatest value, filled up to what was measured last, with a sign at every value that is asked. Texts are broken by what the eye
// counts; colour only repeats what signs and words say. Linear in the points.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "runtime/base/unicode.h"
#include "runtime/diag/emitter.h"
#include "runtime/report/render.h"
#include "runtime/report/render_trajectory.h"
#include "runtime/report/text.h"
#include "runtime/report/trajectory_scale.h"

namespace ordo::report {
namespace {

constexpr size_t kIndent = 2;
constexpr size_t kMostGauge = 60;   // columns; a longer line says no more

std::string_view SignOf(const TrajectoryPoint& point) {
  return point.strive ? (point.at_most ? "▽" : "□") : (point.at_most ? "▼" : "■");
}
std::string_view SignOfState(std::string_view id) {
  return id == "reached" ? "▲" : id == "on_path" ? "✓" : id == "behind" ? "!" : id == "unmeasured" ? "–" : "…";
}
std::string_view ColourOfState(std::string_view id) {
  return id == "behind" ? "\x1b[31m" : id == "reached" || id == "on_path" ? "\x1b[32m" : "\x1b[2m";
}
constexpr std::string_view kPlain = "\x1b[0m", kBold = "\x1b[1m";

double AsDouble(Decimal value) { return static_cast<double>(value.mantissa()) / std::pow(10.0, value.scale()); }

class Screen {
 public:
  Screen(const Trajectories& trajectories, const RenderOptions& options)
      : trajectories_(trajectories), options_(options), language_(options.language), width_(std::max<size_t>(options.width, 40)) {}

  std::string Text() {
    Paragraph(Say(Phrase::kTrajectoryHeading, language_), 0, kBold);
    if (!trajectories_.title.empty()) Paragraph(trajectories_.title, 0, kBold);
    if (trajectories_.as_of) Paragraph(Say(Phrase::kTimelineAsOf, language_, {trajectories_.as_of->ToString(language_)}), 0, {});
    if (trajectories_.all.empty()) {
      Paragraph(Say(Phrase::kTrajectoryNone, language_), 0, {});
      return std::move(out_);
    }
    const std::string* group = nullptr;
    for (const Trajectory& trajectory : trajectories_.all) {
      if (!trajectory.group.empty() && (group == nullptr || *group != trajectory.group)) {
        out_ += '\n';
        Paragraph(trajectory.group, 0, kBold);
      }
      group = &trajectory.group;
      Block(trajectory);
    }
    Legend();
    return std::move(out_);
  }

 private:
  void Paragraph(std::string_view text, size_t indent, std::string_view colour) {
    for (const std::string& line : Wrapped(Printable(text), width_ - indent)) {
      out_.append(indent, ' ');
      if (options_.color) out_ += colour;
      out_ += line;
      if (options_.color && !colour.empty()) out_ += kPlain;
      out_ += '\n';
    }
  }
  void Named(Phrase phrase, const std::string& text, std::string_view colour = {}) {
    if (!text.empty()) Paragraph(fmt::format("{}: {}", Capitalised(Say(phrase, language_)), text), kIndent, colour);
  }

  void Block(const Trajectory& trajectory) {
    out_ += '\n';
    Paragraph(LabelledTitle(trajectory), 0, {});
    std::string unit = trajectory.measure;
    if (trajectory.lower_is_better) Append(unit, "; ", Say(Phrase::kTrajectoryLower, language_));
    Named(Phrase::kTrajectoryUnit, unit);
    Named(Phrase::kStatusLead, trajectory.lead);
    Named(Phrase::kTrajectoryBaseline, BaselineInWords(trajectory, language_));
    const std::vector<Stage> stages = StagesOf(trajectory);
    std::string all;
    for (const Stage& stage : stages) {
      Append(all, "; ", fmt::format("{}: {}", HorizonInWords(stage.day, language_), AllValues(stage, trajectory, language_)));
    }
    Named(Phrase::kTrajectoryRequired, all);
    Named(Phrase::kTrajectoryLast, LastMeasuredInWords(trajectory, language_));
    if (!trajectory.state.empty()) {
      Named(Phrase::kTrajectoryState, fmt::format("{} {}", SignOfState(trajectory.state_id), trajectory.state),
            ColourOfState(trajectory.state_id));
    }
    Gauge(trajectory, stages);
  }

  void Gauge(const Trajectory& trajectory, const std::vector<Stage>& stages) {
    const ValueScale scale(trajectory, language_);
    if (!scale.least()) return;
    const Decimal least = std::min(*scale.least(), Decimal());
    Decimal greatest = std::max(*scale.greatest(), Decimal());
    if (greatest == least) greatest = Decimal::FromInt(1);   // everything is zero
    const std::string begin = NumberInWords(least, trajectory.percent, language_);
    const std::string end = NumberInWords(greatest, trajectory.percent, language_);
    const size_t words = kIndent + DisplayWidth(begin) + DisplayWidth(end) + 4;
    if (words + 8 > width_) return;
    const size_t length = std::min(kMostGauge, width_ - words);
    const auto column = [&](Decimal value) {
      const double part = (AsDouble(value) - AsDouble(least)) / (AsDouble(greatest) - AsDouble(least));
      return static_cast<size_t>(std::lround(std::clamp(part, 0.0, 1.0) * static_cast<double>(length - 1)));
    };
    std::vector<std::string_view> cells(length, "░");
    const TrajectoryPoint* last = LastMeasured(trajectory);
    if (last != nullptr) std::fill(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(column(last->value)), "▓");
    for (const Stage& stage : stages) {
      for (const TrajectoryPoint* point : stage.points) {
        if (!point->most) continue;
        for (size_t i = column(point->value); i <= column(*point->most); ++i) cells[i] = "─";
      }
    }
    // What is struck over: striven for by owed, both by where one stands.
    for (const bool strive : {true, false}) {
      for (const Stage& stage : stages) {
        for (const TrajectoryPoint* point : stage.points) {
          if (point->strive == strive) cells[column(Binding(*point, trajectory))] = SignOf(*point);
        }
      }
    }
    if (trajectory.baseline) cells[column(trajectory.baseline->value)] = "◆";
    if (last != nullptr) cells[column(last->value)] = "●";
    out_ += fmt::format("{:>{}}{} ▕", "", kIndent, begin);
    for (const std::string_view cell : cells) out_ += cell;
    out_ += fmt::format("▏ {}\n", end);
  }

  void Legend() {
    const TrajectorySigns signs = SignsOf(trajectories_);
    std::string line;
    const auto item = [&](bool occurs, std::string_view sign, Phrase phrase) {
      if (!occurs) return;
      const std::string text = fmt::format("{} {}", sign, Say(phrase, language_));
      if (!line.empty() && DisplayWidth(line) + 3 + DisplayWidth(text) > width_) {
        out_ += line + '\n';
        line.clear();
      }
      if (!line.empty()) line += "   ";
      line += text;
    };
    out_ += '\n';
    item(signs.owed, "■", Phrase::kTrajectoryOwed);
    item(signs.strive, "□", Phrase::kTrajectoryStrive);
    item(signs.at_most, "▼", Phrase::kTrajectoryAtMost);
    item(signs.range, "──", Phrase::kTrajectoryRange);
    item(signs.baseline, "◆", Phrase::kTrajectoryBaseline);
    item(signs.measured, "▓▓●", Phrase::kTrajectoryLast);
    if (!line.empty()) out_ += line + '\n';
  }

  const Trajectories& trajectories_;
  const RenderOptions& options_;
  const Language language_;
  const size_t width_;
  std::string out_;
};

}  // namespace

std::string TrajectoriesAsText(const Trajectories& trajectories, const RenderOptions& options) {
  return Screen(trajectories, options).Text();
}

}  // namespace ordo::report

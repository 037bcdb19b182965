// One page that needs nothing else: the picture, block by block so that it breaks between rows of panels, and the same values as a
// table. Headers carry a scope so that a screen reader can say where a cell stands. Horizons are columns while they are few; else
// they stand in one cell, so that the page grows with its values only.
#include <algorithm>

#include <fmt/format.h>

#include "runtime/base/markup.h"
#include "runtime/diag/emitter.h"
#include "runtime/report/render_trajectory.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

constexpr size_t kMostColumns = 7;   // of horizons

constexpr std::string_view kPage = R"css(
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --line: #8a8a8a; --head: #eef1f4; --group: #f6f7f9; }
body { margin: 0; color: var(--ink); background: var(--paper); }
main { max-width: 1200px; margin: 0 auto; }
svg { display: block; width: 100%; height: auto; }
section { margin: 1.5rem 24px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font: 1rem/1.45 "Times New Roman", Times, serif; }
caption { padding-bottom: .75rem; text-align: center; font-weight: bold; font-size: 1.15rem; }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
thead th { background: var(--head); text-align: center; vertical-align: middle; }
tbody th { font-weight: normal; min-width: 14rem; }
tr.group th { background: var(--group); font-weight: bold; }
td.number { text-align: center; white-space: nowrap; }
)css";

constexpr std::string_view kDark =
    ":root { --ink: #e8e8e8; --paper: #16181b; --line: #6b7077; --head: #262a2f; --group: #1e2125; }";

constexpr std::string_view kPrint = R"css(
@page { size: A4 landscape; margin: 10mm; }
@media print {
  :root { color-scheme: light; --line: #000000; --head: #ffffff; --group: #ffffff; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; }
  svg { break-inside: avoid; }
  svg.head { break-after: avoid; }
  section { margin: 0; break-before: page; }
  table { font-size: 11pt; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  tr.group { break-after: avoid; }
}
)css";

class Page {
 public:
  Page(const Trajectories& trajectories, Language language) : trajectories_(trajectories), language_(language) {
    for (const Trajectory& trajectory : trajectories.all) {
      for (const TrajectoryPoint& point : trajectory.required) horizons_.push_back(point.day);
      units_ |= !trajectory.measure.empty();
      baselines_ |= trajectory.baseline.has_value();
      measured_ |= !trajectory.measured.empty();
      states_ |= !trajectory.state.empty();
    }
    std::sort(horizons_.begin(), horizons_.end());
    horizons_.erase(std::unique(horizons_.begin(), horizons_.end()), horizons_.end());
    wide_ = horizons_.size() <= kMostColumns;
  }

  std::string Html() {
    const std::string title = EscapedMarkup(TitleOf(trajectories_, language_));
    out_ = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{}{}"
        "@media screen and (prefers-color-scheme: dark) {{\n{}{}}}\n{}</style>\n</head>\n<body>\n<main>\n",
        language_ == Language::kVietnamese ? "vi" : "en", title, kPage, TrajectoryStyle(), kDark, TrajectoryDarkStyle(), kPrint);
    bool first = true;
    for (const TrajectoryBlock& block : TrajectoryBlocks(trajectories_, language_)) {
      fmt::format_to(std::back_inserter(out_),
                     "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ordo-trajectory{}\" role=\"img\" aria-label=\"{}\" "
                     "viewBox=\"0 0 {:.0f} {:.0f}\">\n",
                     first ? " head" : "", EscapedMarkup(block.title), kTrajectoryWide, block.height);
      if (first) out_ += fmt::format("<desc>{}</desc>\n", EscapedMarkup(DescriptionOf(trajectories_, language_)));
      out_ += block.body;
      out_ += "</svg>\n";
      first = false;
    }
    if (!trajectories_.all.empty()) Table();
    return out_ + "</main>\n</body>\n</html>\n";
  }

 private:
  void Heading(const std::string& text) {
    fmt::format_to(std::back_inserter(out_), "<th scope=\"col\">{}</th>", EscapedMarkup(Capitalised(text)));
    ++columns_;
  }
  void Cell(std::string_view text, std::string_view style = "") {
    fmt::format_to(std::back_inserter(out_), "<td{}>{}</td>", style, EscapedMarkup(text));
  }

  void Table() {
    fmt::format_to(std::back_inserter(out_), "<section>\n<div class=\"scroll\">\n<table>\n<caption>{}</caption>\n<thead>\n<tr>",
                   EscapedMarkup(Say(Phrase::kTrajectoryTable, language_)));
    Heading(Say(Phrase::kTimelineNumber, language_));
    Heading(Say(Phrase::kTrajectoryTarget, language_));
    if (units_) Heading(Say(Phrase::kTrajectoryUnit, language_));
    if (baselines_) Heading(Say(Phrase::kTrajectoryBaseline, language_));
    if (wide_) {
      for (const Date day : horizons_) Heading(HorizonInWords(day, language_));
    } else {
      Heading(Say(Phrase::kTrajectoryRequired, language_));
    }
    if (measured_) Heading(Say(Phrase::kTrajectoryLast, language_));
    if (states_) {
      Heading(trajectories_.as_of ? Say(Phrase::kTrajectoryStateAsOf, language_, {trajectories_.as_of->ToString(language_)})
                                  : Say(Phrase::kTrajectoryState, language_));
    }
    out_ += "</tr>\n</thead>\n<tbody>\n";
    const std::string* group = nullptr;
    for (const Trajectory& trajectory : trajectories_.all) {
      if (group == nullptr ? !trajectory.group.empty() : *group != trajectory.group) {
        if (group != nullptr) out_ += "</tbody>\n<tbody>\n";
        fmt::format_to(std::back_inserter(out_), "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n", columns_,
                       EscapedMarkup(trajectory.group));
      }
      group = &trajectory.group;
      Row(trajectory);
    }
    out_ += "</tbody>\n</table>\n</div>\n</section>\n";
  }

  void Row(const Trajectory& trajectory) {
    out_ += "<tr>";
    Cell(trajectory.number, " class=\"number\"");
    std::string title = EscapedMarkup(trajectory.title);
    if (trajectory.lower_is_better) title += fmt::format(" ({})", EscapedMarkup(Say(Phrase::kTrajectoryLower, language_)));
    fmt::format_to(std::back_inserter(out_), "<th scope=\"row\">{}</th>", title);
    if (units_) Cell(trajectory.measure);
    if (baselines_) Cell(BaselineInWords(trajectory, language_));
    const std::vector<Stage> stages = StagesOf(trajectory);
    if (wide_) {
      size_t next = 0;
      for (const Date day : horizons_) {
        const bool here = next < stages.size() && stages[next].day == day;
        Cell(here ? AllValues(stages[next], trajectory, language_) : std::string());
        next += here;
      }
    } else {
      std::string all;
      for (const Stage& stage : stages) {
        Append(all, "; ", fmt::format("{}: {}", HorizonInWords(stage.day, language_), AllValues(stage, trajectory, language_)));
      }
      Cell(all);
    }
    if (measured_) Cell(LastMeasuredInWords(trajectory, language_));
    if (states_) Cell(trajectory.state);
    out_ += "</tr>\n";
  }

  const Trajectories& trajectories_;
  const Language language_;
  std::vector<Date> horizons_;
  bool units_ = false, baselines_ = false, measured_ = false, states_ = false, wide_ = true;
  size_t columns_ = 0;
  std::string out_;
};

}  // namespace

std::string TrajectoriesAsHtml(const Trajectories& trajectories, Language language) { return Page(trajectories, language).Html(); }

}  // namespace ordo::report

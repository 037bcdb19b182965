#include "runtime/report/render_trajectory.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/diag/emitter.h"
#include "runtime/report/text.h"

namespace ordo::report {

std::vector<Stage> StagesOf(const Trajectory& trajectory) {
  std::vector<const TrajectoryPoint*> points;
  points.reserve(trajectory.required.size());
  for (const TrajectoryPoint& point : trajectory.required) points.push_back(&point);
  std::stable_sort(points.begin(), points.end(), [](const auto* a, const auto* b) { return a->day < b->day; });
  std::vector<Stage> stages;
  const TrajectoryPoint* first[4] = {};   // of each sort on this day
  for (const TrajectoryPoint* point : points) {
    if (stages.empty() || stages.back().day != point->day) {
      stages.push_back({point->day, {}, point, false});
      std::fill(std::begin(first), std::end(first), nullptr);
    }
    Stage& stage = stages.back();
    stage.points.push_back(point);
    if (stage.main->strive && !point->strive) stage.main = point;
    const TrajectoryPoint*& same = first[(point->strive ? 2 : 0) + (point->at_most ? 1 : 0)];
    if (same == nullptr) same = point;
    else if (same->value != point->value || same->most != point->most) stage.clash = true;
  }
  return stages;
}

TrajectorySigns SignsOf(const Trajectories& trajectories) {
  TrajectorySigns signs;
  for (const Trajectory& trajectory : trajectories.all) {
    const std::vector<Stage> stages = StagesOf(trajectory);
    for (const Stage& stage : stages) {
      signs.clash |= stage.clash;
      for (const TrajectoryPoint* point : stage.points) {
        signs.at_most |= point->at_most;
        signs.range |= point->most.has_value();
        (point->strive ? signs.strive : signs.owed) = true;
      }
    }
    signs.path |= stages.size() > 1 || (!stages.empty() && trajectory.baseline && trajectory.baseline->day < stages.front().day);
    signs.baseline |= trajectory.baseline.has_value();
    signs.measured |= !trajectory.measured.empty();
  }
  return signs;
}

Decimal Binding(const TrajectoryPoint& point, const Trajectory& trajectory) {
  return point.most && trajectory.lower_is_better ? *point.most : point.value;
}

std::vector<const TrajectoryPoint*> MeasuredByDay(const Trajectory& trajectory) {
  std::vector<const TrajectoryPoint*> points;
  points.reserve(trajectory.measured.size());
  for (const TrajectoryPoint& point : trajectory.measured) points.push_back(&point);
  std::stable_sort(points.begin(), points.end(), [](const auto* a, const auto* b) { return a->day < b->day; });
  return points;
}

const TrajectoryPoint* LastMeasured(const Trajectory& trajectory) {
  const TrajectoryPoint* last = nullptr;
  for (const TrajectoryPoint& point : trajectory.measured) {
    if (last == nullptr || point.day >= last->day) last = &point;
  }
  return last;
}

std::string NumberInWords(Decimal value, bool percent, Language language) {
  if (!percent) return value.ToString(language);
  const std::optional<Decimal> hundredfold = Decimal::Make(value.mantissa(), value.scale() - 2);
  return hundredfold ? hundredfold->ToString(language) + "%" : value.ToString(language);
}

std::string ValueInWords(const TrajectoryPoint& point, const Trajectory& trajectory, Language language) {
  if (!point.text.empty()) return point.text;
  std::string text = point.at_most ? "≤ " : "";
  text += NumberInWords(point.value, trajectory.percent, language);
  if (point.most) text += " - " + NumberInWords(*point.most, trajectory.percent, language);
  return text;
}

std::string HorizonInWords(Date day, Language language) {
  const Ymd ymd = day.ymd();
  if (ymd.month != 12 || ymd.day != 31) return day.ToString(language);
  return Say(Phrase::kTrajectoryEndOf, language, {fmt::to_string(ymd.year)});
}

std::string AllValues(const Stage& stage, const Trajectory& trajectory, Language language) {
  std::string all;
  for (const TrajectoryPoint* point : stage.points) {
    const std::string text = ValueInWords(*point, trajectory, language);
    Append(all, "; ", point->strive ? Say(Phrase::kTrajectoryStriveValue, language, {text}) : text);
  }
  return all;
}

namespace {

std::string WithDay(const TrajectoryPoint& point, const Trajectory& trajectory, Language language) {
  return fmt::format("{} ({})", ValueInWords(point, trajectory, language), point.day.ToString(language));
}

}  // namespace

std::string BaselineInWords(const Trajectory& trajectory, Language language) {
  return trajectory.baseline ? WithDay(*trajectory.baseline, trajectory, language) : std::string();
}

std::string LastMeasuredInWords(const Trajectory& trajectory, Language language) {
  const TrajectoryPoint* last = LastMeasured(trajectory);
  return last != nullptr ? WithDay(*last, trajectory, language) : std::string();
}

std::string LabelledTitle(const Trajectory& trajectory) {
  return trajectory.number.empty() ? trajectory.title : fmt::format("{}. {}", trajectory.number, trajectory.title);
}

std::string TitleOf(const Trajectories& trajectories, Language language) {
  return fmt::format("{}{}{}", Say(Phrase::kTrajectoryHeading, language), trajectories.title.empty() ? "" : ": ", trajectories.title);
}

std::string DescriptionOf(const Trajectories& trajectories, Language language) {
  std::optional<Date> first, last;
  size_t measured = 0;
  const auto add = [&](const TrajectoryPoint& point) {
    first = first ? std::min(*first, point.day) : point.day;
    last = last ? std::max(*last, point.day) : point.day;
  };
  for (const Trajectory& trajectory : trajectories.all) {
    measured += !trajectory.measured.empty();
    if (trajectory.baseline) add(*trajectory.baseline);
    for (const TrajectoryPoint& point : trajectory.required) add(point);
    for (const TrajectoryPoint& point : trajectory.measured) add(point);
  }
  if (!first) return Say(Phrase::kTrajectoryNone, language);
  return Say(Phrase::kTrajectoryDescription, language,
             {fmt::to_string(trajectories.all.size()), first->ToString(language), last->ToString(language), fmt::to_string(measured)});
}

}  // namespace ordo::report

#include "runtime/report/trajectory_scale.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "runtime/diag/emitter.h"
#include "runtime/report/render_trajectory.h"

namespace ordo::report {
namespace {

constexpr size_t kMostHorizons = 24;
constexpr int kMostYears = 40;
constexpr int kMostSteps = 3;   // between the marks of values
constexpr size_t kLongestLabel = 9;

double AsDouble(Decimal value) { return static_cast<double>(value.mantissa()) / std::pow(10.0, value.scale()); }

}  // namespace

ValueScale::ValueScale(const Trajectory& trajectory, Language language) : unit_(trajectory.measure) {
  bool whole = !trajectory.percent;
  const auto add = [&](Decimal value) {
    least_ = least_ ? std::min(*least_, value) : value;
    greatest_ = greatest_ ? std::max(*greatest_, value) : value;
    whole = whole && value.is_integer();
  };
  const auto take = [&](const TrajectoryPoint& point) {
    add(point.value);
    if (point.most) add(*point.most);
  };
  if (trajectory.baseline) take(*trajectory.baseline);
  for (const TrajectoryPoint& point : trajectory.required) take(point);
  for (const TrajectoryPoint& point : trajectory.measured) take(point);

  const double low = least_ ? std::min(0.0, AsDouble(*least_)) : 0;
  double high = greatest_ ? std::max(0.0, AsDouble(*greatest_)) : 0;
  // The whole in sight, but for shares so small that they would lie flat on the ground.
  if (trajectory.percent && (high > 0.2 || high <= 0)) high = std::max(high, 1.0);
  if (high <= low) high = low + 1;

  // The smallest round step that needs few marks: 1, 2, 2.5 or 5 times a power of ten; of whole numbers a whole one.
  static constexpr int kTenths[] = {10, 20, 25, 50};
  int64_t from = 0, to = 1;
  int tenths = 10;
  int power = static_cast<int>(std::floor(std::log10((high - low) / kMostSteps))) - 1;
  for (bool found = false; !found; ++power) {
    for (const int each : kTenths) {
      const double step = each * std::pow(10.0, power - 1);
      if (whole && (power < 0 || (power == 0 && each == 25))) continue;
      from = static_cast<int64_t>(std::floor(low / step + 1e-9));
      to = static_cast<int64_t>(std::ceil(high / step - 1e-9));
      if (to - from > kMostSteps) continue;
      tenths = each;
      found = true;
      break;
    }
    if (found) break;
  }
  const double step = tenths * std::pow(10.0, power - 1);
  bottom_ = static_cast<double>(from) * step;
  top_ = static_cast<double>(to) * step;

  const double largest = std::max(std::abs(bottom_), std::abs(top_));
  const int shift = trajectory.percent ? -2 : largest >= 1e15 ? 15 : largest >= 1e9 ? 9 : largest >= 1e6 ? 6 : 0;
  if (shift >= 9) unit_ = Say(Phrase::kTrajectoryBillion, language, {unit_});
  if (shift == 6 || shift == 15) unit_ = Say(Phrase::kTrajectoryMillion, language, {unit_});
  while (unit_.ends_with(' ')) unit_.pop_back();
  for (int64_t i = from; i <= to; ++i) {
    const double value = static_cast<double>(i) * step;
    const std::optional<Decimal> exact = Decimal::Make(i * tenths, 1 - power + shift);
    std::string label = exact ? exact->ToString(language) : std::string();
    if (label.empty() || label.size() > kLongestLabel) label = fmt::format("{:.3g}", value * std::pow(10.0, -shift));
    if (trajectory.percent) label += "%";
    marks_.push_back({(value - bottom_) / (top_ - bottom_), std::move(label)});
  }
}

double ValueScale::Place(Decimal value) const { return std::clamp((AsDouble(value) - bottom_) / (top_ - bottom_), 0.0, 1.0); }

DayScale::DayScale(const Trajectories& trajectories) {
  std::optional<Date> first, last;
  const auto add = [&](Date day) {
    first = first ? std::min(*first, day) : day;
    last = last ? std::max(*last, day) : day;
  };
  for (const Trajectory& trajectory : trajectories.all) {
    if (trajectory.baseline) add(trajectory.baseline->day);
    for (const TrajectoryPoint& point : trajectory.measured) add(point.day);
    for (const TrajectoryPoint& point : trajectory.required) {
      add(point.day);
      horizons_.push_back(point.day);
    }
  }
  if (!first) return;
  empty_ = false;
  std::sort(horizons_.begin(), horizons_.end());
  horizons_.erase(std::unique(horizons_.begin(), horizons_.end()), horizons_.end());
  if (horizons_.size() > kMostHorizons) horizons_.clear();

  // A day of review just outside may widen the axis, one far away must not press everything together.
  if (const auto as_of = trajectories.as_of) {
    const int room = std::max(731, (last->days() - first->days()) / 2);
    if (*as_of > *last && as_of->days() - last->days() <= room) last = as_of;
    if (*as_of < *first && first->days() - as_of->days() <= room) first = as_of;
  }
  const double span = last->days() - first->days();
  first_ = first->days() - (span == 0 ? 183 : std::max(span * 0.06, 10.0));
  last_ = last->days() + (span == 0 ? 183 : std::max(span * 0.03, 5.0));

  const int from = std::max(1, Date(static_cast<int32_t>(std::max(first_, -719162.0))).ymd().year);
  const int to = std::min(9999, Date(static_cast<int32_t>(std::min(last_, 2932896.0))).ymd().year);
  int step = 1;
  for (int i = 0; (to - from) / step > kMostYears; ++i) step *= i % 3 == 1 ? 5 : 2;   // 2 10 20 40 ...
  for (int year = (from + step - 1) / step * step; year <= to; year += step) {
    if (year < 1) continue;
    const Date end = *Date::FromYmd(year, 12, 31);
    if (end.days() >= first_ && end.days() <= last_) years_.push_back(end);
  }
}

double DayScale::Place(Date day) const { return std::clamp((day.days() - first_) / (last_ - first_), 0.0, 1.0); }
bool DayScale::Shows(Date day) const { return !empty_ && day.days() >= first_ && day.days() <= last_; }

std::string DayScale::Label(Date day, Language language) {
  const Ymd ymd = day.ymd();
  if (ymd.month == 12 && ymd.day == 31) return fmt::to_string(ymd.year);
  if (Date::MonthEnd(ymd.year, ymd.month) != day) return day.ToString(language);
  if (language == Language::kVietnamese) return fmt::format("{:02}/{}", ymd.month, ymd.year);
  return fmt::format("{}-{:02}", ymd.year, ymd.month);
}

}  // namespace ordo::report

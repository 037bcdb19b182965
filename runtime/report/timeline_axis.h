// The scale of a timeline: days to places on a line of a given length, and the two rows of marks over it. In: first and last day,
// the length in units of the drawing (or columns of a terminal) and how wide a label is there; out: places in [0, length] and
// marks, chosen so that their labels fit: days under months, weeks under months, months under quarters, quarters under years,
// years. Wider stretches begin and end with a whole month. Linear in the number of marks, which the length bounds.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/time/time_value.h"

namespace ordo::report {

struct AxisMark {
  Date first, last;
  std::string label;
  bool strong = false;   // a boundary of the upper row
};

class TimelineAxis {
 public:
  using Measure = std::function<double(std::string_view)>;
  TimelineAxis(Date first, Date last, double length, double padding, Language language, const Measure& measure);

  Date first() const { return first_; }
  Date last() const { return last_; }
  double Begin(Date day) const;                                   // where the day begins
  double End(Date day) const { return Begin(day.PlusDays(1)); }   // where it ends
  bool shows_days() const { return shows_days_; }
  const std::vector<AxisMark>& upper() const { return upper_; }
  const std::vector<AxisMark>& lower() const { return lower_; }

 private:
  enum class Unit { kDay, kWeek, kMonth, kQuarter, kYear };
  static std::string Label(Unit unit, Date first, int form, bool year_too, Language language);
  static Date Start(Unit unit, Date day, int step);
  std::vector<AxisMark> Marks(Unit unit, int step) const;
  // Gives all marks the longest form of label that fits every one of them; false if none does.
  bool Name(std::vector<AxisMark>& marks, Unit unit, bool year_too, double padding, Language language, const Measure& measure) const;

  Date first_, last_;
  double length_;
  bool shows_days_ = false;
  std::vector<AxisMark> upper_, lower_;
};

}  // namespace ordo::report

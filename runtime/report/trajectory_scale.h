// The two scales of a trajectory chart: values to heights, with two to four round marks, and days to places on one axis that all
// panels share. In: trajectories; out: places in [0, 1] and marks with their labels. A percentage runs from 0 to 100 % unless a
// value leaves that; everything else begins at 0 or at its least negative value. Large numbers are told in millions or billions.
// A day stands where it ends, so «2030» is the end of that year.
#pragma once

#include <string>
#include <vector>

#include "runtime/report/trajectory.h"

namespace ordo::report {

struct ScaleMark {
  double place = 0;
  std::string label;
};

class ValueScale {
 public:
  ValueScale(const Trajectory& trajectory, Language language);
  double Place(Decimal value) const;                            // 0: bottom, 1: top
  const std::vector<ScaleMark>& marks() const { return marks_; }
  const std::string& unit() const { return unit_; }             // «%», «tỷ đồng»; may be empty
  std::optional<Decimal> least() const { return least_; }       // of the values, not of the scale
  std::optional<Decimal> greatest() const { return greatest_; }

 private:
  double bottom_ = 0, top_ = 1;
  std::optional<Decimal> least_, greatest_;
  std::vector<ScaleMark> marks_;
  std::string unit_;
};

class DayScale {
 public:
  explicit DayScale(const Trajectories& trajectories);
  bool empty() const { return empty_; }   // no trajectory has a day
  double Place(Date day) const;
  bool Shows(Date day) const;
  // Horizons of any panel, by day; empty if there are too many to mark them everywhere.
  const std::vector<Date>& horizons() const { return horizons_; }
  const std::vector<Date>& years() const { return years_; }   // ends of years, at most 40
  static std::string Label(Date day, Language language);      // «2030», «06/2028», «15/06/2028»

 private:
  bool empty_ = true;
  double first_ = 0, last_ = 1;
  std::vector<Date> horizons_, years_;
};

}  // namespace ordo::report

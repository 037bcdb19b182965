// What the renderers of trajectories share: how values and days read, which signs occur, and the horizons of a trajectory in order,
// with the values that stand at each. In: trajectories; out: texts, unescaped unless the name says so, and flags. Nothing is
// computed that the data does not hold. Not for other rooms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/report/trajectory.h"

namespace ordo::report {

// Signs that a legend has to explain.
struct TrajectorySigns {
  bool path = false, owed = false, strive = false, at_most = false, range = false, clash = false, baseline = false, measured = false;
};
TrajectorySigns SignsOf(const Trajectories& trajectories);

// One day at which values are required. `main` is the value that the path goes on from: the first owed one, or the first.
struct Stage {
  Date day;
  std::vector<const TrajectoryPoint*> points;
  const TrajectoryPoint* main = nullptr;
  bool clash = false;   // values of one sort that differ
};
std::vector<Stage> StagesOf(const Trajectory& trajectory);   // by day
// The end of a value that binds: of a range the lower one, or the upper one where lower is better.
Decimal Binding(const TrajectoryPoint& point, const Trajectory& trajectory);
std::vector<const TrajectoryPoint*> MeasuredByDay(const Trajectory& trajectory);
const TrajectoryPoint* LastMeasured(const Trajectory& trajectory);   // nullptr without any

std::string NumberInWords(Decimal value, bool percent, Language language);   // «62,5%»
std::string ValueInWords(const TrajectoryPoint& point, const Trajectory& trajectory, Language language);   // «≥ 80%»
std::string HorizonInWords(Date day, Language language);                     // «hết 2030», «30/06/2028»
std::string AllValues(const Stage& stage, const Trajectory& trajectory, Language language);   // «≥ 80%; 90% (phấn đấu)»
std::string BaselineInWords(const Trajectory& trajectory, Language language);       // «62,5% (31/12/2024)», or empty
std::string LastMeasuredInWords(const Trajectory& trajectory, Language language);   // the same of the last measured value
std::string LabelledTitle(const Trajectory& trajectory);                            // «III.2.a.1. Title»


// The picture in stretches that may stand on one page each: the head, then every row of panels.
struct TrajectoryBlock {
  std::string body;    // content of an <svg>, already escaped
  std::string title;   // what a reader hears of it, unescaped
  double height = 0;
};
inline constexpr double kTrajectoryWide = 1200;
std::vector<TrajectoryBlock> TrajectoryBlocks(const Trajectories& trajectories, Language language);
std::string TitleOf(const Trajectories& trajectories, Language language);
std::string DescriptionOf(const Trajectories& trajectories, Language language);
std::string_view TrajectoryStyle();       // of the picture on paper and on a light screen
std::string_view TrajectoryDarkStyle();   // what a dark screen changes

}  // namespace ordo::report

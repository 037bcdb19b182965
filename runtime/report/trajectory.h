// How a value is to move and has moved: one trajectory a target, from its baseline over the values required at its horizons, with what
// was measured up to a day. Data first; render_trajectory_*.cc draw it. Nothing here is a forecast: a measured point is an entry of
// the journal on or before `as_of`, and the required path is what the plan asks, never what will come.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/base/source.h"
#include "runtime/eval/engine.h"
#include "runtime/report/table.h"

namespace ordo::report {

enum class Path : uint8_t { kStep, kLinear };   // between two horizons: the value of the earlier one, or a straight line

// One required or measured value. Percentages are fractions, money is in dong.
struct TrajectoryPoint {
  Date day;
  Decimal value;
  std::string text;              // as a reader writes it: «≥ 80%», «2 mỗi năm», «62,5%»
  bool strive = false;           // striven for, not owed
  bool at_most = false;          // the value is an upper bound
  std::optional<Decimal> most;   // the other end of a range; `value` is its lower end
  Span at;                       // the row of the series, or the entry of the journal
};

struct Trajectory {
  EntityId target = EntityId::kNone;
  std::string id;                // name of the declaration
  std::string number;            // «III.2.a.1», or empty
  std::string title;
  std::string group;             // title of its section, or empty
  std::string measure;           // «%», «sáng kiến», «đồng»; empty: a bare number
  std::string lead;              // or empty
  bool percent = false;
  bool lower_is_better = false;
  std::optional<TrajectoryPoint> baseline;
  std::vector<TrajectoryPoint> required;   // by day; of one day in the order of the text
  std::vector<TrajectoryPoint> measured;   // by day
  std::string state;             // how it stands at as_of, in words: «chậm so với lộ trình»; empty without as_of
  std::string state_id;          // "reached", "on_path", "behind", "unmeasured", "not_yet"; empty without as_of
  Span at;
};

struct Trajectories {
  std::string title;             // of the plan
  Path path = Path::kStep;
  std::optional<Date> as_of;
  std::vector<Trajectory> all;   // in plan order; only targets with a number at a horizon
};

// One panel a trajectory, `columns` beside each other (1: one large panel), all years on one axis. A self-contained picture without
// scripts; every text is escaped.
std::string TrajectoriesAsSvg(const Trajectories& trajectories, Language language);
// The picture in a page that also holds its values as a table, for readers who cannot see it.
std::string TrajectoriesAsHtml(const Trajectories& trajectories, Language language);
std::string TrajectoriesAsJson(const Trajectories& trajectories, const SourceSet& sources);   // ordo/trajectories/1
std::string TrajectoriesAsText(const Trajectories& trajectories, const RenderOptions& options);

}  // namespace ordo::report

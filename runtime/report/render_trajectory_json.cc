// ordo/trajectories/1: the shape that other tools build on. Numbers are exact decimals as strings («0.625» is 62.5 %), days are ISO
// dates, null where there is none.
#include <nlohmann/json.hpp>

#include "runtime/report/trajectory.h"

namespace ordo::report {
namespace {

using Json = nlohmann::ordered_json;

Json Place(Span at, const SourceSet& sources) {
  if (!at.known() || at.file >= sources.size()) return nullptr;
  const SourceFile& file = sources.file(at.file);
  return {{"file", file.path()}, {"line", file.LineOf(at.begin)}};
}

Json PointAsJson(const TrajectoryPoint& point, const SourceSet& sources) {
  Json json;
  json["day"] = point.day.Iso();
  json["value"] = point.value.ToString(Language::kEnglish);
  json["most"] = point.most ? Json(point.most->ToString(Language::kEnglish)) : Json(nullptr);
  json["text"] = point.text;
  json["strive"] = point.strive;
  json["at_most"] = point.at_most;
  json["at"] = Place(point.at, sources);
  return json;
}

Json PointsAsJson(const std::vector<TrajectoryPoint>& points, const SourceSet& sources) {
  Json all = Json::array();
  for (const TrajectoryPoint& point : points) all.push_back(PointAsJson(point, sources));
  return all;
}

}  // namespace

std::string TrajectoriesAsJson(const Trajectories& trajectories, const SourceSet& sources) {
  Json json;
  json["schema"] = "ordo/trajectories/1";
  json["title"] = trajectories.title;
  json["path"] = trajectories.path == Path::kStep ? "step" : "linear";
  json["as_of"] = trajectories.as_of ? Json(trajectories.as_of->Iso()) : Json(nullptr);
  json["trajectories"] = Json::array();
  for (const Trajectory& trajectory : trajectories.all) {
    Json one;
    one["id"] = trajectory.id;
    one["number"] = trajectory.number;
    one["title"] = trajectory.title;
    one["group"] = trajectory.group;
    one["measure"] = trajectory.measure;
    one["lead"] = trajectory.lead;
    one["percent"] = trajectory.percent;
    one["lower_is_better"] = trajectory.lower_is_better;
    one["baseline"] = trajectory.baseline ? PointAsJson(*trajectory.baseline, sources) : Json(nullptr);
    one["required"] = PointsAsJson(trajectory.required, sources);
    one["measured"] = PointsAsJson(trajectory.measured, sources);
    one["state"] = trajectory.state_id.empty() ? Json(nullptr) : Json(trajectory.state_id);
    one["state_words"] = trajectory.state;
    one["at"] = Place(trajectory.at, sources);
    json["trajectories"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ordo::report

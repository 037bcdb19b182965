// ordo/timeline/1: the shape that other tools build on. Days are ISO dates, null where there is none.
#include <nlohmann/json.hpp>

#include "runtime/report/timeline.h"

namespace ordo::report {
namespace {

using Json = nlohmann::ordered_json;

Json Day(const std::optional<Date>& day) { return day ? Json(day->Iso()) : Json(nullptr); }
Json Stretches(const std::vector<TimelineRest>& rests) {
  Json all = Json::array();
  for (const TimelineRest& rest : rests) all.push_back({{"first", rest.first.Iso()}, {"last", rest.last.Iso()}, {"title", rest.title}});
  return all;
}

Json RowAsJson(const TimelineRow& row, const SourceSet& sources) {
  Json json;
  json["id"] = row.id;
  json["number"] = row.number;
  json["label"] = row.label;
  json["title"] = row.title;
  json["level"] = row.level;
  json["group"] = row.is_group;
  if (!row.is_group) {
    json["owner"] = row.owner;
    json["class"] = std::string(NameOf(row.cls));
    json["words"] = row.words;
    json["first"] = Day(row.first);
    json["last"] = Day(row.last);
    json["starts_as_written"] = row.starts_as_written;
    json["due"] = Day(row.due);
    json["earliest"] = Day(row.earliest);
    json["latest"] = Day(row.latest);
    json["expected"] = nullptr;
    if (row.expected) json["expected"] = {{"first", row.expected->first.Iso()}, {"last", row.expected->second.Iso()}};
    json["milestones"] = Json::array();
    for (const TimelineMilestone& each : row.milestones) json["milestones"].push_back({{"day", each.day.Iso()}, {"label", each.label}});
    json["occurrences"] = Json::array();
    for (const Date day : row.occurrences) json["occurrences"].push_back(day.Iso());
    json["slack_days"] = row.slack_days ? Json(*row.slack_days) : Json(nullptr);
    json["critical"] = row.critical;
    json["done"] = Day(row.done);
    json["late"] = row.late;
  }
  json["at"] = nullptr;
  if (row.at.known() && row.at.file < sources.size()) {
    const SourceFile& file = sources.file(row.at.file);
    json["at"] = {{"file", file.path()}, {"line", file.LineOf(row.at.begin)}};
  }
  return json;
}

}  // namespace

std::string TimelineAsJson(const Timeline& timeline, const SourceSet& sources) {
  Json json;
  json["schema"] = "ordo/timeline/1";
  json["title"] = timeline.title;
  json["subtitle"] = timeline.subtitle;
  json["unit"] = timeline.unit;
  json["first"] = Day(timeline.first);
  json["last"] = Day(timeline.last);
  json["as_of"] = Day(timeline.as_of);
  json["rows"] = Json::array();
  for (const TimelineRow& row : timeline.rows) json["rows"].push_back(RowAsJson(row, sources));
  json["notes"] = Json::array();
  for (const TimelineNote& note : timeline.notes) {
    json["notes"].push_back({{"label", note.label}, {"title", note.title}, {"owner", note.owner}, {"words", note.words}});
  }
  json["holidays"] = Stretches(timeline.holidays);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ordo::report

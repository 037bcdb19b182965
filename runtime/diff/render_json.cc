// ordo/diff/1: the differences for tools.
#include <nlohmann/json.hpp>

#include "runtime/diff/render.h"

namespace ordo::diff {
namespace {

using Json = nlohmann::ordered_json;

Json At(Span at, const SourceSet& sources) {
  if (!at.known() || at.file >= sources.size()) return nullptr;
  const SourceFile& file = sources.file(at.file);
  const Position place = file.PositionOf(at.begin);
  return {{"file", file.path()}, {"line", place.line}, {"column", place.column}};
}

Json SideAsJson(const Side& side, const SourceSet& sources) {
  if (!side.there) return nullptr;
  return {{"name", side.name}, {"number", side.number}, {"title", side.title}, {"place", side.place}, {"at", At(side.at, sources)}};
}

}  // namespace

std::string AsJson(const Differences& differences, std::string_view was, std::string_view now, const SourceSet& was_sources,
                   const SourceSet& now_sources) {
  static constexpr std::string_view kKinds[] = {"added", "dropped", "changed"};
  static constexpr const char* kMoves[] = {nullptr, "elsewhere", "reordered"};
  static constexpr std::string_view kRuns[] = {"same", "old", "new"};
  Json changes = Json::array();
  for (const Change& change : differences.changes) {
    Json one = {
        {"part", kPartNames[static_cast<size_t>(change.part)]}, {"kind", kKinds[static_cast<size_t>(change.kind)]}, {"object", change.object}};
    one["moved"] = change.move == Change::Move::kNone ? Json() : Json(kMoves[static_cast<size_t>(change.move)]);
    one["old"] = SideAsJson(change.was, was_sources);
    one["new"] = SideAsJson(change.now, now_sources);
    Json pieces = Json::array();
    for (const Piece& piece : change.pieces) {
      Json told = {{"field", piece.key},
                   {"label", piece.label},
                   {"facet", kFacetNames[static_cast<size_t>(piece.facet)]},
                   {"weight", kWeightNames[static_cast<size_t>(piece.weight)]},
                   {"old", piece.was},
                   {"new", piece.now}};
      told["gone"] = piece.gone;
      told["come"] = piece.come;
      told["words"] = Json::array();
      for (const Run& run : piece.words) told["words"].push_back({{"in", kRuns[static_cast<size_t>(run.kind)]}, {"text", run.text}});
      told["days_later"] = piece.days ? Json(*piece.days) : Json();
      told["old_at"] = At(piece.was_at, was_sources);
      told["new_at"] = At(piece.now_at, now_sources);
      pieces.push_back(std::move(told));
    }
    one["pieces"] = std::move(pieces);
    changes.push_back(std::move(one));
  }
  const Counts counts = Count(differences);
  const Json all = {{"schema", "ordo/diff/1"},
                    {"old", {{"file", was}, {"name", differences.was_name}}},
                    {"new", {{"file", now}, {"name", differences.now_name}}},
                    {"changes", std::move(changes)},
                    {"summary",
                     {{"differences", counts.all},
                      {"added", counts.added},
                      {"dropped", counts.dropped},
                      {"moved", counts.moved},
                      {"changed", counts.changed},
                      {"wording", counts.wording}}}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ordo::diff

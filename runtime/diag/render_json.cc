#include "nlohmann/json.hpp"
#include "runtime/diag/render.h"

namespace ordo {

namespace {

using Json = nlohmann::ordered_json;

const char* SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kInformation:
      return "information";
  }
  return "";
}

Json Place(Span at, const std::string& path, const SourceSet& sources) {
  if (!at.known()) return path.empty() ? Json(nullptr) : Json{{"file", path}};
  const SourceFile& file = sources.file(at.file);
  const Position begin = file.PositionOf(at.begin);
  const Position end = file.PositionOf(at.end);
  return {
      {"file", file.path()}, {"line", begin.line}, {"column", begin.column}, {"end_line", end.line}, {"end_column", end.column}};
}

Json OrNull(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

}  // namespace

std::string RenderJson(const std::vector<Finding>& findings, const Summary& summary, const SourceSet& sources) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    Json related = Json::array();
    for (const Related& side : finding.related) {
      related.push_back({{"message", side.message}, {"at", Place(side.at, "", sources)}});
    }
    list.push_back({{"code", finding.code},
                    {"severity", SeverityName(finding.severity)},
                    {"title", finding.title},
                    {"message", finding.message},
                    {"subject", finding.subject},
                    {"at", Place(finding.at, finding.path, sources)},
                    {"related", std::move(related)},
                    {"help", finding.help},
                    {"waiver", OrNull(finding.waiver)},
                    {"caused_by", OrNull(finding.caused_by)}});
  }
  const Json document = {{"schema", "ordo/findings/1"},
                         {"findings", std::move(list)},
                         {"summary",
                          {{"error", summary.error},
                           {"warning", summary.warning},
                           {"information", summary.information},
                           {"waived", summary.waived},
                           {"rules_run", summary.rules_run}}}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ordo

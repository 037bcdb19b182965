#include "absl/container/flat_hash_map.h"
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
Json OrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json FixOf(const Finding& finding, const SourceSet& sources) {
  if (!finding.fix) return nullptr;
  Json edits = Json::array();
  for (const Edit& edit : finding.fix->edits) edits.push_back({{"at", Place(edit.at, "", sources)}, {"insert", edit.insert}});
  return {{"description", finding.fix->description}, {"edits", std::move(edits)}};
}

Json SummaryOf(const Summary& summary) {
  return {{"error", summary.error},   {"warning", summary.warning},     {"information", summary.information},
          {"waived", summary.waived}, {"rules_run", summary.rules_run}, {"folded", summary.folded}};
}

Json ListOf(const std::vector<Finding>& findings, const SourceSet& sources) {
  const std::vector<size_t> roots = FindRoots(findings);
  absl::flat_hash_map<size_t, Json> consequences;
  for (size_t i = 0; i < findings.size(); ++i) {
    if (roots[i] != i) consequences.try_emplace(roots[i], Json::array()).first->second.push_back(findings[i].fingerprint);
  }
  Json list = Json::array();
  for (size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    Json related = Json::array();
    for (const Related& side : finding.related) {
      related.push_back({{"message", side.message}, {"at", Place(side.at, "", sources)}});
    }
    const auto followed = consequences.find(i);
    list.push_back({{"code", finding.code},
                    {"severity", SeverityName(finding.severity)},
                    {"title", finding.title},
                    {"message", finding.message},
                    {"subject", finding.subject},
                    {"at", Place(finding.at, finding.path, sources)},
                    {"related", std::move(related)},
                    {"help", finding.help},
                    {"waiver", OrNull(finding.waiver)},
                    {"caused_by", OrNull(finding.caused_by)},
                    {"fingerprint", OrNull(finding.fingerprint)},
                    {"rank", finding.rank == 0 ? Json(nullptr) : Json(finding.rank)},
                    {"cause", roots[i] == i ? Json(nullptr) : OrNull(findings[roots[i]].fingerprint)},
                    {"consequences", followed == consequences.end() ? Json::array() : followed->second},
                    {"fix", FixOf(finding, sources)}});
  }
  return list;
}

// The members of a document behind its schema.
void AddRun(const std::vector<Finding>& findings, const Summary& summary, const SourceSet& sources, const Comparison* comparison,
            Json& document) {
  document["findings"] = ListOf(findings, sources);
  document["summary"] = SummaryOf(summary);
  if (comparison == nullptr) return;
  Json gone = Json::array();
  for (const BaselineEntry& entry : comparison->gone) {
    gone.push_back({{"fingerprint", entry.fingerprint}, {"code", entry.code}, {"subject", entry.subject}, {"title", entry.title}});
  }
  document["baseline"] = {{"known", comparison->known.size()}, {"gone", std::move(gone)}};
}

std::string Printed(const Json& document) { return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string RenderJson(const std::vector<Finding>& findings, const Summary& summary, const SourceSet& sources,
                       const Comparison* comparison) {
  Json document = {{"schema", "ordo/findings/1"}};
  AddRun(findings, summary, sources, comparison, document);
  return Printed(document);
}

std::string RenderJson(const std::vector<PlanRun>& runs) {
  Json plans = Json::array();
  for (const PlanRun& run : runs) {
    Json document = {{"plan", run.plan}};
    AddRun(run.findings, run.summary, *run.sources, run.comparison ? &*run.comparison : nullptr, document);
    plans.push_back(std::move(document));
  }
  return Printed({{"schema", "ordo/findings-of-plans/1"}, {"plans", std::move(plans)}});
}

}  // namespace ordo

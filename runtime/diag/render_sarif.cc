#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "runtime/diag/render.h"

namespace ordo {

namespace {

using Json = nlohmann::ordered_json;

const char* Level(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kInformation:
      return "note";
  }
  return "";
}

// A path as a URI reference (RFC 3986): a colon is escaped too, lest "a:b" read as a scheme.
std::string ToUri(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";
  std::string uri;
  for (const char c : path) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kPlain.find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

size_t CodePointColumn(const SourceFile& file, uint32_t line, uint32_t offset) {
  std::string_view text = file.LineText(line);
  text = text.substr(0, offset - file.LineBegin(line));
  if (line == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto leads =
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return static_cast<size_t>(leads) + 1;
}

Json Text(std::string_view text) { return {{"text", text}}; }

// One run: its rules and files are listed as results name them.
class Run {
 public:
  Run(const PlanRun& run, const RuleTexts& texts) : run_(run), sources_(*run.sources), texts_(texts) {}

  Json Render(std::string_view tool_version) {
    for (const Finding& finding : run_.findings) Add(finding, run_.comparison ? "new" : "");
    if (run_.comparison) {
      for (const Finding& finding : run_.comparison->known) Add(finding, "unchanged");
      for (const BaselineEntry& entry : run_.comparison->gone) AddGone(entry);
    }
    Json driver = {{"name", "Ordo"}};
    if (!tool_version.empty()) driver["version"] = tool_version;
    driver["rules"] = std::move(rules_);
    Json run = {{"tool", {{"driver", std::move(driver)}}},
                {"columnKind", "unicodeCodePoints"},
                {"invocations", Json::array({{{"executionSuccessful", run_.exit_code < 2}, {"exitCode", run_.exit_code}}})},
                {"results", std::move(results_)}};
    if (!artifacts_.empty()) run["artifacts"] = std::move(artifacts_);
    return run;
  }

 private:
  size_t RuleIndex(const std::string& code, const std::string& title, Severity severity) {
    const auto [at, fresh] = rule_index_.emplace(code, rules_.size());
    if (!fresh) return at->second;
    Json rule = {{"id", code}, {"shortDescription", Text(title)}};
    if (const auto text = texts_.find(code); text != texts_.end()) {
      severity = text->second.severity;
      if (!text->second.full.empty()) rule["fullDescription"] = Text(text->second.full);
      if (!text->second.help.empty()) rule["help"] = Text(text->second.help);
    }
    rule["defaultConfiguration"] = {{"level", Level(severity)}};
    rules_.push_back(std::move(rule));
    return at->second;
  }

  Json Artifact(std::string_view path) {
    const std::string uri = ToUri(path);
    const auto [at, fresh] = artifact_index_.emplace(uri, artifacts_.size());
    if (fresh) artifacts_.push_back({{"location", {{"uri", uri}}}});
    return {{"uri", uri}, {"index", at->second}};
  }

  Json Region(Span at) const {
    const SourceFile& file = sources_.file(at.file);
    const uint32_t begin_line = file.LineOf(at.begin);
    const uint32_t end_line = file.LineOf(at.end);
    return {{"startLine", begin_line},
            {"startColumn", CodePointColumn(file, begin_line, at.begin)},
            {"endLine", end_line},
            {"endColumn", CodePointColumn(file, end_line, at.end)}};
  }

  Json Location(Span at, const std::string& path) {
    if (!at.known()) return {{"physicalLocation", {{"artifactLocation", Artifact(path)}}}};
    return {{"physicalLocation", {{"artifactLocation", Artifact(sources_.file(at.file).path())}, {"region", Region(at)}}}};
  }

  static Json Properties(const Finding& finding) {
    Json properties = Json::object();
    if (!finding.subject.empty()) properties["subject"] = finding.subject;
    if (!finding.help.empty()) properties["help"] = finding.help;
    if (finding.caused_by) properties["caused_by"] = *finding.caused_by;
    if (!finding.cause.empty()) properties["cause"] = finding.cause;
    if (finding.rank != 0) properties["rank"] = finding.rank;
    return properties;
  }

  Json FixOf(const Fix& fix) {
    std::vector<std::pair<FileId, Json>> files;   // few: nearly always one
    for (const Edit& edit : fix.edits) {
      auto file = std::find_if(files.begin(), files.end(), [&](const auto& known) { return known.first == edit.at.file; });
      if (file == files.end()) file = files.insert(files.end(), {edit.at.file, Json::array()});
      Json replacement = {{"deletedRegion", Region(edit.at)}};
      if (!edit.insert.empty()) replacement["insertedContent"] = Text(edit.insert);
      file->second.push_back(std::move(replacement));
    }
    Json changes = Json::array();
    for (auto& [file, replacements] : files) {
      changes.push_back({{"artifactLocation", Artifact(sources_.file(file).path())}, {"replacements", std::move(replacements)}});
    }
    return {{"description", Text(fix.description)}, {"artifactChanges", std::move(changes)}};
  }

  void Add(const Finding& finding, std::string_view baseline_state) {
    Json result = {{"ruleId", finding.code},
                   {"ruleIndex", RuleIndex(finding.code, finding.title, finding.severity)},
                   {"level", Level(finding.severity)},
                   {"message", Text(finding.message)}};
    result["locations"] = Json::array();
    if (finding.at.known() || !finding.path.empty()) result["locations"].push_back(Location(finding.at, finding.path));
    Json related = Json::array();
    for (const Related& side : finding.related) {
      if (!side.at.known()) continue;
      Json location = {{"id", related.size() + 1}};
      location.update(Location(side.at, ""));
      if (!side.message.empty()) location["message"] = Text(side.message);
      related.push_back(std::move(location));
    }
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    if (!finding.fingerprint.empty()) result["partialFingerprints"] = {{"ordo/1", finding.fingerprint}};
    if (!baseline_state.empty()) result["baselineState"] = baseline_state;
    if (finding.waiver) result["suppressions"] = Json::array({{{"kind", "inSource"}, {"justification", *finding.waiver}}});
    if (finding.fix) result["fixes"] = Json::array({FixOf(*finding.fix)});
    if (Json properties = Properties(finding); !properties.empty()) result["properties"] = std::move(properties);
    results_.push_back(std::move(result));
  }

  void AddGone(const BaselineEntry& entry) {
    const auto text = texts_.find(entry.code);
    const Severity severity = text == texts_.end() ? Severity::kWarning : text->second.severity;
    Json result = {{"ruleId", entry.code},
                   {"ruleIndex", RuleIndex(entry.code, entry.title, severity)},
                   {"level", Level(severity)},
                   {"message", Text(entry.title)},
                   {"locations", Json::array()},
                   {"partialFingerprints", {{"ordo/1", entry.fingerprint}}},
                   {"baselineState", "absent"}};
    if (!entry.subject.empty()) result["properties"] = {{"subject", entry.subject}};
    results_.push_back(std::move(result));
  }

  const PlanRun& run_;
  const SourceSet& sources_;
  const RuleTexts& texts_;
  Json rules_ = Json::array(), results_ = Json::array(), artifacts_ = Json::array();
  absl::flat_hash_map<std::string, size_t> rule_index_, artifact_index_;
};

}  // namespace

std::string RenderSarif(const std::vector<PlanRun>& runs, const RuleTexts& rules, std::string_view tool_version) {
  Json list = Json::array();
  for (const PlanRun& run : runs) list.push_back(Run(run, rules).Render(tool_version));
  const Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", std::move(list)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ordo

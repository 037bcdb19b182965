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

Json Location(Span at, const std::string& path, const SourceSet& sources) {
  if (!at.known()) return {{"physicalLocation", {{"artifactLocation", {{"uri", ToUri(path)}}}}}};
  const SourceFile& file = sources.file(at.file);
  const uint32_t begin_line = file.LineOf(at.begin);
  const uint32_t end_line = file.LineOf(at.end);
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", ToUri(file.path())}}},
            {"region",
             {{"startLine", begin_line},
              {"startColumn", CodePointColumn(file, begin_line, at.begin)},
              {"endLine", end_line},
              {"endColumn", CodePointColumn(file, end_line, at.end)}}}}}};
}

Json Properties(const Finding& finding) {
  Json properties = Json::object();
  if (!finding.subject.empty()) properties["subject"] = finding.subject;
  if (!finding.help.empty()) properties["help"] = finding.help;
  if (finding.caused_by) properties["caused_by"] = *finding.caused_by;
  return properties;
}

}  // namespace

std::string RenderSarif(const std::vector<Finding>& findings, const SourceSet& sources, std::string_view tool_version) {
  Json rules = Json::array();
  Json results = Json::array();
  absl::flat_hash_map<std::string, size_t> index_of_rule;
  for (const Finding& finding : findings) {
    const auto [rule, is_new] = index_of_rule.emplace(finding.code, rules.size());
    if (is_new) rules.push_back({{"id", finding.code}, {"shortDescription", {{"text", finding.title}}}});

    Json result = {{"ruleId", finding.code},
                   {"ruleIndex", rule->second},
                   {"level", Level(finding.severity)},
                   {"message", {{"text", finding.message}}}};
    result["locations"] = Json::array();
    if (finding.at.known() || !finding.path.empty()) result["locations"].push_back(Location(finding.at, finding.path, sources));
    Json related = Json::array();
    for (const Related& side : finding.related) {
      if (!side.at.known()) continue;
      Json location = {{"id", related.size() + 1}};
      location.update(Location(side.at, "", sources));
      if (!side.message.empty()) location["message"] = {{"text", side.message}};
      related.push_back(std::move(location));
    }
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    if (finding.waiver) result["suppressions"] = Json::array({{{"kind", "inSource"}, {"justification", *finding.waiver}}});
    if (Json properties = Properties(finding); !properties.empty()) result["properties"] = std::move(properties);
    results.push_back(std::move(result));
  }

  Json driver = {{"name", "Ordo"}};
  if (!tool_version.empty()) driver["version"] = tool_version;
  driver["rules"] = std::move(rules);
  Json run = {{"tool", {{"driver", std::move(driver)}}}, {"columnKind", "unicodeCodePoints"}, {"results", std::move(results)}};
  const Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", Json::array({std::move(run)})}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ordo

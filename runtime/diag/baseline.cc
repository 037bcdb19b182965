#include "runtime/diag/baseline.h"

#include <algorithm>
#include <tuple>

#include "absl/container/flat_hash_set.h"
#include "nlohmann/json.hpp"

namespace ordo {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "ordo/baseline/1";

bool IsText(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string();
}

}  // namespace

std::vector<BaselineEntry> EntriesOf(const std::vector<Finding>& findings) {
  std::vector<BaselineEntry> entries;
  for (const Finding& finding : findings) {
    if (finding.waiver || finding.from_text || finding.fingerprint.empty()) continue;
    entries.push_back({finding.fingerprint, finding.code, finding.subject, finding.title});
  }
  std::sort(entries.begin(), entries.end(), [](const BaselineEntry& a, const BaselineEntry& b) {
    return std::tie(a.code, a.subject, a.fingerprint) < std::tie(b.code, b.subject, b.fingerprint);
  });
  return entries;
}

std::string RenderBaseline(const Baseline& baseline) {
  Json plans = Json::array();
  for (const auto& [plan, entries] : baseline.plans) {
    Json list = Json::array();
    for (const BaselineEntry& entry : entries) {
      list.push_back({{"fingerprint", entry.fingerprint}, {"code", entry.code}, {"subject", entry.subject}, {"title", entry.title}});
    }
    plans.push_back({{"plan", plan}, {"findings", std::move(list)}});
  }
  const Json document = {{"schema", kSchema}, {"plans", std::move(plans)}};
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

absl::StatusOr<Baseline> ParseBaseline(std::string_view text) {
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) return absl::InvalidArgumentError("not JSON");
  if (!document.is_object() || !IsText(document, "schema")) return absl::InvalidArgumentError("no member \"schema\"");
  if (const std::string schema = document["schema"]; schema != kSchema) {
    return absl::InvalidArgumentError(("schema \"" + schema.substr(0, 60) + "\"").c_str());
  }
  const auto plans = document.find("plans");
  if (plans == document.end() || !plans->is_array()) return absl::InvalidArgumentError("no list \"plans\"");
  Baseline baseline;
  for (const Json& plan : *plans) {
    if (!plan.is_object() || !IsText(plan, "plan")) return absl::InvalidArgumentError("a plan without \"plan\"");
    const auto findings = plan.find("findings");
    if (findings == plan.end() || !findings->is_array()) return absl::InvalidArgumentError("a plan without \"findings\"");
    std::vector<BaselineEntry>& entries = baseline.plans[plan["plan"].get<std::string>()];
    for (const Json& finding : *findings) {
      if (!finding.is_object() || !IsText(finding, "fingerprint") || !IsText(finding, "code")) {
        return absl::InvalidArgumentError("a finding without \"fingerprint\" or \"code\"");
      }
      const auto text_of = [&](const char* member) { return IsText(finding, member) ? finding[member].get<std::string>() : std::string(); };
      entries.push_back({text_of("fingerprint"), text_of("code"), text_of("subject"), text_of("title")});
    }
  }
  return baseline;
}

Comparison TakeKnown(std::vector<Finding>& findings, const std::vector<BaselineEntry>& entries) {
  absl::flat_hash_set<std::string_view> known, there;
  for (const BaselineEntry& entry : entries) known.insert(entry.fingerprint);
  Comparison comparison;
  std::vector<Finding> fresh;
  for (Finding& finding : findings) {
    const bool old = !finding.waiver && !finding.from_text && known.contains(finding.fingerprint);
    (old ? comparison.known : fresh).push_back(std::move(finding));
  }
  for (const std::vector<Finding>* list : {&fresh, &comparison.known}) {
    for (const Finding& finding : *list) there.insert(finding.fingerprint);
  }
  for (const BaselineEntry& entry : entries) {
    if (!there.contains(entry.fingerprint)) comparison.gone.push_back(entry);
  }
  findings = std::move(fresh);
  return comparison;
}

}  // namespace ordo

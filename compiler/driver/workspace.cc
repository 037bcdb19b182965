#include "compiler/driver/workspace.h"

#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace ordo {

bool Workspace::Update(std::map<std::string, std::string> texts) {
  if (last_ && last_->evaluated()) sound_ = std::move(last_);
  settings_.load.replaced = std::move(texts);
  last_ = std::make_unique<Session>(path_, settings_, sound_.get());
  const bool whole = last_->Load() && last_->Model() && last_->Lower(false) && last_->Evaluate();
  if (last_->evaluated()) sound_.reset();
  return whole;
}

std::vector<std::string> Workspace::Files() const {
  std::vector<std::string> files;
  const SourceSet& sources = last_->sources();
  for (FileId file = 0; file < sources.size(); ++file) {
    if (!sources.file(file).path().starts_with("stdlib:")) files.emplace_back(sources.file(file).path());
  }
  return files;
}

std::vector<const Finding*> OnlyIn(const std::vector<Finding>& a, const std::vector<Finding>& b) {
  const auto key = [](const Finding& finding) {
    return std::tuple<std::string_view, std::string_view, std::string_view, std::string_view, Severity>(
        finding.code, finding.subject, finding.message, finding.waiver ? std::string_view(*finding.waiver) : "", finding.severity);
  };
  std::map<decltype(key(a[0])), int> there;
  for (const Finding& finding : b) ++there[key(finding)];
  std::vector<const Finding*> out;
  for (const Finding& finding : a) {
    if (--there[key(finding)] < 0) out.push_back(&finding);
  }
  return out;
}

}  // namespace ordo

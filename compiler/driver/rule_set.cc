#include "compiler/driver/rule_set.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include <sha2.h>

#include "compiler/driver/library_calendar.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view kIndex = "rules.json";
constexpr std::string_view kSchema = "ordo/rules/1";
constexpr size_t kMostFiles = 1000;
constexpr size_t kVersionDigits = 16;
constexpr std::string_view kFolders[] = {"calendars/", "checks/", "profiles/"};

std::string Digest(std::string_view bytes) {
  char digest[SHA256_DIGEST_STRING_LENGTH];
  return SHA256Data(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), digest);
}

// A path that an index may list: below one of the folders of a set, without steps up.
bool MayStand(std::string_view path) {
  const bool below = std::any_of(std::begin(kFolders), std::end(kFolders), [&](std::string_view folder) { return path.starts_with(folder); });
  return below && path.ends_with(".ordo") && path.find("..") == std::string_view::npos && path.find("//") == std::string_view::npos &&
         path.find('\\') == std::string_view::npos && path.find('\0') == std::string_view::npos;
}

// Line ends are those of the program: a copy that has come through another system is the same set.
std::string WithPlainLineEnds(std::string text) {
  if (text.find('\r') == std::string::npos) return text;
  size_t kept = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') text[kept++] = text[i];
  }
  text.resize(kept);
  return text;
}

class Reading {
 public:
  Reading(const RuleSetSource& source, Emitter& emitter) : source_(source), emitter_(emitter) {}

  // The index of the set that is meant; *place is its folder or the file itself.
  std::string Find(const std::string& path, const std::string& version, std::string* place, std::string* index) {
    std::vector<std::string> tried = {path, (fs::path(path) / kIndex).string()};
    std::vector<std::string> versions;
    if (!version.empty()) versions = {version};
    else if (!source_.read) versions = VersionsIn(path);
    if (versions.size() == 1) {
      tried.push_back((fs::path(path) / versions[0] / kIndex).string());
      tried.push_back((fs::path(path) / (versions[0] + ".json")).string());
    }
    for (const std::string& one : tried) {
      const std::string canonical = CanonicalPath(source_.read, one);
      if (canonical.empty() || (!source_.root.empty() && !IsBelow(source_.root, canonical))) continue;
      auto bytes = ReadFrom(source_.read, canonical, source_.max_bytes, true);
      if (!bytes.ok()) continue;
      *place = fs::path(one).filename() == kIndex ? fs::path(one).parent_path().string() : one;
      if (place->empty()) *place = ".";
      *index = std::move(*bytes);
      return one;
    }
    return {};
  }

  RuleSetRef Read(const std::string& shown, const std::string& place, const std::string& index) {
    const Json json = Json::parse(index, nullptr, false);
    const auto text = [](const Json& owner, const char* key) {
      return owner.is_object() && owner.contains(key) && owner[key].is_string() ? owner[key].get<std::string>() : std::string();
    };
    auto rules = std::make_shared<RuleSet>();
    rules->version = text(json, "version");
    rules->program = text(json, "ordo");
    rules->place = place;
    if (text(json, "schema") != kSchema || !IsRuleSetVersion(rules->version) || !json.contains("files") || !json["files"].is_array()) {
      return Unreadable(shown, emitter_.Say(Phrase::kRuleSetNoIndex));
    }
    const std::string too_large = emitter_.Say(Phrase::kRuleSetSize, {fmt::format("{}", source_.max_bytes), fmt::format("{}", kMostFiles)});
    if (json["files"].size() > kMostFiles) return Unreadable(shown, too_large);
    std::vector<std::string> paths, changed, gone;
    size_t bytes = 0;
    for (const Json& file : json["files"]) {
      const std::string path = text(file, "path");
      if (!MayStand(path) || std::find(paths.begin(), paths.end(), path) != paths.end()) {
        return Unreadable(shown, emitter_.Say(Phrase::kRuleSetPath, {ShownPath(path)}));
      }
      std::string content;
      if (file.contains("text")) {
        content = text(file, "text");
      } else {
        const std::string target = CanonicalPath(source_.read, (fs::path(place) / path).string());
        const bool inside = !target.empty() && IsBelow(CanonicalPath(source_.read, place), target);
        auto read = inside ? ReadFrom(source_.read, target, source_.max_bytes, true) : absl::NotFoundError("");
        if (absl::IsResourceExhausted(read.status())) return Unreadable(shown, too_large);
        if (!read.ok()) {
          gone.push_back(path);
          continue;
        }
        content = WithPlainLineEnds(std::move(*read));
      }
      bytes += content.size();
      if (bytes > source_.max_bytes) return Unreadable(shown, too_large);
      if (Digest(content) != text(file, "sha256")) changed.push_back(path);
      paths.push_back(path);
      rules->owned.push_back(std::move(content));
    }
    const std::vector<std::string> added = fs::path(shown).filename() == kIndex ? Added(place, paths, gone) : std::vector<std::string>();
    std::string different;
    const auto tell = [&](Phrase phrase, const std::vector<std::string>& some) {
      if (some.empty()) return;
      const std::string names = some.size() <= 5 ? fmt::format("{}", fmt::join(some, ", "))
                                                 : fmt::format("{}, …", fmt::join(some.begin(), some.begin() + 5, ", "));
      different += (different.empty() ? "" : "; ") + emitter_.Say(phrase, {names});
    };
    tell(Phrase::kRuleSetFiles, changed);
    tell(Phrase::kRuleSetGone, gone);
    tell(Phrase::kRuleSetAdded, added);
    std::vector<size_t> order(paths.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return paths[a] < paths[b]; });
    // Paths and texts move into their order, then are looked at.
    std::vector<std::string> kept;
    for (const size_t i : order) {
      kept.push_back(std::move(paths[i]));
      kept.push_back(std::move(rules->owned[i]));
    }
    rules->owned = std::move(kept);
    for (size_t i = 0; i < rules->owned.size(); i += 2) rules->files.push_back({rules->owned[i], rules->owned[i + 1]});
    if (const std::string version = VersionOf(rules->files); different.empty() && version != rules->version) {
      different = emitter_.Say(Phrase::kRuleSetHash, {rules->version, version});
    }
    if (!different.empty()) {
      Emit(Code::kRuleSetEdited, shown, {rules->version, different});
      return nullptr;
    }
    if (!CompileCalendar(rules->files, emitter_.language(), &rules->own_days)) {
      Emit(Code::kRuleSetOutdated, shown, {rules->version, rules->program, "calendars/", ORDO_VERSION});
      return nullptr;
    }
    rules->days = &rules->own_days;
    return rules;
  }

  Finding& Emit(Code code, const std::string& path, std::initializer_list<std::string_view> arguments) {
    return source_.at.known() ? emitter_.Emit(code, source_.at, arguments) : emitter_.EmitForPath(code, path, arguments);
  }
  RuleSetRef Unreadable(const std::string& path, const std::string& why) {
    Emit(Code::kRuleSetUnreadable, path, {path, why});
    return nullptr;
  }

 private:
  static std::string ShownPath(const std::string& path) { return FindInvalidUtf8(path) ? "?" : path.substr(0, 200); }

  static std::vector<std::string> VersionsIn(const std::string& path) {
    std::vector<std::string> versions;
    std::error_code error;
    for (auto it = fs::directory_iterator(path, error); !error && it != fs::directory_iterator() && versions.size() < kMostFiles; it.increment(error)) {
      const std::string stem = it->path().stem().string();
      if (IsRuleSetVersion(stem)) versions.push_back(stem);
    }
    return versions;
  }

  // Files of the folders of a set that its index does not list: they would be left out in silence.
  std::vector<std::string> Added(const std::string& place, const std::vector<std::string>& paths, const std::vector<std::string>& gone) const {
    std::vector<std::string> added;
    if (source_.read) return added;
    for (const std::string_view folder : kFolders) {
      std::error_code error;
      size_t seen = 0;
      for (auto it = fs::recursive_directory_iterator(fs::path(place) / folder, error);
           !error && it != fs::recursive_directory_iterator() && ++seen <= 2 * kMostFiles; it.increment(error)) {
        if (it->path().extension() != ".ordo") continue;
        const std::string path = it->path().lexically_relative(place).string();
        if (std::find(paths.begin(), paths.end(), path) == paths.end() && std::find(gone.begin(), gone.end(), path) == gone.end())
          added.push_back(path);
      }
    }
    std::sort(added.begin(), added.end());
    return added;
  }

  const RuleSetSource& source_;
  Emitter& emitter_;
};

Json IndexOf(const RuleSet& rules, bool texts) {
  Json json;
  json["schema"] = kSchema;
  json["version"] = rules.version;
  json["ordo"] = rules.program;
  json["edition"] = 1;
  json["files"] = Json::array();
  for (const LibraryFile& file : rules.files) {
    Json entry = {{"path", file.path}, {"sha256", Digest(file.text)}};
    if (texts) entry["text"] = file.text;
    json["files"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace

std::string RuleSet::Shown(const LibraryFile& file) const {
  if (place.empty()) return fmt::format("stdlib:{}", file.path);
  return place.ends_with(".json") ? fmt::format("{}:{}", place, file.path) : (fs::path(place) / file.path).string();
}

const RuleSet& OwnRules() {
  static const RuleSet* const own = [] {
    auto* rules = new RuleSet;   // for the whole run; looked at from any thread, never changed
    for (const LibraryFile& file : LibraryFiles()) {
      if (MayStand(file.path) && file.path.find("/tests/") == std::string_view::npos) rules->files.push_back(file);
    }
    std::sort(rules->files.begin(), rules->files.end(), [](const LibraryFile& a, const LibraryFile& b) { return a.path < b.path; });
    rules->version = VersionOf(rules->files);
    rules->program = ORDO_VERSION;
    rules->days = &LibraryCalendar();
    return rules;
  }();
  return *own;
}

std::string VersionOf(const std::vector<LibraryFile>& files) {
  std::string all;
  for (const LibraryFile& file : files) all += fmt::format("{}\n{}\n{}\n", file.path, file.text.size(), file.text);
  return Digest(all).substr(0, kVersionDigits);
}

bool IsRuleSetVersion(std::string_view text) {
  return text.size() == kVersionDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

RuleSetRef ReadRuleSet(const std::string& path, const std::string& version, const RuleSetSource& source, bool optional, Emitter& emitter) {
  Reading reading(source, emitter);
  std::string place, index;
  const std::string found = reading.Find(path, version, &place, &index);
  if (found.empty() && optional) return nullptr;
  if (found.empty()) return reading.Unreadable(version.empty() ? path : (fs::path(path) / version).string(), emitter.Say(Phrase::kRuleSetNoIndex));
  return reading.Read(found, place, index);
}

absl::Status WriteRuleSet(const RuleSet& rules, const std::string& path, std::string* written) {
  if (path.ends_with(".json")) {
    for (const LibraryFile& file : rules.files) {   // a text that JSON cannot hold as it is
      if (FindInvalidUtf8(file.text)) return absl::InvalidArgumentError(std::string(file.path).c_str());
    }
    *written = path;
    return WriteFile(path, IndexOf(rules, true).dump(1) + "\n");
  }
  const fs::path folder = fs::path(path) / rules.version;
  *written = folder.string();
  for (const LibraryFile& file : rules.files) {
    const fs::path target = folder / file.path;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (error) return absl::UnavailableError(target.string().c_str());
    if (absl::Status status = WriteFile(target.string(), file.text); !status.ok()) return status;
  }
  return WriteFile((folder / kIndex).string(), IndexOf(rules, false).dump(1) + "\n");   // last: what it lists is there
}

}  // namespace ordo

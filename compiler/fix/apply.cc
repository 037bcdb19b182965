#include "compiler/fix/apply.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "fmt/format.h"

namespace ordo {

namespace {

// `a` does not begin behind `b`. Neighbours are fine as long as only one of them puts something in.
bool Clash(const Edit& a, const Edit& b) {
  if (a.at.begin == b.at.begin || a.at.end > b.at.begin) return true;
  return a.at.end == b.at.begin && !a.insert.empty() && !b.insert.empty();
}

}  // namespace

bool Taken::Take(const Fix& fix) {
  for (const Edit& edit : fix.edits) {
    const auto& taken = edits_[edit.at.file];
    const auto next = taken.lower_bound(edit.at.begin);
    if (next != taken.end() && Clash(edit, *next->second)) return false;
    if (next != taken.begin() && Clash(*std::prev(next)->second, edit)) return false;
  }
  for (const Edit& edit : fix.edits) edits_[edit.at.file].emplace(edit.at.begin, &edit);
  return true;
}

std::map<std::string, std::string> Apply(const std::vector<const Fix*>& fixes, const SourceSet& sources) {
  std::map<FileId, std::vector<const Edit*>> by_file;
  for (const Fix* fix : fixes) {
    for (const Edit& edit : fix->edits) by_file[edit.at.file].push_back(&edit);
  }
  std::map<std::string, std::string> texts;
  for (auto& [file, edits] : by_file) {
    std::sort(edits.begin(), edits.end(), [](const Edit* a, const Edit* b) { return a->at < b->at; });
    const std::string_view before = sources.file(file).text();
    std::string after;
    size_t at = 0;
    for (const Edit* edit : edits) {
      after += before.substr(at, edit->at.begin - at);
      after += edit->insert;
      at = edit->at.end;
    }
    after += before.substr(at);
    texts[std::string(sources.file(file).path())] = std::move(after);
  }
  return texts;
}

namespace {

constexpr size_t kContext = 3;

// With their line ends; the last may have none.
std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

struct Change {
  size_t before = 0, before_end = 0, after = 0, after_end = 0;   // lines
};

// Changes between lines that are equal and stand once in each text (patience), then between equal ends of what lies between. What
// a fix changes is a line or two, so that there is next to nothing to search.
void Compare(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b, Change range, std::vector<Change>& out) {
  while (range.before < range.before_end && range.after < range.after_end && a[range.before] == b[range.after]) ++range.before, ++range.after;
  while (range.before < range.before_end && range.after < range.after_end && a[range.before_end - 1] == b[range.after_end - 1]) {
    --range.before_end, --range.after_end;
  }
  if (range.before == range.before_end && range.after == range.after_end) return;
  struct Count {
    uint32_t before = 0, after = 0;
    size_t line = 0;
  };
  absl::flat_hash_map<std::string_view, Count> counts;
  for (size_t i = range.before; i < range.before_end; ++i) ++counts[a[i]].before;
  for (size_t i = range.after; i < range.after_end; ++i) {
    Count& count = counts[b[i]];
    ++count.after;
    count.line = i;
  }
  // Fixes keep the order of what they leave: anchors that would cross are passed over.
  std::vector<std::pair<size_t, size_t>> anchors;
  for (size_t i = range.before; i < range.before_end; ++i) {
    const Count& count = counts[a[i]];
    if (count.before == 1 && count.after == 1 && (anchors.empty() || count.line > anchors.back().second)) anchors.push_back({i, count.line});
  }
  if (anchors.empty()) return out.push_back(range);
  Change part = range;
  for (const auto& [line, other] : anchors) {
    part.before_end = line, part.after_end = other;
    Compare(a, b, part, out);
    part.before = line + 1, part.after = other + 1;
  }
  part.before_end = range.before_end, part.after_end = range.after_end;
  Compare(a, b, part, out);
}

}  // namespace

std::string UnifiedDiff(std::string_view path, std::string_view before, std::string_view after) {
  const std::vector<std::string_view> a = LinesOf(before), b = LinesOf(after);
  std::vector<Change> changes;
  Compare(a, b, {0, a.size(), 0, b.size()}, changes);
  if (changes.empty()) return "";
  const bool relative = !path.starts_with('/');
  std::string out = fmt::format("--- {}{}\n+++ {}{}\n", relative ? "a/" : "", path, relative ? "b/" : "", path);
  const auto line = [&](char sign, std::string_view text) {
    out += sign;
    out += text;
    if (!text.ends_with('\n')) out += "\n\\ No newline at end of file\n";
  };
  for (size_t first = 0, last = 0; first < changes.size(); first = last + 1) {
    last = first;
    while (last + 1 < changes.size() && changes[last + 1].before - changes[last].before_end <= 2 * kContext) ++last;
    const size_t lead = std::min(changes[first].before, kContext);
    const size_t trail = std::min(a.size() - changes[last].before_end, kContext);
    const size_t begin = changes[first].before - lead, end = changes[last].before_end + trail;
    const size_t after_begin = changes[first].after - lead, after_end = changes[last].after_end + trail;
    const auto range = [](size_t from, size_t to) {
      return to - from == 1 ? fmt::format("{}", from + 1) : fmt::format("{},{}", from == to ? from : from + 1, to - from);
    };
    out += fmt::format("@@ -{} +{} @@\n", range(begin, end), range(after_begin, after_end));
    size_t at = begin;
    for (size_t i = first; i <= last; ++i) {
      for (; at < changes[i].before; ++at) line(' ', a[at]);
      for (; at < changes[i].before_end; ++at) line('-', a[at]);
      for (size_t k = changes[i].after; k < changes[i].after_end; ++k) line('+', b[k]);
    }
    for (; at < end; ++at) line(' ', a[at]);
  }
  return out;
}

}  // namespace ordo

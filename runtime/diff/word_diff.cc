#include "runtime/diff/word_diff.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

namespace ordo::diff {
namespace {

using Words = std::span<const std::string_view>;

constexpr int kMostEdits = 200;
constexpr size_t kShortSame = 2;  // words between two changes that are told with them

std::vector<std::string_view> Split(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    while (at < text.size() && IsBlank(text[at])) ++at;
    const size_t begin = at;
    while (at < text.size() && !IsBlank(text[at])) ++at;
    if (at > begin) words.push_back(text.substr(begin, at - begin));
  }
  return words;
}

// What happens to the words one after another.
struct Step {
  Run::Kind kind;
  size_t count;
};

void Add(std::vector<Step>& steps, Run::Kind kind, size_t count) {
  if (count == 0) return;
  if (!steps.empty() && steps.back().kind == kind)
    steps.back().count += count;
  else
    steps.push_back({kind, count});
}

// The shortest way from one to the other (E. Myers, An O(ND) difference algorithm, 1986), backwards from its end. False: too long.
bool ShortestWay(Words a, Words b, std::vector<Step>& steps) {
  const int n = static_cast<int>(a.size()), m = static_cast<int>(b.size());
  const int most = std::min(n + m, kMostEdits);
  std::vector<int> furthest(2 * most + 3, 0);
  std::vector<std::vector<int>> before;  // as it was in front of each round: only the diagonals that it reached
  const auto at = [&](int k) -> int& { return furthest[k + most + 1]; };
  int found = -1;
  for (int d = 0; d <= most && found < 0; ++d) {
    before.emplace_back(furthest.begin() + (most + 1 - d), furthest.begin() + (most + 2 + d));
    for (int k = -d; k <= d; k += 2) {
      int x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      int y = x - k;
      while (x < n && y < m && x >= 0 && y >= 0 && a[x] == b[y]) ++x, ++y;
      at(k) = x;
      if (x >= n && y >= m) {
        found = d;
        break;
      }
    }
  }
  if (found < 0) return false;
  int x = n, y = m;
  for (int d = found; d > 0; --d) {
    const std::vector<int>& old = before[d];  // diagonals -d to d, index k + d
    const int k = x - y;
    const auto reached = [&](int diagonal) { return diagonal < -d || diagonal > d ? 0 : old[diagonal + d]; };
    const bool down = k == -d || (k != d && reached(k - 1) < reached(k + 1));
    const int from = down ? k + 1 : k - 1;
    const int from_x = reached(from), from_y = from_x - from;
    const int snake = down ? x - from_x : x - from_x - 1;
    Add(steps, Run::Kind::kSame, static_cast<size_t>(snake));
    Add(steps, down ? Run::Kind::kNew : Run::Kind::kOld, 1);
    x = from_x;
    y = from_y;
  }
  Add(steps, Run::Kind::kSame, static_cast<size_t>(x));
  std::reverse(steps.begin(), steps.end());
  return true;
}

}  // namespace

std::string Shortened(std::string_view text, size_t most) {
  if (text.size() <= most) return std::string(text);
  size_t end = most;
  while (end > 0 && !IsBlank(text[end])) --end;
  if (end == 0) {  // one long word: whole characters of it
    end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  }
  return std::string(text.substr(0, end)) + " …";
}

std::vector<Run> WordDiff(std::string_view was, std::string_view now) {
  const std::vector<std::string_view> a = Split(was), b = Split(now);
  size_t front = 0, back = 0;
  while (front < std::min(a.size(), b.size()) && a[front] == b[front]) ++front;
  while (back < std::min(a.size(), b.size()) - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  const Words gone = Words(a).subspan(front, a.size() - front - back), come = Words(b).subspan(front, b.size() - front - back);
  std::vector<Step> middle;
  if (!ShortestWay(gone, come, middle)) middle = {{Run::Kind::kOld, gone.size()}, {Run::Kind::kNew, come.size()}};
  std::vector<Step> steps;
  Add(steps, Run::Kind::kSame, front);
  for (const Step& step : middle) Add(steps, step.kind, step.count);
  Add(steps, Run::Kind::kSame, back);

  // Places of change, each with all its old words and then all its new ones.
  std::vector<Run> runs;
  size_t x = 0, y = 0;
  const auto text = [](Words words, size_t at, size_t count) {
    std::string out;
    for (size_t i = 0; i < count; ++i) {
      if (i > 0) out += ' ';
      out += words[at + i];
    }
    return out;
  };
  for (size_t i = 0; i < steps.size();) {
    if (steps[i].kind == Run::Kind::kSame) {
      runs.push_back({Run::Kind::kSame, text(a, x, steps[i].count)});
      x += steps[i].count;
      y += steps[i++].count;
      continue;
    }
    size_t old_words = 0, new_words = 0;
    for (; i < steps.size(); ++i) {
      const bool same = steps[i].kind == Run::Kind::kSame;
      if (same && (steps[i].count > kShortSame || i + 1 == steps.size() || old_words + new_words <= steps[i].count)) break;
      if (steps[i].kind != Run::Kind::kNew) old_words += steps[i].count;
      if (steps[i].kind != Run::Kind::kOld) new_words += steps[i].count;
    }
    if (old_words > 0) runs.push_back({Run::Kind::kOld, text(a, x, old_words)});
    if (new_words > 0) runs.push_back({Run::Kind::kNew, text(b, y, new_words)});
    x += old_words;
    y += new_words;
  }
  return runs;
}

namespace {

// Of what is the same only the words beside a change.
std::string Kept(const std::vector<Run>& runs, size_t i, size_t context) {
  const std::vector<std::string_view> words = Split(runs[i].text);
  const size_t head = i == 0 ? 0 : context, tail = i + 1 == runs.size() ? 0 : context;
  if (words.size() <= head + tail + 1) return runs[i].text;
  std::string part;
  for (size_t w = 0; w < head; ++w) part += std::string(words[w]) + " ";
  part += "…";
  for (size_t w = words.size() - tail; w < words.size(); ++w) part += " " + std::string(words[w]);
  return part;
}

}  // namespace

std::string Marked(const std::vector<Run>& runs, size_t context, size_t most) {
  std::string out;
  for (size_t i = 0; i < runs.size(); ++i) {
    const bool old = runs[i].kind == Run::Kind::kOld;
    const std::string part =
        runs[i].kind == Run::Kind::kSame ? Kept(runs, i, context) : (old ? "[-" : "{+") + Shortened(runs[i].text, most) + (old ? "-]" : "+}");
    // The new words stand right behind the old ones that they take the place of.
    const bool joined = i > 0 && runs[i].kind == Run::Kind::kNew && runs[i - 1].kind == Run::Kind::kOld;
    if (out.size() + part.size() > 3 * most && i > 0) return out + " …";
    if (!out.empty() && !joined) out += ' ';
    out += part;
  }
  return out;
}

std::string Around(const std::vector<Run>& runs, Run::Kind kind, size_t context, size_t most) {
  std::string out;
  for (size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].kind != Run::Kind::kSame && runs[i].kind != kind) continue;
    const std::string part = runs[i].kind == Run::Kind::kSame ? Kept(runs, i, context) : runs[i].text;
    if (!out.empty()) out += ' ';
    out += part;
    if (out.size() > most) return Shortened(out, most);
  }
  return out;
}

std::vector<Swap> Swaps(const std::vector<Run>& runs, size_t most) {
  std::vector<Swap> swaps;
  for (size_t i = 0; i < runs.size() && swaps.size() < most; ++i) {
    if (runs[i].kind == Run::Kind::kSame) continue;
    Swap& swap = swaps.emplace_back();
    const bool both = runs[i].kind == Run::Kind::kOld && i + 1 < runs.size() && runs[i + 1].kind == Run::Kind::kNew;
    (runs[i].kind == Run::Kind::kOld ? swap.was : swap.now) = runs[i].text;
    if (!both) continue;
    swap.now = runs[i + 1].text;
    if (i > 0) {
      const std::string& before = runs[i - 1].text;
      const std::string word = before.substr(before.rfind(' ') + 1);
      if (std::string_view(".,;:!?").find(word.back()) == std::string_view::npos) {
        const std::string_view left_out = before.size() > word.size() ? "… " : "";
        swap.was = fmt::format("{}{} {}", left_out, word, swap.was);
        swap.now = fmt::format("{}{} {}", left_out, word, swap.now);
      }
    }
    ++i;
  }
  return swaps;
}

}  // namespace ordo::diff

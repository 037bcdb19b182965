#include "runtime/base/one_edit.h"

#include <string>

#include "runtime/base/unicode.h"
#include "unicode/utf8.h"

namespace ordo {
namespace {

std::u32string Points(const std::string& text) {
  std::u32string points;
  for (size_t at = 0; at < text.size();) {
    UChar32 point;
    U8_NEXT(text.data(), at, text.size(), point);
    points += static_cast<char32_t>(point < 0 ? 0xFFFD : point);
  }
  return points;
}

bool OneEdit(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  while (!a.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  return b.size() == 1 || (a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0]);
}

}  // namespace

std::optional<size_t> FindOneEditAway(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string composed = ToNfc(std::string(word));
  const std::u32string points = Points(composed);
  if (points.size() < 2) return std::nullopt;
  const std::string bare = FoldMarks(composed);
  std::optional<size_t> found;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i] == composed) continue;
    if (!OneEdit(points, Points(std::string(candidates[i]))) && FoldMarks(candidates[i]) != bare) continue;
    if (found && candidates[*found] != candidates[i]) return std::nullopt;
    found = i;
  }
  return found;
}

}  // namespace ordo

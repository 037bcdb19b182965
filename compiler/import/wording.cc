#include "compiler/import/wording.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "compiler/ast/words.h"
#include "runtime/base/unicode.h"

namespace ordo::import {
namespace {

constexpr size_t kNameWords = 5, kNamePoints = 28, kLineBytes = 110;

UChar32 PointAt(std::string_view text, int32_t& at) {
  UChar32 point;
  U8_NEXT_OR_FFFD(text.data(), at, static_cast<int32_t>(text.size()), point);
  return point;
}

void Append(std::string& out, UChar32 point) {
  char bytes[4];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, point);
  out.append(bytes, length);
}

bool IsBlank(UChar32 point) { return u_isUWhiteSpace(point) || point == 0x3164 || u_iscntrl(point); }
// Signs that take no room: soft hyphen, zero-width blanks, marks of direction.
bool IsInvisible(UChar32 point) { return point == 0xAD || u_charType(point) == U_FORMAT_CHAR; }

}  // namespace

std::string Even(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool blank = false, line_end = false;
  UChar32 last = 0, before = 0;
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    const UChar32 point = PointAt(text, at);
    if (IsInvisible(point)) continue;
    if (IsBlank(point)) {
      blank = true;
      line_end |= point == '\n' || point == '\r' || point == 0x2028;
      continue;
    }
    // «phát tri-⏎ển»: a hyphen that a letter stands before and a small letter behind the line end.
    if (line_end && last == '-' && u_isalpha(before) && u_isalpha(point)) {
      if (u_islower(point) && u_islower(before)) out.pop_back();
    } else if (blank && !out.empty()) {
      out += ' ';
    }
    blank = line_end = false;
    Append(out, point);
    before = last;
    last = point;
  }
  return HasCombiningMark(out) ? ToNfc(out) : out;
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (std::string line = Even(text.substr(at, end - at)); !line.empty()) lines.push_back(std::move(line));
    at = end + 1;
  }
  return lines;
}

std::string HeadingWords(std::string_view text, bool brackets) {
  const std::string folded = FoldMarks(Even(text.substr(0, 2000)));
  std::string out;
  int depth = 0;
  bool gap = false;
  for (const char c : folded) {
    if (c == '(' || c == '[') ++depth;
    if ((c == ')' || c == ']') && depth > 0) --depth;
    const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '%' || static_cast<unsigned char>(c) >= 0x80;
    if (!part || (depth > 0 && !brackets)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

bool StartsLower(std::string_view text) {
  int32_t at = 0;
  return !text.empty() && u_islower(PointAt(text, at));
}

bool StartsUpper(std::string_view text) {
  int32_t at = 0;
  return !text.empty() && u_isupper(PointAt(text, at));
}

bool HasSmallLetter(std::string_view text) {
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    if (u_islower(PointAt(text, at))) return true;
  }
  return false;
}

std::string Quoted(std::string_view raw, bool* changed) {
  std::string text = Even(raw);
  const bool quotes = text.find_first_of("\"") != std::string::npos || text.find("“") != std::string::npos ||
                      text.find("”") != std::string::npos || text.find("„") != std::string::npos;
  if (!quotes && text.size() <= kLineBytes) return fmt::format("\"{}\"", text);
  // Three quotes end a long text wherever they stand, so none may stand at its ends or beside another.
  bool opens = true;
  for (size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 1)) {
    const bool beside = (at > 0 && text[at - 1] == '"') || (at + 1 < text.size() && text[at + 1] == '"');
    const bool edge = at == 0 || at + 1 == text.size();
    if (!beside && !edge) continue;
    opens = at == 0 || text[at - 1] == ' ' || text[at - 1] == '(';
    text.replace(at, 1, opens ? "“" : "”");
    at += 2;
    if (changed != nullptr) *changed = true;
  }
  std::string out = "\"\"\"";
  size_t line = out.size();
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (line > 3 && line + end - at > kLineBytes && at > 0) {
      out.back() = '\n';   // a line break of a long text is one blank
      line = 0;
    }
    out += text.substr(at, end - at);
    line += end - at + 1;
    if (end < text.size()) out += ' ';
    at = end + 1;
  }
  return out + "\"\"\"";
}

std::string Shortened(std::string_view raw, size_t points) {
  const std::string text = Even(raw);
  int32_t at = 0;
  for (size_t n = 0; at < static_cast<int32_t>(text.size()); ++n) {
    if (n == points) return text.substr(0, at) + "…";
    PointAt(text, at);
  }
  return text;
}

std::string Names::Unique(std::string base) {
  std::string name = base;
  // Where the last search for this base ended: many names of one base cost no more than one each.
  size_t& n = next_.try_emplace(base, 2).first->second;
  for (; taken_.contains(name) || IsReserved(name); ++n) name = fmt::format("{}_{}", base, n);
  taken_.insert(name);
  return name;
}

std::string Names::OfTitle(std::string_view title, std::string_view otherwise) {
  std::string name;
  size_t words = 0, points = 0;
  bool gap = false;
  const std::string folded = FoldName(Even(title.substr(0, 400)));
  for (int32_t at = 0; at < static_cast<int32_t>(folded.size());) {
    const UChar32 point = PointAt(folded, at);
    const bool letter = u_isalpha(point) && point < 0x1EFA;   // Latin and Vietnamese letters
    if (!letter && !(point >= '0' && point <= '9' && !name.empty())) {
      gap = true;
      continue;
    }
    if (gap && !name.empty()) {
      if (++words >= kNameWords || points >= kNamePoints - 4) break;
      name += '_';
    }
    gap = false;
    if (++points > kNamePoints) break;
    Append(name, point);
  }
  while (name.ends_with('_')) name.pop_back();
  if (name.empty()) name = otherwise;
  return Unique(std::move(name));
}

std::string Names::OfInitials(std::string_view title, std::string_view otherwise) {
  std::string name;
  const std::string even = Even(title.substr(0, 400));
  for (size_t at = 0; at < even.size() && name.size() < 12;) {
    const size_t end = std::min(even.find(' ', at), even.size());
    const std::string_view word = std::string_view(even).substr(at, end - at);
    const std::string plain = HeadingWords(word, true);
    // An abbreviation stands as it is: «UBND».
    bool capitals = plain.size() > 1 && plain.size() < 7;
    for (int32_t i = 0; capitals && i < static_cast<int32_t>(word.size());) {
      const UChar32 point = PointAt(word, i);
      capitals = !u_islower(point);
    }
    for (const char c : plain) {
      if (c >= 'a' && c <= 'z') {
        name += c;
        if (!capitals) break;
      }
    }
    at = end + 1;
  }
  if (name.size() < 2) name = std::string(otherwise) + (name.empty() ? "" : "_" + name);
  return Unique(std::move(name));
}

}  // namespace ordo::import

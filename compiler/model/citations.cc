#include "compiler/model/citations.h"

#include <algorithm>

namespace ordo {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
size_t SkipBlanks(std::string_view text, size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}
// A capital of a symbol: A-Z or Đ. Returns its size in bytes, or 0.
size_t Capital(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] >= 'A' && text[at] <= 'Z') return 1;
  return text.substr(at, 2) == "Đ" ? 2 : 0;
}

std::optional<int> Number(std::string_view text, size_t& at, size_t most) {
  size_t digits = 0;
  int value = 0;
  while (at + digits < text.size() && digits < most && IsDigit(text[at + digits])) value = value * 10 + (text[at + digits++] - '0');
  if (digits == 0) return std::nullopt;
  at += digits;
  return value;
}

// «ngày 31/12/2025» or «ngày 28 tháng 01 năm 2026», after an optional comma.
std::optional<Date> DateAfter(std::string_view text, size_t& at) {
  size_t i = SkipBlanks(text, at);
  if (i < text.size() && text[i] == ',') i = SkipBlanks(text, i + 1);
  constexpr std::string_view kDay = "ngày";
  if (text.substr(i, kDay.size()) != kDay) return std::nullopt;
  i = SkipBlanks(text, i + kDay.size());
  const auto day = Number(text, i, 2);
  if (!day) return std::nullopt;
  const auto separator = [&](std::string_view word) {
    if (i < text.size() && text[i] == '/') {
      i = SkipBlanks(text, i + 1);
      return true;
    }
    const size_t j = SkipBlanks(text, i);
    if (text.substr(j, word.size()) != word) return false;
    i = SkipBlanks(text, j + word.size());
    return true;
  };
  if (!separator("tháng")) return std::nullopt;
  const auto month = Number(text, i, 2);
  if (!month || !separator("năm")) return std::nullopt;
  const auto year = Number(text, i, 4);
  if (!year) return std::nullopt;
  const auto date = Date::FromYmd(*year, *month, *day);
  if (date) at = i;
  return date;
}

std::string IssuerAfter(std::string_view text, size_t at) {
  const size_t i = SkipBlanks(text, at);
  constexpr std::string_view kOf = "của";
  if (text.substr(i, kOf.size()) != kOf || i + kOf.size() >= text.size() || !IsBlank(text[i + kOf.size()])) return {};
  std::string issuer;
  for (size_t j = SkipBlanks(text, i + kOf.size()); j < text.size() && issuer.size() < 120;) {
    const char c = text[j];
    if (c == ',' || c == ';' || c == '.' || c == '(' || c == '"') break;
    const std::string_view rest = text.substr(j);
    if (rest.starts_with("về ") || rest.starts_with("và ") || rest.starts_with("đến ") || rest.starts_with("“")) break;
    if (IsBlank(c)) {
      issuer += ' ';
      j = SkipBlanks(text, j);
    } else {
      issuer += c;
      ++j;
    }
  }
  while (!issuer.empty() && issuer.back() == ' ') issuer.pop_back();
  return issuer;
}

}  // namespace

std::vector<CitationText> FindCitations(std::string_view text) {
  std::vector<CitationText> found;
  for (size_t i = 0; i < text.size();) {
    const bool starts = IsDigit(text[i]) && (i == 0 || IsBlank(text[i - 1]) || text[i - 1] == '(' || text[i - 1] == '"');
    if (!starts) {
      ++i;
      continue;
    }
    size_t end = i;
    while (end < text.size() && IsDigit(text[end])) ++end;
    std::string symbol(text.substr(i, end - i));
    size_t j = SkipBlanks(text, end);
    if (j < text.size() && text[j] == '/' && text.size() > j + 5 && IsDigit(text[j + 1]) && IsDigit(text[j + 4]) && text[j + 5] == '/') {
      symbol += text.substr(j, 5);  // 193/2025/QH15
      j += 5;
    }
    if (j >= text.size() || (text[j] != '/' && text[j] != '-')) {
      i = end;
      continue;
    }
    const char sign = text[j];
    j = SkipBlanks(text, j + 1);
    if (Capital(text, j) == 0) {
      i = end;
      continue;
    }
    symbol += sign;
    size_t capitals = 0;
    while (j < text.size()) {
      const size_t size = Capital(text, j);
      if (size > 0) {
        symbol += text.substr(j, size);
        j += size;
        ++capitals;
      } else if ((text[j] == '-' || text[j] == '/') && Capital(text, j + 1) > 0) {
        symbol += text[j++];
      } else if (capitals > 0 && (IsDigit(text[j]) || text[j] == 'r' || text[j] == 'y')) {  // CTr, TTr, QyĐ, QH15
        symbol += text[j++];
      } else {
        break;
      }
    }
    if (capitals < 2) {
      i = end;
      continue;
    }
    CitationText citation;
    citation.begin = i;
    citation.symbol = std::move(symbol);
    size_t after = j;
    citation.date = DateAfter(text, after);
    citation.end = after;
    citation.issuer = IssuerAfter(text, after);
    for (const char c : text.substr(i, after - i)) {
      if (!IsBlank(c)) citation.text += c;
      else if (!citation.text.empty() && citation.text.back() != ' ') citation.text += ' ';
    }
    found.push_back(std::move(citation));
    i = after;
  }
  return found;
}

}  // namespace ordo

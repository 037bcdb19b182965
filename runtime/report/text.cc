#include "runtime/report/text.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace ordo::report {

std::string Capitalised(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  int32_t end = 0;
  UChar32 letter = 0;
  if (length == 0) return {};
  U8_NEXT(bytes, end, length, letter);
  if (letter < 0) return std::string(text);
  char upper[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(upper, size, u_toupper(letter));
  std::string result(upper, size);
  result.append(text.substr(end));
  return result;
}

void Append(std::string& text, std::string_view mark, std::string_view part) {
  if (part.empty()) return;
  if (!text.empty()) text.append(mark);
  text.append(part);
}

std::string Location(const SourceSet& sources, Span span) {
  if (!span.known() || span.file >= sources.size()) return {};
  const SourceFile& file = sources.file(span.file);
  return fmt::format("{}:{}", file.path(), file.LineOf(span.begin));
}

}  // namespace ordo::report

#include "runtime/base/source.h"

#include <algorithm>
#include <utility>

#include "runtime/base/unicode.h"

namespace ordo {

namespace {
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
}

SourceFile::SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  line_starts_.push_back(0);
  const size_t size = text_.size();
  for (size_t i = 0; i < size; ++i) {
    const char c = text_[i];
    if (c != '\n' && c != '\r') continue;
    if (c == '\r' && i + 1 < size && text_[i + 1] == '\n') ++i;
    line_starts_.push_back(static_cast<uint32_t>(i + 1));
  }
}

std::string_view SourceFile::slice(Span span) const {
  const auto size = static_cast<uint32_t>(text_.size());
  const uint32_t begin = std::min(span.begin, size);
  const uint32_t end = std::clamp(span.end, begin, size);
  return text().substr(begin, end - begin);
}

uint32_t SourceFile::LineOf(uint32_t offset) const {
  return static_cast<uint32_t>(std::upper_bound(line_starts_.begin(), line_starts_.end(), offset) - line_starts_.begin());
}

Position SourceFile::PositionOf(uint32_t offset) const {
  const uint32_t line = LineOf(offset);
  std::string_view text = LineText(line);
  size_t within = offset - LineBegin(line);
  if (line == 1 && text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
    within -= std::min(within, kByteOrderMark.size());
  }
  return {line, static_cast<uint32_t>(FindGrapheme(text, within).index + 1)};
}

std::string_view SourceFile::LineText(uint32_t line) const {
  const uint32_t begin = LineBegin(line);
  const size_t end = line < line_starts_.size() ? line_starts_[line] : text_.size();
  std::string_view text = this->text().substr(begin, end - begin);
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

uint32_t SourceFile::LineBegin(uint32_t line) const { return line_starts_[line - 1]; }

FileId SourceSet::Add(std::string path, std::string text) {
  files_.emplace_back(std::move(path), std::move(text));
  return static_cast<FileId>(size() - 1);
}

}  // namespace ordo

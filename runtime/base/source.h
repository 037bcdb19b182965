// Source text in memory: path as shown to the user, bytes, and the table of line starts. Lines and columns count from 1; a
// column is what the eye counts (extended grapheme clusters, Unicode UAX 29), so a caret stands right under accented text.
// Never reads a disk: the driver hands over the bytes.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/span.h"

namespace ordo {

struct Position {
  uint32_t line = 1;
  uint32_t column = 1;
};

class SourceFile {
 public:
  SourceFile(std::string path, std::string text);

  std::string_view path() const { return path_; }
  std::string_view text() const { return text_; }
  std::string_view slice(Span span) const;

  uint32_t LineOf(uint32_t offset) const;             // from 1
  Position PositionOf(uint32_t offset) const;         // column in graphemes
  std::string_view LineText(uint32_t line) const;     // without its line end
  uint32_t LineBegin(uint32_t line) const;            // byte offset
  uint32_t line_count() const { return static_cast<uint32_t>(line_starts_.size()); }

 private:
  std::string path_;
  std::string text_;
  std::vector<uint32_t> line_starts_;
};

// All files of one run, addressed by FileId. Addresses of files stay valid while the set lives. A set may stand on another, whose
// files keep their ids in it: what is asked about a plan is read beside the plan, which stays as it is.
class SourceSet {
 public:
  SourceSet() = default;
  explicit SourceSet(const SourceSet* below) : below_(below), first_(static_cast<FileId>(below->size())) {}

  FileId Add(std::string path, std::string text);
  const SourceFile& file(FileId id) const { return id < first_ ? below_->file(id) : files_[id - first_]; }
  size_t size() const { return first_ + files_.size(); }
  std::string_view slice(Span span) const { return span.known() ? file(span.file).slice(span) : std::string_view(); }

 private:
  const SourceSet* below_ = nullptr;   // outlives this one
  FileId first_ = 0;
  std::deque<SourceFile> files_;
};

}  // namespace ordo

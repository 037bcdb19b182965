// The readers behind ReadGrids, one a kind of file.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "runtime/office/grid.h"

namespace ordo::office {

using Parts = std::map<std::string, std::string>;

absl::StatusOr<GridFile> ReadWord(const Parts& parts, const ReadLimits& limits);
absl::StatusOr<GridFile> ReadExcel(const Parts& parts, const ReadLimits& limits);
absl::StatusOr<GridFile> ReadCsv(std::string_view bytes, const ReadLimits& limits);

// Bytes of text that cells hold, those under a merge and shared texts counted as often as they stand there: what is small in a
// file may be large in memory.
class TextBudget {
 public:
  explicit TextBudget(const ReadLimits& limits) : left_(limits.max_part) {}
  bool Take(size_t bytes) {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }

 private:
  size_t left_;
};

// Without blanks at both ends; no-break blanks stay.
inline std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

}  // namespace ordo::office

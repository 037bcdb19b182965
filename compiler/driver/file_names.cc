#include "compiler/driver/file_names.h"

#include <array>

#include "fmt/format.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

constexpr size_t kLongest = 100;   // bytes; with a number and an extension below the 255 of common file systems

std::string Safe(std::string_view name) {
  std::string out;
  for (const char c : ToNfc(name)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == ' ';
    out += plain ? c : '_';
  }
  if (out.size() > kLongest) {
    size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;   // never half a letter
    out.resize(end);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  while (!out.empty() && (out.front() == ' ' || out.front() == '-')) out.erase(out.begin());   // no name that reads as an option
  return out.empty() ? "_" : out;
}

bool KeptByWindows(std::string_view folded) {
  constexpr std::array<std::string_view, 4> kDevices = {"con", "prn", "aux", "nul"};
  for (const std::string_view device : kDevices) {
    if (folded == device) return true;
  }
  return folded.size() == 4 && (folded.starts_with("com") || folded.starts_with("lpt")) && folded[3] >= '0' && folded[3] <= '9';
}

}  // namespace

std::string FileNames::Unique(std::string_view name) {
  std::string safe = Safe(name);
  if (KeptByWindows(FoldName(safe))) safe += '_';
  std::string one = safe;
  for (size_t n = 2; !taken_.insert(FoldName(one)).second; ++n) one = fmt::format("{}_{}", safe, n);
  return one;
}

void FileNames::Reserve(std::string_view name) { taken_.insert(FoldName(name)); }

}  // namespace ordo

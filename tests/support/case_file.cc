#include "support/case_file.h"

#include <sstream>

namespace ordo {
namespace {

// "-- plan.ordo --" -> "plan.ordo"
std::string_view SectionName(std::string_view line) {
  if (!line.starts_with("-- ") || !line.ends_with(" --") || line.size() < 7) return {};
  return line.substr(3, line.size() - 6);
}

}  // namespace

std::vector<std::string> CaseFile::FlagsFor(std::string_view stage) const {
  std::vector<std::string> flags;
  for (const std::string& own : {std::string("# flags:"), "# flags " + std::string(stage) + ":"}) {
    for (const std::string& line : header) {
      if (!line.starts_with(own)) continue;
      std::istringstream words(line.substr(own.size()));
      for (std::string word; words >> word;) flags.push_back(word);
    }
  }
  return flags;
}

std::optional<CaseFile> ReadCase(std::string_view text) {
  CaseFile file;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (const std::string_view name = SectionName(line); !name.empty()) {
      file.sections.push_back({std::string(name), ""});
    } else if (!file.sections.empty()) {
      file.sections.back().content.append(line).append("\n");
    } else if (line.starts_with('#')) {
      file.header.emplace_back(line);
    } else if (!line.empty()) {
      return std::nullopt;
    }
  }
  if (file.sections.empty()) return std::nullopt;
  return file;
}

std::string WriteCase(const CaseFile& file) {
  std::string text;
  for (const std::string& line : file.header) text += line + "\n";
  for (const CaseSection& section : file.sections) {
    text += "-- " + section.name + " --\n" + section.content;
    if (!section.content.empty() && section.content.back() != '\n') text += '\n';
  }
  return text;
}

}  // namespace ordo

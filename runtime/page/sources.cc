// The text that the page was made of, a line an element, so that every row and finding can be followed to where it is written. Lines
// stand in stretches that a browser lays out only when they come into sight.
#include <fmt/format.h>

#include "runtime/page/html.h"
#include "runtime/page/sections.h"

namespace ordo::page {
namespace {

constexpr uint32_t kStretch = 200;   // lines

}  // namespace

void AddPlaceLink(const Context& context, Span at, bool short_form, std::string& out) {
  if (!at.known() || context.input.sources == nullptr || at.file >= context.input.sources->size()) return;
  const SourceFile& file = context.input.sources->file(at.file);
  const size_t begin = out.size();
  out += "<a class=\"place\" href=\"#";
  const uint32_t line = context.places.AddLineAnchor(out, at);
  const bool shown = line != 0;
  if (!shown) {
    out.resize(begin);
    out += "<span class=\"place\">";
  } else {
    out += "\">";
  }
  const std::string number = fmt::to_string(shown ? line : file.LineOf(at.begin));
  if (shown && (short_form || context.places.files().size() == 1)) {
    AddText(out, context.Words(Phrase::kPageLine, {number}));
  } else {
    // The name without its folders: what they are stands at the head of the text.
    const std::string_view path = file.path();
    AddText(out, context.Words(Phrase::kPageLineOf, {path.substr(path.rfind('/') + 1), number}));
  }
  out += shown ? "</a>" : "</span>";
}

void AddSources(const Context& context, std::string& out) {
  const std::vector<FileId>& files = context.places.files();
  for (size_t i = 0; i < files.size(); ++i) {
    const SourceFile& file = context.input.sources->file(files[i]);
    out += "<h3 class=\"path\">";
    AddText(out, file.path());
    out += "</h3>\n";
    const uint32_t lines = file.line_count();
    for (uint32_t line = 1; line <= lines; ++line) {
      if (line % kStretch == 1) out += fmt::format("{}<ol class=\"lines\" start=\"{}\">\n", line == 1 ? "" : "</ol>\n", line);
      fmt::format_to(std::back_inserter(out), "<li id=\"s{}-{}\">", i, line);
      AddText(out, file.LineText(line));
      out += "</li>\n";
    }
    out += "</ol>\n";
  }
}

}  // namespace ordo::page

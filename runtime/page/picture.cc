// Drawings inside the page. They come from runtime/report, whose texts are escaped; here ids are kept apart from those of the page
// and of each other, and the style is handed out so that the page has one.
#include "runtime/page/sections.h"

namespace ordo::page {
namespace {

constexpr std::string_view kUrl = "url(#";

// Adds the prefix to each reference «url(#…)».
void AddWithReferences(std::string_view text, std::string_view prefix, std::string& out) {
  for (size_t at = 0; at < text.size();) {
    const size_t found = text.find(kUrl, at);
    if (found == std::string_view::npos) {
      out += text.substr(at);
      return;
    }
    out += text.substr(at, found + kUrl.size() - at);
    out += prefix;
    at = found + kUrl.size();
  }
}

void AddEachWord(std::string_view words, std::string_view prefix, std::string& out) {
  for (size_t at = 0; at < words.size(); ++at) {
    if (words[at] != ' ' && (at == 0 || words[at - 1] == ' ')) out += prefix;
    out += words[at];
  }
}

// One tag, from < to >. Values stand in double quotes, as the drawings are written.
void AddTag(std::string_view tag, std::string_view prefix, std::string& out) {
  size_t at = 0;
  while (at < tag.size()) {
    const size_t open = tag.find('"', at);
    const size_t close = open == std::string_view::npos ? open : tag.find('"', open + 1);
    if (close == std::string_view::npos) break;
    const std::string_view before = tag.substr(at, open + 1 - at), value = tag.substr(open + 1, close - open - 1);
    out += before;
    if (before.ends_with(" id=\"") || before.ends_with(" aria-labelledby=\"") || before.ends_with(" aria-describedby=\"")) {
      AddEachWord(value, prefix, out);
    } else if (before.ends_with("href=\"") && value.starts_with('#')) {
      out += '#';
      out += prefix;
      out += value.substr(1);
    } else {
      AddWithReferences(value, prefix, out);
    }
    out += '"';
    at = close + 1;
  }
  out += tag.substr(at);
}

}  // namespace

Picture PictureOf(std::string_view svg, std::string_view prefix) {
  Picture picture;
  picture.body.reserve(svg.size() + svg.size() / 64);
  const size_t begin = svg.find("<svg");
  if (begin == std::string_view::npos) return picture;
  for (size_t at = begin; at < svg.size();) {
    const size_t open = svg.find('<', at);
    if (open == std::string_view::npos) {
      picture.body += svg.substr(at);
      break;
    }
    picture.body += svg.substr(at, open - at);
    if (svg.substr(open).starts_with("<style>")) {
      const size_t end = svg.find("</style>", open);
      if (end == std::string_view::npos) break;
      AddWithReferences(svg.substr(open + 7, end - open - 7), prefix, picture.style);
      at = end + 8;
      continue;
    }
    const size_t close = svg.find('>', open);   // a > in a value is escaped
    if (close == std::string_view::npos) break;
    AddTag(svg.substr(open, close + 1 - open), prefix, picture.body);
    at = close + 1;
  }
  return picture;
}

}  // namespace ordo::page

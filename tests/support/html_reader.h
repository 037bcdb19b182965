// Reads pages as far as tests ask: whether every tag is closed in its order, and the cells of the rows of tables. In: a page that the
// program wrote. Out: the first fault, "" if there is none; texts with their entities taken back. Not a browser: scripts are not read.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ordo::testing {

inline std::string Unescaped(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEntities = {
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}, {"&#39;", "'"}}};
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t taken = 0;
    for (const auto& [entity, character] : kEntities) {
      if (!text.substr(at).starts_with(entity)) continue;
      out += character;
      taken = entity.size();
    }
    if (taken == 0) out += text[at], taken = 1;
    at += taken;
  }
  return out;
}

struct HtmlPage {
  std::string fault;
  std::vector<std::vector<std::string>> rows;   // of all tables, by cell; a break counts as a line end
};

inline HtmlPage ReadHtml(std::string_view page) {
  HtmlPage read;
  std::vector<std::string> open;
  std::string cell;
  bool in_cell = false;
  const auto fault = [&](const std::string& text) {
    if (read.fault.empty()) read.fault = text;
  };
  for (size_t at = 0; at < page.size();) {
    if (page[at] != '<') {
      if (page[at] == '>') fault("a bare >");
      if (in_cell) cell += page[at];
      ++at;
      continue;
    }
    if (page.substr(at).starts_with("<!--")) {
      at = page.find("-->", at) + 3;
      continue;
    }
    const size_t end = page.find('>', at);
    if (end == std::string_view::npos) {
      fault("a tag without an end");
      break;
    }
    const std::string_view tag = page.substr(at + 1, end - at - 1);
    at = end + 1;
    if (tag.starts_with("!")) continue;
    const bool closing = tag.starts_with("/");
    const std::string_view rest = closing ? tag.substr(1) : tag;
    const std::string name(rest.substr(0, rest.find_first_of(" \n/")));
    if (name == "meta" || name == "br" || name == "link" || name == "hr" || name == "img" || tag.ends_with("/")) {
      if (name == "br" && in_cell) cell += '\n';
      continue;
    }
    if (closing) {
      if (open.empty() || open.back() != name) fault("</" + name + "> closes " + (open.empty() ? "nothing" : "<" + open.back() + ">"));
      if (!open.empty()) open.pop_back();
      if ((name == "td" || name == "th") && !read.rows.empty()) {
        read.rows.back().push_back(Unescaped(cell));
        in_cell = false;
      }
      continue;
    }
    open.push_back(name);
    if (name == "tr") read.rows.emplace_back();
    if (name == "td" || name == "th") in_cell = true, cell.clear();
    if (name == "style" || name == "script") at = page.find("</" + name, at);   // not text
  }
  if (!open.empty()) fault("<" + open.back() + "> is not closed");
  return read;
}

}  // namespace ordo::testing

// The parts of the page, one function each: they add their section to `out`. In: the input and its places. What a part shows stands
// in the page once; links go by the anchors of places.h.
#pragma once

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "runtime/diag/emitter.h"
#include "runtime/page/page.h"
#include "runtime/page/places.h"

namespace ordo::page {

struct Context {
  const PageInput& input;
  const Places& places;
  absl::flat_hash_map<std::string_view, std::string> roles_of;   // of a row: « 0.1 3.2», unit and role by index

  std::string Words(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const {
    return Say(phrase, input.language, arguments);
  }
};

std::string_view NameOf(Severity severity);   // "error", ... : classes and shared links

// `number`: of the table on the page. Wide tables scroll in a region of their own, narrow ones become cards on a phone.
void AddTable(const Context& context, const report::Table& table, size_t number, bool matrix, std::string& out);
// Headings of the columns for cards, as rules of the style.
void AddCardLabels(const report::Table& table, size_t number, std::string& out);
void AddFindings(const Context& context, std::string& out);
void AddSources(const Context& context, std::string& out);

// A drawing as part of a page: without its declaration and style, its ids made unique by the prefix.
struct Picture {
  std::string style;
  std::string body;
};
Picture PictureOf(std::string_view svg, std::string_view prefix);

// A link to the line of a place, or its name where the page does not hold the text; nothing for no place.
void AddPlaceLink(const Context& context, Span at, bool short_form, std::string& out);

}  // namespace ordo::page

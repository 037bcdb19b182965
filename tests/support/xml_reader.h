// Reads XML with a real parser (Expat) into a flat list of elements in document order. In: a text; out: elements with their
// attributes, their own text and the index of their parent, or the parser's complaint. Refuses what is not well formed. Reads no
// file, follows no reference.
#pragma once

#include <expat.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ordo::testing {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;
  size_t parent = SIZE_MAX;
  double Number(const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? 0 : std::stod(found->second);
  }
};

struct XmlDocument {
  std::vector<XmlElement> elements;
  std::string error;   // empty: well formed
};

inline XmlDocument ReadXml(std::string_view text) {
  struct State {
    XmlDocument document;
    std::vector<size_t> open;
  } state;
  XML_Parser parser = XML_ParserCreate("UTF-8");
  XML_SetUserData(parser, &state);
  XML_SetElementHandler(
      parser,
      [](void* data, const XML_Char* name, const XML_Char** attributes) {
        auto& at = *static_cast<State*>(data);
        XmlElement element;
        element.name = name;
        if (!at.open.empty()) element.parent = at.open.back();
        for (; *attributes != nullptr; attributes += 2) element.attributes[attributes[0]] = attributes[1];
        at.open.push_back(at.document.elements.size());
        at.document.elements.push_back(std::move(element));
      },
      [](void* data, const XML_Char*) { static_cast<State*>(data)->open.pop_back(); });
  XML_SetCharacterDataHandler(parser, [](void* data, const XML_Char* bytes, int length) {
    auto& at = *static_cast<State*>(data);
    if (!at.open.empty()) at.document.elements[at.open.back()].text.append(bytes, static_cast<size_t>(length));
  });
  if (XML_Parse(parser, text.data(), static_cast<int>(text.size()), 1) != XML_STATUS_OK) {
    state.document.error = std::string(XML_ErrorString(XML_GetErrorCode(parser))) + " in line " +
                           std::to_string(XML_GetCurrentLineNumber(parser));
  }
  XML_ParserFree(parser);
  return state.document;
}

}  // namespace ordo::testing

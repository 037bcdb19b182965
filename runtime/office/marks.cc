#include "runtime/office/marks.h"

#include <charconv>

#include <pugixml.hpp>

#include "runtime/base/unicode.h"
#include "runtime/office/docx_xml.h"

namespace ordo::office {
namespace {

void AppendHex(std::string& out, uint64_t mark) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, mark, 16).ptr;
  out.append(digits, end);
}

absl::Status Bad(const char* what) { return absl::InvalidArgumentError(what); }

// An office program may give our namespace a prefix of its own.
std::string_view Prefix(const pugi::xml_node& root) {
  const std::string_view name = root.name();
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

std::string_view LocalName(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool IsOurs(const pugi::xml_node& root) {
  const std::string_view prefix = Prefix(root);
  const std::string declared = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  return LocalName(root) == "marks" && root.attribute(declared.c_str()).value() == kMarksNamespace;
}

// Hexadecimal numbers with blanks between them.
bool ReadCells(std::string_view text, std::vector<uint64_t>& cells) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    uint64_t mark = 0;
    const auto read = std::from_chars(text.data(), text.data() + end, mark, 16);
    if (read.ec != std::errc() || read.ptr != text.data() + end) return false;
    cells.push_back(mark);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

absl::Status ReadTable(const pugi::xml_node& node, MarkedTable& table) {
  table.id = node.attribute("id").value();
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    if (LocalName(child) == "column") {
      table.columns.emplace_back(child.attribute("id").value());
    } else if (LocalName(child) == "row") {
      MarkedRow& row = table.rows.emplace_back();
      row.bookmark = child.attribute("bookmark").value();
      row.id = child.attribute("id").value();
      row.group = child.attribute("group").as_bool();
      if (row.bookmark.empty()) return Bad("a marked row without a bookmark");
      if (!ReadCells(child.attribute("cells").value(), row.cells)) return Bad("marks of cells are no numbers");
      if (row.cells.size() != (row.group ? 1 : table.columns.size())) return Bad("a marked row of another width than its table");
    } else {
      return Bad("an element that marks do not have");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Marks> Read(const pugi::xml_node& root) {
  Marks marks;
  marks.plan = root.attribute("plan").value();
  for (const pugi::xml_node& child : root.children()) {
    if (child.type() != pugi::node_element) continue;
    if (LocalName(child) != "table") return Bad("an element that marks do not have");
    if (absl::Status status = ReadTable(child, marks.tables.emplace_back()); !status.ok()) return status;
  }
  return marks;
}

}  // namespace

std::string EvenedOut(std::string_view text) {
  const std::string composed = ToNfc(text);
  std::string out;
  out.reserve(composed.size());
  bool blank = false;
  for (size_t i = 0; i < composed.size(); ++i) {
    const bool no_break = composed.compare(i, 2, "\xC2\xA0") == 0;
    if (no_break || std::string_view(" \t\r\n\v\f").find(composed[i]) != std::string_view::npos) {
      blank = true;
      i += no_break;
      continue;
    }
    if (blank && !out.empty()) out += ' ';
    blank = false;
    out += composed[i];
  }
  return out;
}

uint64_t CellMark(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : EvenedOut(text)) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

std::string MarksAsXml(const Marks& marks) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<marks xmlns=\"";
  out += kMarksNamespace;
  out += "\" plan=\"";
  AppendAttribute(out, marks.plan);
  out += "\">";
  for (const MarkedTable& table : marks.tables) {
    out += "\n<table id=\"";
    AppendAttribute(out, table.id);
    out += "\">";
    for (const std::string& column : table.columns) {
      out += "<column id=\"";
      AppendAttribute(out, column);
      out += "\"/>";
    }
    for (const MarkedRow& row : table.rows) {
      out += "\n<row bookmark=\"";
      AppendAttribute(out, row.bookmark);
      out += "\" id=\"";
      AppendAttribute(out, row.id);
      out += row.group ? "\" group=\"1\" cells=\"" : "\" cells=\"";
      for (size_t i = 0; i < row.cells.size(); ++i) {
        if (i > 0) out += ' ';
        AppendHex(out, row.cells[i]);
      }
      out += "\"/>";
    }
    out += "\n</table>";
  }
  out += "\n</marks>\n";
  return out;
}

absl::StatusOr<Marks> MarksFromXml(std::string_view xml) {
  pugi::xml_document document;
  const auto parsed = document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_auto);
  if (!parsed) return Bad("marks are no XML");
  const pugi::xml_node root = document.document_element();
  if (!IsOurs(root)) return Bad("no marks of Ordo");
  return Read(root);
}

absl::StatusOr<std::optional<Marks>> FindMarks(const std::map<std::string, std::string>& parts) {
  for (const auto& [name, bytes] : parts) {
    if (!name.starts_with("customXml/") || !name.ends_with(".xml")) continue;
    pugi::xml_document document;
    const auto parsed = document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default, pugi::encoding_auto);
    const pugi::xml_node root = document.document_element();
    if (!root || !IsOurs(root)) continue;   // broken from the first element on, or of someone else: not ours to judge
    if (!parsed) return Bad("marks are no XML");
    absl::StatusOr<Marks> marks = Read(root);
    if (!marks.ok()) return marks.status();
    return std::move(*marks);
  }
  return std::nullopt;
}

}  // namespace ordo::office

// What a generated Word document carries, invisible to its reader, so that it can be compared after it came back: for each table its
// id, its columns, and for each row a hidden bookmark («_Ordo…», kept by Word and LibreOffice through edits and copies inside the
// document), the id of the row and a fingerprint of each cell as it was written. The list is an XML part of its own in the package.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace ordo::office {

struct MarkedRow {
  std::string bookmark;                  // name of the hidden bookmark in the row's first cell; unique in the document
  std::string id;                        // Row::id, Group::id; "" for totals
  bool group = false;                    // a heading row across the table
  std::vector<uint64_t> cells;           // CellMark of each column's text; of a group row: of its title alone
};

struct MarkedTable {
  std::string id;                        // Table::id
  std::vector<std::string> columns;      // TableColumnText::id
  std::vector<MarkedRow> rows;           // in printed order: groups, rows, rows below rows
};

struct Marks {
  std::string plan;                      // name of the plan's declaration
  std::vector<MarkedTable> tables;
};

// Of a text with white space evened out (runs of blanks, tabs, line breaks are one blank, none at the ends) and composed (NFC):
// what an office program may change by saving again does not count. FNV-1a, 64 bits: stable over versions.
uint64_t CellMark(std::string_view text);
std::string EvenedOut(std::string_view text);

inline constexpr std::string_view kMarksNamespace = "urn:ordo:marks:1";
std::string MarksAsXml(const Marks& marks);                       // well-formed, UTF-8
absl::StatusOr<Marks> MarksFromXml(std::string_view xml);         // InvalidArgument on anything else
// Looked for in every part «customXml/*.xml»: office programs rename it and add parts of their own. nullopt: a document without marks;
// InvalidArgument: it has some, but they are broken.
absl::StatusOr<std::optional<Marks>> FindMarks(const std::map<std::string, std::string>& parts);

}  // namespace ordo::office

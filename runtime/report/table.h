// A table as data: title, columns, groups, rows that may nest, a text in each cell and the place that it came from. One model,
// many renderings: render_*.cc each take a Table and give text. Nothing here decides what a plan means.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "runtime/base/decimal.h"
#include "runtime/base/source.h"
#include "runtime/eval/engine.h"
#include "runtime/ir/ir.h"

namespace ordo::report {

struct TableColumnText {
  std::string id;       // "number", "lead", unit name in a matrix
  std::string title;    // official heading
  bool numeric = false; // right-aligned in text
};

struct Cell {
  std::string text;
  Span at;                          // where the text is written; invalid if it was composed. Rows that share a field share it.
  std::optional<Date> day;          // set if the whole cell is one day or one number: spreadsheets keep the value
  std::optional<Decimal> number;

  Cell() = default;
  Cell(std::string text, Span at = {}) : text(std::move(text)), at(at) {}
  Cell(std::string_view text) : text(text) {}
  Cell(const char* text) : text(text) {}
  friend bool operator==(const Cell& a, const Cell& b) { return a.text == b.text; }   // as it reads
};

struct Row {
  std::string id;                   // name of the declaration
  std::string number;
  std::vector<Cell> cells;          // one a column
  Span at;
  std::vector<Row> rows;            // sub-rows
};

struct Group {
  std::string id;
  std::string number;               // «I», «II»; empty when not grouped
  std::string title;
  Span at;
  std::vector<Row> rows;
};

struct Table {
  std::string id;
  std::string title;
  std::string subtitle;
  std::vector<TableColumnText> columns;
  std::vector<Group> groups;
  std::optional<Row> totals;
  bool landscape = false;
};

// A declared table. `declaration` is an index in Program::tables.
Table BuildTable(const eval::Evaluation& evaluation, size_t declaration, Language language);
// The matrix of a plan that declares none: every unit (or post) that has a role somewhere, in the order in which the plan first
// names them, since registers have no order that a table may show.
Table BuildMatrix(const eval::Evaluation& evaluation, Language language, bool by_post);
// Everything one unit leads, supports and watches, in plan order; groups are the roles.
Table BuildDuties(const eval::Evaluation& evaluation, EntityId unit, Language language);

// For each unit that leads or supports anything: all of it, by its last day, what has none at the end. Units stand in the order in
// which the plan first names them.
struct UnitAnnexes {
  Table index;                     // a row a unit: how much it leads and supports, its first due; row ids are names of units
  std::vector<Table> units;        // ids are names of units
};
UnitAnnexes BuildUnitAnnexes(const eval::Evaluation& evaluation, Language language);

// The reference sheet of a target or an indicator.
Table BuildTargetSheet(const eval::Evaluation& evaluation, EntityId target, Language language);
// All targets by horizon: a row a target, a column a year. Without columns if the plan has no target.
Table BuildTargetPivot(const eval::Evaluation& evaluation, Language language);

// Word, Excel and PDF files are written by runtime/office, the others by Render.
enum class Format { kText, kMarkdown, kCsv, kHtml, kJson, kDocx, kXlsx, kPdf };
std::optional<Format> ParseFormat(std::string_view name);   // text, md|markdown, csv, html, json, docx, xlsx, pdf
constexpr bool IsOffice(Format format) { return format >= Format::kDocx; }
std::string_view ExtensionOf(Format format);                // "txt", "md", ...

struct RenderOptions {
  size_t width = 120;      // terminal columns for kText
  bool color = false;      // kText only
  Language language = Language::kVietnamese;   // of the page (html lang) and of fixed words
};
// kCsv: RFC 4180 with CRLF, UTF-8 with a byte-order mark so that spreadsheets read Vietnamese; a cell that begins with = + - @
// tab or CR is preceded by an apostrophe. kHtml: one self-contained page, everything escaped. kJson: ordo/table/1.
std::string Render(const Table& table, Format format, const SourceSet& sources, const RenderOptions& options = {});
// Several tables as one document: one page, one file of records with an empty line between them. Not for kJson, where each report
// has a shape of its own.
std::string RenderAll(std::span<const Table> tables, Format format, const SourceSet& sources, const RenderOptions& options = {});

}  // namespace ordo::report

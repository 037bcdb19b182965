// The body of a Word document while it is written: paragraphs, tables with their marks, sections. In: texts and tables, in the order of
// print. Out: the parts of the package. One pass, straight into one string; knows nothing about plans.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "runtime/office/docx_profile.h"
#include "runtime/office/marks.h"
#include "runtime/report/table.h"

namespace ordo::office {

enum class Pages { kFirst, kOn };   // numbered from 1 with the first number not shown, or going on

class DocxWriter {
 public:
  DocxWriter(const Profile& profile, std::string_view plan) : profile_(profile) { marks_.plan = plan; }

  const Profile& profile() const { return profile_; }

  // One paragraph in a style. `more`: further children of its w:pPr, in the order of the schema.
  void Paragraph(std::string_view style, std::string_view text, std::string_view more = {});
  // A line `length` twips long in the middle of `width`.
  void Rule(uint32_t width, uint32_t length);
  // Rows and columns as data, with a bookmark in each row. `width`, `height`: of the text area.
  void Table(const report::Table& table, bool wide);
  // A table without lines: cells are opened one after the other and filled with paragraphs.
  void OpenFrame(const std::vector<uint32_t>& widths);
  void OpenFrameRow();
  void OpenFrameCell(uint32_t width);
  void CloseFrameCell();
  void CloseFrameRow();
  void CloseFrame();
  // Ends what was written since the last section.
  void EndSection(bool wide, Pages pages);
  // The last section, and with it the document.
  void EndLastSection(bool wide, Pages pages);

  absl::StatusOr<std::string> Pack(std::string_view title) &&;

 private:
  friend class TableWriter;
  void SectionProperties(bool wide, Pages pages);

  const Profile profile_;
  std::string body_;
  Marks marks_;
  std::set<uint32_t> table_sizes_;
  uint32_t bookmarks_ = 0;
  bool after_table_ = false;   // Word wants a paragraph between a table and the end of a section
};

// The heading of an annex over a table: its number when it has one, the title, the line of reference; then the table.
void WriteAnnex(DocxWriter& writer, const report::Table& table, std::string_view heading);
// «Phụ lục», «Phụ lục II», «Phụ lục 2»: the `index`th (from 0) of `count`.
std::string AnnexHeading(const Profile& profile, size_t index, size_t count);
// A wide page: a table that asks for it, or a matrix of many columns.
bool IsWide(const report::Table& table);

}  // namespace ordo::office

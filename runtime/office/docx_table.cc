// Tables of a document: head repeated on each page, groups across, cells that say the same from the same place merged, every row with
// a hidden bookmark and the marks of its cells.
#include <algorithm>

#include <fmt/format.h>

#include "runtime/office/docx_fit.h"
#include "runtime/office/docx_styles.h"
#include "runtime/office/docx_width.h"
#include "runtime/office/docx_writer.h"
#include "runtime/office/docx_xml.h"
#include "runtime/report/render.h"

namespace ordo::office {

using report::Row;

class TableWriter {
 public:
  TableWriter(DocxWriter& writer, const report::Table& table, bool wide)
      : writer_(writer),
        out_(writer.body_),
        table_(table),
        fit_(FitColumns(table, writer.profile_.TextWidth(wide))),
        page_height_(writer.profile_.TextHeight(wide)),
        numbered_(table.columns.size() > 1 && IsNumberColumn(table, 0)) {
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].id == "title") title_ = i;
    }
  }

  void Write() {
    writer_.table_sizes_.insert(fit_.size);
    MarkedTable& marks = writer_.marks_.tables.emplace_back();
    marks.id = table_.id;
    for (const report::TableColumnText& column : table_.columns) marks.columns.push_back(column.id);
    marks_ = &marks;
    Begin();
    Head();
    Prepare();
    for (const report::Group& group : table_.groups) {
      if (report::HasHeading(group)) GroupRow(group);
      const std::vector<PrintedRow> rows = PrintedRows(group.rows);
      FindMerges(rows);
      for (size_t i = 0; i < rows.size(); ++i) {
        const bool parent = i + 1 < rows.size() && rows[i + 1].depth > rows[i].depth;
        Line(*rows[i].row, rows[i].depth, TableStyle::kText, parent, i, rows[i].row->id);
      }
      first_cell_ += rows.size() * table_.columns.size();
    }
    if (table_.totals) {
      merges_.assign(table_.columns.size(), Merge::kNone);
      Line(*table_.totals, 0, TableStyle::kTotals, false, 0, {});
    }
    out_ += "</w:tbl>";
  }

 private:
  enum class Merge : uint8_t { kNone, kFirst, kCovered };

  // Text that reads upwards would touch the lines above and below it.
  static constexpr std::string_view kTurned = "<w:tcMar><w:top w:w=\"85\" w:type=\"dxa\"/><w:bottom w:w=\"85\" w:type=\"dxa\"/></w:tcMar>"
                                              "<w:textDirection w:val=\"btLr\"/>";

  size_t Columns() const { return table_.columns.size(); }

  void Begin() {
    out_ += fmt::format("<w:tbl><w:tblPr><w:tblStyle w:val=\"OrdoTable\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>"
                        "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{}\" w:type=\"dxa\"/><w:right w:w=\"{}\" w:type=\"dxa\"/>"
                        "</w:tblCellMar><w:tblLook w:val=\"0020\"/></w:tblPr><w:tblGrid>",
                        Width(0, Columns()), fit_.margin, fit_.margin);
    for (const uint32_t width : fit_.widths) out_ += fmt::format("<w:gridCol w:w=\"{}\"/>", width);
    out_ += "</w:tblGrid>";
  }

  uint32_t Width(size_t begin, size_t end) const {
    uint32_t sum = 0;
    for (size_t i = begin; i < end; ++i) sum += fit_.widths[i];
    return sum;
  }

  void Head() {
    out_ += "<w:tr><w:trPr><w:cantSplit/>";
    if (fit_.head_height > 0) out_ += fmt::format("<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", fit_.head_height);
    out_ += "<w:tblHeader/></w:trPr>";
    const std::string style = StyleOf(TableStyle::kHead, fit_.size);
    for (size_t i = 0; i < Columns(); ++i) {
      out_ += fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{}<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>",
                          fit_.widths[i], fit_.Turned(i) ? kTurned : std::string_view(), style);
      AppendRun(out_, table_.columns[i].title);
      out_ += "</w:p></w:tc>";
    }
    out_ += "</w:tr>";
  }

  // What each cell of a column begins with, so that a cell is three pieces put together.
  void Prepare() {
    const std::string text = StyleOf(TableStyle::kText, fit_.size), totals = StyleOf(TableStyle::kTotals, fit_.size);
    for (size_t i = 0; i < Columns(); ++i) {
      open_.push_back(fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", fit_.widths[i]));
      const std::string_view align = IsNumberColumn(table_, i) || fit_.centred[i] ? "<w:jc w:val=\"center\"/>"
                                     : table_.columns[i].numeric              ? "<w:jc w:val=\"right\"/>"
                                                                               : "";
      for (const bool total : {false, true}) {
        for (const bool keep : {false, true}) {
          for (const bool below : {false, true}) {
            paragraph_[total][keep][below].push_back(
                fmt::format("</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{}\"/>{}{}{}</w:pPr>", total ? totals : text, keep ? "<w:keepNext/>" : "",
                            below && i == title_ ? "<w:ind w:left=\"227\"/>" : "", align));
          }
        }
      }
    }
  }

  // A bookmark without text: typing over the cell does not take it away.
  std::string Bookmark() {
    const uint32_t id = writer_.bookmarks_++;
    std::string name = fmt::format("_Ordo{:04}", id + 1);
    out_ += fmt::format("<w:bookmarkStart w:id=\"{0}\" w:name=\"{1}\"/><w:bookmarkEnd w:id=\"{0}\"/>", id, name);
    return name;
  }

  void GroupRow(const report::Group& group) {
    MarkedRow& mark = marks_->rows.emplace_back();
    mark.id = group.id;
    mark.group = true;
    mark.cells.push_back(MarkOf(group.title));
    const std::string style = StyleOf(TableStyle::kGroup, fit_.size);
    out_ += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
    if (numbered_) {
      out_ += fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{}\"/><w:jc w:val=\"center\"/></w:pPr>",
                          fit_.widths[0], style);
      mark.bookmark = Bookmark();
      AppendRun(out_, group.number);
      out_ += "</w:p></w:tc>";
    }
    const size_t begin = numbered_ ? 1 : 0;
    out_ += fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", Width(begin, Columns()));
    if (Columns() - begin > 1) out_ += fmt::format("<w:gridSpan w:val=\"{}\"/>", Columns() - begin);
    out_ += fmt::format("</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>", style);
    if (!numbered_) mark.bookmark = Bookmark();
    AppendRun(out_, numbered_ ? group.title : report::GroupLine(group));
    out_ += "</w:p></w:tc></w:tr>";
  }

  uint32_t Height(size_t row) const {
    uint32_t lines = 1;
    for (size_t i = 0; i < Columns(); ++i) lines = std::max(lines, fit_.Lines(i, fit_.cells[first_cell_ + row * Columns() + i]));
    return lines * fit_.LineHeight() + 100;
  }

  // Cells one below the other that are written at one place in the plan are one cell in print, down to two thirds of a page: who
  // reads the next page has to see them again.
  void FindMerges(const std::vector<PrintedRow>& rows) {
    merges_.assign(rows.size() * Columns(), Merge::kNone);
    heights_.resize(rows.size());
    for (size_t row = 0; row < rows.size(); ++row) heights_[row] = Height(row);
    for (size_t i = 0; i < Columns(); ++i) {
      if (IsNumberColumn(table_, i) || i == title_) continue;
      for (size_t begin = 0; begin < rows.size();) {
        const report::Cell* first = CellOf(*rows[begin].row, i);
        size_t end = begin + 1;
        uint64_t height = heights_[begin];
        if (first != nullptr && first->at.known() && !first->text.empty()) {
          for (; end < rows.size() && height + heights_[end] <= page_height_ * 2 / 3; height += heights_[end++]) {
            const report::Cell* next = CellOf(*rows[end].row, i);
            if (next == nullptr || next->at != first->at || next->text != first->text) break;
          }
        }
        if (end - begin > 1) {
          for (size_t row = begin; row < end; ++row) merges_[row * Columns() + i] = row == begin ? Merge::kFirst : Merge::kCovered;
        }
        begin = end;
      }
    }
  }

  static const report::Cell* CellOf(const Row& row, size_t column) { return column < row.cells.size() ? &row.cells[column] : nullptr; }

  void Line(const Row& row, uint32_t depth, TableStyle style, bool keep, size_t index, std::string_view id) {
    MarkedRow& mark = marks_->rows.emplace_back();
    mark.id = id;
    mark.cells.reserve(Columns());
    // A row that fills most of a page has to be let go on.
    const bool tall = style == TableStyle::kText && heights_[index] > page_height_ * 3 / 5;
    out_ += tall ? "<w:tr>" : "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
    for (size_t i = 0; i < Columns(); ++i) {
      const report::Cell* cell = CellOf(row, i);
      const Merge merge = merges_[index * Columns() + i];
      out_ += open_[i];
      if (merge != Merge::kNone) out_ += merge == Merge::kFirst ? "<w:vMerge w:val=\"restart\"/>" : "<w:vMerge/>";
      out_ += paragraph_[style == TableStyle::kTotals][keep && !tall][depth > 0][i];
      if (i == 0) mark.bookmark = Bookmark();
      if (cell != nullptr && merge != Merge::kCovered) AppendRun(out_, cell->text);
      mark.cells.push_back(cell == nullptr ? MarkOf({}) : MarkOf(cell->text));
      out_ += "</w:p></w:tc>";
    }
    out_ += "</w:tr>";
  }

  // Of the text as it is printed: bytes that XML cannot hold have become others.
  static uint64_t MarkOf(std::string_view text) { return CellMark(AsPrinted(text)); }

  DocxWriter& writer_;
  std::string& out_;
  const report::Table& table_;
  const Fit fit_;
  const uint32_t page_height_;
  const bool numbered_;
  size_t title_ = SIZE_MAX;
  MarkedTable* marks_ = nullptr;
  std::vector<std::string> open_;                      // a column
  std::vector<std::string> paragraph_[2][2][2];        // totals, kept with the next row, below another row; a column
  std::vector<Merge> merges_;                          // of the rows of one group
  std::vector<uint32_t> heights_;
  size_t first_cell_ = 0;                              // of the group in fit_.cells
};

void DocxWriter::Table(const report::Table& table, bool wide) {
  if (table.columns.empty()) return;
  if (after_table_) Paragraph("Spacer", {});   // or two tables would become one
  TableWriter(*this, table, wide).Write();
  after_table_ = true;
}

}  // namespace ordo::office

#include "runtime/office/docx_writer.h"

#include <fmt/format.h>

#include "runtime/office/docx_parts.h"
#include "runtime/office/docx_styles.h"
#include "runtime/office/docx_xml.h"

namespace ordo::office {

void DocxWriter::Paragraph(std::string_view style, std::string_view text, std::string_view more) {
  body_ += "<w:p><w:pPr><w:pStyle w:val=\"";
  body_ += style;
  body_ += "\"/>";
  body_ += more;
  body_ += "</w:pPr>";
  AppendRun(body_, text);
  body_ += "</w:p>";
  after_table_ = false;
}

void DocxWriter::Rule(uint32_t width, uint32_t length) {
  const uint32_t side = length < width ? (width - length) / 2 : 0;
  Paragraph("Rule", {}, fmt::format("<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/></w:pBdr>"
                                    "<w:ind w:left=\"{0}\" w:right=\"{0}\"/>", side));
}

void DocxWriter::OpenFrame(const std::vector<uint32_t>& widths) {
  if (after_table_) Paragraph("Spacer", {});
  uint32_t sum = 0;
  for (const uint32_t width : widths) sum += width;
  body_ += fmt::format("<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
                       "<w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>", sum);
  for (const uint32_t width : widths) body_ += fmt::format("<w:gridCol w:w=\"{}\"/>", width);
  body_ += "</w:tblGrid>";
}

void DocxWriter::OpenFrameRow() { body_ += "<w:tr><w:trPr><w:cantSplit/></w:trPr>"; }
void DocxWriter::OpenFrameCell(uint32_t width) { body_ += fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>", width); }
void DocxWriter::CloseFrameCell() { body_ += "</w:tc>"; }
void DocxWriter::CloseFrameRow() { body_ += "</w:tr>"; }

void DocxWriter::CloseFrame() {
  body_ += "</w:tbl>";
  after_table_ = true;
}

void DocxWriter::SectionProperties(bool wide, Pages pages) {
  const Margins& margins = wide ? profile_.landscape : profile_.portrait;
  body_ += fmt::format("<w:sectPr><w:headerReference w:type=\"default\" r:id=\"{}\"/><w:headerReference w:type=\"first\" r:id=\"{}\"/>"
                       "<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{}\" w:h=\"{}\"{}/>",
                       kNumberedHeader, kEmptyHeader, wide ? kPageLong : kPageShort, wide ? kPageShort : kPageLong,
                       wide ? " w:orient=\"landscape\"" : "");
  body_ += fmt::format("<w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"{}\" w:footer=\"{}\" w:gutter=\"0\"/>",
                       margins.top, margins.right, margins.bottom, margins.left, profile_.header, profile_.header);
  if (pages == Pages::kFirst) body_ += "<w:pgNumType w:start=\"1\"/>";
  body_ += "<w:cols w:space=\"720\"/>";
  if (pages == Pages::kFirst) body_ += "<w:titlePg/>";
  body_ += "</w:sectPr>";
}

void DocxWriter::EndSection(bool wide, Pages pages) {
  body_ += "<w:p><w:pPr><w:pStyle w:val=\"Spacer\"/>";
  SectionProperties(wide, pages);
  body_ += "</w:pPr></w:p>";
  after_table_ = false;
}

void DocxWriter::EndLastSection(bool wide, Pages pages) {
  if (after_table_ || body_.empty()) Paragraph("Spacer", {});
  SectionProperties(wide, pages);
}

absl::StatusOr<std::string> DocxWriter::Pack(std::string_view title) && {
  return Packed(DocxParts(profile_, std::move(body_), StylesXml(profile_, table_sizes_), title, MarksAsXml(marks_)));
}

std::string AnnexHeading(const Profile& profile, size_t index, size_t count) {
  std::string heading(profile.annex_word);
  if (count < 2) return heading;
  heading += ' ';
  const size_t number = index + 1;
  if (!profile.roman || number > 3999) return heading + fmt::format("{}", number);
  constexpr std::pair<size_t, std::string_view> kDigits[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
                                                             {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
  size_t rest = number;
  for (const auto& [value, digits] : kDigits) {
    for (; rest >= value; rest -= value) heading += digits;
  }
  return heading;
}

bool IsWide(const report::Table& table) { return table.landscape || table.columns.size() > 8; }

void WriteAnnex(DocxWriter& writer, const report::Table& table, std::string_view heading) {
  if (!heading.empty()) writer.Paragraph("AnnexHeading", heading);
  if (!table.title.empty()) writer.Paragraph("AnnexTitle", table.title);
  if (!table.subtitle.empty()) writer.Paragraph("ReferenceLine", table.subtitle);
  else if (!heading.empty() || !table.title.empty()) writer.Paragraph("ReferenceLine", {});
  writer.Table(table, IsWide(table));
}

}  // namespace ordo::office

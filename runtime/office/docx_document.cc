// A whole plan as it is signed: head, kind and subject, bases, body, recipients beside the signatures, annexes.
#include <algorithm>
#include <array>

#include "runtime/office/docx.h"
#include "runtime/office/docx_width.h"
#include "runtime/office/docx_writer.h"

namespace ordo::office {
namespace {

using report::Document;
using report::Layout;
using report::Paragraph;

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  return text;
}

class Letter {
 public:
  Letter(const Document& document, const Profile& profile) : document_(document), profile_(profile), writer_(profile, document.id) {}

  absl::StatusOr<std::string> Write() && {
    Head();
    Subject();
    for (const std::string& basis : document_.bases) writer_.Paragraph("LegalBasis", basis);
    Body();
    Close();
    const size_t annexes = document_.annexes.size();
    if (annexes == 0) {
      writer_.EndLastSection(false, NextPages());
    } else {
      writer_.EndSection(false, NextPages());
      for (size_t i = 0; i < annexes; ++i) {
        const report::Table& table = document_.annexes[i];
        WriteAnnex(writer_, table, AnnexHeading(profile_, i, annexes));
        if (i + 1 < annexes) writer_.EndSection(IsWide(table), Pages::kFirst);
        else writer_.EndLastSection(IsWide(table), Pages::kFirst);
      }
    }
    std::string title = document_.kind;
    if (!document_.subject.empty()) title += (title.empty() ? "" : " ") + document_.subject;
    return std::move(writer_).Pack(title);
  }

 private:
  bool state() const { return profile_.layout == Layout::kState; }
  bool party() const { return profile_.layout == Layout::kParty; }

  // The first section of the body numbers its pages from 1, those after a wide table go on.
  Pages NextPages() {
    const Pages pages = begun_ ? Pages::kOn : Pages::kFirst;
    begun_ = true;
    return pages;
  }

  // A text may stand in several lines; its rule is measured by the last.
  static uint32_t LastLine(std::string_view text, uint32_t size) {
    text = Trimmed(text);
    if (const size_t at = text.rfind('\n'); at != std::string_view::npos) text.remove_prefix(at + 1);
    return InTwips(SizeOf(text, true).line, size);
  }

  void Head() {
    const uint32_t width = profile_.TextWidth(false);
    const uint32_t left = width * (profile_.national_name.empty() ? 50 : party() ? 48 : 39) / 100, right = width - left;
    writer_.OpenFrame({left, right});
    writer_.OpenFrameRow();
    writer_.OpenFrameCell(left);
    if (!document_.parent_agency.empty()) writer_.Paragraph("ParentAgency", document_.parent_agency);
    writer_.Paragraph("Agency", document_.agency);
    if (party()) writer_.Paragraph("Agency", "*");
    else if (state() && !document_.agency.empty()) writer_.Rule(left, std::min(LastLine(document_.agency, profile_.agency), left) * 2 / 5);
    writer_.CloseFrameCell();
    writer_.OpenFrameCell(right);
    if (!profile_.national_name.empty()) writer_.Paragraph("NationalName", profile_.national_name);
    if (!profile_.motto_text.empty()) writer_.Paragraph("Motto", profile_.motto_text);
    if (state()) writer_.Rule(right, LastLine(profile_.motto_text, profile_.motto));
    else if (party()) writer_.Rule(right, LastLine(profile_.national_name, profile_.national));
    else writer_.Paragraph("PlaceAndDate", document_.place_and_date);
    writer_.CloseFrameCell();
    writer_.CloseFrameRow();
    if (profile_.layout != Layout::kPlain || !document_.number.empty()) {
      writer_.OpenFrameRow();
      writer_.OpenFrameCell(left);
      writer_.Paragraph("DocumentNumber", Number(), kBelow);
      writer_.CloseFrameCell();
      writer_.OpenFrameCell(right);
      if (profile_.layout == Layout::kPlain) writer_.Paragraph("PlaceAndDate", {});
      else writer_.Paragraph("PlaceAndDate", document_.place_and_date.empty() ? profile_.open_date : std::string_view(document_.place_and_date), kBelow);
      writer_.CloseFrameCell();
      writer_.CloseFrameRow();
    }
    writer_.CloseFrame();
  }

  // What is written by hand after signing stays open: «Số:       /KH-UBND».
  std::string Number() const {
    std::string number(profile_.number_word);
    const std::string_view given = Trimmed(document_.number);
    if (given.empty()) return number + "         /         ";
    if (given.front() == '/' || given.front() == '-') number += "       ";
    return number + std::string(given);
  }

  void Subject() {
    const uint32_t width = profile_.TextWidth(false);
    if (!document_.kind.empty()) writer_.Paragraph("Title", document_.kind);
    if (!document_.subject.empty()) writer_.Paragraph("Subject", document_.subject);
    if (document_.kind.empty() && document_.subject.empty()) return;
    if (party()) {
      writer_.Paragraph("Subject", "-----");
    } else if (state()) {
      const std::string_view measured = document_.subject.empty() ? document_.kind : document_.subject;
      const uint32_t line = std::min(LastLine(measured, profile_.subject), width);
      writer_.Rule(width, std::clamp(line * 2 / 5, Twips(15), Twips(60)));
    }
    writer_.Paragraph("BodyText", {}, "<w:spacing w:before=\"0\" w:after=\"60\" w:line=\"200\" w:lineRule=\"exact\"/>");
  }

  void Body() {
    constexpr std::array<std::string_view, 4> kHeadings = {"Heading1", "Heading2", "Heading3", "Heading4"};
    const std::vector<Paragraph>& body = document_.body;
    for (size_t i = 0; i < body.size(); ++i) {
      const Paragraph& paragraph = body[i];
      const bool last = i + 1 == body.size();
      if (paragraph.kind == Paragraph::Kind::kTable) {
        if (paragraph.table < document_.body_tables.size()) BodyTable(document_.body_tables[paragraph.table]);
        if (last && !profile_.end_mark.empty()) writer_.Paragraph("BodyText", profile_.end_mark);
        continue;
      }
      std::string text = paragraph.marker;
      if (!text.empty() && !paragraph.text.empty()) text += ' ';
      text += paragraph.text;
      if (last) End(text);
      const bool heading = paragraph.kind == Paragraph::Kind::kHeading;
      const size_t level = static_cast<size_t>(std::clamp(paragraph.level, 0, 3));
      // The last paragraph stays with the signature.
      writer_.Paragraph(heading ? kHeadings[level] : "BodyText", text, last && !heading ? "<w:keepNext/>" : "");
    }
  }

  void End(std::string& text) const {
    text = Trimmed(text);
    if (profile_.end_mark.empty() || text.ends_with(profile_.end_mark)) return;
    while (text.ends_with('.') || text.ends_with(';') || text.ends_with(' ')) text.pop_back();
    text += profile_.end_mark;
  }

  // A wide table takes pages of its own in the middle of the body.
  void BodyTable(const report::Table& table) {
    const bool wide = IsWide(table);
    if (wide) writer_.EndSection(false, NextPages());
    if (!table.title.empty()) writer_.Paragraph("TableTitle", table.title);
    if (!table.subtitle.empty()) writer_.Paragraph("ReferenceLine", table.subtitle);
    writer_.Table(table, wide);
    if (wide) writer_.EndSection(true, NextPages());
    else writer_.Paragraph("Spacer", {}, "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>");
  }

  void Close() {
    if (document_.recipients.empty() && document_.signatures.empty()) return;
    const uint32_t width = profile_.TextWidth(false);
    const uint32_t left = width * 48 / 100, right = width - left;
    writer_.OpenFrame({left, right});
    writer_.OpenFrameRow();
    writer_.OpenFrameCell(left);
    writer_.Paragraph("RecipientsHead", document_.recipients.empty() ? std::string_view() : profile_.recipients_word);
    for (const std::string& recipient : document_.recipients) writer_.Paragraph("Recipients", recipient);
    writer_.CloseFrameCell();
    writer_.OpenFrameCell(right);
    if (document_.signatures.empty()) writer_.Paragraph("Authority", {});
    for (const report::Signature& signature : document_.signatures) {
      for (const std::string& line : signature.authority) writer_.Paragraph("Authority", line);
      writer_.Paragraph("SignerName", signature.name);
    }
    writer_.CloseFrameCell();
    writer_.CloseFrameRow();
    writer_.CloseFrame();
  }

  static constexpr std::string_view kBelow = "<w:spacing w:before=\"120\" w:after=\"0\"/>";

  const Document& document_;
  const Profile& profile_;
  DocxWriter writer_;
  bool begun_ = false;
};

}  // namespace

absl::StatusOr<std::string> DocumentAsDocx(const report::Document& document, const DocxOptions& options) {
  // The document knows how it is laid out and in which language; options only say so where a table has no document.
  const Profile profile = ProfileOf(document.layout, document.language);
  (void)options;
  return Letter(document, profile).Write();
}

}  // namespace ordo::office

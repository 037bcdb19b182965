#include "runtime/office/docx_styles.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace ordo::office {
namespace {

constexpr std::string_view kFont = "Times New Roman";

struct Style {
  std::string_view id, vietnamese, english, base;
  std::string paragraph;         // children of w:pPr, in the order of the schema
  uint32_t size = 0;             // half points; 0: as the base
  bool bold = false, italic = false, underlined = false;
  bool own = true;               // ours; false: one that Word knows by this name
};

std::string Letters(const Style& style) {
  std::string out;
  if (style.bold) out += "<w:b/><w:bCs/>";
  if (style.italic) out += "<w:i/><w:iCs/>";
  if (style.size != 0) out += fmt::format("<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>", style.size);
  if (style.underlined) out += "<w:u w:val=\"single\"/>";
  return out;
}

void Append(std::string& out, const Style& style, bool vietnamese) {
  out += fmt::format("<w:style w:type=\"paragraph\"{} w:styleId=\"{}\"><w:name w:val=\"{}\"/>", style.own ? " w:customStyle=\"1\"" : "",
                     style.id, vietnamese ? style.vietnamese : style.english);
  if (!style.base.empty()) out += fmt::format("<w:basedOn w:val=\"{}\"/>", style.base);
  out += "<w:qFormat/>";
  if (!style.paragraph.empty()) out += "<w:pPr>" + style.paragraph + "</w:pPr>";
  const std::string letters = Letters(style);
  if (!letters.empty()) out += "<w:rPr>" + letters + "</w:rPr>";
  out += "</w:style>";
}

constexpr std::string_view kTight = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>";
constexpr std::string_view kCentre = "<w:jc w:val=\"center\"/>";

std::string Centred(std::string_view before = {}) { return std::string(before) + std::string(kTight) + std::string(kCentre); }

// Six points between paragraphs, the first line 1.27 cm in, both edges straight.
constexpr std::string_view kBodyText =
    "<w:spacing w:before=\"0\" w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/><w:ind w:firstLine=\"720\"/><w:jc w:val=\"both\"/>";

void AppendTableStyles(std::string& out, uint32_t size, bool vietnamese) {
  const bool base = size == kTableSize;
  const std::string points = base ? "" : fmt::format(" {:g}", size / 2.0);
  struct Kind {
    TableStyle style;
    std::string_view vietnamese, english;
    std::string_view paragraph;
    bool bold;
  };
  constexpr std::string_view kRow = "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>";
  const std::array<Kind, 4> kinds = {{{TableStyle::kText, "Chữ trong bảng", "Table Text", "", false},
                                      {TableStyle::kHead, "Đầu cột bảng", "Table Head", "<w:keepNext/>", true},
                                      {TableStyle::kGroup, "Dòng nhóm", "Table Group Row", "<w:keepNext/>", true},
                                      {TableStyle::kTotals, "Dòng cộng", "Table Totals", "", true}}};
  for (const Kind& kind : kinds) {
    const std::string id = StyleOf(kind.style, size), base_id = StyleOf(kind.style, kTableSize);
    const std::string name = std::string(kind.vietnamese) + points, english = std::string(kind.english) + points;
    Style style{.id = id, .vietnamese = name, .english = english, .base = base ? std::string_view("Normal") : base_id, .size = size};
    if (base) {
      style.paragraph = std::string(kind.paragraph) + std::string(kRow);
      if (kind.style == TableStyle::kHead) style.paragraph += kCentre;
      style.bold = kind.bold;
    }
    Append(out, style, vietnamese);
  }
}

}  // namespace

std::string StyleOf(TableStyle style, uint32_t half_points) {
  constexpr std::array<std::string_view, 4> kNames = {"TableText", "TableHead", "GroupRow", "TableTotals"};
  const std::string_view name = kNames[static_cast<size_t>(style)];
  return half_points == kTableSize ? std::string(name) : fmt::format("{}{}", name, half_points);
}

std::string StylesXml(const Profile& profile, const std::set<uint32_t>& table_sizes) {
  const bool vietnamese = profile.language == Language::kVietnamese;
  const bool party = profile.layout == report::Layout::kParty;
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                    "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr>";
  out += fmt::format("<w:rFonts w:ascii=\"{0}\" w:hAnsi=\"{0}\" w:eastAsia=\"{0}\" w:cs=\"{0}\"/>"
                     "<w:sz w:val=\"{1}\"/><w:szCs w:val=\"{1}\"/><w:lang w:val=\"{2}\" w:eastAsia=\"{2}\" w:bidi=\"ar-SA\"/>",
                     kFont, profile.body, profile.locale);
  out += "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>"
         "</w:docDefaults>";

  out += "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>"
         "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/>"
         "<w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"
         "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>"
         "<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>"
         "<w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar>"
         "</w:tblPr></w:style>";
  out += fmt::format("<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"OrdoTable\"><w:name w:val=\"{}\"/>"
                     "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>", vietnamese ? "Bảng có kẻ ô" : "Ruled Table");
  for (const std::string_view side : {"top", "left", "bottom", "right", "insideH", "insideV"}) {
    out += fmt::format("<w:{} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>", side);
  }
  out += "</w:tblBorders></w:tblPr></w:style>";

  const std::string heading = "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/>"
                              "<w:ind w:firstLine=\"720\"/><w:jc w:val=\"both\"/>";
  constexpr std::array<std::string_view, 4> kHeadingIds = {"Heading1", "Heading2", "Heading3", "Heading4"};
  constexpr std::array<std::string_view, 4> kHeadings = {"heading 1", "heading 2", "heading 3", "heading 4"};
  for (size_t level = 0; level < kHeadings.size(); ++level) {
    Append(out, {.id = kHeadingIds[level], .vietnamese = kHeadings[level], .english = kHeadings[level], .base = "Normal",
                 .paragraph = heading + fmt::format("<w:outlineLvl w:val=\"{}\"/>", level), .bold = true, .own = false}, vietnamese);
  }

  const std::string spaced = std::string("<w:spacing w:before=\"0\" w:after=\"120\"/>") + std::string(kCentre);
  const Style styles[] = {
      {.id = "BodyText", .vietnamese = "Body Text", .english = "Body Text", .base = "Normal", .paragraph = std::string(kBodyText), .own = false},
      {.id = "Title", .vietnamese = "Title", .english = "Title", .base = "Normal",
       .paragraph = std::string("<w:keepNext/><w:spacing w:before=\"240\" w:after=\"0\"/>") + std::string(kCentre), .size = profile.kind,
       .bold = true, .own = false},
      {.id = "Subject", .vietnamese = "Trích yếu", .english = "Subject", .base = "Normal", .paragraph = Centred(), .size = profile.subject,
       .bold = true},
      {.id = "LegalBasis", .vietnamese = "Căn cứ ban hành", .english = "Legal Basis", .base = "BodyText", .italic = true},
      {.id = "NationalName", .vietnamese = "Quốc hiệu", .english = "National Name", .base = "Normal", .paragraph = Centred(),
       .size = profile.national, .bold = true},
      {.id = "Motto", .vietnamese = "Tiêu ngữ", .english = "Motto", .base = "Normal", .paragraph = Centred(), .size = profile.motto,
       .bold = true},
      {.id = "ParentAgency", .vietnamese = "Cơ quan chủ quản", .english = "Parent Agency", .base = "Normal", .paragraph = Centred(),
       .size = profile.parent},
      {.id = "Agency", .vietnamese = "Cơ quan ban hành", .english = "Agency", .base = "Normal", .paragraph = Centred(),
       .size = profile.agency, .bold = true},
      {.id = "DocumentNumber", .vietnamese = "Số, ký hiệu", .english = "Document Number", .base = "Normal", .paragraph = Centred(),
       .size = profile.number},
      {.id = "PlaceAndDate", .vietnamese = "Địa danh, thời gian", .english = "Place and Date", .base = "Normal", .paragraph = Centred(),
       .size = profile.place, .italic = true},
      {.id = "Rule", .vietnamese = "Đường kẻ", .english = "Rule", .base = "Normal",
       .paragraph = "<w:spacing w:before=\"40\" w:after=\"0\" w:line=\"80\" w:lineRule=\"exact\"/>", .size = 4},
      {.id = "Spacer", .vietnamese = "Dòng trống nhỏ", .english = "Spacer", .base = "Normal",
       .paragraph = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>", .size = 2},
      {.id = "AnnexHeading", .vietnamese = "Số phụ lục", .english = "Annex Heading", .base = "Normal",
       .paragraph = Centred("<w:keepNext/>") + "<w:outlineLvl w:val=\"0\"/>", .size = profile.annex, .bold = true},
      {.id = "AnnexTitle", .vietnamese = "Tên phụ lục", .english = "Annex Title", .base = "Normal",
       .paragraph = Centred("<w:keepNext/>") + "<w:outlineLvl w:val=\"1\"/>", .size = profile.annex_title, .bold = true},
      {.id = "TableTitle", .vietnamese = "Tên bảng", .english = "Table Title", .base = "Normal",
       .paragraph = "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/><w:jc w:val=\"center\"/>", .size = profile.annex_title, .bold = true},
      {.id = "ReferenceLine", .vietnamese = "Dòng kèm theo", .english = "Reference Line", .base = "Normal",
       .paragraph = "<w:keepNext/>" + spaced, .size = profile.reference, .italic = true},
      {.id = "RecipientsHead", .vietnamese = "Nơi nhận", .english = "Recipients Head", .base = "Normal", .paragraph = std::string(kTight),
       .size = profile.recipients_head, .bold = !party, .italic = !party, .underlined = party},
      {.id = "Recipients", .vietnamese = "Danh sách nơi nhận", .english = "Recipients", .base = "Normal", .paragraph = std::string(kTight),
       .size = profile.recipients},
      {.id = "Authority", .vietnamese = "Quyền hạn, chức vụ người ký", .english = "Signing Authority", .base = "Normal",
       .paragraph = Centred("<w:keepNext/>"), .size = profile.signature, .bold = true},
      {.id = "SignerName", .vietnamese = "Họ tên người ký", .english = "Signer Name", .base = "Normal",
       .paragraph = "<w:spacing w:before=\"1680\" w:after=\"0\"/><w:jc w:val=\"center\"/>", .size = profile.signature, .bold = true},
      {.id = "Header", .vietnamese = "header", .english = "header", .base = "Normal", .paragraph = std::string(kCentre),
       .size = profile.page_number, .own = false},
  };
  for (const Style& style : styles) Append(out, style, vietnamese);

  AppendTableStyles(out, kTableSize, vietnamese);
  for (const uint32_t size : table_sizes) {
    if (size != kTableSize) AppendTableStyles(out, size, vietnamese);
  }
  return out + "</w:styles>";
}

}  // namespace ordo::office

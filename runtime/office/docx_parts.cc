#include "runtime/office/docx_parts.h"

#include <fmt/format.h>

#include "runtime/office/docx_xml.h"
#include "runtime/office/marks.h"

namespace ordo::office {
namespace {

constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kWord = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr std::string_view kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kPackage = "http://schemas.openxmlformats.org/package/2006";

std::string ContentTypes() {
  std::string out = fmt::format("{}<Types xmlns=\"{}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package"
                                ".relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>", kDeclaration, kPackage);
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {"/word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"},
      {"/word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"},
      {"/word/settings.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"},
      {"/word/fontTable.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"},
      {"/word/header1.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"},
      {"/word/header2.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"},
      {"/customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"},
      {"/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
      {"/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"},
  };
  for (const auto& [name, type] : kTypes) out += fmt::format("<Override PartName=\"{}\" ContentType=\"{}\"/>", name, type);
  return out + "</Types>";
}

struct Relationship {
  std::string_view id, type, target;
};

std::string Relationships(std::initializer_list<Relationship> list) {
  std::string out = fmt::format("{}<Relationships xmlns=\"{}/relationships\">", kDeclaration, kPackage);
  for (const Relationship& one : list) out += fmt::format("<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"/>", one.id, one.type, one.target);
  return out + "</Relationships>";
}

std::string OfficeType(std::string_view name) { return fmt::format("{}/{}", kOffice, name); }

std::string Settings(const Profile& profile) {
  const bool vietnamese = profile.language == Language::kVietnamese;
  return fmt::format("{}<w:settings xmlns:w=\"{}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/>"
                     "<w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>"
                     "<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
                     "<w:themeFontLang w:val=\"{}\"/><w:decimalSymbol w:val=\"{}\"/><w:listSeparator w:val=\"{}\"/></w:settings>",
                     kDeclaration, kWord, profile.locale, vietnamese ? "," : ".", vietnamese ? ";" : ",");
}

std::string FontTable() {
  return fmt::format("{}<w:fonts xmlns:w=\"{}\"><w:font w:name=\"Times New Roman\"><w:panose1 w:val=\"02020603050405020304\"/>"
                     "<w:charset w:val=\"00\"/><w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>", kDeclaration, kWord);
}

std::string Header(bool numbered) {
  return fmt::format("{}<w:hdr xmlns:w=\"{}\"><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>{}</w:p></w:hdr>", kDeclaration, kWord,
                     numbered ? "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
                                "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
                              : "");
}

std::string Core(const Profile& profile, std::string_view title) {
  std::string out = fmt::format("{}<cp:coreProperties xmlns:cp=\"{}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                                "<dc:title>", kDeclaration, kPackage);
  AppendAttribute(out, title);
  return out + fmt::format("</dc:title><dc:language>{}</dc:language></cp:coreProperties>", profile.locale);
}

std::string App() {
  return fmt::format("{}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
                     "<Application>Ordo</Application></Properties>", kDeclaration);
}

// Office programs keep a custom part that has properties with an identity of its own.
std::string MarksProperties() {
  return fmt::format("{}<ds:datastoreItem ds:itemID=\"{{5F1E7A3C-0D2B-4C61-9B7E-6F72646F0001}}\" "
                     "xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs><ds:schemaRef ds:uri=\"{}\"/>"
                     "</ds:schemaRefs></ds:datastoreItem>", kDeclaration, kMarksNamespace);
}

}  // namespace

std::vector<Part> DocxParts(const Profile& profile, std::string body, std::string styles, std::string_view title, std::string marks) {
  std::string document = fmt::format("{}<w:document xmlns:w=\"{}\" xmlns:r=\"{}\"><w:body>", kDeclaration, kWord, kOffice);
  document.reserve(document.size() + body.size() + 32);
  document += body;
  body = {};
  document += "</w:body></w:document>";

  std::vector<Part> parts;
  parts.push_back({"[Content_Types].xml", ContentTypes()});
  const std::string core = fmt::format("{}/relationships/metadata/core-properties", kPackage), app = OfficeType("extended-properties");
  const std::string main = OfficeType("officeDocument"), style_type = OfficeType("styles"), setting = OfficeType("settings");
  const std::string font = OfficeType("fontTable"), header = OfficeType("header"), custom = OfficeType("customXml");
  const std::string properties = OfficeType("customXmlProps");
  parts.push_back({"_rels/.rels", Relationships({{"rId1", main, "word/document.xml"}, {"rId2", core, "docProps/core.xml"}, {"rId3", app, "docProps/app.xml"}})});
  parts.push_back({"word/document.xml", std::move(document)});
  parts.push_back({"word/_rels/document.xml.rels", Relationships({{"rId1", style_type, "styles.xml"},
                                                                  {"rId2", setting, "settings.xml"},
                                                                  {"rId3", font, "fontTable.xml"},
                                                                  {kNumberedHeader, header, "header1.xml"},
                                                                  {kEmptyHeader, header, "header2.xml"},
                                                                  {"rId6", custom, "../customXml/item1.xml"}})});
  parts.push_back({"word/styles.xml", std::move(styles)});
  parts.push_back({"word/settings.xml", Settings(profile)});
  parts.push_back({"word/fontTable.xml", FontTable()});
  parts.push_back({"word/header1.xml", Header(true)});
  parts.push_back({"word/header2.xml", Header(false)});
  parts.push_back({"customXml/item1.xml", std::move(marks)});
  parts.push_back({"customXml/_rels/item1.xml.rels", Relationships({{"rId1", properties, "itemProps1.xml"}})});
  parts.push_back({"customXml/itemProps1.xml", MarksProperties()});
  parts.push_back({"docProps/core.xml", Core(profile, title)});
  parts.push_back({"docProps/app.xml", App()});
  return parts;
}

}  // namespace ordo::office

// A document as text and as Markdown, in the order of the print. Takes the data of document.h only; control characters never reach the
// terminal, nothing in a text starts markup.
#include <algorithm>

#include <fmt/format.h>

#include "runtime/base/unicode.h"
#include "runtime/report/document.h"
#include "runtime/report/numbering.h"
#include "runtime/report/render.h"

namespace ordo::report {
namespace {

// What stands at the top right, by layout.
std::vector<std::string> NationLines(const Document& document) {
  if (document.layout == Layout::kState) return {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"};
  if (document.layout == Layout::kParty) return {"ĐẢNG CỘNG SẢN VIỆT NAM"};
  return {};
}

std::string NumberLine(const Document& document) {
  const std::string_view number = document.number.empty() ? std::string_view("…") : std::string_view(document.number);
  if (document.language == Language::kEnglish) return fmt::format("No. {}", number);
  return fmt::format("{} {}", document.layout == Layout::kParty ? "Số" : "Số:", number);
}

std::string_view RecipientsTitle(const Document& document) { return document.language == Language::kVietnamese ? "Nơi nhận:" : "Recipients:"; }

std::string AnnexTitle(const Document& document, size_t index) {
  std::string title = document.language == Language::kVietnamese ? "PHỤ LỤC" : "ANNEX";
  if (document.annexes.size() > 1) title += " " + (document.layout == Layout::kParty ? fmt::to_string(index + 1) : RomanNumeral(index + 1));
  return title;
}

std::string Marked(const Paragraph& paragraph) {
  if (paragraph.marker.empty()) return paragraph.text;
  return paragraph.text.empty() ? paragraph.marker : paragraph.marker + " " + paragraph.text;
}

void Add(std::string_view text, size_t width, std::string& out, bool centred = false) {
  if (text.empty()) return;
  for (const std::string& line : Wrapped(Printable(text), width)) {
    const size_t wide = DisplayWidth(line);
    if (centred && wide < width) out.append((width - wide) / 2, ' ');
    out += line;
    out += '\n';
  }
}

// Two columns: the agency at the left, the nation and the day at the right.
void AddSides(const std::vector<std::string>& left, const std::vector<std::string>& right, size_t width, std::string& out) {
  const size_t half = width / 2 - 1;
  const auto lines = [&](const std::vector<std::string>& texts) {
    std::vector<std::string> all;
    for (const std::string& text : texts) {
      if (text.empty()) continue;
      for (std::string& line : Wrapped(Printable(text), half)) all.push_back(std::move(line));
    }
    return all;
  };
  const std::vector<std::string> a = lines(left), b = lines(right);
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    std::string line = i < a.size() ? a[i] : std::string();
    if (i < b.size()) {
      line.append(half + 2 - std::min(half, DisplayWidth(line)), ' ');
      line += b[i];
    }
    out += line + "\n";
  }
}

constexpr std::string_view kBlankLine = "\n";

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]|<>&~#").find(c) != std::string_view::npos) out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  // A number or a dash at the beginning would start a list.
  if (out.starts_with("- ") || out.starts_with("+ ")) return "\\" + out;
  const size_t digits = out.find_first_not_of("0123456789");
  if (digits != std::string::npos && digits > 0 && (out[digits] == '.' || out[digits] == ')')) out.insert(digits, "\\");
  return out;
}

}  // namespace

std::string DocumentAsText(const Document& document, const RenderOptions& options) {
  const size_t width = std::max<size_t>(options.width, 40);
  std::string out;
  AddSides({document.parent_agency, document.agency}, NationLines(document), width, out);
  AddSides({NumberLine(document)}, {document.place_and_date}, width, out);
  out += kBlankLine;
  Add(document.kind, width, out, true);
  Add(document.subject, width, out, true);
  out += kBlankLine;
  for (const std::string& basis : document.bases) Add(basis, width, out);
  for (const Paragraph& paragraph : document.body) {
    if (paragraph.kind == Paragraph::Kind::kHeading) out += kBlankLine;
    if (paragraph.kind == Paragraph::Kind::kTable) out += "\n" + TableAsText(document.body_tables[paragraph.table], options) + "\n";
    else Add(paragraph.level == 0 && paragraph.kind == Paragraph::Kind::kHeading ? UpperCase(Marked(paragraph)) : Marked(paragraph), width, out);
  }
  out += kBlankLine;
  if (!document.recipients.empty()) Add(RecipientsTitle(document), width, out);
  for (const std::string& line : document.recipients) Add(line, width, out);
  for (const Signature& signature : document.signatures) {
    out += kBlankLine;
    std::vector<std::string> lines = signature.authority;
    if (!signature.name.empty()) lines.push_back(signature.name);
    AddSides({}, lines, width, out);
  }
  for (size_t i = 0; i < document.annexes.size(); ++i) {
    out += kBlankLine;
    Add(AnnexTitle(document, i), width, out, true);
    out += TableAsText(document.annexes[i], options);
  }
  return out;
}

std::string DocumentAsMarkdown(const Document& document) {
  std::string out;
  const auto line = [&](std::string_view text, std::string_view mark = "") {
    if (!text.empty()) out += fmt::format("{0}{1}{0}\n\n", mark, Escaped(text));
  };
  line(document.parent_agency);
  line(document.agency, "**");
  for (const std::string& nation : NationLines(document)) line(nation, "**");
  line(NumberLine(document));
  line(document.place_and_date, "*");
  out += fmt::format("# {}\n\n", Escaped(document.kind));
  line(document.subject, "**");
  for (const std::string& basis : document.bases) line(basis, "*");
  for (const Paragraph& paragraph : document.body) {
    if (paragraph.kind == Paragraph::Kind::kTable) out += TableAsMarkdown(document.body_tables[paragraph.table]) + "\n";
    else if (paragraph.kind == Paragraph::Kind::kHeading) {
      const std::string text = paragraph.level == 0 ? UpperCase(Marked(paragraph)) : Marked(paragraph);
      out += fmt::format("{} {}\n\n", std::string(static_cast<size_t>(std::clamp(paragraph.level + 2, 2, 6)), '#'), Escaped(text));
    } else {
      line(Marked(paragraph));
    }
  }
  if (!document.recipients.empty()) line(RecipientsTitle(document), "**");
  for (const std::string& recipient : document.recipients) line(recipient);
  for (const Signature& signature : document.signatures) {
    for (const std::string& authority : signature.authority) line(authority, "**");
    line(signature.name, "**");
  }
  for (size_t i = 0; i < document.annexes.size(); ++i) {
    line(AnnexTitle(document, i), "**");
    out += TableAsMarkdown(document.annexes[i]);
  }
  return out;
}

}  // namespace ordo::report

#include "compiler/driver/unit_files.h"

#include "fmt/format.h"
#include "runtime/base/markup.h"
#include "runtime/diag/emitter.h"

namespace ordo {
namespace {

// Letters of a file's name as an address has them. «./» keeps a colon from being read as a scheme.
std::string Address(std::string_view name, std::string_view extension) {
  std::string out = "./";
  for (const char c : name) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return fmt::format("{}.{}", out, extension);
}

constexpr std::string_view kStyle =
    ":root{color-scheme:light dark}body{margin:1.5rem;font:1rem/1.45 \"Times New Roman\",Times,serif}"
    "table{border-collapse:collapse}th,td{border:1px solid #8a8a8a;padding:.35rem .6rem;text-align:left;vertical-align:top}"
    "td.n{text-align:right}caption{text-align:left;font-weight:bold;padding-bottom:.6rem}";

}  // namespace

std::string UnitIndexPage(const report::Table& index, const std::vector<std::string>& names, const std::vector<report::Format>& formats,
                          Language language) {
  std::string out = fmt::format("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n"
                                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>{}</style>\n</head>\n<body>\n<table>\n",
                                language == Language::kVietnamese ? "vi" : "en", EscapedMarkup(index.title), kStyle);
  out += fmt::format("<caption>{}</caption>\n<thead><tr>", EscapedMarkup(index.title));
  for (const report::TableColumnText& column : index.columns) out += fmt::format("<th scope=\"col\">{}</th>", EscapedMarkup(column.title));
  out += fmt::format("<th scope=\"col\">{}</th></tr></thead>\n<tbody>\n", EscapedMarkup(Say(Phrase::kColumnFile, language)));
  size_t at = 0;
  for (const report::Group& group : index.groups) {
    for (const report::Row& row : group.rows) {
      const std::string& name = names[at++];
      out += "<tr>";
      for (size_t i = 0; i < row.cells.size(); ++i) {
        out += fmt::format("<td{}>{}</td>", index.columns[i].numeric ? " class=\"n\"" : "", EscapedMarkup(row.cells[i].text));
      }
      out += "<td>";
      for (const report::Format format : formats) {
        const std::string_view extension = report::ExtensionOf(format);
        out += fmt::format("{}<a href=\"{}\">{}</a>", format == formats.front() ? "" : " ", Address(name, extension), extension);
      }
      out += "</td></tr>\n";
    }
  }
  return out + "</tbody>\n</table>\n</body>\n</html>\n";
}

}  // namespace ordo

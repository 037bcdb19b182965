// Tables of the page: the official columns as they are issued, and beside them a margin with the findings about a row and its line
// of source. Rows carry what the filters need.
#include <fmt/format.h>

#include "runtime/page/html.h"
#include "runtime/page/sections.h"
#include "runtime/report/render.h"

namespace ordo::page {
namespace {

constexpr size_t kNarrow = 8;   // columns of a table that fits a screen and whose head may stay in sight

class TableWriter {
 public:
  TableWriter(const Context& context, const report::Table& table, std::string& out)
      : context_(context), table_(table), out_(out) {
    // The header of a row is what it is about: its title, or its first cell.
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].id == "title") head_ = i;
    }
    numbered_ = table.columns.size() > 1 && table.columns[0].id == "number";
  }

  void Write(size_t number, bool matrix) {
    const bool wide = matrix || table_.columns.size() > kNarrow;
    out_ += fmt::format("<div class=\"sheet{}{}{}\"><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"",
                        matrix ? " matrix" : " cards", wide ? " wide" : "", table_.landscape || matrix ? " landscape" : "");
    AddAttribute(out_, table_.title.empty() ? table_.id : table_.title);
    out_ += fmt::format("\">\n<table id=\"t{}\"{}>\n<caption><h3>", number, numbered_ ? " class=\"numbered\"" : "");
    AddText(out_, table_.title.empty() ? table_.id : table_.title);
    out_ += "</h3>";
    if (!table_.subtitle.empty()) {
      out_ += "<p>";
      AddText(out_, table_.subtitle);
      out_ += "</p>";
    }
    out_ += "</caption>\n";
    Head();
    for (const report::Group& group : table_.groups) Body(group);
    if (table_.totals) {
      out_ += "<tfoot>\n";
      Line(*table_.totals, "totals", 0);
      out_ += "</tfoot>\n";
    }
    out_ += "</table>\n</div>\n<p class=\"nothing\" hidden>";
    AddText(out_, context_.Words(Phrase::kPageNothing));
    out_ += "</p></div>\n";
  }

 private:
  void Head() {
    out_ += "<thead>\n<tr>";
    for (size_t i = 0; i < table_.columns.size(); ++i) {
      out_ += i == 0 && numbered_ ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">";
      AddText(out_, table_.columns[i].title);
      out_ += "</th>";
    }
    out_ += "<th scope=\"col\" class=\"note\">";
    AddText(out_, context_.Words(Phrase::kPageReview));
    out_ += "</th></tr>\n</thead>\n";
  }

  void Body(const report::Group& group) {
    out_ += "<tbody>\n";
    const size_t columns = table_.columns.size();
    if (report::HasHeading(group) && columns > 0) {
      out_ += "<tr class=\"group\"";
      Identity(group.id, &group);
      if (numbered_) {
        out_ += "><td class=\"number\">";
        AddText(out_, group.number);
        out_ += fmt::format("</td><th scope=\"rowgroup\" colspan=\"{}\">", columns - 1);
        AddText(out_, group.title);
      } else {
        out_ += fmt::format("><th scope=\"rowgroup\" colspan=\"{}\">", columns);
        AddText(out_, report::GroupLine(group));
      }
      out_ += "</th>";
      Note(&group, group.at);
      out_ += "</tr>\n";
    }
    for (const report::Row& row : group.rows) Line(row, "", 0);
    out_ += "</tbody>\n";
  }

  void Line(const report::Row& row, std::string_view style, size_t level) {
    out_ += "<tr";
    if (!style.empty()) out_ += fmt::format(" class=\"{}\"", style);
    else if (level > 0) out_ += fmt::format(" class=\"sub\" data-level=\"{}\"", level);
    if (style.empty()) {
      Identity(row.id, &row);
      if (const auto roles = context_.roles_of.find(row.id); roles != context_.roles_of.end()) {
        out_ += " data-who=\"";
        out_.append(roles->second, 1);   // indices, no text of a plan
        out_ += '"';
      }
    }
    out_ += '>';
    for (size_t i = 0; i < row.cells.size() && i < table_.columns.size(); ++i) {
      out_ += i == head_ ? "<th scope=\"row\"" : "<td";
      if (i == 0 && numbered_) out_ += " class=\"number\"";
      else if (table_.columns[i].numeric) out_ += " class=\"amount\"";
      out_ += '>';
      AddText(out_, row.cells[i].text);
      out_ += i == head_ ? "</th>" : "</td>";
    }
    Note(&row, row.at);
    out_ += "</tr>\n";
    for (const report::Row& sub : row.rows) Line(sub, style, level + 1);
  }

  void Identity(std::string_view id, const void* row) {
    if (context_.places.IsFirst(row)) out_ += fmt::format(" id=\"r{}\"", context_.places.PlaceOf(row));
    if (id.empty()) return;
    out_ += " data-id=\"";
    AddAttribute(out_, id);
    out_ += '"';
  }

  void Note(const void* row, Span at) {
    out_ += "<td class=\"note\">";
    if (const uint32_t index = context_.places.PlaceOf(row); index != kNowhere) {
      if (const RowPlace& place = context_.places.place(index); place.findings > 0) {
        out_ += fmt::format("<a class=\"badge {}\" href=\"#f{}\" aria-label=\"", NameOf(place.worst), place.first_finding);
        AddAttribute(out_, context_.Words(Phrase::kPageBadge, {fmt::to_string(place.findings),
                                                               context_.Words(PhraseOf(place.worst))}));
        out_ += fmt::format("\">{}</a> ", place.findings);
      }
    }
    AddPlaceLink(context_, at, true, out_);
    out_ += "</td>";
  }

  const Context& context_;
  const report::Table& table_;
  std::string& out_;
  size_t head_ = 0;
  bool numbered_ = false;
};

}  // namespace

void AddTable(const Context& context, const report::Table& table, size_t number, bool matrix, std::string& out) {
  TableWriter(context, table, out).Write(number, matrix);
}

void AddCardLabels(const report::Table& table, size_t number, std::string& out) {
  for (size_t i = 0; i < table.columns.size(); ++i) {
    out += fmt::format("#t{} tr:not(.group) > td:nth-child({})::before {{ content: \"", number, i + 1);
    AddCssString(out, table.columns[i].title);
    out += "\"; }\n";
  }
}

}  // namespace ordo::page

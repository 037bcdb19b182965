// The page as a whole: policy and style, header, parts to go to, filters, then one section a part. It reads as one long page without
// its script, which only adds search, filters and shared links.
#include "runtime/page/page.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "runtime/page/assets.h"
#include "runtime/page/html.h"
#include "runtime/page/sections.h"
#include "runtime/report/render_trajectory.h"
#include "runtime/report/text.h"

namespace ordo::page {
namespace {

constexpr std::array kSeverities = {Severity::kError, Severity::kWarning, Severity::kInformation};

struct Part {
  std::string_view id;
  Phrase name;
};

bool HasRows(const report::Table& table) {
  return std::any_of(table.groups.begin(), table.groups.end(), [](const report::Group& group) { return !group.rows.empty(); });
}

class PageWriter {
 public:
  explicit PageWriter(const PageInput& input) : input_(input), places_(input), context_{input, places_, {}} {
    for (const Assignment& assignment : input.assignments) {
      if (assignment.unit >= input.units.size() || assignment.role >= input.roles.size()) continue;
      fmt::format_to(std::back_inserter(context_.roles_of[assignment.row]), " {}.{}", assignment.unit, assignment.role);
    }
    if (!input.timeline_svg.empty()) timeline_ = PictureOf(input.timeline_svg, "timeline-");
    if (!input.targets_svg.empty()) targets_ = PictureOf(input.targets_svg, "targets-");
    if (!input.tables.empty()) parts_.push_back({"tables", Phrase::kPageTables});
    if (HasRows(input.matrix)) parts_.push_back({"matrix", Phrase::kPageMatrix});
    if (!timeline_.body.empty()) parts_.push_back({"timeline", Phrase::kPageTimeline});
    if (!targets_.body.empty()) parts_.push_back({"targets", Phrase::kPageTargets});
    parts_.push_back({"findings", Phrase::kPageFindings});
    if (!places_.files().empty()) parts_.push_back({"sources", Phrase::kPageSources});
    if (input.findings != nullptr) {
      for (const Finding& finding : *input.findings) ++(finding.waiver ? waived_ : counts_[static_cast<size_t>(finding.severity)]);
    }
  }

  std::string Write() {
    Head();
    Masthead();
    out_ += "<div class=\"bar\">\n";
    Parts();
    Filters();
    out_ += "</div>\n";
    out_ += "<main id=\"contents\" tabindex=\"-1\">\n";
    for (const Part& part : parts_) {
      Put("<section id=\"{0}\" aria-labelledby=\"{0}-name\">\n<h2 id=\"{0}-name\">", part.id);
      Text(part.name);
      out_ += "</h2>\n";
      Contents(part.id);
      out_ += "</section>\n";
    }
    out_ += "</main>\n<script>";
    out_ += PageScript();
    out_ += "</script>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  template <typename... Values>
  void Put(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Values>(values)...);
  }
  void Text(Phrase phrase) { AddText(out_, context_.Words(phrase)); }
  void Attribute(Phrase phrase) { AddAttribute(out_, context_.Words(phrase)); }
  void Line(std::string_view style, std::string_view text) {
    if (text.empty()) return;
    Put("<p class=\"{}\">", style);
    AddText(out_, text);
    out_ += "</p>\n";
  }

  void Head() {
    std::string style = std::move(timeline_.style);
    style += targets_.style;
    style += PageStyle();
    if (!targets_.body.empty()) {
      style += "@media screen and (prefers-color-scheme: dark) {";
      style += report::TrajectoryDarkStyle();
      style += "}\n";
    }
    style += "@media screen and (max-width: 640px) {\n";
    for (size_t i = 0; i < input_.tables.size(); ++i) AddCardLabels(input_.tables[i], i, style);
    style += "}\n";
    Put("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src ", input_.language == Language::kVietnamese ? "vi" : "en");
    AddAttribute(out_, HashSource(style));
    out_ += "; script-src ";
    AddAttribute(out_, HashSource(PageScript()));
    out_ += "; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
    AddAttribute(out_, TitleOfPage());
    out_ += "</title>\n<style>";
    out_ += style;
    out_ += "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#contents\">";
    Text(Phrase::kPageSkip);
    out_ += "</a>\n";
  }

  std::string TitleOfPage() const {
    if (input_.document == nullptr) return input_.matrix.title;
    const report::Document& document = *input_.document;
    std::string title = document.kind;
    for (const std::string* part : {&document.number, &document.subject}) {
      if (!part->empty()) title += (title.empty() ? "" : " ") + *part;
    }
    return title.empty() ? document.id : title;
  }

  void Masthead() {
    // On paper the header shares the sheet of the first annex.
    out_ += !input_.tables.empty() && input_.tables.front().landscape ? "<header class=\"masthead landscape\">\n" : "<header class=\"masthead\">\n";
    if (input_.document != nullptr) {
      const report::Document& document = *input_.document;
      out_ += "<div class=\"issuer\">\n";
      Line("parent", document.parent_agency);
      Line("agency", document.agency);
      if (!document.number.empty()) Line("number", context_.Words(Phrase::kPageNumber, {document.number}));
      out_ += "</div>\n";
      Line("issued", document.place_and_date);
    }
    out_ += "<h1>";
    if (input_.document != nullptr && !(input_.document->kind.empty() && input_.document->subject.empty())) {
      if (!input_.document->kind.empty()) {
        out_ += "<span class=\"kind\">";
        AddText(out_, input_.document->kind);
        out_ += "</span> ";
      }
      AddText(out_, input_.document->subject);
    } else {
      AddText(out_, TitleOfPage());
    }
    out_ += "</h1>\n<ul class=\"counts\">\n";
    for (const Severity severity : kSeverities) {
      Put("<li><a href=\"#findings\" data-severity=\"{0}\"><span class=\"mark {0}\">", NameOf(severity));
      AddText(out_, report::Capitalised(context_.Words(PhraseOf(severity))));
      Put("</span> <b>{}</b></a></li>\n", counts_[static_cast<size_t>(severity)]);
    }
    if (waived_ > 0) {
      out_ += "<li>";
      Text(Phrase::kPageWaived);
      Put(" <b>{}</b></li>\n", waived_);
    }
    out_ += "</ul>\n</header>\n";
  }

  void Parts() {
    out_ += "<nav class=\"parts\" aria-label=\"";
    Attribute(Phrase::kPageParts);
    out_ += "\"><ul>\n";
    for (const Part& part : parts_) {
      Put("<li><a href=\"#{}\">", part.id);
      Text(part.name);
      out_ += "</a></li>\n";
    }
    out_ += "</ul></nav>\n";
  }

  void Select(std::string_view id, Phrase label, Phrase all) {
    Put("<label class=\"{0}\"><span>", id);
    Text(label);
    Put("</span> <select id=\"{0}\"><option value=\"\">", id);
    Text(all);
    out_ += "</option>\n";
  }

  void Select(std::string_view id, Phrase label, Phrase all, const std::vector<Choice>& choices) {
    if (choices.empty()) return;
    Select(id, label, all);
    for (const Choice& choice : choices) {
      out_ += "<option value=\"";
      AddAttribute(out_, choice.id);
      out_ += "\">";
      AddAttribute(out_, choice.title);
      out_ += "</option>\n";
    }
    out_ += "</select></label>\n";
  }

  // Of use with the script only: it takes `hidden` away.
  void Filters() {
    out_ += "<form class=\"filters\" role=\"search\" hidden aria-label=\"";
    Attribute(Phrase::kPageFilters);
    out_ += "\">\n<label class=\"search\"><span>";
    Text(Phrase::kPageSearch);
    out_ += "</span> <input type=\"search\" id=\"search\" autocomplete=\"off\" spellcheck=\"false\" aria-keyshortcuts=\"/\" placeholder=\"";
    Attribute(Phrase::kPageSearchHint);
    out_ += "\"/><kbd aria-hidden=\"true\">/</kbd></label>\n";
    Select("unit", Phrase::kPageUnit, Phrase::kPageAllUnits, input_.units);
    Select("role", Phrase::kPageRole, Phrase::kPageAllRoles, input_.roles);
    if (input_.findings != nullptr && !input_.findings->empty()) {
      Select("severity", Phrase::kPageSeverity, Phrase::kPageAllSeverities);
      for (const Severity severity : kSeverities) {
        Put("<option value=\"{}\">", NameOf(severity));
        Text(PhraseOf(severity));
        out_ += "</option>\n";
      }
      out_ += "</select></label>\n";
    }
    out_ += "<button type=\"button\" id=\"clear\">";
    Text(Phrase::kPageClear);
    out_ += "</button>\n<p id=\"shown\" role=\"status\" aria-live=\"polite\" data-form=\"";
    Attribute(Phrase::kPageShown);
    out_ += "\"></p>\n</form>\n";
  }

  void Contents(std::string_view part) {
    if (part == "tables") {
      for (size_t i = 0; i < input_.tables.size(); ++i) AddTable(context_, input_.tables[i], i, false, out_);
    } else if (part == "matrix") {
      AddTable(context_, input_.matrix, input_.tables.size(), true, out_);
    } else if (part == "timeline") {
      Drawing(timeline_, Phrase::kPageTimeline);
    } else if (part == "targets") {
      Drawing(targets_, Phrase::kPageTargets);
    } else if (part == "findings") {
      AddFindings(context_, out_);
    } else if (part == "sources") {
      AddSources(context_, out_);
    }
  }

  void Drawing(const Picture& picture, Phrase name) {
    out_ += "<div class=\"scroll picture\" role=\"region\" tabindex=\"0\" aria-label=\"";
    Attribute(name);
    out_ += "\">\n";
    out_ += picture.body;
    out_ += "</div>\n";
  }

  const PageInput& input_;
  const Places places_;
  Context context_;
  Picture timeline_, targets_;
  std::vector<Part> parts_;
  size_t counts_[3] = {}, waived_ = 0;
  std::string out_;
};

}  // namespace

std::string PlanPage(const PageInput& input) { return PageWriter(input).Write(); }

}  // namespace ordo::page

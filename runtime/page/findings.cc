// Findings as a list by rank: severity as sign and word, what is wrong, what to do, the other sides, and beneath it what follows.
#include <fmt/format.h>

#include "runtime/diag/order.h"
#include "runtime/page/html.h"
#include "runtime/page/sections.h"
#include "runtime/report/text.h"

namespace ordo::page {
namespace {

class FindingWriter {
 public:
  FindingWriter(const Context& context, std::string& out)
      : context_(context), findings_(*context.input.findings), roots_(FindRoots(findings_)), out_(out) {
    for (const Severity severity : {Severity::kInformation, Severity::kWarning, Severity::kError}) {
      severity_words_[static_cast<size_t>(severity)] = report::Capitalised(context.Words(PhraseOf(severity)));
    }
    help_ = context.Words(Phrase::kPageHelp);
    see_ = context.Words(Phrase::kPageSee);
    follows_ = context.Words(Phrase::kPageFollows);
    next_ = context.Words(Phrase::kPageNext);
  }

  void Write() {
    const std::vector<size_t>& roots = roots_;
    std::vector<uint32_t> first(findings_.size(), kNowhere), next(findings_.size(), kNowhere);   // followers as chains, in order
    for (size_t i = findings_.size(); i-- > 0;) {
      if (roots[i] == i) continue;
      next[i] = first[roots[i]];
      first[roots[i]] = static_cast<uint32_t>(i);
    }
    out_ += "<ol class=\"findings\">\n";
    for (size_t i = 0; i < findings_.size(); ++i) {
      if (roots[i] != i) continue;
      Open(i, "finding");
      Details(findings_[i]);
      if (first[i] != kNowhere) {
        out_ += "<div class=\"follows\"><p class=\"label\">";
        AddText(out_, follows_);
        out_ += "</p><ul>\n";
        for (uint32_t follower = first[i]; follower != kNowhere; follower = next[follower]) {
          Open(follower, "follower");
          out_ += "</li>\n";
        }
        out_ += "</ul></div>";
      }
      out_ += "</li>\n";
    }
    out_ += "</ol>\n";
  }

 private:
  void Open(size_t index, std::string_view style) {
    const Finding& finding = findings_[index];
    const std::string_view severity = NameOf(finding.severity);
    out_ += fmt::format("<li id=\"f{0}\" class=\"{1} {2}{3}\" data-severity=\"{2}\"", index, style, severity,
                        finding.waiver ? " waived" : "");
    const uint32_t row = context_.places.RowOfFinding(index);
    if (row != kNowhere) out_ += fmt::format(" data-row=\"r{}\"", row);
    out_ += style == "finding" ? "><h3>" : "><p class=\"head\">";
    out_ += fmt::format("<span class=\"mark {}\">", severity);
    AddText(out_, severity_words_[static_cast<size_t>(finding.severity)]);
    out_ += "</span> <code>";
    AddText(out_, finding.code);
    out_ += "</code> <span class=\"title\">";
    AddText(out_, finding.title);
    out_ += "</span>";
    if (finding.waiver) {
      out_ += " <span class=\"waiver\">";
      AddText(out_, finding.waiver->empty() ? context_.Words(Phrase::kPageWaived)
                                            : context_.Words(Phrase::kPageWaivedBy, {*finding.waiver}));
      out_ += "</span>";
    }
    out_ += style == "finding" ? "</h3>\n" : "</p>\n";
    if (!finding.message.empty()) {
      out_ += "<p class=\"message\">";
      AddText(out_, finding.message);
      out_ += "</p>\n";
    }
    Links(index, row);
  }

  void Links(size_t index, uint32_t row) {
    const Finding& finding = findings_[index];
    out_ += "<p class=\"links\">";
    if (row != kNowhere) {
      AddRowLink(row);
      out_ += ' ';
    }
    if (finding.at.known()) {
      AddPlaceLink(context_, finding.at, false, out_);
    } else if (!finding.path.empty()) {
      out_ += "<span class=\"place\">";
      AddText(out_, finding.path);
      out_ += "</span>";
    }
    if (const uint32_t next = context_.places.NextOfRow(index); next != kNowhere && !(roots_[index] == index && roots_[next] == index)) {   // what follows stands right below
      out_ += fmt::format(" <a class=\"next\" href=\"#f{}\">", next);
      AddText(out_, next_);
      out_ += "</a>";
    }
    out_ += "</p>\n";
  }

  void AddRowLink(uint32_t row) {
    out_ += fmt::format("<a class=\"row\" href=\"#r{}\">", row);
    AddText(out_, context_.Words(Phrase::kPageRow, {context_.places.place(row).label}));
    out_ += "</a>";
  }

  void Details(const Finding& finding) {
    if (!finding.help.empty()) {
      out_ += "<p class=\"help\"><span class=\"label\">";
      AddText(out_, help_);
      out_ += "</span> ";
      AddText(out_, finding.help);
      out_ += "</p>\n";
    }
    if (finding.related.empty()) return;
    out_ += "<div class=\"related\"><p class=\"label\">";
    AddText(out_, see_);
    out_ += "</p><ul>";
    for (const Related& side : finding.related) {
      out_ += "<li>";
      AddText(out_, side.message);
      out_ += ' ';
      AddPlaceLink(context_, side.at, false, out_);
      out_ += "</li>\n";
    }
    out_ += "</ul></div>\n";
  }

  const Context& context_;
  const std::vector<Finding>& findings_;
  const std::vector<size_t> roots_;
  std::string& out_;
  std::string severity_words_[3], help_, see_, follows_, next_;
};

}  // namespace

std::string_view NameOf(Severity severity) {
  return severity == Severity::kError ? "error" : severity == Severity::kWarning ? "warning" : "information";
}

void AddFindings(const Context& context, std::string& out) {
  if (context.input.findings == nullptr || context.input.findings->empty()) {
    out += "<p class=\"nothing\">";
    AddText(out, context.Words(Phrase::kPageNoFindings));
    out += "</p>\n";
    return;
  }
  FindingWriter(context, out).Write();
  out += "<p class=\"nothing\" hidden>";
  AddText(out, context.Words(Phrase::kPageNothing));
  out += "</p>\n";
}

}  // namespace ordo::page

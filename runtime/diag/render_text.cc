#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/diag/emitter.h"
#include "runtime/diag/render.h"
#include "unicode/utf8.h"

namespace ordo {

namespace {

constexpr size_t kQuoteWidth = 100;  // columns of a quoted line
constexpr size_t kQuoteBefore = 40;  // of these, before the caret if the line must be cut
constexpr size_t kNumberWidth = 3;
constexpr size_t kMostAlike = 5;     // findings told under one of their code where only the first are asked for
constexpr size_t kMostSides = 6;     // other places quoted of one finding; machine formats have them all
constexpr size_t kNeighbourhood = 4096;  // bytes on either side of a place that are looked at: a line may be megabytes long
constexpr std::string_view kEllipsis = "…";

struct Labels {
  std::string_view information, warning, error;
  std::string_view see, help, follows, likewise, waived_by;
};
constexpr Labels kVietnameseLabels = {"thông tin", "cảnh báo", "lỗi", "xem", "nên", "kéo theo", "cùng loại", "được miễn trừ theo"};
constexpr Labels kEnglishLabels = {"information", "warning", "error", "see", "help", "leads to", "likewise", "waived by"};

// Text that is safe on a terminal and keeps its place on one line: control characters become one blank, what would turn the
// direction of writing or has no place of its own is left out, bytes that are no text become U+FFFD.
std::string Shown(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    UChar32 point;
    U8_NEXT(text.data(), at, text.size(), point);
    if (point < 0) {
      out += "\uFFFD";
    } else if (point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029) {
      out += ' ';
    } else if (point != 0xFEFF && !(point >= 0x202A && point <= 0x202E) && !(point >= 0x2066 && point <= 0x2069)) {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

// The columns [from, to) of a shown text; a wide sign that only half belongs is replaced by a blank.
std::string Columns(std::string_view text, size_t from, size_t to) {
  std::string out;
  size_t column = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    U8_FWD_1(text.data(), at, text.size());
    const std::string_view sign = text.substr(begin, at - begin);
    const size_t width = DisplayWidth(sign);
    if (column >= to && width > 0) break;
    if (column >= from && column + width <= to) {
      // A mark without its letter would fall on the sign of omission.
      if (width > 0 || !out.empty() || from == 0) out += sign;
    } else if (column + width > from && column < to) {
      out += ' ';
    }
    column += width;
  }
  return out;
}

struct QuotedLine {
  std::string text;
  size_t caret = 0;  // columns before the first caret
  size_t width = 1;  // carets
};

QuotedLine QuoteLine(const SourceFile& file, Span at, uint32_t line) {
  std::string_view text = file.LineText(line);
  size_t place = at.begin - file.LineBegin(line);
  size_t after = std::max(at.end, at.begin) - file.LineBegin(line);
  const auto mid_character = [&](size_t i) { return i < text.size() && (static_cast<uint8_t>(text[i]) & 0xC0) == 0x80; };
  if (place + kNeighbourhood < text.size()) {
    size_t cut = place + kNeighbourhood;
    while (mid_character(cut)) --cut;
    text = text.substr(0, cut);
  }
  if (place > kNeighbourhood) {
    size_t cut = std::min(place, text.size()) - std::min(kNeighbourhood, text.size());
    while (mid_character(cut)) ++cut;
    text.remove_prefix(cut);
    place -= cut;
    after -= cut;
  }
  const size_t begin = FindGrapheme(text, place).begin;
  const size_t end = std::clamp<size_t>(after, begin, text.size());
  std::string shown = Shown(text.substr(0, begin));
  QuotedLine quote;
  quote.caret = DisplayWidth(shown);
  const std::string marked = Shown(text.substr(begin, end - begin));
  quote.width = std::max<size_t>(1, DisplayWidth(marked));
  shown += marked;
  shown += Shown(text.substr(end));

  const size_t total = DisplayWidth(shown);
  if (std::max(total, quote.caret + 1) <= kQuoteWidth) {
    quote.text = std::move(shown);
    return quote;
  }
  const bool from_start = quote.caret + std::min(quote.width, kQuoteBefore) < kQuoteWidth;
  const size_t from = from_start ? 0 : quote.caret - kQuoteBefore;
  const bool to_end = total <= from + kQuoteWidth;
  const size_t to = to_end ? from + kQuoteWidth : from + kQuoteWidth - 1;
  if (!from_start) quote.text += kEllipsis;
  quote.text += Columns(shown, from_start ? 0 : from + 1, to);
  if (!to_end) quote.text += kEllipsis;
  quote.width = std::min(quote.width, to - quote.caret);
  quote.caret -= from;
  return quote;
}

class TextRenderer {
 public:
  TextRenderer(const std::vector<Finding>& findings, const SourceSet& sources, const TextStyle& style)
      : findings_(findings),
        sources_(sources),
        style_(style),
        labels_(style.language == Language::kVietnamese ? kVietnameseLabels : kEnglishLabels) {}

  std::string Render(const Summary& summary) {
    const std::vector<size_t> roots = FindRoots(findings_);
    std::vector<std::vector<size_t>> folded(findings_.size());
    for (size_t i = 0; i < findings_.size(); ++i) {
      if (roots[i] != i) folded[roots[i]].push_back(i);
    }
    std::vector<std::vector<size_t>> alike(findings_.size());   // of the first of a code: the others
    std::vector<bool> under(findings_.size(), false);
    if (style_.alike_together) {
      absl::flat_hash_map<std::string_view, size_t> first_of;
      for (size_t i = 0; i < findings_.size(); ++i) {
        if (roots[i] != i || findings_[i].waiver || findings_[i].from_text) continue;
        const auto [at, fresh] = first_of.try_emplace(findings_[i].code, i);
        if (fresh) continue;
        alike[at->second].push_back(i);
        under[i] = true;
      }
    }
    size_t shown = 0, more = 0;
    for (size_t i = 0; i < findings_.size(); ++i) {
      if (roots[i] != i || under[i]) continue;
      if (style_.first != 0 && shown == style_.first) {
        more += 1 + folded[i].size();
        for (const size_t other : alike[i]) more += 1 + folded[other].size();
        continue;
      }
      ++shown;
      AddFinding(findings_[i]);
      AddFollowers(folded[i], findings_[i]);
      for (size_t n = 0; n < alike[i].size(); ++n) {
        const size_t other = alike[i][n];
        if (style_.first != 0 && n >= kMostAlike) {
          more += 1 + folded[other].size();
          continue;
        }
        AddAlike(findings_[other]);
        AddFollowers(folded[other], findings_[other], "    ");
      }
      out_ += '\n';
    }
    if (more > 0) Add("{}\n", Say(Phrase::kMoreFindings, style_.language, {fmt::format("{}", more)}));
    if (style_.comparison) AddComparison(*style_.comparison);
    AddCounts(summary);
    return std::move(out_);
  }

 private:
  void AddFinding(const Finding& finding) {
    AddHead(finding);
    if (!finding.title.empty()) Add("  {}", Shown(finding.title));
    AddWaiver(finding);
    out_ += '\n';
    if (finding.waiver) return;
    if (!finding.message.empty()) Add("  {}\n", Shown(finding.message));
    const size_t number_width = NumberWidth(finding);
    AddQuote(finding.at, number_width, finding.severity);
    size_t sides = 0;
    for (const Related& side : finding.related) {
      if (++sides > kMostSides && finding.related.size() > kMostSides + 1) {
        Add("  {}: {}\n", labels_.see, Say(Phrase::kMoreSides, style_.language, {fmt::format("{}", finding.related.size() - kMostSides)}));
        break;
      }
      const std::string place = PlaceOf(side.at, "");
      Add("  {}:{}{}", labels_.see, place.empty() ? "" : " ", place);
      if (!side.message.empty()) Add("  {}", Shown(side.message));
      out_ += '\n';
      AddQuote(side.at, number_width, finding.severity);
    }
    if (!finding.help.empty()) Add("  {}: {}\n", labels_.help, Shown(finding.help));
    if (finding.fix) Add("  {}\n", Say(Phrase::kFixOffered, style_.language, {Shown(finding.fix->description)}));
  }

  void AddComparison(const Comparison& comparison) {
    for (const BaselineEntry& entry : comparison.gone) {
      Add("{}\n", Say(Phrase::kBaselineGone, style_.language,
                      {Shown(entry.code), Shown(entry.subject.empty() ? entry.title : entry.subject)}));
    }
    Add("{}\n", Say(Phrase::kBaselineCounts, style_.language,
                    {fmt::format("{}", comparison.known.size()), fmt::format("{}", comparison.gone.size())}));
  }

  // The first few of each code, then how many more: one missing column may stand for a hundred cells. JSON and SARIF hold all.
  void AddFollowers(const std::vector<size_t>& followers, const Finding& cause, std::string_view indent = "  ") {
    constexpr size_t kShown = 5;
    absl::flat_hash_map<std::string_view, size_t> left;
    for (const size_t follower : followers) ++left[findings_[follower].code];
    absl::flat_hash_map<std::string_view, size_t> told;
    for (const size_t follower : followers) {
      const std::string_view code = findings_[follower].code;
      --left[code];
      if (told[code]++ < kShown) AddFollower(findings_[follower], cause, indent);
      if (told[code] == kShown && left[code] > 0) {
        Add("{}{}: {}\n", indent, labels_.follows, Say(Phrase::kMoreFollowers, style_.language, {std::string(code), fmt::format("{}", left[code])}));
      }
    }
  }

  // Its place only where that is another one than that of the cause.
  void AddFollower(const Finding& finding, const Finding& cause, std::string_view indent) {
    Add("{}{}: ", indent, labels_.follows);
    if (finding.at.known() && finding.at == cause.at) AddCode(finding);
    else AddHead(finding);
    Add("  {}", Shown(finding.message.empty() ? finding.title : finding.message));
    AddWaiver(finding);
    out_ += '\n';
  }

  // One of the same code as the finding above.
  void AddAlike(const Finding& finding) {
    Add("  {}: ", labels_.likewise);
    if (const std::string place = PlaceOf(finding.at, finding.path); !place.empty()) Add("{}  ", place);
    Add("{}\n", Shown(finding.message.empty() ? finding.title : finding.message));
  }

  void AddCode(const Finding& finding) {
    AddPainted(fmt::format("{} {}", SeverityLabel(finding.severity), finding.code), finding.severity);
  }

  void AddHead(const Finding& finding) {
    AddCode(finding);
    if (const std::string place = PlaceOf(finding.at, finding.path); !place.empty()) Add("  {}", place);
  }

  void AddWaiver(const Finding& finding) {
    if (!finding.waiver) return;
    Add(" – {} «{}»", labels_.waived_by, Shown(*finding.waiver));
  }

  void AddQuote(Span at, size_t number_width, Severity severity) {
    if (!style_.quote_source || !at.known()) return;
    const SourceFile& file = sources_.file(at.file);
    const uint32_t line = file.LineOf(at.begin);
    const QuotedLine quote = QuoteLine(file, at, line);
    Add("  {:>{}} | {}\n", line, number_width, quote.text);
    Add("  {:{}} | {:{}}", "", number_width, "", quote.caret);
    AddPainted(std::string(quote.width, '^'), severity);
    out_ += '\n';
  }

  void AddCounts(const Summary& summary) {
    const std::string folded =
        summary.folded == 0 ? "" : Say(Phrase::kFoldedCount, style_.language, {fmt::format("{}", summary.folded)});
    if (style_.language == Language::kVietnamese) {
      Add("{} lỗi, {} cảnh báo, {} thông tin", summary.error, summary.warning, summary.information);
      out_ += folded;
      if (summary.waived > 0) Add(", {} được miễn trừ", summary.waived);
      out_ += "; ";
      if (summary.rules_run == 0) {
        out_ += "chưa kiểm tra quy tắc nào\n";
      } else {
        Add("đã kiểm tra {} quy tắc\n", summary.rules_run);
      }
      return;
    }
    const auto counted = [](size_t count, std::string_view one) {
      return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
    };
    Add("{}, {}, {} information", counted(summary.error, "error"), counted(summary.warning, "warning"), summary.information);
    out_ += folded;
    if (summary.waived > 0) Add(", {} waived", summary.waived);
    if (summary.rules_run == 0) {
      out_ += "; no rule checked\n";
    } else {
      Add("; {} checked\n", counted(summary.rules_run, "rule"));
    }
  }

  std::string PlaceOf(Span at, std::string_view path) const {
    if (!at.known()) return Shown(path);
    const SourceFile& file = sources_.file(at.file);
    const Position position = file.PositionOf(at.begin);
    return fmt::format("{}:{}:{}", Shown(file.path()), position.line, position.column);
  }

  // One width for all line numbers of a finding, so that its quotes stand under one another.
  size_t NumberWidth(const Finding& finding) const {
    size_t width = kNumberWidth;
    const auto widen = [&](Span at) {
      if (at.known()) width = std::max(width, fmt::formatted_size("{}", sources_.file(at.file).LineOf(at.begin)));
    };
    widen(finding.at);
    for (const Related& side : finding.related) widen(side.at);
    return width;
  }

  std::string_view SeverityLabel(Severity severity) const {
    if (severity == Severity::kError) return labels_.error;
    return severity == Severity::kWarning ? labels_.warning : labels_.information;
  }

  void AddPainted(std::string_view text, Severity severity) {
    if (!style_.color) {
      out_ += text;
      return;
    }
    const int color = severity == Severity::kError ? 31 : severity == Severity::kWarning ? 33 : 36;
    Add("\x1b[1;{}m{}\x1b[0m", color, text);
  }

  template <typename... Arguments>
  void Add(fmt::format_string<const Arguments&...> format, const Arguments&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, arguments...);
  }

  const std::vector<Finding>& findings_;
  const SourceSet& sources_;
  const TextStyle& style_;
  const Labels& labels_;
  std::string out_;
};

}  // namespace

std::string RenderText(const std::vector<Finding>& findings, const Summary& summary, const SourceSet& sources,
                       const TextStyle& style) {
  return TextRenderer(findings, sources, style).Render(summary);
}

}  // namespace ordo

// The timeline for a terminal: one line a row, a cell a stretch of days, signs of block characters. Numbers and titles are cut to
// their columns by what the eye counts; colour only repeats what the signs say. Linear in rows times the width.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "runtime/base/unicode.h"
#include "runtime/diag/emitter.h"
#include "runtime/report/render.h"
#include "runtime/report/render_timeline.h"
#include "runtime/report/timeline_axis.h"

namespace ordo::report {
namespace {

constexpr size_t kHeaderEvery = 40;   // rows
constexpr size_t kFlags = 2;          // «!» late, «*» critical, a blank
constexpr std::string_view kParts[] = {"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};

enum class Tone : uint8_t { kPlain, kBar, kFaint, kWarn, kAsOf };
std::string_view CodeOf(Tone tone) {
  switch (tone) {
    case Tone::kPlain: return "\x1b[0m";
    case Tone::kBar: return "\x1b[34m";
    case Tone::kFaint: return "\x1b[2m";
    case Tone::kWarn: return "\x1b[31m";
    case Tone::kAsOf: return "\x1b[33m";
  }
  return {};
}

// One line of text of at most `width` columns, cut between clusters with «…».
std::string Cut(std::string_view text, size_t width) {
  std::string line = Printable(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  if (DisplayWidth(line) <= width) return line;
  if (width == 0) return {};
  size_t used = 0, at = 0;
  while (at < line.size()) {
    size_t next = at + 1;
    while (next < line.size() && (line[next] & 0xc0) == 0x80) ++next;
    used += DisplayWidth(std::string_view(line).substr(at, next - at));
    if (used + 1 > width) break;
    at = next;
  }
  line.resize(FindGrapheme(line, at).begin);
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line + "…";
}

void Pad(std::string& out, std::string_view text, size_t width) {
  out += text;
  const size_t used = DisplayWidth(text);
  if (used < width) out.append(width - used, ' ');
}

class Screen {
 public:
  Screen(const Timeline& timeline, const RenderOptions& options)
      : timeline_(timeline), options_(options), width_(std::max<size_t>(options.width, 40)) {
    for (const TimelineRow& row : timeline.rows) number_ = std::max(number_, std::min<size_t>(DisplayWidth(row.number), 7));
    label_ = std::clamp<size_t>(width_ * 2 / 5, 14, 60);
    chart_ = width_ - number_ - 2 - label_ - 1 - kFlags;
    if (!timeline.first) return;
    axis_.emplace(*timeline.first, *timeline.last, static_cast<double>(chart_), 1.0, options.language,
                  [](std::string_view text) { return static_cast<double>(DisplayWidth(text)); });
    cells_.resize(chart_);
    tones_.resize(chart_);
  }

  std::string Text() {
    Paragraph(Say(Phrase::kTimelineHeading, options_.language), 0, true);
    Paragraph(timeline_.title, 0, true);
    if (!timeline_.subtitle.empty()) Paragraph(timeline_.subtitle, 0, false);
    if (!timeline_.unit.empty()) Paragraph(Say(Phrase::kTimelineOfUnit, options_.language, {timeline_.unit}), 0, false);
    if (timeline_.as_of && axis_ && !InSight(timeline_)) {
      Paragraph(Say(Phrase::kTimelineAsOfOutside, options_.language, {timeline_.as_of->ToString(options_.language)}), 0, false);
    }
    size_t drawn = 0;
    const TimelineRow* group = nullptr;   // told with the first row below it that is drawn, and again under each axis
    const TimelineRow* told = nullptr;
    for (const TimelineRow& row : timeline_.rows) {
      if (!axis_) break;
      if (row.is_group) {
        group = &row;
        continue;
      }
      if (!IsDrawn(timeline_, row)) continue;
      if (drawn++ % kHeaderEvery == 0) {
        Header();
        told = nullptr;
      }
      if (group != told) Band(*group);
      told = group;
      Line(row);
    }
    if (drawn > 0) Legend();
    Listed();
    return std::move(out_);
  }

 private:
  void Bold(bool on) {
    if (options_.color) out_ += on ? "\x1b[1m" : "\x1b[0m";
  }

  void Paragraph(std::string_view text, size_t indent, bool bold) {
    for (const std::string& line : Wrapped(Printable(text), width_ - indent)) {
      out_.append(indent, ' ');
      if (bold) Bold(true);
      out_ += line;
      if (bold) Bold(false);
      out_ += '\n';
    }
  }

  void EndLine() {
    out_.erase(out_.find_last_not_of(' ') + 1);
    out_ += '\n';
  }

  void Marks(const std::vector<AxisMark>& marks) {
    size_t at = 0;
    for (const AxisMark& mark : marks) {
      const auto begin = static_cast<size_t>(std::lround(axis_->Begin(mark.first)));
      if (begin < at) continue;
      out_.append(begin - at, ' ');
      out_ += mark.label;
      at = begin + DisplayWidth(mark.label);
    }
    EndLine();
  }

  void Header() {
    out_ += '\n';
    const size_t indent = width_ - chart_;
    if (InSight(timeline_)) {
      std::string text = Say(Phrase::kTimelineAsOf, options_.language, {timeline_.as_of->ToString(options_.language)});
      const size_t at = Column(axis_->Begin(*timeline_.as_of));
      // Beside the line on the side that has room.
      const bool before = at + 2 + DisplayWidth(text) > chart_ && at > chart_ / 2;
      const size_t room = before ? at - 1 : chart_ - std::min(chart_, at + 2);
      if (DisplayWidth(text) > room) text = timeline_.as_of->ToString(options_.language);
      if (DisplayWidth(text) > room) text.clear();
      out_.append(indent + (before ? at - DisplayWidth(text) - 1 : at), ' ');
      out_ += before ? text + " ┊" : "┊ " + text;
      EndLine();
    }
    if (!axis_->upper().empty()) {
      out_.append(indent, ' ');
      Marks(axis_->upper());
    }
    Pad(out_, "", number_ - std::min(number_, size_t{2}));
    Pad(out_, Cut(Say(Phrase::kTimelineNumber, options_.language), 3), 2 + 2);
    Pad(out_, Cut(Say(Phrase::kTimelineTask, options_.language), label_), label_ + 1 + kFlags);
    Marks(axis_->lower());
    for (size_t i = 0; i < width_; ++i) out_ += i == number_ || i == number_ + 1 || (i >= indent - kFlags - 1 && i < indent) ? " " : "─";
    out_ += '\n';
  }

  void Number(std::string_view number) {
    const std::string text = Cut(number, number_);
    out_.append(number_ - DisplayWidth(text), ' ');
    out_ += text;
    out_ += "  ";
  }

  void Band(const TimelineRow& row) {
    Bold(true);
    Number(row.number);
    out_ += Cut(row.title, width_ - number_ - 2);
    Bold(false);
    out_ += '\n';
  }

  size_t Column(double place) const { return std::min(static_cast<size_t>(std::max(0.0, place)), chart_ - 1); }
  size_t LastColumn(double end) const { return Column(std::ceil(end) - 1); }

  void Put(size_t at, std::string_view sign, Tone tone) {
    cells_[at] = sign;
    tones_[at] = tone;
  }
  void Fill(size_t from, size_t to, std::string_view sign, Tone tone) {
    for (size_t i = from; i <= to && i < chart_; ++i) Put(i, sign, tone);
  }

  void Window(const TimelineRow& row) {
    const Date first = row.first ? *row.first : axis_->first();
    const Date last = row.last ? *row.last : axis_->last();
    const size_t from = Column(axis_->Begin(first)), to = LastColumn(axis_->End(last));
    switch (row.cls) {
      case TimelineClass::kOngoing:
        Fill(from, to, "▒", Tone::kFaint);
        if (!row.last) Put(to, "→", Tone::kPlain);
        break;
      case TimelineClass::kRecurring: Fill(from, to, "·", Tone::kFaint); break;
      case TimelineClass::kSummary:
        Fill(from, to, "─", Tone::kPlain);
        Put(from, "├", Tone::kPlain);
        Put(to, "┤", Tone::kPlain);
        break;
      case TimelineClass::kWaiting:
      case TimelineClass::kOpen:
        if (!row.first && !row.last) break;
        Fill(from, to, "┄", Tone::kFaint);
        Put(to, "→", Tone::kPlain);
        break;
      case TimelineClass::kFixed:
      case TimelineClass::kUndated:
        if (!row.first || !row.last) break;
        if (!row.starts_as_written) {
          Fill(from, to, "─", Tone::kBar);
        } else {
          Fill(from, to, "█", Tone::kBar);
          const double end = axis_->End(last);
          const auto eighths = std::lround((end - static_cast<double>(to)) * 8);
          Put(to, kParts[std::clamp<long>(eighths, 1, 8) - 1], Tone::kBar);
        }
        break;
    }
  }

  void Line(const TimelineRow& row) {
    std::fill(cells_.begin(), cells_.end(), " ");
    std::fill(tones_.begin(), tones_.end(), Tone::kPlain);
    if (InSight(timeline_)) Put(Column(axis_->Begin(*timeline_.as_of)), "┊", Tone::kAsOf);
    if (const auto slack = SlackEnd(row)) {
      Fill(LastColumn(axis_->End(*SlackBegin(row))), LastColumn(axis_->End(*slack)), "░", Tone::kFaint);
    }
    if (row.expected) {
      const size_t from = Column(axis_->Begin(row.expected->first)), to = LastColumn(axis_->End(row.expected->second));
      Fill(from, to, "╌", Tone::kPlain);
      Put(from, "[", Tone::kPlain);
      Put(to, from == to ? "▯" : "]", Tone::kPlain);
    }
    Window(row);
    if (row.late && row.due) {
      const std::optional<Date> until = row.done ? row.done : timeline_.as_of;
      if (until && *until > *row.due) Fill(LastColumn(axis_->End(*row.due)), Column(axis_->Begin(*until)), "!", Tone::kWarn);
    }
    const auto point = [&](const std::optional<Date>& day, std::string_view sign, Tone tone) {
      if (day) Put(LastColumn(axis_->End(*day)), sign, tone);
    };
    for (const Date tick : row.occurrences) point(tick, "•", Tone::kPlain);
    if (row.earliest) Put(Column(axis_->Begin(*row.earliest)), "⟨", Tone::kPlain);
    point(row.latest, "⟩", Tone::kPlain);
    if (row.due && (row.earliest || !(HasBar(row) && row.starts_as_written && *row.first != *row.due))) point(row.due, "◆", Tone::kPlain);
    for (const TimelineMilestone& milestone : row.milestones) point(milestone.day, "◇", Tone::kPlain);
    point(row.done, "✓", Tone::kPlain);

    Number(row.number);
    std::string label(std::min<size_t>(static_cast<size_t>(row.level) * 2, label_ / 2), ' ');
    label += Cut(row.title, label_ - label.size());
    Pad(out_, label, label_ + 1);
    const std::string_view flag = row.late ? "!" : row.critical ? "*" : " ";
    if (options_.color && flag != " ") out_ += fmt::format("{}{}{} ", CodeOf(Tone::kWarn), flag, CodeOf(Tone::kPlain));
    else out_ += fmt::format("{} ", flag);
    Tone tone = Tone::kPlain;
    size_t end = cells_.size();
    while (end > 0 && cells_[end - 1] == " ") --end;
    for (size_t i = 0; i < end; ++i) {
      if (options_.color && tones_[i] != tone && cells_[i] != " ") {
        if (tone != Tone::kPlain) out_ += CodeOf(Tone::kPlain);
        tone = tones_[i];
        if (tone != Tone::kPlain) out_ += CodeOf(tone);
      }
      out_ += cells_[i];
    }
    if (tone != Tone::kPlain) out_ += CodeOf(Tone::kPlain);
    EndLine();
  }

  void Legend() {
    const TimelineSigns signs = SignsOf(timeline_);
    std::string line;
    const auto item = [&](bool occurs, std::string_view sign, Phrase phrase) {
      if (!occurs) return;
      const std::string text = fmt::format("{} {}", sign, Say(phrase, options_.language));
      if (!line.empty() && DisplayWidth(line) + 3 + DisplayWidth(text) > width_) {
        out_ += line + '\n';
        line.clear();
      }
      if (!line.empty()) line += "   ";
      line += text;
    };
    out_ += '\n';
    item(signs.window, "██▌", Phrase::kTimelineWindow);
    item(signs.by, "──◆", Phrase::kTimelineBy);
    item(signs.ongoing, "▒▒▒", Phrase::kTimelineOngoing);
    item(signs.recurring, "···", Phrase::kTimelineRecurring);
    item(signs.occurrence, "•", Phrase::kTimelineOccurrence);
    item(signs.waiting, "┄┄→", Phrase::kTimelineWaiting);
    item(signs.expected, "[╌]", Phrase::kTimelineExpected);
    item(signs.summary, "├─┤", Phrase::kTimelineSummary);
    item(signs.due, "◆", Phrase::kTimelineDue);
    item(signs.milestone, "◇", Phrase::kTimelineMilestone);
    item(signs.slack, "░░", Phrase::kTimelineSlack);
    item(signs.room, "⟨ ⟩", Phrase::kTimelineRoom);
    item(signs.critical, "*", Phrase::kTimelineCritical);
    item(signs.done, "✓", Phrase::kTimelineDone);
    item(signs.late, "!", Phrase::kTimelineLate);
    if (!line.empty()) out_ += line + '\n';
  }

  void Listed() {
    std::vector<TimelineNote> notes;
    for (const TimelineRow& row : timeline_.rows) {
      if (!row.is_group && !IsDrawn(timeline_, row)) notes.push_back({row.label, row.title, row.owner, row.words});
    }
    notes.insert(notes.end(), timeline_.notes.begin(), timeline_.notes.end());
    if (notes.empty()) return;
    size_t wide = 0;
    for (const TimelineNote& note : notes) wide = std::max(wide, std::min<size_t>(DisplayWidth(note.label), 12));
    out_ += '\n';
    Paragraph(Say(Phrase::kTimelineUndated, options_.language), 0, true);
    for (const TimelineNote& note : notes) {
      const size_t indent = wide + 2;
      std::string head(wide - std::min(wide, DisplayWidth(note.label)), ' ');
      head += Printable(note.label) + "  ";
      const size_t before = out_.size();
      Paragraph(note.title, indent, false);
      out_.replace(before, indent, head);
      std::string tail = note.words.empty() ? Say(Phrase::kTimelineNoTime, options_.language) : note.words;
      if (!note.owner.empty()) tail += " · " + note.owner;
      Paragraph("– " + tail, indent, false);
    }
  }

  const Timeline& timeline_;
  const RenderOptions& options_;
  const size_t width_;
  size_t number_ = 2, label_ = 0, chart_ = 0;
  std::optional<TimelineAxis> axis_;
  std::vector<std::string_view> cells_;
  std::vector<Tone> tones_;
  std::string out_;
};

}  // namespace

std::string TimelineAsText(const Timeline& timeline, const RenderOptions& options) { return Screen(timeline, options).Text(); }

}  // namespace ordo::report

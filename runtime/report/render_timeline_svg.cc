// The timeline as a picture. Every sign has a shape or a pattern of its own, so that it reads in black and white; colour is calm and
// only helps. Texts are broken by measured width. The picture is made of blocks (head, stretches of rows each under its own axis,
// the list of what has no day): stacked they are one SVG, apart they are the pages of an HTML file. Everything out of a plan goes
// through Escaped. Linear in the rows.
#include <algorithm>

#include <fmt/format.h>

#include "runtime/base/markup.h"
#include "runtime/diag/emitter.h"
#include "runtime/report/render_timeline.h"
#include "runtime/report/text_width.h"
#include "runtime/report/timeline_axis.h"

namespace ordo::report {
namespace {

// Units of the drawing; a page of A4 landscape is about 1200 wide and 800 high, a unit 0.23 mm.
constexpr double kWide = 1200, kMargin = 24, kNumber = 40, kTitle = 334, kOwner = 148, kPad = 6;
constexpr double kLeft = kMargin, kRight = kWide - kMargin;
constexpr double kTitleAt = kLeft + kNumber, kOwnerAt = kTitleAt + kTitle, kChart = kOwnerAt + kOwner;
constexpr double kLength = kRight - kChart - 10;   // a blank edge, so that the last day is not the frame
constexpr size_t kRowsUnderAxis = 40;
constexpr size_t kManyRows = 80;   // from here on a row is one line
constexpr double kPageHigh = 800;

constexpr std::string_view kStyle = R"css(
.ordo-timeline text { font-family: "Segoe UI", "DejaVu Sans Condensed", "Noto Sans", Arial, sans-serif; fill: #1d252d; }
.ordo-timeline .h1 { font-size: 17px; font-weight: bold; }
.ordo-timeline .h2 { font-size: 13.5px; }
.ordo-timeline .em { font-style: italic; }
.ordo-timeline .s { font-size: 11.5px; }
.ordo-timeline .d { font-size: 11px; }
.ordo-timeline .t { font-size: 10px; fill: #46525e; }
.ordo-timeline .b { font-weight: bold; }
.ordo-timeline .m { text-anchor: middle; }
.ordo-timeline .e { text-anchor: end; }
.ordo-timeline .head { fill: #e9edf1; }
.ordo-timeline .band { fill: #f3f5f7; }
.ordo-timeline .frame { fill: none; stroke: #6c7883; stroke-width: 1; }
.ordo-timeline .line { stroke: #dfe4e8; stroke-width: 0.8; }
.ordo-timeline .grid { stroke: #e4e8ec; stroke-width: 0.8; }
.ordo-timeline .strong { stroke: #a8b2bb; stroke-width: 0.9; }
.ordo-timeline .rest { fill: #eef0f2; }
.ordo-timeline .holiday { fill: #e3e0d8; }
.ordo-timeline .bar { fill: #4d74a3; stroke: #2c4a6e; stroke-width: 0.8; }
.ordo-timeline .by { fill: #ffffff; stroke: #4d6b8c; stroke-width: 1; }
.ordo-timeline .ongoing { fill: url(#ordo-hatch); stroke: #7a8894; stroke-width: 0.8; }
.ordo-timeline .recurring { fill: url(#ordo-dots); stroke: #7a8894; stroke-width: 0.8; stroke-dasharray: 1 2; }
.ordo-timeline .expected { fill: #ffffff; stroke: #46525e; stroke-width: 1.1; stroke-dasharray: 4 2.5; }
.ordo-timeline .slack { fill: #ffffff; stroke: #46525e; stroke-width: 0.8; }
.ordo-timeline .over { fill: url(#ordo-cross); stroke: #9c2a1f; stroke-width: 0.9; }
.ordo-timeline .due { fill: #1d252d; stroke: #ffffff; stroke-width: 0.8; }
.ordo-timeline .stone { fill: #ffffff; stroke: #1d252d; stroke-width: 1.3; }
.ordo-timeline .thin { fill: none; stroke: #46525e; stroke-width: 1.2; }
.ordo-timeline .wait { fill: none; stroke: #46525e; stroke-width: 1.2; stroke-dasharray: 5 3; }
.ordo-timeline .crit { stroke: #1d252d; stroke-width: 2; }
.ordo-timeline .done { fill: #ffffff; stroke: #1f5f3a; stroke-width: 1.4; }
.ordo-timeline .asof { stroke: #a3361f; stroke-width: 1.3; stroke-dasharray: 7 2 1.5 2; }
.ordo-timeline .flag { fill: #a3361f; }
.ordo-timeline .white { fill: #ffffff; }
)css";

constexpr std::string_view kPatterns =
    "<pattern id=\"ordo-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    "<rect width=\"6\" height=\"6\" fill=\"#ffffff\"/><rect width=\"2\" height=\"6\" fill=\"#a9b4be\"/></pattern>"
    "<pattern id=\"ordo-dots\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"5\" height=\"5\" fill=\"#ffffff\"/><circle cx=\"2.5\" cy=\"2.5\" r=\"1\" fill=\"#5b6874\"/></pattern>"
    "<pattern id=\"ordo-cross\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"5\" height=\"5\" fill=\"#ffffff\"/><path d=\"M0 0L5 5M5 0L0 5\" stroke=\"#9c2a1f\" stroke-width=\"0.9\"/>"
    "</pattern>";

struct Block {
  std::string body;
  double height = 0;
};

class Picture {
 public:
  Picture(const Timeline& timeline, Language language, double most_high)
      : timeline_(timeline), language_(language), most_high_(most_high), signs_(SignsOf(timeline)) {
    size_t rows = 0;
    for (const TimelineRow& row : timeline.rows) rows += !row.is_group && IsDrawn(timeline, row);
    dense_ = rows > kManyRows;
    size_ = dense_ ? 11 : 11.5;
    line_ = dense_ ? 13 : 14.5;
    bar_ = dense_ ? 9 : 11;
    if (!timeline.first) return;
    axis_.emplace(*timeline.first, *timeline.last, kLength, 6.0, language,
                  [](std::string_view text) { return TextWidth(text, 10); });
    many_years_ = axis_->first().ymd().year != axis_->last().ymd().year;
  }

  std::vector<Block> Blocks() {
    Begin();
    Head();
    Legend();
    End();
    Rows();
    Listed();
    return std::move(blocks_);
  }

  std::string Title() const {
    return fmt::format("{}{}{}", Say(Phrase::kTimelineHeading, language_), timeline_.title.empty() ? "" : ": ", timeline_.title);
  }

  std::string Description() const {
    size_t drawn = 0, tasks = 0;
    for (const TimelineRow& row : timeline_.rows) {
      tasks += !row.is_group;
      drawn += !row.is_group && IsDrawn(timeline_, row);
    }
    if (!timeline_.first) return Say(Phrase::kTimelineNoDays, language_, {fmt::to_string(tasks)});
    return Say(Phrase::kTimelineDescription, language_,
               {timeline_.first->ToString(language_), timeline_.last->ToString(language_), fmt::to_string(drawn),
                fmt::to_string(tasks - drawn)});
  }

 private:
  // --- blocks -----------------------------------------------------------------------------------------------------------------
  void Begin() {
    blocks_.emplace_back();
    y_ = 0;
  }
  void End() { blocks_.back().height = y_; }
  std::string& out() { return blocks_.back().body; }

  template <typename... Values>
  void Put(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(out()), format, std::forward<Values>(values)...);
  }
  void Text(double x, double y, std::string_view style, std::string_view text) {
    if (!text.empty()) Put("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>", x, y, style, EscapedMarkup(text));
  }
  void Rect(double x, double y, double width, double height, std::string_view style) {
    Put("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\"/>", x, y, width, height, style);
  }
  void Path(std::string_view style, std::string_view d) { Put("<path class=\"{}\" d=\"{}\"/>", style, d); }
  void Diamond(double x, double y, double r, std::string_view style) {
    Path(style, fmt::format("M{:.1f} {:.1f}l{:.1f} {:.1f}l{:.1f} {:.1f}l{:.1f} {:.1f}z", x - r, y, r, -r, r, r, -r, r));
  }

  // --- head -------------------------------------------------------------------------------------------------------------------
  void Centred(std::string_view text, double size, double leading, std::string_view style, bool bold, size_t most) {
    if (text.empty()) return;
    for (const std::string& line : LinesWithin(text, kRight - kLeft - 120, size, bold, most)) {
      y_ += leading;
      Text(kWide / 2, y_, style, line);
    }
  }

  void Head() {
    y_ = 14;
    Centred(Say(Phrase::kTimelineHeading, language_), 17, 22, "h1 m", true, 1);
    Centred(timeline_.title, 13.5, 18, "h2 b m", true, 4);
    Centred(timeline_.subtitle, 13.5, 19, "h2 em m", false, 2);
    if (!timeline_.unit.empty()) Centred(Say(Phrase::kTimelineOfUnit, language_, {timeline_.unit}), 13.5, 19, "h2 m", false, 2);
    if (timeline_.as_of && axis_ && !InSight(timeline_)) {
      Centred(Say(Phrase::kTimelineAsOfOutside, language_, {timeline_.as_of->ToString(language_)}), 11.5, 17, "s m", false, 1);
    }
    y_ += 14;
  }

  // Only what occurs, in rows that are as wide as the picture.
  void Legend() {
    if (!axis_) return;
    double x = kLeft;
    y_ += 8;
    const auto item = [&](bool occurs, Phrase phrase, const auto& draw) {
      if (!occurs) return;
      const std::string text = Say(phrase, language_);
      const double wide = 38 + TextWidth(text, 11.5) + 22;
      if (x + wide > kRight + 22) {
        x = kLeft;
        y_ += 19;
      }
      draw(x, y_);
      Text(x + 38, y_ + 4, "s", text);
      x += wide;
    };
    const auto box = [&](std::string_view style) {
      return [this, style](double at, double y) { Rect(at, y - 5, 30, 10, style); };
    };
    item(signs_.window, Phrase::kTimelineWindow, box("bar"));
    item(signs_.by, Phrase::kTimelineBy, box("by"));
    item(signs_.due, Phrase::kTimelineDue, [&](double at, double y) { Diamond(at + 15, y, 5.5, "due"); });
    item(signs_.milestone, Phrase::kTimelineMilestone, [&](double at, double y) { Diamond(at + 15, y, 5, "stone"); });
    item(signs_.ongoing, Phrase::kTimelineOngoing, box("ongoing"));
    item(signs_.recurring, Phrase::kTimelineRecurring, box("recurring"));
    item(signs_.occurrence, Phrase::kTimelineOccurrence, [&](double at, double y) { Tick(at + 15, y, 10); });
    item(signs_.waiting, Phrase::kTimelineWaiting, [&](double at, double y) { Arrow(at, at + 30, y); });
    item(signs_.expected, Phrase::kTimelineExpected, box("expected"));
    item(signs_.summary, Phrase::kTimelineSummary, [&](double at, double y) { Bracket(at, at + 30, y); });
    item(signs_.slack, Phrase::kTimelineSlack, [&](double at, double y) { Rect(at, y - 2, 30, 4, "slack"); });
    item(signs_.room, Phrase::kTimelineRoom, [&](double at, double y) { Room(at + 4, at + 26, y, 12); });
    item(signs_.critical, Phrase::kTimelineCritical, [&](double at, double y) {
      Rect(at, y - 5, 30, 10, "bar");
      Critical(at, at + 30, y, 10);
    });
    item(signs_.done, Phrase::kTimelineDone, [&](double at, double y) { Done(at + 15, y); });
    item(signs_.late, Phrase::kTimelineLate, box("over"));
    item(!timeline_.holidays.empty() && !axis_->shows_days(), Phrase::kTimelineHoliday,
         [&](double at, double y) { Rect(at + 12, y - 7, 6, 14, "holiday"); });
    item(axis_->shows_days() && !timeline_.rests.empty(), Phrase::kTimelineRest,
         [&](double at, double y) { Rect(at + 9, y - 7, 12, 14, "holiday"); });
    y_ += 18;
  }

  // --- rows -------------------------------------------------------------------------------------------------------------------
  struct Laid {   // a row with its lines
    const TimelineRow* row = nullptr;
    std::vector<std::string> title, owner, stones;
    double height = 0;
  };

  Laid LayOut(const TimelineRow& row) const {
    Laid laid{&row, {}, {}, {}, 0};
    if (row.is_group) {
      laid.title = LinesWithin(row.title, kRight - kTitleAt - 2 * kPad, 11.5, true, dense_ ? 1 : 2);
      laid.height = 14.5 * static_cast<double>(laid.title.size()) + 8;
      return laid;
    }
    const double indent = Indent(row);
    laid.title = LinesWithin(row.title, kTitle - 2 * kPad - indent, size_, false, dense_ ? 1 : 4);
    laid.owner = LinesWithin(row.owner, kOwner - 2 * kPad, size_, false, dense_ ? 1 : 3);
    for (const TimelineMilestone& stone : row.milestones) {
      laid.stones.push_back(
          LinesWithin(fmt::format("◇ {}: {}", Short(stone.day), stone.label), kTitle - 2 * kPad - indent, 10, false, 1)[0]);
    }
    const double left = line_ * static_cast<double>(laid.title.size()) + 12.5 * static_cast<double>(laid.stones.size());
    laid.height = std::max(left, line_ * static_cast<double>(laid.owner.size())) + (dense_ ? 5 : 8);
    return laid;
  }

  double Indent(const TimelineRow& row) const { return std::min(row.level, 6) * 12.0; }

  void Rows() {
    if (!axis_) return;
    std::vector<Laid> segment;
    size_t tasks = 0;
    double high = 0;
    const auto flush = [&] {
      if (segment.empty()) return;
      Begin();
      Segment(segment, high);
      End();
      segment.clear();
      tasks = 0;
      high = 0;
    };
    const TimelineRow* group = nullptr;   // stands only over rows that are drawn, and again where a stretch goes on with it
    const TimelineRow* told = nullptr;
    for (const TimelineRow& row : timeline_.rows) {
      if (row.is_group) group = &row;
      if (row.is_group || !IsDrawn(timeline_, row)) continue;
      Laid laid = LayOut(row);
      double more = laid.height;
      std::optional<Laid> band;
      if (group != told) {
        band = LayOut(*group);
        more += band->height;
      }
      // The first page also holds the head.
      const double used = blocks_.size() == 1 ? blocks_.front().height : 0;
      if (tasks >= kRowsUnderAxis || (!segment.empty() && used + kHeadHigh + high + more > most_high_)) flush();
      if (segment.empty() && group != nullptr && !band) {
        band = LayOut(*group);
        more += band->height;
      }
      if (band) segment.push_back(std::move(*band));
      segment.push_back(std::move(laid));
      told = group;
      ++tasks;
      high += more;
    }
    flush();
  }

  static constexpr double kUpper = 20, kLower = 19, kFlagHigh = 18, kHeadHigh = kUpper + kLower + kFlagHigh + 14;

  void Segment(const std::vector<Laid>& rows, double high) {
    if (InSight(timeline_)) y_ += kFlagHigh;
    const double head = y_, top = head + kUpper + kLower, bottom = top + high;
    Rect(kLeft, head, kRight - kLeft, kUpper + kLower, "head");
    Rests(top, bottom);
    Grid(head, top, bottom);
    Columns(head, top, bottom);
    y_ = top;
    for (const Laid& laid : rows) {
      if (laid.row->is_group) Band(laid);
      else TaskRow(laid);
      y_ += laid.height;
    }
    if (InSight(timeline_)) AsOf(rows, head, top);
    Rect(kLeft, head, kRight - kLeft, bottom - head, "frame");
    Path("frame", fmt::format("M{0:.1f} {1:.1f}H{2:.1f}", kLeft, top, kRight));
    y_ = bottom + 14;
  }

  double At(Date day) const { return kChart + axis_->Begin(day); }
  double After(Date day) const { return kChart + axis_->End(day); }

  void Rests(double top, double bottom) {
    const auto stripe = [&](const TimelineRest& rest, std::string_view style) {
      const double width = std::max(After(rest.last) - At(rest.first), 1.2);
      Rect(At(rest.first), top, width, bottom - top, style);
    };
    if (axis_->shows_days()) {
      for (const TimelineRest& rest : timeline_.rests) stripe(rest, "rest");
    }
    for (const TimelineRest& rest : timeline_.holidays) stripe(rest, "holiday");
  }

  void Grid(double head, double top, double bottom) {
    std::string weak, strong, upper;
    const double middle = head + kUpper;
    for (const AxisMark& mark : axis_->lower()) {
      const double x = At(mark.first);
      if (x > kChart) {
        fmt::format_to(std::back_inserter(mark.strong ? strong : weak), "M{:.1f} {:.1f}V{:.1f}", x,
                       axis_->upper().empty() ? head : middle, bottom);
      }
      Text((x + After(mark.last)) / 2, top - 5.5, "t m", mark.label);
    }
    for (const AxisMark& mark : axis_->upper()) {
      if (At(mark.first) > kChart) fmt::format_to(std::back_inserter(upper), "M{:.1f} {:.1f}V{:.1f}", At(mark.first), head, middle);
      Text((At(mark.first) + After(mark.last)) / 2, middle - 5.5, "t b m", mark.label);
    }
    if (!weak.empty()) Path("grid", weak);
    if (!strong.empty()) Path("strong", strong);
    if (!upper.empty()) Path("strong", upper);
    if (!axis_->upper().empty()) Path("line", fmt::format("M{:.1f} {:.1f}H{:.1f}", kChart, middle, kRight));
  }

  void Columns(double head, double top, double bottom) {
    const double y = (head + top) / 2 + 4;
    Text(kLeft + kNumber / 2, y, "s b m", Say(Phrase::kTimelineNumber, language_));
    Text(kTitleAt + kTitle / 2, y, "s b m", Say(Phrase::kTimelineTask, language_));
    Text(kOwnerAt + kOwner / 2, y, "s b m", Say(Phrase::kTimelineLead, language_));
    Path("strong", fmt::format("M{0:.1f} {3:.1f}V{4:.1f}M{1:.1f} {3:.1f}V{4:.1f}M{2:.1f} {3:.1f}V{4:.1f}", kTitleAt, kOwnerAt, kChart,
                               head, bottom));
  }

  void Band(const Laid& laid) {
    Rect(kLeft, y_, kRight - kLeft, laid.height, "band");
    Path("line", fmt::format("M{:.1f} {:.1f}H{:.1f}", kLeft, y_, kRight));
    Text(kLeft + kNumber / 2, y_ + 15, "s b m", laid.row->number);
    double y = y_ + 15;
    for (const std::string& line : laid.title) {
      Text(kTitleAt + kPad, y, "s b", line);
      y += 14.5;
    }
  }

  std::string Short(Date day) const {
    const std::string text = day.ToString(language_);   // 28/01/2026, 2026-01-28
    if (many_years_) return text;
    return language_ == Language::kVietnamese ? text.substr(0, 5) : text.substr(5);
  }

  void TaskRow(const Laid& laid) {
    const TimelineRow& row = *laid.row;
    Put("<g class=\"task\" data-id=\"{}\"><title>", EscapedMarkup(row.id));
    std::string tip = LabelledTitle(row);
    for (const std::string& part : {row.owner_title, DaysInWords(row, language_), row.words}) {
      if (!part.empty()) tip += "\n" + part;
    }
    // A tooltip keeps its lines.
    for (size_t begin = 0; begin <= tip.size();) {
      const size_t end = std::min(tip.find('\n', begin), tip.size());
      if (begin > 0) out() += '\n';
      out() += EscapedMarkup(std::string_view(tip).substr(begin, end - begin));
      begin = end + 1;
    }
    out() += "</title>";
    Path("line", fmt::format("M{:.1f} {:.1f}H{:.1f}", kLeft, y_, kRight));
    const std::string style = dense_ ? "d" : "s";
    const double base = y_ + line_ - (dense_ ? 0.5 : 0);
    Text(kLeft + kNumber / 2, base, style + " m", LinesWithin(row.number, kNumber - 4, size_, false, 1)[0]);
    double y = base;
    for (const std::string& line : laid.title) {
      Text(kTitleAt + kPad + Indent(row), y, style, line);
      y += line_;
    }
    y -= 1.5;
    for (const std::string& line : laid.stones) {
      Text(kTitleAt + kPad + Indent(row), y, "t", line);
      y += 12.5;
    }
    y = base;
    for (const std::string& line : laid.owner) {
      Text(kOwnerAt + kPad, y, style, line);
      y += line_;
    }
    Signs(row, y_ + laid.height / 2);
    out() += "</g>\n";
  }

  // --- signs ------------------------------------------------------------------------------------------------------------------
  void Tick(double x, double y, double high) { Path("crit", fmt::format("M{:.1f} {:.1f}v{:.1f}", x, y - high / 2, high)); }
  void Arrow(double from, double to, double y) {
    Path("wait", fmt::format("M{:.1f} {:.1f}H{:.1f}", from, y, to));
    Path("thin", fmt::format("M{:.1f} {:.1f}l6 4l-6 4", to - 6, y - 4));
  }
  void Bracket(double from, double to, double y) {
    Path("thin", fmt::format("M{0:.1f} {2:.1f}v-6H{1:.1f}v6", from, to, y + 3));
  }
  void Room(double from, double to, double y, double high) {
    Path("thin", fmt::format("M{:.1f} {:.1f}h-3v{:.1f}h3", from, y - high / 2, high));
    Path("thin", fmt::format("M{:.1f} {:.1f}h3v{:.1f}h-3", to, y - high / 2, high));
  }
  void Critical(double from, double to, double y, double high) {
    Path("crit", fmt::format("M{0:.1f} {2:.1f}H{1:.1f}M{0:.1f} {3:.1f}H{1:.1f}", from, to, y - high / 2 - 2, y + high / 2 + 2));
  }
  void Done(double x, double y) {
    Put("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"6\" class=\"done\"/>", x, y);
    Path("done", fmt::format("M{:.1f} {:.1f}l2.2 2.4l4 -4.6", x - 3, y + 0.2));
  }

  // A sign of half width r around a place stays on the chart.
  static double Inside(double x, double r) { return std::clamp(x, kChart + r, kChart + kLength); }

  void Signs(const TimelineRow& row, double y) {
    const double top = y - bar_ / 2;
    const double from = row.first ? At(*row.first) : kChart;
    const double to = row.last ? After(*row.last) : kChart + kLength;
    const double wide = std::max(to - from, 1.5);
    double right = kChart;   // where the signs end
    if (const auto slack = SlackEnd(row)) {
      const double begin = After(*SlackBegin(row));
      Rect(begin, y - 2, std::max(After(*slack) - begin, 0.0), 4, "slack");
      right = After(*slack);
    }
    if (row.expected) {
      Rect(At(row.expected->first), top, std::max(After(row.expected->second) - At(row.expected->first), 1.5), bar_, "expected");
      right = std::max(right, After(row.expected->second));
    }
    switch (row.cls) {
      case TimelineClass::kOngoing:
        Rect(from, top, wide, bar_, "ongoing");
        break;
      case TimelineClass::kRecurring: Rect(from, y - 3.5, wide, 7, "recurring"); break;
      case TimelineClass::kSummary: Bracket(from, std::max(to, from + 2), y); break;
      case TimelineClass::kWaiting:
      case TimelineClass::kOpen:
        if (row.first || row.last) Waiting(row, from, to, y);
        break;
      case TimelineClass::kFixed:
        if (row.first && row.last) Rect(from, top, wide, bar_, row.starts_as_written ? "bar" : "by");
        break;
      case TimelineClass::kUndated: break;
    }
    if (row.first || row.last) right = std::max(right, to);
    if (row.critical && (row.first || row.due)) {
      const double begin = row.first ? from : At(*row.due);
      Critical(begin, std::max(row.last ? to : begin, begin + 6), y, bar_);
    }
    for (const Date tick : row.occurrences) Tick(Inside((At(tick) + After(tick)) / 2, 1), y, bar_);
    if (row.earliest || row.latest) {
      Room(row.earliest ? At(*row.earliest) : from, row.latest ? After(*row.latest) : to, y, bar_ + 6);
    }
    if (row.latest) right = std::max(right, After(*row.latest) + 4);
    right = std::max(right, Over(row, top));
    for (const TimelineMilestone& stone : row.milestones) Diamond(Inside(After(stone.day), 5), y, 5, "stone");
    if (row.due) {
      const double x = Inside(After(*row.due), 5.5);
      Diamond(x, y, 5.5, "due");
      right = std::max(right, x + 6);
    }
    if (row.done) {
      Done(Inside(After(*row.done), 6), y);
      right = std::max(right, After(*row.done) + 7);
    }
    DayBeside(row, row.earliest ? std::min(from, At(*row.earliest) - 4) : from, right, y);
  }

  // What ran past its day; gives back where that ends.
  double Over(const TimelineRow& row, double top) {
    if (!row.late) return kChart;
    const std::optional<Date> end = EndOf(row);
    const std::optional<Date> until = row.done ? row.done : timeline_.as_of;
    if (!end) return kChart;
    const double begin = std::min(After(*end), kChart + kLength - 8);
    const double stop = until && *until > *end ? std::max(After(*until), begin + 8) : begin + 8;
    Rect(begin, top, stop - begin, bar_, "over");
    return stop;
  }

  void Waiting(const TimelineRow& row, double from, double to, double y) {
    Arrow(from, to, y);
    const double room = to - from - 40;
    if (row.words.empty() || room < 60) return;
    const std::string text = LinesWithin(row.words, room, 10, false, 1)[0];
    Rect(from + 14, y - 7, TextWidth(text, 10) + 8, 14, "white");
    Text(from + 18, y + 3.5, "t em", text);
  }

  // The day due stands right of its diamond; where other signs follow or the chart ends, left of the bar.
  void DayBeside(const TimelineRow& row, double from, double right, double y) {
    if (!row.due) return;
    const std::string text = Short(*row.due);
    const double wide = TextWidth(text, 10), due = Inside(After(*row.due), 5.5) + 6;
    const bool fits_right = right + 4 + wide <= kRight - 2, fits_left = row.first && from - 5 - wide >= kChart + 2;
    if (fits_left && (!fits_right || right > due + 1)) Text(from - 5, y + 3.5, "t e", text);
    else if (fits_right) Text(right + 4, y + 3.5, "t", text);
    else if (due - 16 - wide > kChart && !(HasBar(row) && row.starts_as_written)) {   // on what has no dark ground
      Rect(due - 17 - wide, y - 6, wide + 3, 12, "white");
      Text(due - 15, y + 3.5, "t e", text);
    }
  }

  // The line leaves out the words of headings.
  void AsOf(const std::vector<Laid>& rows, double head, double top) {
    const double x = (At(*timeline_.as_of) + After(*timeline_.as_of)) / 2;
    std::string line = fmt::format("M{:.1f} {:.1f}V{:.1f}", x, head - 4, top);
    double y = top;
    for (const Laid& laid : rows) {
      if (!laid.row->is_group) fmt::format_to(std::back_inserter(line), "M{:.1f} {:.1f}v{:.1f}", x, y, laid.height);
      y += laid.height;
    }
    Path("asof", line);
    Path("flag", fmt::format("M{:.1f} {:.1f}l-4.5 -6h9z", x, head));
    const std::string text = Say(Phrase::kTimelineAsOf, language_, {timeline_.as_of->ToString(language_)});
    const double half = TextWidth(text, 10, true) / 2;
    Text(std::clamp(x, kChart + half, kRight - half), head - 9, "t b m", text);
  }

  // --- what has no day --------------------------------------------------------------------------------------------------------
  void Listed() {
    std::vector<TimelineNote> notes;
    std::vector<std::string_view> ids;   // of the tasks, which stand first
    for (const TimelineRow& row : timeline_.rows) {
      if (row.is_group || IsDrawn(timeline_, row)) continue;
      notes.push_back({row.label, row.title, row.owner, row.words});
      ids.push_back(row.id);
    }
    notes.insert(notes.end(), timeline_.notes.begin(), timeline_.notes.end());
    struct Entry {
      std::vector<std::string> label, title, owner, words;
      double height;
    };
    const auto lines = [&](std::string_view text, double width) {
      return LinesWithin(text, width - 2 * kPad, 11.5, false, dense_ ? 2 : 4);
    };
    size_t next = 0;
    while (next < notes.size()) {
      std::vector<Entry> entries;
      double high = 0;
      const size_t first = next;
      for (; next < notes.size() && next - first < kRowsUnderAxis; ++next) {
        const TimelineNote& note = notes[next];
        Entry entry{LinesWithin(note.label, kNumber - 3, 11.5, false, 2), lines(note.title, kTitle), lines(note.owner, kOwner),
                    lines(note.words.empty() ? Say(Phrase::kTimelineNoTime, language_) : note.words, kRight - kChart), 0};
        const size_t most = std::max({entry.label.size(), entry.title.size(), entry.owner.size(), entry.words.size()});
        entry.height = 14.5 * static_cast<double>(most) + 8;
        if (!entries.empty() && high + entry.height + 80 > most_high_) break;
        high += entry.height;
        entries.push_back(std::move(entry));
      }
      Begin();
      if (first == 0) {
        y_ += 18;
        Text(kLeft, y_, "h2 b", Say(Phrase::kTimelineUndated, language_));
        y_ += 9;
      }
      const double top = y_;
      Rect(kLeft, top, kRight - kLeft, 24, "head");
      Text(kLeft + kNumber / 2, top + 16, "s b m", Say(Phrase::kTimelineNumber, language_));
      Text(kTitleAt + kTitle / 2, top + 16, "s b m", Say(Phrase::kTimelineTask, language_));
      Text(kOwnerAt + kOwner / 2, top + 16, "s b m", Say(Phrase::kTimelineLead, language_));
      Text((kChart + kRight) / 2, top + 16, "s b m", Say(Phrase::kTimelineWords, language_));
      y_ = top + 24;
      for (size_t i = 0; i < entries.size(); ++i) {
        const Entry& entry = entries[i];
        if (first + i < ids.size()) Put("<g class=\"task\" data-id=\"{}\">", EscapedMarkup(ids[first + i]));
        else out() += "<g class=\"note\">";
        Path("line", fmt::format("M{:.1f} {:.1f}H{:.1f}", kLeft, y_, kRight));
        const auto column = [&](double x, const std::vector<std::string>& texts, std::string_view style) {
          double y = y_ + 15;
          for (const std::string& line : texts) {
            Text(x, y, style, line);
            y += 14.5;
          }
        };
        column(kLeft + kNumber / 2, entry.label, "s m");
        column(kTitleAt + kPad, entry.title, "s");
        column(kOwnerAt + kPad, entry.owner, "s");
        column(kChart + kPad, entry.words, "s em");
        out() += "</g>\n";
        y_ += entry.height;
      }
      Rect(kLeft, top, kRight - kLeft, y_ - top, "frame");
      Path("strong", fmt::format("M{0:.1f} {3:.1f}V{4:.1f}M{1:.1f} {3:.1f}V{4:.1f}M{2:.1f} {3:.1f}V{4:.1f}", kTitleAt, kOwnerAt,
                                 kChart, top, y_));
      y_ += 14;
      End();
    }
  }

  const Timeline& timeline_;
  const Language language_;
  const double most_high_;
  const TimelineSigns signs_;
  std::optional<TimelineAxis> axis_;
  bool dense_ = false, many_years_ = false;
  double size_ = 11.5, line_ = 14.5, bar_ = 11;
  std::vector<Block> blocks_;
  double y_ = 0;
};

std::string_view CodeOf(Language language) { return language == Language::kVietnamese ? "vi" : "en"; }

}  // namespace

std::string TimelineAsSvg(const Timeline& timeline, Language language) {
  Picture picture(timeline, language, 1e9);
  const std::vector<Block> blocks = picture.Blocks();
  double height = 10;
  for (const Block& block : blocks) height += block.height;
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ordo-timeline\" role=\"img\" "
      "aria-labelledby=\"ordo-title ordo-desc\" xml:lang=\"{0}\" width=\"{1:.0f}\" height=\"{2:.0f}\" "
      "viewBox=\"0 0 {1:.0f} {2:.0f}\">\n<title id=\"ordo-title\">{3}</title>\n<desc id=\"ordo-desc\">{4}</desc>\n<style>{5}</style>\n"
      "<defs>{6}</defs>\n<rect width=\"{1:.0f}\" height=\"{2:.0f}\" class=\"white\"/>\n",
      CodeOf(language), kWide, height, EscapedMarkup(picture.Title()), EscapedMarkup(picture.Description()), kStyle, kPatterns);
  double y = 0;
  for (const Block& block : blocks) {
    fmt::format_to(std::back_inserter(out), "<g transform=\"translate(0 {:.1f})\">\n{}</g>\n", y, block.body);
    y += block.height;
  }
  return out + "</svg>\n";
}

std::string TimelineAsHtml(const Timeline& timeline, Language language) {
  Picture picture(timeline, language, kPageHigh);
  const std::vector<Block> blocks = picture.Blocks();
  const std::string title = EscapedMarkup(picture.Title());
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{}"
      "body {{ margin: 0; background: #ffffff; }}\nmain {{ max-width: 1200px; margin: 0 auto; }}\n"
      "svg {{ display: block; width: 100%; height: auto; }}\n@page {{ size: A4 landscape; margin: 10mm; }}\n"
      "@media print {{ main {{ max-width: none; }} svg {{ break-inside: avoid; }} svg:first-of-type {{ break-after: avoid; }} }}\n"
      "</style>\n</head>\n<body>\n<main>\n",
      CodeOf(language), title, kStyle);
  for (size_t i = 0; i < blocks.size(); ++i) {
    fmt::format_to(std::back_inserter(out),
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ordo-timeline\" role=\"img\" aria-label=\"{0}\" "
                   "viewBox=\"0 0 {1:.0f} {2:.0f}\">\n",
                   title, kWide, blocks[i].height);
    if (i == 0) out += fmt::format("<desc>{}</desc>\n<defs>{}</defs>\n", EscapedMarkup(picture.Description()), kPatterns);
    out += blocks[i].body;
    out += "</svg>\n";
  }
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace ordo::report

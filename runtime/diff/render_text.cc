// Differences for a person at a terminal.
#include <fmt/format.h>

#include <array>

#include "runtime/base/unicode.h"
#include "runtime/diag/emitter.h"
#include "runtime/diff/render.h"
#include "runtime/report/render.h"
#include "runtime/report/text.h"

namespace ordo::diff {
namespace {

constexpr size_t kContext = 6;       // words beside a change
constexpr size_t kLongText = 400;    // bytes of one value
constexpr size_t kKnownTitle = 160;  // bytes
constexpr size_t kMostNamed = 200;   // objects in one line

// Sorts of change in the order in which they are told.
enum Sort : size_t { kAdded, kDropped, kMoved, kFacets, kWording = kFacets + std::size(kFacetNames), kYear, kSorts };

class TextMaker {
 public:
  TextMaker(const Differences& differences, const report::RenderOptions& options) : differences_(differences), options_(options) {}

  std::string Make(std::string_view was, std::string_view now) {
    if (differences_.changes.empty()) return Say(Phrase::kDiffNothing) + "\n";
    Line(0, Say(Phrase::kDiffOldIs, {Named(was, differences_.was_name)}));
    Line(0, Say(Phrase::kDiffNewIs, {Named(now, differences_.now_name)}));
    constexpr Phrase kTitles[] = {Phrase::kDiffHeader, Phrase::kDiffTasks,  Phrase::kDiffTargets, Phrase::kDiffReporting,
                                  Phrase::kDiffTexts,  Phrase::kDiffTables, Phrase::kDiffRegister};
    for (size_t part = 0; part < std::size(kTitles); ++part) {
      std::array<std::vector<const Change*>, kSorts> sorts;
      bool any = false;
      for (const Change& change : differences_.changes) {
        if (static_cast<size_t>(change.part) != part) continue;
        any = true;
        for (size_t sort = 0; sort < kSorts; ++sort) {
          if (Has(change, sort)) sorts[sort].push_back(&change);
        }
      }
      if (!any) continue;
      out_ += '\n';
      Line(0, UpperCase(Say(kTitles[part])));
      if (static_cast<Part>(part) == Part::kHeader) {
        for (const Change& change : differences_.changes) {
          if (change.part == Part::kHeader)
            Pieces(
                change, 2, [](const Piece&) { return true; }, true);
        }
        continue;
      }
      for (size_t sort = 0; sort < kSorts; ++sort) {
        if (!sorts[sort].empty()) Tell(sort, sorts[sort]);
      }
    }
    const Counts counts = Count(differences_);
    out_ += '\n';
    Line(0, Say(Phrase::kDiffCounts, {fmt::to_string(counts.all), fmt::to_string(counts.added), fmt::to_string(counts.dropped),
                                      fmt::to_string(counts.moved), fmt::to_string(counts.changed), fmt::to_string(counts.wording)}));
    return std::move(out_);
  }

 private:
  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const {
    return ordo::Say(phrase, options_.language, arguments);
  }
  static std::string Named(std::string_view file, const std::string& name) {
    return name.empty() ? std::string(file) : fmt::format("{}  {}", file, name);
  }

  static size_t SortOf(const Piece& piece) {
    if (piece.weight == Weight::kWording) return kWording;
    if (piece.weight == Weight::kYear) return kYear;
    return kFacets + static_cast<size_t>(piece.facet);
  }
  static bool Has(const Change& change, size_t sort) {
    if (sort == kAdded || sort == kDropped) return change.kind == (sort == kAdded ? Change::Kind::kAdded : Change::Kind::kDropped);
    if (change.kind != Change::Kind::kChanged) return false;
    if (sort == kMoved) return change.move != Change::Move::kNone;
    return std::any_of(change.pieces.begin(), change.pieces.end(), [&](const Piece& piece) { return SortOf(piece) == sort; });
  }

  void Line(size_t indent, std::string_view text) {
    const size_t width = std::max<size_t>(options_.width, 40) - indent;
    bool first = true;
    for (const std::string& line : report::Wrapped(report::Printable(text), first ? width : width - 2)) {
      out_.append(first ? indent : indent + 2, ' ');
      out_ += line;
      out_ += '\n';
      first = false;
    }
  }

  // «II.3. Xây dựng kế hoạch»; a paragraph by its place and its first words. What has changed is there in both editions: some words of
  // its title are enough.
  static std::string Heading(const Change& change, const Side& side) {
    std::string text = side.number;
    report::Append(text, ". ", Shortened(side.title, change.kind == Change::Kind::kChanged ? kKnownTitle : 2 * kLongText));
    if (change.object != "task" && change.object != "section" && change.object != "target" && change.object != "clause")
      text = fmt::format("{} «{}»", change.object_word, text);
    if (change.object == "clause" && side.number.empty() && side.in_section) text = fmt::format("{}: {}", side.place, side.title);
    if (change.object == "milestone") text += fmt::format(" ({})", side.place);
    return text;
  }

  void Tell(size_t sort, const std::vector<const Change*>& changes) {
    constexpr Phrase kTitles[] = {Phrase::kDiffAdded, Phrase::kDiffDropped, Phrase::kDiffMoved, Phrase::kDiffOwner,
                                  Phrase::kDiffTime,  Phrase::kDiffProduct, Phrase::kDiffValue, Phrase::kDiffText,
                                  Phrase::kDiffOther, Phrase::kDiffWording, Phrase::kDiffYear};
    static_assert(std::size(kTitles) == kSorts);
    Line(2, fmt::format("{} ({})", Say(kTitles[sort]), changes.size()));
    if (sort == kYear) {
      std::string names;
      for (size_t i = 0; i < std::min(changes.size(), kMostNamed); ++i)
        report::Append(names, ", ", changes[i]->now.number.empty() ? Shortened(changes[i]->now.title, 60) : changes[i]->now.number);
      if (changes.size() > kMostNamed) names += ", …";
      Line(4, names);
      return;
    }
    for (const Change* change : changes) {
      const Side& side = change->now.there ? change->now : change->was;
      Line(4, Heading(*change, side));
      if (sort == kMoved) {
        const bool elsewhere = change->move == Change::Move::kElsewhere;
        Line(6, elsewhere ? Say(Phrase::kDiffSayMoved, {change->was.place, change->now.place}) : Say(Phrase::kDiffSayReordered));
        if (!change->was.number.empty() && change->was.number != change->now.number)
          Line(6, fmt::format("{} → {}", change->was.number, change->now.number));
      } else if (sort == kAdded || sort == kDropped) {
        Pieces(
            *change, 6, [](const Piece& piece) { return IsMain(piece.key); }, false);
      } else {
        Pieces(
            *change, 6, [&](const Piece& piece) { return SortOf(piece) == sort; }, false);
      }
    }
  }

  // What a person asks first of something new; the rest is in the table and the JSON.
  static bool IsMain(std::string_view key) {
    constexpr std::string_view kMain[] = {"lead", "due", "product", "value", "wording", "from", "to", "rhythm", "total", "must_hold", "columns"};
    return std::find(std::begin(kMain), std::end(kMain), key) != std::end(kMain);
  }

  template <typename Wanted>
  void Pieces(const Change& change, size_t indent, const Wanted& wanted, bool notes) {
    for (const Piece& piece : change.pieces) {
      if (!wanted(piece)) continue;
      std::string line = fmt::format("{}: ", piece.label);
      if (change.kind != Change::Kind::kChanged) {
        // The first words of a paragraph are its heading.
        if (change.object == "clause" && piece.key == "wording" && Shortened(piece.was + piece.now, 120) == piece.was + piece.now) continue;
        line += Shortened(piece.was + piece.now, kLongText);
      } else if (!piece.words.empty()) {
        line += Marked(piece.words, kContext, kLongText);
      } else if (!piece.gone.empty() || !piece.come.empty()) {
        const auto part = [](const std::vector<std::string>& all, std::string_view open, std::string_view close) {
          std::string text;
          for (const std::string& one : all) {
            report::Append(text, "; ", one);
            if (text.size() > 2 * kLongText) break;
          }
          return text.empty() ? text : fmt::format("{}{}{}", open, Shortened(text, 2 * kLongText), close);
        };
        line += part(piece.gone, "[-", "-]") + part(piece.come, "{+", "+}");
      } else {
        const auto value = [&](const std::string& text) { return text.empty() ? Say(Phrase::kDiffNotStated) : Shortened(text, kLongText); };
        line += fmt::format("{} → {}", value(piece.was), value(piece.now));
      }
      if (piece.days && *piece.days != 0) {
        line += fmt::format(" ({})", Say(*piece.days > 0 ? Phrase::kDiffLater : Phrase::kDiffEarlier, {fmt::to_string(std::abs(*piece.days))}));
      }
      if (notes && piece.weight != Weight::kMeaning) line += fmt::format(" ({})", Say(Phrase::kDiffWording));
      Line(indent, line);
    }
  }

  const Differences& differences_;
  const report::RenderOptions& options_;
  std::string out_;
};

}  // namespace

std::string AsText(const Differences& differences, std::string_view was, std::string_view now, const report::RenderOptions& options) {
  return TextMaker(differences, options).Make(was, now);
}

}  // namespace ordo::diff

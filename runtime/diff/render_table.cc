// The comparison table that an office puts on record.
#include <fmt/format.h>

#include "runtime/diag/emitter.h"
#include "runtime/diff/render.h"
#include "runtime/report/numbering.h"
#include "runtime/report/text.h"

namespace ordo::diff {
namespace {

constexpr size_t kLongText = 2400;    // bytes of one text in a cell; longer ones are shown around their changes
constexpr size_t kBesideChange = 25;  // words
constexpr size_t kLongChange = 400;   // bytes of what was put in or taken out
constexpr size_t kMostSwaps = 6;      // places of one text
constexpr size_t kShortValue = 60;    // bytes of a value that is said again
constexpr size_t kMostNamed = 120;    // objects named in one cell

class TableMaker {
 public:
  TableMaker(const Differences& differences, Language language) : differences_(differences), language_(language) {}

  report::Table Make() {
    report::Table table;
    table.id = "comparison";
    table.title = Say(Phrase::kDiffTitle);
    if (!differences_.was_name.empty() || !differences_.now_name.empty())
      table.subtitle = Say(Phrase::kDiffSubtitle, {differences_.was_name, differences_.now_name});
    table.landscape = true;
    table.columns = {
        {"number", Say(Phrase::kDiffNumber)}, {"old", Say(Phrase::kDiffOld)}, {"new", Say(Phrase::kDiffNew)}, {"change", Say(Phrase::kDiffChange)}};
    constexpr Phrase kTitles[] = {Phrase::kDiffHeader, Phrase::kDiffTasks,  Phrase::kDiffTargets, Phrase::kDiffReporting,
                                  Phrase::kDiffTexts,  Phrase::kDiffTables, Phrase::kDiffRegister};
    for (size_t part = 0; part < std::size(kTitles); ++part) {
      report::Group group;
      std::vector<std::string> shifted;
      for (const Change& change : differences_.changes) {
        if (static_cast<size_t>(change.part) != part) continue;
        bool years = false, other = change.kind != Change::Kind::kChanged || change.move != Change::Move::kNone;
        for (const Piece& piece : change.pieces) (piece.weight == Weight::kYear ? years : other) = true;
        if (years) shifted.push_back(change.now.number.empty() ? Shortened(change.now.title, 60) : change.now.number);
        if (!other) continue;
        if (change.part == Part::kHeader && change.kind == Change::Kind::kChanged) {
          for (const Piece& piece : change.pieces) AddRow(group, change, {&piece});
          continue;
        }
        std::vector<const Piece*> pieces;
        for (const Piece& piece : change.pieces) {
          if (piece.weight != Weight::kYear) pieces.push_back(&piece);
        }
        AddRow(group, change, pieces);
      }
      if (!shifted.empty()) {
        std::string names;
        for (size_t i = 0; i < std::min(shifted.size(), kMostNamed); ++i) report::Append(names, ", ", shifted[i]);
        if (shifted.size() > kMostNamed) names += ", …";
        report::Row& row = Row(group);
        row.id = "year";
        row.cells[1] = Say(Phrase::kDiffYearOf, {fmt::to_string(differences_.was_year)});
        row.cells[2] = Say(Phrase::kDiffYearOf, {fmt::to_string(differences_.now_year)});
        row.cells[3] = Say(Phrase::kDiffSayYear, {names});
      }
      if (group.rows.empty()) continue;
      group.id = kPartNames[part];
      group.number = report::RomanNumeral(table.groups.size() + 1);
      group.title = Say(kTitles[part]);
      table.groups.push_back(std::move(group));
    }
    return table;
  }

 private:
  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const { return ordo::Say(phrase, language_, arguments); }

  report::Row& Row(report::Group& group) {
    report::Row& row = group.rows.emplace_back();
    row.number = fmt::to_string(++rows_);
    row.cells.resize(4);
    row.cells[0] = row.number;
    return row;
  }

  void AddRow(report::Group& group, const Change& change, const std::vector<const Piece*>& pieces) {
    report::Row& row = Row(group);
    row.id = change.now.there ? change.now.name : change.was.name;
    row.at = change.now.at;
    row.cells[1] = Content(change, change.was, pieces, true);
    row.cells[2] = Content(change, change.now, pieces, false);
    row.cells[3] = WhatChanged(change, pieces);
  }

  // «II.3. Xây dựng kế hoạch», then each fact on a line of its own.
  std::string Content(const Change& change, const Side& side, const std::vector<const Piece*>& pieces, bool old) const {
    if (!side.there) return {};
    const bool clause = change.object == "clause";
    std::string text;
    if (clause) {
      text = !side.number.empty() ? side.number + "." : side.in_section ? report::Capitalised(side.place) : std::string();
    } else if (change.part != Part::kHeader) {
      text = side.number;
      report::Append(text, ". ", side.title);
      if (change.object == "milestone") text += fmt::format(" ({})", side.place);
    }
    for (const Piece* piece : pieces) {
      if (piece->key == "title" && change.part != Part::kHeader) continue;  // it is the heading
      if (piece->key == "number" && change.part != Part::kHeader) continue;
      if (change.kind != Change::Kind::kChanged && IsAside(piece->key)) continue;
      const std::string value = ValueOf(*piece, old);
      if (value.empty()) continue;
      if (clause && (piece->key == "wording" || piece->key == "title"))
        report::Append(text, side.number.empty() ? ":\n" : " ", value);
      else
        report::Append(text, "\n", fmt::format("{}: {}", piece->label, value));
    }
    return text;
  }
  // What the text of something new carries along for the machine and for readers of the source.
  static bool IsAside(std::string_view key) {
    constexpr std::string_view kAside[] = {"note", "carries_out", "fulfils", "purpose", "numbering", "kind"};
    return std::find(std::begin(kAside), std::end(kAside), key) != std::end(kAside);
  }
  static std::string ValueOf(const Piece& piece, bool old) {
    const std::string& text = old ? piece.was : piece.now;
    if (text.size() <= kLongText) return text;
    if (piece.words.empty()) return Shortened(text, kLongText);
    return Around(piece.words, old ? Run::Kind::kOld : Run::Kind::kNew, kBesideChange, kLongText);
  }

  std::string WhatChanged(const Change& change, const std::vector<const Piece*>& pieces) const {
    if (change.kind == Change::Kind::kAdded) return Say(Phrase::kDiffSayAdded);
    if (change.kind == Change::Kind::kDropped) return Say(Phrase::kDiffSayDropped);
    std::string text;
    if (change.move == Change::Move::kElsewhere) text = Say(Phrase::kDiffSayMoved, {change.was.place, change.now.place});
    if (change.move == Change::Move::kReordered) text = Say(Phrase::kDiffSayReordered);
    for (const Piece* piece : pieces) report::Append(text, "\n", WhatChanged(*piece));
    return text;
  }
  std::string WhatChanged(const Piece& piece) const {
    if (piece.weight == Weight::kWording) return Say(Phrase::kDiffSayWording, {piece.label});
    if (piece.was.empty()) return Say(Phrase::kDiffSayStated, {piece.label});
    if (piece.now.empty()) return Say(Phrase::kDiffSayLeftOut, {piece.label});
    const auto quoted = [](std::string_view text) { return fmt::format("«{}»", Shortened(text, kLongChange)); };
    const auto told = [&](std::string_view what) { return Say(Phrase::kDiffSayParts, {piece.label, what}); };
    if (!piece.gone.empty() || !piece.come.empty()) {
      if (piece.gone.size() == 1 && piece.come.size() == 1) return told(Say(Phrase::kDiffReplaced, {quoted(piece.gone[0]), quoted(piece.come[0])}));
      const auto joined = [&](const std::vector<std::string>& all) {
        std::string text;
        for (size_t i = 0; i < all.size() && text.size() < 2 * kLongChange; ++i) report::Append(text, ", ", quoted(all[i]));
        return text.size() < 2 * kLongChange ? text : text + ", …";
      };
      std::string both;
      if (!piece.gone.empty()) both = Say(Phrase::kDiffGone, {joined(piece.gone)});
      if (!piece.come.empty()) report::Append(both, "; ", Say(Phrase::kDiffCome, {joined(piece.come)}));
      return told(both);
    }
    if (!piece.words.empty()) {
      std::string all;
      const std::vector<Swap> swaps = Swaps(piece.words, kMostSwaps + 1);
      for (size_t i = 0; i < std::min(swaps.size(), kMostSwaps); ++i) {
        const auto& [was, now] = swaps[i];
        report::Append(all, "; ",
                       was.empty()   ? Say(Phrase::kDiffCome, {quoted(now)})
                       : now.empty() ? Say(Phrase::kDiffGone, {quoted(was)})
                                     : Say(Phrase::kDiffSwapped, {quoted(was), quoted(now)}));
      }
      return told(swaps.size() > kMostSwaps ? all + "; …" : all);
    }
    if (piece.days && *piece.days != 0) {
      const std::string days = fmt::to_string(std::abs(*piece.days));
      return told(Say(*piece.days > 0 ? Phrase::kDiffLater : Phrase::kDiffEarlier, {days}));
    }
    if (piece.was.size() <= kShortValue && piece.now.size() <= kShortValue && piece.was != piece.now) {
      return told(Say(Phrase::kDiffSwapped, {quoted(piece.was), quoted(piece.now)}));
    }
    return Say(Phrase::kDiffSayChanged, {piece.label});
  }

  const Differences& differences_;
  const Language language_;
  size_t rows_ = 0;
};

}  // namespace

report::Table AsTable(const Differences& differences, Language language) { return TableMaker(differences, language).Make(); }

Counts Count(const Differences& differences) {
  Counts counts;
  for (const Change& change : differences.changes) {
    ++counts.all;
    const auto heavy = [](const Piece& piece) { return piece.weight == Weight::kMeaning; };
    if (change.kind == Change::Kind::kAdded)
      ++counts.added;
    else if (change.kind == Change::Kind::kDropped)
      ++counts.dropped;
    else if (change.move != Change::Move::kNone)
      ++counts.moved;
    else if (std::any_of(change.pieces.begin(), change.pieces.end(), heavy))
      ++counts.changed;
    else
      ++counts.wording;
  }
  return counts;
}

}  // namespace ordo::diff

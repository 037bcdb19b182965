#include "compiler/import/structure.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/import/wording.h"
#include "runtime/base/unicode.h"

namespace ordo::import {
namespace {

size_t IndexOf(const FoundTable& table, Column field) {
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].field == field) return i;
  }
  return table.columns.size();
}

// «1.», «1)», «(1)» are «1»; «1.2.» is «1.2».
std::string Bare(std::string_view number) {
  while (!number.empty() && (number.front() == '(' || number.front() == ' ')) number.remove_prefix(1);
  while (!number.empty() && (number.back() == ')' || number.back() == '.' || number.back() == ' ' || number.back() == '/')) number.remove_suffix(1);
  return std::string(number);
}

enum class Sort : uint8_t { kNone, kRoman, kCapital, kPath, kPlain, kDotted, kLetter, kDash, kOther };

struct Sign {
  Sort sort = Sort::kNone;
  int value = 0;     // of kRoman, kPlain
  size_t depth = 0;  // of kDotted, kPath: dots
};

Sign SignOf(std::string_view number) {
  if (number.empty()) return {};
  if (number == "-" || number == "–" || number == "+" || number == "*" || number == "•") return {Sort::kDash};
  const std::string bare = Bare(number);
  if (bare.empty()) return {Sort::kOther};
  if (bare.find_first_not_of("0123456789") == std::string::npos && bare.size() < 7) return {Sort::kPlain, std::stoi(bare)};
  if (bare.find_first_not_of("0123456789.") == std::string::npos && bare.find("..") == std::string::npos) {
    return {Sort::kDotted, 0, static_cast<size_t>(std::count(bare.begin(), bare.end(), '.'))};
  }
  if (const int roman = RomanValue(bare)) return {Sort::kRoman, roman};
  // «III.2.a»: a part of a part.
  if (const size_t dot = bare.find('.'); dot != std::string::npos && RomanValue(bare.substr(0, dot)) > 0) {
    return {Sort::kPath, 0, static_cast<size_t>(std::count(bare.begin(), bare.end(), '.'))};
  }
  if (bare.size() == 1 && bare[0] >= 'A' && bare[0] <= 'Z') return {Sort::kCapital};
  if (bare == "đ" || (bare.size() == 1 && bare[0] >= 'a' && bare[0] <= 'z')) return {Sort::kLetter};
  return {Sort::kOther};
}

// A number that stands at the beginning of the title where the table has no column for it: «a) Cấp học bạ».
bool LeadingDash(std::string_view title) {
  return title.starts_with("- ") || title.starts_with("– ") || title.starts_with("+ ") || title.starts_with("• ");
}

bool IsCapitals(std::string_view title) { return title.size() > 8 && FoldName(title) != title && !HasSmallLetter(title); }

class Builder {
 public:
  explicit Builder(FoundTable& table)
      : table_(table), number_(IndexOf(table, Column::kNumber)), title_(IndexOf(table, Column::kTitle)), section_(IndexOf(table, Column::kSection)) {
    if (title_ == table.columns.size()) title_ = IndexOf(table, Column::kIndicator);
  }

  Structure Build() {
    for (size_t r = 0; r < table_.rows.size(); ++r) Add(r);
    Close(0);
    Structure structure;
    structure.items = std::move(top_);
    structure.grouped = groups_ > 0;
    structure.rows = rows_;
    Style(structure);
    return structure;
  }

 private:
  struct Open {
    Item item;
    int rank = 0;     // groups below 10, rows from 10 on; a higher one stands inside a lower one
  };

  RawCell& Cell(size_t row, size_t column) { return table_.rows[row].cells[column]; }

  size_t Others(const RawRow& row) const {
    size_t filled = 0;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      if (i != number_ && i != title_ && i != section_ && !row.cells[i].text.empty() && !row.cells[i].merged_above) ++filled;
    }
    return filled;
  }

  // The text of a row that has none in its column: of a merged row the first text there is.
  std::string TitleOf(const RawRow& row) const {
    if (title_ < row.cells.size() && !row.cells[title_].text.empty()) return row.cells[title_].text;
    if (!row.across) return {};
    for (size_t i = 0; i < row.cells.size(); ++i) {
      if (i != number_ && !row.cells[i].text.empty()) return row.cells[i].text;
    }
    return number_ < row.cells.size() ? row.cells[number_].text : std::string();
  }

  bool Continues(const RawRow& row, std::string_view number, std::string_view title) const {
    if (open_.empty() || open_.back().item.kind != Item::Kind::kRow || !number.empty() || row.across) return false;
    if (title.empty()) return true;
    const std::string_view above = open_.back().item.title;
    const bool ended = above.ends_with('.') || above.ends_with(':') || above.ends_with(';') || above.ends_with('!');
    const bool lettered = title.size() > 1 && (title[1] == ')' || title.starts_with("đ)"));   // «a) Phần một» is a row of its own
    return StartsLower(title) && !ended && !lettered && !LeadingDash(title);
  }

  void Join(size_t r, const std::string& title) {
    Item& item = open_.back().item;
    RawRow& into = table_.rows[item.row];
    if (!title.empty()) item.title += (item.title.empty() ? "" : " ") + title;
    for (size_t i = 0; i < into.cells.size(); ++i) {
      const RawCell& more = table_.rows[r].cells[i];
      if (i == number_ || more.text.empty() || more.merged_above) continue;
      RawCell& cell = into.cells[i];
      if (!cell.text.empty()) cell.text += ' ';
      cell.text += more.text;
      if (!cell.lines.empty() || !more.lines.empty()) cell.lines = cell.text;
    }
    item.joined.push_back(table_.rows[r].place);
  }

  void Close(int rank) {
    while (!open_.empty() && open_.back().rank >= rank) {
      Item item = std::move(open_.back().item);
      open_.pop_back();
      (open_.empty() ? top_ : open_.back().item.items).push_back(std::move(item));
    }
  }

  int RankOfRow(const Sign& sign, std::string_view title) const {
    constexpr int kRow = 10;
    switch (sign.sort) {
      case Sort::kDotted: return kRow + static_cast<int>(std::min<size_t>(sign.depth, 8));
      case Sort::kLetter: return kRow + 10;
      case Sort::kDash: return kRow + 11;
      case Sort::kNone: return HasRow() && number_ < table_.columns.size() ? kRow + (LeadingDash(title) ? 11 : 10) : kRow;
      default: return kRow;
    }
  }
  bool HasRow() const {
    return std::any_of(open_.begin(), open_.end(), [](const Open& open) { return open.item.kind == Item::Kind::kRow; });
  }

  void Add(size_t r) {
    RawRow& row = table_.rows[r];
    std::string number = number_ < row.cells.size() ? row.cells[number_].text : std::string();
    std::string title = TitleOf(row);
    const bool shared_number = number_ < row.cells.size() && row.cells[number_].merged_above && !number.empty();
    // The row of the section column: «Nhóm» of a flat table opens a group when it changes.
    if (section_ < row.cells.size() && !row.across) Section(row.cells[section_].text, r);
    Sign sign = SignOf(number);
    // Number and title in one merged cell: «I. NÂNG CAO NHẬN THỨC».
    if (row.across && (number.empty() || number == title)) {
      const size_t blank = title.find(' ');
      const std::string first = title.substr(0, std::min(blank, size_t{8}));
      const Sign in_title = SignOf(first);
      number.clear();
      if (blank != std::string::npos && blank < 8 && first.size() >= 2 && (first.back() == '.' || first.back() == ')') && in_title.sort != Sort::kOther) {
        number = Bare(first);
        title = Even(title.substr(blank));
        sign = in_title;
      } else {
        sign = {};
      }
    }
    const size_t others = Others(row);
    if (Continues(row, number, title)) return Join(r, title);
    if (shared_number) {
      number.clear();
      sign = {};
    }
    const bool plain_row = sign.sort == Sort::kPlain || sign.sort == Sort::kDotted || sign.sort == Sort::kLetter || sign.sort == Sort::kDash;
    bool group = !shared_number && others == 0 && !title.empty() &&
                 (sign.sort == Sort::kRoman || sign.sort == Sort::kCapital || sign.sort == Sort::kPath || (row.across && !(plain_row && HasRow())));
    // A group may have a cell of its own («Theo từng mốc dưới đây»), a row that is numbered so has most of them.
    if (sign.sort == Sort::kRoman && others > 0) group = others * 3 < row.cells.size();
    if (!group && others == 0 && number_ < table_.columns.size() && number.empty() && !shared_number && !title.empty() &&
        (!HasRow() || IsCapitals(title))) {
      group = true;
    }
    Item item;
    item.row = r;
    item.number = number;
    item.title = std::move(title);
    item.shared_number = shared_number;
    if (group) {
      item.kind = Item::Kind::kGroup;
      int rank = 3;
      if (sign.sort == Sort::kCapital) rank = 1;
      if (sign.sort == Sort::kRoman || (sign.sort == Sort::kNone && !capital_)) rank = 2;
      if (sign.sort == Sort::kPath) rank = 2 + static_cast<int>(std::min<size_t>(sign.depth, 6));
      capital_ |= sign.sort == Sort::kCapital;
      Close(rank);
      ++groups_;
      open_.push_back({std::move(item), rank});
      return;
    }
    const int rank = RankOfRow(sign, item.title);
    Close(rank);
    // A row may stand in a group or in a row; letters and dashes without a row above them are rows.
    ++rows_;
    open_.push_back({std::move(item), rank});
  }

  void Section(const std::string& text, size_t r) {
    if (text.empty() || text == section_text_) return;
    section_text_ = text;
    Close(0);
    Item item;
    item.kind = Item::Kind::kGroup;
    item.title = text;
    item.row = r;
    ++groups_;
    open_.push_back({std::move(item), 2});
  }

  // Which numbering gives most of the numbers as they stand.
  void Style(Structure& structure) const {
    size_t restart = 0, running = 0, sub = 0, top = 0;
    const auto walk = [&](const auto& self, const std::vector<Item>& items) -> void {
      size_t here = 0;
      for (const Item& item : items) {
        if (item.kind == Item::Kind::kGroup) {
          self(self, item.items);
          continue;
        }
        ++here;
        ++top;
        const std::string bare = Bare(item.number);
        restart += bare == fmt::to_string(here);
        running += bare == fmt::to_string(top);
        size_t n = 0;
        for (const Item& below : item.items) sub += Bare(below.number) == fmt::format("{}.{}", bare, ++n);
      }
    };
    walk(walk, structure.items);
    structure.running = running > restart;
    structure.sub_numbered = sub > 0;
  }

  FoundTable& table_;
  size_t number_, title_, section_;
  std::vector<Open> open_;
  std::vector<Item> top_;
  std::string section_text_;
  size_t groups_ = 0, rows_ = 0;
  bool capital_ = false;
};

}  // namespace

int RomanValue(std::string_view text) {
  if (text.empty() || text.size() > 8) return 0;
  int value = 0, last = 1000;
  for (const char c : text) {
    const int digit = c == 'I' ? 1 : c == 'V' ? 5 : c == 'X' ? 10 : c == 'L' ? 50 : c == 'C' ? 100 : 0;
    if (digit == 0) return 0;
    value += digit > last ? digit - 2 * last : digit;
    last = digit;
  }
  return value;
}

Structure StructureOf(FoundTable& table) { return Builder(table).Build(); }

}  // namespace ordo::import

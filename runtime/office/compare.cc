#include "runtime/office/compare.h"

#include <limits>

#include "runtime/base/unicode.h"
#include "runtime/report/render.h"

namespace ordo::office {
namespace {

constexpr size_t kNone = std::numeric_limits<size_t>::max();

void ReplaceAll(std::string& text, std::string_view what, std::string_view by) {
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) text.replace(at, what.size(), by);
}

std::string Plain(std::string_view text) {
  std::string out(text);
  ReplaceAll(out, "\xC2\xAD", "");          // soft hyphen
  ReplaceAll(out, "\xE2\x80\x8B", "");      // zero-width blank
  ReplaceAll(out, "\xE2\x80\x91", "-");     // no-break hyphen
  ReplaceAll(out, "\xE2\x80\xAF", " ");     // narrow no-break blank
  return EvenedOut(out);
}

// A row of the plan's table, or one that was issued and is gone.
struct Wanted {
  const report::Row* row = nullptr;
  const report::Group* group = nullptr;   // a heading; of a row: the group it stands in
  bool heading = false;
  const MarkedRow* marked = nullptr;
  size_t found = kNone;                   // in the rows that came back
};

void SetPlace(Difference& difference, const GridRow& row) {
  difference.place = row.place;
  difference.place_table = row.table;
  difference.place_line = row.line;
}

struct Came {
  const Grid* grid = nullptr;
  const GridRow* row = nullptr;
  size_t wanted = kNone;
};

void Flatten(const std::vector<report::Row>& rows, const report::Group* group, std::vector<Wanted>& out) {
  for (const report::Row& row : rows) {
    out.push_back({&row, group});
    Flatten(row.rows, group, out);
  }
}

std::vector<Wanted> RowsOf(const report::Table& table) {
  std::vector<Wanted> out;
  for (const report::Group& group : table.groups) {
    if (report::HasHeading(group)) out.push_back({nullptr, &group, true});
    Flatten(group.rows, &group, out);
  }
  if (table.totals) out.push_back({&*table.totals, nullptr});
  return out;
}

class TableComparer {
 public:
  TableComparer(const report::Table& table, size_t index, const MarkedTable* marked, Comparison& out)
      : table_(table), index_(index), marked_(marked), out_(out), wanted_(RowsOf(table)) {
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].id == "title") title_ = i;
      if (table.columns[i].id == "number") number_ = i;
    }
  }

  // Column of the grid for each of the plan's; how many headings are equal.
  static size_t Headings(const report::Table& table, const GridRow& row, std::vector<size_t>& columns) {
    size_t equal = 0;
    columns.assign(table.columns.size(), kNone);
    std::vector<bool> used(row.cells.size(), false);
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const std::string heading = FoldName(Plain(table.columns[i].title));
      for (size_t j = 0; j < row.cells.size(); ++j) {
        if (used[j] || row.cells[j].covered || FoldName(Plain(row.cells[j].text)) != heading) continue;
        columns[i] = j;
        used[j] = true;
        ++equal;
        break;
      }
    }
    return equal;
  }

  void Run(const std::vector<const Grid*>& grids) {
    FindColumns(*grids.front());
    for (const Grid* grid : grids) {
      for (const GridRow& row : grid->rows) {
        if (&row == header_ || IsHeader(row) || IsEmpty(row)) continue;
        if (header_ != nullptr && grid == grids.front() && &row < header_) continue;   // title lines of a sheet
        came_.push_back({grid, &row});
      }
    }
    Match();
    for (const Wanted& wanted : wanted_) Tell(wanted);
    TellMoves();
    for (const Came& came : came_) {
      if (came.wanted == kNone) TellAdded(*came.row);
    }
    if (marked_ != nullptr) TellGone();
  }

 private:
  static bool IsEmpty(const GridRow& row) {
    return std::all_of(row.cells.begin(), row.cells.end(), [](const GridCell& cell) { return Plain(cell.text).empty(); });
  }
  bool IsHeader(const GridRow& row) const {
    if (header_ == nullptr) return row.header;
    return row.cells.size() == header_->cells.size() && std::equal(row.cells.begin(), row.cells.end(), header_->cells.begin(),
                                                                   [](const GridCell& a, const GridCell& b) { return a.text == b.text; });
  }

  void FindColumns(const Grid& grid) {
    size_t best = 0;
    std::vector<size_t> columns;
    for (const GridRow& row : grid.rows) {
      if (!row.bookmark.empty()) break;
      const size_t equal = Headings(table_, row, columns);
      if (equal <= best) continue;
      best = equal;
      header_ = &row;
      columns_ = columns;
    }
    if (header_ == nullptr) {
      columns_.assign(table_.columns.size(), kNone);
      for (size_t i = 0; i < std::min(columns_.size(), grid.columns); ++i) columns_[i] = i;
      return;
    }
    // A heading in the place of another was reworded; else it is a column more or less.
    std::vector<bool> used(grid.columns, false);
    for (const size_t column : columns_) {
      if (column != kNone) used[column] = true;
    }
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] != kNone) {
        if (!ReadsAlike(header_->cells[columns_[i]].text, table_.columns[i].title)) Heading(Difference::Kind::kColumnTitle, i, columns_[i]);
        continue;
      }
      if (grid.columns == columns_.size() && !used[i]) {
        columns_[i] = i;
        used[i] = true;
        Heading(Difference::Kind::kColumnTitle, i, i);
      } else {
        Heading(Difference::Kind::kColumnRemoved, i, kNone);
      }
    }
    for (size_t j = 0; j < grid.columns; ++j) {
      if (!used[j] && !header_->cells[j].covered) Heading(Difference::Kind::kColumnAdded, kNone, j);
    }
  }

  void Heading(Difference::Kind kind, size_t column, size_t came) {
    Difference difference = Begin(kind);
    if (column != kNone) {
      difference.column = table_.columns[column].id;
      difference.heading = difference.plan = table_.columns[column].title;
    }
    if (came != kNone) difference.returned = header_->cells[came].text;
    SetPlace(difference, *header_);
    out_.differences.push_back(std::move(difference));
  }

  const GridCell* CellOf(const GridRow& row, size_t column) const {
    const size_t at = column < columns_.size() ? columns_[column] : kNone;
    return at < row.cells.size() ? &row.cells[at] : nullptr;
  }
  std::string TextOf(const GridRow& row, size_t column) const {
    const GridCell* cell = CellOf(row, column);
    return cell == nullptr ? std::string() : cell->text;
  }
  // The title of a heading across the table: its last text, without the number where both stand in one cell.
  std::string HeadingText(const GridRow& row, std::string_view number) const {
    std::string text;
    for (const GridCell& cell : row.cells) {
      if (!cell.covered && !Plain(cell.text).empty()) text = Plain(cell.text);
    }
    if (!number.empty() && text.starts_with(number)) {
      std::string_view rest = std::string_view(text).substr(number.size());
      if (rest.starts_with(". ")) text = std::string(rest.substr(2));
    }
    return text;
  }
  std::string KeyOf(const Wanted& wanted) const {
    if (wanted.heading) return "g" + Plain(wanted.group->title);
    const size_t column = title_ == kNone ? 0 : title_;
    return "r" + Plain(column < wanted.row->cells.size() ? wanted.row->cells[column].text : "");
  }

  void Bind(size_t wanted, size_t came) {
    wanted_[wanted].found = came;
    came_[came].wanted = wanted;
  }

  void Match() {
    // Rows as issued beside rows of the plan now: by id, in order where an id stands several times.
    absl::flat_hash_map<std::string, size_t> bookmarks;
    if (marked_ != nullptr) {
      absl::flat_hash_map<std::string, std::vector<size_t>> ids;
      for (size_t i = wanted_.size(); i-- > 0;) {
        const Wanted& w = wanted_[i];
        ids[(w.heading ? "g" : "r") + (w.heading ? w.group->id : w.group == nullptr ? std::string() : w.row->id)].push_back(i);
      }
      for (const MarkedRow& row : marked_->rows) {
        auto at = ids.find((row.group ? "g" : "r") + row.id);
        if (at == ids.end() || at->second.empty()) {
          gone_.push_back(&row);
          continue;
        }
        const size_t wanted = at->second.back();
        at->second.pop_back();
        wanted_[wanted].marked = &row;
        if (!row.bookmark.empty()) bookmarks[row.bookmark] = wanted;
      }
    }
    // A bookmark that stands twice was copied with its row: the row that still reads as issued keeps it, else the first.
    for (size_t pass = 0; pass < 2; ++pass) {
      for (size_t i = 0; i < came_.size(); ++i) {
        if (came_[i].wanted != kNone || came_[i].row->bookmark.empty()) continue;
        const auto at = bookmarks.find(came_[i].row->bookmark);
        if (at == bookmarks.end() || wanted_[at->second].found != kNone) continue;
        const Wanted& wanted = wanted_[at->second];
        const size_t column = title_ == kNone ? 0 : title_;
        const std::string text = wanted.heading ? HeadingText(*came_[i].row, wanted.group->number) : TextOf(*came_[i].row, column);
        const std::vector<uint64_t>& marks = wanted.marked->cells;
        const size_t mark = wanted.heading ? 0 : MarkedColumn(column);
        if (pass == 1 || (mark < marks.size() && CellMark(text) == marks[mark])) Bind(at->second, i);
      }
    }
    // The rest by their text, by number, then by the words that they share.
    absl::flat_hash_map<std::string, std::vector<size_t>> keys;
    for (size_t i = wanted_.size(); i-- > 0;) {
      if (wanted_[i].found == kNone && (marked_ == nullptr || wanted_[i].marked != nullptr)) keys[KeyOf(wanted_[i])].push_back(i);
    }
    const auto take = [&](auto& map, const std::string& key, size_t came) {
      const auto at = map.find(key);
      if (at == map.end()) return false;
      while (!at->second.empty() && wanted_[at->second.back()].found != kNone) at->second.pop_back();
      if (at->second.empty()) return false;
      Bind(at->second.back(), came);
      return true;
    };
    for (size_t i = 0; i < came_.size(); ++i) {
      if (came_[i].wanted != kNone) continue;
      const GridRow& row = *came_[i].row;
      if (take(keys, "r" + Plain(TextOf(row, title_ == kNone ? 0 : title_)), i)) continue;
      take(keys, "g" + HeadingText(row, ""), i);
    }
    MatchByWords();
    // A title written anew: the same number right after the same row.
    for (size_t i = 1; i < came_.size() && number_ != kNone; ++i) {
      if (came_[i].wanted != kNone || came_[i - 1].wanted == kNone) continue;
      const size_t next = came_[i - 1].wanted + 1;
      if (next >= wanted_.size() || wanted_[next].found != kNone || wanted_[next].heading || wanted_[next].row->number.empty()) continue;
      if ((marked_ == nullptr || wanted_[next].marked != nullptr) && Plain(TextOf(*came_[i].row, number_)) == wanted_[next].row->number) Bind(next, i);
    }
  }

  // Words are looked up rarest first; a word of many rows tells nothing and would cost much.
  void MatchByWords() {
    constexpr size_t kRare = 40;
    absl::flat_hash_map<std::string, std::vector<size_t>> rows_with;
    std::vector<size_t> words_of(wanted_.size(), 0);
    for (size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i].found != kNone || (marked_ != nullptr && wanted_[i].marked == nullptr)) continue;
      for (const std::string& word : WordsOf(KeyOf(wanted_[i]).substr(1))) {
        ++words_of[i];
        rows_with[word].push_back(i);
      }
    }
    for (size_t i = 0; i < came_.size(); ++i) {
      if (came_[i].wanted != kNone || !came_[i].row->bookmark.empty()) continue;
      const std::set<std::string> words = WordsOf(TextOf(*came_[i].row, title_ == kNone ? 0 : title_));
      absl::flat_hash_map<size_t, size_t> shared;
      for (const std::string& word : words) {
        const auto at = rows_with.find(word);
        if (at == rows_with.end() || at->second.size() > kRare) continue;
        for (const size_t row : at->second) ++shared[row];
      }
      size_t best = kNone, most = 0;
      for (const auto& [row, count] : shared) {
        if (wanted_[row].found == kNone && (count > most || (count == most && row < best)) && 4 * count >= words_of[row] + words.size()) {
          best = row;
          most = count;
        }
      }
      if (best != kNone) Bind(best, i);
    }
  }
  static std::set<std::string> WordsOf(std::string_view text) {
    std::set<std::string> words;
    const std::string folded = FoldName(text);
    for (size_t at = 0; at < folded.size();) {
      const size_t end = std::min(folded.find(' ', at), folded.size());
      if (end > at) words.insert(folded.substr(at, end - at));
      at = end + 1;
    }
    return words;
  }

  size_t MarkedColumn(size_t column) const {
    const auto at = std::find(marked_->columns.begin(), marked_->columns.end(), table_.columns[column].id);
    return at == marked_->columns.end() ? kNone : static_cast<size_t>(at - marked_->columns.begin());
  }

  Difference Begin(Difference::Kind kind) const {
    Difference difference;
    difference.kind = kind;
    difference.table = index_;
    return difference;
  }
  Difference Of(Difference::Kind kind, const Wanted& wanted) const {
    Difference difference = Begin(kind);
    if (wanted.heading) {
      difference.row = wanted.group->id;
      difference.number = wanted.group->number;
      difference.title = wanted.group->title;
      difference.at = wanted.group->at;
    } else {
      difference.row = wanted.row->id;
      difference.number = wanted.row->number;
      if (title_ != kNone && title_ < wanted.row->cells.size()) difference.title = wanted.row->cells[title_].text;
      difference.at = wanted.row->at;
    }
    if (wanted.found != kNone) SetPlace(difference, *came_[wanted.found].row);
    return difference;
  }

  void Tell(const Wanted& wanted) {
    if (wanted.found == kNone) {
      const bool new_one = marked_ != nullptr && wanted.marked == nullptr;
      out_.differences.push_back(Of(new_one ? Difference::Kind::kRowNew : Difference::Kind::kRowRemoved, wanted));
      return;
    }
    const GridRow& row = *came_[wanted.found].row;
    if (wanted.heading) {
      const std::string text = HeadingText(row, wanted.group->number);
      if (ReadsAlike(text, wanted.group->title)) return;
      Difference difference = Of(Difference::Kind::kGroupTitle, wanted);
      if (wanted.marked != nullptr && wanted.marked->cells.size() == 1) {
        const uint64_t mark = wanted.marked->cells[0];
        if (CellMark(text) == mark) difference.kind = Difference::Kind::kPlanOnly;
        else if (CellMark(wanted.group->title) != mark) difference.kind = Difference::Kind::kBoth;
      }
      difference.plan = wanted.group->title;
      difference.returned = text;
      out_.differences.push_back(std::move(difference));
      return;
    }
    for (size_t i = 0; i < wanted.row->cells.size() && i < table_.columns.size(); ++i) {
      const GridCell* cell = CellOf(row, i);
      const report::Cell& now = wanted.row->cells[i];
      if (cell == nullptr || ReadsAlike(cell->text, now.text)) continue;
      if (i == number_ && !now.at.known()) continue;   // made by the program; one that is written in the plan is told
      if ((now.day && cell->day == now.day) || (now.number && cell->number == now.number)) continue;
      Difference difference = Of(Difference::Kind::kCell, wanted);
      const size_t column = marked_ == nullptr ? kNone : MarkedColumn(i);
      if (wanted.marked != nullptr && column < wanted.marked->cells.size()) {
        const uint64_t mark = wanted.marked->cells[column];
        if (CellMark(cell->text) == mark) difference.kind = Difference::Kind::kPlanOnly;
        else if (CellMark(now.text) != mark) difference.kind = Difference::Kind::kBoth;
      }
      difference.column = table_.columns[i].id;
      difference.heading = table_.columns[i].title;
      difference.plan = now.text;
      difference.returned = cell->text;
      if (now.at.known()) difference.at = now.at;
      out_.differences.push_back(std::move(difference));
    }
  }

  // What is not in the longest run of rows that kept their order was moved.
  void TellMoves() {
    std::vector<size_t> order;
    for (const Came& came : came_) {
      if (came.wanted != kNone) order.push_back(came.wanted);
    }
    std::vector<size_t> tails, before(order.size(), kNone);
    for (size_t i = 0; i < order.size(); ++i) {
      const auto at = std::lower_bound(tails.begin(), tails.end(), order[i], [&](size_t tail, size_t value) { return order[tail] < value; });
      if (at != tails.begin()) before[i] = *(at - 1);
      if (at == tails.end()) tails.push_back(i);
      else *at = i;
    }
    std::vector<bool> kept(order.size(), false);
    for (size_t i = tails.empty() ? kNone : tails.back(); i != kNone; i = before[i]) kept[i] = true;
    for (size_t i = 0; i < order.size(); ++i) {
      if (kept[i]) continue;
      Difference difference = Of(Difference::Kind::kRowMoved, wanted_[order[i]]);
      if (i > 0) difference.returned = Of(Difference::Kind::kRowMoved, wanted_[order[i - 1]]).title;
      out_.differences.push_back(std::move(difference));
    }
  }

  void TellAdded(const GridRow& row) {
    Difference difference = Begin(Difference::Kind::kRowAdded);
    for (const GridCell& cell : row.cells) {
      if (cell.covered || Plain(cell.text).empty()) continue;
      difference.returned += (difference.returned.empty() ? "" : " | ") + Plain(cell.text);
    }
    SetPlace(difference, row);
    out_.differences.push_back(std::move(difference));
  }
  void TellGone() {
    for (const MarkedRow* row : gone_) {
      Difference difference = Begin(Difference::Kind::kRowGone);
      difference.row = row->id;
      out_.differences.push_back(std::move(difference));
    }
  }

  const report::Table& table_;
  const size_t index_;
  const MarkedTable* marked_;
  Comparison& out_;
  std::vector<Wanted> wanted_;
  std::vector<Came> came_;
  std::vector<const MarkedRow*> gone_;
  std::vector<size_t> columns_;
  const GridRow* header_ = nullptr;
  size_t title_ = kNone, number_ = kNone;
};

// The most headings of the table that a row near the top of the grid has; that row.
std::pair<size_t, const GridRow*> EqualHeadings(const report::Table& table, const Grid& grid) {
  constexpr size_t kLooked = 30;   // title lines above a table in a sheet
  std::pair<size_t, const GridRow*> best;
  std::vector<size_t> columns;
  for (size_t row = 0; row < std::min(grid.rows.size(), kLooked); ++row) {
    const size_t equal = TableComparer::Headings(table, grid.rows[row], columns);
    if (equal > best.first) best = {equal, &grid.rows[row]};
  }
  return best;
}

}  // namespace

bool ReadsAlike(std::string_view a, std::string_view b) { return a == b || Plain(a) == Plain(b); }

Comparison Compare(const GridFile& returned, std::span<const report::Table> tables) {
  Comparison out;
  out.marked = returned.marks.has_value();
  std::vector<bool> used(returned.grids.size(), false);
  const auto marked_of = [&](const report::Table& table) -> const MarkedTable* {
    if (!returned.marks) return nullptr;
    for (const MarkedTable& marked : returned.marks->tables) {
      if (marked.id == table.id) return &marked;
    }
    return nullptr;
  };
  std::vector<std::vector<const Grid*>> grids_of(tables.size());
  for (size_t i = 0; i < tables.size(); ++i) {
    const MarkedTable* marked = marked_of(tables[i]);
    if (returned.marks && marked == nullptr) continue;   // was not in this file
    std::vector<const Grid*>& grids = grids_of[i];
    // A table may have been split: each part has rows of its own. One that has only rows seen before is a copy.
    absl::flat_hash_set<std::string_view> bookmarks;
    if (marked != nullptr) {
      for (const MarkedRow& row : marked->rows) bookmarks.insert(row.bookmark);
    }
    for (size_t g = 0; g < returned.grids.size(); ++g) {
      if (used[g]) continue;
      bool ours = false;
      for (const GridRow& row : returned.grids[g].rows) ours |= !row.bookmark.empty() && bookmarks.erase(row.bookmark) > 0;
      if (!ours) continue;
      used[g] = true;
      grids.push_back(&returned.grids[g]);
    }
    if (grids.empty()) {   // by headings: more than half of them
      size_t best = kNone, most = tables[i].columns.size() / 2;
      for (size_t g = 0; g < returned.grids.size(); ++g) {
        const size_t equal = used[g] ? 0 : EqualHeadings(tables[i], returned.grids[g]).first;
        if (equal <= most) continue;
        most = equal;
        best = g;
      }
      if (best != kNone) {
        used[best] = true;
        grids.push_back(&returned.grids[best]);
      }
    }
  }
  for (size_t i = 0; i < tables.size(); ++i) {
    const MarkedTable* marked = marked_of(tables[i]);
    if (grids_of[i].empty()) {
      if (marked == nullptr) continue;
      Difference difference;
      difference.kind = Difference::Kind::kTableRemoved;
      difference.table = i;
      out.differences.push_back(std::move(difference));
      continue;
    }
    ++out.tables;
    TableComparer(tables[i], i, marked, out).Run(grids_of[i]);
    for (size_t g = 0; g < returned.grids.size() && tables[i].columns.size() > 1; ++g) {
      if (used[g]) continue;
      const auto [equal, row] = EqualHeadings(tables[i], returned.grids[g]);
      if (equal < tables[i].columns.size()) continue;
      used[g] = true;
      Difference difference;
      difference.kind = Difference::Kind::kTableCopy;
      difference.table = i;
      SetPlace(difference, *row);
      out.differences.push_back(std::move(difference));
    }
  }
  return out;
}

}  // namespace ordo::office

#include "compiler/import/tables.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "compiler/import/wording.h"

namespace ordo::import {
namespace {

using office::Grid;
using office::GridCell;
using office::GridRow;

constexpr size_t kHeadingRows = 12;      // headings stand in the first rows
constexpr size_t kHeadingDepth = 3;      // of that many rows at the most
constexpr size_t kHeadingBytes = 240;    // what is longer is no heading
constexpr size_t kHeadingWords = 24;

struct Wording {
  Column field;
  size_t order;
};

const absl::flat_hash_map<std::string_view, Wording>& Wordings() {
  static const auto* table = [] {
    auto* map = new absl::flat_hash_map<std::string_view, Wording>;
    size_t order = 0;
#define ORDO_COLUMN(field, words) map->try_emplace(words, Wording{Column::field, order++});
#include "compiler/import/columns.def"
    return map;
  }();
  return *table;
}

struct Match {
  Column field = Column::kOther;
  size_t words = 0;    // of the wording; 0: none
  size_t order = 0;
  bool whole = false;
};

Match LongestIn(const std::string& heading) {
  std::vector<size_t> begins, ends;
  for (size_t at = 0; at < heading.size() && begins.size() < kHeadingWords;) {
    const size_t end = std::min(heading.find(' ', at), heading.size());
    begins.push_back(at);
    ends.push_back(end);
    at = end + 1;
  }
  Match best;
  for (size_t i = 0; i < begins.size(); ++i) {
    for (size_t j = i; j < begins.size() && j < i + 8; ++j) {
      const auto found = Wordings().find(std::string_view(heading).substr(begins[i], ends[j] - begins[i]));
      if (found == Wordings().end()) continue;
      const bool whole = i == 0 && j + 1 == begins.size();
      const size_t words = j - i + 1;
      // One short word inside a long heading says nothing: «mã» in «mã vạch của sản phẩm».
      if (!whole && words == 1 && ends[j] - begins[i] < 5) continue;
      if (words > best.words || (words == best.words && found->second.order < best.order)) {
        best = {found->second.field, words, found->second.order, whole};
      }
    }
  }
  return best;
}

Match MatchOf(std::string_view heading) {
  if (heading.size() > kHeadingBytes) return {};
  const Match whole = LongestIn(HeadingWords(heading, true));
  if (whole.whole) return whole;
  const Match outside = LongestIn(HeadingWords(heading, false));
  if (outside.whole) return outside;
  return whole.words > outside.words ? whole : outside;
}


std::string TextOf(const GridRow& row, size_t column) {
  return column < row.cells.size() ? Even(row.cells[column].text.substr(0, kHeadingBytes * 4)) : std::string();
}

bool SameText(const GridRow& a, const GridRow& b, size_t columns) {
  for (size_t c = 0; c < columns; ++c) {
    const std::string_view left = c < a.cells.size() ? std::string_view(a.cells[c].text) : std::string_view();
    const std::string_view right = c < b.cells.size() ? std::string_view(b.cells[c].text) : std::string_view();
    if (left.size() > kHeadingBytes * 4 || HeadingWords(left, true) != HeadingWords(right, true)) return false;
  }
  return true;
}

// «(1) (2) (3)» under the headings.
bool IsCountRow(const GridRow& row) {
  int last = 0;
  size_t counted = 0;
  for (const GridCell& cell : row.cells) {
    const std::string words = HeadingWords(cell.text.substr(0, 40), true);
    if (words.empty()) continue;
    if (words.size() == 1 && words[0] >= 'a' && words[0] <= 'z') {
      ++counted;
      continue;
    }
    if (words.find_first_not_of("0123456789") != std::string::npos || words.size() > 3) return false;
    const int number = std::stoi(words);
    if (number != last + 1 && last != 0) return false;
    last = number;
    ++counted;
  }
  return counted >= 3 && last >= 2;
}

struct Heading {
  size_t row = 0, depth = 0;   // depth 0: none
  std::vector<TableColumn> columns;
  size_t fields = 0;           // different fields that were known
};

bool SpansDown(const GridRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const GridCell& cell) { return cell.row_span > 1 && !cell.covered; });
}
bool SpansAcross(const GridRow& row, size_t columns) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [&](const GridCell& cell) { return cell.column_span > 1 && cell.column_span < columns && !cell.covered; });
}

// Headings of rows [row, row + depth): of each column the different texts from top to bottom.
Heading HeadingAt(const Grid& grid, size_t row, size_t depth, size_t columns) {
  Heading heading{row, depth};
  absl::flat_hash_set<Column> fields;
  for (size_t c = 0; c < columns; ++c) {
    std::string text, last;
    for (size_t r = row; r < row + depth; ++r) {
      std::string part = TextOf(grid.rows[r], c);
      if (part.empty() || part == last || part.size() > kHeadingBytes) continue;
      if (!text.empty()) text += ": ";
      text += part;
      last = std::move(part);
    }
    TableColumn column;
    column.heading = std::move(text);
    column.grid_column = c;
    // The part below is closer: «Phân công: Chủ trì».
    Match match = last.empty() ? Match{} : MatchOf(last);
    if (match.words == 0) match = MatchOf(column.heading);
    column.year = column.heading.size() < 80 ? YearIn(column.heading) : 0;
    if (match.words > 0) column.field = match.field;
    if (column.year != 0 && (match.words == 0 || match.field == Column::kValue || match.field == Column::kProduct || match.words == 1) &&
        match.field != Column::kBaseline && !IsParty(match.field)) {
      column.field = Column::kHorizon;
      match.words = 1;
    }
    if (match.words > 0 && column.field != Column::kOther) fields.insert(column.field);
    heading.columns.push_back(std::move(column));
  }
  heading.fields += fields.size();
  return heading;
}

bool IsText(Column field) { return field == Column::kTitle || field == Column::kIndicator; }

Heading FindHeading(const Grid& grid) {
  Heading best;
  const size_t rows = std::min(grid.rows.size(), kHeadingRows);
  for (size_t r = 0; r < rows; ++r) {
    size_t depth = 1;
    // A heading goes on below where cells reach down or are parted below.
    while (depth < kHeadingDepth && r + depth < grid.rows.size() &&
           (SpansDown(grid.rows[r + depth - 1]) || (depth == 1 && SpansAcross(grid.rows[r], grid.columns))) &&
           !IsCountRow(grid.rows[r + depth])) {
      const GridRow& below = grid.rows[r + depth];
      const bool short_texts = std::all_of(below.cells.begin(), below.cells.end(), [](const GridCell& cell) { return cell.text.size() <= kHeadingBytes; });
      if (!short_texts) break;
      ++depth;
    }
    Heading found = HeadingAt(grid, r, depth, grid.columns);
    const bool text = std::any_of(found.columns.begin(), found.columns.end(), [](const TableColumn& column) { return IsText(column.field); });
    const bool better = found.fields > best.fields;
    if (text && found.fields >= 2 && better) best = std::move(found);
  }
  return best;
}

// One field, one column: the first keeps it, others are columns of their own. What a word means depends on the others.
void Settle(std::vector<TableColumn>& columns) {
  absl::flat_hash_set<Column> there;
  for (const TableColumn& column : columns) there.insert(column.field);
  const auto has = [&](Column field) { return there.contains(field); };
  // The wording that says most keeps the field.
  const auto length = [](const TableColumn& column) { return MatchOf(column.heading).words; };
  const bool targets = has(Column::kIndicator) && !has(Column::kTitle);
  for (TableColumn& column : columns) {
    if (!targets) {
      if (column.field == Column::kIndicator) column.field = has(Column::kProduct) ? Column::kOther : Column::kProduct;
      if (column.field == Column::kMeasure && HeadingWords(column.heading, false) == "don vi" && !has(Column::kLead)) column.field = Column::kLead;
      if (column.field == Column::kMeasure || column.field == Column::kBaseline || column.field == Column::kValue ||
          column.field == Column::kSource || column.field == Column::kHorizon) {
        column.field = Column::kOther;
      }
    } else {
      if (column.field == Column::kProduct) column.field = has(Column::kValue) || has(Column::kHorizon) ? Column::kOther : Column::kValue;
      const bool kept = column.field == Column::kLead || column.field == Column::kMonitor;
      if ((IsParty(column.field) && !kept) || column.field == Column::kDue || column.field == Column::kCode || column.field == Column::kCost ||
          column.field == Column::kBothRoles || column.field == Column::kRole || column.field == Column::kStarts ||
          column.field == Column::kDuration || column.field == Column::kAfter) {
        column.field = Column::kOther;   // a target has no such field
      }
      if (column.field == Column::kHorizon && column.year == 0) column.field = Column::kOther;
    }
  }
  for (size_t i = 0; i < columns.size(); ++i) {
    const Column field = columns[i].field;
    if (field == Column::kOther || field == Column::kHorizon) continue;
    size_t keeps = i;
    for (size_t j = i + 1; j < columns.size() && j < i + 64; ++j) {
      if (columns[j].field == field && field != Column::kNumber && length(columns[j]) > length(columns[keeps])) keeps = j;
    }
    for (size_t j = i; j < columns.size(); ++j) {
      if (columns[j].field == field && j != keeps) columns[j].field = Column::kOther;
    }
  }
}

Kind KindOf(const std::vector<TableColumn>& columns) {
  bool title = false, indicator = false, horizon = false, value = false, measure = false;
  size_t others = 0;
  for (const TableColumn& column : columns) {
    title |= column.field == Column::kTitle;
    indicator |= column.field == Column::kIndicator;
    horizon |= column.field == Column::kHorizon;
    value |= column.field == Column::kValue;
    measure |= column.field == Column::kMeasure;
    others += IsParty(column.field) || column.field == Column::kDue || column.field == Column::kProduct || column.field == Column::kBothRoles ||
              column.field == Column::kRole || column.field == Column::kCost || column.field == Column::kDuration;
  }
  if (indicator && (horizon || value || measure)) return Kind::kTargets;
  if (title && others > 0) return Kind::kTasks;
  return Kind::kOther;
}

bool IsMatrix(const Grid& grid) {
  size_t letters = 0, filled = 0;
  for (size_t r = 1; r < grid.rows.size() && r < 60; ++r) {
    for (size_t c = 2; c < grid.rows[r].cells.size() && c < 200; ++c) {
      const std::string& text = grid.rows[r].cells[c].text;
      if (text.empty()) continue;
      ++filled;
      letters += text.size() <= 4 && text.find_first_not_of("ARSCIMXx, ") == std::string::npos;
    }
  }
  return letters >= 4 && letters * 5 >= filled * 4;
}

// Title and caption out of the text that stands before a table, the last lines count.
void Entitle(FoundTable& table) {
  for (const std::string& raw : table.before) {
    const std::string line = Even(raw);
    if (line.empty()) continue;
    const std::string words = HeadingWords(line, true);
    const bool attached = words.find("kem theo") != std::string::npos || words.starts_with("attached to");
    if (attached && line.size() < 400) {
      table.caption = line;
    } else if (line.size() < 300 && !(words.starts_with("phu luc") && words.size() < 14)) {
      table.title = line;
    }
  }
}

// Whether the grid goes on with the table before it: the same headings again, or none and as many columns.
bool GoesOn(const FoundTable& table, const office::GridFile& file, const Grid& grid, const Heading& heading) {
  const Grid& first = file.grids[table.grid];
  if (grid.columns != first.columns || table.kind == Kind::kOther) return false;
  const bool text_between = std::any_of(grid.before.begin(), grid.before.end(), [](const std::string& line) { return !Even(line).empty(); });
  if (heading.depth == 0) return !text_between && grid.name == first.name;
  if (heading.columns.size() != table.columns.size()) return false;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (HeadingWords(heading.columns[i].heading, true) != HeadingWords(table.columns[i].heading, true)) return false;
  }
  return grid.name == first.name || !text_between;
}

void AddRows(const Grid& grid, const Heading& heading, bool on, FoundTable& table) {
  const size_t begin = heading.depth == 0 ? 0 : heading.row + heading.depth;
  const GridRow* head = heading.depth == 0 ? nullptr : &grid.rows[heading.row];
  std::vector<uint32_t> above(grid.columns, 0);   // rows that a cell above still covers
  bool after_break = on;
  size_t skip = 0;
  for (size_t r = begin; r < grid.rows.size(); ++r) {
    const GridRow& from = grid.rows[r];
    if (skip > 0) {
      --skip;
      continue;
    }
    if ((r == begin || after_break) && IsCountRow(from)) continue;
    if (head != nullptr && !from.cells.empty() && SameText(*head, from, std::min(grid.columns, size_t{64}))) {
      skip = heading.depth - 1;
      after_break = true;
      continue;
    }
    RawRow row;
    row.place = from.place;
    row.cells.resize(table.columns.size());
    size_t filled = 0;
    const auto width = [&](size_t c) { return std::max<uint32_t>(1, c < from.cells.size() ? from.cells[c].column_span : 1); };
    size_t widest = 1;
    for (size_t c = 0; c < from.cells.size() && c < grid.columns; ++c) {
      const GridCell& cell = from.cells[c];
      if (cell.covered) continue;
      widest = std::max<size_t>(widest, width(c));
      if (cell.row_span > 1) {
        for (size_t k = c; k < c + width(c) && k < grid.columns; ++k) above[k] = std::max(above[k], cell.row_span);
      }
    }
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const size_t c = table.columns[i].grid_column;
      if (c >= from.cells.size()) continue;
      const GridCell& cell = from.cells[c];
      RawCell& into = row.cells[i];
      const bool from_left = cell.covered && above[c] == 0;
      if (from_left) continue;   // its text stands in the cell to the left
      into.text = Even(cell.text);
      if (cell.text.find('\n') != std::string::npos) into.lines = cell.text;
      into.merged_above = cell.covered;
      into.formula = cell.formula;
      into.day = cell.day;
      filled += !into.text.empty();
    }
    for (uint32_t& rows : above) rows -= rows > 0;
    if (filled == 0) continue;   // an empty row says nothing
    row.across = widest > 1 && widest * 2 >= grid.columns && filled <= 2;
    row.after_break = after_break;
    after_break = false;
    table.rows.push_back(std::move(row));
  }
}

}  // namespace

std::optional<Column> ColumnOf(std::string_view heading) {
  const Match match = MatchOf(heading);
  return match.words == 0 ? std::nullopt : std::optional(match.field);
}

int YearIn(std::string_view text) {
  int found = 0;
  for (size_t at = 0; at + 4 <= text.size(); ++at) {
    const auto digit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    if (!digit(at) || (at > 0 && digit(at - 1))) continue;
    size_t end = at;
    while (digit(end)) ++end;
    if (end - at == 4) {
      const int year = std::stoi(std::string(text.substr(at, 4)));
      if (year >= 1990 && year < 2100) found = year;
    }
    at = end;
  }
  return found;
}

std::vector<FoundTable> FindTables(const office::GridFile& file, int forced) {
  std::vector<FoundTable> tables;
  for (size_t g = 0; g < file.grids.size(); ++g) {
    const Grid& grid = file.grids[g];
    Heading heading = FindHeading(grid);
    if (forced == 0 && !tables.empty() && GoesOn(tables.back(), file, grid, heading)) {
      tables.back().grids.push_back(g);
      AddRows(grid, heading, true, tables.back());
      continue;
    }
    FoundTable table;
    table.grid = g;
    table.grids = {g};
    table.before = grid.before;
    // A sheet or a CSV file may have its title in the rows above the headings.
    for (size_t r = 0; heading.depth > 0 && r < heading.row; ++r) {
      for (size_t c = 0; c < grid.rows[r].cells.size() && c < 40; ++c) {
        const GridCell& cell = grid.rows[r].cells[c];
        if (!cell.covered && !cell.text.empty()) table.before.push_back(cell.text);
      }
    }
    Entitle(table);
    const bool wanted = forced == static_cast<int>(g) + 1;
    if (heading.depth == 0 && wanted && !grid.rows.empty()) {
      // The user says that it is one: the widest texts of the first row's columns are the rows' text.
      heading = HeadingAt(grid, 0, 1, grid.columns);
      size_t widest = 0, bytes = 0;
      for (size_t c = 0; c < grid.columns; ++c) {
        size_t sum = 0;
        for (size_t r = 1; r < grid.rows.size() && r < 50; ++r) sum += c < grid.rows[r].cells.size() ? grid.rows[r].cells[c].text.size() : 0;
        if (sum > bytes) bytes = sum, widest = c;
      }
      if (bytes > 0) heading.columns[widest].field = Column::kTitle;
    }
    if (heading.depth > 0) {
      for (const TableColumn& column : heading.columns) {
        if (!column.heading.empty()) {
          table.columns.push_back(column);
          continue;
        }
        // A column without a heading counts if anything stands in it.
        const bool used = std::any_of(grid.rows.begin(), grid.rows.begin() + std::min<size_t>(grid.rows.size(), 2000), [&](const GridRow& row) {
          return column.grid_column < row.cells.size() && !row.cells[column.grid_column].covered && !row.cells[column.grid_column].text.empty();
        });
        if (used) table.columns.push_back(column);
      }
      Settle(table.columns);
      table.kind = KindOf(table.columns);
      if (wanted && table.kind == Kind::kOther) table.kind = Kind::kTasks;
    }
    if (table.kind == Kind::kOther) {
      if (IsMatrix(grid)) table.kind = Kind::kMatrix;
      if (!grid.rows.empty()) {
        for (size_t c = 0; c < grid.rows[0].cells.size() && table.headings.size() < 20; ++c) {
          if (std::string text = TextOf(grid.rows[0], c); !text.empty() && !grid.rows[0].cells[c].covered) table.headings.push_back(Shortened(text, 40));
        }
      }
    } else {
      AddRows(grid, heading, false, table);
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace ordo::import

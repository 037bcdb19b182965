// A table for a terminal or a plain mail: aligned columns fitted to a width, cells wrapped on words by what the eye counts,
// headings of groups across the table. Control characters never reach the terminal.
#include <algorithm>

#include <fmt/format.h>
#include <unicode/utf8.h>

#include "runtime/base/unicode.h"
#include "runtime/report/render.h"

namespace ordo::report {
namespace {

constexpr size_t kGap = 2;          // blanks between columns
constexpr size_t kLongestWord = 14; // a column need not be wider for the sake of one long word
constexpr size_t kLeast = 3;
constexpr size_t kNarrow = 6;       // below this a column is no longer read but spelt
constexpr size_t kTitle = 24;       // likewise for the title of a row

template <typename Take>
void EachWord(std::string_view line, const Take& take) {
  for (size_t i = 0; i < line.size();) {
    const size_t begin = line.find_first_not_of(' ', i);
    if (begin == std::string_view::npos) return;
    const size_t end = std::min(line.find(' ', begin), line.size());
    take(line.substr(begin, end - begin));
    i = end;
  }
}

// Bytes of the longest beginning that is at most `width` wide, at least one character; marks stay with their letter.
size_t Fitting(std::string_view word, size_t width) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(word.data());
  size_t used = 0;
  for (int32_t i = 0, size = static_cast<int32_t>(word.size()); i < size;) {
    const int32_t start = i;
    U8_FWD_1(bytes, i, size);
    used += DisplayWidth(word.substr(start, i - start));
    if (used > width && start > 0) return static_cast<size_t>(start);
  }
  return word.size();
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  for (int32_t i = 0, size = static_cast<int32_t>(text.size()); i < size;) {
    const int32_t start = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c == '\n') out += '\n';
    else if (c == '\r') out += i < size && text[i] == '\n' ? "" : "\n";
    else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) out += ' ';
    else out.append(text.substr(start, i - start));
  }
  return out;
}

std::vector<std::string> Wrapped(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string line;
    size_t used = 0;
    EachWord(text.substr(begin, end - begin), [&](std::string_view word) {
      size_t wide = DisplayWidth(word);
      if (used > 0 && used + 1 + wide > width) {
        lines.push_back(std::move(line));
        line.clear();
        used = 0;
      }
      while (wide > width) {
        const size_t cut = Fitting(word, width);
        if (cut == word.size()) break;
        lines.emplace_back(word.substr(0, cut));
        word.remove_prefix(cut);
        wide = DisplayWidth(word);
      }
      if (used > 0) line += ' ';
      line += word;
      used += wide + (used > 0 ? 1 : 0);
    });
    lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

namespace {

class Sheet {
 public:
  Sheet(const Table& table, const RenderOptions& options) : table_(table), color_(options.color) {
    std::vector<size_t> natural(table.columns.size(), 1);   // widest line of a column
    std::vector<size_t> least(table.columns.size(), 1);     // widest word of it
    const auto measure = [&](const std::vector<Cell>& cells) {
      for (size_t i = 0; i < cells.size() && i < natural.size(); ++i) Measure(cells[i].text, natural[i], least[i]);
    };
    for (size_t i = 0; i < table.columns.size(); ++i) Measure(table.columns[i].title, natural[i], least[i]);
    for (const Group& group : table.groups) {
      if (!group.number.empty() && NumbersFirst()) Measure(group.number, natural[0], least[0]);
      for (const Row& row : group.rows) EachRow(row, [&](const Row& each) { measure(each.cells); });
    }
    if (table.totals) measure(table.totals->cells);
    Fit(natural, least, options.width);
  }

  std::string Text() {
    Centred(table_.title, true);
    Centred(table_.subtitle, false);
    if (!out_.empty()) out_ += '\n';
    std::vector<Cell> titles;
    for (const TableColumnText& column : table_.columns) titles.push_back(column.title);
    Record(titles, true);
    Rule();
    tall_ = false;
    bool first = true;
    for (const Group& group : table_.groups) {
      if (HasHeading(group)) {
        if (!first) out_ += '\n';
        Heading(group);
        tall_ = true;   // a blank line below
      }
      first = false;
      for (const Row& row : group.rows) EachRow(row, [&](const Row& each) { Spaced(each.cells, false); });
    }
    if (table_.totals) {
      Rule();
      Record(table_.totals->cells, true);
    }
    return std::move(out_);
  }

 private:
  template <typename Take>
  static void EachRow(const Row& row, const Take& take) {
    take(row);
    for (const Row& sub : row.rows) EachRow(sub, take);
  }

  static void Measure(std::string_view cell, size_t& natural, size_t& least) {
    for (size_t begin = 0; begin <= cell.size();) {
      const size_t end = std::min(cell.find('\n', begin), cell.size());
      const std::string_view line = cell.substr(begin, end - begin);
      natural = std::max(natural, DisplayWidth(line));
      EachWord(line, [&](std::string_view word) { least = std::max(least, DisplayWidth(word)); });
      begin = end + 1;
    }
  }

  bool NumbersFirst() const { return table_.columns.size() > 1 && table_.columns[0].id == "number"; }

  // Every column gets its longest word if that is not unreasonable. What is left of the width is given out blank by blank so that
  // widths come near the power 2/3 of the longest cell: with the power 1 long titles squeeze names of units to a word a line,
  // with equal shares they grow to a page.
  void Fit(const std::vector<size_t>& natural, const std::vector<size_t>& least, size_t width) {
    const size_t gaps = natural.empty() ? 0 : (natural.size() - 1) * kGap;
    size_t used = gaps;
    for (const size_t word : least) {
      widths_.push_back(std::min(word, kLongestWord));
      used += widths_.back();
    }
    while (used > width) {   // too many columns: the widest gives way
      const auto widest = std::max_element(widths_.begin(), widths_.end());
      if (widest == widths_.end() || *widest <= kLeast) break;
      --*widest;
      --used;
    }
    while (used < width) {
      size_t neediest = natural.size();
      for (size_t i = 0; i < natural.size(); ++i) {
        if (widths_[i] >= natural[i]) continue;
        if (neediest == natural.size() || Need(natural[i], widths_[neediest]) > Need(natural[neediest], widths_[i])) neediest = i;
      }
      if (neediest == natural.size()) break;
      ++widths_[neediest];
      ++used;
    }
    total_ = gaps;
    for (const size_t each : widths_) total_ += each;
  }

  static double Need(size_t natural, size_t width) {
    const auto n = static_cast<double>(natural), w = static_cast<double>(width);
    return n * n * w * w * w;
  }

  void Bold(bool on) {
    if (color_) out_ += on ? "\x1b[1m" : "\x1b[0m";
  }

  void Centred(std::string_view text, bool bold) {
    if (text.empty()) return;
    for (const std::string& line : Wrapped(Printable(text), std::max<size_t>(total_, 20))) {
      const size_t wide = DisplayWidth(line);
      if (wide < total_) out_.append((total_ - wide) / 2, ' ');
      if (bold) Bold(true);
      out_ += line;
      if (bold) Bold(false);
      out_ += '\n';
    }
  }

  void Heading(const Group& group) {
    const bool numbers = NumbersFirst() && DisplayWidth(group.number) <= widths_[0];
    const size_t indent = numbers ? widths_[0] + kGap : 0;
    const std::string text = Printable(numbers ? group.title : GroupLine(group));
    bool first = true;
    for (const std::string& line : Wrapped(text, std::max(total_ - indent, kLongestWord))) {
      Bold(true);
      if (numbers) {
        out_.append(first ? indent - kGap - DisplayWidth(group.number) : indent, ' ');
        if (first) out_.append(group.number).append(kGap, ' ');
      }
      out_ += line;
      Bold(false);
      out_ += '\n';
      first = false;
    }
  }

  void Rule() {
    for (size_t i = 0; i < widths_.size(); ++i) {
      if (i > 0) out_.append(kGap, ' ');
      for (size_t n = 0; n < widths_[i]; ++n) out_ += "─";
    }
    out_ += '\n';
  }

  // Rows that take more than one line are set apart by a blank one.
  void Spaced(const std::vector<Cell>& cells, bool bold) {
    const size_t before = out_.size();
    const bool after_tall = tall_;
    Record(cells, bold);
    if (before > 0 && (after_tall || (tall_ && rows_ > 0))) out_.insert(before, 1, '\n');
    ++rows_;
  }

  void Record(const std::vector<Cell>& cells, bool bold) {
    std::vector<std::vector<std::string>> columns;
    size_t height = 0;
    for (size_t i = 0; i < widths_.size(); ++i) {
      columns.push_back(Wrapped(i < cells.size() ? Printable(cells[i].text) : std::string(), widths_[i]));
      height = std::max(height, columns.back().size());
    }
    tall_ = height > 1;
    for (size_t n = 0; n < height; ++n) {
      std::string line;
      for (size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) line.append(kGap, ' ');
        const std::string_view part = n < columns[i].size() ? std::string_view(columns[i][n]) : std::string_view();
        const size_t pad = widths_[i] - std::min(widths_[i], DisplayWidth(part));
        if (table_.columns[i].numeric) line.append(pad, ' ');
        line += part;
        if (!table_.columns[i].numeric) line.append(pad, ' ');
      }
      line.erase(line.find_last_not_of(' ') + 1);
      if (bold) Bold(true);
      out_ += line;
      if (bold) Bold(false);
      out_ += '\n';
    }
  }

  const Table& table_;
  const bool color_;
  std::vector<size_t> widths_;
  size_t total_ = 0;
  size_t rows_ = 0;
  bool tall_ = false;
  std::string out_;
};

void Keep(const std::vector<size_t>& columns, std::vector<Cell>& cells) {
  std::vector<Cell> kept;
  for (const size_t i : columns) kept.push_back(i < cells.size() ? std::move(cells[i]) : Cell());
  cells = std::move(kept);
}

void Keep(const std::vector<size_t>& columns, std::vector<Row>& rows) {
  for (Row& row : rows) {
    Keep(columns, row.cells);
    Keep(columns, row.rows);
  }
}

Table Band(const Table& table, const std::vector<size_t>& columns, bool first) {
  Table band = table;
  if (!first) band.title = band.subtitle = "";
  band.columns.clear();
  for (const size_t i : columns) band.columns.push_back(table.columns[i]);
  for (Group& group : band.groups) Keep(columns, group.rows);
  if (band.totals) Keep(columns, band.totals->cells);
  return band;
}

// A wide matrix in parts under each other, each with the number and title of its rows, rather than letters in a heap.
std::vector<Table> Bands(const Table& table, size_t width) {
  const size_t count = table.columns.size();
  constexpr size_t kRepeated = 2;
  const size_t repeated = kNarrow + kGap + kTitle;
  const bool fits = repeated + (count - std::min(count, kRepeated)) * (kGap + kNarrow) <= width;
  if (fits || count <= kRepeated + 1 || table.columns[0].id != "number" || table.columns[1].id != "title") return {table};
  const size_t each = std::max<size_t>(1, (width - std::min(width, repeated)) / (kGap + kNarrow));
  std::vector<Table> bands;
  for (size_t begin = kRepeated; begin < count; begin += each) {
    std::vector<size_t> columns = {0, 1};
    for (size_t i = begin; i < std::min(count, begin + each); ++i) columns.push_back(i);
    bands.push_back(Band(table, columns, begin == kRepeated));
  }
  return bands;
}

}  // namespace

std::string TableAsText(const Table& table, const RenderOptions& options) {
  std::string text;
  for (const Table& band : Bands(table, options.width)) {
    if (!text.empty()) text += '\n';
    text += Sheet(band, options).Text();
  }
  return text;
}

}  // namespace ordo::report

#include "runtime/office/docx_fit.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "runtime/office/docx_width.h"

namespace ordo::office {
namespace {

using report::Row;
using report::Table;

constexpr uint32_t kSmallest = 16;                        // half points; below that nobody reads
constexpr uint32_t kAgency = Twips(35);                   // least width of a column of units
constexpr uint32_t kShort = Twips(14);                    // cells up to here stand in the middle
constexpr uint32_t kTallestHead = Twips(60);
constexpr uint32_t kAboveAndBelow = 80;                   // of the paragraph of a head; of a turned one they stand at its sides
constexpr size_t kManyColumns = 7;                        // from here on heads may be turned
constexpr size_t kSampled = 300;                          // rows by which widths are balanced
constexpr int kRounds = 60;

struct Column {
  TextSize head, body;       // body: the greatest of its cells
  double squares = 0;        // of the totals of its cells
  size_t filled = 0;         // cells with text
  double least = 0, natural = 0, need = 0, width = 0;
  bool fixed = false;
};

void Print(const std::vector<Row>& rows, uint32_t depth, std::vector<PrintedRow>& out) {
  for (const Row& row : rows) {
    out.push_back({&row, depth});
    Print(row.rows, depth + 1, out);
  }
}

uint32_t FirstSize(size_t columns) { return columns <= 6 ? 26 : columns <= 9 ? 24 : 22; }

bool IsUnits(const std::string& id) { return id == "lead" || id == "support" || id == "accountable" || id == "others"; }

class Fitter {
 public:
  Fitter(const Table& table, uint32_t width) : table_(table), width_(width), columns_(table.columns.size()) {
    fit_.size = FirstSize(columns_.size());
    fit_.margin = columns_.size() > 12 ? 40 : 85;
  }

  Fit Run() {
    if (columns_.empty()) return std::move(fit_);
    Measure();
    Least();
    while (Sum() > width_ && fit_.size > kSmallest) {
      fit_.size -= 2;
      Least();
    }
    Widen();
    Share();
    Balance();
    Round();
    return std::move(fit_);
  }

 private:
  void Add(const Row& row, bool totals = false) {
    for (size_t i = 0; i < columns_.size(); ++i) {
      const TextSize size = i < row.cells.size() ? SizeOf(row.cells[i].text, false) : TextSize{};
      fit_.cells.push_back(size.total);
      if (size.total == 0) continue;
      Column& column = columns_[i];
      column.body.word = std::max(column.body.word, size.word);
      if (!totals) column.body.line = std::max(column.body.line, size.line);   // sums may stand in several lines
      column.squares += static_cast<double>(size.total) * size.total;
      ++column.filled;
    }
  }

  void Measure() {
    for (size_t i = 0; i < columns_.size(); ++i) columns_[i].head = SizeOf(table_.columns[i].title, true);
    size_t numbers = 0;
    for (const report::Group& group : table_.groups) {
      for (const PrintedRow& row : PrintedRows(group.rows)) Add(*row.row);
      if (IsNumberColumn(table_, 0)) numbers = std::max<size_t>(numbers, SizeOf(group.number, true).line);
    }
    if (table_.totals) Add(*table_.totals, true);
    columns_[0].body.line = std::max<uint32_t>(columns_[0].body.line, static_cast<uint32_t>(numbers));
    fit_.centred.resize(columns_.size());
    fit_.upright = columns_.size() >= kManyColumns;
    for (size_t i = 0; i < columns_.size(); ++i) {
      fit_.centred[i] = !IsNumberColumn(table_, i) && table_.columns[i].id != "title" && !table_.columns[i].numeric &&
                        columns_[i].filled > 0 && InTwips(columns_[i].body.line, fit_.size) <= kShort;
      // Units of a matrix that nobody has filled yet are as short as the others.
      if (columns_.size() >= kManyColumns && columns_[i].filled == 0 && i > 0) fit_.centred[i] = true;
    }
    if (fit_.upright) {   // turned heads only help where there are many
      const auto marks = static_cast<size_t>(std::count(fit_.centred.begin(), fit_.centred.end(), true));
      fit_.upright = marks >= 5 && marks + 4 >= columns_.size();
    }
  }

  // What each column needs at least at the present size. A hair more than the letters: programs round differently.
  void Least() {
    const double pad = 2.0 * fit_.margin + 30;
    const auto twips = [&](double units) { return units * fit_.size / 100 * 1.03; };
    for (size_t i = 0; i < columns_.size(); ++i) {
      Column& column = columns_[i];
      const bool turned = fit_.Turned(i);
      // A long head that is turned takes two lines.
      const double lines = InTwips(column.head.total, fit_.size) > kTallestHead * 3 / 4 ? 2.4 : 1.2;
      const double head = turned ? lines * 1000 : column.head.word;
      const double longest = std::max<double>(column.body.word, head);
      column.least = pad + (turned ? kAboveAndBelow : 0) + std::min(twips(longest), width_ / 3.0);
      if (IsNumberColumn(table_, i)) column.least = pad + std::min(twips(std::max(column.body.line, column.head.word)), width_ / 5.0);
      const bool amounts = table_.columns[i].numeric && InTwips(column.body.line, fit_.size) <= Twips(22);
      if (fit_.centred[i] || amounts) column.least = std::max(column.least, pad + std::min(twips(column.body.line), width_ / 5.0));
      column.natural = pad + twips(std::max<double>(column.body.line, turned ? head : column.head.line / 2.0));
      column.natural = std::max(column.natural, column.least);
      if (IsNumberColumn(table_, i)) column.natural = column.least;
      // Rows are as high as their highest cell: what long cells need counts more than the average.
      column.need = column.filled == 0 ? 0 : std::sqrt(column.squares / static_cast<double>(column.filled));
      column.need = pad + twips(std::max(column.need, turned ? head : column.head.total / 2.0));
    }
  }

  double Sum() const {
    return std::accumulate(columns_.begin(), columns_.end(), 0.0, [](double sum, const Column& column) { return sum + column.least; });
  }

  // Units in full want some width, as far as the others can spare it.
  void Widen() {
    double room = width_ * 0.8 - Sum();
    for (size_t i = 0; i < columns_.size() && room > 0; ++i) {
      Column& column = columns_[i];
      if (!IsUnits(table_.columns[i].id) || column.filled == 0 || column.least >= kAgency) continue;
      const double more = std::min(room, kAgency - column.least);
      column.least += more;
      column.natural = std::max(column.natural, column.least);
      room -= more;
    }
  }

  void Share() {
    if (Sum() >= width_) {   // too many columns: words will be cut
      for (Column& column : columns_) column.width = column.least;
      return;
    }
    // Whoever would get less than its least gets that; then whoever would get more than it can use; the others share the rest.
    double rest = width_;
    for (int round = 0; round < 24; ++round) {
      double needs = 0;
      for (const Column& column : columns_) needs += column.fixed ? 0 : column.need;
      if (needs <= 0) break;
      bool changed = false;
      for (const bool upper : {false, true}) {
        double taken = 0;
        for (Column& column : columns_) {
          if (column.fixed) continue;
          const double share = rest * column.need / needs;
          if (upper ? share <= column.natural : share >= column.least) continue;
          column.width = upper ? column.natural : column.least;
          column.fixed = true;
          taken += column.width;
          changed = true;
        }
        rest -= taken;
        if (changed) break;
      }
      if (!changed) {
        for (Column& column : columns_) {
          if (!column.fixed) column.width = rest * column.need / needs;
        }
        return;
      }
    }
    for (Column& column : columns_) {
      if (!column.fixed) column.width = column.least;
    }
  }

  // A page is short where its rows are low, and a row is as high as its highest cell. Width moves, a step at a time, from the column that
  // misses it least to the one whose cells make the most rows high. Cost: a bounded sample of rows in each of a bounded number of rounds.
  void Balance() {
    const size_t columns = columns_.size(), rows = fit_.cells.size() / columns;
    if (rows == 0 || columns < 2 || Sum() >= width_) return;
    double given = 0;
    for (const Column& column : columns_) given += column.width;
    columns_[Widest()].width += std::max(0.0, width_ - given);
    const size_t stride = (rows + kSampled - 1) / kSampled;
    std::vector<double> texts;   // twips of each cell in one line; the head is a row that stands on every page
    for (size_t i = 0; i < columns; ++i) {
      texts.push_back(fit_.Turned(i) ? 0 : std::max(InTwips(columns_[i].head.total, fit_.size), 1u) * 1.15);
    }
    for (size_t row = 0; row < rows; row += stride) {
      for (size_t i = 0; i < columns; ++i) texts.push_back(InTwips(fit_.cells[row * columns + i], fit_.size) * 1.1);
    }
    const size_t lines = texts.size() / columns;
    const double pad = 2.0 * fit_.margin;
    const auto height = [&](size_t row, size_t i, double width) { return texts[row * columns + i] / std::max(1.0, width - pad); };
    std::vector<double> gain(columns), loss(columns);
    double step = width_ * 0.04;
    for (int round = 0; round < kRounds && step > 20; ++round) {
      std::fill(gain.begin(), gain.end(), 0.0);
      std::fill(loss.begin(), loss.end(), 0.0);
      for (size_t row = 0; row < lines; ++row) {
        const double weight = row == 0 ? 1 + static_cast<double>(lines) / 12 : 1;
        double first = 1, second = 1;
        size_t highest = columns;
        for (size_t i = 0; i < columns; ++i) {
          const double now = height(row, i, columns_[i].width);
          if (now > first) {
            second = first;
            first = now;
            highest = i;
          } else {
            second = std::max(second, now);
          }
        }
        if (highest < columns) gain[highest] += weight * (first - std::max(second, height(row, highest, columns_[highest].width + step)));
        for (size_t i = 0; i < columns; ++i) loss[i] += weight * std::max(0.0, height(row, i, columns_[i].width - step) - first);
      }
      size_t to = columns, from = columns;
      for (size_t i = 0; i < columns; ++i) {
        if (!IsNumberColumn(table_, i) && (to == columns || gain[i] > gain[to])) to = i;
      }
      for (size_t i = 0; i < columns; ++i) {
        if (i != to && columns_[i].width - step >= columns_[i].least && (from == columns || loss[i] < loss[from])) from = i;
      }
      if (to == columns || from == columns || gain[to] <= loss[from] * 1.01) {
        step /= 2;
        continue;
      }
      columns_[to].width += step;
      columns_[from].width -= step;
    }
    Even();
  }

  size_t Widest() const {
    const auto wider = [](const Column& a, const Column& b) { return a.width < b.width; };
    return static_cast<size_t>(std::max_element(columns_.begin(), columns_.end(), wider) - columns_.begin());
  }

  // Columns of marks look better equally wide.
  void Even() {
    double sum = 0, least = 0;
    size_t count = 0;
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (!fit_.centred[i]) continue;
      sum += columns_[i].width;
      least = std::max(least, columns_[i].least);
      ++count;
    }
    if (count < 4 || sum / static_cast<double>(count) < least) return;
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (fit_.centred[i]) columns_[i].width = sum / static_cast<double>(count);
    }
  }

  // Whole twips that add up to the width; what nobody needs goes to all but the numbers.
  void Round() {
    double sum = 0, sharing = 0;
    for (size_t i = 0; i < columns_.size(); ++i) {
      sum += columns_[i].width;
      if (!IsNumberColumn(table_, i)) sharing += columns_[i].width;
    }
    const double spare = width_ - sum;
    for (size_t i = 0; i < columns_.size(); ++i) {
      Column& column = columns_[i];
      if (spare < 0) column.width *= width_ / sum;
      else if (sharing <= 0) column.width += spare / static_cast<double>(columns_.size());
      else if (!IsNumberColumn(table_, i)) column.width += spare * column.width / sharing;
    }
    uint32_t used = 0;
    size_t widest = 0;
    for (const Column& column : columns_) {
      fit_.widths.push_back(std::max<uint32_t>(1, static_cast<uint32_t>(column.width)));
      used += fit_.widths.back();
      if (fit_.widths.back() > fit_.widths[widest]) widest = fit_.widths.size() - 1;
    }
    if (used < width_) fit_.widths[widest] += width_ - used;
    if (!fit_.upright) return;
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (!fit_.centred[i]) continue;
      const uint32_t sides = 2 * fit_.margin + kAboveAndBelow;
      const uint32_t lines = std::max(1u, (fit_.widths[i] > sides ? fit_.widths[i] - sides : 1) / fit_.LineHeight());
      const uint32_t total = InTwips(columns_[i].head.total, fit_.size) * 11 / 10, word = InTwips(columns_[i].head.word, fit_.size);
      const uint32_t text = std::min(total, total / lines + (lines > 1 ? word : 0));   // a word that does not fit goes to the next line
      fit_.head_height = std::max(fit_.head_height, std::min(text + 290, kTallestHead));
    }
  }

  const Table& table_;
  const uint32_t width_;
  std::vector<Column> columns_;
  Fit fit_;
};

}  // namespace

std::vector<PrintedRow> PrintedRows(const std::vector<Row>& rows) {
  std::vector<PrintedRow> out;
  out.reserve(rows.size());
  Print(rows, 0, out);
  return out;
}

bool IsNumberColumn(const Table& table, size_t column) { return table.columns[column].id == "number"; }

uint32_t Fit::Lines(size_t column, uint32_t total) const {
  const uint32_t inner = widths[column] > 2 * margin ? widths[column] - 2 * margin : 1;
  return (InTwips(total, size) * 11 / 10 + inner - 1) / inner;   // ends of lines stay empty
}

Fit FitColumns(const Table& table, uint32_t width) { return Fitter(table, width).Run(); }

}  // namespace ordo::office

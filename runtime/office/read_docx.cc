// Word documents (ECMA-376 part 1, 17): tables and the paragraphs between them, in the order of the text. Wrappers (content controls,
// links, smart tags, insertions) are looked through; what was deleted or struck out, hidden text, text boxes and old properties are
// passed over. Nested tables give their text to the cell that holds them.
#include <limits>

#include "fmt/format.h"
#include "runtime/office/readers.h"
#include "runtime/office/xml_stream.h"

namespace ordo::office {
namespace {

enum class El : uint8_t {
  kOther, kBody, kParagraph, kParagraphProps, kRun, kRunProps, kText, kTab, kBreak, kHyphen, kStruck, kTable, kRow, kRowProps, kHeader,
  kBefore, kCell, kCellProps, kSpan, kMergeDown, kMergeRight, kDeleted, kBookmark, kSkipped,
};

El ElementOf(std::string_view name) {
  static const absl::flat_hash_map<std::string_view, El> elements = {
      {"body", El::kBody},       {"p", El::kParagraph},        {"pPr", El::kParagraphProps}, {"r", El::kRun},
      {"rPr", El::kRunProps},    {"t", El::kText},             {"m:r", El::kRun},            {"m:t", El::kText},
      {"tab", El::kTab},         {"ptab", El::kTab},           {"br", El::kBreak},           {"cr", El::kBreak},
      {"noBreakHyphen", El::kHyphen}, {"strike", El::kStruck}, {"dstrike", El::kStruck},     {"vanish", El::kStruck},
      {"tbl", El::kTable},       {"tr", El::kRow},             {"trPr", El::kRowProps},      {"tblHeader", El::kHeader},
      {"gridBefore", El::kBefore}, {"tc", El::kCell},          {"tcPr", El::kCellProps},     {"gridSpan", El::kSpan},
      {"vMerge", El::kMergeDown}, {"hMerge", El::kMergeRight}, {"del", El::kDeleted},        {"bookmarkStart", El::kBookmark},
      {"moveFrom", El::kSkipped}, {"txbxContent", El::kSkipped}, {"mc:Fallback", El::kSkipped}, {"rt", El::kSkipped},
      {"rPrChange", El::kSkipped}, {"pPrChange", El::kSkipped}, {"trPrChange", El::kSkipped}, {"tcPrChange", El::kSkipped},
      {"tblPrChange", El::kSkipped}, {"tblGridChange", El::kSkipped}, {"tblPrExChange", El::kSkipped}, {"sectPrChange", El::kSkipped},
  };
  const auto at = elements.find(name);
  return at == elements.end() ? El::kOther : at->second;
}

struct RawCell {
  std::string text;
  uint64_t start = 0;      // column of the table's own grid
  uint64_t span = 1;
  bool merged = false;     // part of a vertical merge
  bool goes_on = false;    // below its first cell
};

struct RawRow {
  std::vector<RawCell> cells;
  std::string bookmark;
  uint64_t before = 0;     // columns of the grid left out in front
  size_t number = 0;
  bool header = false;
  bool deleted = false;
};

class WordReader final : public XmlStream {
 public:
  WordReader(const ReadLimits& limits, GridFile& out) : limits_(limits), budget_(limits), out_(out) {}

  void Finish() { out_.after = std::move(loose_); }

 private:
  El Parent() const { return stack_.empty() ? El::kOther : stack_.back(); }
  bool InTable() const { return tables_ == 1; }   // of the outermost table's own rows and cells

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (skipped_ > 0) {
      ++skipped_;
      return;
    }
    El element = ElementOf(name);
    switch (element) {
      case El::kSkipped: skipped_ = 1; return;
      case El::kDeleted:
        if (Parent() == El::kRowProps && InTable()) row_.deleted = true;
        if (Parent() == El::kRunProps && Grandparent() == El::kParagraphProps) joined_ = true;
        skipped_ = 1;
        return;
      case El::kParagraph: paragraph_.clear(); joined_ = false; break;
      case El::kRun: hidden_ = false; break;
      case El::kStruck:
        if (Parent() == El::kRunProps && Grandparent() == El::kRun && attributes.On()) hidden_ = true;
        break;
      case El::kTab: Put("\t"); break;
      case El::kBreak: Put("\n"); break;
      case El::kHyphen: Put("-"); break;
      case El::kTable:
        if (++tables_ == 1) BeginTable();
        break;
      case El::kRow:
        if (InTable()) BeginRow();
        break;
      case El::kHeader:
        if (Parent() == El::kRowProps && InTable()) row_.header = attributes.On();
        break;
      case El::kBefore:
        if (Parent() == El::kRowProps && InTable()) row_.before = attributes.Number("val", 0);
        break;
      case El::kCell:
        if (InTable()) BeginCell();
        break;
      case El::kSpan:
        if (Parent() == El::kCellProps && InTable()) cell_.span = std::clamp<uint64_t>(attributes.Number("val", 1), 1, 1 << 20);
        break;
      case El::kMergeDown:
        if (Parent() == El::kCellProps && InTable()) {
          cell_.merged = true;
          cell_.goes_on = attributes.Get("val") != "restart";
        }
        break;
      case El::kMergeRight:
        if (Parent() == El::kCellProps && InTable()) right_ = attributes.Get("val") != "restart";
        break;
      case El::kBookmark: TakeBookmark(attributes.Get("name")); break;
      default: break;
    }
    stack_.push_back(element);
  }

  void End(std::string_view) override {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    const El element = stack_.back();
    stack_.pop_back();
    switch (element) {
      case El::kParagraph: EndParagraph(); break;
      case El::kCell:
        if (InTable()) EndCell();
        break;
      case El::kRow:
        if (InTable()) EndRow();
        break;
      case El::kTable:
        if (tables_-- == 1) EndTable();
        break;
      default: break;
    }
  }

  void Text(std::string_view text) override {
    if (skipped_ == 0 && Parent() == El::kText && Grandparent() == El::kRun && !hidden_) paragraph_ += text;
  }

  El Grandparent() const { return stack_.size() < 2 ? El::kOther : stack_[stack_.size() - 2]; }

  void Put(std::string_view text) {
    if (Parent() == El::kRun && !hidden_) paragraph_ += text;
  }

  void EndParagraph() {
    if (!budget_.Take(paragraph_.size() + 1)) return Stop(ReadFault::kTooLarge, "text");
    if (tables_ > 0) {
      if (!first_ && !glued_) cell_.text += '\n';
      cell_.text += paragraph_;
    } else if (glued_ && !loose_.empty()) {
      loose_.back() += paragraph_;
    } else if (const std::string_view text = Trimmed(paragraph_); !text.empty()) {
      loose_.emplace_back(text);
    }
    first_ = false;
    glued_ = joined_;   // its end was deleted: the next one goes on from here
    paragraph_.clear();
  }

  void BeginTable() {
    ++table_;
    rows_.clear();
    bookmark_.clear();
    row_number_ = 0;
    glued_ = false;
  }

  void BeginRow() {
    row_ = {};
    row_.number = ++row_number_;
    row_.bookmark = std::move(bookmark_);
    bookmark_.clear();
    column_ = 0;
    if (rows_.size() >= limits_.max_rows) Stop(ReadFault::kTooLarge, fmt::format("{} > {}", rows_.size() + 1, limits_.max_rows));
  }

  void BeginCell() {
    cell_ = {};
    right_ = false;
    first_ = true;
    glued_ = false;
  }

  void EndCell() {
    if (row_.cells.empty()) column_ = std::min<uint64_t>(row_.before, 1 << 20);
    if (right_ && !row_.cells.empty()) {
      row_.cells.back().span += cell_.span;
    } else {
      cell_.text = std::string(Trimmed(cell_.text));
      cell_.start = column_;
      row_.cells.push_back(std::move(cell_));
      if (++cells_ > limits_.max_cells) Stop(ReadFault::kTooLarge, fmt::format("{} > {}", cells_, limits_.max_cells));
    }
    column_ = row_.cells.back().start + row_.cells.back().span;
    cell_ = {};
  }

  void EndRow() {
    if (!row_.deleted) rows_.push_back(std::move(row_));
  }

  // A bookmark may stand between rows: then it is of the row that follows.
  void TakeBookmark(std::string_view name) {
    if (tables_ == 0 || !name.starts_with("_Ordo")) return;
    const bool inside = std::find(stack_.begin(), stack_.end(), El::kRow) != stack_.end();
    std::string& at = inside ? row_.bookmark : bookmark_;
    if (at.empty()) at = name;
  }

  void EndTable();

  const ReadLimits& limits_;
  TextBudget budget_;
  GridFile& out_;
  std::vector<El> stack_;
  size_t skipped_ = 0;      // elements open in what is passed over
  size_t tables_ = 0;       // open tables
  size_t table_ = 0;        // tables so far
  size_t row_number_ = 0;
  size_t cells_ = 0;
  uint64_t column_ = 0;
  std::vector<std::string> loose_;
  std::string paragraph_, bookmark_;
  bool hidden_ = false;     // the run at hand is struck out or hidden
  bool joined_ = false;     // the end of the paragraph at hand was deleted
  bool glued_ = false;      // that of the one before
  bool first_ = true;       // no paragraph of the cell yet
  bool right_ = false;      // the cell goes on from its left
  RawCell cell_;
  RawRow row_;
  std::vector<RawRow> rows_;
};

// A cell as one a column: columns are the places at which some cell begins, so that a layout grid with hair-thin columns does not count.
void WordReader::EndTable() {
  Grid grid;
  grid.before = std::move(loose_);
  loose_.clear();
  std::vector<uint64_t> starts;
  for (const RawRow& row : rows_) {
    for (const RawCell& cell : row.cells) starts.push_back(cell.start);
  }
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  grid.columns = starts.size();
  if (grid.columns != 0 && rows_.size() > limits_.max_cells / grid.columns) {
    return Stop(ReadFault::kTooLarge, fmt::format("{} x {} > {}", rows_.size(), grid.columns, limits_.max_cells));
  }
  const auto column_of = [&](uint64_t start) {
    return static_cast<size_t>(std::lower_bound(starts.begin(), starts.end(), start) - starts.begin());
  };
  constexpr size_t kNone = std::numeric_limits<size_t>::max();
  std::vector<size_t> open(grid.columns, kNone);   // row in which the vertical merge of a column began
  for (RawRow& raw : rows_) {
    GridRow row;
    row.cells.resize(grid.columns);
    row.bookmark = std::move(raw.bookmark);
    row.header = raw.header;
    row.place = fmt::format("bảng {}, hàng {}", table_, raw.number);
    row.table = table_;
    row.line = raw.number;
    const size_t here = grid.rows.size();
    for (RawCell& from : raw.cells) {
      const size_t column = column_of(from.start), span = column_of(from.start + from.span) - column;
      GridCell& cell = row.cells[column];
      const size_t above = from.goes_on ? open[column] : kNone;
      if (above != kNone && grid.rows[above].cells[column].column_span == span) {
        GridCell& first = grid.rows[above].cells[column];
        ++first.row_span;
        cell.text = first.text;
        cell.covered = true;
      } else {
        open[column] = from.merged ? here : kNone;
        cell.text = std::move(from.text);
        cell.column_span = static_cast<uint32_t>(span);
      }
      for (size_t beside = column + 1; beside < column + span; ++beside) {
        row.cells[beside].covered = true;
        row.cells[beside].text = cell.text;
        open[beside] = kNone;
      }
      if (!budget_.Take(cell.text.size() * (span - (cell.covered ? 0 : 1)))) return Stop(ReadFault::kTooLarge, "text");
    }
    grid.rows.push_back(std::move(row));
  }
  rows_.clear();
  out_.grids.push_back(std::move(grid));
}

}  // namespace

absl::StatusOr<GridFile> ReadWord(const Parts& parts, const ReadLimits& limits) {
  GridFile file;
  file.kind = GridFile::Kind::kWord;
  WordReader reader(limits, file);
  const absl::Status status = reader.Parse("word/document.xml", parts.at("word/document.xml"));
  if (!status.ok()) return status;
  reader.Finish();
  if (auto marks = FindMarks(parts); marks.ok() && *marks) file.marks = **std::move(marks);   // spoilt ones are as good as none
  return file;
}

}  // namespace ordo::office

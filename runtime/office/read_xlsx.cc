// Excel workbooks (ECMA-376 part 1, 18): visible sheets in the order of the workbook. A sheet is read as a stream; only cells with a
// text are kept, then rows and columns without any are left out, a run of empty rows inside being one.
#include <limits>

#include "fmt/format.h"
#include "runtime/office/excel_values.h"
#include "runtime/office/readers.h"
#include "runtime/office/xml_stream.h"

namespace ordo::office {
namespace {

constexpr uint64_t kLastRow = 1'048'576, kLastColumn = 16'384;

// «_x000D_» stands for a character that XML cannot hold (22.9.2.19). Control characters are dropped, line feeds and tabs kept.
std::string Unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' && i + 7 <= text.size() && text[i + 1] == 'x' && text[i + 6] == '_' &&
        text.substr(i + 2, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos) {
      const unsigned long code = std::stoul(std::string(text.substr(i + 2, 4)), nullptr, 16);
      if (code == 0x5F) out += '_';
      if (code == '\n' || code == '\t') out += static_cast<char>(code);
      if (code < 0x20 || code == 0x5F) {
        i += 6;
        continue;
      }
    }
    if (text[i] != '\r') out += text[i];
  }
  return out;
}

// «B3»: column and row from 1; false: not a place.
bool ParsePlace(std::string_view text, uint64_t& column, uint64_t& row) {
  column = row = 0;
  size_t i = 0;
  for (; i < text.size() && ((text[i] >= 'A' && text[i] <= 'Z') || text[i] == '$'); ++i) {
    if (text[i] == '$') continue;
    column = column * 26 + static_cast<uint64_t>(text[i] - 'A' + 1);
    if (column > kLastColumn) return false;
  }
  for (; i < text.size(); ++i) {
    if (text[i] == '$') continue;
    if (text[i] < '0' || text[i] > '9') return false;
    row = row * 10 + static_cast<uint64_t>(text[i] - '0');
    if (row > kLastRow) return false;
  }
  return column > 0 && row > 0;
}

class Strings final : public XmlStream {
 public:
  explicit Strings(const ReadLimits& limits) : limits_(limits) {}
  std::vector<std::string> texts;

 private:
  void Start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") texts.emplace_back();
    if (name == "rPh") ++phonetic_;
    in_text_ = name == "t" && phonetic_ == 0 && !texts.empty();
    if (texts.size() > limits_.max_cells) Stop(ReadFault::kTooLarge, fmt::format("{} > {}", texts.size(), limits_.max_cells));
  }
  void End(std::string_view name) override {
    if (name == "rPh" && phonetic_ > 0) --phonetic_;
    if (name == "si" && !texts.empty()) texts.back() = Unescaped(texts.back());
    in_text_ = false;
  }
  void Text(std::string_view text) override {
    if (in_text_) texts.back() += text;
  }

  const ReadLimits& limits_;
  size_t phonetic_ = 0;
  bool in_text_ = false;
};

class Styles final : public XmlStream {
 public:
  std::vector<NumberStyle> styles;   // by the index that cells name

 private:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    constexpr size_t kMost = 100'000;   // Excel allows 65,490
    if (name == "numFmt") codes_[attributes.Number("numFmtId", 0)] = attributes.Get("formatCode");
    if (name == "cellXfs") inside_ = true;
    if (name != "xf" || !inside_) return;
    const uint64_t id = attributes.Number("numFmtId", 0);
    const auto code = codes_.find(id);
    styles.push_back(StyleOf(id, code == codes_.end() ? std::string_view() : code->second));
    if (styles.size() > kMost || codes_.size() > kMost) Stop(ReadFault::kTooLarge, "xf");
  }
  void End(std::string_view name) override {
    if (name == "cellXfs") inside_ = false;
  }

  absl::flat_hash_map<uint64_t, std::string> codes_;
  bool inside_ = false;
};

class Relations final : public XmlStream {
 public:
  absl::flat_hash_map<std::string, std::string> targets;

 private:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return;
    std::string target(attributes.Get("Target"));
    target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    targets[std::string(attributes.Get("Id"))] = std::move(target);
  }
  void End(std::string_view) override {}
};

struct SheetName {
  std::string name, relation;
  bool hidden = false;
  uint64_t first_repeated = 0, last_repeated = 0;   // rows printed on each page
};

class Workbook final : public XmlStream {
 public:
  std::vector<SheetName> sheets;
  bool since_1904 = false;

 private:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") since_1904 = attributes.Get("date1904") == "1" || attributes.Get("date1904") == "true";
    if (name == "sheet") {
      const std::string_view state = attributes.Get("state");
      sheets.push_back({std::string(attributes.Get("name")), std::string(attributes.Get("id")), state == "hidden" || state == "veryHidden"});
      if (sheets.size() > 10'000) Stop(ReadFault::kTooLarge, "sheet");
    }
    titles_of_ = std::numeric_limits<uint64_t>::max();
    if (name == "definedName" && attributes.Get("name") == "_xlnm.Print_Titles") {
      titles_of_ = attributes.Number("localSheetId", titles_of_);
      text_.clear();
    }
  }
  // «'Biểu 1'!$A:$B,'Biểu 1'!$4:$5»
  void End(std::string_view name) override {
    if (name != "definedName" || titles_of_ >= sheets.size()) return;
    const size_t at = text_.rfind('!');
    if (at == std::string::npos) return;
    std::string rows = text_.substr(at + 1);
    std::erase(rows, '$');
    unsigned first = 0, last = 0;
    if (std::sscanf(rows.c_str(), "%7u:%7u", &first, &last) != 2) return;
    sheets[titles_of_].first_repeated = first;
    sheets[titles_of_].last_repeated = last;
  }
  void Text(std::string_view text) override {
    if (titles_of_ < sheets.size()) text_ += text;
  }

  uint64_t titles_of_ = std::numeric_limits<uint64_t>::max();
  std::string text_;
};

struct Merge {
  uint64_t left = 0, top = 0, right = 0, bottom = 0;
};

struct KeptRow {
  uint64_t number = 0;
  std::vector<std::pair<uint64_t, GridCell>> cells;   // by column
};

class Sheet final : public XmlStream {
 public:
  Sheet(const std::vector<std::string>& strings, const std::vector<NumberStyle>& styles, bool since_1904, const ReadLimits& limits, TextBudget& budget)
      : strings_(strings), styles_(styles), since_1904_(since_1904), limits_(limits), budget_(budget) {}

  std::vector<KeptRow> rows;
  std::vector<Merge> merges;
  uint64_t frozen = 0;   // rows that stay on top

 private:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    in_value_ = in_text_ = false;
    if (name == "row") {
      const uint64_t number = attributes.Number("r", row_ + 1);
      if (number <= row_ || number > kLastRow) return Stop(ReadFault::kBroken, "row");
      row_ = number;
      column_ = 0;
    } else if (name == "c") {
      BeginCell(attributes);
    } else if (name == "v") {
      in_value_ = in_cell_;
    } else if (name == "f") {
      cell_.formula = true;
    } else if (name == "rPh") {
      ++phonetic_;
    } else if (name == "t") {
      in_text_ = in_cell_ && phonetic_ == 0 && type_ == "inlineStr";
    } else if (name == "pane" && attributes.Get("state").starts_with("frozen")) {
      frozen = std::min(attributes.Number("ySplit", 0), kLastRow);
    } else if (name == "mergeCell") {
      TakeMerge(attributes.Get("ref"));
    }
  }

  void End(std::string_view name) override {
    in_value_ = in_text_ = false;
    if (name == "rPh" && phonetic_ > 0) --phonetic_;
    if (name == "c") EndCell();
  }

  void Text(std::string_view text) override {
    if (in_value_ || in_text_) value_ += text;
  }

  void BeginCell(const XmlAttributes& attributes) {
    uint64_t column = column_ + 1, row = row_;
    if (const std::string_view place = attributes.Get("r"); !place.empty() && (!ParsePlace(place, column, row) || row != row_)) {
      return Stop(ReadFault::kBroken, "c");
    }
    if (column <= column_ || column > kLastColumn || row_ == 0) return Stop(ReadFault::kBroken, "c");
    column_ = column;
    in_cell_ = true;
    type_ = attributes.Get("t");
    style_ = attributes.Number("s", 0);
    value_.clear();
    cell_ = {};
  }

  void EndCell() {
    if (!in_cell_) return;
    in_cell_ = false;
    if (type_ == "s") {
      uint64_t index = 0;
      for (const char c : value_) index = c >= '0' && c <= '9' ? std::min<uint64_t>(index * 10 + static_cast<uint64_t>(c - '0'), 1 << 30) : index;
      if (value_.empty()) return;
      if (index >= strings_.size()) return Stop(ReadFault::kBroken, "c");
      cell_.text = strings_[index];
    } else if (type_ == "b") {
      cell_.text = value_ == "1" || value_ == "true" ? "TRUE" : "FALSE";
    } else if (type_ == "str" || type_ == "inlineStr") {
      cell_.text = Unescaped(value_);
    } else if (type_ == "e") {
      cell_.text = value_;
    } else if (type_ == "d") {
      cell_.day = ParseIsoDate(std::string_view(value_).substr(0, 10));
      cell_.text = cell_.day ? cell_.day->ToString(Language::kVietnamese) : value_;
    } else if (auto shown = Shown(value_, style_ < styles_.size() ? styles_[style_] : NumberStyle(), since_1904_)) {
      cell_.text = std::move(shown->text);
      cell_.number = shown->number;
      cell_.day = shown->day;
    } else {
      cell_.text = value_;
    }
    if (Trimmed(cell_.text).empty()) return;
    if (!budget_.Take(cell_.text.size())) return Stop(ReadFault::kTooLarge, "text");
    if (++cells_ > limits_.max_cells) return Stop(ReadFault::kTooLarge, fmt::format("{} > {}", cells_, limits_.max_cells));
    if (rows.empty() || rows.back().number != row_) {
      if (rows.size() >= limits_.max_rows) return Stop(ReadFault::kTooLarge, fmt::format("{} > {}", rows.size() + 1, limits_.max_rows));
      rows.push_back({row_, {}});
    }
    rows.back().cells.emplace_back(column_, std::move(cell_));
  }

  void TakeMerge(std::string_view ref) {
    Merge merge;
    const size_t colon = ref.find(':');
    if (colon == std::string_view::npos) return;
    if (!ParsePlace(ref.substr(0, colon), merge.left, merge.top) || !ParsePlace(ref.substr(colon + 1), merge.right, merge.bottom) ||
        merge.right < merge.left || merge.bottom < merge.top) {
      return Stop(ReadFault::kBroken, "mergeCell");
    }
    if (merges.size() >= limits_.max_cells) return Stop(ReadFault::kTooLarge, "mergeCell");
    merges.push_back(merge);
  }

  const std::vector<std::string>& strings_;
  const std::vector<NumberStyle>& styles_;
  const bool since_1904_;
  const ReadLimits& limits_;
  TextBudget& budget_;
  uint64_t row_ = 0, column_ = 0, style_ = 0;
  size_t phonetic_ = 0, cells_ = 0;
  std::string type_, value_;
  GridCell cell_;
  bool in_cell_ = false, in_value_ = false, in_text_ = false;
};

std::string ColumnName(uint64_t column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

// Texts under a merge become that of its first cell. Work is bounded by the cells that are there: merges may not overlap.
absl::Status Cover(const Sheet& sheet, const std::vector<uint64_t>& columns, const std::vector<uint64_t>& numbers, TextBudget& budget, Grid& grid) {
  for (const Merge& merge : sheet.merges) {
    const auto left = static_cast<size_t>(std::lower_bound(columns.begin(), columns.end(), merge.left) - columns.begin());
    const auto right = static_cast<size_t>(std::upper_bound(columns.begin(), columns.end(), merge.right) - columns.begin());
    const auto top = static_cast<size_t>(std::lower_bound(numbers.begin(), numbers.end(), merge.top) - numbers.begin());
    const auto bottom = static_cast<size_t>(std::upper_bound(numbers.begin(), numbers.end(), merge.bottom) - numbers.begin());
    if (left >= right || top >= bottom) continue;
    const bool has_first = columns[left] == merge.left && numbers[top] == merge.top;
    GridCell& first = grid.rows[top].cells[left];
    if (!has_first || first.covered) continue;   // an empty cell in front, or merges that overlap
    first.column_span = static_cast<uint32_t>(right - left);
    first.row_span = static_cast<uint32_t>(bottom - top);
    for (size_t row = top; row < bottom; ++row) {
      for (size_t column = left; column < right; ++column) {
        if (row == top && column == left) continue;
        GridCell& cell = grid.rows[row].cells[column];
        if (cell.covered) return Refused(ReadFault::kBroken, fmt::format("{}: mergeCell", grid.name));
        if (!budget.Take(first.text.size())) return Refused(ReadFault::kTooLarge, grid.name);
        cell = GridCell{};
        cell.text = first.text;
        cell.covered = true;
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Grid> AsGrid(Sheet& sheet, const SheetName& name, const ReadLimits& limits, TextBudget& budget) {
  Grid grid;
  grid.name = name.name;
  std::vector<uint64_t> columns, numbers;
  for (const KeptRow& row : sheet.rows) {
    for (const auto& [column, cell] : row.cells) columns.push_back(column);
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  grid.columns = columns.size();
  if (grid.columns != 0 && 2 * sheet.rows.size() > limits.max_cells / grid.columns) {
    return Refused(ReadFault::kTooLarge, fmt::format("{}: {} x {} > {}", name.name, sheet.rows.size(), grid.columns, limits.max_cells));
  }
  const std::string first = columns.empty() ? "A" : ColumnName(columns.front());
  const auto add = [&](uint64_t number) -> GridRow& {
    GridRow row;
    row.cells.resize(grid.columns);
    row.header = number <= sheet.frozen || (number >= name.first_repeated && number <= name.last_repeated);
    row.place = fmt::format("{}!{}{}", name.name, first, number);
    numbers.push_back(number);
    return grid.rows.emplace_back(std::move(row));
  };
  for (KeptRow& kept : sheet.rows) {
    if (!numbers.empty() && kept.number > numbers.back() + 1) add(numbers.back() + 1);
    GridRow& row = add(kept.number);
    size_t at = 0;
    for (auto& [column, cell] : kept.cells) {
      while (columns[at] != column) ++at;
      row.cells[at] = std::move(cell);
    }
  }
  if (const absl::Status status = Cover(sheet, columns, numbers, budget, grid); !status.ok()) return status;
  return grid;
}

}  // namespace

absl::StatusOr<GridFile> ReadExcel(const Parts& parts, const ReadLimits& limits) {
  const auto read = [&](std::string_view name, XmlStream& stream) {
    const auto part = parts.find(std::string(name));
    return part == parts.end() ? absl::OkStatus() : stream.Parse(name, part->second);
  };
  GridFile file;
  file.kind = GridFile::Kind::kExcel;
  Workbook workbook;
  Relations relations;
  Strings strings(limits);
  Styles styles;
  for (const absl::Status& status : {read("xl/workbook.xml", workbook), read("xl/_rels/workbook.xml.rels", relations),
                                     read("xl/sharedStrings.xml", strings), read("xl/styles.xml", styles)}) {
    if (!status.ok()) return status;
  }
  TextBudget budget(limits);
  absl::flat_hash_set<std::string> seen;
  for (const SheetName& name : workbook.sheets) {
    const auto target = relations.targets.find(name.relation);
    if (target == relations.targets.end()) return Refused(ReadFault::kBroken, fmt::format("xl/workbook.xml: {}", name.name));
    const auto part = parts.find(target->second);
    if (part == parts.end()) continue;   // a sheet that is a chart
    if (name.hidden) {
      file.skipped.push_back(name.name);
      continue;
    }
    // Each part is one sheet: many names for a large one would be read as often.
    if (!seen.insert(part->first).second) return Refused(ReadFault::kBroken, fmt::format("xl/workbook.xml: {}", name.name));
    Sheet sheet(strings.texts, styles.styles, workbook.since_1904, limits, budget);
    if (const absl::Status status = sheet.Parse(part->first, part->second); !status.ok()) return status;
    auto grid = AsGrid(sheet, name, limits, budget);
    if (!grid.ok()) return grid.status();
    file.grids.push_back(*std::move(grid));
  }
  return file;
}

}  // namespace ordo::office

// In: tables. Out: a workbook. Text is always written as a string; what a cell keeps as a day or a number is written as that, with a
// format that shows the very text of the table. Never: a formula, a link, the time of day.
#include "runtime/office/xlsx.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/diag/emitter.h"
#include "runtime/report/render.h"

namespace ordo::office {
namespace {

using report::Cell;
using report::Row;
using report::Table;

constexpr size_t kMostUnits = 32'767;      // of a cell, in UTF-16 units
constexpr size_t kPiece = 32'000;          // of a long text
constexpr size_t kMostColumns = 16'384, kMostRows = 1'048'576;
constexpr double kNarrow = 6, kWide = 48;  // widths of columns, in characters
constexpr double kLine = 15;               // height of a line, in points

size_t UnitsOf(std::string_view text) {
  size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}
// The longest beginning of at most `most` units.
size_t CutAt(std::string_view text, size_t most) {
  size_t units = 0, at = 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    units += length == 4 ? 2 : 1;
    if (units > most) break;
    at += length;
  }
  return std::min(at, text.size());
}
// What XML cannot hold is a blank.
std::string Clean(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\n' && c != '\t') c = ' ';
  }
  return out;
}

enum Look : uint8_t { kBody, kIndented, kHead, kGroup, kTotal, kTitle, kSubtitle };

class Book {
 public:
  Book(lxw_workbook* book, Language language) : book_(book), language_(language) {
    lxw_doc_properties properties{};
    properties.created = 946'684'800;   // a day that is always the same
    workbook_set_properties(book_, &properties);
  }

  absl::Status Add(const Table& table) {
    if (table.columns.size() > kMostColumns) return absl::ResourceExhaustedError("too many columns for a sheet");
    name_ = SheetName(table.title.empty() ? table.id : table.title);
    sheet_ = workbook_add_worksheet(book_, name_.c_str());
    if (sheet_ == nullptr) return absl::InternalError(("sheet " + name_).c_str());
    table_ = &table;
    last_ = static_cast<lxw_col_t>(table.columns.empty() ? 0 : table.columns.size() - 1);
    Widths();
    line_ = 0;
    if (!table.title.empty()) Across(Clean(table.title), kTitle);
    if (!table.subtitle.empty()) Across(Clean(table.subtitle), kSubtitle);
    if (line_ > 0) ++line_;
    const lxw_row_t head = line_;
    double lines = 1;
    for (lxw_col_t i = 0; i < table.columns.size(); ++i) {
      lines = std::max(lines, Lines(table.columns[i].title, WidthOf(i)));
      String(i, table.columns[i].title, Format(kHead, false, ""));
    }
    worksheet_set_row(sheet_, line_, std::min(400.0, lines * kLine + 6), nullptr);
    ++line_;
    for (const report::Group& group : table.groups) {
      if (report::HasHeading(group)) GroupRow(group);
      for (const Row& row : group.rows) Line(row, kBody);
    }
    const lxw_row_t end = line_ - 1;
    if (table.totals) Line(*table.totals, kTotal);
    if (line_ >= kMostRows) return absl::ResourceExhaustedError("too many rows for a sheet");
    if (!table.columns.empty() && end > head) worksheet_autofilter(sheet_, head, 0, end, last_);
    worksheet_freeze_panes(sheet_, head + 1, 0);
    worksheet_repeat_rows(sheet_, head, head);
    worksheet_set_paper(sheet_, 9);   // A4
    if (table.landscape) worksheet_set_landscape(sheet_);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_margins(sheet_, 0.6, 0.6, 0.8, 0.8);
    worksheet_set_footer(sheet_, "&C&P/&N");
    return absl::OkStatus();
  }

  // What was too long for its cell, in pieces under each other.
  absl::Status Finish() {
    if (rest_.empty()) return absl::OkStatus();
    sheet_ = workbook_add_worksheet(book_, long_name_.c_str());
    if (sheet_ == nullptr) return absl::InternalError(("sheet " + long_name_).c_str());
    worksheet_set_column(sheet_, 0, 0, 30, nullptr);
    worksheet_set_column(sheet_, 1, 1, 100, nullptr);
    line_ = 0;
    String(0, Say(Phrase::kLongTextOf, language_), Format(kHead, false, ""));
    String(1, Say(Phrase::kColumnTitle, language_), Format(kHead, false, ""));
    for (const auto& [place, text] : rest_) {
      ++line_;
      String(0, place, Format(kBody, false, ""));
      String(1, text, Format(kBody, false, ""));
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    return absl::OkStatus();
  }

  bool failed() const { return failed_; }

 private:
  // At most 31 units, none of []:*?/\, no apostrophe at an end, unlike any other whatever the case.
  std::string SheetName(std::string_view wanted) {
    std::string safe;
    for (const char c : Clean(ToNfc(wanted))) safe += std::string_view("[]:*?/\\\n\t").find(c) == std::string_view::npos ? c : ' ';
    const auto trim = [](std::string text) {
      while (!text.empty() && (text.front() == '\'' || text.front() == ' ')) text.erase(text.begin());
      while (!text.empty() && (text.back() == '\'' || text.back() == ' ')) text.pop_back();
      return text;
    };
    safe = trim(safe);
    if (safe.empty() || FoldName(safe) == "history") safe = "_" + safe;
    std::string name = trim(safe.substr(0, CutAt(safe, 31)));
    for (size_t n = 2; !names_.insert(FoldName(name)).second; ++n) {
      const std::string suffix = fmt::format(" ({})", n);
      name = trim(safe.substr(0, CutAt(safe, 31 - suffix.size()))) + suffix;
    }
    return name;
  }

  lxw_format* Format(Look look, bool right, const std::string& number) {
    auto& format = formats_[{look, right, number}];
    if (format != nullptr) return format;
    format = workbook_add_format(book_);
    format_set_font_name(format, "Times New Roman");
    format_set_font_size(format, look == kTitle ? 14 : 11);
    format_set_text_wrap(format);
    format_set_align(format, look == kHead ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
    if (look == kHead || look == kTitle || look == kSubtitle) format_set_align(format, LXW_ALIGN_CENTER);
    else if (right) format_set_align(format, LXW_ALIGN_RIGHT);
    else format_set_align(format, LXW_ALIGN_LEFT);
    if (look == kIndented) format_set_indent(format, 1);
    if (look != kTitle && look != kSubtitle) format_set_border(format, LXW_BORDER_THIN);
    if (look == kHead || look == kGroup || look == kTotal || look == kTitle) format_set_bold(format);
    if (look == kSubtitle) format_set_italic(format);
    if (look == kHead || look == kGroup) format_set_bg_color(format, 0xEEF1F4);
    if (!number.empty()) format_set_num_format(format, number.c_str());
    return format;
  }

  void Keep(lxw_error error) { failed_ |= error != LXW_NO_ERROR; }

  void String(lxw_col_t column, std::string_view text, lxw_format* format) {
    if (text.empty()) return Keep(worksheet_write_blank(sheet_, line_, column, format));
    const std::string clean = Clean(text);
    if (UnitsOf(clean) <= kMostUnits) return Keep(worksheet_write_string(sheet_, line_, column, clean.c_str(), format));
    if (long_name_.empty()) long_name_ = SheetName(Say(Phrase::kLongTexts, language_));
    size_t at = CutAt(clean, kPiece);
    const std::string mark = Say(Phrase::kLongTextGoesOn, language_, {long_name_, fmt::to_string(rest_.size() + 2)});
    Keep(worksheet_write_string(sheet_, line_, column, (clean.substr(0, at) + mark).c_str(), format));
    char cell[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell(cell, line_, column);
    while (at < clean.size()) {
      const size_t length = CutAt(std::string_view(clean).substr(at), kPiece);
      if (length == 0) break;
      rest_.push_back({fmt::format("{} {}", name_, cell), clean.substr(at, length)});
      at += length;
    }
  }

  double WidthOf(size_t column) const { return column < widths_.size() ? widths_[column] : kNarrow; }
  double Lines(std::string_view text, double width) const {
    double lines = 0;
    while (true) {
      const size_t end = text.find('\n');
      lines += std::max(1.0, std::ceil(static_cast<double>(DisplayWidth(text.substr(0, end))) / std::max(1.0, width)));
      if (end == std::string_view::npos) return lines;
      text.remove_prefix(end + 1);
    }
  }
  // Not every program fits the height of a row to its text when it opens a file, and none that of merged cells: it is reckoned here.
  void Across(const std::string& text, Look look) {
    double width = 0;
    for (size_t i = 0; i <= last_; ++i) width += WidthOf(i);
    lxw_format* format = Format(look, false, "");
    if (last_ > 0) Keep(worksheet_merge_range(sheet_, line_, 0, line_, last_, "", format));
    String(0, text, format);
    worksheet_set_row(sheet_, line_, std::min(400.0, Lines(text, width) * (look == kTitle ? 19 : kLine) + 3), nullptr);
    ++line_;
  }

  void GroupRow(const report::Group& group) {
    const std::vector<Cell> cells = report::GroupCells(*table_, group);
    lxw_format* format = Format(kGroup, false, "");
    const lxw_col_t first = cells.size() > 1 && table_->columns[0].id == "number" ? 1 : 0;
    if (cells.empty()) return;
    if (first == 1) String(0, cells[0].text, format);
    double width = 0;
    for (size_t i = first; i <= last_; ++i) width += WidthOf(i);
    if (last_ > first) Keep(worksheet_merge_range(sheet_, line_, first, line_, last_, "", format));
    String(first, cells[first].text, format);
    worksheet_set_row(sheet_, line_, std::min(400.0, Lines(cells[first].text, width) * kLine + 3), nullptr);
    ++line_;
  }

  void Line(const Row& row, Look look) {
    double lines = 1;
    for (lxw_col_t i = 0; i <= last_ && i < table_->columns.size(); ++i) {
      static const Cell kEmpty;
      if (i < row.cells.size()) lines = std::max(lines, Lines(std::string_view(row.cells[i].text).substr(0, 4000), WidthOf(i)));
      Value(i, i < row.cells.size() ? row.cells[i] : kEmpty, look == kIndented && table_->columns[i].id != "title" ? kBody : look);
    }
    worksheet_set_row(sheet_, line_, std::min(400.0, lines * kLine + 3), nullptr);
    ++line_;
    for (const Row& sub : row.rows) Line(sub, kIndented);
  }

  void Value(lxw_col_t column, const Cell& cell, Look look) {
    const report::TableColumnText& of = table_->columns[column];
    const bool right = of.numeric && of.id != "number";
    if (cell.day) {
      const Ymd at = cell.day->ymd();
      if (at.year >= 1900) {   // the first day that a spreadsheet knows
        lxw_datetime day{at.year, at.month, at.day, 0, 0, 0};
        return Keep(worksheet_write_datetime(sheet_, line_, column, &day,
                                             Format(look, right, language_ == Language::kVietnamese ? "dd/mm/yyyy" : "yyyy-mm-dd")));
      }
    }
    if (cell.number) {
      if (const auto format = NumberFormat(cell.text, *cell.number)) {
        const double value = static_cast<double>(cell.number->mantissa()) / std::pow(10.0, cell.number->scale());
        return Keep(worksheet_write_number(sheet_, line_, column, value, Format(look, true, *format)));
      }
    }
    if (of.id == "number" && !cell.text.empty() && cell.text.size() <= 9 && (cell.text[0] != '0' || cell.text.size() == 1) &&
        cell.text.find_first_not_of("0123456789") == std::string::npos) {
      return Keep(worksheet_write_number(sheet_, line_, column, std::stod(cell.text), Format(look, false, "0")));
    }
    String(column, cell.text, Format(look, right, ""));
  }

  // The format that shows `number` as `text` does; nullopt where there is none, or where a double would not hold it exactly.
  std::optional<std::string> NumberFormat(std::string_view text, Decimal number) const {
    if (std::abs(number.mantissa()) > 999'999'999'999'999) return std::nullopt;
    const auto percent = number.Times(Decimal::FromInt(100));
    const bool share = text.ends_with('%') && percent && text == percent->ToString(language_) + "%";
    const std::string told = share ? percent->ToString(language_) : number.ToString(language_);
    if (!text.starts_with(told)) return std::nullopt;
    const std::string_view suffix = text.substr(told.size());
    if (suffix.find('"') != std::string_view::npos || suffix.size() > 100 || (!suffix.empty() && suffix[0] != ' ' && !share)) return std::nullopt;
    const bool grouped = language_ == Language::kVietnamese && told.find('.') != std::string::npos;
    std::string format = grouped ? "#,##0" : "0";
    const int places = share ? percent->scale() : number.scale();
    if (places > 0) format += "." + std::string(static_cast<size_t>(places), '0');
    if (share) return format + "%";
    return suffix.empty() ? format : fmt::format("{}\"{}\"", format, suffix);
  }

  // From the words and the length of what stands in a column, within bounds.
  void Widths() {
    widths_.assign(table_->columns.size(), kNarrow);
    std::vector<size_t> total(widths_.size()), cells(widths_.size());
    for (size_t i = 0; i < widths_.size(); ++i) Longest(table_->columns[i].title, widths_[i]);
    const auto row = [&](const auto& self, const Row& one) -> void {
      for (size_t i = 0; i < one.cells.size() && i < widths_.size(); ++i) {
        const std::string_view text = one.cells[i].text;
        if (text.empty()) continue;
        Longest(text.substr(0, 2000), widths_[i]);
        total[i] += std::min<size_t>(text.size(), 2000);
        ++cells[i];
      }
      for (const Row& sub : one.rows) self(self, sub);
    };
    for (const report::Group& group : table_->groups) {
      for (const Row& one : group.rows) row(row, one);
    }
    if (table_->totals) row(row, *table_->totals);
    for (size_t i = 0; i < widths_.size(); ++i) {
      const double mean = cells[i] == 0 ? 0 : static_cast<double>(total[i]) / static_cast<double>(cells[i]);
      widths_[i] = std::clamp(std::max(widths_[i], std::min(kWide, 4 * std::sqrt(mean))), kNarrow, kWide);
      const auto at = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, at, at, widths_[i], nullptr);
    }
  }
  static void Longest(std::string_view text, double& width) {   // word; none is to be broken
    size_t at = 0;
    while (at < text.size()) {
      const size_t end = std::min(text.find_first_of(" \n", at), text.size());
      if (end > at) width = std::max(width, std::min(kWide, static_cast<double>(DisplayWidth(text.substr(at, end - at))) * 1.1 + 3));
      at = end + 1;
    }
  }

  lxw_workbook* const book_;
  const Language language_;
  lxw_worksheet* sheet_ = nullptr;
  const Table* table_ = nullptr;
  lxw_row_t line_ = 0;
  lxw_col_t last_ = 0;
  std::string name_, long_name_;
  std::vector<double> widths_;
  absl::flat_hash_set<std::string> names_;
  std::map<std::tuple<Look, bool, std::string>, lxw_format*> formats_;
  std::vector<std::pair<std::string, std::string>> rest_;   // place, text
  bool failed_ = false;
};

// A file that lives in memory only: nothing to remove, whatever happens.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  bool ok() const { return descriptor_ >= 0; }
  std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }
  std::string Read() const {
    std::string bytes;
    char buffer[1 << 16];
    for (ssize_t n = 0; (n = pread(descriptor_, buffer, sizeof buffer, static_cast<off_t>(bytes.size()))) > 0;) bytes.append(buffer, static_cast<size_t>(n));
    return bytes;
  }

 private:
  int descriptor_;
};

}  // namespace

absl::StatusOr<std::string> TablesAsXlsx(std::span<const report::Table> tables, Language language) {
  const MemoryFile file;
  if (!file.ok()) return absl::InternalError("memfd");
  lxw_workbook* workbook = workbook_new(file.path().c_str());
  if (workbook == nullptr) return absl::ResourceExhaustedError("workbook");
  Book book(workbook, language);
  absl::Status status = absl::OkStatus();
  for (const Table& table : tables) {
    status = book.Add(table);
    if (!status.ok()) break;
  }
  if (status.ok()) status = book.Finish();
  const lxw_error error = workbook_close(workbook);   // also frees it
  if (!status.ok()) return status;
  if (error != LXW_NO_ERROR) return absl::InternalError(lxw_strerror(error));
  if (book.failed()) return absl::InternalError("a cell was refused");
  return file.Read();
}

}  // namespace ordo::office

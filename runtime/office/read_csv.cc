// Separated values as spreadsheets and `ordo table --format csv` write them, split by libcsv. An empty line is one empty row.
#include <csv.h>
#include <unicode/ucnv.h>

#include <cstring>

#include "fmt/format.h"
#include "runtime/base/legacy_text.h"
#include "runtime/base/unicode.h"
#include "runtime/office/read_fault.h"
#include "runtime/office/readers.h"

namespace ordo::office {
namespace {

// From UTF-16 with a byte-order mark. Lone surrogates become U+FFFD.
absl::StatusOr<std::string> FromUtf16(std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const int32_t size = static_cast<int32_t>(std::min<size_t>(bytes.size(), INT32_MAX / 4));
  if (static_cast<size_t>(size) != bytes.size()) return Refused(ReadFault::kTooLarge, "UTF-16");
  std::string out(static_cast<size_t>(size) * 2, '\0');   // two bytes become three at most
  const int32_t length = ucnv_convert("UTF-8", "UTF-16", out.data(), static_cast<int32_t>(out.size()), bytes.data(), size, &error);
  if (U_FAILURE(error)) return Refused(ReadFault::kBroken, "UTF-16");
  out.resize(static_cast<size_t>(length));
  return out;
}

// The legacy encoding that a text is most likely in.
std::string_view LegacyEncoding(std::string_view bytes) {
  switch (GuessEncoding(bytes)) {
    case Encoding::kTcvn3: return "TCVN3 (ABC)";
    case Encoding::kVni: return "VNI";
    case Encoding::kWindows1258: return "Windows-1258";
    case Encoding::kDamagedUtf8: return "UTF-8?";
    default: return "Windows-1252";
  }
}

// The separator that splits most records alike, by their number of separators outside quotes.
char SeparatorOf(std::string_view text) {
  constexpr size_t kLooked = 256 << 10, kMostCounted = 512;
  constexpr char kSeparators[] = {',', ';', '\t'};
  text = text.substr(0, kLooked);
  std::vector<std::array<uint32_t, kMostCounted>> records(3);   // how many records have so many separators
  std::array<size_t, 3> counts{};
  bool quoted = false;
  const auto close = [&] {
    for (size_t i = 0; i < 3; ++i) {
      ++records[i][std::min(counts[i], kMostCounted - 1)];
      counts[i] = 0;
    }
  };
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') close();
    for (size_t i = 0; i < 3; ++i) counts[i] += c == kSeparators[i];
  }
  close();
  std::pair<uint32_t, size_t> best{0, 0};
  char separator = ',';
  for (size_t i = 0; i < 3; ++i) {
    for (size_t count = 1; count < kMostCounted; ++count) {
      if (std::pair(records[i][count], count) <= best) continue;
      best = {records[i][count], count};
      separator = kSeparators[i];
    }
  }
  return separator;
}

// libcsv hands over fields and ends of records; the text is fed line by line, so that each record knows where it begins.
class Splitter {
 public:
  Splitter(char separator, const ReadLimits& limits) : limits_(limits), budget_(limits) {
    started_ = csv_init(&parser_, 0) == 0;
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    csv_set_blk_size(&parser_, 64 << 10);
  }
  ~Splitter() { csv_free(&parser_); }
  Splitter(const Splitter&) = delete;
  Splitter& operator=(const Splitter&) = delete;

  absl::Status Read(std::string_view text, size_t first_line, Grid& grid) {
    grid_ = &grid;
    if (!started_) return absl::ResourceExhaustedError("memory");
    for (size_t at = 0, line = first_line; at < text.size() && fault_.ok(); ++line) {
      const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      const std::string_view bytes = text.substr(at, end - at);
      constexpr int kNotBegun = 0;
      if (row_.cells.empty() && parser_.pstate == kNotBegun) {
        line_ = line;
        if (Trimmed(bytes).empty()) Blank();
      }
      if (csv_parse(&parser_, bytes.data(), bytes.size(), &Splitter::Field, &Splitter::Record, this) != bytes.size()) {
        return Refused(ReadFault::kBroken, fmt::format("{}", line));
      }
      at = end;
    }
    constexpr int kFieldBegun = 2;
    const bool open = parser_.pstate == kFieldBegun && parser_.quoted != 0;
    if (fault_.ok() && (open || csv_fini(&parser_, &Splitter::Field, &Splitter::Record, this) != 0)) {
      return Refused(ReadFault::kBroken, fmt::format("{}: \"", line_));   // a quote is not closed
    }
    return fault_;
  }

 private:
  static void Field(void* bytes, size_t size, void* self) { static_cast<Splitter*>(self)->TakeField({static_cast<const char*>(bytes), size}); }
  static void Record(int, void* self) { static_cast<Splitter*>(self)->TakeRecord(); }

  void TakeField(std::string_view text) {
    if (!fault_.ok()) return;
    // What render_csv.cc put in front so that no spreadsheet runs the cell.
    if (text.size() > 1 && text[0] == '\'' && std::string_view("=+-@\t\r").find(text[1]) != std::string_view::npos) text.remove_prefix(1);
    if (!budget_.Take(text.size()) || ++cells_ > limits_.max_cells) {
      fault_ = Refused(ReadFault::kTooLarge, fmt::format("{}", line_));
      return;
    }
    GridCell cell;
    for (const char c : text) {   // line breaks inside a cell are '\n'
      if (c != '\r') cell.text += c;
    }
    row_.cells.push_back(std::move(cell));
  }

  void TakeRecord() {
    if (!fault_.ok()) return;
    const bool empty = std::all_of(row_.cells.begin(), row_.cells.end(), [](const GridCell& cell) { return Trimmed(cell.text).empty(); });
    if (empty) {
      row_ = {};
      return Blank();
    }
    if (grid_->rows.size() >= limits_.max_rows) {
      fault_ = Refused(ReadFault::kTooLarge, fmt::format("{} > {}", grid_->rows.size() + 1, limits_.max_rows));
      return;
    }
    row_.place = fmt::format("dòng {}", line_);
    row_.line = line_;
    grid_->columns = std::max(grid_->columns, row_.cells.size());
    blank_ = false;
    grid_->rows.push_back(std::move(row_));
    row_ = {};
  }

  // Any number of empty lines is one empty row, none at the beginning.
  void Blank() {
    if (blank_ || grid_->rows.empty()) return;
    blank_ = true;
    GridRow row;
    row.place = fmt::format("dòng {}", line_);
    row.line = line_;
    grid_->rows.push_back(std::move(row));
  }

  csv_parser parser_;
  bool started_ = false;
  const ReadLimits& limits_;
  TextBudget budget_;
  Grid* grid_ = nullptr;
  GridRow row_;
  size_t line_ = 1, cells_ = 0;
  bool blank_ = false;
  absl::Status fault_;
};

bool IsBinary(std::string_view text) {
  if (text.starts_with("%PDF") || text.starts_with("{\\rtf")) return true;
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != '\x1A';
  });
}

}  // namespace

absl::StatusOr<GridFile> ReadCsv(std::string_view bytes, const ReadLimits& limits) {
  if (bytes.size() > limits.max_part) return Refused(ReadFault::kTooLarge, fmt::format("{} > {} byte", bytes.size(), limits.max_part));
  std::string converted;
  std::string_view text = bytes;
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    auto utf8 = FromUtf16(text);
    if (!utf8.ok()) return utf8.status();
    converted = *std::move(utf8);
    text = converted;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (IsBinary(text)) return Refused(ReadFault::kUnknown, "");
  if (FindInvalidUtf8(text)) return Refused(ReadFault::kEncoding, LegacyEncoding(text));
  if (Trimmed(text).empty()) return Refused(ReadFault::kUnknown, "");
  // A page that calls itself a spreadsheet: programs write such «.xls» files.
  if (const std::string_view begin = Trimmed(text.substr(0, 4096)); begin.starts_with('<')) return Refused(ReadFault::kUnknown, "HTML/XML");

  // «sep=;» on the first line is how a separator is told to Excel.
  char separator = 0;
  size_t first_line = 1;
  if (text.starts_with("sep=") && text.size() > 5 && (text[5] == '\n' || text[5] == '\r')) {
    separator = text[4];
    const size_t next = text.find('\n');
    text.remove_prefix(next == std::string_view::npos ? text.size() : next + 1);
    first_line = 2;
  }
  if (separator == 0 || separator == '"') separator = SeparatorOf(text);
  GridFile file;
  file.kind = GridFile::Kind::kCsv;
  Grid grid;
  Splitter splitter(separator, limits);
  if (const absl::Status status = splitter.Read(text, first_line, grid); !status.ok()) return status;
  while (!grid.rows.empty() && grid.rows.back().cells.empty()) grid.rows.pop_back();
  if (grid.columns != 0 && grid.rows.size() > limits.max_cells / grid.columns) {
    return Refused(ReadFault::kTooLarge, fmt::format("{} x {} > {}", grid.rows.size(), grid.columns, limits.max_cells));
  }
  for (GridRow& row : grid.rows) row.cells.resize(grid.columns);
  file.grids.push_back(std::move(grid));
  return file;
}

}  // namespace ordo::office

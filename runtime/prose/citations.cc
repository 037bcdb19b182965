#include "runtime/prose/citations.h"

#include <algorithm>

#include "fmt/format.h"
#include "runtime/base/blanks.h"
#include "runtime/base/unicode.h"

namespace ordo::prose {
namespace {

struct Kind {
  std::string_view code, name;
  uint8_t lines;
};
constexpr Kind kKinds[] = {
#define ORDO_DOCUMENT_KIND(code, name, lines) {code, name, lines},
#include "runtime/prose/document_kinds.def"
};

struct Issuer {
  std::string_view code;
  Line line;
};
constexpr Issuer kIssuers[] = {
#define ORDO_DOCUMENT_ISSUER(code, line) {code, line},
#include "runtime/prose/document_issuers.def"
};

constexpr size_t kLongestKindWord = 40;   // bytes looked back for the word before a symbol
constexpr size_t kLongestIssuer = 120;
constexpr size_t kLongestTitle = 400;
constexpr size_t kLongestDefinition = 300;   // bytes of «(sau đây viết tắt là …)»
constexpr size_t kFarthestDefinition = 8;    // citations between a document and the bracket that names it

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

size_t SkipBlanks(std::string_view text, size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

// A letter of a code: A to Z, Đ, and the small letters of CTr, TTr, QyĐ, TTg. Its size in bytes, 0 if it is none.
size_t CodeLetter(std::string_view text, size_t at, bool first) {
  if (at >= text.size()) return 0;
  if (text[at] >= 'A' && text[at] <= 'Z') return 1;
  if (text.substr(at, 2) == "Đ") return 2;
  return !first && (text[at] == 'r' || text[at] == 'y' || text[at] == 'g' || text[at] == 'i') ? 1 : 0;
}

std::string_view Code(std::string_view text, size_t& at) {
  const size_t begin = at;
  for (size_t size; (size = CodeLetter(text, at, at == begin)) > 0;) at += size;
  return text.substr(begin, at - begin);
}

uint8_t LinesOfKind(std::string_view code) {
  uint8_t lines = 0;
  for (const Kind& kind : kKinds) {
    if (kind.code == code) lines |= kind.lines;
  }
  return lines;
}

Line LineOfIssuer(std::string_view code) {
  const std::string_view first = code.substr(0, code.find('-'));
  for (const Issuer& issuer : kIssuers) {
    if (issuer.code == first) return issuer.line;
  }
  return kNoLine;
}

std::string Sound(const Symbol& symbol, Line line) {
  const std::string year = symbol.year.empty() ? std::string() : "/" + symbol.year;
  return line == kParty ? symbol.number + year + "-" + symbol.kind + "/" + symbol.issuer
                        : symbol.number + year + "/" + symbol.kind + "-" + symbol.issuer;
}

// Reads one symbol at `at`; moves behind it. Blanks around signs are read over: print breaks lines there.
class SymbolReader {
 public:
  SymbolReader(std::string_view text, size_t at) : text_(text), at_(at) {}

  std::optional<Symbol> Read(size_t& end) {
    if (!Digits(symbol_.number) || symbol_.number.size() > 6) return std::nullopt;
    if (Year() && AssemblyCode()) return Done(end, kAssembly);
    const char sign = Sign("/-");
    if (sign == 0) return std::nullopt;
    symbol_.text += sign;
    Stray();
    std::string_view first = Code(text_, at_);
    if (first.size() < 2) return std::nullopt;
    const uint8_t lines = LinesOfKind(first);
    const size_t behind = at_;
    const char second = Sign(sign == '-' ? "/" : "-");
    const std::string_view next = second == 0 ? std::string_view() : Code(text_, at_);
    if (next.empty()) {   // «06/CP», «57-TW» is none
      at_ = behind;
      if (sign != '/' || lines != 0 || LineOfIssuer(first) == kNoLine) return std::nullopt;
      symbol_.issuer = first;
      symbol_.text += first;
      return Done(end, kState);
    }
    if (lines == 0) {     // a letter: «6582/SYT-NVY»
      if (sign != '/') return std::nullopt;
      symbol_.issuer = std::string(first) + "-" + std::string(next);
      MoreIssuers();
      symbol_.text += symbol_.issuer;
      return Done(end, kState);
    }
    symbol_.kind = first;
    symbol_.issuer = next;
    if (sign == '/') MoreIssuers();
    symbol_.text += fmt::format("{}{}{}", first, second, symbol_.issuer);
    const Line written = sign == '-' ? kParty : kState;
    const Line told = LineOfIssuer(symbol_.issuer);
    auto symbol = Done(end, told == kNoLine ? written : told);
    if (symbol->text != Sound(*symbol, symbol->line) || crooked_) symbol->proper = Sound(*symbol, symbol->line);
    return symbol;
  }

 private:
  bool Digits(std::string& out) {
    const size_t begin = at_;
    while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
    out = text_.substr(begin, at_ - begin);
    symbol_.text += out;
    return !out.empty();
  }

  // «/2025» before another sign.
  bool Year() {
    const size_t i = SkipBlanks(text_, at_);
    if (text_.substr(i, 1) != "/") return false;
    const size_t j = SkipBlanks(text_, i + 1);
    size_t k = j;
    while (k < text_.size() && IsDigit(text_[k])) ++k;
    if (k - j != 4 || (text_[j] != '1' && text_[j] != '2')) return false;
    const size_t next = SkipBlanks(text_, k);
    if (next >= text_.size() || (text_[next] != '/' && text_[next] != '-')) return false;
    crooked_ |= i != at_ || j != i + 1;
    symbol_.year = text_.substr(j, 4);
    symbol_.text += "/" + symbol_.year;
    at_ = k;
    return true;
  }

  bool AssemblyCode() {
    size_t i = SkipBlanks(text_, at_);
    if (text_.substr(i, 1) != "/") return false;
    i = SkipBlanks(text_, i + 1);
    for (const std::string_view code : {std::string_view("UBTVQH"), std::string_view("QH")}) {
      if (text_.substr(i, code.size()) != code) continue;
      size_t end = i + code.size();
      while (end < text_.size() && IsDigit(text_[end]) && end - i < code.size() + 2) ++end;
      if (end == i + code.size()) return false;
      symbol_.issuer = text_.substr(i, end - i);
      symbol_.text += "/" + symbol_.issuer;
      at_ = end;
      return true;
    }
    return false;
  }

  char Sign(std::string_view signs) {
    const size_t i = SkipBlanks(text_, at_);
    if (i >= text_.size() || signs.find(text_[i]) == std::string_view::npos) return 0;
    const size_t j = SkipBlanks(text_, i + 1);
    if (CodeLetter(text_, j, true) == 0 && !(j < text_.size() && IsAsciiLetter(text_[j]) && CodeLetter(text_, j + 1, true) > 0)) return 0;
    crooked_ |= i != at_ || j != i + 1;
    at_ = j;
    return text_[i];
  }

  // One small letter that slipped in before the kind: «oNQ».
  void Stray() {
    if (at_ + 1 >= text_.size() || text_[at_] < 'a' || text_[at_] > 'z') return;
    size_t end = at_ + 1;
    if (LinesOfKind(Code(text_, end)) == 0) return;
    crooked_ = true;
    ++at_;
  }

  void MoreIssuers() {
    while (at_ < text_.size() && text_[at_] == '-' && CodeLetter(text_, at_ + 1, true) > 0) {
      ++at_;
      symbol_.issuer += '-';
      symbol_.issuer += Code(text_, at_);
    }
  }

  std::optional<Symbol> Done(size_t& end, Line line) {
    symbol_.line = line;
    end = at_;
    return std::move(symbol_);
  }

  std::string_view text_;
  size_t at_;
  Symbol symbol_;
  bool crooked_ = false;   // blanks inside, a stray letter
};

std::optional<int> Number(std::string_view text, size_t& at, size_t most) {
  size_t digits = 0;
  int value = 0;
  while (at + digits < text.size() && digits < most && IsDigit(text[at + digits])) value = value * 10 + (text[at + digits++] - '0');
  if (digits == 0) return std::nullopt;
  at += digits;
  return value;
}

// «ngày 31/12/2025», «ngày 28 tháng 01 năm 2026», after an optional comma. `at` moves behind it if there is one.
std::optional<Date> DateAfter(std::string_view text, size_t& at) {
  size_t i = SkipBlanks(text, at);
  if (i < text.size() && text[i] == ',') i = SkipBlanks(text, i + 1);
  constexpr std::string_view kDay = "ngày";
  if (text.substr(i, kDay.size()) != kDay) return std::nullopt;
  i = SkipBlanks(text, i + kDay.size());
  const auto separator = [&](std::string_view word) {
    const size_t j = SkipBlanks(text, i);
    if (j < text.size() && text[j] == '/') {
      i = SkipBlanks(text, j + 1);
      return true;
    }
    if (text.substr(j, word.size()) != word) return false;
    i = SkipBlanks(text, j + word.size());
    return true;
  };
  const auto day = Number(text, i, 2);
  if (!day || !separator("tháng")) return std::nullopt;
  const auto month = Number(text, i, 2);
  if (!month || !separator("năm")) return std::nullopt;
  const auto year = Number(text, i, 4);
  if (!year) return std::nullopt;
  const auto date = Date::FromYmd(*year, *month, *day);
  if (date) at = i;
  return date;
}

// «của Ban Thường vụ Thành ủy» up to what it is about. `at` moves behind it.
std::string IssuerAfter(std::string_view text, size_t& at) {
  size_t i = SkipBlanks(text, at);
  constexpr std::string_view kOf = "của";
  if (text.substr(i, kOf.size()) != kOf || i + kOf.size() >= text.size() || !IsBlank(text[i + kOf.size()])) return {};
  i = SkipBlanks(text, i + kOf.size());
  std::string issuer;
  while (i < text.size() && issuer.size() < kLongestIssuer) {
    const char c = text[i];
    if (std::string_view(",;.:()\"").find(c) != std::string_view::npos) break;
    const std::string_view rest = text.substr(i);
    const bool word = issuer.empty() || issuer.back() == ' ';
    if (word && (rest.starts_with("về ") || rest.starts_with("và ") || rest.starts_with("đến ") || rest.starts_with("trên ") ||
                 rest.starts_with("phê duyệt") || rest.starts_with("ban hành") || rest.starts_with("sửa đổi") || rest.starts_with("thực hiện") ||
                 rest.starts_with("tại ") || rest.starts_with("trong ") || rest.starts_with("theo ")))
      break;
    if (rest.starts_with("“")) break;
    if (IsBlank(c)) {
      issuer += ' ';
      i = SkipBlanks(text, i);
    } else {
      issuer += c;
      ++i;
    }
  }
  while (!issuer.empty() && issuer.back() == ' ') issuer.pop_back();
  at = i;
  return issuer;
}

// «được Thủ tướng Chính phủ phê duyệt tại» right before the citation.
std::string IssuerBefore(std::string_view text, size_t begin) {
  const size_t from = begin - std::min(begin, kLongestIssuer + 40);
  std::string_view before = text.substr(from, begin - from);
  const auto drop = [&](std::string_view word) {
    while (!before.empty() && IsBlank(before.back())) before.remove_suffix(1);
    if (!before.ends_with(word)) return false;
    before.remove_suffix(word.size());
    return true;
  };
  if (!drop("tại") || !(drop("phê duyệt") || drop("ban hành"))) return {};
  for (const std::string_view by : {"được ", "do "}) {
    const size_t at = before.rfind(by);
    if (at == std::string_view::npos) continue;
    const std::string_view issuer = before.substr(at + by.size());
    if (issuer.size() <= kLongestIssuer && issuer.find_first_of(",;.:()") == std::string_view::npos) return EvenBlanks(issuer);
  }
  return {};
}

// «về đột phá phát triển khoa học …»: from «về», «phê duyệt», «sửa đổi» or a quotation mark to the end of the sentence, a bracket, another
// citation, or the mark that closes it.
std::string TitleAfter(std::string_view text, size_t at) {
  size_t i = SkipBlanks(text, at);
  if (i < text.size() && text[i] == ':') i = SkipBlanks(text, i + 1);
  const std::string_view rest = text.substr(i);
  bool begins = false;
  for (const std::string_view word : {"về ", "Về ", "“", "\"", "phê duyệt ", "ban hành ", "sửa đổi"}) begins |= rest.starts_with(word);
  if (!begins) return {};
  for (const std::string_view word : {"về việc ", "về ", "Về việc ", "Về "}) {
    if (!text.substr(i).starts_with(word)) continue;
    i = SkipBlanks(text, i + word.size());
    break;
  }
  const bool quoted = text.substr(i).starts_with("“") || text.substr(i).starts_with("\"");
  if (quoted) i += text[i] == '"' ? 1 : std::string_view("“").size();
  size_t end = i;
  while (end < text.size() && end - i < kLongestTitle) {
    const std::string_view here = text.substr(end);
    if (here[0] == ';' || here[0] == '(' || here[0] == '"' || here.starts_with("”") || (!quoted && here.starts_with("“"))) break;
    if (here[0] == '.' && (here.size() == 1 || IsBlank(here[1]))) break;
    if (here.starts_with(", Nghị") || here.starts_with(", Quyết") || here.starts_with(", Kế hoạch") || here.starts_with(", Chỉ thị") || here.starts_with(" và Nghị")) break;
    ++end;
  }
  if (end < text.size() && end - i == kLongestTitle) return {};   // no end in sight: no title
  return EvenBlanks(text.substr(i, end - i));
}

// Gives every «(sau đây viết tắt là …)» to the citation that it names, or to the one before it.
void AddShortNames(std::string_view text, std::vector<Citation>& found) {
  size_t next = 0;   // first citation behind the bracket
  for (size_t open = text.find('('); open != std::string_view::npos; open = text.find('(', open + 1)) {
    while (next < found.size() && found[next].symbol_begin < open) ++next;
    const std::string_view rest = text.substr(open + 1, kLongestDefinition);
    const size_t close = rest.find(')');
    if (next == 0 || close == std::string_view::npos) continue;
    const std::string_view inside = rest.substr(0, close);
    const std::string head = FoldName(inside.substr(0, inside.find("là")));
    if (head != "sau đây viết tắt" && head != "sau đây gọi tắt" && head != "sau đây gọi" && head != "viết tắt" && head != "gọi tắt") continue;
    const size_t name = SkipBlanks(inside, inside.find("là") + std::string_view("là").size());
    const size_t end = open + 1 + close;
    Citation* meant = &found[next - 1];
    if (next < found.size() && found[next].symbol_end <= end) {   // the name holds a symbol: the nearest before that bears it
      for (size_t n = next; n > 0 && next - n < kFarthestDefinition; --n) {
        if (found[n - 1].symbol.text != found[next].symbol.text) continue;
        meant = &found[n - 1];
        break;
      }
    }
    meant->short_name = EvenBlanks(inside.substr(name));
  }
}

// The kind word that ends right before `at`, «số» between them or not. `begin` moves to its first byte.
std::string KindWordBefore(std::string_view text, size_t at, size_t& begin, bool& with_so) {
  size_t end = at;
  while (end > 0 && IsBlank(text[end - 1])) --end;
  constexpr std::string_view kSo = "số";
  if (text.substr(0, end).ends_with(kSo) || text.substr(0, end).ends_with("Số")) {
    with_so = true;
    begin = end - kSo.size();
    end = begin;
    while (end > 0 && IsBlank(text[end - 1])) --end;
  }
  size_t from = end - std::min(end, kLongestKindWord);
  while (from < end && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;   // not inside a letter
  const std::string_view before = text.substr(from, end - from);
  const std::string folded = FoldName(before);
  for (const Kind& kind : kKinds) {
    if (!folded.ends_with(kind.name)) continue;
    // As many words back as the name has.
    size_t words = static_cast<size_t>(std::count(kind.name.begin(), kind.name.end(), ' ')) + 1;
    size_t start = end;
    while (start > from && words > 0) {
      --start;
      if (start == from || IsBlank(text[start - 1])) {
        if (!IsBlank(text[start])) --words;
      }
    }
    if (words > 0) continue;
    begin = start;
    return EvenBlanks(text.substr(start, end - start));
  }
  return {};
}

}  // namespace

std::optional<Symbol> ReadSymbol(std::string_view text) {
  const size_t begin = SkipBlanks(text, 0);
  size_t end = 0;
  auto symbol = SymbolReader(text, begin).Read(end);
  if (!symbol || SkipBlanks(text, end) != text.size()) return std::nullopt;
  return symbol;
}

std::vector<Citation> FindCitations(std::string_view text) {
  std::vector<Citation> found;
  for (size_t i = 0; i < text.size();) {
    const bool starts = IsDigit(text[i]) && (i == 0 || IsBlank(text[i - 1]) || text[i - 1] == '(' || text[i - 1] == '"' || text[i - 1] == ':');
    if (!starts) {
      ++i;
      continue;
    }
    size_t end = i;
    auto symbol = SymbolReader(text, i).Read(end);
    if (!symbol) {
      while (i < text.size() && IsDigit(text[i])) ++i;
      continue;
    }
    Citation& citation = found.emplace_back();
    citation.symbol = *std::move(symbol);
    citation.symbol_begin = citation.begin = i;
    citation.symbol_end = end;
    citation.kind_word = KindWordBefore(text, i, citation.begin, citation.with_so);
    size_t after = end;
    citation.date = DateAfter(text, after);
    citation.end = after;
    citation.text = EvenBlanks(text.substr(i, after - i));
    citation.issuer = IssuerAfter(text, after);
    citation.title = TitleAfter(text, after);
    if (citation.issuer.empty()) citation.issuer = IssuerBefore(text, citation.begin);
    i = citation.end;
  }
  for (Citation& citation : found) {
    size_t end = 0;
    for (size_t i = 0; i < citation.title.size() && !citation.names_another; ++i) {
      if (IsDigit(citation.title[i]) && (i == 0 || IsBlank(citation.title[i - 1]))) citation.names_another = SymbolReader(citation.title, i).Read(end).has_value();
    }
  }
  AddShortNames(text, found);
  return found;
}

}  // namespace ordo::prose

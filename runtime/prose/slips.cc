#include "runtime/prose/slips.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/base/blanks.h"
#include "runtime/prose/names.h"

namespace ordo::prose {
namespace {

constexpr size_t kLongestRepeat = 4;   // words of a phrase that is said twice
constexpr size_t kLongestTerm = 5;     // words of a term of the glossary
constexpr size_t kMostOfAKind = 100;   // see the header
constexpr size_t kDeepest = 64;        // open marks that are remembered

constexpr std::string_view kTerms[] = {
#define ORDO_TERM(term) term,
#include "runtime/prose/glossary.def"
};

// Words that never stand twice side by side. Others may: «giao thông thông minh», «đầu tư tư nhân», «luôn luôn».
constexpr std::string_view kParticles[] = {"với", "và", "của", "các", "những", "cho", "trong", "về",  "tại",  "là",  "có",  "đã",  "được",
                                           "đến", "do", "bằng", "trên", "để",  "nhằm", "hoặc", "cùng", "như", "tới", "sẽ",  "phải"};

constexpr uint32_t kBareHedge = 0;   // the first of them
constexpr std::string_view kHedges[] = {"nếu có",         "nếu cần",           "nếu thấy cần",    "nếu thấy cần thiết", "nếu đủ điều kiện", "nếu có điều kiện",
                                        "nếu có thể",     "khi có điều kiện",  "khi đủ điều kiện", "khi điều kiện cho phép", "tùy điều kiện", "tùy tình hình",
                                        "trong điều kiện cho phép"};

// Words that open headings and items, and words behind which their capital is part of a name: «Đề án Xây dựng …».
constexpr std::string_view kOpeners[] = {"tổ chức",   "tăng cường", "đẩy mạnh", "xây dựng",   "triển khai", "nâng cao",  "phát triển",  "hoàn thiện", "thực hiện",
                                         "chủ động", "tập trung",  "rà soát",  "khuyến khích", "bố trí",     "ứng dụng", "huy động", "tiếp tục"};
constexpr std::string_view kNamed[] = {"và",   "về",   "của",  "trình", "hoạch", "án",  "quyết", "định", "thị", "luật", "tâm",  "thi",
                                       "trào", "viện", "hội",  "phòng", "ban",   "cục", "vụ",    "tổ",   "quỹ", "đoạn", "là", "dự án", "ngành", "việc",
                                       "với",  "cho",  "bởi",  "theo",  "từ",    "do",  "tại",   "các",  "những", "mỗi", "từng", "hoặc"};
// Things that come in from outside: «(nếu có)» behind them weakens no duty.
constexpr std::string_view kComers[] = {"sai phạm", "vi phạm", "vướng mắc", "khó khăn", "tồn tại", "hạn chế", "kiến nghị", "phản ánh", "phát sinh", "đề xuất"};
constexpr std::string_view kBareQualities[] = {"của hiện đại", "của đồng bộ", "của hiệu quả", "của minh bạch", "của nhanh chóng", "của thuận lợi", "của thông minh"};
constexpr std::string_view kMakers[] = {"xây dựng", "soạn thảo", "ban hành", "lập"};
constexpr std::string_view kMade[] = {"các", "những", "đề án", "dự án", "kế hoạch", "chương trình", "nhiệm vụ", "mô hình"};
constexpr std::string_view kAlready[] = {"đã triển khai", "đã ban hành", "đã hoàn thành", "đã thực hiện", "đã có"};

uint64_t HashOf(std::string_view phrase, bool bare) {
  uint64_t hash = 0;
  for (const Word& word : WordsOf(phrase)) hash = Joined(hash, bare ? word.bare : word.exact);
  return hash;
}

struct Tables {
  absl::flat_hash_set<uint64_t> particles;             // exact
  absl::flat_hash_map<uint64_t, std::string_view> terms;   // bare -> term
  absl::flat_hash_set<uint64_t> exact_terms;
  absl::flat_hash_set<uint64_t> term_starts;   // bare first words
  NameTable openers{kOpeners}, named{kNamed}, qualities{kBareQualities}, comers{kComers}, hedges{kHedges}, makers{kMakers}, made{kMade}, already{kAlready};
  uint64_t number = WordsOf("số")[0].exact, day = WordsOf("ngày")[0].exact;
};

const Tables& TheTables() {
  static const Tables tables = [] {
    Tables out;
    for (const std::string_view word : kParticles) out.particles.insert(WordsOf(word)[0].exact);
    for (const std::string_view term : kTerms) {
      out.terms[HashOf(term, true)] = term;
      out.exact_terms.insert(HashOf(term, false));
      out.term_starts.insert(WordsOf(term)[0].bare);
    }
    return out;
  }();
  return tables;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
class Reader {
 public:
  Reader(std::string_view text, std::span<const Word> words) : text_(text), words_(words), tables_(TheTables()) {}

  std::vector<Slip> Run() {
    PageNumber();
    for (size_t i = 0; i < words_.size(); ++i) {
      Repeated(i);
      Hedge(i);
      Misspelt(i);
      Blank(i);
      Swallowed(i);
      if (const size_t n = tables_.qualities.LongestAt(words_, i, true).words; n > 0) Add(SlipKind::kNoun, words_[i].begin, words_[i + n - 1].end);
      Illogical(i);
    }
    Signs();
    std::stable_sort(slips_.begin(), slips_.end(), [](const Slip& a, const Slip& b) { return a.begin < b.begin; });
    return std::move(slips_);
  }

 private:
  void Add(SlipKind kind, size_t begin, size_t end, std::string_view meant = {}) {
    if (++of_kind_[static_cast<size_t>(kind)] <= kMostOfAKind) slips_.push_back({kind, begin, end, meant});
  }
  char At(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  void PageNumber() {
    size_t i = 0;
    while (IsBlank(At(i))) ++i;
    const size_t begin = i;
    while (IsDigit(At(i))) ++i;
    if (i == begin || i - begin > 3 || text_.substr(i, 3) != " - ") return;
    Add(SlipKind::kPageNumber, begin, i);
  }

  void Repeated(size_t i) {
    if (i < told_) return;
    for (size_t n = std::min(kLongestRepeat, (words_.size() - i) / 2); n > 0; --n) {
      bool same = true, parted = false;
      for (size_t k = 0; k < n && same; ++k) same = words_[i + k].exact == words_[i + n + k].exact;
      if (!same) continue;
      for (size_t k = 1; k < 2 * n; ++k) parted |= !words_[i + k].joined;
      const Word& first = words_[i];
      if (n == 1 && (parted || !tables_.particles.contains(first.exact))) continue;
      if (n > 1 && !SameLetters(i, n)) continue;   // «Ban Chỉ đạo, chỉ đạo …»
      if (n > 1 && parted && i + 2 * n < words_.size() && words_[i + 2 * n].joined && !Parted(i, n)) continue;   // «công nghiệp, công nghiệp số»
      const std::string_view between = text_.substr(words_[i + n - 1].end, words_[i + n].begin - words_[i + n - 1].end);
      if (between.find('.') != std::string_view::npos || between.find(':') != std::string_view::npos) continue;   // another sentence
      size_t end = i + 2 * n;   // said three times and more is one slip
      while (end + n <= words_.size() && words_[end].exact == first.exact && SameLetters(end - n, n)) end += n;
      Add(SlipKind::kRepeatedWords, first.begin, words_[end - 1].end);
      told_ = end;
      return;
    }
  }

  // The phrase of n words at i and the one behind it are the same to the letter.
  bool SameLetters(size_t i, size_t n) const {
    bool numbers = true;
    for (size_t k = 0; k < n; ++k) {
      const Word &a = words_[i + k], &b = words_[i + n + k];
      if (text_.substr(a.begin, a.end - a.begin) != text_.substr(b.begin, b.end - b.begin)) return false;
      numbers &= a.is_number;
    }
    return !numbers;
  }
  // Something other than blanks stands between words of the phrase.
  bool Parted(size_t i, size_t n) const {
    for (size_t k = 1; k < n; ++k) {
      if (!words_[i + k].joined) return true;
    }
    return false;
  }

  void Hedge(size_t i) {
    const auto hedge = tables_.hedges.LongestAt(words_, i, true);
    if (hedge.words == 0) return;
    // «nếu có» by itself weakens a duty; «nếu có vướng mắc thì báo cáo» is a condition of its own.
    const size_t next = i + hedge.words;
    if (hedge.number == kBareHedge && next < words_.size() && words_[next].joined) return;
    if (tables_.comers.LongestBefore(words_, i, false) > 0) return;   // «kiến nghị (nếu có)»: what may or may not come in
    Add(SlipKind::kHedge, words_[i].begin, words_[next - 1].end);
  }

  void Misspelt(size_t i) {
    if (!tables_.term_starts.contains(words_[i].bare)) return;
    uint64_t bare = 0, exact = 0;
    for (size_t n = 0; n < kLongestTerm && i + n < words_.size(); ++n) {
      if (n > 0 && !words_[i + n].joined) break;
      bare = Joined(bare, words_[i + n].bare);
      exact = Joined(exact, words_[i + n].exact);
      const auto found = tables_.terms.find(bare);
      if (found == tables_.terms.end() || tables_.exact_terms.contains(exact)) continue;
      if (SamePlacement(i, n + 1, found->second)) continue;
      if (words_[i + n].end <= misspelt_) continue;
      misspelt_ = words_[i + n].end;
      Add(SlipKind::kMisspelling, words_[i].begin, words_[i + n].end, found->second);
      return;
    }
  }

  // «số /KH-UBND», «số …/KH», «ngày /01/2026», «ngày … tháng …».
  void Blank(size_t i) {
    const bool day = words_[i].exact == tables_.day;
    if (!day && words_[i].exact != tables_.number) return;
    size_t at = words_[i].end;
    for (size_t size = 1; size > 0; at += size) {
      const std::string_view rest = text_.substr(at, 3);
      size = rest.starts_with("…") ? 3 : !rest.empty() && (IsBlank(rest[0]) || rest[0] == '.' || rest[0] == '_') ? 1 : 0;
    }
    const bool open = At(at) == '/' || (day && i + 1 < words_.size() && words_[i + 1].begin == at && text_.substr(at).starts_with("tháng"));
    if (!open || at == words_[i].end) return;
    size_t end = at + 1;
    while (end < text_.size() && !IsBlank(text_[end]) && end < at + 40) ++end;
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;   // not inside a letter
    Add(SlipKind::kBlank, words_[i].begin, end);
  }

  bool Capital(size_t i) const {
    UChar32 c;
    int32_t at = static_cast<int32_t>(words_[i].begin);
    U8_NEXT(text_.data(), at, static_cast<int32_t>(text_.size()), c);
    return u_isupper(c);
  }

  void Swallowed(size_t i) {
    if (i < 3 || !words_[i].joined || !Capital(i) || Capital(i - 1) || words_[i - 1].is_number) return;
    const size_t n = tables_.openers.LongestAt(words_, i, true).words;
    if (n == 0 || Capital(i + n - 1) || tables_.named.LongestBefore(words_, i) > 0) return;
    Add(SlipKind::kSwallowed, words_[i - 1].begin, words_[i + n - 1].end);
  }

  void Illogical(size_t i) {
    size_t at = i + tables_.makers.LongestAt(words_, i, true).words;
    if (at == i) return;
    const size_t first = at;
    while (at < words_.size()) {
      const size_t n = tables_.made.LongestAt(words_, at, true).words;
      if (n == 0) break;
      at += n;
    }
    const size_t already = at == first ? 0 : tables_.already.LongestAt(words_, at, true).words;
    if (already > 0 && words_[at].joined) Add(SlipKind::kIllogical, words_[i].begin, words_[at + already - 1].end);
  }

  // The marks are the same and only stand on another vowel («uỷ», «hoá»): no slip but a matter of style. A text without any mark is
  // no misspelling of a term either.
  bool SamePlacement(size_t i, size_t n, std::string_view term) const {
    const std::string_view written = text_.substr(words_[i].begin, words_[i + n - 1].end - words_[i].begin);
    return MarksOf(written) == MarksOf(term) || MarksOf(written).empty();
  }
  static std::vector<uint16_t> MarksOf(std::string_view text);

  void Signs();
  void Dots(size_t& i);
  bool OfExamples(size_t before, size_t behind) const;
  void OpenMark(std::string_view close, size_t at, size_t size);
  void CloseMark(std::string_view mark, size_t at);
  void Markup(size_t i);
  void OtherScript();

  std::string_view text_;
  std::span<const Word> words_;
  const Tables& tables_;
  std::vector<Slip> slips_;
  size_t told_ = 0, misspelt_ = 0;
  std::array<size_t, 16> of_kind_{};
  struct Open {
    std::string_view close;
    size_t at, size;
  };
  std::vector<Open> open_;
  bool too_deep_ = false;
};

// Tone and letter marks in order of the letters that bear them, by word: «hoá» and «hóa» give the same.
std::vector<uint16_t> Reader::MarksOf(std::string_view text) {
  std::vector<uint16_t> marks;
  for (int32_t i = 0, length = static_cast<int32_t>(text.size()); i < length;) {
    UChar32 c;
    U8_NEXT(text.data(), i, length, c);
    if (c == 0x111 || c == 0x110) marks.push_back('d');
    if (c <= 0x7F) {
      if (IsBlank(static_cast<char>(c)) && (marks.empty() || marks.back() != ' ')) marks.push_back(' ');
      continue;
    }
    UErrorCode status = U_ZERO_ERROR;
    std::array<UChar, 8> parts;
    static const UNormalizer2* nfd = unorm2_getNFDInstance(&status);
    const int32_t n = nfd == nullptr ? 0 : unorm2_getDecomposition(nfd, u_tolower(c), parts.data(), static_cast<int32_t>(parts.size()), &status);
    for (int32_t k = 1; k < n && U_SUCCESS(status); ++k) marks.push_back(parts[static_cast<size_t>(k)]);
  }
  while (!marks.empty() && marks.back() == ' ') marks.pop_back();
  const bool none = std::all_of(marks.begin(), marks.end(), [](uint16_t mark) { return mark == ' '; });
  if (none) marks.clear();
  return marks;
}

void Reader::OpenMark(std::string_view close, size_t at, size_t size) {
  if (open_.size() < kDeepest) open_.push_back({close, at, size});
  else too_deep_ = true;
}

void Reader::CloseMark(std::string_view mark, size_t at) {
  if (!open_.empty() && open_.back().close == mark) {
    open_.pop_back();
    return;
  }
  for (size_t k = open_.size(); k-- > 0;) {   // one that was left open lies between
    if (open_[k].close != mark) continue;
    for (size_t lost = k + 1; lost < open_.size(); ++lost) Add(SlipKind::kUnpairedMark, open_[lost].at, open_[lost].at + open_[lost].size);
    open_.resize(k);
    return;
  }
  if (too_deep_) return;
  if (mark == ")") {   // «a)», «1)», «(i)» number an item
    size_t begin = at;
    while (begin > 0 && !IsBlank(text_[begin - 1]) && at - begin < 5) --begin;
    const std::string_view label = text_.substr(begin, at - begin);
    const bool item = !label.empty() && label.size() <= 4 && (begin == 0 || IsBlank(text_[begin - 1]));
    if (item && (label.size() <= 2 || std::all_of(label.begin(), label.end(), IsDigit))) return;
  }
  Add(SlipKind::kUnpairedMark, at, at + mark.size());
}

// A list that only gives examples: in brackets, or behind «như», up to `before`; what comes next stands at `behind`.
bool Reader::OfExamples(size_t before, size_t behind) const {
  while (IsBlank(At(behind))) ++behind;
  if (At(behind) == ')') return true;
  const std::string_view head = text_.substr(0, before);
  const auto behind_last = [](size_t at) { return at == std::string_view::npos ? 0 : at; };
  const size_t start = std::max(behind_last(head.find_last_of(";(")), behind_last(head.rfind(". ")));
  const std::string_view part = head.substr(start);
  return part.find(" như ") != std::string_view::npos || part.find(" như:") != std::string_view::npos;
}

// At a full stop: dots that leave a list open, two stops, a small letter behind one.
void Reader::Dots(size_t& i) {
  size_t end = i;
  while (At(end) == '.') ++end;
  const size_t dots = end - i;
  size_t before = i;
  while (before > 0 && IsBlank(text_[before - 1])) --before;
  const char ahead = before > 0 ? text_[before - 1] : '\0';
  size_t next = end;
  while (IsBlank(At(next))) ++next;
  if (dots >= 3 || (dots == 2 && (ahead == ',' || At(end) == ')'))) {
    // «số …/KH», «ngày ... tháng» are blanks to be filled in.
    const std::string_view head = text_.substr(before - std::min<size_t>(before, 8), std::min<size_t>(before, 8));
    const bool blank = At(next) == '/' || head.ends_with("số") || head.ends_with("ngày") || head.ends_with("tháng") || head.ends_with("năm") || before == 0;
    if (!blank && !OfExamples(before, end)) Add(SlipKind::kOpenList, before > 0 && ahead == ',' ? before - 1 : i, end);
  } else if (dots == 2) {
    Add(SlipKind::kSentenceBreak, i, end);
  } else if (next > end && next < text_.size()) {
    int32_t at = static_cast<int32_t>(next);
    UChar32 c;
    U8_NEXT(text_.data(), at, static_cast<int32_t>(text_.size()), c);
    // Abbreviations and numbers end in a stop too: the word before must be one of small letters.
    size_t start = i;
    while (start > 0 && !IsBlank(text_[start - 1]) && i - start < 24) --start;
    bool plain = i - start >= 2;
    for (int32_t k = static_cast<int32_t>(start); plain && k < static_cast<int32_t>(i);) {
      UChar32 letter;
      U8_NEXT(text_.data(), k, static_cast<int32_t>(i), letter);
      if (k - 1 > static_cast<int32_t>(start) && u_isupper(letter)) plain = false;
      if (letter == '.' || u_isdigit(letter)) plain = false;
    }
    const bool etc = text_.substr(start, i - start) == "v.v" || text_.substr(start, i - start) == "tp" || i - start < 2;
    if (u_islower(c) && plain && !etc) {
      const bool item = At(static_cast<size_t>(at)) == ')';   // «… hệ thống. b) Phát triển …»
      Add(item ? SlipKind::kRunTogether : SlipKind::kSentenceBreak, item ? next : i, static_cast<size_t>(at));
    }
  }
  i = end - 1;
}

void Reader::Markup(size_t i) {
  constexpr std::string_view kSigns[] = {"**", "$\\", "\\geq", "\\leq", "\\%", "&nbsp;", "&amp;", "&lt;", "&gt;", "```", "###", "<br", "</", "__"};
  for (const std::string_view sign : kSigns) {
    if (!text_.substr(i).starts_with(sign)) continue;
    if (sign == "__" && (At(i + 2) == '_' || (i > 0 && text_[i - 1] == '_'))) return;   // a blank to be filled in
    if (!slips_.empty() && slips_.back().kind == SlipKind::kMarkup && slips_.back().end + 24 >= i) {   // one remnant, told once
      slips_.back().end = i + sign.size();
      return;
    }
    Add(SlipKind::kMarkup, i, i + sign.size());
    return;
  }
}

void Reader::Signs() {
  for (size_t i = 0; i < text_.size(); ++i) {
    const char c = text_[i];
    switch (c) {
      case '.': Dots(i); continue;
      case '(': OpenMark(")", i, 1); continue;
      case '[': OpenMark("]", i, 1); continue;
      case ')': CloseMark(")", i); continue;
      case ']': CloseMark("]", i); continue;
      case '"':
        if (!open_.empty() && open_.back().close == "\"") {
          open_.pop_back();
        } else if (!open_.empty() && open_.back().close == "”") {   // opened by a mark of the other sort: one slip, at this one
          open_.pop_back();
          Add(SlipKind::kUnpairedMark, i, i + 1);
        } else {
          OpenMark("\"", i, 1);
        }
        continue;
      case ' ':
        if ((At(i + 1) == ',' || At(i + 1) == ';') && i > 0 && !IsBlank(text_[i - 1])) Add(SlipKind::kSentenceBreak, i, i + 2);
        if (text_.substr(i, 3) == " - " && i > 0 && IsDigit(At(i + 3)) && !IsDigit(text_[i - 1]) && text_[i - 1] != '%' && text_[i - 1] != '.' && text_[i - 1] != ':' && text_[i - 1] != ';') {
          size_t digits = i + 3;
          while (IsDigit(At(digits))) ++digits;
          if (At(digits) == '%') Add(SlipKind::kRunTogether, i + 1, digits + 1);
        }
        continue;
      case '*': case '$': case '\\': case '&': case '`': case '#': case '<': case '_': Markup(i); continue;
      default: break;
    }
    if (static_cast<unsigned char>(c) < 0x80) continue;
    const std::string_view rest = text_.substr(i);
    if (rest.starts_with("“")) OpenMark("”", i, 3);
    else if (rest.starts_with("”")) CloseMark("”", i);
    else if (rest.starts_with("«")) OpenMark("»", i, 2);
    else if (rest.starts_with("»")) CloseMark("»", i);
    else if (rest.starts_with("…") && At(i + 3) != '/' && i > 0) {
      size_t before = i;
      while (before > 0 && IsBlank(text_[before - 1])) --before;
      const std::string_view head = text_.substr(0, before);
      if (!head.ends_with("số") && !head.ends_with("ngày") && !head.ends_with("tháng") && !head.ends_with("năm") && !OfExamples(before, i + 3)) Add(SlipKind::kOpenList, head.ends_with(',') ? before - 1 : i, i + 3);
    }
  }
  for (const Open& open : open_) Add(SlipKind::kUnpairedMark, open.at, open.at + open.size);
  OtherScript();
}

// Signs that are not seen, and letters of other scripts that look like Latin ones.
void Reader::OtherScript() {
  const auto length = static_cast<int32_t>(text_.size());
  bool latin = false;
  for (int32_t i = 0; i < length;) {
    const int32_t at = i;
    UChar32 c;
    U8_NEXT(text_.data(), i, length, c);
    if (c < 0x80 && c >= 0) {
      latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      continue;
    }
    if (c < 0) continue;
    const bool unseen = (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF || c == 0xAD;
    const bool mark = c >= 0x300 && c <= 0x36F;
    if (unseen || mark) {
      Add(SlipKind::kHiddenSign, static_cast<size_t>(at), static_cast<size_t>(i));
      continue;
    }
    if (c >= 0x370 && c < 0x530) {   // Greek, Cyrillic: beside a Latin letter they pass for one; «μm» is a unit
      UErrorCode status = U_ZERO_ERROR;
      int32_t next_at = i;
      UChar32 next = ' ';
      if (i < length) U8_NEXT(text_.data(), next_at, length, next);
      const bool before = latin, after = next > 0 && u_isalpha(next) && uscript_getScript(next, &status) == USCRIPT_LATIN;
      if (u_isalpha(c) && (before || (after && c >= 0x400))) Add(SlipKind::kHiddenSign, static_cast<size_t>(at), static_cast<size_t>(i));
      latin = false;
      continue;
    }
    latin = u_isalpha(c) && c < 0x1F00;
  }
}

}  // namespace

std::vector<Slip> FindSlips(std::string_view passage, std::span<const Word> words) { return Reader(passage, words).Run(); }

}  // namespace ordo::prose

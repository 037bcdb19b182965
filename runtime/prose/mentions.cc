#include "runtime/prose/mentions.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "runtime/base/blanks.h"
#include "runtime/base/unicode.h"

namespace ordo::prose {
namespace {

constexpr size_t kMostOfAKind = 100;   // see the header
constexpr size_t kAnnexReach = 14;     // words between an annex and «kèm theo»
constexpr size_t kPlanReach = 4;       // words between «xây dựng» and «kế hoạch»
constexpr size_t kLongestName = 4;     // words of a place

constexpr std::string_view kAnnexWords[] = {"phụ lục", "các phụ lục", "biểu chi tiết", "biểu phân công", "bảng phân công", "biểu mẫu", "danh mục"};
constexpr std::string_view kEnclosed[] = {"kèm theo", "gửi kèm", "đính kèm"};
// What a place has of its own: «lợi thế của tỉnh» speaks of one's own area.
constexpr std::string_view kOwn[] = {"điều kiện thực tế", "điều kiện", "tình hình thực tế", "thực tế", "tiềm năng", "lợi thế", "thế mạnh", "ngân sách", "khả năng ngân sách",
                                     "đặc thù", "đặc điểm", "bản sắc", "xứng tầm", "thế mạnh đặc trưng"};
constexpr std::string_view kInside[] = {"của", "toàn", "trong", "tại", "thuộc", "địa bàn", "ở"};
constexpr std::string_view kSeveral[] = {"các", "những", "mỗi", "từng", "cấp", "hai", "ba", "đơn vị"};
constexpr std::string_view kOrders[] = {"xây dựng", "ban hành", "xây dựng ban hành", "lập", "tham mưu ban hành", "tham mưu xây dựng"};
constexpr std::string_view kPlans[] = {"kế hoạch", "chương trình", "đề án", "phương án"};
constexpr std::string_view kKinds[] = {"kế hoạch hành động", "kế hoạch",   "chương trình hành động", "chương trình", "nghị quyết", "quyết định",
                                       "chỉ thị",            "hướng dẫn", "đề án",                  "quy hoạch"};
constexpr std::string_view kUpper[] = {"thành phố", "tỉnh",      "trung ương", "thành ủy", "tỉnh ủy", "ban thường vụ thành ủy", "ban thường vụ tỉnh ủy", "ubnd thành phố",
                                       "ubnd tỉnh", "chính phủ", "ban chỉ đạo thành ủy",  "ban chỉ đạo trung ương", "ban chỉ đạo thành phố", "ban chỉ đạo tỉnh"};
constexpr std::string_view kSteers[] = {"ban chỉ đạo"};
constexpr std::string_view kWhole[] = {"nội dung"};
constexpr std::string_view kThis[] = {"này"};
constexpr std::string_view kFollows[] = {"như sau"};
constexpr std::string_view kAbout[] = {"về"};
constexpr std::string_view kOf[] = {"của"};
constexpr std::string_view kTasksOf[] = {"phát triển", "thực hiện", "chuyển đổi", "triển khai"};   // what a steering body is named by

struct Tables {
  NameTable annex{kAnnexWords}, enclosed{kEnclosed}, own{kOwn}, inside{kInside}, several{kSeveral}, orders{kOrders}, plans{kPlans}, kinds{kKinds}, upper{kUpper},
      steers{kSteers}, whole{kWhole}, self{kThis}, follows{kFollows}, about{kAbout}, of{kOf}, tasks{kTasksOf};
};
const Tables& TheTables() {
  static const Tables tables;
  return tables;
}

UChar32 FirstPoint(std::string_view text) {
  int32_t i = 0;
  UChar32 c = ' ';
  if (!text.empty()) U8_NEXT(text.data(), i, static_cast<int32_t>(text.size()), c);
  return c;
}

class Reader {
 public:
  Reader(std::string_view text, std::span<const Word> words, const NameTable& tiers) : text_(text), words_(words), tiers_(tiers) {}

  std::vector<Mention> Run() {
    for (size_t i = 0; i < words_.size(); ++i) {
      Annex(i);
      Tier(i);
      FurtherPlan(i);
      Steering(i);
      Document(i);
    }
    return std::move(found_);
  }

 private:
  std::string_view Slice(size_t first, size_t behind) const { return text_.substr(words_[first].begin, words_[behind - 1].end - words_[first].begin); }
  bool Joined(size_t i) const { return i < words_.size() && words_[i].joined; }
  bool Capital(size_t i) const { return i < words_.size() && u_isupper(FirstPoint(text_.substr(words_[i].begin))); }
  // No stop between two words.
  bool OneSentence(size_t from, size_t to) const {
    const std::string_view between = text_.substr(words_[from].end, words_[to].begin - words_[from].end);
    for (size_t i = 0; i < between.size(); ++i) {
      if (between[i] == ';' || (between[i] == '.' && (i + 1 == between.size() || IsBlank(between[i + 1])))) return false;
    }
    return true;
  }
  void Add(MentionKind kind, size_t first, size_t behind, std::string form, uint32_t number = 0) {
    if (++of_kind_[static_cast<size_t>(kind)] > kMostOfAKind) return;
    found_.push_back({kind, words_[first].begin, words_[behind - 1].end, std::move(form), number});
  }

  void Annex(size_t i) {
    if (i < annex_end_) return;
    const auto annex = tables_.annex.LongestAt(words_, i, true);
    if (annex.words == 0) return;
    for (size_t j = i + annex.words; j < words_.size() && j < i + annex.words + kAnnexReach; ++j) {
      const auto enclosed = tables_.enclosed.LongestAt(words_, j, true);
      if (enclosed.words == 0) continue;
      if (!OneSentence(i, j)) return;
      annex_end_ = j + enclosed.words;
      Add(MentionKind::kAnnex, i, annex_end_, FoldName(Slice(i, i + annex.words)));
      return;
    }
  }

  void Tier(size_t i) {
    if (i < tier_end_) return;
    const auto tier = tiers_.LongestAt(words_, i, true);
    if (tier.words == 0) return;
    const size_t end = i + tier.words;
    tier_end_ = end;
    const std::string_view word = Slice(i, end);
    if (Joined(end) && FoldName(Slice(end, end + 1)) == "hội") return;   // «xã hội»
    if (Joined(end) && Capital(end)) {   // «phường Trấn Biên»
      size_t behind = end;
      while (behind < end + kLongestName && Joined(behind) && Capital(behind)) ++behind;
      size_t first = i;
      if (words_[i].joined && i >= 1) {
        const size_t inside = tables_.inside.LongestBefore(words_, i);
        if (inside == 2) first = i >= 3 && Joined(i - 2) && FoldName(Slice(i - 3, i - 2)) == "trên" ? i - 3 : i - 2;
      }
      Add(MentionKind::kPlace, first, behind, FoldName(Slice(i, behind)), tier.number);
      tier_end_ = behind;
      return;
    }
    // «các xã, phường», «xã, phường», «cấp xã» speak of a sort, not of one's own area.
    if (tables_.several.LongestBefore(words_, i) > 0) return;
    if (end < words_.size() && tiers_.LongestAt(words_, end, true).words > 0) return;
    if (end + 1 < words_.size() && Joined(end) && tiers_.LongestAt(words_, end + 1, true).words > 0) return;   // «xã và phường»
    if (i > 0 && tiers_.LongestAt(words_, i - 1).words == 1) return;
    const size_t marker = tables_.inside.LongestBefore(words_, i);
    if (marker == 0) return;
    const size_t first = i - marker;
    const size_t own = tables_.own.LongestBefore(words_, first);
    Add(MentionKind::kTier, first - own, end, FoldName(word), tier.number);
    if (of_kind_[static_cast<size_t>(MentionKind::kTier)] > kMostOfAKind) return;
    found_.back().own = own > 0 || marker == 2;
  }

  void FurtherPlan(size_t i) {
    if (i < plan_end_) return;
    const auto order = tables_.orders.LongestAt(words_, i);
    if (order.words == 0) return;
    for (size_t j = i + order.words; j < words_.size() && j <= i + order.words + kPlanReach; ++j) {
      const auto plan = tables_.plans.LongestAt(words_, j, true);
      if (plan.words == 0) continue;
      if (!OneSentence(i, j) || tables_.enclosed.LongestBefore(words_, j) > 0) return;
      const size_t end = j + plan.words;
      if (Joined(end) && tables_.self.LongestAt(words_, end).words > 0) return;   // «kế hoạch này»
      size_t behind = end;
      while (behind < end + 6 && Joined(behind)) ++behind;
      plan_end_ = end;
      // «… xây dựng Kế hoạch thực hiện như sau:» is the plan itself.
      for (size_t k = end; k < words_.size() && k < end + 2 * kAnnexReach && Joined(k); ++k) {
        if (tables_.follows.LongestAt(words_, k, true).words > 0) return;
      }
      Add(MentionKind::kFurtherPlan, i, behind, FoldName(Slice(j, end)));
      return;
    }
  }

  void Steering(size_t i) {
    const auto body = tables_.steers.LongestAt(words_, i, true);
    if (body.words == 0) return;
    size_t at = i + body.words;
    if (Joined(at) && tables_.about.LongestAt(words_, at).words > 0) ++at;
    if (!Joined(at) || tables_.tasks.LongestAt(words_, at, true).words == 0) return;
    size_t behind = at;
    while (behind < at + 6 && (behind == at || Joined(behind))) ++behind;
    std::string form = FoldName(Slice(at, std::min(behind, at + 4)));
    std::erase(form, ',');
    if (const size_t so = form.find(" số "); so != std::string::npos) form.erase(so, 4);   // «nghị quyết (số) 57»
    Add(MentionKind::kSteering, i, behind, form);
  }

  void Document(size_t i) {
    if (i < document_end_) return;
    const auto kind = tables_.kinds.LongestAt(words_, i, true);
    if (kind.words == 0) return;
    const size_t end = i + kind.words;
    document_end_ = end;
    const bool whole = tables_.whole.LongestBefore(words_, i) > 0;
    const bool self = Joined(end) && tables_.self.LongestAt(words_, end).words > 0;
    if (self || (whole && Capital(i) && !(Joined(end) && (Capital(end) || words_[end].is_number || FoldName(Slice(end, end + 1)) == "số" || tables_.of.LongestAt(words_, end).words > 0)))) {
      const size_t first = whole ? i - tables_.whole.LongestBefore(words_, i) : i;
      Add(MentionKind::kOwnKind, first, self ? end + 1 : end, FoldName(Slice(i, end)));
      return;
    }
    if (!Joined(end) || tables_.of.LongestAt(words_, end).words == 0) return;
    const auto upper = tables_.upper.LongestAt(words_, end + 1, true);
    if (upper.words == 0 || !Joined(end + 1)) return;
    size_t behind = end + 1 + upper.words;
    while (behind < words_.size() && Joined(behind) && Capital(behind) && behind < end + 10) ++behind;
    Add(MentionKind::kUnnumbered, i, behind, std::string(Slice(end + 1, behind)));
  }

  std::string_view text_;
  std::span<const Word> words_;
  const NameTable& tiers_;
  const Tables& tables_ = TheTables();
  std::vector<Mention> found_;
  size_t annex_end_ = 0, tier_end_ = 0, plan_end_ = 0, document_end_ = 0;
  std::array<size_t, 8> of_kind_{};
};

// A capital of an abbreviation at `at`: its size in bytes, 0 if there is none.
size_t CapitalAt(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] >= 'A' && text[at] <= 'Z') return 1;
  return text.substr(at, 2) == "Đ" ? 2 : 0;
}

bool IsRoman(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return std::string_view("IVXLCDM").find(c) != std::string_view::npos; });
}

bool IsLetterOrDigit(std::string_view text, size_t at) {
  if (at >= text.size()) return false;
  return u_isalnum(FirstPoint(text.substr(at))) != 0;
}

// A letter, digit or «/» ends right before `at`.
bool InsideWord(std::string_view text, size_t at) {
  if (at == 0) return false;
  int32_t i = static_cast<int32_t>(at);
  UChar32 c;
  U8_PREV(text.data(), 0, i, c);
  return u_isalnum(c) || c == '/' || c == '-' || c == '&' || c == '_';
}

// The brackets around begin..end hold several short forms and nothing else.
bool InListOfShortForms(std::string_view text, size_t begin, size_t end) {
  constexpr size_t kLongest = 60;   // bytes of the list
  size_t open = begin;
  while (open > 0 && begin - open < kLongest && text[open - 1] != '(' && text[open - 1] != ')') --open;
  if (open < 3 || text[open - 1] != '(') return false;
  const size_t close = text.find(')', end);
  if (close == std::string_view::npos || close - end > kLongest) return false;
  std::string_view list = text.substr(open, close - open);
  size_t forms = 0;
  while (!list.empty()) {
    const size_t stop = std::min(list.find_first_of(" ,;\n"), list.size());
    const std::string_view word = list.substr(0, stop);
    list.remove_prefix(std::min(stop + 1, list.size()));
    if (word.empty() || word == "và") continue;
    for (size_t i = 0; i < word.size();) {
      const size_t size = word[i] == '-' || word[i] == '&' ? 1 : CapitalAt(word, i);
      if (size == 0) return false;
      i += size;
    }
    ++forms;
  }
  return forms >= 2;
}

}  // namespace

std::vector<Mention> FindMentions(std::string_view passage, std::span<const Word> words, const NameTable& tiers) {
  return Reader(passage, words, tiers).Run();
}

std::string BareLetters(std::string_view abbreviation) {
  std::string out;
  for (size_t i = 0; i < abbreviation.size();) {
    const size_t size = CapitalAt(abbreviation, i);
    if (size > 0) out += size == 2 ? 'D' : abbreviation[i];
    i += std::max<size_t>(size, 1);
  }
  return out;
}

std::vector<Abbreviation> FindAbbreviations(std::string_view text) {
  std::vector<Abbreviation> found;
  size_t capitals = 0, letters = 0;
  for (int32_t i = 0, length = static_cast<int32_t>(text.size()); i < length;) {
    UChar32 c;
    U8_NEXT(text.data(), i, length, c);
    if (!u_isalpha(c)) continue;
    ++letters;
    capitals += u_isupper(c) != 0;
  }
  if (capitals * 5 > letters * 3) return found;   // a heading in capitals
  for (size_t i = 0; i < text.size();) {
    if (CapitalAt(text, i) == 0 || InsideWord(text, i)) {
      ++i;
      continue;
    }
    size_t end = i, count = 0;
    while (end < text.size()) {
      if (const size_t size = CapitalAt(text, end); size > 0) {
        end += size;
        ++count;
      } else if ((text[end] == '-' || text[end] == '&') && CapitalAt(text, end + 1) > 0 && end > i) {
        ++end;
      } else {
        break;
      }
    }
    const bool whole = !IsLetterOrDigit(text, end) && text.substr(end, 1) != "/" && text.substr(end, 1) != "-";
    const std::string_view word = text.substr(i, end - i);
    if (count >= 2 && whole && !IsRoman(word) && found.size() < kMostOfAKind) {
      const std::string_view before = text.substr(0, i);
      const bool bracket = before.ends_with('(') && text.substr(end, 1) == ")" && before.size() > 2;
      const bool said = before.ends_with("viết tắt là ") || before.ends_with("gọi tắt là ") || before.ends_with("viết tắt: ");
      found.push_back({i, end, bracket || said, InListOfShortForms(text, i, end)});
    }
    i = std::max(end, i + 1);
  }
  return found;
}

std::vector<Spelling> FindSpellings(std::string_view passage, std::span<const Word> words) {
  // Ends of syllables whose tone may stand on either vowel: older first.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kTones = {{
      {"oà", "òa"}, {"oá", "óa"}, {"oả", "ỏa"}, {"oã", "õa"}, {"oạ", "ọa"}, {"oè", "òe"}, {"oé", "óe"}, {"oẻ", "ỏe"},
      {"oẽ", "õe"}, {"oẹ", "ọe"}, {"uỳ", "ùy"}, {"uý", "úy"}, {"uỷ", "ủy"}, {"uỹ", "ũy"}, {"uỵ", "ụy"}}};
  static constexpr std::string_view kEvery[] = {"hàng năm",   "hàng tháng",  "hàng quý",  "hàng tuần",  "hàng ngày",  "hằng năm",
                                                "hằng tháng", "hằng quý", "hằng tuần", "hằng ngày"};
  static const NameTable every{kEvery};
  // «bán hàng năm loại», «ngân hàng quý»: «hàng» belongs to the word before it.
  static constexpr std::string_view kGoods[] = {"bán", "mua", "ngân", "khách", "cửa", "mặt", "đơn", "nhà", "giao", "kho", "đặt", "xuất"};
  static const NameTable goods{kGoods};
  std::vector<Spelling> found;
  for (size_t i = 0; i < words.size() && found.size() < 10 * kMostOfAKind; ++i) {
    const std::string_view word = passage.substr(words[i].begin, words[i].end - words[i].begin);
    if (const auto match = every.LongestAt(words, i, true); match.words > 0 && goods.LongestBefore(words, i) == 0) {
      const size_t end = words[i + match.words - 1].end;
      found.push_back({words[i].begin, end, FoldName(std::string("hằng ") + std::string(passage.substr(words[i + 1].begin, end - words[i + 1].begin))), match.number >= 5});
      continue;
    }
    if (word.size() < 3 || static_cast<unsigned char>(word.back()) < 0x80) {
      if (word.size() < 3 || (word.back() != 'a' && word.back() != 'e' && word.back() != 'y')) continue;
    }
    if (word.ends_with("quý") || word.ends_with("Quý")) continue;   // the u belongs to the consonant
    for (const auto& [older, newer] : kTones) {
      const bool old = word.ends_with(older), now = word.ends_with(newer);
      if (!old && !now) continue;
      if (word.size() > older.size() && (word[word.size() - older.size() - 1] == 'q' || word[word.size() - older.size() - 1] == 'Q')) break;
      found.push_back({words[i].begin, words[i].end, FoldName(word), now});
      break;
    }
  }
  return found;
}

}  // namespace ordo::prose

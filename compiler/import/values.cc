#include "compiler/import/values.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "compiler/ast/words.h"
#include "compiler/import/wording.h"
#include "runtime/base/unicode.h"

namespace ordo::import {
namespace {

constexpr size_t kValueBytes = 400;

constexpr W kKinds[] = {W::word_product_decision, W::word_product_plan, W::word_product_report, W::word_product_document, W::word_product_dossier,
                        W::word_product_scheme, W::word_product_project, W::word_product_programme, W::word_product_directive, W::word_product_resolution,
                        W::word_product_notice, W::word_product_submission, W::word_product_letter, W::word_product_list, W::word_product_regulation};

// The kind of document whose name a text begins with: its spelling; "" if none.
std::string_view KindAt(std::string_view folded) {
  std::string_view best;
  for (const W kind : kKinds) {
    const std::string_view spelling = SpellingOf(kind, Skin::kVietnamese);
    const bool here = folded.starts_with(spelling) &&
                      (folded.size() == spelling.size() || folded[spelling.size()] == ' ' || folded[spelling.size()] == ',' || folded[spelling.size()] == ':');
    if (here && spelling.size() > best.size()) best = spelling;
  }
  return best;
}

bool TakeWord(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  const bool letter = static_cast<unsigned char>(word.back()) >= 0x80 || (word.back() >= 'a' && word.back() <= 'z');
  if (letter && text.size() > word.size() && text[word.size()] != ' ' && text[word.size()] != ':') return false;
  text.remove_prefix(word.size());
  while (text.starts_with(' ') || text.starts_with(':')) text.remove_prefix(1);
  return true;
}

// A number as Vietnamese plans write it: «1.500», «3,5», «85», followed at once by % perhaps. Advances.
std::string TakeNumber(std::string_view& text) {
  size_t end = 0;
  while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') || text[end] == '.' || text[end] == ',')) ++end;
  while (end > 0 && (text[end - 1] == '.' || text[end - 1] == ',')) --end;
  if (end == 0 || end > 15) return {};
  std::string number(text.substr(0, end));
  // A point that stands before three figures parts thousands; another one is a decimal point of a spreadsheet.
  const size_t point = number.find('.');
  if (point != std::string::npos) {
    size_t figures = 0;
    for (size_t i = point + 1; i < number.size() && number[i] >= '0' && number[i] <= '9'; ++i) ++figures;
    if (figures != 3) {
      if (number.find_first_of(".,", point + 1) != std::string::npos) return {};
      number[point] = ',';
    }
  }
  if (std::count(number.begin(), number.end(), ',') > 1) return {};
  while (number.size() > 1 && number[0] == '0' && number[1] >= '0' && number[1] <= '9') number.erase(0, 1);
  text.remove_prefix(end);
  if (text.starts_with(" %")) text.remove_prefix(1);
  if (text.starts_with('%')) {
    number += '%';
    text.remove_prefix(1);
  }
  while (text.starts_with(' ')) text.remove_prefix(1);
  return number;
}

}  // namespace

ProductReading ReadProduct(std::string_view raw) {
  const std::string text = Even(raw);
  if (text.empty()) return {};
  const std::string folded = FoldName(text.substr(0, kValueBytes));
  const std::string_view kind = KindAt(folded);
  if (!kind.empty() && folded == kind) {
    // «Báo cáo» is printed so by itself.
    return {std::string(kind)};
  }
  // «Báo cáo, văn bản»: nothing but kinds.
  std::string list;
  bool kinds = true;
  for (size_t at = 0; at <= folded.size() && kinds;) {
    const size_t end = std::min(folded.find_first_of(",;/", at), folded.size());
    std::string_view part = std::string_view(folded).substr(at, end - at);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    kinds = !part.empty() && KindAt(part) == part;
    if (kinds) list += fmt::format("{}{}", list.empty() ? "" : ", ", part);
    at = end + 1;
  }
  if (kinds && text.size() < kValueBytes) return {fmt::format("{} ghi {}", list, Quoted(text))};
  if (!kind.empty() && folded.size() > kind.size() && folded[kind.size()] == ' ') return {fmt::format("{} {}", kind, Quoted(text))};
  return {Quoted(text)};
}

std::string ReadMeasure(std::string_view raw) {
  const std::string text = Even(raw);
  if (text.empty()) return {};
  const std::string folded = FoldName(text.substr(0, kValueBytes));
  if (folded == "%") return "%";
  for (const std::string_view money : {"đồng", "triệu đồng", "tỷ đồng"}) {
    if (text == money) return std::string(money);
  }
  return Quoted(text);
}

ValueReading ReadValue(std::string_view raw, std::string_view measure) {
  const std::string even = Even(raw);
  ValueReading reading;
  reading.verb = "đạt";
  reading.value = Quoted(even);
  if (even.empty() || even.size() > kValueBytes) return reading;
  const std::string folded = FoldName(even);
  std::string_view text = folded;
  std::string verb = "đạt";
  if (TakeWord(text, "phấn đấu")) verb = "phấn đấu";
  else if (TakeWord(text, "duy trì")) verb = "duy trì";
  else if (TakeWord(text, "tăng")) verb = "tăng";
  else if (TakeWord(text, "giảm")) verb = "giảm";
  TakeWord(text, "đạt");
  const bool change = verb == "tăng" || verb == "giảm";
  std::string sign;
  if (TakeWord(text, "≥") || TakeWord(text, ">=") || TakeWord(text, "ít nhất") || TakeWord(text, "tối thiểu")) sign = ">= ";
  else if (TakeWord(text, "≤") || TakeWord(text, "<=") || TakeWord(text, "không quá") || TakeWord(text, "tối đa")) sign = "<= ";
  else if (TakeWord(text, ">") || TakeWord(text, "trên")) sign = "> ";
  else if (TakeWord(text, "<") || TakeWord(text, "dưới")) sign = "< ";
  const bool from = sign.empty() && TakeWord(text, "từ");
  std::string first = TakeNumber(text);
  if (first.empty()) return reading;
  std::string last;
  if (sign.empty()) {
    std::string_view rest = text;
    if (TakeWord(rest, "-") || (from && TakeWord(rest, "đến"))) {
      last = TakeNumber(rest);
      if (!last.empty()) text = rest;
    } else if (TakeWord(rest, "trở lên")) {
      sign = ">= ";
      text = rest;
    }
  }
  if (from && last.empty() && sign.empty()) return reading;
  if (!last.empty() && last.ends_with('%') && !first.ends_with('%')) first += '%';
  // The noun of the measure may stand behind the number.
  const std::string noun = FoldName(Even(measure));
  if (noun == "%" && !first.ends_with('%')) {
    first += '%';
    if (!last.empty()) last += '%';
  } else if (!noun.empty() && noun != "%" && text.starts_with(noun)) {
    text.remove_prefix(noun.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  const bool money = noun == "đồng" || noun == "triệu đồng" || noun == "tỷ đồng";
  if (money) {
    first += " " + noun;
    if (!last.empty()) last += " " + noun;
  }
  std::string per;
  if (TakeWord(text, "mỗi năm") || TakeWord(text, "/năm") || TakeWord(text, "/ năm") || TakeWord(text, "hằng năm")) per = " mỗi năm";
  if (!text.empty()) return reading;
  reading.number = true;
  reading.verb = verb;
  reading.value = last.empty() ? sign + first : fmt::format("từ {} đến {}", first, last);
  if (change && !sign.empty()) reading.value = first;
  reading.value += per;
  return reading;
}

std::string ReadLength(std::string_view raw) {
  const std::string folded = FoldName(Even(raw.substr(0, kValueBytes)));
  std::string_view text = folded;
  std::string value;
  const auto length = [&]() -> bool {
    const std::string number = TakeNumber(text);
    if (number.empty() || number.ends_with('%')) return false;
    for (const std::string_view unit : {"ngày làm việc", "ngày", "tuần", "tháng", "năm"}) {
      if (!TakeWord(text, unit)) continue;
      value += fmt::format("{} {}", number, unit);
      return true;
    }
    return false;
  };
  if (TakeWord(text, "từ")) {
    value = "từ ";
    if (!length() || !TakeWord(text, "đến")) return {};
    value += " đến ";
    return length() && text.empty() ? value : std::string();
  }
  if (TakeWord(text, "tối thiểu") || TakeWord(text, "ít nhất")) value = "tối thiểu ";
  else if (TakeWord(text, "không quá") || TakeWord(text, "tối đa")) value = "không quá ";
  return length() && text.empty() ? value : std::string();
}

std::string ReadMoney(std::string_view raw) {
  const std::string folded = FoldName(Even(raw.substr(0, kValueBytes)));
  std::string_view text = folded;
  const std::string number = TakeNumber(text);
  if (number.empty() || number.ends_with('%')) return {};
  for (const std::string_view unit : {"triệu đồng", "tỷ đồng", "đồng"}) {
    if (text == unit) return fmt::format("{} {}", number, unit);
  }
  return {};
}

}  // namespace ordo::import

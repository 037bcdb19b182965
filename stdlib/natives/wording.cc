// How rows, passages and numbers are worded: phrases of a list, actions, loose ends, numbers written in one style.
// In: cells, the texts of the program. Out: one cell. Never: state, new texts.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/unicode.h"
#include "stdlib/natives/families.h"
#include "stdlib/natives/figures.h"
#include "stdlib/natives/phrases.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace ordo::natives {

namespace {

using Cells = std::span<const ir::Cell>;

std::string_view TextOf(const ir::Program& program, ir::Cell cell) { return program.text(Symbol(static_cast<uint32_t>(cell))); }

// ---- phrases of a list ----

// Calls `found` with each phrase of a list parted by commas, until it says true.
template <typename Found>
bool AnyPhrase(std::string_view list, Found found) {
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    std::string_view phrase = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (phrase.starts_with(' ')) phrase.remove_prefix(1);
    while (phrase.ends_with(' ')) phrase.remove_suffix(1);
    if (!phrase.empty() && found(phrase)) return true;
  }
  return false;
}

bool WordEndsAt(std::string_view text, size_t at) { return at >= text.size() || !u_isalnum(PointAt(text, at)); }

// The phrase as whole words; both in the form of FoldName.
bool Names(std::string_view text, std::string_view phrase) {
  for (size_t at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
    if (!u_isalnum(PointBefore(text, at)) && WordEndsAt(text, at + phrase.size())) return true;
  }
  return false;
}

ir::Cell NamesOneOf(const ir::Program& program, Cells cells) {
  const std::string text = FoldName(TextOf(program, cells[0])), list = FoldName(TextOf(program, cells[1]));
  return AnyPhrase(list, [&](std::string_view phrase) { return Names(text, phrase); });
}

// Where the words begin: behind blanks, dashes and quotes.
size_t FirstWord(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && !u_isalnum(PointAt(text, at))) {
    auto next = static_cast<int32_t>(at);
    U8_FWD_1(text.data(), next, static_cast<int32_t>(text.size()));
    at = static_cast<size_t>(next);
  }
  return at;
}

ir::Cell BeginsWithOneOf(const ir::Program& program, Cells cells) {
  const std::string text = FoldName(TextOf(program, cells[0])), list = FoldName(TextOf(program, cells[1]));
  const std::string_view words = std::string_view(text).substr(FirstWord(text));
  return AnyPhrase(list, [&](std::string_view phrase) { return words.starts_with(phrase) && WordEndsAt(words, phrase.size()); });
}

// ---- what a row asks for ----

const Phrases& Actions() {
  static const Phrases actions(
      "rà soát, đề xuất, kiến nghị, tham mưu, xây dựng, ban hành, triển khai, tổ chức, thực hiện, thành lập, kiện toàn, củng cố, "
      "duy trì, tuyên truyền, phổ biến, hướng dẫn, hỗ trợ, tập huấn, đào tạo, bồi dưỡng, kiểm tra, giám sát, đôn đốc, theo dõi, "
      "đánh giá, tổng hợp, báo cáo, công bố, cập nhật, số hóa, chuẩn hóa, kết nối, chia sẻ, khai thác, sử dụng, ứng "
      "dụng, vận hành, nâng cấp, đầu tư, mua sắm, lắp đặt, bố trí, phân bổ, phân công, cử, đăng ký, khảo sát, thống kê, lập, "
      "thẩm định, trình, phê duyệt, ký kết, tiếp nhận, giải quyết, xử lý, tháo gỡ, cắt giảm, đơn giản hóa, tái cấu trúc, hoàn "
      "thiện, hoàn thành, bảo đảm, đảm bảo, tăng cường, đẩy mạnh, nâng cao, thúc đẩy, phát triển, mở rộng, vận động, khuyến khích, "
      "huy động, phối hợp, chủ trì, tham gia, cung cấp, bảo vệ, phòng ngừa, phát hiện, ngăn chặn, khen thưởng, biểu dương, sơ kết, "
      "tổng kết, review, propose, draft, prepare, build, develop, issue, implement, organise, organize, establish, "
      "maintain, promote, guide, support, train, inspect, monitor, evaluate, report, publish, update, digitise, digitize, connect, "
      "share, operate, upgrade, install, assign, register, survey, approve, submit, resolve, simplify, complete, ensure, "
      "strengthen, improve, coordinate, provide, collect");
  return actions;
}

// What makes verbs behind it into nouns or into a purpose, up to the end of the item: «công tác kiểm tra, giám sát», «để theo dõi, xử lý».
bool Subordinates(const std::vector<Word>& words, size_t at) {
  static const Phrases openers(
      "công tác, chế độ, lớp, sự, hình thức, phong trào, kết quả, trong, để, nhằm, thông qua, bằng, theo hướng, in order to, so as "
      "to, by");
  if (words[at].text == "việc") return Before(words, at) != "công" && Before(words, at) != "làm" && At(words, at + 1) != "làm";
  return openers.Match(words, at) > 0;
}

// How many parts between commas, semicolons and full stops begin with an action. What stands in brackets explains and is none.
ir::Cell ActionsIn(const ir::Program& program, Cells cells) {
  const std::string text = FoldName(TextOf(program, cells[0]));
  const std::vector<Word> words = WordsOf(text);
  int64_t actions = 0;
  int depth = 0;
  bool inside = false;   // of a phrase that hangs on another
  size_t read = 0;       // bytes looked at
  for (size_t i = 0; i < words.size(); ++i) {
    const auto begin = static_cast<size_t>(words[i].text.data() - text.data());
    bool head = i == 0;
    for (; read < begin; ++read) {
      const char c = text[read];
      if (c == '(' || c == '[') ++depth;
      else if ((c == ')' || c == ']') && depth > 0) --depth;
      head = head || c == ',' || c == ';' || c == '.';
      inside = inside && c != ';' && c != '.';
    }
    read = begin + words[i].text.size();
    actions += head && depth == 0 && !inside && Actions().Match(words, i) > 0;
    inside = inside || Subordinates(words, i);
  }
  return Decimal::FromInt(actions).cell();
}

// A number that measures or a level; no year, name or symbol of a document.
ir::Cell HasFigure(const ir::Program& program, Cells cells) {
  const Composed composed(TextOf(program, cells[0]));
  const std::vector<Figure> figures = FiguresOf(composed.text());
  return std::any_of(figures.begin(), figures.end(), [](const Figure& figure) {
    return figure.use == Figure::Use::kValue || figure.use == Figure::Use::kLevel;
  });
}

// «Luật Tổ chức chính quyền địa phương», «Luật số 72/2025/QH15», «Bộ luật Lao động», «Pháp lệnh …». Not «pháp luật», «Luật sư», «kỷ luật».
ir::Cell NamesLaw(const ir::Program& program, Cells cells) {
  const Composed composed(TextOf(program, cells[0]));
  const std::vector<Word> words = WordsOf(composed.text());
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].text, before = Before(words, i), next = At(words, i + 1);
    if (word == "Law" || word == "Act") return 1;
    const bool act = word == "Luật" || (word == "luật" && before == "Bộ") || (word == "lệnh" && before == "Pháp");
    if (act && i + 1 < words.size() && words[i + 1].joined && (next == "số" || u_isupper(PointAt(next, 0)))) return 1;
  }
  return 0;
}

// ---- loose ends ----

// The first letter is a small one. Markers («a) …»), numbers and names such as «eKYC» are no beginning in the middle.
ir::Cell BeginsSmall(const ir::Program& program, Cells cells) {
  const Composed composed(TextOf(program, cells[0]));
  const std::string_view text = composed.text();
  const size_t at = FirstWord(text);
  if (at == text.size() || !u_islower(PointAt(text, at))) return 0;
  auto next = static_cast<int32_t>(at);
  U8_FWD_1(text.data(), next, static_cast<int32_t>(text.size()));
  const UChar32 second = PointAt(text, static_cast<size_t>(next));
  return second != ')' && second != '.' && second != '-' && !u_isupper(second) && !u_isdigit(second);
}

// Nothing that ends a sentence or an item of a list stands at the end, closing brackets and quotes aside.
ir::Cell IsLeftOpen(const ir::Program& program, Cells cells) {
  std::string_view text = TextOf(program, cells[0]);
  const auto drop = [&](std::string_view mark) {
    if (!text.ends_with(mark)) return false;
    text.remove_suffix(mark.size());
    return true;
  };
  while (drop(" ") || drop("\n") || drop("\u00A0") || drop(")") || drop("\"") || drop("”") || drop("»")) {
  }
  for (const std::string_view end : {".", ";", ":", "!", "?", "…"}) {
    if (text.ends_with(end)) return 0;
  }
  return !text.empty();
}

// ---- numbers ----

// A number as issued without its values: «2.1.» is «1.1.», «đ)» is «a)», «IV» is «A».
std::string StyleOf(std::string_view number) {
  const Composed composed(number);
  const std::string_view text = composed.text();
  std::string style;
  for (size_t at = AfterBlanks(text, 0); at < text.size();) {
    auto next = static_cast<int32_t>(at);
    const UChar32 point = PointAt(text, at);
    U8_FWD_1(text.data(), next, static_cast<int32_t>(text.size()));
    const char kind = u_isdigit(point) ? '1' : u_isupper(point) ? 'A' : u_isalpha(point) ? 'a' : '\0';
    if (kind == '\0' && u_isUWhiteSpace(point)) {
    } else if (kind == '\0') {
      style += text.substr(at, static_cast<size_t>(next) - at);
    } else if (style.empty() || style.back() != kind) {
      style += kind;
    }
    at = static_cast<size_t>(next);
  }
  return style;
}

ir::Cell NumberedAlike(const ir::Program& program, Cells cells) {
  return cells[0] == cells[1] || StyleOf(TextOf(program, cells[0])) == StyleOf(TextOf(program, cells[1]));
}

// ---- names of bodies ----

// The words of a body's name, usual abbreviations written out.
std::vector<std::string> BodyWords(std::string_view name) {
  struct Short {
    std::string_view as, full;
  };
  static constexpr Short kShort[] = {{"ubnd", "ủy ban nhân dân"}, {"hđnd", "hội đồng nhân dân"}, {"mttq", "mặt trận tổ quốc"},
                                     {"tp", "thành phố"},         {"tw", "trung ương"},          {"btv", "ban thường vụ"},
                                     {"bcđ", "ban chỉ đạo"},      {"p", "phường"},               {"ttg", "thủ tướng"}};
  const std::string folded = FoldName(name);
  std::string full;
  for (const Word& word : WordsOf(folded)) {
    const auto* known = std::find_if(std::begin(kShort), std::end(kShort), [&](const Short& s) { return s.as == word.text; });
    full += known == std::end(kShort) ? word.text : known->full;
    full += ' ';
  }
  std::vector<std::string> words;
  for (const Word& word : WordsOf(full)) words.emplace_back(word.text);
  return words;
}

// Neither name is the beginning of the other: «Thành ủy» beside «Ban Thường vụ Thành ủy Hải Phòng». «UBND thành phố» beside «Ủy ban
// nhân dân thành phố Hải Phòng» is one body, its place left out.
ir::Cell NamesAnotherBody(const ir::Program& program, Cells cells) {
  const std::vector<std::string> a = BodyWords(TextOf(program, cells[0])), b = BodyWords(TextOf(program, cells[1]));
  return !std::equal(a.begin(), a.begin() + static_cast<ptrdiff_t>(std::min(a.size(), b.size())), b.begin());
}

// Bodies of one kind, perhaps of two places: their names begin with the same two words.
ir::Cell SameKindOfBody(const ir::Program& program, Cells cells) {
  const std::vector<std::string> a = BodyWords(TextOf(program, cells[0])), b = BodyWords(TextOf(program, cells[1]));
  return a.size() >= 2 && b.size() >= 2 && a[0] == b[0] && a[1] == b[1];
}

// ---- fields ----

const ir::Field* FieldOf(const ir::Program& program, ir::Cell object, std::string_view id) {
  const ir::Entity& entity = program.entity(static_cast<EntityId>(object));
  for (uint32_t f = entity.first_field; f < entity.first_field + entity.field_count; ++f) {
    if (program.words[program.fields[f].word].id == id) return &program.fields[f];
  }
  return nullptr;
}

// The field of this id says `none`.
ir::Cell LeavesOut(const ir::Program& program, Cells cells) {
  const ir::Field* field = FieldOf(program, cells[0], TextOf(program, cells[1]));
  return field && field->none;
}

}  // namespace

void RegisterWording(std::vector<eval::Native>& all) {
  using ir::Type;
  all.push_back({"names_one_of", {Type::kText, Type::kText}, Type::kBool, NamesOneOf});
  all.push_back({"begins_with_one_of", {Type::kText, Type::kText}, Type::kBool, BeginsWithOneOf});
  all.push_back({"actions_in", {Type::kText}, Type::kNumber, ActionsIn});
  all.push_back({"has_figure", {Type::kText}, Type::kBool, HasFigure});
  all.push_back({"names_law", {Type::kText}, Type::kBool, NamesLaw});
  all.push_back({"begins_small", {Type::kText}, Type::kBool, BeginsSmall});
  all.push_back({"is_left_open", {Type::kText}, Type::kBool, IsLeftOpen});
  all.push_back({"numbered_alike", {Type::kText, Type::kText}, Type::kBool, NumberedAlike});
  all.push_back({"names_another_body", {Type::kText, Type::kText}, Type::kBool, NamesAnotherBody});
  all.push_back({"same_kind_of_body", {Type::kText, Type::kText}, Type::kBool, SameKindOfBody});
  all.push_back({"leaves_out", {Type::kEntity, Type::kText}, Type::kBool, LeavesOut});
}

}  // namespace ordo::natives

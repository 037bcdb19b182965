#include "compiler/ast/words.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "compiler/ast/token.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

constexpr uint32_t kAllValues = kAtRoles | kAtTimes | kAtValues | kAtProducts | kAtColumns | kAtTexts | kAtSeries;

constexpr uint32_t PositionsOf(std::string_view letters) {
  uint32_t positions = 0;
  for (const char letter : letters) {
    switch (letter) {
      case 'r': positions |= kAtRoles; break;
      case 't': positions |= kAtTimes; break;
      case 'v': positions |= kAtValues; break;
      case 'p': positions |= kAtProducts; break;
      case 'c': positions |= kAtColumns; break;
      case 's': positions |= kAtSeries; break;
      case 'x': positions |= kAtExpr; break;
      case 'e': positions |= kAtEnum; break;
      case 'a': positions |= kAllValues; break;
    }
  }
  return positions;
}

// Which words the values of a key may use. Names stand everywhere, so a position is a set of words, not of values.
constexpr uint32_t ValuesOf(std::string_view shape) {
  if (shape == "roles") return kAtRoles;
  if (shape == "times") return kAtTimes;
  if (shape == "values") return kAtValues | kAtEnum | kAtKind;
  if (shape == "rows") return kAtType;
  if (shape == "products") return kAtProducts;
  if (shape == "columns") return kAtColumns;
  if (shape == "any") return kAtRoles | kAtTimes | kAtKind;
  if (shape == "expr") return kAtExpr;
  return kAtTexts;
}

void Split(std::string_view spellings, std::vector<std::string_view>& out) {
  while (true) {
    const size_t bar = spellings.find('|');
    out.push_back(spellings.substr(0, bar));
    if (bar == std::string_view::npos) return;
    spellings.remove_prefix(bar + 1);
  }
}

std::vector<WordRow> MakeRows() {
  std::vector<WordRow> rows(word_count());
  size_t next = 1;
  auto add = [&](std::string_view family, std::string_view id, uint32_t positions, std::string_view en,
                 std::string_view vi) -> WordRow& {
    WordRow& row = rows[next++];
    row.family = family;
    row.id = id;
    row.positions = positions;
    Split(vi, row.spellings[static_cast<int>(Skin::kVietnamese)]);
    Split(en, row.spellings[static_cast<int>(Skin::kEnglish)]);
    return row;
  };
  auto add_key = [&](std::string_view id, std::string_view shape, std::string_view en, std::string_view vi) {
    WordRow& row = add("key", id, kAtKey | kAtMember | kAtColumns, en, vi);
    row.values = ValuesOf(shape);
    row.expr = shape == "expr";
  };
  auto add_token = [&](std::string_view family, std::string_view id, uint32_t positions, TokenKind token, std::string_view en,
                       std::string_view vi) { add(family, id, positions, en, vi).token = static_cast<uint8_t>(token); };
#define ORDO_KIND(id, en, vi) add("kind", #id, kAtKind | kAtType, en, vi);
#define ORDO_TYPE(id, en, vi) add("type", #id, kAtType, en, vi);
#define ORDO_KEY(id, shape, en, vi) add_key(#id, #shape, en, vi);
#define ORDO_CLAUSE(id, token, en, vi) add_token("clause", #id, kAtClause, TokenKind::token, en, vi);
#define ORDO_WORD(id, positions, en, vi) add("word", #id, PositionsOf(positions), en, vi);
#define ORDO_UNIT(id, en, vi) add("unit", #id, kAtUnit, en, vi);
#define ORDO_MEMBER(id, en, vi) add("member", #id, kAtMember | kAtColumns, en, vi);
#define ORDO_OPERATOR(id, token, en, vi) add_token("operator", #id, kAtExpr, TokenKind::token, en, vi);
#include "grammar/words.def"
  return rows;
}

const std::vector<WordRow>& Rows() {
  static const std::vector<WordRow> rows = MakeRows();
  return rows;
}

// Spellings with a capital first letter are read too (`Tháng 01/2026`); the formatter puts them right.
std::string Capitalised(std::string_view text) {
  if (text.empty()) return {};
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) {
    std::string out(text);
    if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
    return out;
  }
  if (text.substr(0, 2) == "đ") return "Đ" + std::string(text.substr(2));
  return std::string(text);  // no spelling begins with another letter beyond ASCII
}

// Words are short: the first and the last eight bytes tell them apart, and cost less than a call.
struct Hash {
  size_t operator()(std::string_view text) const {
    const auto load = [&](size_t from, size_t bytes) {
      uint64_t value = 0;
      std::memcpy(&value, text.data() + from, bytes);
      return value;
    };
    const size_t n = text.size();
    uint64_t head = 0, tail = 0;
    if (n >= 8) {
      head = load(0, 8);
      tail = load(n - 8, 8);
    } else if (n >= 4) {
      head = load(0, 4);
      tail = load(n - 4, 4);
    } else if (n > 0) {
      head = load(0, 1) | load(n / 2, 1) << 8 | load(n - 1, 1) << 16;
    }
    const uint64_t mixed = (head ^ (tail * 0x9E3779B97F4A7C15ull) ^ n) * 0xD6E8FEB86659FD93ull;
    return mixed ^ (mixed >> 32);
  }
};

struct Index {
  absl::flat_hash_map<std::string_view, std::vector<Spelling>, Hash> by_first;
  absl::flat_hash_map<std::string_view, W, Hash> keys;
  std::deque<std::string> capitals;  // first words that stand in no row
};

void Add(Index& index, W word, uint32_t positions, std::string_view text) {
  if (text == "%") return;  // no word: the token source knows the sign
  Spelling spelling{word, positions, {}};
  std::string_view rest = text;
  while (true) {
    const size_t blank = rest.find(' ');
    spelling.words.push_back(rest.substr(0, blank));
    if (blank == std::string_view::npos) break;
    rest.remove_prefix(blank + 1);
  }
  index.by_first[spelling.words[0]].push_back(spelling);
  if (std::string capital = Capitalised(spelling.words[0]); capital != spelling.words[0]) {
    index.capitals.push_back(std::move(capital));
    spelling.words[0] = index.capitals.back();
    index.by_first[spelling.words[0]].push_back(std::move(spelling));
  }
  if (positions & kAtKey) index.keys.emplace(text, word);
}

Index MakeIndex(Skin skin) {
  Index index;
  for (size_t i = 1; i < word_count(); ++i) {
    for (const std::string_view text : Rows()[i].spellings[static_cast<int>(skin)]) {
      Add(index, static_cast<W>(i), Rows()[i].positions, text);
    }
  }
  for (auto& [first, spellings] : index.by_first) {
    std::stable_sort(spellings.begin(), spellings.end(),
                     [](const Spelling& a, const Spelling& b) { return a.words.size() > b.words.size(); });
  }
  return index;
}

const Index& IndexOf(Skin skin) {
  static const Index vi = MakeIndex(Skin::kVietnamese);
  static const Index en = MakeIndex(Skin::kEnglish);
  return skin == Skin::kVietnamese ? vi : en;
}

// What Vietnamese spelling confuses since it sounds alike: `chủ chì` is `chủ trì`, not `chữ cái`.
std::string Sound(std::string_view text, Skin skin) {
  if (skin == Skin::kEnglish) return std::string(text);
  std::string sound = FoldMarks(text);
  for (const auto& [from, to] :
       {std::pair<std::string_view, std::string_view>{"tr", "ch"}, {"gi", "d"}, {"x", "s"}, {"y", "i"}}) {
    for (size_t at = 0; (at = sound.find(from, at)) != std::string::npos; at += to.size()) sound.replace(at, from.size(), to);
  }
  return sound;
}

}  // namespace

const WordRow& RowOf(W word) { return Rows()[static_cast<size_t>(word)]; }

std::string_view SpellingOf(W word, Skin skin) {
  const auto& spellings = RowOf(word).spellings[static_cast<int>(skin)];
  return spellings.empty() ? std::string_view() : spellings.front();
}

std::span<const Spelling> SpellingsFrom(std::string_view word, Skin skin) {
  const auto& map = IndexOf(skin).by_first;
  const auto found = map.find(word);
  return found == map.end() ? std::span<const Spelling>() : std::span<const Spelling>(found->second);
}

W FindKey(std::string_view text, Skin skin) {
  const auto& map = IndexOf(skin).keys;
  const auto found = map.find(text);
  return found == map.end() ? W::kNone : found->second;
}

W FindWord(std::string_view text, Skin skin, uint32_t positions) {
  for (const Spelling& spelling : SpellingsFrom(text.substr(0, text.find(' ')), skin)) {
    if (!(spelling.positions & positions)) continue;
    std::string_view rest = text;
    size_t same = 0;
    for (const std::string_view word : spelling.words) {
      if (rest.substr(0, rest.find(' ')) != word) break;
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      ++same;
    }
    if (same == spelling.words.size() && rest.empty()) return spelling.word;
  }
  return W::kNone;
}

W FindNearestWord(std::string_view text, Skin skin, uint32_t positions) {
  std::vector<std::string> sounds;
  std::vector<W> words;
  for (size_t i = 1; i < word_count(); ++i) {
    if (!(Rows()[i].positions & positions)) continue;
    sounds.push_back(Sound(SpellingOf(static_cast<W>(i), skin), skin));
    words.push_back(static_cast<W>(i));
  }
  const std::vector<std::string_view> candidates(sounds.begin(), sounds.end());
  const auto nearest = FindNearest(Sound(text, skin), candidates);
  return nearest ? words[*nearest] : W::kNone;
}

bool IsReserved(std::string_view word) {
  static const absl::flat_hash_set<std::string_view> reserved = [] {
    absl::flat_hash_set<std::string_view> set;
    constexpr uint32_t kTaken = kAtRoles | kAtTimes | kAtProducts | kAtSeries | kAtExpr;
    for (size_t i = 1; i < word_count(); ++i) {
      if (!(Rows()[i].positions & kTaken)) continue;
      for (const auto& spellings : Rows()[i].spellings) {
        for (const std::string_view text : spellings) {
          if (text.find(' ') == std::string_view::npos) set.insert(text);
        }
      }
    }
    return set;
  }();
  return reserved.contains(word);
}

}  // namespace ordo

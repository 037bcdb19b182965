// The laws of the table of words (grammar/words.def): what makes a vocabulary in two languages one language.
#include "compiler/ast/words.h"

#include <algorithm>
#include <map>
#include <set>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "runtime/base/unicode.h"
#include "support/source_text.h"

namespace ordo {
namespace {

constexpr Skin kSkins[] = {Skin::kVietnamese, Skin::kEnglish};

// The sets of words that are looked up together: values of each shape of key, and the places of the token source.
struct Place {
  const char* name;
  uint32_t positions;
};
constexpr Place kPlaces[] = {
    {"statement", kAtKind | kAtClause},
    {"type", kAtType},
    {"key", kAtKey},
    {"roles", kAtRoles},
    {"times", kAtTimes},
    {"values", kAtValues | kAtEnum | kAtKind},
    {"rows", kAtType},
    {"products", kAtProducts},
    {"columns", kAtColumns},
    {"texts", kAtTexts},
    {"series", kAtSeries},
    {"parameter", kAtValues | kAtEnum},
    {"expressions", kAtExpr},
    {"enumeration in expressions", kAtEnum},
    {"unit", kAtUnit},
    {"member", kAtMember},
};

std::string Id(W word) { return fmt::format("{}.{}", RowOf(word).family, RowOf(word).id); }

// Rows that may share a spelling in one place, and why. Nothing else may.
struct Shared {
  const char* place;
  const char* a;
  const char* b;
  const char* reason;
};
constexpr Shared kShared[] = {
    {"times", "word.every", "word.every_n", "English has one word; a number behind it decides"},
    {"series", "word.every", "word.every_n", "English has one word; a number behind it decides"},
};

TEST(Words, NoSpellingStandsTwiceInOnePlace) {
  std::set<std::string> used;
  for (const Skin skin : kSkins) {
    for (const Place& place : kPlaces) {
      std::map<std::string_view, W> seen;
      for (size_t i = 1; i < word_count(); ++i) {
        const auto word = static_cast<W>(i);
        if (!(RowOf(word).positions & place.positions)) continue;
        for (const std::string_view text : RowOf(word).spellings[static_cast<int>(skin)]) {
          const auto [at, fresh] = seen.emplace(text, word);
          if (fresh) continue;
          const auto shared = std::find_if(std::begin(kShared), std::end(kShared), [&](const Shared& s) {
            return s.place == std::string_view(place.name) && s.a == Id(at->second) && s.b == Id(word);
          });
          EXPECT_NE(shared, std::end(kShared))
              << "«" << text << "» in " << place.name << ": " << Id(at->second) << " and " << Id(word);
          if (shared != std::end(kShared)) used.insert(shared->place);
        }
      }
    }
  }
  EXPECT_EQ(used.size(), std::size(kShared)) << "an exception that nothing needs";
}

TEST(Words, EveryRowIsSpeltInBothSkins) {
  std::set<std::string> ids;
  for (size_t i = 1; i < word_count(); ++i) {
    const auto word = static_cast<W>(i);
    EXPECT_TRUE(ids.insert(Id(word)).second) << Id(word);
    for (const Skin skin : kSkins) {
      ASSERT_FALSE(RowOf(word).spellings[static_cast<int>(skin)].empty()) << Id(word);
      for (const std::string_view text : RowOf(word).spellings[static_cast<int>(skin)]) {
        EXPECT_FALSE(text.empty()) << Id(word);
        EXPECT_EQ(ToNfc(text), text);
        EXPECT_EQ(text.find("  "), std::string_view::npos) << text;
        EXPECT_TRUE(text.front() != ' ' && text.back() != ' ') << text;
      }
    }
  }
  EXPECT_GT(ids.size(), 300u);
}

// A word that a place knows is read back as itself, whatever follows: the longest spelling wins.
TEST(Words, CanonicalSpellingIsReadBack) {
  for (const Skin skin : kSkins) {
    for (size_t i = 1; i < word_count(); ++i) {
      const auto word = static_cast<W>(i);
      const std::string_view text = SpellingOf(word, skin);
      if (text == "%") continue;  // a sign, known to the token source
      for (const Place& place : kPlaces) {
        if (!(RowOf(word).positions & place.positions)) continue;
        const W found = FindWord(text, skin, place.positions);
        if (word == W::word_every_n && skin == Skin::kEnglish) {
          EXPECT_EQ(found, W::word_every);
        } else {
          EXPECT_EQ(Id(found), Id(word)) << text << " in " << place.name;
        }
      }
      if (RowOf(word).positions & kAtKey) EXPECT_EQ(FindKey(text, skin), word) << text;
    }
  }
}

TEST(Words, TheLongestSpellingComesFirst) {
  for (const Skin skin : kSkins) {
    size_t longer = 0;
    for (size_t i = 1; i < word_count(); ++i) {
      for (const std::string_view text : RowOf(static_cast<W>(i)).spellings[static_cast<int>(skin)]) {
        const auto spellings = SpellingsFrom(text.substr(0, text.find(' ')), skin);
        if (text == "%") continue;
        ASSERT_FALSE(spellings.empty()) << text;
        for (size_t k = 1; k < spellings.size(); ++k) ASSERT_GE(spellings[k - 1].words.size(), spellings[k].words.size()) << text;
        longer += spellings.size() > 1 && spellings.back().words.size() < spellings.front().words.size();
      }
    }
    EXPECT_GT(longer, skin == Skin::kVietnamese ? 40u : 10u);
  }
}

// `không có` (no) against `không` + `có`: a spelling of several words must not be two other words that may stand side by side,
// unless that pair makes no sense. Pairs that can be read both ways are listed with the reason why the long reading is the only
// one.
struct Pair {
  const char* place;
  const char* text;
  const char* reason;
};
constexpr Pair kPairs[] = {
    {"values", "không đánh số", "none stands alone"},
    {"parameter", "không đánh số", "none stands alone"},
    {"columns", "nội dung ghi", "as a column the content of a clause has no wording of its own"},
    {"expressions", "not among", "among needs a left side"},
    {"times", "trước khi", "when opens a time and stands behind no other word"},
};

TEST(Words, NoSpellingFallsApartIntoTwoOthers) {
  for (const Skin skin : kSkins) {
    for (const Place& place : kPlaces) {
      // Statements, types, keys, units and members are one spelling each: nothing follows that is looked up in the same place.
      const std::string_view name = place.name;
      if (name == "statement" || name == "type" || name == "key" || name == "unit" || name == "member") continue;
      for (size_t i = 1; i < word_count(); ++i) {
        const auto word = static_cast<W>(i);
        if (!(RowOf(word).positions & place.positions)) continue;
        for (const std::string_view text : RowOf(word).spellings[static_cast<int>(skin)]) {
          for (size_t blank = text.find(' '); blank != std::string_view::npos; blank = text.find(' ', blank + 1)) {
            const W head = FindWord(text.substr(0, blank), skin, place.positions);
            const W tail = FindWord(text.substr(blank + 1), skin, place.positions);
            if (head == W::kNone || tail == W::kNone) continue;
            if (name == "columns" && RowOf(tail).family != "word") continue;  // between two columns stands a comma
            const bool listed = std::any_of(std::begin(kPairs), std::end(kPairs),
                                            [&](const Pair& p) { return p.place == name && p.text == text; });
            EXPECT_TRUE(listed) << "«" << text << "» in " << name << " is also " << Id(head) << " and then " << Id(tail);
          }
        }
      }
    }
  }
}

// Words without tone marks are not accepted; so that they can be offered as a fix, no two words of one place may be equal without
// them.
struct Toneless {
  const char* place;
  const char* a;
  const char* b;
  const char* reason;
};
const std::vector<Toneless> kToneless = {};

TEST(Words, NoTwoWordsOfOnePlaceAreEqualWithoutToneMarks) {
  for (const Place& place : kPlaces) {
    std::map<std::string, W> seen;
    for (size_t i = 1; i < word_count(); ++i) {
      const auto word = static_cast<W>(i);
      if (!(RowOf(word).positions & place.positions)) continue;
      for (const std::string_view text : RowOf(word).spellings[static_cast<int>(Skin::kVietnamese)]) {
        const auto [at, fresh] = seen.emplace(FoldMarks(text), word);
        if (fresh || at->second == word) continue;
        const bool listed = std::any_of(kToneless.begin(), kToneless.end(), [&](const Toneless& t) {
          return t.place == std::string_view(place.name) && t.a == Id(at->second) && t.b == Id(word);
        });
        EXPECT_TRUE(listed) << "in " << place.name << ": " << Id(at->second) << " «" << SpellingOf(at->second, Skin::kVietnamese)
                            << "» and " << Id(word) << " «" << text << "»";
      }
    }
  }
}

TEST(Words, CapitalFirstLettersAreReadToo) {
  EXPECT_EQ(FindKey("chủ trì", Skin::kVietnamese), W::key_lead);
  EXPECT_EQ(FindWord("Đến hết", Skin::kVietnamese, kAtTimes), W::word_by);
  EXPECT_EQ(FindWord("Within", Skin::kEnglish, kAtTimes), W::word_within);
  EXPECT_EQ(FindWord("ĐẾN HẾT", Skin::kVietnamese, kAtTimes), W::kNone);
  EXPECT_EQ(Parsed("ordo 1 vi\nNhiệm vụ t {\n  Chủ trì: a\n  Đánh số: theo mục\n}\n").Found(), "");
}

TEST(Words, NamesMayNotBeReservedWords) {
  // Single words of values and expressions, of either skin.
  for (const char* word : {"none", "không", "after", "từ", "và", "among", "per", "đạt", "report"})
    EXPECT_TRUE(IsReserved(word)) << word;
  // Keys, kinds, members and enumerations are free.
  for (const char* word : {"lead", "task", "mục", "title", "higher", "warning", "vhxh", "cột"})
    EXPECT_FALSE(IsReserved(word)) << word;
}

TEST(Words, NearestIsOffered) {
  EXPECT_EQ(FindNearestWord("chủ chì", Skin::kVietnamese, kAtKey), W::key_lead);
  EXPECT_EQ(FindNearestWord("chu tri", Skin::kVietnamese, kAtKey), W::key_lead);
  EXPECT_EQ(FindNearestWord("xyzzy", Skin::kEnglish, kAtKey), W::kNone);
}

}  // namespace
}  // namespace ordo

// The vocabulary of grammar/words.def as ids, spellings and positions. A word is known by where it stands: a lookup names the
// positions that are possible there and gets the longest spelling. No text of the language is compared anywhere else.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ordo {

enum class Skin : uint8_t { kVietnamese, kEnglish };

enum class W : uint16_t {
  kNone = 0,
#define ORDO_KIND(id, en, vi) kind_##id,
#define ORDO_TYPE(id, en, vi) type_##id,
#define ORDO_KEY(id, shape, en, vi) key_##id,
#define ORDO_CLAUSE(id, token, en, vi) clause_##id,
#define ORDO_WORD(id, positions, en, vi) word_##id,
#define ORDO_UNIT(id, en, vi) unit_##id,
#define ORDO_MEMBER(id, en, vi) member_##id,
#define ORDO_OPERATOR(id, token, en, vi) op_##id,
#include "grammar/words.def"
  kCount
};

// Where a word may stand; a set of bits.
enum WordPosition : uint32_t {
  kAtKind = 1 << 0,
  kAtType = 1 << 1,  // kinds too
  kAtKey = 1 << 2,
  kAtClause = 1 << 3,
  kAtRoles = 1 << 4,
  kAtTimes = 1 << 5,
  kAtValues = 1 << 6,
  kAtProducts = 1 << 7,
  kAtColumns = 1 << 8,  // keys and members too
  kAtSeries = 1 << 9,
  kAtExpr = 1 << 10,
  kAtEnum = 1 << 11,
  kAtUnit = 1 << 12,
  kAtMember = 1 << 13,  // keys too
  kAtTexts = 1 << 14,
};

struct WordRow {
  std::string_view id;      // "lead", "word_written" without its family: unique within it
  std::string_view family;  // "kind", "key", ...
  uint32_t positions = 0;
  uint8_t token = 0;                           // TokenKind for clauses and operators
  uint32_t values = 0;                         // keys: positions that their values may use
  bool expr = false;                           // keys: holds expressions
  std::vector<std::string_view> spellings[2];  // by Skin, first is canonical
};

const WordRow& RowOf(W word);
std::string_view SpellingOf(W word, Skin skin);
inline size_t word_count() { return static_cast<size_t>(W::kCount); }

// One spelling as words, for matching against a run of words.
struct Spelling {
  W word = W::kNone;
  uint32_t positions = 0;
  std::vector<std::string_view> words;
};

// A block of the journal: it names an object of the plan and declares none.
inline bool IsJournalKind(W kind) { return kind >= W::kind_started && kind <= W::kind_happened; }

// All spellings of a skin that begin with this word, longest first; empty if none. `word` must be NFC.
std::span<const Spelling> SpellingsFrom(std::string_view word, Skin skin);

// A whole key such as "người đứng đầu", one blank between words; kNone if unknown.
W FindKey(std::string_view text, Skin skin);
// A whole spelling in one of the positions; kNone if unknown.
W FindWord(std::string_view text, Skin skin, uint32_t positions);
// The canonical spelling nearest to a word that is not known, among rows of these positions; kNone if none is near.
W FindNearestWord(std::string_view text, Skin skin, uint32_t positions);
// True for a single word that values or expressions of either skin use: no name may be spelt so.
bool IsReserved(std::string_view word);

}  // namespace ordo

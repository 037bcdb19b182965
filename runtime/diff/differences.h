// What differs between two editions of a plan, as data: one Change an object, one Piece a fact of it. Texts are as they print in one
// language. Places point into the sources of the edition that they belong to. Equal editions give no change at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/span.h"
#include "runtime/diff/word_diff.h"

namespace ordo::diff {

// The parts that a comparison is told in, in this order.
enum class Part : uint8_t { kHeader, kTasks, kTargets, kReporting, kTexts, kTables, kRegister };
inline constexpr std::string_view kPartNames[] = {"header", "tasks", "targets", "reporting", "texts", "tables", "register"};

// What sort of fact it is.
enum class Facet : uint8_t { kOwner, kTime, kProduct, kValue, kText, kOther };
inline constexpr std::string_view kFacetNames[] = {"owner", "time", "product", "value", "text", "other"};

enum class Weight : uint8_t {
  kMeaning,
  kYear,     // the same time of the year, in the year of each edition's own period
  kWording,  // the same, written otherwise
};
inline constexpr std::string_view kWeightNames[] = {"meaning", "year", "wording"};

struct Piece {
  std::string key;    // "lead", "due", "title", "wording", "value"
  std::string label;  // «Chủ trì», «Giá trị năm 2030»
  Facet facet = Facet::kOther;
  Weight weight = Weight::kMeaning;
  std::string was, now;                 // as printed; "" where it is not stated
  std::vector<std::string> gone, come;  // of lists: what only one edition has
  std::vector<Run> words;               // of texts that both state
  std::optional<int> days;              // of times: by how many days the last day is later; both are known
  Span was_at, now_at;
};

// An object as one edition has it.
struct Side {
  bool there = false;
  std::string name;         // of the declaration; may be empty
  std::string number;       // «II.3»; may be empty
  std::string title;        // of a clause its first words
  std::string place;        // what it stands in: «mục «I. Nhận thức»»
  bool in_section = false;  // it stands in something
  Span at;
};

struct Change {
  enum class Kind : uint8_t { kAdded, kDropped, kChanged };
  enum class Move : uint8_t { kNone, kElsewhere, kReordered };  // into another section or task; within its own
  Part part = Part::kHeader;
  Kind kind = Kind::kChanged;
  Move move = Move::kNone;
  std::string object;       // id of its kind: "task"
  std::string object_word;  // «nhiệm vụ»
  Side was, now;
  std::vector<Piece> pieces;  // of what was added or dropped: all that it states
};

struct Differences {
  std::vector<Change> changes;     // by part, in the order of the new edition, what was dropped behind what stood before it
  bool nothing_alike = false;      // both editions say something, and nothing of one is found in the other
  std::string was_name, now_name;  // «24/KH-UBND ngày 28/01/2026»; "" where the plan has neither number nor title
  int was_year = 0, now_year = 0;  // in which the periods of the plans begin; 0: not known
};

}  // namespace ordo::diff

// One thing that a user is told, by the compiler or by a rule: what, where, why (the other side), what to do. Text is ready in
// the language asked for; everything a machine needs stands beside it as data. Findings are values: nothing is printed here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/decimal.h"  // Language
#include "runtime/base/span.h"

namespace ordo {

enum class Severity : uint8_t { kInformation, kWarning, kError };

struct Related {
  std::string message;
  Span at;
};

// A change of the text: the bytes of `at` give way to `insert`. An empty `at` only inserts.
struct Edit {
  Span at;
  std::string insert;
};
// What mends a finding, where only one change can be meant. Edits do not overlap.
struct Fix {
  std::string description;
  std::vector<Edit> edits;   // in source order
};

struct Finding {
  std::string code;      // OWN07 for rules, SYN03, MOD11, FIL02 ... for the compiler's own
  Severity severity = Severity::kError;
  std::string title;     // what the code is about
  std::string message;   // one sentence
  std::string subject;   // name of the declaration it is about; may be empty
  Span at;               // unknown for findings about a whole file: then `path` is set
  std::string path;
  std::vector<Related> related;  // the other sides, in source order
  std::string help;              // what to do; may be empty
  std::optional<std::string> waiver;      // name of the waiver that covers it
  std::optional<std::string> caused_by;   // code of the finding it follows from
  std::string cause;       // fingerprint of that finding; empty: the one of the same subject, else the first of that code
  std::string fingerprint; // the same as long as the same thing is wrong at the same object, see fingerprint.h
  uint32_t rows = 1;       // cases that it stands for
  bool by_limit = false;   // rests on a parameter of its rule: a matter of degree
  uint32_t rank = 0;       // 1: to be acted on first, see order.h; 0: folded or waived
  std::optional<Fix> fix;
  bool from_text = false;  // the text itself is broken: exit status 2, no rule is run
};

}  // namespace ordo

// Which conditions of rules were true, and which were false, over many evaluations. A condition is a conjunct of a body (of the rule,
// of a count, of a `some`), a side of an `or`, and a whole `or`. Each evaluation has a program of its own, so conditions are known by
// their rule and their place in it. In: evaluations. Out: a list in the order of rules and lines.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runtime/diag/finding.h"
#include "runtime/eval/engine.h"

namespace ordo {

struct ConditionSeen {
  std::string rule;    // code or relation
  std::string text;    // in the language of the report
  Span at;             // of the conjunct that it stands in
  bool seen_true = false, seen_false = false;
};

class Coverage {
 public:
  explicit Coverage(Language language) : language_(language) {}
  void Add(const eval::Evaluation& evaluation);
  // Generators that a condition only feeds (`for each x among …` written as a condition) are no conditions and left out.
  std::vector<ConditionSeen> conditions() const;

 private:
  struct Key {
    std::string rule;
    uint32_t occurrence = 0;   // of several rules with one head
    uint32_t condition = 0;
    auto operator<=>(const Key&) const = default;
  };
  struct Entry {
    ConditionSeen seen;
    bool binds = false;        // may find rows instead of being asked
  };

  const Language language_;
  std::map<Key, Entry> entries_;
};

}  // namespace ordo

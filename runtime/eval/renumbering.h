// How an edited program stands to the one before the edit: which object, text, relation and rule of one is which of the other.
// Numbers may all have moved. Objects are paired in order, by kind, name and what they lie in (those without a name by their
// place among such), texts by themselves, relations by name and columns, rules by name and by what they say. A pair too few costs
// time; a pair is never wrong, for pairs only say how numbers are to be read and all that is said of them is compared.
//
// Comes in: two programs, which outlive this. Goes out: maps. Linear in the programs. Never looks at rows of relations.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::eval {

// Pairs things of two lists in their order: result[a] is the place in the other list or kNone, ascending. Linear: what a short
// look ahead does not find again is left without a pair. `gone(a)` and `fresh(b)` tell what is known to have none.
template <class Same, class Gone, class Fresh>
std::vector<uint32_t> Align(uint32_t before, uint32_t after, const Same& same, const Gone& gone, const Fresh& fresh) {
  constexpr uint32_t kFar = 32, kNear = 2, kPatience = 256;
  std::vector<uint32_t> pairs(before, ir::kNone);
  uint32_t a = 0, b = 0, misses = 0;
  while (a < before && b < after) {
    if (gone(a)) {
      ++a;
    } else if (fresh(b)) {
      ++b;
    } else if (same(a, b)) {
      pairs[a++] = b++;
    } else {
      // The nearest pair ahead, by how much is passed over.
      const uint32_t ahead = misses < kPatience ? kFar : kNear;
      bool found = false;
      for (uint32_t sum = 1; sum <= ahead && !found; ++sum) {
        for (uint32_t left = 0; left <= sum && !found; ++left) {
          const uint32_t right = sum - left;
          if (a + left >= before || b + right >= after || gone(a + left) || fresh(b + right) || !same(a + left, b + right)) continue;
          a += left, b += right;
          found = true;
        }
      }
      if (found) continue;
      ++misses;
      ++a, ++b;
    }
  }
  return pairs;
}

class Renumbering {
 public:
  // `identities`: what the pairs of objects go by, of before as the last Renumbering has left them (empty: made anew), of after to
  // be kept for the next. Good within one process.
  Renumbering(const ir::Program& before, const ir::Program& after, std::vector<uint64_t>& identities_before,
              std::vector<uint64_t>& identities_after);

  // The same words, kinds and functions: otherwise nothing here means anything.
  bool comparable() const { return comparable_; }
  // Every object, or text, of before has its own number in after as well.
  bool objects_stay() const { return objects_stay_; }
  bool texts_stay() const { return texts_stay_; }
  bool same_object_count() const { return objects_.size() == old_objects_.size(); }
  bool same_calendar() const { return same_calendar_; }

  // The number in after, kNone without one.
  uint32_t Object(ir::Cell before) const { return objects_[static_cast<size_t>(before)]; }
  const std::vector<uint32_t>& objects() const { return objects_; }           // before -> after
  const std::vector<uint32_t>& old_objects() const { return old_objects_; }   // after -> before
  bool IsFresh(ir::Cell after) const { return old_objects_[static_cast<size_t>(after)] == ir::kNone; }
  // The cell as it reads in after; false if it cannot be told there.
  bool Map(ir::Type type, ir::Cell& cell) const {
    if (cell == ir::kAbsent) return true;
    if (type == ir::Type::kEntity) {
      const uint32_t to = objects_[static_cast<size_t>(cell)];
      cell = to;
      return to != ir::kNone;
    }
    if (type == ir::Type::kText) {
      const uint32_t to = same_pool_ ? static_cast<uint32_t>(cell) : texts_[static_cast<size_t>(cell)];
      cell = to;
      return to != ir::kNone;
    }
    return true;
  }
  ir::RelationId OldRelation(ir::RelationId after) const { return old_relations_[after]; }
  ir::RelationId NewRelation(ir::RelationId before) const { return relations_[before]; }
  // The rule of before that says the same, kNone without one.
  uint32_t OldRule(uint32_t after) const { return old_rules_[after]; }
  uint32_t NewRule(uint32_t before) const { return rules_[before]; }
  // Pairs of which the plan does not say the same any more, be it of what they lie in: their numbers in each program.
  const std::vector<ir::Cell>& changed_before() const { return changed_before_; }
  const std::vector<ir::Cell>& changed_after() const { return changed_after_; }

 private:
  void PairTexts();
  void PairObjects(const std::vector<uint64_t>& from, const std::vector<uint64_t>& to);
  void PairRelations();
  void PairRules();
  void FindChanged();
  bool SameRecord(uint32_t before, uint32_t after) const;
  bool SameSeries(const std::vector<ir::SeriesRow>& before, const std::vector<ir::SeriesRow>& after, uint32_t a, uint32_t b) const;
  bool SameObject(EntityId before, EntityId after) const {
    if (before == EntityId::kNone || after == EntityId::kNone) return before == after;
    return objects_[static_cast<uint32_t>(before)] == static_cast<uint32_t>(after);
  }
  bool SameText(Symbol before, Symbol after) const {
    return (same_pool_ ? static_cast<uint32_t>(before) : texts_[static_cast<uint32_t>(before)]) == static_cast<uint32_t>(after);
  }
  bool SameCell(ir::Type type, ir::Cell before, ir::Cell after) const { return Map(type, before) && before == after; }

  friend class SameCode;
  const ir::Program& before_;
  const ir::Program& after_;
  bool comparable_ = false, same_pool_ = false, objects_stay_ = false, texts_stay_ = false, same_calendar_ = false;
  std::vector<uint32_t> texts_;
  std::vector<uint32_t> objects_, old_objects_;
  std::vector<uint32_t> relations_, old_relations_;
  std::vector<uint32_t> rules_, old_rules_;
  std::vector<ir::Cell> changed_before_, changed_after_;
};

}  // namespace ordo::eval

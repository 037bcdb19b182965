// Whether two written values mean the same, each inside its own edition: parties and other objects by their counterparts, times by
// what they are and by the days that they resolve to, texts by FoldName, numbers by value. In: two programs and which object is which.
// Out: equal, or what only one side has. Wording is asked apart from meaning. Reads no register beyond the members of closed groups.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/diff/match.h"
#include "runtime/ir/ir.h"
#include "runtime/report/print.h"

namespace ordo::diff {

class Values {
 public:
  enum Edition { kWas, kNow };
  enum class Same { kMeaning, kYear, kNo };  // kYear: equal but for the year, and the years differ as the periods of the plans do

  Values(const ir::Program& was, const ir::Program& now, const Matching& matching, const report::Printer& was_printer,
         const report::Printer& now_printer);

  struct Compared {
    Same same = Same::kMeaning;
    bool wording = false;                      // the same in meaning, but written otherwise
    std::vector<const ir::Entry*> gone, come;  // what found no counterpart
    std::optional<int> days;
  };
  // Either may be null: not stated.
  Compared Fields(const ir::Field* was, const ir::Field* now) const;

  bool SameRow(const ir::SeriesRow& was, const ir::SeriesRow& now) const;
  // All conditions of an object, one text for what they say, whatever the names in them are.
  std::string ConditionKey(Edition edition, EntityId object) const;
  std::string ConditionText(Edition edition, EntityId object) const;
  // The number that an object of either edition shares with its counterpart.
  std::string ObjectKey(Edition edition, EntityId id) const;

 private:
  const ir::Program& Of(Edition edition) const { return edition == kWas ? was_ : now_; }
  const report::Printer& PrinterOf(Edition edition) const { return edition == kWas ? was_printer_ : now_printer_; }
  const Time* TimeOf(Edition edition, const ir::Entry& entry) const;
  std::string WordKey(Edition edition, ir::WordId word) const;
  std::string PointKey(Edition edition, const Point& point, int shift) const;
  std::string RhythmKey(Edition edition, const Rhythm& rhythm, int shift) const;
  std::string ModifierKey(Edition edition, const Time& time, int shift) const;
  std::string TimeKey(Edition edition, const Time& time, int shift) const;
  std::string EntryKey(Edition edition, const ir::Entry& entry, int shift) const;
  // Members for closed groups; nullopt where an entry is no plain party.
  std::optional<std::vector<std::string>> Expanded(Edition edition, const ir::Field& field) const;
  void Expand(Edition edition, EntityId party, int depth, std::vector<std::string>& out) const;
  bool SameDays(const Time& was, const Time& now) const;
  bool OtherWords(const ir::Entry& was, const ir::Entry& now) const;
  void AddNode(Edition edition, uint32_t node, std::string& out) const;
  std::optional<Date> LastDay(Edition edition, const ir::Field& field) const;

  const ir::Program& was_;
  const ir::Program& now_;
  const Matching& matching_;
  const report::Printer& was_printer_;
  const report::Printer& now_printer_;
  const TimeContext was_context_, now_context_;
  int shift_ = 0;  // years between the periods of the plans, if they are the same days of another year
  absl::flat_hash_map<EntityId, std::vector<const ir::Condition*>> conditions_[2];
};

// Equal but for blanks and composition.
bool ReadsAlike(std::string_view a, std::string_view b);

}  // namespace ordo::diff

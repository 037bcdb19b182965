// Whom to warn and when: the reminder declarations of a plan, or the policy that holds without any, read from a Program; and the
// days of the alarms of one due day. Pure: no clock, no state of work. An alarm falls on a working day: one that would rest goes out
// on the working day before it (an overdue one never before the due is missed). It aims at the earlier day of a due that rests
// or that the policy for rest days moves. Without a calendar Monday to Friday are the working days. Hours are for who draws them.
#pragma once

#include <optional>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::ir {

// A role of the thing that is due (kWord), or a party (kEntity) with the post that `.head` names.
struct Recipient {
  WordId role = kNoWord;
  EntityId party = EntityId::kNone;
  friend bool operator==(const Recipient&, const Recipient&) = default;
};

struct ReminderRule {
  EntityId object = EntityId::kNone;     // the declaration; kNone: the policy that holds without one
  std::vector<KindId> kinds;             // of task, milestone, reporting; empty: all
  std::vector<Recipient> to;
  std::vector<Length> before, tight;     // before the due; `tight` instead where there is little slack
  std::vector<Length> overdue;           // after it
  std::vector<Recipient> escalate_to;    // where the thing itself names nobody
  Length escalate_after;                 // unit kNone: nothing goes up
  friend bool operator==(const ReminderRule&, const ReminderRule&) = default;
};

enum class AlarmKind : uint8_t { kBefore, kOverdue, kEscalation };

struct AlarmDay {
  AlarmKind kind = AlarmKind::kBefore;
  Length length;                         // as the rule has it
  Date counted;                          // by the length alone
  Date on;                               // the working day on which it goes out
  uint32_t rule = 0;                     // in Reminders::rules()
};

inline constexpr int kTightSlack = 5;    // working days of slack, and fewer, count as little

class Reminders {
 public:
  explicit Reminders(const Program& program);

  bool stated() const { return stated_; }                       // the plan declares reminders of its own
  const std::vector<ReminderRule>& rules() const { return rules_; }
  // The last working day on which a due is still kept, whatever becomes of days that rest.
  Date AimOf(Date computed, Date effective) const;
  // Working days that an end may move; few of them, or none because it is critical, and one is reminded earlier.
  std::optional<int> SlackOf(const std::optional<Date>& earliest_end, const std::optional<Date>& latest_end) const;
  static bool IsTight(const std::optional<int>& slack, bool critical) { return critical || (slack && *slack <= kTightSlack); }
  // Of one due, in order of their days. `missed_after`: the last day that is not late.
  std::vector<AlarmDay> AlarmsOf(KindId kind, Date aim, Date missed_after, bool tight) const;

 private:
  Date Counted(Date from, const Length& length, int sign) const;

  const Program& program_;
  bool stated_ = false;
  std::vector<ReminderRule> rules_;
};

}  // namespace ordo::ir

// Who is warned of what, and when. In: an evaluated program, its schedule, its progress on a day (reckoned up to the end of the
// window), the window, perhaps one party. Out: an item for each occurrence with a day that is late, due or to be warned of inside
// the window, with those who are warned, the alarms (08:00 local, always a working day) and to whom it goes up and from when; and what
// has no day to be warned of. Pure: no clock, nothing is sent, nothing is done because time has passed. A group warns its members
// only where it is written `each`. Policy: runtime/ir/reminders.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/base/source.h"
#include "runtime/ir/reminders.h"
#include "runtime/report/progress.h"
#include "runtime/solve/plan_network.h"

namespace ordo::report {

inline constexpr int kAlarmHour = 8;             // local
inline constexpr int kHoursAheadOfUtc = 7;       // Indochina time, all the year

struct Warned {
  EntityId party = EntityId::kNone;   // unit, post or group
  ir::WordId role = ir::kNoWord;      // in which it is warned; kNoWord: the reminder names it
  friend bool operator==(const Warned&, const Warned&) = default;
};

struct Alarm {
  ir::AlarmDay day;
  std::vector<Warned> to;
};

struct AgendaItem {
  ProgressItem progress;
  std::string uid;                    // plan, object, period, member: stays when days move
  EntityId time = EntityId::kNone;    // the due in force
  Date due, effective;                // as computed; after the policy for rest days
  Date aim;                           // the last working day not after either
  std::optional<int> slack;           // working days; nullopt: bound to nothing
  bool critical = false;
  std::vector<Warned> warned;         // all who get an alarm before or after the due
  std::vector<Alarm> alarms;          // in order of days; none before the plan is issued
  std::vector<EntityId> escalate_to;
  std::optional<Date> escalate_from;
  bool escalated = false;             // late, and that day has come
  bool done() const { return progress.done != ir::kAbsent; }
  bool late() const { return progress.state == State::kLate; }
};

struct Agenda {
  Date as_of, until;
  size_t entries = 0;                 // of the journal, up to the day
  std::vector<AgendaItem> items;      // by day, then in plan order
  std::vector<ProgressItem> undated;  // ongoing without evidence, waiting, without a time: in plan order
};

struct AgendaRequest {
  Date until;
  EntityId party = EntityId::kNone;   // only what this one is warned of, as itself, by a post or by a group
  bool with_done = false;             // what is done by an entry too
};

Agenda AgendaOf(const eval::Evaluation& evaluation, const ir::Reminders& reminders, const solve::Schedule& schedule,
                const Progress& progress, const AgendaRequest& request);

// What one unit (or group, or person of no unit) is told of: indices in the agenda.
struct Told {
  EntityId unit = EntityId::kNone;
  std::vector<uint32_t> items, undated;
};
// In the order in which the agenda first names them; only `party`, if one is given.
std::vector<Told> ByUnit(const ir::Program& program, const Agenda& agenda, EntityId party = EntityId::kNone);
// The unit (or group) of a post, by its place in the register or by its field `of`; any other party is itself.
EntityId HomeOf(const ir::Program& program, EntityId party);
// In which roles a unit is warned of an item; `escalated` alone when it is only told because the item is late for too long.
struct Part {
  std::vector<ir::WordId> roles;
  bool named = false, escalated = false;
  bool any() const { return !roles.empty() || named || escalated; }
};
Part PartOf(const ir::Program& program, const AgendaItem& item, EntityId unit);

// The policy in force as sentences, one a declaration.
std::vector<std::string> PolicyText(const ir::Program& program, const ir::Reminders& reminders, Language language);
// By unit, by day, what is late first.
std::string AgendaAsText(const eval::Evaluation& evaluation, const ir::Reminders& reminders, const Agenda& agenda,
                         const std::vector<Told>& told, const SourceSet& sources, Language language, bool color);
// {"schema": "ordo/reminders/1", "plan", "as_of", "until", "policy": {declared, sentences}, "items": [...], "undated": [...]}
std::string AgendaAsJson(const eval::Evaluation& evaluation, const ir::Reminders& reminders, const Agenda& agenda, const SourceSet& sources,
                         Language language);
enum class CalendarForm : uint8_t { kTodo, kEvent, kBoth };
// A calendar file for one unit: a to-do (or an all-day event, for programs that list no to-dos) for each item.
std::string AgendaAsCalendar(const eval::Evaluation& evaluation, const ir::Reminders& reminders, const Agenda& agenda, const Told& told,
                             CalendarForm form, const SourceSet& sources, Language language);

}  // namespace ordo::report

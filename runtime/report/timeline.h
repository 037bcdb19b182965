// The timeline of a plan as data: an evaluated program and a day in; rows with the days that they mean out, and the renderers
// that draw such rows. Sections are group rows; every task of the plan has exactly one row, with or without a day. Days are civil
// days, both ends included; lengths of slack are days. A renderer draws what a row holds and nothing else. Earliest and latest
// days, slack and criticality come with the request's schedule, completion with its progress.
// Days come from `Resolve` (Civil Code 2015, art. 144 to 148); no clock is read, no day is moved. Never fails.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/eval/engine.h"
#include "runtime/report/progress.h"
#include "runtime/report/table.h"
#include "runtime/solve/plan_network.h"

namespace ordo::report {

struct TimelineMilestone {
  Date day;
  std::string label;
  friend bool operator==(const TimelineMilestone&, const TimelineMilestone&) = default;
};

// What sort of time a row has: a window or a day, always, again and again, once something has happened, when another body says so,
// words alone, or only what its parts have.
enum class TimelineClass : uint8_t { kFixed, kOngoing, kRecurring, kWaiting, kOpen, kUndated, kSummary };
std::string_view NameOf(TimelineClass cls);   // "fixed", ...

struct TimelineRow {
  std::string id;                 // name of the declaration
  std::string number;             // as the number column prints it: «3», «I» for a section; may be empty
  std::string label;              // as a sentence says it: «II.3»
  std::string title;
  int level = 0;                  // rows below a row: 1, 2, ...
  bool is_group = false;          // a section: no time of its own
  std::string owner;              // who leads, in the shortest spelling that the register knows
  std::string owner_title;        // who leads, as printed
  TimelineClass cls = TimelineClass::kUndated;
  std::string words;              // the time as the plan prints it
  std::optional<Date> first, last;        // the window, or the span of what lies below; either end may be open
  bool starts_as_written = false;         // false: `first` is only the beginning of the plan
  std::optional<Date> due;                // by whose end it must be done
  std::optional<Date> earliest, latest;   // what comes before and after leaves this room
  std::optional<std::pair<Date, Date>> expected;   // when another body is expected to move
  std::vector<TimelineMilestone> milestones;       // ascending by day
  std::vector<Date> occurrences;                   // of a rhythm
  std::optional<int> slack_days;
  bool critical = false;
  std::optional<Date> done;
  bool late = false;
  Span at;
};

// What has words but no day and no row: a milestone «theo tiến độ của …».
struct TimelineNote {
  std::string label, title, owner, words;
};

struct TimelineRest {
  Date first, last;
  std::string title;   // of a holiday
};

struct Timeline {
  std::string title;                  // of the plan
  std::string subtitle;               // to which plan it belongs
  std::string unit;                   // only what this unit takes part in; empty: everything
  std::optional<Date> first, last;    // none when no row has a day
  std::optional<Date> as_of;
  std::vector<TimelineRow> rows;
  std::vector<TimelineNote> notes;
  std::vector<TimelineRest> holidays;   // days off other than weekends inside first..last, ascending
  std::vector<TimelineRest> rests;      // every stretch of days off; filled for short stretches of time only
};

// A row with something to draw; other rows are listed under the picture with their words.
bool IsDrawn(const Timeline& timeline, const TimelineRow& row);

struct TimelineRequest {
  std::optional<Date> as_of;
  const solve::Schedule* schedule = nullptr;   // earliest and latest days, slack, what is critical; outlives the call
  const Progress* progress = nullptr;          // what is done and what is late
  EntityId unit = EntityId::kNone;   // only rows in which this unit or group has a role, and the rows above them
};
Timeline BuildTimeline(const eval::Evaluation& evaluation, Language language, const TimelineRequest& request);

// kText: one line a row for a terminal. SVG: one picture, no script, no address, everything escaped. HTML: the same picture in
// pages, one file. JSON: ordo/timeline/1.
std::string TimelineAsText(const Timeline& timeline, const RenderOptions& options);
std::string TimelineAsSvg(const Timeline& timeline, Language language);
std::string TimelineAsHtml(const Timeline& timeline, Language language);
std::string TimelineAsJson(const Timeline& timeline, const SourceSet& sources);

}  // namespace ordo::report

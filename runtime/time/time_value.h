// Time as officials write it: a closed sum type (design/language.md section 3; forms after the time table of the reference).
// A Time keeps what was written, so that it prints back in either language; Resolve gives the civil days that it means inside
// one plan. Limits end by the Civil Code (limit.h); named days are never moved.
//
// Class of a time: fixed (a day is known), recurring, waiting (known once an event has happened), open (another body decides),
// none (words without a time), impossible (a date that does not exist).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/decimal.h"
#include "runtime/base/strings.h"
#include "runtime/time/civil.h"
#include "runtime/time/office_calendar.h"

namespace ordo {

enum class EntityId : uint32_t { kNone = UINT32_MAX };  // an object of a plan; owned by runtime/ir

// A place in the calendar as written.
struct Point {
  enum class Kind : uint8_t {
    kNone,
    kDay,         // year, month, day
    kYearlyDay,   // month, day; no year: repeats yearly
    kMonthDay,    // day alone: repeats monthly; the last day of a month that has no such day (Civil Code, art. 148.3)
    kMonth,       // year, month
    kQuarter,     // year, part 1..4; year 0: the plan's year
    kHalf,        // year, part 1..2
    kYear,        // year
    kIssueDate,   // the plan's own date of issue
    kNamed,       // a named period of the plan (entity)
    kImpossible,  // digits in the form of a date that no calendar has: year, month (-1: none), day as written
    kLunarDay,    // month, day of the lunar calendar; year: lunar year, 0: repeats yearly
  };
  enum class Edge : uint8_t { kWhole, kStart, kMiddle, kEnd };  // đầu, giữa, cuối (Civil Code art. 146)
  Kind kind = Kind::kNone;
  Edge edge = Edge::kWhole;
  bool digits = false;  // month or year written without its word (01/2026, 2030): kept for printing
  bool roman = true;    // quarter written with a Roman numeral
  int16_t year = 0;
  int8_t month = 0;     // month, or part for quarter and half
  int8_t day = 0;
  EntityId named = EntityId::kNone;
  friend bool operator==(const Point&, const Point&) = default;
};

enum class TimeUnit : uint8_t { kNone, kHour, kDay, kWorkingDay, kWeek, kMonth, kQuarter, kHalfYear, kYear };

struct Length {
  Decimal count;
  TimeUnit unit = TimeUnit::kNone;
  friend bool operator==(const Length&, const Length&) = default;
};

// every 2 weeks on Friday before 16:00; every month before day 18; every year in June, December
struct Rhythm {
  enum class Bound : uint8_t { kIn, kBy, kBefore };  // the points are the time of the work, its last day, the day after that
  Decimal count = Decimal::FromInt(1);
  TimeUnit unit = TimeUnit::kNone;  // kNone: no rhythm
  int8_t weekday = -1;              // 0 = Monday; -1: none
  int8_t hour = -1;                 // before this hour; -1: none
  int8_t minute = 0;
  std::vector<Point> by;            // places inside the period, none with a year: days of a month, days or parts of a year
  Bound bound = Bound::kIn;
  friend bool operator==(const Rhythm&, const Rhythm&) = default;
};

// How firmly a time is meant. Aims are reported when missed; visions and orientations are horizons and no due date.
enum class Stance : uint8_t { kFirm, kAim, kVision, kOrientation };

struct Time {
  enum class Form : uint8_t {
    kNone,
    kIn,            // a bare point: by its last day
    kBy,            // by D | đến hết D
    kBefore,        // before D | trước D; with an anchor: before that happens or is done
    kOn,            // on D | vào D
    kFromTo,        // from A to B | từ A đến B
    kFrom,          // from A onwards | từ A trở đi
    kWithin,        // within N units after ANCHOR | trong vòng N đơn vị kể từ MỐC; without a length: some time after it
    kEvery,         // every quarter | hằng quý
    kOngoing,       // ongoing | thường xuyên
    kGuided,        // as guided by U | theo hướng dẫn của U
    kFollowing,     // following X | theo tiến độ của X
    kOnRequest,     // on request | khi có yêu cầu
    kWhen,          // when E | khi E
    kIf,            // if E | nếu E
    kAsBelow,       // as below | theo từng mốc dưới đây
    kCountPer,      // 1 per quarter | 1 mỗi quý
    kText,          // words alone: kept, mean nothing
    kLength,        // a bare length: 10 working days
    kByDecree,      // cut-offs of data as Decree 09/2019/NĐ-CP has them (report_period.h)
  };
  Form form = Form::kNone;
  Stance stance = Stance::kFirm;
  bool at_least = false;     // of a rhythm or a count per period: more often is welcome
  bool after_all = false;    // after all X | kể từ tất cả X
  Point from, to;            // kIn/kBy/kBefore/kOn use `to`; kFromTo both; kFrom uses `from`;
                             // kWithin may run from a day or period in `from`
  Length length;             // kWithin, kCountPer (count per unit), kLength
  Rhythm rhythm;             // kEvery
  EntityId anchor = EntityId::kNone;  // event, task, document or unit; kNone and no words with kWithin: the issue date
  Symbol words = Symbol::kEmpty;      // kText, or a condition written as text after when/if

  // Modifiers written after a comma.
  Rhythm evidence;           // minh chứng hằng quý
  Point expected;            // dự kiến quý II/2026
  Point expected_from;       // dự kiến từ 15/04 đến 20/05/2026: the start of a window whose end is `expected`
  Point limit;               // the fall-back date of what waits, the end of a rhythm: đến hết D
  bool limit_before = false; // ... trước D
  Length lag;                // trong vòng N after kWhen/kIf
  Point since;               // from 2026 | từ 2026, after a rhythm
  friend bool operator==(const Time&, const Time&) = default;
};

enum class TimeClass : uint8_t { kNone, kFixed, kRecurring, kWaiting, kOpen, kImpossible };

struct ResolvedTime {
  TimeClass cls = TimeClass::kNone;
  std::optional<Date> first;  // first day of the work window, when known
  std::optional<Date> last;   // the day by whose end it must be done, when known
  std::optional<Date> raw;    // of a limit: its end before rolling over rest days; else as `last`
  // What the policy for rest days makes of a named `last`; equal to it under `keep`, and always for limits and for bounds of the
  // plan. Nothing but this member ever moves a named day.
  std::optional<Date> effective;
};

// What becomes of a named day that falls on a rest day. Limits (spans) always end on the next working day (Civil Code, art.
// 148.5); whether that holds for a day named in a plan is open, so a plan says it and every output that moves a day shows both.
enum class RestDayPolicy : uint8_t { kKeep, kBefore, kAfter };

// What a time is resolved against. Unknown members simply leave days unknown.
struct TimeContext {
  std::optional<Date> issue_date;
  std::optional<Date> plan_first, plan_last;
  // First and last day of a named period.
  std::function<std::optional<std::pair<Date, Date>>(EntityId)> named_period;
  const OfficeCalendar* calendar = nullptr;   // nullptr: limits in working days have no day, limits in days end raw
  RestDayPolicy rest_days = RestDayPolicy::kKeep;
  bool before_includes_day = false;  // policy: "before D" read as D (default: D - 1)
};

ResolvedTime Resolve(const Time& time, const TimeContext& context);
// First and last day of a point; nullopt when it has none in this context.
std::optional<std::pair<Date, Date>> DaysOf(const Point& point, const TimeContext& context);
// The days on which another body is expected to decide; nullopt: none are stated.
std::optional<std::pair<Date, Date>> ExpectedDays(const Time& time, const TimeContext& context);
// Length of a rhythm in months, exact; nullopt for days, weeks and none.
std::optional<Decimal> MonthsOf(const Rhythm& rhythm);

// How entities and interned words are spelt when a time is printed.
struct TimeNames {
  std::function<std::string(EntityId)> entity;
  std::function<std::string_view(Symbol)> words;
  std::function<bool(EntityId)> is_work;   // a task or milestone: its end is what is waited for; may be empty
};

// Official wording: Vietnamese starts with a capital as a cell does («Tháng 01/2026», «Thường xuyên», «Quý I/2026»,
// «Trước ngày 30/11», «Theo hướng dẫn của ...»); English likewise («January 2026», «Ongoing, evidence every quarter»).
std::string Print(const Time& time, Language language, const TimeNames& names);
std::string Print(const Point& point, Language language, const TimeNames& names);
std::string Print(const Rhythm& rhythm, Language language);
std::string Print(const Length& length, Language language);

}  // namespace ordo

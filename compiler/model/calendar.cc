#include "compiler/model/calendar.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/ast/words.h"
#include "compiler/model/schema.h"
#include "runtime/time/lunar.h"

namespace ordo {

namespace {

using Form = Time::Form;

Date NewYear(int year) { return *Date::FromYmd(year, 1, 1); }

// The days of one time inside one civil year, both ends included; nullopt when it has none there.
std::optional<std::pair<Date, Date>> DaysIn(const Time& time, int year) {
  TimeContext context;
  context.plan_first = NewYear(year);
  context.plan_last = Date::MonthEnd(year, 12);
  auto days = DaysOf(time.to, context);
  if (!days) return std::nullopt;
  if (time.form == Form::kBefore) {
    days = std::pair(days->first.PlusDays(-1), days->first.PlusDays(-1));   // the day before it, no more
  } else if (time.form == Form::kFromTo) {
    const ResolvedTime window = Resolve(time, context);
    if (!window.first || !window.last) return std::nullopt;
    days = std::pair(*window.first, *window.last);
  }
  days->first = std::max(days->first, *context.plan_first);
  days->second = std::min(days->second, *context.plan_last);
  return days->first <= days->second ? days : std::nullopt;
}

class CalendarMaker {
 public:
  CalendarMaker(DayScope scope, int first, int last, StringPool& strings)
      : scope_(scope), first_(first), last_(last), strings_(strings) {}

  // Announced and proposed days first: they decide for which years the law is still to be computed.
  void Announced(std::span<const DayRule> rules, bool own) {
    for (const DayRule& rule : rules) {
      if (!own && rule.status == DayStatus::kComputed) continue;
      for (int year = first_; year <= last_; ++year) Expand(rule, year, !own);
    }
  }
  void Computed(std::span<const DayRule> rules) {
    for (int year = first_; year <= last_; ++year) {
      if (announced_.contains(year)) continue;
      for (const DayRule& rule : rules) {
        if (rule.status == DayStatus::kComputed) Expand(rule, year, false);
      }
    }
  }
  OfficeCalendar Finish() {
    MakeUp();
    return OfficeCalendar(std::move(days_));
  }

 private:
  void Expand(const DayRule& rule, int year, bool announces) {
    if (scope_ == DayScope::kAllWorkers && rule.scope == DayScope::kCivilService) return;
    for (const Time& time : rule.days) {
      const auto span = DaysIn(time, year);
      if (!span) continue;
      for (Date date = span->first; date <= span->second; date = date.PlusDays(1)) {
        if ((rule.valid_first && date < *rule.valid_first) || (rule.valid_last && date > *rule.valid_last)) continue;
        const SpecialDay day{date, rule.kind, rule.scope, rule.status, strings_.Intern(rule.title), strings_.Intern(rule.source)};
        days_.push_back(day);
        if (announces && rule.status == DayStatus::kAnnounced) announced_.insert(year);
        if (day.counts()) (rule.worked ? worked_ : off_).insert(date);
        if (day.counts() && rule.made_up) to_make_up_.emplace(date, day);
      }
    }
  }

  bool Rests(Date date) const { return !worked_.contains(date) && (date.weekday() >= 5 || off_.contains(date)); }

  // Holidays in order of their days, each one a day of its own.
  void MakeUp() {
    for (const auto& [date, holiday] : to_make_up_) {
      if (date.weekday() < 5) continue;
      Date next = date;
      while (Rests(next)) next = next.PlusDays(1);
      off_.insert(next);
      SpecialDay day = holiday;
      day.date = next;
      day.kind = holiday.kind == DayKind::kOwnOff ? DayKind::kOwnOff : DayKind::kMakeUp;
      days_.push_back(day);
    }
  }

  DayScope scope_;
  int first_, last_;
  StringPool& strings_;
  std::vector<SpecialDay> days_;
  std::set<int> announced_;
  std::set<Date> off_, worked_;
  std::map<Date, SpecialDay> to_make_up_;
};

}  // namespace

bool IsFormOfDays(const Time& time) {
  switch (time.form) {
    case Form::kIn:
    case Form::kOn:
    case Form::kBefore: return time.to.kind != Point::Kind::kIssueDate;
    case Form::kFromTo: return true;
    default: return false;
  }
}

std::vector<DayRule> ReadDayRules(const ir::Program& program, bool own) {
  const auto id = [](W word) { return static_cast<ir::WordId>(word); };
  std::vector<DayRule> rules;
  for (const ir::Entity& object : program.entities) {
    const bool worked = object.kind == KindOf(W::kind_day_worked);
    if (!worked && object.kind != KindOf(W::kind_day_off)) continue;
    DayRule rule;
    rule.worked = worked;
    rule.title = program.text(object.title);
    W kind = worked ? W::word_swap : W::word_statutory;
    for (uint32_t f = object.first_field; f < object.first_field + object.field_count; ++f) {
      const ir::Field& field = program.fields[f];
      for (uint32_t e = field.first_entry; e < field.first_entry + field.entry_count; ++e) {
        const ir::Entry& entry = program.entries[e];
        const auto word = static_cast<W>(entry.value);
        const auto time = [&]() -> const Time& { return program.times[program.entity(static_cast<EntityId>(entry.value)).row]; };
        if (field.word == id(W::key_days)) {
          rule.days.push_back(time());
        } else if (field.word == id(W::key_valid)) {
          const ResolvedTime valid = Resolve(time(), program.Context());
          rule.valid_first = valid.first;
          rule.valid_last = time().form == Form::kFrom ? std::nullopt : valid.last;
        } else if (field.word == id(W::key_kind)) {
          kind = word;
        } else if (field.word == id(W::key_applies_to)) {
          rule.scope = word == W::word_civil_service ? DayScope::kCivilService : DayScope::kAllWorkers;
        } else if (field.word == id(W::key_status)) {
          rule.status = word == W::word_proposed ? DayStatus::kProposed
                        : word == W::word_computed ? DayStatus::kComputed : DayStatus::kAnnounced;
        } else if (field.word == id(W::key_made_up)) {
          rule.made_up = true;   // `none` has no entry
        } else if (field.word == id(W::key_source)) {
          rule.source = program.text(static_cast<Symbol>(entry.value));
        }
      }
    }
    if (own) {
      rule.kind = worked ? DayKind::kOwnWork : DayKind::kOwnOff;
    } else {
      rule.kind = worked                     ? DayKind::kSwapWork
                  : kind == W::word_make_up  ? DayKind::kMakeUp
                  : kind == W::word_swap     ? DayKind::kSwapOff
                                             : DayKind::kStatutory;
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

DayBook MakeDayBook(const ir::Program& program) {
  DayBook book;
  book.rules = ReadDayRules(program, false);
  const auto widen = [](int& first, int& last, int year) {
    first = first == 0 ? year : std::min(first, year);
    last = std::max(last, year);
  };
  book.last_year = kLastLunarYear;
  for (const DayRule& rule : book.rules) {
    if (rule.status == DayStatus::kComputed && rule.valid_first) widen(book.first_year, book.last_year, rule.valid_first->ymd().year);
    if (rule.status != DayStatus::kAnnounced) continue;
    for (const Time& time : rule.days) {
      if (const auto days = DaysOf(time.to, TimeContext{})) widen(book.first_announced, book.last_announced, days->second.ymd().year);
    }
  }
  return book;
}

OfficeCalendar MakeCalendar(std::span<const DayRule> library, std::span<const DayRule> own, DayScope scope, int first, int last,
                            StringPool& strings) {
  CalendarMaker maker(scope, first, last, strings);
  maker.Announced(library, false);
  maker.Announced(own, true);
  maker.Computed(library);
  return maker.Finish();
}

}  // namespace ordo

#include "runtime/report/calendar_year.h"

#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "fmt/format.h"
#include "runtime/diag/emitter.h"
#include "runtime/report/calendar_file.h"
#include "runtime/report/table.h"

namespace ordo::report {

namespace {

constexpr std::array<Phrase, 6> kKinds = {Phrase::kDayStatutory, Phrase::kDayMakeUp, Phrase::kDaySwapOff,
                                          Phrase::kDaySwapWork,  Phrase::kDayOwnOff, Phrase::kDayOwnWork};
constexpr std::array<Phrase, 2> kScopes = {Phrase::kForAllWorkers, Phrase::kForCivilService};
constexpr std::array<Phrase, 3> kStatuses = {Phrase::kDayAnnounced, Phrase::kDayProposed, Phrase::kDayComputed};
constexpr std::array<Phrase, 7> kWeekdays = {Phrase::kMonday, Phrase::kTuesday,  Phrase::kWednesday, Phrase::kThursday,
                                             Phrase::kFriday, Phrase::kSaturday, Phrase::kSunday};
// As in the JSON and in UIDs: data, not words for people.
constexpr std::array<const char*, 6> kKindIds = {"statutory", "make_up", "swap_off", "swap_work", "own_off", "own_work"};
constexpr std::array<const char*, 2> kScopeIds = {"all_workers", "civil_service"};
constexpr std::array<const char*, 3> kStatusIds = {"announced", "proposed", "computed"};

template <class Names, class Value>
auto Pick(const Names& names, Value value) {
  return names[static_cast<size_t>(value)];
}

int WorkingDays(const CalendarYear& year, int month) {
  return year.calendar->WorkingDays(Date::FromYmd(year.year, month, 1)->PlusDays(-1), Date::MonthEnd(year.year, month));
}

// Those of the year that hold, and proposed ones; several blocks may speak of one day.
std::vector<SpecialDay> DaysOf(const CalendarYear& year) {
  std::vector<SpecialDay> days;
  for (const SpecialDay& day : year.calendar->days()) {
    if (day.date.ymd().year != year.year) continue;
    const SpecialDay* holds = year.calendar->Find(day.date);
    if (!day.counts() || (holds && *holds == day)) days.push_back(day);
  }
  return days;
}

std::string TitleOf(const CalendarYear& year, const SpecialDay& day, Language language) {
  const std::string_view title = (*year.strings)[day.title];
  return title.empty() ? Say(Pick(kKinds, day.kind), language) : std::string(title);
}

}  // namespace

std::string CalendarAsText(const CalendarYear& year, Language language) {
  const std::string number = fmt::format("{}", year.year);
  Table table;
  table.title = Say(Phrase::kCalendarTitle, language, {number, Say(Pick(kScopes, year.scope), language)});
  if (year.none) table.subtitle = Say(Phrase::kCalendarNone, language);
  if (year.calendar->IsProvisional(year.year)) table.subtitle = Say(Phrase::kCalendarProvisional, language, {number});
  for (const auto& [id, title] : {std::pair("day", Phrase::kColumnDay),
                                  {"title", Phrase::kColumnTitle},
                                  {"kind", Phrase::kColumnKind},
                                  {"scope", Phrase::kColumnScope},
                                  {"status", Phrase::kColumnStatus},
                                  {"source", Phrase::kColumnSource}}) {
    table.columns.push_back({id, Say(title, language)});
  }
  table.groups.emplace_back();
  for (const SpecialDay& day : DaysOf(year)) {
    Row row;
    row.id = day.date.Iso();
    row.cells = {fmt::format("{} {}", Say(Pick(kWeekdays, day.date.weekday()), language), day.date.ToString(language)),
                 std::string((*year.strings)[day.title]),
                 Say(Pick(kKinds, day.kind), language),
                 Say(Pick(kScopes, day.scope), language),
                 Say(Pick(kStatuses, day.status), language),
                 std::string((*year.strings)[day.source])};
    table.groups[0].rows.push_back(std::move(row));
  }
  RenderOptions options;
  options.language = language;
  std::string months;
  int all = 0;
  for (int month = 1; month <= 12; ++month) {
    const int count = WorkingDays(year, month);
    months += fmt::format("{}{:02}: {}", month == 1 ? "" : ", ", month, count);
    all += count;
  }
  return fmt::format("{}\n{}\n{}\n", Render(table, Format::kText, SourceSet(), options), Say(Phrase::kWorkingDaysByMonth, language, {months}),
                     Say(Phrase::kWorkingDaysOfYear, language, {fmt::format("{}", all)}));
}

std::string CalendarAsJson(const CalendarYear& year) {
  nlohmann::ordered_json json;
  json["schema"] = "ordo/calendar/1";
  json["year"] = year.year;
  json["scope"] = Pick(kScopeIds, year.scope);
  json["none"] = year.none;
  json["provisional"] = year.calendar->IsProvisional(year.year);
  json["days"] = nlohmann::ordered_json::array();
  for (const SpecialDay& day : DaysOf(year)) {
    json["days"].push_back({{"date", day.date.Iso()},
                            {"weekday", day.date.weekday() + 1},
                            {"works", day.works()},
                            {"counted", day.counts()},
                            {"kind", Pick(kKindIds, day.kind)},
                            {"scope", Pick(kScopeIds, day.scope)},
                            {"status", Pick(kStatusIds, day.status)},
                            {"title", (*year.strings)[day.title]},
                            {"source", (*year.strings)[day.source]}});
  }
  int all = 0;
  auto months = nlohmann::ordered_json::array();
  for (int month = 1; month <= 12; ++month) {
    months.push_back(WorkingDays(year, month));
    all += WorkingDays(year, month);
  }
  json["working_days"] = {{"months", months}, {"year", all}};
  return json.dump(2) + "\n";
}

std::string CalendarAsFile(const CalendarYear& year, Language language) {
  std::vector<CalendarEvent> events;
  std::set<std::string> used;
  for (const SpecialDay& day : DaysOf(year)) {
    CalendarEvent event;
    const std::string uid = fmt::format("{}.{}.{}", day.date.Iso(), Pick(kKindIds, day.kind), Pick(kScopeIds, day.scope));
    event.uid = uid + "@ordo";
    for (int n = 2; !used.insert(event.uid).second; ++n) event.uid = fmt::format("{}.{}@ordo", uid, n);
    event.first = event.last = day.date;
    event.summary = TitleOf(year, day, language);
    const std::string_view source = (*year.strings)[day.source];
    event.description = fmt::format("{}; {}; {}{}{}", Say(Pick(kKinds, day.kind), language), Say(Pick(kScopes, day.scope), language),
                                    Say(Pick(kStatuses, day.status), language), source.empty() ? "" : "; ", source);
    event.categories = {Say(Pick(kKinds, day.kind), language)};
    event.busy = day.works() && day.counts();
    event.tentative = day.status != DayStatus::kAnnounced;
    events.push_back(std::move(event));
  }
  return CalendarFile(Say(Phrase::kCalendarName, language, {fmt::format("{}", year.year)}), events);
}

}  // namespace ordo::report

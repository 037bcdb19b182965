// `ordo calendar`: a year's days off and worked, of the library alone or with a plan's own.
#include <cstdio>

#include "compiler/driver/library_calendar.h"
#include "compiler/driver/session.h"
#include "fmt/format.h"
#include "runtime/report/calendar_year.h"

namespace ordo {

int RunCalendar(const std::string& plan, int year, const Settings& settings) {
  Session session(plan, settings);
  StringPool strings;
  Language language = settings.language.value_or(Language::kVietnamese);
  std::vector<DayRule> own;
  report::CalendarYear shown;
  if (!plan.empty()) {
    if (!session.Load() || !session.Model()) return PrintBroken(session, settings);
    language = session.language();
    const ir::Program& program = session.program();
    own = ReadDayRules(program, true);
    shown.none = program.frame.no_calendar;
    const ir::Field* field = program.FindField(program.plan, static_cast<ir::WordId>(W::key_calendar));
    if (field && field->entry_count > 0 && static_cast<W>(program.entries[field->first_entry].value) == W::word_all_workers) {
      shown.scope = DayScope::kAllWorkers;
    }
    if (year == 0 && program.frame.first_day != ir::kAbsent) year = Date(static_cast<int32_t>(program.frame.first_day)).ymd().year;
  }
  if (year == 0) {
    Tell(language, Code::kRunBadArgument, {"--year", "YYYY"});
    return kFailed;
  }
  const DayBook& book = LibraryCalendar();
  if (year < book.first_year || year > book.last_year) {
    Tell(language, Code::kCalendarYear,
         {fmt::format("{}", year), fmt::format("{}", book.first_year), fmt::format("{}", book.last_year)});
    return kUnreadable;
  }
  const OfficeCalendar calendar = shown.none ? OfficeCalendar() : MakeCalendar(book.rules, own, shown.scope, year, year, strings);
  shown.year = year;
  shown.calendar = &calendar;
  shown.strings = &strings;
  const std::string out = settings.format == "json"  ? report::CalendarAsJson(shown)
                          : settings.format == "ics" ? report::CalendarAsFile(shown, language)
                                                     : report::CalendarAsText(shown, language);
  std::fwrite(out.data(), 1, out.size(), stdout);
  return kNothing;
}

}  // namespace ordo

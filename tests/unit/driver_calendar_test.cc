// The library's calendar against the facts, and the plan's own days on top of it; `ordo calendar` in its three formats.
#include <set>

#include "compiler/driver/library_calendar.h"
#include "compiler/driver/session.h"
#include "runtime/time/lunar.h"
#include "support/calendar_vectors.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

Date Day(int year, int month, int day) { return Date::FromYmd(year, month, day).value(); }

OfficeCalendar Library(int first, int last, DayScope scope = DayScope::kCivilService) {
  StringPool strings;
  return MakeCalendar(LibraryCalendar().rules, {}, scope, first, last, strings);
}

// Weekdays that rest and weekend days that are worked, as ISO days.
std::pair<std::set<std::string>, std::set<std::string>> Unusual(const OfficeCalendar& calendar, int year) {
  std::set<std::string> off, worked;
  for (Date day = Day(year, 1, 1); day <= Day(year, 12, 31); day = day.PlusDays(1)) {
    if (day.weekday() < 5 && !calendar.IsWorking(day)) off.insert(day.Iso());
    if (day.weekday() >= 5 && calendar.IsWorking(day)) worked.insert(day.Iso());
  }
  return {off, worked};
}

TEST(LibraryCalendar, KnowsTheYearsOfItsLaw) {
  const DayBook& book = LibraryCalendar();
  EXPECT_EQ(book.first_year, 2000);
  EXPECT_EQ(book.last_year, 2050);
  EXPECT_EQ(book.first_announced, 2023);
  EXPECT_EQ(book.last_announced, 2026);
  for (const DayRule& rule : book.rules) {
    EXPECT_FALSE(rule.title.empty());
    EXPECT_FALSE(rule.source.empty()) << rule.title;
    EXPECT_FALSE(rule.days.empty()) << rule.title;
  }
}

TEST(LibraryCalendar, HasTheDaysOf2025And2026) {
  const OfficeCalendar library = Library(2024, 2027), vectors = CalendarOfVectors();
  for (Date day = Day(2025, 1, 1); day <= Day(2026, 12, 31); day = day.PlusDays(1)) {
    EXPECT_EQ(library.IsWorking(day), vectors.IsWorking(day)) << day.Iso();
  }
  for (const int year : {2024, 2025, 2026}) EXPECT_FALSE(library.IsProvisional(year)) << year;
  EXPECT_TRUE(library.IsProvisional(2027));
}

TEST(LibraryCalendar, HasTheDaysOf2023And2024) {
  using Days = std::set<std::string>;
  const OfficeCalendar library = Library(2023, 2024);
  const auto [off23, worked23] = Unusual(library, 2023);
  EXPECT_EQ(off23, (Days{"2023-01-02", "2023-01-20", "2023-01-23", "2023-01-24", "2023-01-25", "2023-01-26", "2023-05-01",
                         "2023-05-02", "2023-05-03", "2023-09-01", "2023-09-04"}));
  EXPECT_TRUE(worked23.empty());
  const auto [off24, worked24] = Unusual(library, 2024);
  EXPECT_EQ(off24, (Days{"2024-01-01", "2024-02-08", "2024-02-09", "2024-02-12", "2024-02-13", "2024-02-14", "2024-04-18",
                         "2024-04-29", "2024-04-30", "2024-05-01", "2024-09-02", "2024-09-03"}));
  EXPECT_EQ(worked24, Days{"2024-05-04"});
}

// The law by itself gives as many days off as it names, whatever the weekdays: make-ups see to it. 24 November alone is lost.
TEST(LibraryCalendar, ComputedYearsKeepTheNumberOfHolidays) {
  for (int year = 2000; year <= 2050; ++year) {
    if (year >= 2023 && year <= 2026) continue;
    const OfficeCalendar calendar = Library(year, year);
    EXPECT_TRUE(calendar.IsProvisional(year));
    const auto [off, worked] = Unusual(calendar, year);
    EXPECT_TRUE(worked.empty());
    size_t expected = 1 + 4 + 1 + 1 + 1;                        // 1/1, Tết, 30/4, 1/5, 2/9
    if (year >= 2014) ++expected;                               // fifth day of Tết from 1/5/2013
    if (year >= 2007) ++expected;                               // Giỗ Tổ
    if (year >= 2021) ++expected;                               // second day of 2/9
    if (year >= 2026 && Day(year, 11, 24).weekday() < 5) ++expected;
    // Giỗ Tổ may be 30 April itself; then two holidays are one day.
    if (year >= 2007 && DayOf({year, 3, 10}) == Day(year, 4, 30)) --expected;
    EXPECT_EQ(off.size(), expected) << year;
    for (int n = -1; n <= 2; ++n) EXPECT_FALSE(calendar.IsWorking(DayOf({year, 1, 1})->PlusDays(n))) << year;
  }
}

TEST(LibraryCalendar, MakesUpHolidaysOneAfterTheOther) {
  const auto [off, worked] = Unusual(Library(2027, 2027), 2027);
  EXPECT_EQ(off, (std::set<std::string>{"2027-01-01", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-04-16",
                                        "2027-04-30", "2027-05-03", "2027-09-01", "2027-09-02", "2027-11-24"}));
  EXPECT_TRUE(worked.empty());
  EXPECT_TRUE(Library(2029, 2029).IsWorking(Day(2029, 11, 26)));   // 24/11/2029 is a Saturday and is not made up
}

TEST(LibraryCalendar, SwapsAreForTheCivilService) {
  const OfficeCalendar all = Library(2026, 2026, DayScope::kAllWorkers);
  EXPECT_TRUE(all.IsWorking(Day(2026, 1, 2)));
  EXPECT_FALSE(all.IsWorking(Day(2026, 1, 10)));
  EXPECT_FALSE(all.IsWorking(Day(2026, 2, 16)));
}

TEST(LibraryCalendar, TheProposedSwapIsShownAndNotCounted) {
  const OfficeCalendar calendar = Library(2026, 2026);
  EXPECT_TRUE(calendar.IsWorking(Day(2026, 11, 23)));
  EXPECT_FALSE(calendar.IsWorking(Day(2026, 11, 28)));
  size_t proposed = 0;
  for (const SpecialDay& day : calendar.days()) proposed += day.status == DayStatus::kProposed;
  EXPECT_EQ(proposed, 2u);
}

constexpr const char* kPlan =
    "ordo 1 en\nplan p \"Plan\" { issued by: u; issue date: 2026-02-06; period: year 2026%s }\nunit u \"Unit\" { head: \"Head\" }\n"
    "task a \"A\" { lead: u; due: within 10 days }\ntask b \"B\" { lead: u; due: within 3 working days after 2026-03-10 }\n%s";

std::string Plan(const std::string& fields, const std::string& blocks) {
  std::string text = kPlan;
  text.replace(text.find("%s"), 2, fields);
  text.replace(text.find("%s"), 2, blocks);
  return text;
}

struct Read {
  explicit Read(const std::string& text) {
    plan = folder.Write("plan.ordo", text);
    session.emplace((folder.path() / "plan.ordo").string(), settings);
    sound = session->Load() && session->Model();
  }
  ResolvedTime Due(const char* name) {
    const ir::Program& program = session->program();
    const EntityId task = session->model().names.at(program.strings->Find(name));
    const ir::Field* due = program.FindField(task, static_cast<ir::WordId>(W::key_due));
    const auto time = static_cast<EntityId>(program.entries[due->first_entry].value);
    return Resolve(program.times[program.entity(time).row], program.Context());
  }
  Folder folder;
  Settings settings;
  std::string plan;
  std::optional<Session> session;
  bool sound = false;
};

TEST(PlanCalendar, LimitsRollOverTheLibrarysDays) {
  Read read(Plan("", ""));
  ASSERT_TRUE(read.sound);
  EXPECT_EQ(read.Due("a").raw, Day(2026, 2, 16));
  EXPECT_EQ(read.Due("a").last, Day(2026, 2, 23));
  EXPECT_EQ(read.Due("a").effective, Day(2026, 2, 23));
  EXPECT_EQ(read.Due("b").last, Day(2026, 3, 13));
  const ir::Frame& frame = read.session->program().frame;
  EXPECT_EQ(frame.first_year, 2025);
  EXPECT_EQ(frame.last_year, 2027);
  EXPECT_FALSE(frame.no_calendar);
  std::string error;
  const std::string dump = ir::Dump(read.session->program());
  const auto back = ir::ParseDump(dump, read.session->program().strings, &error);
  ASSERT_TRUE(back) << error;
  EXPECT_EQ(*back, read.session->program());
}

TEST(PlanCalendar, OwnDaysAreAdded) {
  Read read(Plan("", "day off \"Local\" { days: 2026-03-12 }\nday worked { days: 2026-03-14 }\nday off { days: 2026-03-11; status: proposed }\n"));
  ASSERT_TRUE(read.sound);
  EXPECT_EQ(read.Due("b").last, Day(2026, 3, 14));
  const SpecialDay* own = read.session->program().calendar.Find(Day(2026, 3, 12));
  ASSERT_NE(own, nullptr);
  EXPECT_EQ(own->kind, DayKind::kOwnOff);
}

TEST(PlanCalendar, NoneMeansNone) {
  Read read(Plan("; calendar: none", ""));
  ASSERT_TRUE(read.sound);
  EXPECT_EQ(read.Due("a").last, Day(2026, 2, 16));
  EXPECT_FALSE(read.Due("b").last);
  EXPECT_TRUE(read.session->program().special_days.empty());
}

TEST(PlanCalendar, NamedDaysKeepAndShowWhatThePolicyMakesOfThem) {
  const std::string task = "task c \"C\" { lead: u; due: by 2026-02-15 }\n";
  for (const auto& [policy, day] : {std::pair<const char*, Date>{"", Day(2026, 2, 15)},
                                    {"; rest days: keep", Day(2026, 2, 15)},
                                    {"; rest days: before", Day(2026, 2, 13)},
                                    {"; rest days: after", Day(2026, 2, 23)}}) {
    Read read(Plan(policy, task));
    ASSERT_TRUE(read.sound) << policy;
    EXPECT_EQ(read.Due("c").last, Day(2026, 2, 15)) << policy;
    EXPECT_EQ(read.Due("c").effective, day) << policy;
    EXPECT_EQ(read.Due("a").effective, Day(2026, 2, 23)) << policy;   // a limit rolls forward whatever the policy
  }
}

TEST(CalendarCommand, PrintsTextJsonAndACalendarFile) {
  const Folder folder;
  const Ran text = folder.Run({"calendar", "--year", "2026", "--lang", "en"});
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_NE(text.out.find("9441/TB-BNV"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("Working days of the year: 249"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("proposed, not"), std::string::npos);
  const Ran later = folder.Run({"calendar", "--year", "2027", "--lang", "en"});
  EXPECT_NE(later.out.find("provisional"), std::string::npos);

  const auto json = nlohmann::json::parse(folder.Run({"calendar", "--year", "2026", "--format", "json"}).out);
  EXPECT_EQ(json["schema"], "ordo/calendar/1");
  EXPECT_EQ(json["working_days"]["year"], 249);
  EXPECT_EQ(json["working_days"]["months"], (std::vector<int>{21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23}));
  EXPECT_EQ(json["provisional"], false);

  const Ran ics = folder.Run({"calendar", "--year", "2026", "--format", "ics"});
  EXPECT_EQ(ics.out, folder.Run({"calendar", "--year", "2026", "--format", "ics"}).out);
  EXPECT_TRUE(ics.out.starts_with("BEGIN:VCALENDAR\r\n")) << ics.out.substr(0, 100);
  EXPECT_NE(ics.out.find("DTSTAMP:20260902T000000Z"), std::string::npos);
  EXPECT_NE(ics.out.find("DTSTART;VALUE=DATE:20260902"), std::string::npos);
  EXPECT_NE(ics.out.find("DTEND;VALUE=DATE:20260903"), std::string::npos);
  EXPECT_NE(ics.out.find("UID:2026-09-02.statutory.all_workers@ordo"), std::string::npos);
  EXPECT_NE(ics.out.find("STATUS:TENTATIVE"), std::string::npos);
}

TEST(CalendarCommand, TakesThePlansOwnDays) {
  const Folder folder;
  folder.Write("plan.ordo", Plan("", "day off \"Local\" { days: 2026-03-12 }\n"));
  const auto json = nlohmann::json::parse(folder.Run({"calendar", "plan.ordo", "--format", "json"}).out);
  EXPECT_EQ(json["year"], 2026);
  EXPECT_EQ(json["working_days"]["year"], 248);
}

TEST(CalendarCommand, SaysWhichYearsAreKnown) {
  const Folder folder;
  const Ran ran = folder.Run({"calendar", "--year", "2060", "--lang", "en"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("known are 2000 to 2050"), std::string::npos) << ran.err;
  EXPECT_EQ(folder.Run({"calendar"}).status, 3);
}

}  // namespace
}  // namespace ordo::testing

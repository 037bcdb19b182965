// `ordo remind`: who is to be warned of what, from a day on, for a window.
#include <cstdio>
#include <filesystem>

#include "compiler/driver/session.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/report/agenda.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;

constexpr int kUsualDays = 14;
constexpr int kMostDays = 3660;

// «14d», «2w», «14».
std::optional<int> ReadDays(std::string_view text) {
  int factor = 1;
  if (!text.empty() && (text.back() == 'd' || text.back() == 'w')) {
    factor = text.back() == 'w' ? 7 : 1;
    text.remove_suffix(1);
  }
  if (text.empty() || text.size() > 4) return std::nullopt;
  int days = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    days = days * 10 + (c - '0');
  }
  days *= factor;
  return days <= kMostDays ? std::optional<int>(days) : std::nullopt;
}

int Write(const Session& session, const std::string& path, const std::string& text) {
  if (WriteFile(path, text).ok()) return kNothing;
  Tell(session.language(), Code::kRunCannotWrite, {path});
  return kFailed;
}

}  // namespace

int RunRemind(const std::string& plan, const std::string& within, const std::string& unit, const std::string& form,
              const std::string& folder, const Settings& settings) {
  Session session(plan, settings);
  const bool loaded = session.Load();
  if (!settings.as_of) {
    Tell(session.language(), Code::kRunAsOfNeeded, {});
    return kFailed;
  }
  const std::optional<int> days = within.empty() ? std::optional<int>(kUsualDays) : ReadDays(within);
  if (!days) {
    Tell(session.language(), Code::kRunBadArgument, {"--within " + within, fmt::format("1d … {}d, 2w", kMostDays)});
    return kFailed;
  }
  const bool calendar = settings.format == "ics";
  if (calendar && folder.empty() && unit.empty()) {
    Tell(session.language(), Code::kRunBadArgument, {"--format ics", "--unit / -o"});
    return kFailed;
  }
  if (!(loaded && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  const ir::Program& program = session.program();
  report::AgendaRequest request;
  request.until = settings.as_of->PlusDays(*days);
  // A calendar is kept, not read once: without a window it holds the whole plan.
  if (calendar && within.empty() && program.frame.last_day != ir::kAbsent) {
    request.until = std::max(request.until, Date(static_cast<int32_t>(program.frame.last_day)));
  }
  request.with_done = calendar;
  if (!unit.empty()) {
    const auto found = session.model().names.find(program.strings->Find(ToNfc(unit)));
    if (found == session.model().names.end() || !Has(kParties, program.entity(found->second).kind)) {
      Tell(session.language(), Code::kRunNoUnit, {unit});
      return kUnreadable;
    }
    request.party = found->second;
  }
  const ir::Reminders reminders(program);
  const solve::Schedule schedule = solve::ScheduleOf(program);
  const report::Progress progress = report::ProgressOf(session.evaluation(), *settings.as_of, request.until);
  const report::Agenda agenda = report::AgendaOf(session.evaluation(), reminders, schedule, progress, request);
  const std::vector<report::Told> told = report::ByUnit(program, agenda, request.party);
  const auto calendar_form = form == "event"  ? report::CalendarForm::kEvent
                             : form == "both" ? report::CalendarForm::kBoth
                                              : report::CalendarForm::kTodo;
  if (!folder.empty()) {
    std::error_code error;
    fs::create_directories(folder, error);
  }
  if (calendar) {
    for (const report::Told& one : told) {
      const std::string text =
          report::AgendaAsCalendar(session.evaluation(), reminders, agenda, one, calendar_form, session.sources(), session.language());
      if (folder.empty()) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        continue;
      }
      if (one.items.empty() && request.party == EntityId::kNone) continue;
      const ir::Entity& entity = program.entity(one.unit);
      const std::string name = entity.name != Symbol::kEmpty ? std::string(program.text(entity.name)) : fmt::format("post{}", entity.row + 1);
      const std::string path = (fs::path(folder) / (name + ".ics")).string();
      if (const int status = Write(session, path, text); status != kNothing) return status;
      fmt::print("{}\n", path);
    }
    return kNothing;
  }
  const bool json = settings.format == "json";
  const std::string text =
      json ? report::AgendaAsJson(session.evaluation(), reminders, agenda, session.sources(), session.language())
           : report::AgendaAsText(session.evaluation(), reminders, agenda, told, session.sources(), session.language(),
                                  settings.color && folder.empty());
  if (folder.empty()) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kNothing;
  }
  const std::string path = (fs::path(folder) / (json ? "reminders.json" : "reminders.txt")).string();
  if (const int status = Write(session, path, text); status != kNothing) return status;
  fmt::print("{}\n", path);
  return kNothing;
}

}  // namespace ordo

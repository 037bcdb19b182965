// The agenda as text, JSON and calendar files. Everything that is told was found by agenda.cc.
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "absl/container/flat_hash_set.h"
#include "runtime/diag/emitter.h"
#include "runtime/report/agenda.h"
#include "runtime/report/calendar_file.h"
#include "runtime/report/progress_text.h"
#include "runtime/report/render.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

using ir::kAbsent;
using Json = nlohmann::ordered_json;

class AgendaWriter {
 public:
  AgendaWriter(const ir::Program& program, const ir::Reminders& reminders, const Agenda& agenda, const SourceSet& sources, Language language)
      : program_(program),
        reminders_(reminders),
        agenda_(agenda),
        sources_(sources),
        language_(language),
        words_(program),
        printer_(program, language) {}

  std::string Text(const std::vector<Told>& told, bool color) const {
    std::string out = Say(Phrase::kRemindTitle, {Day(agenda_.as_of)}) + "\n";
    if (program_.plan != EntityId::kNone) {
      std::string plan(TextNamed(program_, program_.plan, "number"));
      Append(plan, ": ", Printable(program_.text(program_.entity(program_.plan).title)));
      for (const std::string& line : Wrapped(plan, kWidth)) out += line + "\n";
    }
    out += "\n" + Say(Phrase::kRemindWindow, {Day(agenda_.until)}) + ".\n";
    out += (agenda_.entries == 0 ? Say(Phrase::kStatusNoJournal) : Say(Phrase::kStatusEntries, {fmt::format("{}", agenda_.entries)})) + ".\n";
    for (const std::string& sentence : PolicyText(program_, reminders_, language_)) {
      for (const std::string& line : Wrapped(Printable(sentence) + ".", kWidth)) out += line + "\n";
    }
    bool any = false;
    RenderOptions options;
    options.color = color;
    options.width = kWidth;
    options.language = language_;
    for (const Told& one : told) {
      if (one.items.empty() && one.undated.empty()) continue;
      any = true;
      out += "\n";
      if (one.items.empty()) {
        out += Printable(printer_.Object(one.unit)) + "\n";
      } else {
        out += Render(TableOf(one), Format::kText, sources_, options);
      }
      if (const std::string undated = UndatedText(one); !undated.empty()) {
        out += "\n";
        for (const std::string& line : Wrapped(Printable(undated), kWidth)) out += line + "\n";
      }
    }
    if (!any) out += "\n" + Say(Phrase::kRemindNothing) + "\n";
    return out;
  }

  std::string AsJson() const {
    Json out;
    out["schema"] = "ordo/reminders/1";
    if (program_.plan != EntityId::kNone) {
      out["plan"] = {{"name", program_.text(program_.entity(program_.plan).name)},
                     {"number", TextNamed(program_, program_.plan, "number")},
                     {"title", program_.text(program_.entity(program_.plan).title)}};
    }
    out["as_of"] = agenda_.as_of.Iso();
    out["until"] = agenda_.until.Iso();
    out["journal"] = {{"entries", agenda_.entries}};
    out["policy"] = {{"declared", reminders_.stated()}, {"sentences", PolicyText(program_, reminders_, language_)}};
    out["items"] = Json::array();
    for (const AgendaItem& item : agenda_.items) out["items"].push_back(ItemJson(item));
    out["undated"] = Json::array();
    for (const ProgressItem& item : agenda_.undated) {
      Json one = Head(item);
      one["lead"] = Names(LeadsOf(program_, item));
      one["state"] = IdOf(item.state);
      one["because"] = Because(item);
      out["undated"].push_back(std::move(one));
    }
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }

  std::string AsCalendar(const Told& told, CalendarForm form) const {
    std::vector<CalendarTodo> todos;
    for (const uint32_t i : told.items) {
      CalendarTodo todo = TodoOf(agenda_.items[i], told.unit);
      if (form != CalendarForm::kEvent) todos.push_back(todo);
      if (form == CalendarForm::kTodo) continue;
      todo.as_event = true;
      todo.uid.insert(todo.uid.rfind('@'), ".event");   // two things of one calendar need two names
      todos.push_back(std::move(todo));
    }
    std::string policy;
    for (const std::string& sentence : PolicyText(program_, reminders_, language_)) Append(policy, ". ", sentence);
    return TodoFile(Say(Phrase::kRemindCalendar, {printer_.Object(told.unit)}), policy, agenda_.as_of, todos);
  }

 private:
  static constexpr size_t kWidth = 120;

  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const { return ordo::Say(phrase, language_, arguments); }
  std::string Day(Date day) const { return day.ToString(language_); }
  static Json IsoOf(ir::Cell day) { return day == kAbsent ? Json() : Json(Date(static_cast<int32_t>(day)).Iso()); }

  std::string PartyList(const std::vector<EntityId>& parties) const {
    std::string text;
    for (const EntityId party : parties) Append(text, "; ", printer_.Object(party));
    return text;
  }
  Json Names(const std::vector<EntityId>& parties) const {
    Json out = Json::array();
    for (const EntityId party : parties) out.push_back(NameOf(party));
    return out;
  }
  // A post that no name leads to is «unit.head».
  std::string NameOf(EntityId party) const {
    const ir::Entity& entity = program_.entity(party);
    if (entity.name != Symbol::kEmpty) return std::string(program_.text(entity.name));
    if (entity.kind == words_.post_kind && entity.parent != EntityId::kNone &&
        program_.text(entity.title) == TextNamed(program_, entity.parent, "head")) {
      return NameOf(entity.parent) + ".head";
    }
    return std::string(program_.text(entity.title));
  }

  bool IsFor(const Alarm& alarm, EntityId unit) const {
    return std::any_of(alarm.to.begin(), alarm.to.end(),
                       [&](const Warned& to) { return to.party == unit || HomeOf(program_, to.party) == unit; });
  }

  std::string DueCell(const AgendaItem& item) const {
    std::string text = DueText(program_, printer_, item.time, item.due.days());
    if (item.effective != item.due) Append(text, "\n", Say(Phrase::kRemindMoved, {Day(item.effective)}));
    if (item.aim != item.effective) Append(text, "\n", Say(Phrase::kRemindRests, {Day(item.due), Day(item.aim)}));
    return text;
  }

  std::string StateCell(const AgendaItem& item) const {
    const ProgressItem& progress = item.progress;
    std::string text;
    if (progress.done != kAbsent) text = Say(Phrase::kStatusDone) + ", " + Say(Phrase::kStatusOn, {Day(Date(static_cast<int32_t>(progress.done)))});
    else if (progress.started != kAbsent) text = Say(Phrase::kStateInProgress) + ", " + Say(Phrase::kStatusSince, {Day(Date(static_cast<int32_t>(progress.started)))});
    if (progress.days_late > 0) Append(text, "\n", Say(Phrase::kStatusDaysLate, {fmt::format("{}", progress.days_late)}));
    if (progress.state == State::kWaiting) Append(text, "\n", Say(Phrase::kStateWaiting));
    if (!item.done() && !item.late()) {
      const Length left{Decimal::FromInt(program_.calendar.WorkingDays(agenda_.as_of, std::max(item.due, item.effective))), TimeUnit::kWorkingDay};
      Append(text, "\n", std::max(item.due, item.effective) == agenda_.as_of ? Say(Phrase::kRemindToday) : Say(Phrase::kRemindLeft, {Print(left, language_)}));
    }
    if (item.critical) Append(text, "\n", Say(Phrase::kTimelineCritical));
    if (item.slack) Append(text, "\n", Say(Phrase::kRemindSlack, {Print(Length{Decimal::FromInt(*item.slack), TimeUnit::kWorkingDay}, language_)}));
    return text;
  }

  std::string AlarmCell(const AgendaItem& item, EntityId unit) const {
    std::string text;
    if (item.late()) {
      text = Say(Phrase::kRemindNow);
      if (item.escalate_from) Append(text, "\n", Say(Phrase::kRemindGoesUp, {PartyList(item.escalate_to), Day(*item.escalate_from)}));
      return text;
    }
    for (const Alarm& alarm : item.alarms) {
      if (alarm.day.kind != ir::AlarmKind::kBefore || alarm.day.on < agenda_.as_of) continue;
      if (IsFor(alarm, unit)) Append(text, "\n", Day(alarm.day.on));
    }
    return text;
  }

  std::string RolesText(const Part& part) const {
    std::string text;
    for (const ir::WordId role : part.roles) Append(text, ", ", printer_.Spelling(role));
    return text;
  }

  Row RowOf(const AgendaItem& item, EntityId unit) const {
    Row row;
    const EntityId object = item.progress.object;
    row.id = program_.text(program_.entity(object).name);
    row.at = program_.entity(object).span;
    row.number = NumberOf(program_, words_, printer_, object);
    std::string title = TitleOf(program_, words_, language_, item.progress);
    const Part part = PartOf(program_, item, unit);
    const bool leads = std::find(part.roles.begin(), part.roles.end(), words_.lead) != part.roles.end();
    if (!leads) {
      const std::string lead = PartyList(LeadsOf(program_, item.progress));
      const std::string roles = RolesText(part);
      Append(title, "\n", roles.empty() ? Say(Phrase::kStatusLead) + ": " + lead : Say(Phrase::kRemindAs, {roles, lead}));
    }
    row.cells = {DueCell(item), row.number, std::move(title), printer_.FieldCell(object, words_.product), StateCell(item), AlarmCell(item, unit)};
    return row;
  }

  Table TableOf(const Told& told) const {
    Table table;
    table.id = program_.text(program_.entity(told.unit).name);
    table.title = printer_.Object(told.unit);
    table.subtitle = TextNamed(program_, told.unit, "head");
    table.columns = {{"due", Say(Phrase::kStatusDue)},          {"number", Say(Phrase::kStatusNumber)}, {"title", Say(Phrase::kStatusWhat)},
                     {"product", Say(Phrase::kRemindProduct)}, {"state", Say(Phrase::kStatusState)},    {"when", Say(Phrase::kRemindWhen)}};
    const auto group = [&](std::string title, const auto& wanted) {
      Group made;
      made.title = std::move(title);
      for (const uint32_t i : told.items) {
        const AgendaItem& item = agenda_.items[i];
        if (!item.done() && wanted(item)) made.rows.push_back(RowOf(item, told.unit));
      }
      if (!made.rows.empty()) table.groups.push_back(std::move(made));
    };
    const auto above = [&](const AgendaItem& item) {
      const Part part = PartOf(program_, item, told.unit);
      return part.escalated && part.roles.empty() && !part.named;
    };
    group(Say(Phrase::kRemindLate), [&](const AgendaItem& item) { return item.late() && !above(item); });
    group(Say(Phrase::kRemindAbove), above);
    group(Say(Phrase::kRemindDue, {Day(agenda_.until)}), [&](const AgendaItem& item) { return !item.late() && item.due <= agenda_.until; });
    group(Say(Phrase::kRemindAhead), [&](const AgendaItem& item) { return !item.late() && item.due > agenda_.until; });
    return table;
  }

  std::string Because(const ProgressItem& item) const {
    return Say(item.state == State::kOngoing   ? Phrase::kRemindNoEvidence
               : item.state == State::kWaiting ? Phrase::kRemindWaits
                                               : Phrase::kRemindNoTime);
  }

  // «I.4, I.5 (thường xuyên, không có kỳ minh chứng); III.7 (chờ …)»
  std::string UndatedText(const Told& told) const {
    std::string text;
    for (const State state : {State::kOngoing, State::kWaiting, State::kInProgress, State::kUndated}) {
      std::string list;
      absl::flat_hash_set<EntityId> seen;
      const ProgressItem* first = nullptr;
      for (const uint32_t i : told.undated) {
        const ProgressItem& item = agenda_.undated[i];
        if (item.state != state || !seen.insert(item.object).second) continue;
        if (first == nullptr) first = &item;
        const std::string number = NumberOf(program_, words_, printer_, item.object);
        Append(list, ", ", number.empty() ? TitleOf(program_, words_, language_, item) : number);
      }
      if (first != nullptr) Append(text, "; ", fmt::format("{} ({})", list, Because(*first)));
    }
    return text.empty() ? text : Say(Phrase::kRemindUndated, {text}) + ".";
  }

  Json Head(const ProgressItem& item) const {
    const ir::Entity& entity = program_.entity(item.object);
    Json out = {{"name", program_.text(entity.name)},
                {"kind", program_.word(program_.kinds[entity.kind].word).id},
                {"number", NumberOf(program_, words_, printer_, item.object)},
                {"title", program_.text(entity.title)}};
    out["party"] = item.party == EntityId::kNone ? Json() : Json(NameOf(item.party));
    out["period"] = item.first_day == kAbsent ? Json() : Json{{"first", IsoOf(item.first_day)}, {"last", IsoOf(item.last_day)}};
    if (const std::string at = Location(sources_, entity.span); !at.empty()) {
      const size_t colon = at.rfind(':');
      out["at"] = {{"file", at.substr(0, colon)}, {"line", std::stoi(at.substr(colon + 1))}};
    }
    return out;
  }

  Json WarnedJson(const std::vector<Warned>& all) const {
    Json out = Json::array();
    for (const Warned& one : all) {
      out.push_back({{"party", NameOf(one.party)}, {"role", one.role == ir::kNoWord ? Json() : Json(program_.word(one.role).id)}});
    }
    return out;
  }

  Json ItemJson(const AgendaItem& item) const {
    Json out = {{"uid", item.uid}};
    const Json head = Head(item.progress);
    for (const auto& [key, value] : head.items()) out[key] = value;
    out["lead"] = Names(LeadsOf(program_, item.progress));
    out["warned"] = WarnedJson(item.warned);
    out["product"] = printer_.FieldCell(item.progress.object, words_.product);
    out["state"] = IdOf(item.progress.state);
    out["due"] = {{"wording", item.time == EntityId::kNone ? "" : printer_.Object(item.time)},
                  {"day", item.due.Iso()}, {"effective", item.effective.Iso()}, {"last_working_day", item.aim.Iso()}};
    out["started"] = IsoOf(item.progress.started);
    out["done"] = IsoOf(item.progress.done);
    out["days_late"] = item.progress.days_late;
    out["moves"] = item.progress.moves();
    out["slack_working_days"] = item.slack ? Json(*item.slack) : Json();
    out["critical"] = item.critical;
    out["alarms"] = Json::array();
    for (const Alarm& alarm : item.alarms) {
      constexpr std::string_view kKinds[] = {"before", "overdue", "escalation"};
      out["alarms"].push_back({{"kind", kKinds[static_cast<size_t>(alarm.day.kind)]},
                               {"day", alarm.day.on.Iso()},
                               {"at", fmt::format("{}T{:02}:00:00Z", alarm.day.on.Iso(), kAlarmHour - kHoursAheadOfUtc)},
                               {"counted", alarm.day.counted.Iso()},
                               {"to", WarnedJson(alarm.to)}});
    }
    out["escalation"] = {{"to", Names(item.escalate_to)},
                         {"from", item.escalate_from ? Json(item.escalate_from->Iso()) : Json()},
                         {"reached", item.escalated}};
    return out;
  }

  CalendarTodo TodoOf(const AgendaItem& item, EntityId unit) const {
    CalendarTodo todo;
    const EntityId object = item.progress.object;
    const Part part = PartOf(program_, item, unit);
    todo.uid = item.uid;
    todo.due = item.due;
    const std::string number = NumberOf(program_, words_, printer_, object);
    const std::string title = TitleOf(program_, words_, language_, item.progress);
    todo.summary = number.empty() ? title : number + ". " + title;
    const auto line = [&](std::string_view key, std::string value) {
      for (size_t at = 0; (at = value.find('\n', at)) != std::string::npos;) value.replace(at, 1, "; ");
      if (!value.empty()) Append(todo.description, "\n", fmt::format("{}: {}", Capitalised(key), value));
    };
    line(Say(Phrase::kTimelineAsOf, {Day(agenda_.as_of)}), StateCell(item));
    line(Say(Phrase::kStatusDue), DueCell(item));
    line(Say(Phrase::kStatusLead), PartyList(LeadsOf(program_, item.progress)));
    for (const ir::WordId role : {words_.accountable, words_.support}) line(printer_.Spelling(role), printer_.FieldCell(object, role));
    line(printer_.Spelling(words_.product), printer_.FieldCell(object, words_.product));
    const std::string plan(program_.plan == EntityId::kNone ? "" : TextNamed(program_, program_.plan, "number"));
    if (!plan.empty()) line(printer_.Spelling(program_.kinds[words_.plan_kind].word), plan);
    if (!number.empty()) line(Say(Phrase::kStatusNumber), number);
    Append(todo.description, "\n", Say(Phrase::kRemindSourceLine, {Location(sources_, program_.entity(object).span)}));
    todo.categories = {plan, std::string(printer_.Spelling(program_.kinds[program_.entity(object).kind].word))};
    for (const ir::WordId role : part.roles) todo.categories.emplace_back(printer_.Spelling(role));
    todo.priority = item.late() || (item.slack && *item.slack == 0) ? 1 : ir::Reminders::IsTight(item.slack, item.critical) ? 3 : 5;
    todo.sequence = static_cast<int>(item.progress.moves());
    if (item.done()) {
      todo.state = CalendarTodo::State::kCompleted;
      todo.completed = Date(static_cast<int32_t>(item.progress.done));
      return todo;
    }
    if (item.progress.started != kAbsent) todo.state = CalendarTodo::State::kInProcess;
    for (const Alarm& alarm : item.alarms) {
      // What is past has gone out or never will; what goes up is told above only when it has come to that.
      if (alarm.day.on < agenda_.as_of || alarm.day.kind == ir::AlarmKind::kEscalation) continue;
      const bool said = !todo.alarms.empty() && todo.alarms.back().day == alarm.day.on;
      if (!said && IsFor(alarm, unit)) todo.alarms.push_back({alarm.day.on, kAlarmHour - kHoursAheadOfUtc, todo.summary + "\n" + DueCell(item)});
    }
    return todo;
  }

  const ir::Program& program_;
  const ir::Reminders& reminders_;
  const Agenda& agenda_;
  const SourceSet& sources_;
  const Language language_;
  const Words words_;
  const Printer printer_;
};

}  // namespace

std::vector<std::string> PolicyText(const ir::Program& program, const ir::Reminders& reminders, Language language) {
  const Printer printer(program, language);
  const auto say = [&](Phrase phrase, std::initializer_list<std::string_view> arguments = {}) { return Say(phrase, language, arguments); };
  const auto lengths = [&](const std::vector<Length>& all) {
    std::string text;
    for (const Length& one : all) Append(text, ", ", Print(one, language));
    return text;
  };
  const auto parties = [&](const std::vector<ir::Recipient>& all) {
    std::string text;
    for (const ir::Recipient& one : all) {
      Append(text, ", ", one.party != EntityId::kNone ? printer.Object(one.party) : std::string(printer.Spelling(one.role)));
    }
    return text;
  };
  const ir::Field* above = program.plan == EntityId::kNone ? nullptr : FieldNamed(program, program.plan, "escalate_to");
  std::vector<std::string> sentences;
  for (const ir::ReminderRule& rule : reminders.rules()) {
    std::string text = rule.object == EntityId::kNone ? say(Phrase::kRemindDefault) : printer.Object(rule.object);
    std::string parts, kinds;
    for (const ir::KindId kind : rule.kinds) Append(kinds, ", ", printer.Spelling(program.kinds[kind].word));
    if (!kinds.empty()) Append(parts, "; ", say(Phrase::kRemindFor, {kinds}));
    if (rule.tight == rule.before) {
      if (!rule.before.empty()) Append(parts, "; ", say(Phrase::kRemindBefore, {lengths(rule.before)}));
    } else {
      const std::string limit = Print(Length{Decimal::FromInt(ir::kTightSlack), TimeUnit::kWorkingDay}, language);
      Append(parts, "; ", say(Phrase::kRemindBefore, {lengths(rule.before)}));
      parts += " (" + say(Phrase::kRemindTight, {lengths(rule.tight), limit}) + ")";
    }
    if (!rule.overdue.empty()) Append(parts, "; ", say(Phrase::kRemindOverdue, {lengths(rule.overdue)}));
    if (!rule.to.empty()) Append(parts, "; ", say(Phrase::kRemindTo, {parties(rule.to)}));
    if (rule.escalate_after.unit != TimeUnit::kNone) {
      std::string to = parties(rule.escalate_to);
      if (to.empty() && above != nullptr) to = printer.FieldCell(program.plan, above->word);
      if (to.empty()) to = say(Phrase::kRemindUpNobody);
      Append(parts, "; ", say(Phrase::kRemindUp, {Print(rule.escalate_after, language), to}));
    }
    sentences.push_back(text + ": " + parts);
  }
  sentences.push_back(say(Phrase::kRemindHour));
  return sentences;
}

std::string AgendaAsText(const eval::Evaluation& evaluation, const ir::Reminders& reminders, const Agenda& agenda,
                         const std::vector<Told>& told, const SourceSet& sources, Language language, bool color) {
  return AgendaWriter(evaluation.program(), reminders, agenda, sources, language).Text(told, color);
}

std::string AgendaAsJson(const eval::Evaluation& evaluation, const ir::Reminders& reminders, const Agenda& agenda, const SourceSet& sources,
                         Language language) {
  return AgendaWriter(evaluation.program(), reminders, agenda, sources, language).AsJson();
}

std::string AgendaAsCalendar(const eval::Evaluation& evaluation, const ir::Reminders& reminders, const Agenda& agenda, const Told& told,
                             CalendarForm form, const SourceSet& sources, Language language) {
  return AgendaWriter(evaluation.program(), reminders, agenda, sources, language).AsCalendar(told, form);
}

}  // namespace ordo::report

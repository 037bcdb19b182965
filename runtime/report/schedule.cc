#include "runtime/report/schedule.h"

#include <nlohmann/json.hpp>

#include "runtime/diag/emitter.h"
#include "runtime/report/cell_values.h"
#include "runtime/report/outline.h"
#include "runtime/report/print.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

std::string_view PolicyId(RestDayPolicy policy) {
  switch (policy) {
    case RestDayPolicy::kKeep: return "keep";
    case RestDayPolicy::kBefore: return "before";
    case RestDayPolicy::kAfter: return "after";
  }
  return "keep";
}

const solve::ObjectDays* DaysOf(const solve::Schedule& schedule, EntityId id) {
  const auto at = static_cast<uint32_t>(id);
  return at < schedule.objects.size() ? &schedule.objects[at] : nullptr;
}

}  // namespace

Table BuildSchedule(const eval::Evaluation& evaluation, const solve::Schedule& schedule, Language language) {
  const ir::Program& program = evaluation.program();
  const Words words(program);
  const Printer printer(program, language);
  const auto say = [&](Phrase phrase, std::initializer_list<std::string_view> arguments = {}) { return Say(phrase, language, arguments); };
  const auto day = [&](const std::optional<Date>& date) { return date ? date->ToString(language) : std::string(); };
  Table table;
  table.id = "schedule";
  table.title = say(Phrase::kScheduleTitle);
  table.subtitle = printer.RestDaysText();
  const std::string conflicts = std::to_string(schedule.clashes.size() + schedule.untold);
  Append(table.subtitle, "; ", !schedule.decided ? say(Phrase::kScheduleUndecided) : conflicts == "0" ? say(Phrase::kNoConflicts) : say(Phrase::kConflicts, {conflicts}));
  table.landscape = true;
  table.columns = {{"number", say(Phrase::kColumnNumber), false},
                   {"title", Capitalised(printer.Spelling(program.kinds[words.task_kind].word)), false},
                   {"due", Capitalised(printer.Spelling(words.due)), false},
                   {"earliest_start", say(Phrase::kColumnEarliestStart), false},
                   {"earliest_end", say(Phrase::kColumnEarliestEnd), false},
                   {"latest_end", say(Phrase::kColumnLatestEnd), false},
                   {"slack", say(Phrase::kColumnSlack), true},
                   {"critical", say(Phrase::kColumnCritical), false}};
  const auto fill = [&](EntityId id, const std::string& number, Row& row) {
    row.cells = {number, std::string(program.text(program.entity(id).title)), FieldCellOf(program, printer, id, words.due), "", "", "", "", ""};
    const solve::ObjectDays* days = DaysOf(schedule, id);
    if (days == nullptr || !schedule.decided) return;
    const std::optional<Date> computed[] = {days->earliest_start, days->earliest_end, days->latest_end};
    for (size_t i = 0; i < 3; ++i) {
      row.cells[3 + i] = day(computed[i]);
      row.cells[3 + i].day = computed[i];
    }
    if (days->slack) {
      row.cells[6] = std::to_string(*days->slack);
      row.cells[6].number = Decimal::FromInt(*days->slack);
    }
    if (days->critical) row.cells[7] = "●";
  };
  NumberingStyle style;
  style.grouped = true;
  const Outline outline(evaluation, words, words.task_kind, ir::kNone, style);
  table.groups = outline.Groups(fill);
  const auto add_group = [&](std::string_view id, Phrase title) -> Group& {
    Group& group = table.groups.emplace_back();
    group.id = id;
    group.title = say(title);
    return group;
  };
  if (!schedule.critical_chain.empty()) {
    Group& group = add_group("critical_chain", Phrase::kCriticalChain);
    for (const EntityId id : schedule.critical_chain) {
      Row& row = group.rows.emplace_back();
      row.id = program.text(program.entity(id).name);
      row.number = IsKind(program, id, words.task_kind) ? printer.Object(id) : std::string();
      row.at = program.entity(id).span;
      fill(id, row.number, row);
    }
  }
  if (!schedule.awaited.empty()) {
    Group& group = add_group("awaited", Phrase::kAwaited);
    for (const solve::Awaited& awaited : schedule.awaited) {
      Row& row = group.rows.emplace_back();
      row.id = SubjectOf(program, awaited.object);
      row.at = awaited.span;
      const std::string window = awaited.first == awaited.last
                                     ? day(awaited.first)
                                     : say(Phrase::kDayToDay, {day(awaited.first), day(awaited.last)});
      row.cells = {"", printer.Object(awaited.object), window, "", "",
                   awaited.in_clash || (!awaited.safe && !awaited.last_safe) ? say(Phrase::kSafeNever)
                   : awaited.safe ? say(Phrase::kSafeWhateverDay)
                                  : say(Phrase::kSafeUntil, {day(awaited.last_safe)}), "", ""};
    }
  }
  return table;
}

std::string ScheduleAsJson(const eval::Evaluation& evaluation, const solve::Schedule& schedule, const SourceSet& sources, Language language) {
  using Json = nlohmann::ordered_json;
  const ir::Program& program = evaluation.program();
  const Words words(program);
  const Printer printer(program, language);
  const auto iso = [](const std::optional<Date>& date) { return date ? Json(date->Iso()) : Json(nullptr); };
  const auto number = [](const std::optional<int>& value) { return value ? Json(*value) : Json(nullptr); };
  const auto place = [&](Span span) {
    if (!span.known() || span.file >= sources.size()) return Json(nullptr);
    const SourceFile& file = sources.file(span.file);
    return Json{{"file", file.path()}, {"line", file.LineOf(span.begin)}};
  };
  Json out;
  out["schema"] = "ordo/schedule/1";
  out["decided"] = schedule.decided;
  out["rest_days"] = PolicyId(program.frame.rest_days);
  out["tasks"] = Json::array();
  for (size_t i = 0; i < schedule.objects.size(); ++i) {
    const auto id = static_cast<EntityId>(i);
    const ir::Entity& entity = program.entity(id);
    if (entity.kind != words.task_kind && entity.kind != words.milestone_kind) continue;
    const solve::ObjectDays& days = schedule.objects[i];
    out["tasks"].push_back({{"id", SubjectOf(program, id)},
                            {"kind", entity.kind == words.task_kind ? "task" : "milestone"},
                            {"number", entity.kind == words.task_kind ? printer.Object(id) : std::string()},
                            {"title", program.text(entity.title)},
                            {"earliest_start", iso(days.earliest_start)},
                            {"earliest_end", iso(days.earliest_end)},
                            {"latest_start", iso(days.latest_start)},
                            {"latest_end", iso(days.latest_end)},
                            {"slack", number(days.slack)},
                            {"free_slack", number(days.free_slack)},
                            {"critical", days.critical},
                            {"at", place(entity.span)}});
  }
  out["critical_chain"] = Json::array();
  for (const EntityId id : schedule.critical_chain) out["critical_chain"].push_back(SubjectOf(program, id));
  const auto steps = [&](const solve::Clash& clash) {
    Json list = Json::array();
    for (size_t i = 0; i < clash.steps.size(); ++i) {
      const ir::Step& step = clash.steps[i];
      list.push_back({{"message", printer.StepText(step)}, {"subject", SubjectOf(program, step.owner)},
                      {"day", Date(static_cast<int32_t>(step.day)).Iso()}, {"at", place(clash.spans[i])}});
    }
    return list;
  };
  out["awaited"] = Json::array();
  for (const solve::Awaited& awaited : schedule.awaited) {
    out["awaited"].push_back({{"id", SubjectOf(program, awaited.object)},
                              {"first", awaited.first.Iso()},
                              {"last", awaited.last.Iso()},
                              {"safe", awaited.safe && !awaited.in_clash},
                              {"last_safe", iso(awaited.last_safe)},
                              {"conflict", awaited.clash ? steps(*awaited.clash) : Json(nullptr)},
                              {"at", place(awaited.span)}});
  }
  out["conflicts"] = Json::array();
  for (const solve::Clash& clash : schedule.clashes) {
    out["conflicts"].push_back({{"shortfall", clash.shortfall}, {"steps", steps(clash)}});
  }
  return out.dump(2) + "\n";
}

}  // namespace ordo::report

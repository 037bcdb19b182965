// What would change if a field of the plan were another: the plan is checked twice, as it stands and with the fields replaced in a
// copy of its text, and only the differences are shown. Nothing is written.
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include <nlohmann/json.hpp>

#include "compiler/driver/session.h"
#include "compiler/driver/workspace.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/report/agenda.h"
#include "runtime/report/print.h"
#include "runtime/solve/plan_network.h"

namespace ordo {
namespace {

using Json = nlohmann::ordered_json;

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Nothing that ends a field or a block, outside of quotes: a value cannot say more than its field.
bool IsOneValue(std::string_view value) {
  bool quoted = false;
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\n' || value[i] == '\r') return false;
    if (value[i] == '"') quoted = !quoted;
    if (!quoted && (value[i] == '{' || value[i] == '}' || value[i] == ';' || value.substr(i, 2) == "//")) return false;
  }
  return !quoted;
}

struct FieldEdit {
  std::string path;    // of the file, as shown
  uint32_t begin = 0, end = 0;
  std::string text;
  std::pair<const void*, W> field;   // the block and the key: of two settings of one field the later holds
};

// «task.key = value», «task.milestone.key = value»; the words of either skin, the value in the words of the file.
class Setting {
 public:
  Setting(const Session& session, std::string_view text) : session_(session), text_(text) {}

  bool Read(FieldEdit& edit) {
    const std::string text = ToNfc(text_);
    const size_t equals = text.find('=');
    if (equals == std::string::npos) return Refuse();
    const std::string_view left = Trimmed(std::string_view(text).substr(0, equals));
    const std::string value(Trimmed(std::string_view(text).substr(equals + 1)));
    const size_t dot = left.find('.');
    if (dot == std::string_view::npos || value.empty() || !IsOneValue(value)) return Refuse();
    EntityId object = Named(left.substr(0, dot));
    std::string_view rest = left.substr(dot + 1);
    if (object == EntityId::kNone) return Refuse();
    if (const size_t second = rest.find('.'); second != std::string_view::npos) {
      object = PartOf(object, rest.substr(0, second));
      if (object == EntityId::kNone) return Refuse();
      rest = rest.substr(second + 1);
    }
    W key = FindKey(rest, Skin::kVietnamese);
    if (key == W::kNone) key = FindKey(rest, Skin::kEnglish);
    const auto [ast, block] = session_.model().blocks[static_cast<uint32_t>(object)];
    if (key == W::kNone || !ast) return Refuse();
    edit = EditOf(*ast, block, key, value);
    edit.field = {&ast->nodes[block], key};
    return true;
  }

 private:
  bool Refuse() const {
    Tell(session_.language(), Code::kRunBadArgument, {fmt::format("--set «{}»", text_), Say(Phrase::kWhatIfForm, session_.language())});
    return false;
  }

  EntityId Named(std::string_view name) const {
    const auto& names = session_.model().names;
    const auto found = names.find(session_.program().strings->Find(name));
    return found == names.end() ? EntityId::kNone : found->second;
  }

  EntityId PartOf(EntityId of, std::string_view name) const {
    const ir::Program& program = session_.program();
    const Symbol symbol = program.strings->Find(name);
    for (size_t i = 0; symbol != Symbol::kEmpty && i < program.entities.size(); ++i) {
      if (program.entities[i].parent == of && program.entities[i].name == symbol) return static_cast<EntityId>(i);
    }
    return EntityId::kNone;
  }

  // The field replaced as a whole, or added as the last line of its block.
  static FieldEdit EditOf(const Ast& ast, NodeId block, W key, const std::string& value) {
    const std::string field = fmt::format("{}: {}", SpellingOf(key, ast.skin), value);
    const std::string path(ast.source->path());
    const Node& node = ast.nodes[block];
    for (NodeId line = HeadingOf(ast, block).body; line != 0 && line < node.end; line = ast.nodes[line].end) {
      const Node& child = ast.nodes[line];
      if (child.kind != NodeKind::kField || ast.tokens[child.first_token].word != key) continue;
      const Span span = ast.SpanOf(line);
      return {path, span.begin, span.end, field, {}};
    }
    const Token& last = ast.tokens[node.token_end - 1];
    if (last.kind == TokenKind::RB) return {path, last.begin, last.begin, fmt::format("\n{}\n", field), {}};
    const Span span = ast.SpanOf(block);
    return {path, span.end, span.end, fmt::format(" {{ {} }}", field), {}};
  }

  const Session& session_;
  std::string_view text_;
};

bool Prepare(Session& session) { return session.Load() && session.Model() && session.Lower(true) && session.Evaluate(); }

// The days of a task or milestone that people act on.
struct Days {
  std::string title;
  std::vector<std::pair<Phrase, std::string>> values;
};

std::vector<std::pair<std::string, Days>> DaysOf(const Session& session) {
  const ir::Program& program = session.program();
  const solve::Schedule schedule = solve::ScheduleOf(program);
  const report::Printer printer(program, session.language());
  const TimeContext context = program.Context();
  const auto text = [&](const std::optional<Date>& day) { return day ? day->ToString(session.language()) : std::string("–"); };
  std::vector<std::pair<std::string, Days>> out;
  for (const W kind : {W::kind_task, W::kind_milestone}) {
    for (const EntityId id : session.model().by_kind[KindOf(kind)]) {
      const ir::Entity& entity = program.entity(id);
      Days days;
      days.title = kind == W::kind_task ? fmt::format("{} {}", printer.Object(id), program.text(entity.title)) : program.text(entity.title);
      std::optional<Date> last;
      if (const ir::Field* due = program.FindField(id, static_cast<ir::WordId>(W::key_due))) {
        for (uint32_t e = due->first_entry; e < due->first_entry + due->entry_count; ++e) {
          if (program.entries[e].type != ir::Type::kEntity) continue;
          const ir::Entity& time = program.entity(static_cast<EntityId>(program.entries[e].value));
          const ResolvedTime resolved = Resolve(program.times[time.row], context);
          if (resolved.last && (!last || *resolved.last > *last)) last = resolved.last;
        }
      }
      days.values.push_back({Phrase::kWhatIfDue, text(last)});
      const solve::ObjectDays& found = schedule.objects[static_cast<uint32_t>(id)];
      if (found.linked) {
        days.values.push_back({Phrase::kColumnEarliestStart, text(found.earliest_start)});
        days.values.push_back({Phrase::kColumnEarliestEnd, text(found.earliest_end)});
        days.values.push_back({Phrase::kColumnLatestEnd, text(found.latest_end)});
      }
      std::string name(program.text(entity.name));
      if (kind == W::kind_milestone) name = fmt::format("{}.{}", program.text(program.entity(entity.parent).name), name);
      out.push_back({std::move(name), std::move(days)});
    }
  }
  return out;
}

// When people are reminded of each occurrence, from a day to the end of the plan: «13/03/2026, 19/03/2026».
std::map<std::string, std::pair<std::string, std::string>> RemindersOf(const Session& session, Date from) {
  const ir::Program& program = session.program();
  report::AgendaRequest request;
  request.until = program.frame.last_day == ir::kAbsent ? from.PlusMonths(12) : std::max(from, Date(static_cast<int32_t>(program.frame.last_day)));
  const ir::Reminders reminders(program);
  const report::Agenda agenda = report::AgendaOf(session.evaluation(), reminders, solve::ScheduleOf(program),
                                                 report::ProgressOf(session.evaluation(), from, request.until), request);
  const report::Printer printer(program, session.language());
  std::map<std::string, std::pair<std::string, std::string>> out;
  for (const report::AgendaItem& item : agenda.items) {
    std::string days;
    for (const report::Alarm& alarm : item.alarms) days += (days.empty() ? "" : ", ") + alarm.day.on.ToString(session.language());
    const ir::Entity& entity = program.entity(item.progress.object);
    out[item.uid] = {fmt::format("{} {}", printer.Object(item.progress.object), program.text(entity.title)), days.empty() ? "–" : days};
  }
  return out;
}

struct Change {
  std::string what, title, before, after;   // «khảo_sát», title of the task, values
  Phrase value;
};

std::vector<Change> ReminderChanges(const Session& before, const Session& after, Date from) {
  std::vector<Change> changes;
  auto old_ones = RemindersOf(before, from);
  for (auto& [uid, reminder] : RemindersOf(after, from)) {
    const auto found = old_ones.find(uid);
    const std::string old = found == old_ones.end() ? "–" : found->second.second;
    if (old != reminder.second) changes.push_back({uid, reminder.first, old, reminder.second, Phrase::kWhatIfReminders});
    if (found != old_ones.end()) old_ones.erase(found);
  }
  for (auto& [uid, reminder] : old_ones) changes.push_back({uid, reminder.first, reminder.second, "–", Phrase::kWhatIfReminders});
  return changes;
}

std::vector<Change> ChangesOf(const Session& before, const Session& after) {
  std::vector<Change> changes;
  const auto old_days = DaysOf(before), new_days = DaysOf(after);
  for (size_t i = 0; i < std::min(old_days.size(), new_days.size()); ++i) {
    for (const auto& [value, text] : new_days[i].second.values) {
      std::string old = "–";
      for (const auto& [old_value, old_text] : old_days[i].second.values) {
        if (old_value == value) old = old_text;
      }
      if (old != text) changes.push_back({new_days[i].first, new_days[i].second.title, old, text, value});
    }
  }
  return changes;
}

Json AsJson(const std::vector<const Finding*>& findings) {
  Json list = Json::array();
  for (const Finding* finding : findings) {
    list.push_back({{"code", finding->code}, {"title", finding->title}, {"message", finding->message}, {"subject", finding->subject}});
  }
  return list;
}

}  // namespace

int RunWhatIf(const std::string& plan, const std::vector<std::string>& sets, const Settings& settings) {
  Session before(plan, settings);
  if (!Prepare(before)) return PrintBroken(before, settings);
  std::map<std::string, std::vector<FieldEdit>> edits;
  for (const std::string& set : sets) {
    FieldEdit edit;
    if (!Setting(before, set).Read(edit)) return kFailed;
    std::vector<FieldEdit>& list = edits[edit.path];
    std::erase_if(list, [&](const FieldEdit& other) { return other.field == edit.field; });
    list.push_back(std::move(edit));
  }
  Settings changed = settings;
  for (auto& [path, list] : edits) {
    std::string text;
    for (FileId file = 0; file < before.sources().size(); ++file) {
      if (before.sources().file(file).path() == path) text = before.sources().file(file).text();
    }
    std::stable_sort(list.begin(), list.end(), [](const FieldEdit& a, const FieldEdit& b) { return a.begin > b.begin; });
    for (const FieldEdit& edit : list) text.replace(edit.begin, edit.end - edit.begin, edit.text);
    changed.load.replaced[path] = std::move(text);
  }
  Session after(plan, changed, &before);
  if (!Prepare(after)) return PrintBroken(after, settings);

  const auto old_findings = before.findings(), new_findings = after.findings();
  const auto gone = OnlyIn(old_findings, new_findings), come = OnlyIn(new_findings, old_findings);
  const auto changes = ChangesOf(before, after);
  // Seen from the day of --as-of, else from the day of issue.
  std::optional<Date> from = settings.as_of;
  for (const Session* session : {&before, &after}) {
    const ir::Frame& frame = session->program().frame;
    if (!from && frame.issue_date != ir::kAbsent) from = Date(static_cast<int32_t>(frame.issue_date));
    if (!from && frame.first_day != ir::kAbsent) from = Date(static_cast<int32_t>(frame.first_day));
  }
  const auto reminders = from ? ReminderChanges(before, after, *from) : std::vector<Change>();
  const Language language = after.language();
  if (settings.format == "json") {
    Json out = {{"schema", "ordo/whatif/1"}, {"set", sets}, {"new", AsJson(come)}, {"gone", AsJson(gone)}, {"days", Json::array()}};
    for (const Change& change : changes) {
      out["days"].push_back({{"id", change.what}, {"title", change.title}, {"value", Say(change.value, Language::kEnglish)},
                             {"before", change.before}, {"after", change.after}});
    }
    out["reminders"] = Json::array();
    for (const Change& change : reminders) {
      out["reminders"].push_back({{"uid", change.what}, {"title", change.title}, {"before", change.before}, {"after", change.after}});
    }
    fmt::print("{}\n", out.dump(2));
    return kNothing;
  }
  const auto section = [&](Phrase title, size_t count) { fmt::print("{}\n", Say(title, language, {std::to_string(count)})); };
  const auto list = [&](const std::vector<const Finding*>& findings) {
    for (const Finding* finding : findings) {
      fmt::print("  {}{}{}  {}: {}\n", finding->code, finding->subject.empty() ? "" : " ", finding->subject, finding->title, finding->message);
    }
  };
  if (come.empty() && gone.empty() && changes.empty() && reminders.empty()) {
    fmt::print("{}\n", Say(Phrase::kWhatIfNothing, language));
    return kNothing;
  }
  if (!come.empty()) section(Phrase::kWhatIfNew, come.size()), list(come);
  if (!gone.empty()) section(Phrase::kWhatIfGone, gone.size()), list(gone);
  if (!changes.empty()) {
    section(Phrase::kWhatIfDays, changes.size());
    for (const Change& change : changes) {
      fmt::print("  {}  {}: {} → {}\n", change.title, Say(change.value, language), change.before, change.after);
    }
  }
  if (!reminders.empty()) {
    section(Phrase::kWhatIfReminders, reminders.size());
    for (const Change& change : reminders) fmt::print("  {}: {} → {}\n", change.title, change.before, change.after);
  }
  return kNothing;
}

}  // namespace ordo

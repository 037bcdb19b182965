#include "runtime/report/status.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/diag/emitter.h"
#include "runtime/report/cell_values.h"
#include "runtime/report/print.h"
#include "runtime/report/progress_text.h"
#include "runtime/report/roles.h"
#include "runtime/report/target_status.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

using ir::kAbsent;
using Json = nlohmann::ordered_json;
using Counts = std::array<size_t, kStates>;

size_t DoneOf(const Counts& counts) {
  return counts[static_cast<size_t>(State::kDoneOnTime)] + counts[static_cast<size_t>(State::kDoneLate)];
}
size_t AllOf(const Counts& counts) {
  size_t all = 0;
  for (const size_t count : counts) all += count;
  return all;
}

class StatusWriter {
 public:
  StatusWriter(const eval::Evaluation& evaluation, const Progress& progress, Language language)
      : program_(evaluation.program()), progress_(progress), language_(language), words_(program_), printer_(program_, language) {
    for (const ProgressItem& item : progress.items) {
      const auto state = static_cast<size_t>(item.state);
      ++all_[state];
      std::vector<EntityId> leads = LeadsOf(program_, item);
      if (leads.empty()) leads.push_back(EntityId::kNone);
      for (const EntityId lead : leads) {
        const auto [at, fresh] = by_lead_.try_emplace(lead, Counts{});
        if (fresh) order_.push_back(lead);
        ++at->second[state];
      }
    }
  }

  Table CountsTable() const {
    Table table;
    table.id = "counts";
    table.title = Say(Phrase::kStatusTitle, {Day(progress_.as_of.days())});
    table.subtitle = progress_.entries == 0 ? Say(Phrase::kStatusNoJournal) : Say(Phrase::kStatusEntries, {fmt::format("{}", progress_.entries)});
    if (progress_.later_entries > 0) {
      Append(table.subtitle, "; ", Say(Phrase::kStatusLaterEntries, {fmt::format("{}", progress_.later_entries)}));
    }
    Append(table.subtitle, "; ", printer_.RestDaysText());
    table.landscape = true;
    table.columns = {{"title", Say(Phrase::kStatusLead), false}, {"all", Say(Phrase::kStatusAll), true}};
    for (size_t i = 0; i < kStates; ++i) table.columns.push_back({std::string(IdOf(static_cast<State>(i))), NameOf(static_cast<State>(i)), true});
    table.columns.push_back({"share", Say(Phrase::kStatusShare), true});
    Group& group = table.groups.emplace_back();
    for (const EntityId lead : order_) {
      Row& row = group.rows.emplace_back(CountsRow(by_lead_.at(lead)));
      row.cells[0] = lead == EntityId::kNone ? Say(Phrase::kStatusNobody) : printer_.Object(lead);
      if (lead == EntityId::kNone) continue;
      row.id = program_.text(program_.entity(lead).name);
      row.at = program_.entity(lead).span;
    }
    table.totals = CountsRow(all_);
    table.totals->cells[0] = Say(Phrase::kStatusAll);
    return table;
  }

  Table RowsTable() const {
    Table table;
    table.id = "rows";
    table.title = Say(Phrase::kStatusRows);
    table.landscape = true;
    table.columns = {{"number", Say(Phrase::kStatusNumber), false},    {"title", Say(Phrase::kStatusWhat), false},
                     {"lead", Say(Phrase::kStatusLead), false},        {"due", Say(Phrase::kStatusDue), false},
                     {"earlier", Say(Phrase::kStatusEarlier), false},  {"state", Say(Phrase::kStatusState), false},
                     {"evidence", Say(Phrase::kStatusEvidence), false}};
    const auto group = [&](std::string id, std::string title, const auto& wanted) {
      Group made;
      made.id = std::move(id);
      made.title = std::move(title);
      for (const ProgressItem& item : progress_.items) {
        if (wanted(item)) made.rows.push_back(ItemRow(item));
      }
      if (!made.rows.empty()) table.groups.push_back(std::move(made));
    };
    const auto is = [](State state) { return [state](const ProgressItem& item) { return item.state == state; }; };
    const auto soon = [&](const ProgressItem& item) {
      return (item.state == State::kDueLater || item.state == State::kInProgress || item.state == State::kWaiting) &&
             item.due != kAbsent && item.due - progress_.as_of.days() <= kSoon;
    };
    group("late", NameOf(State::kLate), is(State::kLate));
    group("soon", Say(Phrase::kStatusSoon, {fmt::format("{}", kSoon)}), soon);
    group("waiting", NameOf(State::kWaiting), [&](const ProgressItem& item) { return item.state == State::kWaiting && !soon(item); });
    group("in_progress", NameOf(State::kInProgress),
          [&](const ProgressItem& item) { return item.state == State::kInProgress && !soon(item); });
    group("done_late", NameOf(State::kDoneLate), is(State::kDoneLate));
    group("done_on_time", NameOf(State::kDoneOnTime), is(State::kDoneOnTime));
    return table;
  }

  std::string AsJson() const {
    Json out;
    out["schema"] = "ordo/status/1";
    if (program_.plan != EntityId::kNone) {
      out["plan"] = {{"name", program_.text(program_.entity(program_.plan).name)},
                     {"number", TextNamed(program_, program_.plan, "number")},
                     {"title", program_.text(program_.entity(program_.plan).title)}};
    }
    out["as_of"] = progress_.as_of.Iso();
    out["journal"] = {{"entries", progress_.entries}, {"later_entries", progress_.later_entries}};
    out["counts"] = CountsJson(all_);
    out["by_lead"] = Json::array();
    for (const EntityId lead : order_) {
      Json one = {{"name", lead == EntityId::kNone ? Json() : Json(program_.text(program_.entity(lead).name))},
                  {"title", lead == EntityId::kNone ? Json() : Json(printer_.Object(lead))}};
      one["counts"] = CountsJson(by_lead_.at(lead));
      out["by_lead"].push_back(std::move(one));
    }
    out["items"] = Json::array();
    for (const ProgressItem& item : progress_.items) out["items"].push_back(ItemJson(item));
    out["targets"] = TargetStatusJson(program_, progress_.standings, language_);
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const { return ordo::Say(phrase, language_, arguments); }
  std::string NameOf(State state) const {
    constexpr Phrase kNames[kStates] = {Phrase::kStateDoneOnTime, Phrase::kStateDoneLate, Phrase::kStateInProgress, Phrase::kStateLate,
                                        Phrase::kStateDueLater, Phrase::kStateWaiting, Phrase::kStateOngoing, Phrase::kStateUndated};
    return Say(kNames[static_cast<size_t>(state)]);
  }
  std::string Day(ir::Cell day) const { return day == kAbsent ? std::string() : Date(static_cast<int32_t>(day)).ToString(language_); }
  static Json IsoOf(ir::Cell day) { return day == kAbsent ? Json() : Json(Date(static_cast<int32_t>(day)).Iso()); }

  Row CountsRow(const Counts& counts) const {
    Row row;
    row.cells = {"", CountCell(AllOf(counts))};
    for (const size_t count : counts) row.cells.push_back(CountCell(count, true));
    row.cells.push_back(Share(counts));
    return row;
  }

  // «9/36 (25%)»; a percentage that does not end is not told.
  std::string Share(const Counts& counts) const {
    const auto all = static_cast<int64_t>(AllOf(counts)), done = static_cast<int64_t>(DoneOf(counts));
    std::string text = fmt::format("{}/{}", done, all);
    if (all == 0) return text;
    const auto percent = Decimal::FromInt(done * 100).DividedBy(Decimal::FromInt(all));
    if (percent) text += fmt::format(" ({}%)", percent->ToString(language_));
    return text;
  }

  static Json CountsJson(const Counts& counts) {
    Json out = {{"all", AllOf(counts)}, {"done", DoneOf(counts)}};
    for (size_t i = 0; i < kStates; ++i) out[std::string(IdOf(static_cast<State>(i)))] = counts[i];
    return out;
  }

  std::string TimeWords(EntityId time) const { return time == EntityId::kNone ? std::string() : printer_.Object(time); }
  std::string DueText(EntityId time, ir::Cell day) const { return report::DueText(program_, printer_, time, day); }
  std::string NumberOf(EntityId id) const { return report::NumberOf(program_, words_, printer_, id); }
  std::string TitleOf(const ProgressItem& item) const { return report::TitleOf(program_, words_, language_, item); }
  std::string LeadText(const ProgressItem& item) const {
    std::string text;
    for (const EntityId lead : LeadsOf(program_, item)) Append(text, "; ", printer_.Object(lead));
    return text;
  }

  std::string Earlier(const ProgressItem& item) const {
    std::string text;
    for (size_t i = 1; i < item.dues.size(); ++i) {
      const DueStep &before = item.dues[i - 1], &now = item.dues[i];
      const std::string due = DueText(before.time, before.day);
      std::string line = now.on == kAbsent ? Say(Phrase::kStatusMoved, {due}) : Say(Phrase::kStatusMovedOn, {due, Day(now.on)});
      Append(line, ": ", TextNamed(program_, now.source, "reason"));
      Append(text, "\n", line);
    }
    return text;
  }

  std::string StateText(const ProgressItem& item) const {
    std::string text = NameOf(item.state);
    if (item.done != kAbsent) Append(text, ", ", Say(Phrase::kStatusOn, {Day(item.done)}));
    else if (item.started != kAbsent) Append(text, ", ", Say(Phrase::kStatusSince, {Day(item.started)}));
    if (item.days_late > 0) Append(text, ", ", Say(Phrase::kStatusDaysLate, {fmt::format("{}", item.days_late)}));
    return text;
  }

  std::vector<std::string> EvidenceOf(const ProgressItem& item) const {
    std::vector<std::string> texts;
    const ir::Field* field = item.done_entry == EntityId::kNone ? nullptr : FieldNamed(program_, item.done_entry, "evidence");
    for (uint32_t i = 0; field != nullptr && i < field->entry_count; ++i) {
      texts.push_back(printer_.EntryText(program_.entries[field->first_entry + i]));
    }
    return texts;
  }

  Row ItemRow(const ProgressItem& item) const {
    Row row;
    const ir::Entity& entity = program_.entity(item.object);
    row.id = program_.text(entity.name);
    row.at = entity.span;
    row.number = NumberOf(item.object);
    std::string evidence;
    for (const std::string& text : EvidenceOf(item)) Append(evidence, "; ", text);
    const EntityId time = item.dues.empty() ? EntityId::kNone : item.dues.back().time;
    row.cells = {row.number, TitleOf(item), LeadText(item), DueText(time, item.due), Earlier(item), StateText(item), std::move(evidence)};
    if (item.due != kAbsent) KeepDay(row.cells[3], Date(static_cast<int32_t>(item.due)), language_);
    return row;
  }

  Json ItemJson(const ProgressItem& item) const {
    const ir::Entity& entity = program_.entity(item.object);
    Json out = {{"name", program_.text(entity.name)}, {"kind", program_.word(program_.kinds[entity.kind].word).id},
                {"number", NumberOf(item.object)}, {"title", program_.text(entity.title)}};
    out["lead"] = Json::array();
    for (const EntityId lead : LeadsOf(program_, item)) out["lead"].push_back(program_.text(program_.entity(lead).name));
    out["party"] = item.party == EntityId::kNone ? Json() : Json(program_.text(program_.entity(item.party).name));
    out["period"] = item.first_day == kAbsent ? Json() : Json{{"first", IsoOf(item.first_day)}, {"last", IsoOf(item.last_day)}};
    out["state"] = IdOf(item.state);
    out["due"] = IsoOf(item.due);
    out["started"] = IsoOf(item.started);
    out["done"] = IsoOf(item.done);
    out["days_late"] = item.days_late;
    out["evidence"] = EvidenceOf(item);
    out["moves"] = item.moves();
    out["dues"] = Json::array();
    const ir::WordId decided_by = program_.FindWord("decided_by");
    for (const DueStep& step : item.dues) {
      if (step.time == EntityId::kNone) continue;
      Json one = {{"wording", TimeWords(step.time)}, {"day", IsoOf(step.day)}};
      if (step.source != EntityId::kNone) {
        one["since"] = IsoOf(step.on);
        one["by"] = program_.word(program_.kinds[program_.entity(step.source).kind].word).id;
        one["reason"] = TextNamed(program_, step.source, "reason");
        one["decided_by"] = printer_.FieldCell(step.source, decided_by);
      }
      out["dues"].push_back(std::move(one));
    }
    return out;
  }

  const ir::Program& program_;
  const Progress& progress_;
  const Language language_;
  const Words words_;
  const Printer printer_;
  Counts all_{};
  absl::flat_hash_map<EntityId, Counts> by_lead_;
  std::vector<EntityId> order_;   // leads as the plan first names them
};

}  // namespace

void KeepLedBy(const eval::Evaluation& evaluation, EntityId party, Progress& progress) {
  absl::flat_hash_set<EntityId> accepted{party};   // itself and the groups that it is in
  const ir::Program& program = evaluation.program();
  const ir::RelationId members = program.FindRelation("group.members");
  for (uint32_t i = 0; members != ir::kNone && i < evaluation.rows(members); ++i) {
    if (static_cast<EntityId>(evaluation.cell(members, i, 1)) == party) accepted.insert(static_cast<EntityId>(evaluation.cell(members, i, 0)));
  }
  std::erase_if(progress.items, [&](const ProgressItem& item) {
    const std::vector<EntityId> leads = LeadsOf(program, item);
    return std::none_of(leads.begin(), leads.end(), [&](EntityId lead) { return accepted.contains(lead); });
  });
  const TargetLeads target_leads(program);
  std::erase_if(progress.standings, [&](const ir::TargetStanding& one) {
    const std::vector<EntityId> leads = target_leads.Of(one.target);
    return std::none_of(leads.begin(), leads.end(), [&](EntityId lead) { return accepted.contains(lead); });
  });
}

std::vector<Table> StatusTables(const eval::Evaluation& evaluation, const Progress& progress, Language language) {
  const StatusWriter writer(evaluation, progress, language);
  std::vector<Table> tables;
  // A plan of targets alone has no tasks to count.
  if (!progress.items.empty() || progress.standings.empty()) {
    tables.push_back(writer.CountsTable());
    tables.push_back(writer.RowsTable());
  }
  if (progress.standings.empty()) return tables;
  for (Table& table : TargetStatusTables(evaluation.program(), progress.standings, progress.as_of, language)) tables.push_back(std::move(table));
  return tables;
}

std::string StatusJson(const eval::Evaluation& evaluation, const Progress& progress, Language language) {
  return StatusWriter(evaluation, progress, language).AsJson();
}

}  // namespace ordo::report

#include "runtime/report/target_status.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "runtime/diag/emitter.h"
#include "runtime/report/cell_values.h"
#include "runtime/report/progress_text.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

using ir::kAbsent;
using Json = nlohmann::ordered_json;
using Counts = std::array<size_t, ir::kTargetStates>;

const ir::MeasuredValue* LastOf(const ir::TargetStanding& standing) {
  const ir::MeasuredValue* last = nullptr;
  for (const ir::MeasuredValue& value : standing.measured) last = value.value != kAbsent ? &value : last;
  return last;
}

class Writer {
 public:
  Writer(const ir::Program& program, const std::vector<ir::TargetStanding>& standings, Language language)
      : program_(program),
        standings_(standings),
        language_(language),
        words_(program),
        printer_(program, language),
        leads_(program) {
    for (const ir::TargetStanding& one : standings) {
      const auto state = static_cast<size_t>(one.state);
      ++all_[state];
      std::vector<EntityId> leads = leads_.Of(one.target);
      if (leads.empty()) leads.push_back(EntityId::kNone);
      for (const EntityId lead : leads) Count(by_lead_, lead, state);
      Count(by_section_, SectionOf(one.target), state);   // those in none too: the parts add up to the whole
    }
  }

  Table CountsTable(std::string id, Phrase title, Phrase of, bool leads, Date as_of) const {
    Table table;
    table.id = std::move(id);
    table.title = Say(title, {as_of.ToString(language_)});
    if (leads) table.subtitle = PathText();
    table.landscape = true;
    table.columns = {{"title", Say(of), false}, {"all", Say(Phrase::kStatusAll), true}};
    for (size_t i = 0; i < ir::kTargetStates; ++i) {
      const auto state = static_cast<ir::TargetState>(i);
      table.columns.push_back({std::string(IdOf(state)), Capitalised(report::NameOf(state, language_)), true});
    }
    Group& group = table.groups.emplace_back();
    for (const auto& [object, counts] : (leads ? by_lead_ : by_section_).counts) {
      Row& row = group.rows.emplace_back(CountsRow(counts));
      const bool nobody = object == EntityId::kNone;
      row.cells[0] = nobody ? Say(leads ? Phrase::kStatusNobody : Phrase::kTargetNoSection) : leads ? printer_.Object(object) : SectionTitle(object);
      if (nobody) continue;
      row.id = program_.text(program_.entity(object).name);
      row.at = program_.entity(object).span;
    }
    table.totals = CountsRow(all_);
    table.totals->cells[0] = Say(Phrase::kStatusAll);
    return table;
  }
  bool HasSections() const { return by_section_.counts.size() > 1; }

  Table RowsTable() const {
    Table table;
    table.id = "measured";
    table.title = Say(Phrase::kStatusMeasured);
    table.landscape = true;
    table.columns = {{"title", Capitalised(printer_.Spelling(program_.FindWord("target"))), false},
                     {"lead", Say(Phrase::kStatusLead), false},
                     {"on", Say(Phrase::kStatusDay), false},
                     {"value", Say(Phrase::kStatusValue), true},
                     {"required", Say(Phrase::kTargetRequired), true},
                     {"next", Say(Phrase::kStatusNext), true},
                     {"state", Say(Phrase::kStatusState), false},
                     {"source", Say(Phrase::kStatusSource), false}};
    Group& group = table.groups.emplace_back();
    for (const ir::TargetStanding& one : standings_) {
      const ir::MeasuredValue* last = LastOf(one);
      Row& row = group.rows.emplace_back();
      row.id = program_.text(program_.entity(one.target).name);
      row.at = last ? program_.entity(last->entry).span : program_.entity(one.target).span;
      row.cells = {printer_.Object(one.target),
                   LeadText(one.target),
                   last ? Day(last->day) : "",
                   last ? ValueText(one, last->value) : "",
                   RequiredText(one),
                   one.next_row == EntityId::kNone ? "" : printer_.Object(one.next_row),
                   Capitalised(report::NameOf(one.state, language_)),
                   last ? std::string(TextNamed(program_, last->entry, "source")) : ""};
      if (!last) continue;
      KeepDay(row.cells[2], Date(static_cast<int32_t>(last->day)), language_);
      if (row.cells[3].text == printer_.Value(one.type, last->value)) KeepNumber(row.cells[3], printer_, one.type, last->value);
    }
    return table;
  }

  Json AsJson() const {
    Json out;
    out["path"] = ir::PathOf(program_) == ir::RequiredPath::kLinear ? "linear" : "step";
    out["counts"] = CountsJson(all_);
    const auto list = [&](const auto& counts, bool leads) {
      Json all = Json::array();
      for (const auto& [object, count] : counts) {
        const bool nobody = object == EntityId::kNone;
        all.push_back({{"name", nobody ? Json() : Json(program_.text(program_.entity(object).name))},
                       {"title", nobody ? Json() : Json(leads ? printer_.Object(object) : SectionTitle(object))},
                       {"counts", CountsJson(count)}});
      }
      return all;
    };
    out["by_lead"] = list(by_lead_.counts, true);
    out["by_section"] = list(by_section_.counts, false);
    out["items"] = Json::array();
    for (const ir::TargetStanding& one : standings_) {
      const ir::MeasuredValue* last = LastOf(one);
      Json item = {{"name", program_.text(program_.entity(one.target).name)}, {"title", printer_.Object(one.target)}};
      item["lead"] = Json::array();
      for (const EntityId lead : leads_.Of(one.target)) item["lead"].push_back(program_.text(program_.entity(lead).name));
      item["on"] = last ? IsoOf(last->day) : Json();
      item["value"] = last ? Json(ValueText(one, last->value)) : Json();
      item["required"] = one.required == kAbsent ? Json() : Json(RequiredText(one));
      item["next"] = one.next_row == EntityId::kNone
                         ? Json()
                         : Json{{"horizon", IsoOf(RowOf(one.next_row).horizon)}, {"value", printer_.SeriesValue(one.next_row)}};
      item["state"] = IdOf(one.state);
      out["items"].push_back(std::move(item));
    }
    return out;
  }

  Trajectory TrajectoryOf(const ir::TargetStanding& one, bool judged) const {
    Trajectory made;
    made.target = one.target;
    made.id = program_.text(program_.entity(one.target).name);
    made.number = NumberOf(program_, words_, printer_, one.target);
    made.title = printer_.Object(one.target);
    if (const EntityId section = SectionOf(one.target); section != EntityId::kNone) made.group = SectionTitle(section);
    made.measure = one.type == ir::Type::kPercent ? "%" : printer_.FieldCell(one.target, program_.FindWord("measured_in"));
    made.lead = LeadText(one.target);
    made.percent = one.type == ir::Type::kPercent;
    made.at = program_.entity(one.target).span;
    const ir::Field* better = FieldNamed(program_, one.target, "better_when");
    made.lower_is_better =
        better && better->entry_count > 0 && program_.entries[better->first_entry].value == ir::Cell{program_.FindWord("lower")};
    if (one.baseline != kAbsent && one.baseline_day != kAbsent) {
      TrajectoryPoint point;
      point.day = Date(static_cast<int32_t>(one.baseline_day));
      point.value = Decimal::FromCell(one.baseline);
      point.text = ValueText(one, one.baseline);
      if (const ir::Field* field = FieldNamed(program_, one.target, "baseline")) point.at = field->span;
      made.baseline = point;
    }
    for (const ir::RequiredLevel& level : one.levels) {
      const ir::SeriesRow& row = RowOf(level.row);
      TrajectoryPoint point;
      point.day = Date(static_cast<int32_t>(level.day));
      point.value = Decimal::FromCell(level.value);
      point.text = printer_.SeriesValue(level.row);
      point.strive = printer_.WordOf(row.verb) == "strive";
      point.at_most = level.at_most;
      if (!row.is_change && row.least != kAbsent && row.most != kAbsent && row.least != row.most)
        point.most = Decimal::FromCell(row.most);
      point.at = program_.entity(level.row).span;
      made.required.push_back(std::move(point));
    }
    for (const ir::MeasuredValue& value : one.measured) {
      if (value.value == kAbsent) continue;
      TrajectoryPoint point;
      point.day = Date(static_cast<int32_t>(value.day));
      point.value = Decimal::FromCell(value.value);
      point.text = ValueText(one, value.value);
      point.at = program_.entity(value.entry).span;
      made.measured.push_back(std::move(point));
    }
    if (judged) {
      made.state = report::NameOf(one.state, language_);
      made.state_id = IdOf(one.state);
    }
    return made;
  }

  std::string PathText() const {
    return Say(ir::PathOf(program_) == ir::RequiredPath::kLinear ? Phrase::kTargetPathLinear : Phrase::kTargetPathStep);
  }

 private:
  struct Tally {
    std::vector<std::pair<EntityId, Counts>> counts;  // in the order in which the plan first names them
    absl::flat_hash_map<EntityId, size_t> places;
  };
  static void Count(Tally& tally, EntityId object, size_t state) {
    const auto [at, fresh] = tally.places.try_emplace(object, tally.counts.size());
    if (fresh) tally.counts.push_back({object, Counts{}});
    ++tally.counts[at->second].second[state];
  }

  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const {
    return ordo::Say(phrase, language_, arguments);
  }
  std::string Day(ir::Cell day) const {
    return day == kAbsent ? std::string() : Date(static_cast<int32_t>(day)).ToString(language_);
  }
  static Json IsoOf(ir::Cell day) { return day == kAbsent ? Json() : Json(Date(static_cast<int32_t>(day)).Iso()); }
  const ir::SeriesRow& RowOf(EntityId row) const { return program_.series[program_.entity(row).row]; }
  EntityId SectionOf(EntityId id) const { return HolderOf(program_, id, words_.section_kind, words_.section_kind); }
  std::string SectionTitle(EntityId id) const {
    const ir::Entity& section = program_.entity(id);
    return std::string(program_.text(section.title != Symbol::kEmpty ? section.title : section.name));
  }
  std::string LeadText(EntityId target) const {
    std::string text;
    for (const EntityId lead : leads_.Of(target)) Append(text, "; ", printer_.Object(lead));
    return text;
  }
  // In the measure of the first row that tells one.
  std::string ValueText(const ir::TargetStanding& one, ir::Cell cell) const {
    for (const ir::RequiredLevel& level : one.levels) {
      if (RowOf(level.row).type == one.type) return printer_.Measured(RowOf(level.row), cell);
    }
    return printer_.Value(one.type, cell);
  }
  std::string RequiredText(const ir::TargetStanding& one) const {
    if (one.required == kAbsent) return {};
    return fmt::format("{} {}", one.required_at_most ? "≤" : "≥", ValueText(one, one.required));
  }
  static size_t Sum(const Counts& counts) {
    size_t all = 0;
    for (const size_t count : counts) all += count;
    return all;
  }
  Row CountsRow(const Counts& counts) const {
    Row row;
    row.cells = {"", CountCell(Sum(counts))};
    for (const size_t count : counts) row.cells.push_back(CountCell(count, true));
    return row;
  }
  static Json CountsJson(const Counts& counts) {
    Json out = {{"all", Sum(counts)}};
    for (size_t i = 0; i < ir::kTargetStates; ++i) out[std::string(IdOf(static_cast<ir::TargetState>(i)))] = counts[i];
    return out;
  }

  const ir::Program& program_;
  const std::vector<ir::TargetStanding>& standings_;
  const Language language_;
  const Words words_;
  const Printer printer_;
  const TargetLeads leads_;
  Counts all_{};
  Tally by_lead_, by_section_;
};

}  // namespace

TargetLeads::TargetLeads(const ir::Program& program) : program_(program) {
  const Words words(program);
  for (size_t i = 0; i < program.entities.size(); ++i) {
    if (program.entities[i].kind != words.task_kind) continue;
    const auto task = static_cast<EntityId>(i);
    const ir::Field* product = program.FindField(task, words.product);
    for (uint32_t e = 0; product && e < product->entry_count; ++e) {
      const ir::Entry& entry = program.entries[product->first_entry + e];
      if (entry.type != ir::Type::kEntity || !IsKind(program, static_cast<EntityId>(entry.value), words.target_kind)) continue;
      std::vector<EntityId>& leads = by_tasks_[static_cast<EntityId>(entry.value)];
      for (const EntityId lead : PartiesOf(program, task, "lead")) {
        if (std::find(leads.begin(), leads.end(), lead) == leads.end()) leads.push_back(lead);
      }
    }
  }
}

std::vector<EntityId> TargetLeads::Of(EntityId target) const {
  std::vector<EntityId> leads = PartiesOf(program_, target, "lead");
  if (!leads.empty()) return leads;
  const auto found = by_tasks_.find(target);
  return found == by_tasks_.end() ? leads : found->second;
}

std::string NameOf(ir::TargetState state, Language language) {
  constexpr Phrase kNames[ir::kTargetStates] = {Phrase::kTargetReached, Phrase::kTargetOnPath, Phrase::kTargetBehind,
                                                Phrase::kTargetUnmeasured, Phrase::kTargetNotYet};
  return Say(kNames[static_cast<size_t>(state)], language, {});
}

std::vector<Table> TargetStatusTables(const ir::Program& program, const std::vector<ir::TargetStanding>& standings, Date as_of,
                                      Language language) {
  const Writer writer(program, standings, language);
  std::vector<Table> tables{writer.CountsTable("targets", Phrase::kTargetTitle, Phrase::kStatusLead, true, as_of)};
  if (writer.HasSections())
    tables.push_back(writer.CountsTable("targets_by_section", Phrase::kTargetBySection, Phrase::kTargetSection, false, as_of));
  tables.push_back(writer.RowsTable());
  return tables;
}

nlohmann::ordered_json TargetStatusJson(const ir::Program& program, const std::vector<ir::TargetStanding>& standings,
                                        Language language) {
  return Writer(program, standings, language).AsJson();
}

Trajectories BuildTrajectories(const eval::Evaluation& evaluation, std::optional<Date> as_of, EntityId only, Language language) {
  const ir::Program& program = evaluation.program();
  Trajectories out;
  if (program.plan != EntityId::kNone) out.title = program.text(program.entity(program.plan).title);
  out.path = ir::PathOf(program) == ir::RequiredPath::kLinear ? Path::kLinear : Path::kStep;
  out.as_of = as_of;
  const std::vector<ir::TargetStanding> standings =
      ir::StandingsOf(program, ir::Journal(program), as_of.value_or(*Date::FromYmd(1, 1, 1)));
  const Writer writer(program, standings, language);
  for (const ir::TargetStanding& one : standings) {
    if (only == EntityId::kNone || only == one.target || only == one.indicator)
      out.all.push_back(writer.TrajectoryOf(one, as_of.has_value()));
  }
  return out;
}

}  // namespace ordo::report

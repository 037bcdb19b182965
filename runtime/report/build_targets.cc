// Targets as tables: the long list in the order in which plans are issued (horizon, then section), and the reference sheet of one
// target or indicator: what it is, what it asks, what contributes to it, what it has to agree with.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "runtime/diag/emitter.h"
#include "runtime/report/build.h"
#include "runtime/report/cell_values.h"
#include "runtime/report/target_status.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

class TargetTables {
 public:
  TargetTables(const eval::Evaluation& evaluation, Language language)
      : evaluation_(evaluation),
        program_(evaluation.program()),
        language_(language),
        words_(program_),
        printer_(program_, language),
        leads_(program_) {}

  Table List(const ir::TableDeclaration& declaration) const {
    Table table;
    const ir::Entity& object = program_.entity(declaration.object);
    table.id = program_.text(object.name);
    table.title = program_.text(object.title);
    table.landscape = declaration.landscape;
    if (declaration.caption != Symbol::kEmpty)
      table.subtitle = program_.text(declaration.caption);
    else if (declaration.form == ir::TableDeclaration::Form::kAppendix)
      table.subtitle = AttachedTo(program_, words_, printer_);
    std::vector<std::string> ids;
    for (const ir::TableColumn& column : declaration.columns) {
      if (column.field == ir::kNoWord) continue;
      const std::string& id = program_.word(column.field).id;
      const std::string heading = column.heading != Symbol::kEmpty ? std::string(program_.text(column.heading))
                                                                   : Capitalised(printer_.Spelling(column.field));
      table.columns.push_back({id, heading, id == "number" || id == "value"});
      ids.push_back(id);
    }
    size_t running = 0;
    for (const auto& [key, rows] : Ordered(declaration)) {
      Group& group = table.groups.emplace_back();
      if (declaration.grouped) {
        group.id =
            fmt::format("{}_{}", key.first == ir::kAbsent ? "" : Date(static_cast<int32_t>(key.first)).Iso(),
                        key.second == EntityId::kNone ? std::string_view() : program_.text(program_.entity(key.second).name));
        group.title = GroupTitle(key.first, key.second, program_.series[rows.front()].by);
        if (key.second != EntityId::kNone) group.at = program_.entity(key.second).span;
      }
      size_t number = 0;
      for (const uint32_t at : rows) {
        const ir::SeriesRow& one = program_.series[at];
        const EntityId target = program_.entity(one.object).parent;
        Row& row = group.rows.emplace_back();
        row.id = fmt::format("{}_{}", program_.text(program_.entity(target).name), YearOf(one));
        row.at = program_.entity(one.object).span;
        row.number = fmt::format("{}", declaration.running || !declaration.grouped ? ++running : ++number);
        for (const std::string& id : ids) row.cells.push_back(ValueOf(id, one, target, row.number));
      }
    }
    return table;
  }

  Table Sheet(EntityId id) const {
    Table table;
    table.id = program_.text(program_.entity(id).name);
    table.title = printer_.Object(id);
    table.columns = {{"field", Say(Phrase::kSheetField), false}, {"content", Say(Phrase::kSheetContent), false}};
    Group& about = table.groups.emplace_back();
    about.title = Say(Phrase::kSheetAbout);
    about.at = program_.entity(id).span;
    for (const std::string_view key : {"indicator", "measured_in", "out_of", "scope", "better_when", "baseline", "source",
                                       "method", "lead", "monitor", "depends_on", "included_in", "fulfils", "wording", "note"}) {
      const ir::Field* field = FieldNamed(program_, id, key);
      if (field != nullptr)
        AddRow(about, Capitalised(printer_.Spelling(field->word)), printer_.FieldCell(id, field->word), field->span);
    }
    if (const EntityId section = HolderOf(program_, id, words_.section_kind, words_.section_kind); section != EntityId::kNone) {
      AddRow(about, Capitalised(printer_.Spelling(words_.section)), std::string(program_.text(program_.entity(section).title)),
             program_.entity(section).span);
    }
    const std::vector<EntityId> targets = TargetsOf(id);
    Group series;
    series.title = Say(Phrase::kSheetSeries);
    for (const EntityId target : targets) {
      for (const ir::SeriesRow& row : program_.SeriesOf(target)) {
        std::string text = printer_.SeriesCell(row.object);
        if (const std::string wording = printer_.SeriesWording(row.object); wording != text) Append(text, "\n", wording);
        std::string when = HorizonText(row);
        if (targets.size() > 1) when = fmt::format("{}: {}", printer_.Object(target), when);
        AddRow(series, std::move(when), std::move(text), program_.entity(row.object).span);
      }
    }
    if (!series.rows.empty()) table.groups.push_back(std::move(series));
    AddTasks(targets, table);
    AddConditions(id, targets, table);
    return table;
  }

 private:
  using Key = std::pair<ir::Cell, EntityId>;  // horizon and section

  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const {
    return ordo::Say(phrase, language_, arguments);
  }
  static void AddRow(Group& group, std::string field, std::string content, Span at) {
    Row& row = group.rows.emplace_back();
    row.cells = {std::move(field), std::move(content)};
    row.at = at;
  }
  static int YearOf(const ir::SeriesRow& row) {
    return row.horizon == ir::kAbsent ? 0 : Date(static_cast<int32_t>(row.horizon)).ymd().year;
  }

  // «Đến hết năm 2030»; a day that ends no year is told as a day.
  std::string HorizonText(ir::Cell horizon, bool by) const {
    if (horizon == ir::kAbsent) return Say(Phrase::kHorizonNone);
    const Date day(static_cast<int32_t>(horizon));
    const Ymd date = day.ymd();
    const std::string text =
        date.month == 12 && date.day == 31 ? Say(Phrase::kHorizonYear, {fmt::format("{}", date.year)}) : day.ToString(language_);
    return Say(by ? Phrase::kHorizonBy : Phrase::kHorizonIn, {text});
  }
  std::string HorizonText(const ir::SeriesRow& row) const { return HorizonText(row.horizon, row.by); }

  std::string GroupTitle(ir::Cell horizon, EntityId section, bool by) const {
    std::string text = HorizonText(horizon, by);
    if (section != EntityId::kNone) Append(text, ": ", program_.text(program_.entity(section).title));
    return text;
  }

  // By horizon, then section, then as the text has them; rows without a horizon at the end.
  std::vector<std::pair<Key, std::vector<uint32_t>>> Ordered(const ir::TableDeclaration& declaration) const {
    std::vector<bool> shown(program_.series.size(), declaration.only == ir::kNone);
    for (uint32_t i = 0; declaration.only != ir::kNone && i < evaluation_.rows(declaration.only); ++i) {
      const auto id = static_cast<EntityId>(evaluation_.cell(declaration.only, i, 0));
      if (IsKind(program_, id, words_.row_kind)) shown[program_.entity(id).row] = true;
    }
    std::map<std::pair<ir::Cell, EntityId>, std::vector<uint32_t>> groups;  // section ids are in the order of the text
    for (uint32_t i = 0; i < program_.series.size(); ++i) {
      const ir::SeriesRow& row = program_.series[i];
      const EntityId target = program_.entity(row.object).parent;
      if (!shown[i] || !IsKind(program_, target, words_.target_kind)) continue;
      const EntityId section = HolderOf(program_, target, words_.section_kind, words_.section_kind);
      groups[{row.horizon == ir::kAbsent ? INT64_MAX : row.horizon, declaration.grouped ? section : EntityId::kNone}].push_back(
          i);
    }
    std::vector<std::pair<Key, std::vector<uint32_t>>> out;
    for (auto& [key, rows] : groups) {
      const Key told{key.first == INT64_MAX ? ir::kAbsent : key.first, key.second};
      if (!declaration.grouped && !out.empty()) {
        out.back().second.insert(out.back().second.end(), rows.begin(), rows.end());
      } else {
        out.push_back({told, std::move(rows)});
      }
    }
    return out;
  }

  Cell ValueOf(const std::string& id, const ir::SeriesRow& row, EntityId target, const std::string& number) const {
    Cell cell = Text(id, row, target, number);
    if (id == "value") KeepSeriesValue(cell, printer_, row);
    else if (id == "horizon" && row.horizon != ir::kAbsent) cell.number = Decimal::FromInt(YearOf(row));
    return cell;
  }

  std::string Text(const std::string& id, const ir::SeriesRow& row, EntityId target, const std::string& number) const {
    if (id == "number") return number;
    if (id == "title" || id == "wording") {
      if (std::string wording = printer_.SeriesWording(row.object); !wording.empty()) return wording;
      return fmt::format("{}: {}", printer_.Object(target), printer_.SeriesCell(row.object));
    }
    if (id == "target") return printer_.Object(target);
    if (id == "horizon") return row.horizon == ir::kAbsent ? "" : fmt::format("{}", YearOf(row));
    if (id == "value") return row.comparator == ir::kNoWord ? std::string() : printer_.SeriesValue(row.object);
    if (id == "verb") return Capitalised(printer_.Spelling(row.verb));
    if (id == "section") {
      const EntityId section = HolderOf(program_, target, words_.section_kind, words_.section_kind);
      return section == EntityId::kNone ? std::string() : std::string(program_.text(program_.entity(section).title));
    }
    if (id == "out_of" && row.out_of != Symbol::kEmpty) return std::string(program_.text(row.out_of));
    if (id == "scope" && row.scope != Symbol::kEmpty) return std::string(program_.text(row.scope));
    if (id == "lead") {
      std::string text;
      for (const EntityId lead : leads_.Of(target)) Append(text, "; ", printer_.Object(lead));
      return text;
    }
    const ir::Field* field = FieldNamed(program_, target, id);
    return field ? printer_.FieldCell(target, field->word) : std::string();
  }

  // Itself, or of an indicator the targets that name it.
  std::vector<EntityId> TargetsOf(EntityId id) const {
    if (IsKind(program_, id, words_.target_kind)) return {id};
    std::vector<EntityId> targets;
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const auto target = static_cast<EntityId>(i);
      if (!IsKind(program_, target, words_.target_kind)) continue;
      const ir::Field* field = FieldNamed(program_, target, "indicator");
      if (field && field->entry_count > 0 &&
          program_.entries[field->first_entry].value == static_cast<ir::Cell>(static_cast<uint32_t>(id))) {
        targets.push_back(target);
      }
    }
    return targets;
  }

  void AddTasks(const std::vector<EntityId>& targets, Table& table) const {
    Group group;
    group.title = Say(Phrase::kSheetTasks);
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const auto task = static_cast<EntityId>(i);
      if (!IsKind(program_, task, words_.task_kind)) continue;
      const ir::Field* product = program_.FindField(task, words_.product);
      for (uint32_t e = 0; product && e < product->entry_count; ++e) {
        const ir::Entry& entry = program_.entries[product->first_entry + e];
        if (entry.type != ir::Type::kEntity ||
            std::find(targets.begin(), targets.end(), static_cast<EntityId>(entry.value)) == targets.end())
          continue;
        std::string text(program_.text(program_.entity(task).title));
        Append(text, "\n", printer_.FieldCell(task, words_.lead));
        Append(text, "; ", printer_.FieldCell(task, words_.due));
        AddRow(group, printer_.Object(task), std::move(text), program_.entity(task).span);
        break;
      }
    }
    if (!group.rows.empty()) table.groups.push_back(std::move(group));
  }

  // What names it; a target and its indicator are one quantity.
  void AddConditions(EntityId id, const std::vector<EntityId>& targets, Table& table) const {
    const ir::Field* field = FieldNamed(program_, id, "indicator");
    const bool named = field && field->entry_count > 0 && program_.entries[field->first_entry].type == ir::Type::kEntity;
    const EntityId indicator = named ? static_cast<EntityId>(program_.entries[field->first_entry].value) : id;
    Group group;
    group.title = Say(Phrase::kSheetConditions);
    for (const ir::Condition& condition : program_.conditions) {
      std::vector<uint32_t> open{condition.root};
      bool names = false;
      while (!open.empty() && !names) {
        const ir::ConditionNode& node = program_.condition_nodes[open.back()];
        open.pop_back();
        for (const ir::LinearTerm& term : node.terms) {
          names |= term.series == id || term.series == indicator || std::find(targets.begin(), targets.end(), term.series) != targets.end();
        }
        open.insert(open.end(), node.children.begin(), node.children.end());
      }
      if (names) AddRow(group, printer_.Object(condition.object), std::string(program_.text(condition.text)), condition.span);
    }
    if (!group.rows.empty()) table.groups.push_back(std::move(group));
  }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const Language language_;
  const Words words_;
  const Printer printer_;
  const TargetLeads leads_;
};

}  // namespace

Table BuildTargetList(const eval::Evaluation& evaluation, const ir::TableDeclaration& declaration, Language language) {
  return TargetTables(evaluation, language).List(declaration);
}

Table BuildTargetSheet(const eval::Evaluation& evaluation, EntityId target, Language language) {
  return TargetTables(evaluation, language).Sheet(target);
}

}  // namespace ordo::report

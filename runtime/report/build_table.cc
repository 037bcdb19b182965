// Declared tables and the matrix: columns are settled first, then each row fills its cells from them.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "absl/container/flat_hash_set.h"
#include "runtime/report/build.h"
#include "runtime/report/cell_values.h"
#include "runtime/report/outline.h"
#include "runtime/report/print.h"
#include "runtime/report/roles.h"
#include "runtime/report/table.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

constexpr size_t kWidestGroup = 20;   // a group of more members is one column of a matrix

struct Source {
  enum class Sort { kNumber, kTitle, kSection, kField, kHorizon, kParty };
  Sort sort = Sort::kField;
  ir::WordId field = ir::kNoWord;
  std::string_view property;   // where the cell is looked for when no field of that name was written
  int64_t year = 0;
  size_t party = 0;
};

class TableBuilder {
 public:
  TableBuilder(const eval::Evaluation& evaluation, const ir::TableDeclaration& declaration, Language language)
      : evaluation_(evaluation),
        program_(evaluation.program()),
        declaration_(declaration),
        words_(program_),
        printer_(program_, language),
        vietnamese_(language == Language::kVietnamese),
        outline_(evaluation, words_, declaration.rows, declaration.only,
                 {declaration.grouped || declaration.form == ir::TableDeclaration::Form::kMatrix, declaration.running,
                  declaration.sub_rows_numbered}) {}

  Table Build() {
    Table table;
    if (declaration_.object != EntityId::kNone) {
      const ir::Entity& object = program_.entity(declaration_.object);
      table.id = program_.text(object.name);
      table.title = program_.text(object.title);
    }
    table.landscape = declaration_.landscape;
    const std::vector<Role> roles = LetteredRoles(evaluation_, declaration_.letters);
    for (const ir::TableColumn& column : declaration_.columns) AddColumn(column, table);
    if (declaration_.form == ir::TableDeclaration::Form::kMatrix) CompleteMatrix(roles, table);
    table.subtitle = Subtitle(roles);

    const Letters letters(evaluation_, words_, roles, parties_);
    table.groups = outline_.Groups([&](EntityId id, const std::string& number, Row& row) {
      row.cells.reserve(sources_.size());
      for (const Source& source : sources_) row.cells.push_back(CellOf(source, id, number, letters));
    });
    if (declaration_.totals) table.totals = Totals(letters);
    return table;
  }

 private:
  void Add(Table& table, Source source, std::string id, std::string title, bool numeric = false) {
    // Cells are addressed by the id of their column, so a field that is shown twice needs two.
    std::string unique = id;
    for (size_t n = 2; !ids_.insert(unique).second; ++n) unique = fmt::format("{}_{}", id, n);
    table.columns.push_back({std::move(unique), std::move(title), numeric});
    sources_.push_back(source);
  }

  std::string Heading(const ir::TableColumn& column, std::string_view otherwise) const {
    return column.heading != Symbol::kEmpty ? std::string(program_.text(column.heading)) : Capitalised(otherwise);
  }

  void AddColumn(const ir::TableColumn& column, Table& table) {
    if (column.horizons) return AddHorizons(column, table);
    if (column.party != EntityId::kNone) return AddParties(column, table);
    if (column.custom != Symbol::kEmpty) {
      const std::string_view name = program_.text(column.custom);
      const ir::WordId word = program_.FindWord(name);
      return Add(table, {Source::Sort::kField, word, name}, std::string(name), Heading(column, name));
    }
    if (column.field == ir::kNoWord) return;
    const std::string& id = program_.word(column.field).id;
    if (id == "number") {
      Add(table, {Source::Sort::kNumber, column.field}, id, Heading(column, vietnamese_ ? "TT" : "No."), true);
    } else if (id == "title") {
      Add(table, {Source::Sort::kTitle, column.field}, id, Heading(column, KindName()));
    } else if (id == "section") {
      Add(table, {Source::Sort::kSection, column.field}, id, Heading(column, printer_.Spelling(column.field)));
    } else {
      const bool numeric = id == "cost" || id == "size" || id == "total";
      Add(table, {Source::Sort::kField, column.field, id}, id, Heading(column, printer_.Spelling(column.field)), numeric);
    }
  }

  std::string_view KindName() const {
    return declaration_.rows == ir::kNoKind ? std::string_view() : printer_.Spelling(program_.kinds[declaration_.rows].word);
  }

  // One column a year that any shown target names.
  void AddHorizons(const ir::TableColumn& column, Table& table) {
    std::set<int64_t> years;
    const absl::flat_hash_set<EntityId> shown(outline_.shown().begin(), outline_.shown().end());
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const ir::Entity& entity = program_.entities[i];
      if (entity.kind != words_.row_kind || !shown.contains(entity.parent)) continue;
      const EntityId id{static_cast<uint32_t>(i)};
      const auto year = HorizonOf(program_, id);
      if (!year) continue;
      years.insert(*year);
      series_[{entity.parent, *year}].push_back(id);
    }
    for (const int64_t year : years) {
      const std::string digits = fmt::to_string(year);
      std::string title = Heading(column, "{}");
      if (const size_t slot = title.find("{}"); slot != std::string::npos) title.replace(slot, 2, digits);
      Source source{Source::Sort::kHorizon};
      source.year = year;
      Add(table, source, digits, title);
    }
  }

  void AddParties(const ir::TableColumn& column, Table& table) {
    std::vector<EntityId> parties;
    if (IsKind(program_, column.party, words_.group_kind)) parties = MembersOf(evaluation_, column.party);
    if (parties.empty() || parties.size() > kWidestGroup) parties = {column.party};
    for (const EntityId party : parties) {
      const bool itself = party == column.party && column.heading != Symbol::kEmpty;
      AddParty(party, itself ? std::string(program_.text(column.heading)) : printer_.Object(party), table);
    }
  }

  void AddParty(EntityId party, std::string title, Table& table) {
    if (!known_.insert(party).second) return;   // named alone and as a member
    Source source{Source::Sort::kParty};
    source.party = parties_.size();
    parties_.push_back(party);
    std::string id(program_.text(program_.entity(party).name));
    Add(table, source, id.empty() ? title : id, title);
  }

  // A matrix needs its number and title even when only parties were asked for, and all parties when none were.
  void CompleteMatrix(const std::vector<Role>& roles, Table& table) {
    if (parties_.empty()) {
      for (const EntityId party : PartiesWith(evaluation_, words_, roles, /*posts=*/false)) {
        AddParty(party, printer_.Object(party), table);
      }
    }
    const auto has = [&](Source::Sort sort) {
      return std::any_of(sources_.begin(), sources_.end(), [&](const Source& source) { return source.sort == sort; });
    };
    const auto put_first = [&](Source::Sort sort, std::string id, std::string title, bool numeric) {
      if (has(sort)) return;
      sources_.insert(sources_.begin(), Source{sort});
      table.columns.insert(table.columns.begin(), {std::move(id), std::move(title), numeric});
    };
    put_first(Source::Sort::kTitle, "title", Capitalised(KindName()), false);
    put_first(Source::Sort::kNumber, "number", vietnamese_ ? "TT" : "No.", true);
  }

  report::Cell CellOf(const Source& source, EntityId id, const std::string& number, const Letters& letters) const {
    switch (source.sort) {
      case Source::Sort::kNumber: {   // one that is made has no place
        const ir::Field* issued = FieldNamed(program_, id, "number");
        return {number, issued == nullptr ? Span{} : issued->span};
      }
      case Source::Sort::kTitle: return {Title(id), program_.entity(id).span};
      case Source::Sort::kSection: return SectionOf(id);
      case Source::Sort::kField: return FieldOf(source, id);
      case Source::Sort::kHorizon: return SeriesOf(source, id);
      case Source::Sort::kParty: return letters.Cell(id, source.party);
    }
    return {};
  }

  std::string Title(EntityId id) const {
    const ir::Entity& entity = program_.entity(id);
    if (entity.title != Symbol::kEmpty) return std::string(program_.text(entity.title));
    if (const EntityId indicator = IndicatorOf(id); indicator != EntityId::kNone) return printer_.Object(indicator);
    return entity.name != Symbol::kEmpty ? std::string(program_.text(entity.name)) : printer_.Object(id);
  }

  std::string SectionOf(EntityId id) const {
    do id = program_.entity(id).parent;
    while (id != EntityId::kNone && !IsKind(program_, id, words_.section_kind));
    return id == EntityId::kNone ? std::string() : std::string(program_.text(program_.entity(id).title));
  }

  EntityId IndicatorOf(EntityId id) const {
    const ir::Field* field = FieldNamed(program_, id, "indicator");
    if (field == nullptr || field->entry_count == 0) return EntityId::kNone;
    const ir::Entry& entry = program_.entries[field->first_entry];
    if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) return EntityId::kNone;
    return static_cast<EntityId>(entry.value);
  }

  report::Cell FieldOf(const Source& source, EntityId id) const {
    report::Cell cell(FieldText(source, id), FieldSpan(source, id));
    KeepValue(cell, program_, printer_, program_.FindField(id, source.field));
    return cell;
  }

  report::Cell SeriesOf(const Source& source, EntityId id) const {
    report::Cell cell(SeriesText(source, id), SeriesSpan(source, id));
    const auto rows = series_.find({id, source.year});
    if (rows == series_.end() || rows->second.size() != 1) return cell;
    const ir::Entity& row = program_.entity(rows->second.front());
    if (row.row < program_.series.size() && program_.series[row.row].object == rows->second.front()) {
      KeepSeriesValue(cell, printer_, program_.series[row.row]);
    }
    return cell;
  }

  std::string FieldText(const Source& source, EntityId id) const {
    const ir::Field* stated = program_.FindField(id, source.field);
    // What a parent shares is printed on the rows that take it.
    if (stated != nullptr && stated->shared && outline_.HasRowsBelow(id)) return {};
    std::string text = printer_.FieldCell(id, source.field);
    if (!text.empty() || stated != nullptr) return text;
    if (const EntityId indicator = IndicatorOf(id); indicator != EntityId::kNone) {
      return printer_.FieldCell(indicator, source.field);
    }
    const ir::KindId kind = program_.entity(id).kind;
    const auto column = ColumnOf(program_, kind, source.property);
    if (!column) return text;
    const ir::Relation& relation = program_.relations[program_.kinds[kind].relation];
    return printer_.Value(relation.columns[*column].type, PropertyOf(program_, id, source.property));
  }

  Span FieldSpan(const Source& source, EntityId id) const {
    const ir::Field* field = program_.FindField(id, source.field);
    return field == nullptr ? Span{} : field->span;
  }

  Span SeriesSpan(const Source& source, EntityId id) const {
    const auto rows = series_.find({id, source.year});
    return rows == series_.end() || rows->second.size() != 1 ? Span{} : program_.entity(rows->second.front()).span;
  }

  std::string SeriesText(const Source& source, EntityId id) const {
    std::string text;
    const auto rows = series_.find({id, source.year});
    if (rows == series_.end()) return text;
    for (const EntityId row : rows->second) Append(text, "; ", printer_.SeriesCell(row));
    return text;
  }

  Row Totals(const Letters& letters) const {
    std::vector<EntityId> leaves;
    for (const EntityId id : outline_.shown()) {
      if (!outline_.HasRowsBelow(id)) leaves.push_back(id);
    }
    Row row;
    row.id = "totals";
    for (const Source& source : sources_) {
      std::string& cell = row.cells.emplace_back().text;
      if (source.sort == Source::Sort::kTitle) cell = vietnamese_ ? "Tổng cộng" : "Total";
      if (source.sort == Source::Sort::kParty) cell = letters.Total(leaves, source.party);
    }
    return row;
  }

  std::string Subtitle(const std::vector<Role>& roles) const {
    if (declaration_.caption != Symbol::kEmpty) return std::string(program_.text(declaration_.caption));
    if (declaration_.form == ir::TableDeclaration::Form::kAppendix) return AttachedTo(program_, words_, printer_);
    std::string legend;
    if (declaration_.form == ir::TableDeclaration::Form::kMatrix) {
      for (const Role& role : roles) Append(legend, ", ", fmt::format("{}: {}", role.letter, printer_.Spelling(role.word)));
    }
    return legend;
  }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const ir::TableDeclaration& declaration_;
  const Words words_;
  const Printer printer_;
  const bool vietnamese_;
  const Outline outline_;
  std::vector<Source> sources_;
  absl::flat_hash_set<std::string> ids_;
  absl::flat_hash_set<EntityId> known_;
  std::vector<EntityId> parties_;
  absl::flat_hash_map<std::pair<EntityId, int64_t>, std::vector<EntityId>> series_;
};

}  // namespace

IssueDay IssueDayOf(const ir::Program& program, const Words& words) {
  const ir::Field* field = program.FindField(program.plan, words.issue_date);
  if (field == nullptr || field->entry_count == 0) return {};
  const ir::Entry& entry = program.entries[field->first_entry];
  if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) return {};
  const EntityId id = static_cast<EntityId>(entry.value);
  if (!IsKind(program, id, words.time_kind)) return {};
  const Time& time = program.times[program.entity(id).row];
  if (time.expected.kind == Point::Kind::kDay) return {time.expected, true};
  if (time.to.kind == Point::Kind::kDay) return {time.to, false};
  for (const Point& month : {time.expected, time.to}) {   // its day is open
    if (month.kind == Point::Kind::kMonth) return {month, true};
  }
  return {};
}

std::string DocumentKind(const ir::Program& program, Language language) {
  const std::string_view stated = TextNamed(program, program.plan, "document_kind");
  if (!stated.empty()) return std::string(stated);
  return language == Language::kVietnamese ? "Kế hoạch" : "Plan";
}

// «(Kèm theo Kế hoạch số 24/KH-UBND ngày 28 tháng 01 năm 2026 của ...)», Decree 30/2020 Annex I part III; a day that is not
// certain stays open and is filled in when the plan is signed.
std::string AttachedTo(const ir::Program& program, const Words& words, const Printer& printer) {
  if (program.plan == EntityId::kNone) return {};
  const bool vietnamese = printer.language() == Language::kVietnamese;
  const std::string issuer = printer.FieldCell(program.plan, words.issued_by);
  std::string number = printer.FieldCell(program.plan, words.number);
  if (number.empty()) number = "…";
  const IssueDay issue = IssueDayOf(program, words);
  std::string day = "…", month = "…", year = "…";
  if (issue.day) {
    if (!issue.expected) day = fmt::format("{:02}", issue.day->day);
    month = fmt::format("{:02}", issue.day->month);
    year = fmt::to_string(issue.day->year);
  }
  if (vietnamese) {
    return fmt::format("(Kèm theo {} số {} ngày {} tháng {} năm {}{})", DocumentKind(program, printer.language()), number, day, month, year,
                       issuer.empty() ? std::string() : " của " + issuer);
  }
  return fmt::format("(Attached to {} No. {} of {}-{}-{}{})", DocumentKind(program, printer.language()), number, year, month, day,
                     issuer.empty() ? std::string() : ", " + issuer);
}

Table BuildTable(const eval::Evaluation& evaluation, size_t declaration, Language language) {
  const ir::TableDeclaration& table = evaluation.program().tables[declaration];
  if (table.form == ir::TableDeclaration::Form::kDuties) return BuildDeclaredDuties(evaluation, table, language);
  if (table.rows != ir::kNoKind && table.rows == Words(evaluation.program()).row_kind) return BuildTargetList(evaluation, table, language);
  return TableBuilder(evaluation, table, language).Build();
}

Table BuildMatrix(const eval::Evaluation& evaluation, Language language, bool by_post) {
  const ir::Program& program = evaluation.program();
  const Words words(program);
  ir::TableDeclaration declaration;
  declaration.form = ir::TableDeclaration::Form::kMatrix;
  declaration.rows = words.task_kind;
  declaration.grouped = true;
  declaration.landscape = true;
  declaration.totals = true;
  for (const EntityId party : PartiesWith(evaluation, words, LetteredRoles(evaluation, {}), by_post)) {
    ir::TableColumn column;
    column.party = party;
    declaration.columns.push_back(column);
  }
  Table table = TableBuilder(evaluation, declaration, language).Build();
  table.id = "matrix";
  table.title = language == Language::kVietnamese ? "Ma trận phân công" : "Assignment matrix";
  return table;
}

}  // namespace ordo::report

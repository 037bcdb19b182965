#include "compiler/lower/lower.h"

#include "absl/container/flat_hash_map.h"
#include "compiler/lower/lowering.h"
#include "compiler/model/task_groups.h"
#include "runtime/base/unicode.h"

namespace ordo {

void Lower(Model& model, const LowerOptions& options) { Lowering(model).Run(options); }

void Lowering::Run(const LowerOptions& options) {
  if (options.reports) AskForReports();
  as_of_ = options.as_of;
  ResolveTimes();
  SolveSchedule();
  OrderRows();
  FindHorizons();
  SolveTargets();
  AddAlarms();
  ReadJournal();
  ReadStandings();
  FillSets();
  FillKeyed();
  LowerTables();
}

// What runtime/report reads by name.
void Lowering::AskForReports() {
  for (const FieldSpec& spec : Schema()) {
    if (spec.kind == W::kind_task && spec.type == FieldType::kRoles) model_.facts.SetOf(program_, spec.key, false);
  }
  model_.facts.SetOf(program_, W::key_members, false);
  for (const W member : {W::key_number, W::member_is_leaf}) {
    model_.facts.ColumnOf(program_, KindOf(W::kind_task), *FindProperty(Only(W::kind_task), member));
  }
  if (!Objects(W::kind_reference).empty()) model_.facts.SetOf(program_, W::member_counterparts, false);
  model_.facts.ColumnOf(program_, KindOf(W::type_row), *FindProperty(Only(W::type_row), W::member_horizon));
  model_.facts.ColumnOf(program_, KindOf(W::kind_section), *FindProperty(Only(W::kind_section), W::key_number));
}

void Lowering::FillKeyed() {
  for (ir::KindId kind = 0; kind < program_.kinds.size(); ++kind) {
    const ir::RelationId id = program_.kinds[kind].relation;
    if (id == ir::kNone) continue;
    ir::Relation& relation = program_.relations[id];
    const auto& objects = model_.by_kind[kind];
    relation.data.resize(relation.columns.size());
    for (auto& column : relation.data) column.assign(objects.size(), ir::kAbsent);
    relation.spans.resize(objects.size());
    for (size_t row = 0; row < objects.size(); ++row) {
      relation.data[0][row] = CellOf(objects[row]);
      relation.spans[row] = program_.entity(objects[row]).span;
    }
  }
  for (const Facts::Column& column : model_.facts.columns()) {
    FillColumn(column, program_.relations[column.relation].data[column.column]);
  }
}

// The first value of a field, if it reads as a cell of this type.
ir::Cell Lowering::FieldCell(EntityId id, W key, ir::Type type) const {
  const ir::Field* field = program_.FindField(id, static_cast<ir::WordId>(key));
  if (!field || field->entry_count == 0) return ir::kAbsent;
  ir::Cell best = ir::kAbsent;
  std::optional<Date> best_day;
  for (uint32_t i = 0; i < field->entry_count; ++i) {
    const ir::Entry& entry = program_.entries[field->first_entry + i];
    const bool fits = entry.type == type || (type == ir::Type::kNumber && ir::IsDecimal(entry.type)) ||
                      (type == ir::Type::kMoney && entry.type == ir::Type::kNumber);
    if (!fits || entry.mode == static_cast<ir::WordId>(W::word_instead_of)) continue;
    const ir::Cell value = entry.resolved != EntityId::kNone ? CellOf(entry.resolved) : entry.value;
    if (best == ir::kAbsent) best = value;
    // Several times in one cell: the one that ends last is the time of the task.
    if (type == ir::Type::kEntity && WordOfKind(program_.entity(static_cast<EntityId>(value)).kind) == W::type_time) {
      const ResolvedTime& time = times_[program_.entity(static_cast<EntityId>(value)).row];
      if (time.last && (!best_day || *time.last > *best_day)) {
        best_day = time.last;
        best = value;
      }
    } else {
      break;
    }
  }
  return best;
}

std::optional<int64_t> OrdinalOf(std::string_view number) {
  while (!number.empty() && (number.back() == '.' || number.back() == ')' || number.back() == ' ')) number.remove_suffix(1);
  const size_t dot = number.find_last_of(". (");
  if (dot != std::string_view::npos) number.remove_prefix(dot + 1);
  if (number.empty() || number.size() > 8) return std::nullopt;
  int64_t value = 0;
  bool digits = true;
  for (const char c : number) digits = digits && c >= '0' && c <= '9';
  if (digits) {
    for (const char c : number) value = value * 10 + (c - '0');
    return value;
  }
  int last = 0;
  bool roman = true;
  for (size_t i = number.size(); i-- > 0 && roman;) {
    int digit = 0;
    switch (number[i]) {
      case 'I': digit = 1; break;
      case 'V': digit = 5; break;
      case 'X': digit = 10; break;
      case 'L': digit = 50; break;
      default: roman = false;
    }
    value += digit < last ? -digit : digit;
    last = std::max(last, digit);
  }
  if (roman) return value;
  // Letters of the Vietnamese alphabet as used for points (Decree 30/2020/NĐ-CP).
  constexpr std::string_view kLetters[] = {"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"};
  for (size_t i = 0; i < std::size(kLetters); ++i) {
    if (number == kLetters[i]) return static_cast<int64_t>(i) + 1;
  }
  return std::nullopt;
}

Lowering::Tree Lowering::TreeOf(W kind) const {
  const auto& objects = Objects(kind);
  Tree tree;
  tree.previous.assign(objects.size(), ir::kAbsent);
  tree.level.assign(objects.size(), 1);
  tree.siblings.assign(objects.size(), 0);
  tree.ordinal.assign(objects.size(), ir::kAbsent);
  tree.has_children.assign(objects.size(), false);
  absl::flat_hash_map<EntityId, std::pair<EntityId, int64_t>> last;   // parent -> last child, count
  for (size_t row = 0; row < objects.size(); ++row) {
    const ir::Entity& object = program_.entity(objects[row]);
    auto& [before, count] = last.try_emplace(object.parent, EntityId::kNone, 0).first->second;
    tree.previous[row] = CellOf(before);
    before = objects[row];
    ++count;
    if (object.parent != EntityId::kNone && WordOfKind(program_.entity(object.parent).kind) == kind) {
      const uint32_t up = program_.entity(object.parent).row;
      tree.has_children[up] = true;
      tree.level[row] = tree.level[up] + 1;
    }
  }
  for (size_t row = 0; row < objects.size(); ++row) {
    tree.siblings[row] = last[program_.entity(objects[row]).parent].second;
    const ir::Field* number = program_.FindField(objects[row], static_cast<ir::WordId>(W::key_number));
    if (!number || number->entry_count == 0) continue;
    const auto ordinal = OrdinalOf(program_.text(static_cast<Symbol>(program_.entries[number->first_entry].value)));
    if (ordinal) tree.ordinal[row] = *ordinal;
  }
  return tree;
}

void Lowering::FillColumn(const Facts::Column& column, std::vector<ir::Cell>& cells) {
  const auto& objects = model_.by_kind[column.kind];
  const W kind = WordOfKind(column.kind);
  const W member = column.member;
  const auto each = [&](auto&& cell_of) {
    for (size_t row = 0; row < objects.size(); ++row) cells[row] = cell_of(objects[row], static_cast<uint32_t>(row));
  };
  if (column.stated) {
    each([&](EntityId id, uint32_t) { return program_.FindField(id, static_cast<ir::WordId>(member)) ? ir::Cell{1} : ir::kAbsent; });
    return;
  }
  if (IsScheduleColumn(kind, member)) return each([&](EntityId id, uint32_t row) { return ScheduleCell(kind, member, id, row); });
  if (kind == W::type_alarm) return each([&](EntityId, uint32_t row) { return AlarmCell(member, row); });
  if (kind == W::type_record) return each([&](EntityId, uint32_t row) { return RecordCell(member, row); });
  if (kind == W::kind_amendment && (member == W::member_due_in_force || member == W::member_replaced_due || member == W::member_is_in_force)) {
    return each([&](EntityId id, uint32_t) { return ChangeCell(member, id); });
  }
  if (kind == W::type_time) return each([&](EntityId, uint32_t row) { return TimeCell(member, row); });
  if ((kind == W::kind_task || kind == W::kind_section || kind == W::kind_clause) &&
      (member == W::member_is_leaf || member == W::member_ordinal || member == W::member_level || member == W::member_siblings ||
       member == W::member_previous)) {
    const Tree tree = TreeOf(kind);
    return each([&](EntityId, uint32_t row) -> ir::Cell {
      switch (member) {
        case W::member_is_leaf: return tree.has_children[row] ? 0 : 1;
        case W::member_ordinal: return tree.ordinal[row] == ir::kAbsent ? ir::kAbsent : Number(tree.ordinal[row]);
        case W::member_level: return Number(tree.level[row]);
        case W::member_siblings: return Number(tree.siblings[row]);
        default: return tree.previous[row];
      }
    });
  }
  if (kind == W::kind_task && member == W::member_ring) {
    const std::vector<EntityId> rings = RingsOfTasks();
    return each([&](EntityId, uint32_t row) { return CellOf(rings[row]); });
  }
  if ((kind == W::kind_task || kind == W::kind_clause) && member == W::member_section) {
    return each([&](EntityId id, uint32_t) {
      EntityId up = program_.entity(id).parent;
      while (up != EntityId::kNone && WordOfKind(program_.entity(up).kind) != W::kind_section) up = program_.entity(up).parent;
      return CellOf(up);
    });
  }
  if (kind == W::kind_plan) {
    switch (member) {
      case W::key_issue_date: return each([&](EntityId id, uint32_t) { return id == program_.plan ? program_.frame.issue_date : ir::kAbsent; });
      case W::member_tier_word: return each([&](EntityId id, uint32_t) { return id == program_.plan ? CellOf(model_.tier_word) : ir::kAbsent; });
      case W::member_report_months: return each([&](EntityId, uint32_t) { return MonthsBetweenReports(program_); });
      case W::key_as_of: return each([&](EntityId, uint32_t) { return CellOf(as_of_); });
      case W::member_first_day: case W::member_last_day:
        return each([&](EntityId id, uint32_t) {
          if (id != program_.plan) return ir::kAbsent;
          return member == W::member_first_day ? program_.frame.first_day : program_.frame.last_day;
        });
      case W::member_months:
        return each([&](EntityId id, uint32_t) {
          if (id != program_.plan || program_.frame.first_day == ir::kAbsent) return ir::kAbsent;
          const Ymd a = Date(static_cast<int32_t>(program_.frame.first_day)).ymd();
          const Ymd b = Date(static_cast<int32_t>(program_.frame.last_day)).PlusDays(1).ymd();
          const int months = (b.year - a.year) * 12 + b.month - a.month;
          return Number(std::max(months, 0));
        });
      default: break;
    }
  }
  if (member == W::key_head && (kind == W::kind_unit || kind == W::kind_group)) {
    return each([&](EntityId id, uint32_t) {
      const auto at = static_cast<uint32_t>(id);
      return at < model_.head_post.size() ? CellOf(model_.head_post[at]) : ir::kAbsent;
    });
  }
  if (member == W::key_issue_date || member == W::member_last_day) {   // of documents and events, as days
    const W key = member == W::key_issue_date ? W::key_issue_date : W::key_valid;
    if (kind == W::kind_document || kind == W::kind_event) {
      return each([&](EntityId id, uint32_t) -> ir::Cell {
        const ir::Cell time = FieldCell(id, key, ir::Type::kEntity);
        if (time == ir::kAbsent) return ir::kAbsent;
        const ResolvedTime& resolved = times_[program_.entity(static_cast<EntityId>(time)).row];
        return CellOf(resolved.last);
      });
    }
  }
  if (kind == W::type_entry) {
    return each([&](EntityId, uint32_t row) -> ir::Cell {
      const ir::Entry& entry = program_.entries[entry_of_[row]];
      const bool object = entry.type == ir::Type::kEntity && entry.value != ir::kAbsent;
      const auto mode = [&](W word) { return ir::Cell{entry.mode == static_cast<ir::WordId>(word) ? 1 : 0}; };
      switch (member) {
        case W::key_party:
          if (!object) return ir::kAbsent;
          return entry.resolved != EntityId::kNone ? CellOf(entry.resolved) : entry.value;
        case W::member_owner: return CellOf(entry_owners_[row]);
        case W::member_part: return CellOf(entry.part);
        case W::key_wording: return CellOf(entry.wording);
        case W::member_is_each: return mode(W::word_each);
        case W::member_is_concerned: return mode(W::word_concerned);
        case W::member_is_requested: return mode(W::word_requested);
        case W::member_is_group:
          return object && WordOfKind(program_.entity(static_cast<EntityId>(entry.value)).kind) == W::kind_group ? 1 : 0;
        case W::member_is_product: return entry.product == ir::kNoWord ? ir::kAbsent : ir::Cell{entry.product};
        default: return ir::kAbsent;
      }
    });
  }
  const bool of_reference = kind == W::kind_reference && (member == W::member_content_hash || member == W::member_is_changed ||
                                                          member == W::member_common_share || member == W::member_report_months);
  if (of_reference || kind == W::type_reference_target || kind == W::type_reference_row || kind == W::type_reference_task ||
      kind == W::type_reference_section) {
    return each([&](EntityId id, uint32_t row) { return ReferenceCell(kind, member, id, row); });
  }
  if (IsStandingColumn(kind, member)) return each([&](EntityId id, uint32_t) { return StandingCell(kind, member, id); });
  if (kind == W::type_conflict || kind == W::type_statement) return each([&](EntityId, uint32_t row) { return StatementCell(kind, member, row); });
  if (member == W::member_is_decided) return each([&](EntityId, uint32_t) { return ir::Cell{targets_decided_ ? 1 : 0}; });
  if (kind == W::type_row) return each([&](EntityId, uint32_t row) { return RowCell(member, row); });
  if (member == W::key_out_of && (kind == W::kind_target || kind == W::kind_indicator)) return each([&](EntityId id, uint32_t) { return OutOfCell(id); });
  if (member == W::member_horizons) return each([&](EntityId, uint32_t) { return Number(static_cast<int64_t>(horizons_.size())); });
  if (member == W::member_measured_alike) {
    absl::flat_hash_map<ir::Cell, int64_t> alike;   // measure in words -> targets
    for (const EntityId id : objects) ++alike[FieldCell(id, W::key_measured_in, ir::Type::kText)];
    return each([&](EntityId id, uint32_t) {
      const ir::Cell measure = FieldCell(id, W::key_measured_in, ir::Type::kText);
      return measure == ir::kAbsent ? ir::kAbsent : Number(alike[measure]);
    });
  }
  if (member == W::member_baseline_day) return each([&](EntityId id, uint32_t) { return BaselineDayCell(id); });
  if (kind == W::type_vision) {
    return each([&](EntityId id, uint32_t row) {
      return member == W::member_year ? Number(model_.visions[row].year) : CellOf(program_.entity(id).parent);
    });
  }
  if (kind == W::type_slip) {
    return each([&](EntityId, uint32_t row) -> ir::Cell {
      const Slip& slip = model_.slips[row];
      switch (member) {
        case W::member_class: return CellOf(slip.kind);
        case W::member_words: return CellOf(slip.words);
        case W::member_meant: return CellOf(slip.meant);
        case W::member_owner: return CellOf(program_.entity(slip.object).parent);
        default: return ir::kAbsent;
      }
    });
  }
  if (kind == W::type_mention || kind == W::type_resemblance) return each([&](EntityId, uint32_t row) { return ProseCell(kind, member, row); });
  if (kind == W::kind_section && (member == W::member_group_ordinal || member == W::member_holds_tasks)) {
    const std::vector<bool> holds = SectionsWithTasks(program_);
    absl::flat_hash_map<EntityId, int64_t> ordinals;
    for (const TaskGroup& group : TaskGroupsOf(program_)) ordinals[group.section] = group.ordinal;
    return each([&](EntityId id, uint32_t) -> ir::Cell {
      if (member == W::member_holds_tasks) return holds[static_cast<uint32_t>(id)] ? 1 : 0;
      const auto at = ordinals.find(id);
      return at == ordinals.end() ? ir::kAbsent : Number(at->second);
    });
  }
  if (kind == W::kind_task && member == W::member_lead_words) return each([&](EntityId id, uint32_t) { return CellOf(LeadInWords(program_, id)); });
  if (kind == W::kind_clause && member == W::member_is_unmarked) {
    return each([&](EntityId id, uint32_t) -> ir::Cell {
      const ir::Field* number = program_.FindField(id, static_cast<ir::WordId>(W::key_number));
      return number && number->none ? 1 : 0;
    });
  }
  if (kind == W::type_citation) {
    return each([&](EntityId, uint32_t row) -> ir::Cell {
      const Citation& citation = model_.citations[row];
      switch (member) {
        case W::key_symbol: return CellOf(citation.symbol);
        case W::key_issue_date: return CellOf(citation.date);
        case W::key_issued_by: return CellOf(citation.issuer);
        case W::member_owner: return CellOf(program_.entity(citation.object).parent);
        case W::member_document_key: return CellOf(citation.document_key);
        case W::member_number_key: return CellOf(citation.number_key);
        case W::member_proper_symbol: return CellOf(citation.proper);
        case W::member_short_name: return CellOf(citation.short_name);
        case W::member_as_named: return CellOf(citation.as_named);
        case W::member_is_numbered_by_year: return citation.is_numbered_by_year ? 1 : 0;
        case W::member_is_first: return citation.is_first ? 1 : 0;
        case W::member_registered: return CellOf(citation.registered);
        case W::member_cited_title: return CellOf(citation.title);
        case W::member_ordinal: return Number(row + 1);
        default: return ir::kAbsent;
      }
    });
  }
  const ir::Type type = program_.relations[column.relation].columns[column.column].type;
  each([&](EntityId id, uint32_t) { return FieldCell(id, member, type); });
}

}  // namespace ordo

#include "runtime/solve/plan_targets.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/ir/target_fields.h"
#include "runtime/solve/linear_system.h"

namespace ordo::solve {
namespace {

using ir::Cell;
using ir::kAbsent;
using Kind = ir::Statement::Kind;

struct Words {
  explicit Words(const ir::Program& program)
      : indicator(ir::KeyOf(program, "indicator")),
        included_in(ir::KeyOf(program, "included_in")),
        out_of(ir::KeyOf(program, "out_of")),
        scope(ir::KeyOf(program, "scope")),
        baseline(ir::KeyOf(program, "baseline")),
        measured_in(ir::KeyOf(program, "measured_in")),
        percent(program.FindWord("unit.percent")),
        commune(program.FindWord("unit.commune")),
        more(program.FindWord("sign_more")),
        less(program.FindWord("sign_less")),
        decrease(program.FindWord("decrease")) {}

  ir::WordId indicator, included_in, out_of, scope, baseline, measured_in, percent, more, less, decrease, commune;
};

int YearOf(Cell day) { return Date(static_cast<int32_t>(day)).ymd().year; }

class Reader {
 public:
  explicit Reader(const ir::Program& program) : program_(program), words_(program) {}

  TargetAnswer Run() {
    FindTargets();
    FindAsked();
    if (asked_.empty()) return {};
    // Facts before conditions: what comes late takes the blame.
    AddConditionsYears();
    for (const EntityId target : targets_) AddRows(target);
    for (const EntityId target : targets_) AddBaseline(target);
    for (const EntityId target : targets_) AddParts(target);
    AddConditions();
    // What quantities can be at all comes before whatever asks of any: what is told is smallest with that taken as given.
    clauses_.insert(clauses_.begin(), given_.begin(), given_.end());
    for (const Clause& clause : clauses_) system_.AddClause({clause.formula, clause.origin});
    return Tell(Solve(system_));
  }

  bool AnythingAsked() {
    FindTargets();
    FindAsked();
    return !asked_.empty();
  }

 private:
  // One series on one day. `day` of an acceptance is not a day but tells its task apart.
  struct Key {
    EntityId series;
    int64_t day;
    Symbol out_of, scope;
    bool per;
    friend bool operator==(const Key&, const Key&) = default;
    template <class H>
    friend H AbslHashValue(H h, const Key& key) {
      return H::combine(std::move(h), key.series, key.day, key.out_of, key.scope, key.per);
    }
  };

  struct Clause {
    uint32_t formula = 0, origin = 0;
    ir::Statement statement;
    ordo::Span span;
  };

  const ir::Entry* First(EntityId id, ir::WordId word) const {
    const ir::Field* field = program_.FindField(id, word);
    return field && field->entry_count > 0 ? &program_.entries[field->first_entry] : nullptr;
  }
  Symbol TextOf(EntityId id, ir::WordId word) const {
    const ir::Entry* entry = First(id, word);
    if (!entry || entry->value == kAbsent) return Symbol::kEmpty;
    if (entry->type == ir::Type::kText) return static_cast<Symbol>(entry->value);
    return entry->type == ir::Type::kEntity ? program_.entity(static_cast<EntityId>(entry->value)).title : Symbol::kEmpty;
  }
  // Targets of one indicator ask of one series.
  EntityId SeriesIdOf(EntityId target) const {
    const ir::Entry* entry = First(target, words_.indicator);
    return entry && entry->type == ir::Type::kEntity && entry->value != kAbsent ? static_cast<EntityId>(entry->value) : target;
  }

  void FindTargets() {
    const ir::WordId target = program_.FindWord("target"), indicator = program_.FindWord("indicator"),
                     budget = program_.FindWord("budget");
    absl::flat_hash_map<EntityId, uint32_t> sharing;
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const ir::WordId kind = program_.kinds[program_.entities[i].kind].word;
      if (kind != target && kind != indicator && kind != budget) continue;
      const auto id = static_cast<EntityId>(i);
      targets_.push_back(id);
      const EntityId series = SeriesIdOf(id);
      members_[series].push_back(id);
      if (kind == target && ++sharing[series] > 1) asked_.insert(series);
    }
  }

  void FindAsked() {
    for (const ir::ConditionNode& node : program_.condition_nodes) {
      for (const ir::LinearTerm& term : node.terms) asked_.insert(SeriesIdOf(term.series));
    }
    for (const EntityId target : targets_) {
      const ir::Field* field = program_.FindField(target, words_.included_in);
      for (uint32_t i = 0; field && i < field->entry_count; ++i) {
        asked_.insert(SeriesIdOf(target));
        asked_.insert(SeriesIdOf(static_cast<EntityId>(program_.entries[field->first_entry + i].value)));
      }
    }
  }

  // ---- quantities

  uint32_t Quantity(const Key& key, EntityId target) {
    const auto [at, fresh] = quantities_.try_emplace(key, 0);
    if (!fresh) return at->second;
    const uint32_t quantity = at->second = system_.AddQuantity();
    // A share is at most the whole, unless the plan itself asks for more; nothing that is counted is below zero.
    const auto [share, unknown] = is_share_.try_emplace(target, false);
    if (unknown) share->second = MeasuredInPercent(target) && !AsksForMore(target);
    const ordo::Span span = program_.entity(target).span;
    const auto give = [&](Kind kind, Sign sign, int64_t bound) {
      given_.push_back(
          {Bound(quantity, sign, Decimal::FromInt(bound)), next_origin_++, {kind, target, EntityId::kNone, 0}, span});
    };
    give(Kind::kCount, Sign::kGreaterEqual, 0);
    if (share->second) give(Kind::kWhole, Sign::kLessEqual, 1);
    return quantity;
  }

  // The quantity that a term of a condition means in a year: the last horizon of the target in that year, else the year's end.
  uint32_t QuantityIn(EntityId target, int year) {
    int64_t day = Date::FromYmd(year, 12, 31)->days();
    std::optional<int64_t> plain;
    bool per = false;
    for (const ir::SeriesRow* row : OwnRows(target)) {
      if (row->comparator == ir::kNoWord || row->horizon == kAbsent) continue;
      if (row->per != ir::kNoWord) {
        per = true;
      } else if (YearOf(row->horizon) == year) {
        plain = std::max(plain.value_or(INT64_MIN), int64_t{row->horizon});
      }
    }
    if (plain) day = *plain;
    return Quantity({SeriesIdOf(target), day, TextOf(target, words_.out_of), TextOf(target, words_.scope), per && !plain},
                    target);
  }

  // Rows that ask of the target's own population and scope; of an indicator those of all its targets.
  std::vector<const ir::SeriesRow*> OwnRows(EntityId target) const {
    std::vector<const ir::SeriesRow*> rows;
    const auto members = members_.find(target);
    const bool indicator = members != members_.end() && SeriesIdOf(target) == target && members->second.size() > 1;
    for (const EntityId one : indicator ? members->second : std::vector<EntityId>{target}) {
      for (const ir::SeriesRow& row : program_.SeriesOf(one)) {
        if (row.out_of == Symbol::kEmpty && row.scope == Symbol::kEmpty && !IsPerPlace(row)) rows.push_back(&row);
      }
    }
    return rows;
  }

  // A number for each commune says nothing about the whole.
  bool IsPerPlace(const ir::SeriesRow& row) const {
    return row.per_object != EntityId::kNone || (row.per != ir::kNoWord && row.per == words_.commune);
  }

  // ---- statements

  // The origin of the clause: what is asked for several years is one statement.
  uint32_t AddClause(uint32_t formula, ir::Statement statement, ordo::Span span, std::optional<uint32_t> origin = std::nullopt) {
    clauses_.push_back({formula, origin ? *origin : next_origin_++, statement, span});
    return clauses_.back().origin;
  }

  // Years that a condition on a series of yearly values asks about: its rows bind those too.
  void AddConditionsYears() {
    for (const ir::Condition& condition : program_.conditions) {
      for (const int year : YearsOf(condition)) {
        ForEachTerm(condition.root, [&](const ir::LinearTerm& term) {
          years_[SeriesIdOf(term.series)].push_back(term.year != 0 ? term.year : year);
        });
      }
    }
    for (auto& [series, years] : years_) {
      std::sort(years.begin(), years.end());
      years.erase(std::unique(years.begin(), years.end()), years.end());
    }
  }

  template <class F>
  void ForEachTerm(uint32_t root, const F& f) const {
    std::vector<uint32_t> open{root};
    while (!open.empty()) {
      const ir::ConditionNode& node = program_.condition_nodes[open.back()];
      open.pop_back();
      for (const ir::LinearTerm& term : node.terms) f(term);
      open.insert(open.end(), node.children.begin(), node.children.end());
    }
  }

  std::vector<int32_t> YearsOf(const ir::Condition& condition) const {
    if (!condition.years.empty()) return condition.years;
    std::vector<int32_t> years;
    int32_t named = 0;
    ForEachTerm(condition.root, [&](const ir::LinearTerm& term) {
      named = std::max(named, term.year);
      if (term.year != 0) return;
      for (const ir::SeriesRow* row : OwnRows(term.series)) {
        if (row->comparator != ir::kNoWord && row->horizon != kAbsent) years.push_back(YearOf(row->horizon));
      }
    });
    if (years.empty() && named != 0) years.push_back(named);
    std::sort(years.begin(), years.end());
    years.erase(std::unique(years.begin(), years.end()), years.end());
    return years;
  }

  uint32_t Bound(uint32_t quantity, Sign sign, Decimal value) {
    return system_.Compare({{{quantity, Decimal::FromInt(1)}}, sign, value});
  }

  void AddRows(EntityId target) {
    const EntityId series = SeriesIdOf(target);
    if (!asked_.contains(series)) return;
    Cell before = kAbsent;  // horizon of the row for each year before this one
    for (const ir::SeriesRow& row : program_.SeriesOf(target)) {
      if (row.comparator == ir::kNoWord || row.horizon == kAbsent || IsPerPlace(row)) continue;
      const Symbol out_of = row.out_of != Symbol::kEmpty ? row.out_of : TextOf(target, words_.out_of);
      const Symbol scope = row.scope != Symbol::kEmpty ? row.scope : TextOf(target, words_.scope);
      const bool per = row.per != ir::kNoWord;
      const uint32_t at = Quantity({series, row.horizon, out_of, scope, per}, target);
      const ordo::Span span = program_.entity(row.object).span;
      const ir::Statement told{Kind::kRow, row.object, EntityId::kNone, YearOf(row.horizon)};
      if (row.is_change) {
        AddChange(row, target, at, out_of, scope, told, span);
        continue;
      }
      AddBounds(row, at, told, span);
      if (per && row.by && before != kAbsent) {
        for (const int year : years_[series]) {
          if (year <= YearOf(before) || year >= YearOf(row.horizon)) continue;
          const uint32_t then = Quantity({series, Date::FromYmd(year, 12, 31)->days(), out_of, scope, true}, target);
          AddBounds(row, then, {Kind::kRow, row.object, EntityId::kNone, year}, span);
        }
      }
      if (per) before = row.horizon;
    }
  }

  void AddBounds(const ir::SeriesRow& row, uint32_t at, const ir::Statement& told, ordo::Span span) {
    std::vector<uint32_t> parts;
    if (row.least != kAbsent) {
      parts.push_back(
          Bound(at, row.comparator == words_.more ? Sign::kGreater : Sign::kGreaterEqual, Decimal::FromCell(row.least)));
    }
    if (row.most != kAbsent)
      parts.push_back(Bound(at, row.comparator == words_.less ? Sign::kLess : Sign::kLessEqual, Decimal::FromCell(row.most)));
    if (parts.empty()) return;
    AddClause(parts.size() == 1 ? parts[0] : system_.AddFormula({Formula::Kind::kAnd, 0, parts}), told, span);
  }

  void AddChange(const ir::SeriesRow& row, EntityId target, uint32_t at, Symbol out_of, Symbol scope, const ir::Statement& told,
                 ordo::Span span) {
    const Cell from = row.against != kAbsent ? row.against : ir::BaselineDayOf(program_, target, words_.baseline);
    if (from == kAbsent || row.least == kAbsent) return;
    const uint32_t then = Quantity({SeriesIdOf(target), from, out_of, scope, row.per != ir::kNoWord}, target);
    const bool down = row.verb == words_.decrease;
    const Decimal change = down ? Decimal::FromCell(row.least).Negated() : Decimal::FromCell(row.least);
    const bool relative = row.type == ir::Type::kPercent && !MeasuredInPercent(target);
    const auto factor = Decimal::FromInt(1).Plus(relative ? change : Decimal());
    if (!factor) return;
    const Sign sign = down ? (row.comparator == words_.more ? Sign::kLess : Sign::kLessEqual)
                           : (row.comparator == words_.more ? Sign::kGreater : Sign::kGreaterEqual);
    AddClause(system_.Compare({{{at, Decimal::FromInt(1)}, {then, factor->Negated()}}, sign, relative ? Decimal() : change}),
              told, span);
  }

  bool MeasuredInPercent(EntityId target) const {
    const ir::Entry* entry = First(target, words_.measured_in);
    if (entry) return entry->type == ir::Type::kWord && entry->value == Cell{words_.percent};
    for (const ir::SeriesRow& row : program_.SeriesOf(target)) {
      if (row.comparator != ir::kNoWord && !row.is_change) return row.type == ir::Type::kPercent;
    }
    return false;
  }

  // A share of something is neither more nor less than a count or a sum of money.
  bool Comparable(EntityId a, EntityId b) const {
    const auto type = [&](EntityId id) {
      for (const ir::SeriesRow* row : OwnRows(id)) {
        if (row->comparator != ir::kNoWord && !row->is_change) return std::optional(row->type);
      }
      return MeasuredInPercent(id) ? std::optional(ir::Type::kPercent) : std::nullopt;
    };
    const auto first = type(a), second = type(b);
    return !first || !second || *first == *second;
  }

  void AddBaseline(EntityId target) {
    const Cell day = ir::BaselineDayOf(program_, target, words_.baseline);
    if (day == kAbsent || !asked_.contains(SeriesIdOf(target))) return;
    const ir::Field* field = program_.FindField(target, words_.baseline);
    if (field->shared && SeriesIdOf(target) != target) return;  // the indicator says it
    const ir::Entry& entry = program_.entries[field->first_entry];
    if (!ir::IsDecimal(entry.type)) return;
    const uint32_t at =
        Quantity({SeriesIdOf(target), day, TextOf(target, words_.out_of), TextOf(target, words_.scope), false}, target);
    AddClause(Bound(at, Sign::kEqual, Decimal::FromCell(entry.value)), {Kind::kBaseline, target, EntityId::kNone, YearOf(day)},
              field->span);
  }

  void AddParts(EntityId target) {
    const ir::Field* field = program_.FindField(target, words_.included_in);
    for (uint32_t i = 0; field && i < field->entry_count; ++i) {
      const auto whole = static_cast<EntityId>(program_.entries[field->first_entry + i].value);
      if (!Comparable(target, whole)) continue;
      std::vector<int> years;
      for (const EntityId one : {target, whole}) {
        for (const ir::SeriesRow* row : OwnRows(one)) {
          if (row->comparator != ir::kNoWord && row->horizon != kAbsent && !row->is_change) years.push_back(YearOf(row->horizon));
        }
      }
      std::sort(years.begin(), years.end());
      years.erase(std::unique(years.begin(), years.end()), years.end());
      std::optional<uint32_t> origin;
      for (const int year : years) {
        const uint32_t part = QuantityIn(target, year), all = QuantityIn(whole, year);
        origin =
            AddClause(system_.Compare({{{part, Decimal::FromInt(1)}, {all, Decimal::FromInt(-1)}}, Sign::kLessEqual, Decimal()}),
                      {Kind::kPart, target, whole, year}, field->span, origin);
      }
    }
  }

  void AddConditions() {
    const ir::WordId condition_kind = program_.FindWord("condition");
    for (const ir::Condition& condition : program_.conditions) {
      const bool acceptance = program_.kinds[program_.entity(condition.object).kind].word != condition_kind;
      std::optional<uint32_t> origin;
      for (const int year : acceptance ? std::vector<int32_t>{0} : YearsOf(condition)) {
        const uint32_t formula = FormulaOf(condition.root, year, acceptance ? condition.object : EntityId::kNone);
        origin = AddClause(formula, {Kind::kCondition, condition.object, EntityId::kNone, year}, condition.span, origin);
      }
    }
  }

  uint32_t FormulaOf(uint32_t at, int year, EntityId task) {
    const ir::ConditionNode& node = program_.condition_nodes[at];
    using Form = ir::ConditionNode::Kind;
    if (node.kind != Form::kCompare) {
      Formula formula;
      formula.kind = node.kind == Form::kAnd  ? Formula::Kind::kAnd
                     : node.kind == Form::kOr ? Formula::Kind::kOr
                                              : Formula::Kind::kNot;
      for (const uint32_t child : node.children) formula.children.push_back(FormulaOf(child, year, task));
      return system_.AddFormula(std::move(formula));
    }
    Comparison comparison;
    for (const ir::LinearTerm& term : node.terms) {
      const uint32_t quantity =
          task == EntityId::kNone
              ? QuantityIn(term.series, term.year != 0 ? term.year : year)
              : Quantity({SeriesIdOf(term.series),
                          -int64_t{static_cast<uint32_t>(task)} - (int64_t{term.year} << 40) - (int64_t{1} << 60),
                          TextOf(term.series, words_.out_of), TextOf(term.series, words_.scope), false},
                         term.series);
      comparison.terms.push_back({quantity, Decimal::FromCell(term.factor)});
    }
    comparison.bound = Decimal::FromCell(node.bound);
    switch (node.sign) {
      case ir::Op::kLess: comparison.sign = Sign::kLess; break;
      case ir::Op::kLessEqual: comparison.sign = Sign::kLessEqual; break;
      case ir::Op::kGreater: comparison.sign = Sign::kGreater; break;
      case ir::Op::kGreaterEqual: comparison.sign = Sign::kGreaterEqual; break;
      case ir::Op::kNotEqual: comparison.sign = Sign::kNotEqual; break;
      default: comparison.sign = Sign::kEqual; break;
    }
    return system_.Compare(std::move(comparison));
  }

  bool AsksForMore(EntityId target) const {
    const auto rows = program_.SeriesOf(target);
    return std::any_of(rows.begin(), rows.end(), [](const ir::SeriesRow& row) {
      const auto above = [](Cell cell) { return cell != kAbsent && Decimal::FromCell(cell) > Decimal::FromInt(1); };
      return row.type == ir::Type::kPercent && !row.is_change && (above(row.least) || above(row.most));
    });
  }

  TargetAnswer Tell(const LinearAnswer& answer) const {
    TargetAnswer out;
    out.decided = answer.decided;
    out.untold = answer.untold;
    for (const LinearConflict& conflict : answer.conflicts) {
      TargetConflict& told = out.conflicts.emplace_back();
      for (const uint32_t one : conflict.clauses) {
        told.statements.push_back(clauses_[one].statement);
        told.spans.push_back(clauses_[one].span);
      }
    }
    return out;
  }

  const ir::Program& program_;
  const Words words_;
  LinearSystem system_;
  std::vector<EntityId> targets_;
  absl::flat_hash_map<EntityId, std::vector<EntityId>> members_;  // of an indicator, itself and its targets
  absl::flat_hash_set<EntityId> asked_;
  absl::flat_hash_map<EntityId, std::vector<int>> years_;
  absl::flat_hash_map<Key, uint32_t> quantities_;
  absl::flat_hash_map<EntityId, bool> is_share_;  // of a target
  std::vector<Clause> given_, clauses_;           // of what quantities can be at all, and of what the plan says
  uint32_t next_origin_ = 0;
};

}  // namespace

TargetAnswer ConflictsOfTargets(const ir::Program& program) { return Reader(program).Run(); }

bool HasTargetConditions(const ir::Program& program) { return Reader(program).AnythingAsked(); }

}  // namespace ordo::solve

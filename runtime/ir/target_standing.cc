#include "runtime/ir/target_standing.h"

#include <algorithm>

#include "runtime/ir/target_fields.h"

namespace ordo::ir {
namespace {

Decimal Of(Cell cell) { return Decimal::FromCell(cell); }

// from + (to - from) * part / whole, to a millionth, upwards or downwards; nullopt when the numbers are too long.
std::optional<Decimal> Between(Decimal from, Decimal to, int64_t part, int64_t whole, bool upwards) {
  const auto step = to.Minus(from);
  if (!step) return std::nullopt;
  const auto product = step->Times(Decimal::FromInt(part));
  if (!product) return std::nullopt;
  // To millionths by integers: exact division rarely ends.
  __int128 scaled = product->mantissa();
  for (int scale = product->scale(); scale < 6; ++scale) scaled *= 10;
  __int128 divisor = whole;
  for (int scale = product->scale(); scale > 6; --scale) divisor *= 10;
  __int128 quotient = scaled / divisor;
  if (scaled % divisor != 0) {  // the quotient is cut towards zero
    if (upwards && scaled > 0) ++quotient;
    if (!upwards && scaled < 0) --quotient;
  }
  if (quotient > INT64_MAX || quotient < INT64_MIN) return std::nullopt;
  const auto share = Decimal::Make(static_cast<int64_t>(quotient), 6);
  return share ? from.Plus(*share) : std::nullopt;
}

bool Meets(Decimal value, const RequiredLevel& level) {
  const Decimal wanted = Of(level.value);
  if (level.at_most) return level.strict ? value < wanted : value <= wanted;
  return level.strict ? value > wanted : value >= wanted;
}

class Reckoning {
 public:
  Reckoning(const Program& program, const Journal& journal, Date as_of)
      : program_(program),
        as_of_(as_of.days()),
        path_(PathOf(program)),
        baseline_(KeyOf(program, "baseline")),
        indicator_(KeyOf(program, "indicator")),
        value_(KeyOf(program, "value")),
        measured_in_(KeyOf(program, "measured_in")),
        percent_(program.FindWord("unit.percent")),
        commune_(program.FindWord("unit.commune")),
        more_(program.FindWord("sign_more")),
        less_(program.FindWord("sign_less")),
        decrease_(program.FindWord("decrease")) {
    for (const JournalEntry& entry : journal.entries()) {
      if (entry.event != Event::kMeasured || entry.on == kAbsent || entry.on > as_of_) continue;
      const Field* field = program_.FindField(entry.object, value_);
      if (field && field->entry_count > 0)
        measured_[entry.subject].push_back({entry.object, entry.on, static_cast<Cell>(field->first_entry)});
    }
    for (auto& [subject, values] : measured_) {
      std::stable_sort(values.begin(), values.end(),
                       [](const MeasuredValue& a, const MeasuredValue& b) { return a.day < b.day; });
    }
  }

  std::vector<TargetStanding> Run() {
    std::vector<TargetStanding> out;
    const WordId target = program_.FindWord("target");
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      if (program_.kinds[program_.entities[i].kind].word != target) continue;
      TargetStanding standing = Read(static_cast<EntityId>(i));
      if (standing.levels.empty()) continue;
      Judge(standing);
      out.push_back(std::move(standing));
    }
    return out;
  }

 private:
  TargetStanding Read(EntityId id) const {
    TargetStanding standing;
    standing.target = id;
    const auto rows = program_.SeriesOf(id);
    const auto first =
        std::find_if(rows.begin(), rows.end(), [](const SeriesRow& row) { return row.comparator != kNoWord && !row.is_change; });
    if (first != rows.end()) standing.type = first->type;
    ReadBaseline(standing, first != rows.end());
    for (const SeriesRow& row : rows) {
      if (row.comparator == kNoWord || row.horizon == kAbsent || row.out_of != Symbol::kEmpty || row.scope != Symbol::kEmpty)
        continue;
      AddLevel(row, standing);
    }
    std::stable_sort(standing.levels.begin(), standing.levels.end(),
                     [](const RequiredLevel& a, const RequiredLevel& b) { return a.day < b.day; });
    const Field* named = program_.FindField(id, indicator_);
    const EntityId indicator = named && named->entry_count > 0 && program_.entries[named->first_entry].type == Type::kEntity
                                   ? static_cast<EntityId>(program_.entries[named->first_entry].value)
                                   : EntityId::kNone;
    standing.indicator = indicator;
    for (const EntityId subject : {indicator, id}) {
      const auto found = subject == EntityId::kNone ? measured_.end() : measured_.find(subject);
      if (found == measured_.end()) continue;
      for (MeasuredValue value : found->second) {
        const Entry& told = program_.entries[static_cast<size_t>(value.value)];
        value.value = told.type == standing.type ? told.value : kAbsent;
        standing.measured.push_back(value);
      }
    }
    std::stable_sort(standing.measured.begin(), standing.measured.end(),
                     [](const MeasuredValue& a, const MeasuredValue& b) { return a.day < b.day; });
    return standing;
  }

  void ReadBaseline(TargetStanding& standing, bool leveled) const {
    const Field* field = program_.FindField(standing.target, baseline_);
    if (!field || field->entry_count == 0) return;
    const Entry& entry = program_.entries[field->first_entry];
    if (!IsDecimal(entry.type)) return;
    if (!leveled) standing.type = entry.type;  // where all rows are changes, what they start from says the measure
    standing.baseline = entry.type == standing.type || entry.type != Type::kPercent ? entry.value : kAbsent;
    standing.baseline_day = BaselineDayOf(program_, standing.target, baseline_);
  }

  void AddLevel(const SeriesRow& row, TargetStanding& standing) const {
    if (row.per_object != EntityId::kNone || (row.per != kNoWord && row.per == commune_))
      return;  // a number a place is no level of the whole
    RequiredLevel level;
    level.row = row.object;
    level.day = row.horizon;
    level.yearly = row.per != kNoWord;
    level.at_most = row.least == kAbsent;
    level.value = level.at_most ? row.most : row.least;
    level.strict = row.comparator == more_ || row.comparator == less_;
    if (level.value == kAbsent) return;
    if (row.is_change) {
      if (standing.baseline == kAbsent) return;
      const bool down = row.verb == decrease_;
      const Decimal change = down ? Of(level.value).Negated() : Of(level.value);
      const bool relative = row.type == Type::kPercent && !InPercent(standing);
      const auto factor = Decimal::FromInt(1).Plus(change);
      const auto result =
          relative ? (factor ? Of(standing.baseline).Times(*factor) : std::nullopt) : Of(standing.baseline).Plus(change);
      if (!result) return;
      level.value = result->cell();
      level.at_most = down;
    }
    standing.levels.push_back(level);
  }

  bool InPercent(const TargetStanding& standing) const {
    const Field* field = program_.FindField(standing.target, measured_in_);
    if (field && field->entry_count > 0) {
      const Entry& entry = program_.entries[field->first_entry];
      return entry.type == Type::kWord && entry.value == Cell{percent_};
    }
    return standing.type == Type::kPercent;
  }

  void Judge(TargetStanding& standing) const {
    const RequiredLevel *before = nullptr, *next = nullptr;
    for (const RequiredLevel& level : standing.levels) {
      if (level.day <= as_of_)
        before = &level;
      else if (!next)
        next = &level;
    }
    if (next) standing.next_row = next->row;
    RequiredLevel now;
    const bool last_day = before && before->day == as_of_ && before->yearly;  // of a year that its own row still asks for
    // Each year up to its horizon, since the horizon before it; a first one in its own year.
    const auto year_of = [](Cell day) { return Date(static_cast<int32_t>(day)).ymd().year; };
    if (next && next->yearly && !last_day && (before || year_of(next->day) == year_of(as_of_)))
      now = *next;
    else if (before)
      now = *before;
    if (path_ == RequiredPath::kLinear && next && !next->yearly) {
      const Cell from_day = before ? before->day : standing.baseline_day;
      const Cell from = before ? before->value : standing.baseline;
      if (from_day != kAbsent && from != kAbsent && from_day <= as_of_ && from_day < next->day) {
        const auto value = Between(Of(from), Of(next->value), as_of_ - from_day, next->day - from_day, !next->at_most);
        if (value) {
          now = *next;
          now.value = value->cell();
          now.strict = false;
        }
      }
    }
    standing.required = now.value;
    standing.required_at_most = now.at_most;
    standing.required_row = now.row;
    const MeasuredValue* last = nullptr;
    for (const MeasuredValue& value : standing.measured) last = value.value != kAbsent ? &value : last;
    if (!last) {
      standing.state = now.value == kAbsent ? TargetState::kNotYet : TargetState::kUnmeasured;
      return;
    }
    const Decimal value = Of(last->value);
    if (now.value != kAbsent && !Meets(value, now))
      standing.state = TargetState::kBehind;
    else if (!next || Meets(value, *next))
      standing.state = TargetState::kReached;
    else
      standing.state = now.value == kAbsent ? TargetState::kNotYet : TargetState::kOnPath;
  }

  const Program& program_;
  const Cell as_of_;
  const RequiredPath path_;
  const WordId baseline_, indicator_, value_, measured_in_, percent_, commune_, more_, less_, decrease_;
  // By subject; while it is read, `value` is the place of the entry.
  absl::flat_hash_map<EntityId, std::vector<MeasuredValue>> measured_;
};

}  // namespace

std::string_view IdOf(TargetState state) {
  constexpr std::string_view kIds[kTargetStates] = {"reached", "on_path", "behind", "unmeasured", "not_yet"};
  return kIds[static_cast<size_t>(state)];
}

RequiredPath PathOf(const Program& program) {
  if (program.plan == EntityId::kNone) return RequiredPath::kStep;
  const Field* field = program.FindField(program.plan, KeyOf(program, "required_path"));
  if (!field || field->entry_count == 0) return RequiredPath::kStep;
  return program.entries[field->first_entry].value == Cell{program.FindWord("path_linear")} ? RequiredPath::kLinear
                                                                                            : RequiredPath::kStep;
}

std::vector<TargetStanding> StandingsOf(const Program& program, const Journal& journal, Date as_of) {
  return Reckoning(program, journal, as_of).Run();
}

namespace {

class Measurements {
 public:
  Measurements(const Program& program, const std::vector<TargetStanding>& standings) : program_(program), standings_(standings) {
    for (const TargetStanding& one : standings) {
      if (one.indicator != EntityId::kNone) of_indicator_.try_emplace(one.indicator, &one);
    }
  }

  // The depth is that of an expression, which is bounded where it is read.
  std::optional<bool> Holds(uint32_t at) const {
    const ConditionNode& node = program_.condition_nodes[at];
    switch (node.kind) {
      case ConditionNode::Kind::kCompare: return Compare(node);
      case ConditionNode::Kind::kNot: {
        const auto inner = Holds(node.children[0]);
        return inner ? std::optional(!*inner) : std::nullopt;
      }
      default: {
        const bool decides = node.kind == ConditionNode::Kind::kOr;
        bool all_known = true;
        for (const uint32_t child : node.children) {
          const auto inner = Holds(child);
          if (inner == decides) return decides;
          all_known &= inner.has_value();
        }
        return all_known ? std::optional(!decides) : std::nullopt;
      }
    }
  }

 private:
  std::optional<bool> Compare(const ConditionNode& node) const {
    std::optional<Decimal> sum = Decimal();
    for (const LinearTerm& term : node.terms) {
      const auto value = ValueOf(term);
      const auto product = value ? value->Times(Of(term.factor)) : std::nullopt;
      sum = sum && product ? sum->Plus(*product) : std::nullopt;
    }
    if (!sum) return std::nullopt;
    const Decimal bound = Of(node.bound);
    switch (node.sign) {
      case Op::kLess: return *sum < bound;
      case Op::kLessEqual: return *sum <= bound;
      case Op::kGreater: return *sum > bound;
      case Op::kGreaterEqual: return *sum >= bound;
      case Op::kNotEqual: return *sum != bound;
      default: return *sum == bound;
    }
  }

  const TargetStanding* Find(EntityId series) const {
    const auto at = std::lower_bound(standings_.begin(), standings_.end(), series,
                                     [](const TargetStanding& a, EntityId id) { return a.target < id; });
    if (at != standings_.end() && at->target == series) return &*at;
    const auto of = of_indicator_.find(series);
    return of == of_indicator_.end() ? nullptr : of->second;
  }

  std::optional<Decimal> ValueOf(const LinearTerm& term) const {
    const TargetStanding* standing = Find(term.series);
    std::optional<Decimal> value;
    for (size_t i = 0; standing && i < standing->measured.size(); ++i) {
      const MeasuredValue& one = standing->measured[i];
      if (one.value == kAbsent) continue;
      if (term.year != 0 && Date(static_cast<int32_t>(one.day)).ymd().year != term.year) continue;
      value = Of(one.value);
    }
    return value;
  }

  const Program& program_;
  const std::vector<TargetStanding>& standings_;
  absl::flat_hash_map<EntityId, const TargetStanding*> of_indicator_;  // the first target that names it
};

}  // namespace

std::vector<std::optional<bool>> ConditionsByMeasured(const Program& program, const std::vector<TargetStanding>& standings) {
  const Measurements measurements(program, standings);
  std::vector<std::optional<bool>> out;
  for (const Condition& condition : program.conditions) out.push_back(measurements.Holds(condition.root));
  return out;
}

}  // namespace ordo::ir

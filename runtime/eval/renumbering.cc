#include "runtime/eval/renumbering.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "runtime/ir/analysis.h"

namespace ordo::eval {

using ir::kNone;

namespace {

// Numbers that objects of two programs share if they are the same: kind, name or place, and what they lie in.
std::vector<uint64_t> Identities(const ir::Program& program) {
  const auto count = static_cast<uint32_t>(program.entities.size());
  std::vector<uint32_t> begin(program.kinds.size() + 1), order(count);
  for (const ir::Entity& entity : program.entities) ++begin[entity.kind + 1];
  for (size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  for (uint32_t i = 0; i < count; ++i) order[begin[program.entities[i].kind]++] = i;
  // Place among those of the same kind, without a name, in the same object.
  std::vector<uint32_t> place(count), next(count + 1), kind_of_next(count + 1, kNone);
  for (const uint32_t id : order) {
    const ir::Entity& entity = program.entities[id];
    if (entity.name != Symbol::kEmpty) continue;
    const uint32_t parent = entity.parent == EntityId::kNone ? count : static_cast<uint32_t>(entity.parent);
    if (kind_of_next[parent] != entity.kind) kind_of_next[parent] = entity.kind, next[parent] = 0;
    place[id] = ++next[parent];
  }
  std::vector<uint64_t> identities(count);
  for (uint32_t i = 0; i < count; ++i) {
    const ir::Entity& entity = program.entities[i];
    const auto parent = static_cast<uint32_t>(entity.parent);
    const uint64_t around = entity.parent != EntityId::kNone && parent < i ? identities[parent] : 0;
    identities[i] = absl::HashOf(entity.kind, around, place[i], place[i] == 0 ? program.text(entity.name) : std::string_view());
  }
  return identities;
}

std::vector<uint32_t> Inverse(const std::vector<uint32_t>& map, size_t size) {
  std::vector<uint32_t> inverse(size, kNone);
  for (uint32_t i = 0; i < map.size(); ++i) {
    if (map[i] != kNone) inverse[map[i]] = i;
  }
  return inverse;
}

constexpr auto kNever = [](uint32_t) { return false; };

}  // namespace

// Whether a rule of each program says the same.
class SameCode {
 public:
  explicit SameCode(const Renumbering& numbers) : numbers_(numbers), before_(numbers.before_), after_(numbers.after_) {
    // As a rule no rule was edited: then equal numbers are equal things.
    alike_ = before_.exprs == after_.exprs && before_.arguments == after_.arguments && before_.bodies == after_.bodies;
    for (uint32_t i = 0; alike_ && i < numbers.relations_.size(); ++i) alike_ = numbers.relations_[i] == i;
    for (size_t i = 0; alike_ && i < before_.exprs.size(); ++i) {
      const ir::Expr& expr = before_.exprs[i];
      alike_ = expr.op != ir::Op::kConst || numbers.SameCell(expr.type, expr.constant, expr.constant);
    }
    for (size_t i = 0; alike_ && i < before_.bodies.size(); ++i) {
      for (const ir::Literal& literal : before_.bodies[i].literals) {
        for (const ir::Match& match : literal.matches) {
          const ir::Type type = before_.relations[literal.relation].columns[match.column].type;
          alike_ = alike_ && (match.var != kNone || numbers.SameCell(type, match.constant, match.constant));
        }
      }
    }
  }

  bool Rule(const ir::Rule& a, const ir::Rule& b) {
    if (a.variables.size() != b.variables.size()) return false;
    for (size_t i = 0; i < a.variables.size(); ++i) {
      if (a.variables[i].type != b.variables[i].type) return false;
    }
    return Relation(a.head, b.head) && Exprs(a.head_arguments, b.head_arguments) && Body(a.body, b.body);
  }

 private:
  bool Relation(ir::RelationId a, ir::RelationId b) const { return a == kNone || b == kNone ? a == b : numbers_.relations_[a] == b; }
  bool Exprs(std::span<const ir::ExprId> a, std::span<const ir::ExprId> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [this](ir::ExprId x, ir::ExprId y) { return Expr(x, y); });
  }

  bool Body(ir::BodyId a, ir::BodyId b) {
    if (alike_ && a == b) return true;
    const auto literal = [this](const ir::Literal& x, const ir::Literal& y) {
      if (x.kind != y.kind || x.var != y.var || !Relation(x.relation, y.relation)) return false;
      const auto match = [&](const ir::Match& m, const ir::Match& n) {
        if (m.column != n.column || m.var != n.var) return false;
        return m.var != kNone || numbers_.SameCell(before_.relations[x.relation].columns[m.column].type, m.constant, n.constant);
      };
      if (!std::equal(x.matches.begin(), x.matches.end(), y.matches.begin(), y.matches.end(), match)) return false;
      return x.kind == ir::Literal::Kind::kScan || Expr(x.expr, y.expr);
    };
    const auto& x = before_.bodies[a].literals;
    const auto& y = after_.bodies[b].literals;
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), literal);
  }

  bool Expr(ir::ExprId a, ir::ExprId b) {
    if (a == kNone || b == kNone) return a == b;
    if (alike_ && a == b) return true;
    const uint64_t key = uint64_t{a} << 32 | b;
    if (equal_.contains(key)) return true;
    const ir::Expr& x = before_.exprs[a];
    const ir::Expr& y = after_.exprs[b];
    if (x.op != y.op || x.type != y.type || x.argument_count != y.argument_count) return false;
    const auto arguments = [&] {
      return x.argument_count == 0 || Exprs(std::span(before_.arguments).subspan(x.first_argument, x.argument_count),
                                            std::span(after_.arguments).subspan(y.first_argument, y.argument_count));
    };
    bool same;
    switch (x.op) {
      case ir::Op::kVar: same = x.a == y.a; break;
      case ir::Op::kConst: same = numbers_.SameCell(x.type, x.constant, y.constant); break;
      case ir::Op::kColumn: same = Relation(x.b, y.b) && x.c == y.c && Expr(x.a, y.a); break;
      case ir::Op::kHas: same = Relation(x.b, y.b) && arguments(); break;
      case ir::Op::kCall: same = before_.functions[x.a] == after_.functions[y.a] && arguments(); break;
      default:
        if (ir::HoldsBody(x.op)) same = Body(x.a, y.a) && Expr(x.b, y.b) && x.c == y.c && arguments();
        else same = x.c == y.c && Expr(x.a, y.a) && Expr(x.b, y.b) && arguments();
    }
    if (same) equal_.insert(key);
    return same;
  }

  const Renumbering& numbers_;
  const ir::Program& before_;
  const ir::Program& after_;
  bool alike_ = false;
  absl::flat_hash_set<uint64_t> equal_;
};

Renumbering::Renumbering(const ir::Program& before, const ir::Program& after, std::vector<uint64_t>& identities_before,
                         std::vector<uint64_t>& identities_after)
    : before_(before), after_(after) {
  const auto same_kind = [](const ir::Kind& a, const ir::Kind& b) { return a.word == b.word; };
  comparable_ = before.words == after.words && std::equal(before.kinds.begin(), before.kinds.end(), after.kinds.begin(), after.kinds.end(), same_kind);
  if (!comparable_) return;
  PairTexts();
  if (identities_before.size() != before.entities.size()) identities_before = Identities(before);
  identities_after = Identities(after);
  PairObjects(identities_before, identities_after);
  PairRelations();
  PairRules();
  FindChanged();
  const auto period = [this](const ir::Period& a, const ir::Period& b) {
    return SameObject(a.object, b.object) && a.first_day == b.first_day && a.last_day == b.last_day;
  };
  ir::Frame own = before.frame, other = after.frame;
  const auto day = [this](const SpecialDay& a, const SpecialDay& b) {
    return a.date == b.date && a.kind == b.kind && a.scope == b.scope && a.status == b.status && SameText(a.title, b.title) &&
           SameText(a.source, b.source);
  };
  same_calendar_ = std::equal(before.special_days.begin(), before.special_days.end(), after.special_days.begin(), after.special_days.end(), day) &&
                   std::equal(own.periods.begin(), own.periods.end(), other.periods.begin(), other.periods.end(), period);
  own.periods.clear(), other.periods.clear();
  same_calendar_ = same_calendar_ && own == other;
}

void Renumbering::PairTexts() {
  const StringPool& from = *before_.strings;
  const StringPool& to = *after_.strings;
  same_pool_ = texts_stay_ = &from == &to;
  if (same_pool_) return;
  texts_.resize(from.size(), kNone);
  texts_stay_ = true;
  uint32_t next = 0;
  for (uint32_t i = 0; i < from.size(); ++i) {
    const std::string_view text = from[Symbol{i}];
    if (next < to.size() && to[Symbol{next}] == text) {
      texts_[i] = next++;
    } else if (const Symbol found = to.Find(text); found != Symbol::kEmpty) {
      texts_[i] = static_cast<uint32_t>(found);
      next = texts_[i] + 1;
    }
    texts_stay_ = texts_stay_ && texts_[i] == i;
  }
}

void Renumbering::PairObjects(const std::vector<uint64_t>& from, const std::vector<uint64_t>& to) {
  const auto same = [&](uint32_t a, uint32_t b) { return from[a] == to[b] && before_.entities[a].kind == after_.entities[b].kind; };
  // What is not on the other side at all is passed over; asked only where the two part.
  absl::flat_hash_set<uint64_t> left, right;
  size_t prefix = 0;
  while (prefix < from.size() && prefix < to.size() && from[prefix] == to[prefix]) ++prefix;
  if (prefix < from.size() || prefix < to.size()) {
    size_t suffix = 0;
    while (suffix < from.size() - prefix && suffix < to.size() - prefix && from[from.size() - 1 - suffix] == to[to.size() - 1 - suffix]) ++suffix;
    left.insert(from.begin() + static_cast<ptrdiff_t>(prefix), from.end() - static_cast<ptrdiff_t>(suffix));
    right.insert(to.begin() + static_cast<ptrdiff_t>(prefix), to.end() - static_cast<ptrdiff_t>(suffix));
    const size_t from_end = from.size() - suffix, to_end = to.size() - suffix;
    objects_ = Align(
        static_cast<uint32_t>(from.size()), static_cast<uint32_t>(to.size()), same,
        [&](uint32_t a) { return a >= prefix && a < from_end && !right.contains(from[a]); },
        [&](uint32_t b) { return b >= prefix && b < to_end && !left.contains(to[b]); });
  } else {
    objects_ = Align(static_cast<uint32_t>(from.size()), static_cast<uint32_t>(to.size()), same, kNever, kNever);
  }
  old_objects_ = Inverse(objects_, to.size());
  objects_stay_ = true;
  for (uint32_t i = 0; objects_stay_ && i < objects_.size(); ++i) objects_stay_ = objects_[i] == i;
}

void Renumbering::PairRelations() {
  const auto same = [this](uint32_t a, uint32_t b) {
    const ir::Relation& x = before_.relations[a];
    const ir::Relation& y = after_.relations[b];
    const auto column = [this](const ir::Column& m, const ir::Column& n) { return m.type == n.type && SameText(m.name, n.name); };
    return x.keyed == y.keyed && x.derived == y.derived && SameText(x.name, y.name) &&
           std::equal(x.columns.begin(), x.columns.end(), y.columns.begin(), y.columns.end(), column);
  };
  relations_ = Align(static_cast<uint32_t>(before_.relations.size()), static_cast<uint32_t>(after_.relations.size()), same, kNever, kNever);
  old_relations_ = Inverse(relations_, after_.relations.size());
}

void Renumbering::PairRules() {
  const auto same = [this](uint32_t a, uint32_t b) {
    const ir::Rule& x = before_.rules[a];
    const ir::Rule& y = after_.rules[b];
    return SameText(x.name, y.name) && relations_[x.head] == y.head;
  };
  rules_ = Align(static_cast<uint32_t>(before_.rules.size()), static_cast<uint32_t>(after_.rules.size()), same, kNever, kNever);
  SameCode code(*this);
  for (uint32_t i = 0; i < rules_.size(); ++i) {
    if (rules_[i] != kNone && !code.Rule(before_.rules[i], after_.rules[rules_[i]])) rules_[i] = kNone;
  }
  old_rules_ = Inverse(rules_, after_.rules.size());
}

bool Renumbering::SameSeries(const std::vector<ir::SeriesRow>& before, const std::vector<ir::SeriesRow>& after, uint32_t a, uint32_t b) const {
  const uint32_t i = before_.entities[a].row, k = after_.entities[b].row;
  const bool has = i < before.size() && static_cast<uint32_t>(before[i].object) == a;
  if (has != (k < after.size() && static_cast<uint32_t>(after[k].object) == b)) return false;
  if (!has) return true;
  ir::SeriesRow own = before[i];
  const ir::SeriesRow& other = after[k];
  for (const auto& member : {&ir::SeriesRow::text, &ir::SeriesRow::out_of, &ir::SeriesRow::scope, &ir::SeriesRow::written}) {
    if (!SameText(own.*member, other.*member)) return false;
    own.*member = other.*member;
  }
  for (const auto& member : {&ir::SeriesRow::object, &ir::SeriesRow::per_object, &ir::SeriesRow::population}) {
    if (!SameObject(own.*member, other.*member)) return false;
    own.*member = other.*member;
  }
  return own == other;
}

bool Renumbering::SameRecord(uint32_t before, uint32_t after) const {
  const ir::Entity& a = before_.entities[before];
  const ir::Entity& b = after_.entities[after];
  if (a.field_count != b.field_count || !SameText(a.name, b.name) || !SameText(a.title, b.title) || !SameObject(a.parent, b.parent)) return false;
  for (uint32_t f = 0; f < a.field_count; ++f) {
    const ir::Field& x = before_.fields[a.first_field + f];
    const ir::Field& y = after_.fields[b.first_field + f];
    if (x.word != y.word || x.none != y.none || x.shared != y.shared || x.entry_count != y.entry_count || !SameText(x.written, y.written)) return false;
    for (uint32_t e = 0; e < x.entry_count; ++e) {
      const ir::Entry& m = before_.entries[x.first_entry + e];
      const ir::Entry& n = after_.entries[y.first_entry + e];
      if (m.type != n.type || m.mode != n.mode || m.member != n.member || m.product != n.product || (m.lag == kNone) != (n.lag == kNone)) return false;
      if (!SameCell(m.type, m.value, n.value) || !SameObject(m.resolved, n.resolved) || !SameObject(m.object, n.object)) return false;
      if (!SameText(m.part, n.part) || !SameText(m.wording, n.wording)) return false;
      if (m.lag != kNone && before_.lags[m.lag] != after_.lags[n.lag]) return false;
    }
  }
  return SameSeries(before_.series, after_.series, before, after) &&
         SameSeries(before_.reference_series, after_.reference_series, before, after);
}

void Renumbering::FindChanged() {
  std::vector<bool> changed(objects_.size());
  for (uint32_t i = 0; i < objects_.size(); ++i) changed[i] = objects_[i] != kNone && !SameRecord(i, objects_[i]);
  for (bool again = true; again;) {
    again = false;
    for (uint32_t i = 0; i < objects_.size(); ++i) {
      const EntityId parent = before_.entities[i].parent;
      if (changed[i] || parent == EntityId::kNone || !changed[static_cast<uint32_t>(parent)]) continue;
      changed[i] = true;
      again = again || static_cast<uint32_t>(parent) > i;
    }
  }
  for (uint32_t i = 0; i < objects_.size(); ++i) {
    if (!changed[i] || objects_[i] == kNone) continue;
    changed_before_.push_back(i);
    changed_after_.push_back(objects_[i]);
  }
}

}  // namespace ordo::eval

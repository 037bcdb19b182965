#include <algorithm>

#include "runtime/ir/verify_parts.h"

namespace ordo::ir {

namespace {

class FactsOf : Inspector {
 public:
  FactsOf(const Program& program, Faults& faults) : Inspector(program, faults) {}

  void Run() {
    std::vector<uint32_t> sizes(program_.kinds.size());
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const Entity& entity = program_.entities[i];
      At("object {}", i);
      if (entity.row != sizes[entity.kind]) Fault("row {} of its kind, not {}", entity.row, sizes[entity.kind]);
      ++sizes[entity.kind];
    }
    Parents();
    std::vector<KindId> kind_of(program_.relations.size(), kNoKind);
    for (size_t i = 0; i < program_.kinds.size(); ++i) {
      const Kind& kind = program_.kinds[i];
      At("kind {}", i);
      if (program_.words[kind.word].id == "time" && sizes[i] != program_.times.size()) {
        Fault("{} objects and {} times", sizes[i], program_.times.size());
      }
      if (kind.relation == kNone) continue;
      if (!program_.relations[kind.relation].keyed) Fault("relation {} is not keyed", kind.relation);
      if (kind_of[kind.relation] != kNoKind) Fault("relation {} belongs to kind {} too", kind.relation, kind_of[kind.relation]);
      kind_of[kind.relation] = static_cast<KindId>(i);
    }
    for (size_t i = 0; i < program_.relations.size(); ++i) RelationFacts(i, kind_of[i]);
    for (size_t i = 0; i < program_.entries.size(); ++i) {
      At("entry {}", i);
      CellOk(program_.entries[i].value, program_.entries[i].type, true);
    }
    for (size_t i = 0; i < program_.exprs.size(); ++i) {
      At("expr {}", i);
      if (program_.exprs[i].op == Op::kConst) CellOk(program_.exprs[i].constant, program_.exprs[i].type, false);
    }
    for (size_t i = 0; i < program_.bodies.size(); ++i) {
      for (const Literal& literal : program_.bodies[i].literals) {
        At("body {}", i);
        if (literal.kind != Literal::Kind::kScan) continue;
        for (const Match& match : literal.matches) {
          if (match.var == kNone) CellOk(match.constant, program_.relations[literal.relation].columns[match.column].type, false);
        }
      }
    }
    for (size_t i = 0; i < program_.checks.size(); ++i) {
      const Check& check = program_.checks[i];
      At("check {}", i);
      for (size_t j = 0; j < check.constants.size(); ++j) CellOk(check.constants[j].second, check.constant_types[j], true);
    }
    for (size_t i = 0; i < program_.waivers.size(); ++i) {
      At("waiver {}", i);
      CellOk(program_.waivers[i].until, Type::kDate, true);
    }
  }

 private:
  bool Fits(Cell cell, Type type) const {
    switch (type) {
      case Type::kEntity:
        return cell >= 0 && static_cast<uint64_t>(cell) < program_.entities.size();
      case Type::kText:
        return cell >= 0 && static_cast<uint64_t>(cell) < program_.strings->size();
      case Type::kWord:
        return cell >= 0 && static_cast<uint64_t>(cell) < program_.words.size();
      case Type::kBool:
        return cell == 0 || cell == 1;
      case Type::kDate:
        return cell >= Date::FromYmd(1, 1, 1)->days() && cell <= Date::FromYmd(9999, 12, 31)->days();
      default: {
        const Decimal value = Decimal::FromCell(cell);
        if (value.scale() < 0 || value.scale() > 15) return false;
        const std::optional<Decimal> made = Decimal::Make(value.mantissa(), value.scale());
        return made && made->cell() == cell;
      }
    }
  }
  void CellOk(Cell cell, Type type, bool may_be_absent) {
    if (cell == kAbsent) {
      if (!may_be_absent) Fault("an absent cell");
    } else if (!Fits(cell, type)) {
      Fault("{} is no {}", cell, NameOf(type));
    }
  }

  // Whoever climbs from an object to the plan must arrive.
  void Parents() {
    std::vector<uint32_t> climb(program_.entities.size(), kNone);   // the object from which each was first reached
    for (uint32_t i = 0; i < program_.entities.size(); ++i) {
      uint32_t at = i;
      while (climb[at] == kNone) {
        climb[at] = i;
        const EntityId parent = program_.entities[at].parent;
        if (parent == EntityId::kNone) break;
        at = static_cast<uint32_t>(parent);
        if (climb[at] == i) {
          At("object {}", at);
          Fault("is among its own parents");
          break;
        }
      }
    }
  }

  void RelationFacts(size_t i, KindId kind) {
    const Relation& relation = program_.relations[i];
    At("relation {} «{}»", i, program_.text(relation.name));
    const auto uneven = [&](const std::vector<Cell>& column) { return column.size() != relation.rows(); };
    if (std::any_of(relation.data.begin(), relation.data.end(), uneven)) return Fault("columns of different length");
    if (relation.derived) {
      if (relation.keyed) Fault("both keyed and derived");
      if (relation.rows() > 0 || !relation.spans.empty()) Fault("derived and yet with rows");
      return;
    }
    if (relation.columns.empty()) return Fault("no column");
    if (relation.data.size() != relation.columns.size()) {
      return Fault("{} columns of data for {}", relation.data.size(), relation.columns.size());
    }
    if (relation.spans.size() != relation.rows()) Fault("{} spans for {} rows", relation.spans.size(), relation.rows());
    for (size_t column = 0; column < relation.columns.size(); ++column) {
      const size_t before = faults_.size();
      for (const Cell cell : relation.data[column]) {
        CellOk(cell, relation.columns[column].type, relation.keyed && column > 0);
        if (faults_.size() > before) break;  // one a column is enough
      }
    }
    if (!relation.keyed) return;
    if (kind == kNoKind) return Fault("keyed and of no kind");
    if (relation.columns[0].type != Type::kEntity) return Fault("its key is no object");
    size_t objects = 0;
    for (const Entity& entity : program_.entities) {
      if (entity.kind != kind) continue;
      ++objects;
      if (entity.row < relation.rows() && &program_.entities[relation.data[0][entity.row]] != &entity) {
        return Fault("row {} is not its object's", entity.row);
      }
    }
    if (objects != relation.rows()) Fault("{} rows for {} objects", relation.rows(), objects);
  }
};

}  // namespace

void VerifyFacts(const Program& program, Faults& faults) { FactsOf(program, faults).Run(); }

}  // namespace ordo::ir

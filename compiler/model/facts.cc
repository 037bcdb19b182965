#include "compiler/model/facts.h"

#include <string>

#include "fmt/format.h"

namespace ordo {
namespace {

KindSet KindsOf(std::string_view ids) {
  KindSet set = 0;
  while (!ids.empty()) {
    const std::string_view id = ids.substr(0, ids.find(' '));
    ids.remove_prefix(std::min(ids.size(), id.size() + 1));
    for (size_t i = 1; i <= kKindCount; ++i) {
      if (RowOf(static_cast<W>(i)).id == id) set |= Only(static_cast<W>(i));
    }
  }
  return set;
}

std::vector<Property> MakeProperties() {
  std::vector<Property> out;
  constexpr bool Always = true, Maybe = false;
  auto column = [&](W kind, W member, ir::Type type, std::string_view result, bool always) {
    out.push_back({member, Only(kind), PropertyForm::kColumn, type, KindsOf(result), always});
  };
  // A member may be spelt like a key: the row of the key then stands for both.
#define ORDO_COLUMN(kind, member, type, result, presence) \
  column(FindWordById("kind", "type", #kind), FindWordById("key", "member", #member), ir::Type::k##type, result, presence);
#define ORDO_SET(kinds, member, result) \
  out.push_back({FindWordById("key", "member", #member), KindsOf(kinds), PropertyForm::kSet, ir::Type::kEntity, KindsOf(result), true});
  auto FindWordById = [](std::string_view family, std::string_view other, std::string_view id) {
    for (const std::string_view wanted : {family, other}) {
      for (size_t i = 1; i < word_count(); ++i) {
        if (RowOf(static_cast<W>(i)).family == wanted && RowOf(static_cast<W>(i)).id == id) return static_cast<W>(i);
      }
    }
    return W::kNone;
  };
#include "compiler/model/properties.def"
#undef ORDO_COLUMN
#undef ORDO_SET
  for (const FieldSpec& spec : Schema()) {
    bool special = false;
    for (const Property& property : out) special |= property.member == spec.key && (property.kinds & Only(spec.kind));
    if (special) continue;
    Property property{spec.key, Only(spec.kind), PropertyForm::kColumn, ir::Type::kText, 0, false};
    switch (spec.type) {
      case FieldType::kText: case FieldType::kTexts: break;
      case FieldType::kWord: property.type = ir::Type::kWord; break;
      case FieldType::kNumber: case FieldType::kQuantity: case FieldType::kBaseline:
        property.type = spec.key == W::key_cost || spec.key == W::key_total ? ir::Type::kMoney : ir::Type::kNumber;
        break;
      case FieldType::kRef: property.type = ir::Type::kEntity; property.result = spec.kinds; break;
      case FieldType::kTime: case FieldType::kTimes: case FieldType::kDate:
        property.type = ir::Type::kEntity;
        property.result = Only(W::type_time);
        break;
      case FieldType::kDuration: property.type = ir::Type::kWorkingDays; break;
      case FieldType::kRefs:
        property.form = PropertyForm::kSet;
        property.type = ir::Type::kEntity;
        property.result = spec.kinds;
        break;
      case FieldType::kRoles:
        property.form = PropertyForm::kSet;
        property.type = ir::Type::kEntity;
        property.result = kParties | (spec.key == W::key_funding ? Only(W::kind_task) | Only(W::kind_document) | Only(W::kind_budget) : 0);
        break;
      case FieldType::kProducts:
        property.form = PropertyForm::kSet;
        property.type = ir::Type::kEntity;
        property.result = Only(W::kind_target) | Only(W::kind_indicator) | Only(W::kind_document);
        break;
      case FieldType::kWords:
        property.form = PropertyForm::kSet;
        property.type = ir::Type::kWord;
        break;
      default: continue;
    }
    out.push_back(property);
  }
  // One row a member where kinds agree, so that `x.lead` works for tasks and targets alike.
  std::vector<Property> joined;
  for (const Property& property : out) {
    bool merged = false;
    for (Property& other : joined) {
      if (other.member != property.member || other.form != property.form || other.form == PropertyForm::kColumn) continue;
      other.kinds |= property.kinds;
      other.result |= property.result;
      merged = true;
    }
    if (!merged) joined.push_back(property);
  }
  return joined;
}

const std::vector<Property>& Properties() {
  static const std::vector<Property> properties = MakeProperties();
  return properties;
}

}  // namespace

const Property* FindProperty(KindSet kinds, W member) {
  for (const Property& property : Properties()) {
    if (property.member == member && (property.kinds & kinds)) return &property;
  }
  return nullptr;
}

std::vector<W> MembersOf(KindSet kinds) {
  std::vector<W> members;
  for (const Property& property : Properties()) {
    if (property.kinds & kinds) members.push_back(property.member);
  }
  return members;
}

ir::RelationId Facts::Keyed(ir::Program& program, ir::KindId kind) {
  ir::Kind& entry = program.kinds[kind];
  if (entry.relation != ir::kNone) return entry.relation;
  entry.relation = static_cast<ir::RelationId>(program.relations.size());
  ir::Relation relation;
  relation.name = program.strings->Intern(RowOf(WordOfKind(kind)).id);
  relation.keyed = true;
  relation.columns.push_back({program.strings->Intern("object"), ir::Type::kEntity});
  program.relations.push_back(std::move(relation));
  return entry.relation;
}

Facts::Column Facts::ColumnOf(ir::Program& program, ir::KindId kind, const Property& property) {
  for (const Column& column : columns_) {
    if (column.kind == kind && column.member == property.member && !column.stated) return column;
  }
  const ir::RelationId relation = Keyed(program, kind);
  auto& columns = program.relations[relation].columns;
  columns.push_back({program.strings->Intern(RowOf(property.member).id), property.type});
  columns_.push_back({relation, static_cast<uint32_t>(columns.size() - 1), kind, property.member, false});
  return columns_.back();
}

Facts::Column Facts::StatedOf(ir::Program& program, ir::KindId kind, W member) {
  for (const Column& column : columns_) {
    if (column.kind == kind && column.member == member && column.stated) return column;
  }
  const ir::RelationId relation = Keyed(program, kind);
  auto& columns = program.relations[relation].columns;
  columns.push_back({program.strings->Intern(fmt::format("{} is_stated", RowOf(member).id)), ir::Type::kBool});
  columns_.push_back({relation, static_cast<uint32_t>(columns.size() - 1), kind, member, true});
  return columns_.back();
}

ir::RelationId Facts::SetOf(ir::Program& program, W member, bool entries, ir::Type type) {
  for (const Set& set : sets_) {
    if (set.member == member && set.entries == entries) return set.relation;
  }
  const auto id = static_cast<ir::RelationId>(program.relations.size());
  const std::string_view owner = member == W::key_members ? "group"
                               : member == W::member_steps ? "clash"
                               : member == W::member_statements ? "conflict"
                               : member == W::member_names_targets ? "condition"
                               : member == W::member_series || member == W::member_numeric ? "target"
                               : FindProperty(Only(W::kind_task), member) ? "task" : "object";
  ir::Relation relation;
  relation.name = program.strings->Intern(fmt::format("{}.{}{}", owner, RowOf(member).id, entries ? ".entries" : ""));
  relation.columns = {{program.strings->Intern(owner), ir::Type::kEntity},
                      {program.strings->Intern(entries ? "entry" : RowOf(member).id), type}};
  program.relations.push_back(std::move(relation));
  sets_.push_back({id, member, entries});
  return id;
}

}  // namespace ordo

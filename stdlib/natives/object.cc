#include "stdlib/natives/families.h"

namespace ordo::natives {
namespace {

using ir::Cell;
using Arguments = std::span<const Cell>;

const ir::Entity& ObjectOf(const ir::Program& program, Cell cell) { return program.entity(static_cast<EntityId>(cell)); }
Cell CellOf(Symbol symbol) { return symbol == Symbol::kEmpty ? ir::kAbsent : static_cast<Cell>(symbol); }

Cell TitleOf(const ir::Program& program, Arguments a) { return CellOf(ObjectOf(program, a[0]).title); }
Cell NameOf(const ir::Program& program, Arguments a) { return CellOf(ObjectOf(program, a[0]).name); }
Cell KindOf(const ir::Program& program, Arguments a) { return static_cast<Cell>(program.kinds[ObjectOf(program, a[0]).kind].word); }
Cell ParentOf(const ir::Program& program, Arguments a) {
  const EntityId parent = ObjectOf(program, a[0]).parent;
  return parent == EntityId::kNone ? ir::kAbsent : static_cast<Cell>(static_cast<uint32_t>(parent));
}

}  // namespace

void RegisterObject(std::vector<eval::Native>& all) {
  using ir::Type;
  all.push_back({"title_of", {Type::kEntity}, Type::kText, TitleOf});
  all.push_back({"name_of", {Type::kEntity}, Type::kText, NameOf});
  all.push_back({"kind_of", {Type::kEntity}, Type::kWord, KindOf});
  all.push_back({"parent_of", {Type::kEntity}, Type::kEntity, ParentOf});
}

}  // namespace ordo::natives

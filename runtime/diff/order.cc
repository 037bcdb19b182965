#include "runtime/diff/order.h"

#include <algorithm>
#include <limits>

namespace ordo::diff {
namespace {

// Kinds whose order is read: others stand where it suits their author.
bool IsOrdered(std::string_view kind) { return kind == "task" || kind == "section" || kind == "clause" || kind == "target"; }
// Kinds of which it counts what they stand in.
bool HasPlace(std::string_view kind) {
  return IsOrdered(kind) || kind == "milestone" || kind == "indicator" || kind == "reporting" || kind == "budget" || kind == "condition" ||
         kind == "requirement";
}

// Positions of one longest ascending run; of several the one that ends lowest.
std::vector<bool> LongestRun(const std::vector<EntityId>& order) {
  constexpr size_t kNone = std::numeric_limits<size_t>::max();
  std::vector<size_t> tails, before(order.size(), kNone);
  for (size_t i = 0; i < order.size(); ++i) {
    const auto at = std::lower_bound(tails.begin(), tails.end(), order[i], [&](size_t tail, EntityId value) { return order[tail] < value; });
    if (at != tails.begin()) before[i] = *(at - 1);
    if (at == tails.end())
      tails.push_back(i);
    else
      *at = i;
  }
  std::vector<bool> kept(order.size(), false);
  for (size_t i = tails.empty() ? kNone : tails.back(); i != kNone; i = before[i]) kept[i] = true;
  return kept;
}

}  // namespace

Moves FindMoves(const ir::Program& was, const ir::Program& now, const Matching& matching) {
  Moves out;
  using Key = std::pair<EntityId, ir::KindId>;
  absl::flat_hash_map<Key, std::vector<EntityId>> beside;  // place and kind of the new edition -> objects in their order
  absl::flat_hash_set<Key> disturbed;
  std::vector<Key> places;
  for (size_t i = 0; i < now.entities.size(); ++i) {
    const auto id = static_cast<EntityId>(i);
    if (!HasPlace(KindOf(now, id))) continue;
    const Key key(now.entity(id).parent, now.entity(id).kind);
    const EntityId old = matching.Was(id);
    if (old == EntityId::kNone) {
      disturbed.insert(key);
      continue;
    }
    const EntityId parent = was.entity(old).parent;
    const bool same = parent == EntityId::kNone ? key.first == EntityId::kNone : key.first != EntityId::kNone && matching.Now(parent) == key.first;
    if (!same) {
      out.moved.emplace(id, true);
      disturbed.insert(key);
      if (parent == EntityId::kNone || matching.Now(parent) != EntityId::kNone) disturbed.insert({matching.Now(parent), key.second});
      continue;
    }
    if (!IsOrdered(KindOf(now, id))) continue;
    std::vector<EntityId>& list = beside[key];
    if (list.empty()) places.push_back(key);
    list.push_back(id);
  }
  for (size_t i = 0; i < was.entities.size(); ++i) {  // dropped ones leave a gap
    const auto id = static_cast<EntityId>(i);
    if (!IsOrdered(KindOf(was, id)) || matching.Now(id) != EntityId::kNone) continue;
    const EntityId parent = was.entity(id).parent;
    if (parent == EntityId::kNone || matching.Now(parent) != EntityId::kNone) disturbed.insert({matching.Now(parent), was.entity(id).kind});
  }
  for (const Key& key : places) {
    const std::vector<EntityId>& list = beside[key];
    std::vector<EntityId> order;
    order.reserve(list.size());
    for (const EntityId id : list) order.push_back(matching.Was(id));
    const std::vector<bool> kept = LongestRun(order);
    bool still = !disturbed.contains(key);
    for (size_t i = 0; i < list.size(); ++i) {
      if (kept[i]) continue;
      out.moved.emplace(list[i], false);
      still = false;
    }
    if (still) out.quiet.insert(list.begin(), list.end());
  }
  return out;
}

}  // namespace ordo::diff

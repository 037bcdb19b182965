// Waivers at a day: which of them covers a finding, and which of them have run out or excuse nothing any more.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "runtime/ir/ir.h"

namespace ordo::report {

// Those that hold at a day, by code and subject. Without a day all of them hold.
class Waivers {
 public:
  Waivers(const ir::Program& program, std::optional<Date> as_of);

  bool empty() const { return held_.empty(); }
  // The name of the waiver of the object, or of the nearest one above it, or of the plan.
  std::optional<std::string> Covering(Symbol code, EntityId subject) const;
  // Calls `found(code, subject)` for every object at which a finding there is excused.
  template <class F>
  void ForEachCover(Symbol code, EntityId object, F&& found) const {
    bool plan = false;
    for (EntityId id = object; id != EntityId::kNone; id = program_.entity(id).parent) {
      plan |= id == program_.plan;
      if (held_.contains({code, id})) found(code, id);
    }
    // Everything in a plan stands in it, whether or not it says so.
    if (!plan && held_.contains({code, program_.plan})) found(code, program_.plan);
  }

 private:
  std::string NameOf(const ir::Waiver& waiver) const;

  const ir::Program& program_;
  absl::flat_hash_map<std::pair<Symbol, EntityId>, const ir::Waiver*> held_;
};

// Has the waiver ended before this day?
bool HasEnded(const ir::Waiver& waiver, std::optional<Date> as_of);

}  // namespace ordo::report

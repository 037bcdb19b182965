// Where targets stand, for people and tools: counts by who answers for them and by section, then a row a target; and the data of
// their trajectories. In: an evaluated program and the standings of runtime/ir. Nothing is reckoned here but counts.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "absl/container/flat_hash_map.h"
#include "runtime/ir/target_standing.h"
#include "runtime/report/print.h"
#include "runtime/report/table.h"
#include "runtime/report/trajectory.h"

namespace ordo::report {

// Who answers for a target: whoever it names, else whoever leads a task that has it among its products. In plan order.
class TargetLeads {
 public:
  explicit TargetLeads(const ir::Program& program);
  std::vector<EntityId> Of(EntityId target) const;

 private:
  const ir::Program& program_;
  absl::flat_hash_map<EntityId, std::vector<EntityId>> by_tasks_;
};

std::string NameOf(ir::TargetState state, Language language);
// Counts by lead, counts by section (where there are sections), a row a target.
std::vector<Table> TargetStatusTables(const ir::Program& program, const std::vector<ir::TargetStanding>& standings, Date as_of,
                                      Language language);
// {"path", "counts", "by_lead", "by_section", "items"}
nlohmann::ordered_json TargetStatusJson(const ir::Program& program, const std::vector<ir::TargetStanding>& standings,
                                        Language language);

// Without a day nothing counts as measured and no state is told. `only`: one target; kNone: all.
Trajectories BuildTrajectories(const eval::Evaluation& evaluation, std::optional<Date> as_of, EntityId only, Language language);

}  // namespace ordo::report

// The groups of tasks of a plan: the sections right below the section whose purpose is tasks, and the top sections of an annex, those that
// hold tasks outside it. What is kept for follow-up is no group.
#pragma once

#include <vector>

#include "runtime/ir/ir.h"

namespace ordo {

struct TaskGroup {
  EntityId section = EntityId::kNone;
  int64_t ordinal = 0;       // among the groups of the text, or of the annex
  bool holds_tasks = false;
};

std::vector<TaskGroup> TaskGroupsOf(const ir::Program& program);
// Of each object: a section that holds tasks at any depth.
std::vector<bool> SectionsWithTasks(const ir::Program& program);

// See references.cc.
Symbol LeadInWords(const ir::Program& program, EntityId task);
ir::Cell MonthsBetweenReports(const ir::Program& program);

}  // namespace ordo

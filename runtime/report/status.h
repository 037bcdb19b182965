// Progress for people and tools: counts by lead, the rows that matter, measured values. In: an evaluated program and its Progress.
// Out: tables for the renderers of this room, or JSON `ordo/status/1`. Nothing is reckoned here but counts; a share is told as a
// fraction, and as a percentage only where that ends. Rows stand in plan order inside their group.
#pragma once

#include <string>
#include <vector>

#include "runtime/report/progress.h"
#include "runtime/report/table.h"

namespace ordo::report {

// Days ahead that count as soon.
inline constexpr int kSoon = 30;

// Only what a unit, post or group leads, by itself or as a member.
void KeepLedBy(const eval::Evaluation& evaluation, EntityId party, Progress& progress);

// Counts, rows that matter, and, where the plan has targets, values.
std::vector<Table> StatusTables(const eval::Evaluation& evaluation, const Progress& progress, Language language);
std::string StatusJson(const eval::Evaluation& evaluation, const Progress& progress, Language language);

}  // namespace ordo::report

// How items of a Progress read, the same in the status of a plan and in its reminders: who leads one, which occurrence it is, its
// title, its due as worded with the day that it means. Program and printer in, text out; nothing is reckoned, "" for what is absent.
#pragma once

#include <string>
#include <vector>

#include "runtime/report/print.h"
#include "runtime/report/progress.h"

namespace ordo::report {

// Parties of a role of a thing; a step without it has that of its task, a reporting duty is led by whom it is from.
std::vector<EntityId> PartiesOf(const ir::Program& program, EntityId object, std::string_view role);
// Who leads an item: its own member of the group, else those named.
std::vector<EntityId> LeadsOf(const ir::Program& program, const ProgressItem& item);
// An occurrence by the name of its period: «Quý I/2026»; "" for what is done once.
std::string PeriodOf(const ProgressItem& item, Language language);
// «Quý I/2026 (31/03/2026)»: as worded, and the day that it means.
std::string DueText(const ir::Program& program, const Printer& printer, EntityId time, ir::Cell day);
std::string NumberOf(const ir::Program& program, const Words& words, const Printer& printer, EntityId id);
// With its task, of a milestone, and its period.
std::string TitleOf(const ir::Program& program, const Words& words, Language language, const ProgressItem& item);

}  // namespace ordo::report

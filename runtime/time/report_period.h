// What data a periodic report holds: the period of the report and its cut-off in, the first and last day of its data out. Art. 12
// of Decree 09/2019/NĐ-CP: data of a monthly, quarterly, half-yearly and yearly report run from the 15th of the month before the
// period to the 14th of its last month (the first six months: 15 December to 14 June). A plan may name another day of the month;
// then the data begin on the day after it. Days only; never says when the report is sent. nullopt: no such period.
#pragma once

#include <optional>
#include <utility>

#include "runtime/time/time_value.h"

namespace ordo {

// First and last day of a whole calendar month, quarter, half-year or year; nullopt for any other stretch.
std::optional<std::pair<Date, Date>> DecreeDataOf(Date first, Date last);

// As a reporting duty states it (`data until | chốt số liệu`): Form::kByDecree, or a day of the month (a bare one and `by` are the
// last day of the data, `before` the day after it). Own days serve any period of whole calendar months. nullopt for other forms.
std::optional<std::pair<Date, Date>> DataOf(const Time& cutoff, Date first, Date last);

}  // namespace ordo

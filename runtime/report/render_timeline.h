// What the renderers of a timeline share: which signs occur in it, and how a row reads in one sentence. In: a timeline or a row;
// out: flags and texts, unescaped. Not for other rooms.
#pragma once

#include <string>

#include "runtime/report/timeline.h"

namespace ordo::report {

// Signs that a legend has to explain.
struct TimelineSigns {
  bool window = false, by = false, due = false, milestone = false, ongoing = false, recurring = false, occurrence = false,
       waiting = false, expected = false, summary = false, slack = false, room = false, critical = false, done = false,
       late = false;
};
TimelineSigns SignsOf(const Timeline& timeline);

bool IsArrow(const TimelineRow& row);    // waiting or open: may begin at any time
bool HasBar(const TimelineRow& row);     // a fixed window with both ends
// After the day by which the row is due comes its slack; nullopt without either.
std::optional<Date> SlackBegin(const TimelineRow& row);
std::optional<Date> SlackEnd(const TimelineRow& row);
std::optional<Date> EndOf(const TimelineRow& row);   // the day due, else the end of the window
// «Từ ngày 01/01/2026 đến ngày 31/03/2026; mốc 15/03/2026: …; dự phòng 5 ngày»; empty without a day.
std::string DaysInWords(const TimelineRow& row, Language language);
// «II.3. Title»
std::string LabelledTitle(const TimelineRow& row);
bool InSight(const Timeline& timeline);   // the as-of day lies on the chart

}  // namespace ordo::report

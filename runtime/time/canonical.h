// A Time in, its form in the plan language out, in the words of one skin: what a plan would say to mean just this. Tools write
// it and tests read it back; Print (time_value.h) is for people. TimeNames::entity gives names as declared (đổi_nhân_sự), not
// titles; words come out as a quoted text. Never fails, never looks at a calendar. The forms are those of decisions 7 and 15
// (design/language-details.md). English has no month in digits and no Roman quarter: `digits` and `roman` do not survive it.
#pragma once

#include <string>

#include "runtime/time/time_value.h"

namespace ordo {

std::string Canonical(const Time& time, Language language, const TimeNames& names);

}  // namespace ordo

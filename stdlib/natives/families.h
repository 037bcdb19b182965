// The families of native functions: one file each, one function here that lists what the file has. Takes cells, gives cells.
// Never keeps state between calls, never interns a text.
#pragma once

#include <span>
#include <vector>

#include "runtime/eval/natives.h"

namespace ordo::natives {

void RegisterText(std::vector<eval::Native>& all);
void RegisterDate(std::vector<eval::Native>& all);
void RegisterObject(std::vector<eval::Native>& all);
void RegisterOrder(std::vector<eval::Native>& all);
void RegisterTarget(std::vector<eval::Native>& all);
void RegisterTargetWords(std::vector<eval::Native>& all);
void RegisterWording(std::vector<eval::Native>& all);

}  // namespace ordo::natives

// Plans of any size for benchmarks and tests of growth: Vietnamese titles, about 400 bytes a task, every role, varied times,
// sections of 50 tasks, 12 units and a group. Sound, so that few checks fire: heads belong to the leads, no title stands twice,
// the work is spread evenly. The same size gives the same bytes.
#pragma once

#include <cstddef>
#include <string>

namespace ordo {

std::string GeneratePlan(size_t tasks, bool flawed = false);

}  // namespace ordo

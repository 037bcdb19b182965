#include "runtime/page/page.h"

namespace ordo::page {

std::string PlanPage(const PageInput&) { return {}; }

}  // namespace ordo::page

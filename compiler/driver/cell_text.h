// A value as it is typed in a question or an expectation, as a cell of a column: objects by name, tasks also by number, numbers and
// percentages, days, dates in either form, texts with or without quotes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/ir/ir.h"

namespace ordo {

// `object` finds an entity by its name, kNone if there is none. nullopt: this text is no such value. kAbsent: it is one, but the program
// holds no such text or word, so that no fact can.
std::optional<ir::Cell> CellOfText(const ir::Program& program, ir::Type type, std::string_view text, Language language,
                                   const std::function<EntityId(const std::string&)>& object);

}  // namespace ordo

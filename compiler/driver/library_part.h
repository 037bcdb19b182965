// One folder of the library (calendars, registers), compiled in a model of its own and kept as data by those who ask.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/library.h"
#include "compiler/model/model.h"

namespace ordo {

// Compiles the files below `folder` and hands the program to `take`; false, and what is wrong in `faults`, when they cannot be read.
bool CompileLibraryPart(const std::vector<LibraryFile>& files, std::string_view folder, Language language,
                        const std::function<void(const ir::Program&)>& take, std::string* faults);

}  // namespace ordo

// Whether bytes are text that can be read, before anything else looks at them: plans, and the text files beside them. In: bytes. Out:
// findings at their places. Linear in the text; never changes it.
#pragma once

#include <string_view>

#include "compiler/ast/ast.h"
#include "runtime/diag/emitter.h"

namespace ordo {

// FIL04 where the text is no UTF-8, with the encoding that is likely meant and how to convert it; true: it was told.
bool ReportNoUtf8(std::string_view text, FileId file, Emitter& emitter);
// FIL15 for each stretch of the text that reads like an old encoding which was taken for another; `begin` is where the text stands in
// its file. At most kMostMisread of a file are told: `told` counts them.
inline constexpr size_t kMostMisread = 20;
void ReportMisread(std::string_view text, FileId file, size_t begin, size_t& told, Emitter& emitter);
// Likewise for the texts of a plan.
void ReportMisread(const Ast& ast, Emitter& emitter);

}  // namespace ordo

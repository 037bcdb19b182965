// The fixes that most findings need, with their description in a language.
#pragma once

#include <string_view>

#include "runtime/diag/emitter.h"

namespace ordo {

// Other words at a place.
inline Fix ReplaceFix(Span at, std::string_view was, std::string_view now, Language language) {
  return {Say(Phrase::kFixReplace, language, {was, now}), {{at, std::string(now)}}};
}
inline Fix RemoveFix(Edit edit, std::string_view what, Language language) {
  return {Say(Phrase::kFixRemove, language, {what}), {std::move(edit)}};
}
inline Fix AddFix(Edit edit, std::string_view what, Language language) {
  return {Say(Phrase::kFixAdd, language, {what}), {std::move(edit)}};
}

}  // namespace ordo

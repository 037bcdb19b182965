// Spelling that can only be meant one way: for fixes, which need more than a likely guess.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace ordo {

// The one candidate that is a single letter away from the word (one put in, left out, exchanged, or two neighbours swapped; a mark
// counts as a letter's difference), or that differs in marks, case and dashes only; nullopt if there is none or more than one.
// Words of one letter are near everything and get none. The word itself is no candidate.
std::optional<size_t> FindOneEditAway(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace ordo

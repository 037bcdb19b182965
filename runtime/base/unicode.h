// Text as Unicode: validity, composition, grapheme counts, and the two foldings that names and official wordings are compared
// with. Uses ICU (normaliser, break iterator); pure ASCII never reaches it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ordo {

// Offset of the first byte that is not well-formed UTF-8 (also surrogates, overlong forms, NUL), or nullopt.
std::optional<size_t> FindInvalidUtf8(std::string_view text);

// True when the text holds no combining mark of the Vietnamese range (U+0300..U+036F): then it is NFC for our purposes.
bool HasCombiningMark(std::string_view text);
std::string ToNfc(std::string_view text);  // returns the input bytes if it is not valid UTF-8

size_t CountGraphemes(std::string_view text);
// The cluster that holds the byte at `offset`: how many clusters stand before it and where it begins. At or past the end of the
// text: the number of all clusters, and the end.
struct GraphemePlace {
  size_t index = 0;
  size_t begin = 0;
};
GraphemePlace FindGrapheme(std::string_view text, size_t offset);
// Terminal columns: 2 for wide East Asian characters, 0 for marks and zero-width signs, else 1.
size_t DisplayWidth(std::string_view text);

// Capitals as Vietnamese writes them («Ủy ban» -> «ỦY BAN»), composed (NFC).
std::string UpperCase(std::string_view text);

// For comparing official names: NFC, lower case, one blank for any run of blanks, every dash as '-', curly quotes straight,
// old tone placement as new (uỷ -> ủy, hoà -> hòa), full stops and semicolons at the end dropped.
std::string FoldName(std::string_view text);
// FoldName and then without any tone or letter mark (đ -> d): for searching and for "did you mean", never for equality.
std::string FoldMarks(std::string_view text);

// Edit distance over the points of FoldName; nullopt for a text of more than 500 points: it is no name, and the cost is the product.
std::optional<size_t> SpellingDistance(std::string_view a, std::string_view b);

// The one "did you mean": index of the nearest candidate by edit distance over FoldMarks, within a third of its length, ties by
// FoldName distance then order; nullopt if none is near.
std::optional<size_t> FindNearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace ordo
